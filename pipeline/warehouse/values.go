package warehouse

import (
	"fmt"
	"math/big"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/decimal128"
	"github.com/marcboeker/go-duckdb/v2"
)

// appendFunc appends a value of the driver, or nil for NULL, to a builder.
type appendFunc func(v any) error

// appender returns how values of the driver get into a builder of [arrowType].
func appender(b array.Builder) appendFunc {
	put := notNull(b)
	return func(v any) error {
		if v == nil {
			b.AppendNull()
			return nil
		}
		return put(v)
	}
}

func notNull(b array.Builder) appendFunc {
	switch b := b.(type) {
	case *array.BooleanBuilder:
		return typed(b.Append)
	case *array.Int8Builder:
		return typed(b.Append)
	case *array.Int16Builder:
		return typed(b.Append)
	case *array.Int32Builder:
		return typed(b.Append)
	case *array.Int64Builder:
		return typed(b.Append)
	case *array.Uint8Builder:
		return typed(b.Append)
	case *array.Uint16Builder:
		return typed(b.Append)
	case *array.Uint32Builder:
		return typed(b.Append)
	case *array.Uint64Builder:
		return typed(b.Append)
	case *array.Float32Builder:
		return typed(b.Append)
	case *array.Float64Builder:
		return typed(b.Append)
	case *array.BinaryBuilder:
		return typed(b.Append)
	case *array.Date32Builder:
		return typed(func(t time.Time) { b.Append(arrow.Date32FromTime(t)) })
	case *array.TimestampBuilder:
		return timestamps(b)
	case *array.Decimal128Builder:
		return func(v any) error { return appendDecimal(b, v) }
	case *array.StringBuilder:
		return func(v any) error { return appendText(b, v) }
	case *array.ListBuilder:
		return lists(b)
	case *array.StructBuilder:
		return structs(b)
	}
	return func(v any) error { return fmt.Errorf("no way from %T to %s", v, b.Type()) }
}

// typed checks that the driver gave a T.
func typed[T any](put func(T)) appendFunc {
	return func(v any) error {
		t, ok := v.(T)
		if !ok {
			return fmt.Errorf("the driver gave %T, not %T", v, t)
		}
		put(t)
		return nil
	}
}

func timestamps(b *array.TimestampBuilder) appendFunc {
	if b.Type().(*arrow.TimestampType).Unit == arrow.Nanosecond {
		return typed(func(t time.Time) { b.Append(arrow.Timestamp(t.UnixNano())) })
	}
	return typed(func(t time.Time) { b.Append(arrow.Timestamp(t.UnixMicro())) })
}

func appendDecimal(b *array.Decimal128Builder, v any) error {
	var n *big.Int
	switch v := v.(type) {
	case duckdb.Decimal:
		n = v.Value
	case *big.Int: // HUGEINT: one digit more than DECIMAL(38,0) holds
		n = v
	default:
		return fmt.Errorf("the driver gave %T for a number", v)
	}
	if n.BitLen() > 127 {
		return fmt.Errorf("%s does not fit 38 digits: cast the column in the query, as in column::VARCHAR", n)
	}
	b.Append(decimal128.FromBigInt(n))
	return nil
}

// appendText appends what travels as text.
func appendText(b *array.StringBuilder, v any) error {
	switch v := v.(type) {
	case string:
		b.Append(v)
	case time.Time: // TIME: the driver adds a date
		b.Append(v.Format("15:04:05.999999"))
	case []byte: // UUID
		var id duckdb.UUID
		if err := id.Scan(v); err != nil {
			return fmt.Errorf("read UUID: %w", err)
		}
		b.Append(id.String())
	default: // JSON inside a list or struct, which the driver has decoded
		return fmt.Errorf("the driver gave %T for text: cast the column in the query, as in column::VARCHAR", v)
	}
	return nil
}

func lists(b *array.ListBuilder) appendFunc {
	element := appender(b.ValueBuilder())
	return func(v any) error {
		values, ok := v.([]any)
		if !ok {
			return fmt.Errorf("the driver gave %T for a list", v)
		}
		b.Append(true)
		for _, v := range values {
			if err := element(v); err != nil {
				return err
			}
		}
		return nil
	}
}

func structs(b *array.StructBuilder) appendFunc {
	kind := b.Type().(*arrow.StructType)
	fields := make([]appendFunc, b.NumField())
	for i := range fields {
		fields[i] = appender(b.FieldBuilder(i))
	}
	return func(v any) error {
		values, ok := v.(map[string]any)
		if !ok {
			return fmt.Errorf("the driver gave %T for a struct", v)
		}
		b.Append(true)
		for i, put := range fields {
			if err := put(values[kind.Field(i).Name]); err != nil {
				return err
			}
		}
		return nil
	}
}
