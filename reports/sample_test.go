package reports

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/memory"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// sample is a small snapshot with every published level, made without chance.
type sample struct {
	gaps        []model.SkillGap
	demands     []model.SkillDemand
	supplies    []model.SkillSupply
	cells       []model.Cell
	skills      []model.Skill
	labels      []model.SkillLabel
	vacancies   []model.Vacancy
	found       []model.VacancySkill
	named       []model.VacancyCredential
	credentials []model.Credential
	taught      []model.CredentialSkill
	official    official
	learners    sampleLearners
	elsewhere   bool // online credentials are compared with Germany too, which asks less
}

var sampleMonth = model.NewDate(2020, 11, 1)

// sampleSkills are the names of the sample's skills; "*" marks transversal
// ones, "+" digital, "~" green.
var sampleSkills = []string{
	"provide person-centred care", "maintain patient health data confidentiality", "apply infection control measures",
	"manage medication safety issues", "work in a multicultural environment in health care", "use electronic health records management systems +",
	"insulate building envelopes against heat loss and moisture in existing residential buildings ~", "install heat pumps ~",
	"install photovoltaic systems ~", "read standard blueprints", "use computerised maintenance management systems +",
	"debug software +", "use Python (computer programming) +", "use SQL +", "administer ICT networks +", "cloud technologies +",
	"cyber security +", "perform data analysis +", "adhere to organisational guidelines", "clean building floors", "maintain work area cleanliness",
	"operate automated process control", "programme a programmable logic controller +", "solder electronics", "inspect quality of products",
	"handle customer complaints", "comply with food safety and hygiene", "prepare ready-made dishes", "manage reservations", "plan menus",
	"apply teaching strategies", "manage student relationships", "observe student's progress", "adapt teaching to target group",
	"work in teams *", "communicate with customers *", "think critically *", "manage time *", "work under pressure *", "show initiative *", "English !", "German !",
}

func skillURI(i int) string { return fmt.Sprintf("http://data.europa.eu/esco/skill/%04d", i+1) }

// sampleCells are region, level, occupation, level, sector, vacancies and
// aligned credentials.
var sampleCells = []struct {
	region      string
	regionLevel int32
	occupation  string
	level       string
	sector      string
	vacancies   int32
	credentials int32
}{
	{"FR", 0, model.Total, "all", model.Total, 5412, 231},
	{"DE", 0, model.Total, "all", model.Total, 3120, 118},
	{"FR", 0, "2", "isco1", model.Total, 1880, 96},
	{"FR", 0, "25", "isco2", model.Total, 740, 41},
	{"FR", 0, "2512", "isco4", model.Total, 412, 28},
	{"FR", 0, "http://data.europa.eu/esco/occupation/0001", "occupation", model.Total, 150, 20},
	{"FR", 0, model.Total, "all", "Q", 910, 0},
	{"FR1", 1, model.Total, "all", model.Total, 1240, 90},
	{"FR1", 1, "2512", "isco4", model.Total, 133, 22},
	{"FR10", 2, model.Total, "all", model.Total, 1102, 88},
	{"FR10", 2, "2512", "isco4", model.Total, 101, 21},
	{"DE", 0, "7", "isco1", model.Total, 212, 0},
	{"FR10", 2, "7411", "isco4", model.Total, 64, 0},
}

// chance gives a number of 0..1 that depends on its arguments alone.
func chance(parts ...any) float64 {
	h := fnv.New64a()
	fmt.Fprint(h, parts...)
	return float64(h.Sum64()>>11) / (1 << 53)
}

func wilson(p, n float64) (low, high float64) {
	const z = 1.959964
	middle, half := (p+z*z/(2*n))/(1+z*z/n), z*math.Sqrt(p*(1-p)/n+z*z/(4*n*n))/(1+z*z/n)
	return max(middle-half, 0), min(middle+half, 1)
}

func newSample() *sample {
	s := &sample{}
	for i, name := range sampleSkills {
		s.skill(i, name)
	}
	for _, c := range sampleCells {
		s.cell(model.CellKey{
			Month: sampleMonth, Period: "12m", RegionCode: c.region, RegionLevel: c.regionLevel,
			OccupationCode: c.occupation, OccupationLevel: c.level, NACESection: c.sector,
		}, c.vacancies, c.credentials)
	}
	s.offers()
	s.posts()
	s.official = sampleOfficial()
	s.learners = newSampleLearners()
	return s
}

func (s *sample) skill(i int, name string) {
	mark := name[len(name)-1]
	row := model.Skill{SkillURI: skillURI(i), Kind: "skill", Digital: mark == '+', Green: mark == '~', Transversal: mark == '*', LanguageSkill: mark == '!'}
	if slices.Contains([]byte("+~*!"), mark) {
		name = name[:len(name)-2]
	}
	s.skills = append(s.skills, row)
	s.labels = append(s.labels, model.SkillLabel{SkillURI: row.SkillURI, Language: "en", Kind: "preferred", Label: name})
	if i == 0 {
		s.labels = append(s.labels, model.SkillLabel{SkillURI: row.SkillURI, Language: "fr", Kind: "preferred", Label: "dispenser des soins centrés sur la personne"})
	}
}

func (s *sample) cell(key model.CellKey, vacancies, credentials int32) {
	cell := model.Cell{CellKey: key, NEffective: float64(vacancies), Vacancies: vacancies, Openings: int64(vacancies) * 11 / 10, SupplyCredentials: credentials}
	cell.AnyDigital, cell.AnyGreen = 0.3+0.4*chance(key, "digital"), 0.2*chance(key, "green")
	cell.AnyDigitalLow, cell.AnyDigitalHigh = wilson(cell.AnyDigital, float64(vacancies))
	cell.AnyGreenLow, cell.AnyGreenHigh = wilson(cell.AnyGreen, float64(vacancies))
	if credentials > 0 {
		coverage := 0.5 + 0.3*chance(key, "coverage")
		unit := "credentials"
		cell.Coverage, cell.SupplyUnit, cell.SupplyBase, cell.SupplyNEffective = &coverage, &unit, float64(credentials), float64(credentials)
	}
	s.cells = append(s.cells, cell)
	for i, skill := range s.skills {
		share := 0.02 + 0.4*math.Pow(chance(i, "asked"), 2) + 0.02*chance(key, i)
		asking := int32(share * float64(vacancies))
		if asking < 3 {
			continue
		}
		d := model.SkillDemand{CellKey: key, SkillURI: skill.SkillURI, Vacancies: asking, Openings: int64(asking) + 7, Employers: asking/3 + 1, Weighted: float64(asking), NEffective: float64(vacancies)}
		d.Share = float64(asking) / float64(vacancies)
		d.ShareLow, d.ShareHigh = wilson(d.Share, float64(vacancies))
		growth := 0.5 + chance(i, "growth")
		low, high := growth*0.8, growth*1.25
		d.Growth12m, d.GrowthLow, d.GrowthHigh = &growth, &low, &high
		dominant := i == 9
		d.OneEmployerDominant = &dominant
		if i%2 == 0 {
			growth := 0.6 + chance(key, i, "growth")
			low, high := growth*0.8, growth*1.25
			d.Growth12m, d.GrowthLow, d.GrowthHigh = &growth, &low, &high
		}
		s.demands = append(s.demands, d)
		if key.NACESection == model.Total { // sectors have demand alone
			s.gap(d, skill, credentials, i)
		}
	}
}

func (s *sample) gap(d model.SkillDemand, skill model.Skill, credentials int32, i int) {
	emerging := d.GrowthLow != nil && *d.GrowthLow > 1
	declining := d.GrowthHigh != nil && *d.GrowthHigh < 1
	g := model.SkillGap{Emerging: &emerging, Declining: &declining, CellKey: d.CellKey, SkillURI: d.SkillURI, DemandShare: d.Share, Uncovered: true, Green: skill.Green, Digital: skill.Digital, Transversal: skill.Transversal, LanguageSkill: skill.LanguageSkill}
	if credentials > 0 {
		teaching := int32(d.Share * 1.2 * chance(d.CellKey, i, "taught") * float64(credentials))
		if i == 7 {
			teaching = 0
		}
		sup := model.SkillSupply{CellKey: d.CellKey, SkillURI: d.SkillURI, SupplyUnit: "credentials", CredentialsLocal: teaching - teaching/4, CredentialsOnline: teaching / 4}
		sup.Share = float64(teaching) / float64(credentials)
		sup.ShareLow, sup.ShareHigh = wilson(sup.Share, float64(credentials))
		if teaching > 0 {
			s.supplies = append(s.supplies, sup)
		}
		g.Uncovered = teaching == 0
		gap := d.Share - sup.Share
		low := gap - math.Hypot(d.Share-d.ShareLow, sup.ShareHigh-sup.Share)
		high := gap + math.Hypot(d.ShareHigh-d.Share, sup.Share-sup.ShareLow)
		g.SupplyShare, g.ShareGap, g.GapLow, g.GapHigh = &sup.Share, &gap, &low, &high
		tier, first, last := int32(i/4+1), int32(i/4*4+1), int32(i/4*4+4)
		g.Tier, g.RankLow, g.RankHigh = &tier, &first, &last
		if i%3 == 0 {
			places, openings := float64(teaching)*12, d.Weighted
			ratio := places / openings
			g.YearlyPlaces, g.YearlyOpenings, g.PlacesPerOpening = &places, &openings, &ratio
		}
	}
	if key := d.CellKey; (i == 5 || i == 7) && key.OccupationLevel == "all" {
		g.Emerging, g.Declining = to(i == 5), to(i == 7)
	}
	s.gaps = append(s.gaps, g)
}

func (s *sample) offers() {
	modes := []string{"online", "in_person", "blended", ""}
	kinds := []string{"unknown", "micro_credential", "short_course", "attendance_only"}
	regions := []string{"FR10", "FR1", "DE", ""}
	for i := range 40 {
		c := model.Credential{
			CredentialID: fmt.Sprintf("%032x", i+1), Version: 1, Source: "catalogue", SourceID: fmt.Sprint(i), Title: fmt.Sprintf("Course %d", i),
			Provider: fmt.Sprintf("Provider %d", i%7), DeliveryMode: modes[i%4], Conformity: kinds[i%4], RegionLevel: -1, FirstSeenOn: sampleMonth,
			ConformityTests: []string{"assessment=pass", []string{"volume=pass", "volume=fail", "volume=not_stated"}[i%3], "quality_assurance=not_stated"},
			ElementsPresent: []string{"learning_outcomes"}, ElementsMissing: []string{"workload", "assessment_type"},
		}
		if code := regions[i%4]; code != "" {
			c.RegionCode, c.RegionLevel, c.Country = code, int32(len(code)-2), code[:2]
		}
		if i%3 == 0 {
			hours, price := float64(4+i*20), model.Money(i*5000)
			c.Hours, c.Price, c.Currency, c.Places, c.EQFLevel = &hours, &price, "EUR", int32(10+i), int32(3+i%5)
		}
		switch i {
		case 36: // its version before was taught in Germany
			before := c
			before.RegionCode, before.RegionLevel, before.Country = "DE", 0, "DE"
			s.credentials = append(s.credentials, before)
			c.Version = 2
		case 37:
			c.EndsOn = sampleMonth - 1
		case 38:
			c.EndsOn, c.WithdrawnOn = sampleMonth, sampleMonth
		case 39:
			c.DuplicateOf, c.DuplicateKind = fmt.Sprintf("%032x", 1), "exact"
		}
		s.credentials = append(s.credentials, c)
		for k := range 1 + i%9 {
			s.taught = append(s.taught, model.CredentialSkill{CredentialID: c.CredentialID, SkillURI: skillURI(k * (i%4 + 1)), Score: 9000, Method: "linked", Relation: "teaches", Evidence: model.Evidence{EvidenceField: "title"}})
		}
	}
}

func (s *sample) posts() {
	for i := range 150 {
		posted := model.NewDate(2020, 11, 20-i*4)
		v := model.Vacancy{
			PostedMonth: posted.Month(), VacancyID: fmt.Sprintf("%032x", i+1), Version: 1, Source: []string{"jobs", "portal"}[i%2], SourceID: fmt.Sprint(i), Title: "A post",
			PostedOn: posted, FirstSeenOn: sampleMonth, Openings: 1, RegionLevel: -1,
		}
		if i%5 > 0 {
			v.RegionCode, v.RegionLevel, v.Country, v.Employer, v.ISCO08 = "FR10", 2, "FR", "An employer", "2512"
		}
		if i%29 == 28 {
			v.DuplicateOf, v.DuplicateKind = fmt.Sprintf("%032x", 1), "exact"
		}
		s.vacancies = append(s.vacancies, v)
		if i%29 != 28 {
			s.names(i, &v)
		}
		if i%10 < 9 {
			s.found = append(s.found, model.VacancySkill{PostedMonth: v.PostedMonth, VacancyID: v.VacancyID, SkillURI: skillURI(i % 30), Score: 8000, Method: []string{"linked", "stated", "linked"}[i%3], Requirement: "required", Evidence: model.Evidence{EvidenceField: "description"}})
		}
	}
}

// names gives every vacancy a driving licence, every third a title of the
// catalogue, every fourth a name that a shell would not take.
func (s *sample) names(i int, v *model.Vacancy) {
	row := model.VacancyCredential{
		PostedMonth: v.PostedMonth, VacancyID: v.VacancyID, Name: "driving licence", Kind: "licence", Requirement: []string{"required", "preferred"}[i%2],
		Evidence: model.Evidence{EvidenceField: "description", EvidenceEnd: 15, EvidenceText: "driving licence"},
	}
	s.named = append(s.named, row)
	if i%3 == 0 {
		row.Name, row.Kind, row.CredentialID, row.Requirement = "Course 5", "micro_credential", fmt.Sprintf("%032x", 6), "preferred"
		s.named = append(s.named, row)
	}
	if i%4 == 0 {
		row.Name, row.Kind, row.CredentialID = `membership of the "Royal $ociety"`, "registration", ""
		s.named = append(s.named, row)
	}
}

// alignments sets every credential against software developers; every fifth is ageing.
func (s *sample) alignments() []model.Alignment {
	var rows []model.Alignment
	for i, c := range s.credentials {
		if slices.ContainsFunc(rows, func(r model.Alignment) bool { return r.CredentialID == c.CredentialID }) {
			continue // a later version
		}
		ageing, share, perHour, trend, low, high := i%5 == 0, 0.25, 0.1, 0.6+float64(i)/50, 0.5+float64(i)/50, 0.7+float64(i)/40
		rows = append(rows, model.Alignment{
			CredentialID: c.CredentialID, OccupationCode: "2512", RegionCode: "FR", Aligned: true, Main: true, Stated: i%2 == 0, NEffective: 90,
			SkillsTaught: 4, SkillsAsked: 3, AskedShare: 0.75, DemandCovered: 0.01 * float64(i), EssentialSkills: 8, EssentialCovered: 2, EssentialShare: &share,
			SkillsPerHour: &perHour, TrendRegion: "FR", TrendSkills: 4, Trend: &trend, TrendLow: &low, TrendHigh: &high, SkillsDeclining: int32(i % 4), Ageing: &ageing,
		})
		if s.elsewhere && c.DeliveryMode == "online" {
			row := rows[len(rows)-1]
			row.RegionCode, row.NEffective, row.SkillsAsked, row.EssentialCovered = "DE", 40, 1, 1
			rows = append(rows, row)
		}
	}
	return rows
}

// changes lets the gaps of the newest twelve months move, by turns more and less; of
// every tenth it says that it appeared.
func (s *sample) changes() []model.GapChange {
	var rows []model.GapChange
	for i := range s.gaps {
		g := &s.gaps[i]
		if g.ShareGap == nil || g.Period != "12m" || g.Month != sampleMonth {
			continue
		}
		row := model.GapChange{
			Month: g.Month, RegionCode: g.RegionCode, RegionLevel: g.RegionLevel, OccupationCode: g.OccupationCode, OccupationLevel: g.OccupationLevel,
			SkillURI: g.SkillURI, Change: "appeared", ComparedWith: sampleMonth - 1, After: g.ShareGap, DemandAfter: &g.DemandShare, SupplyAfter: g.SupplyShare,
		}
		if i%10 != 0 {
			moved := 0.002 * float64(i%7+1) * float64(1-2*(i%2))
			before, demand := *g.ShareGap-moved, g.DemandShare-moved
			none, left, came := 0.0, int32(3), int32(5)
			row.Change, row.Before, row.DemandBefore, row.SupplyBefore = "moved", &before, &demand, g.SupplyShare
			row.Model, row.LeftVacancies, row.NewVacancies, row.Catalogue, row.Left, row.New = &none, &none, &moved, &none, &left, &came
		}
		rows = append(rows, row)
	}
	return rows
}

func put[R any](t testing.TB, d *warehouse.Draft, ds model.Dataset[R], rows []R) {
	t.Helper()
	if err := warehouse.Write(d, ds, rows); err != nil {
		t.Fatal(err)
	}
}

// write makes a snapshot of the sample and opens it.
func (s *sample) write(t testing.TB) *warehouse.DB {
	t.Helper()
	workspace := t.TempDir()
	d, err := warehouse.Begin(workspace, "s1")
	if err != nil {
		t.Fatal(err)
	}
	put(t, d, model.SkillGaps, s.gaps)
	put(t, d, model.SkillDemands, s.demands)
	put(t, d, model.SkillSupplies, s.supplies)
	put(t, d, model.Cells, s.cells)
	put(t, d, model.Skills, s.skills)
	put(t, d, model.SkillLabels, s.labels)
	put(t, d, model.Vacancies, s.vacancies)
	put(t, d, model.VacancySkills, s.found)
	put(t, d, model.VacancyCreds, s.named)
	put(t, d, model.Credentials, s.credentials)
	put(t, d, model.CredSkills, s.taught)
	put(t, d, model.Alignments, s.alignments())
	put(t, d, model.GapChanges, s.changes())
	put(t, d, model.Recommendations, sampleRecommendations())
	s.official.write(t, d)
	s.learners.write(t, d)
	put(t, d, model.Occupations, []model.Occupation{
		{OccupationCode: model.Total, Level: "all", Language: "en", Label: "All occupations"},
		{OccupationCode: "2", Level: "isco1", Language: "en", Label: "Professionals"},
		{OccupationCode: "25", Level: "isco2", Language: "en", Label: "Information and communications technology professionals"},
		{OccupationCode: "2512", Level: "isco4", Language: "en", Label: "Software developers"},
		{OccupationCode: "7", Level: "isco1", Language: "en", Label: "Craft and related trades workers"},
		{OccupationCode: "7411", Level: "isco4", Language: "en", Label: "Building and related electricians"},
		{OccupationCode: "http://data.europa.eu/esco/occupation/0001", Level: "occupation", Language: "en", Label: "software developer"},
	})
	put(t, d, model.Regions, []model.Region{
		{RegionCode: "FR", RegionScheme: "ISO3166", Country: "FR", Label: "France"},
		{RegionCode: "DE", RegionScheme: "ISO3166", Country: "DE", Label: "Germany"},
		{RegionCode: "FR1", RegionScheme: "NUTS2021", RegionLevel: 1, ParentCode: "FR", Country: "FR", Label: "Île-de-France"},
		{RegionCode: "FR10", RegionScheme: "NUTS2021", RegionLevel: 2, ParentCode: "FR1", Country: "FR", Label: "Île-de-France"},
	})
	put(t, d, model.RejectCounts, []model.RejectCount{{Source: "jobs", Rule: "title-missing", Records: 3}, {Source: "jobs", Rule: "posted-after-as-of", Records: 1}})
	put(t, d, model.FieldCounts, []model.FieldCount{{Source: "portal", Field: "isco08", Records: 6}, {Source: "portal", Field: "salary", Records: 9}})
	if _, err := d.Commit(warehouse.Manifest{RunID: "r1", AsOf: "2020-11-30"}); err != nil {
		t.Fatal(err)
	}
	appendRuns(t, workspace)
	return open(t, workspace)
}

// sampleReads are the feeds as the run that published the sample read them.
var sampleReads = []model.Run{
	{Feed: "jobs", Status: "ok", RowsIn: 79, Accepted: 72, Unchanged: 60, Withdrawn: 2, Duplicates: 3, Rejected: 4},
	{Feed: "portal", Status: "ok", RowsIn: 75, Accepted: 73, Duplicates: 2},
	{Feed: "catalogue", Status: "ok", RowsIn: 40, Accepted: 39, Duplicates: 1},
	{Feed: "board", Status: "failed", Message: "read inbox/board/jobs.csv: no such column \"title\""},
}

// appendRuns writes the ledger: the run that published the sample between one
// that published before and one that failed to publish after.
func appendRuns(t testing.TB, workspace string) {
	t.Helper()
	const day = 86_400_000_000
	for i, id := range []string{"r0", "r1", "r2"} {
		publish := model.Run{Stage: "publish", Status: "ok"}
		rows := sampleReads
		if id != "r1" {
			rows = []model.Run{{Feed: "jobs", Status: "ok", RowsIn: 5, Accepted: 5}}
		}
		if id == "r2" {
			publish.Status, publish.Message = "failed", "disk full"
		}
		var ledger []model.Run
		for _, row := range append(slices.Clone(rows), publish) {
			row.RunID, row.Job, row.Stage, row.AsOf = id, "nightly", cmp.Or(row.Stage, "read"), sampleMonth.MonthEnd()
			row.StartedAt = 1_606_780_800_000_000 + int64(i*day+len(ledger)*4_000_000)
			row.FinishedAt = row.StartedAt + 4_000_000
			ledger = append(ledger, row)
		}
		if err := warehouse.AppendRuns(workspace, ledger); err != nil {
			t.Fatal(err)
		}
	}
}

// open gives DuckDB no more than 200 MB: a report is made on any machine.
func open(t testing.TB, workspace string) *warehouse.DB {
	t.Helper()
	memory := memory.NewCheckedAllocator(memory.DefaultAllocator)
	db, err := warehouse.Open(context.Background(), workspace, warehouse.Options{Threads: 1, MemoryLimit: "200MB", Allocator: memory})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		memory.AssertSize(t, 0)
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

var sampleMeta = Meta{
	Workspace: "sample", RunID: "r1", SnapshotID: "s1", AsOf: "2020-11-30", TaxonomyRelease: "ESCO v1.1.1",
	Taxonomy: "0123456789abcdef0123", Linker: "fedcba98765432100123", Version: "0.1.0", Starter: true,
	Warnings: []string{`feed "board" could not be read: no such column <title>`},
}
