package source

import "strings"

// ESCO's URIs, without the scheme, which publishers write as http or https.
const (
	escoSkill      = "data.europa.eu/esco/skill/"
	escoOccupation = "data.europa.eu/esco/occupation/"
	escoISCO       = "data.europa.eu/esco/isco/"
)

func isESCOSkill(s string) bool { return strings.HasPrefix(schemeless(s), escoSkill) }

func isESCOOccupation(s string) bool { return strings.HasPrefix(schemeless(s), escoOccupation) }

// iscoOfURI returns the digits at the end of ESCO's URI of an ISCO group.
func iscoOfURI(s string) (string, bool) {
	code, ok := strings.CutPrefix(schemeless(s), escoISCO)
	return strings.TrimPrefix(code, "C"), ok
}

// canonicalESCO returns the URI as ESCO writes it.
func canonicalESCO(s string) string { return "http://" + schemeless(s) }

func schemeless(s string) string {
	s = strings.TrimSpace(s)
	s = strings.TrimPrefix(s, "https://")
	return strings.TrimPrefix(s, "http://")
}
