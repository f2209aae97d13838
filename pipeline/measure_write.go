package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/sourcegraph/conc/pool"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// month writes the partition of a month in pieces, as they are computed: all its
// rows would not fit into memory. Each dataset is encoded beside the others, since
// that takes longer than computing.
func (w *measureWriter) month(ctx context.Context, month model.Date, pieces iter.Seq[measure.Result]) error {
	p := pool.New().WithContext(ctx).WithCancelOnError().WithFirstError()
	cells, demand := encodePieces(p, w.cells, month), encodePieces(p, w.demand, month)
	supply, gaps := encodePieces(p, w.supply, month), encodePieces(p, w.gaps, month)
	p.Go(func(ctx context.Context) error {
		defer close(cells)
		defer close(demand)
		defer close(supply)
		defer close(gaps)
		for r := range pieces {
			if err := errors.Join(send(ctx, cells, r.Cells), send(ctx, demand, r.Demand), send(ctx, supply, r.Supply), send(ctx, gaps, r.Gaps)); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
	if err := p.Wait(); err != nil {
		return fmt.Errorf("write measures of %s: %w", month, err)
	}
	return nil
}

// encodePieces writes a month of a dataset from the channel that it returns.
func encodePieces[R any](p *pool.ContextPool, w *warehouse.Writer[R], month model.Date) chan []R {
	pieces := make(chan []R, 1)
	p.Go(func(context.Context) error {
		to, err := w.Open(month)
		if err != nil {
			return err
		}
		for rows := range pieces {
			if err = to.Write(rows); err != nil {
				break
			}
		}
		return errors.Join(err, to.Close())
	})
	return pieces
}

// send hands a piece over, unless nobody takes it any more.
func send[R any](ctx context.Context, to chan<- []R, rows []R) error {
	select {
	case to <- rows:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
