package source

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// claimsOf reads the claims of the first credential of a CTDL document.
func claimsOf(t *testing.T, document string) []Claim {
	t.Helper()
	path := filepath.Join(t.TempDir(), "registry.json")
	if err := os.WriteFile(path, []byte(document), 0o600); err != nil {
		t.Fatal(err)
	}
	var all []*Credential
	_, err := Read(t.Context(), Feed{Name: "registry", Kind: Credentials, Format: FormatCTDL, Files: []string{path}}, func(r Record) error {
		all = append(all, r.Credential)
		return nil
	}, func(r model.Reject) error { t.Errorf("rejected: %s", r.Message); return nil })
	if err != nil || len(all) != 1 {
		t.Fatalf("%d credentials: %v", len(all), err)
	}
	return all[0].Claims
}

func TestClaims(t *testing.T) {
	const course = `{"@id":"https://example.org/a","@type":"ceterms:Course","ceterms:name":"Optics",`
	for _, c := range []struct {
		name, document string
		want           []Claim
	}{
		{"none", course + `"ceterms:description":"95 % find a job"}`, nil},
		{
			"percentage of holders", course + `"ceterms:aggregateData":[{"@type":"ceterms:AggregateDataProfile","ceterms:description":{"en":"95 % find a job"},
			"ceterms:demographicInformation":{"en":"graduates"},"ceterms:postReceiptMonths":6,"ceterms:source":"https://example.org/s",
			"ceterms:jobsObtained":[{"@type":"schema:QuantitativeValue","qdata:percentage":95.5}]}]}`,
			[]Claim{{Wording: "95 % find a job", Measure: "jobsObtained", Value: "95.5", Unit: "percent", Of: "holders", Population: "graduates", Months: "6", URL: "https://example.org/s"}},
		},
		{
			"numbers and pay of an older profile", course + `"ceterms:earnings":{"@type":"ceterms:EarningsProfile","ceterms:medianEarnings":2400,"ceterms:lowEarnings":0,"ceterms:currency":"EUR"},
			"ceterms:employmentOutcome":[{"ceterms:jobsObtained":31}]}`,
			[]Claim{
				{Measure: "jobsObtained", Value: "31", Unit: "persons", Of: "holders"},
				{Measure: "medianEarnings", Value: "2400", Unit: "EUR", Of: "holders"},
			},
		},
		{
			"words alone", course + `"ceterms:aggregateData":[{"ceterms:name":"All find work"}]}`,
			[]Claim{{Wording: "All find work", Of: "holders"}},
		},
		{
			"a data set elsewhere in the graph", `{"@graph":[` + course + `"ceterms:aggregateData":[{"ceterms:postReceiptMonths":12,"qdata:relevantDataSet":["https://example.org/set"]}]},
			{"@id":"https://example.org/set","@type":"qdata:DataSetProfile","ceterms:description":{"en":"register"},"qdata:dataSetTimePeriod":["_:frame"]},
			{"@id":"_:frame","@type":"qdata:DataSetTimeFrame","ceterms:startDate":"2024-01-01","ceterms:endDate":"2024-12-31","qdata:dataAttributes":[{"@id":"_:data"}]},
			{"@id":"_:data","@type":"qdata:DataProfile","qdata:subjectsInSet":[{"schema:value":400}],"qdata:holdersInSet":[{"schema:value":300}],
			"qdata:employmentDefinition":{"en":"paid work"},"qdata:employmentRate":[{"qdata:percentage":61}],"qdata:workTimeThreshold":{"en":"20 hours"},
			"qdata:earningsDistribution":[{"qdata:median":1900,"schema:currency":"EUR","schema:unitText":"MONTH"}]}]}`,
			[]Claim{
				{
					Wording: "register", Measure: "employmentRate", Value: "61", Unit: "percent", Of: "subjectsInSet", From: "2024-01-01", To: "2024-12-31",
					Months: "12", Definition: "paid work", Threshold: "20 hours",
				},
				{
					Wording: "register", Measure: "earningsDistribution.median", Value: "1900", Unit: "EUR", Period: "MONTH", Of: "subjectsInSet",
					From: "2024-01-01", To: "2024-12-31", Months: "12", Threshold: "20 hours",
				},
			},
		},
		{
			"those left out", course + `"ceterms:aggregateData":[{"qdata:relevantDataSet":[{"@type":"qdata:DataSetProfile","qdata:dataSetTimePeriod":[{"qdata:dataAttributes":[
			{"qdata:subjectsInSet":9,"qdata:subjectExcluded":[{}],"qdata:employmentRate":[{"schema:value":90,"schema:unitText":"percent"}]}]}]}]}]}`,
			[]Claim{{Measure: "employmentRate", Value: "90", Unit: "percent", Of: SomeLeftOut}},
		},
	} {
		if got := claimsOf(t, c.document); !slices.Equal(got, c.want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

// A record states so many claims at most.
func TestClaimsAreBounded(t *testing.T) {
	profiles := strings.Repeat(`{"ceterms:name":"All find work"},`, 2*maxClaims)
	document := `{"@id":"https://example.org/a","@type":"ceterms:Course","ceterms:name":"Optics","ceterms:aggregateData":[` + strings.TrimSuffix(profiles, ",") + `]}`
	if n := len(claimsOf(t, document)); n != maxClaims {
		t.Errorf("%d claims: want %d", n, maxClaims)
	}
}
