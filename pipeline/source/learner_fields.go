package source

// Learner is a row of a table about persons, as the feed gives it: of each kind of
// feed the fields that its list of columns names. Names and contacts have no field
// here, so that they are never read.
type Learner struct {
	ID     string // as the feed has it; it becomes a keyed hash
	Scheme string // who gave the id; "" is the same for all feeds
	Place
	DateFormat string // as for Vacancy

	BirthDate, Age, AgeBand                                                     string
	Gender, Education, Employment                                               string
	Disability, ThirdCountry, ForeignBackground, Minority                       string
	Homeless, Rural, MinimumIncome                                              string
	IncomeBand, NACE, Occupation                                                string
	IncomeBefore, IncomeEarlier, Income, IncomePeriod, Currency                 string
	Credential, Provider, ProviderNACE                                          string
	StartedOn, EndedOn, Status, Completed, Certified, CertifiedOn, IndexOn      string
	Funding, PricePaid, PriceCurrency                                           string
	ObservedOn, MonthsAfter                                                     string
	JobSearch, FurtherLearning, Qualification, SituationImproved, RelatedToWork string
	GivenOn, Quality, Effect, ScaleMin, ScaleMax, Text                          string
	Breakdown, Category, Persons, PeriodFrom, PeriodTo                          string
}

type learnerColumn = column[Learner]

func learnerText(name, doc string, at func(*Learner) *string) learnerColumn {
	return learnerColumn{Field: Field{Name: name, Doc: doc}, text: at}
}

// learnerColumns returns the one list of the fields of a kind of feed about
// persons; nil for another kind.
func learnerColumns(kind Kind) []learnerColumn {
	switch kind {
	case Enrolments:
		return append(personColumns(), enrolmentColumns()...)
	case Comparison:
		return append(personColumns(), learnerText("index_on", "day on which a participation would have started", func(l *Learner) *string { return &l.IndexOn }))
	case FollowUps:
		return append(idColumns(), followUpColumns()...)
	case FeedbackKind:
		return append(idColumns(), feedbackColumns()...)
	case ReferencePopulation:
		return append(residenceColumns(), referenceColumns()...)
	}
	return nil
}

func idColumns() []learnerColumn {
	text := learnerText
	return []learnerColumn{
		text("learner", "id of the person; kept as a keyed hash alone", func(l *Learner) *string { return &l.ID }),
		text("learner_scheme", "who gave the id, where feeds have ids of several givers: the same id of another scheme is another person", func(l *Learner) *string { return &l.Scheme }),
	}
}

func residenceColumns() []learnerColumn {
	text := learnerText
	return []learnerColumn{
		text("region", "region of residence, a name", func(l *Learner) *string { return &l.Region }),
		text("region_code", "region of residence, a NUTS code or the ISO code of a country", func(l *Learner) *string { return &l.RegionCode }),
		text("country", "country of residence, code or name", func(l *Learner) *string { return &l.Country }),
	}
}

// personColumns say what a person is on the day a participation starts, or would
// have started.
func personColumns() []learnerColumn {
	text := learnerText
	return append(append(idColumns(), residenceColumns()...),
		text("birth_date", "date or year of birth; kept as an age band alone", func(l *Learner) *string { return &l.BirthDate }),
		text("age", "age in years on the first day", func(l *Learner) *string { return &l.Age }),
		text("age_band", "age band, where neither birth date nor age is known", func(l *Learner) *string { return &l.AgeBand }),
		text("gender", "female, male or other, or f, m, x", func(l *Learner) *string { return &l.Gender }),
		text("education", "highest level attained: ISCED 2011 level 0 to 8, 0-2, 3-4 or 5-8, or another division in its own words", func(l *Learner) *string { return &l.Education }),
		text("employment", "employed, unemployed, long-term unemployed or inactive", func(l *Learner) *string { return &l.Employment }),
		text("disability", "yes or no: has a disability", func(l *Learner) *string { return &l.Disability }),
		text("third_country", "yes or no: is a national of a third country", func(l *Learner) *string { return &l.ThirdCountry }),
		text("foreign_background", "yes or no: has a foreign background", func(l *Learner) *string { return &l.ForeignBackground }),
		text("minority", "yes or no: belongs to a minority", func(l *Learner) *string { return &l.Minority }),
		text("homeless", "yes or no: is homeless or affected by housing exclusion", func(l *Learner) *string { return &l.Homeless }),
		text("rural", "yes or no: lives in a rural area", func(l *Learner) *string { return &l.Rural }),
		text("minimum_income", "yes or no: receives a minimum income", func(l *Learner) *string { return &l.MinimumIncome }),
		text("income_band", "band of income or deprivation, in the feed's own words", func(l *Learner) *string { return &l.IncomeBand }),
		text("nace", "economic activity of the work then, NACE Rev. 2", func(l *Learner) *string { return &l.NACE }),
		text("occupation", "occupation then: a title, an ISCO-08 code or the URI of an ESCO occupation", func(l *Learner) *string { return &l.Occupation }),
		text("income_before", "income before, per income_period", func(l *Learner) *string { return &l.IncomeBefore }),
		text("income_earlier", "income in a period before that of income_before, per income_period", func(l *Learner) *string { return &l.IncomeEarlier }),
		text("income_period", "hour, day, week, month or year; a month has 4.35 weeks, a week 40 hours and 5 days", func(l *Learner) *string { return &l.IncomePeriod }),
		text("currency", "currency of the incomes, code or name", func(l *Learner) *string { return &l.Currency }),
	)
}

func titleColumn() learnerColumn {
	return learnerText("credential", "the credential: its source id or url in a catalogue, or its title", func(l *Learner) *string { return &l.Credential })
}

func enrolmentColumns() []learnerColumn {
	text := learnerText
	return []learnerColumn{
		titleColumn(),
		text("provider", "name of the provider", func(l *Learner) *string { return &l.Provider }),
		text("provider_nace", "economic activity of the provider, NACE Rev. 2", func(l *Learner) *string { return &l.ProviderNACE }),
		text("started_on", "first day", func(l *Learner) *string { return &l.StartedOn }),
		text("ended_on", "day of leaving, completed or not", func(l *Learner) *string { return &l.EndedOn }),
		text("status", "enrolled, completed, certified, failed or withdrawn", func(l *Learner) *string { return &l.Status }),
		text("completed", "yes or no: has done all that it asks", func(l *Learner) *string { return &l.Completed }),
		text("certified", "yes or no: the credential is awarded", func(l *Learner) *string { return &l.Certified }),
		text("certified_on", "day of the award", func(l *Learner) *string { return &l.CertifiedOn }),
		text("funding", "voucher, individual learning account, employer, public, other or none", func(l *Learner) *string { return &l.Funding }),
		text("price_paid", "what was paid for it, by whomsoever", func(l *Learner) *string { return &l.PricePaid }),
		text("price_currency", "currency of the price, code or name", func(l *Learner) *string { return &l.PriceCurrency }),
	}
}

func followUpColumns() []learnerColumn {
	text := learnerText
	return []learnerColumn{
		titleColumn(),
		text("observed_on", "day to which the observation refers", func(l *Learner) *string { return &l.ObservedOn }),
		text("months_after", "months after leaving to which it refers; 0: within four weeks", func(l *Learner) *string { return &l.MonthsAfter }),
		text("employment", "employed, unemployed, long-term unemployed or inactive", func(l *Learner) *string { return &l.Employment }),
		text("job_search", "yes or no: seeks work", func(l *Learner) *string { return &l.JobSearch }),
		text("further_learning", "yes or no: is in education or training", func(l *Learner) *string { return &l.FurtherLearning }),
		text("qualification", "yes or no: has gained a qualification", func(l *Learner) *string { return &l.Qualification }),
		text("situation_improved", "yes or no: the situation in the labour market is better than on entry, otherwise than by a pay rise alone", func(l *Learner) *string { return &l.SituationImproved }),
		text("occupation", "occupation: a title, an ISCO-08 code or the URI of an ESCO occupation", func(l *Learner) *string { return &l.Occupation }),
		text("nace", "economic activity, NACE Rev. 2", func(l *Learner) *string { return &l.NACE }),
		text("income", "income per income_period", func(l *Learner) *string { return &l.Income }),
		text("income_period", "hour, day, week, month or year; a month has 4.35 weeks, a week 40 hours and 5 days", func(l *Learner) *string { return &l.IncomePeriod }),
		text("currency", "currency of the income, code or name", func(l *Learner) *string { return &l.Currency }),
		text("related_to_training", "yes or no: the work is related to what was learnt", func(l *Learner) *string { return &l.RelatedToWork }),
	}
}

func feedbackColumns() []learnerColumn {
	text := learnerText
	return []learnerColumn{
		titleColumn(),
		text("given_on", "day of the opinion", func(l *Learner) *string { return &l.GivenOn }),
		text("quality", "opinion of its quality, on the feed's scale", func(l *Learner) *string { return &l.Quality }),
		text("effect", "opinion of its effect on work, on the feed's scale", func(l *Learner) *string { return &l.Effect }),
		text("scale_min", "worst opinion of the scale; empty: 1", func(l *Learner) *string { return &l.ScaleMin }),
		text("scale_max", "best opinion of the scale; empty: 5", func(l *Learner) *string { return &l.ScaleMax }),
		text("text", "the opinion in words; contacts are removed", func(l *Learner) *string { return &l.Text }),
	}
}

func referenceColumns() []learnerColumn {
	text := learnerText
	return []learnerColumn{
		text("period_from", "first month of the period: a month, quarter or year (2026-04, 2026-Q2, 2026) or a date; empty: from the beginning", func(l *Learner) *string { return &l.PeriodFrom }),
		text("period_to", "last month of the period, likewise; may be the same column", func(l *Learner) *string { return &l.PeriodTo }),
		text("breakdown", "field of enrolments by which the persons are divided, as gender; TOTAL for all persons", func(l *Learner) *string { return &l.Breakdown }),
		text("category", "value of that field, yes or no where it is one; TOTAL for all persons", func(l *Learner) *string { return &l.Category }),
		text("persons", "persons of the category", func(l *Learner) *string { return &l.Persons }),
	}
}
