package main

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/recommend"
)

type recommendOptions struct {
	person     personOptions
	occupation string
	region     string

	budget       float64
	currency     string
	hours        float64
	hoursPerWeek float64
	maxWeeks     float64
	credentials  int
	start        string
	deadline     string
	languages    []string
	modes        []string
	schedules    []string
	level        string
	accredited   bool

	groups  []string
	years   float64
	funding []string

	format string
	output string
}

func newRecommend(g *globals) *cobra.Command {
	var o recommendOptions
	cmd := &cobra.Command{
		Use:   "recommend",
		Short: "Choose credentials that teach a person what an occupation asks for",
		Long: `recommend sets what a person can do against what vacancies of a region ask for in
an occupation, and chooses credentials that together teach most of what is missing,
within money, hours and time: in which order, why each, what would be the next best,
what stays open, who pays. --format html is a plan to print for the client.

What vacancies ask is taken from the region, else from the one around it; where none
has figures of the occupation, its essential skills in ESCO count alike; the answer
says which. Credentials are in the region or online. One that does not state its
price, hours or weeks is left out under a limit of these, and counted.

Rules of funding are in skillsgap.yaml, under funding.

` + personHelp,
		Example: "  skillsgap recommend --from-occupation 7126 --occupation 7126 --region FRK2 --budget 1000 --hours 120\n  skillsgap recommend --have \"plumbing tools\" --occupation \"heating technician\" --region FRK2 --format html -o plan.html",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runRecommend(cmd, g, o) },
	}
	o.flags(cmd)
	return cmd
}

func (o *recommendOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.occupation, "occupation", "", "the occupation aimed at: name, URI or ISCO-08 unit group (default: the nearest within reach)")
	f.StringVar(&o.region, "region", "", "code of a region (NUTS) or country (default: the only country with figures)")
	o.person.flags(cmd)
	f.Float64Var(&o.budget, "budget", -1, "most money for all credentials; 0: free ones alone (default: any)")
	f.StringVar(&o.currency, "currency", "EUR", "currency of the budget, ISO 4217; prices in another one cannot be compared")
	f.Float64Var(&o.hours, "hours", -1, "most hours for all credentials (default: any)")
	f.Float64Var(&o.hoursPerWeek, "hours-per-week", -1, "most hours a week (default: any)")
	f.Float64Var(&o.maxWeeks, "max-weeks", -1, "most weeks, one credential after the other (default: any)")
	f.IntVar(&o.credentials, "credentials", recommend.DefaultCredentials, "most credentials")
	f.StringVar(&o.start, "start", "", "first day of learning, YYYY-MM-DD (default: the as-of date)")
	f.StringVar(&o.deadline, "deadline", "", "day by which all is done, YYYY-MM-DD")
	f.StringSliceVar(&o.languages, "language", nil, "languages of teaching, BCP 47, separated by commas")
	f.StringSliceVar(&o.modes, "mode", nil, "online, in_person or blended; several separated by commas")
	f.StringSliceVar(&o.schedules, "schedule", nil, "full_time, part_time, evening, weekend or self_paced; several separated by commas")
	f.StringVar(&o.level, "level", "", "level of the European Qualifications Framework, 1 to 8, or a range, as 4-6")
	f.BoolVar(&o.accredited, "accredited", false, "only credentials whose quality assurance is valid")
	f.StringSliceVar(&o.funding, "funding", nil, "rules of skillsgap.yaml to look at (default: all)")
	f.StringSliceVar(&o.groups, "group", nil, "groups the person is in, as the rules of funding name them")
	f.Float64Var(&o.years, "years", 0, "years over which the person's learning account has grown")
	f.StringVar(&o.format, "format", "table", "table, json or html")
	f.StringVarP(&o.output, "output", "o", "", "file to write (default: standard output)")
}

func runRecommend(cmd *cobra.Command, g *globals, o recommendOptions) error {
	if !slices.Contains([]string{"table", "json", "html"}, o.format) {
		return &usageError{fmt.Errorf("format %q: write table, json or html", o.format)}
	}
	answer, err := g.recommend(cmd, o)
	if err != nil {
		return err
	}
	return printAnswer(cmd, o.output, o.format, answer)
}

// request reads the flags that say what suits and what may be spent.
func (o *recommendOptions) request(cmd *cobra.Command, asOf model.Date) (recommend.Request, error) {
	r := recommend.Request{
		AsOf: asOf, Languages: o.languages, Modes: o.modes, Schedules: o.schedules, Accredited: o.accredited, Rungs: ladderRungs,
		Limits: recommend.Limits{Credentials: o.credentials},
	}
	if o.credentials < 1 {
		return r, &usageError{fmt.Errorf("--credentials %d: at least 1", o.credentials)}
	}
	for _, limit := range []struct {
		flag  string
		value float64
		to    **float64
	}{{"hours", o.hours, &r.Hours}, {"hours-per-week", o.hoursPerWeek, &r.HoursPerWeek}, {"max-weeks", o.maxWeeks, &r.Weeks}} {
		if !cmd.Flags().Changed(limit.flag) {
			continue
		}
		if !(limit.value > 0) || math.IsInf(limit.value, 1) {
			return r, &usageError{fmt.Errorf("--%s %v: more than 0", limit.flag, limit.value)}
		}
		*limit.to = &limit.value
	}
	if cmd.Flags().Changed("budget") {
		if !(o.budget >= 0) || o.budget > 1e9 {
			return r, &usageError{fmt.Errorf("--budget %v: an amount of 0 or more", o.budget)}
		}
		money := model.Money(math.Round(o.budget * 100))
		r.Money, r.Currency = &money, strings.ToUpper(o.currency)
	}
	for flag, known := range map[string][]string{
		"mode": {"online", "in_person", "blended"}, "schedule": {"full_time", "part_time", "evening", "weekend", "self_paced"},
	} {
		for _, value := range map[string][]string{"mode": o.modes, "schedule": o.schedules}[flag] {
			if !slices.Contains(known, value) {
				return r, &usageError{fmt.Errorf("--%s %q: write one of %s; the nearest is %q", flag, value, strings.Join(known, ", "), config.Nearest(value, known))}
			}
		}
	}
	var err error
	if r.EQFLow, r.EQFHigh, err = levels(o.level); err != nil {
		return r, err
	}
	return r, o.dates(&r)
}

// ladderRungs is how closely a tight limit is looked at; see [recommend.Request].
const ladderRungs = 2

// dates reads the days of learning.
func (o *recommendOptions) dates(r *recommend.Request) error {
	for _, day := range []struct {
		flag, value string
		to          *model.Date
	}{{"start", o.start, &r.Start}, {"deadline", o.deadline, &r.Finish}} {
		if day.value == "" {
			continue
		}
		d, err := model.ParseDate(day.value)
		if err != nil {
			return &usageError{fmt.Errorf("--%s %q: write a date as YYYY-MM-DD", day.flag, day.value)}
		}
		*day.to = d
	}
	if start := max(r.Start, r.AsOf); r.Finish != 0 && r.Finish <= start {
		return &usageError{fmt.Errorf("--deadline %s: it is not after the first day of learning, %s", r.Finish, start)}
	}
	return nil
}

// levels reads "4" or "4-6"; zeros are any.
func levels(text string) (low, high int32, err error) {
	if text == "" {
		return 0, 0, nil
	}
	first, last, isRange := strings.Cut(text, "-")
	if !isRange {
		last = first
	}
	l, errLow := strconv.Atoi(first)
	h, errHigh := strconv.Atoi(last)
	if errors.Join(errLow, errHigh) != nil || l < 1 || h > 8 || l > h {
		return 0, 0, &usageError{fmt.Errorf("--level %q: write a level from 1 to 8, or a range, as 4-6", text)}
	}
	return int32(l), int32(h), nil
}

// funds returns the rules of funding asked for; all where none is named.
func (o *recommendOptions) funds(cfg *config.Config) ([]recommend.Fund, error) {
	var names, groups []string
	var funds []recommend.Fund
	for i := range cfg.Funding {
		c := &cfg.Funding[i]
		names, groups = append(names, c.Name), append(groups, c.Groups...)
		if len(o.funding) == 0 || slices.Contains(o.funding, c.Name) {
			funds = append(funds, recommend.Fund{
				Name: c.Name, Currency: c.Currency, Maximum: hundredths(c.Maximum), Accrual: hundredths(c.Accrual), Hours: c.Hours,
				Groups: c.Groups, Accredited: c.Accredited, Share: c.Cofinancing, LeaveDays: c.LeaveDays,
			})
		}
	}
	for _, name := range o.funding {
		if len(names) == 0 {
			return nil, &usageError{fmt.Errorf("--funding %q: %s has no rules of funding; see skillsgap help configuration", name, config.FileName)}
		}
		if !slices.Contains(names, name) {
			return nil, &usageError{fmt.Errorf("--funding %q: no such rule in %s; the nearest is %q", name, config.FileName, config.Nearest(name, names))}
		}
	}
	for _, group := range o.groups {
		if !slices.Contains(groups, group) {
			return nil, &usageError{fmt.Errorf("--group %q: no rule of funding in %s names it; they name: %s", group, config.FileName, strings.Join(orNone(groups), ", "))}
		}
	}
	if !(o.years >= 0) {
		return nil, &usageError{fmt.Errorf("--years %v: 0 or more", o.years)}
	}
	return funds, nil
}

func hundredths(amount float64) model.Money { return model.Money(math.Round(amount * 100)) }

// orNone returns the names, each once, or one that says that there is none.
func orNone(names []string) []string {
	if len(names) == 0 {
		return []string{"no group"}
	}
	names = slices.Clone(names)
	slices.Sort(names)
	return slices.Compact(names)
}
