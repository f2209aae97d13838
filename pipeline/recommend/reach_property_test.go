package recommend

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/taxonomy"
)

const drawnSkills = 10

// drawWorld draws a small hierarchy of skills, two occupations and a market for the
// group of each.
func drawWorld(t *rapid.T) (*taxonomy.Taxonomy, []Market) {
	x := &taxonomy.Taxonomy{}
	some := func(label string) []int32 {
		all := rapid.SliceOfNDistinct(rapid.Int32Range(0, drawnSkills-1), 0, 5, rapid.ID).Draw(t, label)
		slices.Sort(all)
		return all
	}
	for i := range drawnSkills {
		s := taxonomy.Skill{URI: fmt.Sprintf("s%d", i), Flags: taxonomy.Flags(rapid.SampledFrom([]int{0, 0, int(taxonomy.Transversal)}).Draw(t, "flags"))}
		for _, b := range some("broader") {
			s.Broader = append(s.Broader, fmt.Sprintf("s%d", b))
		}
		x.Skills = append(x.Skills, s)
	}
	var ms []Market
	for i, isco := range []string{"1111", "2222"} {
		essential := some("essential")
		optional := slices.DeleteFunc(some("optional"), func(s int32) bool { return slices.Contains(essential, s) })
		x.Occupations = append(x.Occupations, taxonomy.Occupation{URI: fmt.Sprintf("o%d", i), ISCO: isco, Essential: essential, Optional: optional})
		m := Market{ISCO: isco, NEffective: rapid.Float64Range(30, 300).Draw(t, "n")}
		for _, s := range some("asked") {
			m.Asked = append(m.Asked, Asked{Skill: s, Share: rapid.Float64Range(0, 1).Draw(t, "share"), Vacancies: 5})
		}
		ms = append(ms, m)
	}
	return x, ms
}

func drawHoldings(t *rapid.T, label string) *Holdings {
	h := &Holdings{}
	for _, s := range rapid.SliceOfN(rapid.Int32Range(0, drawnSkills-1), 0, 6).Draw(t, label) {
		h.Add(s, Evidence{
			Kind:   rapid.SampledFrom([]string{EvidenceDeclared, EvidenceText, EvidenceCredential, EvidenceOccupation}).Draw(t, "kind"),
			Weight: rapid.Float64Range(0, 1).Draw(t, "weight"),
		})
	}
	return h
}

// TestHoldingMoreNeverHurts: with more skills, or more evidence of them, no
// occupation is covered less, is further away, falls out of reach, or has fewer
// essential skills proven; shares stay between 0 and 1 and weights add up to 1.
func TestHoldingMoreNeverHurts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, ms := drawWorld(t)
		closeness := x.Closeness()
		h := drawHoldings(t, "held")
		less := h.All()
		for _, more := range drawHoldings(t, "more").All() {
			for _, e := range more.Evidence {
				h.Add(more.Skill, e)
			}
		}
		before, after := byISCO(Reach(x, closeness, less, ms)), byISCO(Reach(x, closeness, h.All(), ms))
		const rounding = 1e-12
		for isco, b := range before {
			a := after[isco]
			if a.Covered < b.Covered-rounding || a.Proven < b.Proven-rounding || a.Distance > b.Distance+rounding || b.Within && !a.Within && a.Distance < MaxDistance {
				t.Fatalf("%s: %+v, holding more: %+v", isco, b, a)
			}
			if a.Covered < 0 || a.Covered > 1 || a.Proven+a.Declared > a.Covered+rounding || a.Distance < 0 || a.Distance > 1-a.Covered+rounding {
				t.Fatalf("%s: covered %v, proven %v, distance %v", isco, a.Covered, a.Proven, a.Distance)
			}
			sum := 0.0
			for _, q := range slices.Concat(a.Held, a.Missing) {
				sum += q.Weight
			}
			if sum < 1-1e-9 || sum > 1+1e-9 {
				t.Fatalf("%s: weights add up to %v", isco, sum)
			}
		}
		for o := range int32(2) {
			b, a := Prior(x, closeness, less, []int32{o}), Prior(x, closeness, h.All(), []int32{o})
			if a.Proven < b.Proven || a.Open > b.Open || a.Proven+a.Declared+a.Assumed+a.Near+a.Open != len(a.Essential) {
				t.Fatalf("prior learning %+v, holding more: %+v", b, a)
			}
		}
	})
}

// TestAllEssentialHeldIsWhole: who holds all essential skills with proof has all of
// them proven, and who holds all skills of an occupation is at distance 0.
func TestAllEssentialHeldIsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, ms := drawWorld(t)
		h := drawHoldings(t, "held")
		for s := range int32(drawnSkills) {
			h.Add(s, Evidence{Kind: EvidenceCredential, Weight: WeightProven})
		}
		for _, r := range Reach(x, x.Closeness(), h.All(), ms) {
			if r.Distance > 1e-9 || r.Covered < 1-1e-9 || len(r.Missing) > 0 {
				t.Fatalf("%+v", r)
			}
		}
		p := Prior(x, x.Closeness(), h.All(), []int32{0})
		if share, ok := p.Share(); ok && share != 1 || ok != (len(p.Essential) > 0) {
			t.Fatalf("share %v, %v of %d", share, ok, len(p.Essential))
		}
	})
}

// TestAlignmentHoldsForAnyCredential: shares stay between 0 and 1, counts fit, an
// interval holds its trend, and a flag is given only where there is a trend.
func TestAlignmentHoldsForAnyCredential(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, now := drawWorld(t)
		before := slices.Clone(now)
		for i := range before {
			before[i].Asked = slices.Clone(now[i].Asked)
			for j := range before[i].Asked {
				before[i].Asked[j].Share = rapid.Float64Range(0, 1).Draw(t, "share before")
			}
		}
		taught := rapid.SliceOfNDistinct(rapid.Int32Range(0, drawnSkills-1), 0, 5, rapid.ID).Draw(t, "taught")
		slices.Sort(taught)
		o := Teaching{ID: "c", Skills: taught, Online: true, ISCOs: rapid.SampledFrom([][]string{nil, {"1111"}}).Draw(t, "stated")}
		rows := NewAligner(x, x.Closeness(), now, before, 3).Align(&o)
		for _, r := range rows {
			if r.SkillsAsked > r.SkillsTaught || r.AskedShare < 0 || r.AskedShare > 1 || r.DemandCovered < 0 || r.DemandCovered > 1 || r.EssentialCovered+r.EssentialNear > r.EssentialSkills {
				t.Fatalf("%+v", r)
			}
			if r.Trend != nil && (*r.TrendLow > *r.Trend || *r.Trend > *r.TrendHigh) || r.Ageing != nil && (r.Trend == nil || !r.Main) || r.Main && !r.Aligned {
				t.Fatalf("%+v", r)
			}
		}
	})
}

func byISCO(rs []Reached) map[string]Reached {
	all := map[string]Reached{}
	for _, r := range rs {
		all[r.Market.ISCO] = r
	}
	return all
}
