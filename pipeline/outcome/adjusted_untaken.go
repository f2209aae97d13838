package outcome

import "github.com/skillsgap/skillsgap/pipeline/model"

// untaken is a person who did not take part, coded.
type untaken struct {
	person  int32
	groups  [len(groups)]int32
	indexOn model.Date
	entry   entryValues
}

// entryValues are what is known of a person on entry, beside the groups.
type entryValues struct {
	before, earlier int64 // incomes in hundredths; noMoney where not known
	currency        int32
	major           byte
}

// entry returns what was known of a participant on entry.
func (p *participation) entry() entryValues {
	return entryValues{p.before, p.earlier, p.incomeCurrency, p.major}
}

// AddComparison adds persons who did not take part, and would have begun before the release.
func (l *Learners) AddComparison(rows []model.ComparisonPerson) error {
	for i := range rows {
		c := &rows[i]
		if c.IndexOn >= l.basis.Release {
			continue
		}
		person, err := l.person(c.LearnerKey)
		if err != nil {
			return err
		}
		u := untaken{person: person, indexOn: c.IndexOn, entry: entryValues{amount(c.IncomeBefore), amount(c.IncomeEarlier), l.currencies.code(c.Currency), major(c.ISCO08)}}
		for g := range groups {
			u.groups[g] = l.categorise(g, &c.Person)
		}
		l.untaken = append(l.untaken, u)
	}
	return nil
}
