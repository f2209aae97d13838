package generate

import (
	"cmp"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// someRegions are a country of each level of NUTS.
func someRegions() []model.Region {
	region := func(code string, level int32) model.Region {
		return model.Region{RegionCode: code, RegionLevel: level, Country: "NL", RegionScheme: "NUTS2021"}
	}
	return []model.Region{region("NL", 0), region("NL1", 1), region("NL11", 2), region("NL111", 3), region("NL112", 3), region("NL3", 1), region("NL32", 2), region("NL321", 3)}
}

func linked(t *testing.T, change func(*LinkedOptions)) *Linked {
	t.Helper()
	tax, err := starterTaxonomy()
	if err != nil {
		t.Fatal(err)
	}
	o := LinkedOptions{Vacancies: 4800, Credentials: 200, Skills: 8, Months: Months, Seed: 1, AsOf: model.NewDate(2026, time.June, 30)}
	if change != nil {
		change(&o)
	}
	l, err := NewLinked(tax, someRegions(), o)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// drawn are all vacancies of a draw.
func drawn(l *Linked) []LinkedVacancy {
	var all []LinkedVacancy
	for _, month := range l.Months() {
		all = slices.AppendSeq(all, l.Vacancies(month))
	}
	return all
}

// TestLinkedVacanciesAreSpread: as many as wanted, in key order, with as many links
// as wanted, spread as those of a calibrated linker over all it may find.
func TestLinkedVacanciesAreSpread(t *testing.T) {
	all := drawn(linked(t, nil))
	if len(all) != 4800 {
		t.Fatalf("%d vacancies, want 4,800", len(all))
	}
	links, originals, repeats, stated, score, months := 0, 0, 0, 0, 0.0, map[model.Date]int{}
	levels, employers := map[int32]int{}, map[string]int{}
	for i := range all {
		v := &all[i]
		months[v.Row.PostedMonth]++
		levels[v.Row.RegionLevel]++
		employers[v.Row.Employer]++
		if i > 0 && v.Row.PostedMonth == all[i-1].Row.PostedMonth && v.Row.VacancyID <= all[i-1].Row.VacancyID {
			t.Fatalf("vacancy %s comes after %s", v.Row.VacancyID, all[i-1].Row.VacancyID)
		}
		if v.Row.DuplicateOf != "" {
			repeats++
			continue
		}
		originals++
		links += len(v.Skills)
		for _, s := range v.Skills {
			score += s.Score.Float()
			if s.Method != "linked" {
				stated++
			}
		}
	}
	if mean := float64(links) / float64(originals); math.Abs(mean-8) > 0.8 {
		t.Errorf("%.2f links a vacancy, want about 8", mean)
	}
	if mean := score / float64(links); mean < 0.7 || mean > 0.85 {
		t.Errorf("mean score %.3f, want 0.7 to 0.85", mean)
	}
	if repeats < 80 || repeats > 110 || stated == 0 || len(levels) != 5 {
		t.Errorf("%d duplicates, want about 96; %d stated links; levels of regions %v, want -1 to 3", repeats, stated, levels)
	}
	for month, n := range months {
		if n != 200 {
			t.Errorf("%d vacancies in %s, want 200", n, month)
		}
	}
	delete(employers, "")
	counts := slices.SortedFunc(func(yield func(int) bool) {
		for _, n := range employers {
			if !yield(n) {
				return
			}
		}
	}, func(a, b int) int { return cmp.Compare(b, a) })
	great, sum := 0, 0
	for i, n := range counts {
		sum += n
		if i < len(counts)/10 {
			great += n
		}
	}
	if part := float64(great) / float64(sum); part < 0.2 {
		t.Errorf("the greatest tenth of %d employers advertises %.2f of the vacancies, want a fifth or more", len(counts), part)
	}
}

// TestLinkedVacanciesDependOnNothingElse: what is added later continues the draw.
func TestLinkedVacanciesDependOnNothingElse(t *testing.T) {
	one := func(o *LinkedOptions) { o.Months, o.Vacancies = 1, 100 }
	whole := drawn(linked(t, one))
	parts := append(
		drawn(linked(t, func(o *LinkedOptions) { one(o); o.Vacancies = 50 })),
		drawn(linked(t, func(o *LinkedOptions) { one(o); o.First, o.Vacancies = 50, 50 }))...)
	slices.SortFunc(parts, func(a, b LinkedVacancy) int { return model.Vacancies.Compare(&a.Row, &b.Row) })
	for i := range whole {
		if whole[i].Row.VacancyID != parts[i].Row.VacancyID || !slices.Equal(whole[i].Skills, parts[i].Skills) || whole[i].Row.ContentHash != parts[i].Row.ContentHash {
			t.Fatalf("vacancy %s is not the same where half of them are drawn later", whole[i].Row.VacancyID)
		}
	}
}

func TestLinkedOptionsThatAreNone(t *testing.T) {
	tax, err := starterTaxonomy()
	if err != nil {
		t.Fatal(err)
	}
	good := LinkedOptions{Vacancies: 1, Skills: 1, Months: 1, AsOf: 1}
	for name, change := range map[string]func(*LinkedOptions){
		"no month":             func(o *LinkedOptions) { o.Months = 0 },
		"no as-of date":        func(o *LinkedOptions) { o.AsOf = 0 },
		"no skills":            func(o *LinkedOptions) { o.Skills = 0 },
		"fewer than none":      func(o *LinkedOptions) { o.Vacancies = -1 },
		"more than can be had": func(o *LinkedOptions) { o.Vacancies = 100_000_001 },
	} {
		o := good
		change(&o)
		if _, err := NewLinked(tax, someRegions(), o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := NewLinked(tax, nil, good); err == nil {
		t.Error("no regions: no error")
	}
}
