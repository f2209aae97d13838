package source_test

import (
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/source/sourcetest"
)

const secret = "secret.person"

func TestSchemaOrg(t *testing.T) {
	for _, sample := range []string{"jobposting.jsonl", "jobposting_array.json", "jobposting_graph.json", "jobposting_page.html"} {
		t.Run(sample, func(t *testing.T) {
			sourcetest.Run(t, sourcetest.Case{
				Feed:    source.Feed{Name: "jobs", Kind: source.Vacancies, Format: source.FormatSchemaOrg},
				Sample:  "testdata/" + sample,
				Records: 3,
				Broken:  "testdata/jobposting_broken.jsonl",
				Rules:   []string{source.RuleJSONBroken},
				Kept:    2,
				Secret:  secret,
			})
		})
	}
}

func TestCTDL(t *testing.T) {
	for _, sample := range []string{"ctdl_graph.json", "ctdl_envelopes.json"} {
		t.Run(sample, func(t *testing.T) {
			sourcetest.Run(t, sourcetest.Case{
				Feed:    source.Feed{Name: "registry", Kind: source.Credentials, Format: source.FormatCTDL},
				Sample:  "testdata/" + sample,
				Records: 2,
				Broken:  "testdata/ctdl_broken.json",
				Rules:   []string{source.RuleJSONBroken},
				Kept:    2,
				Secret:  secret,
			})
		})
	}
}

func csvFeed() source.Feed {
	return source.Feed{
		Name: "jobs", Kind: source.Vacancies, Format: source.FormatTable,
		Table: source.TableOptions{
			Columns: map[string]string{
				"source_id": "job id", "title": "Job title", "description": "text", "employer": "Company", "locality": "Place",
				"posted_on": "Posted", "expires_on": "Expires", "salary": "Pay", "skills": "Skills wanted",
			},
			DateFormat: "DD.MM.YYYY",
		},
		Constants: map[string]string{"country": "AT", "currency": "EUR"},
	}
}

func TestTableCSV(t *testing.T) {
	sourcetest.Run(t, sourcetest.Case{
		Feed:    csvFeed(),
		Sample:  "testdata/vacancies.csv",
		Records: 3,
		Broken:  "testdata/vacancies_broken.csv",
		Rules:   []string{source.RuleQuoteOpen, source.RuleColumnCount},
		Kept:    3,
		Secret:  secret,
	})
}

func tsvFeed() source.Feed {
	return source.Feed{
		Name: "courses", Kind: source.Credentials, Format: source.FormatTable,
		Table: source.TableOptions{
			Columns: map[string]string{
				"source_id": "id", "title": "name", "skills": "skills", "outcomes": "what you learn", "language": "lang",
				"eqf_level": "level", "price": "price",
			},
			ListSeparator: "|",
		},
	}
}

func ndjsonFeed() source.Feed {
	return source.Feed{
		Name: "platsbanken", Kind: source.Vacancies, Format: source.FormatTable,
		Table: source.TableOptions{Columns: map[string]string{
			"source_id": "id", "title": "headline", "description": "description.text", "employer": "employer.name",
			"skills": "must_have.skills.label", "locality": "workplace_address.municipality", "posted_on": "publication_date",
			"openings": "number_of_vacancies",
		}},
	}
}

func officialFeed() source.Feed {
	return source.Feed{
		Name: "totals", Kind: source.VacancyTotals, Format: source.FormatTable,
		Table: source.TableOptions{Columns: map[string]string{
			"region_code": "geo", "isco08": "isco08", "period_from": "TIME_PERIOD", "period_to": "TIME_PERIOD", "vacancies": "OBS_VALUE",
		}},
	}
}

func workforceFeed() source.Feed {
	return source.Feed{
		Name: "workforce", Kind: source.Workforce, Format: source.FormatTable,
		Table: source.TableOptions{Columns: map[string]string{
			"isco08": "group", "employed": "employed", "unemployed": "jobless", "wage": "pay", "under_qualified": "under",
		}},
		Constants: map[string]string{"country": "AT", "currency": "EUR", "wage_period": "month"},
	}
}

func TestTableOfOfficialFigures(t *testing.T) {
	sourcetest.Run(t, sourcetest.Case{
		Feed: officialFeed(), Sample: "testdata/vacancy_totals.csv", Records: 3,
		Broken: "testdata/vacancy_totals_broken.csv", Rules: []string{source.RuleColumnCount, source.RuleQuoteOpen}, Kept: 2,
	})
	sourcetest.Run(t, sourcetest.Case{Feed: workforceFeed(), Sample: "testdata/workforce.ndjson", Records: 2})
}

func TestTableTSV(t *testing.T) {
	sourcetest.Run(t, sourcetest.Case{Feed: tsvFeed(), Sample: "testdata/credentials.tsv", Records: 2})
}

func TestTableNDJSON(t *testing.T) {
	sourcetest.Run(t, sourcetest.Case{Feed: ndjsonFeed(), Sample: "testdata/vacancies_table.ndjson", Records: 2, Secret: secret})
}
