package source

import "strings"

// competencies reads what is taught and assessed. targetCompetency on a
// learning opportunity is a publisher's mistake for teaches.
func (c *ctdl) competencies(o object, r *Credential, language string) {
	c.addSkills(r, get(o, "teaches"), "teaches", language)
	c.addSkills(r, get(o, "targetCompetency"), "teaches", language)
	c.addSkills(r, get(o, "assesses"), "assesses", language)
	r.AssessmentType = strings.Join(alignmentNames(get(o, "assessmentMethodType"), language), "; ")
	if r.AssessmentType == "" {
		r.AssessmentType = textOf(get(o, "assessmentMethodDescription"), language)
	}
}

// conditions reads the condition profiles. What a credential requires is what
// its holders have shown; what a learning opportunity requires, and any entry
// condition, is a prerequisite.
func (c *ctdl) conditions(o object, r *Credential, language string) {
	relation := "assesses"
	if isLearning(r.Kind) {
		relation = "requires"
	}
	for _, item := range each(get(o, "requires")) {
		c.condition(item, r, relation, language)
	}
	for _, item := range each(get(o, "entryCondition")) {
		c.condition(item, r, "requires", language)
	}
}

func isLearning(kind string) bool {
	return kind == "Course" || strings.HasPrefix(kind, "Learning")
}

func (c *ctdl) condition(item any, r *Credential, relation, language string) {
	profile, ok := item.(object)
	if !ok {
		return
	}
	c.addSkills(r, get(profile, "targetCompetency"), relation, language)
	for _, key := range []string{"targetLearningOpportunity", "targetCredential"} {
		for _, target := range each(get(profile, key)) {
			r.Parts = append(r.Parts, LinkRef{"requires", c.resolve(target)})
		}
	}
	if relation == "assesses" {
		if assessments := each(get(profile, "targetAssessment")); len(assessments) > 0 && r.AssessmentType == "" {
			r.AssessmentType = firstOf(c.names(assessments, language), []string{"assessment"})
		}
		return
	}
	texts := textsOf(get(profile, "condition"), language)
	if len(texts) == 0 {
		texts = textsOf(get(profile, "description"), language)
	}
	r.Prerequisites = append(r.Prerequisites, texts...)
}

// addSkills reads alignment objects and references to competencies. What is
// taught or assessed is an outcome too.
func (c *ctdl) addSkills(r *Credential, v any, relation, language string) {
	for _, item := range each(v) {
		s := StatedSkill{Relation: relation}
		outcome := ""
		if a, ok := item.(object); ok && a["@value"] == nil {
			s.Name, outcome = competencyName(a, language)
			if node := textOf(get(a, "targetNode"), ""); isESCOSkill(node) {
				s.URI = canonicalESCO(node)
			} else if s.Name == "" {
				s.Name = c.nodes[node].name
			}
		}
		ref := reference(item)
		switch {
		case isESCOSkill(ref):
			s.URI = canonicalESCO(ref)
		case s.Name == "" && c.nodes[ref].name != "":
			s.Name = c.nodes[ref].name
		case s.Name == "" && s.URI == "" && !strings.Contains(ref, "://") && !strings.HasPrefix(ref, "_:"):
			s.Name = ref
		}
		if s.URI == "" && s.Name == "" {
			continue
		}
		r.Skills = append(r.Skills, s)
		if outcome == "" {
			outcome = s.Name
		}
		if relation != "requires" && outcome != "" {
			r.LearningOutcomes = append(r.LearningOutcomes, outcome)
		}
	}
}

// competencyName returns the name of a competency and the sentence that
// describes it. Some publishers write the competency into frameworkName and
// leave the framework out.
func competencyName(a object, language string) (name, sentence string) {
	name = textOf(get(a, "targetNodeName"), language)
	for _, key := range []string{"competencyText", "competencyLabel", "name"} {
		if name == "" {
			name = textOf(get(a, key), language)
		}
	}
	if name == "" && get(a, "framework") == nil {
		name = textOf(get(a, "frameworkName"), language)
	}
	return name, textOf(get(a, "targetNodeDescription"), language)
}

// links reads the declared links other than conditions.
func (c *ctdl) links(o object, r *Credential) {
	for _, l := range []struct{ property, kind string }{
		{"hasPart", "has_part"}, {"isPartOf", "part_of"}, {"prerequisite", "requires"},
	} {
		for _, target := range each(get(o, l.property)) {
			r.Parts = append(r.Parts, LinkRef{l.kind, c.resolve(target)})
		}
	}
	for _, property := range []string{"isPreparationFor", "preparationFor"} {
		for _, item := range each(get(o, property)) {
			profile, _ := item.(object)
			for _, key := range []string{"targetCredential", "targetLearningOpportunity"} {
				for _, target := range each(get(profile, key)) {
					r.Parts = append(r.Parts, LinkRef{"leads_to", c.resolve(target)})
				}
			}
		}
	}
}
