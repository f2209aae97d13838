package source

import (
	"fmt"
	"os"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Feed is what to read and how.
type Feed struct {
	Name      string
	Kind      Kind
	Format    string   // one of [Formats]
	Files     []string // absolute paths, sorted
	Table     TableOptions
	Constants map[string]string // our field -> value, for records that leave it empty

	// Open opens one of Files; nil is os.Open. It may open a copy: messages,
	// records and rejects name the file as Files does.
	Open func(path string) (*os.File, error)
	// Known reports whether a record of that Hash is known already, so that it
	// need not be decoded; nil is never.
	Known func(hash string) bool
}

// TableOptions says how to read a table.
type TableOptions struct {
	Columns map[string]string // our field -> their column; see [VacancyFields] and its like for the other kinds

	Values map[string]map[string]string // our field -> their value -> ours

	Separator     string // between columns; "" finds it from the first line
	ListSeparator string // between the items of a list; "" is a line break, semicolon or comma
	DateFormat    string // as DD.MM.YYYY, Go's 02.01.2006, or spreadsheet; "" is ISO 8601
	Encoding      string // utf-8, utf-16, windows-1252; "" finds it
}

// Stats counts what Read saw.
type Stats struct {
	Files   []model.RunInput
	Bytes   int64 // of the files as they lie on disk
	Records int64 // accepted and rejected
}

// Violation is a broken rule: why a record is rejected. It is an error.
type Violation struct {
	Rule    string // id, one of [Rules]
	Message string // what is wrong with this record and what to do
}

// Error returns rule and message.
func (v *Violation) Error() string { return v.Rule + ": " + v.Message }

// FileError says that a file of a feed could not be read to its end.
type FileError struct {
	File   string // path; members of an archive after a !
	Action string // what to do about it
	Err    error
}

// Error says what is wrong, where, and what to do.
func (e *FileError) Error() string {
	return fmt.Sprintf("read feed file %s: %v; %s", e.File, e.Err, e.Action)
}

// Unwrap returns the cause.
func (e *FileError) Unwrap() error { return e.Err }
