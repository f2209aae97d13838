package main

import (
	"errors"
	"fmt"

	"github.com/skillsgap/skillsgap/jobs"
	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/explain"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/reports"
	"github.com/skillsgap/skillsgap/taxonomy/esco"
)

// The exit codes of every command.
const (
	exitDone       = 0
	exitInternal   = 1 // a mistake of ours, or a failure of the machine
	exitUsage      = 2
	exitDegraded   = 3 // done, but a feed failed or a quality threshold was crossed
	exitInput      = 4
	exitLocked     = 5
	exitDisclosure = 6 // what was asked for may not be shown
)

const exitCodesHelp = `
Exit codes: 0 done, 1 internal error or a failure of the machine (a full disk, no
permission to write), 2 wrong usage, 3 done but a feed failed or a quality
threshold was crossed, 4 wrong input, 5 workspace in use by another run, 6 not
allowed to be shown.`

// usageError is a mistake on the command line.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// degradedError says that a run is done but not whole.
type degradedError struct{ warnings []string }

func (e *degradedError) Error() string {
	return fmt.Sprintf("done, but not whole: %d warning(s), see above", len(e.warnings))
}

// exitCode maps an error to the exit code that says its kind.
func exitCode(err error) int {
	var (
		usage     *usageError
		degraded  *degradedError
		locked    *jobs.LockedError
		cfg       *config.Error
		input     *pipeline.InputError
		file      *source.FileError
		parameter *reports.ParamError
		header    *reports.HeaderError
		format    *reports.FormatError
		region    *pipeline.RegionError
		bundle    *esco.FileError
		refused   *warehouse.StatementError
		failed    *warehouse.SQLError
		link      *warehouse.LinkError
		newer     *warehouse.NewerError
		older     *warehouse.OlderError
		damaged   *warehouse.DamagedError
		zone      *warehouse.ZoneError
		address   *explain.AddressError
		disclosed *disclosedError
	)
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage), errors.As(err, &parameter), errors.As(err, &format),
		errors.As(err, &region), errors.As(err, &address):
		return exitUsage
	case errors.As(err, &zone), errors.As(err, &disclosed):
		return exitDisclosure
	case errors.As(err, &degraded):
		return exitDegraded
	case errors.As(err, &locked), errors.Is(err, warehouse.ErrMoved):
		return exitLocked
	case errors.As(err, &cfg), errors.As(err, &input), errors.As(err, &file), errors.As(err, &header), errors.As(err, &bundle),
		errors.As(err, &refused), errors.As(err, &failed), errors.As(err, &link), errors.As(err, &newer), errors.As(err, &older), errors.As(err, &damaged),
		errors.Is(err, warehouse.ErrNoSnapshot), errors.Is(err, warehouse.ErrTimeout), errors.Is(err, warehouse.ErrMemory):
		return exitInput
	}
	return exitInternal
}
