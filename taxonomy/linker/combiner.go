package linker

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed" // for calibration.csv.gz
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/mat"
)

// calibrationFile holds the features of candidates for annotated sentences of
// real vacancies, without their texts: the sentence, a number; its fold (see
// FoldOf); the window, in words; whether it is sound and whether it is right, 1 or
// 0; then the features in thousandths.
//
//go:embed calibration.csv.gz
var calibrationFile []byte

// combiner turns features into the logit of the probability that a sentence
// speaks of a skill.
type combiner struct {
	constant float32
	weights  features
	lines    [evidenceCount]line // by kind of evidence, from the logit to that of a probability
	settled  line                // from that probability, once links have yielded, to the final one
}

// line is a straight line from logit to logit.
type line struct{ shift, slope float32 }

// probability returns the probability to which the line leads from a logit.
func (l line) probability(logit float32) float32 {
	return float32(1 / (1 + math.Exp(-float64(l.shift+l.slope*logit))))
}

// logitOf returns the logit of a probability, within bounds.
func logitOf(p float32) float32 {
	const closest = 1e-6
	q := min(1-closest, max(closest, float64(p)))
	return float32(math.Log(q / (1 - q)))
}

// evidence is on what a candidate rests.
type evidence int

const (
	evidenceLoose    evidence = iota // words here and there, or nearness
	evidenceName                     // another name, word for word or nearly
	evidenceReviewed                 // a reviewed name
	evidenceOfficial                 // the official name, word for word
	evidenceCount
)

func (f *features) evidence() evidence {
	switch {
	case f[featReviewed] > 0:
		return evidenceReviewed
	case f[featExact] > 0:
		return evidenceOfficial
	case f[featPhrase] > 0:
		return evidenceName
	}
	return evidenceLoose
}

func (c *combiner) logit(f *features) float32 {
	sum := c.constant
	for i, v := range f {
		sum += c.weights[i] * v
	}
	return sum
}

// observation is a candidate of which is known whether it is right.
type observation struct {
	sentence, fold int
	first, last    int // of the window
	sound, right   bool
	features       features
}

// parseCalibration reads a calibration file.
func parseCalibration(file []byte) ([]observation, error) {
	unzipped, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("read calibration.csv.gz: %w", err)
	}
	rows, err := csv.NewReader(unzipped).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read calibration.csv.gz: %w", err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], calibrationColumns()) {
		return nil, fmt.Errorf("read calibration.csv.gz: its columns are not those of an observation")
	}
	observations := make([]observation, 0, len(rows)-1)
	for i, row := range rows[1:] {
		o, err := parseObservation(row)
		if err != nil {
			return nil, fmt.Errorf("read calibration.csv.gz, row %d: %w", i+1, err)
		}
		observations = append(observations, o)
	}
	return observations, nil
}

func calibrationColumns() []string {
	names := featureNames()
	return append([]string{"sentence", "fold", "first", "last", "sound", "right"}, names[:]...)
}

func parseObservation(row []string) (observation, error) {
	numbers := make([]int, len(row))
	for i, text := range row {
		var err error
		if numbers[i], err = strconv.Atoi(text); err != nil {
			return observation{}, err
		}
	}
	o := observation{sentence: numbers[0], fold: numbers[1], first: numbers[2], last: numbers[3], sound: numbers[4] == 1, right: numbers[5] == 1}
	for f := range o.features {
		o.features[f] = float32(numbers[6+f]) / 1000
	}
	return o, nil
}

// ridge keeps what hardly matters near where it starts.
const ridge = 1.0

const (
	newtonRounds    = 100
	newtonHalvings  = 40
	newtonPrecision = 1e-8
)

// logistic returns the coefficients that make it most likely that right is true
// where it is, by Newton's method on the logistic likelihood with a ridge around
// start. A step that overshoots is halved. The first value of each row is the
// constant 1, which has hardly a ridge.
func logistic(rows [][]float64, right []bool, start []float64) ([]float64, error) {
	n := len(start)
	beta := mat.NewVecDense(n, slices.Clone(start))
	reached := objective(rows, right, start, beta)
	for range newtonRounds {
		hessian, gradient := mat.NewSymDense(n, nil), mat.NewVecDense(n, nil)
		for i := range n {
			hessian.SetSym(i, i, ridgeOf(i))
			gradient.SetVec(i, ridgeOf(i)*(start[i]-beta.AtVec(i)))
		}
		for k, values := range rows {
			x := mat.NewVecDense(n, values)
			p := 1 / (1 + math.Exp(-mat.Dot(beta, x)))
			residual := -p
			if right[k] {
				residual = 1 - p
			}
			gradient.AddScaledVec(gradient, residual, x)
			hessian.SymRankOne(hessian, p*(1-p), x)
		}
		var factor mat.Cholesky
		var step mat.VecDense
		if !factor.Factorize(hessian) || factor.SolveVecTo(&step, gradient) != nil {
			return nil, fmt.Errorf("fit %d observations: no weights fit best", len(rows))
		}
		before, least := mat.VecDenseCopyOf(beta), reached-newtonPrecision
		for range newtonHalvings {
			beta.AddVec(before, &step)
			if reached = objective(rows, right, start, beta); reached >= least {
				break
			}
			step.ScaleVec(0.5, &step)
		}
		if mat.Norm(&step, math.Inf(1)) < newtonPrecision {
			break
		}
	}
	return beta.RawVector().Data, nil
}

func ridgeOf(coefficient int) float64 {
	if coefficient == 0 {
		return 1e-6
	}
	return ridge
}

// objective is what logistic makes greatest: the logarithm of the likelihood,
// less the ridge.
func objective(rows [][]float64, right []bool, start []float64, beta *mat.VecDense) float64 {
	sum, weights := 0.0, beta.RawVector().Data
	for i, b := range weights {
		sum -= ridgeOf(i) * (b - start[i]) * (b - start[i]) / 2
	}
	for k, values := range rows {
		logit := 0.0
		for i, v := range values {
			logit += weights[i] * v
		}
		if !right[k] {
			logit = -logit
		}
		sum -= max(0, -logit) + math.Log1p(math.Exp(-math.Abs(logit)))
	}
	return sum
}

// fit returns the combiner that makes the observations most likely, and then, for
// each kind of evidence, the line that does so (Platt, "Probabilistic Outputs for
// Support Vector Machines", 1999).
func fit(observations []observation, uses func(feature int) bool) (combiner, error) {
	var used []int
	for i := range featureCount {
		if uses(i) {
			used = append(used, i)
		}
	}
	rows, right := make([][]float64, len(observations)), make([]bool, len(observations))
	for k := range observations {
		rows[k], right[k] = append(rows[k], 1), observations[k].right
		for _, f := range used {
			rows[k] = append(rows[k], float64(observations[k].features[f]))
		}
	}
	beta, err := logistic(rows, right, make([]float64, len(used)+1))
	if err != nil {
		return combiner{}, err
	}
	c := combiner{constant: float32(beta[0])}
	for i, f := range used {
		c.weights[f] = float32(beta[i+1])
	}
	for e := range c.lines {
		var logits [][]float64
		right = right[:0]
		for k := range observations {
			if o := &observations[k]; o.features.evidence() == evidence(e) {
				logits, right = append(logits, []float64{1, float64(c.logit(&o.features))}), append(right, o.right)
			}
		}
		line, err := lineOf(evidence(e), logits, right)
		if err != nil {
			return combiner{}, err
		}
		c.lines[e] = line
	}
	return c, c.settleOn(observations)
}

// settleOn fits the last line, on the sound observations of each sentence once they
// have yielded to one another.
func (c *combiner) settleOn(observations []observation) error {
	var logits [][]float64
	var right []bool
	for from := 0; from < len(observations); {
		end := from
		var links []found
		for ; end < len(observations) && observations[end].sentence == observations[from].sentence; end++ {
			o := &observations[end]
			e := o.features.evidence()
			if p := c.lines[e].probability(c.logit(&o.features)); o.sound && p >= faint {
				links = append(links, found{name: int32(end), first: o.first, last: o.last, loose: e == evidenceLoose, score: p})
			}
		}
		yield(links)
		for _, l := range links {
			logits, right = append(logits, []float64{1, float64(logitOf(l.score))}), append(right, observations[l.name].right)
		}
		from = end
	}
	beta, err := logistic(logits, right, []float64{0, 1})
	if err != nil {
		return err
	}
	c.settled = line{shift: float32(beta[0]), slope: float32(beta[1])}
	return nil
}

// lineOf fits the line of a kind of evidence. A reviewed name is as likely right
// as reviewed names are: what people judged by reading, looser features do not
// overrule.
func lineOf(e evidence, logits [][]float64, right []bool) (line, error) {
	start := []float64{0, 1}
	if e == evidenceReviewed {
		start = start[:1]
		for i := range logits {
			logits[i] = logits[i][:1]
		}
	}
	beta, err := logistic(logits, right, start)
	if err != nil {
		return line{}, err
	}
	return line{shift: float32(beta[0]), slope: float32(append(beta, 0)[1])}, nil
}

// calibrate fits the combiners of a linker on all observations but those of a
// fold.
func (l *Linker) calibrate(without int) error {
	observations, err := parseCalibration(calibrationFile)
	if err != nil {
		return err
	}
	observations = slices.DeleteFunc(observations, func(o observation) bool { return o.fold == without })
	fitted := map[bool]combiner{} // with nearness and without: languages share them
	for _, x := range l.indexes {
		learnt := x.embedding != nil
		c, ok := fitted[learnt]
		if !ok {
			if c, err = fit(observations, func(f int) bool { return f != featNearness || learnt }); err != nil {
				return err
			}
			fitted[learnt] = c
		}
		x.combiner = c
	}
	return nil
}

// Folds is the number of parts into which the calibration sentences are divided
// for cross-validation.
const Folds = 10

// FoldOf returns the part, from 0, in which a sentence is, or would be.
func FoldOf(sentence string) int {
	sum := sha256.Sum256([]byte(sentence))
	return int(binary.BigEndian.Uint32(sum[:]) % Folds)
}

// Without returns a linker whose weights were fitted without the sentences of a
// fold, to judge it on them.
func (l *Linker) Without(fold int) (*Linker, error) {
	other := *l
	other.indexes = nil
	for _, x := range l.indexes {
		y := *x
		y.workers = newWorkers() // what they remember depends on the weights
		other.indexes = append(other.indexes, &y)
	}
	if err := other.calibrate(fold); err != nil {
		return nil, fmt.Errorf("calibrate without fold %d: %w", fold, err)
	}
	return &other, nil
}
