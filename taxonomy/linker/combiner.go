package linker

import (
	"bytes"
	"compress/gzip"
	_ "embed" // for calibration.csv.gz
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/mat"
)

// calibrationFile holds the features of candidates for annotated sentences of
// real vacancies, without their texts: sentence (a number), right (1 or 0), then
// the features in thousandths.
//
//go:embed calibration.csv.gz
var calibrationFile []byte

// combiner turns features into the logit of the probability that a sentence
// speaks of a skill.
type combiner struct {
	constant float32
	weights  features
}

func (c *combiner) logit(f *features) float32 {
	sum := c.constant
	for i, v := range f {
		sum += c.weights[i] * v
	}
	return sum
}

// probability is the logistic function of a logit.
func probability(logit float32) float64 { return 1 / (1 + math.Exp(-float64(logit))) }

// observation is a candidate of which is known whether it is right.
type observation struct {
	sentence int
	right    bool
	features features
}

// readCalibration reads the calibration file.
func readCalibration() ([]observation, error) {
	unzipped, err := gzip.NewReader(bytes.NewReader(calibrationFile))
	if err != nil {
		return nil, fmt.Errorf("read calibration.csv.gz: %w", err)
	}
	rows, err := csv.NewReader(unzipped).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read calibration.csv.gz: %w", err)
	}
	names := featureNames()
	if len(rows) == 0 || !slices.Equal(rows[0][min(2, len(rows[0])):], names[:]) {
		return nil, fmt.Errorf("read calibration.csv.gz: its columns are not the features")
	}
	observations := make([]observation, 0, len(rows)-1)
	for i, row := range rows[1:] {
		o := observation{right: row[1] == "1"}
		if o.sentence, err = strconv.Atoi(row[0]); err != nil {
			return nil, fmt.Errorf("read calibration.csv.gz, row %d: %w", i+1, err)
		}
		for f, text := range row[2:] {
			thousandths, err := strconv.Atoi(text)
			if err != nil {
				return nil, fmt.Errorf("read calibration.csv.gz, row %d: %w", i+1, err)
			}
			o.features[f] = float32(thousandths) / 1000
		}
		observations = append(observations, o)
	}
	return observations, nil
}

// ridge keeps the weights of features that hardly matter small.
const ridge = 1.0

// fit returns the combiner that makes the observations most likely, by Newton's
// method on the ridge logistic likelihood. The features from skip on are left out: 0.
func fit(observations []observation, uses func(feature int) bool) (combiner, error) {
	var used []int
	for i := range featureCount {
		if uses(i) {
			used = append(used, i)
		}
	}
	n := len(used) + 1
	beta, values := mat.NewVecDense(n, nil), make([]float64, n)
	for range newtonRounds {
		hessian, gradient := mat.NewSymDense(n, nil), mat.NewVecDense(n, nil)
		for i := range n {
			penalty := ridge
			if i == 0 {
				penalty = 1e-9
			}
			hessian.SetSym(i, i, penalty)
			gradient.SetVec(i, -penalty*beta.AtVec(i))
		}
		for k := range observations {
			o := &observations[k]
			values[0] = 1
			for i, f := range used {
				values[i+1] = float64(o.features[f])
			}
			p := 1 / (1 + math.Exp(-mat.Dot(beta, mat.NewVecDense(n, values))))
			right := 0.0
			if o.right {
				right = 1
			}
			x := mat.NewVecDense(n, values)
			gradient.AddScaledVec(gradient, right-p, x)
			hessian.SymRankOne(hessian, p*(1-p), x)
		}
		var factor mat.Cholesky
		if !factor.Factorize(hessian) {
			return combiner{}, fmt.Errorf("fit %d observations: no weights fit best", len(observations))
		}
		var step mat.VecDense
		if err := factor.SolveVecTo(&step, gradient); err != nil {
			return combiner{}, fmt.Errorf("fit %d observations: %w", len(observations), err)
		}
		beta.AddVec(beta, &step)
		if mat.Norm(&step, math.Inf(1)) < newtonPrecision {
			break
		}
	}
	c := combiner{constant: float32(beta.AtVec(0))}
	for i, f := range used {
		c.weights[f] = float32(beta.AtVec(i + 1))
	}
	return c, nil
}

const (
	newtonRounds    = 30
	newtonPrecision = 1e-8
)
