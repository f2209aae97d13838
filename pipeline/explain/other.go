package explain

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// other explains a figure of a dataset that is not of cells: its meaning, its value
// and, as its parts, the other columns of its row.
func (e *Explainer) other(ctx context.Context, x *Explanation, f *columnInfo, given map[string]string) error {
	if len(given) == 0 {
		return wrong("%s has many rows: name one by its columns, as %s", f.info.Name, examples(f))
	}
	var conditions []string
	args := []any{}
	for i, column := range slices.Sorted(maps.Keys(given)) {
		conditions = append(conditions, fmt.Sprintf(`"%s"::VARCHAR = $v%d`, column, i))
		args = append(args, sql.Named(fmt.Sprintf("v%d", i), given[column]))
		x.Row = append(x.Row, Key{Column: column, Value: given[column]})
	}
	found, err := warehouse.Select[row](ctx, e.DB, fmt.Sprintf(`SELECT * FROM "%s" WHERE %s LIMIT 3`, f.info.Name, strings.Join(conditions, " AND ")), args...)
	if err != nil {
		return fmt.Errorf("read %s: %w", f.info.Name, err)
	}
	switch len(found) {
	case 0:
		return wrong("no row of %s has %s: `skillsgap export %s` lists them all", f.info.Name, strings.Join(conditionsOf(given), " and "), f.info.Name)
	case 1:
	default:
		return wrong("several rows of %s have %s: name more of its columns, as %s", f.info.Name, strings.Join(conditionsOf(given), " and "), examples(f))
	}
	x.Value = found[0].get(f.column)
	for _, c := range columnsOf(f.info) {
		if c.column != f.column {
			x.Parts = append(x.Parts, Part{Name: c.column, Value: found[0].get(c.column), Meaning: c.meaning})
		}
	}
	return nil
}

func conditionsOf(given map[string]string) []string {
	var all []string
	for _, column := range slices.Sorted(maps.Keys(given)) {
		all = append(all, column+"="+given[column])
	}
	return all
}

// examples names the first columns of a dataset, which are those of its key.
func examples(f *columnInfo) string {
	var words []string
	for _, c := range columnsOf(f.info) {
		if len(words) < 4 {
			words = append(words, c.column+"=…")
		}
	}
	return strings.Join(words, " ")
}
