package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

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
