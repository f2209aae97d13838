package pipeline

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// mostOfficialRows bounds a table of official figures, which is read whole each
// night and held in memory: 400 groups of occupations in 300 regions for four
// quarters fit.
const mostOfficialRows = 500_000

// officialRow is a row of a dataset of official figures.
type officialRow[R any] interface {
	*R
	Of() (source string, key model.TableKey)
}

// official are the rows of one such dataset by feed.
type official[R any, P officialRow[R]] struct {
	before map[string][]R // as the snapshot before has them
	now    map[string][]R // of the feeds read this night
}

// newOfficial loads what the snapshot before knows. One of an older schema has
// no such dataset, and so no rows.
func newOfficial[R any, P officialRow[R]](base *warehouse.Snapshot, ds model.Info) (*official[R, P], error) {
	o := &official[R, P]{map[string][]R{}, map[string][]R{}}
	if base == nil {
		return o, nil
	}
	rows, err := warehouse.ReadMonth[R](base, ds, 0)
	for i := range rows {
		feed, _ := P(&rows[i]).Of()
		o.before[feed] = append(o.before[feed], rows[i])
	}
	return o, err
}

// take takes up the rows that a feed lists. Of two of one key the later counts; one
// that says the same is a repetition.
func (o *official[R, P]) take(f config.Feed, rows []R, l *listing) {
	places := map[model.TableKey]int{}
	var kept []R
	for _, row := range rows {
		_, key := P(&row).Of()
		at, known := places[key]
		switch {
		case !known:
			places[key] = len(kept)
			kept = append(kept, row)
			continue
		case reflect.DeepEqual(kept[at], row):
			l.repeats++
		default:
			l.superseded++
		}
		kept[at] = row
	}
	if f.Content == config.ContentDelta { // what it does not list stays
		for _, row := range o.before[f.Name] {
			_, key := P(&row).Of()
			if _, listed := places[key]; !listed {
				kept = append(kept, row)
			}
		}
	}
	o.now[f.Name] = kept
}

// rows lists the rows of the feeds configured: of those not read this night, as
// they were.
func (o *official[R, P]) rows(feeds []config.Feed) []R {
	var all []R
	for _, f := range feeds {
		if now, read := o.now[f.Name]; read {
			all = append(all, now...)
		} else {
			all = append(all, o.before[f.Name]...)
		}
	}
	return all
}

// unchanged counts the rows of a feed that are as they were.
func (o *official[R, P]) unchanged(feed string) (n int64) {
	before := map[model.TableKey]*R{}
	for i := range o.before[feed] {
		_, key := P(&o.before[feed][i]).Of()
		before[key] = &o.before[feed][i]
	}
	for i := range o.now[feed] {
		_, key := P(&o.now[feed][i]).Of()
		if was, known := before[key]; known && reflect.DeepEqual(*was, o.now[feed][i]) {
			n++
		}
	}
	return n
}

// readOfficial reads the whole of a table of official figures.
func (r *reading) readOfficial(ctx context.Context, f config.Feed, files []string, kept *keptFiles, entry *warehouse.Feed) error {
	r.begin(f.Name)
	var totals []model.VacancyTotal
	var workforce []model.Workforce
	feed := SourceFeed(f, files)
	feed.Open = kept.open
	stats, err := source.Read(ctx, feed, func(rec source.Record) error {
		r.records++
		var broken *source.Violation
		if feed.Kind == source.VacancyTotals {
			var row model.VacancyTotal
			if row, broken = r.prep.VacancyTotal(f.Name, rec.Statistic); broken == nil {
				totals = append(totals, row)
			}
		} else {
			var row model.Workforce
			if row, broken = r.prep.Workforce(f.Name, rec.Statistic); broken == nil {
				workforce = append(workforce, row)
			}
		}
		if broken != nil {
			return r.reject(source.NewReject(f.Name, rec, broken))
		}
		if len(totals)+len(workforce) > mostOfficialRows {
			return fmt.Errorf("has more than %d rows: leave out regions below level 2 of NUTS, or earlier periods", mostOfficialRows)
		}
		return nil
	}, func(reject model.Reject) error {
		r.records++
		return r.reject(reject)
	})
	if err != nil {
		return err
	}
	if err := r.night.sameFiles(files, kept, stats); err != nil {
		return err
	}
	entry.Records, entry.Bytes, entry.Rejected = stats.Records, stats.Bytes, int64(r.flood)
	if entry.Records > 0 && entry.Rejected == entry.Records {
		return &unusableError{entry.Records}
	}
	var l listing
	if feed.Kind == source.VacancyTotals {
		err = takeOfficial(r, r.totals, f, totals, &l)
	} else {
		err = takeOfficial(r, r.workforce, f, workforce, &l)
	}
	entry.Repeats, entry.Superseded = l.repeats, l.superseded
	return err
}

// takeOfficial takes up what a table lists, unless it has lost so much that it
// looks like a mistake.
func takeOfficial[R any, P officialRow[R]](r *reading, to *official[R, P], f config.Feed, rows []R, l *listing) error {
	before, share := len(to.before[f.Name]), *r.night.Config.Thresholds.WithdrawnShare
	if lost := before - len(rows); f.Content == config.ContentFull && lost > 0 {
		if len(rows) == 0 {
			return fmt.Errorf("lists no row, though it had %d: deliver it again; if the feed has ended, take it out of %s", before, config.FileName)
		}
		if lost >= fewRecords && float64(lost) > share*float64(before) {
			return fmt.Errorf("has %d rows, where it had %d: more are lost than thresholds.withdrawn_share %v allows: if that is right, raise it for a run", len(rows), before, share)
		}
	}
	to.take(f, rows, l)
	return nil
}

// begin forgets the feed before.
func (r *reading) begin(feed string) {
	r.name, r.items, r.broken, r.flood, r.records = feed, nil, map[string]bool{}, 0, 0
	r.unnamed = 0
	r.batch, r.bytes = r.batch[:0], 0
}

// sameFiles checks that what was read of a feed is what is kept of it.
func (n *Night) sameFiles(files []string, kept *keptFiles, stats source.Stats) error {
	for i, file := range stats.Files {
		if file.SHA256 != kept.hashes[i] {
			return fmt.Errorf("%s changed while it was read, or its copy %s is damaged: remove the copy and run again", n.below(files[i]), filepath.Join(VersionsDir, kept.hashes[i]))
		}
	}
	return nil
}
