package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/recommend"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// runRecommend chooses, for each country and NUTS 2 region and each unit group, the
// credentials that together teach most of what is asked there and not taught, or
// takes the dataset over where nothing that decides it has changed.
func runRecommend(ctx context.Context, n *Night) error {
	inputs, err := n.recommendInputs()
	if err != nil {
		return err
	}
	return writeFrom(n.draft, model.Recommendations, inputs, func() ([]model.Recommendation, error) { return n.recommendations(ctx) })
}

// recommendInputs is a fingerprint of what decides the dataset. The day decides what
// is on offer.
func (n *Night) recommendInputs() (string, error) {
	month := n.AsOf.Month()
	newest := func(m model.Date) bool { return m == month }
	window := func(m model.Date) bool { return decides(m, month) }
	parts, err := n.digests(decisive{model.SkillGaps.Info, newest}, decisive{model.Credentials.Info, nil}, decisive{model.CredSkills.Info, nil},
		decisive{model.CredLinks.Info, nil}, decisive{model.Vacancies.Info, window}, decisive{model.VacancyCreds.Info, window})
	return fingerprint(append(parts, n.Program, n.versions.Taxonomy, n.AsOf)...), err
}

// wantedGap is the columns of skill_gaps that make a target.
type wantedGap struct {
	marketKey
	SkillURI    string   `parquet:"skill_uri,dict"`
	DemandShare float64  `parquet:"demand_share"`
	ShareGap    *float64 `parquet:"share_gap,optional"`
}

// goal is a cell for which credentials are chosen.
type goal struct {
	marketKey
	target recommend.Target
}

// recommendations computes the rows of all cells of the newest month.
func (n *Night) recommendations(ctx context.Context) ([]model.Recommendation, error) {
	goals, err := n.goals()
	if err != nil || len(goals) == 0 {
		return nil, err
	}
	facts, err := n.offerFacts()
	if err != nil {
		return nil, err
	}
	catalogue, err := facts.catalogue(n.Taxonomy, n.regions, facts.newest())
	if err != nil {
		return nil, err
	}
	asked, err := n.asking()
	if err != nil {
		return nil, err
	}
	pools := map[string]*recommend.Pool{}
	for _, g := range goals {
		if pools[g.RegionCode] != nil {
			continue
		}
		pools[g.RegionCode], err = catalogue.Pool(recommend.Request{
			AsOf: n.AsOf, Region: g.RegionCode, AnyEntry: true, Languages: asked.languagesOf(g.RegionCode), AnyUnstatedLanguage: true,
			LeastStep: leastStep,
		})
		if err != nil {
			return nil, err
		}
	}
	each := make([][]model.Recommendation, len(goals))
	err = inParallel(ctx, len(goals), func(i int) {
		g := &goals[i]
		each[i] = n.recommended(g, pools[g.RegionCode].Choose(g.target), asked)
	})
	return slices.Concat(each...), err
}

// goals reads the targets of the newest month: the positive gaps; where no training is
// aligned, and so no gap known, what is asked.
func (n *Night) goals() ([]goal, error) {
	rows, err := warehouse.ReadDraftMonth[wantedGap](n.draft, model.SkillGaps.Info, n.AsOf.Month())
	if err != nil {
		return nil, err
	}
	profile, general := n.Taxonomy.Profiles(), recommend.General(n.Taxonomy)
	specific := n.specificity(rows)
	var goals []goal
	for i := range rows { // in key order: those of a cell stand together
		r := &rows[i]
		if !r.wanted() || r.RegionLevel != 0 && r.RegionLevel != 2 {
			continue
		}
		weight := r.DemandShare
		if r.ShareGap != nil {
			weight = *r.ShareGap
		}
		skill, known := n.Taxonomy.SkillIndex(r.SkillURI)
		if !known || weight <= 0 {
			continue
		}
		if last := len(goals) - 1; last < 0 || goals[last].marketKey != r.marketKey {
			goals = append(goals, goal{r.marketKey, recommend.Target{ISCO: r.OccupationCode, Profile: profile[r.OccupationCode], Specific: specific}})
		}
		g := &goals[len(goals)-1]
		g.target.Wants = append(g.target.Wants, recommend.Want{Skill: skill, Weight: weight, General: general[skill]})
	}
	return goals, nil
}

// specificity counts in how many unit groups a skill is asked for, in all countries:
// those of a region may be too few to tell.
func (n *Night) specificity(rows []wantedGap) recommend.Specificity {
	var markets []recommend.Market
	var last marketKey
	for i := range rows {
		r := &rows[i]
		skill, known := n.Taxonomy.SkillIndex(r.SkillURI)
		if !known || !r.wanted() || r.RegionLevel != 0 {
			continue
		}
		if r.marketKey != last {
			last, markets = r.marketKey, append(markets, recommend.Market{ISCO: r.OccupationCode, Region: r.RegionCode})
		}
		m := &markets[len(markets)-1]
		m.Asked = append(m.Asked, recommend.Asked{Skill: skill, Share: r.DemandShare})
	}
	return recommend.NewSpecificity(markets)
}

func (n *Night) offerFacts() (*offerFacts, error) {
	var f offerFacts
	var errs [3]error
	f.credentials, errs[0] = warehouse.ReadDraftMonth[model.Credential](n.draft, model.Credentials.Info, 0)
	f.skills, errs[1] = warehouse.ReadDraftMonth[model.CredentialSkill](n.draft, model.CredSkills.Info, 0)
	f.links, errs[2] = warehouse.ReadDraftMonth[model.CredentialLink](n.draft, model.CredLinks.Info, 0)
	return &f, errors.Join(errs[:]...)
}

// leastStep is the part of what is wanted that a credential must add to be recommended
// to a whole region.
const leastStep = 0.01

// recommended writes down a bundle.
func (n *Night) recommended(g *goal, b recommend.Bundle, asked *asking) []model.Recommendation {
	h := sha256.New()
	fmt.Fprintln(h, g.RegionCode, g.OccupationCode)
	for _, s := range b.Steps {
		fmt.Fprintln(h, s.Offer.ID)
	}
	id := hex.EncodeToString(h.Sum(nil)[:16])
	rows := make([]model.Recommendation, 0, len(b.Steps))
	for i, s := range b.Steps {
		r := model.Recommendation{
			BundleID: id, Kind: b.Kind, Month: n.AsOf.Month(), RegionCode: g.RegionCode, RegionLevel: g.RegionLevel,
			OccupationCode: g.OccupationCode, OccupationLevel: g.OccupationLevel, Rank: int32(i + 1), CredentialID: s.Offer.ID,
			SkillsClosed: n.uris(s.Closed), MarginalGain: s.Marginal, CumulativeGain: s.Cumulative, Wanted: b.Wanted,
			Price: s.Offer.Price, Currency: s.Offer.Currency, Hours: s.Offer.Hours, HoursReckoned: s.Offer.Reckoned, Credited: s.Scale, UpperBound: b.UpperBound,
			NamedBy: asked.naming[namedKey{g.RegionCode, g.OccupationCode, s.Offer.ID}], NotClosed: n.uris(s.Open), Reasons: s.Reasons,
		}
		if s.RunnerUp != nil {
			r.RunnerUpID, r.RunnerUpLoss = s.RunnerUp.ID, &b.Steps[i].Loss
		}
		rows = append(rows, r)
	}
	return rows
}

func (n *Night) uris(skills []int32) []string {
	uris := make([]string, len(skills))
	for i, s := range skills {
		uris[i] = n.Taxonomy.Skills[s].URI
	}
	return uris
}
