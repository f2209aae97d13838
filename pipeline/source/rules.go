package source

// Rule is a condition that a record must meet. Its id never changes.
type Rule struct {
	ID      string
	Meaning string // why a record that breaks it is not accepted
	Action  string // what the publisher of the feed or the operator can do
}

// The ids of the rules. Those of decoding come from this package, those of
// content from package prepare.
const (
	RuleJSONBroken      = "json-broken"
	RuleJSONDepth       = "json-depth"
	RuleTooLong         = "record-too-long"
	RuleTooManyValues   = "too-many-values"
	RuleNotVacancy      = "not-a-vacancy"
	RuleNotCredential   = "not-a-credential"
	RuleColumnCount     = "column-count"
	RuleQuoteOpen       = "quote-open"
	RuleTitleMissing    = "title-missing"
	RuleDateUnreadable  = "date-unreadable"
	RulePostedAfterAsOf = "posted-after-as-of"
	RuleOpeningsAbsurd  = "openings-absurd"
	RuleDatesReversed   = "dates-reversed"
	RuleRegionUnknown   = "region-unknown"
	RuleGroupUnknown    = "group-unknown"
	RulePeriodUnclear   = "period-unclear"
	RulePeriodAfterAsOf = "period-after-as-of"
	RuleFigureUnclear   = "figure-unclear"
	RuleFigureMissing   = "figure-missing"

	RuleLearnerMissing    = "learner-missing"
	RuleCredentialMissing = "credential-missing"
	RuleStartMissing      = "start-missing"
	RuleStartAfterAsOf    = "start-after-as-of"
	RuleLearnerUnclear    = "learner-value-unclear"
	RuleHorizonMissing    = "horizon-missing"
	RuleGroupMissing      = "group-missing"
)

// Rules lists every rule, those of decoding first.
func Rules() []Rule {
	return []Rule{
		{RuleJSONBroken, "the record is not valid JSON", "correct the record at the position named"},
		{RuleJSONDepth, "the JSON is nested deeper than 64 levels", "flatten the record"},
		{RuleTooLong, "the record is longer than 16 MiB", "leave out embedded images and documents"},
		{RuleTooManyValues, "the record has more than 100,000 JSON values, or a list of more than 10,000 items", "deliver what belongs to one record"},
		{RuleNotVacancy, "the record is not a JobPosting", "deliver only JobPosting records in this feed"},
		{RuleNotCredential, "the record is neither a credential nor a learning opportunity", "deliver only CTDL credentials, learning opportunities and what they refer to"},
		{RuleColumnCount, "the row has another number of columns than the header", "quote cells that contain the separator, or set separator in skillsgap.yaml"},
		{RuleQuoteOpen, "a quotation mark in the row is never closed", "double quotation marks inside quoted cells"},
		{RuleTitleMissing, "the record has no title", "deliver a title"},
		{RuleDateUnreadable, "a posting, expiry, start or end is present but cannot be read", "deliver ISO 8601 dates, or set date_format in skillsgap.yaml"},
		{RulePostedAfterAsOf, "the vacancy is posted after the as-of date of the run", "it is read by a run with a later as-of date"},
		{RuleOpeningsAbsurd, "the vacancy claims more than 10,000 openings", "deliver the number of posts on offer"},
		{RuleDatesReversed, "the credential ends before it starts", "correct the dates"},
		{RuleRegionUnknown, "the row of a table of official figures names no region that is known, down to level 2 of NUTS", "deliver a NUTS or country code; where the table has no such column, as a constant"},
		{RuleGroupUnknown, "the row names no ISCO-08 group of 1 to 4 digits", "deliver its code, or TOTAL for all occupations; where the table has no such column, as a constant"},
		{RulePeriodUnclear, "the period of the row cannot be read, or ends before it begins", "deliver a month, quarter, year or date, as 2026-04, 2026-Q2 or 2026"},
		{RulePeriodAfterAsOf, "the period of the row begins after the as-of date of the run", "it is read by a run with a later as-of date"},
		{RuleFigureUnclear, "a figure of the row, its currency or its period of pay is present but cannot be read, or is out of bounds", "deliver whole numbers of persons and posts, pay and hours above 0, shares from 0 to 1"},
		{RuleFigureMissing, "the row has no figure", "leave the row out"},
		{RuleLearnerMissing, "the row about a person has no id", "deliver the id that the person has in all tables"},
		{RuleCredentialMissing, "the enrolment or opinion names no credential", "deliver its id in the catalogue, or its title"},
		{RuleStartMissing, "the enrolment has no first day, or the comparison person no index date", "deliver the day as an ISO 8601 date, or set date_format in skillsgap.yaml"},
		{RuleStartAfterAsOf, "the participation, observation or opinion lies after the as-of date of the run", "it is read by a run with a later as-of date"},
		{RuleLearnerUnclear, "a value of a row about a person is present but cannot be read; the value itself is not quoted", "deliver the words that the fields page names, or map yours to them by values in skillsgap.yaml"},
		{RuleHorizonMissing, "the follow-up says neither the day nor the months after leaving to which it refers", "deliver observed_on or months_after"},
		{RuleGroupMissing, "the row of a reference population names no column of enrolments, or no value of it", "deliver the name of a field and a value that enrolments can have"},
	}
}
