package generate

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// followUpSheet is the table of a panel survey of learners and comparison persons.
var followUpSheet = sheet{
	separator: ',',
	columns: [][2]string{
		{"learner", "person"}, {"credential", "course"}, {"months_after", "wave"}, {"observed_on", "interviewed"}, {"employment", "work_status"},
		{"job_search", "looks_for_work"}, {"further_learning", "studies"}, {"qualification", "qualified"}, {"situation_improved", "better_job"},
		{"occupation", "occupation"}, {"nace", "industry"}, {"income", "pay"}, {"income_period", "pay_per"}, {"related_to_training", "uses_training"},
		{"", "interviewer_note"},
	},
	words: map[string][][2]string{
		"employment": {{"employed", "working"}, {"unemployed", "jobless"}, {"long_term_unemployed", "jobless for a year"}, {"inactive", "out of the labour force"}},
	},
}

// writeFollowUps writes what participants who have left and comparison persons
// answer.
func (w *world) writeFollowUps(to io.Writer, all []participation, others []compared) error {
	rows, err := followUpSheet.start(to)
	if err != nil {
		return err
	}
	for i := range all {
		t := &all[i]
		if t.ends == 0 {
			continue
		}
		r := stream(w.options.Seed, answerStream, i)
		note := fmt.Sprintf("rang Learner %05d on 01 99 00 %02d %02d", t.person.number+1, t.person.number/100%100, t.person.number%100)
		common := map[string]string{"learner": learnerID(t.person.number), "credential": t.programme.called, "interviewer_note": note}
		if err := w.writeWaves(rows, r, common, t.ends, t.career, t.certified); err != nil {
			return err
		}
	}
	for i := range others {
		r := stream(w.options.Seed, comparedAnswerStream, i)
		common := map[string]string{"learner": comparisonID(i), "interviewer_note": fmt.Sprintf("wrote to client-%05d@example.org", i+1)}
		if err := w.writeWaves(rows, r, common, others[i].index, others[i].career, false); err != nil {
			return err
		}
	}
	return rows.close()
}

// writeWaves writes the waves that were answered and lie before the as-of date.
func (w *world) writeWaves(rows *sheetWriter, r *rand.Rand, common map[string]string, from model.Date, c career, certified bool) error {
	for i := range c {
		v := &c[i]
		on := model.DateOf(from.Time().AddDate(0, v.months, 0)) + model.Date(r.IntN(25))
		if !v.answered || on > w.options.AsOf {
			continue
		}
		cells := map[string]string{
			"months_after": strconv.Itoa(v.months), "observed_on": on.String(), "employment": works[v.work],
			"further_learning": yesOrNo(v.studies), "qualification": yesOrNo(certified),
		}
		for field, cell := range common {
			cells[field] = cell
		}
		if works[v.work] == employed {
			w.workCells(r, cells, v)
			if common["credential"] != "" {
				cells["related_to_training"] = yesOrNo(v.related)
			}
		} else {
			cells["job_search"] = yesOrNo(v.seeks)
		}
		if err := rows.write(cells, nil); err != nil {
			return err
		}
	}
	return nil
}

// workCells say what somebody in work does and earns. One in four names the
// occupation in words, one in five pay by the year, one in twenty no pay.
func (w *world) workCells(r *rand.Rand, cells map[string]string, v *wave) {
	cells["situation_improved"], cells["nace"], cells["occupation"] = yesOrNo(v.better), v.nace, v.job.isco
	if r.IntN(4) == 0 {
		cells["occupation"] = w.labels.occupations[w.language(english)][v.job.occupation][0]
	}
	yearly, said := r.IntN(5) == 0, r.IntN(20) > 0
	switch {
	case yearly && said:
		cells["income"], cells["income_period"] = strconv.Itoa(12*int(v.pay)), "year"
	case said:
		cells["income"], cells["income_period"] = strconv.Itoa(int(v.pay)), "month"
	}
}

// feedbackSheet is the table of opinions, on a scale from 1 to 5.
var feedbackSheet = sheet{
	separator: ';',
	columns: [][2]string{
		{"learner", "id"}, {"", "nickname"}, {"credential", "training"}, {"given_on", "date"}, {"quality", "stars_quality"}, {"effect", "stars_usefulness"}, {"text", "comment"},
	},
}

// opinions are what learners say, by their mark; every twentieth leaves a contact.
var opinions = []string{
	"Not what I had expected.", "Too much at once, too little practice.", "Useful in parts.", "Good trainers and good examples.", "I use it every week.",
}

// writeFeedback writes the opinions of four in ten of those who completed, and of
// some who did not.
func (w *world) writeFeedback(to io.Writer, all []participation) error {
	rows, err := feedbackSheet.start(to)
	if err != nil {
		return err
	}
	for i := range all {
		t := &all[i]
		r := stream(w.options.Seed, feedbackStream, i)
		answers := 0.1
		if t.completed {
			answers = 0.4
		}
		on := t.ends + model.Date(r.IntN(30))
		if r.Float64() >= answers || t.ends == 0 || on > w.options.AsOf {
			continue
		}
		quality := min(5, max(1, 2+r.IntN(3)+int(2*fixed("liked", t.programme.id))))
		cells := map[string]string{
			"learner": learnerID(t.person.number), "credential": t.programme.called, "given_on": on.String(),
			"quality": strconv.Itoa(quality), "effect": strconv.Itoa(min(5, max(1, quality-1+r.IntN(3)-r.IntN(2)))),
			"nickname": fmt.Sprintf("learner%05d", t.person.number+1),
		}
		if r.IntN(3) == 0 {
			cells["text"] = opinions[quality-1]
			if r.IntN(20) == 0 {
				cells["text"] += fmt.Sprintf(" Write to learner-%05d@example.org.", t.person.number+1)
			}
		}
		if err := rows.write(cells, nil); err != nil {
			return err
		}
	}
	return rows.close()
}
