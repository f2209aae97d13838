package measure_test

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
)

// TestCalibration runs the cases of testdata/calibration.
func TestCalibration(t *testing.T) {
	eachCase(t, "testdata/calibration/*.txt", func(t *testing.T, lines []caseLine) {
		var totals []measure.Total
		var postings []measure.Posting
		var c *measure.Calibration
		for _, l := range lines {
			var err error
			switch l.words[0] {
			case "total": // REGION GROUP POSTS [FROM TO]
				var total measure.Total
				total, err = readTotal(l.words[1:])
				totals = append(totals, total)
			case "postings": // COUNT REGION GROUP MONTH [openings=N]
				var p measure.Posting
				if p, err = readPosting(l.words[2:]); err == nil {
					err = times(l.words[1], func() { postings = append(postings, p) })
				}
			case "expect":
				if c == nil {
					if c, err = measure.Calibrate(totals, slices.Values(pointers(postings))); err != nil {
						t.Fatal(err)
					}
				}
				err = expectCalibration(c, l.words[1:])
			default:
				err = fmt.Errorf("%q: want total, postings or expect", l.words[0])
			}
			if err != nil {
				t.Errorf("line %d: %v", l.number, err)
			}
		}
	})
}

// expectCalibration reads "weight REGION GROUP MONTH W", "group REGION GROUP USE
// OPENINGS" and "period COVERED UNCOVERED W".
func expectCalibration(c *measure.Calibration, words []string) error {
	got, want := "", words[len(words)-1]
	switch words[0] {
	case "weight":
		p, err := readPosting(words[1:4])
		if err != nil {
			return err
		}
		weight, _ := c.Of(&p)
		got = fmt.Sprintf("%.4f", float64(weight)/10000)
	case "group":
		want = strings.Join(words[3:], " ")
		for _, g := range c.Periods[0].Groups {
			if path, isco := strings.Trim(strings.Join(g.Regions[:], "/"), "/"), strings.Replace(words[2], "all", "", 1); path == words[1] && g.ISCO == isco {
				got = fmt.Sprintf("%s %d", g.Use, g.Openings)
			}
		}
	case "period":
		want = strings.Join(words[1:], " ")
		p := c.Periods[0]
		got = fmt.Sprintf("%d %d %.4f", p.Covered, p.Uncovered, float64(p.Weight)/10000)
	default:
		return fmt.Errorf("%q: want weight, group or period", words[0])
	}
	if got != want {
		return fmt.Errorf("got %q, want %q", got, want)
	}
	return nil
}

func readTotal(words []string) (t measure.Total, err error) {
	if t.Regions, err = regions(words[0]); err != nil {
		return t, err
	}
	if words[1] != "all" {
		t.ISCO = words[1]
	}
	if t.Posts, err = strconv.ParseInt(words[2], 10, 64); err != nil || len(words) < 5 {
		return t, err
	}
	if t.From, err = model.ParseDate(words[3] + "-01"); err == nil {
		t.To, err = model.ParseDate(words[4] + "-01")
	}
	return t, err
}

func readPosting(words []string) (p measure.Posting, err error) {
	if p.Regions, err = regions(words[0]); err != nil {
		return p, err
	}
	p.ISCO = strings.Replace(words[1], "unknown", "", 1)
	if p.Month, err = model.ParseDate(words[2] + "-01"); err != nil || len(words) < 4 {
		return p, err
	}
	p.Openings, err = number32(strings.TrimPrefix(words[3], "openings="))
	return p, err
}

func pointers[T any](all []T) []*T {
	out := make([]*T, len(all))
	for i := range all {
		out[i] = &all[i]
	}
	return out
}

// caseLine is a line of a case, its remark cut off.
type caseLine struct {
	number int
	words  []string
}

func eachCase(t *testing.T, pattern string, run func(*testing.T, []caseLine)) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("found %d cases: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			f, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			var lines []caseLine
			for s, n := bufio.NewScanner(f), 1; s.Scan(); n++ {
				text, _, _ := strings.Cut(s.Text(), "#")
				if words := strings.Fields(text); len(words) > 0 {
					lines = append(lines, caseLine{n, words})
				}
			}
			if !slices.ContainsFunc(lines, func(l caseLine) bool { return l.words[0] == "expect" }) {
				t.Fatal("the case expects nothing")
			}
			run(t, lines)
		})
	}
}

// Weighted openings add up to the official posts of every group, but for the
// rounding of weights, where no weight stops.
func TestWeightsAddUpToTotals(t *testing.T) {
	region := rapid.SampledFrom([]string{"AT", "AT/AT1", "AT/AT1/AT11", "AT/AT1/AT13", "AT/AT2/AT21", "BE"})
	isco := rapid.SampledFrom([]string{"", "2", "25", "2512", "2511", "5"})
	rapid.Check(t, func(t *rapid.T) {
		totals := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) measure.Total {
			codes, _ := regions(region.Draw(t, "region"))
			return measure.Total{Regions: codes, ISCO: isco.Draw(t, "group"), Posts: rapid.Int64Range(0, 900).Draw(t, "posts")}
		}), 0, 12, func(t measure.Total) string { return fmt.Sprint(t.Regions, t.ISCO) }).Draw(t, "totals")
		all := rapid.SliceOfN(postings, 0, 40).Draw(t, "postings")
		c, err := measure.Calibrate(totals, slices.Values(pointers(all)))
		if err != nil {
			t.Fatal(err)
		}
		if len(totals) == 0 {
			for i := range all {
				if w, official := c.Of(&all[i]); w != 10000 || official {
					t.Fatalf("weight %d without totals", w)
				}
			}
			return
		}
		weighted, openings, covered := int64(0), int64(0), int64(0)
		for i := range all {
			w, official := c.Of(&all[i])
			if official {
				covered += int64(max(all[i].Openings, 1))
			}
			if w < 1 || w > measure.MaxWeight*10000 {
				t.Fatalf("weight %d", w)
			}
			weighted += int64(w) * int64(max(all[i].Openings, 1))
			openings += int64(max(all[i].Openings, 1))
		}
		p := c.Periods[0]
		official := int64(0)
		for _, g := range p.Groups {
			if g.Use == measure.UseUsed {
				official += g.Posts
			}
		}
		if p.Covered+p.Uncovered != openings || p.Covered != covered {
			t.Fatalf("%d covered and %d uncovered of %d openings", p.Covered, p.Uncovered, openings)
		}
		want := float64(official) + float64(p.Uncovered)*float64(p.Weight)/10000
		if math.Abs(float64(weighted)/10000-want) > float64(openings)*0.0001 {
			t.Fatalf("weighted openings %v, want %v of %+v", float64(weighted)/10000, want, p)
		}
	})
}

func TestWrongTotalsAreRefused(t *testing.T) {
	at := [measure.RegionLevels]string{"AT"}
	for name, c := range map[string]struct {
		totals []measure.Total
		want   string
	}{
		"twice":    {[]measure.Total{{Regions: at, ISCO: "2", Posts: 1}, {Regions: at, ISCO: "2", Posts: 2}}, `the total of AT, occupations "2", is there twice`},
		"below 0":  {[]measure.Total{{Regions: at, Posts: -1}}, "-1 posts of AT"},
		"too many": {[]measure.Total{{Regions: at, ISCO: "1", Posts: 6e8}, {Regions: at, ISCO: "2", Posts: 6e8}}, "add up to 1200000000"},
	} {
		if _, err := measure.Calibrate(c.totals, slices.Values([]*measure.Posting{})); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want … %s …", name, err, c.want)
		}
	}
}
