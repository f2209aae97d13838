package warehouse

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/parquet-go/parquet-go"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// viewSQL returns the SELECT of a dataset whose files lie below dir. It names
// the columns, so that a file of another schema is refused at once and a folder
// like env=prod above the workspace adds no column of its own.
func viewSQL(dataset model.Info, dir string) string {
	columns, hive, glob := columnsOf(dataset.Row), "hive_partitioning = false", "*.parquet"
	if p := dataset.Partition; p != "" {
		columns = append([]string{p}, columns...)
		hive = "hive_partitioning = true, hive_types = {" + identifier(p) + ": DATE}"
		glob = p + "=*/*.parquet"
	}
	for i, c := range columns {
		columns[i] = identifier(c)
	}
	return fmt.Sprintf("SELECT %s FROM read_parquet(%s, %s)",
		strings.Join(columns, ", "), literal(filepath.Join(pattern(dir), glob)), hive)
}

// pattern returns the glob that matches a folder alone: each character with a
// meaning becomes a class of itself.
func pattern(dir string) string {
	return strings.NewReplacer("*", "[*]", "?", "[?]", "[", "[[]").Replace(dir)
}

// columnsOf returns the names of the Parquet columns of a row type.
func columnsOf(row reflect.Type) []string {
	fields := schemaOf(row).Fields()
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name()
	}
	return names
}

func schemaOf(row reflect.Type) *parquet.Schema {
	return parquet.SchemaOf(reflect.New(row).Interface())
}

// literal quotes s as an SQL string.
func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// identifier quotes s as an SQL name.
func identifier(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
