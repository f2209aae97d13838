package model

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDates(t *testing.T) {
	d := NewDate(2020, time.November, 30)
	for _, c := range []struct{ what, got, want string }{
		{"day", d.String(), "2020-11-30"},
		{"month", d.Month().String(), "2020-11-01"},
		{"month end", NewDate(2020, time.February, 3).MonthEnd().String(), "2020-02-29"},
		{"12 months before", d.AddMonths(-12).String(), "2019-11-01"},
		{"a month after the 31st", NewDate(2021, time.January, 31).AddMonths(1).String(), "2021-02-01"},
		{"before 1970", NewDate(1969, time.December, 31).String(), "1969-12-31"},
		{"unknown", Date(0).String(), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.what, c.got, c.want)
		}
	}
	for _, wrong := range []string{"", "2020-13-01", "30.11.2020", "2020-11-30T00:00:00Z"} {
		if d, err := ParseDate(wrong); err == nil {
			t.Errorf("%q read as %s", wrong, d)
		}
	}
}

func TestDateProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date(rapid.Int32Range(1, 60000).Draw(t, "day"))
		if back, err := ParseDate(d.String()); err != nil || back != d {
			t.Errorf("%s read back as %s, %v", d, back, err)
		}
		if d < d.Month() || d > d.MonthEnd() || d.MonthEnd()-d.Month() > 30 {
			t.Errorf("%s is not in its month %s to %s", d, d.Month(), d.MonthEnd())
		}
		n := rapid.IntRange(-400, 400).Draw(t, "months")
		if d.AddMonths(n).AddMonths(-n) != d.Month() {
			t.Errorf("%s + %d - %d months = %s", d, n, n, d.AddMonths(n).AddMonths(-n))
		}
	})
}

func TestScores(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.Float64().Draw(t, "p")
		s := ScoreOf(p)
		if s < 0 || s > 10000 {
			t.Errorf("score of %v is %d", p, s)
		}
		if p >= 0 && p <= 1 && (s.Float()-p > 0.000051 || p-s.Float() > 0.000051) {
			t.Errorf("score of %v is %v", p, s.Float())
		}
	})
}

// TestEveryColumnIsDescribed keeps the data dictionary complete: each column of
// each dataset has a name, a meaning and, for measures, a unit.
func TestEveryColumnIsDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, d := range append(Datasets(), Runs.Info) {
		if seen[d.Name] || d.Doc == "" || d.Zone == "" {
			t.Errorf("dataset %q: named twice, or without meaning or zone", d.Name)
		}
		seen[d.Name] = true
		describe(t, d.Name, d.Row, d.Partition)
	}
}

func describe(t *testing.T, dataset string, row reflect.Type, partition string) {
	t.Helper()
	found := partition == ""
	for _, f := range reflect.VisibleFields(row) {
		if f.Anonymous {
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("parquet"), ",")
		if p := f.Tag.Get("partition"); p != "" {
			found = found || p == partition
			name = p
		}
		if name == "" || name != strings.ToLower(name) {
			t.Errorf("%s.%s: column name %q", dataset, f.Name, name)
		}
		if f.Tag.Get("desc") == "" {
			t.Errorf("%s.%s has no description", dataset, name)
		}
		if f.Type.Kind() == reflect.Float64 && f.Tag.Get("unit") == "" {
			t.Errorf("%s.%s is a number without unit", dataset, name)
		}
	}
	if !found {
		t.Errorf("%s: no field for its partition column %q", dataset, partition)
	}
}
