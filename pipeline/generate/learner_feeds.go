package generate

import (
	"errors"
	"io"
	"path/filepath"
)

// learnerScheme is who gave the ids of all persons, so that they are the same in
// all tables.
const learnerScheme = "example-register"

// writeLearners writes the tables about persons, where there are any.
func (w *world) writeLearners(dir string) error {
	if w.options.Learners == 0 {
		return nil
	}
	all, others := w.learners(), w.compared()
	for _, table := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{fileEnrolments, func(to io.Writer) error { return w.writeEnrolments(to, all) }},
		{fileComparison, func(to io.Writer) error { return w.writeComparison(to, others) }},
		{fileFollowUps, func(to io.Writer) error { return w.writeFollowUps(to, all, others) }},
		{fileFeedback, func(to io.Writer) error { return w.writeFeedback(to, all) }},
		{fileReference, w.writeReference},
	} {
		if err := writeFile(filepath.Join(dir, table.name), table.write); err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes a file as a whole.
func writeFile(name string, write func(io.Writer) error) error {
	file, err := create(name)
	if err != nil {
		return err
	}
	defer file.discard()
	return errors.Join(write(file), file.finish())
}

// learnerFeeds are the feeds about persons.
func (w *world) learnerFeeds() []Feed {
	if w.options.Learners == 0 {
		return nil
	}
	feed := func(name, kind, path string, s *sheet, constants map[string]string) Feed {
		return Feed{
			Name: name, Kind: kind, Format: "table", Path: path, Columns: s.mapping(), Values: s.values(),
			Constants: constants, Separator: string(s.separator),
		}
	}
	monthly := map[string]string{"learner_scheme": learnerScheme, "income_period": "month", "currency": "EUR"}
	paid := map[string]string{"learner_scheme": learnerScheme, "income_period": "month", "currency": "EUR", "price_currency": "EUR"}
	enrolments := feed("enrolments", "enrolments", fileEnrolments, &enrolmentSheet, paid)
	enrolments.DateFormat = dayFirst
	return []Feed{
		enrolments,
		feed("comparison", "comparison", fileComparison, &comparisonSheet, monthly),
		feed("follow-ups", "follow_ups", fileFollowUps, &followUpSheet, map[string]string{"learner_scheme": learnerScheme, "currency": "EUR"}),
		feed("feedback", "feedback", fileFeedback, &feedbackSheet, map[string]string{"learner_scheme": learnerScheme, "scale_min": "1", "scale_max": "5"}),
		feed("reference-population", "reference_population", fileReference, &referenceSheet, nil),
	}
}
