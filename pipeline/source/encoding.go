package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

const bufferSize = 64 << 10

// textReader returns r as UTF-8 text without a byte-order mark. A mark counts
// more than the encoding declared; without either, bytes pass as they are and
// [toUTF8] decides record by record.
func textReader(r io.Reader, declared string) (*bufio.Reader, error) {
	br := bufio.NewReaderSize(r, bufferSize)
	head, _ := br.Peek(3)
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, err := br.Discard(3)
		return br, err
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		dec := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
		return bufio.NewReaderSize(dec.Reader(br), bufferSize), nil
	case declared == "":
		return br, nil
	}
	enc, err := htmlindex.Get(declared)
	if err != nil {
		return nil, fmt.Errorf("unknown encoding %q; use utf-8, utf-16le, utf-16be, windows-1252 or another name of the WHATWG list", declared)
	}
	return bufio.NewReaderSize(enc.NewDecoder().Reader(br), bufferSize), nil
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
		if room := l.limit - len(line); len(part) > room {
			part, long = part[:max(room, 0)], true
		}
		line = append(line, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(line) > 0:
			err = nil
		}
		return toUTF8(line), long, err
	}
}
