package measure

import "github.com/skillsgap/skillsgap/pipeline/model"

// demandBase is what the demand shares of a cell refer to.
type demandBase struct {
	openings, digital, green int64
	nEffective               float64
	vacancies                int32
}

func demandBaseOf(all []posting, cell []int32) demandBase {
	b := demandBase{vacancies: int32(len(cell))}
	var squares float64
	for _, i := range cell {
		p := &all[i]
		w := int64(p.openings)
		b.openings += w
		squares += float64(w) * float64(w)
		if p.digital {
			b.digital += w
		}
		if p.green {
			b.green += w
		}
	}
	b.nEffective = EffectiveSize(float64(b.openings), squares)
	return b
}

// demand adds up the postings of a cell by skill.
type demand struct {
	bySkill []asked
	found   []int32 // skills asked, in order of appearance
}

// asked is the demand for a skill in a cell.
type asked struct {
	openings, stock int64 // posts asking; of these, posts open on the last day
	weighted        int64 // posts x probability, in ten-thousandths
	vacancies       int32
	employers       int32
	employer        int32 // the one seen last, counted from 1
}

// certain is the probability 1 in the unit of asked.weighted.
func certain() int64 { return int64(model.ScoreOf(1)) }

func (a *asked) share(b *demandBase) float64 { return Share(a.weighted, b.openings*certain()) }

// measure adds up the asks of a cell's postings, which come in order of
// employer.
func (d *demand) measure(all []posting, cell []int32, lastDay model.Date) {
	for _, s := range d.found {
		d.bySkill[s] = asked{}
	}
	d.found = d.found[:0]
	for _, i := range cell {
		p := &all[i]
		open := p.open(lastDay)
		for _, a := range p.asks {
			s := &d.bySkill[a.skill]
			if s.vacancies == 0 {
				d.found = append(d.found, a.skill)
			}
			s.vacancies++
			s.openings += int64(p.openings)
			s.weighted += int64(p.openings) * int64(a.probability)
			if open {
				s.stock += int64(p.openings)
			}
			if p.employer >= 0 && s.employer != p.employer+1 {
				s.employer = p.employer + 1
				s.employers++
			}
		}
	}
}
