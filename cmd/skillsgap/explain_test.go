package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// printedFigure is what `explain --format json` prints, as far as a figure is recomputed
// from it.
type printedFigure struct {
	Value       float64
	Row         []struct{ Column, Value string }
	Parts       []printedPart
	Compared    []comparedFigure
	Populations []population
}

type printedPart struct {
	Name, Command string
	Value         any
}

type comparedFigure struct {
	Name, Of string
	Value    float64
}

type population struct {
	Cell        string
	Vacancies   []printedVacancy
	Credentials []printedCredential
}

type printedVacancy struct {
	Employer   string
	ISCO08     string
	Occupation string `json:"occupation_uri"`
	Openings   float64
	Weight     float64
	Official   *bool
	Open       bool `json:"open_on_the_last_day"`
	Asks       []printedAsk
}

type printedAsk struct {
	Skill       string `json:"skill_uri"`
	Probability float64
	Text        string `json:"evidence_text"`
}

type printedCredential struct {
	Online  bool
	Places  float64
	Teaches []printedAsk
}

// explainFigures draws figures from all numeric columns of the cells' datasets, and
// recomputes each from what the command prints. draws is how many.
func explainFigures(t *testing.T, db *warehouse.DB, workspace string, draws int) {
	type column struct{ dataset, name string }
	var columns []column
	for _, d := range []model.Info{model.Cells.Info, model.SkillDemands.Info, model.SkillSupplies.Info, model.SkillGaps.Info} {
		for _, f := range reflect.VisibleFields(d.Row) {
			name, _, _ := strings.Cut(f.Tag.Get("parquet"), ",")
			kind := f.Type
			if kind.Kind() == reflect.Pointer {
				kind = kind.Elem()
			}
			numeric := slices.Contains([]reflect.Kind{reflect.Int32, reflect.Int64, reflect.Float64}, kind.Kind())
			if numeric && name != "region_level" && name != "-" {
				columns = append(columns, column{d.Name, name})
			}
		}
	}
	random := rand.New(rand.NewPCG(5, 20))
	for done, tried := 0, 0; done < draws; tried++ {
		c := columns[random.IntN(len(columns))]
		skill := "skill_uri"
		if c.dataset == model.Cells.Name {
			skill = "''"
		}
		type drawn struct {
			Keys  []string
			Value float64
		}
		rows, err := warehouse.Select[drawn](t.Context(), db, fmt.Sprintf(`SELECT ['region=' || region_code, 'occupation=' || occupation_code, 'sector=' || nace_section, 'month=' || month, 'period=' || period, 'skill=' || %s] AS keys, %s::DOUBLE AS value
			FROM %s WHERE %s IS NOT NULL ORDER BY hash(keys, %d) LIMIT 1`, skill, c.name, c.dataset, c.name, tried))
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) == 0 { // a column that this workspace does not fill
			continue
		}
		done++
		keys := slices.DeleteFunc(rows[0].Keys, func(k string) bool { return k == "skill=" })
		name := c.dataset + "." + c.name
		x := explainJSON(t, workspace, append([]string{name}, keys...))
		if x.Value != rows[0].Value {
			t.Errorf("%s %v prints %v, stored is %v", name, keys, x.Value, rows[0].Value)
		}
		if err := x.recomputes(name); err != nil {
			t.Errorf("%s %v: %v", name, keys, err)
		}
	}
}

func explainJSON(t *testing.T, workspace string, address []string) *printedFigure {
	t.Helper()
	x, err := printed(t.Context(), workspace, address)
	if err != nil {
		t.Fatalf("explain %v: %v", address, err)
	}
	return x
}

func printed(ctx context.Context, workspace string, address []string) (*printedFigure, error) {
	var out bytes.Buffer
	root := newRoot() //nolint:contextcheck // each command takes its own, of ExecuteContext
	root.SetArgs(append([]string{"explain", "--workspace", workspace, "--format", "json"}, address...))
	root.SetOut(&out)
	if err := root.ExecuteContext(ctx); err != nil {
		return nil, err
	}
	x := &printedFigure{}
	return x, json.Unmarshal(out.Bytes(), x)
}

// recomputes expects that a figure is VALUE, to four digits, and that it can be
// computed again from the records printed with it: `recomputes DIR VALUE FIGURE KEY=…`.
func recomputes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: recomputes DIR VALUE FIGURE KEY=VALUE…")
	}
	x, err := printed(context.Background(), ts.MkAbs(args[0]), args[2:])
	ts.Check(err)
	if got := strconv.FormatFloat(math.Round(x.Value*1e4)/1e4, 'f', -1, 64); got != args[1] {
		ts.Fatalf("%v is %s, want %s", args[2:], got, args[1])
	}
	ts.Check(x.recomputes(args[2]))
}

// recomputes compares a figure with what its printed records give.
func (x *printedFigure) recomputes(name string) error {
	again, ok := x.recomputed(name)
	switch {
	case !ok:
		return errors.New("it cannot be recomputed")
	case !(math.Abs(again-x.Value) <= 1e-12*max(1, math.Abs(x.Value))):
		return fmt.Errorf("it is %v, recomputed %v", x.Value, again)
	}
	return nil
}

// of returns the records of a cell by its name, none where there are none.
func (x *printedFigure) of(cell string) *population {
	for i := range x.Populations {
		if x.Populations[i].Cell == cell {
			return &x.Populations[i]
		}
	}
	return &population{}
}

// part returns a number that stands in the formula, not a number where none does.
func (x *printedFigure) part(name string) float64 {
	for _, p := range x.Parts {
		if value, ok := p.Value.(float64); ok && p.Name == name {
			return value
		}
	}
	return math.NaN()
}

// recomputed computes a figure from the records printed with it.
func (x *printedFigure) recomputed(figure string) (value float64, ok bool) {
	own := x.of("own")
	dataset, column, _ := strings.Cut(figure, ".")
	switch dataset {
	case "cells":
		return own.ofCell(column)
	case "skill_demand":
		return x.ofDemand(own, column)
	case "skill_supply":
		return own.ofSupply(column)
	}
	return x.ofGap(own, column)
}

func (p *population) ofCell(column string) (float64, bool) {
	switch column {
	case "vacancies":
		return float64(len(p.Vacancies)), true
	case "openings":
		return p.total(func(v *printedVacancy) float64 { return v.Openings }), true
	case "demand_base":
		return p.base(), true
	case "n_effective":
		return p.effective(), true
	case "calibrated":
		return p.total(func(v *printedVacancy) float64 {
			if *v.Official {
				return v.Openings
			}
			return 0
		}) / p.total(func(v *printedVacancy) float64 { return v.Openings }), true
	case "any_digital", "any_green", "any_digital_low", "any_digital_high", "any_green_low", "any_green_high":
		share := p.total(func(v *printedVacancy) float64 {
			not := 1.0
			for _, a := range v.Asks {
				not *= 1 - a.Probability
			}
			return v.Weight * math.Round(1e4*(1-not)) / 1e4
		}) / p.base()
		return end(column, share, p.effective(), 1.959963984540054), true
	case "supply_credentials":
		return float64(len(p.Credentials)), true
	case "supply_base":
		base, _ := p.supply()
		return base, true
	case "supply_n_effective":
		_, n := p.supply()
		return n, true
	case "coverage":
		met, all := 0.0, 0.0
		for skill := range p.skills() {
			d, s := p.demandOf(skill), p.supplyOf(skill)
			met, all = met+min(d, s), all+d
		}
		return met / all, true
	case "skills_left_out":
		n := 0.0
		for skill, asking := range p.skills() {
			if asking > 0 && asking < 3 && !p.taught(skill) {
				n++
			}
		}
		return n, true
	}
	return 0, false
}

func (x *printedFigure) ofDemand(p *population, column string) (float64, bool) {
	asking := &population{Vacancies: slices.DeleteFunc(slices.Clone(p.Vacancies), func(v printedVacancy) bool { return len(v.Asks) == 0 })}
	switch column {
	case "vacancies":
		return float64(len(asking.Vacancies)), true
	case "openings":
		return asking.total(func(v *printedVacancy) float64 { return v.Openings }), true
	case "open_stock":
		return asking.total(func(v *printedVacancy) float64 {
			if v.Open {
				return v.Openings
			}
			return 0
		}), true
	case "employers":
		names := map[string]bool{}
		for _, v := range asking.Vacancies {
			if v.Employer != "" {
				names[v.Employer] = true
			}
		}
		return float64(len(names)), true
	case "weighted":
		return p.demandOf("") * p.base(), true
	case "n_effective":
		return p.effective(), true
	case "share", "share_low", "share_high":
		return end(column, p.demandOf(""), p.effective(), 1.959963984540054), true
	case "share_shrunk":
		least := x.part("thresholds.cell_vacancies")
		return (p.effective()*p.demandOf("") + least*x.of("parent").demandOf("")) / (p.effective() + least), true
	case "growth_12m", "growth_low", "growth_high":
		return growthAgain(p, x.of("before"), column), true
	}
	return 0, false
}

func (p *population) ofSupply(column string) (float64, bool) {
	_, n := p.supply()
	count := func(online bool, of func(*printedCredential) float64) float64 {
		total := 0.0
		for i := range p.Credentials {
			if c := &p.Credentials[i]; c.Online == online && len(c.Teaches) > 0 {
				total += of(c)
			}
		}
		return total
	}
	one, places := func(*printedCredential) float64 { return 1 }, func(c *printedCredential) float64 { return c.Places }
	switch column {
	case "credentials_local":
		return count(false, one), true
	case "credentials_online":
		return count(true, one), true
	case "places_local":
		return count(false, places), true
	case "places_online":
		return count(true, places), true
	case "share", "share_low", "share_high":
		return end(column, p.supplyOf(""), n, 1.959963984540054), true
	}
	return 0, false
}

func (x *printedFigure) ofGap(p *population, column string) (float64, bool) {
	const z = 1.959963984540054
	d, s := p.demandOf(""), p.supplyOf("")
	_, n := p.supply()
	low, high := newcombeAgain(d, p.effective(), s, n, z)
	places := 0.0
	for _, c := range p.Credentials {
		places += c.Places * surestOf(c.Teaches, "")
	}
	switch column {
	case "demand_share":
		return d, true
	case "supply_share":
		return s, true
	case "share_gap":
		return d - s, true
	case "gap_low":
		return low, true
	case "gap_high":
		return high, true
	case "log_ratio":
		return math.Log(d+0.001) - math.Log(s+0.001), true
	case "yearly_places":
		return places, true
	case "yearly_openings":
		return d * p.base(), true
	case "places_per_opening":
		return places / (d * p.base()), true
	case "location_quotient":
		return d / x.of("country").demandOf(""), true
	case "specificity":
		return d * math.Log(x.cellsOverAsking()), true
	case "rank_low", "rank_high", "tier":
		return x.rankAgain(p, column), true
	}
	return 0, false
}

func (p *population) total(of func(*printedVacancy) float64) float64 {
	total := 0.0
	for i := range p.Vacancies {
		total += of(&p.Vacancies[i])
	}
	return total
}

func (p *population) base() float64 {
	return p.total(func(v *printedVacancy) float64 { return v.Weight })
}

func (p *population) effective() float64 {
	return p.base() * p.base() / p.total(func(v *printedVacancy) float64 { return v.Weight * v.Weight })
}

// demandOf is the demand share of a skill, "" for the only one printed.
func (p *population) demandOf(skill string) float64 {
	return p.total(func(v *printedVacancy) float64 { return v.Weight * surestOf(v.Asks, skill) }) / p.base()
}

func surestOf(asks []printedAsk, skill string) float64 {
	p := 0.0
	for _, a := range asks {
		if skill == "" || a.Skill == skill {
			p = max(p, a.Probability)
		}
	}
	return p
}

// supply returns the base of supply shares and its effective number: places, but
// credentials where one does not state its places.
func (p *population) supply() (base, effective float64) {
	sum, squares := 0.0, 0.0
	for _, c := range p.Credentials {
		if c.Places == 0 {
			return float64(len(p.Credentials)), float64(len(p.Credentials))
		}
		sum, squares = sum+c.Places, squares+c.Places*c.Places
	}
	return sum, sum * sum / squares
}

func (p *population) supplyOf(skill string) float64 {
	base, _ := p.supply()
	inPlaces := !slices.ContainsFunc(p.Credentials, func(c printedCredential) bool { return c.Places == 0 })
	total := 0.0
	for _, c := range p.Credentials {
		if inPlaces {
			total += c.Places * surestOf(c.Teaches, skill)
		} else {
			total += surestOf(c.Teaches, skill)
		}
	}
	return total / base
}

// skills counts the vacancies that ask for each skill that is asked for or taught.
func (p *population) skills() map[string]int {
	skills := map[string]int{}
	for _, v := range p.Vacancies {
		for _, a := range v.Asks {
			skills[a.Skill]++
		}
	}
	for _, c := range p.Credentials {
		for _, a := range c.Teaches {
			skills[a.Skill] += 0
		}
	}
	return skills
}

func (p *population) taught(skill string) bool {
	return slices.ContainsFunc(p.Credentials, func(c printedCredential) bool { return surestOf(c.Teaches, skill) > 0 })
}

// end returns a share, or an end of its score interval, as a column's name says.
func end(column string, p, n, z float64) float64 {
	if !strings.HasSuffix(column, "_low") && !strings.HasSuffix(column, "_high") {
		return p
	}
	low, high := wilsonAgain(p, n, z)
	if strings.HasSuffix(column, "_low") {
		return low
	}
	return high
}

func wilsonAgain(p, n, z float64) (low, high float64) {
	half := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max((p+z*z/(2*n)-half)/(1+z*z/n), 0), min((p+z*z/(2*n)+half)/(1+z*z/n), 1)
}

func newcombeAgain(a, na, b, nb, z float64) (low, high float64) {
	aLow, aHigh := wilsonAgain(a, na, z)
	bLow, bHigh := wilsonAgain(b, nb, z)
	return max(a-b-math.Sqrt((a-aLow)*(a-aLow)+(bHigh-b)*(bHigh-b)), -1), min(a-b+math.Sqrt((aHigh-a)*(aHigh-a)+(b-bLow)*(b-bLow)), 1)
}

// cellsOverAsking returns the number of the cells compared, over that of those in
// which any vacancy of the region asks for the skill.
func (x *printedFigure) cellsOverAsking() float64 {
	asking := 0.0
	for _, c := range x.Compared {
		if slices.ContainsFunc(x.of("region").Vacancies, func(v printedVacancy) bool {
			return len(v.Asks) > 0 && (c.Of == model.Total || v.Occupation == c.Of || strings.HasPrefix(v.ISCO08, c.Of))
		}) {
			asking++
		}
	}
	return float64(len(x.Compared)) / asking
}

// rankAgain ranks the skill of the row among those compared, by intervals that hold
// all gaps together.
func (x *printedFigure) rankAgain(p *population, column string) float64 {
	demand, supply := map[string]float64{}, map[string]float64{}
	for _, c := range x.Compared {
		into := demand
		if c.Name == "supply_share" {
			into = supply
		}
		into[c.Of] = c.Value
	}
	z := math.Sqrt2 * math.Erfinv(1-0.05/float64(len(demand)))
	_, n := p.supply()
	low, high := map[string]float64{}, map[string]float64{}
	for skill := range demand {
		low[skill], high[skill] = newcombeAgain(demand[skill], p.effective(), supply[skill], n, z)
	}
	var own string
	for _, k := range x.Row {
		if k.Column == "skill_uri" {
			own = k.Value
		}
	}
	above, notBelow := 0.0, 0.0
	for skill := range demand {
		if low[skill] > high[own] {
			above++
		}
		if high[skill] >= low[own] {
			notBelow++
		}
	}
	switch column {
	case "rank_low":
		return above + 1
	case "rank_high":
		return notBelow
	}
	tier := 0.0
	for left := demand; ; tier++ {
		widest := math.Inf(-1)
		for skill := range left {
			widest = max(widest, low[skill])
		}
		rest := map[string]float64{}
		for skill, d := range left {
			if high[skill] < widest {
				rest[skill] = d
			}
		}
		if _, remains := rest[own]; !remains {
			return tier + 1
		}
		left = rest
	}
}

// growthAgain compares the demand share with that before, by employers.
func growthAgain(now, before *population, column string) float64 {
	type cluster struct{ a, w, b, v float64 }
	clusters := map[string]*cluster{}
	add := func(p *population, each func(c *cluster, asked, weight float64)) {
		for i := range p.Vacancies {
			v := &p.Vacancies[i]
			name := v.Employer
			if name == "" {
				name = fmt.Sprintf("\x00%p", v)
			}
			if clusters[name] == nil {
				clusters[name] = &cluster{}
			}
			each(clusters[name], v.Weight*surestOf(v.Asks, ""), v.Weight)
		}
	}
	add(now, func(c *cluster, asked, weight float64) { c.a, c.w = c.a+asked, c.w+weight })
	add(before, func(c *cluster, asked, weight float64) { c.b, c.v = c.b+asked, c.v+weight })
	d, e, w, v := now.demandOf(""), before.demandOf(""), now.base(), before.base()
	if column == "growth_12m" {
		return d / e
	}
	squares, sizes := 0.0, 0.0
	for _, c := range clusters {
		r := (c.a-d*c.w)/(w*d) - (c.b-e*c.v)/(v*e)
		squares += r * r
		sizes += (c.w/w + c.v/v) * (c.w/w + c.v/v)
	}
	g := float64(len(clusters))
	smooth := func(share, n float64) float64 { return (n*share + 0.5) / (n + 1) }
	n, m := now.effective(), before.effective()
	alone := (1-smooth(d, n))/(n*smooth(d, n)) + (1-smooth(e, m))/(m*smooth(e, m))
	factor := math.Exp(max(studentAgain(4/sizes-1)*math.Sqrt(squares*g/(g-1)), 1.959963984540054*math.Sqrt(alone)))
	if column == "growth_low" {
		return d / e / factor
	}
	return d / e * factor
}

// studentAgain returns the 97.5 % quantile of Student's t, of whole degrees of freedom
// below 200, by integrating its density.
func studentAgain(freedom float64) float64 {
	const z = 1.959963984540054
	if freedom >= 200 {
		return z + (z*z*z+z)/(4*freedom)
	}
	nu := max(math.Floor(freedom), 1)
	a, _ := math.Lgamma((nu + 1) / 2)
	b, _ := math.Lgamma(nu / 2)
	density := func(t float64) float64 {
		return math.Exp(a-b-(nu+1)/2*math.Log1p(t*t/nu)) / math.Sqrt(nu*math.Pi)
	}
	integral := func(to float64) float64 {
		const steps = 2000
		sum := density(0) + density(to)
		for i := 1; i < steps; i++ {
			sum += float64(2+2*(i%2)) * density(to*float64(i)/steps)
		}
		return sum * to / steps / 3
	}
	low, high := 1.9, 13.0
	for range 60 {
		if middle := (low + high) / 2; integral(middle) < 0.475 {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}
