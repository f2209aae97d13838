package reports

import (
	"cmp"
	"fmt"
)

// didYouMean returns `; did you mean "x"?` for the candidate nearest to word,
// or "" where none is near.
func didYouMean(word string, candidates []string) string {
	best, distance := "", max(3, len(word)/2+1)
	for _, c := range candidates {
		if d := editDistance(word, c); d < distance {
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

// editDistance is the number of letters to insert, delete or replace to make b
// of a.
func editDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(y)]
}
