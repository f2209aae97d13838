package outcome

import (
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Uptake is who takes credentials: tables to be protected, then rows.
type Uptake struct {
	*uptakePlan
	Tables  []*Table
	LeftOut int // tables most of whose cells would be withheld
}

// ForEach calls do for 0 <= i < n, in any order and beside one another, where do writes only
// what belongs to its i.
type ForEach func(n int, do func(i int)) error

// Uptake counts who takes credentials.
func (l *Learners) Uptake(each ForEach) (*Uptake, error) {
	u := &Uptake{uptakePlan: newUptakePlan(l)}
	jobs := u.counted()
	u.Tables, u.LeftOut = make([]*Table, len(jobs)), u.leftOut
	err := each(len(jobs), func(i int) { u.Tables[i] = jobs[i]() })
	u.release()
	return u, err
}

// uptakeSource is where the figures of a row stand.
type uptakeSource struct{ result, persons, sector, priced, paid place }

// Keys lists the rows of the dataset, of which [Uptake.Row] makes each.
func (u *Uptake) Keys() []UptakeKey {
	found := map[rowKey]*uptakeSource{}
	var order []rowKey
	for _, t := range u.Tables {
		u.places(t, func(k rowKey, at place) {
			s := found[k]
			if s == nil {
				s = &uptakeSource{}
				found[k] = s
				order = append(order, k)
			}
			if slot := s.slot(u.uptakePlan, t); slot.table == nil || slot.told() < at.told() {
				*slot = at
			}
		})
	}
	keys := make([]UptakeKey, 0, len(order))
	for _, k := range order {
		if found[k].result.table != nil {
			keys = append(keys, UptakeKey{rowKey: k, from: *found[k]})
		}
	}
	keys = append(keys, u.skillKeys(found)...)
	slices.SortFunc(keys, func(a, b UptakeKey) int {
		if c := a.Compare(&b.LearnerGroup); c != 0 {
			return c
		}
		return int(a.time - b.time)
	})
	return keys
}

// UptakeKey says of whom a row of uptake is.
type UptakeKey struct {
	rowKey
	from        uptakeSource
	credentials []uptakeSource // of a skill, those that teach it
}

// slot is where the figures of a table go.
func (s *uptakeSource) slot(p *uptakePlan, t *Table) *place {
	switch {
	case t.Measure == measurePaid:
		return &s.paid
	case t.Measure == measurePersons:
		return &s.persons
	case slices.Contains(t.Dimensions, p.sector.Dimension):
		return &s.sector
	case slices.Contains(t.Dimensions, p.priced.Dimension):
		return &s.priced
	}
	return &s.result
}

// Row makes a row of the dataset from protected figures.
func (u *Uptake) Row(f *Figures, k UptakeKey) model.Uptake {
	row := model.Uptake{LearnerGroup: k.LearnerGroup, Quarter: k.time, Release: model.Release{ReleasedOn: u.l.basis.Release}}
	u.taken(f, &k, &row)
	row.CompletionRate, row.CompletionRateLow, row.CompletionRateHigh = rate(row.Completed, row.OutcomeKnown)
	row.CertificationRate, row.CertificationRateLow, row.CertificationRateHigh = rate(row.Certified, row.OutcomeKnown)
	if k.from.sector.table != nil {
		row.SectorKnown = f.figure(k.from.sector, known, "")
		row.OutsideSector, row.OutsideSectorLow, row.OutsideSectorHigh = rate(f.figure(k.from.sector, yes, ""), row.SectorKnown)
	}
	u.cost(f, &k, &row)
	u.ratio(f, &k, &row)
	u.offered(&k, &row)
	if row.Enrolled == nil || row.OutcomeKnown == nil || row.Completed == nil || row.Certified == nil {
		row.Suppressed, row.Rule = true, RuleDisclosure
	}
	return row
}

// Rules by which a figure is withheld.
const (
	RuleDisclosure = "disclosure"
	RuleAttrition  = "attrition"
)

// rate returns a share with its interval, nothing where part or base is withheld or the base
// is nobody.
func rate(part, base *int64) (value, low, high *float64) {
	if part == nil || base == nil || *base <= 0 || *part > *base {
		return nil, nil, nil
	}
	v := float64(*part) / float64(*base)
	l, h := model.Wilson(v, float64(*base))
	return &v, &l, &h
}

// cost sets what a completion cost.
func (u *Uptake) cost(f *Figures, k *UptakeKey, row *model.Uptake) {
	if k.from.priced.table == nil || row.Enrolled == nil || u.currency == "" {
		return
	}
	base, done := f.figure(k.from.priced, known, yes), f.figure(k.from.priced, completed, yes)
	if base == nil || done == nil || *base == 0 {
		return
	}
	row.CostBase, row.CostCompleted, row.Currency = base, done, u.currency
	if paid := f.figure(k.from.paid, "", ""); paid != nil && *done > 0 {
		each := float64(*paid) / 100 / float64(*done)
		row.CostPerCompletion = &each
	}
}

// ratio sets the share of a group among learners against its share in the population.
func (u *Uptake) ratio(f *Figures, k *UptakeKey, row *model.Uptake) {
	if k.time != 0 || k.Category == model.Total || row.Enrolled == nil || strings.Contains(k.Breakdown, " x ") || u.l.basis.Reference == nil {
		return
	}
	where := u.l.countries()
	if k.UnitKind == unitRegion {
		where = []string{k.UnitCode}
	}
	share, given := u.l.basis.Reference(where, k.Breakdown, k.Category)
	t := k.from.result
	at := slices.Clone(t.at)
	g := slices.IndexFunc(t.table.Dimensions, func(d *Dimension) bool { return d.Name == k.Breakdown })
	if !given || share <= 0 || g < 0 {
		return
	}
	at[g] = whole
	all := f.figure(place{t.table, at}, "", "")
	at[g] = t.table.Dimensions[g].codes[NotKnown]
	rest := f.figure(place{t.table, at}, "", "")
	if all == nil || rest == nil {
		return
	}
	base := *all - *rest
	value, low, high := rate(row.Enrolled, &base)
	if value == nil {
		return
	}
	for _, v := range []*float64{value, low, high} {
		*v /= share
	}
	row.ParticipationBase, row.ReferenceRegion, row.ReferenceShare = &base, strings.Join(where, "+"), &share
	row.ParticipationRatio, row.ParticipationRatioLow, row.ParticipationRatioHigh = value, low, high
}

// countries lists the countries in which learners live whose region is known, and regions
// that no code says.
func (l *Learners) countries() (names []string) {
	d := l.groups[byRegion]
	for c, name := range d.Categories {
		if d.parents[c] == whole && name != NotKnown {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// offered sets how many credentials are on offer, and how often they are recommended.
func (u *Uptake) offered(k *UptakeKey, row *model.Uptake) {
	if k.Breakdown != model.Total {
		return
	}
	offered, recommended, any := int64(0), int64(0), false
	for id, o := range u.l.basis.Offers {
		switch {
		case k.UnitKind == unitAll:
		case k.UnitKind == unitCredential && k.UnitCode == id:
		case k.UnitKind == unitProvider && k.UnitCode == o.Provider:
		case k.UnitKind == unitSkill && slices.Contains(o.Skills, k.UnitCode):
		case k.UnitKind == unitField && k.UnitCode == broadField(o.Field):
		default:
			continue
		}
		any = true
		if k.time == 0 || o.From < k.time.AddMonths(3) && (o.To == 0 || o.To >= k.time) {
			offered, recommended = offered+1, recommended+o.Recommended
		}
	}
	if !any {
		return
	}
	row.Offered = &offered
	if k.time == 0 {
		row.Recommended = &recommended
	}
}
