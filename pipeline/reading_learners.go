package pipeline

import (
	"cmp"
	"context"
	"errors"
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

func newLearners() *learners {
	l := &learners{
		enrolments: newPersons(model.Enrolments, source.Enrolments, func(r *model.Enrolment) (feed, learner *string) { return &r.Source, &r.LearnerKey }),
		followUps:  newPersons(model.FollowUps, source.FollowUps, func(r *model.FollowUp) (feed, learner *string) { return &r.Source, &r.LearnerKey }),
		comparison: newPersons(model.Comparisons, source.Comparison, func(r *model.ComparisonPerson) (feed, learner *string) { return &r.Source, &r.LearnerKey }),
		feedback:   newPersons(model.Feedbacks, source.FeedbackKind, func(r *model.Feedback) (feed, learner *string) { return &r.Source, &r.LearnerKey }),
		reference:  newPersons(model.References, source.ReferencePopulation, func(r *model.ReferencePopulation) (feed, learner *string) { return &r.Source, new(string) }),
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

// write writes the datasets about persons of which no feed is left to be read: then
// their rows, which may be millions, need not stay in memory.
func (l *learners) write(n *Night, left []config.Feed) error {
	awaits := func(kinds ...source.Kind) bool {
		return slices.ContainsFunc(left, func(f config.Feed) bool { return slices.Contains(kinds, source.Kind(f.Kind)) })
	}
	var errs []error
	if !awaits(source.Enrolments, source.Credentials) {
		errs = append(errs, l.enrolments.write(n, func(offers *offersByName, e *model.Enrolment) {
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
		}))
	}
	if !awaits(source.FeedbackKind, source.Credentials) {
		errs = append(errs, l.feedback.write(n, func(offers *offersByName, f *model.Feedback) { f.CredentialID = offers.find(f.Credential, "") }))
	}
	if !awaits(source.FollowUps) {
		errs = append(errs, l.followUps.write(n, nil))
	}
	if !awaits(source.Comparison) {
		errs = append(errs, l.comparison.write(n, nil))
	}
	if !awaits(source.ReferencePopulation) {
		errs = append(errs, l.reference.write(n, nil))
	}
	return errors.Join(errs...)
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
	enrolments personRows[model.Enrolment]
	followUps  personRows[model.FollowUp]
	comparison personRows[model.ComparisonPerson]
	feedback   personRows[model.Feedback]
	reference  personRows[model.ReferencePopulation]
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
		b.enrolments.add(l.Enrolment)
	case l.FollowUp != nil:
		named(&l.FollowUp.ISCO08, &l.FollowUp.OccupationURI)
		b.followUps.add(l.FollowUp)
	case l.Comparison != nil:
		named(&l.Comparison.ISCO08, &l.Comparison.OccupationURI)
		b.comparison.add(l.Comparison)
	case l.Feedback != nil:
		b.feedback.add(l.Feedback)
	default:
		b.reference.add(l.Reference)
	}
}

// readPersons reads the whole of a table about persons.
func (r *reading) readPersons(ctx context.Context, f config.Feed, files []string, kept *keptFiles, entry *warehouse.Feed) error {
	r.begin(f.Name)
	feed := SourceFeed(f, files)
	feed.Open = kept.open
	unread := map[string]int64{}
	var rows batchOf
	take := func(of *personBatch) error {
		if of.err != nil {
			return of.err
		}
		for i := range of.results {
			r.records++
			if of.broken[i] != nil {
				if err := r.reject(source.NewReject(f.Name, source.Record{File: of.records[i].File, Number: of.records[i].Number}, of.broken[i])); err != nil {
					return err
				}
				continue
			}
			for _, field := range of.results[i].NotRead {
				unread[field]++
			}
			occupation, err := r.occupationOf(&of.results[i])
			if err != nil {
				return err
			}
			rows.add(&of.results[i], occupation)
		}
		return nil
	}
	batches := r.newPersonBatches(ctx, f.Name, feed.Kind, take)
	stats, err := source.Read(ctx, feed, batches.add, func(reject model.Reject) error {
		r.records++
		return r.reject(reject)
	})
	err = cmp.Or(err, batches.end())
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
		err = all.enrolments.take(n, f, &rows.enrolments, &l)
	case source.FollowUps:
		err = all.followUps.take(n, f, &rows.followUps, &l)
	case source.Comparison:
		err = all.comparison.take(n, f, &rows.comparison, &l)
	case source.FeedbackKind:
		err = all.feedback.take(n, f, &rows.feedback, &l)
	default:
		err = all.reference.take(n, f, &rows.reference, &l)
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
