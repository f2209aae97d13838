package warehouse

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// VerifyOptions say what [Verify] checks.
type VerifyOptions struct {
	All          bool    // every kept snapshot, not the current one alone
	Audits       []Audit // to be run on each
	FeedVersions string  // folder of the kept versions of feeds; "" where none are kept
	Database     Options // for the audits
	// Disclosure looks at what a snapshot publishes of persons, beside earlier ones, for
	// what it tells and should not; nil for no such look.
	Disclosure func(earlier []*Snapshot, s *Snapshot) (findings []string, err error)
}

// Finding is something that is not as a run leaves it.
type Finding struct {
	Where  string // a path below the workspace, an audit or a feed
	What   string // what is wrong
	Action string // what to do
}

// String returns the finding in one line.
func (f Finding) String() string {
	return strings.ReplaceAll(f.Where+": "+f.What+": "+f.Action, "\n", " ")
}

// Verification is what [Verify] has checked and found.
type Verification struct {
	Snapshots int
	Files     int   // of the snapshots
	Bytes     int64 // of these files
	Rows      int64 // in these files
	Feeds     int   // whose counts were set against the ledger
	FeedFiles int   // kept versions of feed files
	Audits    int   // that were run, on whatever snapshot
	Disclosed int   // findings of what is told of persons
	Notes     []string
	Findings  []Finding // in the order of the checks
}

// What to do about most findings.
const (
	doRestore = "restore the snapshot from a copy, or remove its folder and run `skillsgap run`"
	doRemove  = "remove it"
	doRun     = "run `skillsgap run`"
)

// Verify checks that the snapshots of a workspace are as their runs left them:
// link, manifest, files, versions, counts and audits. What is wrong is a finding;
// an error says that it could not be checked: [ErrNoSnapshot], a [*NewerError],
// [ErrMoved], or a failure of the machine.
func Verify(ctx context.Context, workspace string, o VerifyOptions) (*Verification, error) {
	workspace, err := filepath.Abs(workspace)
	if err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	v := &verifier{workspace: workspace, options: o, versions: map[string]bool{}}
	ids, err := v.targets()
	if err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	if err := v.ledger(); err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	for _, id := range ids {
		if err := v.snapshot(ctx, id); err != nil && !v.moved() {
			return nil, fmt.Errorf("verify snapshot %s: %w", id, err)
		} else if v.moved() && (err != nil || len(v.Findings) > 0) {
			return nil, fmt.Errorf("verify snapshot %s: %w", id, ErrMoved)
		}
	}
	if len(ids) > 0 && !slices.ContainsFunc(v.Findings, func(f Finding) bool { return f.Action == doMigrate }) {
		v.database()
	}
	return &v.Verification, nil
}

// ErrMoved says that a run published a snapshot while another was being verified,
// which may be gone since.
var ErrMoved = errors.New("a run has published a snapshot meanwhile: verify again")

// verifier gathers findings.
type verifier struct {
	Verification
	workspace string
	options   VerifyOptions
	current   string          // id of the current snapshot
	versions  map[string]bool // feed files that are checked already
	runs      []model.Run     // the ledger
	unread    string          // why contents cannot be checked, "" where they can
}

func (v *verifier) find(where, what, action string) {
	if below, err := filepath.Rel(v.workspace, where); err == nil && filepath.IsAbs(where) {
		where = filepath.ToSlash(below)
	}
	v.Findings = append(v.Findings, Finding{where, what, action})
}

// moved tells whether another snapshot has become current since targets.
func (v *verifier) moved() bool {
	target, err := os.Readlink(currentLink(v.workspace))
	return err == nil && v.current != "" && filepath.Base(target) != v.current
}

// targets checks the link current and returns the ids of the snapshots to check.
func (v *verifier) targets() ([]string, error) {
	link := currentLink(v.workspace)
	target, err := os.Readlink(link)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, ErrNoSnapshot
	case err != nil:
		v.find(link, "is no symbolic link", "remove it and run `skillsgap run`")
	default:
		v.current = filepath.Base(target)
		if target != filepath.Join("snapshots", v.current) {
			v.find(link, fmt.Sprintf("leads to %s, not to a folder of snapshots beside it", target), "link it to snapshots/ID, the newest there, or run `skillsgap run`")
		}
		if _, err := os.Stat(filepath.Join(snapshotsDir(v.workspace), v.current, manifestName)); err != nil {
			v.find(link, fmt.Sprintf("leads to snapshot %s, which is not there or not complete", v.current), "link it to another of snapshots/, or run `skillsgap run`")
			v.current = ""
		}
	}
	if !v.options.All {
		return slices.DeleteFunc([]string{v.current}, func(id string) bool { return id == "" }), nil
	}
	entries, err := os.ReadDir(snapshotsDir(v.workspace))
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, e := range entries {
		switch name := e.Name(); {
		case strings.HasSuffix(name, draftSuffix): // of a run that goes on, or is cleared by the next
		case !e.IsDir():
			v.find(filepath.Join(snapshotsDir(v.workspace), name), "is no folder of a snapshot", doRemove)
		default:
			ids = append(ids, name)
		}
	}
	return ids, nil
}

// ledger reads the runs.
func (v *verifier) ledger() (err error) {
	v.runs, err = ReadRuns(v.workspace)
	var newer *NewerError
	if err == nil || errors.As(err, &newer) {
		return err
	}
	v.find(runsDir(v.workspace), err.Error(), "restore the file from a copy, or remove it")
	v.unread = "the ledger is damaged"
	return nil
}

// snapshot checks one snapshot: first its files, then what they hold.
func (v *verifier) snapshot(ctx context.Context, id string) error {
	dir := filepath.Join(snapshotsDir(v.workspace), id)
	v.Snapshots++
	m, err := readManifest(filepath.Join(dir, manifestName))
	var damaged *DamagedError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		v.find(dir, "holds no manifest", doRestore)
		return nil
	case errors.As(err, &damaged):
		v.find(filepath.Join(dir, manifestName), damaged.Reason, doRestore)
		return nil
	case err != nil:
		return err
	case m.SnapshotID != id:
		v.find(filepath.Join(dir, manifestName), fmt.Sprintf("is of snapshot %s", m.SnapshotID), doRestore)
	}
	s := &Snapshot{Dir: dir, Manifest: m}
	found := len(v.Findings)
	if err := v.files(ctx, s); err != nil {
		return err
	}
	unread := v.unread
	if len(v.Findings) > found {
		unread = "its files are damaged"
	}
	v.tree(s)
	if err := v.feedVersions(ctx, &m); err != nil {
		return err
	}
	switch {
	case m.isOlder() && id == v.current:
		v.find(dir, fmt.Sprintf("has schema %d, the present one is %d", m.SchemaVersion, model.SchemaVersion), doMigrate)
		return nil
	case m.isOlder():
		v.Notes = append(v.Notes, fmt.Sprintf("snapshot %s has the older schema %d: its files were checked, its content was not", id, m.SchemaVersion))
		return nil
	case unread != "":
		v.Notes = append(v.Notes, fmt.Sprintf("the content of snapshot %s was not checked, as %s", id, unread))
		return nil
	}
	return v.content(ctx, s)
}

const doMigrate = "run `skillsgap migrate`"

// content reconciles the counts of a snapshot and runs the audits.
func (v *verifier) content(ctx context.Context, s *Snapshot) error {
	options := v.options.Database
	options.Restricted = true
	db, err := OpenSnapshot(ctx, s, options)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := v.reconcile(ctx, db, s); err != nil {
		return err
	}
	for _, a := range v.options.Audits {
		rows, err := db.Audit(ctx, a)
		where := "audit " + a.Name + ", snapshot " + s.Manifest.SnapshotID
		var refused *StatementError
		var failed *SQLError
		switch {
		case errors.As(err, &refused), errors.As(err, &failed), errors.Is(err, ErrMemory):
			reason, _, _ := strings.Cut(err.Error(), "\n") // without the place in the statement, in lines of its own
			v.find(where, strings.TrimPrefix(reason, "audit "+a.Name+": "), "correct its SQL")
		case err != nil:
			return err
		case rows.Rows > 0:
			v.find(where, fmt.Sprintf("not so: %s: %d rows, each %s; the first: %.500s", a.Title, rows.Rows, a.Row, rows.First), a.Action)
		}
		v.Audits++
	}
	return v.disclosure(s)
}

// disclosure looks for what a snapshot tells of persons, beside all kept before it.
func (v *verifier) disclosure(s *Snapshot) error {
	if v.options.Disclosure == nil {
		return nil
	}
	kept, err := Snapshots(v.workspace)
	if err != nil {
		return err
	}
	var earlier []*Snapshot
	for i := range kept {
		if k := &kept[i]; !k.Manifest.isOlder() && k.Manifest.AsOf < s.Manifest.AsOf {
			earlier = append(earlier, k)
		}
	}
	findings, err := v.options.Disclosure(earlier, s)
	for _, f := range findings {
		v.find("disclosure, snapshot "+s.Manifest.SnapshotID, f, "do not pass the snapshot on; report it as a mistake of skillsgap")
	}
	v.Disclosed += len(findings)
	return err
}

// database checks the file that other DuckDB clients open.
func (v *verifier) database() {
	if DatabaseStale(v.workspace) {
		v.find(filepath.Join(v.workspace, DatabaseName), "is missing or out of date", "run `skillsgap query \"SELECT 1\"`, which writes it anew")
	}
}
