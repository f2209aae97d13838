package warehouse

import (
	"context"
	"strings"
	"testing"
)

// TestTypes reads a value, a NULL where it matters, and the Arrow type of every
// kind of column that SQL can make.
func TestTypes(t *testing.T) {
	workspace := t.TempDir()
	commit(t, begin(t, workspace, "s1"))
	db := open(t, workspace, Options{})
	for _, c := range []struct{ sql, kind, value string }{
		{"true", "bool", "true"},
		{"(-1)::TINYINT", "int8", "-1"},
		{"(-2)::SMALLINT", "int16", "-2"},
		{"(-3)::INTEGER", "int32", "-3"},
		{"(-4)::BIGINT", "int64", "-4"},
		{"255::UTINYINT", "uint8", "255"},
		{"65535::USMALLINT", "uint16", "65535"},
		{"4294967295::UINTEGER", "uint32", "4294967295"},
		{"18446744073709551615::UBIGINT", "uint64", "18446744073709551615"},
		{"sum(3::BIGINT)", "decimal(38, 0)", "3"},
		{"(-99999999999999999999999999999999999999)::HUGEINT", "decimal(38, 0)", "-99999999999999999999999999999999999999"},
		{"1.5::FLOAT", "float32", "1.5"},
		{"'nan'::DOUBLE", "float64", "NaN"},
		{"0.1::DOUBLE", "float64", "0.1"},
		{"(-0.05)::DECIMAL(4,2)", "decimal(4, 2)", "-0.05"},
		{"12345678901234567890123456789012345.678::DECIMAL(38,3)", "decimal(38, 3)", "12345678901234567890123456789012345.678"},
		{"sum(0.1234::DECIMAL(5,4))", "decimal(38, 4)", "0.1234"},
		{"'Größe'", "utf8", "Größe"},
		{"''", "utf8", ""},
		{"'\\x00\\xFF'::BLOB", "binary", "AP8="},
		{"DATE '2020-11-30'", "date32", "2020-11-30"},
		{"DATE '1066-10-14'", "date32", "1066-10-14"},
		{"TIMESTAMP '2020-11-30 12:00:00.123456'", "timestamp[us, tz=UTC]", "2020-11-30 12:00:00.123456Z"},
		{"TIMESTAMPTZ '2020-11-30 12:00:00+02'", "timestamp[us, tz=UTC]", "2020-11-30 10:00:00Z"},
		{"'2020-11-30'::TIMESTAMP_S", "timestamp[us, tz=UTC]", "2020-11-30 00:00:00Z"},
		{"'2020-11-30 00:00:00.001'::TIMESTAMP_MS", "timestamp[us, tz=UTC]", "2020-11-30 00:00:00.001Z"},
		{"'2020-11-30 00:00:00.123456789'::TIMESTAMP_NS", "timestamp[ns, tz=UTC]", "2020-11-30 00:00:00.123456789Z"},
		{"TIME '10:00:01.5'", "utf8", "10:00:01.5"},
		{"'6ba7b810-9dad-11d1-80b4-00c04fd430c8'::UUID", "utf8", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"},
		{"'b'::ENUM('a', 'b')", "utf8", "b"},
		{"[1, NULL, 3]", "list<item: int32, nullable>", "[1,null,3]"},
		{"[]::VARCHAR[]", "list<item: utf8, nullable>", "[]"},
		{"[1.5, 2]::DECIMAL(3,1)[2]", "list<item: decimal(3, 1), nullable>", `["1.5","2"]`},
		{"[[DATE '2020-11-30'], NULL]", "list<item: list<item: date32, nullable>, nullable>", `[["2020-11-30"],null]`},
		{`{'a "b"': 1, 'c, d': ['x'], 'e': {'f': NULL::DECIMAL(5,4)}}`,
			`struct<a "b": int32, c, d: list<item: utf8, nullable>, e: struct<f: decimal(5, 4)>>`, `{"a \"b\"":1,"c, d":["x"],"e":{"f":null}}`},
		{"NULL::DECIMAL(5,4)", "decimal(5, 4)", null},
		{"NULL::INTEGER[]", "list<item: int32, nullable>", null},
		{"NULL::STRUCT(a INTEGER)", "struct<a: int32>", null},
		{"NULL", "int32", null},
	} {
		r, err := db.Query(context.Background(), "SELECT "+c.sql+" AS v")
		if err != nil {
			t.Errorf("%s: %v", c.sql, err)
			continue
		}
		kind := r.Schema().Field(0).Type.String()
		r.Release()
		if kind != c.kind {
			t.Errorf("%s: type %s, want %s", c.sql, kind, c.kind)
		}
		if got := text(t, db, "SELECT "+c.sql+" AS v"); got != c.value {
			t.Errorf("%s: value %s, want %s", c.sql, got, c.value)
		}
	}
}

func TestTypesThatCannotBeRead(t *testing.T) {
	workspace := t.TempDir()
	commit(t, begin(t, workspace, "s1"))
	db := open(t, workspace, Options{})
	for _, query := range []string{
		"SELECT MAP {[1]: 2} AS v",
		"SELECT {'m': MAP {'a': 1}} AS v",
		"SELECT '{}'::JSON AS v",
		"SELECT INTERVAL 1 DAY AS v",
		"SELECT '101'::BIT AS v",
		"SELECT 1::UHUGEINT AS v",
		"SELECT union_value(a := 1) AS v",
	} {
		if _, err := db.Query(context.Background(), query); err == nil || !strings.Contains(err.Error(), "column v") || !strings.Contains(err.Error(), "::VARCHAR") {
			t.Errorf("%s: %v", query, err)
		}
	}
	for _, query := range []string{ // seen with the value only
		"SELECT (-170141183460469231731687303715884105728)::HUGEINT AS v",
		`SELECT ['{"a": 1}'::JSON] AS v`,
	} {
		r, err := db.Query(context.Background(), query)
		if err != nil {
			t.Fatal(err)
		}
		if r.Next() || r.Err() == nil || !strings.Contains(r.Err().Error(), "::VARCHAR") {
			t.Errorf("%s: %v", query, r.Err())
		}
		r.Release()
	}
}

// FuzzArrowType checks that no type name makes the parser panic or loop, and
// that what it accepts it accepts as a list too.
func FuzzArrowType(f *testing.F) {
	for _, name := range []string{
		"INTEGER", "DECIMAL(5,4)", "VARCHAR[][3]", `STRUCT("a" DECIMAL(5,4)[], "b ""c""" STRUCT("d" DATE))`,
		"MAP(VARCHAR, INTEGER)", "STRUCT(", `STRUCT("a`, "DECIMAL(99,1)", "[]", "",
	} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if _, err := arrowType(name); err != nil {
			return
		}
		if _, err := arrowType(name + "[]"); err != nil {
			t.Errorf("%s is a type, %s[] is not: %v", name, name, err)
		}
	})
}
