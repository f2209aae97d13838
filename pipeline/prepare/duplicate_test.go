package prepare_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"pgregory.net/rapid"
)

// posting is what tells vacancies of one title apart; day 0 is undated.
type posting struct {
	day       int
	text, url string
}

func vacancies(t interface{ Fatal(...any) }, p *prepare.Preparer, postings []posting) []prepare.Vacancy {
	all := make([]prepare.Vacancy, len(postings))
	for i, one := range postings {
		r := &source.Vacancy{SourceID: fmt.Sprint(i), Title: "Cook", Description: one.text, URL: one.url, Language: "en"}
		if one.day != 0 {
			r.PostedOn = (model.NewDate(2020, 1, 1) + model.Date(one.day)).String()
		}
		v, broken := p.Vacancy("jobs", r)
		if broken != nil {
			t.Fatal(broken)
		}
		all[i] = v
	}
	return all
}

// markDuplicates notes in each vacancy which one it repeats.
func markDuplicates(vs []prepare.Vacancy) {
	cs := make([]prepare.Candidate, len(vs))
	for i, v := range vs {
		cs[i] = prepare.Candidate{Key: v.DuplicateKey, ID: v.VacancyID, URL: v.URL, StartedOn: v.PostedOn}
	}
	for i, of := range prepare.Duplicates(cs) {
		vs[i].DuplicateOf = of
	}
}

// TestLiveBeforeWithdrawn: what is withdrawn repeats what is still there, and
// not the other way round.
func TestLiveBeforeWithdrawn(t *testing.T) {
	for _, key := range []string{"k", "k-title"} {
		got := prepare.Duplicates([]prepare.Candidate{
			{Key: key, ID: "a", StartedOn: 10, Withdrawn: true}, {Key: key, ID: "b", StartedOn: 10}, {Key: key, ID: "c", StartedOn: 10},
		})
		if !slices.Equal(got, []string{"b", "", "b"}) {
			t.Errorf("%s: %q", key, got)
		}
	}
}

func TestReposts(t *testing.T) {
	p := preparer(t, "2024-03-31")
	const page, other = "https://example.org/1", "https://example.org/2"
	for name, c := range map[string]struct {
		postings []posting
		of       []int // index of the vacancy repeated, -1 for none
	}{
		"within 60 days":        {[]posting{{1, "You cook.", ""}, {61, "You cook.", ""}}, []int{-1, 0}},
		"after 60 days":         {[]posting{{1, "You cook.", ""}, {62, "You cook.", ""}}, []int{-1, -1}},
		"chain":                 {[]posting{{91, "You cook.", ""}, {1, "You cook.", ""}, {51, "You cook.", ""}, {150, "You cook.", ""}}, []int{-1, -1, 1, 0}},
		"undated":               {[]posting{{0, "You cook.", ""}, {900, "You cook.", ""}, {1, "You cook.", ""}}, []int{2, -1, -1}},
		"URLs of texts":         {[]posting{{1, "You cook.", page}, {2, "You cook.", other}}, []int{-1, 0}},
		"no text, another day":  {[]posting{{1, "", ""}, {2, "", ""}}, []int{-1, -1}},
		"no text, another page": {[]posting{{1, "", page}, {1, "", other}}, []int{-1, -1}},
		"no text, same page":    {[]posting{{1, "", page}, {1, "", page}}, nil},
		"no text, no page":      {[]posting{{1, "", ""}, {1, "", page}}, []int{1, -1}},
	} {
		all := vacancies(t, p, c.postings)
		markDuplicates(all)
		repeated := 0
		for i, v := range all {
			want := ""
			if c.of != nil && c.of[i] >= 0 {
				want = all[c.of[i]].VacancyID
			}
			if v.DuplicateOf != "" {
				repeated++
			}
			if c.of != nil && v.DuplicateOf != want {
				t.Errorf("%s: vacancy %d repeats %q, want %q", name, i, v.DuplicateOf, want)
			}
		}
		if c.of == nil && repeated != 1 { // which one is kept is up to the ids
			t.Errorf("%s: %d repeat another", name, repeated)
		}
	}
}

// TestDuplicatesHold: every duplicate points at a vacancy that is kept, has the
// same key, and is at most 60 days older; the order of the input is nothing.
func TestDuplicatesHold(t *testing.T) {
	p := preparer(t, "2024-03-31")
	one := rapid.Custom(func(t *rapid.T) posting {
		return posting{
			day:  rapid.SampledFrom([]int{0, 1, 1, 30, 61, 62, 90, 122, 400}).Draw(t, "day"),
			text: rapid.SampledFrom([]string{"", "You cook.", "You bake."}).Draw(t, "text"),
			url:  rapid.SampledFrom([]string{"", "https://example.org/1", "https://example.org/2"}).Draw(t, "url"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		all := vacancies(t, p, rapid.SliceOfN(one, 0, 12).Draw(t, "postings"))
		markDuplicates(all)
		byID := map[string]prepare.Vacancy{}
		for _, v := range all {
			byID[v.VacancyID] = v
		}
		for _, v := range all {
			kept := byID[v.DuplicateOf]
			switch {
			case v.DuplicateOf == "":
			case kept.VacancyID == "" || kept.DuplicateOf != "" || kept.DuplicateKey != v.DuplicateKey:
				t.Fatalf("%+v repeats %+v", v.Vacancy, kept.Vacancy)
			case v.PostedOn != 0 && (kept.PostedOn == 0 || v.PostedOn < kept.PostedOn || v.PostedOn > kept.PostedOn+60):
				t.Fatalf("posted on %s, repeats one of %s", v.PostedOn, kept.PostedOn)
			case len(v.Texts) == 1 && v.URL != "" && kept.URL != "" && v.URL != kept.URL:
				t.Fatalf("%s repeats %s", v.URL, kept.URL)
			}
		}
		shuffled := make([]prepare.Vacancy, len(all))
		for i, j := range rand.Perm(len(all)) {
			shuffled[j] = all[i]
		}
		markDuplicates(shuffled)
		for _, v := range shuffled {
			if v.DuplicateOf != byID[v.VacancyID].DuplicateOf {
				t.Fatalf("in another order %s repeats %q", v.VacancyID, v.DuplicateOf)
			}
		}
	})
}
