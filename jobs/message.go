package jobs

import (
	"errors"
	"strings"
	"syscall"
)

// Message is what people are told of an error. Where the machine fails, all that
// a run tries then fails too: it is the first failure alone, and what to do.
func Message(err error) string {
	var advice string
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), strings.Contains(err.Error(), "No space left on device"): // DuckDB's words
		advice = "free space on that disk and run again"
	case errors.Is(err, syscall.EFBIG):
		advice = "raise the size of a file that this process may write (ulimit -f) and run again"
	case errors.Is(err, syscall.EROFS):
		advice = "make that disk writable and run again"
	default:
		return err.Error()
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return first + ": " + advice
}
