package source

import (
	"bufio"
	"bytes"
	"errors"
)

// signatures are the first bytes of files that people deliver by mistake.
var signatures = []struct{ start, what string }{
	{"%PDF-", "a PDF document"},
	{"\x89PNG\r\n", "a PNG image"},
	{"\xff\xd8\xff", "a JPEG image"},
	{"GIF87a", "a GIF image"},
	{"GIF89a", "a GIF image"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (xls, doc)"},
	{"{\\rtf", "an RTF document"},
	{"PAR1", "a Parquet file"},
	{"ARROW1", "an Arrow file"},
	{"SQLite format 3\x00", "an SQLite database"},
	{"\x7fELF", "a program"},
	{"MZ", "a program"},
	{"\xcf\xfa\xed\xfe", "a program"},
	{"BZh91AY&SY", "a bzip2 archive"},
	{"\xfd7zXZ\x00", "an xz archive"},
	{"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"},
	{"Rar!\x1a", "a RAR archive"},
}

const (
	htmlPage    = "an HTML page"
	xmlDocument = "an XML document"
)

// recogniseBytes is how much of a file says what it is.
const recogniseBytes = 512

// recognise says what head, the beginning of a file, is, if it is no text;
// else it returns "".
func recognise(head []byte) string {
	for _, s := range signatures {
		// Text may begin with letters: programs and archives hold other bytes.
		if bytes.HasPrefix(head, []byte(s.start)) && (len(s.start) > 4 || !isText(head)) {
			return s.what
		}
	}
	switch {
	case len(head) > 262 && string(head[257:262]) == "ustar":
		return "a tar archive"
	case bytes.HasPrefix(head, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(head, []byte("\x00\x00\xfe\xff")):
		return "UTF-32 text"
	case utf16Order(head) == nil && !isText(head):
		return "binary data"
	}
	return ""
}

// isText reports whether hardly a byte of head is a control character. A few
// may have got into a text.
func isText(head []byte) bool {
	control := 0
	for _, b := range head {
		if b < ' ' && (b < '\t' || b > '\r') && b != 0x1b {
			control++
		}
	}
	return control <= 4+len(head)/32
}

// markupKind says which kind of markup br begins with, or returns "".
func markupKind(br *bufio.Reader) string {
	start, _ := br.Peek(recogniseBytes)
	start = bytes.ToLower(bytes.TrimSpace(start))
	for _, m := range []struct{ start, what string }{
		{"<?xml", xmlDocument}, {"<rss", xmlDocument}, {"<feed", xmlDocument}, {"<!doctype html", htmlPage}, {"<html", htmlPage},
		{"<!--", htmlPage}, {"<head", htmlPage}, {"<body", htmlPage}, {"<script", htmlPage}, {"<title", htmlPage},
	} {
		if bytes.HasPrefix(start, []byte(m.start)) {
			if bytes.Contains(start, []byte("<html")) {
				return htmlPage // XHTML
			}
			return m.what
		}
	}
	return ""
}

func wrongKind(name, what string) error {
	return &FileError{
		File: name, Err: errors.New("it is " + what),
		Action: "deliver text: JSON Lines, JSON, CSV or TSV, plain or packed as gzip, zstd or zip",
	}
}
