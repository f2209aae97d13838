package generate

import "fmt"

// Truth is one figure of a planted truth. A truth may have several.
type Truth struct {
	Name     string  // gap, uncovered, emerging, declining, balanced, ageing, expired, disguised, attendance, stuffed, shortage
	Figure   string  // what From and To are: demand, supply, elsewhere (demand in the other regions); teaches of a skill of a course; "" of none
	ISCO08   string  // unit group
	Region   string  // NUTS 2; "" is every region
	SkillURI string  // "" where it is about no one skill
	From, To float64 // share of the group's advertisements or credentials, at the start and at the end of the 24 months
	SourceID string  // the credential planted, as its feed calls it
	Group    string  // of persons, as age_band=55+; "" where it is about no one group
	SeenIn   string  // where a user sees it
}

// The names and figures of truths that the generator acts on.
const (
	truthGap        = "gap"
	truthUncovered  = "uncovered"
	truthBalanced   = "balanced"
	truthAgeing     = "ageing"
	truthExpired    = "expired"
	truthDisguised  = "disguised"
	truthAttendance = "attendance"
	truthStuffed    = "stuffed"
	truthShortage   = "shortage"

	truthClaim     = "claim"
	truthKept      = "kept_claim"
	truthUnreached = "unreached"
	truthNoEffect  = "no_effect"
	truthEffect    = "effect"
	truthSelection = "completers"
	truthInsiders  = "insiders"
	truthCost      = "cost"

	figureDemand    = "demand"
	figureElsewhere = "elsewhere"
)

// Story returns the truths planted in the feeds of [StarterOptions], and in
// those of other options where the taxonomy has the concepts.
func Story() ([]Truth, error) {
	s, err := readSeeds()
	if err != nil {
		return nil, fmt.Errorf("read story: %w", err)
	}
	return s.story, nil
}

func (s *seeds) addTruth(row map[string]string) (err error) {
	t := Truth{
		Name: row["truth"], Figure: row["figure"], ISCO08: row["isco08"], Region: row["region_code"],
		SkillURI: row["skill_uri"], SourceID: row["source_id"], Group: row["group"], SeenIn: row["seen_in"],
	}
	for _, figure := range []struct {
		column string
		to     *float64
	}{{"from", &t.From}, {"to", &t.To}} {
		if row[figure.column] == "" {
			continue
		}
		if *figure.to, err = number(row[figure.column]); err != nil {
			return err
		}
	}
	s.story = append(s.story, t)
	return nil
}

// ofLearners tells whether the truth is about who takes its credential and what
// becomes of them.
func (t *Truth) ofLearners() bool {
	switch t.Name {
	case truthClaim, truthKept, truthNoEffect, truthEffect, truthInsiders:
		return true
	}
	return false
}

// planted is a rate at which a skill is asked that overrides the usual one.
type planted struct {
	region   string // "" is every region
	from, to float64
}

// rate returns the planted rate, and whether there is one, in a region at a
// moment from 0, the start of the period, to 1, its end.
func rate(all []planted, region string, moment float64) (float64, bool) {
	for _, p := range all {
		if p.region == "" || p.region == region {
			return p.from + (p.to-p.from)*moment, true
		}
	}
	return 0, false
}
