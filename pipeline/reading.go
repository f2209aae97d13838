package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

// A batch is decoded before it is prepared, on all cores: preparing costs several
// times as much as decoding.
const (
	batchRecords = 1024
	batchBytes   = 64 << 20
)

// reading collects what the feeds of a night bring.
type reading struct {
	night   *Night
	prep    *prepare.Preparer
	rejects []model.Reject
	batch   []source.Record // decoded, not yet prepared
	bytes   int64           // of the batch
}

// feed reads one feed and notes it in the ledger, whatever comes of it. The
// records of a feed that fails half-way are dropped: half a feed would look
// like a fall in demand.
func (r *reading) feed(ctx context.Context, f config.Feed) error {
	n := r.night
	row := model.Run{Stage: stageRead, Feed: f.Name, StartedAt: n.Now().UnixMicro(), Status: "ok"}
	vacancies, credentials, rejects := len(n.vacancies), len(n.credentials), len(r.rejects)
	err := r.read(ctx, f, &row)
	if err != nil {
		row.Status, row.Message = "failed", err.Error()
		row.RowsIn, row.Accepted = 0, 0
		n.vacancies, n.credentials, r.rejects = n.vacancies[:vacancies], n.credentials[:credentials], r.rejects[:rejects]
	}
	row.RejectedByRule = countRules(r.rejects[rejects:])
	row.Rejected = int64(len(r.rejects) - rejects)
	switch limit := *n.Config.Thresholds.RejectShare; {
	case err == nil && row.RowsIn > 0 && row.Accepted == 0: // an error page, or a wrong mapping
		err = fmt.Errorf("none of its %d records can be used: see the dataset rejects", row.RowsIn)
		row.Status, row.Message = "failed", err.Error()
	case float64(row.Rejected) > limit*float64(row.RowsIn):
		n.warn("feed %s: %d of %d records rejected, more than thresholds.reject_share %v allows", f.Name, row.Rejected, row.RowsIn, limit)
	}
	row.FinishedAt = n.Now().UnixMicro()
	n.addRun(row)
	return err
}

func (r *reading) read(ctx context.Context, f config.Feed, row *model.Run) error {
	n := r.night
	files, err := FeedFiles(n.Workspace, f)
	if err != nil {
		return err
	}
	r.batch, r.bytes = r.batch[:0], 0
	stats, err := source.Read(ctx, SourceFeed(f, files), func(rec source.Record) error {
		r.batch = append(r.batch, rec)
		r.bytes += rec.Bytes
		if len(r.batch) < batchRecords && r.bytes < batchBytes {
			return nil
		}
		return r.prepare(ctx, f.Name, row)
	}, func(reject model.Reject) error {
		r.reject(reject)
		return nil
	})
	if err == nil {
		err = r.prepare(ctx, f.Name, row)
	}
	row.RowsIn, row.Bytes, row.Inputs = stats.Records, stats.Bytes, stats.Files
	for i := range row.Inputs {
		row.Inputs[i].File = n.below(row.Inputs[i].File)
	}
	return err
}

// prepared is what became of a record: one of its fields is set.
type prepared struct {
	vacancy    *prepare.Vacancy
	credential *prepare.Credential
	violation  *source.Violation
}

// prepare prepares the batch and keeps its records, in order, or the rules that
// they break.
func (r *reading) prepare(ctx context.Context, feed string, row *model.Run) error {
	n := r.night
	results := make([]prepared, len(r.batch))
	err := inParallel(ctx, len(r.batch), func(i int) { results[i] = r.prepareOne(feed, &r.batch[i]) })
	if err != nil {
		return err
	}
	for i, p := range results {
		switch {
		case p.violation != nil:
			r.reject(source.NewReject(feed, r.batch[i], p.violation))
			continue
		case p.vacancy != nil:
			n.vacancies = append(n.vacancies, *p.vacancy)
		default:
			n.credentials = append(n.credentials, *p.credential)
		}
		row.Accepted++
	}
	clear(r.batch)
	r.batch, r.bytes = r.batch[:0], 0
	return nil
}

func (r *reading) prepareOne(feed string, rec *source.Record) prepared {
	if rec.Vacancy != nil {
		v, violation := r.prep.Vacancy(feed, rec.Vacancy)
		return prepared{vacancy: &v, violation: violation}
	}
	c, violation := r.prep.Credential(feed, rec.Credential)
	return prepared{credential: &c, violation: violation}
}

func (r *reading) reject(reject model.Reject) {
	reject.File = r.night.below(reject.File)
	r.rejects = append(r.rejects, reject)
}

// countRules counts rejects by feed and rule, in order of both.
func countRules(rejects []model.Reject) []model.RejectCount {
	type key struct{ source, rule string }
	counts := map[key]int64{}
	for i := range rejects {
		counts[key{rejects[i].Source, rejects[i].Rule}]++
	}
	rows := make([]model.RejectCount, 0, len(counts))
	for k, c := range counts {
		rows = append(rows, model.RejectCount{Source: k.source, Rule: k.rule, Records: c})
	}
	slices.SortFunc(rows, func(a, b model.RejectCount) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Rule, b.Rule))
	})
	return rows
}
