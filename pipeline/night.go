package pipeline

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// TaxonomyFile is where a workspace keeps its imported taxonomy.
const TaxonomyFile = "taxonomy/taxonomy.bin"

// ModelFile is where a workspace keeps what was learnt for its taxonomy; there
// may be none.
const ModelFile = "taxonomy/model.bin"

// Night is one run of a job: what it was told, and what its stages hand over.
type Night struct {
	Workspace string // absolute path
	Config    *config.Config
	Job       string
	RunID     string
	AsOf      model.Date
	Version   string // of the program
	Program   string // fingerprint of the program: what another one computed is computed anew
	// LearnerSecrets make keys of the ids of learners; needed where a feed is about
	// single persons.
	LearnerSecrets [][]byte
	NoFeeds        bool             // read no feed: what is known is taken over, and computed anew where the program is another
	Now            func() time.Time // the clock of the ledger, never of the data
	Log            *slog.Logger

	Ledger   []model.Run // a row for each stage and feed, in order
	Warnings []string    // why the run, though done, is not to be trusted blindly: a failed feed, a crossed threshold
	Snapshot string      // folder of the published snapshot
	Index    string      // path of the report's first page

	Taxonomy *taxonomy.Taxonomy
	versions warehouse.Versions // of taxonomy and linker, once loaded
	linker   func() (*linker.Linker, error)
	early    chan struct{} // closed when a linker that was begun early is built; nil where none was
	regions  *prepare.Regions
	base     *warehouse.Snapshot // from which the night goes on; nil for the first
	draft    *warehouse.Draft

	history     *history
	spool       *spool                // prepared vacancies
	credentials []prepare.Credential  // prepared
	feeds       []warehouse.Feed      // for the manifest
	superseded  map[model.Date]string // see history.superseded
	newest      map[string]int32      // see history.newestVersions
	calibration *measure.Calibration  // see Night.calibrated
}

// Stage is a step of a night.
type Stage struct {
	Name string
	Doc  string // what it does, for people
	Run  func(context.Context, *Night) error
}

// Stages lists the stages in the order in which a whole night runs them.
func Stages() []Stage {
	return []Stage{
		{"concepts", "load the taxonomy and code lists, write them as datasets", runConcepts},
		{stageRead, "read the feeds, check and prepare their records, find duplicates", runRead},
		{"link", "find skills in texts and occupations in titles, write the facts", runLink},
		{"measure", "compute demand, supply and gaps", runMeasure},
		{stageShortage, "set official figures against the economy: which occupations and skills are short", runShortage},
		{stageAlign, "set what credentials teach against what occupations ask", runAlign},
		{stageRecommend, "choose credentials that close the gaps", runRecommend},
		{stageOutcomes, "count who takes credentials and what became of them, behind disclosure control", runOutcomes},
		{stageChanges, "say why gaps are others than in the snapshot before", runChanges},
		{"publish", "make the new snapshot the current one", runPublish},
		{stageReport, "write the pages", runReport},
	}
}

// Stages that others speak of.
const (
	stageRead      = "read"
	stageShortage  = "shortage"
	stageAlign     = "align"
	stageRecommend = "recommend"
	stageOutcomes  = "outcomes"
	stageChanges   = "changes"
	stageReport    = "report"
)

// optional tells whether a job may do without a stage: a dataset that no stage wrote
// has no rows.
func optional(stage string) bool {
	return slices.Contains([]string{stageShortage, stageAlign, stageRecommend, stageOutcomes, stageChanges, stageReport}, stage)
}

// StageNames lists the names of [Stages].
func StageNames() []string {
	var names []string
	for _, s := range Stages() {
		names = append(names, s.Name)
	}
	return names
}

// CheckStages reports whether the stages of a job are known and in order, so
// that each finds what it needs.
func CheckStages(job string, stages []string) error {
	all := StageNames()
	last := -1
	for _, s := range stages {
		i := slices.Index(all, s)
		if i < 0 {
			return &config.Error{File: config.FileName, Message: fmt.Sprintf("job %q: unknown stage %q; the nearest is %q", job, s, config.Nearest(s, all))}
		}
		if i <= last {
			return &config.Error{File: config.FileName, Message: fmt.Sprintf("job %q: stage %q stands after %q; the order is %s", job, s, all[last], strings.Join(all, ", "))}
		}
		for _, skipped := range all[last+1 : i] {
			if s != stageReport && !optional(skipped) {
				return &config.Error{File: config.FileName, Message: fmt.Sprintf("job %q: stage %q needs %q before it", job, s, skipped)}
			}
		}
		last = i
	}
	return nil
}

// RowsWritten returns how many rows the draft holds so far.
func (n *Night) RowsWritten() int64 {
	if n.draft == nil {
		return 0
	}
	return n.draft.Rows()
}

// Close gives up what an unfinished night has written.
func (n *Night) Close() error {
	if n.early != nil {
		<-n.early
	}
	if n.draft == nil {
		return nil
	}
	d := n.draft
	n.draft = nil
	return d.Abort()
}

// beginLinker builds the linker beside what else is done: decoding a feed leaves
// cores idle.
func (n *Night) beginLinker() {
	if n.early == nil {
		n.early = make(chan struct{})
		go func() {
			defer close(n.early)
			_, _ = n.linker() // the stage that needs it asks again for the error
		}()
	}
}

// warn notes why the night is done but not whole.
func (n *Night) warn(format string, args ...any) {
	w := n.Relative(fmt.Sprintf(format, args...))
	n.Warnings = append(n.Warnings, w)
	n.Log.Warn(w)
}

// path returns the absolute path of a file of the workspace.
func (n *Night) path(elem ...string) string {
	return filepath.Join(append([]string{n.Workspace}, elem...)...)
}

// Versions says with what the night's datasets are made, for the ledger.
func (n *Night) Versions() string {
	versions := fmt.Sprintf("program=%s schema=%d", n.Version, model.SchemaVersion)
	if n.versions.Taxonomy != "" {
		versions += fmt.Sprintf(" taxonomy=%.12s linker=%.12s", n.versions.Taxonomy, n.versions.Linker)
	}
	return versions
}

// Relative takes the workspace's own path out of a message: the ledger and the
// pages are public.
func (n *Night) Relative(message string) string {
	return strings.ReplaceAll(message, n.Workspace+string(filepath.Separator), "")
}

// below shortens a path to what it is below the workspace, so that a workspace
// that has moved gives the same bytes. Of a path elsewhere only the file's name
// stays: the ledger is public.
func (n *Night) below(path string) string {
	if rel, err := filepath.Rel(n.Workspace, path); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return filepath.Base(path)
}
