package measure

import (
	"fmt"
	"math"
)

// Recall is how many of the skills that people found in texts the linker found
// too, as `skillsgap evaluate linker` counts them.
type Recall struct{ Found, Of int }

// Check tells what is wrong with a recall that demand cannot be corrected by.
func (r Recall) Check() error {
	if r.Of < 1 || r.Found < 1 || r.Found > r.Of {
		return fmt.Errorf("found %d of %d: want at least 1 found, of as many or more", r.Found, r.Of)
	}
	return nil
}

// Corrected returns a demand share corrected for the skills that the linker
// misses, (stated + linked/R) / whole, at most 1, with a 95 % interval that knows
// of the vacancies and of the texts on which R was measured. Unit: 0..1, and low
// <= share <= high. stated is the weight of vacancies of which the feed itself
// states the skill, which the linker cannot miss; linked that of those found in
// texts, times their probability, which answers for what is found wrongly; whole
// that of all; n the [model.EffectiveSize]. Of nothing the share is 0, and nothing is
// known: 0 to 1.
//
// What is found with sensitivity R among texts, and always where stated, is found
// with the sensitivity Se = (stated + linked) / (stated + linked/R) in all. The
// interval is that of a prevalence for a test of that sensitivity, whose variance
// is the part of R's that the linked have in it; without linked skills it is that
// of Agresti and Coull.
//
// Source: Rogan, W. J. and Gladen, B. (1978), Estimating prevalence from the
// results of a screening test, American Journal of Epidemiology 107, 71-76; the
// interval of Lang, Z. and Reiczigel, J. (2014), Confidence limits for prevalence
// of disease adjusted for estimated sensitivity and specificity, Preventive
// Veterinary Medicine 113, 13-22, with a specificity of 1.
func Corrected(stated, linked, whole int64, n float64, r Recall) (share, low, high float64) {
	if whole <= 0 || n <= 0 || r.Check() != nil {
		return 0, 0, 1
	}
	found, texts := float64(r.Found), float64(r.Of)
	share = min((float64(stated)+float64(linked)*texts/found)/float64(whole), 1)
	apparent := Share(stated+linked, whole)

	// Two texts are added, one found and one not, as in the source.
	recall := (found + 1) / (texts + 2)
	truth := float64(stated) + float64(linked)/recall
	inTexts := 1.0 // of what is asked for, what only a text tells
	if truth > 0 {
		inTexts = float64(linked) / recall / truth
	}
	sensitivity := 1 - inTexts*(1-recall)
	variance := inTexts * inTexts * recall * (1 - recall) / (texts + 2)
	low, high = prevalence(apparent, n, sensitivity, variance)
	return share, min(low, share), max(high, share)
}

// prevalence is the interval of Lang and Reiczigel for a test of a sensitivity with
// a variance, both after two observations were added, and a specificity of 1.
func prevalence(apparent, n, sensitivity, variance float64) (low, high float64) {
	adjusted := (n*apparent + z*z/2) / (n + z*z)
	p := adjusted / sensitivity
	shift := 2 * z * z * p * variance
	half := z * math.Sqrt(adjusted*(1-adjusted)/(n+z*z)+p*p*variance) / sensitivity
	return max(p+shift-half, 0), min(p+shift+half, 1)
}
