package source

type vacancyColumn = column[Vacancy]

func vacancyText(name, doc string, at func(*Vacancy) *string) vacancyColumn {
	return vacancyColumn{Field: Field{Name: name, Doc: doc}, text: at}
}

// vacancyColumns is the one list of the fields of vacancies.
func vacancyColumns() []vacancyColumn {
	text := vacancyText
	return []vacancyColumn{
		text("source_id", "the feed's own id; where none is given, the URL, or a hash of the content", func(v *Vacancy) *string { return &v.SourceID }),
		text("url", "page of the advertisement", func(v *Vacancy) *string { return &v.URL }),
		text("title", "job title", func(v *Vacancy) *string { return &v.Title }),
		text("description", "text or HTML of the advertisement", func(v *Vacancy) *string { return &v.Description }),
		text("responsibilities", "duties, where they are apart from the description", func(v *Vacancy) *string { return &v.Responsibilities }),
		text("qualifications", "qualifications asked for", func(v *Vacancy) *string { return &v.Qualifications }),
		text("experience", "experience asked for", func(v *Vacancy) *string { return &v.Experience }),
		text("employer", "hiring organisation", func(v *Vacancy) *string { return &v.Employer }),
		text("nace", "economic activity of the employer, NACE Rev. 2", func(v *Vacancy) *string { return &v.NACE }),
		text("occupation_uri", "ESCO occupation", func(v *Vacancy) *string { return &v.OccupationURI }),
		text("isco08", "ISCO-08 unit group, 4 digits", func(v *Vacancy) *string { return &v.ISCO08 }),
		text("occupation_title", "name of the occupation, where the feed classifies", func(v *Vacancy) *string { return &v.OccupationTitle }),
		text("locality", "town of the workplace", func(v *Vacancy) *string { return &v.Locality }),
		text("region", "name of a region", func(v *Vacancy) *string { return &v.Region }),
		text("region_code", "NUTS code of a region", func(v *Vacancy) *string { return &v.RegionCode }),
		text("postal_code", "postcode of the workplace", func(v *Vacancy) *string { return &v.PostalCode }),
		text("country", "country of the workplace, code or name", func(v *Vacancy) *string { return &v.Country }),
		{Field: Field{Name: "remote", Doc: "yes or true where the work can be done from anywhere"}, flag: func(v *Vacancy) *bool { return &v.Remote }},
		text("posted_on", "day of posting", func(v *Vacancy) *string { return &v.PostedOn }),
		text("expires_on", "last day for applications", func(v *Vacancy) *string { return &v.ExpiresOn }),
		text("openings", "posts on offer", func(v *Vacancy) *string { return &v.Openings }),
		text("language", "language of the text, code or name", func(v *Vacancy) *string { return &v.Language }),
		text("salary", "pay in words or numbers, where it is one column", func(v *Vacancy) *string { return &v.Salary.Value }),
		text("salary_min", "lowest pay", func(v *Vacancy) *string { return &v.Salary.Min }),
		text("salary_max", "highest pay", func(v *Vacancy) *string { return &v.Salary.Max }),
		text("currency", "currency of the pay, code or name", func(v *Vacancy) *string { return &v.Salary.Currency }),
		text("salary_period", "hour, day, week, month or year", func(v *Vacancy) *string { return &v.Salary.Unit }),
		{Field: Field{Name: "skills", Doc: "skills required: names or ESCO URIs"}, skills: func(v *Vacancy) *[]StatedSkill { return &v.Skills }, relation: "required"},
		{Field: Field{Name: "skills_preferred", Doc: "skills that are an advantage: names or ESCO URIs"}, skills: func(v *Vacancy) *[]StatedSkill { return &v.Skills }, relation: "preferred"},
	}
}
