package outcome

import (
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// findPrices finds the currency of most prices, and whose price is stated in it.
func (p *outcomePlan) findPrices() {
	p.priced = newColumn(answers("price_stated"), len(p.spells))
	p.price = make([]int64, len(p.spells))
	p.priceIn = p.l.mostUsed(func(yield func(int32)) {
		for i := range p.spells {
			if p.spells[i].price != noMoney {
				yield(p.spells[i].paidIn)
			}
		}
	})
	for i := range p.spells {
		s := &p.spells[i]
		p.priced.codes[i] = p.priced.code(no)
		if s.price != noMoney && s.paidIn == p.priceIn {
			p.price[i], p.priced.codes[i] = s.price, p.priced.code(yes)
		}
	}
}

// addCosts plans who is in work six months after leaving by whether the price is stated, and
// what was paid for those of whom both are known: of all, of units and of regions.
func (p *outcomePlan) addCosts() {
	at := slices.IndexFunc(p.asked, func(a asked) bool { return a.name == employed && a.at == after6 })
	if at < 0 || p.priceIn == whole || !p.asked[at].answered() {
		return
	}
	works := &p.asked[at]
	rows := p.mature[after6.String()]
	var paid []int32
	for _, i := range rows {
		if p.priced.Categories[p.priced.codes[i]] == yes && works.Categories[works.codes[i]] != NotKnown {
			paid = append(paid, i)
		}
	}
	for _, unit := range append(p.unitColumns(), []column{p.groups[byRegion]}) {
		columns := append(slices.Clone(unit), p.priced, works.column)
		roles := p.rolesOf(columns, works.Dimension, p.priced.Dimension)
		roles.cost = true
		if !p.add(tabulation{rows: rows, measure: measureLeavers(after6), columns: columns, roles: roles, asked: works}) {
			continue
		}
		roles = p.rolesOf(unit, nil, nil)
		roles.cost = true
		p.add(tabulation{rows: paid, measure: "paid by leavers " + after6.String(), columns: unit, amount: p.price, roles: roles, asked: works})
	}
}

// cost sets what a leaver in work at six months cost.
func (o *Outcomes) cost(f *Figures, k *Key, row *model.Outcome) {
	if k.priced.table == nil || row.Value == nil || k.Breakdown != model.Total {
		return
	}
	base, work := f.figure(k.priced, known, yes), f.figure(k.priced, yes, yes)
	if base == nil || work == nil || *base == 0 {
		return
	}
	row.CostBase, row.CostEmployed, row.Currency = base, work, o.l.currencyName(o.priceIn)
	if paid := f.figure(k.paid, "", ""); paid != nil && *work > 0 {
		each := float64(*paid) / 100 / float64(*work)
		row.CostPerEmployed = &each
	}
}
