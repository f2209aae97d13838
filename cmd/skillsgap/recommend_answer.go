package main

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs"
	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/recommend"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/reports"
	"github.com/skillsgap/skillsgap/taxonomy"
)

//go:embed recommend.html.tmpl
var planPage string

// planAnswer is what recommend prints. Shares are from 0 to 1.
type planAnswer struct {
	Meta       reports.Meta   `json:"-"`
	AsOf       string         `json:"as_of"`
	Occupation occupationName `json:"occupation"`
	Region     string         `json:"region"`
	Basis      string         `json:"basis"` // where the weights of the skills come from
	Held       []heldSkill    `json:"held"`
	Asked      []string       `json:"asked"` // limits and wishes, in words
	Kind       string         `json:"kind"`
	Steps      []planStep     `json:"steps"`
	Missing    int            `json:"missing"` // skills
	Gain       float64        `json:"gain"`    // part of what is missing, by weight
	UpperBound float64        `json:"upper_bound"`
	Price      *float64       `json:"price"`
	Currency   string         `json:"currency,omitempty"`
	Hours      *float64       `json:"hours"`
	Weeks      *float64       `json:"weeks"`
	Open       []planSkill    `json:"not_closed"`
	LeftOut    []leftOut      `json:"left_out"`
	Funding    []planFunding  `json:"funding"`
	Notes      []string       `json:"notes"`
}

// planSkill is a skill that is missing.
type planSkill struct {
	URI   string  `json:"uri"`
	Label string  `json:"label"`
	Share float64 `json:"demand_share"`
}

// planStep is a credential of the plan.
type planStep struct {
	Rank         int         `json:"rank"`
	CredentialID string      `json:"credential_id"`
	Title        string      `json:"title"`
	Provider     string      `json:"provider,omitempty"`
	URL          string      `json:"url,omitempty"`
	Region       string      `json:"region,omitempty"`
	Mode         string      `json:"mode,omitempty"`
	Schedule     string      `json:"schedule,omitempty"`
	Language     []string    `json:"language,omitempty"`
	EQF          int32       `json:"eqf_level,omitempty"`
	Price        *float64    `json:"price"`
	Currency     string      `json:"currency,omitempty"`
	Hours        *float64    `json:"hours"`
	Starts       string      `json:"starts_on,omitempty"`
	Ends         string      `json:"ends_on,omitempty"`
	Deadline     string      `json:"application_deadline,omitempty"`
	Entry        []string    `json:"prerequisites,omitempty"`
	Recognition  string      `json:"recognition,omitempty"`
	QualityUntil string      `json:"qa_valid_to,omitempty"`
	Marginal     float64     `json:"marginal_gain"`
	Cumulative   float64     `json:"cumulative_gain"`
	Closes       []planSkill `json:"closes"`
	NamedBy      int32       `json:"named_by"` // vacancies of the occupation and region that name it
	RunnerUp     string      `json:"runner_up_id,omitempty"`
	RunnerTitle  string      `json:"runner_up,omitempty"`
	Loss         float64     `json:"runner_up_loss"`
	Reasons      []string    `json:"reasons"`
}

// leftOut says how many credentials that teach something missing were not looked at.
type leftOut struct {
	Why         recommend.Why `json:"why"`
	Credentials int           `json:"credentials"`
}

// planFunding is who pays by one rule.
type planFunding struct {
	Name      string     `json:"name"`
	Currency  string     `json:"currency"`
	Refused   string     `json:"refused,omitempty"`
	Available float64    `json:"available"`
	Paid      *float64   `json:"paid"`
	Own       *float64   `json:"own"`
	LeaveDays float64    `json:"leave_days,omitempty"`
	Items     []paidItem `json:"items"`
}

type paidItem struct {
	CredentialID string   `json:"credential_id"`
	Title        string   `json:"title"`
	Paid         *float64 `json:"paid"`
	Own          *float64 `json:"own"`
	Why          string   `json:"why,omitempty"`
}

// recommend answers: reads the person, the labour market and the credentials, and
// chooses.
func (g *globals) recommend(cmd *cobra.Command, o recommendOptions) (*planAnswer, error) {
	workspace, err := g.findWorkspace()
	if err != nil {
		return nil, err
	}
	cfg, err := config.Load(workspace)
	if err != nil {
		return nil, err
	}
	funds, err := o.funds(cfg)
	if err != nil {
		return nil, err
	}
	manifest, err := warehouse.CurrentManifest(workspace)
	if err != nil {
		return nil, err
	}
	asOf, err := model.ParseDate(manifest.AsOf)
	if err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	request, err := o.request(cmd, asOf)
	if err != nil {
		return nil, err
	}
	t, err := pipeline.LoadTaxonomy(taxonomyPath(workspace))
	if err != nil {
		return nil, err
	}
	p, err := g.readPerson(cmd, t, cfg.Taxonomy.Language, o.person)
	if errors.Is(err, errNobody) && o.occupation != "" {
		p, err = &person{notes: []string{"Nothing is known of the person: every skill of the occupation counts as missing."}}, nil
	}
	if err != nil {
		return nil, err
	}
	market, err := pipeline.ReadLabourMarket(workspace, t, o.region)
	if err != nil {
		return nil, err
	}
	plan := &planner{taxonomy: t, language: cfg.Taxonomy.Language, workspace: workspace, person: p, market: market, close: t.Closeness()}
	if err := plan.aim(o.occupation); err != nil {
		return nil, err
	}
	plan.complete(&request)
	a, err := plan.choose(request)
	if err != nil {
		return nil, err
	}
	a.Asked = o.asked(request)
	for i := range funds {
		a.Funding = append(a.Funding, fundingAnswer(funds[i].Pay(plan.bundle.Steps, recommend.Person{Groups: o.groups, Years: o.years})))
	}
	warnings, err := jobs.Warnings(workspace, manifest.RunID)
	if err != nil {
		return nil, err
	}
	a.AsOf, a.Meta = manifest.AsOf, pipeline.ReportMeta(cfg, manifest, version, warnings)
	return a, nil
}

// planner holds what a plan is made from.
type planner struct {
	taxonomy  *taxonomy.Taxonomy
	close     *taxonomy.Closeness
	language  string
	workspace string
	person    *person
	market    *pipeline.LabourMarket

	occupation occupationName
	local      *recommend.Market // nil where no vacancies tell of the occupation
	bundle     recommend.Bundle
}

// aim settles the occupation: the one named, else the nearest within reach that is
// not the former one.
func (p *planner) aim(name string) error {
	if name != "" {
		var err error
		if p.occupation, err = findOccupation(p.taxonomy, name, p.language); err != nil {
			return err
		}
	} else {
		for _, r := range recommend.Reach(p.taxonomy, p.close, p.person.held, p.market.Markets) {
			if r.Within && (p.person.former == nil || r.Market.ISCO != p.person.former.ISCO) {
				p.occupation = occupationName{Code: r.Market.ISCO, Label: p.taxonomy.ISCOName(r.Market.ISCO, p.language), ISCO: r.Market.ISCO, members: p.taxonomy.UnitGroup(r.Market.ISCO)}
				p.person.notes = append(p.person.notes, "No occupation was named: this is the nearest within reach. `skillsgap reach` lists others.")
				break
			}
		}
		if p.occupation.Code == "" {
			return &usageError{errors.New("no occupation is within reach of what is known of the person: name one with --occupation")}
		}
	}
	for i := range p.market.Markets {
		if m := &p.market.Markets[i]; m.ISCO == p.occupation.ISCO {
			p.local = m
		}
	}
	return nil
}

// complete adds to a request what is known of the person and the place.
func (p *planner) complete(r *recommend.Request) {
	r.Region = p.market.Around[min(len(p.market.Around), recommend.Levels)-1]
	for _, c := range p.person.credentials {
		r.Held = append(r.Held, c.CredentialID)
	}
	for _, h := range p.person.held {
		r.HeldSkills = append(r.HeldSkills, h.Skill)
	}
	r.AnyEntry = len(p.person.held) == 0
}

// choose chooses and puts the answer together.
func (p *planner) choose(r recommend.Request) (*planAnswer, error) {
	catalogue, rows, err := pipeline.OpenCatalogue(p.workspace, p.taxonomy)
	if err != nil {
		return nil, err
	}
	missing := recommend.MissingFor(p.taxonomy, p.close, p.person.held, p.local, p.occupation.members)
	pool, err := catalogue.Pool(r)
	if err != nil {
		return nil, err
	}
	p.bundle = pool.Choose(recommend.TargetOf(p.taxonomy, missing, p.occupation.ISCO, p.occupation.members, p.market.Markets))
	b := &p.bundle
	a := &planAnswer{
		Occupation: p.occupation, Region: p.market.Region, Basis: p.basis(), Held: heldSkills(p.taxonomy, p.language, p.person.held),
		Kind: b.Kind, Steps: []planStep{}, Missing: len(missing), Gain: part(b.Gain, b.Wanted), UpperBound: part(b.UpperBound, b.Wanted),
		Price: inUnits(b.Price), Currency: b.Currency, Hours: b.Hours, Weeks: b.Weeks, LeftOut: []leftOut{}, Funding: []planFunding{}, Notes: slices.Clone(p.person.notes),
	}
	shares := map[int32]float64{}
	for _, m := range missing {
		shares[m.Skill] = m.Share
	}
	region := p.market.Region
	if p.local != nil {
		region = p.local.Region
	}
	named, err := pipeline.NamedBy(p.workspace, p.market.Month, p.occupation.ISCO, region)
	if err != nil {
		return nil, err
	}
	for i := range b.Steps {
		s := p.step(&b.Steps[i], rows[b.Steps[i].Offer.ID], shares)
		s.Rank, s.NamedBy = i+1, named[s.CredentialID]
		a.Steps = append(a.Steps, s)
	}
	a.Open = p.skills(b.NotClosed, shares)
	for _, l := range b.Left {
		a.LeftOut = append(a.LeftOut, leftOut{l.Why, l.Offers})
	}
	a.Notes = append(a.Notes, p.caveats()...)
	return a, nil
}

// basis says where the weights of the skills come from.
func (p *planner) basis() string {
	switch {
	case p.local == nil:
		return fmt.Sprintf("ESCO's essential skills of the occupation, all alike: the snapshot has no figures of it for %s or the regions around it", p.market.Region)
	case p.local.Region != p.market.Region:
		return fmt.Sprintf("what %d vacancies of the unit group %s asked for in %s in twelve months; %s itself has too few", p.local.Vacancies, p.occupation.ISCO, p.local.Region, p.market.Region)
	}
	return fmt.Sprintf("what %d vacancies of the unit group %s asked for in %s in twelve months", p.local.Vacancies, p.occupation.ISCO, p.local.Region)
}

func (p *planner) skills(skills []int32, shares map[int32]float64) []planSkill {
	all := []planSkill{}
	for _, s := range skills {
		all = append(all, planSkill{p.taxonomy.Skills[s].URI, p.taxonomy.SkillName(s, p.language), round4(shares[s])})
	}
	return all
}

func (p *planner) step(s *recommend.Step, c *model.Credential, shares map[int32]float64) planStep {
	step := planStep{
		CredentialID: c.CredentialID, Title: c.Title, Provider: c.Provider, URL: c.URL, Region: cmp.Or(c.RegionCode, c.Country), Mode: c.DeliveryMode,
		Schedule: c.Schedule, Language: c.Language, EQF: c.EQFLevel, Price: inUnits(c.Price), Currency: c.Currency, Hours: s.Offer.Hours,
		Starts: c.StartsOn.String(), Ends: c.EndsOn.String(), Deadline: c.ApplicationDeadline.String(), Entry: c.Prerequisites, Recognition: c.Recognition,
		Marginal: part(s.Marginal, p.bundle.Wanted), Cumulative: part(s.Cumulative, p.bundle.Wanted), Closes: p.skills(s.Closed, shares),
		Loss: part(s.Loss, p.bundle.Wanted), Reasons: s.Reasons,
	}
	if s.Offer.Accredited {
		step.QualityUntil = c.QAValidTo.String()
	}
	if s.RunnerUp != nil {
		step.RunnerUp, step.RunnerTitle = s.RunnerUp.ID, s.RunnerUp.Title
	}
	return step
}

// caveats says what the plan cannot know.
func (p *planner) caveats() []string {
	notes := []string{
		"A skill counts as closed where the credentials more likely teach it than not, as their descriptions say. Nobody has tested what is learnt.",
		"Dates and prices are those of the catalogues on the as-of date: ask the provider before deciding. Courses may overlap in time.",
		"It gives no licence and no admission to a regulated profession unless the provider says so.",
	}
	if slices.ContainsFunc(p.person.held, func(h recommend.Held) bool { return h.State() == recommend.StateAssumed }) {
		notes = append(notes, fmt.Sprintf("Skills marked assumed count as held to %.0f %% or less: talk them over.", 100*recommend.WeightAssumed))
	}
	return notes
}

// part returns a part of a whole, 0 of nothing.
func part(of, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return round4(of / whole)
}

// inUnits turns hundredths into units.
func inUnits(m *model.Money) *float64 {
	if m == nil {
		return nil
	}
	units := float64(*m) / 100
	return &units
}

func fundingAnswer(pay recommend.Payment) planFunding {
	f := planFunding{
		Name: pay.Fund.Name, Currency: pay.Fund.Currency, Refused: pay.Refused, Available: float64(pay.Available) / 100,
		Paid: inUnits(pay.Paid), Own: inUnits(pay.Own), LeaveDays: pay.Fund.LeaveDays, Items: []paidItem{},
	}
	for _, i := range pay.Items {
		f.Items = append(f.Items, paidItem{i.Offer.ID, i.Offer.Title, inUnits(i.Paid), inUnits(i.Own), i.Why})
	}
	return f
}
