package explain

// The sums over a population's records that formulas name. v is a vacancy, w its
// posts, p the probability that it asks for the skill, a that it asks for one of
// several; c is a credential.
const (
	countV         = "number of v"
	sumW           = "Σ w"
	sumW2          = "Σ w²"
	sumWA          = "Σ w a"
	countAsking    = "number of v that ask"
	sumAsking      = "Σ w of v that ask"
	sumOpen        = "Σ w of v that ask and are open"
	countEmployers = "number of employers that ask"
	sumWP          = "Σ w p"
	countC         = "number of c"
	countUnstated  = "number of c without places"
	sumPlaces      = "Σ places"
	sumPlaces2     = "Σ places²"
	countLocal     = "number of local c that teach"
	countOnline    = "number of online c that teach"
	sumLocal       = "Σ places of local c that teach"
	sumOnline      = "Σ places of online c that teach"
)

// sum is a sum over the records of a population.
type sum struct {
	meaning string
	of      func(*Population) float64
}

func sums() map[string]sum {
	return map[string]sum{
		countV:         {"vacancies listed below", overVacancies(func(*Vacancy) float64 { return 1 })},
		sumW:           {"their posts", overVacancies(weight)},
		sumW2:          {"the squares of their posts, added up", overVacancies(func(v *Vacancy) float64 { return weight(v) * weight(v) })},
		sumWA:          {"posts times a = 1 - Π (1 - p), the probability that the vacancy asks for at least one of the skills", overVacancies(func(v *Vacancy) float64 { return weight(v) * v.any() })},
		countAsking:    {"vacancies that ask for the skill", overAsking(func(*Vacancy) float64 { return 1 })},
		sumAsking:      {"posts of the vacancies that ask for the skill", overAsking(weight)},
		sumOpen:        {"of these, posts of vacancies open on the last day of the period", overAsking(openPosts)},
		countEmployers: {"different names of employers among them", employers},
		sumWP:          {"posts times the probability that the vacancy asks for the skill", overAsking(func(v *Vacancy) float64 { return weight(v) * v.Asks[0].Probability })},
		countC:         {"aligned credentials listed below", overCredentials(false, func(*Credential) float64 { return 1 })},
		countUnstated: {"of these, without stated places", overCredentials(false, func(c *Credential) float64 {
			if c.Places == 0 {
				return 1
			}
			return 0
		})},
		sumPlaces:   {"their places", overCredentials(false, places)},
		sumPlaces2:  {"the squares of their places, added up", overCredentials(false, func(c *Credential) float64 { return places(c) * places(c) })},
		countLocal:  {"credentials in the region that teach the skill", overCredentials(true, where(false, func(*Credential) float64 { return 1 }))},
		countOnline: {"online credentials that teach the skill", overCredentials(true, where(true, func(*Credential) float64 { return 1 }))},
		sumLocal:    {"places of the credentials in the region that teach the skill", overCredentials(true, where(false, places))},
		sumOnline:   {"places of the online credentials that teach the skill", overCredentials(true, where(true, places))},
	}
}

func weight(v *Vacancy) float64 { return float64(v.Weight) }

func openPosts(v *Vacancy) float64 {
	if v.Open {
		return weight(v)
	}
	return 0
}

// any returns the probability that a vacancy asks for at least one of its skills.
func (v *Vacancy) any() float64 {
	none := 1.0
	for _, a := range v.Asks {
		none *= 1 - a.Probability
	}
	return 1 - none
}

func overVacancies(of func(*Vacancy) float64) func(*Population) float64 {
	return func(p *Population) float64 {
		total := 0.0
		for i := range p.Vacancies {
			total += of(&p.Vacancies[i])
		}
		return total
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

func overCredentials(teaching bool, of func(*Credential) float64) func(*Population) float64 {
	return func(p *Population) float64 {
		total := 0.0
		for i := range p.Credentials {
			if c := &p.Credentials[i]; !teaching || len(c.Teaches) > 0 {
				total += of(c)
			}
		}
		return total
	}
}
