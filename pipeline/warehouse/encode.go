package warehouse

import (
	"cmp"
	"math/bits"
	"reflect"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// encode writes rows and the end of the Parquet file.
func encode[R any](to *parquet.GenericWriter[R], rows ordered[R]) error {
	write := encoder(to)
	err := rows.batches(func(batch []R) error {
		_, err := write(batch)
		return err
	})
	return cmp.Or(err, to.Close())
}

// encoder returns what encodes a batch.
func encoder[R any](to *parquet.GenericWriter[R]) func([]R) (int, error) {
	if fields := optionalValues(reflect.TypeFor[R]()); len(fields) > 0 {
		return inRuns(to, fields)
	}
	return to.Write
}

// blockRows is how many rows GenericWriter.Write takes at a time.
const blockRows = 64

// inRuns gives GenericWriter.Write of v0.32.0 only runs of rows that it writes right.
// Where in a block of 64 rows the last known values of a field that is optional and
// no pointer are n rows from the n-th on, it writes what follows in the block as
// known, too; see TestNullsAreNulls.
func inRuns[R any](to *parquet.GenericWriter[R], fields [][]int) func([]R) (int, error) {
	known := make([]uint64, len(fields)) // of a block: in which of its rows
	return func(batch []R) (int, error) {
		rows, written := reflect.ValueOf(batch), 0
		for written < len(batch) {
			block := min(blockRows, len(batch)-written)
			for i, f := range fields {
				known[i] = knownIn(rows, written, block, f)
			}
			n, err := to.Write(batch[written : written+rightRun(known, block)])
			written += n
			if err != nil {
				return written, err
			}
		}
		return written, nil
	}
}

// knownIn tells by bits in which of up to 64 rows a field is known.
func knownIn(rows reflect.Value, from, n int, field []int) (known uint64) {
	for i := range n {
		if !rows.Index(from + i).FieldByIndex(field).IsZero() {
			known |= 1 << i
		}
	}
	return known
}

// rightRun returns how many of the first n rows are written right at once: up to
// where values of a field begin of which too many would be written.
func rightRun(known []uint64, n int) int {
	for again := true; again; {
		again = false
		for _, k := range known {
			k &= 1<<n - 1
			end := bits.Len64(k)
			first := end / 2
			if end > 0 && end < n && end%2 == 0 && k>>first == 1<<first-1 && k>>(first-1)&1 == 0 {
				n, again = first, true
			}
		}
	}
	return n
}

// optionalValues lists the fields of optional columns that are no pointers.
func optionalValues(row reflect.Type) (fields [][]int) {
	for _, f := range reflect.VisibleFields(row) {
		options := strings.Split(f.Tag.Get("parquet"), ",")
		if f.Type.Kind() != reflect.Pointer && slices.Contains(options[1:], "optional") {
			fields = append(fields, f.Index)
		}
	}
	return fields
}
