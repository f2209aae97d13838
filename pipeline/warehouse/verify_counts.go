package warehouse

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// reconcile proves that nothing was lost between the feeds and the snapshot: what
// the ledger says of the run that made it, what the manifest says of each feed
// and what the datasets hold must agree. That read = accepted + duplicates +
// rejected in every run of the ledger is an audit.
func (v *verifier) reconcile(ctx context.Context, db *DB, s *Snapshot) error {
	m := &s.Manifest
	r := &reconciliation{verifier: v, manifest: m, read: map[string]*model.Run{}}
	rowsOut, known := int64(0), false
	for i := range v.runs {
		run := &v.runs[i]
		if run.RunID != m.RunID {
			continue
		}
		known = true
		if run.Feed != "" {
			r.read[run.Feed] = run
		} else {
			rowsOut += run.RowsOut
		}
	}
	if !known {
		v.find("warehouse/runs", fmt.Sprintf("knows nothing of run %s, which made snapshot %s", m.RunID, m.SnapshotID), "restore the run's file from a copy, or "+doRun)
		return nil
	}
	var rows int64
	for _, f := range m.Files {
		rows += f.Rows
	}
	if rowsOut != rows+m.Forgotten {
		r.differ("rows", "the stages wrote", rowsOut, "the manifest lists, with those forgotten since,", rows+m.Forgotten)
	}
	r.feeds()
	if err := r.rejects(s); err != nil {
		return err
	}
	return r.records(ctx, db)
}

// reconciliation is of one snapshot.
type reconciliation struct {
	*verifier
	manifest *Manifest
	read     map[string]*model.Run // the ledger's row of each feed that the run read
}

// differ notes that two counts, or what else is told twice, do not agree.
func (r *reconciliation) differ(of, one string, a any, other string, b any) {
	r.contrary("%s: %s %v, %s %v", of, one, a, other, b)
}

func (r *reconciliation) contrary(format string, args ...any) {
	r.find("snapshot "+r.manifest.SnapshotID, fmt.Sprintf(format, args...), doRun)
}

// known tells whether the manifest lists a feed.
func (r *reconciliation) known(feed string) bool {
	return slices.ContainsFunc(r.manifest.Feeds, func(f Feed) bool { return f.Name == feed })
}

// feeds sets the manifest's feeds against the ledger. A run that reads no feed
// takes over what is known of them; a feed that failed is as it was read last.
func (r *reconciliation) feeds() {
	for i := range r.manifest.Feeds {
		f := &r.manifest.Feeds[i]
		r.Feeds++
		run, read := r.read[f.Name]
		switch {
		case !read && len(r.read) > 0:
			r.contrary("feed %s: the manifest lists it, the ledger of run %s does not", f.Name, r.manifest.RunID)
		case !read || run.Status != statusOK:
		case run.RowsIn != f.Records || run.Rejected != f.Rejected || run.Bytes != f.Bytes || run.Duplicates < f.Repeats:
			r.differ("feed "+f.Name, "read, rejected, bytes, repeats of the manifest are", fmt.Sprint(f.Records, f.Rejected, f.Bytes, f.Repeats),
				"read, rejected, bytes, duplicates of the ledger", fmt.Sprint(run.RowsIn, run.Rejected, run.Bytes, run.Duplicates))
		case !slices.Equal(run.Inputs, f.Files):
			r.differ("feed "+f.Name, "the manifest lists", f.Files, "the ledger", run.Inputs)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.read)) {
		if r.read[name].Status == statusOK && !r.known(name) {
			r.contrary("feed %s: the ledger of run %s has read it, the manifest does not list it", name, r.manifest.RunID)
		}
	}
}

// rejects sets reject_counts against the ledger, unless no feed was read: then
// they are of an earlier run.
func (r *reconciliation) rejects(s *Snapshot) error {
	counts, err := ReadMonth[model.RejectCount](s, model.RejectCounts.Info, 0)
	if err != nil {
		return err
	}
	var ledger []model.RejectCount
	for _, run := range r.read {
		ledger = append(ledger, run.RejectedByRule...)
	}
	slices.SortFunc(ledger, func(a, b model.RejectCount) int { return model.RejectCounts.Compare(&a, &b) })
	if len(r.read) > 0 && !slices.Equal(counts, ledger) {
		r.differ("rejected records", "reject_counts holds", counts, "the ledger", ledger)
	}
	return nil
}

// records sets what the datasets hold of a feed against what was read of it: each
// record that is accepted, or repeats one of another id, is a version, and each
// row of a table of official figures a row; each record that is no longer listed
// was withdrawn that day.
func (r *reconciliation) records(ctx context.Context, db *DB) error {
	rows, err := db.pool.QueryContext(ctx, `
		SELECT source, count(*), count(*) FILTER (withdrawn_on = CAST(? AS DATE))
		FROM (
			SELECT source, withdrawn_on FROM records
			UNION ALL SELECT source, NULL FROM vacancy_totals UNION ALL SELECT source, NULL FROM workforce
			UNION ALL SELECT source, NULL FROM enrolments UNION ALL SELECT source, NULL FROM follow_ups UNION ALL SELECT source, NULL FROM comparison
			UNION ALL SELECT source, NULL FROM feedback UNION ALL SELECT source, NULL FROM reference_population
		)
		GROUP BY source ORDER BY source`, r.manifest.AsOf)
	if err != nil {
		return fmt.Errorf("count records: %w", err)
	}
	defer rows.Close()
	versions, withdrawn := map[string]int64{}, map[string]int64{}
	for rows.Next() {
		var source string
		var known, gone int64
		if err := rows.Scan(&source, &known, &gone); err != nil {
			return fmt.Errorf("count records: %w", err)
		}
		versions[source], withdrawn[source] = known, gone
		if len(r.manifest.Feeds) > 0 && !r.known(source) {
			r.contrary("feed %s: the datasets hold %d records of it, the manifest does not list it", source, known)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("count records: %w", err)
	}
	for i := range r.manifest.Feeds {
		f := &r.manifest.Feeds[i]
		if listed := f.Records - f.Repeats - f.Superseded - f.Rejected; versions[f.Name]+f.Forgotten < listed {
			r.differ("feed "+f.Name, "distinct records read", listed, "versions of records in the datasets", versions[f.Name])
		}
		if run, read := r.read[f.Name]; read && withdrawn[f.Name] < run.Withdrawn {
			r.differ("feed "+f.Name, "the ledger has withdrawn", run.Withdrawn, "records withdrawn that day in the datasets", withdrawn[f.Name])
		}
	}
	return nil
}

const statusOK = "ok"
