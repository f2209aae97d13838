// Command skillsgap finds the skills that employers ask for and training does
// not teach: it reads vacancy feeds and credential catalogues, maps them to ESCO
// skills, computes gaps and writes Parquet datasets and reports.
//
// One file holds one command: its options, its flags and its run function.
// Results go to standard output, progress and logs to standard error. Errors
// are mapped to exit codes in exit.go and nowhere else.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/skillsgap/skillsgap/jobs"
)

// version is set by the linker flag -X.
var version = "dev"

// gcPercent lets the heap grow to three times what is in use before it is swept: a
// night makes many short-lived rows, and a sixth of its time went into sweeping.
// The environment variable GOGC goes before it.
const gcPercent = 200

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	os.Exit(run())
}

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := newRoot().ExecuteContext(ctx)
	if err != nil {
		fmt.Fprintf(os.Stderr, "skillsgap: %s\n", jobs.Message(err))
	}
	return exitCode(err)
}
