package jobs

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"go.uber.org/goleak"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// workspace makes an empty workspace whose nightly job has the given cron
// expression.
func workspace(t *testing.T, cron string) Options {
	t.Helper()
	dir := t.TempDir()
	cfg := config.Default()
	nightly := cfg.Jobs["nightly"]
	nightly.Cron = cron
	cfg.Jobs["nightly"] = nightly
	if err := cfg.Save(dir); err != nil {
		t.Fatal(err)
	}
	return Options{Workspace: dir, Job: "nightly", Now: time.Now, Log: slog.New(slog.DiscardHandler)}
}

func TestRunRefusesALockedWorkspace(t *testing.T) {
	o := workspace(t, "")
	other := flock.New(filepath.Join(o.Workspace, lockFile))
	if held, err := other.TryLock(); err != nil || !held {
		t.Fatalf("lock: %v, %v", held, err)
	}
	_, err := Run(t.Context(), o)
	var locked *LockedError
	if !errors.As(err, &locked) {
		t.Fatalf("error = %v, want a *LockedError", err)
	}
	if err := other.Unlock(); err != nil {
		t.Fatal(err)
	}
	var input *pipeline.InputError
	if _, err := Run(t.Context(), o); !errors.As(err, &input) {
		t.Fatalf("after unlocking: error = %v, want the missing taxonomy", err)
	}
}

func TestRunNotesAFailedStageInTheLedger(t *testing.T) {
	o := workspace(t, "")
	if _, err := Run(t.Context(), o); err == nil {
		t.Fatal("a run without a taxonomy succeeded")
	}
	rows, err := warehouse.ReadRuns(o.Workspace)
	if err != nil || len(rows) != 1 {
		t.Fatalf("ledger = %v, %v", rows, err)
	}
	if r := rows[0]; r.Stage != "concepts" || r.Status != "failed" || r.Message == "" {
		t.Errorf("ledger row = %+v", r)
	}
}

func TestRunStopsWhenItsContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(ctx, workspace(t, "")); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
}

func TestScheduleNeedsACronExpression(t *testing.T) {
	for _, cron := range []string{"", "at night"} {
		var wrong *config.Error
		if err := Schedule(t.Context(), workspace(t, cron), nil); !errors.As(err, &wrong) {
			t.Errorf("cron %q: error = %v, want a *config.Error", cron, err)
		}
	}
}

func TestScheduleEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := Schedule(ctx, workspace(t, "0 2 * * *"), nil); err != nil {
		t.Error(err)
	}
}
