package source

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Field is a field of a record that a table's columns and a feed's constants
// can fill. Names are those of the dataset columns wherever one exists.
type Field struct {
	Name string
	Doc  string
	List bool // holds several items; see [TableOptions.ListSeparator]
}

// VacancyFields lists the fields of vacancies.
func VacancyFields() []Field { return fieldsOf(vacancyColumns()) }

// CredentialFields lists the fields of credentials.
func CredentialFields() []Field { return fieldsOf(credentialColumns()) }

// VacancyTotalFields lists the fields of official totals of vacancies.
func VacancyTotalFields() []Field { return fieldsOf(totalColumns()) }

// WorkforceFields lists the fields of workforce tables.
func WorkforceFields() []Field { return fieldsOf(workforceColumns()) }

// LearnerFields lists the fields of a kind of feed about persons.
func LearnerFields(kind Kind) []Field { return fieldsOf(learnerColumns(kind)) }

// CheckFields reports the first name in byField, in alphabetical order, that
// is no field of the kind, with the nearest one that is.
func CheckFields[V any](kind Kind, byField map[string]V) error {
	var names []string
	switch kind {
	case Vacancies:
		names = fieldNames(VacancyFields())
	case Credentials:
		names = fieldNames(CredentialFields())
	case VacancyTotals:
		names = fieldNames(VacancyTotalFields())
	case Workforce:
		names = fieldNames(WorkforceFields())
	default:
		if kind.Persons() {
			names = fieldNames(LearnerFields(kind))
			break
		}
		return fmt.Errorf("unknown kind %q; use one of %v", kind, Kinds())
	}
	for _, name := range slices.Sorted(maps.Keys(byField)) {
		if !slices.Contains(names, name) {
			return fmt.Errorf("unknown field %q; the nearest is %q", name, nearest(name, names))
		}
	}
	return nil
}

func fieldNames(fields []Field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return names
}

// column binds a field to its place in a record; one of the accessors is set.
type column[T any] struct {
	Field
	text     func(*T) *string
	items    func(*T) *[]string
	skills   func(*T) *[]StatedSkill
	relation string // of the skills
	flag     func(*T) *bool
	prose    bool // items are sentences: a comma does not part them
}

func (c *column[T]) empty(r *T) bool {
	switch {
	case c.text != nil:
		return *c.text(r) == ""
	case c.items != nil:
		return len(*c.items(r)) == 0
	case c.skills != nil:
		return len(*c.skills(r)) == 0
	default:
		return !*c.flag(r)
	}
}

// set fills the field with value, a cell of a table. separator parts the items
// of a list; "" finds it.
func (c *column[T]) set(r *T, value, separator string) {
	value = strings.TrimSpace(value)
	if value == "" {
		return
	}
	switch {
	case c.text != nil:
		*c.text(r) = value
	case c.items != nil:
		if list := c.items(r); len(*list) <= maxListItems {
			*list = append(*list, splitList(value, separator, c.prose)...)
		}
	case c.skills != nil:
		list := c.skills(r)
		if len(*list) > maxListItems {
			return
		}
		for _, item := range splitList(value, separator, false) {
			*list = append(*list, skillOf(item, c.relation))
		}
	default:
		*c.flag(r) = isYes(value)
	}
}

func fieldsOf[T any](columns []column[T]) []Field {
	fields := make([]Field, len(columns))
	for i, c := range columns {
		fields[i] = c.Field
		fields[i].List = c.items != nil || c.skills != nil
	}
	return fields
}

func findColumn[T any](columns []column[T], name string) (*column[T], bool) {
	for i := range columns {
		if columns[i].Name == name {
			return &columns[i], true
		}
	}
	return nil, false
}

// skillOf makes a stated skill of an item of a list: a URI or a name.
func skillOf(item, relation string) StatedSkill {
	if isESCOSkill(item) {
		return StatedSkill{URI: canonicalESCO(item), Relation: relation}
	}
	return StatedSkill{Name: item, Relation: relation}
}

// isYes reports whether a cell says yes.
func isYes(s string) bool {
	switch strings.ToLower(s) {
	case "1", "y", "yes", "true", "t", "x", "oui", "ja", "tak", "sí", "si", "sim", "remote", "telecommute", "full", "fully":
		return true
	}
	return false
}

// nearest returns the name with the smallest edit distance to s. Names too
// long to be one are not looked at.
func nearest(s string, names []string) string {
	best, distance := "", 0
	for _, n := range names {
		if len(n) > 200 {
			continue
		}
		if d := levenshtein.ComputeDistance(strings.ToLower(s), strings.ToLower(n)); best == "" || d < distance {
			best, distance = n, d
		}
	}
	return best
}
