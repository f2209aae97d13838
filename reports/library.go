package reports

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

//go:embed library
var builtin embed.FS

// Library holds reports by name.
type Library struct {
	reports map[string]*Report
}

// Load reads the built-in reports, then every .sql file at the top of dirs,
// with the page template <name>.html.tmpl beside it where there is one. A file
// of a later folder replaces that of the same name in an earlier one. A folder
// that does not exist holds nothing. The library is complete but for the files
// that the error, which joins one error for every mistake, names: a caller may
// report it and go on.
func Load(dirs ...fs.FS) (*Library, error) {
	own, err := fs.Sub(builtin, "library")
	if err != nil {
		return nil, fmt.Errorf("open the built-in reports: %w", err)
	}
	lib := &Library{reports: map[string]*Report{}}
	var errs []error
	for i, dir := range append([]fs.FS{own}, dirs...) {
		files, err := fs.Glob(dir, "*.sql")
		if err != nil {
			return nil, fmt.Errorf("list reports: %w", err)
		}
		for _, file := range files {
			r, err := read(dir, file)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			r.builtIn = i == 0
			lib.reports[r.Name] = r
		}
	}
	return lib, errors.Join(errs...)
}

// languageParameter is the parameter that says in which language names are.
const languageParameter = "language"

// SetLanguage makes a language (BCP 47) the default of the parameter "language"
// in every report that has it.
func (l *Library) SetLanguage(language string) {
	for _, r := range l.reports {
		if p, ok := r.parameter(languageParameter); ok {
			p.Default = language
		}
	}
}

func read(dir fs.FS, file string) (*Report, error) {
	text, err := fs.ReadFile(dir, file)
	if err != nil {
		return nil, fmt.Errorf("read report %s: %w", file, err)
	}
	r, err := Parse(file, string(text))
	if err != nil {
		return nil, fmt.Errorf("read report: %w", err)
	}
	tmpl := strings.TrimSuffix(file, path.Ext(file)) + ".html.tmpl"
	switch text, err := fs.ReadFile(dir, tmpl); {
	case err == nil:
		r.template = string(text)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("read page template %s: %w", tmpl, err)
	}
	if _, err := r.pageTemplate(); err != nil {
		return nil, fmt.Errorf("parse page template %s: %w", tmpl, err)
	}
	return r, nil
}

// Names returns the names of all reports, sorted.
func (l *Library) Names() []string { return slices.Sorted(maps.Keys(l.reports)) }

// inOrder returns the reports as the index lists them.
func (l *Library) inOrder() []*Report {
	return slices.SortedFunc(maps.Values(l.reports), func(a, b *Report) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Title, b.Title), cmp.Compare(a.Name, b.Name))
	})
}

// UnknownError is the name of a report that a library has not.
type UnknownError struct {
	Name    string
	Message string // the nearest name and all names
}

// Error says which report was asked for and which there are.
func (e *UnknownError) Error() string { return fmt.Sprintf("report %q: %s", e.Name, e.Message) }

// Get returns the report of the given name, or an *UnknownError.
func (l *Library) Get(name string) (*Report, error) {
	if r, ok := l.reports[name]; ok {
		return r, nil
	}
	names := l.Names()
	return nil, &UnknownError{name, fmt.Sprintf("unknown%s There are: %s", didYouMeanOrStop(name, names), strings.Join(names, ", "))}
}
