package main

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// goldColumns names the columns of a table of titles coded by hand.
type goldColumns struct {
	title, description, code string
}

// goldTitle is a job title coded by hand. Group is "" where its code leads to no
// ISCO-08 unit group.
type goldTitle struct {
	title, description, language, group string
}

// readGoldTitles reads titles coded by hand from a table; the group is the code as it
// stands there.
func readGoldTitles(path string, columns goldColumns) ([]goldTitle, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open it: %w", err)
	}
	defer f.Close()
	plain, err := unzipped(f)
	if err != nil {
		return nil, fmt.Errorf("unzip it: %w", err)
	}
	table := csv.NewReader(plain)
	header, err := table.Read()
	if err != nil {
		return nil, fmt.Errorf("read its header: %w", err)
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	title, code := slices.Index(header, columns.title), slices.Index(header, columns.code)
	if title < 0 || code < 0 {
		return nil, fmt.Errorf("it has no column %q or no column %q, but %q: name them with --title and --code", columns.title, columns.code, header)
	}
	description, language := slices.Index(header, columns.description), slices.Index(header, "language")
	var rows []goldTitle
	for {
		cells, err := table.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read it: %w", err)
		}
		r := goldTitle{title: cells[title], group: strings.TrimSpace(cells[code])}
		if description >= 0 {
			r.description = cells[description]
		}
		if language >= 0 {
			r.language = cells[language]
		}
		rows = append(rows, r)
	}
}

// unzipped returns the content of a file, which may be gzipped.
func unzipped(f io.Reader) (io.Reader, error) {
	r := bufio.NewReader(f)
	if head, _ := r.Peek(2); string(head) == "\x1f\x8b" {
		return gzip.NewReader(r)
	}
	return r, nil
}
