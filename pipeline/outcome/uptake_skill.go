package outcome

import "github.com/skillsgap/skillsgap/pipeline/model"

// skillKeys lists the rows of skills. A skill is the sum of the rows of the credentials that
// teach it, as they are shown: a count of its own would give away the one of them that is
// withheld.
func (u *Uptake) skillKeys(found map[rowKey]*uptakeSource) []UptakeKey {
	taught := map[string][]uptakeSource{}
	for c, offer := range u.l.offers {
		own := found[rowKey{LearnerGroup: model.LearnerGroup{UnitKind: unitCredential, UnitCode: u.offer.name(int32(c)), Breakdown: model.Total, Category: model.Total}}]
		if own == nil {
			own = &uptakeSource{} // counted with others alone
		}
		for _, skill := range u.l.basis.Offers[offer.id].Skills {
			taught[skill] = append(taught[skill], *own)
		}
	}
	keys := make([]UptakeKey, 0, len(taught))
	for skill, of := range taught { // ordered with all others
		keys = append(keys, UptakeKey{
			rowKey: rowKey{LearnerGroup: model.LearnerGroup{UnitKind: unitSkill, UnitCode: skill, Breakdown: model.Total, Category: model.Total}}, credentials: of,
		})
	}
	return keys
}

// taken sets how many take part, complete and are certified: of a skill, by its credentials.
func (u *Uptake) taken(f *Figures, k *UptakeKey, row *model.Uptake) {
	if k.UnitKind != unitSkill {
		takenFrom(f, &k.from, row)
		return
	}
	row.Enrolled, row.OutcomeKnown, row.Completed, row.Certified = new(int64), new(int64), new(int64), new(int64)
	for i := range k.credentials {
		var of model.Uptake
		takenFrom(f, &k.credentials[i], &of)
		row.Enrolled, row.OutcomeKnown = plus(row.Enrolled, of.Enrolled), plus(row.OutcomeKnown, of.OutcomeKnown)
		row.Completed, row.Certified = plus(row.Completed, of.Completed), plus(row.Certified, of.Certified)
	}
}

func takenFrom(f *Figures, from *uptakeSource, row *model.Uptake) {
	row.Enrolled = f.figure(from.result, "", "")
	if from.persons.table != nil {
		if row.Persons = f.figure(from.persons, "", ""); row.Persons == nil {
			row.Enrolled = nil // a few persons with many participations
		}
	}
	if row.Enrolled != nil {
		row.OutcomeKnown = f.figure(from.result, known, "")
		row.Completed = f.figure(from.result, completed, "")
		row.Certified = f.figure(from.result, certified, "")
	}
}

// plus adds two figures, nil where one is withheld.
func plus(a, b *int64) *int64 {
	if a == nil || b == nil {
		return nil
	}
	sum := *a + *b
	return &sum
}
