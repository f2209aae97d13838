package source

type credentialColumn = column[Credential]

func credentialText(name, doc string, at func(*Credential) *string) credentialColumn {
	return credentialColumn{Field: Field{Name: name, Doc: doc}, text: at}
}

func credentialItems(name, doc string, prose bool, at func(*Credential) *[]string) credentialColumn {
	return credentialColumn{Field: Field{Name: name, Doc: doc}, items: at, prose: prose}
}

func credentialSkills(name, doc, relation string) credentialColumn {
	return credentialColumn{Field: Field{Name: name, Doc: doc}, skills: func(c *Credential) *[]StatedSkill { return &c.Skills }, relation: relation}
}

// credentialColumns is the one list of the fields of credentials.
func credentialColumns() []credentialColumn {
	text, items := credentialText, credentialItems
	return append(offerColumns(), []credentialColumn{
		text("hours", "learner effort in hours, or an ISO 8601 duration", func(c *Credential) *string { return &c.Hours }),
		text("hours_per_week", "learner effort a week in hours", func(c *Credential) *string { return &c.HoursPerWeek }),
		text("duration", "from the first day to the last: 12 weeks, P3M", func(c *Credential) *string { return &c.Duration }),
		text("duration_days", "the same as a number of days", func(c *Credential) *string { return &c.DurationDays }),
		text("credits", "credit points", func(c *Credential) *string { return &c.Credits }),
		text("credit_scheme", "scheme of the credit points", func(c *Credential) *string { return &c.CreditScheme }),
		text("ects", "ECTS points", func(c *Credential) *string { return &c.ECTS }),
		text("eqf_level", "level of the European Qualifications Framework", func(c *Credential) *string { return &c.EQFLevel }),
		text("level_scheme", "framework of level", func(c *Credential) *string { return &c.LevelScheme }),
		text("level", "level in a framework", func(c *Credential) *string { return &c.Level }),
		text("isced_f", "field of education, ISCED-F 2013", func(c *Credential) *string { return &c.ISCEDF }),
		text("audience_level", "beginner, intermediate, advanced, …", func(c *Credential) *string { return &c.AudienceLevel }),
		text("price", "full price to the learner", func(c *Credential) *string { return &c.Price }),
		text("currency", "currency of the price, code or name", func(c *Credential) *string { return &c.Currency }),
		text("assessment_type", "form of assessment; none where nothing is assessed", func(c *Credential) *string { return &c.AssessmentType }),
		text("participation_form", "form of participation", func(c *Credential) *string { return &c.ParticipationForm }),
		items("learning_outcomes", "learning outcomes, a line each", true, func(c *Credential) *[]string { return &c.LearningOutcomes }),
		items("outcomes", "short for learning_outcomes", true, func(c *Credential) *[]string { return &c.LearningOutcomes }),
		items("prerequisites", "entry requirements, a line each", true, func(c *Credential) *[]string { return &c.Prerequisites }),
		text("recognition", "recognition or credit transfer", func(c *Credential) *string { return &c.Recognition }),
		text("work_placement", "yes or no", func(c *Credential) *string { return &c.WorkPlacement }),
		text("qa_scheme", "quality-assurance scheme; none where there is none", func(c *Credential) *string { return &c.QAScheme }),
		text("qa_status", "valid, suspended, withdrawn", func(c *Credential) *string { return &c.QAStatus }),
		text("qa_valid_to", "last day of the quality assurance", func(c *Credential) *string { return &c.QAValidTo }),
		items("occupation_uris", "ESCO occupations it prepares for", false, func(c *Credential) *[]string { return &c.OccupationURIs }),
		items("isco08s", "ISCO-08 unit groups it prepares for", false, func(c *Credential) *[]string { return &c.ISCO08s }),
		text("starts_on", "first day of the offer", func(c *Credential) *string { return &c.StartsOn }),
		text("ends_on", "last day of the offer", func(c *Credential) *string { return &c.EndsOn }),
		text("application_deadline", "last day for applications", func(c *Credential) *string { return &c.ApplicationDeadline }),
		text("places", "places per start", func(c *Credential) *string { return &c.Places }),
		text("updated_on", "last change at the source", func(c *Credential) *string { return &c.UpdatedOn }),
		text("status", "life-cycle status: active, ceased, …", func(c *Credential) *string { return &c.Status }),
		credentialSkills("skills", "skills taught: names or ESCO URIs", "teaches"),
		credentialSkills("skills_assessed", "skills assessed: names or ESCO URIs", "assesses"),
		credentialSkills("skills_required", "skills asked on entry: names or ESCO URIs", "requires"),
	}...)
}

// offerColumns are the fields that say what is offered by whom and where.
func offerColumns() []credentialColumn {
	text := credentialText
	return []credentialColumn{
		text("source_id", "the feed's own id; where none is given, the URL, or a hash of the content", func(c *Credential) *string { return &c.SourceID }),
		text("url", "page of the offer", func(c *Credential) *string { return &c.URL }),
		text("kind", "MicroCredential, Badge, Course, …", func(c *Credential) *string { return &c.Kind }),
		text("title", "title of the offer", func(c *Credential) *string { return &c.Title }),
		text("description", "text or HTML", func(c *Credential) *string { return &c.Description }),
		text("text_language", "language of the texts, where it is not that of instruction", func(c *Credential) *string { return &c.TextLanguage }),
		text("provider_id", "id of the provider", func(c *Credential) *string { return &c.ProviderID }),
		text("provider", "name of the provider", func(c *Credential) *string { return &c.Provider }),
		text("provider_nace", "economic activity of the provider, NACE Rev. 2", func(c *Credential) *string { return &c.ProviderNACE }),
		text("awarding_body", "who awards, where it is not the provider", func(c *Credential) *string { return &c.AwardingBody }),
		text("locality", "town where it is held", func(c *Credential) *string { return &c.Locality }),
		text("region", "name of a region", func(c *Credential) *string { return &c.Region }),
		text("region_code", "NUTS code of a region", func(c *Credential) *string { return &c.RegionCode }),
		text("postal_code", "postcode", func(c *Credential) *string { return &c.PostalCode }),
		text("country", "country, code or name", func(c *Credential) *string { return &c.Country }),
		credentialItems("language", "languages of instruction, codes or names", false, func(c *Credential) *[]string { return &c.Languages }),
		text("delivery_mode", "online, in person or blended", func(c *Credential) *string { return &c.DeliveryMode }),
		text("schedule", "full-time, part-time, evening, weekend or self-paced", func(c *Credential) *string { return &c.Schedule }),
	}
}
