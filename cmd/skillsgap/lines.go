package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// maxLine bounds a line of text given to link or classify, in bytes.
const maxLine = 16 << 20

// eachLine calls do for each line of r with its number from 1, until the end of
// r or of ctx.
func eachLine(ctx context.Context, r io.Reader, do func(number int, line string) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 64<<10), maxLine)
	number := 0
	for s.Scan() {
		if err := ctx.Err(); err != nil {
			return err
		}
		number++
		if err := do(number, s.Text()); err != nil {
			return err
		}
	}
	if errors.Is(s.Err(), bufio.ErrTooLong) {
		return &pipeline.InputError{Err: fmt.Errorf("line %d is longer than %d bytes: give one text a line", number+1, maxLine)}
	}
	if s.Err() != nil {
		return fmt.Errorf("read standard input: %w", s.Err())
	}
	return nil
}

// checkLanguage reports a language that the taxonomy has no names in.
func checkLanguage(t *taxonomy.Taxonomy, language string) error {
	if language == "" || slices.Contains(t.Languages, language) {
		return nil
	}
	return &usageError{fmt.Errorf("--language %q: the taxonomy has names in %s", language, strings.Join(t.Languages, ", "))}
}

// answerLines answers each line of standard input with what answer makes of it:
// a value for JSON, and its rows for a table.
func answerLines(cmd *cobra.Command, t *taxonomy.Taxonomy, language, format string, answer func(number int, line string) (any, func(io.Writer))) error {
	if err := checkLanguage(t, language); err != nil {
		return err
	}
	out, err := newAnswers(cmd.OutOrStdout(), format)
	if err != nil {
		return err
	}
	return eachLine(cmd.Context(), cmd.InOrStdin(), func(number int, line string) error {
		return out.print(answer(number, line))
	})
}

// answers prints answers in the format asked for.
type answers struct {
	out    *bufio.Writer
	encode *json.Encoder
}

func newAnswers(w io.Writer, format string) (*answers, error) {
	a := &answers{out: bufio.NewWriter(w)}
	switch format {
	case "ndjson":
		a.encode = json.NewEncoder(a.out)
		a.encode.SetEscapeHTML(false)
	case "table":
	default:
		return nil, &usageError{fmt.Errorf("format %q: write ndjson or table", format)}
	}
	return a, nil
}

// print writes an answer as JSON, or its rows as lines of a table.
func (a *answers) print(answer any, rows func(w io.Writer)) error {
	if a.encode == nil {
		rows(a.out)
	} else if err := a.encode.Encode(answer); err != nil {
		return fmt.Errorf("write answer: %w", err)
	}
	if err := a.out.Flush(); err != nil { // whoever asks line by line shall not wait
		return fmt.Errorf("write answer: %w", err)
	}
	return nil
}
