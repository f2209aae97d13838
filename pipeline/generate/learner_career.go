package generate

import (
	"math"
	"math/rand/v2"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// career is what becomes of a person after leaving a programme or, of a
// comparison person, after the day on which one would have started.
//
// Given education, age, gender, disability, work on entry and pay before, work
// and pay depend neither on who takes part, nor on who completes, nor on who
// answers: what differs beyond them is the effect planted.
type career []wave

// wave is an observation.
type wave struct {
	months   int
	work     int     // index into works
	pay      float64 // a month; of those in work
	job      *job
	nace     string
	seeks    bool
	studies  bool
	better   bool // in the labour market than on entry
	related  bool // the work to what was learnt
	answered bool
}

// horizons are the months after leaving at which persons are asked.
var horizons = []int{0, 6, 12, 24}

// at returns the wave of that many months.
func (c career) at(months int) *wave {
	for i := range c {
		if c[i].months == months {
			return &c[i]
		}
	}
	return &wave{}
}

// The effect planted: at each horizon, of the share in work and of pay a month.
// Who takes part is in work sooner; by a year later the others have caught up,
// and the better pay is what stays.
var (
	effectOnWork = map[int]float64{0: 0.08, 6: 0.15}
	effectOnPay  = map[int]float64{6: 75, 12: 150, 24: 150}
)

// career draws what becomes of a person: of a participant of a programme, or,
// with none, of a comparison person. The draws are the same with and without an
// effect.
func (w *world) career(r *rand.Rand, q *person, p *programme, completed bool) career {
	effect := p != nil && p.effect
	own := r.NormFloat64()
	learnt := q.job
	if p != nil {
		learnt = p.job
	}
	var all career
	for _, months := range horizons {
		v := wave{months: months, job: q.job, nace: q.nace}
		chance, lift := q.chanceOfWork(months), 0.0
		if effect {
			chance, lift = min(chance+effectOnWork[months], 0.99), effectOnPay[months]
		}
		const kept = 0.7 // of one's luck, from one wave to the next
		luck := below(math.Sqrt(kept)*own + math.Sqrt(1-kept)*r.NormFloat64())
		v.pay = 0.5*(q.pay+q.payEarlier*yearlyRise)*math.Pow(yearlyRise, 1+float64(months)/12) + lift + 140*r.NormFloat64()
		idle, moves, n := 1+shares(r, []float64{0.6, 0.2, 0.2}), r.Float64(), r.Float64()
		v.seeks, v.studies, v.better = r.Float64() < 0.65, r.Float64() < 0.12, n < 0.2
		if v.related = moves < 0.45 && completed || moves < 0.25; v.related && learnt != q.job {
			v.job, v.nace = learnt, w.clusters[learnt.cluster].nace[0]
		}
		if luck >= chance {
			v.work, v.pay, v.job, v.nace, v.related, v.better = idle, 0, nil, "", false, false
		}
		if v.work == 3 && v.seeks { // who seeks work is not inactive
			v.work = 1
		}
		v.answered = r.Float64() < q.chanceOfAnswer(months, completed)
		all = append(all, v)
	}
	return all
}

// chanceOfWork is the chance to be in work some months later.
func (q *person) chanceOfWork(months int) float64 {
	later := []float64{0, 0.1, 0.2, 0.2}[horizonOf(months)]
	sooner := []float64{-0.7, 0, 0.15, 0.3}[horizonOf(months)]
	x := []float64{1.9 + later, 0.1 + sooner, -0.75 + sooner, -0.65 + sooner}[q.work]
	x += 0.3*float64(q.education-1) + []float64{-0.4, -0.1, 0, -0.3}[q.ageBand()] + 0.35*(q.pay-1700)/300
	if q.groups["disability"] {
		x -= 0.5
	}
	return logistic(x)
}

// chanceOfCompletion is the chance to complete: of those in work, better paid and
// better educated it is higher, which makes completers look better off later.
func (q *person) chanceOfCompletion(funding string) float64 {
	x := []float64{1.9, 0.9, 0, 0.5}[q.work] + 0.3*float64(q.education-1) + 0.3*(q.pay-1700)/300
	if q.groups["disability"] {
		x -= 0.4
	}
	return logistic(x) * fundings[funding].completes
}

// chanceOfAnswer is the chance to answer the follow-up: those out of work and
// those who did not complete answer less, so that the answers alone flatter.
func (q *person) chanceOfAnswer(months int, completed bool) float64 {
	x := []float64{1.8, 1, 0.8, -0.1}[horizonOf(months)] + []float64{0.35, -0.35, -0.7, -0.5}[q.work]
	if !completed {
		x -= 0.6
	}
	return logistic(x)
}

func horizonOf(months int) int {
	for i, h := range horizons {
		if h == months {
			return i
		}
	}
	return 0
}

// fundings are who pays, with the share of participations, the part of a usual
// chance to complete and of the usual price. A completion paid by public funds
// costs twice one paid by voucher.
var fundings = map[string]struct{ share, completes, price float64 }{
	"voucher": {0.26, 1, 0.9}, "individual_learning_account": {0.22, 0.98, 1}, "employer": {0.24, 1, 1},
	"public": {0.18, 0.68, 1.3}, "none": {0.1, 0.97, 0.95},
}

// fundingOrder is the order in which fundings are drawn.
var fundingOrder = []string{"voucher", "individual_learning_account", "employer", "public", "none"}

// take draws how a person's participation goes.
func (w *world) take(r *rand.Rand, q person, p *programme, on model.Date, funded float64) participation {
	t := participation{person: q, programme: p, starts: on}
	var by weights
	for _, f := range fundingOrder {
		by.add(fundings[f].share)
	}
	t.funding = fundingOrder[by.at(funded)]
	if t.funding == "employer" && works[q.work] != employed {
		t.funding = "voucher"
	}
	t.price = math.Round(p.price * fundings[t.funding].price)
	length, completes, certifies := 10+r.IntN(40), r.Float64() < q.chanceOfCompletion(t.funding), r.IntN(100) < 93
	if !completes {
		length /= 2
	}
	if ends := on + model.Date(length); ends <= w.options.AsOf {
		t.ends, t.completed, t.certified = ends, completes, completes && certifies
	}
	t.career = w.career(r, &q, p, completes)
	return t
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// below is the share of a standard normal distribution below x.
func below(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }
