package pipeline

import (
	"errors"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/outcome"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// countedLearners reads the learners of the draft as of a release.
func (n *Night) countedLearners(release model.Date) (*outcome.Learners, error) {
	basis, err := n.learnerBasis(release)
	if err != nil {
		return nil, err
	}
	l := outcome.New(basis)
	return l, errors.Join(
		warehouse.EachDraftMonth(n.draft, model.Enrolments.Info, 0, l.AddEnrolments),
		warehouse.EachDraftMonth(n.draft, model.FollowUps.Info, 0, l.AddFollowUps),
		warehouse.EachDraftMonth(n.draft, model.Feedbacks.Info, 0, l.AddFeedback),
		warehouse.EachDraftMonth(n.draft, model.Comparisons.Info, 0, l.AddComparison),
	)
}

// learnerBasis says by which code lists and catalogues learners are counted.
func (n *Night) learnerBasis(release model.Date) (basis outcome.Basis, err error) {
	c := n.Config.Learners
	basis = outcome.Basis{Release: release, Threshold: int64(c.LeastPersons), ResponseRate: *c.ResponseRate, Above: n.regionsAbove, Section: n.regions.NACESection}
	offers, _, err := n.offers(n.draft.Written())
	if err != nil {
		return basis, err
	}
	basis.Related = n.relatedWork(offers)
	if basis.Offers, err = n.takenOffers(offers); err != nil {
		return basis, err
	}
	references, err := warehouse.ReadDraftMonth[model.ReferencePopulation](n.draft, model.References.Info, 0)
	basis.Reference = referenceShares(references)
	return basis, err
}

// regionsAbove returns the regions of which a region is part, nearest first.
func (n *Night) regionsAbove(region string) []string {
	levels := n.levels(region, "")
	slices.Reverse(levels[:])
	return slices.DeleteFunc(levels[:], func(r string) bool { return r == "" || r == region })
}

// relatedWork tells whether a credential trains for an occupation, by the rule by which
// training counts as supply for it.
func (n *Night) relatedWork(offers []measure.Offer) func(credentialID, isco08, occupationURI string) (related, told bool) {
	byID := make(map[string]*measure.Offer, len(offers))
	for i := range offers {
		byID[offers[i].ID] = &offers[i]
	}
	profiles, skills := n.Taxonomy.Profiles(), measuredSkills(n.Taxonomy)
	return func(credentialID, isco08, occupationURI string) (related, told bool) {
		offer := byID[credentialID]
		if offer == nil || len(offer.Skills)+len(offer.ISCOs)+len(offer.Occupations) == 0 {
			return false, false
		}
		for _, code := range []string{occupationURI, isco08} {
			if code == "" {
				continue
			}
			_, aligned := measure.Aligned(offer, code, profiles[code], skills)
			related, told = related || aligned, true
		}
		return related, told
	}
}

// takenOffers returns what uptake tells of credentials, withdrawn ones too.
func (n *Night) takenOffers(onOffer []measure.Offer) (map[string]outcome.Offer, error) {
	var f offerFacts
	var err error
	if f.credentials, err = warehouse.ReadDraftMonth[model.Credential](n.draft, model.Credentials.Info, 0); err != nil {
		return nil, err
	}
	var recommended []recommendedOffer // none where the job has no such stage
	if n.draft.Written().Rows(model.Recommendations.Info) > 0 {
		if recommended, err = warehouse.ReadDraftMonth[recommendedOffer](n.draft, model.Recommendations.Info, 0); err != nil {
			return nil, err
		}
	}
	offers := map[string]outcome.Offer{}
	for id, c := range f.newest() {
		offers[id] = outcome.Offer{Provider: c.Provider, Field: c.ISCEDF, From: c.StartsOn, To: earlier(c.EndsOn, c.WithdrawnOn-1)}
	}
	for i := range onOffer {
		o := offers[onOffer[i].ID]
		for _, s := range onOffer[i].Skills {
			o.Skills = append(o.Skills, n.Taxonomy.Skills[s.Skill].URI)
		}
		offers[onOffer[i].ID] = o
	}
	for _, r := range recommended {
		if o, known := offers[r.CredentialID]; known {
			o.Recommended++
			offers[r.CredentialID] = o
		}
	}
	return offers, nil
}

// recommendedOffer is the column of recommendations that counts.
type recommendedOffer struct {
	CredentialID string `parquet:"credential_id,dict"`
}

// referenceShares returns the shares of groups in the population of regions together, in the last
// period that statistics give of each. Where all categories of a group are given they are its base,
// else all persons.
func referenceShares(rows []model.ReferencePopulation) func(regions []string, group, category string) (float64, bool) {
	type key struct{ region, group string }
	last := map[key]model.Date{}
	for _, r := range rows {
		k := key{r.RegionCode, r.Breakdown}
		last[k] = max(last[k], r.PeriodTo)
	}
	persons := map[key]map[string]int64{}
	for _, r := range rows { // of several feeds the first by name counts
		k := key{r.RegionCode, r.Breakdown}
		if r.PeriodTo != last[k] {
			continue
		}
		if persons[k] == nil {
			persons[k] = map[string]int64{}
		}
		if _, met := persons[k][r.Category]; !met {
			persons[k][r.Category] = r.Persons
		}
	}
	of := func(region, group, category string) (part, whole int64, given bool) {
		all := persons[key{region, group}]
		part, given = all[category]
		categories := 0
		for c, n := range all {
			if c != "long_term_unemployed" && c != outcome.NotKnown && c != model.Total {
				whole, categories = whole+n, categories+1
			}
		}
		if categories < 2 {
			whole = persons[key{region, model.Total}][model.Total]
		}
		return part, whole, given && whole > 0 && part <= whole
	}
	return func(regions []string, group, category string) (float64, bool) {
		var part, whole int64
		for _, region := range regions {
			p, w, given := of(region, group, category)
			if !given {
				return 0, false
			}
			part, whole = part+p, whole+w
		}
		return measure.Share(part, whole), whole > 0
	}
}
