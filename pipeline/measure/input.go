package measure

import (
	"cmp"
	"fmt"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// RegionLevels is the number of region levels published: country, NUTS 1 and
// NUTS 2, numbered from 0 as in region_level.
const RegionLevels = 3

// Input is what is measured.
type Input struct {
	Postings []Posting
	Offers   []Offer
	// Skills is what [Ask] and [Offer] point into, in ascending order of URI.
	Skills []Skill
	// Profiles holds the ESCO skills of each occupation group, by ISCO-08 code
	// of 1, 2 or 4 digits or by URI of the ESCO occupation.
	Profiles map[string][]int32
	// Calibrated tells that postings have a Weight; without it each post counts 1.
	Calibrated bool
}

// Posting is a vacancy that is not a duplicate.
type Posting struct {
	Month      model.Date           // of posting, or in which it was first seen; any day of it
	Regions    [RegionLevels]string // by level, country as ISO code; "" where not known
	ISCO       string               // ISCO-08 code, 4 digits or as many as are known
	Occupation string               // URI of the ESCO occupation; "" where not known
	Section    string               // NACE section letter of the employer; "" where not known
	Openings   int32                // posts on offer; 0, not stated, counts as 1
	Weight     int32                // of each post, in ten-thousandths, where demand is calibrated; see [Input.Calibrated]
	Official   bool                 // an official total covers its group
	Employer   string               // name; "" where not named
	PostedOn   model.Date           // first day open; 0 where not stated
	OpenUntil  model.Date           // last day open: expiry or the day before withdrawal; 0 where open
	Skills     []Ask                // each skill once; kept by [New]
}

// Ask is a skill that a posting asks for or an offer teaches.
type Ask struct {
	Skill       int32 // index into [Input].Skills
	Probability int16 // that it does, in ten-thousandths: 1 to 10,000
	Linked      bool  // found in a text, not stated by the source
}

// Certain is the probability 1 in the unit of [Ask].
const Certain = 10_000

// Offer is a credential on offer that is not a duplicate.
type Offer struct {
	ID          string               // names the offer in errors
	Regions     [RegionLevels]string // of delivery, as in [Posting]
	Online      bool                 // can be followed from anywhere
	Places      int32                // places per start; 0 where not stated
	From        model.Date           // first day of the offer; 0 where not stated
	To          model.Date           // last day: its end or the day before withdrawal; 0 where open
	ISCOs       []string             // ISCO-08 groups stated, and those of the occupations stated
	Occupations []string             // URIs of the ESCO occupations stated
	Skills      []Ask                // taught or assessed, each skill once; kept by [New]
}

// Skill is a skill of the taxonomy and the ESCO collections it is in.
type Skill struct {
	URI                                        string
	Green, Digital, Transversal, LanguageSkill bool
	Widespread                                 bool // see [taxonomy.WidespreadPart]
}

// special tells whether a skill says what a credential is for.
func (s *Skill) special() bool { return !s.Transversal && !s.Widespread }

// Options are the thresholds. Zero stands for the default.
type Options struct {
	// MinCell is the effective number of vacancies from which a cell is
	// written (30).
	MinCell float64
	// MinLinks is the number of vacancies asking for a skill from which the
	// skill's rows are written though no offer teaches it (3).
	MinLinks int
	// Recall is what was measured of the linker, by which demand is corrected; the
	// zero value corrects nothing.
	Recall Recall
}

func (o Options) withDefaults() (Options, error) {
	if o.MinCell < 0 || o.MinLinks < 0 {
		return o, fmt.Errorf("thresholds %+v: want none below 0; 0 stands for the default", o)
	}
	if o.Recall != (Recall{}) {
		if err := o.Recall.Check(); err != nil {
			return o, fmt.Errorf("recall of the linker: %w", err)
		}
	}
	o.MinCell = cmp.Or(o.MinCell, 30)
	o.MinLinks = cmp.Or(o.MinLinks, 3)
	return o, nil
}
