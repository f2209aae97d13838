package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline"
)

const (
	resamples       = 1000 // of the bootstrap
	bootstrapSeed   = 1
	reliabilityBins = 10
)

// classifiedTitle is the answer for a title beside the right one. Found is "" where
// there is none.
type classifiedTitle struct {
	gold, found string
	probability float64
}

// rightAt says whether the answer is right at so many digits.
func (c *classifiedTitle) rightAt(digits int) bool {
	return len(c.found) >= digits && len(c.gold) >= digits && c.found[:digits] == c.gold[:digits]
}

func printTitles(w io.Writer, answers []classifiedTitle, heading string) {
	fmt.Fprintf(w, "\n%s\n", heading)
	for digits := 4; digits >= 1; digits-- {
		share, low, high := bootstrap(answers, func(c *classifiedTitle) bool { return c.rightAt(digits) })
		fmt.Fprintf(w, "  right at %d digits   %.3f  (%.3f to %.3f)\n", digits, share, low, high)
	}
	covered := slices.DeleteFunc(slices.Clone(answers), func(c classifiedTitle) bool { return c.probability < pipeline.MinOccupation })
	fmt.Fprintf(w, "  coverage            %.3f  at probability %.2f\n", float64(len(covered))/float64(len(answers)), pipeline.MinOccupation)
	if len(covered) > 0 {
		share, low, high := bootstrap(covered, func(c *classifiedTitle) bool { return c.rightAt(4) })
		fmt.Fprintf(w, "  right of these      %.3f  (%.3f to %.3f)\n", share, low, high)
	}
	bins, calibration := reliability(answers)
	fmt.Fprintf(w, "  calibration error   %.3f\n", calibration)
	fmt.Fprintf(w, "  titles  probability  right at 4 digits\n")
	for _, b := range bins {
		fmt.Fprintf(w, "  %6d  %11.3f  %17.3f\n", b.titles, b.probability, b.right)
	}
}

// bootstrap returns the share of answers that are right, with the 95 % percentile
// interval over resamples of the answers.
func bootstrap(answers []classifiedTitle, right func(*classifiedTitle) bool) (share, low, high float64) {
	hits := make([]float64, len(answers))
	for i := range answers {
		if right(&answers[i]) {
			hits[i] = 1
			share++
		}
	}
	r, shares := rand.New(rand.NewPCG(bootstrapSeed, 0)), make([]float64, resamples)
	for i := range shares {
		for range hits {
			shares[i] += hits[r.IntN(len(hits))]
		}
		shares[i] /= float64(len(hits))
	}
	slices.Sort(shares)
	return share / float64(len(hits)), shares[resamples*25/1000], shares[resamples*975/1000]
}

// bin is a tenth of the answers, by probability.
type bin struct {
	titles             int
	probability, right float64 // means
}

// reliability puts the answers into bins of equal size by their probability and
// returns the mean distance between probability and share of right answers.
func reliability(answers []classifiedTitle) (bins []bin, calibration float64) {
	sorted := slices.Clone(answers)
	slices.SortStableFunc(sorted, func(a, b classifiedTitle) int { return cmp.Compare(a.probability, b.probability) })
	for i := range reliabilityBins {
		part := sorted[i*len(sorted)/reliabilityBins : (i+1)*len(sorted)/reliabilityBins]
		if len(part) == 0 {
			continue
		}
		b := bin{titles: len(part)}
		for j := range part {
			b.probability += part[j].probability / float64(len(part))
			if part[j].rightAt(4) {
				b.right += 1 / float64(len(part))
			}
		}
		bins = append(bins, b)
		calibration += math.Abs(b.probability-b.right) * float64(len(part)) / float64(len(answers))
	}
	return bins, calibration
}
