package prepare

import (
	"fmt"
	"math"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct{ in, format, want string }{
		{"2020-11-30", "", "2020-11-30"},
		{"2020-10-13T08:53:31+0100", "", "2020-10-13"},
		{"2020-12-31T23:59:59-05:00", "", "2020-12-31"}, // the day of its own offset
		{"2020-12-31T23:59:59.123Z", "", "2020-12-31"},
		{"2020-12-31 23:59", "", "2020-12-31"},
		{"20201231", "", "2020-12-31"},
		{"", "", ""},
		{"as soon as possible", "", ""},
		{"44396", spreadsheet, "2021-07-19"},
		{"44396.75", spreadsheet, "2021-07-19"},
		{"31.12.2020", "DD.MM.YYYY", "2020-12-31"},
		{"3/1/2020", "D/M/YYYY", "2020-01-03"},
		{"01/03/20", "MM/DD/YY", "2020-01-03"},
		{"03.01.2020", "02.01.2006", "2020-01-03"},
		{"2020-01-03", "DD.MM.YYYY", "2020-01-03"},
		{"2020-02-30", "", "error"},
		{"31.12.2020", "", "error"},
		{"44396", "", "error"},
		{"0001-01-01", "", ""},
		{"1900-01-01", "", ""},
		{"9999-12-31", "", ""},
		{"0", spreadsheet, ""},
		{"1901-01-01", "", "error"},
		{"2100-01-01", "", "error"},
		{"2026-06-01+01:00", "", "2026-06-01"},
		{"2026-06-01-05:00", "", "2026-06-01"},
		{"2026-06-01Z", "", "2026-06-01"},
		{"2026-06-01X", "", "error"},
		{"Fri, 5 Jun 2026 10:00:00 GMT", "Mon, 2 Jan 2006 15:04:05 MST", "2026-06-05"},
		{"Friday 05/06/2026 3:04 PM", "Monday 02/01/2006 3:04 PM", "2026-06-05"},
		{"99999999", spreadsheet, "error"},
		{"2020-12-31Tomorrow", "", "error"},
	} {
		got, err := ParseDate(c.in, c.format)
		if text := got.String(); err != nil && c.want != "error" || err == nil && text != c.want {
			t.Errorf("ParseDate(%q, %q) = %q, %v; want %s", c.in, c.format, text, err, c.want)
		}
	}
}

func TestDatesSurviveFormats(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := model.NewDate(1990, 1, 1) + model.Date(rapid.IntRange(0, 40000).Draw(t, "days"))
		tm := day.Time()
		for format, text := range map[string]string{
			"": tm.Format("2006-01-02T15:04:05Z0700"), "DD/MM/YYYY": tm.Format("02/01/2006"), "D.M.YYYY": tm.Format("2.1.2006"),
			spreadsheet: fmt.Sprint(int(day) + 25569),
		} {
			if got, err := ParseDate(text, format); err != nil || got != day {
				t.Fatalf("ParseDate(%q, %q) = %s, %v; want %s", text, format, got, err, day)
			}
		}
	})
}

func TestReadPay(t *testing.T) {
	r := codeLists(t)
	for _, c := range []struct {
		in   source.Salary
		want string
	}{
		{source.Salary{Min: "28333", Max: "28333", Value: "£28,333.20 per annum", Currency: "GBP", Unit: "YEAR"}, "28333.00-28333.00 GBP year"},
		{source.Salary{Value: "£27,373.50 to £34,510 DOE (Preceptors £22,465)", Unit: "YEAR"}, "27373.50-34510.00 GBP year"},
		{source.Salary{Value: "negotiable", Currency: "GBP", Unit: "YEAR"}, ""},
		{source.Salary{Value: "Band 6 equivalent"}, ""},
		{source.Salary{Value: "Equiv - NHS band 5/6"}, ""},
		{source.Salary{Value: "Band 6 - £31,365 - £37,890 per annum"}, "31365.00-37890.00 GBP year"},
		{source.Salary{Value: "£18.36 per hour", Unit: "YEAR"}, "18.36-18.36 GBP hour"},
		{source.Salary{Value: "Up to £36,720 FTE"}, "-36720.00 GBP "},
		{source.Salary{Value: "Starting salary from £31,365 per annum"}, "31365.00- GBP year"},
		{source.Salary{Value: "30,404 - 36,900"}, "30404.00-36900.00  "},
		{source.Salary{Value: "10 000-20 000 zł netto (+ VAT) / mies."}, "10000.00-20000.00 PLN month"},
		{source.Salary{Value: "2.400,50 €"}, "2400.50-2400.50 EUR "},
		{source.Salary{Value: "12,90 EUR brutto / h"}, "12.90-12.90 EUR hour"},
		{source.Salary{Value: "35 000 - 40 000 € brut par an"}, "35000.00-40000.00 EUR year"},
		{source.Salary{Value: "£28k - £30k"}, "28000.00-30000.00 GBP "},
		{source.Salary{Value: "5% bonus"}, ""},
		{source.Salary{Min: "300", Max: "200", Currency: "Euro", Unit: "MONTH"}, "200.00-300.00 EUR month"},
		{source.Salary{Value: "17.5", Currency: "EUR"}, "17.50-17.50 EUR "},
		{source.Salary{Value: "0"}, ""},
		{source.Salary{Value: "99999999999999999999"}, ""},
		{source.Salary{}, ""},
	} {
		p := r.readPay(c.in, &unread{})
		got := ""
		if p.min != nil || p.max != nil {
			got = fmt.Sprintf("%s-%s %s %s", show(p.min), show(p.max), p.currency, p.period)
		}
		if got != c.want {
			t.Errorf("readPay(%+v) = %q, want %q", c.in, got, c.want)
		}
	}
}

func show(m *model.Money) string {
	if m == nil {
		return ""
	}
	return fmt.Sprintf("%d.%02d", *m/100, *m%100)
}

func TestPrice(t *testing.T) {
	r := codeLists(t)
	for _, c := range []struct{ price, currency, want string }{
		{"995.0", "US Dollar", "995.00 USD"}, {"free", "EUR", "0.00 EUR"}, {"0", "EUR", "0.00 EUR"}, {"€ 1.250", "", "1250.00 EUR"},
		{"on request", "EUR", " "}, {"€100 or €200", "", " "}, {"", "", " "}, {"kostenlos", "", "0.00 "},
	} {
		m, code := r.price(c.price, c.currency, &unread{})
		if got := show(m) + " " + code; got != c.want {
			t.Errorf("price(%q, %q) = %q, want %q", c.price, c.currency, got, c.want)
		}
	}
}

func TestParseDuration(t *testing.T) {
	for in, want := range map[string]duration{
		"P9M": {days: 273.75}, "PT30H": {hours: 30}, "P6W": {days: 42}, "P1DT2H30M": {days: 1, hours: 2.5}, "p2y": {days: 730},
		"12 weeks": {days: 84}, "4-6 Wochen": {days: 42}, "3 mois": {days: 91.25}, "30 h": {hours: 30}, "2 dni": {days: 2},
		"approx. 10 hours": {hours: 10}, "1 rok": {days: 365},
		"1 and a half years": {days: 547.5}, "10 and a half weeks": {days: 73.5}, "2½ years": {days: 912.5}, "2 ans": {days: 730}, "1 an": {days: 365}, "2 années": {days: 730},
		"5 and more months": {}, "3 times a week": {}, "4 answers": {},
		"P": {}, "": {}, "soon": {}, "3 credits": {}, "0 days": {},
	} {
		if got, _ := parseDuration(in); got != want {
			t.Errorf("parseDuration(%q) = %+v, want %+v", in, got, want)
		}
	}
}

func TestHalfMonths(t *testing.T) {
	if got, ok := parseDuration("5 and a half months"); !ok || math.Round(got.days) != 167 || got.hours != 0 {
		t.Errorf("5 and a half months are %+v", got)
	}
}

func FuzzDate(f *testing.F) {
	f.Add("2020-11-30T10:00:00Z", "")
	f.Add("44396", spreadsheet)
	f.Add("31.12.2020", "DD.MM.YYYY")
	f.Fuzz(func(t *testing.T, s, format string) {
		if day, err := ParseDate(s, format); err == nil && day != 0 {
			if y := day.Time().Year(); y < firstYear || y > lastYear {
				t.Errorf("ParseDate(%q, %q) = %s", s, format, day)
			}
		}
	})
}

func FuzzMoney(f *testing.F) {
	r := codeLists(f)
	f.Add("£28,333.20 per annum")
	f.Add("10 000-20 000 zł / mies.")
	f.Fuzz(func(t *testing.T, s string) {
		p := r.readPay(source.Salary{Value: s}, &unread{})
		if p.min != nil && p.max != nil && *p.min > *p.max || p.min != nil && *p.min <= 0 || p.max != nil && *p.max <= 0 {
			t.Errorf("readPay(%q) = %s to %s", s, show(p.min), show(p.max))
		}
		if m, _ := r.price(s, "", &unread{}); m != nil && *m < 0 {
			t.Errorf("price(%q) = %s", s, show(m))
		}
		parseDuration(s)
	})
}
