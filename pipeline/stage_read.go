package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/data"
	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// runRead reads every feed, prepares what is new or changed in it and writes what
// was rejected. A feed that cannot be read is a warning, not the end of the night:
// what was known of it stays. That no feed can be read is an error.
func runRead(ctx context.Context, n *Night) error {
	prep, err := prepare.New(prepare.Options{
		AsOf: n.AsOf, Regions: n.regions, Languages: n.Taxonomy.Languages,
		SkillURI:       func(uri string) bool { _, ok := n.Taxonomy.SkillIndex(uri); return ok },
		OccupationURI:  func(uri string) bool { _, ok := n.Taxonomy.OccupationIndex(uri); return ok },
		LearnerSecrets: n.LearnerSecrets,
	})
	if err != nil {
		return fmt.Errorf("make preparer: %w", err)
	}
	if n.base != nil && HasLearners(n.Config) {
		if err := checkMark(n.base, n.LearnerSecrets); err != nil {
			return err
		}
	}
	if n.history, err = n.newHistory(); err != nil {
		return fmt.Errorf("read what was known before: %w", err)
	}
	for _, feed := range slices.Sorted(maps.Keys(n.history.left)) {
		n.Log.Warn(fmt.Sprintf("feed %s is no longer configured: its %d rows leave", feed, n.history.left[feed]))
	}
	n.spool = &spool{dir: n.draft.Scratch, months: map[model.Date]*spooled{}}
	r := &reading{night: n, prep: prep, learners: newLearners()}
	if r.totals, err = newOfficial[model.VacancyTotal](n.base, model.VacancyTotals.Info); err != nil {
		return fmt.Errorf("read what was known before: %w", err)
	}
	if r.workforce, err = newOfficial[model.Workforce](n.base, model.Workforces.Info); err != nil {
		return fmt.Errorf("read what was known before: %w", err)
	}
	if n.NoFeeds {
		r.takeOver()
	} else if err := r.allFeeds(ctx); err != nil {
		return err
	}
	n.feeds = r.feeds
	n.history.markDuplicates(source.Vacancies)
	n.history.markDuplicates(source.Credentials)
	n.countDuplicates(r)
	if err := errors.Join(
		warehouse.Write(n.draft, model.VacancyTotals, r.totals.rows(n.Config.Feeds)),
		warehouse.Write(n.draft, model.Workforces, r.workforce.rows(n.Config.Feeds)),
		r.learners.write(n, nil),
	); err != nil {
		return err
	}
	if n.NoFeeds { // they are of the last reading
		return errors.Join(carry(n, model.Rejects), carry(n, model.RejectCounts), carry(n, model.FieldCounts))
	}
	fields, err := r.learners.fieldCounts(n)
	return errors.Join(err,
		warehouse.Write(n.draft, model.Rejects, r.rejects),
		warehouse.Write(n.draft, model.RejectCounts, countRules(r.rejects)),
		warehouse.Write(n.draft, model.FieldCounts, append(n.history.fieldCounts(), fields...)),
	)
}

// carry writes the rows of a dataset that the snapshot before holds.
func carry[R any](n *Night, ds model.Dataset[R]) error {
	rows, err := warehouse.ReadMonth[R](n.base, ds.Info, 0)
	if err != nil {
		return err
	}
	return warehouse.Write(n.draft, ds, rows)
}

// takeOver keeps how the configured feeds were read last.
func (r *reading) takeOver() {
	for _, f := range r.night.Config.Feeds {
		if before := r.night.feedBefore(f.Name); before != nil {
			r.feeds = append(r.feeds, *before)
		}
	}
}

func (r *reading) allFeeds(ctx context.Context) error {
	n := r.night
	var failed []error
	for i, f := range n.Config.Feeds {
		if kind := source.Kind(f.Kind); f.Format == source.FormatTable && !kind.Official() && !kind.Persons() && f.Columns["source_id"] == "" && f.Columns["url"] == "" {
			n.Log.Warn(fmt.Sprintf("feed %s: neither source_id nor url is mapped: a record with other content is another record", f.Name))
		}
		if err := r.feed(ctx, f); err != nil {
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case n.failsOurs(err):
				return err
			}
			failed = append(failed, err)
			stays := ""
			if n.feedBefore(f.Name) != nil {
				stays = ", what was known of it stays"
			}
			n.warn("feed %s failed%s: %v", f.Name, stays, err)
		}
		if err := r.learners.write(n, n.Config.Feeds[i+1:]); err != nil {
			return err
		}
	}
	if len(failed) > 0 && len(failed) == len(n.Config.Feeds) {
		return &InputError{fmt.Errorf("no feed could be read; the first: %w", failed[0])}
	}
	return nil
}

// failsOurs tells whether a file that the night keeps cannot be written, as on a
// full disk: no fault of the feed at hand, and the next would fail as well.
func (n *Night) failsOurs(err error) bool {
	ours := func(path string) bool {
		return isBelow(path, n.path(VersionsDir)) || isBelow(path, n.path("warehouse"))
	}
	var file *fs.PathError
	var renamed *os.LinkError
	return errors.As(err, &file) && ours(file.Path) || errors.As(err, &renamed) && ours(renamed.New)
}

// isBelow tells whether a path is a folder or lies in it.
func isBelow(path, dir string) bool {
	return path == dir || strings.HasPrefix(path, dir+string(filepath.Separator))
}

// newHistory loads what the snapshot before knows.
func (n *Night) newHistory() (*history, error) {
	before := map[string]string{}
	if n.base != nil {
		for _, f := range n.base.Manifest.Feeds {
			before[f.Name] = f.Preparation
		}
	}
	now := map[string]string{}
	for _, f := range n.Config.Feeds {
		now[f.Name] = n.preparation(f)
	}
	return newHistory(n.base, n.AsOf,
		func(feed string) bool { return now[feed] != "" },
		func(feed string) bool { return now[feed] == before[feed] })
}

// preparation is a fingerprint of what decides, besides its files, how a feed is
// prepared.
func (n *Night) preparation(f config.Feed) string {
	f.Path = ""
	if source.Kind(f.Kind).Private() { // no secret can be told from the fingerprint
		return fingerprint(n.Program, n.versions, f, n.LearnerSecrets)
	}
	return fingerprint(n.Program, n.versions.Taxonomy, f)
}

// feedBefore returns how a feed was read last, nil where it was not.
func (n *Night) feedBefore(name string) *warehouse.Feed {
	if n.base == nil {
		return nil
	}
	for _, f := range n.base.Manifest.Feeds {
		if f.Name == name {
			return &f
		}
	}
	return nil
}

// countDuplicates moves the duplicates of each feed from accepted to their own
// count: read = accepted + duplicates + rejected.
func (n *Night) countDuplicates(r *reading) {
	duplicates, unchanged := map[string]int64{}, map[string]int64{}
	for _, f := range n.Config.Feeds {
		unchanged[f.Name] = r.totals.unchanged(f.Name) + r.workforce.unchanged(f.Name) + r.learners.unchangedOf(f.Name)
	}
	for i := range n.history.versions {
		switch v := &n.history.versions[i]; {
		case !v.listed || !n.history.isNewest(v):
		case v.DuplicateOf != "":
			duplicates[v.Source]++
		case v.same:
			unchanged[v.Source]++
		}
	}
	for i := range n.Ledger {
		if run := &n.Ledger[i]; run.Stage == stageRead && run.Feed != "" && run.Status == "ok" {
			repeated := duplicates[run.Feed]
			run.Duplicates += repeated
			run.Accepted -= repeated
			run.Unchanged = unchanged[run.Feed]
			if float64(run.Duplicates) > suspectShare*float64(run.RowsIn) {
				question := "are its text columns mapped?"
				if n.isOfficial(run.Feed) {
					question = "are the columns of region, group and period mapped?"
				}
				n.warn("feed %s: %d of %d records repeat another: %s", run.Feed, run.Duplicates, run.RowsIn, question)
			}
		}
	}
}

// suspectShare is the share of a feed's records above which repeated ids or
// duplicates look like a mistake in its configuration.
const suspectShare = 0.2

// checkFeed warns of counts that look like a mistake of the feed or of its
// configuration.
func (n *Night) checkFeed(f *warehouse.Feed) {
	switch {
	case f.Records == 0:
		n.warn("feed %s: holds no record", f.Name)
	case f.Superseded > 0 && n.isOfficial(f.Name):
		n.warn("feed %s: %d of %d rows share region, group and period with a later row of other figures, which alone counts: is each of these columns mapped?", f.Name, f.Superseded, f.Records)
	case float64(f.Superseded) > suspectShare*float64(f.Records):
		n.warn("feed %s: %d of %d records share an id with a later record of other content, which alone counts: is source_id the record's own id?", f.Name, f.Superseded, f.Records)
	}
}

// isOfficial tells whether a feed is a table of official figures.
func (n *Night) isOfficial(feed string) bool {
	return slices.ContainsFunc(n.Config.Feeds, func(f config.Feed) bool { return f.Name == feed && source.Kind(f.Kind).Official() })
}

// FeedFiles lists the files of a feed, sorted. That there is none is an error:
// an empty feed is an empty file.
func FeedFiles(workspace string, f config.Feed) ([]string, error) {
	pattern := f.Path
	if !filepath.IsAbs(pattern) {
		pattern = filepath.Join(workspace, pattern)
	}
	switch info, err := os.Stat(pattern); {
	case err == nil && info.IsDir():
		return nil, &InputError{fmt.Errorf("feed %s: %s is a folder: name its files, as %s", f.Name, pattern, filepath.Join(f.Path, "*"))}
	case err == nil:
		return []string{pattern}, nil // a name with glob characters names itself
	}
	base, rest := workspace, filepath.ToSlash(filepath.Clean(f.Path)) // the workspace's own name is no pattern
	if filepath.IsAbs(f.Path) {
		base, rest = "/", strings.TrimPrefix(rest, "/")
	}
	found, err := fs.Glob(os.DirFS(base), rest)
	if err != nil {
		return nil, &InputError{fmt.Errorf("feed %s: path %q is not a valid pattern: %w", f.Name, f.Path, err)}
	}
	var files []string
	for _, name := range found {
		file := filepath.Join(base, filepath.FromSlash(name))
		if !isBelow(file, filepath.Join(workspace, filepath.FromSlash(VersionsDir))) { // what was read before
			files = append(files, file)
		}
	}
	if len(files) == 0 {
		return nil, &InputError{fmt.Errorf("feed %s: no file at %s: put it there or correct path in %s", f.Name, pattern, config.FileName)}
	}
	slices.Sort(files)
	return files, nil
}

// SourceFeed turns a feed's configuration into what its reader needs.
func SourceFeed(f config.Feed, files []string) source.Feed {
	return source.Feed{
		Name: f.Name, Kind: source.Kind(f.Kind), Format: f.Format, Files: files, Constants: f.Constants,
		Table: source.TableOptions{
			Columns: f.Columns, Values: f.Values, Separator: f.Separator, ListSeparator: f.ListSeparator,
			DateFormat: f.DateFormat, Encoding: f.Encoding,
		},
	}
}

// addRun notes what a stage or feed did.
func (n *Night) addRun(row model.Run) {
	row.RunID, row.Job, row.AsOf = n.RunID, n.Job, n.AsOf
	n.Ledger = append(n.Ledger, row)
}

// CheckFeeds reports feeds whose format, column names or constants no reader
// knows, before anything is read.
func CheckFeeds(c *config.Config) error {
	var errs []error
	wrong := func(f config.Feed, format string, args ...any) {
		errs = append(errs, &config.Error{File: config.FileName, Message: fmt.Sprintf("feed %q: ", f.Name) + fmt.Sprintf(format, args...)})
	}
	regions, err := prepare.LoadRegions(data.Reference)
	if err != nil {
		return fmt.Errorf("load regions: %w", err)
	}
	for _, f := range c.Feeds {
		kind := source.Kind(f.Kind)
		if err := regions.CheckConstants(f.Constants); err != nil {
			wrong(f, "%v", err)
		}
		switch known := source.Formats(); {
		case !slices.Contains(known, f.Format):
			wrong(f, "unknown format %q; the nearest is %q; there are %s", f.Format, config.Nearest(f.Format, known), strings.Join(known, ", "))
		case f.Format == source.FormatSchemaOrg && kind != source.Vacancies, f.Format == source.FormatCTDL && kind != source.Credentials:
			wrong(f, "format %s does not hold %s", f.Format, f.Kind)
		case f.Format != source.FormatTable && kind.Persons():
			wrong(f, "format %s does not hold %s", f.Format, f.Kind)
		case f.Format != source.FormatTable && len(f.Columns)+len(f.Values) > 0:
			wrong(f, "columns and values belong to tables, and %s is none: leave them out", f.Format)
		}
		if err := source.CheckFields(kind, f.Values); err != nil {
			wrong(f, "%v", err)
		}
		for _, fields := range []map[string]string{f.Columns, f.Constants} {
			if err := source.CheckFields(kind, fields); err != nil {
				wrong(f, "%v", err)
			}
		}
	}
	return errors.Join(errs...)
}
