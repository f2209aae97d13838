package model

import "cmp"

// Person is what is known of a person on the day a participation starts or, of
// somebody who does not take part, would have started. Nothing here names
// anybody: ids have become keyed hashes, birth dates age bands. An empty value
// is not known; that is never a "no". No field is a pointer: of those in an embedded
// struct parquet-go v0.32.0 cannot tell 0 from not known.
type Person struct {
	LearnerKey string `parquet:"learner_key" desc:"keyed hash of the person's id: HMAC-SHA-256, in hex" source:"computed"`
	AgeBand    string `parquet:"age_band,optional,dict" desc:"0-17, 18-29, 30-54 or 55+ where a birth date, birth year or age is known; else the band as the feed has it"`
	Gender     string `parquet:"gender,optional,dict" desc:"female, male or other"`
	Education  string `parquet:"education,optional,dict" desc:"highest level attained, ISCED 2011: 0-2, 3-4 or 5-8; else as the feed has it"`
	Employment string `parquet:"employment,optional,dict" desc:"employed, unemployed, long_term_unemployed (unemployed too) or inactive"`

	Disability        string `parquet:"disability,optional,dict" desc:"yes or no: has a disability"`
	ThirdCountry      string `parquet:"third_country,optional,dict" desc:"yes or no: is a national of a third country"`
	ForeignBackground string `parquet:"foreign_background,optional,dict" desc:"yes or no: has a foreign background"`
	Minority          string `parquet:"minority,optional,dict" desc:"yes or no: belongs to a minority, marginalised communities such as Roma included"`
	Homeless          string `parquet:"homeless,optional,dict" desc:"yes or no: is homeless or affected by housing exclusion"`
	Rural             string `parquet:"rural,optional,dict" desc:"yes or no: lives in a rural area"`
	MinimumIncome     string `parquet:"minimum_income,optional,dict" desc:"yes or no: receives a minimum income"`

	IncomeBand    string `parquet:"income_band,optional,dict" desc:"band of income or deprivation, as the feed has it"`
	RegionCode    string `parquet:"region_code,optional,dict" desc:"region of residence: NUTS code down to level 2, at country level the ISO 3166-1 code" source:"feed, code list"`
	RegionLevel   int32  `parquet:"region_level" desc:"0 country, 1 and 2 NUTS level; -1: region_code is not known" source:"feed, code list"`
	RegionName    string `parquet:"region_name,optional,dict" desc:"region of residence as the feed names it, where it is none of the code list"`
	NACE          string `parquet:"nace,optional,dict" desc:"economic activity of the work at that time, NACE Rev. 2" source:"feed, code list"`
	ISCO08        string `parquet:"isco08,optional,dict" desc:"occupation at that time, ISCO-08 unit group" source:"feed, linker"`
	OccupationURI string `parquet:"occupation_uri,optional,dict" desc:"ESCO occupation at that time" source:"feed, linker"`
}

// Enrolment is a participation: a person takes a credential from a day on.
type Enrolment struct {
	Source string `parquet:"source,dict" desc:"name of the feed in skillsgap.yaml" source:"configuration"`
	Person
	IncomeBefore  *Money `parquet:"income_before,optional,decimal(2:18)" desc:"income before, per month" unit:"currency"`
	IncomeEarlier *Money `parquet:"income_earlier,optional,decimal(2:18)" desc:"income in a period before that of income_before, per month" unit:"currency"`
	Currency      string `parquet:"currency,optional,dict" desc:"of the incomes, ISO 4217" source:"feed, code list"`
	Credential    string `parquet:"credential,dict" desc:"the credential as the feed names it: an id or a title"`
	CredentialID  string `parquet:"credential_id,optional,dict" desc:"the credential on offer, found by its id, else by title and provider; null where none, or more than one, is" source:"computed"`
	Provider      string `parquet:"provider,optional,dict" desc:"name of the provider, of the feed, else of the credential on offer"`
	ProviderNACE  string `parquet:"provider_nace,optional,dict" desc:"the provider's own economic activity, NACE Rev. 2" source:"feed, code list"`
	StartedOn     Date   `parquet:"started_on,date" desc:"first day"`
	EndedOn       Date   `parquet:"ended_on,optional,date" desc:"day of leaving, completed or not; null while it lasts, or not known"`
	Completed     *bool  `parquet:"completed,optional" desc:"the person has done all that it asks; false: has left or failed; null: still takes part, or not known"`
	Certified     *bool  `parquet:"certified,optional" desc:"the credential is awarded"`
	CertifiedOn   Date   `parquet:"certified_on,optional,date" desc:"day of the award"`
	Funding       string `parquet:"funding,optional,dict" desc:"voucher, individual_learning_account, employer, public, other or none: the learner"`
	PricePaid     *Money `parquet:"price_paid,optional,decimal(2:18)" desc:"what was paid for it, by whomsoever" unit:"price_currency"`
	PriceCurrency string `parquet:"price_currency,optional,dict" desc:"ISO 4217 code" source:"feed, code list"`
}

// ComparisonPerson is somebody who did not take part, with the day on which a
// participant would have started.
type ComparisonPerson struct {
	Source string `parquet:"source,dict" desc:"name of the feed in skillsgap.yaml" source:"configuration"`
	Person
	IncomeBefore  *Money `parquet:"income_before,optional,decimal(2:18)" desc:"income before, per month" unit:"currency"`
	IncomeEarlier *Money `parquet:"income_earlier,optional,decimal(2:18)" desc:"income in a period before that of income_before, per month" unit:"currency"`
	Currency      string `parquet:"currency,optional,dict" desc:"of the incomes, ISO 4217" source:"feed, code list"`
	IndexOn       Date   `parquet:"index_on,date" desc:"day on which a participation would have started; follow-ups count from it"`
}

// FollowUp is what was later observed of a person.
type FollowUp struct {
	Source        string `parquet:"source,dict" desc:"name of the feed in skillsgap.yaml" source:"configuration"`
	LearnerKey    string `parquet:"learner_key" desc:"keyed hash of the person's id: HMAC-SHA-256, in hex" source:"computed"`
	Credential    string `parquet:"credential,optional,dict" desc:"the credential as the feed names it; null: of the person, whatever was taken"`
	ObservedOn    Date   `parquet:"observed_on,optional,date" desc:"day to which it refers"`
	MonthsAfter   *int32 `parquet:"months_after,optional" desc:"months after leaving, of a comparison person after the index date, to which it refers; 0: within four weeks" unit:"months"`
	Employment    string `parquet:"employment,optional,dict" desc:"employed, unemployed, long_term_unemployed or inactive"`
	JobSearch     *bool  `parquet:"job_search,optional" desc:"seeks work"`
	InTraining    *bool  `parquet:"further_learning,optional" desc:"is in education or training"`
	Qualification *bool  `parquet:"qualification,optional" desc:"has gained a qualification"`
	Improved      *bool  `parquet:"situation_improved,optional" desc:"the situation in the labour market is better than on entry: a post of higher skill, longer or safer; a pay rise alone does not count"`
	ISCO08        string `parquet:"isco08,optional,dict" desc:"occupation, ISCO-08 unit group" source:"feed, linker"`
	OccupationURI string `parquet:"occupation_uri,optional,dict" desc:"ESCO occupation" source:"feed, linker"`
	NACE          string `parquet:"nace,optional,dict" desc:"economic activity, NACE Rev. 2" source:"feed, code list"`
	Income        *Money `parquet:"income,optional,decimal(2:18)" desc:"income per month" unit:"currency"`
	Currency      string `parquet:"currency,optional,dict" desc:"ISO 4217 code" source:"feed, code list"`
	Related       *bool  `parquet:"related_to_training,optional" desc:"the work is related to what was learnt, as the person says"`
}

// Feedback is what a learner thinks of a credential.
type Feedback struct {
	Source     string `parquet:"source,dict" desc:"name of the feed in skillsgap.yaml" source:"configuration"`
	LearnerKey string `parquet:"learner_key" desc:"keyed hash of the person's id: HMAC-SHA-256, in hex" source:"computed"`
	Credential string `parquet:"credential,dict" desc:"the credential as the feed names it"`
	// CredentialID is found as for an [Enrolment].
	CredentialID string `parquet:"credential_id,optional,dict" desc:"the credential on offer; null where none, or more than one, is found" source:"computed"`
	GivenOn      Date   `parquet:"given_on,optional,date" desc:"day of the opinion"`
	Quality      *Score `parquet:"quality,optional,decimal(4:5)" desc:"opinion of its quality, 0 the worst, 1 the best of the feed's scale" unit:"0..1"`
	Effect       *Score `parquet:"effect,optional,decimal(4:5)" desc:"opinion of its effect on work, 0 the worst, 1 the best of the feed's scale" unit:"0..1"`
	Text         string `parquet:"text,optional" desc:"the opinion in words, contacts removed"`
}

// ReferencePopulation is how many persons of a group live in a region, by
// official statistics: against them the groups of learners are set.
type ReferencePopulation struct {
	Source      string `parquet:"source,dict" desc:"name of the feed in skillsgap.yaml" source:"configuration"`
	RegionCode  string `parquet:"region_code,dict" desc:"region: NUTS code, at country level the ISO 3166-1 code" source:"feed, code list"`
	RegionLevel int32  `parquet:"region_level" desc:"0 country, 1 and 2 NUTS level" source:"feed, code list"`
	PeriodFrom  Date   `parquet:"period_from,optional,date" desc:"first day of the first month of the period; null: from the beginning"`
	PeriodTo    Date   `parquet:"period_to,optional,date" desc:"first day of the last month of the period; null: to the end"`
	Breakdown   string `parquet:"breakdown,dict" desc:"what the persons are divided by: a column of enrolments, as gender; TOTAL for all persons"`
	Category    string `parquet:"category,dict" desc:"value of that column, yes or no where it is a yes or no; TOTAL for all persons"`
	Persons     int64  `parquet:"persons" desc:"persons of the category" unit:"persons"`
}

func comparePerson(a, b *Person) int { return cmp.Compare(a.LearnerKey, b.LearnerKey) }

func compareEnrolment(a, b *Enrolment) int {
	return cmp.Or(cmp.Compare(a.Source, b.Source), comparePerson(&a.Person, &b.Person), cmp.Compare(a.Credential, b.Credential), cmp.Compare(a.StartedOn, b.StartedOn))
}

func compareComparison(a, b *ComparisonPerson) int {
	return cmp.Or(cmp.Compare(a.Source, b.Source), comparePerson(&a.Person, &b.Person), cmp.Compare(a.IndexOn, b.IndexOn))
}

func compareFollowUp(a, b *FollowUp) int {
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.LearnerKey, b.LearnerKey), cmp.Compare(a.Credential, b.Credential), cmp.Compare(a.ObservedOn, b.ObservedOn), cmp.Compare(monthsAfter(a), monthsAfter(b)))
}

// monthsAfter orders follow-ups that state no months before those that do.
func monthsAfter(f *FollowUp) int32 {
	if f.MonthsAfter == nil {
		return -1
	}
	return *f.MonthsAfter
}

func compareFeedback(a, b *Feedback) int {
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.LearnerKey, b.LearnerKey), cmp.Compare(a.Credential, b.Credential), cmp.Compare(a.GivenOn, b.GivenOn))
}

func compareReference(a, b *ReferencePopulation) int {
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.RegionLevel, b.RegionLevel), cmp.Compare(a.RegionCode, b.RegionCode),
		cmp.Compare(a.PeriodFrom, b.PeriodFrom), cmp.Compare(a.PeriodTo, b.PeriodTo), cmp.Compare(a.Breakdown, b.Breakdown), cmp.Compare(a.Category, b.Category))
}
