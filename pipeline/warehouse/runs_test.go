package warehouse

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

func TestLedger(t *testing.T) {
	workspace := t.TempDir()
	if runs, err := ReadRuns(workspace); err != nil || len(runs) > 0 {
		t.Fatalf("before the first run: %v, %v", runs, err)
	}
	appendRuns(t, workspace, model.Run{RunID: "r2", Stage: "b"}, model.Run{RunID: "r2", Stage: "a"})
	appendRuns(t, workspace, model.Run{RunID: "r1", Stage: "x"})
	appendRuns(t, workspace, model.Run{RunID: "r1", Stage: "y"}) // in place of x
	appendRuns(t, workspace)
	runs, err := ReadRuns(workspace)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, r := range runs {
		got += r.RunID + r.Stage + " "
	}
	if got != "r1y r2a r2b " {
		t.Errorf("ledger %s", got)
	}
	commit(t, begin(t, workspace, "s1"))
	db := open(t, workspace, Options{})
	if got := text(t, db, "SELECT string_agg(run_id || stage, ' ' ORDER BY run_id, stage) FROM runs"); got != "r1y r2a r2b" {
		t.Errorf("view: %s", got)
	}
	appendRuns(t, workspace, model.Run{RunID: "r3"}) // seen at once
	if got := text(t, db, "SELECT count(DISTINCT run_id) FROM runs"); got != "3" {
		t.Errorf("%s runs after a third", got)
	}
}

func appendRuns(t *testing.T, workspace string, rows ...model.Run) {
	t.Helper()
	if err := AppendRuns(workspace, rows); err != nil {
		t.Fatal(err)
	}
}

func TestLedgerRefusals(t *testing.T) {
	workspace := t.TempDir()
	for name, rows := range map[string][]model.Run{
		"two runs":    {{RunID: "r1"}, {RunID: "r2"}},
		"no name":     {{RunID: "../r1"}},
		"a row twice": {{RunID: "r1"}, {RunID: "r1"}},
	} {
		if err := AppendRuns(workspace, rows); err == nil {
			t.Errorf("%s: appended", name)
		}
	}
	if entries, _ := os.ReadDir(runsDir(workspace)); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}

func TestLedgerOfNewerVersionIsRefused(t *testing.T) {
	for version, newer := range map[string]bool{"99": true, "": false} {
		workspace := t.TempDir()
		if err := ensureLedger(workspace); err != nil {
			t.Fatal(err)
		}
		f, err := os.Create(filepath.Join(runsDir(workspace), "r1.parquet"))
		if err != nil {
			t.Fatal(err)
		}
		w := parquet.NewGenericWriter[model.Run](f, parquet.KeyValueMetadata(schemaVersionKey, version))
		if err := errors.Join(w.Close(), f.Close()); err != nil {
			t.Fatal(err)
		}
		_, err = ReadRuns(workspace)
		var refused *NewerError
		if err == nil || errors.As(err, &refused) != newer {
			t.Errorf("version %q: %v", version, err)
		}
	}
}
