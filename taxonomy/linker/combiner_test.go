package linker

import (
	"bytes"
	"compress/gzip"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestLogisticByHand fits cases whose answer is known without fitting.
func TestLogisticByHand(t *testing.T) {
	ones := func(n int) [][]float64 { return slices.Repeat([][]float64{{1}}, n) }
	got, err := logistic(ones(4), []bool{true, true, true, false}, []float64{0})
	if err != nil || math.Abs(got[0]-math.Log(3)) > 1e-5 { // three to one
		t.Errorf("three right of four: %v, %v, want log 3", got, err)
	}
	got, err = logistic(nil, nil, []float64{0.5, 2})
	if err != nil || !slices.Equal(got, []float64{0.5, 2}) {
		t.Errorf("without observations: %v, %v, want the start", got, err)
	}
	// Two observations, x = 1 right and x = -1 wrong: the constant is 0, and the
	// slope b solves 2/(1+e^b) = b, the pull of both against the ridge.
	got, err = logistic([][]float64{{1, 1}, {1, -1}}, []bool{true, false}, []float64{0, 0})
	if err != nil || math.Abs(got[0]) > 1e-9 || math.Abs(2/(1+math.Exp(got[1]))-got[1]) > 1e-9 {
		t.Errorf("two observations: %v, %v", got, err)
	}
}

// TestLogisticOptimum checks on random observations that nothing pulls at the
// coefficients any more, and that they are finite even if a line parts right
// from wrong.
func TestLogisticOptimum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "observations")
		parted := rapid.Bool().Draw(t, "parted")
		rows, right := make([][]float64, n), make([]bool, n)
		wrong := false
		for i := range rows {
			a, b := rapid.Float64Range(-3, 3).Draw(t, "a"), rapid.Float64Range(-3, 3).Draw(t, "b")
			rows[i], right[i] = []float64{1, a, b}, rapid.Bool().Draw(t, "right")
			if parted {
				right[i] = a > 0
			}
			wrong = wrong || right[i] != right[0]
		}
		if !wrong {
			t.Skip("the constant alone would do, and has hardly a ridge")
		}
		start := []float64{0, 0, 1}
		beta, err := logistic(rows, right, start)
		if err != nil {
			t.Fatal(err)
		}
		gradient := []float64{1e-6 * (start[0] - beta[0]), ridge * (start[1] - beta[1]), ridge * (start[2] - beta[2])}
		for i, row := range rows {
			p := 1 / (1 + math.Exp(-(beta[0]*row[0] + beta[1]*row[1] + beta[2]*row[2])))
			for j := range gradient {
				gradient[j] += (float64(btoi(right[i])) - p) * row[j]
			}
		}
		for j, g := range gradient {
			if !(math.Abs(g) < 1e-5) {
				t.Fatalf("coefficients %v: gradient %d is %v", beta, j, g)
			}
		}
	})
}

// observed makes an observation of a kind of evidence.
func observationOf(right bool, values map[int]float32) observation {
	o := observation{right: right}
	for f, v := range values {
		o.features[f] = v
	}
	return o
}

// TestFitIsMonotone fits observations of which the better fit is the likelier
// right, for each kind of evidence, and parts the loose ones entirely.
func TestFitIsMonotone(t *testing.T) {
	var all []observation
	for i := range 40 {
		fit := float32(i) / 40
		all = append(all,
			observationOf(fit > 0.5, map[int]float32{featFit: fit}),
			observationOf(i%10 < i/4, map[int]float32{featFit: fit, featPhrase: 0.5}),
			observationOf(i%10 < i/4+1, map[int]float32{featFit: fit, featPhrase: 1, featExact: 1}),
			observationOf(i%8 != 0, map[int]float32{featFit: fit, featPhrase: 1, featReviewed: 1}))
	}
	c, err := fit(all, func(f int) bool { return f != featNearness })
	if err != nil {
		t.Fatal(err)
	}
	if c.weights[featNearness] != 0 || c.weights[featFit] <= 0 {
		t.Errorf("weights %v", c.weights)
	}
	for e := range evidenceCount {
		if e == evidenceReviewed {
			continue
		}
		last := 0.0
		for _, v := range []float32{0, 0.25, 0.5, 0.75, 1} {
			p := float64(c.lines[e].probability(c.logit(&features{featFit: v})))
			if !(p > last && p < 1) {
				t.Errorf("evidence %d, fit %v: probability %v after %v", e, v, p, last)
			}
			last = p
		}
	}
	if p := float64(c.lines[evidenceReviewed].probability(-9)); math.Abs(p-35.0/40) > 1e-3 || p != float64(c.lines[evidenceReviewed].probability(9)) {
		t.Errorf("a reviewed name has probability %v, want the share of those that are right, 35/40, whatever else", p)
	}
	if none := float64(c.lines[evidenceLoose].probability(c.logit(&features{}))); none > 0.2 {
		t.Errorf("nothing at all has probability %v", none)
	}
}

func TestEvidence(t *testing.T) {
	tests := []struct {
		values map[int]float32
		want   evidence
	}{
		{map[int]float32{featFit: 1, featNearness: 3}, evidenceLoose},
		{map[int]float32{featPhrase: 0.3}, evidenceName},
		{map[int]float32{featPhrase: 1, featExact: 1}, evidenceOfficial},
		{map[int]float32{featPhrase: 1, featReviewed: 1}, evidenceReviewed},
		{map[int]float32{featPhrase: 1, featReviewed: 1, featExact: 1}, evidenceReviewed},
	}
	for _, tt := range tests {
		if o := observationOf(false, tt.values); o.features.evidence() != tt.want {
			t.Errorf("%v is evidence %d, want %d", tt.values, o.features.evidence(), tt.want)
		}
	}
}

// TestProbabilities checks the combiner that the embedded calibration file makes:
// better evidence is likelier right, and every probability is inside 0..1.
func TestProbabilities(t *testing.T) {
	l, x := linkerOf(t, crafts(), nil)
	c := &x.combiner
	if c.weights[featNearness] != 0 {
		t.Error("nearness weighs something without a model")
	}
	for e, line := range c.lines {
		if evidence(e) != evidenceReviewed && !(line.slope > 0) {
			t.Errorf("evidence %d: a greater logit makes it less likely: %+v", e, line)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		f := features{}
		for i := range f {
			f[i] = rapid.Float32Range(-10, 10).Draw(t, "feature")
		}
		if p := float64(c.lines[f.evidence()].probability(c.logit(&f))); !(p >= 0 && p <= 1) {
			t.Fatalf("%v has probability %v", f, p)
		}
	})
	before := *c
	for fold := range 2 {
		other, err := l.Without(fold)
		if err != nil {
			t.Fatal(err)
		}
		if reflect.DeepEqual(other.indexes[0].combiner, before) {
			t.Errorf("without fold %d nothing changes", fold)
		}
		again, err := l.Without(fold)
		if err != nil || !reflect.DeepEqual(other.indexes[0].combiner, again.indexes[0].combiner) {
			t.Errorf("without fold %d twice differs, %v", fold, err)
		}
	}
	if !reflect.DeepEqual(*c, before) {
		t.Error("Without changes the linker itself")
	}
	if other, err := l.Without(Folds); err != nil || !reflect.DeepEqual(other.indexes[0].combiner, before) {
		t.Errorf("without a fold that is none, something changes, %v", err)
	}
}

func TestFoldOf(t *testing.T) {
	for sentence, want := range map[string]int{"": 0, "lead a team": 9, "Née à Łódź": 7} {
		if got := FoldOf(sentence); got != want {
			t.Errorf("FoldOf(%q) = %d, want %d: the calibration file would no longer fit", sentence, got, want)
		}
	}
	counts := [Folds]int{}
	for i := range 10_000 {
		counts[FoldOf(strings.Repeat("a", i%100)+strings.Repeat("b", i/100))]++
	}
	if slices.Min(counts[:]) < 850 || slices.Max(counts[:]) > 1150 {
		t.Errorf("uneven folds: %v", counts)
	}
}

func TestReadCalibration(t *testing.T) {
	all, err := parseCalibration(calibrationFile)
	if err != nil || len(all) < 1000 {
		t.Fatalf("%d observations, %v", len(all), err)
	}
	folds, right := [Folds]int{}, 0
	for _, o := range all {
		folds[o.fold]++
		right += btoi(o.right)
	}
	if slices.Min(folds[:]) == 0 || right < 100 {
		t.Errorf("folds %v, %d right", folds, right)
	}
	head, values := strings.Join(calibrationColumns(), ","), strings.Repeat(",1500", int(featureCount))
	const place = ",2,4,1," // first, last, sound
	for name, tt := range map[string]struct{ file, message string }{
		"not packed":            {"fold,right,fit", "invalid header"},
		"no header":             {gzipped(""), "columns"},
		"short header":          {gzipped("fold\n"), "columns"},
		"other features":        {gzipped(strings.Replace(head, "fit", "fat", 1)), "columns"},
		"features in disorder":  {gzipped(strings.Replace(head, "fit,official", "official,fit", 1)), "columns"},
		"ragged row":            {gzipped(head + "\n1,1\n"), "wrong number of fields"},
		"fold that is no digit": {gzipped(head + "\n0,0" + place + "1" + values + "\n0,x" + place + "1" + values), "row 2"},
		"feature that is none":  {gzipped(head + "\n0,0" + place + "1" + strings.Replace(values, "1500", "1.5", 1)), "row 1"},
		"cut short":             {gzipped(head + "\n0,0" + place + "1" + values)[:40], "unexpected EOF"},
	} {
		if _, err := parseCalibration([]byte(tt.file)); err == nil || !strings.Contains(err.Error(), tt.message) || !strings.Contains(err.Error(), "calibration.csv.gz") {
			t.Errorf("%s: %v, want %q", name, err, tt.message)
		}
	}
	got, err := parseCalibration([]byte(gzipped(head + "\n7,3" + place + "1" + values + "\n8,4" + place + "0" + values)))
	if err != nil || len(got) != 2 || got[0].fold != 3 || got[0].sentence != 7 || got[0].last != 4 || !got[0].sound || !got[0].right || got[1].right || got[0].features[featNearness] != 1.5 {
		t.Errorf("%+v, %v", got, err)
	}
}

func gzipped(text string) string {
	var file bytes.Buffer
	z := gzip.NewWriter(&file)
	_, _ = z.Write([]byte(text)) // a buffer takes all
	_ = z.Close()
	return file.String()
}
