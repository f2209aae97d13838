package model

import (
	"cmp"
	"reflect"
	"strings"
)

// SchemaVersion is the version of all dataset schemas together. Readers refuse
// a newer one.
const SchemaVersion = 5

// Dataset describes a dataset whose rows are of type R.
type Dataset[R any] struct {
	Info
	// Month returns the partition of a row; nil where the dataset has none.
	Month func(*R) Date
	// Compare orders rows as they are stored: by primary key.
	Compare func(a, b *R) int
}

// Info is what is known of a dataset without its row type.
type Info struct {
	Name      string
	Zone      Zone
	Partition string // name of the partition column, "" for none
	Row       reflect.Type
	Doc       string // one row is …
	Stage     string // the stage of a run that writes it
	Source    string // where its values come from, but for columns tagged otherwise
	// Learners says that rows tell of learners. In the public zone they are written
	// only after disclosure control.
	Learners bool
	// Order is Compare of the dataset, for pointers to its rows.
	Order func(a, b any) int
}

// The datasets, one row of each being what Doc says.
var (
	Skills       = table("skills", "concepts", "taxonomy", Public, "a skill, knowledge concept or skill group", func(a, b *Skill) int { return cmp.Compare(a.SkillURI, b.SkillURI) })
	SkillLabels  = table("skill_labels", "concepts", "taxonomy", Public, "a name of a skill in a language", compareSkillLabel)
	Occupations  = table("occupations", "concepts", "taxonomy", Public, "an occupation or ISCO-08 group in a language", compareOccupation)
	Regions      = table("regions", "concepts", "code list", Public, "a region", func(a, b *Region) int { return cmp.Compare(a.RegionCode, b.RegionCode) })
	Credentials  = table("credentials", "link", "feed", Public, "a version of a credential on offer", compareCredential)
	CredSkills   = table("credential_skills", "link", "linker", Public, "a skill that a credential teaches, assesses or requires", compareCredentialSkill)
	CredLinks    = table("credential_links", "link", "feed", Public, "a relation between credentials", compareCredentialLink)
	Claims       = table("provider_claims", "link", "feed", Public, "an outcome that a provider claims", compareClaim)
	Rejects      = table("rejects", "read", "computed", Internal, "an input record not accepted", compareReject)
	RejectCounts = table("reject_counts", "read", "computed", Public, "the records of a feed that broke a rule", compareRejectCount)
	FieldCounts  = table("field_counts", "read", "computed", Public, "a field of a feed that could not be read in some of its records", compareFieldCount)
	Runs         = table("runs", "every", "run", Public, "a stage, or a feed, of a run of a job", compareRun)

	VacancyTotals   = table("vacancy_totals", "read", "feed", Public, "an official number of vacancies of a region and group of occupations in a period", compareVacancyTotal)
	Workforces      = table("workforce", "read", "feed", Public, "official figures of those who work in a group of occupations of a region, or seek work in it", compareWorkforce)
	Calibrations    = table("calibration", "shortage", "computed", Public, "an official total of vacancies, and the weight that its vacancies have for it", compareCalibration)
	Shortages       = table("shortage", "shortage", "computed", Public, "how short an occupation is in a region and period", func(a, b *Shortage) int { return a.Compare(&b.TableKey) })
	SkillShortages  = table("skill_shortage", "shortage", "computed", Public, "how short a skill is in a region and period", compareSkillShortage)
	Alignments      = table("alignment", "align", "computed", Public, "a credential x occupation (ISCO-08 unit group) x region: is what it teaches what is asked", compareAlignment)
	Recommendations = table("recommendations", "recommend", "computed", Public, "a credential of the bundle recommended for a region and an occupation", compareRecommendation)

	Enrolments  = table("enrolments", "read", "feed", Restricted, "a participation of a person in a credential", compareEnrolment)
	FollowUps   = table("follow_ups", "read", "feed", Restricted, "a later observation of a person", compareFollowUp)
	Comparisons = table("comparison", "read", "feed", Restricted, "a person who did not take part", compareComparison)
	Feedbacks   = table("feedback", "read", "feed", Restricted, "an opinion of a learner on a credential", compareFeedback)
	References  = table("reference_population", "read", "feed", Public, "the persons of a group in a region and period, by official statistics", compareReference)

	Uptakes        = ofLearners(table("uptake", "outcomes", "computed", Public, "who takes the credentials of a unit: a group of learners in a quarter", compareUptake))
	Outcomes       = ofLearners(table("outcomes", "outcomes", "computed", Public, "what became of a group of those who left a unit: an indicator at a horizon", compareOutcome))
	Trajectories   = ofLearners(table("trajectories", "outcomes", "computed", Public, "the leavers of a unit who went through a sequence of states", compareTrajectory))
	AdjComparisons = ofLearners(table("adjusted_comparisons", "outcomes", "computed", Public, "a difference between two groups of persons, made like one another", compareAdjusted))
	HeldCells      = table("held_cells", "outcomes", "computed", Restricted, "a figure about persons of a release, published or withheld", compareHeld)

	Vacancies       = monthly("vacancies", "link", "feed", Public, "posted_month", "a version of a vacancy", func(r *Vacancy) Date { return r.PostedMonth }, compareVacancy)
	Records         = monthly("records", "link", "feed", Internal, "posted_month", "a version of a record as its feed gave it", func(r *Record) Date { return r.PostedMonth }, compareRecord)
	VacancyTexts    = monthly("vacancy_texts", "link", "feed", Internal, "posted_month", "the cleaned text of a field of a vacancy", func(r *Text) Date { return r.PostedMonth }, compareText)
	CredentialTexts = monthly("credential_texts", "link", "feed", Internal, "posted_month", "the cleaned text of a field of a credential", func(r *Text) Date { return r.PostedMonth }, compareText)
	VacancySkills   = monthly("vacancy_skills", "link", "linker", Public, "posted_month", "a skill found in a vacancy", func(r *VacancySkill) Date { return r.PostedMonth }, compareVacancySkill)
	VacancyCreds    = monthly("vacancy_credentials", "link", "linker", Public, "posted_month", "a credential, licence or certificate that a vacancy names", func(r *VacancyCredential) Date { return r.PostedMonth }, compareVacancyCredential)
	Cells           = monthly("cells", "measure", "computed", Public, "month", "region x occupation (or sector) x month x period", func(r *Cell) Date { return r.Month }, func(a, b *Cell) int { return a.Compare(&b.CellKey) })
	SkillDemands    = monthly("skill_demand", "measure", "computed", Public, "month", "the demand for a skill in a cell", func(r *SkillDemand) Date { return r.Month }, func(a, b *SkillDemand) int {
		return compareWithin(&a.CellKey, &b.CellKey, a.SkillURI, b.SkillURI)
	})
	SkillSupplies = monthly("skill_supply", "measure", "computed", Public, "month", "the teaching of a skill in a cell", func(r *SkillSupply) Date { return r.Month }, func(a, b *SkillSupply) int {
		return compareWithin(&a.CellKey, &b.CellKey, a.SkillURI, b.SkillURI)
	})
	SkillGaps = monthly("skill_gaps", "measure", "computed", Public, "month", "demand beside supply for a skill in a cell", func(r *SkillGap) Date { return r.Month }, func(a, b *SkillGap) int {
		return compareWithin(&a.CellKey, &b.CellKey, a.SkillURI, b.SkillURI)
	})
)

// Datasets lists every dataset that a snapshot holds, by name. Runs is not
// among them: it lies beside the snapshots, since a failed run has none.
func Datasets() []Info {
	return []Info{
		AdjComparisons.Info, Alignments.Info, Calibrations.Info, Cells.Info, Comparisons.Info, CredLinks.Info, CredSkills.Info, CredentialTexts.Info,
		Credentials.Info, Enrolments.Info, Feedbacks.Info, FieldCounts.Info, FollowUps.Info, GapChanges.Info, HeldCells.Info, Occupations.Info, Outcomes.Info,
		Claims.Info, Recommendations.Info, Records.Info, References.Info, Regions.Info, RejectCounts.Info, Rejects.Info, Shortages.Info, SkillDemands.Info, SkillGaps.Info,
		SkillLabels.Info, SkillShortages.Info, SkillSupplies.Info, Skills.Info, Trajectories.Info, Uptakes.Info, Vacancies.Info, VacancyCreds.Info,
		VacancySkills.Info, VacancyTexts.Info, VacancyTotals.Info, Workforces.Info,
	}
}

func table[R any](name, stage, source string, zone Zone, doc string, compare func(a, b *R) int) Dataset[R] {
	return Dataset[R]{Info: Info{
		Name: name, Stage: stage, Source: source, Zone: zone, Row: reflect.TypeFor[R](), Doc: doc,
		Order: func(a, b any) int { return compare(a.(*R), b.(*R)) },
	}, Compare: compare}
}

// ofLearners marks a dataset whose rows tell of learners.
func ofLearners[R any](d Dataset[R]) Dataset[R] {
	d.Learners = true
	return d
}

func monthly[R any](name, stage, source string, zone Zone, partition, doc string, month func(*R) Date, compare func(a, b *R) int) Dataset[R] {
	d := table(name, stage, source, zone, doc, compare)
	d.Partition, d.Month = partition, month
	return d
}

// Compare orders cells by month, period, region, sector and occupation. It stops
// at the first difference: it is called for millions of rows.
func (k *CellKey) Compare(o *CellKey) int {
	if c := cmp.Compare(k.Month, o.Month); c != 0 {
		return c
	}
	if c := strings.Compare(k.Period, o.Period); c != 0 {
		return c
	}
	if c := cmp.Compare(k.RegionLevel, o.RegionLevel); c != 0 {
		return c
	}
	if c := strings.Compare(k.RegionCode, o.RegionCode); c != 0 {
		return c
	}
	if c := strings.Compare(k.NACESection, o.NACESection); c != 0 {
		return c
	}
	if c := strings.Compare(k.OccupationLevel, o.OccupationLevel); c != 0 {
		return c
	}
	return strings.Compare(k.OccupationCode, o.OccupationCode)
}

// compareWithin orders the skills of cells.
func compareWithin(a, b *CellKey, skillA, skillB string) int {
	if c := a.Compare(b); c != 0 {
		return c
	}
	return strings.Compare(skillA, skillB)
}

func compareSkillLabel(a, b *SkillLabel) int {
	return cmp.Or(cmp.Compare(a.SkillURI, b.SkillURI), cmp.Compare(a.Language, b.Language), -cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Label, b.Label))
}

func compareOccupation(a, b *Occupation) int {
	return cmp.Or(cmp.Compare(a.OccupationCode, b.OccupationCode), cmp.Compare(a.Language, b.Language))
}

func compareVacancy(a, b *Vacancy) int {
	return cmp.Or(cmp.Compare(a.VacancyID, b.VacancyID), cmp.Compare(a.Version, b.Version))
}

func compareText(a, b *Text) int {
	return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.ContentHash, b.ContentHash), cmp.Compare(a.Field, b.Field))
}

func compareVacancySkill(a, b *VacancySkill) int {
	return cmp.Or(cmp.Compare(a.VacancyID, b.VacancyID), cmp.Compare(a.SkillURI, b.SkillURI), a.compare(&b.Evidence))
}

func compareVacancyCredential(a, b *VacancyCredential) int {
	return cmp.Or(cmp.Compare(a.VacancyID, b.VacancyID), cmp.Compare(a.Name, b.Name))
}

func compareCredential(a, b *Credential) int {
	return cmp.Or(cmp.Compare(a.CredentialID, b.CredentialID), cmp.Compare(a.Version, b.Version))
}

func compareCredentialSkill(a, b *CredentialSkill) int {
	return cmp.Or(cmp.Compare(a.CredentialID, b.CredentialID), cmp.Compare(a.SkillURI, b.SkillURI), cmp.Compare(a.Relation, b.Relation), a.compare(&b.Evidence))
}

func compareCredentialLink(a, b *CredentialLink) int {
	return cmp.Or(cmp.Compare(a.FromID, b.FromID), cmp.Compare(a.ToID, b.ToID), cmp.Compare(a.Kind, b.Kind))
}

func (e *Evidence) compare(o *Evidence) int {
	return cmp.Or(cmp.Compare(e.EvidenceField, o.EvidenceField), cmp.Compare(e.EvidenceStart, o.EvidenceStart), cmp.Compare(e.EvidenceEnd, o.EvidenceEnd))
}

func compareReject(a, b *Reject) int {
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.File, b.File), cmp.Compare(a.Record, b.Record), cmp.Compare(a.Rule, b.Rule))
}

func compareRejectCount(a, b *RejectCount) int {
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Rule, b.Rule))
}

func compareRun(a, b *Run) int {
	return cmp.Or(cmp.Compare(a.RunID, b.RunID), cmp.Compare(a.StartedAt, b.StartedAt), cmp.Compare(a.Stage, b.Stage), cmp.Compare(a.Feed, b.Feed))
}
