package explain

import "math"

// The sums over a population's records that formulas name. v is a vacancy, posts are
// its openings and w what they count for demand, p the probability that it asks for
// the skill or that a credential c teaches it, a that a vacancy asks for at least one
// of several.
const (
	countV         = "number of v"
	sumPosts       = "Σ posts"
	sumW           = "Σ w"
	sumW2          = "Σ w²"
	sumWA          = "Σ w a"
	sumOfficial    = "Σ posts with an official total"
	countAsking    = "number of v that ask"
	sumAsking      = "Σ posts of v that ask"
	sumOpen        = "Σ posts of v that ask and are open"
	countEmployers = "number of employers that ask"
	sumWP          = "Σ w p"
	sumWPBefore    = "Σ w p before"
	sumWBefore     = "Σ w before"
	sumWPParent    = "its Σ w p"
	sumWParent     = "its Σ w"
	sumWPCountry   = "Σ w p of the country"
	sumWCountry    = "Σ w of the country"
	countC         = "number of c"
	countUnstated  = "number of c without places"
	sumPlaces      = "Σ places"
	sumPlaces2     = "Σ places²"
	countLocal     = "number of local c that teach"
	countOnline    = "number of online c that teach"
	sumLocal       = "Σ places of local c that teach"
	sumOnline      = "Σ places of online c that teach"
	sumP           = "Σ p"
	sumPlacesP     = "Σ places p"
)

// sum is a sum over the records of a population.
type sum struct {
	meaning string
	of      func(*Population) float64
	cell    string // which; own where empty
}

func sums() map[string]sum {
	one := func(*Vacancy) float64 { return 1 }
	oneC := func(*Credential) float64 { return 1 }
	asked, base := overAsking(func(v *Vacancy) float64 { return v.Weight * v.Asks[0].Probability }), overVacancies(weight)
	return map[string]sum{
		countV:         {meaning: "vacancies listed below", of: overVacancies(one)},
		sumPosts:       {meaning: "their posts", of: overVacancies(posts)},
		sumW:           {meaning: "what their posts count", of: base},
		sumW2:          {meaning: "the squares of what they count, added up", of: overVacancies(func(v *Vacancy) float64 { return v.Weight * v.Weight })},
		sumWA:          {meaning: "times a = 1 - Π (1 - p), to four digits: the probability that the vacancy asks for any of the skills", of: overVacancies(func(v *Vacancy) float64 { return v.Weight * v.any() })},
		sumOfficial:    {meaning: "posts of those whose group has an official total that counts", of: overVacancies(officialPosts)},
		countAsking:    {meaning: "vacancies in which the skill was found", of: overAsking(one)},
		sumAsking:      {meaning: "posts of these", of: overAsking(posts)},
		sumOpen:        {meaning: "posts of those open on the last day of the period", of: overAsking(openPosts)},
		countEmployers: {meaning: "different names of employers among them", of: employers},
		sumWP:          {meaning: "what their posts count, times the probability that the vacancy asks for the skill", of: asked},
		sumWPBefore:    {meaning: "the same, of the twelve months before", of: asked, cell: before},
		sumWBefore:     {meaning: "what all posts of the twelve months before count", of: base, cell: before},
		sumWPParent:    {meaning: "Σ w p of the parent cell", of: asked, cell: parent},
		sumWParent:     {meaning: "what all posts of the parent cell count", of: base, cell: parent},
		sumWPCountry:   {meaning: "Σ w p of the same occupations in the country", of: asked, cell: country},
		sumWCountry:    {meaning: "what all their posts count", of: base, cell: country},
		countC:         {meaning: "aligned credentials listed below", of: overCredentials(false, oneC)},
		countUnstated: {meaning: "of these, without stated places", of: overCredentials(false, func(c *Credential) float64 {
			if c.Places == 0 {
				return 1
			}
			return 0
		})},
		sumPlaces:   {meaning: "places of the aligned credentials", of: overCredentials(false, places)},
		sumPlaces2:  {meaning: "the squares of their places, added up", of: overCredentials(false, func(c *Credential) float64 { return places(c) * places(c) })},
		countLocal:  {meaning: "credentials in the region in which the skill was found", of: overCredentials(true, where(false, oneC))},
		countOnline: {meaning: "online credentials in which the skill was found", of: overCredentials(true, where(true, oneC))},
		sumLocal:    {meaning: "places of the credentials in the region", of: overCredentials(true, where(false, places))},
		sumOnline:   {meaning: "places of the online credentials", of: overCredentials(true, where(true, places))},
		sumP:        {meaning: "probabilities that the credential teaches the skill, added up", of: overCredentials(true, surest)},
		sumPlacesP:  {meaning: "places times the probability that the credential teaches the skill", of: overCredentials(true, func(c *Credential) float64 { return places(c) * surest(c) })},
	}
}

func weight(v *Vacancy) float64 { return v.Weight }

func posts(v *Vacancy) float64 { return float64(v.Openings) }

func openPosts(v *Vacancy) float64 {
	if v.Open {
		return posts(v)
	}
	return 0
}

// officialPosts are the posts of a vacancy whose group has an official total; not a
// number where no table is given.
func officialPosts(v *Vacancy) float64 {
	switch {
	case v.Official == nil:
		return math.NaN()
	case *v.Official:
		return posts(v)
	}
	return 0
}

// any returns the probability that a vacancy asks for at least one of its skills.
func (v *Vacancy) any() float64 {
	none := 1.0
	for _, a := range v.Asks {
		none *= 1 - a.Probability
	}
	return math.Round((1-none)*1e4) / 1e4
}

// surest returns the probability of a credential's surest link: it may teach a skill
// and assess it.
func surest(c *Credential) float64 {
	p := 0.0
	for _, t := range c.Teaches {
		p = max(p, t.Probability)
	}
	return p
}

// overVacancies adds up in ten-thousandths, in which what is stored is whole, so that
// the sum is exact.
func overVacancies(of func(*Vacancy) float64) func(*Population) float64 {
	return func(p *Population) float64 {
		total := 0.0
		for i := range p.Vacancies {
			total += math.Round(of(&p.Vacancies[i]) * 1e8)
		}
		return total / 1e8
	}
}

// overAsking adds up the vacancies that ask for the skill at hand.
func overAsking(of func(*Vacancy) float64) func(*Population) float64 {
	return overVacancies(func(v *Vacancy) float64 {
		if len(v.Asks) == 0 {
			return 0
		}
		return of(v)
	})
}

func employers(p *Population) float64 {
	names := map[string]bool{}
	for i := range p.Vacancies {
		if v := &p.Vacancies[i]; len(v.Asks) > 0 && v.Employer != "" {
			names[v.Employer] = true
		}
	}
	return float64(len(names))
}

func places(c *Credential) float64 { return float64(c.Places) }

// where counts the online credentials alone, or the others.
func where(online bool, of func(*Credential) float64) func(*Credential) float64 {
	return func(c *Credential) float64 {
		if c.Online != online {
			return 0
		}
		return of(c)
	}
}

// overCredentials adds up the credentials, or those that teach the skill at hand.
func overCredentials(teaching bool, of func(*Credential) float64) func(*Population) float64 {
	return func(p *Population) float64 {
		total := 0.0
		for i := range p.Credentials {
			if c := &p.Credentials[i]; !teaching || len(c.Teaches) > 0 {
				total += math.Round(of(c) * 1e4)
			}
		}
		return total / 1e4
	}
}
