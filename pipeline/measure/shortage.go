package measure

import (
	"cmp"
	"math"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// The rule by which an occupation is in shortage.
const (
	ShortageComponents = 3   // scores needed for a verdict
	ShortageIndex      = 0.5 // index from which it is in shortage, in standard deviations
)

// signal is a component of the shortage index.
type signal struct {
	// of returns the value of a row, and its weight in the economy's value where
	// no row states that of the economy.
	of func(*model.Workforce) (value, weight float64, ok bool)
	// into returns where a row keeps value, economy and score.
	into func(*model.Shortage) (value, economy, score **float64)
	// oneMoney says that values are amounts, which only one currency compares.
	oneMoney bool
}

func signals() []signal {
	return []signal{
		{of: vacancyRate, into: func(s *model.Shortage) (_, _, _ **float64) {
			return &s.VacancyRate, &s.VacancyRateEconomy, &s.VacancyRateScore
		}},
		{of: tightness, into: func(s *model.Shortage) (_, _, _ **float64) {
			return &s.Tightness, &s.TightnessEconomy, &s.TightnessScore
		}},
		{of: wage, oneMoney: true, into: func(s *model.Shortage) (_, _, _ **float64) { return &s.Wage, &s.WageEconomy, &s.WageScore }},
		{of: wageGrowth, into: func(s *model.Shortage) (_, _, _ **float64) {
			return &s.WageGrowth, &s.WageGrowthEconomy, &s.WageGrowthScore
		}},
		{of: hoursGrowth, into: func(s *model.Shortage) (_, _, _ **float64) {
			return &s.HoursGrowth, &s.HoursGrowthEconomy, &s.HoursGrowthScore
		}},
		{of: underQualified, into: func(s *model.Shortage) (_, _, _ **float64) {
			return &s.UnderQualified, &s.UnderQualifiedEconomy, &s.UnderQualifiedScore
		}},
	}
}

// vacancyRate is V / (V + E); without post and person there is none.
func vacancyRate(w *model.Workforce) (value, weight float64, ok bool) {
	return part(w.Vacancies, w.Employed)
}

// tightness is V / (V + U), which rises as unemployed per vacancy, U / V, falls,
// and is 0 where none is vacant; without vacancy and unemployed there is none.
func tightness(w *model.Workforce) (value, weight float64, ok bool) {
	return part(w.Vacancies, w.Unemployed)
}

func part(a, b *int64) (share, whole float64, ok bool) {
	if a == nil || b == nil || *a+*b <= 0 {
		return 0, 0, false
	}
	return Share(*a, *a+*b), float64(*a + *b), true
}

func wage(w *model.Workforce) (value, weight float64, ok bool) {
	if w.Wage == nil {
		return 0, 0, false
	}
	return float64(*w.Wage) / 100, employed(w), true
}

func wageGrowth(w *model.Workforce) (value, weight float64, ok bool) {
	if w.Wage == nil || w.WageEarlier == nil || *w.WageEarlier <= 0 {
		return 0, 0, false
	}
	return float64(*w.Wage)/float64(*w.WageEarlier) - 1, employed(w) * float64(*w.WageEarlier), true
}

func hoursGrowth(w *model.Workforce) (value, weight float64, ok bool) {
	if w.Hours == nil || w.HoursEarlier == nil || !(*w.HoursEarlier > 0) {
		return 0, 0, false
	}
	return *w.Hours / *w.HoursEarlier - 1, employed(w) * *w.HoursEarlier, true
}

func underQualified(w *model.Workforce) (value, weight float64, ok bool) {
	if w.UnderQualified == nil {
		return 0, 0, false
	}
	return w.UnderQualified.Float(), employed(w), true
}

// employed is 0 where it is not known.
func employed(w *model.Workforce) float64 {
	if w.Employed == nil {
		return 0
	}
	return float64(*w.Employed)
}

// Shortage computes how short each occupation of a region is in a period. rows
// hold one row of each group, that of [model.Total] being the economy; the result
// has one of each other group, in order of level and code.
//
// Six signals are taken, each rising with shortage: the vacancy rate V / (V + E);
// tightness V / (V + U); the wage; growth of the wage; growth of hours; the share
// of the employed who are under-qualified. The score of a signal is its distance
// from the economy's value in standard deviations (of the population) among the
// occupations of the same level that have the signal: (x - economy) / s. Below two
// such occupations there is nothing to compare, and no score; where all have the
// same value the signal tells them not apart, and every score is 0. The economy's
// value is that of the row for it, else the mean over the occupations of the level,
// weighted with what the signal is a share of, or with the employed where all
// state them. Amounts of pay are compared only where all are in one currency and
// per one time. A signal whose figures are not stated is unknown, not 0.
//
// The index is the mean of the scores that are present. Unit: standard
// deviations; above 0 the occupation is shorter than the economy. An occupation is
// in shortage whose index is at least [ShortageIndex], and above 0 whichever one
// of its scores is left out, so that no single signal decides. With fewer than
// [ShortageComponents] scores nothing is said.
//
// Source: OECD (2017), Getting Skills Right: Skills for Jobs Indicators, OECD
// Publishing, chapter 2: signals of wages, employment, hours, unemployment and
// under-qualification against the economy, standardised and averaged; vacancy rate
// and tightness as in Cedefop (2016), Skill shortage and surplus occupations in
// Europe, briefing note 9115. Their trends over many years are here the growth
// between two periods.
func Shortage(rows []model.Workforce) []model.Shortage {
	var economy *model.Workforce
	byLevel := map[string][]*model.Workforce{}
	for i := range rows {
		if w := &rows[i]; w.OccupationCode == model.Total {
			economy = w
		} else {
			byLevel[w.OccupationLevel] = append(byLevel[w.OccupationLevel], w)
		}
	}
	var all []model.Shortage
	for _, level := range byLevel {
		all = append(all, shortageOf(level, economy)...)
	}
	slices.SortFunc(all, func(a, b model.Shortage) int { return a.Compare(&b.TableKey) })
	return all
}

// shortageOf compares the occupations of a level.
func shortageOf(level []*model.Workforce, economy *model.Workforce) []model.Shortage {
	slices.SortFunc(level, func(a, b *model.Workforce) int { return cmp.Compare(a.OccupationCode, b.OccupationCode) })
	out := make([]model.Shortage, len(level))
	scores := make([][]float64, len(level))
	for i, w := range level {
		out[i] = model.Shortage{TableKey: w.TableKey, ComparedOccupations: int32(len(level))}
	}
	for _, s := range signals() {
		s.compare(level, economy, out, scores)
	}
	for i := range out {
		judge(&out[i], scores[i])
	}
	return out
}

// compare fills in a signal of all rows and adds their scores.
func (s *signal) compare(level []*model.Workforce, economy *model.Workforce, out []model.Shortage, scores [][]float64) {
	var values, weights []float64
	var places []int
	for i, w := range level {
		if v, weight, ok := s.of(w); ok && (!s.oneMoney || sameMoney(level, economy)) {
			values, weights, places = append(values, v), append(weights, weight), append(places, i)
		}
	}
	whole, known := economyValue(s, economy, values, weights)
	deviation, comparable := spread(values)
	for k, i := range places {
		value, of, score := s.into(&out[i])
		*value = &values[k]
		if !known {
			continue
		}
		*of = &whole
		if comparable {
			z := 0.0
			if deviation > 0 {
				z = (values[k] - whole) / deviation
			}
			*score = &z
			scores[i] = append(scores[i], z)
		}
	}
}

// sameMoney tells whether all wages are in one currency and per one time.
func sameMoney(level []*model.Workforce, economy *model.Workforce) bool {
	var first *model.Workforce
	if economy != nil {
		level = append(slices.Clone(level), economy)
	}
	for _, w := range level {
		switch {
		case w.Wage == nil:
		case first == nil:
			first = w
		case w.Currency != first.Currency || w.WagePeriod != first.WagePeriod:
			return false
		}
	}
	return true
}

// economyValue returns the value of the row for the economy, or the weighted mean
// over the occupations; the plain mean where a weight is not known.
func economyValue(s *signal, economy *model.Workforce, values, weights []float64) (float64, bool) {
	if economy != nil {
		if v, _, ok := s.of(economy); ok {
			return v, true
		}
	}
	if len(values) == 0 {
		return 0, false
	}
	weighted := !slices.ContainsFunc(weights, func(w float64) bool { return !(w > 0) })
	var sum, whole float64
	for i, v := range values {
		w := 1.0
		if weighted {
			w = weights[i]
		}
		sum += w * v
		whole += w
	}
	return sum / whole, true
}

// spread returns the standard deviation of the values as a population: exactly 0
// where all are the same. Fewer than two cannot be compared.
func spread(values []float64) (deviation float64, comparable bool) {
	if len(values) < 2 {
		return 0, false
	}
	if slices.Min(values) == slices.Max(values) {
		return 0, true
	}
	mean, squares := 0.0, 0.0
	for _, v := range values {
		mean += v
	}
	mean /= float64(len(values))
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	return math.Sqrt(squares / float64(len(values))), true
}
