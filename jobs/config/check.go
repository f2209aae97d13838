package config

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// memoryPattern is how DuckDB writes an amount of memory.
var memoryPattern = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?\s*([KMGT]i?B)$`)

var currencyPattern = regexp.MustCompile(`^[A-Z]{3}$`)

var namePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)

// check returns every mistake in the values of c, joined.
func (c *Config) check(file string) error {
	var errs []error
	wrong := func(format string, args ...any) {
		errs = append(errs, &Error{File: file, Message: fmt.Sprintf(format, args...)})
	}
	if c.Version < 1 {
		wrong("version is missing: write version: %d", Version)
	}
	if c.AsOf != "" {
		if _, err := time.Parse(time.DateOnly, c.AsOf); err != nil {
			wrong("as_of %q is not a date: write YYYY-MM-DD", c.AsOf)
		}
	}
	seen := map[string]bool{}
	for i := range c.Feeds {
		f := &c.Feeds[i]
		if seen[f.Name] {
			wrong("feed %q is defined twice: give each feed its own name", f.Name)
		}
		seen[f.Name] = true
		f.check(i, wrong)
	}
	for i := range c.Taxonomy.Crosswalks {
		c.Taxonomy.Crosswalks[i].check(i, wrong)
	}
	funds := map[string]bool{}
	for i := range c.Funding {
		f := &c.Funding[i]
		if funds[f.Name] {
			wrong("funding %q is defined twice: give each rule its own name", f.Name)
		}
		funds[f.Name] = true
		f.check(i, wrong)
	}
	c.checkLimits(wrong)
	for name, j := range c.Jobs {
		if !namePattern.MatchString(name) {
			wrong("job %q: a name is lower-case letters, digits and hyphens", name)
		}
		if len(j.Stages) == 0 {
			wrong("job %q has no stages", name)
		}
	}
	slices.SortFunc(errs, func(a, b error) int { return cmp.Compare(a.Error(), b.Error()) })
	return errors.Join(errs...)
}

// kinds are the values of Feed.Kind.
var kinds = []string{"vacancies", "credentials", "vacancy_totals", "workforce", "enrolments", "follow_ups", "comparison", "feedback", "reference_population"}

func (f *Feed) check(i int, wrong func(string, ...any)) {
	if !namePattern.MatchString(f.Name) {
		wrong("feed %d: name %q: a name is lower-case letters, digits and hyphens", i+1, f.Name)
	}
	if !slices.Contains(kinds, f.Kind) {
		wrong("feed %q: kind %q: write %s or %s", f.Name, f.Kind, strings.Join(kinds[:len(kinds)-1], ", "), kinds[len(kinds)-1])
	}
	if f.Content != ContentFull && f.Content != ContentDelta {
		wrong("feed %q: content %q: write full or delta", f.Name, f.Content)
	}
	if f.Format == "" {
		wrong("feed %q: format is missing", f.Name)
	}
	if f.Path == "" {
		wrong("feed %q: path is missing: name the file, relative to the workspace", f.Name)
	}
}

func (c *Crosswalk) check(i int, wrong func(string, ...any)) {
	what := fmt.Sprintf("taxonomy.crosswalks %d (%s)", i+1, c.Path)
	if c.Path == "" {
		wrong("%s: path is missing: name the file, relative to the workspace", what)
	}
	if c.Language == "" {
		wrong("%s: language is missing: write that of its names, as pl", what)
	}
	if utf8.RuneCountInString(c.Separator) > 1 {
		wrong("%s: separator %q: one character", what, c.Separator)
	}
	if c.Columns.Name == "" {
		wrong("%s: columns.name is missing: the column with the names of occupations", what)
	}
	if c.Columns.Code == "" && c.Columns.Occupation == "" {
		wrong("%s: columns.code or columns.occupation: name one, or both", what)
	}
}

func (f *Fund) check(i int, wrong func(string, ...any)) {
	if !namePattern.MatchString(f.Name) {
		wrong("funding %d: name %q: a name is lower-case letters, digits and hyphens", i+1, f.Name)
	}
	if !currencyPattern.MatchString(f.Currency) {
		wrong("funding %q: currency %q: write three capital letters, as EUR", f.Name, f.Currency)
	}
	if !(f.Maximum > 0) || math.IsInf(f.Maximum, 1) {
		wrong("funding %q: maximum %v: the most that it pays, more than 0", f.Name, f.Maximum)
	}
	for _, amount := range []struct {
		key   string
		value float64
	}{{"accrual", f.Accrual}, {"hours", f.Hours}, {"leave_days", f.LeaveDays}} {
		if !(amount.value >= 0) || math.IsInf(amount.value, 1) {
			wrong("funding %q: %s %v: 0 or more", f.Name, amount.key, amount.value)
		}
	}
	if !(f.Cofinancing >= 0 && f.Cofinancing <= 1) {
		wrong("funding %q: cofinancing %v: a share lies between 0 and 1", f.Name, f.Cofinancing)
	}
	for _, g := range f.Groups {
		if !namePattern.MatchString(g) {
			wrong("funding %q: group %q: a name is lower-case letters, digits and hyphens", f.Name, g)
		}
	}
}

func (c *Config) checkLimits(wrong func(string, ...any)) {
	if c.Thresholds.CellVacancies < 1 {
		wrong("thresholds.cell_vacancies %v: at least 1", c.Thresholds.CellVacancies)
	}
	if c.Thresholds.SkillLinks < 1 {
		wrong("thresholds.skill_links %d: at least 1", c.Thresholds.SkillLinks)
	}
	if r := *c.Thresholds.RejectShare; !(r >= 0 && r <= 1) {
		wrong("thresholds.reject_share %v: a share lies between 0 and 1", r)
	}
	if w := *c.Thresholds.WithdrawnShare; !(w >= 0 && w <= 1) {
		wrong("thresholds.withdrawn_share %v: a share lies between 0 and 1", w)
	}
	if c.Thresholds.FeedMinutes < 1 {
		wrong("thresholds.feed_minutes %d: at least 1", c.Thresholds.FeedMinutes)
	}
	if c.Learners.RawDays < 0 {
		wrong("learners.raw_days %d: 0 for ever, or a number of days", c.Learners.RawDays)
	}
	if c.Learners.LeastPersons < 3 {
		wrong("learners.least_persons %d: at least 3, since of two persons each knows the other", c.Learners.LeastPersons)
	}
	if d := c.Learners.Dominance; !(d > 0 && d <= 1) {
		wrong("learners.dominance %v: a share above 0, up to 1", d)
	}
	if r := *c.Learners.ResponseRate; !(r >= 0 && r <= 1) {
		wrong("learners.response_rate %v: a share lies between 0 and 1", r)
	}
	if c.Measures.Months < 1 || c.Measures.Months > 240 {
		wrong("measures.months %d: between 1 and 240", c.Measures.Months)
	}
	if r := c.Measures.LinkerRecall; r != (LinkerRecall{}) && (r.Found < 1 || r.Found > r.Of) {
		wrong("measures.linker_recall found %d of %d: at least 1 found, and of as many or more", r.Found, r.Of)
	}
	if !memoryPattern.MatchString(c.Warehouse.Memory) {
		wrong("warehouse.memory %q: write a number and a unit, as 2GB", c.Warehouse.Memory)
	}
	if c.Warehouse.KeepSnapshots < 1 {
		wrong("warehouse.keep_snapshots %d: at least 1, the current one", c.Warehouse.KeepSnapshots)
	}
	if c.Warehouse.Threads < 0 {
		wrong("warehouse.threads %d: 0 for one a core, or a number", c.Warehouse.Threads)
	}
}
