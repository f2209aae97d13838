package measure

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// clusterSquares are sums over the clusters of a cell: of the products of their
// weights in the period (now) and in the window before.
type clusterSquares struct{ nowNow, nowBefore, beforeBefore float64 }

func (q *clusterSquares) add(c *cluster) {
	now, before := float64(c.now), float64(c.before)
	q.nowNow += now * now
	q.nowBefore += now * before
	q.beforeBefore += before * before
}

// clusterMoments are sums over the clusters that ask for a skill: of the products of
// what asks in the period (a) and before (b), and of these with the clusters'
// weights in the period (w) and before (v).
type clusterMoments struct{ aa, ab, bb, aw, av, bw, bv float64 }

func (m *clusterMoments) add(a, b, w, v float64) {
	m.aa += a * a
	m.ab += a * b
	m.bb += b * b
	m.aw += a * w
	m.av += a * v
	m.bw += b * w
	m.bv += b * v
}

// residuals returns the sum over all clusters of the squares of
// f·(a − d·w) − g·(b − e·v).
func (m *clusterMoments) residuals(q *clusterSquares, f, d, g, e float64) float64 {
	own := f*f*(m.aa-2*d*m.aw+d*d*q.nowNow) + g*g*(m.bb-2*e*m.bv+e*e*q.beforeBefore)
	both := f * g * (m.ab - e*m.av - d*m.bw + d*e*q.nowBefore)
	return max(own-2*both, 0)
}

// Growth compares a share with that in the window before.
type Growth struct {
	// Ratio of the shares, and its 95 % interval. Unit: none; 1 is no change.
	Ratio, Low, High float64
	// P is the two-sided probability of a difference as large or larger, were there
	// none.
	P float64
	// Rising tells the direction of the difference.
	Rising bool
	// HasRatio is false where the share before, or with it the interval, is nothing
	// to divide by: only P and Rising are known.
	HasRatio bool
}

// beyond tells whether the share rose, by its interval too where it has one.
func (g *Growth) beyond() bool { return g.Rising && (!g.HasRatio || g.Low > 1) }

// below is beyond for a share that fell.
func (g *Growth) below() bool { return !g.Rising && (!g.HasRatio || g.High < 1) }

// quantile returns the 97.5 % quantile of Student's t with so many degrees of
// freedom, rounded down to one of the numbers of which a year's rows need only few.
func (r *run) quantile(freedom float64) float64 {
	if freedom > 1000 {
		return z
	}
	n := int(freedom)
	if r.quantiles[n] == 0 {
		r.quantiles[n] = distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(n)}.Quantile(0.975)
	}
	return r.quantiles[n]
}

// minClusters is the effective number of clusters, in the cell and among those that
// ask for a skill, from which its growth is told: fewer say more of single employers
// than of the skill.
const minClusters = 5

// minAsking is the effective number of vacancies asking for a skill in both windows
// together from which its growth is told. It leaves few tests that could not reject
// anyway, and does not depend on the difference tested (Bourgon, R., Gentleman, R. and
// Huber, W. (2010), Independent filtering increases detection power for
// high-throughput experiments, PNAS 107, 9546-9551).
const minAsking = 20

// growth compares the demand share of a skill with that in the window before. ok is
// false where too few clusters or vacancies ask for it, or either window holds too few
// vacancies.
//
// Employers advertise in bursts of alike vacancies, so the variance is that of
// employers as clusters, by linearisation (Taylor) of the difference for the test and
// of the logarithm of the ratio for the interval, and both refer to Student's t with
// the effective number of clusters less one. Where independent vacancies would say
// less, they count: of the two probabilities the larger, of the two intervals the
// wider.
//
// Source: Kish, L. and Frankel, M. R. (1974), Inference from complex samples,
// Journal of the Royal Statistical Society B 36, 1-37; Carter, A. V., Schnepel, K. T.
// and Steigerwald, D. G. (2017), Asymptotic behaviour of a t-test robust to cluster
// heterogeneity, Review of Economics and Statistics 99, 698-709, for the effective
// number of clusters: here the smaller of that by their sizes and that by what they
// ask.
func (r *run) growth(b *demandBase, t *tally) (g Growth, ok bool) {
	if b.nEffective < r.options.MinCell || b.beforeNEffective < r.options.MinCell {
		return g, false
	}
	// In the unit of moments, which hold ten-thousandths.
	now, before := float64(b.weight)*Certain, float64(b.before)*Certain
	q := &r.demand.squares
	sizes := Certain * Certain * (q.nowNow/(now*now) + 2*q.nowBefore/(now*before) + q.beforeBefore/(before*before))
	asking := model.EffectiveSize(float64(t.weighted+t.before), t.clusters.aa+2*t.clusters.ab+t.clusters.bb)
	effective := min(4/sizes, asking)
	pooled := float64(t.weighted+t.before) / (now + before)
	if effective < minClusters || pooled*(b.nEffective+b.beforeNEffective) < minAsking {
		return g, false
	}
	c := comparison{
		d: float64(t.weighted) / now, e: float64(t.before) / before, now: now, before: before,
		n: b.nEffective, m: b.beforeNEffective, moments: &t.clusters, squares: q,
		few: effective / (effective - 1),
	}
	clustered, alone := c.difference(pooled)
	student := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: effective - 1}
	apart := -math.Abs(c.d - c.e)
	g.P = 2 * max(student.CDF(apart/math.Sqrt(clustered)), distuv.UnitNormal.CDF(apart/math.Sqrt(alone)))
	g.Rising = c.d > c.e
	if c.d > 0 && c.e > 0 {
		clustered, alone = c.logarithm()
		factor := math.Exp(max(r.quantile(effective-1)*math.Sqrt(clustered), z*math.Sqrt(alone)))
		g.Ratio, g.HasRatio = c.d/c.e, true
		g.Low, g.High = g.Ratio/factor, g.Ratio*factor
	}
	return g, true
}

// comparison is what the variances of a difference of shares rest on.
type comparison struct {
	d, e        float64 // shares in the period and in the window before
	now, before float64 // their bases, in the unit of moments
	n, m        float64 // effective vacancies
	few         float64 // correction of variances for few clusters
	moments     *clusterMoments
	squares     *clusterSquares
}

// difference returns the variances of d - e: by clusters, and of independent
// vacancies where both are the share pooled.
func (c *comparison) difference(pooled float64) (clustered, alone float64) {
	s := smoothed(pooled, c.n+c.m)
	return c.few * c.moments.residuals(c.squares, 1/c.now, c.d*Certain, 1/c.before, c.e*Certain),
		s * (1 - s) * (1/c.n + 1/c.m)
}

// logarithm returns the variances of ln(d/e) likewise.
func (c *comparison) logarithm() (clustered, alone float64) {
	d, e := smoothed(c.d, c.n), smoothed(c.e, c.m)
	return c.few * c.moments.residuals(c.squares, 1/(c.now*c.d), c.d*Certain, 1/(c.before*c.e), c.e*Certain),
		(1-d)/(c.n*d) + (1-e)/(c.m*e)
}

// smoothed draws a share of n vacancies half a vacancy towards each side, so that a
// share of 0 or 1 has a variance.
func smoothed(share, n float64) float64 { return (n*share + 0.5) / (n + 1) }

// BenjaminiHochberg tells which of the hypotheses with probabilities p are rejected
// so that at most the part q of the rejected ones is expected to be true. p is left
// as it is; NaN stands for a hypothesis that is not tested.
//
// Source: Benjamini, Y. and Hochberg, Y. (1995), Controlling the false discovery
// rate: a practical and powerful approach to multiple testing, Journal of the Royal
// Statistical Society B 57, 289-300.
func BenjaminiHochberg(p []float64, q float64) []bool {
	sorted := make([]float64, 0, len(p))
	for _, v := range p {
		if !math.IsNaN(v) {
			sorted = append(sorted, v)
		}
	}
	slices.Sort(sorted)
	limit := -1.0
	for i, v := range sorted {
		if v <= q*float64(i+1)/float64(len(sorted)) {
			limit = v
		}
	}
	rejected := make([]bool, len(p))
	for i, v := range p {
		rejected[i] = v <= limit
	}
	return rejected
}
