package outcome

// release lets go of what tables are counted from: of millions of rows it would lie in
// memory until the last figure is written. Dimensions stay.
func (p *plan) release() {
	for g := range p.groups {
		p.groups[g].codes = nil
	}
	p.credentials.codes, p.field.codes, p.funding.codes, p.quarter.codes = nil, nil, nil, nil
	p.tables = nil
}

func (p *uptakePlan) release() {
	p.plan.release()
	p.status.codes, p.sector.codes, p.priced.codes, p.price = nil, nil, nil, nil
}

func (p *outcomePlan) release() {
	p.plan.release()
	p.completion.codes, p.entry[0].codes, p.entry[1].codes, p.priced.codes, p.price = nil, nil, nil, nil, nil
	for i := range p.asked {
		a := &p.asked[i]
		a.codes, a.amount, a.stated = nil, nil, nil
	}
	p.weights = nil
}
