package generate

import "strconv"

// figureClaimed is the share in work six months after leaving that a provider
// claims.
const figureClaimed = "claimed"

// claimed adds what providers claim to an entity, and returns the data sets that
// it refers to. Credentials of the story claim a share of all who left, by the
// terms of a data set; the provider whose claim does not hold says something
// grander of its graduates too; one other credential in forty states a number of
// jobs and pay without a period.
func (w *world) claimed(e entity, c *credential) (sets []entity) {
	var profiles []entity
	for i := range w.story {
		t := &w.story[i]
		if t.SourceID != c.id || t.Figure != figureClaimed {
			continue
		}
		set := w.claimedSet(c, t)
		sets = append(sets, set)
		profiles = append(profiles, entity{
			"@type": "ceterms:AggregateDataProfile", "ceterms:name": words(english, "What became of our learners"),
			"ceterms:postReceiptMonths": 6, "qdata:relevantDataSet": []any{set["@id"]},
		})
		if t.Name == truthClaim {
			profiles = append(profiles, boast(c))
		}
	}
	if len(profiles) == 0 && fixedInt("claims", c.id)%40 == 0 {
		profiles = append(profiles, entity{
			"@type": "ceterms:AggregateDataProfile", "ceterms:name": words(c.language, c.title),
			"ceterms:jobsObtained":   []entity{{"@type": "schema:QuantitativeValue", "schema:value": 20 + int(60*fixed("jobs", c.id))}},
			"ceterms:medianEarnings": 1600 + 100*int(10*fixed("median", c.id)), "ceterms:currency": "EUR", "ceterms:postReceiptMonths": 12,
		})
	}
	if len(profiles) > 0 {
		e["ceterms:aggregateData"] = profiles
	}
	return sets
}

// boast is a claim like many: of graduates alone, and of work and learning as one.
func boast(c *credential) entity {
	return entity{
		"@type": "ceterms:AggregateDataProfile", "ceterms:name": words(english, "Success of our graduates"),
		"ceterms:description":            words(english, "95 % of our graduates find a job or further education."),
		"ceterms:demographicInformation": words(english, "Graduates who answered our own survey"),
		"ceterms:jobsObtained":           []entity{{"@type": "schema:QuantitativeValue", "qdata:percentage": 95}},
		"ceterms:postReceiptMonths":      6,
		"ceterms:source":                 "https://example.org/credentials/" + c.id + "/graduates",
	}
}

// claimedSet is the data set of a claim of all who left, not of holders alone.
func (w *world) claimedSet(c *credential, t *Truth) entity {
	percent := strconv.FormatFloat(100*t.From, 'f', -1, 64)
	return entity{
		"@id": graphResource + c.id + "-outcomes", "@type": "qdata:DataSetProfile",
		"ceterms:name":        words(english, "Work after "+c.title),
		"ceterms:description": words(english, percent+" % of all who left the course, with or without the certificate, are in work six months later."),
		"ceterms:source":      "https://example.org/credentials/" + c.id + "/outcomes",
		"qdata:dataSetTimePeriod": []entity{{
			"@type": "qdata:DataSetTimeFrame", "ceterms:startDate": w.firstStart().String(), "ceterms:endDate": (w.options.AsOf.AddMonths(-5) - 1).String(),
			"qdata:dataAttributes": []entity{{
				"@type": "qdata:DataProfile", "qdata:employmentDefinition": words(english, "In paid work or self-employed, of any hours"),
				"qdata:adjustment":     words(english, "None; employment register"),
				"qdata:employmentRate": []entity{{"@type": "schema:QuantitativeValue", "qdata:percentage": 100 * t.From}},
				"qdata:subjectsInSet":  []entity{{"@type": "schema:QuantitativeValue", "schema:value": 400}},
			}},
		}},
	}
}
