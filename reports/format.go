package reports

import (
	"math/big"
	"strings"
	"time"
)

// What a page shows of a stored value. Everything here works on exact text, as
// exactText gives it, so that what is rounded is the stored decimal.

const (
	minusSign = "\u2212"
	noBreak   = "\u202f" // narrow
	enDash    = "\u2013"
)

// round shifts a decimal by 10^shift and rounds it to the given number of
// decimals, halves away from zero. Text that is no number stays as it is.
func round(text string, shift, decimals int) string {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return text
	}
	if shift > 0 {
		factor := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(shift)), nil)
		r.Mul(r, new(big.Rat).SetInt(factor))
	}
	rounded := r.FloatString(decimals)
	if strings.Trim(rounded, "-0.") == "" {
		rounded = strings.TrimPrefix(rounded, "-")
	}
	return strings.Replace(rounded, "-", minusSign, 1)
}

// percentDecimals is how many decimals a share has in per cent: one below ten
// per cent, so that small shares keep two figures, and one just below a hundred,
// so that nearly all is not taken for all; else none.
func percentDecimals(text string) int {
	r, ok := new(big.Rat).SetString(text)
	if !ok || r.Sign() == 0 {
		return 0
	}
	r.Abs(r)
	if small, all := r.Cmp(big.NewRat(995, 10000)) < 0, r.Cmp(big.NewRat(1, 1)) >= 0; small || !all && r.Cmp(big.NewRat(995, 1000)) >= 0 {
		return 1
	}
	return 0
}

// percent shows a share of 0..1 in per cent. What is not nothing is never 0 %,
// what is not all is never 100 %.
func percent(text string) string {
	shown := round(text, 2, percentDecimals(text))
	switch shown {
	case "0.0":
		shown = "<0.1"
	case "100.0":
		shown = ">99.9"
	}
	return shown + noBreak + "%"
}

// percentRange shows the ends of a share's interval, with the decimals of the
// share itself. A share of zero has none: those of the upper end then keep the
// interval from looking like certainty.
func percentRange(share, low, high string) string {
	if isZero(share) {
		return strings.TrimSuffix(percent(low), noBreak+"%") + enDash + strings.TrimSuffix(percent(high), noBreak+"%")
	}
	d := percentDecimals(share)
	return round(low, 2, d) + enDash + round(high, 2, d)
}

func isZero(text string) bool {
	r, ok := new(big.Rat).SetString(text)
	return ok && r.Sign() == 0
}

// points shows a difference of shares in percentage points, with its sign.
func points(text string) string { return signed(round(text, 2, percentDecimals(text))) }

// pointsRange shows the ends of a difference's interval, with the decimals of
// the difference itself.
func pointsRange(difference, low, high string) string {
	d := percentDecimals(difference)
	return signed(round(low, 2, d)) + " to " + signed(round(high, 2, d))
}

func signed(rounded string) string {
	if strings.HasPrefix(rounded, minusSign) || strings.Trim(rounded, "0.") == "" {
		return rounded
	}
	return "+" + rounded
}

// thousands shows a number with its thousands apart.
func thousands(text string, decimals int) string {
	rounded := round(text, 0, decimals)
	whole, fraction, _ := strings.Cut(rounded, ".")
	start := len(whole) - len(strings.TrimPrefix(whole, minusSign))
	for at := len(whole) - 3; at > start; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// quotient divides two decimals; "" where that cannot be done.
func quotient(part, whole string) string {
	p, ok1 := new(big.Rat).SetString(part)
	w, ok2 := new(big.Rat).SetString(whole)
	if !ok1 || !ok2 || w.Sign() == 0 {
		return ""
	}
	return p.Quo(p, w).RatString()
}

// partOf shows what share part is of whole, "" where there is no whole.
func partOf(part, whole string) string {
	share := quotient(part, whole)
	if share == "" {
		return ""
	}
	return percent(share)
}

// reformat shows a date or moment of one layout in another.
func reformat(text, from, to string) string {
	t, err := time.Parse(from, text)
	if err != nil {
		return text
	}
	return t.Format(to)
}

// format shows a value as its column's kind tells, without interval or notes.
func (c *Column) format(text string) string {
	switch c.Kind {
	case KindInteger:
		return thousands(text, 0)
	case KindNumber:
		return thousands(text, c.Digits)
	case KindShare:
		return percent(text)
	case KindPoints:
		return points(text)
	case KindMonth:
		return reformat(text, time.DateOnly, "January 2006")
	case KindTime:
		return reformat(text, time.RFC3339Nano, "2006-01-02 15:04 UTC")
	case KindFlag:
		if text == "true" {
			return c.Heading
		}
		return ""
	default: // KindText, KindDate
		return text
	}
}
