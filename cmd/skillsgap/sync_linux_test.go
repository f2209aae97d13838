package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestSyncBeforeRename watches what the commands ask of the system: no file gets
// its name before its bytes are on disk, no folder before its entries are, and at
// the end each folder that got a name is on disk itself. Pages are left out: a
// run makes them again.
func TestSyncBeforeRename(t *testing.T) {
	strace := needStrace(t)
	s := newSoak(t, filepath.Join(t.TempDir(), "workspace"), false)
	s.env = append(s.env, "TMPDIR="+t.TempDir())
	for _, n := range s.nights {
		copyFolder(t, n.before, s.dir)
		s.trace(strace, "run", "-w", s.dir, "--job", "quick")
	}
	s.trace(strace, "taxonomy", "import", "-w", s.dir, "--release", "v9", filepath.Join("..", "..", "data", "starter", "taxonomy"))
	if err := os.RemoveAll(s.dir); err != nil {
		t.Fatal(err)
	}
	s.trace(strace, "init", s.dir)
}

// TestKilledAtCalls kills runs as they change a folder or put it on disk, which
// [TestSoak] hits by luck alone: as they remove an old snapshot, say.
func TestKilledAtCalls(t *testing.T) {
	needStrace(t)
	s := newSoak(t, filepath.Join(t.TempDir(), "workspace"), false)
	random := soakRandom(t)
	rounds := 6
	if n, err := strconv.Atoi(os.Getenv("SKILLSGAP_SOAK")); err == nil {
		rounds = n
	}
	calls := []instant{{call: "unlinkat", count: 150}, {call: "fsync", count: 100}, {call: "linkat", count: 60}, {call: "renameat", count: 60}, {call: "symlinkat", count: 1}}
	for i := range rounds {
		at := calls[i%len(calls)]
		at.count = 1 + random.IntN(at.count)
		if s.round(s.nights[1+random.IntN(2)], at); t.Failed() {
			t.FailNow()
		}
	}
	t.Logf("%d of %d runs killed", s.kills, rounds)
}

// needStrace returns the tracer of system calls, or skips the test.
func needStrace(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("traces every call")
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("no strace")
	}
	if out, err := exec.CommandContext(t.Context(), strace, "-f", "true").CombinedOutput(); err != nil {
		t.Skipf("no right to trace: %v\n%s", err, out)
	}
	return strace
}

// trace runs a command and checks the order of its calls.
func (s *soak) trace(strace string, args ...string) {
	s.Helper()
	calls := filepath.Join(s.TempDir(), "calls")
	flags := []string{"-ff", "-ttt", "-y", "-s", "0", "-e", "signal=none", "-o", calls,
		"-e", "trace=openat,write,pwrite64,copy_file_range,sendfile,ftruncate,fsync,fdatasync,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mkdir,mkdirat"}
	cmd := exec.CommandContext(s.Context(), strace, slices.Concat(flags, []string{s.command}, args)...)
	cmd.Env = s.env
	if out, err := cmd.CombinedOutput(); err != nil {
		s.Fatalf("skillsgap %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	threads, err := filepath.Glob(calls + ".*")
	if err != nil || len(threads) == 0 {
		s.Fatalf("strace wrote nothing: %v", err)
	}
	var lines []string
	for _, thread := range threads { // each line begins with its time
		text, err := os.ReadFile(thread)
		if err != nil {
			s.Fatal(err)
		}
		lines = append(lines, strings.Split(strings.TrimSpace(string(text)), "\n")...)
	}
	slices.Sort(lines)
	s.checkOrder(lines)
}

var (
	callPattern = regexp.MustCompile(`^[0-9.]+ (\w+)\((.*)\) += (-?\d+)(?:<(.*)>)?`)
	filePattern = regexp.MustCompile(`^\d+<([^>]*)>`)
	namePattern = regexp.MustCompile(`"([^"]*)"`)
)

// checkOrder goes through calls in order, with what of the workspace is not yet
// on disk: bytes of files, entries of folders.
func (s *soak) checkOrder(lines []string) {
	s.Helper()
	dirty := map[string]bool{}
	soil := func(path string) {
		if strings.HasPrefix(path, s.dir) && !strings.HasPrefix(path, filepath.Join(s.dir, "out")) {
			dirty[path] = true
		}
	}
	synced, renamed := 0, 0
	for _, line := range lines {
		call := callPattern.FindStringSubmatch(line)
		if call == nil || strings.HasPrefix(call[3], "-") {
			continue
		}
		var names []string
		for _, m := range namePattern.FindAllStringSubmatch(call[2], -1) {
			names = append(names, m[1])
		}
		var file string
		if m := filePattern.FindStringSubmatch(call[2]); m != nil {
			file = m[1]
		}
		switch name := call[1]; {
		case name == "openat" && strings.Contains(call[2], "O_CREAT") && filepath.Base(call[4]) != ".lock":
			soil(call[4])
			soil(filepath.Dir(call[4]))
		case name == "fsync", name == "fdatasync":
			synced++
			delete(dirty, file)
		case strings.HasPrefix(name, "rename") && len(names) == 2:
			from, to := names[0], names[1]
			for path := range dirty {
				below := path == from || strings.HasPrefix(path, from+"/")
				if below && !strings.HasSuffix(to, ".tmp") { // a snapshot that is removed
					s.Errorf("%s gets its name %s before %s is on disk", from, to, path)
				}
				if below {
					delete(dirty, path)
				}
			}
			renamed++
			if !strings.HasSuffix(to, ".tmp") {
				soil(filepath.Dir(to))
			}
		case strings.HasPrefix(name, "mkdir"), strings.HasPrefix(name, "link"), strings.HasPrefix(name, "symlink"):
			soil(filepath.Dir(names[len(names)-1]))
		case name != "openat" && filepath.Base(file) != ".lock": // write and its kin
			soil(file)
		}
	}
	if synced == 0 || renamed == 0 {
		s.Errorf("%d files synced, %d renamed: the trace was not understood", synced, renamed)
	}
	for path := range dirty {
		if _, err := os.Lstat(path); err == nil {
			s.Errorf("%s is not on disk at the end", path)
		}
	}
}
