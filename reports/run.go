package reports

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
)

// Querier runs SQL over the datasets of a snapshot, one view for each.
// Arguments are sql.NamedArg, bound to $name. The caller releases the reader.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (array.RecordReader, error)
}

// trusting is a Querier that checks the SQL it is given, as that of strangers must
// be, and answers that of the program itself unchecked.
type trusting interface {
	QueryTrusted(ctx context.Context, sql string, args ...any) (array.RecordReader, error)
}

// sectionParameter chooses the section that Run gives.
const sectionParameter = "section"

// Run runs one section of the report: the one that the parameter "section"
// names, else Main. Parameters not given have their defaults; one that is
// unknown or does not fit is a *ParamError. The caller releases the reader.
func (r *Report) Run(ctx context.Context, q Querier, params map[string]string) (array.RecordReader, error) {
	s, settled, err := r.choose(params)
	if err != nil {
		return nil, err
	}
	return r.query(ctx, q, s, settled)
}

// choose returns the section that params name, and the value of each parameter.
func (r *Report) choose(params map[string]string) (*Section, map[string]string, error) {
	s := r.Main()
	given := make(map[string]string, len(params))
	for name, value := range params {
		if name != sectionParameter {
			given[name] = value
			continue
		}
		var ok bool
		if s, ok = r.Section(value); !ok {
			message := fmt.Sprintf("unknown section %q; want one of %s", value, strings.Join(r.sectionNames(), ", "))
			return nil, nil, &ParamError{r.Name, name, value, message}
		}
	}
	settled, err := r.settle(given)
	return s, settled, err
}

func (r *Report) query(ctx context.Context, q Querier, s *Section, settled map[string]string) (array.RecordReader, error) {
	statement := r.Shared + "\n" + s.SQL
	ask := q.Query
	if t, ok := q.(trusting); ok && r.builtIn {
		ask = t.QueryTrusted
	}
	rows, err := ask(ctx, statement, r.arguments(statement, settled)...)
	if err != nil {
		return nil, fmt.Errorf("run report %q, section %q: %w", r.Name, s.Name, err)
	}
	if err := s.match(rows.Schema()); err != nil {
		rows.Release()
		return nil, fmt.Errorf("run report %q, section %q: %w", r.Name, s.Name, err)
	}
	return rows, nil
}

// match refuses a result whose columns are not those that the header describes.
func (s *Section) match(schema *arrow.Schema) error {
	for _, f := range schema.Fields() {
		if _, ok := s.column(f.Name); !ok {
			return fmt.Errorf("the query returns column %q, which the header does not describe%s", f.Name, didYouMean(f.Name, s.columnNames()))
		}
	}
	for _, c := range s.Columns {
		at := schema.FieldIndices(c.Name)
		if len(at) != 1 {
			return fmt.Errorf("the query must return the column %q of the header once", c.Name)
		}
		if t := schema.Field(at[0]).Type; !c.Kind.fits(t) {
			return fmt.Errorf("the query returns column %q as %s, which cannot be shown as %s", c.Name, t, c.Kind)
		}
	}
	return nil
}

// fits reports whether values of an Arrow type can be shown as the kind.
func (k Kind) fits(t arrow.DataType) bool {
	switch k {
	case KindText:
		return true
	case KindInteger:
		return arrow.IsInteger(t.ID()) || arrow.IsDecimal(t.ID())
	case KindNumber, KindShare, KindPoints:
		return isNumber(t)
	case KindDate, KindMonth:
		return t.ID() == arrow.DATE32
	case KindTime:
		return t.ID() == arrow.TIMESTAMP
	default: // KindFlag
		return t.ID() == arrow.BOOL
	}
}

func (r *Report) sectionNames() []string {
	var names []string
	for i := range r.Sections {
		names = append(names, r.Sections[i].Name)
	}
	slices.Sort(names)
	return names
}
