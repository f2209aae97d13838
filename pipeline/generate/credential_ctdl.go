package generate

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// entity is an object of a CTDL graph.
type entity map[string]any

const (
	ctdlContext   = "https://credreg.net/ctdl/schema/context/json"
	ctdlTerms     = "https://credreg.net/ctdl/terms/"
	graphResource = "https://example.org/resources/"
)

// ctdlGraph writes credentials and those who offer them as a CTDL graph.
type ctdlGraph struct {
	to       io.Writer
	entities int
}

func newCTDLGraph(to io.Writer) (*ctdlGraph, error) {
	_, err := fmt.Fprintf(to, `{"@context":%q,"@id":%q,"@graph":[`, ctdlContext, "https://example.org/graph/catalogue")
	return &ctdlGraph{to: to}, err
}

func (g *ctdlGraph) add(e entity) error {
	text, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("encode %v: %w", e["@id"], err)
	}
	separator := ",\n"
	if g.entities == 0 {
		separator = "\n"
	}
	g.entities++
	_, err = fmt.Fprintf(g.to, "%s%s", separator, text)
	return err
}

func (g *ctdlGraph) close() error {
	_, err := io.WriteString(g.to, "\n]}\n")
	return err
}

// organisations adds the providers of the graph and the bodies that assure
// their quality.
func (g *ctdlGraph) organisations(w *world) error {
	for _, place := range w.providers {
		for _, p := range place {
			if p.table {
				continue
			}
			e := entity{
				"@id": graphResource + p.id, "@type": "ceterms:CredentialOrganization",
				"ceterms:name":           words(p.language, p.name),
				"ceterms:subjectWebpage": "https://example.org/providers/" + p.id,
			}
			if err := g.add(e); err != nil {
				return err
			}
		}
	}
	for _, scheme := range schemes {
		e := entity{"@id": graphResource + schemeID(scheme), "@type": "ceterms:QACredentialOrganization", "ceterms:name": words(english, scheme)}
		if err := g.add(e); err != nil {
			return err
		}
	}
	return nil
}

// schemeID turns the name of a quality-assurance scheme into an id.
func schemeID(scheme string) string {
	return "qa-" + strings.ToLower(strings.ReplaceAll(scheme, " ", "-"))
}

func (g *ctdlGraph) write(w *world, c *credential) error {
	e := entity{
		"@id": graphResource + c.id, "@type": "ceterms:" + c.kind, "ceterms:ctid": c.id,
		"ceterms:name":                words(c.language, c.title),
		"ceterms:description":         words(c.language, c.description),
		"ceterms:subjectWebpage":      "https://example.org/credentials/" + c.id,
		"ceterms:ownedBy":             []string{graphResource + c.provider.id},
		"ceterms:offeredBy":           []string{graphResource + c.provider.id},
		"ceterms:inLanguage":          []string{c.language},
		"ceterms:deliveryType":        []entity{delivery(c.mode)},
		"ceterms:lifeCycleStatusType": term("LifeCycleStatus", "lifeCycle:Active", "Active"),
		"ceterms:dateModified":        c.updated.String(),
	}
	w.addSkills(e, c)
	addPlace(e, c)
	addCost(e, c)
	addTerms(e, c)
	if c.statesJob {
		e["ceterms:occupationType"] = []entity{{
			"@type": "ceterms:CredentialAlignmentObject", "ceterms:framework": "http://data.europa.eu/esco/concept-scheme/occupations",
			"ceterms:targetNode":     c.job.uri,
			"ceterms:targetNodeName": words(c.language, w.labels.occupations[c.language][c.job.occupation][0]),
		}}
	}
	if len(c.parts) > 0 {
		e["@type"] = "ceterms:LearningProgram"
		var parts []string
		for _, id := range c.parts {
			parts = append(parts, graphResource+id)
		}
		e["ceterms:hasPart"] = parts
	}
	sets := w.claimed(e, c)
	if err := g.add(e); err != nil {
		return err
	}
	for _, set := range sets {
		if err := g.add(set); err != nil {
			return err
		}
	}
	return nil
}

// addSkills puts skills where the kind of entity has them: at teaches of a
// course, in a condition of a credential.
func (w *world) addSkills(e entity, c *credential) {
	skills := make([]entity, len(c.mentions))
	for i, m := range c.mentions {
		skills[i] = entity{"@type": "ceterms:CredentialAlignmentObject", "ceterms:targetNodeName": words(c.language, m.text)}
		if c.listsURIs {
			skills[i]["ceterms:targetNode"] = w.taxonomy.Skills[m.skill].URI
			skills[i]["ceterms:framework"] = escoSkills
			skills[i]["ceterms:frameworkName"] = words(english, "ESCO")
		}
		if !c.outcomesNone {
			skills[i]["ceterms:targetNodeDescription"] = words(c.language, c.outcomes[i])
		}
	}
	if c.kind == "Course" || len(c.parts) > 0 {
		e["ceterms:teaches"] = skills
		return
	}
	e["ceterms:requires"] = []entity{{"@type": "ceterms:ConditionProfile", "ceterms:targetCompetency": skills}}
}

func addPlace(e entity, c *credential) {
	if c.region == nil {
		e["ceterms:availableOnlineAt"] = []string{"https://example.org/credentials/" + c.id}
		return
	}
	place := entity{
		"@type":                   "ceterms:Place",
		"ceterms:addressLocality": c.region.towns[c.town], "ceterms:addressRegion": c.region.official,
		"ceterms:addressCountry": c.region.country,
	}
	if code := c.region.postcodes[c.town]; code != "" {
		place["ceterms:postalCode"] = code
	}
	e["ceterms:availableAt"] = []entity{place}
}

func addCost(e entity, c *credential) {
	if c.price < 0 {
		return
	}
	e["ceterms:estimatedCost"] = []entity{{
		"@type": "ceterms:CostProfile", "ceterms:price": c.price, "ceterms:currency": "EUR",
		"ceterms:directCostType": term("CostType", "costType:AggregateCost", "Aggregate Cost"),
	}}
}

func addTerms(e entity, c *credential) {
	if c.hours > 0 {
		e["ceterms:estimatedDuration"] = []entity{{
			"@type": "ceterms:DurationProfile", "ceterms:timeRequired": "PT" + strconv.Itoa(int(c.hours)) + "H",
		}}
	}
	if c.ects > 0 {
		e["ceterms:creditValue"] = []entity{{
			"@type": "ceterms:ValueProfile", "schema:value": c.ects,
			"ceterms:creditUnitType": []entity{term("CreditUnit", "creditUnit:ECTS", "ECTS")},
		}}
	}
	if c.eqf > 0 {
		level := strconv.Itoa(c.eqf)
		e["ceterms:atLevel"] = []entity{{
			"@type": "ceterms:CredentialAlignmentObject", "ceterms:frameworkName": words(english, "European Qualifications Framework"),
			"ceterms:targetNodeName": words(english, "EQF level "+level), "ceterms:codedNotation": level,
		}}
	}
	if c.assessment != "" {
		e["ceterms:assessmentMethodDescription"] = words(c.language, c.assessment)
	}
	switch c.schedule {
	case "self-paced":
		e["ceterms:learningMethodType"] = []entity{term("LearningMethod", "learnMethod:SelfPaced", "Self-Paced")}
	case "evening", "weekend":
		name := capital(c.schedule)
		e["ceterms:scheduleTimingType"] = []entity{term("ScheduleTiming", "scheduleTiming:"+name, name)}
	}
	if c.qaScheme != "" {
		e["ceterms:accreditedBy"] = []string{graphResource + schemeID(c.qaScheme)}
	}
	if c.prerequisite != "" {
		e["ceterms:entryCondition"] = []entity{{
			"@type": "ceterms:ConditionProfile", "ceterms:description": words(c.language, c.prerequisite),
		}}
	}
	if c.starts != 0 {
		e["ceterms:dateEffective"], e["ceterms:expirationDate"] = c.starts.String(), c.ends.String()
	}
}

// words is a text in a language.
func words(language, text string) map[string]string { return map[string]string{language: text} }

// term is a concept of one of CTDL's own code lists.
func term(list, node, name string) entity {
	return entity{
		"@type": "ceterms:CredentialAlignmentObject", "ceterms:framework": ctdlTerms + list,
		"ceterms:targetNode": node, "ceterms:targetNodeName": words(english, name),
	}
}

func delivery(mode string) entity {
	switch mode {
	case "online":
		return term("Delivery", "deliveryType:OnlineOnly", "Online Only")
	case "blended":
		return term("Delivery", "deliveryType:BlendedDelivery", "Blended Delivery")
	}
	return term("Delivery", "deliveryType:InPerson", "In-Person Only")
}
