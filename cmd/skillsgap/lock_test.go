package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestTwoRuns starts a second run, and an import, while a first goes on: they are
// told who holds the workspace, and the first is as if they had not been. Whoever
// reads meanwhile sees one snapshot, the one before or the new one.
func TestTwoRuns(t *testing.T) {
	s := newSoak(t, filepath.Join(t.TempDir(), "workspace"), false)
	ask := []string{"query", "-w", s.dir, "--format", "csv", "SELECT count(*), count(withdrawn_on), (SELECT count(*) FROM vacancy_skills) FROM vacancies"}
	_, after := s.skillsgap(ask...)
	news := s.nights[2]
	copyFolder(t, news.before, s.dir)
	_, before := s.skillsgap(ask...)

	var out bytes.Buffer
	first := exec.CommandContext(t.Context(), s.command, "run", "-w", s.dir)
	first.Env, first.Stdout, first.Stderr = s.env, &out, &out
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	holder := fmt.Sprintf("process %d on ", first.Process.Pid)
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		if text, _ := os.ReadFile(filepath.Join(s.dir, ".lock")); strings.HasPrefix(string(text), holder) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the first run does not say that it holds the workspace")
		}
	}
	for _, args := range [][]string{{"run", "-w", s.dir}, {"taxonomy", "import", "-w", s.dir, "."}} {
		if code, out := s.skillsgap(args...); code != exitLocked || !strings.Contains(out, "is in use by another run ("+holder) || !strings.Contains(out, " since 20") {
			t.Errorf("%s during a run: exit code %d\n%s", args[0], code, out)
		}
	}
	ended := make(chan error, 1)
	go func() { ended <- first.Wait() }()
	for reads := 0; ; reads++ {
		if code, got := s.skillsgap(ask...); code != exitDone || !strings.HasSuffix(got, before) && !strings.HasSuffix(got, after) {
			t.Errorf("query during a run: exit code %d\n%s", code, got)
		}
		select {
		case err := <-ended:
			if diff := differences(news.want, s.current()); err != nil || diff != "" {
				t.Errorf("the first run: %v, differences in %s\n%s", err, diff, &out)
			}
			t.Logf("%d reads", reads)
			return
		default:
		}
	}
}

// TestKilledImport kills imports of a taxonomy: the workspace has the one before,
// or the new one, and can be given another.
func TestKilledImport(t *testing.T) {
	s := bareSoak(t, filepath.Join(t.TempDir(), "workspace"))
	random := soakRandom(t)
	if code, out := s.skillsgap("init", s.dir); code != exitDone {
		t.Fatalf("init: exit code %d\n%s", code, out)
	}
	had := s.taxonomy()
	for release := range 5 {
		args := []string{"taxonomy", "import", "-w", s.dir, "--release", fmt.Sprintf("v%d", 2+release), filepath.Join("..", "..", "data", "starter", "taxonomy")}
		_, _ = s.kill(instantOf(random, "taxonomy/*.tmp"), args...)
		killed := s.taxonomy()
		if code, out := s.skillsgap("taxonomy", "info", "-w", s.dir); code != exitDone {
			t.Errorf("taxonomy info: exit code %d\n%s", code, out)
		}
		if code, out := s.skillsgap(args...); code != exitDone {
			t.Errorf("the next import: exit code %d\n%s", code, out)
		}
		got := s.taxonomy()
		if got == had || killed != had && killed != got {
			t.Error("a killed import left another taxonomy")
		}
		s.checkClean()
		had = got
	}
}

func (s *soak) taxonomy() [sha256.Size]byte {
	s.Helper()
	text, err := os.ReadFile(filepath.Join(s.dir, "taxonomy", "taxonomy.bin"))
	if err != nil {
		s.Fatal(err)
	}
	return sha256.Sum256(text)
}

// TestKilledInit kills the making of workspaces: each is whole, or says that it
// must be made again.
func TestKilledInit(t *testing.T) {
	s := bareSoak(t, filepath.Join(t.TempDir(), "workspace"))
	random := soakRandom(t)
	for range 5 {
		if err := os.RemoveAll(s.dir); err != nil {
			t.Fatal(err)
		}
		_, _ = s.kill(instantOf(random, "inbox/*.gz"), "init", s.dir)
		_, err := os.Stat(filepath.Join(s.dir, "skillsgap.yaml"))
		if err == nil {
			code, out := s.skillsgap("run", "-w", s.dir, "--plan")
			if code != exitDone {
				t.Errorf("a workspace whose init was killed at its end: exit code %d\n%s", code, out)
			}
			continue
		}
		entries, _ := os.ReadDir(s.dir)
		code, out := s.skillsgap("init", s.dir)
		if !errors.Is(err, fs.ErrNotExist) || len(entries) == 0 && code != exitDone ||
			len(entries) > 0 && (code != exitUsage || !strings.Contains(out, "if an init was interrupted there, remove it first")) {
			t.Errorf("init after one that was killed: exit code %d\n%s", code, out)
		}
	}
}

// instantOf chooses an instant within a second, or just after a mark.
func instantOf(random *rand.Rand, mark string) instant {
	if random.IntN(2) == 0 {
		return instant{delay: time.Duration(random.Float64() * float64(time.Second))}
	}
	return instant{mark: mark, delay: time.Duration(random.Float64() * float64(2*time.Millisecond))}
}
