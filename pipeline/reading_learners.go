package pipeline

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// learners are the rows about persons by feed, a dataset each.
type learners struct {
	enrolments persons[model.Enrolment]
	followUps  persons[model.FollowUp]
	comparison persons[model.ComparisonPerson]
	feedback   persons[model.Feedback]
	reference  persons[model.ReferencePopulation]

	unread map[string]map[string]int64 // by feed and field; of feeds read this night
	titles memo[namedOccupation]
}

// namedOccupation is the occupation that a title stands for; empty for none.
type namedOccupation struct{ isco08, uri string }

// persons are the rows of a dataset about persons by feed.
type persons[R any] struct {
	dataset model.Dataset[R]
	source  func(*R) *string
	strip   func(before, now *R) // takes from a row before what it was completed by, and now is not yet
	now     map[string][]R       // of the feeds read this night, in order
	same    map[string]int64
}

func newPersons[R any](ds model.Dataset[R], source func(*R) *string) persons[R] {
	return persons[R]{dataset: ds, source: source, strip: func(*R, *R) {}, now: map[string][]R{}, same: map[string]int64{}}
}

func newLearners() *learners {
	l := &learners{
		enrolments: newPersons(model.Enrolments, func(r *model.Enrolment) *string { return &r.Source }),
		followUps:  newPersons(model.FollowUps, func(r *model.FollowUp) *string { return &r.Source }),
		comparison: newPersons(model.Comparisons, func(r *model.ComparisonPerson) *string { return &r.Source }),
		feedback:   newPersons(model.Feedbacks, func(r *model.Feedback) *string { return &r.Source }),
		reference:  newPersons(model.References, func(r *model.ReferencePopulation) *string { return &r.Source }),
		unread:     map[string]map[string]int64{},
	}
	l.enrolments.strip = func(before, now *model.Enrolment) {
		before.CredentialID = ""
		if now.Provider == "" {
			before.Provider = ""
		}
		if now.ProviderNACE == "" {
			before.ProviderNACE = ""
		}
	}
	l.feedback.strip = func(before, _ *model.Feedback) { before.CredentialID = "" }
	return l
}

// before returns the rows of a feed as the snapshot before has them, in order.
func (p *persons[R]) before(base *warehouse.Snapshot, feed string) ([]R, error) {
	if base == nil {
		return nil, nil
	}
	rows, err := warehouse.ReadMonth[R](base, p.dataset.Info, 0)
	return slices.DeleteFunc(rows, func(r R) bool { return *p.source(&r) != feed }), err
}

// take takes up the rows that a feed lists. Of two of one key the later counts; one
// that says the same is a repetition. Of a feed that lists only what is new, the
// rows before stay.
func (p *persons[R]) take(n *Night, f config.Feed, rows []R, l *listing) error {
	before, err := p.before(n.base, f.Name)
	if err != nil {
		return fmt.Errorf("read what was known before: %w", err)
	}
	if lost := len(before) - len(rows); f.Content == config.ContentFull && lost >= fewRecords && float64(lost) > *n.Config.Thresholds.WithdrawnShare*float64(len(before)) {
		return fmt.Errorf("has %d rows, where it had %d: more are lost than thresholds.withdrawn_share %v allows: if that is right, raise it for a run; if the feed lists only what is new, set content: delta", len(rows), len(before), *n.Config.Thresholds.WithdrawnShare)
	}
	rows = p.latest(rows, func(same bool) {
		if same {
			l.repeats++
		} else {
			l.superseded++
		}
	})
	p.same[f.Name] = p.unchanged(before, rows)
	if f.Content == config.ContentDelta {
		rows = p.latest(append(before, rows...), func(bool) {})
	}
	p.now[f.Name] = rows
	return nil
}

// latest orders rows and keeps the last of each key; it tells of each row dropped
// whether it says the same as the one that follows.
func (p *persons[R]) latest(rows []R, dropped func(same bool)) []R {
	slices.SortStableFunc(rows, func(a, b R) int { return p.dataset.Compare(&a, &b) })
	kept := rows[:0]
	for i := range rows {
		if i+1 < len(rows) && p.dataset.Compare(&rows[i], &rows[i+1]) == 0 {
			dropped(reflect.DeepEqual(rows[i], rows[i+1]))
			continue
		}
		kept = append(kept, rows[i])
	}
	clear(rows[len(kept):])
	return kept
}

// unchanged counts the rows that are as they were; both are in order.
func (p *persons[R]) unchanged(before, rows []R) (n int64) {
	for i, j := 0, 0; i < len(before) && j < len(rows); {
		switch c := p.dataset.Compare(&before[i], &rows[j]); {
		case c < 0:
			i++
		case c > 0:
			j++
		default:
			was := before[i]
			p.strip(&was, &rows[j])
			if reflect.DeepEqual(was, rows[j]) {
				n++
			}
			i, j = i+1, j+1
		}
	}
	return n
}

// write writes the rows of the feeds configured: of those not read this night, as
// they were. Each row may first be completed.
func (p *persons[R]) write(n *Night, complete func(*R)) error {
	var all []R
	for _, f := range n.Config.Feeds {
		rows, read := p.now[f.Name]
		if !read {
			var err error
			if rows, err = p.before(n.base, f.Name); err != nil {
				return fmt.Errorf("read what was known before: %w", err)
			}
		}
		all = append(all, rows...)
		delete(p.now, f.Name)
	}
	for i := range all {
		complete(&all[i])
	}
	return warehouse.Write(n.draft, p.dataset, all)
}

// write writes the datasets about persons.
func (l *learners) write(n *Night) error {
	offers, err := n.offersByName()
	if err != nil {
		return err
	}
	return errors.Join(
		l.enrolments.write(n, func(e *model.Enrolment) {
			if e.CredentialID = offers.find(e.Credential, e.Provider); e.CredentialID == "" {
				return
			}
			offer := offers.byID[e.CredentialID]
			if e.Provider == "" {
				e.Provider = offer.Provider
			}
			if e.ProviderNACE == "" {
				e.ProviderNACE = offer.ProviderNACE
			}
		}),
		l.followUps.write(n, func(*model.FollowUp) {}),
		l.comparison.write(n, func(*model.ComparisonPerson) {}),
		l.feedback.write(n, func(f *model.Feedback) { f.CredentialID = offers.find(f.Credential, "") }),
		l.reference.write(n, func(*model.ReferencePopulation) {}),
	)
}

// fieldCounts counts the fields that could not be read: of feeds not read this
// night, as in the snapshot before.
func (l *learners) fieldCounts(n *Night) ([]model.FieldCount, error) {
	var before []model.FieldCount
	var err error
	if n.base != nil {
		if before, err = warehouse.ReadMonth[model.FieldCount](n.base, model.FieldCounts.Info, 0); err != nil {
			return nil, err
		}
	}
	var rows []model.FieldCount
	for _, f := range n.Config.Feeds {
		counts, read := l.unread[f.Name]
		for field, records := range counts {
			rows = append(rows, model.FieldCount{Source: f.Name, Field: field, Records: records})
		}
		if !read && source.Kind(f.Kind).Persons() {
			for _, b := range before {
				if b.Source == f.Name {
					rows = append(rows, b)
				}
			}
		}
	}
	return rows, nil
}

// unchangedOf counts the rows of a feed that are as they were.
func (l *learners) unchangedOf(feed string) int64 {
	return l.enrolments.same[feed] + l.followUps.same[feed] + l.comparison.same[feed] + l.feedback.same[feed] + l.reference.same[feed]
}

// batchOf are the rows of a feed, of one kind.
type batchOf struct {
	enrolments []model.Enrolment
	followUps  []model.FollowUp
	comparison []model.ComparisonPerson
	feedback   []model.Feedback
	reference  []model.ReferencePopulation
}

// add adds a prepared row, whose occupation is named.
func (b *batchOf) add(l *prepare.Learner, occupation namedOccupation) {
	named := func(isco08, uri *string) {
		if *isco08 == "" {
			*isco08 = occupation.isco08
		}
		if *uri == "" {
			*uri = occupation.uri
		}
	}
	switch {
	case l.Enrolment != nil:
		named(&l.Enrolment.ISCO08, &l.Enrolment.OccupationURI)
		b.enrolments = append(b.enrolments, *l.Enrolment)
	case l.FollowUp != nil:
		named(&l.FollowUp.ISCO08, &l.FollowUp.OccupationURI)
		b.followUps = append(b.followUps, *l.FollowUp)
	case l.Comparison != nil:
		named(&l.Comparison.ISCO08, &l.Comparison.OccupationURI)
		b.comparison = append(b.comparison, *l.Comparison)
	case l.Feedback != nil:
		b.feedback = append(b.feedback, *l.Feedback)
	default:
		b.reference = append(b.reference, *l.Reference)
	}
}

// readPersons reads the whole of a table about persons.
func (r *reading) readPersons(ctx context.Context, f config.Feed, files []string, kept *keptFiles, entry *warehouse.Feed) error {
	r.begin(f.Name)
	feed := SourceFeed(f, files)
	feed.Open = kept.open
	unread := map[string]int64{}
	var rows batchOf
	flush := func() error {
		results := make([]prepare.Learner, len(r.batch))
		broken := make([]*source.Violation, len(r.batch))
		if err := inParallel(ctx, len(r.batch), func(i int) {
			results[i], broken[i] = r.prep.Learner(f.Name, feed.Kind, r.batch[i].Learner)
		}); err != nil {
			return err
		}
		for i := range results {
			r.records++
			if broken[i] != nil {
				if err := r.reject(source.NewReject(f.Name, source.Record{File: r.batch[i].File, Number: r.batch[i].Number}, broken[i])); err != nil {
					return err
				}
				continue
			}
			for _, field := range results[i].NotRead {
				unread[field]++
			}
			occupation, err := r.occupationOf(&results[i])
			if err != nil {
				return err
			}
			rows.add(&results[i], occupation)
		}
		clear(r.batch)
		r.batch, r.bytes = r.batch[:0], 0
		return nil
	}
	stats, err := source.Read(ctx, feed, func(rec source.Record) error {
		r.batch = append(r.batch, rec)
		if len(r.batch) < batchRecords {
			return nil
		}
		return flush()
	}, func(reject model.Reject) error {
		r.records++
		return r.reject(reject)
	})
	if err == nil {
		err = flush()
	}
	if err == nil {
		err = r.night.sameFiles(files, kept, stats)
	}
	if err != nil {
		return err
	}
	entry.Records, entry.Bytes, entry.Rejected = stats.Records, stats.Bytes, int64(r.flood)
	if entry.Records > 0 && entry.Rejected == entry.Records {
		return &unusableError{entry.Records}
	}
	var l listing
	n, all := r.night, r.learners
	switch feed.Kind {
	case source.Enrolments:
		err = all.enrolments.take(n, f, rows.enrolments, &l)
	case source.FollowUps:
		err = all.followUps.take(n, f, rows.followUps, &l)
	case source.Comparison:
		err = all.comparison.take(n, f, rows.comparison, &l)
	case source.FeedbackKind:
		err = all.feedback.take(n, f, rows.feedback, &l)
	default:
		err = all.reference.take(n, f, rows.reference, &l)
	}
	entry.Repeats, entry.Superseded = l.repeats, l.superseded
	all.unread[f.Name] = unread
	return err
}

// occupationOf names the occupation of a row: of a URI its ISCO-08 group too, of a
// title what the likeliest imported language makes of it.
func (r *reading) occupationOf(l *prepare.Learner) (namedOccupation, error) {
	uri := ""
	switch {
	case l.Enrolment != nil:
		uri = l.Enrolment.OccupationURI
	case l.Comparison != nil:
		uri = l.Comparison.OccupationURI
	case l.FollowUp != nil:
		uri = l.FollowUp.OccupationURI
	}
	t := r.night.Taxonomy
	if i, ok := t.OccupationIndex(uri); ok {
		return namedOccupation{t.Occupations[i].ISCO, uri}, nil
	}
	if l.OccupationTitle == "" {
		return namedOccupation{}, nil
	}
	linked, err := r.night.linker()
	if err != nil {
		return namedOccupation{}, err
	}
	return r.learners.titles.get(l.OccupationTitle, "", func(title, _ string) namedOccupation {
		var best namedOccupation
		score := MinOccupation
		for _, language := range t.Languages {
			for _, m := range linked.Classify(title, "", language, 1) {
				if m.Score < score {
					continue
				}
				score, best = m.Score, namedOccupation{isco08: m.ISCO}
				if m.Occupation >= 0 {
					best.uri = t.Occupations[m.Occupation].URI
				}
			}
		}
		return best
	}), nil
}
