package source

import (
	"slices"
	"strings"
)

// CTDL states outcomes in profiles of aggregate data, which older records call
// profiles of employment outcomes, earnings or holders. Such a profile has figures
// of its own and refers to data sets, whose time frames hold data profiles with
// figures by the definitions that they state.
var claimProperties = []string{"aggregateData", "employmentOutcome", "earnings", "holders"}

// dataClasses are the classes of resources that claims refer to.
var dataClasses = []string{
	"AggregateDataProfile", "EmploymentOutcomeProfile", "EarningsProfile", "HoldersProfile", "DataSetProfile", "DataSetTimeFrame", "DataProfile",
}

// noteData keeps a profile of data, of size bytes in its file.
func (c *ctdl) noteData(o object, size int) {
	id := textOf(o["@id"], "")
	if id == "" || !slices.ContainsFunc(typeNames(o), func(t string) bool { return slices.Contains(dataClasses, t) }) {
		return
	}
	c.data[id] = o
	c.bytes += int64(nodeBytes + size)
}

// profiles returns the objects that v holds or refers to.
func (c *ctdl) profiles(v any) []object {
	var all []object
	for _, item := range each(v) {
		o, ok := item.(object)
		if known, there := c.data[reference(item)]; there && len(o) <= 2 { // a bare reference, perhaps with its class
			o, ok = known, true
		}
		if ok {
			all = append(all, o)
		}
	}
	return all
}

// maxClaims bounds the claims of a record.
const maxClaims = 200

func (c *ctdl) claims(o object, r *Credential, language string) {
	for _, property := range claimProperties {
		for _, profile := range c.profiles(get(o, property)) {
			r.Claims = append(r.Claims, c.aggregate(profile, language)...)
		}
	}
	r.Claims = r.Claims[:min(len(r.Claims), maxClaims)]
}

// aggregate reads a profile of aggregate data: its own figures, else its words,
// and those of its data sets.
func (c *ctdl) aggregate(p object, language string) []Claim {
	base := Claim{
		Wording:    textIn(p, language, "description", "name"),
		Population: textOf(get(p, "demographicInformation"), language),
		Months:     textOf(get(p, "postReceiptMonths"), ""),
		Of:         "holders",
		URL:        textOf(get(p, "source"), ""),
	}
	currency := textOf(get(p, "currency"), "")
	sets := c.profiles(get(p, "relevantDataSet"))
	var frames []object
	for _, set := range sets {
		frames = append(frames, c.frames(set)...)
	}
	if len(frames) == 1 {
		period(&base, frames[0])
	}
	all := quantities(base, p, language, "jobsObtained")
	if value := textOf(get(p, "numberAwarded"), ""); value != "" {
		all = append(all, base.with("numberAwarded", value, "persons"))
	}
	for _, measure := range []string{"lowEarnings", "medianEarnings", "highEarnings"} {
		if value := textOf(get(p, measure), ""); value != "" && value != "0" { // 0 stands for nothing stated
			all = append(all, base.with(measure, value, currency))
		}
	}
	for _, set := range sets {
		all = append(all, c.dataSet(set, base, language)...)
	}
	if len(all) == 0 && base.Wording != "" {
		all = append(all, base)
	}
	return all
}

func (c Claim) with(measure, value, unit string) Claim {
	c.Measure, c.Value, c.Unit = measure, value, unit
	return c
}

// frames returns the time frames of a data set.
func (c *ctdl) frames(set object) []object {
	return append(c.profiles(get(set, "dataSetTimePeriod")), c.profiles(get(set, "dataSetTemporalCoverage"))...)
}

func period(claim *Claim, frame object) {
	claim.From, claim.To = textOf(get(frame, "startDate"), ""), textOf(get(frame, "endDate"), "")
}

// dataSet reads the data profiles of a data set, with the words of the profile that
// refers to it where it has none of its own.
func (c *ctdl) dataSet(set object, base Claim, language string) []Claim {
	if words := textIn(set, language, "description", "name"); words != "" {
		base.Wording = words
	}
	if url := textOf(get(set, "source"), ""); url != "" {
		base.URL = url
	}
	var all []Claim
	for _, frame := range c.frames(set) {
		claim := base
		period(&claim, frame)
		for _, data := range c.profiles(get(frame, "dataAttributes")) {
			all = append(all, dataProfile(data, claim, language)...)
		}
	}
	return all
}

// counted are the groups that a data profile may count, the widest first
// but for who is left out.
var counted = []string{SomeLeftOut, "totalWIOAExiters", "totalWIOAParticipants", "subjectsInSet", "totalWIOACompleters", "holdersInSet"}

// dataProfile reads the figures of a data profile and how they are defined.
func dataProfile(p object, base Claim, language string) []Claim {
	if words := textOf(get(p, "description"), language); words != "" {
		base.Wording = words
	}
	base.Of = ""
	for _, group := range counted {
		if base.Of == "" && get(p, group) != nil {
			base.Of = group
		}
	}
	base.Method = textOf(get(p, "adjustment"), language)
	base.Threshold = textIn(p, language, "workTimeThreshold", "earningsThreshold")
	work, pay := base, base
	work.Definition = textOf(get(p, "employmentDefinition"), language)
	pay.Definition = textOf(get(p, "earningsDefinition"), language)
	var all []Claim
	for _, measure := range []string{"employmentRate", "relatedEmployment", "unrelatedEmployment", "meetEmploymentCriteria", "passRate"} {
		all = append(all, quantities(work, p, language, measure)...)
	}
	if codes := alignmentCodes(get(p, "incomeDeterminationType")); slices.Contains(codes, "AnnualizedEarnings") {
		pay.Period = "year"
	}
	for _, item := range each(get(p, "earningsDistribution")) {
		if d, ok := item.(object); ok && textOf(get(d, "median"), "") != "" {
			all = append(all, pay.money(d, "earningsDistribution.median", textOf(get(d, "median"), "")))
		}
	}
	for _, item := range each(get(p, "earningsAmount")) {
		if a, ok := item.(object); ok && textOf(get(a, "value"), "") != "" {
			all = append(all, pay.money(a, "earningsAmount", textOf(get(a, "value"), "")))
		}
	}
	return all
}

func (c Claim) money(o object, measure, value string) Claim {
	c = c.with(measure, value, textOf(get(o, "currency"), ""))
	if unit := textOf(get(o, "unitText"), ""); unit != "" {
		c.Period = unit
	}
	return c
}

// quantities reads quantitative values: a percentage, else a number of persons.
// Some publishers write a bare number.
func quantities(base Claim, p object, language, measure string) []Claim {
	var all []Claim
	for _, item := range each(get(p, measure)) {
		claim := base.with(measure, "", "")
		o, ok := item.(object)
		if !ok {
			claim.Value, claim.Unit = textOf(item, ""), "persons"
		} else {
			if words := textOf(get(o, "description"), language); words != "" {
				claim.Wording = words
			}
			claim.Value, claim.Unit = textOf(get(o, "percentage"), ""), "percent"
			if claim.Value == "" {
				claim.Value, claim.Unit = textOf(get(o, "value"), ""), "persons"
				if unit := strings.ToLower(textOf(get(o, "unitText"), language)); strings.Contains(unit, "percent") || strings.Contains(unit, "%") {
					claim.Unit = "percent"
				}
			}
		}
		if claim.Value != "" {
			all = append(all, claim)
		}
	}
	return all
}

// textIn returns the first of the properties that holds a text.
func textIn(o object, language string, properties ...string) string {
	for _, property := range properties {
		if text := textOf(get(o, property), language); text != "" {
			return text
		}
	}
	return ""
}
