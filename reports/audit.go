package reports

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

//go:embed audits
var builtinAudits embed.FS

// auditKeys are the keys of an audit's header, all of them required.
var auditKeys = []string{"title", "row", "action"}

// Audits reads the built-in audits, then every .sql file at the top of dirs. A
// file of a later folder replaces that of the same name in an earlier one; a
// folder that does not exist holds nothing. They come in order of name. The error
// joins one error for every mistake; the audits are complete but for the files it
// names.
func Audits(dirs ...fs.FS) ([]warehouse.Audit, error) {
	own, err := fs.Sub(builtinAudits, "audits")
	if err != nil {
		return nil, fmt.Errorf("open the built-in audits: %w", err)
	}
	found := map[string]warehouse.Audit{}
	var errs []error
	for _, dir := range append([]fs.FS{own}, dirs...) {
		files, err := fs.Glob(dir, "*.sql")
		if err != nil {
			return nil, fmt.Errorf("list audits: %w", err)
		}
		for _, file := range files {
			text, err := fs.ReadFile(dir, file)
			if err != nil {
				errs = append(errs, fmt.Errorf("read audit %s: %w", file, err))
				continue
			}
			a, err := ParseAudit(file, string(text))
			if err != nil {
				errs = append(errs, fmt.Errorf("read audit: %w", err))
				continue
			}
			found[a.Name] = a
		}
	}
	var audits []warehouse.Audit
	for _, name := range slices.Sorted(maps.Keys(found)) {
		audits = append(audits, found[name])
	}
	return audits, errors.Join(errs...)
}

// ParseAudit reads the text of an audit file: a header as a report has, with the
// keys title, row and action, and one SELECT below it. The error joins one
// [*HeaderError] for every mistake.
func ParseAudit(file, text string) (warehouse.Audit, error) {
	if len(text) > maxFile {
		return warehouse.Audit{}, &HeaderError{file, 0, fmt.Sprintf("larger than %d bytes", maxFile)}
	}
	blocks, err := split(file, text)
	p := &parser{file: file, report: &Report{}}
	name := strings.TrimSuffix(file, ".sql")
	if !namePattern.MatchString(name) {
		p.fail(0, "audit name %q: want lower-case letters, digits, - and _", name)
	}
	head := blocks[0]
	if len(blocks) > 1 {
		p.fail(blocks[1].line, "an audit is one SELECT, without sections")
	}
	p.keys(head, "audit", auditKeys, auditKeys)
	if !startsWith(head.sql, "SELECT") && !startsWith(head.sql, "WITH") {
		p.fail(head.line, "audit: want a SELECT below its header")
	}
	p.oneStatement(head)
	if used := placeholders(head.sql); len(used) > 0 {
		p.fail(head.line, "parameter $%s: an audit has none", used[0])
	}
	if err := errors.Join(append([]error{err}, p.errs...)...); err != nil {
		return warehouse.Audit{}, err
	}
	return warehouse.Audit{
		Name: name, Title: head.fields["title"].text(), Row: head.fields["row"].text(), Action: head.fields["action"].text(), SQL: head.sql,
	}, nil
}
