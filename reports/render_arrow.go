package reports

import (
	"io"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/ipc"
)

// arrowEncoder writes an Arrow IPC stream, as pandas, polars and R read it.
type arrowEncoder struct {
	w      io.Writer
	stream *ipc.Writer
}

func (e *arrowEncoder) begin(schema *arrow.Schema) error {
	e.stream = ipc.NewWriter(e.w, ipc.WithSchema(schema))
	return nil
}

func (e *arrowEncoder) batch(rec arrow.Record) error { return e.stream.Write(rec) }

func (e *arrowEncoder) end() error { return e.stream.Close() }
