package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"golang.org/x/net/html"
)

// page reads the ld+json scripts of an HTML page.
func (j *jsonFeed) page(br *bufio.Reader) error {
	start, _ := br.Peek(2 * rawBytes)
	start = toUTF8(head(start))
	z := html.NewTokenizer(br)
	z.SetMaxBuf(j.lim.page)
	inScript, found := false, false
	for {
		switch z.Next() {
		case html.ErrorToken:
			switch err := z.Err(); {
			case errors.Is(err, html.ErrBufferExceeded):
				return j.broken(start, RuleTooLong, fmt.Sprintf("an element of the page is longer than %d MiB; save the page of one vacancy", j.lim.page>>20))
			case !errors.Is(err, io.EOF):
				return err
			case !found:
				return j.broken(start, RuleNotVacancy, "the page has no script of type application/ld+json; save the page of one vacancy, not an error page")
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
	return j.value(raw, true, 0)
}
