package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// TestFullDisk runs nights on disks that are full before they end, at levels that
// between them hit every stage. Each must say so in one line, leave the snapshot
// before as it is, and succeed once there is space.
func TestFullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("runs many nights")
	}
	if !inNamespace(t) {
		return
	}
	dir := filepath.Join(t.TempDir(), "disk")
	mountDisk(t, dir)
	s := newSoak(t, dir, false)
	levels := 4
	if n, err := strconv.Atoi(os.Getenv("SKILLSGAP_SOAK")); err == nil {
		levels = n / 4
	}
	for _, n := range s.nights {
		if n.name == "again" { // it writes next to nothing
			continue
		}
		copyFolder(t, n.before, dir)
		empty := used(t, dir)
		peak := s.peak(func() { s.skillsgap("run", "-w", dir) })
		t.Logf("night %s needs %d KiB beyond %d KiB", n.name, (peak-empty)>>10, empty>>10)
		for level := range levels {
			resize(t, dir, diskSize)
			copyFolder(t, n.before, dir)
			resize(t, dir, used(t, dir)+(peak-empty)*int64(2*level+1)/int64(2*levels))
			s.full(n)
			if t.Failed() {
				t.Fatalf("night %s, level %d of %d", n.name, level, levels)
			}
		}
	}
}

// full runs a night on a disk that is too small, then on one that is not.
func (s *soak) full(n *soakNight) {
	s.Helper()
	code, out := s.skillsgap("run", "-w", s.dir)
	s.Logf("exit code %d: %s", code, out)
	if code != exitInternal || strings.Count(out, "\n") != 1 || !strings.Contains(out, "no space left on device: free space on that disk and run again") {
		s.Errorf("run on a full disk: exit code %d\n%s", code, out)
	}
	s.checkKilled(n)
	s.checkClean()
	resize(s.T, s.dir, diskSize)
	if code, out := s.skillsgap("run", "-w", s.dir, "--job", "quick"); code != exitDone {
		s.Errorf("run after space was freed: exit code %d\n%s", code, out)
		return
	}
	if diff := differences(n.want, s.current()); diff != "" {
		s.Errorf("the datasets are not those of an undisturbed night: %s", diff)
	}
	s.checkClean()
}

// peak returns the most bytes that the workspace's disk has held while do ran.
func (s *soak) peak(do func()) int64 {
	s.Helper()
	done := make(chan struct{})
	go func() { do(); close(done) }()
	var most int64
	for {
		most = max(most, used(s.T, s.dir))
		select {
		case <-done:
			return most
		case <-time.After(time.Millisecond):
		}
	}
}

// TestReadOnly asks a workspace that cannot be written: what only reads answers as
// before, and what writes says why it cannot.
func TestReadOnly(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	dir := filepath.Join(t.TempDir(), "disk")
	mountDisk(t, dir)
	s := newSoak(t, dir, false)
	copyFolder(t, s.nights[1].before, dir)
	want := s.answers()

	store := filepath.Join(dir, "warehouse")
	mount(t, store, store, syscall.MS_BIND, "")
	mount(t, "", store, syscall.MS_REMOUNT|syscall.MS_BIND|syscall.MS_RDONLY, "")
	s.checkRefused("read-only file system: make that disk writable and run again")
	s.checkAnswers(want)
	if err := syscall.Unmount(store, 0); err != nil {
		t.Fatal(err)
	}

	if err := os.Remove(filepath.Join(dir, warehouse.DatabaseName)); err != nil {
		t.Fatal(err)
	}
	mount(t, "", dir, syscall.MS_REMOUNT|syscall.MS_RDONLY, "")
	s.checkRefused("read-only file system: make that disk writable and run again")
	s.checkAnswers(want)
}

// TestNoPermission is a workspace of which its owner may not write the warehouse,
// and one with a feed that may not be read.
func TestNoPermission(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "workspace")
	s := newSoak(t, dir, false)
	s.asOrdinaryUser()
	copyFolder(t, s.nights[1].before, dir)
	want := s.answers()
	folders := []string{dir, filepath.Join(dir, "warehouse"), filepath.Join(dir, "warehouse", "runs"), filepath.Join(dir, "warehouse", "snapshots")}
	chmod := func(mode fs.FileMode, paths ...string) {
		for _, f := range paths {
			if err := os.Chmod(f, mode); err != nil {
				t.Fatal(err)
			}
		}
	}
	chmod(0o555, folders...)
	s.checkRefused("permission denied")
	s.checkAnswers(want)
	chmod(0o755, folders...)

	feed := filepath.Join(dir, "inbox", "postings.jsonl.gz")
	chmod(0, feed)
	code, out := s.skillsgap("run", "-w", dir)
	if code != exitDegraded || !strings.Contains(out, "inbox/postings.jsonl.gz: permission denied") {
		t.Errorf("run with a feed that may not be read: exit code %d\n%s", code, out)
	}
	// But field_counts are of the feeds read this night.
	if diff := differences(s.nights[1].want, s.current()); diff != "public/field_counts/data-0.parquet" {
		t.Errorf("what was known of the feed has changed: %s", diff)
	}
	s.checkClean()
}

// checkRefused runs a night that cannot write, and expects one line that says why.
func (s *soak) checkRefused(why string) {
	s.Helper()
	code, out := s.skillsgap("run", "-w", s.dir)
	s.Logf("exit code %d: %s", code, out)
	if code != exitInternal || strings.Count(out, "\n") != 1 || !strings.Contains(out, why) {
		s.Errorf("run: exit code %d\n%s", code, out)
	}
}

// answers returns what the commands that only read print.
func (s *soak) answers() []string {
	s.Helper()
	var all []string
	for _, line := range []string{
		"query --format csv FROM_vacancies_ORDER_BY_ALL", "report skill-gaps --format csv", "report list", "export cells", "status",
		"link", "taxonomy info", "run --plan",
	} {
		args := append(strings.Fields(line), "-w", s.dir)
		for i := range args {
			args[i] = strings.ReplaceAll(args[i], "FROM_vacancies_ORDER_BY_ALL", "FROM vacancies ORDER BY ALL")
		}
		cmd := exec.CommandContext(s.Context(), s.command, args...)
		cmd.Env, cmd.SysProcAttr = s.env, s.attributes
		out, err := cmd.Output()
		if err != nil {
			s.Errorf("skillsgap %s: %v", line, err)
		}
		all = append(all, string(out))
	}
	return all
}

func (s *soak) checkAnswers(want []string) {
	s.Helper()
	for i, got := range s.answers() {
		if got != want[i] && !strings.Contains(want[i], "run  ") { // status also lists the runs that failed
			s.Errorf("a command that only reads says\n%s\nnot\n%s", got, want[i])
		}
	}
}

// asOrdinaryUser lets commands run as the owner of the workspace, to whom the
// modes of files apply.
func (s *soak) asOrdinaryUser() {
	s.Helper()
	if os.Getuid() != 0 {
		return
	}
	s.attributes = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER, // a program started as another than root there has no rights of root
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 1000, HostID: 0, Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 1000, HostID: 0, Size: 1}},
	}
	cmd := exec.CommandContext(s.Context(), s.command, "--version")
	cmd.SysProcAttr = s.attributes
	if err := cmd.Run(); err != nil {
		s.Skipf("root cannot run a command as an ordinary user here: %v", err)
	}
}

// inNamespace runs the test again in a process with mounts of its own, and
// returns true there alone. Where that is not allowed, it skips the test.
func inNamespace(t *testing.T) bool {
	t.Helper()
	const inside = "SKILLSGAP_TEST_INSIDE"
	if os.Getenv(inside) != "" {
		return true
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), inside+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	if uid, gid := os.Getuid(), os.Getgid(); uid != 0 {
		cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: uid, Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: gid, Size: 1}}
	}
	out, err := cmd.CombinedOutput()
	switch exit := new(exec.ExitError); {
	case err != nil && !errors.As(err, &exit):
		t.Skipf("no right to mount a disk: %v", err)
	case err != nil:
		t.Errorf("%s", out)
	case strings.Contains(string(out), "--- SKIP"):
		t.Skipf("%s", out)
	default:
		t.Logf("%s", out)
	}
	return false
}

const diskSize = 512 << 20 // bytes, more than any night needs

// mountDisk mounts a disk of its own on a new folder.
func mountDisk(t *testing.T, dir string) {
	t.Helper()
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", diskSize)); err != nil {
		t.Skipf("no right to mount a disk: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
}

func mount(t *testing.T, source, target string, flags uintptr, options string) {
	t.Helper()
	if err := syscall.Mount(source, target, "", flags, options); err != nil {
		t.Fatalf("mount %s: %v", target, err)
	}
}

// resize sets the size of a disk.
func resize(t *testing.T, dir string, size int64) {
	t.Helper()
	mount(t, "", dir, syscall.MS_REMOUNT, fmt.Sprintf("size=%d", size))
}

// used returns how many bytes a disk holds.
func used(t *testing.T, dir string) int64 {
	t.Helper()
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		t.Fatal(err)
	}
	return int64(s.Blocks-s.Bfree) * s.Bsize
}
