package generate

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// credential draws a credential by its number: a short course for an occupation.
func (l *Linked) credential(n int) LinkedCredential {
	r := stream(l.options.Seed, linkedCredentialStream, n)
	content := digest(fmt.Sprint("credential ", l.options.Seed, " ", n))
	// Training spreads over occupations more evenly than vacancies do.
	o := &l.occupations[l.frequency.at(0.5*r.Float64()+0.5*float64(r.IntN(len(l.occupations)))/float64(len(l.occupations)))]
	seen := l.options.AsOf - model.Date(r.IntN(700))
	c := LinkedCredential{Row: model.Credential{
		CredentialID: linkedID(LinkedCredentials, n), Version: 1, Source: LinkedCredentials, SourceID: sourceID(n),
		URL: "https://example.org/courses/" + sourceID(n), Kind: "Course", Conformity: "unknown", Title: fmt.Sprintf("Course %d for %s", n+1, o.title),
		Language: []string{"en"}, RegionLevel: -1, Currency: "EUR", FirstSeenOn: seen, ContentHash: content,
		ElementsPresent: []string{"title"},
	}}
	row := &c.Row
	l.delivery(r, row, n)
	hours, price := float64(8+r.IntN(152)), model.Money(100*r.IntN(250_000)/10)
	row.Hours, row.Price = &hours, &price
	if r.IntN(5) < 3 {
		row.Places = 8 + int32(r.IntN(40))
	}
	if r.IntN(2) == 0 {
		row.StartsOn = seen + model.Date(r.IntN(90))
		row.EndsOn = row.StartsOn + model.Date(30+r.IntN(400))
	}
	text := newLinkedText(row.CredentialID, content, seen.Month(), row.Title)
	if r.IntN(4) == 0 {
		row.OccupationURIs, row.ISCO08s = []string{o.uri}, []string{o.isco}
		text.statements = []string{"occupation " + o.uri}
	}
	c.Skills = l.taught(r, row, o, text)
	c.Texts = text.outcomes()
	c.Record = model.Record{
		PostedMonth: seen.Month(), Kind: "credentials", ID: row.CredentialID, Version: 1, Source: LinkedCredentials,
		RecordHash: digest("record " + row.CredentialID)[:32], ContentHash: content, DuplicateKey: digest("key " + content)[:32],
		StartedOn: row.StartsOn, FirstSeenOn: seen, Stated: text.statements,
	}
	return c
}

// delivery draws by whom and where: one in five is online.
func (l *Linked) delivery(r *rand.Rand, row *model.Credential, n int) {
	c := &l.countries[l.countryFor.draw(r)]
	region := c.byLevel[2][r.IntN(len(c.byLevel[2]))]
	row.Country = c.row.RegionCode
	row.DeliveryMode = "online"
	if n%5 > 0 {
		row.DeliveryMode, row.RegionCode, row.RegionScheme, row.RegionLevel = "in_person", region.RegionCode, region.RegionScheme, region.RegionLevel
	} else {
		row.RegionCode, row.RegionScheme, row.RegionLevel = c.row.RegionCode, c.row.RegionScheme, 0
	}
	provider := r.IntN(12)
	row.ProviderID = fmt.Sprintf("%s-%d", region.RegionCode, provider)
	row.Provider = fmt.Sprintf("Example Academy %s %d", region.RegionCode, provider+1)
}

// taught draws four to sixteen skills, most of them of the occupation, and those
// more often that its vacancies ask more often.
func (l *Linked) taught(r *rand.Rand, row *model.Credential, o *linkedOccupation, text *linkedText) []model.CredentialSkill {
	skills := make([]int32, 4+r.IntN(13))
	for i := range skills {
		skills[i] = o.asks[o.weights.draw(r)].skill
	}
	slices.Sort(skills)
	skills = slices.Compact(skills)
	rows := make([]model.CredentialSkill, len(skills))
	for i, skill := range skills {
		s := &l.skills[skill]
		rows[i] = model.CredentialSkill{
			CredentialID: row.CredentialID, SkillURI: l.taxonomy.Skills[skill].URI, Method: "linked", Relation: "teaches",
			Score: model.ScoreOf(min(s.score+0.1*r.Float64(), 0.995)), Evidence: text.describe(s.name),
		}
		rows[i].EvidenceField = "outcomes"
		row.LearningOutcomes = append(row.LearningOutcomes, s.name)
	}
	return rows
}

// outcomes returns the text of a credential: its description names what it
// teaches.
func (t *linkedText) outcomes() []model.Text {
	rows := t.rows()
	for i := range rows {
		if rows[i].Field == "description" {
			rows[i].Field = "outcomes"
		}
	}
	slices.SortFunc(rows, func(a, b model.Text) int { return cmp.Compare(a.Field, b.Field) })
	return rows
}
