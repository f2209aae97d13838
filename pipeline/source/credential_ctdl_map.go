package source

import (
	"slices"
	"strings"
)

// credential maps an entity to a record.
func (c *ctdl) credential(o object, kind string) *Credential {
	languages := textsOf(get(o, "inLanguage"), "")
	language := ""
	if len(languages) > 0 {
		language = languages[0]
	}
	if name := objectOf(get(o, "name")); name != nil {
		if key := pickLanguage(name, language); key != "" {
			language = key
		}
	}
	r := &Credential{
		SourceID:     sourceIDOf(o),
		URL:          textOf(get(o, "subjectWebpage"), language),
		Kind:         kind,
		Title:        textOf(get(o, "name"), language),
		TextLanguage: language,
		Languages:    languages,
		StartsOn:     textOf(get(o, "dateEffective"), ""),
		EndsOn:       textOf(get(o, "expirationDate"), ""),
		UpdatedOn:    textOf(get(o, "dateModified"), ""),
		Status:       firstOf(alignmentNames(get(o, "lifeCycleStatusType"), language), alignmentNames(get(o, "credentialStatusType"), language)),
	}
	// Subjects are not skills, but the text of them names skills.
	r.Description = strings.Join(append([]string{textOf(get(o, "description"), language)}, alignmentNames(get(o, "subject"), language)...), "\n")
	c.provider(o, r, language)
	delivery(o, r, language)
	effort(o, r, language)
	r.Price, r.Currency = costOf(o)
	levels(o, r, language)
	occupations(o, r)
	c.competencies(o, r, language)
	c.conditions(o, r, language)
	c.links(o, r)
	c.claims(o, r, language)
	return r
}

func firstOf(lists ...[]string) string {
	for _, l := range lists {
		if len(l) > 0 {
			return l[0]
		}
	}
	return ""
}

func (c *ctdl) provider(o object, r *Credential, language string) {
	offered, owned := get(o, "offeredBy"), get(o, "ownedBy")
	provider := offered
	if provider == nil {
		provider = owned
	}
	r.Provider = firstOf(c.names(provider, language))
	if items := each(provider); len(items) > 0 {
		r.ProviderID = c.resolve(items[0])
		r.Country = c.nodes[reference(items[0])].country
	}
	if owner := firstOf(c.names(owned, language)); owner != r.Provider {
		r.AwardingBody = owner
	}
	r.QAScheme = strings.Join(slices.Concat(c.names(get(o, "accreditedBy"), language), c.names(get(o, "approvedBy"), language)), "; ")
	r.Recognition = strings.Join(c.names(get(o, "recognizedBy"), language), "; ")
	for _, item := range each(get(o, "availableAt")) {
		place, ok := item.(object)
		if !ok {
			continue
		}
		if inner := objectOf(get(place, "address")); inner != nil {
			place = inner
		}
		r.Place = Place{
			Locality:   textOf(get(place, "addressLocality"), language),
			Region:     textOf(get(place, "addressRegion"), language),
			PostalCode: textOf(get(place, "postalCode"), ""),
			Country:    textOf(get(place, "addressCountry"), language),
		}
		break
	}
}

func delivery(o object, r *Credential, language string) {
	r.DeliveryMode = firstOf(alignmentCodes(get(o, "deliveryType")), alignmentNames(get(o, "deliveryType"), language))
	if r.DeliveryMode == "" && get(o, "availableOnlineAt") != nil && get(o, "availableAt") == nil {
		r.DeliveryMode = "online"
	}
	methods := alignmentCodes(get(o, "learningMethodType"))
	r.ParticipationForm = strings.Join(alignmentNames(get(o, "learningMethodType"), language), "; ")
	for _, m := range methods {
		switch m {
		case "WorkBased":
			r.WorkPlacement = "yes"
		case "SelfPaced":
			r.Schedule = "self-paced"
		}
	}
	if timing := firstOf(alignmentNames(get(o, "scheduleTimingType"), language)); timing != "" {
		r.Schedule = timing
	}
	r.AudienceLevel = firstOf(alignmentNames(get(o, "audienceLevelType"), language))
}

// effort reads durations and credits. Publishers mix up hours and credits: the
// unit says which it is, not the name of the property.
func effort(o object, r *Credential, language string) {
	for _, item := range each(get(o, "estimatedDuration")) {
		profile, ok := item.(object)
		if !ok {
			continue
		}
		if r.Hours == "" {
			r.Hours = textOf(get(profile, "timeRequired"), "")
		}
		for _, key := range []string{"exactDuration", "maximumDuration", "minimumDuration"} {
			if r.Duration == "" {
				r.Duration = textOf(get(profile, key), "")
			}
		}
	}
	for _, item := range each(get(o, "creditValue")) {
		if profile, ok := item.(object); ok {
			credit(r, profile, "value", "creditUnitType", language)
		}
	}
	credit(r, o, "creditUnitValue", "creditUnitType", language)
	credit(r, o, "creditHourValue", "creditHourType", language)
}

func credit(r *Credential, o object, valueKey, unitKey, language string) {
	value := textOf(get(o, valueKey), "")
	if value == "" {
		return
	}
	unit := firstOf(alignmentNames(get(o, unitKey), language))
	if unit == "" {
		unit = textOf(get(o, unitKey), language)
	}
	plain := strings.ToLower(strings.ReplaceAll(firstOf(alignmentCodes(get(o, unitKey)))+" "+unit, " ", ""))
	switch {
	case strings.Contains(plain, "clockhour"), strings.Contains(plain, "contacthour"):
		if r.Hours == "" {
			r.Hours = value
		}
	case strings.Contains(plain, "ects"), strings.Contains(plain, "europeancredit"):
		r.ECTS = value
	case r.Credits == "":
		r.Credits, r.CreditScheme = value, unit
	}
}

// costOf returns the price: the aggregate cost, else the only cost, else the
// only tuition. Several others may be alternatives, so that their sum would be
// a guess.
func costOf(o object) (price, currency string) {
	var all, aggregate, tuition []object
	for _, item := range each(get(o, "estimatedCost")) {
		profile, ok := item.(object)
		if !ok || textOf(get(profile, "price"), "") == "" {
			continue
		}
		all = append(all, profile)
		switch firstOf(alignmentCodes(get(profile, "directCostType"))) {
		case "AggregateCost":
			aggregate = append(aggregate, profile)
		case "Tuition":
			tuition = append(tuition, profile)
		}
	}
	for _, candidates := range [][]object{aggregate, all, tuition} {
		if len(candidates) == 1 {
			return textOf(get(candidates[0], "price"), ""), textOf(get(candidates[0], "currency"), "")
		}
	}
	return "", ""
}

func levels(o object, r *Credential, language string) {
	for _, item := range slices.Concat(each(get(o, "atLevel")), each(get(o, "educationLevel"))) {
		a, ok := item.(object)
		if !ok {
			continue
		}
		scheme := textOf(get(a, "frameworkName"), language)
		level := firstOf(textsOf(get(a, "codedNotation"), ""), alignmentNames(a, language))
		if strings.Contains(scheme, "European Qualifications Framework") || strings.Contains(scheme, "EQF") {
			r.EQFLevel = level
		} else if r.Level == "" {
			r.Level, r.LevelScheme = level, scheme
		}
	}
}

func occupations(o object, r *Credential) {
	for _, item := range each(get(o, "occupationType")) {
		a, ok := item.(object)
		if !ok {
			continue
		}
		node := textOf(get(a, "targetNode"), "")
		isco, isISCO := iscoOfURI(node)
		framework := strings.ToUpper(textOf(get(a, "frameworkName"), "") + " " + textOf(get(a, "framework"), ""))
		switch {
		case isESCOOccupation(node):
			r.OccupationURIs = append(r.OccupationURIs, canonicalESCO(node))
		case isISCO:
			r.ISCO08s = append(r.ISCO08s, isco)
		case strings.Contains(framework, "ISCO"):
			r.ISCO08s = append(r.ISCO08s, textOf(get(a, "codedNotation"), ""))
		}
	}
}

// alignmentNames returns the names in alignment objects, or texts that stand
// in their place.
func alignmentNames(v any, language string) []string {
	var names []string
	for _, item := range each(v) {
		name := textOf(item, language)
		if a, ok := item.(object); ok && pickLanguage(a, language) == "" {
			name = textOf(get(a, "targetNodeName"), language)
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

// alignmentCodes returns the local names of the terms that alignment objects
// point to: OnlineOnly of deliveryType:OnlineOnly.
func alignmentCodes(v any) []string {
	var codes []string
	for _, item := range each(v) {
		node := reference(item)
		if a, ok := item.(object); ok {
			node = textOf(get(a, "targetNode"), "")
		}
		if i := strings.LastIndexAny(node, ":/#"); i >= 0 {
			codes = append(codes, node[i+1:])
		}
	}
	return codes
}
