package model

// Vacancy is a version of a vacancy.
type Vacancy struct {
	PostedMonth Date `parquet:"-" partition:"posted_month" desc:"first day of the month of posting, or of the month first seen where the feed gives no date" source:"computed"`

	VacancyID       string `parquet:"vacancy_id" desc:"stable id: the first 16 bytes of the SHA-256 of source and source_id, in hex" source:"computed"`
	Version         int32  `parquet:"version" desc:"counts from 1; a record seen again with other content is a new version, and the newest of a vacancy_id counts" source:"computed"`
	Source          string `parquet:"source,dict" desc:"name of the feed in skillsgap.yaml" source:"configuration"`
	SourceID        string `parquet:"source_id" desc:"the feed's own id of the record; a hash where the id holds an e-mail address or telephone number"`
	URL             string `parquet:"url,optional" desc:"page of the advertisement"`
	Title           string `parquet:"title" desc:"job title as advertised, cleaned"`
	Employer        string `parquet:"employer,optional,dict" desc:"hiring organisation as named"`
	NACE            string `parquet:"nace,optional,dict" desc:"economic activity of the employer, NACE Rev. 2 code of any level" source:"feed, code list"`
	OccupationURI   string `parquet:"occupation_uri,optional,dict" desc:"ESCO occupation, stated or linked from the title" source:"feed, linker"`
	ISCO08          string `parquet:"isco08,optional,dict" desc:"ISCO-08 unit group (4 digits) of the occupation" source:"feed, linker"`
	OccupationScore Score  `parquet:"occupation_score,decimal(4:5)" desc:"probability that the ISCO-08 group is right; 1 where the feed states it" unit:"0..1" source:"feed, linker"`
	RegionCode      string `parquet:"region_code,optional,dict" desc:"finest known region; at country level the ISO 3166-1 code" source:"feed, code list"`
	RegionScheme    string `parquet:"region_scheme,optional,dict" desc:"scheme and vintage of region_code, as NUTS2021 or ITL2021; ISO3166 at country level" source:"feed, code list"`
	RegionLevel     int32  `parquet:"region_level" desc:"0 country, 1 to 3 NUTS level; -1 where no region is known" source:"feed, code list"`
	RegionMethod    string `parquet:"region_method,optional,dict" desc:"how the region was found: code, name, country or constant" source:"feed, code list"`
	Country         string `parquet:"country,optional,dict" desc:"country of the workplace, ISO 3166-1 alpha-2" source:"feed, code list"`
	Remote          bool   `parquet:"remote" desc:"the advertisement offers work from anywhere"`
	PostedOn        Date   `parquet:"posted_on,optional,date" desc:"day of posting"`
	FirstSeenOn     Date   `parquet:"first_seen_on,date" desc:"as-of date of the first run that read the record" source:"run"`
	ExpiresOn       Date   `parquet:"expires_on,optional,date" desc:"last day for applications"`
	WithdrawnOn     Date   `parquet:"withdrawn_on,optional,date" desc:"day on which the feed no longer listed or removed it" source:"feed, run"`
	Openings        int32  `parquet:"openings" desc:"posts on offer; 1 where the feed does not say" unit:"posts"`
	Language        string `parquet:"language,optional,dict" desc:"language of the text, BCP 47" source:"feed, computed"`
	SalaryMin       *Money `parquet:"salary_min,optional,decimal(2:18)" desc:"lowest stated pay per salary_period" unit:"currency"`
	SalaryMax       *Money `parquet:"salary_max,optional,decimal(2:18)" desc:"highest stated pay per salary_period" unit:"currency"`
	Currency        string `parquet:"currency,optional,dict" desc:"ISO 4217 code" source:"feed, code list"`
	SalaryPeriod    string `parquet:"salary_period,optional,dict" desc:"hour, day, week, month or year"`
	DuplicateOf     string `parquet:"duplicate_of,optional" desc:"vacancy_id of the record this one repeats, posted at most 60 days before it; measures leave it out" source:"computed"`
	DuplicateKind   string `parquet:"duplicate_kind,optional,dict" desc:"exact: same title, employer, place and text, posted within 60 days; without text the same day and, if both have one, URL" source:"computed"`
	ContentHash     string `parquet:"content_hash" desc:"SHA-256 of the prepared record, in hex" source:"computed"`
}

// Text is the cleaned text of one field of a vacancy or credential, contacts
// removed: what evidence offsets point into.
type Text struct {
	PostedMonth Date `parquet:"-" partition:"posted_month" desc:"month partition of the vacancy; for a credential the month first seen" source:"computed"`

	ID          string `parquet:"id" desc:"vacancy_id or credential_id" source:"computed"`
	ContentHash string `parquet:"content_hash" desc:"content_hash of the record" source:"computed"`
	Field       string `parquet:"field,dict" desc:"title, description, skills, outcomes, requirements or occupation (the source's own name of it)" source:"computed"`
	Language    string `parquet:"language,optional,dict" desc:"BCP 47" source:"feed, computed"`
	Text        string `parquet:"text" desc:"UTF-8 text; line breaks separate blocks"`
}

// Evidence says where in a text a fact was found.
type Evidence struct {
	EvidenceField string `parquet:"evidence_field,dict" desc:"field of the text"`
	EvidenceStart int32  `parquet:"evidence_start" desc:"first byte of the span in the field's UTF-8 text" unit:"bytes"`
	EvidenceEnd   int32  `parquet:"evidence_end" desc:"byte after the span (half-open)" unit:"bytes"`
	EvidenceText  string `parquet:"evidence_text,dict" desc:"the span itself"`
}

// VacancySkill is a skill found in a vacancy.
type VacancySkill struct {
	PostedMonth Date `parquet:"-" partition:"posted_month" desc:"month partition of the vacancy" source:"computed"`

	VacancyID   string `parquet:"vacancy_id" desc:"the vacancy" source:"computed"`
	SkillURI    string `parquet:"skill_uri,dict" desc:"ESCO skill"`
	Score       Score  `parquet:"score,decimal(4:5)" desc:"probability that the text speaks of the skill, as fitted on annotated sentences; 1 where the feed states the URI" unit:"0..1"`
	Method      string `parquet:"method,dict" desc:"stated (URI given), stated-name (name in a skills field) or linked (found in text)"`
	Requirement string `parquet:"requirement,optional,dict" desc:"required, preferred or offered; null where a source that states the skill does not say" source:"feed, linker"`
	Evidence
}

// VacancyCredential is a credential, licence or certificate that a vacancy asks
// for by name.
type VacancyCredential struct {
	PostedMonth Date `parquet:"-" partition:"posted_month" desc:"month partition of the vacancy" source:"computed"`

	VacancyID    string `parquet:"vacancy_id" desc:"the vacancy" source:"computed"`
	Name         string `parquet:"name,dict" desc:"the credential, by one name for all the ways to write it; a driving licence with its category where one is stated"`
	Kind         string `parquet:"kind,dict" desc:"licence, registration (or membership of a professional body), certificate, qualification (a named award; no degree) or micro_credential (a title of a catalogue)"`
	CredentialID string `parquet:"credential_id,optional,dict" desc:"credential of the catalogues that has this name; of several, the smallest id; null where none has it"`
	Requirement  string `parquet:"requirement,dict" desc:"required or preferred; what the employer offers or pays is left out"`
	Evidence
}
