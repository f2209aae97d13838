package prepare

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

// spreadsheet is the date format of spreadsheet serials: days since 1899-12-30.
const spreadsheet = "spreadsheet"

// The years in which a date of the labour market can lie; what is outside is
// a mistake of units or format.
const firstYear, lastYear = 1990, 2100

// ParseDate reads a date in the format configured: a pattern of YYYY, YY, MM,
// M, DD, D and other characters, a layout of package time, "spreadsheet", or ""
// for ISO 8601 with or without a time, whose day is that of its own offset.
// Where a pattern does not match, ISO 8601 is tried. Text without a digit ("as
// soon as possible") is the unknown date.
func ParseDate(s, format string) (model.Date, error) {
	s = strings.TrimSpace(s)
	if !strings.ContainsFunc(s, unicode.IsDigit) {
		return 0, nil
	}
	var day model.Date
	var err error
	switch format {
	case "":
		day, err = isoDate(s)
	case spreadsheet:
		day, err = serialDate(s)
	default:
		var t time.Time
		if t, err = time.Parse(goLayout(format), s); err == nil {
			day = model.DateOf(t)
		} else if iso, isoErr := isoDate(s); isoErr == nil {
			day, err = iso, nil
		}
	}
	if err != nil {
		return 0, fmt.Errorf("date %q is not %s", clip(s), formatName(format))
	}
	if y := day.Time().Year(); y < firstYear || y > lastYear {
		return 0, fmt.Errorf("date %q lies in the year %d", clip(s), y)
	}
	return day, nil
}

func formatName(format string) string {
	if format == "" {
		return "an ISO 8601 date; set date_format if the feed has another"
	}
	return "in the format " + format
}

// isoDate reads YYYY-MM-DD or YYYYMMDD, with or without a time after T or a
// space. The time must look like one but is not otherwise read.
func isoDate(s string) (model.Date, error) {
	day, clock, _ := strings.Cut(strings.Replace(s, " ", "T", 1), "T")
	if strings.Trim(clock, "0123456789:.,+-Zz ") != "" {
		return 0, strconv.ErrSyntax
	}
	layout := time.DateOnly
	if len(day) == 8 {
		layout = "20060102"
	}
	t, err := time.Parse(layout, day)
	if err != nil {
		return 0, err
	}
	return model.DateOf(t), nil
}

// serialDate reads the number of days since 1899-12-30; the time of day after
// the point is cut off.
func serialDate(s string) (model.Date, error) {
	n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil || math.IsNaN(n) || math.Abs(n) > 1e6 {
		return 0, strconv.ErrSyntax
	}
	return model.NewDate(1899, time.December, 30) + model.Date(math.Floor(n)), nil
}

// goLayout turns a pattern into a layout of package time.
func goLayout(pattern string) string {
	return strings.NewReplacer(
		"YYYY", "2006", "YY", "06", "MM", "01", "DD", "02", "M", "1", "D", "2",
		"hh", "15", "HH", "15", "mm", "04", "ss", "05",
	).Replace(pattern)
}

// dates reads several dates of a record and keeps the first violation.
type dates struct {
	format string
	broken *source.Violation
}

func (d *dates) read(field, s string) model.Date {
	day, err := ParseDate(s, d.format)
	if err != nil && d.broken == nil {
		d.broken = &source.Violation{Rule: source.RuleDateUnreadable, Message: field + ": " + err.Error()}
	}
	return day
}

// clip shortens a value for a message.
func clip(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
