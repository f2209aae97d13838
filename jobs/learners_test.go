package jobs

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/skillsgap/skillsgap/data"
	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// BenchmarkLearnersNight measures a night that reads tables of learners and publishes
// uptake and outcomes with all groups and pairs. It reports seconds by stage, and of the
// stage outcomes by its steps; seconds of all processors together; and the peak of memory.
// Of the environment, SKILLSGAP_LEARNERS is the number of enrolments, of which there are
// three times as many follow-ups; SKILLSGAP_LEARNERS_DIR keeps the workspace, whose tables
// are then used again.
func BenchmarkLearnersNight(b *testing.B) {
	n := 2_000
	if text := os.Getenv("SKILLSGAP_LEARNERS"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			b.Fatal(err)
		}
	}
	dir := os.Getenv("SKILLSGAP_LEARNERS_DIR")
	if dir == "" {
		dir = b.TempDir()
	}
	o := learnersWorkspace(b, dir, n)
	for b.Loop() {
		b.StopTimer()
		if err := os.RemoveAll(filepath.Join(dir, "warehouse")); err != nil { // a night over again takes a release over
			b.Fatal(err)
		}
		steps := &stepTimes{}
		o.Log = slog.New(steps)
		b.StartTimer()
		timeStages(b, o)
		steps.report(b)
	}
}

// stepTimes is a log that notes when the steps of the stage outcomes end.
type stepTimes struct {
	slog.Handler
	names []string
	ends  []time.Time
}

func (s *stepTimes) Enabled(context.Context, slog.Level) bool { return true }
func (s *stepTimes) WithAttrs([]slog.Attr) slog.Handler       { return s }
func (s *stepTimes) WithGroup(string) slog.Handler            { return s }

func (s *stepTimes) Handle(_ context.Context, r slog.Record) error {
	for start, name := range map[string]string{
		"learners are read": "", "learners are counted": "counting", "learners are compared": "comparing", "figures about learners": "protecting",
	} {
		if strings.HasPrefix(r.Message, start) {
			s.names, s.ends = append(s.names, name), append(s.ends, r.Time)
		}
	}
	return nil
}

func (s *stepTimes) report(b *testing.B) {
	for i := 1; i < len(s.ends); i++ {
		b.ReportMetric(s.ends[i].Sub(s.ends[i-1]).Seconds(), s.names[i]+"-s")
	}
}

// learnersWorkspace makes a workspace with drawn tables of so many enrolments, unless it
// is there.
func learnersWorkspace(tb testing.TB, dir string, n int) Options {
	tb.Helper()
	for _, sub := range []string{"taxonomy", "inbox"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			tb.Fatal(err)
		}
	}
	t := escoOf(tb, false)
	d := newLearnerDraw(tb, t, n)
	cfg := config.Default()
	for _, table := range d.tables() {
		cfg.Feeds = append(cfg.Feeds, config.Feed{Name: table.name, Kind: table.kind, Format: "table", Path: "inbox/" + table.name + ".csv", Columns: table.columns(), Constants: table.constants})
	}
	cfg.Jobs = map[string]config.Job{"nightly": {Stages: []string{"concepts", "read", "link", "measure", "outcomes", "publish"}}}
	o := Options{Workspace: dir, Job: "nightly", AsOf: drawnAsOf, Program: "p1", Now: time.Now, LearnerSecret: strings.Repeat("0f", 32), Log: slog.New(slog.DiscardHandler)}
	save(tb, cfg, o)
	if err := t.Save(filepath.Join(dir, pipeline.TaxonomyFile)); err != nil {
		tb.Fatal(err)
	}
	for _, table := range d.tables() {
		name := filepath.Join(dir, "inbox", table.name+".csv")
		if _, err := os.Stat(name); err == nil {
			continue // drawn before
		}
		f, err := os.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		to := bufio.NewWriterSize(f, 1<<20)
		fmt.Fprintln(to, table.header)
		table.write(to)
		if err := errors.Join(to.Flush(), f.Close()); err != nil {
			tb.Fatal(err)
		}
	}
	return o
}

var drawnAsOf = model.NewDate(2026, time.June, 30)

// learnerDraw draws tables of learners of a country: a few credentials have most of them,
// one in ten of whom comes back.
type learnerDraw struct {
	n           int
	credentials []drawnCredential
	regions     []string
	iscos       []string
}

type drawnCredential struct{ id, provider, nace, field, skills, isco string }

func newLearnerDraw(tb testing.TB, t *taxonomy.Taxonomy, n int) *learnerDraw {
	tb.Helper()
	d := &learnerDraw{n: n}
	regions, err := prepare.LoadRegions(data.Reference)
	if err != nil {
		tb.Fatal(err)
	}
	for _, r := range regions.Rows() {
		if r.Country == "DE" && r.RegionLevel == 2 {
			d.regions = append(d.regions, r.RegionCode)
		}
	}
	for i := range t.Occupations {
		d.iscos = append(d.iscos, t.Occupations[i].ISCO)
	}
	slices.Sort(d.iscos)
	d.iscos = slices.Compact(d.iscos)
	r := rand.New(rand.NewPCG(1, 1))
	credentials := max(n/200, 20)
	for i := range credentials {
		var skills []string
		for range 6 {
			skills = append(skills, t.Skills[r.IntN(len(t.Skills))].URI)
		}
		d.credentials = append(d.credentials, drawnCredential{
			id: fmt.Sprintf("course-%05d", i), provider: fmt.Sprintf("Provider %03d", i%max(credentials/17, 3)), nace: []string{"85.59", "85.42", "62.01"}[i%3],
			field: []string{"0613", "0913", "0413", "0715", "1013"}[r.IntN(5)], skills: strings.Join(skills, "|"), isco: d.iscos[r.IntN(len(d.iscos))],
		})
	}
	return d
}

// drawnTable is a table with our names for its columns.
type drawnTable struct {
	name, kind, header string
	constants          map[string]string
	write              func(io.Writer)
}

func (t *drawnTable) columns() map[string]string {
	columns := map[string]string{}
	for _, name := range strings.Split(t.header, ",") {
		columns[name] = name
	}
	return columns
}

const personHeader = "learner,birth_date,gender,education,employment,disability,third_country,foreign_background,minority,homeless,rural,minimum_income,income_band,region_code,nace,occupation,income_before,income_earlier"

func (d *learnerDraw) tables() []drawnTable {
	income := map[string]string{"income_period": "month", "currency": "EUR"}
	enrolment := map[string]string{"price_currency": "EUR", "income_period": "month", "currency": "EUR"}
	return []drawnTable{
		{"catalogue", "credentials", "source_id,title,provider,provider_nace,isced_f,skills,isco08s,price", map[string]string{"currency": "EUR", "language": "en"}, d.writeCatalogue},
		{"enrolments", "enrolments", personHeader + ",credential,provider,started_on,ended_on,status,certified,funding,price_paid", enrolment, d.writeEnrolments},
		{"comparison", "comparison", personHeader + ",index_on", income, d.writeComparison},
		{"follow-ups", "follow_ups", "learner,credential,observed_on,months_after,employment,job_search,further_learning,situation_improved,related_to_training,occupation,nace,income", income, d.writeFollowUps},
	}
}

func (d *learnerDraw) writeCatalogue(w io.Writer) {
	for i, c := range d.credentials {
		fmt.Fprintf(w, "%s,Course %d of a kind,%s,%s,%s,%s,%s,%d\n", c.id, i, c.provider, c.nace, c.field, c.skills, c.isco, 100+i%900)
	}
}

// drawnPart is a participation, or what would have been one.
type drawnPart struct {
	learner    string
	credential *drawnCredential
	from, to   model.Date
	work       int // of entry
	completes  bool
	r          *rand.Rand
}

// part draws a participation: the same on every call.
func (d *learnerDraw) part(i int) drawnPart {
	r := rand.New(rand.NewPCG(2, uint64(i)))
	c := &d.credentials[int(math.Pow(r.Float64(), 3)*float64(len(d.credentials)))]
	from := model.NewDate(2021, time.January, 1) + model.Date(r.IntN(1200))
	person := i
	if i >= d.n*9/10 {
		person = r.IntN(d.n * 9 / 10)
	}
	work := weighed(r, 60, 20, 10, 10)
	return drawnPart{fmt.Sprintf("L-%08d", person), c, from, from + model.Date(10+r.IntN(120)), work, r.IntN(10) < 6+work%2, r}
}

func weighed(r *rand.Rand, shares ...int) int {
	n := r.IntN(100)
	for i, s := range shares {
		if n -= s; n < 0 {
			return i
		}
	}
	return len(shares) - 1
}

var drawnWork = []string{"employed", "unemployed", "long-term unemployed", "inactive"}

func (d *learnerDraw) writePerson(w io.Writer, p *drawnPart) {
	r := p.r
	said := func(percent int) string {
		switch n := r.IntN(100); {
		case n < 4:
			return ""
		case n < 4+percent:
			return "yes"
		}
		return "no"
	}
	born := p.from - model.Date(365*(16+r.IntN(50))+r.IntN(365))
	before := 1200 + r.IntN(2000)
	fmt.Fprintf(w, "%s,%s,%s,ISCED %d,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%d,%d",
		p.learner, born, []string{"F", "M", "X", ""}[weighed(r, 52, 46, 1, 1)], 1+r.IntN(7), drawnWork[p.work], said(9), said(7), said(16), said(4), said(2), said(28), said(6),
		[]string{"lowest third", "middle third", "highest third", ""}[weighed(r, 40, 30, 25, 5)], d.regions[r.IntN(len(d.regions))],
		[]string{"86.10", "62.01", "47.11", "85.59", "41.20", ""}[r.IntN(6)], d.iscos[r.IntN(len(d.iscos))], before, before-100+r.IntN(200))
}

func (d *learnerDraw) writeEnrolments(w io.Writer) {
	for i := range d.n {
		p := d.part(i)
		d.writePerson(w, &p)
		status, certified := "withdrawn", "no"
		if p.completes {
			if status = "completed"; p.r.IntN(10) < 9 {
				certified = "yes"
			}
		}
		funding := []string{"voucher", "individual learning account", "employer", "public", "none"}[weighed(p.r, 26, 22, 24, 18, 10)]
		fmt.Fprintf(w, ",%s,%s,%s,%s,%s,%s,%s,%d\n", p.credential.id, p.credential.provider, p.from, p.to, status, certified, funding, 100+p.r.IntN(900))
	}
}

// compared are the comparison persons of so many enrolments.
func (d *learnerDraw) compared() int { return d.n / 20 }

func (d *learnerDraw) comparison(i int) drawnPart {
	p := d.part(-1 - i)
	p.learner = fmt.Sprintf("R-%08d", i)
	return p
}

func (d *learnerDraw) writeComparison(w io.Writer) {
	for i := range d.compared() {
		p := d.comparison(i)
		d.writePerson(w, &p)
		fmt.Fprintf(w, ",%s\n", p.from)
	}
}

func (d *learnerDraw) writeFollowUps(w io.Writer) {
	rows := 3 * d.n
	follow := func(p *drawnPart, credential string, from model.Date, months ...int) {
		r := rand.New(rand.NewPCG(uint64(from), uint64(rows)))
		for _, m := range months {
			rows--
			work, isco, income, nace := weighed(r, 55+m, 20, 10, 10), "", "", ""
			if work == 0 {
				isco, income, nace = d.iscos[r.IntN(len(d.iscos))], strconv.Itoa(1300+r.IntN(2200)), "62.01"
			}
			yes := func(percent int) string {
				if r.IntN(100) < percent {
					return "yes"
				}
				return "no"
			}
			fmt.Fprintf(w, "%s,%s,%s,%d,%s,%s,%s,%s,%s,%s,%s,%s\n", p.learner, credential, from+model.Date(m*365/12), m, drawnWork[work], yes(30), yes(15), yes(25), yes(40), isco, nace, income)
		}
	}
	for i := range d.compared() {
		p := d.comparison(i)
		follow(&p, "", p.from, 6, 12)
	}
	for i := 0; i < d.n && rows > 0; i++ {
		p := d.part(i)
		months := [][]int{{0, 6, 12}, {6, 12, 24}, {0, 6, 24}, {0, 6, 12, 24}, {6, 12}}[i%5]
		follow(&p, p.credential.id, p.to, months[:min(len(months), rows)]...)
	}
}
