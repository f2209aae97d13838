package warehouse

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// maxDepth bounds nested expressions. DuckDB plans a sum of 900 terms for a
// minute, one of 200 in no time.
const maxDepth = 250

var errDepth = &StatementError{fmt.Sprintf("more than %d expressions one inside another: use IN (…), or sum a list", maxDepth)}

// checkNode searches a syntax tree for what a user's SELECT may not hold: tables
// other than datasets and the names that a WITH gives, table functions and
// functions with effects. names are those of the WITHs around the node, depth is
// the number of expressions around it.
func (db *DB) checkNode(node any, names []string, depth int) error {
	switch node := node.(type) {
	case []any:
		for _, child := range node {
			if err := db.checkNode(child, names, depth); err != nil {
				return err
			}
		}
	case map[string]any:
		if node["class"] != nil {
			depth++
		}
		if err := db.checkOne(node, names, depth); err != nil {
			return err
		}
		inner, err := db.checkWith(node, names, depth)
		if err != nil {
			return err
		}
		for _, key := range slices.Sorted(maps.Keys(node)) {
			if key == "cte_map" || key == "query" && node["type"] == "CTE_NODE" { // what checkWith has seen
				continue
			}
			if err := db.checkNode(node[key], inner, depth); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkWith checks the WITH of a node and returns all names in its scope. Each
// part sees the names before it, and its own where it is recursive.
func (db *DB) checkWith(node map[string]any, names []string, depth int) ([]string, error) {
	with, _ := node["cte_map"].(map[string]any)
	parts, _ := with["map"].([]any)
	for _, part := range parts {
		part, _ := part.(map[string]any)
		value, _ := part["value"].(map[string]any)
		query, _ := value["query"].(map[string]any)
		body, _ := query["node"].(map[string]any)
		scope := append(slices.Clip(names), strings.ToLower(textOf(part, "key")))
		visible := names
		if body["type"] == "RECURSIVE_CTE_NODE" {
			visible = scope
		}
		if err := db.checkNode(value, visible, depth); err != nil {
			return nil, err
		}
		names = scope
	}
	return names, nil
}

// checkOne checks a node without its children.
func (db *DB) checkOne(node map[string]any, names []string, depth int) error {
	if depth > maxDepth {
		return errDepth
	}
	switch {
	case node["type"] == "BASE_TABLE":
		return db.checkTable(node, names)
	case node["type"] == "TABLE_FUNCTION":
		function, _ := node["function"].(map[string]any)
		if name := strings.ToLower(textOf(function, "function_name")); !allowed(name) {
			return &StatementError{fmt.Sprintf("table function %q: only datasets are read", name)}
		}
	case node["class"] == "FUNCTION":
		if name := strings.ToLower(textOf(node, "function_name")); hasEffects(name) {
			return &StatementError{fmt.Sprintf("function %q: it does more than compute a value", name)}
		}
	}
	return nil
}

// checkTable allows datasets, the names of a WITH and the lists of datasets and
// columns. All else may be a file, or a view that shows where files lie.
func (db *DB) checkTable(node map[string]any, names []string) error {
	catalog, schema := strings.ToLower(textOf(node, "catalog_name")), strings.ToLower(textOf(node, "schema_name"))
	name := textOf(node, "table_name")
	lower := strings.ToLower(name)
	switch {
	case catalog == "" && schema == "" && slices.Contains(names, lower):
		return nil
	case schema == "information_schema" && (lower == "tables" || lower == "columns"):
		return nil
	case (catalog == "" || catalog == "memory") && (schema == "" || schema == "main"):
		return db.CheckDataset(name)
	}
	if err := db.CheckDataset(name); err != nil {
		return err
	}
	return &StatementError{fmt.Sprintf("there is no dataset %q: write its name alone", schema+"."+name)}
}

// allowed says that a table function may stand in the FROM of a user's SELECT.
// Others read files, run text as SQL, or change the database: enable_logging
// opens files and can end the whole process.
func allowed(function string) bool {
	switch function {
	case "range", "generate_series", "unnest", "json_each", "json_tree", "duckdb_columns", "duckdb_functions":
		return true
	}
	return false
}

// hasEffects says that a function may not stand in a user's SELECT: it reads
// settings, plans text as SQL, shows where files lie, or writes.
func hasEffects(function string) bool {
	switch function {
	case "current_setting", "getenv", "getvariable", "json_serialize_plan", //nolint:misspell // DuckDB's name
		"pg_get_viewdef", "write_log", "nextval", "set_config":
		return true
	}
	return false
}

func textOf(node map[string]any, key string) string {
	text, _ := node[key].(string)
	return text
}
