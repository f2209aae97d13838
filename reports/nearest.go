package reports

import (
	"cmp"
	"fmt"

	"github.com/agnivade/levenshtein"
)

// didYouMean returns `; did you mean "x"?` for the candidate nearest to word,
// or "" where none is near.
func didYouMean(word string, candidates []string) string {
	best, distance := "", max(3, len(word)/2+1)
	for _, c := range candidates {
		if d := levenshtein.ComputeDistance(word, c); d < distance {
			best, distance = c, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// didYouMeanOrStop is didYouMean before another sentence: a full stop ends the
// first one where no candidate is near.
func didYouMeanOrStop(word string, candidates []string) string {
	return cmp.Or(didYouMean(word, candidates), ".")
}
