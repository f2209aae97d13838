package linker

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"

	"github.com/sourcegraph/conc/pool"
)

// How the vectors learn.
const (
	epochs      = 3
	batch       = 256  // texts told apart at a time
	temperature = 0.06 // how sharply
	rate        = 0.01 // of the first epoch; the last learns at a fifth of it
)

// example is a text, as units, that speaks of a skill.
type example struct {
	skill int32
	units []int32
}

// contrast holds what a batch needs.
type contrast struct {
	embedding             *embedding
	examples              []example
	unitSteps, skillSteps []float32 // squared gradients so far, by row
	texts, skills         side
	shares                [][]float32 // by text, then skill: how far it is taken for it, less what is right
	losses                []float64
}

// side is one side of a batch: vectors, the lengths that they had, gradients.
type side struct {
	vectors, gradients []vector
	lengths            []float32
}

func newSide(n int) side {
	s := side{lengths: make([]float32, n)}
	for range n {
		s.vectors, s.gradients = append(s.vectors, make(vector, dimensions)), append(s.gradients, make(vector, dimensions))
	}
	return s
}

// learn moves the vectors so that the text of each example lies nearer to its
// skill than to the skills of the other examples of its batch. Source: van den
// Oord, Li and Vinyals, "Representation Learning with Contrastive Predictive
// Coding", 2018 (the InfoNCE loss); steps by Duchi, Hazan and Singer, "Adaptive
// Subgradient Methods", JMLR 12, 2011, one step size for each vector.
//
// Each sum is made by one worker in a fixed order, so that the result does not
// depend on their number. Report is called after each epoch with its mean loss.
func (e *embedding) learn(ctx context.Context, examples []example, r *rand.Rand, report func(epoch int, loss float64)) error {
	size := min(batch, len(examples))
	c := &contrast{
		embedding: e, unitSteps: make([]float32, len(e.units)/dimensions), skillSteps: make([]float32, len(e.skills)/dimensions),
		texts: newSide(size), skills: newSide(size), losses: make([]float64, size),
	}
	for range size {
		c.shares = append(c.shares, make([]float32, size))
	}
	for epoch := range epochs {
		r.Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
		step := rate * (1 - 0.8*float32(epoch)/max(1, epochs-1))
		loss, batches := 0.0, 0
		for from := 0; size > 0 && from+size <= len(examples); from += size {
			if err := ctx.Err(); err != nil {
				return err
			}
			c.examples = examples[from : from+size]
			loss += c.compare()
			c.move(step)
			batches++
		}
		report(epoch, loss/max(1, float64(batches)))
	}
	return nil
}

// compare computes the gradients of a batch and returns its mean loss.
func (c *contrast) compare() float64 {
	n := len(c.examples)
	inParallel(n, func(i int) {
		c.texts.lengths[i] = c.embedding.encode(c.texts.vectors[i], c.examples[i].units)
		copy(c.skills.vectors[i], row(c.embedding.skills, c.examples[i].skill))
		c.skills.lengths[i] = c.skills.vectors[i].normalise()
	})
	inParallel(n, c.share)
	inParallel(n, func(j int) {
		g := c.skills.gradients[j]
		clear(g)
		for i := range n {
			g.addScaled(c.shares[i][j]/temperature, c.texts.vectors[i])
		}
		c.skills.tangent(j)
		c.texts.tangent(j)
	})
	loss := 0.0
	for _, l := range c.losses[:n] {
		loss += l / float64(n)
	}
	return loss
}

// share computes how far text i is taken for each skill, its loss and gradient.
func (c *contrast) share(i int) {
	shares, most, sum := c.shares[i], float32(math.Inf(-1)), float32(0)
	for j, other := range c.examples {
		if shares[j] = float32(math.Inf(-1)); j == i || other.skill != c.examples[i].skill {
			shares[j] = inner(c.texts.vectors[i], c.skills.vectors[j]) / temperature
			most = max(most, shares[j])
		}
	}
	for j := range c.examples {
		shares[j] = float32(math.Exp(float64(shares[j] - most)))
		sum += shares[j]
	}
	c.losses[i] = max(0, -math.Log(float64(shares[i]/sum)+1e-12))
	g := c.texts.gradients[i]
	clear(g)
	for j := range c.examples {
		if shares[j] /= sum; j == i {
			shares[j]--
		}
		g.addScaled(shares[j]/temperature, c.skills.vectors[j])
	}
}

// tangent takes from a gradient what would only change the length.
func (s side) tangent(i int) {
	s.gradients[i].addScaled(-inner(s.gradients[i], s.vectors[i]), s.vectors[i])
}

// move takes a step against the gradients.
func (c *contrast) move(step float32) {
	for i, e := range c.examples {
		for _, u := range e.units {
			c.texts.step(i, step, &c.unitSteps[u], row(c.embedding.units, u))
		}
		c.skills.step(i, step, &c.skillSteps[e.skill], row(c.embedding.skills, e.skill))
	}
}

func (s side) step(i int, step float32, squares *float32, v vector) {
	length, g := s.lengths[i], s.gradients[i]
	if length == 0 {
		return
	}
	*squares += inner(g, g) / (length * length * dimensions)
	if *squares > 0 {
		v.addScaled(-step/length/float32(math.Sqrt(float64(*squares))), g)
	}
}

// inParallel calls do for 0 to n-1, which may touch nothing but what is its own.
func inParallel(n int, do func(i int)) {
	workers := runtime.GOMAXPROCS(0)
	size := max(1, (n+workers-1)/workers)
	p := pool.New()
	for from := 0; from < n; from += size {
		p.Go(func() {
			for i := from; i < min(n, from+size); i++ {
				do(i)
			}
		})
	}
	p.Wait()
}
