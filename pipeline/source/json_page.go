package source

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"golang.org/x/net/html"
)

// page reads the ld+json scripts of an HTML page.
func (j *jsonFeed) page(br *bufio.Reader) error {
	text, err := readAtMost(br, j.lim.document)
	if err != nil {
		return err
	}
	z := html.NewTokenizer(bytes.NewReader(toUTF8(text)))
	z.SetMaxBuf(j.lim.record)
	inScript, found := false, false
	for {
		switch z.Next() {
		case html.ErrorToken:
			if errors.Is(z.Err(), html.ErrBufferExceeded) {
				return j.broken(text, RuleTooLong, "an element of the page is longer than 16 MiB")
			}
			if !errors.Is(z.Err(), io.EOF) {
				return z.Err()
			}
			if !found {
				return j.broken(text, RuleNotVacancy, "the page has no script of type application/ld+json; save the page of one vacancy")
			}
			return nil
		case html.StartTagToken:
			inScript = isLinkedData(z)
		case html.TextToken:
			if !inScript {
				continue
			}
			inScript, found = false, true
			if err := j.script(bytes.Clone(z.Raw())); err != nil {
				return err
			}
		}
	}
}

func isLinkedData(z *html.Tokenizer) bool {
	name, more := z.TagName()
	if string(name) != "script" {
		return false
	}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if string(key) == "type" && bytes.Contains(bytes.ToLower(value), []byte("ld+json")) {
			return true
		}
	}
	return false
}

// script reads one script: what surrounds JSON in a page, comments and CDATA
// marks, is taken off.
func (j *jsonFeed) script(raw []byte) error {
	raw = bytes.TrimSpace(raw)
	for _, mark := range []string{"<!--", "//<![CDATA[", "<![CDATA["} {
		raw = bytes.TrimSpace(bytes.TrimPrefix(raw, []byte(mark)))
	}
	for _, mark := range []string{"-->", "//]]>", "]]>"} {
		raw = bytes.TrimSpace(bytes.TrimSuffix(raw, []byte(mark)))
	}
	if len(raw) == 0 {
		return nil
	}
	return j.expand(raw, true)
}
