package evaluation

import (
	"cmp"
	"math"
	"slices"
)

// Reliability says how far scores may be read as probabilities.
type Reliability struct {
	Links int     `json:"links"`
	Error float64 `json:"error"` // expected calibration error, 0..1
	Bins  []Bin   `json:"bins"`  // by score, ascending
}

// Bin is a tenth of the links, or nearly, ordered by score.
type Bin struct {
	Links int     `json:"links"`
	Score float64 `json:"score"` // mean
	Right float64 `json:"right"` // share, 0..1
}

// scored is a link with its score.
type scored struct {
	score float64
	right float64 // 1 or 0; see shareTies
}

// reliabilityOf puts links into at most that many bins of equal number. The error
// is the mean over the links of the distance between the mean score and the share
// right of their bin. Source: Naeini et al. 2015, with bins of equal mass as in
// Nguyen and O'Connor 2015.
func reliabilityOf(links []scored, bins int) Reliability {
	links = shareTies(links)
	r := Reliability{Links: len(links)}
	for b := range bins {
		part := links[b*len(links)/bins : (b+1)*len(links)/bins]
		if len(part) == 0 {
			continue
		}
		bin := Bin{Links: len(part)}
		for _, l := range part {
			bin.Score += l.score / float64(len(part))
			bin.Right += l.right / float64(len(part))
		}
		r.Error += math.Abs(bin.Score-bin.Right) * float64(len(part)) / float64(len(links))
		r.Bins = append(r.Bins, bin)
	}
	return r
}

// shareTies returns the links by score. Links of equal score each get the share
// that is right of them all, so that no order among them decides in which bin the
// right ones fall.
func shareTies(links []scored) []scored {
	links = slices.Clone(links)
	slices.SortFunc(links, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	for from := 0; from < len(links); {
		to, right := from, 0.0
		for ; to < len(links) && links[to].score == links[from].score; to++ {
			right += links[to].right
		}
		right /= float64(to - from)
		for ; from < to; from++ {
			links[from].right = right
		}
	}
	return links
}
