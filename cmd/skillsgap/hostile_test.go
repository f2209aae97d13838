package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

const (
	hostileTimeout = 500 * time.Millisecond
	hostileWait    = 10 * time.Second // for a process on a busy machine
	hostileMemory  = 1 << 20          // KiB; 200 MB are DuckDB's
	hostileMarker  = "plover-quartz"  // stands in texts that nobody may read
)

// TestHostile runs the command on statements that must be refused or bounded,
// and on those that must be answered. The statements stand in tables in the
// scripts, one a paragraph:
//
//	# what it tries
//	4 part of the answer
//	SELECT …
//
// with the exit code that it must have. {9 times x} stands for nine x, ${WORK}
// for the script's folder. No answer may hold the marker.
func TestHostile(t *testing.T) {
	trees := map[string]string{}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/hostile",
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits":      exits,
			"statements": statements,
			"unchanged": func(ts *testscript.TestScript, _ bool, _ []string) {
				work := ts.Getenv("WORK")
				tree, err := hashTree(work)
				ts.Check(err)
				if before := cmp.Or(trees[work], tree); tree != before {
					ts.Fatalf("files changed:\nbefore %s\nnow %s", before, tree)
				}
				trees[work] = tree
			},
		},
	})
}

// statement is a paragraph of a table.
type statement struct {
	code      int
	answer    string
	sql       string
	workspace string
	env       []string
	dir       string
}

// statements runs a table on a workspace, several at a time.
func statements(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: statements WORKSPACE TABLE")
	}
	work := ts.Getenv("WORK")
	env := []string{"PATH=" + os.Getenv("PATH"), "HOME=" + work, "TMPDIR=" + ts.Getenv("TMPDIR")}
	paragraphs := strings.Split(ts.ReadFile(args[1]), "\n\n")
	errs := make([]error, len(paragraphs))
	turns := make(chan struct{}, max(2, runtime.GOMAXPROCS(0)))
	var runs sync.WaitGroup
	for i, paragraph := range paragraphs {
		s, err := parseStatement(strings.ReplaceAll(paragraph, "${WORK}", work))
		ts.Check(err)
		s.workspace, s.env, s.dir = args[0], env, work
		turns <- struct{}{}
		runs.Go(func() {
			errs[i] = s.run()
			<-turns
		})
	}
	runs.Wait()
	ts.Check(errors.Join(errs...))
	ts.Logf("%d statements", len(paragraphs))
}

var repeated = regexp.MustCompile(`\{(\d+) times (.*?)\}`)

func parseStatement(paragraph string) (statement, error) {
	lines := strings.Split(strings.TrimSpace(paragraph), "\n")
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, "# ") })
	code, answer, _ := strings.Cut(lines[0], " ")
	n, err := strconv.Atoi(code)
	if err != nil {
		return statement{}, fmt.Errorf("paragraph %q: no exit code", paragraph)
	}
	sql := repeated.ReplaceAllStringFunc(strings.Join(lines[1:], "\n"), func(m string) string {
		parts := repeated.FindStringSubmatch(m)
		times, _ := strconv.Atoi(parts[1])
		return strings.Repeat(parts[2], times)
	})
	return statement{code: n, answer: answer, sql: sql}, nil
}

// run runs the command and checks its exit code, answer, time and memory.
func (s statement) run() error {
	ctx, cancel := context.WithTimeout(context.Background(), hostileTimeout+hostileWait)
	defer cancel()
	cmd := exec.CommandContext(ctx, "skillsgap", "query", "-w", s.workspace, "--format", "csv", "--timeout", hostileTimeout.String(), s.sql)
	cmd.Dir, cmd.Env = s.dir, s.env
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return err
	}
	name := s.sql[:min(len(s.sql), 200)]
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("%s\nstill runs after %s", name, hostileTimeout+hostileWait)
	case cmd.ProcessState.ExitCode() != s.code:
		return fmt.Errorf("%s\nexit code %d, want %d: %.400s", name, cmd.ProcessState.ExitCode(), s.code, out)
	case !bytes.Contains(out, []byte(s.answer)):
		return fmt.Errorf("%s\nanswer %.400q, want %q in it", name, out, s.answer)
	case bytes.Contains(out, []byte(hostileMarker)):
		return fmt.Errorf("%s\nshows what nobody may read: %.400s", name, out)
	case runtime.GOOS == "linux" && cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss > hostileMemory:
		return fmt.Errorf("%s\ntook %d KiB", name, cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
	}
	return nil
}

// hashTree lists each file below a folder with its mode and hash, except the
// folder of temporary files.
func hashTree(dir string) (string, error) {
	var list strings.Builder
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if e.Name() == ".tmp" {
				return filepath.SkipDir
			}
			fmt.Fprintln(&list, path)
			return nil
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		var content []byte
		if e.Type().IsRegular() {
			if content, err = os.ReadFile(path); err != nil {
				return err
			}
		}
		sum := sha256.Sum256(content)
		fmt.Fprintln(&list, path, info.Mode(), hex.EncodeToString(sum[:8]))
		return nil
	})
	return list.String(), err
}
