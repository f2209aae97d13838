package reports

import (
	"bytes"
	"encoding/json"
	"math"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/decimal128"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/apache/arrow/go/v15/arrow/memory"
)

var allTypes = arrow.NewSchema([]arrow.Field{
	{Name: "text", Type: arrow.BinaryTypes.String},
	{Name: "big", Type: arrow.PrimitiveTypes.Int64},
	{Name: "float", Type: arrow.PrimitiveTypes.Float64},
	{Name: "score", Type: &arrow.Decimal128Type{Precision: 5, Scale: 4}},
	{Name: "huge", Type: &arrow.Decimal128Type{Precision: 38, Scale: 0}},
	{Name: "day", Type: arrow.FixedWidthTypes.Date32},
	{Name: "moment", Type: &arrow.TimestampType{Unit: arrow.Microsecond}},
	{Name: "flag", Type: arrow.FixedWidthTypes.Boolean},
	{Name: "list", Type: arrow.ListOf(arrow.BinaryTypes.String)},
	{Name: "pair", Type: arrow.StructOf(arrow.Field{Name: "rule", Type: arrow.BinaryTypes.String}, arrow.Field{Name: "n", Type: arrow.PrimitiveTypes.Int32})},
}, nil)

// exactRows are values that a careless renderer would change, and nulls.
func exactRows(t *testing.T) array.RecordReader {
	t.Helper()
	b := array.NewRecordBuilder(memory.DefaultAllocator, allTypes)
	defer b.Release()
	b.Field(0).(*array.StringBuilder).AppendValues([]string{"a \"quoted\", <b>text</b>\nin two lines\x1b[31m", "", "é"}, nil)
	b.Field(1).(*array.Int64Builder).AppendValues([]int64{math.MaxInt64, -9007199254740993, 0}, nil)
	b.Field(2).(*array.Float64Builder).AppendValues([]float64{0.30000000000000004, math.Inf(1), 1e-7}, nil)
	b.Field(3).(*array.Decimal128Builder).AppendValues([]decimal128.Num{decimal128.FromI64(9999), decimal128.FromI64(1), decimal128.FromI64(0)}, nil)
	b.Field(4).(*array.Decimal128Builder).AppendValues([]decimal128.Num{decimal128.New(math.MaxInt64, math.MaxUint64), decimal128.FromI64(-7), decimal128.FromI64(0)}, nil)
	b.Field(5).(*array.Date32Builder).AppendValues([]arrow.Date32{18596, -1, 0}, nil)
	b.Field(6).(*array.TimestampBuilder).AppendValues([]arrow.Timestamp{1606702500000001, 0, -1}, nil)
	b.Field(7).(*array.BooleanBuilder).AppendValues([]bool{true, false, true}, nil)
	list := b.Field(8).(*array.ListBuilder)
	pair := b.Field(9).(*array.StructBuilder)
	for i := range 3 {
		list.Append(true)
		for range i {
			list.ValueBuilder().(*array.StringBuilder).Append("x,\"y\"")
		}
		pair.Append(true)
		pair.FieldBuilder(0).(*array.StringBuilder).Append("rule")
		pair.FieldBuilder(1).(*array.Int32Builder).Append(int32(i))
	}
	for _, f := range b.Fields() {
		f.AppendNull()
	}
	rec := b.NewRecord()
	defer rec.Release()
	rows, err := array.NewRecordReader(allTypes, []arrow.Record{rec.NewSlice(0, 2), rec.NewSlice(2, 4)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(rows.Release)
	return rows
}

// withoutStyle removes the style sheet from a page: golden files hold content.
func withoutStyle(page []byte) []byte {
	before, rest, _ := bytes.Cut(page, []byte("<style>"))
	if _, after, ok := bytes.Cut(rest, []byte("</style>")); ok {
		return append(before, after...)
	}
	return page
}

func rendered(t *testing.T, format string, rows array.RecordReader) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Render(&out, format, rows); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRenderIsExact(t *testing.T) {
	for _, format := range []string{"csv", "json", "ndjson", "table", "html"} {
		golden(t, "types."+format, withoutStyle(rendered(t, format, exactRows(t))))
	}
	var all []map[string]any
	if err := json.Unmarshal(rendered(t, "json", exactRows(t)), &all); err != nil || len(all) != 4 {
		t.Errorf("json: %d objects, %v", len(all), err)
	}
}

func TestRenderArrow(t *testing.T) {
	back, err := ipc.NewReader(bytes.NewReader(rendered(t, "arrow", exactRows(t))))
	if err != nil {
		t.Fatal(err)
	}
	defer back.Release()
	want := rendered(t, "csv", exactRows(t))
	if got := rendered(t, "csv", back); !bytes.Equal(got, want) {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if !back.Schema().Equal(allTypes) {
		t.Errorf("schema %s", back.Schema())
	}
}

func TestRenderNothing(t *testing.T) {
	for format, want := range map[string]string{"json": "[]\n", "ndjson": "", "csv": "n\n", "table": "No rows.\n"} {
		rows, err := array.NewRecordReader(arrow.NewSchema([]arrow.Field{{Name: "n", Type: arrow.PrimitiveTypes.Int32}}, nil), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(rendered(t, format, rows)); got != want {
			t.Errorf("%s: %q", format, got)
		}
		rows.Release()
	}
}

func TestRenderUnknownFormat(t *testing.T) {
	err := Render(nil, "jsn", nil)
	if want := `unknown format "jsn"; did you mean "json"? There are: arrow, csv, html, json, ndjson, table`; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	err = Render(nil, "parquet", nil)
	if want := `unknown format "parquet". There are: arrow, csv, html, json, ndjson, table`; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}
