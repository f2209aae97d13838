package warehouse

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/apache/arrow/go/v15/arrow/array"
)

// Select runs SQL of ours as [DB.Query] does and returns its rows, each decoded as
// JSON: columns become the fields of R by their names, lists and structs their like,
// DECIMAL and DOUBLE numbers with the digits that give them again, days
// YYYY-MM-DD. It is for the few rows that a person reads, not for a dataset.
func Select[R any](ctx context.Context, db *DB, query string, args ...any) ([]R, error) {
	rows, err := db.Query(ctx, "SELECT to_json(r)::VARCHAR FROM ("+query+") r", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Release()
	var all []R
	for rows.Next() {
		texts, ok := rows.Record().Column(0).(*array.String)
		if !ok {
			return nil, fmt.Errorf("select rows: JSON is of type %s", rows.Record().Column(0).DataType())
		}
		for i := range texts.Len() {
			var row R
			if err := json.Unmarshal([]byte(texts.Value(i)), &row); err != nil {
				return nil, fmt.Errorf("select rows: %w", err)
			}
			all = append(all, row)
		}
	}
	return all, rows.Err()
}
