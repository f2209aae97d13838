package source

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// The formats.
const (
	FormatSchemaOrg = "schemaorg"
	FormatCTDL      = "ctdl"
	FormatTable     = "table"
)

// Formats lists the formats of feeds.
func Formats() []string { return []string{FormatCTDL, FormatSchemaOrg, FormatTable} }

// decoder turns one member of a feed into records. It gives each to the sink
// that it was made with.
type decoder interface {
	decode(member string, r io.Reader) error
}

// indexer is a decoder that has to see all members once before it decodes.
type indexer interface {
	index(member string, r io.Reader) error
}

// decoderFor returns the decoder for a feed, or says what is wrong with its
// configuration.
func decoderFor(feed *Feed, out *sink) (decoder, error) {
	if err := CheckFields(feed.Kind, feed.Table.Columns); err != nil {
		return nil, fmt.Errorf("columns of feed %s: %w", feed.Name, err)
	}
	if err := CheckFields(feed.Kind, feed.Constants); err != nil {
		return nil, fmt.Errorf("constants of feed %s: %w", feed.Name, err)
	}
	if err := CheckFields(feed.Kind, feed.Table.Values); err != nil {
		return nil, fmt.Errorf("values of feed %s: %w", feed.Name, err)
	}
	kinds := map[string][]Kind{
		FormatSchemaOrg: {Vacancies},
		FormatCTDL:      {Credentials},
		FormatTable:     Kinds(),
	}
	if allowed, ok := kinds[feed.Format]; !ok {
		return nil, fmt.Errorf("feed %s: unknown format %q; use one of %s", feed.Name, feed.Format, strings.Join(Formats(), ", "))
	} else if !slices.Contains(allowed, feed.Kind) {
		return nil, fmt.Errorf("feed %s: format %s does not carry %s; use format table or another kind", feed.Name, feed.Format, feed.Kind)
	}
	switch feed.Format {
	case FormatSchemaOrg:
		return &schemaOrg{out: out}, nil
	case FormatCTDL:
		return newCTDL(out), nil
	default:
		return newTable(out)
	}
}
