package generate

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// The feeds to which linked facts belong.
const (
	LinkedVacancies   = "linked-vacancies"
	LinkedCredentials = "linked-credentials"
)

// LinkedOptions says how many facts to draw.
type LinkedOptions struct {
	First       int        // number of the first vacancy; those before it are there already
	Vacancies   int        // vacancies from First on
	Credentials int        // credentials
	Skills      float64    // links of a vacancy, on average
	Months      int        // over which the vacancies spread, evenly; the last is that of AsOf
	Seed        uint64     // another seed gives other facts of the same kind
	AsOf        model.Date // last day on which anything is posted
}

func (o LinkedOptions) check() error {
	const most = 100_000_000
	switch {
	case o.First < 0 || o.Vacancies < 0 || o.Credentials < 0 || max(o.First, o.Vacancies, o.Credentials) > most:
		return fmt.Errorf("options: %d vacancies after %d, %d credentials: want 0 to %d", o.Vacancies, o.First, o.Credentials, most)
	case !(o.Skills > 0 && o.Skills <= 100):
		return fmt.Errorf("options: %v skills per vacancy: want above 0 up to 100", o.Skills)
	case o.Months < 1 || o.Months > 240:
		return fmt.Errorf("options: %d months: want 1 to 240", o.Months)
	case o.AsOf <= 0:
		return errors.New("options: no as-of date: set the last day of posting")
	}
	return nil
}

// Linked draws facts: vacancies and credentials with the skills that a linker
// would have found in them. It is read-only once made.
type Linked struct {
	options     LinkedOptions
	taxonomy    *taxonomy.Taxonomy
	skills      []linkedSkill
	mistaken    weights // of the skills, for what a linker mistakes
	occupations []linkedOccupation
	frequency   weights // of the occupations
	countries   []linkedCountry
	countryFor  weights // of vacancies
}

// LinkedVacancy is a vacancy, its texts and skills, and the record of it.
type LinkedVacancy struct {
	Row    model.Vacancy
	Texts  []model.Text
	Skills []model.VacancySkill
	Record model.Record
}

// LinkedCredential is a credential, its texts and skills, and the record of it.
type LinkedCredential struct {
	Row    model.Credential
	Texts  []model.Text
	Skills []model.CredentialSkill
	Record model.Record
}

// NewLinked prepares drawing facts about occupations of t in some of the regions.
func NewLinked(t *taxonomy.Taxonomy, regions []model.Region, options LinkedOptions) (*Linked, error) {
	if err := options.check(); err != nil {
		return nil, fmt.Errorf("generate facts: %w", err)
	}
	l := &Linked{options: options, taxonomy: t}
	l.addSkills()
	l.addOccupations()
	l.addRegions(regions)
	if len(l.occupations) == 0 || len(l.countries) == 0 {
		return nil, errors.New("generate facts: the taxonomy gives no occupation a skill, or no region is listed")
	}
	return l, nil
}

// Months lists the months over which the vacancies spread.
func (l *Linked) Months() []model.Date {
	var months []model.Date
	for back := l.options.Months - 1; back >= 0; back-- {
		months = append(months, l.options.AsOf.AddMonths(-back))
	}
	return months
}

// Vacancies draws the vacancies of one of the months in order of their ids. It
// holds the ids alone in memory.
func (l *Linked) Vacancies(month model.Date) iter.Seq[LinkedVacancy] {
	return func(yield func(LinkedVacancy) bool) {
		at := slices.Index(l.Months(), month)
		if at < 0 {
			return
		}
		from, to := l.options.Vacancies*at/l.options.Months, l.options.Vacancies*(at+1)/l.options.Months
		ids := make([]numbered, 0, to-from)
		for n := l.options.First + from; n < l.options.First+to; n++ {
			ids = append(ids, numbered{linkedID(LinkedVacancies, n), n})
		}
		slices.SortFunc(ids, func(a, b numbered) int { return strings.Compare(a.id, b.id) })
		d := l.newDrawing(month, l.options.First+from)
		for _, id := range ids {
			if !yield(d.vacancy(id)) {
				return
			}
		}
	}
}

// Credentials draws the credentials in order of their ids.
func (l *Linked) Credentials() []LinkedCredential {
	all := make([]LinkedCredential, l.options.Credentials)
	for n := range all {
		all[n] = l.credential(n)
	}
	slices.SortFunc(all, func(a, b LinkedCredential) int { return model.Credentials.Compare(&a.Row, &b.Row) })
	return all
}

// numbered is a record's id and number.
type numbered struct {
	id string
	n  int
}

// linkedID is the id of a record, made as those of feeds are.
func linkedID(feed string, n int) string {
	return digest(feed + "\x00" + sourceID(n))[:32]
}

func sourceID(n int) string { return fmt.Sprintf("%08d", n) }

// digest returns the SHA-256 of s in hex.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
