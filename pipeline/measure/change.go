package measure

import "math"

// GapSums is what a gap is computed from.
type GapSums struct {
	Demand DemandSums
	Supply float64 // supply share
}

// DemandSums are the sums of a demand share over some postings of a cell.
type DemandSums struct {
	Weighted int64 // weighted posts x probability, in hundred-millionths
	Base     int64 // weighted posts of all of them, asking or not, in ten-thousandths
}

// SumsOf returns the sums of a stored share of a base in posts.
func SumsOf(share, base float64) DemandSums {
	whole := math.Round(base * Certain)
	return DemandSums{int64(math.Round(share * whole * Certain)), int64(whole)}
}

func (d DemandSums) plus(o DemandSums) DemandSums {
	return DemandSums{d.Weighted + o.Weighted, d.Base + o.Base}
}

func (d DemandSums) minus(o DemandSums) DemandSums {
	return DemandSums{d.Weighted - o.Weighted, d.Base - o.Base}
}

func (d DemandSums) share() float64 { return Share(d.Weighted, d.Base*Certain) }

// GapParts divides the difference of two gaps.
type GapParts struct {
	Model     float64 // the same records, linked, aligned or weighted otherwise
	Left      float64 // postings that count no more
	New       float64 // postings that did not count before
	Catalogue float64 // supply
}

// GapChange divides the difference between the gaps after and before among what has
// changed. left are those of the postings before that count no more, came those of the
// postings after that did not count; relinked is the supply share of the offers
// before, linked and aligned as those after. The parts add up to the difference, but
// for rounding. Unit: that of the gap, -1..1.
//
// First the postings and offers in common are linked and weighted as those after:
// model. Then postings leave and come; of the two orders in which they can, the mean
// counts, so that neither goes before the other. An order that passes through a cell
// without postings, which has no share, is left out. Supply adds to the gap, so its own
// order decides nothing.
//
// Source: Das Gupta, P. (1993), Standardization and decomposition of rates: a user's
// manual, US Bureau of the Census, P23-186, chapter 2, two factors; the same as the
// Shapley value of Shorrocks, A. F. (2013), Decomposition procedures for
// distributional analysis, Journal of Economic Inequality 11, 99-126.
func GapChange(before, after GapSums, left, came DemandSums, relinked float64) GapParts {
	common := after.Demand.minus(came) // linked and weighted as after
	staying, all, only := common.plus(left).share(), common.plus(left).plus(came).share(), after.Demand.share()
	p := GapParts{
		Model:     staying - before.Demand.share() - (relinked - before.Supply),
		Catalogue: relinked - after.Supply,
		Left:      only - all,
		New:       all - staying,
	}
	if common.Base > 0 {
		p.Left = (p.Left + common.share() - staying) / 2
		p.New = (p.New + only - common.share()) / 2
	}
	return p
}
