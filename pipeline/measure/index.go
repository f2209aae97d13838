package measure

import (
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// posting is a [Posting] in numbers. All codes are places in the sorted list of
// their kind; -1 stands for unknown.
type posting struct {
	month     model.Date
	postedOn  model.Date
	openUntil model.Date
	openings  int32
	weight    int64 // of all its openings, in the measurer's unit
	employer  int32
	regions   [RegionLevels]int32
	groups    []int32 // by grouping
	asks      []Ask
	digital   model.Score // probability that it asks any digital skill
	green     model.Score // likewise
	official  bool
}

// open tells whether the posting can be applied for on day. Without a first day
// it is open from its month on, without a last day until further notice.
func (p *posting) open(day model.Date) bool {
	return p.postedOn <= day && (p.openUntil == 0 || p.openUntil >= day)
}

// offer is an [Offer] in numbers.
type offer struct {
	regions  [RegionLevels]int32
	online   bool
	places   int32
	from, to model.Date
	skills   []Ask
}

// overlaps tells whether the offer is open on a day from first to last.
func (o *offer) overlaps(first, last model.Date) bool {
	return o.from <= last && (o.to == 0 || o.to >= first)
}

// index fills the measurer with the input in numbers.
func (m *Measurer) index(in *Input) {
	n := len(in.Postings)
	var regions [RegionLevels][]int32
	for level := range RegionLevels {
		m.regions[level], regions[level] = number(n, func(i int) string { return in.Postings[i].Regions[level] })
	}
	groups := make([][]int32, len(m.groupings))
	for i := range m.groupings {
		g := &m.groupings[i]
		g.codes, groups[i] = number(n, func(i int) string { return g.code(&in.Postings[i]) })
	}
	names, employers := number(n, func(i int) string { return in.Postings[i].Employer })
	all := make([]int32, n)
	for i := range all {
		all[i] = int32(i)
	}
	order, _ := bucket(all, len(names)+1, func(i int32) int32 { return employers[i] + 1 }) // the unnamed first
	m.postings = make([]posting, n)
	groupsOf, asked := make([]int32, 0, n*len(groups)), 0
	for i := range in.Postings {
		asked += len(in.Postings[i].Skills)
	}
	asks := make([]Ask, 0, asked) // in the order in which cells go through them
	for to, from := range order {
		p := &m.postings[to]
		p.fill(&in.Postings[from], in)
		asks = append(asks, p.asks...)
		p.asks = asks[len(asks)-len(p.asks) : len(asks) : len(asks)]
		p.employer = employers[from]
		for level := range RegionLevels {
			p.regions[level] = regions[level][from]
		}
		first := len(groupsOf)
		for g := range groups {
			groupsOf = append(groupsOf, groups[g][from])
		}
		p.groups = groupsOf[first:]
	}
	m.indexOffers(in.Offers)
}

// fill takes over what needs no number.
func (p *posting) fill(from *Posting, in *Input) {
	p.month, p.postedOn, p.openUntil = from.Month.Month(), from.PostedOn, from.OpenUntil
	p.openings, p.official, p.asks = max(from.Openings, 1), from.Official, from.Skills
	p.weight = int64(p.openings)
	if in.Calibrated {
		p.weight *= int64(from.Weight)
	}
	noDigital, noGreen := 1.0, 1.0
	for _, a := range from.Skills {
		not := 1 - float64(a.Probability)/Certain
		if in.Skills[a.Skill].Digital {
			noDigital *= not
		}
		if in.Skills[a.Skill].Green {
			noGreen *= not
		}
	}
	p.digital, p.green = model.ScoreOf(1-noDigital), model.ScoreOf(1-noGreen)
}

func (m *Measurer) indexOffers(offers []Offer) {
	m.offers = make([]offer, len(offers))
	for i := range offers {
		o := &offers[i]
		numbered := offer{online: o.Online, places: o.Places, from: o.From, to: o.To, skills: o.Skills}
		for level := range RegionLevels {
			at, found := slices.BinarySearch(m.regions[level], o.Regions[level])
			if !found { // no posting is there, so no cell
				at = -1
			}
			numbered.regions[level] = int32(at)
		}
		m.offers[i] = numbered
	}
}

// number returns the distinct non-empty codes of n things in ascending order,
// and for each thing the place of its code in that list, -1 for none.
func number(n int, code func(int) string) (codes []string, places []int32) {
	places = make([]int32, n)
	seen := map[string]int32{}
	for i := range n {
		c := code(i)
		if c == "" {
			places[i] = -1
			continue
		}
		at, ok := seen[c]
		if !ok {
			at = int32(len(codes))
			seen[c] = at
			codes = append(codes, c)
		}
		places[i] = at
	}
	slices.Sort(codes)
	sorted := make([]int32, len(codes))
	for to, c := range codes {
		sorted[seen[c]] = int32(to)
	}
	for i, at := range places {
		if at >= 0 {
			places[i] = sorted[at]
		}
	}
	return codes, places
}

// bucket puts items into n buckets by key, each in the order of items, leaving
// out those whose key is below 0. Bucket k is order[starts[k]:starts[k+1]].
func bucket(items []int32, n int, key func(int32) int32) (order, starts []int32) {
	starts = make([]int32, n+1)
	for _, i := range items {
		if k := key(i); k >= 0 {
			starts[k+1]++
		}
	}
	for k := range n {
		starts[k+1] += starts[k]
	}
	order = make([]int32, starts[n])
	next := slices.Clone(starts)
	for _, i := range items {
		if k := key(i); k >= 0 {
			order[next[k]] = i
			next[k]++
		}
	}
	return order, starts
}
