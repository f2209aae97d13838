package main

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/jobs/config"
)

// configurationPage lists every key of skillsgap.yaml, made from the structs of
// package config and the configuration of an empty workspace.
func configurationPage() page {
	t := table{head: []string{"key", "type", "default", "meaning"}, prose: 1}
	addKeys(&t, "", reflect.ValueOf(config.Default()))
	return page{
		name: "configuration", file: "configuration", title: "Configuration",
		short: "The keys of " + config.FileName,
		intro: fmt.Sprintf(`%s is the one file an operator edits. It is YAML, version %d of the format,
and strict: a key that is not listed here is an error that names the nearest one.
A key that is not required may be left out. NAME stands for a name of your own, []
for each element of a list.`, config.FileName, config.Version),
		sections: []section{{table: t}},
	}
}

// addKeys adds a row for each key of a struct, and of what it holds.
func addKeys(t *table, prefix string, of reflect.Value) {
	for i := range of.NumField() {
		tag := of.Type().Field(i).Tag
		name, options, _ := strings.Cut(tag.Get("yaml"), ",")
		key, value := prefix+name, of.Field(i)
		standard := ""
		switch {
		case !strings.Contains(options, "omitempty") && (value.Kind() != reflect.Slice || value.IsNil()):
			standard = "required"
		case value.Kind() != reflect.Struct: // whose keys follow
			standard = valueText(value)
		}
		t.rows = append(t.rows, []string{key, typeText(value.Type()), standard, tag.Get("desc")})
		switch {
		case value.Kind() == reflect.Struct:
			addKeys(t, key+".", value)
		case value.Kind() == reflect.Slice && value.Type().Elem().Kind() == reflect.Struct:
			addKeys(t, key+"[].", reflect.Zero(value.Type().Elem()))
		case value.Kind() == reflect.Map && value.Type().Elem().Kind() == reflect.Struct:
			addKeys(t, key+".NAME.", reflect.Zero(value.Type().Elem()))
		}
	}
}

// typeText names a type as one says it of YAML.
func typeText(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Pointer:
		return typeText(t.Elem())
	case reflect.Slice:
		return "list of " + typeText(t.Elem())
	case reflect.Map:
		return "names to " + typeText(t.Elem())
	}
	return map[reflect.Kind]string{
		reflect.String: "text", reflect.Bool: "true or false", reflect.Int: "whole number",
		reflect.Float64: "number", reflect.Struct: "keys",
	}[t.Kind()]
}

// valueText writes a default in a line; "" for none.
func valueText(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer:
		return valueText(v.Elem())
	case reflect.Slice:
		var items []string
		for i := range v.Len() {
			items = append(items, valueText(v.Index(i)))
		}
		return strings.Join(items, ", ")
	case reflect.Map:
		var items []string
		for _, name := range v.MapKeys() {
			items = append(items, fmt.Sprintf("%s (%s)", name, valueText(v.MapIndex(name))))
		}
		slices.Sort(items)
		return strings.Join(items, ", ")
	case reflect.Struct:
		var items []string
		for i := range v.NumField() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
			items = append(items, name+": "+valueText(v.Field(i)))
		}
		return strings.Join(items, "; ")
	}
	return fmt.Sprint(v.Interface())
}
