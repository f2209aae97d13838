package reports

import (
	"encoding/base64"
	"encoding/json"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
)

// Values leave as text without loss: decimals with all their digits, floating
// point with the fewest digits that give the same number again, days as
// 2020-11-30, moments as RFC 3339 in UTC.

// exactText returns the value as text; "" for null. Lists and structs are JSON.
func exactText(column arrow.Array, i int) string {
	if column.IsNull(i) {
		return ""
	}
	switch c := column.(type) {
	case *array.String:
		return c.Value(i)
	case *array.LargeString:
		return c.Value(i)
	case array.ListLike, *array.Struct:
		return string(appendJSON(nil, column, i))
	}
	return scalarText(column, i)
}

// scalarText returns a value that is neither null nor nested.
func scalarText(column arrow.Array, i int) string {
	switch c := column.(type) {
	case *array.Boolean:
		return strconv.FormatBool(c.Value(i))
	case *array.Float64:
		return floatText(c.Value(i), 64)
	case *array.Float32:
		return floatText(float64(c.Value(i)), 32)
	case *array.Decimal128:
		scale := c.DataType().(*arrow.Decimal128Type).Scale
		return decimalText(c.Value(i).BigInt(), int(scale))
	case *array.Decimal256:
		scale := c.DataType().(*arrow.Decimal256Type).Scale
		return decimalText(c.Value(i).BigInt(), int(scale))
	case *array.Date32:
		return c.Value(i).ToTime().Format(time.DateOnly)
	case *array.Timestamp:
		unit := c.DataType().(*arrow.TimestampType).Unit
		return c.Value(i).ToTime(unit).UTC().Format(time.RFC3339Nano)
	case *array.Binary:
		return base64.StdEncoding.EncodeToString(c.Value(i))
	}
	return column.ValueStr(i) // integers, times of day, and types that no dataset has
}

func floatText(f float64, bits int) string { return strconv.FormatFloat(f, 'g', -1, bits) }

// decimalText writes unscaled / 10^scale with all its digits.
func decimalText(unscaled *big.Int, scale int) string {
	digits := new(big.Int).Abs(unscaled).String()
	if scale > 0 {
		if missing := scale + 1 - len(digits); missing > 0 {
			digits = strings.Repeat("0", missing) + digits
		}
		digits = digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
	} else if unscaled.Sign() != 0 {
		digits += strings.Repeat("0", -scale)
	}
	if unscaled.Sign() < 0 {
		return "-" + digits
	}
	return digits
}

// appendJSON appends the value as JSON. Numbers keep their digits; NaN and the
// infinities, which JSON has not, are null.
func appendJSON(dst []byte, column arrow.Array, i int) []byte {
	if column.IsNull(i) {
		return append(dst, "null"...)
	}
	switch c := column.(type) {
	case array.ListLike:
		start, end := c.ValueOffsets(i)
		return appendList(dst, c.ListValues(), int(start), int(end))
	case *array.Struct:
		return appendStruct(dst, c, i)
	case *array.Float64:
		if math.IsNaN(c.Value(i)) || math.IsInf(c.Value(i), 0) {
			return append(dst, "null"...)
		}
	case *array.Float32:
		if f := float64(c.Value(i)); math.IsNaN(f) || math.IsInf(f, 0) {
			return append(dst, "null"...)
		}
	}
	if isNumber(column.DataType()) || column.DataType().ID() == arrow.BOOL {
		return append(dst, scalarText(column, i)...)
	}
	return appendString(dst, exactText(column, i))
}

func appendList(dst []byte, values arrow.Array, start, end int) []byte {
	dst = append(dst, '[')
	for j := start; j < end; j++ {
		if j > start {
			dst = append(dst, ',')
		}
		dst = appendJSON(dst, values, j)
	}
	return append(dst, ']')
}

func appendStruct(dst []byte, c *array.Struct, i int) []byte {
	dst = append(dst, '{')
	for j, f := range c.DataType().(*arrow.StructType).Fields() {
		if j > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendString(dst, f.Name), ':')
		dst = appendJSON(dst, c.Field(j), i)
	}
	return append(dst, '}')
}

// appendString quotes s as JSON, leaving <, > and & as they are.
func appendString(dst []byte, s string) []byte {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string cannot fail
	return append(dst, strings.TrimSuffix(b.String(), "\n")...)
}

// isNumber reports whether values of the type are numbers in JSON.
func isNumber(t arrow.DataType) bool {
	return arrow.IsInteger(t.ID()) || arrow.IsFloating(t.ID()) || arrow.IsDecimal(t.ID())
}
