package warehouse

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/apache/arrow/go/v15/arrow/array"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// maxStatement is the length of the longest statement of a user, in bytes.
const maxStatement = 100_000

// StatementError says why SQL of a user was refused before it ran.
type StatementError struct{ Reason string }

// Error says what is wrong, and what is allowed.
func (e *StatementError) Error() string { return "statement refused: " + e.Reason }

// SQLError is what DuckDB says of a user's statement that it cannot run.
type SQLError struct{ Err error }

// Error is DuckDB's message, which quotes the place in the statement.
func (e *SQLError) Error() string { return e.Err.Error() }

// Unwrap returns DuckDB's error.
func (e *SQLError) Unwrap() error { return e.Err }

// ZoneError says that a dataset is not in the zones that are open.
type ZoneError struct{ Dataset model.Info }

// Error says what the dataset is and who may read it.
func (e *ZoneError) Error() string {
	return fmt.Sprintf("dataset %s (a row is %s) is %s, not public: only with --restricted is it read", e.Dataset.Name, e.Dataset.Doc, e.Dataset.Zone)
}

// Untrusted answers SQL that users wrote, as [DB.QueryUser] does.
type Untrusted struct{ *DB }

// Query is [DB.QueryUser].
func (u Untrusted) Query(ctx context.Context, query string, args ...any) (array.RecordReader, error) {
	return u.QueryUser(ctx, query, args...)
}

// QueryTrusted is [DB.Query], for SQL that comes with the program.
func (u Untrusted) QueryTrusted(ctx context.Context, query string, args ...any) (array.RecordReader, error) {
	return u.DB.Query(ctx, query, args...)
}

// QueryUser is [DB.Query] for SQL that we did not write. Before any of it runs it
// refuses, with a [*StatementError], all but one SELECT over datasets and a few
// table functions, and with a [*ZoneError] a dataset of a zone that is not open.
// A statement that takes more memory than Options.MemoryLimit is an [ErrMemory].
//
// Time and memory hold for all of it, also where DuckDB does not heed them: then
// the statement goes on unseen, this DB answers no more, and a process that
// serves others should end itself after Close.
func (db *DB) QueryUser(ctx context.Context, query string, args ...any) (array.RecordReader, error) {
	w := db.watch(ctx, db.options.Timeout, db.memory)
	if err := w.do(func(ctx context.Context) error { return db.check(ctx, query) }); err != nil { //nolint:contextcheck // the watch is the context
		w.end()
		return nil, err
	}
	w.user = true
	return db.query(w, query, args) //nolint:contextcheck // the watch is the context
}

// check lets DuckDB parse the text without preparing it: preparing runs all
// statements but the last. Only SELECT can be serialised.
func (db *DB) check(ctx context.Context, query string) error {
	switch {
	case len(query) > maxStatement:
		return &StatementError{fmt.Sprintf("it has %d bytes, more than %d", len(query), maxStatement)}
	case !utf8.ValidString(query) || strings.Contains(query, "\x00"): // which would end it early
		return &StatementError{"it is no UTF-8 text"}
	}
	const serialise = "SELECT CAST(json_serialize_sql(CAST(? AS VARCHAR)) AS VARCHAR)" //nolint:misspell // DuckDB's name
	var text string
	if err := db.pool.QueryRowContext(ctx, serialise, query).Scan(&text); err != nil {
		return &StatementError{"it cannot be checked: " + err.Error()}
	}
	var parsed struct {
		Error      bool   `json:"error"`
		Type       string `json:"error_type"`
		Message    string `json:"error_message"`
		Statements []any  `json:"statements"`
	}
	if err := json.Unmarshal([]byte(text), &parsed); err != nil {
		return &StatementError{"it cannot be checked: " + err.Error()}
	}
	switch {
	case parsed.Error && parsed.Type == "not implemented":
		return &StatementError{"it is no SELECT, or a PIVOT without IN (…): write exactly one SELECT"}
	case parsed.Error && (strings.HasPrefix(parsed.Message, "Max expression depth") || strings.HasPrefix(parsed.Message, "memory exhausted")):
		return errDepth // DuckDB's advice is on settings that are locked
	case parsed.Error:
		return &StatementError{parsed.Message}
	case len(parsed.Statements) != 1:
		return &StatementError{fmt.Sprintf("%d statements: write exactly one SELECT", len(parsed.Statements))}
	}
	return db.checkNode(parsed.Statements[0], nil, 0)
}

// CheckDataset returns nil for one of [DB.Datasets], in whatever case, a
// [*ZoneError] for one of another zone, and a [*StatementError] for any other
// name.
func (db *DB) CheckDataset(name string) error {
	for _, d := range db.datasets {
		if strings.EqualFold(d.Name, name) {
			return nil
		}
	}
	for _, d := range readable(true) {
		if strings.EqualFold(d.Name, name) {
			return &ZoneError{d}
		}
	}
	return &StatementError{fmt.Sprintf("there is no dataset %q; there are %s", name, strings.Join(db.Datasets(), ", "))}
}
