package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

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
	n.settle()
	return errors.Join(
		warehouse.Write(n.draft, model.Rejects, r.rejects),
		warehouse.Write(n.draft, model.RejectCounts, countRules(r.rejects)),
	)
}

// settle finds versions and duplicates among the records of all feeds and
// moves the duplicates of each feed from accepted to their own count: read =
// accepted + duplicates + rejected.
func (n *Night) settle() {
	var duplicates, repeats map[string]int64
	n.vacancies, duplicates = vacancyVersions(n.vacancies)
	n.credentials, repeats = credentialVersions(n.credentials)
	for feed, count := range repeats {
		duplicates[feed] += count
	}
	prepare.MarkDuplicates(n.vacancies)
	prepare.MarkCredentialDuplicates(n.credentials)
	for i := range n.vacancies {
		if n.vacancies[i].DuplicateOf != "" {
			duplicates[n.vacancies[i].Source]++
		}
	}
	for i := range n.credentials {
		if n.credentials[i].DuplicateOf != "" {
			duplicates[n.credentials[i].Source]++
		}
	}
	for i := range n.Ledger {
		if run := &n.Ledger[i]; run.Stage == "read" && run.Feed != "" {
			run.Duplicates = duplicates[run.Feed]
			run.Accepted -= run.Duplicates
		}
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
	files, err := filepath.Glob(pattern)
	if err != nil {
		return nil, &InputError{fmt.Errorf("feed %s: path %q is not a valid pattern: %w", f.Name, f.Path, err)}
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
