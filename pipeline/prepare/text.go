package prepare

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"github.com/skillsgap/skillsgap/pipeline/source/contact"
)

// Text returns s, text or HTML, as plain text without contacts: one line per
// block, in NFC. It is what evidence offsets point into.
func Text(s string) string {
	if s == "" {
		return ""
	}
	return contact.Remove(plain(s))
}

// Line is Text for a name or title: one line, from which only the addresses
// and numbers themselves are taken.
func Line(s string) string {
	if s == "" {
		return ""
	}
	text := contact.RemoveTokens(strings.ReplaceAll(plain(s), "\n", " "))
	return strings.Trim(text, " -–|,;:")
}

// maxText is how many bytes of a text are read. No advertisement is as long,
// and the search for contacts takes its time.
const maxText = 128 << 10

// plain turns text or HTML into lines. Contacts are still in it.
func plain(s string) string {
	if len(s) > maxText {
		s = s[:maxText]
	}
	s = unescapeTags(strings.ToValidUTF8(s, "\ufffd"))
	if strings.IndexByte(s, '<') >= 0 {
		s = stripTags(s)
	} else if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	return tidy(contact.Unmask(s))
}

var escapedTag = regexp.MustCompile(`(?i)&(?:amp;)*(?:lt|#60|#x3c);/?(?:p|br|div|span|ul|ol|li|b|i|u|strong|em|h[1-6]|a|table|tr|td|tbody|font|section)\b`)

// unescapeTags takes one layer of escaping off as long as tags are escaped.
func unescapeTags(s string) string {
	for range 3 {
		if !strings.Contains(s, "lt;") && !strings.Contains(s, "&#") || !escapedTag.MatchString(s) {
			break
		}
		s = html.UnescapeString(s)
	}
	return s
}

// stripTags drops the markup of s. Blocks become lines; where there are none,
// the line breaks of s stay.
func stripTags(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	z := nethtml.NewTokenizer(strings.NewReader(s))
	hidden, blocks := atom.Atom(0), false
	for {
		switch kind := z.Next(); kind {
		case nethtml.ErrorToken:
			if !blocks && strings.Contains(b.String(), "\n") {
				return b.String()
			}
			return flatten(b.String())
		case nethtml.TextToken:
			if hidden == 0 {
				b.Write(z.Text())
			}
		case nethtml.StartTagToken, nethtml.EndTagToken, nethtml.SelfClosingTagToken:
			raw := string(z.Raw())
			name, attributes := z.TagName()
			tag := atom.Lookup(name)
			switch {
			case tag == 0 && hidden == 0 && !attributes && !bytes.ContainsAny(name, ":-"):
				b.WriteString(raw) // not markup: "List<String>"
			case tag == atom.Script || tag == atom.Style || tag == atom.Template:
				hidden = 0
				if kind == nethtml.StartTagToken {
					hidden = tag
				}
			case slices.Contains(blockTags, tag):
				blocks = true
				b.WriteByte(blockBreak)
			}
		}
	}
}

// blockBreak stands for the line break of a block until the text's own line
// breaks are flattened.
const blockBreak = '\v'

// flatten makes the line breaks of the source spaces and those of blocks line
// breaks.
func flatten(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\n', '\r':
			return ' '
		case blockBreak:
			return '\n'
		}
		return r
	}, s)
}

var blockTags = []atom.Atom{
	atom.P, atom.Br, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Tr, atom.Td,
	atom.Th, atom.Table, atom.Tbody, atom.Thead, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Hr, atom.Dl, atom.Dt,
	atom.Dd, atom.Blockquote, atom.Pre, atom.Main, atom.Aside, atom.Nav, atom.Form, atom.Fieldset, atom.Address, atom.Figure,
	atom.Option, atom.Select, atom.Title, atom.Body, atom.Html, atom.Head,
}

// bullets open a list item that is not marked up as one.
const bullets = "•·●▪◦‣⁃■□➢➤✓✔\uf0b7\uf0a7"

// tidy returns s in NFC, without control characters and bullets, each line
// with single spaces, no line empty.
func tidy(s string) string {
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for line := range strings.SplitSeq(s, "\n") {
		tidyLine(&b, line)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func tidyLine(b *strings.Builder, line string) {
	start, space := b.Len(), false
	for _, r := range line {
		switch kindOf(r) {
		case spacing:
			space = true
		case bullet: // opens a line, also in the middle of one
			if b.Len() > start {
				b.WriteByte('\n')
				start = b.Len()
			}
			space = false
		case dash:
			if b.Len() == start {
				continue // it opens the line as a bullet
			}
			fallthrough
		case visible:
			if space && b.Len() > start {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		}
	}
	if b.Len() > start {
		b.WriteByte('\n')
	}
}

// runeKind is what a character does in a line.
type runeKind int

const (
	visible runeKind = iota
	spacing
	bullet
	dash
	invisible
)

func kindOf(r rune) runeKind {
	switch {
	case r == '-' || r == '*' || r == '–':
		return dash
	case r <= ' ' || r == 0x7f:
		return spacing
	case r < 0x80:
		return visible
	case r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\ufeff' || r == '\u00ad':
		return invisible
	case unicode.IsSpace(r) || unicode.IsControl(r):
		return spacing
	case strings.ContainsRune(bullets, r):
		return bullet
	}
	return visible
}
