package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
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

// runRead reads every feed, prepares its records and writes what was rejected.
// A feed that cannot be read is a warning, not the end of the night; that no
// feed can be read is an error.
func runRead(ctx context.Context, n *Night) error {
	prep, err := prepare.New(prepare.Options{
		AsOf: n.AsOf, Regions: n.regions, Languages: n.Taxonomy.Languages,
		SkillURI: func(uri string) bool { _, ok := n.Taxonomy.SkillIndex(uri); return ok },
	})
	if err != nil {
		return fmt.Errorf("make preparer: %w", err)
	}
	r := &reading{night: n, prep: prep}
	var failed []error
	for _, f := range n.Config.Feeds {
		if err := r.feed(ctx, f); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			failed = append(failed, err)
			n.warn("feed %s failed: %v", f.Name, err)
		}
	}
	if len(failed) > 0 && len(failed) == len(n.Config.Feeds) {
		return &InputError{fmt.Errorf("no feed could be read: %w", errors.Join(failed...))}
	}
	if err := n.keepFirstSeen(); err != nil {
		return err
	}
	n.settle()
	return errors.Join(
		warehouse.Write(n.draft, model.Rejects, r.rejects),
		warehouse.Write(n.draft, model.RejectCounts, countRules(r.rejects)),
	)
}

// settle finds versions and duplicates among the records of all feeds, and moves
// the duplicates of each feed from accepted to their own count: read = accepted +
// duplicates + rejected. Only newest versions are compared for duplicates, and
// they come first.
func (n *Night) settle() {
	var duplicates, repeats map[string]int64
	superseded := map[string]int64{}
	n.vacancies, duplicates = vacancyVersions(n.vacancies)
	n.credentials, repeats = credentialVersions(n.credentials)
	for feed, count := range repeats {
		duplicates[feed] += count
	}
	vacancies, olderVacancies := splitNewest(n.vacancies, preparedVacancyIdentity)
	credentials, olderCredentials := splitNewest(n.credentials, preparedCredentialIdentity)
	prepare.MarkDuplicates(vacancies)
	prepare.MarkCredentialDuplicates(credentials)
	for i := range vacancies {
		if vacancies[i].DuplicateOf != "" {
			duplicates[vacancies[i].Source]++
		}
	}
	for i := range credentials {
		if credentials[i].DuplicateOf != "" {
			duplicates[credentials[i].Source]++
		}
	}
	for i := range olderVacancies {
		superseded[olderVacancies[i].Source]++
	}
	for i := range olderCredentials {
		superseded[olderCredentials[i].Source]++
	}
	n.vacancies, n.credentials = slices.Concat(vacancies, olderVacancies), slices.Concat(credentials, olderCredentials)
	for i := range n.Ledger {
		if run := &n.Ledger[i]; run.Stage == stageRead && run.Feed != "" {
			run.Duplicates = duplicates[run.Feed]
			run.Accepted -= run.Duplicates
			n.checkFeed(run, superseded[run.Feed])
		}
	}
}

// suspectShare is the share of a feed's records above which repeated ids or
// duplicates look like a mistake in its configuration.
const suspectShare = 0.2

// checkFeed warns of counts that look like a mistake of the feed or of its
// configuration.
func (n *Night) checkFeed(run *model.Run, superseded int64) {
	read := float64(run.RowsIn)
	switch {
	case run.Status != "ok":
	case run.RowsIn == 0:
		n.warn("feed %s: holds no record", run.Feed)
	case float64(superseded) > suspectShare*read:
		n.warn("feed %s: %d of %d records share an id with a later record of other content, which alone counts: is source_id the record's own id?", run.Feed, superseded, run.RowsIn)
	case float64(run.Duplicates) > suspectShare*read:
		n.warn("feed %s: %d of %d records repeat another: are its text columns mapped?", run.Feed, run.Duplicates, run.RowsIn)
	}
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
		files = append(files, filepath.Join(base, filepath.FromSlash(name)))
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
			Columns: f.Columns, Separator: f.Separator, ListSeparator: f.ListSeparator,
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
		case f.Format != source.FormatTable && len(f.Columns) > 0:
			wrong(f, "columns belong to tables, and %s is none: leave them out", f.Format)
		}
		for _, fields := range []map[string]string{f.Columns, f.Constants} {
			if err := source.CheckFields(kind, fields); err != nil {
				wrong(f, "%v", err)
			}
		}
	}
	return errors.Join(errs...)
}
