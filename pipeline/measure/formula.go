package measure

import (
	"math"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// z is the quantile of two-sided intervals at 95 %.
const z = model.Z95

// Epsilon keeps [LogRatio] finite where a share is 0.
const Epsilon = 0.001

// Share returns part over whole, from 0 to 1. Unit: that of the shares
// themselves, 0..1. Of nothing the share is 0.
//
// Two equal fractions give the same bits while both numbers are below 2^53,
// so that a supply which matches demand leaves a gap of exactly 0.
func Share(part, whole int64) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// LogRatio returns ln((demand + [Epsilon]) / (supply + [Epsilon])): above 0
// where demand is the greater. Unit: none (natural logarithm). Epsilon, added
// to both, keeps it finite where a share is 0.
func LogRatio(demand, supply float64) float64 {
	return math.Log((demand + Epsilon) / (supply + Epsilon))
}

// PerOpening returns the places that teach a skill for each post that asks for
// it. Unit: places per post. No place gives 0; where no post asks for the
// skill there is no figure, and ok is false.
func PerOpening(places, openings float64) (ratio float64, ok bool) {
	if openings == 0 {
		return 0, false
	}
	return places / openings, true
}

// Shrunk draws the share of n vacancies towards that of the wider cell which it
// belongs to, as if that were worth prior vacancies: (n·share + prior·wider) /
// (n + prior), the mean of the beta distribution that the share has after n
// vacancies where it had mean wider and size prior before. Unit: 0..1. Without any
// vacancy it is wider.
//
// Source: Gelman, A. et al. (2013), Bayesian Data Analysis, 3rd edition, section
// 2.4; in official statistics Fay, R. E. and Herriot, R. A. (1979), Journal of the
// American Statistical Association 74, 269-277.
func Shrunk(share, n, wider, prior float64) float64 {
	if n+prior == 0 {
		return wider
	}
	return (n*share + prior*wider) / (n + prior)
}

// LocationQuotient returns the share of a cell over that of the country. Unit: none;
// above 1 the skill is asked for more often than in the country. Where the country
// does not ask for it there is no figure, and ok is false.
//
// Source: Florence, P. S. (1939), Report on the location of industry, Political and
// Economic Planning; Isard, W. (1960), Methods of Regional Analysis, chapter 5.
func LocationQuotient(share, national float64) (quotient float64, ok bool) {
	if national == 0 {
		return 0, false
	}
	return share / national, true
}

// Specificity returns share · ln(cells / asking): high where a cell often asks for a
// skill that few of the cells beside it ask for; 0 where all do. Unit: none. Where
// no cell asks for it, it is 0.
//
// Source: tf-idf of Spärck Jones, K. (1972), A statistical interpretation of term
// specificity and its application in retrieval, Journal of Documentation 28, 11-21,
// with cells in place of documents.
func Specificity(share float64, cells, asking int) float64 {
	if asking == 0 {
		return 0
	}
	return share * math.Log(float64(cells)/float64(asking))
}

// Coverage returns the part of demand that supply meets, Σ D min(1, S/D) over
// Σ D, summed in the order given; demand and supply hold a share for each
// skill. Unit: 0..1. Where no skill is asked for there is nothing to cover, and
// ok is false.
func Coverage(demand, supply []float64) (coverage float64, ok bool) {
	var met, all float64
	for i, d := range demand {
		met += min(d, supply[i])
		all += d
	}
	if all == 0 {
		return 0, false
	}
	return met / all, true
}
