package main

import (
	"slices"
)

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
