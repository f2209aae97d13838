package generate

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// vacancyColumns are the columns of the table of vacancies: our field, their
// name.
var vacancyColumns = [][2]string{
	{"source_id", "reference"}, {"title", "job"}, {"employer", "company"}, {"nace", "activity"}, {"isco08", "isco"},
	{"region_code", "nuts2"}, {"locality", "town"}, {"postal_code", "zip"}, {"country", "country"},
	{"posted_on", "published"}, {"expires_on", "closes"}, {"openings", "posts"}, {"language", "lang"},
	{"salary_min", "pay_from"}, {"salary_max", "pay_to"}, {"currency", "pay_currency"}, {"salary_period", "pay_per"},
	{"skills", "competences"}, {"url", "link"}, {"description", "advert"},
}

const (
	vacancySeparator = ';'
	listSeparator    = "|"
)

// vacancyTable writes vacancies as rows.
type vacancyTable struct{ rows *csv.Writer }

func newVacancyTable(to io.Writer) (*vacancyTable, error) {
	t := &vacancyTable{csv.NewWriter(to)}
	t.rows.Comma = vacancySeparator
	return t, t.rows.Write(theirs(vacancyColumns))
}

func (t *vacancyTable) write(w *world, v *vacancy, f fault) error {
	row := w.vacancyRow(v)
	if err := t.rows.Write(f.spoil(row, w.options)); err != nil {
		return fmt.Errorf("write row of vacancy %s: %w", v.id, err)
	}
	return nil
}

func (t *vacancyTable) close() error {
	t.rows.Flush()
	return t.rows.Error()
}

func (w *world) vacancyRow(v *vacancy) []string {
	cells := map[string]string{
		"source_id": v.id, "title": v.title, "employer": v.employer.name, "nace": v.employer.nace, "isco08": v.job.isco,
		"country": v.region.country, "posted_on": v.posted.String(), "expires_on": v.expires.String(),
		"openings": strconv.Itoa(v.openings), "language": v.language,
		"url": "https://example.org/jobs/" + v.id, "description": v.text.write(v.markup),
	}
	if !v.onlyCountry {
		cells["region_code"], cells["locality"], cells["postal_code"] = v.region.code, v.region.towns[v.town], v.region.postcodes[v.town]
	}
	if v.salary.from > 0 {
		cells["salary_min"], cells["salary_max"] = strconv.Itoa(v.salary.from), strconv.Itoa(v.salary.to)
		cells["currency"], cells["salary_period"] = "EUR", v.salary.period()
	}
	if v.lists {
		var names []string
		for _, m := range v.mentions {
			names = append(names, m.text)
		}
		cells["skills"] = strings.Join(names, listSeparator)
	}
	return row(vacancyColumns, cells)
}

// fault is what is wrong with a row on purpose, so that rejected records can
// be seen.
type fault int

const (
	sound fault = iota
	noTitle
	brokenDate
	afterAsOf
	shortRow
	manyPosts
	faults
)

// oneFaultIn is how many records stand for one that is spoilt: eight of 16,000.
const oneFaultIn = 2000

// faultOf returns the fault of record number i.
func faultOf(i int) fault {
	if i%oneFaultIn != oneFaultIn/2 {
		return sound
	}
	return 1 + fault(i/oneFaultIn)%(faults-1)
}

func (f fault) spoil(row []string, o Options) []string {
	set := func(field, value string) {
		for i, c := range vacancyColumns {
			if c[0] == field {
				row[i] = value
			}
		}
	}
	switch f {
	case noTitle:
		set("title", "")
	case brokenDate:
		set("posted_on", "31/02/"+o.AsOf.String()[:4])
	case afterAsOf:
		set("posted_on", (o.AsOf + 40).String())
	case shortRow:
		row = row[:len(row)-3]
	case manyPosts:
		set("openings", "1000000")
	}
	return row
}

// theirs returns the names in the header of a table.
func theirs(columns [][2]string) []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c[1]
	}
	return names
}

// mapping returns the columns as the configuration names them.
func mapping(columns [][2]string) map[string]string {
	m := make(map[string]string, len(columns))
	for _, c := range columns {
		m[c[0]] = c[1]
	}
	return m
}

// row orders cells, by our field, as the columns.
func row(columns [][2]string, cells map[string]string) []string {
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = cells[c[0]]
	}
	return row
}
