package warehouse

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// TestColumnsAreRows reads columns of all kinds, plain and by dictionary, required
// and optional, over several pages and groups of rows, and compares them with the
// rows.
func TestColumnsAreRows(t *testing.T) {
	var rows []model.Vacancy
	for i := range rowGroupRows + 3*batchRows/2 {
		v := model.Vacancy{
			PostedMonth: model.NewDate(2020, 1, 1).AddMonths(i % 2), VacancyID: fmt.Sprintf("%08d", i/6), Version: int32(i/2%3) + 1,
			OccupationScore: model.Score(i % 10_000), Country: []string{"", "AT", "BE"}[i%3],
		}
		if i%5 > 0 {
			v.PostedOn, v.DuplicateOf = model.Date(i), fmt.Sprintf("%08d", i/4)
		}
		rows = append(rows, v)
	}
	d := begin(t, t.TempDir(), "s1")
	write(t, d, model.Vacancies, rows...)
	describe := func(v *model.Vacancy) string {
		return fmt.Sprint(v.PostedMonth, v.VacancyID, v.Version, v.Country, v.DuplicateOf, int(v.PostedOn), int(v.OccupationScore))
	}
	var want, got []string
	for month := range 2 {
		for i := range rows {
			if rows[i].PostedMonth == model.NewDate(2020, 1, 1).AddMonths(month) {
				want = append(want, describe(&rows[i]))
			}
		}
	}
	groups := 0
	collect := func(month model.Date, n int, c []Column) func() error {
		var of []string
		for i := range n {
			of = append(of, describe(&model.Vacancy{
				PostedMonth: month, VacancyID: c[0].Text(i), Version: c[1].Numbers[i], Country: c[2].Text(i), DuplicateOf: c[3].Text(i),
				PostedOn: model.Date(c[4].Numbers[i]), OccupationScore: model.Score(c[5].Numbers[i]),
			}))
		}
		return func() error {
			groups, got = groups+1, append(got, of...)
			return nil
		}
	}
	names := []string{"vacancy_id", "version", "country", "duplicate_of", "posted_on", "occupation_score"}
	if err := ReadDraftColumns(d, model.Vacancies.Info, nil, names, collect); err != nil {
		t.Fatal(err)
	}
	if groups < 2 || !slices.Equal(got, want) {
		t.Fatalf("%d groups of %d rows, want at least 2 and the %d rows written, in order", groups, len(got), len(want))
	}
	got = nil
	january := func(m model.Date) bool { return m == model.NewDate(2020, 1, 1) }
	if err := ReadDraftColumns(d, model.Vacancies.Info, january, names, collect); err != nil {
		t.Fatal(err)
	}
	if n := (len(rows) + 1) / 2; !slices.Equal(got, want[:n]) {
		t.Errorf("%d rows of January, want %d", len(got), n)
	}
}

func TestColumnsThatAreNone(t *testing.T) {
	d := begin(t, t.TempDir(), "s1")
	write(t, d, model.Vacancies, model.Vacancy{PostedMonth: model.NewDate(2020, 1, 1), VacancyID: "a"})
	for name, want := range map[string]string{"colour": "no column colour", "remote": "neither text nor 32-bit integers"} {
		err := ReadDraftColumns(d, model.Vacancies.Info, nil, []string{name}, func(model.Date, int, []Column) func() error { return nil })
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("column %s: error %v, want %q", name, err, want)
		}
	}
}
