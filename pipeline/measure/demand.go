package measure

import "github.com/skillsgap/skillsgap/pipeline/model"

// demandBase is what the demand shares of a cell refer to.
type demandBase struct {
	openings         int64
	weight           int64 // posts in the measurer's unit
	digital, green   int64 // of these, asking any such skill, in ten-thousandths
	official         int64 // openings whose group has an official total
	nEffective       float64
	vacancies        int32
	before           int64 // weight in the window before
	beforeNEffective float64
}

func demandBaseOf(all []posting, cell []int32, first model.Date) demandBase {
	var b demandBase
	var squares, before float64
	for _, i := range cell {
		p := &all[i]
		square := float64(p.weight) * float64(p.weight)
		if p.month < first {
			b.before += p.weight
			before += square
			continue
		}
		b.vacancies++
		b.openings += int64(p.openings)
		b.weight += p.weight
		b.digital += p.weight * int64(p.digital)
		b.green += p.weight * int64(p.green)
		if p.official {
			b.official += int64(p.openings)
		}
		squares += square
	}
	b.nEffective = model.EffectiveSize(float64(b.weight), squares)
	b.beforeNEffective = model.EffectiveSize(float64(b.before), before)
	return b
}

// demand adds up the postings of a cell by skill.
type demand struct {
	bySkill  []tally
	found    []int32 // skills asked, in order of appearance
	clusters []cluster
	squares  clusterSquares
}

// cluster is an employer's postings in a cell, which come one after the other; a
// posting without a named employer is a cluster of its own.
type cluster struct {
	named       bool
	now, before int64 // weight in the period, and in the window before
}

// asked is the demand for a skill in a cell.
type asked struct {
	openings, stock int64 // posts asking; of these, posts open on the last day
	weighted        int64 // weight x probability, in ten-thousandths
	linked          int64 // of this, what was found in texts
	before          int64 // weighted, in the window before
	most            int64 // of weighted, the part of the employer with most of it
	unnamed         int64 // of weighted, the part without a named employer
	vacancies       int32
	employers       int32
}

// tally is the demand for a skill while it is added up.
type tally struct {
	asked
	cluster         int32 // the one at hand, counted from 1
	vacanciesOf     int32 // in the period, of the cluster at hand
	ofNow, ofBefore int64 // weighted, of the cluster at hand
	clusters        clusterMoments
}

func (a *asked) share(b *demandBase) float64 { return Share(a.weighted, b.weight*Certain) }

// measure adds up the asks of a cell's postings, which come in order of
// employer.
func (d *demand) measure(p *Period, cell []int32) {
	for _, s := range d.found {
		d.bySkill[s] = tally{}
	}
	d.found = d.found[:0]
	d.cluster(p, cell)
	at, last := int32(0), int32(-1)
	for _, i := range cell {
		from := &p.postings[i]
		if from.employer < 0 || from.employer != last {
			at, last = at+1, from.employer
		}
		now, open := from.month >= p.first, from.open(p.last)
		for _, a := range from.asks {
			s := &d.bySkill[a.Skill]
			if s.cluster != at {
				if s.cluster == 0 {
					d.found = append(d.found, a.Skill)
				} else {
					d.settle(s)
				}
				s.cluster = at
			}
			s.add(from, a, now, open)
		}
	}
	for _, s := range d.found {
		d.settle(&d.bySkill[s])
	}
}

// cluster divides a cell's postings into clusters.
func (d *demand) cluster(p *Period, cell []int32) {
	d.clusters, d.squares = d.clusters[:0], clusterSquares{}
	last := int32(-1)
	for _, i := range cell {
		from := &p.postings[i]
		if from.employer < 0 || from.employer != last {
			d.clusters = append(d.clusters, cluster{named: from.employer >= 0})
			last = from.employer
		}
		c := &d.clusters[len(d.clusters)-1]
		if from.month >= p.first {
			c.now += from.weight
		} else {
			c.before += from.weight
		}
	}
	for i := range d.clusters {
		d.squares.add(&d.clusters[i])
	}
}

func (s *tally) add(from *posting, a Ask, now, open bool) {
	weighted := from.weight * int64(a.Probability)
	if !now {
		s.before += weighted
		s.ofBefore += weighted
		return
	}
	s.vacancies++
	s.vacanciesOf++
	s.openings += int64(from.openings)
	s.weighted += weighted
	s.ofNow += weighted
	if a.Linked {
		s.linked += weighted
	}
	if open {
		s.stock += int64(from.openings)
	}
}

// settle adds the cluster at hand to what is known of all clusters.
func (d *demand) settle(s *tally) {
	c := &d.clusters[s.cluster-1]
	switch {
	case !c.named:
		s.unnamed += s.ofNow
	case s.vacanciesOf > 0:
		s.employers++
		s.most = max(s.most, s.ofNow)
	}
	s.clusters.add(float64(s.ofNow), float64(s.ofBefore), float64(c.now), float64(c.before))
	s.vacanciesOf, s.ofNow, s.ofBefore = 0, 0, 0
}

// dominated tells whether one employer holds more than half of the demand; known is
// false where the postings without a named employer could decide it.
func (a *asked) dominated() (dominated, known bool) {
	switch {
	case 2*a.most > a.weighted:
		return true, true
	case 2*max(a.most+a.unnamed, a.unnamed) > a.weighted:
		return false, false
	}
	return false, a.weighted > 0
}
