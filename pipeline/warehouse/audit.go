package warehouse

import (
	"context"
	"fmt"
	"strings"
)

// Audit is a query over all zones of a snapshot that must return no row.
type Audit struct {
	Name   string // of its file, without .sql
	Title  string // what holds where it returns no row
	Row    string // what a row that it returns is
	Action string // what to do about such a row
	SQL    string // one SELECT
}

// Violations are the rows that an audit returned.
type Violations struct {
	Rows  int64
	First string // the first of them, as name=value pairs; "" for none
}

// Audit runs an audit, in the manner of [DB.QueryUser]: its SQL may be a user's.
func (db *DB) Audit(ctx context.Context, a Audit) (Violations, error) {
	rows, err := db.QueryUser(ctx, a.SQL)
	if err != nil {
		return Violations{}, fmt.Errorf("audit %s: %w", a.Name, err)
	}
	defer rows.Release()
	var v Violations
	for rows.Next() {
		record := rows.Record()
		if v.Rows == 0 && record.NumRows() > 0 {
			var values []string
			for i, column := range record.Columns() {
				values = append(values, record.ColumnName(i)+"="+column.ValueStr(0))
			}
			v.First = strings.Join(values, " ")
		}
		v.Rows += record.NumRows()
	}
	if rows.Err() != nil {
		return Violations{}, fmt.Errorf("audit %s: %w", a.Name, rows.Err())
	}
	return v, nil
}
