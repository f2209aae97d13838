package measure

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Bounds of calibration. Sums of openings x weight x probability stay far below
// 2^63: openings x weight add up to the official posts, and where a weight is cut
// or a posting has that of all groups, to less than a thousand times the openings.
const (
	// MaxPosts is the most posts that the official totals of a period may have.
	MaxPosts = 1_000_000_000
	// MaxWeight is where a weight stops: of a group whose postings stand for more
	// posts than that each, the feeds show too little to speak for it.
	MaxWeight = 1000
)

// WeightUnit is the weight 1 in the unit of [Calibration.Of].
const WeightUnit = 10_000

// Total is an official number of posts vacant, N, in a group: a region, down to
// the last of Regions that is not "", and an ISCO-08 group, "" for all
// occupations.
type Total struct {
	Regions  [RegionLevels]string // as in [Posting]
	ISCO     string
	From, To model.Date // first and last month, any day of it; 0 is open
	Posts    int64
}

// TotalsOf makes totals of the rows of the dataset vacancy_totals. Of those that
// several feeds give for the same group and period the first counts. The function
// levels gives a region or country by level, as in [Posting].
func TotalsOf(rows []model.VacancyTotal, levels func(region, country string) [RegionLevels]string) []Total {
	seen := map[model.TableKey]bool{}
	var totals []Total
	for i := range rows {
		row := &rows[i]
		if seen[row.TableKey] {
			continue
		}
		seen[row.TableKey] = true
		t := Total{Regions: levels(row.RegionCode, row.RegionCode), From: row.PeriodFrom, To: row.PeriodTo, Posts: row.Vacancies}
		if row.OccupationCode != model.Total {
			t.ISCO = row.OccupationCode
		}
		totals = append(totals, t)
	}
	return totals
}

// The uses of a total; see [model.Calibration].
const (
	UseUsed           = "used"
	UseBounded        = "bounded"
	UseNotRepresented = "not_represented"
	UseContradicted   = "contradicted"
	UseMargin         = "margin"
	UseOverlapping    = "overlapping"
)

// CalibratedGroup is what became of a total.
type CalibratedGroup struct {
	Total
	Openings int64 // n: posts of the group's postings; of a margin, of those in no finer group
	Weight   int32 // of these, in ten-thousandths; 0 where they have none of their own
	Use      string
}

// CalibratedPeriod is what became of the totals of a period.
type CalibratedPeriod struct {
	From, To  model.Date // first days of months; 0 is open
	Groups    []CalibratedGroup
	Covered   int64 // openings of postings in groups that are used
	Uncovered int64 // openings of the others
	Weight    int32 // of an uncovered posting, in ten-thousandths

	finest map[groupKey]int // places of the groups that count
	levels []groupLevel     // at which there are any
}

type groupKey struct{ region, isco string }

type groupLevel struct{ region, digits int }

// Calibration weights postings so that they add up to official totals.
type Calibration struct {
	Periods []CalibratedPeriod // the shortest first: it decides the months of its own
	Weight  int32              // of a posting outside all periods, in ten-thousandths
}

// Calibrate computes weights w = N / n for the postings of each group, N being its
// official posts and n the openings of its postings: post-stratification. Unit:
// posts per opening, in ten-thousandths.
//
// A posting counts in the finest group of its period that it lies in, and once.
// Groups in which finer groups lie are margins and are not used, and of two
// groups that overlap the one of finer occupations is, so that no post is wanted
// twice. A posting in no group that is used has the weight of all of its period
// together, ΣN / Σn, as if the feeds showed as much of its group as of the
// others: so it can be compared with them, and neither counts for nothing nor for
// all that is missing. Where posts are official and no posting shows one (n = 0),
// nothing is invented: the group is not represented. Where none is official and
// postings show some (N = 0), one of the two errs, and they count as uncovered.
// Without totals every weight is 1.
//
// Source: Holt, D. and Smith, T. M. F. (1979), Post stratification, Journal of the
// Royal Statistical Society A 142, 33-46; a case of Deville, J.-C. and Särndal,
// C.-E. (1992), Calibration estimators in survey sampling, Journal of the American
// Statistical Association 87, 376-382.
func Calibrate(totals []Total, postings iter.Seq[*Posting]) (*Calibration, error) {
	c := &Calibration{}
	for _, t := range totals {
		t.From, t.To = firstOfMonth(t.From), firstOfMonth(t.To)
		at := slices.IndexFunc(c.Periods, func(p CalibratedPeriod) bool { return p.From == t.From && p.To == t.To })
		if at < 0 {
			at = len(c.Periods)
			c.Periods = append(c.Periods, CalibratedPeriod{From: t.From, To: t.To})
		}
		c.Periods[at].Groups = append(c.Periods[at].Groups, CalibratedGroup{Total: t})
	}
	slices.SortFunc(c.Periods, func(a, b CalibratedPeriod) int {
		return cmp.Or(cmp.Compare(a.months(), b.months()), cmp.Compare(b.From, a.From), cmp.Compare(a.To, b.To))
	})
	for i := range c.Periods {
		if err := c.Periods[i].arrange(); err != nil {
			return nil, err
		}
	}
	for p := range postings {
		for i := range c.Periods {
			if c.Periods[i].Holds(p.Month) {
				c.Periods[i].count(p)
			}
		}
	}
	c.weigh()
	return c, nil
}

func firstOfMonth(d model.Date) model.Date {
	if d == 0 {
		return 0
	}
	return d.Month()
}

// months is the length of the period, of an open one longer than any other.
func (p *CalibratedPeriod) months() int {
	if p.From == 0 || p.To == 0 {
		return 1 << 30
	}
	a, b := p.From.Time(), p.To.Time()
	return 12*(b.Year()-a.Year()) + int(b.Month()) - int(a.Month()) + 1
}

// Holds tells whether the period holds a month.
func (p *CalibratedPeriod) Holds(month model.Date) bool {
	month = month.Month()
	return (p.From == 0 || p.From <= month) && (p.To == 0 || month <= p.To)
}

// key returns the group and the level of its region.
func (t *Total) key() (key groupKey, level int) {
	for l, code := range t.Regions {
		if code != "" {
			key.region, level = code, l
		}
	}
	key.isco = t.ISCO
	return key, level
}

// arrange tells the groups that count from margins and overlaps.
func (p *CalibratedPeriod) arrange() error {
	all := make(map[groupKey]int, len(p.Groups))
	posts := int64(0)
	for i := range p.Groups {
		g := &p.Groups[i]
		key, _ := g.key()
		if _, twice := all[key]; twice {
			return fmt.Errorf("calibrate: the total of %s, occupations %q, is there twice in one period", key.region, key.isco)
		}
		if g.Posts < 0 || g.Posts > MaxPosts {
			return fmt.Errorf("calibrate: %d posts of %s, occupations %q: want 0 to %d", g.Posts, key.region, key.isco, MaxPosts)
		}
		all[key] = i
	}
	for i := range p.Groups {
		g := &p.Groups[i]
		key, _ := g.key()
		for outer := range g.around() {
			if at, known := all[outer]; known && outer != key {
				p.Groups[at].Use = UseMargin
			}
		}
	}
	// A group overlaps with one of a wider region and of finer occupations.
	finer := map[groupKey]bool{} // of which a wider group of occupations holds some group of the region
	for i := range p.Groups {
		if g := &p.Groups[i]; g.Use == "" {
			key, _ := g.key()
			for digits := range len(key.isco) {
				finer[groupKey{key.region, key.isco[:digits]}] = true
			}
		}
	}
	p.finest = map[groupKey]int{}
	for i := range p.Groups {
		g := &p.Groups[i]
		if g.Use != "" {
			continue
		}
		key, level := g.key()
		for _, wider := range g.Regions[:level] {
			if finer[groupKey{wider, key.isco}] {
				g.Use = UseOverlapping
			}
		}
		if g.Use == "" {
			p.finest[key] = i
			if l := (groupLevel{level, len(key.isco)}); !slices.Contains(p.levels, l) {
				p.levels = append(p.levels, l)
			}
			posts += g.Posts
		}
	}
	if posts > MaxPosts {
		return fmt.Errorf("calibrate: the official posts of a period add up to %d: want at most %d; are they posts?", posts, MaxPosts)
	}
	return nil
}

// around yields the group and every group that holds it.
func (t *Total) around() iter.Seq[groupKey] {
	return func(yield func(groupKey) bool) {
		_, level := t.key()
		for _, region := range t.Regions[:level+1] {
			for digits := range len(t.ISCO) + 1 {
				if !yield(groupKey{region, t.ISCO[:digits]}) {
					return
				}
			}
		}
	}
}

// find returns the group that a posting counts in.
func (p *CalibratedPeriod) find(of *Posting) (*CalibratedGroup, bool) {
	for _, l := range p.levels {
		if of.Regions[l.region] == "" || len(of.ISCO) < l.digits {
			continue
		}
		if at, found := p.finest[groupKey{of.Regions[l.region], of.ISCO[:l.digits]}]; found {
			return &p.Groups[at], true
		}
	}
	return nil, false
}

func (p *CalibratedPeriod) count(of *Posting) {
	openings := int64(max(of.Openings, 1))
	if g, found := p.find(of); found {
		g.Openings += openings
	} else {
		p.Uncovered += openings
	}
}

// weigh computes the weights of all groups and of what is in none.
func (c *Calibration) weigh() {
	var allPosts, allOpenings int64
	for i := range c.Periods {
		p := &c.Periods[i]
		var posts int64
		for _, at := range p.finest {
			g := &p.Groups[at]
			switch {
			case g.Openings == 0 && g.Posts == 0: // both know of none
				g.Use = UseUsed
			case g.Openings == 0:
				g.Use = UseNotRepresented
			case g.Posts == 0:
				g.Use = UseContradicted
				p.Uncovered += g.Openings
			default:
				g.Use, g.Weight = UseUsed, perOpening(g.Posts, g.Openings)
				if g.Posts > MaxWeight*g.Openings {
					g.Use = UseBounded
				}
				posts += g.Posts
				p.Covered += g.Openings
			}
		}
		p.Weight = perOpening(posts, p.Covered)
		allPosts += posts
		allOpenings += p.Covered
	}
	c.Weight = perOpening(allPosts, allOpenings)
}

// perOpening is posts over openings in ten-thousandths, rounded, from 0.0001 to
// [MaxWeight]; 1 where there is no opening.
func perOpening(posts, openings int64) int32 {
	if openings == 0 {
		return WeightUnit
	}
	return int32(min(max((posts*WeightUnit+openings/2)/openings, 1), MaxWeight*WeightUnit))
}

// Of returns what an opening of a posting counts for, in ten-thousandths: that of
// its group in the shortest period that holds its month, never 0; official tells
// whether the group has one of its own. A posting outside all periods has the
// weight of all groups of all periods together.
func (c *Calibration) Of(p *Posting) (weight int32, official bool) {
	for i := range c.Periods {
		period := &c.Periods[i]
		if !period.Holds(p.Month) {
			continue
		}
		if g, found := period.find(p); found && g.Weight > 0 {
			return g.Weight, true
		}
		return period.Weight, false
	}
	return c.Weight, false
}
