package reports

import (
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFormat(t *testing.T) {
	for _, test := range []struct {
		kind       Kind
		text, want string
	}{
		{KindShare, "0.32", "32\u202f%"},
		{KindShare, "0.285", "29\u202f%"}, // in binary a little less than half
		{KindShare, "0.0994", "9.9\u202f%"},
		{KindShare, "0.0995", "10\u202f%"},
		{KindShare, "0.0004", "<0.1\u202f%"},
		{KindShare, "0.994", "99\u202f%"},
		{KindShare, "0.9989", "99.9\u202f%"},
		{KindShare, "0.99999", ">99.9\u202f%"},
		{KindShare, "0", "0\u202f%"},
		{KindShare, "1", "100\u202f%"},
		{KindPoints, "0.206", "+21"},
		{KindPoints, "-0.032", "−3.2"},
		{KindPoints, "-0.0002", "0.0"},
		{KindPoints, "0", "0"},
		{KindInteger, "1234567", "1,234,567"},
		{KindInteger, "-123", "−123"},
		{KindInteger, "-1234", "−1,234"},
		{KindInteger, "123456789012345678901234567890", "123,456,789,012,345,678,901,234,567,890"},
		{KindNumber, "1234.565", "1,234.57"},
		{KindNumber, "1e-05", "0.00"},
		{KindNumber, "NaN", "NaN"},
		{KindMonth, "2020-11-01", "November 2020"},
		{KindDate, "2020-11-30", "2020-11-30"},
		{KindTime, "2020-11-30T02:15:07.5Z", "2020-11-30 02:15 UTC"},
		{KindFlag, "true", "Heading"},
		{KindFlag, "false", ""},
		{KindText, "as it is", "as it is"},
	} {
		c := Column{Kind: test.kind, Heading: "Heading", Digits: 2}
		if got := c.format(test.text); got != test.want {
			t.Errorf("%s %q: got %q, want %q", test.kind, test.text, got, test.want)
		}
	}
}

func TestIntervalsHaveTheDecimalsOfTheirFigure(t *testing.T) {
	for got, want := range map[string]string{
		percentRange("0.32", "0.28", "0.3649"):    "28–36",
		percentRange("0.094", "0.081", "0.1092"):  "8.1–10.9",
		percentRange("0", "0", "0.00103782"):      "0–0.1",
		percentRange("0", "0", "0.0001"):          "0–<0.1",
		percentRange("0", "0.0", "0.1293"):        "0–13",
		pointsRange("0.21", "-0.004", "0.26"):     "0 to +26",
		pointsRange("-0.05", "-0.1234", "-0.001"): "−12.3 to −0.1",
		partOf("1", "3"):                          "33\u202f%",
		partOf("1", "0"):                          "",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestRoundIsNearest: what is shown is never further from the stored decimal
// than half of its last digit.
func TestRoundIsNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unscaled, scale := rapid.Int64().Draw(t, "unscaled"), rapid.IntRange(0, 12).Draw(t, "scale")
		decimals := rapid.IntRange(0, 4).Draw(t, "decimals")
		text := decimalText(big.NewInt(unscaled), scale)
		stored, _ := new(big.Rat).SetString(text)
		if want := new(big.Rat).SetFrac(big.NewInt(unscaled), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)); stored.Cmp(want) != 0 {
			t.Fatalf("%d / 10^%d is written %s", unscaled, scale, text)
		}
		shown, ok := new(big.Rat).SetString(strings.ReplaceAll(round(text, 0, decimals), minusSign, "-"))
		if !ok {
			t.Fatalf("%s rounds to %q", text, round(text, 0, decimals))
		}
		half := big.NewRat(1, 2)
		for range decimals {
			half.Quo(half, big.NewRat(10, 1))
		}
		if off := shown.Sub(shown, stored); off.Abs(off).Cmp(half) > 0 {
			t.Fatalf("%s rounds to %q", text, round(text, 0, decimals))
		}
	})
}

func TestDidYouMean(t *testing.T) {
	for word, want := range map[string]string{"colums": "columns", "xyz": "", "": "", "méthod": "method"} {
		got := didYouMean(word, []string{"columns", "method", "caveats"})
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%q: %q", word, got)
		}
	}
}
