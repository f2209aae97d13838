package generate

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// linkedNACE are the divisions of the employers.
var linkedNACE = []string{"01", "10", "25", "28", "35", "41", "43", "46", "47", "49", "52", "55", "56", "62", "64", "69", "71", "78", "81", "84", "85", "86", "87", "88", "93"}

// drawing draws the vacancies of a month: it belongs to one goroutine.
type drawing struct {
	*Linked
	month  model.Date
	from   int // number of the month's first vacancy
	growth []float64
	asked  []int32
}

func (l *Linked) newDrawing(month model.Date, from int) *drawing {
	d := &drawing{Linked: l, month: month, from: from, growth: make([]float64, len(l.skills))}
	months := l.Months()
	through := float64(slices.Index(months, month)) / float64(max(len(months)-1, 1))
	for i := range d.growth {
		d.growth[i] = math.Pow(l.skills[i].growth, through-0.5)
	}
	return d
}

// repeats tells whether a vacancy repeats the one before it: two in a hundred do.
func (d *drawing) repeats(n int) bool { return n%50 == 49 && n > d.from && d.lastDay() > d.month }

// lastDay is the last day of posting.
func (d *drawing) lastDay() model.Date { return min(d.month.MonthEnd(), d.options.AsOf) }

// vacancy draws a vacancy by its number: it depends on no other draw.
func (d *drawing) vacancy(id numbered) LinkedVacancy {
	origin := id.n
	if d.repeats(id.n) {
		origin-- // the same text under another id, a day later
	}
	r := stream(d.options.Seed, linkedVacancyStream, origin)
	content := digest(fmt.Sprint("vacancy ", d.options.Seed, " ", origin))
	v := LinkedVacancy{Row: model.Vacancy{
		PostedMonth: d.month, VacancyID: id.id, Version: 1, Source: LinkedVacancies, SourceID: sourceID(id.n),
		URL: "https://example.org/linked/" + sourceID(id.n), Openings: 1, Language: "en", RegionLevel: -1, ContentHash: content,
	}}
	row := &v.Row
	country := d.place(r, row)
	d.employer(r, row, country)
	occupation := d.occupation(r, row)
	d.dates(r, row, id.n)
	if r.IntN(16) == 0 {
		row.Openings = 2 + int32(r.IntN(9))
	}
	if r.IntN(10) < 3 {
		low := model.Money(220_000 + 500*r.IntN(600))
		high := low * 5 / 4
		row.SalaryMin, row.SalaryMax, row.Currency, row.SalaryPeriod = &low, &high, "EUR", "month"
	}
	text := newLinkedText(row.VacancyID, content, d.month, row.Title)
	links := d.links(r, row, occupation, text)
	v.Texts = text.rows()
	v.Record = model.Record{
		PostedMonth: d.month, Kind: "vacancies", ID: row.VacancyID, Version: 1, Source: LinkedVacancies,
		RecordHash: digest("record " + row.VacancyID)[:32], ContentHash: content, DuplicateKey: digest("key " + content)[:32],
		StartedOn: row.PostedOn, ExpiresOn: row.ExpiresOn, FirstSeenOn: row.FirstSeenOn, WithdrawnOn: row.WithdrawnOn, CeasedOn: row.WithdrawnOn,
		Stated: text.statements,
	}
	if origin != id.n {
		row.DuplicateOf, row.DuplicateKind = linkedID(LinkedVacancies, origin), "exact"
		v.Record.DuplicateOf = row.DuplicateOf
	} else {
		v.Skills = links
	}
	return v
}

// place draws where the work is, as finely as feeds tell it.
func (d *drawing) place(r *rand.Rand, row *model.Vacancy) *linkedCountry {
	c := &d.countries[d.countryFor.draw(r)]
	region := c.byLevel[3][c.finest.draw(r)]
	switch u := r.IntN(100); {
	case u < 2:
		return c // nothing is told
	case u < 5:
		region = c.row
	case u < 8:
		region = ancestor(c.byLevel[1], region)
	case u < 20:
		region = ancestor(c.byLevel[2], region)
	}
	row.RegionCode, row.RegionScheme, row.RegionLevel, row.RegionMethod, row.Country = region.RegionCode, region.RegionScheme, region.RegionLevel, "name", c.row.RegionCode
	if region.RegionLevel == 0 {
		row.RegionMethod = "country"
	}
	return c
}

// ancestor returns the region of a higher level in which a region lies: NUTS
// codes begin with those of the regions above.
func ancestor(regions []model.Region, of model.Region) model.Region {
	for _, r := range regions {
		if strings.HasPrefix(of.RegionCode, r.RegionCode) {
			return r
		}
	}
	return of
}

// employer draws who advertises: a few great employers of the country, else one
// of the region, the first of which advertise far more than the last.
func (d *drawing) employer(r *rand.Rand, row *model.Vacancy, c *linkedCountry) {
	where, among := c.row.RegionCode, 60.0
	if row.RegionLevel > 0 && r.IntN(4) > 0 {
		where, among = row.RegionCode, 20+float64(d.options.Vacancies)/2000
	}
	rank := int(among * math.Pow(r.Float64(), 2.5))
	if r.IntN(16) == 0 {
		return // not named
	}
	row.Employer = fmt.Sprintf("Example Works %s %d", where, rank+1)
	row.NACE = own(linkedNACE, "nace", row.Employer)
}

// occupation draws what is advertised, half of it among the few occupations that
// the employer needs most, and how well its title tells.
func (d *drawing) occupation(r *rand.Rand, row *model.Vacancy) *linkedOccupation {
	at := d.frequency.draw(r)
	if k := r.IntN(16); k < 8 && row.Employer != "" {
		at = d.frequency.at(fixed(row.Employer, string(rune('a'+k))))
	}
	o := &d.occupations[at]
	row.Title = o.title
	switch u := r.IntN(100); {
	case u < 6: // the title tells nothing
	case u < 12:
		row.ISCO08, row.OccupationScore = o.isco, model.ScoreOf(0.3+0.4*r.Float64())
	default:
		row.OccupationURI, row.ISCO08, row.OccupationScore = o.uri, o.isco, model.ScoreOf(0.5+0.5*math.Sqrt(r.Float64()))
	}
	return o
}

// dates draws the days of a vacancy's life.
func (d *drawing) dates(r *rand.Rand, row *model.Vacancy, n int) {
	posted := d.month + model.Date(r.IntN(int(max(d.lastDay()-d.month, 1))))
	seen, ends, withdrawn := model.Date(r.IntN(3)), r.IntN(10), r.IntN(10)
	if d.repeats(n) {
		posted++
	}
	row.FirstSeenOn = min(posted+seen, d.lastDay())
	if n%50 != 48 && n%50 != 49 && n%97 == 0 {
		return // the feed gives no day
	}
	row.PostedOn = posted
	if ends < 7 {
		row.ExpiresOn = posted + 30 + model.Date(ends)*5
	}
	if gone := row.FirstSeenOn + 10 + model.Date(withdrawn)*5; withdrawn < 2 && gone <= d.options.AsOf {
		row.WithdrawnOn = gone
	}
}

// links draws the skills found in a vacancy, in order of skill, and writes them
// into its text. An employer asks some skills of an occupation more than others.
func (d *drawing) links(r *rand.Rand, row *model.Vacancy, o *linkedOccupation, text *linkedText) []model.VacancySkill {
	habit := fixedInt("habit", row.Employer)
	d.asked = d.asked[:0]
	for _, a := range o.asks {
		factor := 0.6
		if scramble(habit+uint64(a.skill))>>63 == 0 {
			factor = 1.4
		}
		if r.Float64() < a.probability*factor*d.growth[a.skill] {
			d.asked = append(d.asked, a.skill)
		}
	}
	sure := len(d.asked)
	for mistakes := (1 - ownPart - generalPart) * d.options.Skills; r.Float64()*(mistakes+1) < mistakes && len(d.asked) < sure+4; {
		d.asked = append(d.asked, int32(d.mistaken.draw(r)))
	}
	mistaken := slices.Clone(d.asked[sure:])
	slices.Sort(d.asked)
	d.asked = slices.Compact(d.asked)
	stated := 0
	if r.IntN(6) == 0 {
		stated = 5
	}
	byURI := r.IntN(2) == 0
	rows := make([]model.VacancySkill, len(d.asked))
	for i, skill := range d.asked {
		s := &d.skills[skill]
		rows[i] = model.VacancySkill{PostedMonth: d.month, VacancyID: row.VacancyID, SkillURI: d.taxonomy.Skills[skill].URI, Method: "linked", Requirement: requirement(r)}
		score := min(max(s.score+0.2*(r.Float64()-0.5), 0.3), 0.995)
		if slices.Contains(mistaken, skill) {
			score = 0.25 + 0.2*r.Float64()
		}
		switch {
		case i >= stated:
			rows[i].Evidence = text.describe(s.name)
		case byURI:
			score, rows[i].Method, rows[i].Requirement = 1, "stated", "required"
			rows[i].Evidence = text.list(s.name, rows[i].SkillURI)
		default:
			score, rows[i].Method, rows[i].Requirement = max(score, 0.8), "stated-name", "required"
			rows[i].Evidence = text.list(s.name, "-")
		}
		rows[i].Score = model.ScoreOf(score)
	}
	return rows
}

func requirement(r *rand.Rand) string {
	switch u := r.IntN(100); {
	case u < 75:
		return "required"
	case u < 96:
		return "preferred"
	}
	return "offered"
}

// linkedText is the text of a record in the making: names of skills and little
// else.
type linkedText struct {
	id, content, title string
	month              model.Date
	described, listed  []byte
	names              int
	statements         []string // as records keep them
}

func newLinkedText(id, content string, month model.Date, title string) *linkedText {
	return &linkedText{id: id, content: content, month: month, title: title, described: []byte("Your tasks: ")}
}

// describe names a skill in the description.
func (t *linkedText) describe(name string) model.Evidence {
	if t.names++; t.names > 1 {
		separator := ", "
		if t.names%6 == 0 {
			separator = ".\n"
		}
		t.described = append(t.described, separator...)
	}
	start := len(t.described)
	t.described = append(t.described, name...)
	return model.Evidence{EvidenceField: "description", EvidenceStart: int32(start), EvidenceEnd: int32(len(t.described)), EvidenceText: name}
}

// list names a skill in the list of skills.
func (t *linkedText) list(name, uri string) model.Evidence {
	if len(t.listed) > 0 {
		t.listed = append(t.listed, '\n')
	}
	start := len(t.listed)
	t.listed = append(t.listed, name...)
	t.statements = append(t.statements, fmt.Sprintf("skill %s required %d %d", uri, start, len(t.listed)))
	return model.Evidence{EvidenceField: "skills", EvidenceStart: int32(start), EvidenceEnd: int32(len(t.listed)), EvidenceText: name}
}

// rows returns the fields of the text in order.
func (t *linkedText) rows() []model.Text {
	row := func(field, text string) model.Text {
		return model.Text{PostedMonth: t.month, ID: t.id, ContentHash: t.content, Field: field, Language: "en", Text: text}
	}
	rows := []model.Text{row("description", string(t.described)+"."), row("title", t.title)}
	if len(t.listed) > 0 {
		rows = append(rows, row("skills", string(t.listed)))
	}
	slices.SortFunc(rows, func(a, b model.Text) int { return cmp.Compare(a.Field, b.Field) })
	return rows
}
