package outcome

import (
	"encoding/hex"
	"fmt"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Basis says as of when, and by which code lists, learners are counted.
type Basis struct {
	// Release is the day of the publication, the first of a quarter: what lies on
	// that day or later is left out.
	Release model.Date
	// Threshold is the least number of persons whose count is published; tables most
	// of whose cells lie below it are left out.
	Threshold int64
	// ResponseRate is the least share of persons reached for which a value is given.
	ResponseRate float64
	// Above returns the regions of which a region is part, nearest first; none of a
	// country and of what is no code.
	Above func(region string) []string
	// Section returns the NACE section of a code, "" where it is none.
	Section func(nace string) string
	// Related tells whether an occupation is one for which a credential on offer
	// trains; told is false where that cannot be told. It is asked once for each
	// pair of credential and occupation.
	Related func(credentialID, isco08, occupationURI string) (related, told bool)
	// Offers are the credentials on offer by credential_id.
	Offers map[string]Offer
	// Reference returns the share of a category of a group in the population of regions
	// together; given is false where no statistics tell it of each. Nil for none.
	Reference func(regions []string, group, category string) (share float64, given bool)
}

// Offer is what is known of a credential on offer, of all its learners.
type Offer struct {
	Provider    string
	Field       string   // ISCED-F 2013; "" where it is not known
	Skills      []string // that it teaches
	Recommended int64    // recommendations of it
	From, To    model.Date
}

// Learners holds what is counted of learners, coded: a person is a number, and so is
// every category. Add all rows, then [Learners.Uptake] and [Learners.Outcomes].
type Learners struct {
	basis   Basis
	persons map[[16]byte]int32
	groups  [len(groups)]*Dimension
	regions map[string]int32

	names      *Dimension // of credentials, as feeds name them
	credential *Dimension // credentials by provider
	offers     []offerOf  // of each category of credential
	providers  *Dimension
	fields     *Dimension
	funding    *Dimension
	currencies *Dimension
	work       *Dimension // occupations: ISCO-08 group and URI
	related    map[[2]int32]reply

	taken    []participation
	followed []observation
	said     []opinion
	untaken  []untaken
	incomeIn int32 // currency of most incomes, [whole] for none
}

// offerOf is what holds of all participations in a credential.
type offerOf struct {
	name     string // credential_id, else as its feed names it
	id       string // credential_id
	provider int32
	field    int32
}

// participation is an enrolment, coded.
type participation struct {
	person, name, credential      int32
	groups                        [len(groups)]int32
	funding                       int32
	started, ended, certifiedOn   model.Date
	result                        result
	award                         reply // the credential is awarded, as its feed says
	sector                        reply // works in another sector than the provider's
	major                         byte  // group of ISCO-08 on entry, 0 where not known
	price, before, earlier        int64 // in hundredths; noMoney where not known
	priceCurrency, incomeCurrency int32
}

const noMoney = -1 << 62

// reply is yes, no or not known.
type reply uint8

const (
	unsaid reply = iota
	isNo
	isYes
)

func answerOf(b *bool) reply {
	switch {
	case b == nil:
		return unsaid
	case *b:
		return isYes
	}
	return isNo
}

// result is what became of a participation by the day of the release.
type result uint8

const (
	resultOpen result = iota // still takes part, or not known
	resultNot
	resultCompleted
	resultCertified
)

// New returns no learners.
func New(basis Basis) *Learners {
	return &Learners{
		basis: basis, persons: map[[16]byte]int32{}, groups: newGroups(), regions: map[string]int32{},
		names: newDimension("name", false), credential: newDimension("credential", false), providers: newDimension("provider", false),
		fields: newDimension("field", false), funding: newDimension("funding", false), currencies: newDimension("currency", false),
		work: newDimension("occupation", false), incomeIn: whole, related: map[[2]int32]reply{},
	}
}

// Empty tells whether there is nobody to count.
func (l *Learners) Empty() bool { return len(l.taken) == 0 }

// person returns the number of a person.
func (l *Learners) person(key string) (int32, error) {
	var hash [16]byte
	if n, err := hex.Decode(hash[:], []byte(key[:min(len(key), 32)])); err != nil || n < len(hash) {
		return 0, fmt.Errorf("number learners: a learner_key is no keyed hash in hex of 16 bytes or more")
	}
	n, met := l.persons[hash]
	if !met {
		n = int32(len(l.persons))
		l.persons[hash] = n
	}
	return n, nil
}

// AddEnrolments adds participations that began before the release.
func (l *Learners) AddEnrolments(rows []model.Enrolment) error {
	for i := range rows {
		e := &rows[i]
		if e.StartedOn >= l.basis.Release {
			continue
		}
		person, err := l.person(e.LearnerKey)
		if err != nil {
			return err
		}
		p := participation{
			person: person, name: l.names.code(e.Credential), credential: l.offered(e), funding: l.funding.code(orNotKnown(e.Funding)),
			started: e.StartedOn, ended: e.EndedOn, result: l.result(e), award: answerOf(e.Certified), sector: l.sector(e), major: major(e.ISCO08),
			price: amount(e.PricePaid), priceCurrency: l.currencies.code(e.PriceCurrency),
			before: amount(e.IncomeBefore), earlier: amount(e.IncomeEarlier), incomeCurrency: l.currencies.code(e.Currency),
		}
		if p.result == resultCertified {
			p.certifiedOn = e.CertifiedOn
			if p.certifiedOn == 0 {
				p.certifiedOn = e.EndedOn
			}
		}
		if p.ended >= l.basis.Release {
			p.ended = 0
		}
		for g := range groups {
			p.groups[g] = l.categorise(g, &e.Person)
		}
		l.taken = append(l.taken, p)
	}
	return nil
}

func orNotKnown(s string) string {
	if s == "" {
		return NotKnown
	}
	return s
}

func amount(m *model.Money) int64 {
	if m == nil {
		return noMoney
	}
	return int64(*m)
}

func major(isco08 string) byte {
	if isco08 == "" {
		return 0
	}
	return isco08[0]
}

// offered returns the credential of an enrolment. Of one name that several providers
// offer, each provider's is a credential of its own.
func (l *Learners) offered(e *model.Enrolment) int32 {
	name := e.CredentialID
	if name == "" {
		name = e.Credential
	}
	c := l.credential.code(name + "\n" + e.Provider)
	if int(c) == len(l.offers) {
		offer := l.basis.Offers[e.CredentialID]
		l.offers = append(l.offers, offerOf{name, e.CredentialID, l.providers.code(orNotKnown(e.Provider)), l.fields.code(broadField(offer.Field))})
	}
	return c
}

// broadField is the broad field of a code of ISCED-F: its first two digits; of what is
// no code, all of it.
func broadField(code string) string {
	if code == "" {
		return NotKnown
	}
	if len(code) > 2 && code[0] >= '0' && code[0] <= '9' && code[1] >= '0' && code[1] <= '9' {
		return code[:2]
	}
	return code
}

// result tells what had become of a participation by the release.
func (l *Learners) result(e *model.Enrolment) result {
	r := l.basis.Release
	switch {
	case e.EndedOn >= r:
		return resultOpen
	case e.Certified != nil && *e.Certified && e.CertifiedOn < r:
		return resultCertified
	case e.Completed == nil:
		return resultOpen
	case *e.Completed:
		return resultCompleted
	}
	return resultNot
}

// sector tells whether a learner works in another sector than the provider.
func (l *Learners) sector(e *model.Enrolment) reply {
	own, provider := l.basis.Section(e.NACE), l.basis.Section(e.ProviderNACE)
	switch {
	case own == "" || provider == "":
		return unsaid
	case own != provider:
		return isYes
	}
	return isNo
}
