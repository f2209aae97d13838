package outcome_test

import (
	"context"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"gonum.org/v1/gonum/stat"

	"github.com/skillsgap/skillsgap/pipeline/outcome"
)

// covariates of a simulated person: independent and normal.
type covariates [4]float64

// known are what our models hold: covariates and their squares.
func (z *covariates) known() float64 {
	return 0.7*z[0] + 0.4*z[1] + 0.4*z[2] + 0.4*z[3] + 0.6*(z[0]*z[0]-1)
}

// hidden are what no model of ours holds: an exponential, products and a kink,
// in the spirit of Kang, J. D. Y. and Schafer, J. L. (2007), Demystifying double
// robustness, Statistical Science 22, 523-539.
func (z *covariates) hidden() float64 {
	return 0.6*math.Exp(z[0]) - 1 + z[0]*z[1] + 0.5*math.Abs(z[2]) + 0.4*z[3]
}

// treatment is the log odds of being treated: linear, or with leaps.
func (z *covariates) treatment(leaps bool) float64 {
	if !leaps {
		return -0.5 - 0.6*z[0] - 0.4*z[1] - 0.25*z[2] - 0.1*z[3]
	}
	odds := -0.3 - 0.5*z[1]
	if math.Abs(z[0]) > 1 {
		odds -= 1.8
	}
	if z[2] < 0 {
		odds += 1.2
	}
	return odds
}

// world says how treatment and outcome come about, and which of the two models
// cannot hold that.
type world struct {
	persons           int
	propensityWrong   bool
	outcomeWrong      bool
	share, difference bool // the outcome is 0 or 1; its change is asked for
}

const (
	gain      = 0.5 // planted effect on a value of deviation about 1.5
	gainShare = 0.1 // planted effect on a share
)

func (w *world) truth() float64 {
	if w.share {
		return gainShare
	}
	return gain
}

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

func (w *world) draw(random *rand.Rand) *outcome.Sample {
	s := &outcome.Sample{
		Contrast: outcome.Participants,
		Measured: outcome.Measured{Name: "income", Unit: "EUR", Share: w.share},
		Numeric:  []string{"z1", "z2", "z3", "z4"},
	}
	for range w.persons {
		var z covariates
		for k := range z {
			z[k] = random.NormFloat64()
		}
		signal := z.known()
		if w.outcomeWrong {
			signal = z.hidden()
		}
		made := outcome.Person{Numeric: z[:], Before: math.NaN()}
		never := 0.0 // a trait that no covariate holds
		if w.difference {
			never = random.NormFloat64()
		}
		made.Treated = random.Float64() < logistic(z.treatment(w.propensityWrong)-0.5*never)
		switch {
		case w.share:
			chance := logistic(-0.8 + signal)
			if made.Treated {
				chance += gainShare
			}
			if random.Float64() < chance {
				made.Outcome = 1
			}
		default:
			made.Outcome = 2 + signal + random.NormFloat64()
			if w.difference {
				made.Before = never + 0.3*z[0] + random.NormFloat64()
				made.Outcome += never
			}
			if made.Treated {
				made.Outcome += gain
			}
		}
		s.Persons = append(s.Persons, made)
	}
	return s
}

// Over 500 samples with a planted effect the mean estimate is off by less than
// 0.05 standard deviations of the outcome, also where the propensity or the
// outcome regression is wrong, and intervals hold the effect in 92 to 98 %. The
// plain difference is off by more than 0.1.
func TestPlantedEffects(t *testing.T) {
	for name, w := range map[string]world{
		"value, both models right":  {persons: 300},
		"value, propensity wrong":   {persons: 300, propensityWrong: true},
		"value, outcome wrong":      {persons: 300, outcomeWrong: true},
		"share, both models right":  {persons: 400, share: true},
		"share, propensity wrong":   {persons: 400, share: true, propensityWrong: true},
		"share, outcome wrong":      {persons: 400, share: true, outcomeWrong: true},
		"change, both models right": {persons: 300, difference: true},
		"change, propensity wrong":  {persons: 300, difference: true, propensityWrong: true},
		"change, outcome wrong":     {persons: 300, difference: true, outcomeWrong: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// Drawing takes nearly all the time: all worlds have their intervals
			// checked where SKILLSGAP_SIMULATE is set, else those of right models.
			samples, draws := 500, 100
			if os.Getenv("SKILLSGAP_SIMULATE") == "" && (testing.Short() || w.propensityWrong || w.outcomeWrong) {
				draws = 2
			}
			if testing.Short() {
				samples = 100
			}
			r := w.simulate(t, samples, draws)
			t.Logf("bias %.4f SD (of the plain difference %.4f); coverage %.1f %% from %d draws; standard error %.4f, said to be %.4f",
				r.bias, r.rawBias, 100*r.coverage, draws, r.deviation, r.standardError)
			// Chance alone leaves 0.005. Without either of the two models the bias is
			// 0.016 to 0.05 where the other is wrong.
			if most := map[bool]float64{false: 0.015, true: 0.05}[testing.Short()]; math.Abs(r.bias) > most {
				t.Errorf("bias %.4f SD, want %v at most", r.bias, most)
			}
			if math.Abs(r.rawBias) < 0.1 {
				t.Errorf("the plain difference is off by %.4f SD: there is nothing to adjust", r.rawBias)
			}
			if draws > 2 && (r.coverage < 0.92 || r.coverage > 0.98) {
				t.Errorf("intervals cover %.1f %%, want 92 to 98", 100*r.coverage)
			}
		})
	}
}

// simulated is what estimates of many samples come to; biases in standard
// deviations of the outcome.
type simulated struct{ bias, rawBias, coverage, deviation, standardError float64 }

func (w *world) simulate(t *testing.T, samples, draws int) (r simulated) {
	random := rand.New(rand.NewPCG(11, 12))
	estimates := make([]float64, samples)
	var spread float64
	for k := range estimates {
		s := w.draw(random)
		c, err := outcome.Compare(context.Background(), s, outcome.Options{Draws: draws})
		if err != nil {
			t.Fatal(err)
		}
		e := c.Adjusted
		if w.difference {
			e = c.Change
		}
		if e == nil {
			t.Fatalf("no estimate: %s", c.Verdict.Text)
		}
		if e.Low <= w.truth() && w.truth() <= e.High {
			r.coverage += 1 / float64(samples)
		}
		values := make([]float64, len(s.Persons))
		for i := range s.Persons {
			values[i] = s.Persons[i].Outcome
		}
		estimates[k] = e.Value
		spread += stat.StdDev(values, nil) / float64(samples)
		r.rawBias += (c.Raw.Value - w.truth()) / float64(samples)
		r.standardError += e.StandardError / float64(samples)
	}
	mean, deviation := stat.MeanStdDev(estimates, nil)
	r.bias, r.rawBias, r.deviation = (mean-w.truth())/spread, r.rawBias/spread, deviation
	return r
}
