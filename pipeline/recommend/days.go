package recommend

import (
	"math"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// days is when a candidate can be taken, in days as [model.Date] counts them.
type days struct {
	begins float64 // the first day, once what it needs is over
	latest float64 // the last day on which it may begin; +Inf where any day will do
	ends   float64 // its last day where it begins on the first; NaN where its weeks are not known
}

// once tells whether an offer is held once, on its days: they lie no further apart than
// it takes. Any other may begin on any day between them.
func (o *Offer) once() bool {
	return o.StartsOn != 0 && o.EndsOn != 0 && o.Weeks != nil && float64(o.EndsOn-o.StartsOn) <= 7**o.Weeks
}

// lastStart is the last day on which an offer may begin. Where its weeks are not stated
// nobody can tell whether it begins on more than its first day: it is taken at its word.
func (o *Offer) lastStart(start model.Date) float64 {
	ongoing := o.StartsOn < start || o.EndsOn != 0 && o.Weeks != nil && !o.once()
	switch {
	case !ongoing:
		return float64(o.StartsOn)
	case o.EndsOn != 0:
		return float64(o.EndsOn)
	}
	return math.Inf(1)
}

// schedule lays each candidate after what it needs. Of candidates that need each other
// either may come first.
func (b *problem) schedule() {
	seen := make([]bool, len(b.candidates))
	for k := range b.candidates {
		b.lay(int32(k), seen)
	}
}

func (b *problem) lay(k int32, seen []bool) {
	if seen[k] {
		return
	}
	seen[k] = true
	c, o, start := &b.candidates[k], b.offer(k), b.pool.request.start()
	c.begins, c.latest = float64(max(o.StartsOn, start)), o.lastStart(start)
	for _, n := range c.closure {
		if n != k && !b.needsEachOther(k, n) {
			b.lay(n, seen)
			c.begins = max(c.begins, b.free(n))
		}
	}
	c.ends = c.begins + 7*c.weeks
	if o.once() {
		c.ends = float64(o.EndsOn)
	}
}

// free is the first day on which what needs a candidate may begin: after its last day,
// which is the last one stated where its weeks are not known.
func (b *problem) free(k int32) float64 {
	c, o := &b.candidates[k], b.offer(k)
	switch {
	case o.EndsOn != 0 && (o.once() || math.IsNaN(c.weeks)):
		return float64(o.EndsOn) + 1
	case math.IsNaN(c.weeks):
		return c.begins
	}
	return c.ends
}

// untimely returns why a candidate cannot be taken after what it needs and by the last
// day of learning, "" where it can.
func (b *problem) untimely(c *candidate) Why {
	finish := b.pool.request.Finish
	switch {
	case c.begins > c.latest:
		return WhyOrder
	case finish != 0 && !(c.ends <= float64(finish)):
		return WhyLate
	}
	return ""
}
