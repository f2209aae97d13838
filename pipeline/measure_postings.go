package pipeline

import (
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// postings reads the vacancies that count: the last version, not duplicates. It
// reads columns, since a Go value for each of millions of links would fill the
// memory.
func (n *Night) postings(within func(model.Date) bool) ([]measure.Posting, error) {
	p := &postings{night: n, index: map[string]int32{}, skills: make(map[string]int32, len(n.Taxonomy.Skills))}
	for i := range n.Taxonomy.Skills {
		p.skills[n.Taxonomy.Skills[i].URI] = int32(i)
	}
	if err := warehouse.ReadDraftColumns(n.draft, model.Vacancies.Info, within, vacancyColumns, p.vacancies); err != nil {
		return nil, err
	}
	err := warehouse.ReadDraftColumns(n.draft, model.VacancySkills.Info, within, linkColumns, p.links)
	return p.all, err
}

// postings gathers postings.
type postings struct {
	night  *Night
	skills map[string]int32 // place in the taxonomy, by URI
	index  map[string]int32 // place in all, by vacancy_id
	all    []measure.Posting
}

// The columns that decide a measure, in the order in which they are read.
var vacancyColumns = []string{
	"vacancy_id", "version", "duplicate_of", "employer", "nace", "occupation_uri", "isco08", "region_code", "country",
	"posted_on", "expires_on", "withdrawn_on", "openings",
}

// vacancies takes the next rows of vacancies.
func (p *postings) vacancies(month model.Date, rows int, c []warehouse.Column) func() error {
	id, version, duplicateOf, employer, nace, occupation, isco, region, country := &c[0], &c[1], &c[2], &c[3], &c[4], &c[5], &c[6], &c[7], &c[8]
	posted, expires, withdrawn, openings := &c[9], &c[10], &c[11], &c[12]
	ids, of := make([]string, 0, rows), make([]measure.Posting, 0, rows)
	for i := range rows {
		if duplicateOf.Codes[i] >= 0 || version.Numbers[i] < p.night.newest[id.Text(i)] {
			continue
		}
		ids = append(ids, id.Text(i))
		of = append(of, measure.Posting{
			Month: month, Regions: p.night.levels(region.Text(i), country.Text(i)), ISCO: isco.Text(i), Occupation: occupation.Text(i),
			Section: p.night.regions.NACESection(nace.Text(i)), Openings: openings.Numbers[i], Employer: employer.Text(i),
			PostedOn: model.Date(posted.Numbers[i]), OpenUntil: earlier(model.Date(expires.Numbers[i]), model.Date(withdrawn.Numbers[i]-1)),
		})
	}
	return func() error {
		for i, id := range ids {
			p.index[id] = int32(len(p.all) + i)
		}
		if cap(p.all)-len(p.all) < len(of) { // doubled: they are many
			p.all = slices.Grow(p.all, max(len(p.all), len(of)))
		}
		p.all = append(p.all, of...)
		return nil
	}
}

var linkColumns = []string{"vacancy_id", "skill_uri", "score", "requirement", "method"}

// links takes the next links, which come vacancy by vacancy. What an employer offers
// to teach is not asked.
func (p *postings) links(_ model.Date, rows int, c []warehouse.Column) func() error {
	id, skill, score, requirement, method := &c[0], &c[1], &c[2], &c[3], &c[4]
	skills := p.places(skill.Names)
	offered, linked := code(requirement, linker.RequirementOffered), code(method, methodLinked)
	asks := make([]measure.Ask, 0, rows) // of all vacancies together
	var vacancies []askedBy
	for from := 0; from < rows; {
		vacancy, to := id.Codes[from], from+1
		for to < rows && id.Codes[to] == vacancy {
			to++
		}
		if at, counts := p.index[id.Names[vacancy]]; counts {
			first := len(asks)
			for i := from; i < to; i++ {
				if at := skills[skill.Codes[i]]; at >= 0 && requirement.Codes[i] != offered && score.Numbers[i] > 0 {
					asks = append(asks, measure.Ask{Skill: at, Probability: int16(score.Numbers[i]), Linked: method.Codes[i] == linked})
				}
			}
			vacancies = append(vacancies, askedBy{at, asks[first:len(asks):len(asks)]})
		}
		from = to
	}
	return func() error {
		for _, v := range vacancies {
			p.ask(v.posting, v.asks)
		}
		return nil
	}
}

// askedBy is what a posting, by its place, asks for.
type askedBy struct {
	posting int32
	asks    []measure.Ask
}

// ask gives a posting asks, or more of them: its links may lie in two groups of
// rows.
func (p *postings) ask(at int32, asks []measure.Ask) {
	if of := &p.all[at].Skills; *of == nil {
		*of = asks
	} else {
		*of = append(*of, asks...)
	}
}

// places returns the place of each skill in the taxonomy, -1 where it has none.
func (p *postings) places(uris []string) []int32 {
	places := make([]int32, len(uris))
	for i, uri := range uris {
		places[i] = -1
		if skill, ok := p.skills[uri]; ok {
			places[i] = skill
		}
	}
	return places
}

// code returns the code of a name of a column, one that no row has where the column
// does not hold it.
func code(c *warehouse.Column, name string) int32 {
	for i, n := range c.Names {
		if n == name {
			return int32(i)
		}
	}
	return -2
}
