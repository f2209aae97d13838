package warehouse

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/marcboeker/go-duckdb/v2"
)

// ErrTimeout says that a statement took longer than [Options.Timeout].
var ErrTimeout = errors.New("the statement took too long: narrow it, or allow more time")

// ErrMemory says that a statement took more memory than [Options.MemoryLimit].
var ErrMemory = errors.New("the statement took too much memory: narrow it, or raise memory in the configuration's warehouse")

// errAbandoned says that an earlier statement still runs.
var errAbandoned = errors.New("an earlier statement did not end when it was told to: open the warehouse again")

const (
	// grace is how long a statement may go on when it was told to end.
	grace      = time.Second
	memoryTick = 10 * time.Millisecond
	// memoryExtra is what the process may take beside DuckDB's limit, which
	// covers neither results nor values of one row, in bytes; memoryLast what it
	// may take beyond that before it is told to end at once. A statement may take
	// 3 GB a second.
	memoryExtra = 192 << 20
	memoryLast  = 128 << 20
)

// watch bounds the time and memory of one statement, from its check to its last
// row. DuckDB heeds an interruption while it executes, but not while it plans or
// computes one value; nor does its memory limit cover large values and results.
// So the watch asks it to end, and a little later stops waiting.
type watch struct {
	context.Context
	cancel context.CancelCauseFunc
	timer  *time.Timer   // nil without a timeout
	full   chan struct{} // closed when memory cannot wait
	ended  chan struct{} // closed by end
	engine *engine
	user   bool // the statement is a user's: what DuckDB says against it is a [*SQLError]
	lost   bool // a part of it still runs
}

// watch starts the clock of a statement; end it once. It may take the given bytes
// beyond what the process has now; 0 is no bound.
func (e *engine) watch(ctx context.Context, timeout time.Duration, memory int64) *watch {
	w := &watch{engine: e, full: make(chan struct{}), ended: make(chan struct{})}
	w.Context, w.cancel = context.WithCancelCause(ctx)
	if timeout > 0 {
		w.timer = time.AfterFunc(timeout, func() { w.cancel(ErrTimeout) })
	}
	if memory > 0 {
		go w.watchMemory(resident() + memory)
	}
	return w
}

// watchMemory goes on while a statement that was told to end does not.
func (w *watch) watchMemory(most int64) {
	ticker := time.NewTicker(memoryTick)
	defer ticker.Stop()
	for {
		select {
		case <-w.ended:
			return
		case <-ticker.C:
		}
		has := resident()
		if has > most {
			w.cancel(ErrMemory)
		}
		if has > most+memoryLast {
			close(w.full)
			return
		}
	}
}

func (w *watch) end() {
	w.cancel(nil)
	if w.timer != nil {
		w.timer.Stop()
	}
	close(w.ended)
}

// do runs a part of the statement. Where that goes on after the watch told it to
// end, do returns, and the engine is abandoned: what the part uses is no longer
// the caller's to touch.
func (w *watch) do(part func(ctx context.Context) error) error {
	if w.engine.abandoned.Load() {
		return errAbandoned
	}
	done := make(chan error, 1)
	go func() { done <- part(w) }()
	select {
	case err := <-done:
		return w.reason(err)
	case <-w.Done():
	}
	select {
	case err := <-done:
		return w.reason(err)
	case <-w.full:
	case <-time.After(grace):
	}
	w.lost = true
	w.engine.abandoned.Store(true)
	return context.Cause(w)
}

// reason returns why a part failed.
func (w *watch) reason(err error) error {
	var duck *duckdb.Error
	switch cause := context.Cause(w); {
	case err == nil:
		return nil
	case cause != nil:
		return cause
	case errors.As(err, &duck) && duck.Type == duckdb.ErrorTypeOutOfMemory:
		return ErrMemory // DuckDB's advice is on settings that are locked
	case w.user:
		return &SQLError{err}
	}
	return err
}

// resident returns the memory of this process in bytes, 0 where the system does
// not tell.
func resident() int64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}

// bytesOf reads an amount of memory as DuckDB writes it, such as 2GB or 1.5 GiB.
func bytesOf(amount string) (int64, error) {
	at := max(strings.IndexAny(amount, "KMGTB"), 0)
	n, err := strconv.ParseFloat(strings.TrimSpace(amount[:at]), 64)
	if err != nil {
		return 0, fmt.Errorf("memory limit %q: write a number and a unit, as 2GB", amount)
	}
	step := 1000.0
	if strings.Contains(amount, "i") {
		step = 1024
	}
	for range strings.IndexByte("BKMGT", amount[at]) {
		n *= step
	}
	return int64(n), nil
}
