package prepare

import "github.com/skillsgap/skillsgap/pipeline/model"

// elements sets a credential against the Council Recommendation of 16 June
// 2022 on a European approach to micro-credentials (2022/C 243/02), annex I.
// Of its eleven mandatory elements an offer can state nine: identification of
// the learner and date of issuing exist only on awards. The names are in the
// order of the annex.
func elements(c *model.Credential) (present, missing []string) {
	for _, e := range []struct {
		name   string
		stated bool
	}{
		{"title", c.Title != ""},
		{"issuer_country", c.Country != ""},
		{"awarding_body", c.AwardingBody != "" || c.Provider != ""},
		{"learning_outcomes", len(c.LearningOutcomes) > 0},
		{"workload", c.ECTS != nil || c.Credits != nil || c.Hours != nil},
		{"level", c.EQFLevel != 0 || c.Level != ""},
		{"assessment_type", c.AssessmentType != ""},
		{"participation_form", c.ParticipationForm != "" || c.DeliveryMode != ""},
		{"qa_type", c.QAScheme != ""},
	} {
		if e.stated {
			present = append(present, e.name)
		} else {
			missing = append(missing, e.name)
		}
	}
	return present, missing
}
