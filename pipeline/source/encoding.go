package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

const bufferSize = 64 << 10

// textReader returns r as UTF-8 text without a byte-order mark, with lines
// that end with a line feed. A mark counts more than the encoding declared;
// without either, UTF-16 is told by its zeros, and other bytes pass as they
// are: [toUTF8] decides record by record.
func textReader(r io.Reader, declared string) (*bufio.Reader, error) {
	br := bufio.NewReaderSize(r, bufferSize)
	head, _ := br.Peek(bufferSize)
	enc := utf16Order(head)
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, _ = br.Discard(3)
	case enc != nil && (declared == "" || hasMark(head)):
		br = bufio.NewReaderSize(enc.NewDecoder().Reader(br), bufferSize)
	case declared != "" && !strings.EqualFold(declared, "utf-8"):
		named, err := htmlindex.Get(declared)
		if err != nil {
			return nil, fmt.Errorf("unknown encoding %q; use utf-8, utf-16le, utf-16be, windows-1252 or another name of the WHATWG list", declared)
		}
		br = bufio.NewReaderSize(named.NewDecoder().Reader(br), bufferSize)
	}
	head, _ = br.Peek(bufferSize)
	if i := bytes.IndexByte(head, '\r'); i >= 0 && i+1 < len(head) && !bytes.Contains(head, []byte("\n")) {
		br = bufio.NewReaderSize(&lineFeeds{br}, bufferSize)
	}
	return br, nil
}

// lineFeeds reads text whose lines end with a lone carriage return.
type lineFeeds struct{ r io.Reader }

func (l *lineFeeds) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	for i, b := range p[:n] {
		if b == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

func hasMark(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
}

// utf16Order returns the encoding of text that begins like UTF-16, or nil. Of
// text without a mark the first characters must be of ASCII.
func utf16Order(head []byte) encoding.Encoding {
	if hasMark(head) {
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	}
	if len(head) < 4 {
		return nil
	}
	zeros := [4]bool{head[0] == 0, head[1] == 0, head[2] == 0, head[3] == 0}
	switch zeros {
	case [4]bool{false, true, false, true}:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case [4]bool{true, false, true, false}:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// toUTF8 returns b, or, if b is not UTF-8, b read as Windows-1252: the usual
// mistake of feeds in Western European languages.
func toUTF8(b []byte) []byte {
	if utf8.Valid(b) {
		return b
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil { // cannot happen: every byte has a meaning
		return bytes.ToValidUTF8(b, []byte("\ufffd"))
	}
	return decoded
}

// lineReader cuts text into lines of bounded length.
type lineReader struct {
	br    *bufio.Reader
	limit int
}

// next returns the next line with its line break, in memory of its own, as
// UTF-8. Of a line beyond the limit it returns the beginning, with long set.
// At the end it returns io.EOF.
func (l *lineReader) next() (line []byte, long bool, err error) {
	for {
		part, err := l.br.ReadSlice('\n')
		switch {
		case long:
		case len(line)+len(part) > l.limit:
			long = true
			line = head(append(line, part...))
		default:
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(line) > 0:
			err = nil
		}
		return toUTF8(line), long, err
	}
}
