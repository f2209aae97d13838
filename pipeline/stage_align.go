package pipeline

import (
	"context"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/recommend"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// runAlign sets every credential on offer against the occupations whose cells the
// newest month publishes, or takes the dataset over where nothing that decides it
// has changed.
func runAlign(ctx context.Context, n *Night) error {
	inputs, err := n.alignInputs()
	if err != nil {
		return err
	}
	return writeFrom(n.draft, model.Alignments, inputs, func() ([]model.Alignment, error) { return n.alignments(ctx) })
}

// alignInputs is a fingerprint of what decides the dataset. The day decides what is
// on offer.
func (n *Night) alignInputs() (string, error) {
	month := n.AsOf.Month()
	newest := func(m model.Date) bool { return m == month }
	compared := func(m model.Date) bool { return m == month || m == yearBefore(month) }
	parts, err := n.digests(decisive{model.Cells.Info, compared}, decisive{model.SkillDemands.Info, compared}, decisive{model.SkillGaps.Info, newest},
		decisive{model.Credentials.Info, nil}, decisive{model.CredSkills.Info, nil})
	return fingerprint(append(parts, n.Program, n.versions.Taxonomy, n.Config.Thresholds.SkillLinks, n.AsOf)...), err
}

// alignments computes the rows of all credentials on offer.
func (n *Night) alignments(ctx context.Context) ([]model.Alignment, error) {
	now, err := n.draftMarkets(n.AsOf.Month())
	if err != nil {
		return nil, err
	}
	before, err := n.draftMarkets(yearBefore(n.AsOf.Month()))
	if err != nil {
		return nil, err
	}
	offers, err := n.teaching()
	if err != nil {
		return nil, err
	}
	a := recommend.NewAligner(n.Taxonomy, n.Taxonomy.Closeness(), now, before, n.Config.Thresholds.SkillLinks)
	each := make([][]model.Alignment, len(offers))
	if err := inParallel(ctx, len(offers), func(i int) { each[i] = a.Align(&offers[i]) }); err != nil {
		return nil, err
	}
	return slices.Concat(each...), nil
}

// draftMarkets reads the markets of a month; none where it is not published.
func (n *Night) draftMarkets(month model.Date) ([]recommend.Market, error) {
	cells, err := warehouse.ReadDraftMonth[marketCell](n.draft, model.Cells.Info, month)
	if err != nil {
		return nil, err
	}
	demand, err := warehouse.ReadDraftMonth[marketDemand](n.draft, model.SkillDemands.Info, month)
	if err != nil {
		return nil, err
	}
	gaps, err := warehouse.ReadDraftMonth[marketGap](n.draft, model.SkillGaps.Info, month)
	if err != nil {
		return nil, err
	}
	return markets(n.Taxonomy, cells, demand, gaps), nil
}

// workload is the column of a credential that its facts for the measures leave out.
type workload struct {
	CredentialID string   `parquet:"credential_id"`
	Version      int32    `parquet:"version"`
	Hours        *float64 `parquet:"hours,optional"`
}

// teaching reads the credentials that are on offer on the as-of date.
func (n *Night) teaching() ([]recommend.Teaching, error) {
	offers, _, err := n.offers(n.draft.Written())
	if err != nil {
		return nil, err
	}
	loads, err := warehouse.ReadDraftMonth[workload](n.draft, model.Credentials.Info, 0)
	if err != nil {
		return nil, err
	}
	newest := map[string]*workload{}
	for i := range loads {
		if l := &loads[i]; newest[l.CredentialID] == nil || newest[l.CredentialID].Version < l.Version {
			newest[l.CredentialID] = l
		}
	}
	var all []recommend.Teaching
	for i := range offers {
		o := &offers[i]
		if o.To != 0 && o.To < n.AsOf {
			continue
		}
		skills := make([]int32, len(o.Skills))
		for k, a := range o.Skills {
			skills[k] = a.Skill
		}
		slices.Sort(skills)
		all = append(all, recommend.Teaching{
			ID: o.ID, Skills: skills, ISCOs: o.ISCOs, Hours: newest[o.ID].Hours, Online: o.Online,
			Regions: slices.DeleteFunc(slices.Clone(o.Regions[:]), func(r string) bool { return r == "" }),
		})
	}
	return all, nil
}
