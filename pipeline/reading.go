package pipeline

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// A batch is decoded before it is prepared, on all cores: preparing costs several
// times as much as decoding.
const (
	batchRecords = 1024
	batchBytes   = 64 << 20
)

// floodRejects is how many rejected records, being most of those read, show that
// a feed is not of its kind or format. They are held in memory.
const floodRejects = 50_000

// reading collects what the feeds of a night bring.
type reading struct {
	night   *Night
	prep    *prepare.Preparer
	feeds   []warehouse.Feed // read to their end, or as they were read last
	rejects []model.Reject

	totals    *official[model.VacancyTotal, *model.VacancyTotal]
	workforce *official[model.Workforce, *model.Workforce]
	learners  *learners

	// Of the feed at hand:
	name    string
	items   []item
	broken  map[string]bool // ids of records that are listed, but rejected
	flood   int             // rejects
	unnamed int             // of these, without an id
	batch   []source.Record // decoded, not yet prepared
	bytes   int64           // of the batch
	records int64           // read
}

// feed reads one feed and notes it in the ledger, whatever comes of it. Nothing
// of a feed that fails half-way is taken: half a feed would look like a fall in
// demand. What was known of it stays as it is.
func (r *reading) feed(ctx context.Context, f config.Feed) error {
	n := r.night
	row := model.Run{Stage: stageRead, Feed: f.Name, StartedAt: n.Now().UnixMicro(), Status: "ok"}
	rejects := len(r.rejects)
	entry, err := r.read(ctx, f, &row)
	if err != nil {
		if file := new(*source.FileError); errors.As(err, file) {
			(*file).File = n.below((*file).File)
		}
		row.Status, row.Message = "failed", n.Relative(err.Error())
		row.RowsIn, row.Accepted = 0, 0
		if unusable := new(*unusableError); errors.As(err, unusable) {
			row.RowsIn = (*unusable).records
		} else {
			r.rejects = r.rejects[:rejects]
		}
		if entry = n.feedBefore(f.Name); entry != nil {
			entry.Files = nil // it is to be read again
		}
	}
	if entry != nil {
		r.feeds = append(r.feeds, *entry)
	}
	row.RejectedByRule = countRules(r.rejects[rejects:])
	row.Rejected = int64(len(r.rejects) - rejects)
	if limit := *n.Config.Thresholds.RejectShare; err == nil && float64(row.Rejected) > limit*float64(row.RowsIn) {
		n.warn("feed %s: %d of %d records rejected, more than thresholds.reject_share %v allows", f.Name, row.Rejected, row.RowsIn, limit)
	}
	row.FinishedAt = n.Now().UnixMicro()
	n.addRun(row)
	return err
}

// unusableError says that of all records of a feed none can be used.
type unusableError struct{ records int64 }

func (e *unusableError) Error() string {
	return fmt.Sprintf("none of its %d records can be used: see the dataset rejects", e.records)
}

// read takes up what a feed lists. A feed whose files are those of the snapshot
// before lists what it listed then.
func (r *reading) read(ctx context.Context, f config.Feed, row *model.Run) (*warehouse.Feed, error) {
	n := r.night
	limit := time.Duration(n.Config.Thresholds.FeedMinutes) * time.Minute
	ctx, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("reading took longer than %s: raise thresholds.feed_minutes, or divide the feed", limit))
	defer cancel()
	files, err := FeedFiles(n.Workspace, f)
	if err != nil {
		return r.expired(f, row, err)
	}
	private := source.Kind(f.Kind).Private()
	kept, err := n.keepVersions(ctx, files, *n.Config.Inbox.KeepVersions && !private)
	if err != nil {
		return nil, cmp.Or(context.Cause(ctx), err)
	}
	entry := &warehouse.Feed{Name: f.Name, AsOf: n.AsOf.String(), Preparation: n.preparation(f), Private: private}
	for i, file := range files {
		entry.Files = append(entry.Files, model.RunInput{File: n.below(file), SHA256: kept.hashes[i]})
	}
	row.Inputs = entry.Files
	before := n.feedBefore(f.Name)
	asBefore := before != nil && f.Content == config.ContentFull && before.Rejected == 0 &&
		before.Preparation == entry.Preparation && slices.Equal(before.Files, entry.Files)
	if source.Kind(f.Kind).Persons() {
		// What of a row lies after the as-of date is read by a later run.
		if asBefore && before.AsOf == entry.AsOf {
			entry.Records, entry.Repeats, entry.Superseded, entry.Bytes = before.Records, before.Repeats, before.Superseded, before.Bytes
			row.Unchanged = entry.Records - entry.Repeats
		} else if err := r.readPersons(ctx, f, files, kept, entry); err != nil {
			return nil, cmp.Or(context.Cause(ctx), err)
		}
	} else if source.Kind(f.Kind).Official() {
		if err := r.readOfficial(ctx, f, files, kept, entry); err != nil {
			return nil, cmp.Or(context.Cause(ctx), err)
		}
	} else if asBefore {
		entry.Records, entry.Repeats, entry.Superseded, entry.Bytes = before.Records, before.Repeats, before.Superseded, before.Bytes
		n.history.listAll(f.Name)
	} else if err := r.decode(ctx, f, files, kept, entry); err != nil {
		if cause := context.Cause(ctx); cause != nil {
			err = cause
		}
		return nil, err
	} else if err := r.take(f, entry, row); err != nil {
		return nil, err
	}
	n.checkFeed(entry)
	row.RowsIn, row.Bytes, row.Duplicates = entry.Records, entry.Bytes, entry.Repeats
	row.Accepted = entry.Records - entry.Rejected - entry.Repeats
	return entry, nil
}

// expired takes a feed about persons as it was read last, where its files have been
// deleted as configured; else it returns the error.
func (r *reading) expired(f config.Feed, row *model.Run, err error) (*warehouse.Feed, error) {
	before := r.night.feedBefore(f.Name)
	if before == nil || !source.Kind(f.Kind).Private() || r.night.Config.Learners.RawDays == 0 {
		return nil, err
	}
	rejects, err := warehouse.ReadMonth[model.Reject](r.night.base, model.Rejects.Info, 0)
	if err != nil {
		return nil, fmt.Errorf("read what was rejected before: %w", err)
	}
	for i := range rejects {
		if rejects[i].Source == f.Name {
			r.rejects = append(r.rejects, rejects[i])
		}
	}
	row.Inputs, row.RowsIn, row.Bytes, row.Duplicates = before.Files, before.Records, before.Bytes, before.Repeats
	row.Accepted = before.Records - before.Rejected - before.Repeats
	return before, nil
}

// decode decodes and prepares the records of a feed.
func (r *reading) decode(ctx context.Context, f config.Feed, files []string, kept *keptFiles, entry *warehouse.Feed) error {
	n := r.night
	r.begin(f.Name)
	n.beginLinker() // there will be something to link
	feed := SourceFeed(f, files)
	feed.Open = kept.open
	feed.Known = func(hash string) bool { _, known := n.history.known[recordKey{f.Name, hash}]; return known }
	stats, err := source.Read(ctx, feed, func(rec source.Record) error {
		r.batch = append(r.batch, rec)
		r.bytes += rec.Bytes
		if len(r.batch) < batchRecords && r.bytes < batchBytes {
			return nil
		}
		return r.prepare(ctx)
	}, func(reject model.Reject) error {
		r.records++
		return r.reject(reject)
	})
	if err != nil {
		return err
	}
	if err := n.sameFiles(files, kept, stats); err != nil {
		return err
	}
	entry.Records, entry.Bytes = stats.Records, stats.Bytes
	err = r.prepare(ctx)
	entry.Rejected = entry.Records - int64(len(r.items))
	return err
}

// take adds what a feed lists to the history of the night, unless it looks like a
// mistake.
func (r *reading) take(f config.Feed, entry *warehouse.Feed, row *model.Run) error {
	n := r.night
	if entry.Records > 0 && entry.Rejected == entry.Records { // an error page, or a wrong mapping
		return &unusableError{entry.Records}
	}
	var withdrawn []int32
	if f.Content == config.ContentFull {
		var err error
		if withdrawn, err = r.withdrawn(f, entry); err != nil {
			return err
		}
	}
	l := n.history.merge(r.items)
	entry.Repeats, entry.Superseded = l.repeats, l.superseded
	n.history.withdraw(withdrawn)
	row.Withdrawn = int64(len(withdrawn))
	return nil
}

// withdrawn returns the versions that a feed which lists all it offers no longer
// lists, unless they are so many that it looks like a mistake.
func (r *reading) withdrawn(f config.Feed, entry *warehouse.Feed) ([]int32, error) {
	n := r.night
	listed := make(map[string]bool, len(r.items))
	for i := range r.items {
		listed[r.items[i].id] = true
	}
	for id := range r.broken {
		listed[id] = true
	}
	open, missing, expired := n.history.missing(f.Name, listed)
	share := *n.Config.Thresholds.WithdrawnShare
	if len(missing) > 0 && len(missing) <= r.unnamed { // they may be the missing
		n.warn("feed %s: %d records are rejected without their id being known, and %d are not listed: none is taken for withdrawn", f.Name, r.unnamed, len(missing))
		missing = nil
	}
	if entry.Records == 0 && len(missing) > 0 {
		return nil, fmt.Errorf("lists no record, though %d are on offer: deliver it again; if the feed has ended, take it out of %s", open, config.FileName)
	}
	if len(missing) >= fewRecords && float64(len(missing)) > share*float64(open) {
		return nil, fmt.Errorf("no longer lists %d of %d records that are on offer, more than thresholds.withdrawn_share %v allows: if that is right, raise it for a run; if the feed lists only what is new, set content: delta", len(missing), open, share)
	}
	return append(missing, expired...), nil
}

// fewRecords may vanish from a feed at once without looking like a mistake.
const fewRecords = 10

// prepared is what became of a record.
type prepared struct {
	item       item
	line       []byte              // a vacancy to be spooled
	credential *prepare.Credential // a credential to be kept
	violation  *source.Violation
	err        error
}

// prepare prepares the batch and keeps its records, in order, or the rules that
// they break.
func (r *reading) prepare(ctx context.Context) error {
	n := r.night
	results := make([]prepared, len(r.batch))
	err := inParallel(ctx, len(r.batch), func(i int) { results[i] = r.prepareOne(&r.batch[i]) })
	if err != nil {
		return err
	}
	r.records += int64(len(results))
	for i := range results {
		p := &results[i]
		switch {
		case p.err != nil:
			return p.err
		case p.violation != nil:
			if p.item.id != "" {
				r.broken[p.item.id] = true
				r.unnamed-- // as which the reject counts
			}
			if err := r.reject(source.NewReject(r.name, r.batch[i], p.violation)); err != nil {
				return err
			}
			continue
		case p.line != nil:
			if p.item.fresh, err = n.spool.add(p.item.record.PostedMonth, p.line); err != nil {
				return err
			}
		case p.credential != nil:
			p.item.fresh = int32(len(n.credentials))
			n.credentials = append(n.credentials, *p.credential)
		}
		r.items = append(r.items, p.item)
	}
	clear(r.batch)
	r.batch, r.bytes = r.batch[:0], 0
	return nil
}

// prepareOne prepares a record, unless it is one that the snapshot before has.
func (r *reading) prepareOne(rec *source.Record) prepared {
	h, hash := r.night.history, rec.Hash
	if hash == "" {
		var err error
		if hash, err = recordHash(rec); err != nil {
			return prepared{err: err}
		}
	}
	if place, known := h.known[recordKey{r.name, hash}]; known {
		return prepared{item: item{id: h.versions[place].ID, known: place, fresh: noFresh}}
	}
	if rec.Vacancy != nil {
		return r.vacancy(rec.Vacancy, hash)
	}
	return r.credential(rec.Credential, hash)
}

func (r *reading) vacancy(from *source.Vacancy, hash string) prepared {
	v, violation := r.prep.Vacancy(r.name, from)
	it := item{id: v.VacancyID, known: noFresh}
	if violation != nil {
		return prepared{item: it, violation: violation}
	}
	v.FirstSeenOn = r.night.history.firstSeen(v.VacancyID)
	if v.PostedOn == 0 {
		v.PostedMonth = v.FirstSeenOn.Month()
	}
	it.record = model.Record{
		PostedMonth: v.PostedMonth, Kind: string(source.Vacancies), ID: v.VacancyID, Source: v.Source, RecordHash: hash, ContentHash: v.ContentHash,
		DuplicateKey: v.DuplicateKey, StartedOn: v.PostedOn, ExpiresOn: v.ExpiresOn, FirstSeenOn: v.FirstSeenOn, NotRead: v.NotRead,
		Stated: statements{nonEmpty(v.OccupationURI), nonEmpty(v.ISCO08), v.Skills}.encode(),
	}
	if prepare.HasTitleOnly(v.DuplicateKey) {
		it.record.URL = v.URL
	}
	line, err := json.Marshal(&v)
	return prepared{item: it, line: line, err: err}
}

func (r *reading) credential(from *source.Credential, hash string) prepared {
	c, violation := r.prep.Credential(r.name, from)
	it := item{id: c.CredentialID, known: noFresh}
	if violation != nil {
		return prepared{item: it, violation: violation}
	}
	c.FirstSeenOn = r.night.history.firstSeen(c.CredentialID)
	it.record = model.Record{
		PostedMonth: c.FirstSeenOn.Month(), Kind: string(source.Credentials), ID: c.CredentialID, Source: c.Source, RecordHash: hash, ContentHash: c.ContentHash,
		DuplicateKey: c.DuplicateKey, StartedOn: c.StartsOn, ExpiresOn: c.QAValidTo, FirstSeenOn: c.FirstSeenOn, WithdrawnOn: c.WithdrawnOn, CeasedOn: c.WithdrawnOn,
		Links: encodeLinks(c.Links), Claims: encodeClaims(c.Claims), NotRead: c.NotRead, Stated: statements{c.OccupationURIs, c.ISCO08s, c.Skills}.encode(),
	}
	if prepare.HasTitleOnly(c.DuplicateKey) {
		it.record.URL = c.URL
	}
	return prepared{item: it, credential: &c}
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// recordHash identifies a decoded record whose bytes alone do not decide it.
func recordHash(rec *source.Record) (string, error) {
	var content any = rec.Vacancy
	if rec.Vacancy == nil {
		content = rec.Credential
	}
	text, err := json.Marshal(content)
	if err != nil {
		return "", fmt.Errorf("hash record: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16]), nil
}

func (r *reading) reject(reject model.Reject) error {
	reject.File = r.night.below(reject.File)
	r.rejects = append(r.rejects, reject)
	r.flood++
	r.unnamed++
	if r.flood > floodRejects { // the rows stay, what they hold would fill the memory
		r.rejects[len(r.rejects)-1].Raw = ""
	}
	if r.flood >= floodRejects && int64(2*r.flood) > r.records {
		return fmt.Errorf("%d of its first %d records are rejected, the last by rule %s (%s): is it of the kind and format configured?", r.flood, r.records, reject.Rule, reject.Message)
	}
	return nil
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
	slices.SortFunc(rows, func(a, b model.RejectCount) int { return model.RejectCounts.Compare(&a, &b) })
	return rows
}
