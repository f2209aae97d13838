package warehouse

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/parquet-go/parquet-go"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// viewSQL returns the SELECT of a dataset over files, an SQL expression. It names
// the columns, so that a file of another schema is refused at once and a folder
// like env=prod above the workspace adds no column of its own.
func viewSQL(dataset model.Info, files string) string {
	columns, options := columnsOf(dataset.Row), "hive_partitioning = false"
	if p := dataset.Partition; p != "" {
		columns = append([]string{p}, columns...)
		options = "hive_partitioning = true, hive_types = {" + identifier(p) + ": DATE}"
	}
	if dataset.Name == model.Runs.Name { // whose files were written by the skillsgap of their night
		options += ", union_by_name = true"
	}
	for i, c := range columns {
		columns[i] = identifier(c)
	}
	return fmt.Sprintf("SELECT %s FROM read_parquet(%s, %s)", strings.Join(columns, ", "), files, options)
}

// globSQL returns the glob of a dataset's files below its folder.
func globSQL(dataset model.Info, dir string) string {
	glob := "*.parquet"
	if p := dataset.Partition; p != "" {
		glob = p + "=*/*.parquet"
	}
	return literal(filepath.Join(pattern(dir), glob))
}

// globsSQL returns a list of files as DuckDB reads them: each is taken for a glob.
func globsSQL(files []string) string {
	globs := make([]string, len(files))
	for i, f := range files {
		globs[i] = pattern(f)
	}
	return listSQL(globs)
}

// listSQL returns a list of texts.
func listSQL(texts []string) string {
	list := make([]string, len(texts))
	for i, t := range texts {
		list[i] = literal(t)
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// pattern returns the glob that matches a path alone: each character with a
// meaning becomes a class of itself.
func pattern(path string) string {
	return strings.NewReplacer("*", "[*]", "?", "[?]", "[", "[[]").Replace(path)
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
