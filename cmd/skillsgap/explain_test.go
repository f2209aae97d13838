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
