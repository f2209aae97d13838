package warehouse

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
)

// arrowType returns the Arrow type in which values of a DuckDB type travel. The
// name is the driver's, as `STRUCT("a" DECIMAL(5,4)[], "b" VARCHAR)`. Types that
// the driver cannot deliver faithfully are refused with what to do: MAP (it
// panics on keys that Go cannot compare), JSON (it rounds numbers), UNION,
// INTERVAL, BIT, UHUGEINT, BIGNUM.
func arrowType(name string) (arrow.DataType, error) {
	p := typeParser{rest: name}
	t, err := p.parse()
	if err == nil && p.rest != "" {
		err = fmt.Errorf("%q is left over", p.rest)
	}
	if err != nil {
		return nil, fmt.Errorf("type %s: %w", name, err)
	}
	return t, nil
}

// scalarType returns a type without parameters. Times of day, UUIDs and members
// of an ENUM travel as text.
func scalarType(name string) (arrow.DataType, bool) {
	switch name {
	case "BOOLEAN":
		return arrow.FixedWidthTypes.Boolean, true
	case "TINYINT":
		return arrow.PrimitiveTypes.Int8, true
	case "SMALLINT":
		return arrow.PrimitiveTypes.Int16, true
	case "INTEGER":
		return arrow.PrimitiveTypes.Int32, true
	case "BIGINT":
		return arrow.PrimitiveTypes.Int64, true
	case "UTINYINT":
		return arrow.PrimitiveTypes.Uint8, true
	case "USMALLINT":
		return arrow.PrimitiveTypes.Uint16, true
	case "UINTEGER":
		return arrow.PrimitiveTypes.Uint32, true
	case "UBIGINT":
		return arrow.PrimitiveTypes.Uint64, true
	case "HUGEINT":
		return &arrow.Decimal128Type{Precision: 38}, true
	case "FLOAT":
		return arrow.PrimitiveTypes.Float32, true
	case "DOUBLE":
		return arrow.PrimitiveTypes.Float64, true
	case "DATE":
		return arrow.FixedWidthTypes.Date32, true
	case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMPTZ":
		return arrow.FixedWidthTypes.Timestamp_us, true
	case "TIMESTAMP_NS":
		return arrow.FixedWidthTypes.Timestamp_ns, true
	case "VARCHAR", "ENUM", "UUID", "TIME", "TIMETZ":
		return arrow.BinaryTypes.String, true
	case "BLOB":
		return arrow.BinaryTypes.Binary, true
	case "SQLNULL":
		return arrow.Null, true
	}
	return nil, false
}

// typeParser reads a type name from the front of rest. Names come from DuckDB,
// which limits their nesting.
type typeParser struct{ rest string }

// parse reads a type and the [] or [n] that make it a list.
func (p *typeParser) parse() (arrow.DataType, error) {
	t, err := p.single()
	for err == nil && p.take("[") {
		p.word() // the size of an ARRAY
		err = p.expect("]")
		t = arrow.ListOf(t)
	}
	return t, err
}

func (p *typeParser) single() (arrow.DataType, error) {
	name := p.word()
	switch name {
	case "DECIMAL":
		return p.decimal()
	case "STRUCT":
		return p.structure()
	}
	if t, ok := scalarType(name); ok {
		return t, nil
	}
	return nil, fmt.Errorf("%s cannot be read: cast the column in the query, as in column::VARCHAR", name)
}

func (p *typeParser) decimal() (arrow.DataType, error) {
	if err := p.expect("("); err != nil {
		return nil, err
	}
	width, werr := strconv.Atoi(p.word())
	if err := p.expect(","); err != nil {
		return nil, err
	}
	scale, serr := strconv.Atoi(p.word())
	if werr != nil || serr != nil || width < 1 || width > 38 || scale < 0 || scale > width {
		return nil, fmt.Errorf("width %d and scale %d are not of a DECIMAL", width, scale)
	}
	return &arrow.Decimal128Type{Precision: int32(width), Scale: int32(scale)}, p.expect(")")
}

func (p *typeParser) structure() (arrow.DataType, error) {
	if err := p.expect("("); err != nil {
		return nil, err
	}
	var fields []arrow.Field
	for {
		name, err := p.quoted()
		if err != nil {
			return nil, err
		}
		if err := p.expect(" "); err != nil {
			return nil, err
		}
		t, err := p.parse()
		if err != nil {
			return nil, err
		}
		fields = append(fields, arrow.Field{Name: name, Type: t, Nullable: true})
		if !p.take(", ") {
			return arrow.StructOf(fields...), p.expect(")")
		}
	}
}

// word takes letters, digits and underscores; it may be empty.
func (p *typeParser) word() string {
	n := strings.IndexFunc(p.rest, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	if n < 0 {
		n = len(p.rest)
	}
	w := p.rest[:n]
	p.rest = p.rest[n:]
	return w
}

// quoted takes a name in double quotes, which are doubled inside it.
func (p *typeParser) quoted() (string, error) {
	if err := p.expect(`"`); err != nil {
		return "", err
	}
	var name strings.Builder
	for {
		part, rest, found := strings.Cut(p.rest, `"`)
		if !found {
			return "", fmt.Errorf(`"%s has no closing quote`, p.rest)
		}
		name.WriteString(part)
		p.rest = rest
		if !p.take(`"`) {
			return name.String(), nil
		}
		name.WriteByte('"')
	}
}

func (p *typeParser) take(token string) bool {
	rest, found := strings.CutPrefix(p.rest, token)
	p.rest = rest
	return found
}

func (p *typeParser) expect(token string) error {
	if !p.take(token) {
		return fmt.Errorf("%q expected before %q", token, p.rest)
	}
	return nil
}
