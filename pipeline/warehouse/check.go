package warehouse

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v15/arrow/array"
)

// StatementError says why SQL of a user was refused before it ran.
type StatementError struct{ Reason string }

// Error says what is allowed.
func (e *StatementError) Error() string {
	return "statement refused: " + e.Reason + ": write exactly one SELECT"
}

// QueryUser is [DB.Query] for SQL that we did not write. It refuses all but one
// SELECT, and table functions other than a few, with a [*StatementError] before
// any of it runs.
func (db *DB) QueryUser(ctx context.Context, query string, args ...any) (array.RecordReader, error) {
	if err := db.checkSelect(ctx, query); err != nil {
		return nil, err
	}
	return db.Query(ctx, query, args...)
}

// checkSelect lets DuckDB parse the text without preparing it: preparing runs
// all statements but the last. Only SELECT can be serialised.
func (db *DB) checkSelect(ctx context.Context, query string) error {
	const serialise = "SELECT CAST(json_serialize_sql(CAST(? AS VARCHAR)) AS VARCHAR)" //nolint:misspell // DuckDB's name
	var text string
	if err := db.pool.QueryRowContext(ctx, serialise, query).Scan(&text); err != nil {
		return fmt.Errorf("check statement: %w", err)
	}
	var parsed struct {
		Error      bool   `json:"error"`
		Type       string `json:"error_type"`
		Message    string `json:"error_message"`
		Statements []any  `json:"statements"`
	}
	if err := json.Unmarshal([]byte(text), &parsed); err != nil {
		return fmt.Errorf("check statement: %w", err)
	}
	switch {
	case parsed.Error && parsed.Type == "not implemented":
		return &StatementError{Reason: "it is no SELECT"}
	case parsed.Error:
		return &StatementError{Reason: parsed.Message}
	case len(parsed.Statements) != 1:
		return &StatementError{Reason: fmt.Sprintf("%d statements", len(parsed.Statements))}
	}
	return checkTableFunctions(parsed.Statements[0])
}

// allowed says that a table function may stand in the FROM of a user's SELECT.
// Others read files, run text as SQL, or change the database: enable_logging
// opens files and can end the whole process.
func allowed(function string) bool {
	switch function {
	case "range", "generate_series", "unnest", "json_each", "json_tree",
		"duckdb_columns", "duckdb_functions", "duckdb_views":
		return true
	}
	return false
}

// checkTableFunctions searches a syntax tree for other table functions.
func checkTableFunctions(node any) error {
	switch node := node.(type) {
	case []any:
		for _, child := range node {
			if err := checkTableFunctions(child); err != nil {
				return err
			}
		}
	case map[string]any:
		if node["type"] == "TABLE_FUNCTION" {
			function, _ := node["function"].(map[string]any)
			if name, _ := function["function_name"].(string); !allowed(strings.ToLower(name)) {
				return &StatementError{Reason: fmt.Sprintf("table function %q", name)}
			}
		}
		for _, key := range slices.Sorted(maps.Keys(node)) {
			if err := checkTableFunctions(node[key]); err != nil {
				return err
			}
		}
	}
	return nil
}
