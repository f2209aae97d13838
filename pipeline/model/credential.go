package model

// Credential is a version of a credential on offer.
type Credential struct {
	CredentialID        string   `parquet:"credential_id" desc:"stable id: the first 16 bytes of the SHA-256 of source and source_id, in hex" source:"computed"`
	Version             int32    `parquet:"version" desc:"counts from 1; a record seen again with other content is a new version, and the newest of a credential_id counts" source:"computed"`
	Source              string   `parquet:"source,dict" desc:"name of the feed in skillsgap.yaml" source:"configuration"`
	SourceID            string   `parquet:"source_id" desc:"the feed's own id of the record; a hash where the id holds an e-mail address or telephone number"`
	URL                 string   `parquet:"url,optional" desc:"page of the offer"`
	Kind                string   `parquet:"kind,optional,dict" desc:"as the source names it: MicroCredential, Badge, Course, …"`
	Conformity          string   `parquet:"conformity,optional,dict" desc:"micro_credential, short_course, attendance_only, full_qualification or unknown" source:"computed"`
	ConformityTests     []string `parquet:"conformity_tests,list" desc:"test=pass, fail or not_stated for assessment, volume, stand-alone value, quality assurance" source:"computed"`
	Title               string   `parquet:"title" desc:"title of the offer, cleaned"`
	ProviderID          string   `parquet:"provider_id,optional,dict" desc:"id of the provider in its source"`
	Provider            string   `parquet:"provider,optional,dict" desc:"name of the provider"`
	ProviderNACE        string   `parquet:"provider_nace,optional,dict" desc:"economic activity of the provider, NACE Rev. 2" source:"feed, code list"`
	AwardingBody        string   `parquet:"awarding_body,optional,dict" desc:"who awards, where it is not the provider"`
	Country             string   `parquet:"country,optional,dict" desc:"ISO 3166-1 alpha-2" source:"feed, code list"`
	RegionCode          string   `parquet:"region_code,optional,dict" desc:"finest known region of delivery; at country level the ISO code" source:"feed, code list"`
	RegionScheme        string   `parquet:"region_scheme,optional,dict" desc:"scheme and vintage of region_code" source:"feed, code list"`
	RegionLevel         int32    `parquet:"region_level" desc:"0 country, 1 to 3 NUTS level; -1 where no region is known" source:"feed, code list"`
	Language            []string `parquet:"language,list" desc:"languages of instruction, BCP 47" source:"feed, code list"`
	DeliveryMode        string   `parquet:"delivery_mode,optional,dict" desc:"online, in_person or blended"`
	Schedule            string   `parquet:"schedule,optional,dict" desc:"full_time, part_time, evening, weekend or self_paced"`
	Hours               *float64 `parquet:"hours,optional" desc:"learner effort" unit:"hours"`
	HoursPerWeek        *float64 `parquet:"hours_per_week,optional" desc:"learner effort per week" unit:"hours per week"`
	DurationDays        *int32   `parquet:"duration_days,optional" desc:"first to last day" unit:"days"`
	Credits             *float64 `parquet:"credits,optional" desc:"credit points in credit_scheme" unit:"credits"`
	CreditScheme        string   `parquet:"credit_scheme,optional,dict" desc:"ECTS, ECVET, a national scheme"`
	ECTS                *float64 `parquet:"ects,optional" desc:"credit points where the scheme is ECTS" unit:"ECTS" source:"computed"`
	EQFLevel            int32    `parquet:"eqf_level,optional" desc:"European Qualifications Framework level, 1 to 8"`
	LevelScheme         string   `parquet:"level_scheme,optional,dict" desc:"framework of level"`
	Level               string   `parquet:"level,optional,dict" desc:"level as stated"`
	ISCEDF              string   `parquet:"isced_f,optional,dict" desc:"field of education, ISCED-F 2013"`
	AudienceLevel       string   `parquet:"audience_level,optional,dict" desc:"as stated: beginner, intermediate, advanced"`
	Price               *Money   `parquet:"price,optional,decimal(2:18)" desc:"full price to the learner; 0 is free, null is not stated" unit:"currency"`
	Currency            string   `parquet:"currency,optional,dict" desc:"ISO 4217" source:"feed, code list"`
	AssessmentType      string   `parquet:"assessment_type,optional,dict" desc:"as stated; none where the source says that nothing is assessed"`
	ParticipationForm   string   `parquet:"participation_form,optional,dict" desc:"as stated"`
	LearningOutcomes    []string `parquet:"learning_outcomes,list" desc:"outcomes as stated, one an element"`
	Prerequisites       []string `parquet:"prerequisites,list" desc:"entry requirements as stated"`
	Recognition         string   `parquet:"recognition,optional" desc:"recognition or credit transfer as stated"`
	WorkPlacement       *bool    `parquet:"work_placement,optional" desc:"contains a placement in a workplace"`
	QAScheme            string   `parquet:"qa_scheme,optional,dict" desc:"quality-assurance scheme"`
	QAStatus            string   `parquet:"qa_status,optional,dict" desc:"valid, expired, suspended, withdrawn, as of the run's date" source:"feed, run"`
	QAValidTo           Date     `parquet:"qa_valid_to,optional,date" desc:"last day of validity"`
	OccupationURIs      []string `parquet:"occupation_uris,list" desc:"ESCO occupations stated by the source"`
	ISCO08s             []string `parquet:"isco08s,list" desc:"ISCO-08 groups stated by the source, or of the occupations stated" source:"feed, taxonomy"`
	StartsOn            Date     `parquet:"starts_on,optional,date" desc:"first day of the offer"`
	EndsOn              Date     `parquet:"ends_on,optional,date" desc:"last day of the offer"`
	ApplicationDeadline Date     `parquet:"application_deadline,optional,date" desc:"last day for applications"`
	Places              int32    `parquet:"places,optional" desc:"places per start; null where not stated" unit:"places"`
	UpdatedOn           Date     `parquet:"updated_on,optional,date" desc:"last change at the source"`
	FirstSeenOn         Date     `parquet:"first_seen_on,date" desc:"as-of date of the first run that read the record" source:"run"`
	WithdrawnOn         Date     `parquet:"withdrawn_on,optional,date" desc:"day on which the feed no longer listed or removed it; of one that was ceased when first seen, its last change, else that first day" source:"feed, run"`
	DuplicateOf         string   `parquet:"duplicate_of,optional" desc:"credential_id of the record this one repeats; measures leave it out" source:"computed"`
	DuplicateKind       string   `parquet:"duplicate_kind,optional,dict" desc:"exact: same title, kind, provider, place, mode, dates and text; without text also the same URL, if both have one" source:"computed"`
	ElementsPresent     []string `parquet:"elements_present,list" desc:"elements of the EU Council Recommendation (2022) that the offer states" source:"computed"`
	ElementsMissing     []string `parquet:"elements_missing,list" desc:"the other elements an offer can have" source:"computed"`
	ContentHash         string   `parquet:"content_hash" desc:"SHA-256 of the prepared record, in hex" source:"computed"`
}

// CredentialSkill is a skill that a credential teaches, assesses or requires.
type CredentialSkill struct {
	CredentialID string `parquet:"credential_id" desc:"the credential" source:"computed"`
	SkillURI     string `parquet:"skill_uri,dict" desc:"ESCO skill"`
	Score        Score  `parquet:"score,decimal(4:5)" desc:"probability that the text speaks of the skill, as fitted on annotated vacancy sentences; 1 where the source states the URI" unit:"0..1"`
	Method       string `parquet:"method,dict" desc:"stated, stated-name or linked"`
	Relation     string `parquet:"relation,dict" desc:"teaches, assesses or requires" source:"feed"`
	Evidence
}

// CredentialLink is a relation between two credentials.
type CredentialLink struct {
	FromID   string `parquet:"from_id" desc:"credential_id" source:"computed"`
	ToID     string `parquet:"to_id" desc:"credential_id" source:"computed"`
	Kind     string `parquet:"kind,dict" desc:"part_of, prerequisite, leads_to or equivalent"`
	Declared bool   `parquet:"declared" desc:"stated by the source, not derived"`
}
