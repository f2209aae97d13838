package main

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// TestSoak kills runs at random instants. At each, the current snapshot must be
// the last complete one and readable; the next run must complete, with the very
// bytes of a run that was let alone, and leave nothing of the killed one behind.
//
// It kills 20 runs over 500 postings; with SKILLSGAP_SOAK=200 that many over the
// starter besides. SKILLSGAP_SOAK_SEED repeats the choices of another test, though
// not its instants to the microsecond.
func TestSoak(t *testing.T) {
	kills, whole := 20, false
	if n, err := strconv.Atoi(os.Getenv("SKILLSGAP_SOAK")); err == nil {
		kills, whole = n, true
	}
	if testing.Short() {
		t.Skip("kills runs for the better part of a minute")
	}
	s := newSoak(t, filepath.Join(t.TempDir(), "workspace"), whole)
	random := soakRandom(t)
	for tries := 0; s.kills < kills; tries++ {
		if tries > 3*kills {
			t.Fatalf("only %d of %d runs could be killed", s.kills, tries)
		}
		n := s.nights[random.IntN(len(s.nights))]
		s.round(n, s.instant(random, n))
		if t.Failed() {
			t.Fatalf("after %d kills", s.kills)
		}
	}
	for _, stage := range slices.Sorted(maps.Keys(s.hits)) {
		t.Logf("killed in %-28s %3d", stage, s.hits[stage])
	}
}

// soakRandom returns what the choices of a test are made with.
func soakRandom(t *testing.T) *rand.Rand {
	t.Helper()
	seed, err := strconv.ParseUint(os.Getenv("SKILLSGAP_SOAK_SEED"), 10, 64)
	if err != nil {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("SKILLSGAP_SOAK_SEED=%d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// instant is when a run is killed: so long after its start, or after a path of
// the workspace appears or becomes another file; or as a thread of it asks the
// system for something, not for the first time.
type instant struct {
	mark  string
	delay time.Duration
	call  string
	count int
}

func (i instant) String() string {
	if i.call != "" {
		return fmt.Sprintf("%s %d", i.call, i.count)
	}
	return fmt.Sprintf("%s+%s", cmp.Or(i.mark, "start"), i.delay)
}

// instant chooses one: half of them anywhere, half where files get their names.
func (s *soak) instant(random *rand.Rand, n *soakNight) instant {
	if random.IntN(2) == 0 {
		return instant{delay: time.Duration(random.Float64() * 1.02 * float64(n.took))}
	}
	at := instant{mark: marks[random.IntN(len(marks))], delay: time.Duration(random.Float64() * float64(3*time.Millisecond))}
	if at.pages() {
		at.delay *= 100 // many are written
	}
	return at
}

// pages tells whether a run is killed while it writes pages.
func (i instant) pages() bool { return strings.HasPrefix(i.mark, "out/") }

// job names the job to run: pages take longer than all the rest.
func (i instant) job() string {
	if i.pages() {
		return "nightly"
	}
	return "quick"
}

// marks are what appears in a workspace while a run writes it.
var marks = []string{
	"warehouse/runs/*.tmp",
	"inbox/.versions/incoming-*",
	"warehouse/snapshots/*.scratch.tmp",
	"warehouse/snapshots/*.tmp/*/*/*.parquet.tmp", // a link takes the place of what is as before
	"warehouse/snapshots/*.tmp/manifest.json.*.tmp",
	"warehouse/snapshots/*.tmp/manifest.json",
	"warehouse/snapshots/*Z",
	"warehouse/current.tmp",
	"warehouse/current",
	"skillsgap.duckdb.*.tmp",
	"skillsgap.duckdb",
	"out/*.tmp",
	"out/*.old",
	"out/*",
}

// soakNight is a night to be disturbed.
type soakNight struct {
	name   string
	before string            // a copy of the workspace
	had    map[string]string // datasets of its snapshot, as [hashes] has them; nil where there is none
	want   map[string]string // those of the night, undisturbed
	took   time.Duration
}

// soak is a workspace whose runs are disturbed. It always lies in one place.
type soak struct {
	*testing.T
	command, dir, temp string
	env                []string
	attributes         *syscall.SysProcAttr
	nights             []*soakNight
	kills              int
	hits               map[string]int // kills by stage
}

// newSoak prepares three nights: the first of a workspace, one without news, and
// one with postings gone, new and changed.
func newSoak(t *testing.T, dir string, whole bool) *soak {
	t.Helper()
	s := bareSoak(t, dir)
	root := t.TempDir()
	lines := postings(t, 550)
	makeSoakWorkspace(t, s, whole)
	s.putFeed(lines[:500])
	save := func(name string) string {
		to := filepath.Join(root, name)
		copyFolder(t, s.dir, to)
		return to
	}
	fresh := save("fresh")
	first := s.undisturbed("first", fresh, nil)
	s.undisturbed("once more", fresh, nil) // so that each later night removes a snapshot
	known := save("known")
	again := s.undisturbed("again", known, first.want)
	if diff := differences(first.want, again.want); diff != "" {
		t.Fatalf("a night without news is another: %s", diff)
	}
	copyFolder(t, known, s.dir)
	changed := slices.Clone(lines[50:])
	changed[100] = bytes.Replace(changed[100], []byte(`"description": "`), []byte(`"description": "Uses spreadsheets. `), 1)
	s.putFeed(changed)
	news := s.undisturbed("news", save("changed"), first.want)
	if differences(first.want, news.want) == "" {
		t.Fatal("a night with news is the same")
	}
	s.nights = []*soakNight{first, again, news}
	return s
}

// bareSoak prepares none.
func bareSoak(t *testing.T, dir string) *soak {
	t.Helper()
	s := &soak{T: t, dir: dir, temp: t.TempDir(), hits: map[string]int{}}
	var err error
	if s.command, err = exec.LookPath("skillsgap"); err != nil {
		t.Fatal(err)
	}
	s.env = append(os.Environ(), "TMPDIR="+s.temp)
	return s
}

// makeSoakWorkspace makes the starter with a feed of postings; or, of the starter,
// only its smallest feed of training.
func makeSoakWorkspace(t *testing.T, s *soak, whole bool) {
	t.Helper()
	if code, out := s.skillsgap("init", s.dir); code != exitDone {
		t.Fatalf("init: exit code %d\n%s", code, out)
	}
	cfg, err := config.Load(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	quick := cfg.Jobs["nightly"]
	if !whole {
		cfg.AsOf, cfg.Measures.Months = "2020-11-30", 1
		quick.Stages = slices.DeleteFunc(slices.Clone(quick.Stages), func(stage string) bool { return stage == "report" })
		cfg.Feeds = slices.DeleteFunc(cfg.Feeds, func(f config.Feed) bool { return f.Name != "credential-registry" })
	}
	cfg.Feeds = append(cfg.Feeds, config.Feed{Name: "postings", Kind: "vacancies", Format: "schemaorg", Path: "inbox/postings.jsonl.gz"})
	cfg.Jobs["quick"] = quick
	cfg.Warehouse.KeepSnapshots = 2
	if err := cfg.Save(s.dir); err != nil {
		t.Fatal(err)
	}
}

// postings returns the first lines of the real feed of postings, which lies beside
// the repository or where SKILLSGAP_TESTDATA says.
func postings(t *testing.T, n int) [][]byte {
	t.Helper()
	data := cmp.Or(os.Getenv("SKILLSGAP_TESTDATA"), filepath.Join("..", "..", "..", "shared", "data"))
	f, err := os.Open(filepath.Join(data, "vacancies", "nhs_jobposting.jsonl.gz"))
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatalf("no real data: %v", err)
	} else if err != nil {
		t.Skipf("no real data: %v; set SKILLSGAP_TESTDATA to run this", err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var lines [][]byte
	for r := bufio.NewReader(unzipped); len(lines) < n; {
		line, err := r.ReadBytes('\n')
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	return lines
}

func (s *soak) putFeed(lines [][]byte) {
	s.Helper()
	var feed bytes.Buffer
	zip := gzip.NewWriter(&feed)
	_, err := zip.Write(bytes.Join(lines, nil))
	if err := errors.Join(err, zip.Close(), os.WriteFile(filepath.Join(s.dir, "inbox", "postings.jsonl.gz"), feed.Bytes(), 0o644)); err != nil {
		s.Fatal(err)
	}
}

// undisturbed runs a night that nobody disturbs, and notes what it brings.
func (s *soak) undisturbed(name, before string, had map[string]string) *soakNight {
	s.Helper()
	start := time.Now()
	if code, out := s.skillsgap("run", "-w", s.dir, "--job", "quick"); code != exitDone {
		s.Fatalf("undisturbed night %s: exit code %d\n%s", name, code, out)
	}
	n := &soakNight{name: name, before: before, had: had, took: time.Since(start)}
	n.want = s.current()
	s.Logf("undisturbed night %s: %d files, %s", name, len(n.want), n.took.Round(time.Millisecond))
	return n
}

// skillsgap runs the command and returns its exit code and what it says.
func (s *soak) skillsgap(args ...string) (int, string) {
	s.Helper()
	cmd := exec.CommandContext(s.Context(), s.command, args...)
	cmd.Env, cmd.SysProcAttr = s.env, s.attributes
	out, err := cmd.CombinedOutput()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		s.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// round kills a night and checks what is left, then what the next run makes of it.
func (s *soak) round(n *soakNight, at instant) {
	s.Helper()
	copyFolder(s.T, n.before, s.dir)
	killed, log := s.kill(at, "run", "-w", s.dir, "--job", at.job(), "--verbose", "--log-format", "json")
	where := stageOf(log)
	if killed {
		s.kills++
		s.hits[where]++
		s.Logf("kill %d: night %s, at %s, in %s", s.kills, n.name, at, where)
	}
	s.checkKilled(n)
	if code, out := s.skillsgap("run", "-w", s.dir, "--job", at.job()); code != exitDone {
		s.Errorf("the next run: exit code %d\n%s", code, out)
		return
	}
	if diff := differences(n.want, s.current()); diff != "" {
		s.Errorf("the next run's datasets are not those of an undisturbed one: %s", diff)
	}
	s.checkClean()
}

// kill starts a command and kills it at an instant, if it lasts so long.
func (s *soak) kill(at instant, args ...string) (killed bool, log string) {
	s.Helper()
	var stderr bytes.Buffer
	args = append([]string{s.command}, args...)
	if at.call != "" {
		inject := fmt.Sprintf("inject=%s:signal=KILL:when=%d", at.call, at.count)
		args = append([]string{"strace", "-f", "-qq", "-o", os.DevNull, "-e", "trace=" + at.call, "-e", inject}, args...)
		at.delay = time.Hour
	}
	cmd := exec.CommandContext(s.Context(), args[0], args[1:]...)
	cmd.Env, cmd.Stderr = s.env, &stderr
	before := glimpse(s.dir, at.mark)
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // its state says how it ended
		close(ended)
	}()
	wait := func(d time.Duration) bool {
		select {
		case <-ended:
			return false
		case <-time.After(d):
			return true
		}
	}
	for at.mark != "" && !appeared(before, glimpse(s.dir, at.mark)) && wait(200*time.Microsecond) {
	}
	if wait(at.delay) {
		_ = cmd.Process.Kill() // it may just have ended
	}
	<-ended
	return !cmd.ProcessState.Exited(), stderr.String()
}

// glimpse returns the files of a workspace that match a pattern.
func glimpse(dir, mark string) map[string]fs.FileInfo {
	found, _ := filepath.Glob(filepath.Join(dir, mark)) // its only error is a wrong pattern
	seen := map[string]fs.FileInfo{}
	for _, f := range found {
		if info, err := os.Lstat(f); err == nil {
			seen[f] = info
		}
	}
	return seen
}

func appeared(before, now map[string]fs.FileInfo) bool {
	for name, info := range now {
		if was := before[name]; was == nil || !os.SameFile(was, info) {
			return true
		}
	}
	return false
}

var stageBegins = regexp.MustCompile(`"msg":"stage begins","stage":"([a-z]+)"`)

// stageOf tells from a log in which stage a run was killed.
func stageOf(log string) string {
	all := stageBegins.FindAllStringSubmatch(log, -1)
	if len(all) == 0 {
		return "the start"
	}
	stage := all[len(all)-1][1]
	if strings.Contains(log, `"msg":"stage ended","stage":"`+stage+`"`) {
		return "the ledger after " + stage
	}
	return stage
}

// checkKilled checks a workspace whose run was killed: each snapshot is complete,
// and the current one is that of before or that of the night.
func (s *soak) checkKilled(n *soakNight) {
	s.Helper()
	had := s.current()
	switch {
	case had == nil && n.had != nil:
		s.Error("the current snapshot is gone")
	case had != nil && differences(had, n.want) != "" && (n.had == nil || differences(had, n.had) != ""):
		s.Error("the current snapshot is neither the one before nor the night's")
	}
	code, out := s.skillsgap("query", "-w", s.dir, "--format", "csv", "SELECT count(*) > 300 AS many FROM vacancies")
	switch {
	case had == nil && (code != exitInput || !strings.Contains(out, "no snapshot")):
		s.Errorf("query without a snapshot: exit code %d\n%s", code, out)
	case had != nil && (code != exitDone || !strings.HasSuffix(out, "many\ntrue\n")):
		s.Errorf("query: exit code %d\n%s", code, out)
	}
	if code, out := s.skillsgap("status", "-w", s.dir); code != exitDone {
		s.Errorf("status: exit code %d\n%s", code, out)
	}
}

// checkClean reports what runs, killed or not, must not leave behind.
func (s *soak) checkClean() {
	s.Helper()
	err := filepath.WalkDir(s.dir, func(path string, e fs.DirEntry, err error) error {
		name := e.Name()
		if ext := filepath.Ext(name); ext == ".tmp" || ext == ".old" || ext == ".wal" || strings.HasPrefix(name, "incoming-") {
			s.Errorf("left behind: %s", path)
		}
		return err
	})
	left, readErr := os.ReadDir(s.temp)
	if err := errors.Join(err, readErr); err != nil {
		s.Fatal(err)
	}
	for _, e := range left {
		if e.IsDir() && strings.HasPrefix(e.Name(), "skillsgap-") && os.Remove(filepath.Join(s.temp, e.Name())) == nil {
			continue // an empty spill folder: killed while it was made, removed by a run an hour later
		}
		s.Errorf("left behind: %s", filepath.Join(s.temp, e.Name()))
	}
}

// current checks the current snapshot against its manifest, file by file, and
// returns the SHA-256 of each file by path; nil where there is no snapshot.
func (s *soak) current() map[string]string {
	s.Helper()
	m, err := warehouse.CurrentManifest(s.dir)
	if errors.Is(err, warehouse.ErrNoSnapshot) {
		return nil
	}
	if err != nil {
		s.Error(err)
		return nil
	}
	found := map[string]string{}
	for _, f := range m.Files {
		text, err := os.ReadFile(filepath.Join(s.dir, "warehouse", "current", f.Path))
		if sum := sha256.Sum256(text); err != nil || hex.EncodeToString(sum[:]) != f.SHA256 {
			s.Errorf("%s of snapshot %s is not what its manifest says: %v", f.Path, m.SnapshotID, err)
		}
		found[f.Path] = f.SHA256
	}
	return found
}

// differences names the files that two sets do not share.
func differences(want, got map[string]string) string {
	var names []string
	for name := range want {
		if got[name] != want[name] {
			names = append(names, name)
		}
	}
	for name := range got {
		if want[name] == "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return strings.Join(names[:min(len(names), 20)], ", ")
}

// copyFolder replaces what a folder holds by a copy of another.
func copyFolder(t *testing.T, from, to string) {
	t.Helper()
	entries, err := os.ReadDir(to)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	for _, e := range entries {
		err = errors.Join(err, os.RemoveAll(filepath.Join(to, e.Name())))
	}
	if err := errors.Join(err, os.CopyFS(to, os.DirFS(from))); err != nil {
		t.Fatal(err)
	}
}
