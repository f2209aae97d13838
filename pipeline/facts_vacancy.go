package pipeline

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sourcegraph/conc/pool"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// vacancyFact is a version of a vacancy on its way into the draft.
type vacancyFact struct {
	prepare.Vacancy
	version *version
	found   []model.VacancySkill
	link    bool // its skills are to be found
	err     error
}

// vacancyWriter writes the datasets of vacancies.
type vacancyWriter struct {
	rows   *warehouse.Writer[model.Vacancy]
	texts  *warehouse.Writer[model.Text]
	skills *warehouse.Writer[model.VacancySkill]
}

// vacancies writes vacancies, their texts and their skills, a month at a time.
func (f *facts) vacancies(ctx context.Context) error {
	d := f.night.draft
	w := vacancyWriter{warehouse.NewWriter(d, model.Vacancies), warehouse.NewWriter(d, model.VacancyTexts), warehouse.NewWriter(d, model.VacancySkills)}
	months := f.night.history.byMonth(source.Vacancies)
	carried := pool.New().WithErrors()
	carried.Go(func() (err error) { // beside what is linked
		for _, month := range slices.Sorted(maps.Keys(months)) {
			if err == nil && !f.changed(source.Vacancies, month) {
				err = errors.Join(w.rows.Carry(month), w.texts.Carry(month), w.skills.Carry(month))
			}
		}
		return err
	})
	err := f.changedVacancies(ctx, months, &w)
	if err = errors.Join(err, carried.Wait()); err != nil {
		return err
	}
	return closeAll(w.rows, w.texts, w.skills)
}

// changedVacancies writes the months in which something changes.
func (f *facts) changedVacancies(ctx context.Context, months map[model.Date][]*version, w *vacancyWriter) error {
	for _, month := range slices.Sorted(maps.Keys(months)) {
		if !f.changed(source.Vacancies, month) {
			continue
		}
		vs, err := f.vacanciesOf(ctx, month, months[month])
		if err != nil {
			return fmt.Errorf("month %s: %w", month, err)
		}
		p := pool.New().WithErrors()
		p.Go(func() error {
			return w.skills.Partition(month, collect(vs, func(v *vacancyFact) []model.VacancySkill { return v.found }))
		})
		p.Go(func() error {
			return w.texts.Partition(month, collect(vs, func(v *vacancyFact) []model.Text { return v.Texts }))
		})
		p.Go(func() error {
			return w.rows.Partition(month, collect(vs, func(v *vacancyFact) []model.Vacancy { return []model.Vacancy{v.Vacancy.Vacancy} }))
		})
		if err := p.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// vacanciesOf gathers the versions of a month: what was prepared, else what the
// snapshot before holds; and links what needs it.
func (f *facts) vacanciesOf(ctx context.Context, month model.Date, versions []*version) ([]vacancyFact, error) {
	prepared, err := f.night.spool.lines(month)
	if err != nil {
		return nil, err
	}
	before, err := f.vacanciesBefore(month, versions)
	if err != nil {
		return nil, err
	}
	linking, err := f.linkingFor(versions)
	if err != nil {
		return nil, err
	}
	vs := make([]vacancyFact, len(versions))
	err = inParallel(ctx, len(vs), func(i int) {
		v := &vs[i]
		v.version = versions[i]
		if v.version.fresh == noFresh {
			v.err = before.fill(v, f.relinks(v.version))
			return
		}
		v.link = true
		if err := json.Unmarshal(prepared[v.version.fresh], &v.Vacancy); err != nil {
			v.err = fmt.Errorf("read prepared vacancy: %w", err)
		}
	})
	for i := range vs {
		err = errors.Join(err, vs[i].err)
	}
	if err == nil {
		err = f.occupations(ctx, vs, linking, before)
	}
	if err != nil {
		return nil, err
	}
	return vs, inParallel(ctx, len(vs), func(i int) { f.settle(&vs[i], linking) })
}

// occupations finds the occupations of the vacancies that are linked, equal titles one
// after the other: they are then weighed once.
func (f *facts) occupations(ctx context.Context, vs []vacancyFact, linking linking, before *vacanciesBefore) error {
	var asked []*vacancyFact
	for i := range vs {
		if v := &vs[i]; v.link && (v.version.fresh != noFresh || before.schema > 1) {
			asked = append(asked, v)
		}
	}
	slices.SortStableFunc(asked, func(a, b *vacancyFact) int {
		return cmp.Or(strings.Compare(a.Title, b.Title), strings.Compare(a.Language, b.Language))
	})
	return inParallel(ctx, len(asked), func(i int) { linking.occupation(&asked[i].Vacancy) })
}

// settle sets what the history of the record decides, and finds its skills.
func (f *facts) settle(v *vacancyFact, l linking) {
	known := v.version
	v.Version, v.FirstSeenOn, v.WithdrawnOn = known.Version, known.FirstSeenOn, known.WithdrawnOn
	v.PostedMonth = known.PostedMonth
	v.DuplicateOf, v.DuplicateKind = known.DuplicateOf, ""
	if v.DuplicateOf != "" {
		v.DuplicateKind = prepare.Exact
	}
	for i := range v.Texts {
		v.Texts[i].PostedMonth = v.PostedMonth
	}
	switch {
	case !f.night.history.isNewest(known):
		v.Texts, v.found = nil, nil
	case v.DuplicateOf != "":
		v.found = nil
	case v.link:
		v.found = l.vacancy(&v.Vacancy)
	}
}

// linkingFor returns what links, where any of the versions needs it.
func (f *facts) linkingFor(versions []*version) (linking, error) {
	needed := slices.ContainsFunc(versions, func(v *version) bool { return v.fresh != noFresh || f.relinks(v) })
	if !needed {
		return linking{}, nil
	}
	return f.linking()
}

// vacanciesBefore are the rows of a month of the snapshot before.
type vacanciesBefore struct {
	rows   map[versionKey]model.Vacancy
	texts  map[string][]model.Text
	skills map[string][]model.VacancySkill
	schema int
}

type versionKey struct {
	id      string
	version int32
}

func (f *facts) vacanciesBefore(month model.Date, versions []*version) (*vacanciesBefore, error) {
	if !slices.ContainsFunc(versions, func(v *version) bool { return v.fresh == noFresh }) {
		return nil, nil
	}
	var rows []model.Vacancy
	var texts []model.Text
	var skills []model.VacancySkill
	p := pool.New().WithErrors()
	p.Go(func() (err error) {
		rows, err = warehouse.ReadMonth[model.Vacancy](f.night.base, model.Vacancies.Info, month)
		return err
	})
	p.Go(func() (err error) {
		texts, err = warehouse.ReadMonth[model.Text](f.night.base, model.VacancyTexts.Info, month)
		return err
	})
	p.Go(func() (err error) {
		skills, err = warehouse.ReadMonth[model.VacancySkill](f.night.base, model.VacancySkills.Info, month)
		return err
	})
	if err := p.Wait(); err != nil {
		return nil, err
	}
	for i := range skills {
		skills[i].PostedMonth = month
	}
	b := &vacanciesBefore{
		rows: map[versionKey]model.Vacancy{}, schema: f.night.base.Manifest.SchemaVersion,
		texts:  runs(texts, func(t *model.Text) string { return t.ID }),
		skills: runs(skills, func(s *model.VacancySkill) string { return s.VacancyID }),
	}
	for i := range rows {
		b.rows[versionKey{rows[i].VacancyID, rows[i].Version}] = rows[i]
	}
	return b, nil
}

// runs returns, by id, the rows of each record, which lie one after the other.
func runs[R any](rows []R, id func(*R) string) map[string][]R {
	of := map[string][]R{}
	for from := 0; from < len(rows); {
		to := from + 1
		for to < len(rows) && id(&rows[to]) == id(&rows[from]) {
			to++
		}
		of[id(&rows[from])] = rows[from:to:to]
		from = to
	}
	return of
}

// fill takes a version from the snapshot before. Where it is to be linked, it takes
// what its source states.
func (b *vacanciesBefore) fill(v *vacancyFact, link bool) error {
	row, ok := b.rows[versionKey{v.version.ID, v.version.Version}]
	if !ok {
		return fmt.Errorf("vacancy %s, version %d, is not in the snapshot before: run `skillsgap verify`", v.version.ID, v.version.Version)
	}
	v.Vacancy.Vacancy, v.Texts, v.found = row, b.texts[row.VacancyID], b.skills[row.VacancyID]
	if v.link = link; !link {
		return nil
	}
	s, err := decodeStatements(v.version.Stated, v.Texts)
	if err != nil {
		return err
	}
	v.OccupationTitle, v.Skills = textOf(v.Texts, fieldOccupation), s.skills
	if b.schema == 1 {
		for _, f := range v.found {
			if k, ok := statedSkill(f.SkillURI, f.Method, f.Requirement, f.Evidence); ok {
				v.Skills = append(v.Skills, k)
			}
		}
		s = statements{skills: v.Skills}
		if v.OccupationScore == model.ScoreOf(1) { // stated, or as sure as that
			s.occupations, s.isco08s = nonEmpty(v.OccupationURI), nonEmpty(v.ISCO08)
		}
		v.version.Stated = s.encode()
		return nil
	}
	v.OccupationURI, v.ISCO08 = strings.Join(s.occupations, ""), strings.Join(s.isco08s, "") // at most one each
	v.OccupationScore = 0
	return nil
}
