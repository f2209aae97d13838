package prepare

import (
	"errors"
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
// a mistake of units or format, but for what stands for an empty date: years
// up to 1900, and 9999.
const (
	firstYear, lastYear = 1990, 2099
	lastEmpty, never    = 1900, 9999
)

// ParseDate reads a date in the format configured: a pattern of YYYY, YY, MM,
// M, DD, D and other characters, a layout of package time, "spreadsheet", or ""
// for ISO 8601 with or without a time, whose day is that of its own offset.
// Where a pattern does not match, ISO 8601 is tried. Text without a digit ("as
// soon as possible") is the unknown date, and so are the dates that systems
// write for it: 0000-00-00, those up to the year 1900, and those in the year 9999.
func ParseDate(s, format string) (model.Date, error) {
	day, err := readDate(s, format)
	if err != nil || day == 0 {
		return 0, err
	}
	switch y := day.Time().Year(); {
	case y <= lastEmpty || y == never:
		return 0, nil
	case y < firstYear || y > lastYear:
		return 0, &yearError{text: clip(strings.TrimSpace(s)), year: y}
	}
	return day, nil
}

// yearError says that a date that could be read lies out of time.
type yearError struct {
	text string
	year int
}

func (e *yearError) Error() string { return fmt.Sprintf("date %q lies in the year %d", e.text, e.year) }

func readDate(s, format string) (model.Date, error) {
	s = strings.TrimSpace(s)
	if !hasDigit(s) || strings.HasPrefix(s, "0000-00-00") {
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
	return day, nil
}

func formatName(format string) string {
	if format == "" {
		return "an ISO 8601 date; set date_format if the feed has another"
	}
	return "in the format " + format
}

// isoDate reads YYYY-MM-DD or YYYYMMDD, with or without a time after T or a
// space, or, as XML has it, an offset alone. Time and offset must look like
// such but are not otherwise read.
func isoDate(s string) (model.Date, error) {
	day, clock, _ := strings.Cut(strings.Replace(s, " ", "T", 1), "T")
	if n := len(time.DateOnly); len(day) > n && strings.IndexByte("+-Z", day[n]) >= 0 {
		day, clock = day[:n], day[n:]+clock
	}
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

// goLayout turns a pattern into a layout of package time. What has no YY is
// one, as "Mon, 2 Jan 2006 15:04:05 MST".
func goLayout(pattern string) string {
	if !strings.Contains(pattern, "YY") {
		return pattern
	}
	return strings.NewReplacer(
		"YYYY", "2006", "YY", "06", "MM", "01", "DD", "02", "M", "1", "D", "2",
		"hh", "15", "HH", "15", "mm", "04", "ss", "05",
	).Replace(pattern)
}

// dates reads several dates of a record and keeps the first violation.
type dates struct {
	format string
	broken *source.Violation
	unread *unread
}

// start reads a date without which the record cannot be counted.
func (d *dates) start(field, s string) model.Date {
	day, err := ParseDate(s, d.format)
	switch {
	case err != nil && d.broken == nil:
		d.broken = &source.Violation{Rule: source.RuleDateUnreadable, Message: field + ": " + err.Error()}
	case day == 0:
		d.unread.check(field, hasDigit(s), s)
	}
	return day
}

// end reads a last day in the manner of start. One beyond the years that are
// read is no end.
func (d *dates) end(field, s string) model.Date {
	day, err := ParseDate(s, d.format)
	var year *yearError
	if errors.As(err, &year) && year.year > lastYear {
		return 0
	}
	if err != nil || day == 0 {
		return d.start(field, s)
	}
	return day
}

// remark reads a date that no count depends on: what cannot be read is not
// stated.
func (d *dates) remark(field, s string) model.Date {
	day, err := ParseDate(s, d.format)
	if day == 0 {
		d.unread.check(field, err == nil && hasDigit(s), s)
	}
	return day
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

// clip shortens a value for a message, without contacts.
func clip(s string) string {
	const most = 40
	s = Line(s)
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
