package measure_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
)

var (
	month   = model.NewDate(2020, 11, 1)
	periods = []string{measure.TwelveMonths, measure.OneMonth}
	// Low enough that every non-empty cell and every skill asked is written.
	lowest = measure.Options{MinCell: 1, MinLinks: 1}
)

func measured(t interface{ Fatal(...any) }, in *measure.Input) []measure.Result {
	m, err := measure.New(in, lowest)
	if err != nil {
		t.Fatal(err)
	}
	var results []measure.Result
	for _, p := range periods {
		results = append(results, m.Month(month, p))
	}
	return results
}

func TestSharesStayInBounds(t *testing.T) {
	within := func(t *rapid.T, name string, low, share, high float64) {
		if !(0 <= low && low <= share && share <= high && high <= 1) {
			t.Fatalf("%s: %v, %v to %v", name, share, low, high)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		for _, r := range measured(t, input(t)) {
			for _, c := range r.Cells {
				within(t, "any digital", 0, c.AnyDigital, 1)
				within(t, "any green", 0, c.AnyGreen, 1)
				if c.Coverage != nil {
					within(t, "coverage", 0, *c.Coverage, 1)
				}
				if c.NEffective > float64(c.Vacancies)+1e-9 {
					t.Fatalf("%v effective of %d vacancies", c.NEffective, c.Vacancies)
				}
			}
			for _, d := range r.Demand {
				within(t, "demand", d.ShareLow, d.Share, d.ShareHigh)
				if d.Weighted > float64(d.Openings) || d.OpenStock > d.Openings || d.Employers > d.Vacancies {
					t.Fatalf("parts exceed the whole: %+v", d)
				}
			}
			for _, s := range r.Supply {
				within(t, "supply", s.ShareLow, s.Share, s.ShareHigh)
			}
			for _, g := range r.Gaps {
				if g.ShareGap != nil && !(-1 <= *g.GapLow && *g.GapLow <= *g.ShareGap && *g.ShareGap <= *g.GapHigh && *g.GapHigh <= 1) {
					t.Fatalf("gap %v, %v to %v", *g.ShareGap, *g.GapLow, *g.GapHigh)
				}
			}
		}
	})
}

// Demand shares are of openings: recomputed here the slow way, over all cells.
func TestDemandIsWeightedByOpenings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := input(t)
		for _, d := range measured(t, in)[0].Demand {
			var asking, all int64
			for _, p := range in.Postings {
				if !inCell(&p, &d.CellKey) {
					continue
				}
				w := int64(max(p.Openings, 1))
				all += w * 10000
				for _, a := range p.Skills {
					if in.Skills[a.Skill].URI == d.SkillURI {
						asking += w * int64(a.Probability)
					}
				}
			}
			if want := float64(asking) / float64(all); d.Share != want {
				t.Fatalf("%+v: share %v, want %v", d.CellKey, d.Share, want)
			}
		}
	})
}

// inCell tells whether a posting belongs to a cell of twelve months.
func inCell(p *measure.Posting, k *model.CellKey) bool {
	occupation := k.OccupationCode == model.Total || k.OccupationCode == p.Occupation || strings.HasPrefix(p.ISCO, k.OccupationCode)
	sector := k.NACESection == model.Total || k.NACESection == p.Section
	return occupation && sector && p.Regions[k.RegionLevel] == k.RegionCode &&
		p.Month > month.AddMonths(-12) && p.Month <= month
}

func TestGroupsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, r := range measured(t, input(t)) {
			total, groups := map[string]int32{}, map[string]int32{}
			for _, c := range r.Cells {
				switch {
				case c.OccupationLevel == "isco1":
					groups[c.RegionCode] += c.Vacancies
				case c.OccupationLevel == "all" && c.NACESection == model.Total:
					total[c.RegionCode] = c.Vacancies
				}
			}
			for region, n := range groups {
				if n > total[region] {
					t.Fatalf("%s: %d vacancies in the major groups, %d in all", region, n, total[region])
				}
			}
		}
	})
}

func TestOrderOfInputDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := input(t)
		before := measured(t, in)
		in.Postings, in.Offers = rapid.Permutation(in.Postings).Draw(t, "postings again"), rapid.Permutation(in.Offers).Draw(t, "offers again")
		if after := measured(t, in); !reflect.DeepEqual(before, after) {
			t.Fatalf("before %+v\nafter %+v", before, after)
		}
	})
}

func TestAnotherPostingNeverLowersCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := input(t)
		before := measured(t, in)
		in.Postings = append(in.Postings, postings.Draw(t, "another"))
		for i, after := range measured(t, in) {
			cells, skills := map[model.CellKey]int32{}, map[string]int32{}
			for _, c := range after.Cells {
				cells[c.CellKey] = c.Vacancies
			}
			for _, d := range after.Demand {
				skills[fmt.Sprint(d.CellKey, d.SkillURI)] = d.Vacancies
			}
			for _, c := range before[i].Cells {
				if cells[c.CellKey] < c.Vacancies {
					t.Fatalf("%+v had %d vacancies, has %d", c.CellKey, c.Vacancies, cells[c.CellKey])
				}
			}
			for _, d := range before[i].Demand {
				if skills[fmt.Sprint(d.CellKey, d.SkillURI)] < d.Vacancies {
					t.Fatalf("%+v: %s had %d vacancies", d.CellKey, d.SkillURI, d.Vacancies)
				}
			}
		}
	})
}

func TestRowsComeInKeyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, err := measure.New(input(t), lowest)
		if err != nil {
			t.Fatal(err)
		}
		r := m.Month(month, periods...)
		ascending(t, model.Cells, r.Cells)
		ascending(t, model.SkillDemands, r.Demand)
		ascending(t, model.SkillSupplies, r.Supply)
		ascending(t, model.SkillGaps, r.Gaps)
		if one, twelve := m.Month(month, measure.OneMonth), m.Month(month, measure.TwelveMonths); len(r.Gaps) != len(one.Gaps)+len(twelve.Gaps) {
			t.Fatalf("%d gaps in both periods, %d and %d in each", len(r.Gaps), len(twelve.Gaps), len(one.Gaps))
		}
	})
}

func ascending[R any](t *rapid.T, ds model.Dataset[R], rows []R) {
	for i := 1; i < len(rows); i++ {
		if ds.Compare(&rows[i-1], &rows[i]) >= 0 {
			t.Fatalf("%s: %+v comes before %+v", ds.Name, rows[i-1], rows[i])
		}
	}
}

func TestConcurrentCallsAgree(t *testing.T) {
	in := synthetic(rand.New(rand.NewPCG(1, 2)), size{postings: 2000, occupations: 10, offers: 100, skills: 60, asks: 6, taught: 6, regions: 3})
	m, err := measure.New(in, measure.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := m.Month(month, measure.TwelveMonths)
	if len(want.Gaps) == 0 {
		t.Fatal("no gap to compare")
	}
	var calls sync.WaitGroup
	for range 4 {
		calls.Go(func() {
			if got := m.Month(month, measure.TwelveMonths); !reflect.DeepEqual(got, want) {
				t.Error("another call gave another result")
			}
		})
	}
	calls.Wait()
}
