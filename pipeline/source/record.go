package source

// Kind says what the records of a feed are.
type Kind string

// The kinds of feeds.
const (
	Vacancies     Kind = "vacancies"
	Credentials   Kind = "credentials"
	VacancyTotals Kind = "vacancy_totals" // official numbers of vacancies
	Workforce     Kind = "workforce"      // official figures of those who work or seek work

	Enrolments          Kind = "enrolments"
	FollowUps           Kind = "follow_ups"
	Comparison          Kind = "comparison" // persons who did not take part
	FeedbackKind        Kind = "feedback"
	ReferencePopulation Kind = "reference_population" // official numbers of persons by group
)

// Kinds lists the kinds of feeds.
func Kinds() []Kind {
	return []Kind{Vacancies, Credentials, VacancyTotals, Workforce, Enrolments, FollowUps, Comparison, FeedbackKind, ReferencePopulation}
}

// Official tells whether the records are rows of a table of official figures, a
// [Statistic] each.
func (k Kind) Official() bool { return k == VacancyTotals || k == Workforce }

// Persons tells whether the records are rows of a table about persons or groups of
// them, a [Learner] each.
func (k Kind) Persons() bool { return learnerColumns(k) != nil }

// Private tells whether the records are about single persons: nothing of them is
// quoted anywhere.
func (k Kind) Private() bool { return k.Persons() && k != ReferencePopulation }

// Record is one decoded record of a feed: exactly one of Vacancy, Credential,
// Statistic and Learner is set, or none where [Feed].Known knows its Hash.
type Record struct {
	File   string // path as given in the feed; members of an archive after a !
	Number int64  // place of the record in the file, from 1
	Bytes  int64  // bytes it takes in its file, after decompression; 0 where not known
	Raw    []byte // for rejects: the record as read, of a table its mapped columns; the receiver's to keep; may be nil

	// Hash is the first 16 bytes of the SHA-256, in hex, of the record's bytes
	// where they alone decide what is decoded; else "".
	Hash string

	Vacancy    *Vacancy
	Credential *Credential
	Statistic  *Statistic
	Learner    *Learner
}

// Place is where a job is done or a course is held, as the feed says it.
type Place struct {
	Locality   string // town, or a line of an address ending with it
	Region     string // name of a region
	RegionCode string // code of a region in a code list, as NUTS
	PostalCode string
	Country    string // code or name in any of the notations prepare knows

	// FromConstant says that code, region and locality come from the feed's
	// constants, CountryFromConstant that the country does.
	FromConstant, CountryFromConstant bool
}

// Vacancy is a vacancy as the feed gives it: strings are not yet cleaned, and
// "" stands for everything that is not stated. Contact details of persons
// have no field here, so that they are never read.
type Vacancy struct {
	SourceID    string
	URL         string
	Title       string
	Description string // text or HTML, possibly escaped once more
	Employer    string
	NACE        string

	OccupationURI   string // ESCO URI
	ISCO08          string
	OccupationTitle string // name of an occupation, where the feed classifies

	Place
	Remote bool

	PostedOn  string // in the feed's notation
	ExpiresOn string
	// DateFormat is that of the feed's configuration, see [TableOptions].
	DateFormat string

	Openings string
	Language string
	Salary   Salary

	Skills           []StatedSkill
	Qualifications   string
	Experience       string
	Responsibilities string
}

// Salary is pay as stated; numbers are text, often with words around them.
type Salary struct {
	Min, Max string
	Value    string // one number, or a sentence with a range
	Currency string
	Unit     string // HOUR, per annum, …
}

// StatedSkill is an item of a record's own skills list.
type StatedSkill struct {
	URI  string // ESCO URI, where the item carries one
	Name string
	// Relation is required or preferred for vacancies; teaches, assesses or
	// requires for credentials; "" is the first of these.
	Relation string
}

// Credential is a credential or learning opportunity on offer, as the feed
// gives it, in the manner of [Vacancy].
type Credential struct {
	SourceID    string
	URL         string
	Kind        string // as the source names it: MicroCredential, Course, …
	Title       string
	Description string
	// TextLanguage is the language of the texts; "" means that of instruction.
	TextLanguage string

	ProviderID   string
	Provider     string
	ProviderNACE string
	AwardingBody string

	Place
	Languages    []string
	DeliveryMode string
	Schedule     string

	Hours        string // a number, or an ISO 8601 duration
	HoursPerWeek string
	Duration     string // first to last day: an ISO 8601 duration, or "12 weeks"
	DurationDays string // the same as a number of days
	Credits      string
	CreditScheme string
	ECTS         string

	EQFLevel      string
	LevelScheme   string
	Level         string
	ISCEDF        string
	AudienceLevel string

	Price    string
	Currency string

	AssessmentType    string // "none" where the source says that nothing is assessed
	ParticipationForm string
	LearningOutcomes  []string
	Prerequisites     []string
	Recognition       string
	WorkPlacement     string // yes or no, in words

	QAScheme  string
	QAStatus  string
	QAValidTo string

	OccupationURIs []string
	ISCO08s        []string

	StartsOn            string
	EndsOn              string
	ApplicationDeadline string
	UpdatedOn           string
	DateFormat          string // as for Vacancy
	Places              string
	Status              string // life-cycle status: Active, Ceased, …

	Skills []StatedSkill
	Parts  []LinkRef
	Claims []Claim `json:",omitempty"`
}

// SomeLeftOut is the group counted of a claim that leaves persons out.
const SomeLeftOut = "subjectExcluded"

// Claim is an outcome that the provider of a credential claims, as the source
// states it.
type Claim struct {
	Wording    string // in words
	Measure    string // the source's name of the figure; "" for words alone
	Value      string // a number
	Unit       string // percent, persons, or a currency
	Period     string // of income: MONTH, per annum, …
	Of         string // the source's name of the group counted: subjectsInSet, holdersInSet, …, or SomeLeftOut
	Population string // the same in words
	From, To   string // the period that it is about
	Months     string // after leaving or the award
	Definition string // of employment or income, in words
	Threshold  string // of working time or income, below which nobody counts as employed
	Method     string // other words on how it was found
	URL        string // of the source named
}

// LinkRef is a declared link from a credential to another of the same feed.
type LinkRef struct {
	// Kind says what the credential at hand is to the other one: part_of,
	// has_part, requires (the other is a prerequisite), leads_to, equivalent.
	Kind string
	ID   string // the other's SourceID
}
