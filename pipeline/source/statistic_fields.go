package source

// Statistic is a row of a table of official figures, as the feed gives it: of a
// feed of [VacancyTotals] the vacancies alone, of one of [Workforce] any of them.
type Statistic struct {
	Place
	ISCO08     string // code of the group of occupations, or TOTAL
	PeriodFrom string // month, quarter, year or day; "" is from the beginning
	PeriodTo   string // likewise; "" is to the end
	DateFormat string // as for Vacancy

	Vacancies      string
	Employed       string
	Unemployed     string
	Wage           string
	WageEarlier    string
	Currency       string
	WagePeriod     string
	Hours          string
	HoursEarlier   string
	UnderQualified string
}

type statisticColumn = column[Statistic]

// keyColumns are the fields that say of whom and when the figures are.
func keyColumns() []statisticColumn {
	text := statisticText
	return []statisticColumn{
		text("region", "name of a region", func(s *Statistic) *string { return &s.Region }),
		text("region_code", "NUTS code of a region down to level 2, or ISO code of a country", func(s *Statistic) *string { return &s.RegionCode }),
		text("country", "country, code or name", func(s *Statistic) *string { return &s.Country }),
		text("isco08", "ISCO-08 group of 1 to 4 digits, as 25 or OC25; TOTAL for all occupations", func(s *Statistic) *string { return &s.ISCO08 }),
		text("period_from", "first month of the period: a month, quarter or year (2026-04, 2026-Q2, 2026) or a date; empty: from the beginning", func(s *Statistic) *string { return &s.PeriodFrom }),
		text("period_to", "last month of the period, likewise; may be the same column", func(s *Statistic) *string { return &s.PeriodTo }),
	}
}

func statisticText(name, doc string, at func(*Statistic) *string) statisticColumn {
	return statisticColumn{Field: Field{Name: name, Doc: doc}, text: at}
}

// totalColumns is the one list of the fields of official totals of vacancies.
func totalColumns() []statisticColumn {
	return append(keyColumns(),
		statisticText("vacancies", "posts vacant in the period", func(s *Statistic) *string { return &s.Vacancies }))
}

// workforceColumns is the one list of the fields of workforce tables.
func workforceColumns() []statisticColumn {
	text := statisticText
	return append(keyColumns(),
		text("employed", "persons employed", func(s *Statistic) *string { return &s.Employed }),
		text("unemployed", "persons unemployed, by the occupation they had last", func(s *Statistic) *string { return &s.Unemployed }),
		text("vacancies", "posts vacant", func(s *Statistic) *string { return &s.Vacancies }),
		text("wage", "median pay", func(s *Statistic) *string { return &s.Wage }),
		text("wage_earlier", "median pay in an earlier period, in the same currency and per the same time", func(s *Statistic) *string { return &s.WageEarlier }),
		text("currency", "currency of the pay, code or name", func(s *Statistic) *string { return &s.Currency }),
		text("wage_period", "hour, day, week, month or year", func(s *Statistic) *string { return &s.WagePeriod }),
		text("hours", "usual hours worked a week", func(s *Statistic) *string { return &s.Hours }),
		text("hours_earlier", "usual hours a week in an earlier period", func(s *Statistic) *string { return &s.HoursEarlier }),
		text("under_qualified", "share of the employed whose qualification is below what their work asks: 0.12 or 12 %", func(s *Statistic) *string { return &s.UnderQualified }),
	)
}
