package pipeline

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
)

func total(feed, region string, posts int64) model.VacancyTotal {
	return model.VacancyTotal{Source: feed, TableKey: model.TableKey{RegionCode: region, OccupationCode: model.Total}, Vacancies: posts}
}

func TestRowsOfOfficialTables(t *testing.T) {
	before := []model.VacancyTotal{total("a", "AT", 1), total("a", "BE", 2)}
	feeds := []config.Feed{{Name: "a"}, {Name: "b"}}
	for name, c := range map[string]struct {
		content                        string
		listed                         []model.VacancyTotal
		want                           []model.VacancyTotal
		repeats, superseded, unchanged int64
	}{
		"the same":       {config.ContentFull, before, before, 0, 0, 2},
		"one less":       {config.ContentFull, before[:1], before[:1:1], 0, 0, 1},
		"one less delta": {config.ContentDelta, []model.VacancyTotal{total("a", "BE", 3)}, []model.VacancyTotal{total("a", "BE", 3), total("a", "AT", 1)}, 0, 0, 1},
		"repeated":       {config.ContentFull, []model.VacancyTotal{total("a", "AT", 1), total("a", "AT", 1)}, before[:1:1], 1, 0, 1},
		"the later one":  {config.ContentFull, []model.VacancyTotal{total("a", "AT", 1), total("a", "AT", 5)}, []model.VacancyTotal{total("a", "AT", 5)}, 0, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			o := &official[model.VacancyTotal, *model.VacancyTotal]{
				before: map[string][]model.VacancyTotal{"a": before, "b": {total("b", "FR", 9)}, "gone": {total("gone", "FR", 7)}},
				now:    map[string][]model.VacancyTotal{},
			}
			var l listing
			o.take(config.Feed{Name: "a", Content: c.content}, c.listed, &l)
			if d := cmp.Diff(append(c.want, total("b", "FR", 9)), o.rows(feeds)); d != "" { // b failed, gone is configured no more
				t.Error(d)
			}
			if l.repeats != c.repeats || l.superseded != c.superseded || o.unchanged("a") != c.unchanged {
				t.Errorf("%d repeats, %d superseded, %d unchanged", l.repeats, l.superseded, o.unchanged("a"))
			}
		})
	}
}

// Of two feeds the one configured first counts, figure by figure; pay keeps its
// currency and its earlier value.
func TestFiguresOfSeveralFeedsAreMerged(t *testing.T) {
	n := func(v int64) *int64 { return &v }
	pay := func(v model.Money) *model.Money { return &v }
	key := model.TableKey{RegionCode: "AT", OccupationCode: "25", OccupationLevel: "isco2"}
	rows := []model.Workforce{
		{Source: "earnings", TableKey: key, Employed: n(7), Wage: pay(300), WageEarlier: pay(200), Currency: "EUR"},
		{Source: "survey", TableKey: key, Employed: n(9), Unemployed: n(1)},
		{Source: "third", TableKey: key, Vacancies: n(3), Wage: pay(100), Currency: "PLN"},
	}
	got := mergedWorkforce(rows, []config.Feed{{Name: "survey"}, {Name: "earnings"}, {Name: "third"}})
	want := []model.Workforce{{Source: "survey", TableKey: key, Employed: n(9), Unemployed: n(1), Vacancies: n(3), Wage: pay(300), WageEarlier: pay(200), Currency: "EUR"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// Weights of a month that a night need not measure again do not change its
// fingerprint.
func TestOnlyTheWeightsOfItsMonthsDecideAMonth(t *testing.T) {
	q1, q2 := model.NewDate(2026, 1, 1), model.NewDate(2026, 4, 1)
	print := func(posts int64, first, last model.Date) string {
		at := [measure.RegionLevels]string{"AT"}
		c, err := measure.Calibrate([]measure.Total{
			{Regions: at, From: q1, To: q1.AddMonths(2), Posts: 10}, {Regions: at, From: q2, To: q2.AddMonths(2), Posts: posts},
		}, func(yield func(*measure.Posting) bool) {
			_ = yield(&measure.Posting{Month: q1, Regions: at}) && yield(&measure.Posting{Month: q2, Regions: at})
		})
		if err != nil {
			t.Fatal(err)
		}
		inputs, err := (&Night{calibration: c}).calibrationInputs(first, last)
		if err != nil || inputs == "" {
			t.Fatal(inputs, err)
		}
		return inputs
	}
	if print(20, q1, q1.AddMonths(2)) != print(30, q1, q1.AddMonths(2)) {
		t.Error("totals of the second quarter decide the first")
	}
	if print(20, q1, q2) == print(30, q1, q2) {
		t.Error("totals of the second quarter decide nothing")
	}
	if print(20, q1.AddMonths(-1), q1) == print(30, q1.AddMonths(-1), q1) {
		t.Error("a month outside all periods has the weight of all groups")
	}
}
