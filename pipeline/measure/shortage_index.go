package measure

import (
	"cmp"
	"maps"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// judge sets the index and the verdict of a row.
func judge(row *model.Shortage, scores []float64) {
	row.ComponentsPresent = int32(len(scores))
	if len(scores) == 0 {
		return
	}
	index := mean(scores, -1)
	row.Index = &index
	if len(scores) < 2 {
		return
	}
	low, high := mean(scores, 0), mean(scores, 0)
	for left := range scores {
		m := mean(scores, left)
		low, high = min(low, m), max(high, m)
	}
	row.IndexLow, row.IndexHigh = &low, &high
	if len(scores) >= ShortageComponents {
		short := index >= ShortageIndex && low > 0
		row.InShortage = &short
	}
}

// mean is that of the values but for the one at leftOut; -1 leaves none out.
func mean(values []float64, leftOut int) float64 {
	sum, n := 0.0, 0
	for i, v := range values {
		if i != leftOut {
			sum += v
			n++
		}
	}
	return sum / float64(n)
}

// ShortOccupation is an occupation whose shortage is carried to skills.
type ShortOccupation struct {
	Code       string
	Index      float64
	InShortage *bool // nil where too few scores allow no verdict
	// Importance is how far its vacancies ask for each skill: the demand share D of
	// its cell, by URI.
	Importance map[string]float64
}

// mostBehind is how many occupations a skill names.
const mostBehind = 5

// SkillShortage carries the shortage of occupations to the skills that their
// vacancies ask for: of each skill the mean of the occupations' indices, weighted
// with its importance in them. Unit: standard deviations, as the index of
// [Shortage]. A skill that no occupation asks for has no row, and how many of its
// occupations are in shortage is nil where none has a verdict. Rows come in order of
// URI and hold what is computed alone; the order of occupations does not matter.
//
// Source: OECD (2017), as for [Shortage], chapter 2, which weights with O*NET's
// importance and level of a skill in an occupation; here with what the region's
// vacancies ask.
func SkillShortage(occupations []ShortOccupation) []model.SkillShortage {
	occupations = slices.Clone(occupations)
	slices.SortFunc(occupations, func(a, b ShortOccupation) int { return cmp.Compare(a.Code, b.Code) })
	type adds struct {
		code string
		part float64
	}
	rows, behind := map[string]*model.SkillShortage{}, map[string][]adds{}
	for _, o := range occupations {
		for uri, importance := range o.Importance { // each skill once: the order of skills does not matter
			if !(importance > 0) {
				continue
			}
			row := rows[uri]
			if row == nil {
				row = &model.SkillShortage{SkillURI: uri}
				rows[uri] = row
			}
			row.Index += importance * o.Index
			row.Importance += importance
			row.Occupations++
			countVerdict(row, o.InShortage)
			behind[uri] = append(behind[uri], adds{o.Code, importance * o.Index})
		}
	}
	out := make([]model.SkillShortage, 0, len(rows))
	for _, uri := range slices.Sorted(maps.Keys(rows)) {
		row := rows[uri]
		row.Index /= row.Importance
		all := behind[uri]
		slices.SortStableFunc(all, func(a, b adds) int { return cmp.Compare(b.part, a.part) })
		for _, a := range all[:min(len(all), mostBehind)] {
			row.Behind = append(row.Behind, a.code)
		}
		out = append(out, *row)
	}
	return out
}

// countVerdict counts an occupation as judged, and as short where it is.
func countVerdict(row *model.SkillShortage, short *bool) {
	if short == nil {
		return
	}
	row.Judged++
	if row.InShortage == nil {
		row.InShortage = new(int32)
	}
	if *short {
		*row.InShortage++
	}
}
