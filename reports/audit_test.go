package reports

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// planted is a small snapshot in which everything holds, until a case breaks it.
type planted struct {
	skills           []model.Skill
	labels           []model.SkillLabel
	occupations      []model.Occupation
	regions          []model.Region
	vacancies        []model.Vacancy
	vacancyTexts     []model.Text
	vacancySkills    []model.VacancySkill
	vacancyNames     []model.VacancyCredential
	credentials      []model.Credential
	credentialTexts  []model.Text
	credentialSkills []model.CredentialSkill
	links            []model.CredentialLink
	claims           []model.ProviderClaim
	records          []model.Record
	rejects          []model.Reject
	rejectCounts     []model.RejectCount
	fieldCounts      []model.FieldCount
	cells            []model.Cell
	demand           []model.SkillDemand
	supply           []model.SkillSupply
	gaps             []model.SkillGap
	changes          []model.GapChange
	official         official
	recommendations  []model.Recommendation
	alignments       []model.Alignment
	learned          learned
	runs             []model.Run
}

var june = model.NewDate(2026, 6, 1)

// whole returns a vacancy in two versions, one that repeats it and one without a
// date; two credentials, of which one repeats the other; and what follows.
func whole() *planted {
	key := model.CellKey{Month: june, Period: "1m", RegionCode: "IE", OccupationCode: model.Total, OccupationLevel: "all", NACESection: model.Total}
	p := &planted{
		skills: []model.Skill{{SkillURI: "group", Kind: "group"}, {SkillURI: "polish", Kind: "skill", Parents: []string{"group"}}},
		labels: []model.SkillLabel{
			{SkillURI: "group", Language: "en", Kind: "preferred", Label: "optics"}, {SkillURI: "polish", Language: "en", Kind: "preferred", Label: "polish lenses"},
		},
		occupations: []model.Occupation{{OccupationCode: model.Total, Level: "all", Language: "en"}, {OccupationCode: "polisher", Level: "occupation", Language: "en"}},
		regions:     []model.Region{{RegionCode: "IE", Country: "IE"}},
		vacancies: []model.Vacancy{
			vacancy("v1", 1, "h1"), vacancy("v1", 2, "h2"), vacancy("v2", 1, "h3"), vacancy("v3", 1, "h4"),
		},
		vacancyTexts:  []model.Text{{PostedMonth: june, ID: "v1", ContentHash: "h2", Field: "description", Text: "Révise: polish lenses @ home."}},
		vacancySkills: []model.VacancySkill{{PostedMonth: june, VacancyID: "v1", SkillURI: "polish", Score: 9000, Method: "linked", Evidence: evidence("description", 9, "polish lenses")}},
		vacancyNames: []model.VacancyCredential{{
			PostedMonth: june, VacancyID: "v1", Name: "home polisher", Kind: "licence", CredentialID: "c1", Requirement: "required", Evidence: evidence("description", 23, "@ home"),
		}},
		credentials:      []model.Credential{credential("c1", "k1"), credential("c2", "k2")},
		credentialTexts:  []model.Text{{PostedMonth: june, ID: "c1", ContentHash: "k1", Field: "title", Text: "polish lenses"}},
		credentialSkills: []model.CredentialSkill{{CredentialID: "c1", SkillURI: "polish", Score: 10000, Method: "stated", Relation: "teaches", Evidence: evidence("title", 0, "polish lenses")}},
		links:            []model.CredentialLink{{FromID: "c1", ToID: "elsewhere", Kind: "part_of", Declared: true}},
		claims: []model.ProviderClaim{
			{ClaimID: "a", CredentialID: "c1", Value: to(model.Money(9500)), Unit: "percent", Population: "completers", PeriodTo: june, Indicator: "employed", Horizon: "6m", Comparable: true},
			{ClaimID: "b", CredentialID: "c1", Reason: "it states no figure that can be read"},
		},
		rejects:      []model.Reject{{Source: "jobs", File: "jobs.jsonl", Record: 5, Rule: "title-missing"}},
		rejectCounts: []model.RejectCount{{Source: "jobs", Rule: "title-missing", Records: 1}},
		fieldCounts:  []model.FieldCount{{Source: "jobs", Field: "nace", Records: 1}},
		cells:        []model.Cell{{CellKey: key, NEffective: 2, Vacancies: 2, Openings: 2, SupplyUnit: to("credentials"), SupplyCredentials: 1, Coverage: to(1.0)}},
		demand:       []model.SkillDemand{{CellKey: key, SkillURI: "polish", Vacancies: 1, Openings: 1, OpenStock: 1, Employers: 1, Weighted: 1, NEffective: 2, Share: 0.5, ShareLow: 0.1, ShareHigh: 0.9}},
		supply:       []model.SkillSupply{{CellKey: key, SkillURI: "polish", SupplyUnit: "credentials", CredentialsLocal: 1, Share: 1, ShareLow: 0.2, ShareHigh: 1}},
		gaps:         []model.SkillGap{{CellKey: key, SkillURI: "polish", DemandShare: 0.5, SupplyShare: to(1.0), ShareGap: to(-0.5), GapLow: to(-0.9), GapHigh: to(0.2)}},
		alignments: []model.Alignment{{
			CredentialID: "c1", OccupationCode: model.Total, RegionCode: "IE", Aligned: true, Main: true, NEffective: 2, SkillsTaught: 1, SkillsAsked: 1, AskedShare: 1,
			DemandCovered: 1, EssentialSkills: 2, EssentialCovered: 1, EssentialShare: to(0.5), TrendRegion: "IE", TrendSkills: 1,
			Trend: to(0.5), TrendLow: to(0.4), TrendHigh: to(0.8), SkillsDeclining: 1, Ageing: to(true),
		}},
		changes: []model.GapChange{{Month: june, RegionCode: "IE", OccupationCode: model.Total, OccupationLevel: "all", SkillURI: "sand", Change: "disappeared", Before: to(0.1)}},
		runs: []model.Run{{
			RunID: "r1", Job: "nightly", Stage: "read", Feed: "jobs", AsOf: june, Status: "ok", RowsIn: 6, Accepted: 4, Duplicates: 1, Rejected: 1,
			RejectedByRule: []model.RejectCount{{Source: "jobs", Rule: "title-missing", Records: 1}},
		}},
	}
	p.official, p.learned = wholeOfficial(), wholeLearned()
	year := p.cells[0]
	year.Period = "12m"
	p.cells = append(p.cells, year)
	p.demand = append(p.demand, p.demand[0])
	p.demand[1].Period = "12m"
	p.gaps = append(p.gaps, model.SkillGap{CellKey: p.demand[1].CellKey, SkillURI: "polish", DemandShare: 0.5, Uncovered: true})
	p.recommendations = []model.Recommendation{{
		BundleID: "b1", Kind: "bundle", Month: june, RegionCode: "IE", OccupationCode: model.Total, OccupationLevel: "all", Rank: 1, CredentialID: "c1",
		SkillsClosed: []string{"polish"}, MarginalGain: 0.5, CumulativeGain: 0.5, Wanted: 0.5, UpperBound: 0.5, Credited: 1,
	}}
	p.vacancies[2].DuplicateOf, p.vacancies[2].DuplicateKind = "v1", "exact"
	p.vacancies[3].PostedOn, p.vacancies[3].FirstSeenOn = 0, june+20
	p.vacancies[3].OccupationURI, p.vacancies[3].OccupationScore = "", 0
	p.credentials[1].DuplicateOf, p.credentials[1].DuplicateKind = "c1", "exact"
	for i := range p.vacancies {
		v := &p.vacancies[i]
		p.records = append(p.records, model.Record{
			PostedMonth: v.PostedMonth, Kind: "vacancies", ID: v.VacancyID, Version: v.Version, Source: v.Source, ContentHash: v.ContentHash,
			FirstSeenOn: v.FirstSeenOn, DuplicateOf: v.DuplicateOf,
		})
	}
	p.records[3].NotRead = []string{"nace"}
	for i := range p.credentials {
		c := &p.credentials[i]
		p.records = append(p.records, model.Record{
			PostedMonth: june, Kind: "credentials", ID: c.CredentialID, Version: 1, Source: c.Source, ContentHash: c.ContentHash,
			FirstSeenOn: c.FirstSeenOn, DuplicateOf: c.DuplicateOf,
		})
	}
	return p
}

// moved plants a gap that has moved from -0.4: once by the vacancies that came, and
// by as much as is said by the catalogues.
func (p *planted) moved(after, catalogue float64) {
	p.gaps = p.gaps[:1]
	p.gaps[0].Period = "12m"
	p.changes = []model.GapChange{{
		Month: june, RegionCode: "IE", OccupationCode: model.Total, OccupationLevel: "all", SkillURI: "polish", Change: "moved",
		Before: to(-0.4), After: to(after), Model: to(0.0), LeftVacancies: to(0.0), NewVacancies: to(-0.1), Catalogue: to(catalogue),
	}}
}

func vacancy(id string, version int32, hash string) model.Vacancy {
	return model.Vacancy{
		PostedMonth: june, VacancyID: id, Version: version, Source: "jobs", SourceID: id, Title: "Lens polisher", OccupationURI: "polisher", OccupationScore: 9000,
		RegionCode: "IE", Country: "IE", PostedOn: june + 1, FirstSeenOn: june + 2, ExpiresOn: june + 40, Openings: 1, ContentHash: hash,
	}
}

func credential(id, hash string) model.Credential {
	return model.Credential{CredentialID: id, Version: 1, Source: "courses", SourceID: id, Title: "polish lenses", RegionCode: "IE", StartsOn: june, EndsOn: june + 9, FirstSeenOn: june, ContentHash: hash}
}

func evidence(field string, start int32, text string) model.Evidence {
	return model.Evidence{EvidenceField: field, EvidenceStart: start, EvidenceEnd: start + int32(len(text)), EvidenceText: text}
}

func to[T any](v T) *T { return &v }

// open publishes the snapshot and opens it.
func (p *planted) open(t *testing.T) *warehouse.DB {
	t.Helper()
	workspace := t.TempDir()
	d, err := warehouse.Begin(workspace, "s1")
	check(t, err)
	check(t, warehouse.Write(d, model.Skills, p.skills))
	check(t, warehouse.Write(d, model.SkillLabels, p.labels))
	check(t, warehouse.Write(d, model.Occupations, p.occupations))
	check(t, warehouse.Write(d, model.Regions, p.regions))
	check(t, warehouse.Write(d, model.Vacancies, p.vacancies))
	check(t, warehouse.Write(d, model.VacancyTexts, p.vacancyTexts))
	check(t, warehouse.Write(d, model.VacancySkills, p.vacancySkills))
	check(t, warehouse.Write(d, model.VacancyCreds, p.vacancyNames))
	check(t, warehouse.Write(d, model.Credentials, p.credentials))
	check(t, warehouse.Write(d, model.CredentialTexts, p.credentialTexts))
	check(t, warehouse.Write(d, model.CredSkills, p.credentialSkills))
	check(t, warehouse.Write(d, model.CredLinks, p.links))
	check(t, warehouse.Write(d, model.Claims, p.claims))
	check(t, warehouse.Write(d, model.Records, p.records))
	check(t, warehouse.Write(d, model.Rejects, p.rejects))
	check(t, warehouse.Write(d, model.RejectCounts, p.rejectCounts))
	check(t, warehouse.Write(d, model.FieldCounts, p.fieldCounts))
	check(t, warehouse.Write(d, model.Cells, p.cells))
	check(t, warehouse.Write(d, model.SkillDemands, p.demand))
	check(t, warehouse.Write(d, model.SkillSupplies, p.supply))
	check(t, warehouse.Write(d, model.SkillGaps, p.gaps))
	check(t, warehouse.Write(d, model.GapChanges, p.changes))
	p.official.write(t, d)
	p.learned.write(t, d)
	check(t, warehouse.Write(d, model.Alignments, p.alignments))
	check(t, warehouse.Write(d, model.Recommendations, p.recommendations))
	check(t, warehouse.AppendRuns(workspace, p.runs))
	_, err = d.Commit(warehouse.Manifest{RunID: "r1", AsOf: "2026-06-30"})
	check(t, err)
	db, err := warehouse.Open(context.Background(), workspace, warehouse.Options{Restricted: true})
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	return db
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// broken says, for each built-in audit, what it must find: what was planted, and
// what the first row says of it.
var broken = map[string][]struct {
	name, first string
	plant       func(*planted)
}{
	"uptake":   brokenUptake,
	"outcomes": brokenOutcomes,
	"duplicate-keys": {
		{"a version in two months", "dataset=vacancies key=v1 2", func(p *planted) {
			v := vacancy("v1", 2, "h2")
			v.PostedMonth = june.AddMonths(-1)
			p.vacancies = append(p.vacancies, v)
		}},
		{"a skill found at two places", "dataset=vacancy_skills key=v1 polish", func(p *planted) {
			s := p.vacancySkills[0]
			s.EvidenceEnd--
			p.vacancySkills = append(p.vacancySkills, s)
		}},
		{"a credential named in two months", "dataset=vacancy_credentials key=v1 home polisher", func(p *planted) {
			n := p.vacancyNames[0]
			n.PostedMonth = june.AddMonths(1)
			p.vacancyNames = append(p.vacancyNames, n)
		}},
	},
	"duplicate-measures": {{"a cell of two levels", "dataset=cells", func(p *planted) {
		c := p.cells[0]
		c.OccupationLevel = "isco1"
		p.cells = append(p.cells, c)
	}}},
	"versions": {
		{"a hole", "dataset=vacancies id=v1 first_version=1 last_version=3", func(p *planted) { p.vacancies[1].Version = 3 }},
		{"no first one", "dataset=credentials id=c1 first_version=2", func(p *planted) { p.credentials[0].Version = 2 }},
		{"of another record", "id=v1", func(p *planted) { p.vacancies[1].SourceID = "other" }},
	},
	"duplicates": {
		{"of nothing", "id=v2 duplicate_of=v9", func(p *planted) { p.vacancies[2].DuplicateOf = "v9" }},
		{"of itself", "id=c2 duplicate_of=c2", func(p *planted) { p.credentials[1].DuplicateOf = "c2" }},
		{"of a duplicate", "id=v3 duplicate_of=v2", func(p *planted) { p.vacancies[3].DuplicateOf, p.vacancies[3].DuplicateKind = "v2", "exact" }},
		{"without a kind", "id=v2", func(p *planted) { p.vacancies[2].DuplicateKind = "" }},
	},
	"vacancy-months": {
		{"not of posting", "vacancy_id=v2", func(p *planted) { p.vacancies[2].PostedOn -= 10 }},
		{"not first seen", "vacancy_id=v3", func(p *planted) { p.vacancies[3].FirstSeenOn += 30 }},
	},
	"dates": {
		{"withdrawn before it was seen", "id=v2", func(p *planted) { p.vacancies[2].WithdrawnOn = june }},
		{"expired before it was posted", "id=v2", func(p *planted) { p.vacancies[2].ExpiresOn = june }},
		{"ends before it starts", "id=c1", func(p *planted) { p.credentials[0].EndsOn = june - 1 }},
	},
	"records": {
		{"no record", "kind=vacancies id=v3", func(p *planted) { p.records = slices.Delete(p.records, 3, 4) }},
		{"no credential", "kind=credentials id=c2", func(p *planted) { p.credentials = p.credentials[:1] }},
		{"another content", "id=c1", func(p *planted) { p.records[4].ContentHash = "k9" }},
		{"another end", "id=v1", func(p *planted) { p.records[0].WithdrawnOn = june + 3 }},
	},
	"texts": {
		{"of an older version", "kind=vacancies id=v1 content_hash=h1", func(p *planted) { p.vacancyTexts[0].ContentHash = "h1" }},
		{"of no credential", "kind=credentials id=c9", func(p *planted) { p.credentialTexts[0].ID = "c9" }},
	},
	"vacancy-skills": {
		{"of no vacancy", "vacancy_id=v9 skill_uri=polish no_vacancy=true", func(p *planted) { p.vacancySkills[0].VacancyID = "v9" }},
		{"of a duplicate", "vacancy_id=v2", func(p *planted) { p.vacancySkills[0].VacancyID = "v2" }},
		{"of another month", "no_vacancy=true", func(p *planted) { p.vacancySkills[0].PostedMonth = june.AddMonths(1) }},
		{"a group", "no_skill=true", func(p *planted) { p.vacancySkills[0].SkillURI = "group" }},
	},
	"credential-skills": {
		{"of no credential", "credential_id=c9", func(p *planted) { p.credentialSkills[0].CredentialID = "c9" }},
		{"of a duplicate", "credential_id=c2", func(p *planted) { p.credentialSkills[0].CredentialID = "c2" }},
		{"of no taxonomy", "no_skill=true", func(p *planted) { p.credentialSkills[0].SkillURI = "juggle" }},
	},
	"provider-claims": {
		{"of no credential", "claim_id=a", func(p *planted) { p.claims[0].CredentialID = "c9" }},
		{"comparable without a population", "claim_id=a", func(p *planted) { p.claims[0].Population = "" }},
		{"comparable without a period", "claim_id=a", func(p *planted) { p.claims[0].PeriodTo = 0 }},
		{"without a reason", "claim_id=b", func(p *planted) { p.claims[1].Reason = "" }},
	},
	"credential-links": {
		{"of no credential", "from_id=c9", func(p *planted) { p.links[0].FromID = "c9" }},
		{"to itself", "from_id=c1 to_id=c1", func(p *planted) { p.links[0].ToID = "c1" }},
	},
	"vacancy-evidence": {
		{"a byte too early", "evidence_start=8", func(p *planted) { p.vacancySkills[0].EvidenceStart--; p.vacancySkills[0].EvidenceEnd-- }},
		{"beyond the text", "evidence_end=99", func(p *planted) { p.vacancySkills[0].EvidenceEnd = 99 }},
		{"in no text", "evidence_field=title", func(p *planted) { p.vacancySkills[0].EvidenceField = "title" }},
	},
	"vacancy-credentials": {
		{"of no vacancy", "vacancy_id=v9 name=home polisher", func(p *planted) { p.vacancyNames[0].VacancyID = "v9" }},
		{"of a duplicate", "vacancy_id=v2", func(p *planted) { p.vacancyNames[0].VacancyID = "v2" }},
		{"of no catalogue", "no_credential=true", func(p *planted) { p.vacancyNames[0].CredentialID = "c9" }},
		{"of no kind", "kind=degree", func(p *planted) { p.vacancyNames[0].Kind = "degree" }},
		{"offered", "requirement=offered", func(p *planted) { p.vacancyNames[0].Requirement = "offered" }},
	},
	"named-evidence": {
		{"a byte too early", "evidence_start=22", func(p *planted) { p.vacancyNames[0].EvidenceStart--; p.vacancyNames[0].EvidenceEnd-- }},
		{"in no text", "evidence_field=title", func(p *planted) { p.vacancyNames[0].EvidenceField = "title" }},
	},
	"credential-evidence": {{"another text", "evidence_text=polish", func(p *planted) { p.credentialSkills[0].EvidenceText = "polish" }}},
	"recommendations": {
		{"of no credential", "rank=1 credential_id=c9 no_credential=true", func(p *planted) { p.recommendations[0].CredentialID = "c9" }},
		{"of a repeat", "credential_id=c2", func(p *planted) { p.recommendations[0].CredentialID = "c2" }},
		{"of more than is wanted", "wanted=0.75", func(p *planted) { p.recommendations[0].Wanted = 0.75 }},
		{"beyond its bound", "cumulative_gain=0.5 upper_bound=0.25", func(p *planted) { p.recommendations[0].UpperBound = 0.25 }},
		{"without a first one", "rank=2", func(p *planted) { p.recommendations[0].Rank = 2 }},
		{"closed and open", "credential_id=c1", func(p *planted) { p.recommendations[0].NotClosed = []string{"polish"} }},
	},
	"contacts": {
		{"in a text", "dataset=vacancy_texts id=v1 field=description", func(p *planted) { p.vacancyTexts[0].Text += " Write to jane.roe@example.org" }},
		{"in a title", "dataset=vacancies id=v3 field=title", func(p *planted) { p.vacancies[3].Title = "Polisher (müller@bücher.example)" }},
		{"in a reject", "dataset=rejects", func(p *planted) { p.rejects[0].Raw = `{"mail":"a@b.ie"}` }},
	},
	"places": {
		{"no region", "dataset=vacancies id=v3 code=XX", func(p *planted) { p.vacancies[3].RegionCode = "XX" }},
		{"no occupation", "code=juggler", func(p *planted) { p.vacancies[1].OccupationURI = "juggler" }},
		{"no region of a cell", "dataset=cells id= code=XX", func(p *planted) { p.cells[0].RegionCode = "XX" }},
	},
	"labels": {
		{"none", "skill_uri=polish problem=no preferred label", func(p *planted) { p.labels[1].Kind = "alternative" }},
		{"of no skill", "skill_uri=juggle", func(p *planted) {
			p.labels = append(p.labels, model.SkillLabel{SkillURI: "juggle", Language: "en", Kind: "preferred", Label: "juggle"})
		}},
		{"a parent that is none", "skill_uri=nowhere", func(p *planted) { p.skills[1].Parents = []string{"nowhere"} }},
	},
	"shares": {
		{"above its interval", "dataset=skill_demand", func(p *planted) { p.demand[0].ShareHigh = 0.4 }},
		{"above 1", "dataset=skill_supply", func(p *planted) { p.supply[0].ShareHigh = 1.1 }},
		{"a gap below its interval", "dataset=skill_gaps", func(p *planted) { p.gaps[0].GapLow = to(-0.4) }},
		{"a coverage above 1", "dataset=cells", func(p *planted) { p.cells[0].Coverage = to(1.5) }},
	},
	"scores": {
		{"nought", "dataset=vacancy_skills", func(p *planted) { p.vacancySkills[0].Score = 0 }},
		{"an unknown method", "method=guessed", func(p *planted) { p.credentialSkills[0].Method = "guessed" }},
		{"of no occupation", "id=v3", func(p *planted) { p.vacancies[3].OccupationScore = 5000 }},
	},
	"gap-changes": {
		{"parts that do not add up", "change=moved before=-0.4 after=-0.5 share_gap=-0.5 parts=-0.2", func(p *planted) { p.moved(-0.5, -0.1) }},
		{"another gap than is published", "change=moved before=-0.4 after=-0.6 share_gap=-0.5", func(p *planted) { p.moved(-0.6, -0.2) }},
		{"one that has gone, and is there", "change=disappeared", func(p *planted) { p.changes[0].Before = nil }},
	},
	"gaps": {
		{"no difference", "share_gap=-0.4", func(p *planted) { p.gaps[0].ShareGap = to(-0.4) }},
		{"of another demand", "demand_share=0.6", func(p *planted) { p.demand[0].Share = 0.6 }},
		{"without supply", "supply_share=(null)", func(p *planted) { p.supply = nil }},
	},
	"alignment": {
		{"of no credential", "no_credential=true", func(p *planted) { p.alignments[0].CredentialID = "c9" }},
		{"of a duplicate", "credential_id=c2", func(p *planted) { p.alignments[0].CredentialID = "c2" }},
		{"teaches another number", "skills_taught=2 skills=1", func(p *planted) { p.alignments[0].SkillsTaught, p.alignments[0].AskedShare = 2, 0.5 }},
		{"another share", "credential_id=c1", func(p *planted) { p.alignments[0].AskedShare = 0.9 }},
		{"more than is essential", "credential_id=c1", func(p *planted) { p.alignments[0].EssentialNear = 2 }},
		{"a trend beside its interval", "credential_id=c1", func(p *planted) { p.alignments[0].TrendLow = to(0.6) }},
		{"ageing while it may be growing", "credential_id=c1", func(p *planted) { p.alignments[0].TrendHigh = to(1.1) }},
		{"ageing while nothing declines", "credential_id=c1", func(p *planted) { p.alignments[0].SkillsDeclining = 0 }},
		{"judged where it is not for", "credential_id=c1", func(p *planted) { p.alignments[0].Main = false }},
	},
	"alignment-cells": {
		{"no cell", "n_effective=2 cell=(null)", func(p *planted) { p.alignments[0].RegionCode = "FR" }},
		{"another base", "n_effective=3", func(p *planted) { p.alignments[0].NEffective = 3 }},
	},
	"cells": {
		{"none", "dataset=skill_demand", func(p *planted) { p.demand[0].RegionCode = "XX" }},
		{"more vacancies than its cell", "dataset=skill_demand", func(p *planted) { p.demand[0].Vacancies, p.demand[0].Openings = 3, 3 }},
		{"more credentials than its cell", "dataset=skill_supply", func(p *planted) { p.supply[0].CredentialsOnline = 1 }},
		{"more effective than there are", "dataset=cells", func(p *planted) { p.cells[0].NEffective, p.demand[0].NEffective = 3, 3 }},
	},
	"cell-vacancies": {{"another count", "counted=3 vacancies=2", func(p *planted) { p.cells[0].Vacancies, p.cells[0].Openings = 3, 3 }}},
	"reject-counts": {
		{"more than rejects", "records=2 rejects=1", func(p *planted) { p.rejectCounts[0].Records = 2 }},
		{"none", "records=(null) rejects=1", func(p *planted) { p.rejectCounts = nil }},
	},
	"official-figures": officialCases(),
	"shortage":         shortageCases(),
	"field-counts":     {{"more than records", "records=2 unread=1", func(p *planted) { p.fieldCounts[0].Records = 2 }}},
	"runs": {
		{"lost records", "run_id=r1 feed=jobs rows_in=7", func(p *planted) { p.runs[0].RowsIn = 7 }},
		{"more rules", "rejected=1", func(p *planted) { p.runs[0].RejectedByRule[0].Records = 2 }},
		{"of another feed", "feed=jobs", func(p *planted) { p.runs[0].RejectedByRule[0].Source = "courses" }},
	},
}

func TestAuditsOfWholeSnapshotAreSilent(t *testing.T) {
	audits, err := Audits()
	check(t, err)
	db := whole().open(t)
	for _, a := range audits {
		if found, err := db.Audit(context.Background(), a); err != nil || found.Rows > 0 {
			t.Errorf("%s: %d rows, first %s, %v", a.Name, found.Rows, found.First, err)
		}
	}
}

func TestEveryAuditFindsWhatIsPlanted(t *testing.T) {
	audits, err := Audits()
	check(t, err)
	for _, a := range audits {
		cases := broken[a.Name]
		if len(cases) == 0 {
			t.Errorf("audit %s: no case makes it fail", a.Name)
		}
		for _, c := range cases {
			t.Run(a.Name+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				p := whole()
				c.plant(p)
				found, err := p.open(t).Audit(context.Background(), a)
				if err != nil || found.Rows == 0 || !strings.Contains(found.First, c.first) {
					t.Errorf("%d rows, first %q, want %q; %v", found.Rows, found.First, c.first, err)
				}
			})
		}
	}
}

func TestAuditFiles(t *testing.T) {
	const good = "-- title: T\n-- row: R\n-- action: A\n\nSELECT 1"
	for name, c := range map[string]struct{ file, text, want string }{
		"no action":      {"a.sql", "-- title: T\n-- row: R\nSELECT 1", `audit: missing key "action"`},
		"unknown key":    {"a.sql", "-- titel: T\n" + good, `unknown key "titel"`},
		"no select":      {"a.sql", "-- title: T\n-- row: R\n-- action: A\nDROP TABLE x", "want a SELECT"},
		"two statements": {"a.sql", good + "; SELECT 2", "without a semicolon"},
		"a section":      {"a.sql", good + "\n-- section: more\nSELECT 2", "without sections"},
		"a parameter":    {"a.sql", good + " WHERE x = $y", "parameter $y: an audit has none"},
		"a name":         {"A b.sql", good, `audit name "A b"`},
		"too long":       {"a.sql", good + strings.Repeat(" ", maxFile), "larger than"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := ParseAudit(c.file, c.text); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
	builtin, err := Audits()
	check(t, err)
	audits, err := Audits(fstest.MapFS{"cells.sql": {Data: []byte(good)}, "mine.sql": {Data: []byte(good)}, "broken.sql": {Data: []byte("SELECT 1")}})
	if err == nil || len(audits) != len(builtin)+1 {
		t.Errorf("%d audits and %v, want %d and an error", len(audits), err, len(builtin)+1)
	}
	at := slices.IndexFunc(audits, func(a warehouse.Audit) bool { return a.Name == "cells" })
	if at < 0 || audits[at].Title != "T" {
		t.Errorf("the user's audit does not replace the built-in one")
	}
}
