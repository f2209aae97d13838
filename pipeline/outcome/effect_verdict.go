package outcome

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// judge puts a comparison in words. It says "estimated effect" only of
// participants who overlap and are balanced with their comparison persons.
func (c *Comparison) judge(s *Sample, code VerdictCode) Verdict {
	w := words{s: s, c: c}
	switch code {
	case NoComparison:
		return Verdict{code, fmt.Sprintf("Cannot be told: there are %s %s and %s %s.", count(c.Treated), w.treated(), count(c.Untreated), w.untreated())}
	case TooFew:
		return Verdict{code, w.tooFew()}
	case NoCovariates:
		return Verdict{code, "Cannot be told: nothing is known about the persons by which like could be compared with like."}
	case NoOverlap:
		return Verdict{code, w.noOverlap()}
	case NotBalanced:
		return Verdict{code, w.notBalanced()}
	}
	return Verdict{code, w.found(code)}
}

// words are the sentences about a comparison.
type words struct {
	s *Sample
	c *Comparison
}

func (w words) treated() string {
	if w.s.Contrast == Completers {
		return "persons who completed"
	}
	return "participants"
}

func (w words) untreated() string {
	if w.s.Contrast == Completers {
		return "persons who did not complete"
	}
	return "comparison persons"
}

func (w words) tooFew() string {
	text := fmt.Sprintf("Cannot be told: %s %s and %s %s are too few; needed are %d on each side",
		count(w.c.Treated), w.treated(), count(w.c.Untreated), w.untreated(), MinPersons)
	if w.s.Measured.Share {
		text += fmt.Sprintf(", of whom %d with and %d without the outcome", MinEvents, MinEvents)
	}
	return text + "."
}

func (w words) noOverlap() string {
	o := w.c.Overlap
	treated, untreated := w.c.Treated-o.TreatedDropped, w.c.Untreated-o.UntreatedDropped
	text := fmt.Sprintf("Cannot be told: of %s %s only %s are like %s of %s %s",
		count(w.c.Treated), w.treated(), count(treated), count(untreated), count(w.c.Untreated), w.untreated())
	if w.c.Adjusted != nil {
		text += fmt.Sprintf(", who are worth %s after weighting; needed are half of the %s and a worth of %d", count(int(o.EffectiveSize)), w.treated(), MinPersons)
	}
	return text + "."
}

func (w words) notBalanced() string {
	var apart []string
	for _, b := range w.c.Balance {
		if math.Abs(b.After) >= MaxSMD {
			apart = append(apart, fmt.Sprintf("%s (%.2f)", b.Covariate, b.After))
		}
	}
	return fmt.Sprintf("Cannot be told: %s and %s are not comparable. Even weighted they are %.1f standard deviations or more apart in %s.",
		w.treated(), w.untreated(), MaxSMD, strings.Join(apart, ", "))
}

// found says what the interval shows, what it is called and what it rests on.
func (w words) found(code VerdictCode) string {
	e := w.c.Adjusted
	interval := fmt.Sprintf("95 %% interval %s", w.interval(e))
	var b strings.Builder
	switch code {
	case NoDifference:
		fmt.Fprintf(&b, "%s: no difference found between %s and like %s (%s). ", w.s.Measured.Name, w.treated(), w.untreated(), interval)
	default:
		fmt.Fprintf(&b, "%s: %s %s among %s than among like %s (%s). ", w.s.Measured.Name, w.size(math.Abs(e.Value)), code, w.treated(), w.untreated(), interval)
	}
	switch {
	case w.s.Contrast == Completers:
		b.WriteString("This is an adjusted difference and says nothing of cause, for completion is decided after enrolment. ")
	case code != NoDifference:
		b.WriteString("This is an estimated effect. ")
	}
	fmt.Fprintf(&b, "It speaks of %s of %s %s, and rests on %s %s, worth %s after weighting, and on what is known of them: %s.",
		count(e.TreatedPersons), count(w.c.Treated), w.treated(), count(e.UntreatedPersons), w.untreated(),
		count(int(w.c.Overlap.EffectiveSize)), strings.Join(w.covariates(), ", "))
	if o := w.c.Overlap; o.TreatedDropped > 0 {
		most := slices.MaxFunc(w.c.Balance, func(a, b Balance) int { return cmp.Compare(math.Abs(a.Dropped), math.Abs(b.Dropped)) })
		fmt.Fprintf(&b, " The %s left out have no like; they differ most from the others in %s.", count(o.TreatedDropped), most.Covariate)
	}
	if v := w.c.Sensitivity; v != nil && code != NoDifference {
		fmt.Fprintf(&b, " Something not known would have to be linked with both sides by a risk ratio of %.2f to explain it away, and of %.2f for the interval to reach 0.", v.EValue, v.EValueLimit)
	}
	if change := w.c.Change; change != nil {
		fmt.Fprintf(&b, " Counted as change since the period before, the difference is %s (95 %% interval %s).", w.size(change.Value), w.interval(change))
	}
	return b.String()
}

func (w words) covariates() []string {
	names := append([]string(nil), w.s.Numeric...)
	names = append(names, w.s.Categorical...)
	for _, p := range w.s.Persons {
		if !math.IsNaN(p.Before) {
			return append(names, w.s.Measured.Name+", before")
		}
	}
	return names
}

// size tells a difference with its unit, and interval the two ends of one.
func (w words) size(v float64) string { return w.number(v) + " " + w.unit() }

func (w words) interval(e *Estimate) string {
	return w.number(e.Low) + " to " + w.number(e.High) + " " + w.unit()
}

func (w words) unit() string {
	if w.s.Measured.Share {
		return "percentage points"
	}
	return w.s.Measured.Unit
}

// number is rounded such that the standard error of the adjusted difference
// keeps two digits, at most to whole numbers.
func (w words) number(v float64) string {
	unit := 1.0
	if w.s.Measured.Share {
		unit = 100
	}
	decimals := 0
	if e := unit * w.c.Adjusted.StandardError; e > 0 {
		decimals = max(0, min(6, 1-int(math.Floor(math.Log10(e)))))
	}
	text := strconv.FormatFloat(unit*v, 'f', decimals, 64)
	if text == "-"+strconv.FormatFloat(0, 'f', decimals, 64) {
		text = text[1:]
	}
	return grouped(text)
}

func count(n int) string { return grouped(strconv.Itoa(n)) }

// grouped puts commas between groups of three digits before the point.
func grouped(text string) string {
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	whole, rest, _ := strings.Cut(text, ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if rest != "" {
		rest = "." + rest
	}
	return sign + whole + rest
}
