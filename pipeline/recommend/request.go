package recommend

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// Target is what is wanted, and for whom.
type Target struct {
	Wants []Want // each skill once
	// ISCO and Profile are the occupation: its ISCO-08 code and its ESCO skills,
	// ascending. By them is known which offers are for the occupation.
	ISCO    string
	Profile []int32
	// Specific says which skills are general because most occupations ask for them; its
	// zero value says it of none.
	Specific Specificity
}

// Want is a skill that is wanted, and how much: g_s, above 0. A general skill, as
// teamwork or a language, is named by courses for any trade, so it recommends none:
// nobody sends a plumber to a course for drivers because it speaks of teamwork, too.
// It counts where something else speaks for the offer. Nor does a near skill count for a
// general one: ESCO has dancing below working independently.
type Want struct {
	Skill   int32
	Weight  float64
	General bool
}

// MinWantedPart is the part of what an offer teaches, general skills apart, that must be
// wanted where the offer is not for the occupation: a course on music that touches on
// rehabilitation is not what a nurse is sent to.
const MinWantedPart = 0.5

// suits tells whether anything but general skills speaks for an offer. It states the
// occupation; or it teaches a skill that is wanted and not general, and either enough of
// the occupation's ESCO skills or little else: at least [MinWantedPart] of what it
// teaches is wanted. Of one or two tags that is soon said; so, where ESCO knows the
// occupation, [taxonomy.MinShared] skills at least must be wanted, or the one that it
// teaches be wanted and an ESCO skill of the occupation.
func (t *Target) suits(o *Offer, wants []Want) bool {
	if t.statedBy(o) {
		return true
	}
	taught, wanted, shared, own := 0, 0, 0, 0
	for _, c := range o.Teaches {
		_, esco := slices.BinarySearch(t.Profile, c.Skill)
		if esco {
			shared++
		}
		if t.general(c.Skill, c.General) {
			continue
		}
		taught++
		if esco {
			own++
		}
		if _, found := slices.BinarySearchFunc(wants, c.Skill, func(w Want, s int32) int { return cmp.Compare(w.Skill, s) }); found {
			wanted++
		}
	}
	if wanted > 0 && taxonomy.Aligned(shared, own, len(o.Teaches)) {
		return true
	}
	enough := len(t.Profile) == 0 || wanted >= taxonomy.MinShared || wanted == taught && own == taught
	return enough && wanted > 0 && float64(wanted) >= MinWantedPart*float64(taught)
}

// statedBy tells whether an offer states the occupation.
func (t *Target) statedBy(o *Offer) bool {
	return t.ISCO != "" && slices.ContainsFunc(o.ISCOs, func(stated string) bool { return strings.HasPrefix(stated, t.ISCO) })
}

// general tells whether a skill is general to ESCO, or to the occupations that ask.
func (t *Target) general(skill int32, general bool) bool {
	return general || t.Specific.Common(skill)
}

// Request says which offers suit and what may be spent. The zero value of a field
// asks for nothing, but for AsOf, without which nothing is known to be over.
type Request struct {
	AsOf   model.Date // whose knowledge counts: not withdrawn, not ended, applications open
	Region string     // of any level: offers that are there or online

	Start  model.Date // learning begins then or later
	Finish model.Date // learning ends by then: a limit, which bounds the weeks, too

	Languages           []string // one of these
	AnyUnstatedLanguage bool     // what states no language suits
	Modes               []string
	Schedules           []string
	EQFLow              int32
	EQFHigh             int32
	Accredited          bool // quality assurance is valid

	Held       []string // ids of credentials held: prerequisites, and not chosen again
	HeldSkills []int32  // for what offers ask on entry
	AnyEntry   bool     // nobody is known whose skills could be compared with that

	Limits

	// LeastStep is the part of what is wanted that the last steps of a bundle must add;
	// those that add less are cut from it. 0 keeps all.
	LeastStep float64

	// Rungs is the number of steps of the ladder in each of money, hours, weeks and
	// hours per week, besides "any": quantiles of what occurs among the candidates.
	// More rungs look closer at what a tight limit leaves, and take longer. 0 is
	// right without limits.
	Rungs int
}

// Limits is what may be spent at most. Nil is no limit.
type Limits struct {
	Money        *model.Money
	Currency     string // of Money; an offer in another one cannot be compared
	Hours        *float64
	Weeks        *float64 // of learning, one credential after the other
	HoursPerWeek *float64 // of each credential
	Credentials  int      // 0 stands for 5
}

// DefaultCredentials is the number of credentials of a bundle unless told: what a
// page can explain and a person can plan.
const DefaultCredentials = 5

func (r *Request) settle() error {
	l := &r.Limits
	switch {
	case l.Credentials < 0, r.Rungs < 0:
		return fmt.Errorf("credentials %d, rungs %d: want none below 0", l.Credentials, r.Rungs)
	case !(r.LeastStep >= 0 && r.LeastStep <= 1):
		return fmt.Errorf("least step %v: want 0 to 1", r.LeastStep)
	case l.Money != nil && (*l.Money < 0 || l.Currency == ""):
		return fmt.Errorf("money %d %q: want 0 or more, in a currency", *l.Money, l.Currency)
	case negative(l.Hours) || negative(l.Weeks) || negative(l.HoursPerWeek):
		return fmt.Errorf("hours, weeks and hours per week: want none below 0")
	case r.Finish != 0 && r.start() == 0:
		return fmt.Errorf("finish %s: want a start or an as-of date with it", r.Finish)
	case r.EQFHigh != 0 && r.EQFLow > r.EQFHigh:
		return fmt.Errorf("levels %d to %d: want the lower first", r.EQFLow, r.EQFHigh)
	}
	l.Credentials = cmp.Or(l.Credentials, DefaultCredentials)
	if r.Finish != 0 {
		weeks := max(0, float64(r.Finish-r.start())/7)
		if l.Weeks == nil || *l.Weeks > weeks {
			l.Weeks = &weeks
		}
	}
	return nil
}

func negative(v *float64) bool { return v != nil && !(*v >= 0) }

// start is the first day on which learning may begin.
func (r *Request) start() model.Date { return max(r.Start, r.AsOf) }

// Why says why an offer that teaches a wanted skill cannot be chosen.
type Why string

// The reasons, in the order in which they are looked at. Those from [WhyPrice] on
// hang on limits.
const (
	WhyHeld          Why = "held already"
	WhyWithdrawn     Why = "withdrawn"
	WhyEnded         Why = "over before learning can begin"
	WhyDeadline      Why = "applications closed"
	WhyBegun         Why = "has begun"
	WhyKind          Why = "a full qualification, or attendance without a credential"
	WhyRegion        Why = "elsewhere"
	WhyLanguage      Why = "in another language"
	WhyNoLanguage    Why = "language not stated"
	WhyMode          Why = "taught in another way"
	WhyNoMode        Why = "way of teaching not stated"
	WhySchedule      Why = "at other times"
	WhyNoSchedule    Why = "times not stated"
	WhyLevel         Why = "at another level"
	WhyNoLevel       Why = "level not stated"
	WhyNotAccredited Why = "no valid quality assurance stated"
	WhyEntry         Why = "asks on entry for a skill not held"
	WhyPrerequisite  Why = "needs a credential neither held nor to be had"

	WhyPrice        Why = "costs too much"
	WhyNoPrice      Why = "price not stated"
	WhyCurrency     Why = "price in another currency"
	WhyHours        Why = "takes too many hours"
	WhyNoHours      Why = "hours not stated"
	WhyWeeks        Why = "takes too many weeks"
	WhyNoWeeks      Why = "weeks not stated"
	WhyPerWeek      Why = "takes too many hours a week"
	WhyNoPerWeek    Why = "hours per week not stated"
	WhyOrder        Why = "begins before what it needs first is over"
	WhyLate         Why = "begins too late"
	WhyNeedsUnfit   Why = "what it needs first is beyond a limit"
	WhyTooManyNeeds Why = "needs more credentials than may be taken"
)

// unfit returns why an offer does not suit, "" where it does. Limits are not looked at.
func (r *Request) unfit(o *Offer) Why {
	for _, test := range []func(*Offer) Why{r.unfitInTime, r.unfitInKind, r.unfitInEntry} {
		if why := test(o); why != "" {
			return why
		}
	}
	return ""
}

func (r *Request) unfitInTime(o *Offer) Why {
	switch {
	case o.WithdrawnOn != 0 && o.WithdrawnOn <= r.AsOf:
		return WhyWithdrawn
	case o.EndsOn != 0 && o.EndsOn < r.start():
		return WhyEnded
	case o.Deadline != 0 && o.Deadline < r.AsOf:
		return WhyDeadline
	case o.once() && o.StartsOn < r.start():
		return WhyBegun
	}
	return ""
}

func (r *Request) unfitInKind(o *Offer) Why {
	switch {
	case slices.Contains(r.Held, o.ID):
		return WhyHeld
	case o.Conformity == "full_qualification", o.Conformity == "attendance_only":
		return WhyKind
	case r.Region != "" && !o.Online && !slices.Contains(o.Regions[:], r.Region):
		return WhyRegion
	case len(r.Languages) > 0 && len(o.Languages) == 0 && !r.AnyUnstatedLanguage:
		return WhyNoLanguage
	case len(r.Languages) > 0 && len(o.Languages) > 0 && !speaks(r.Languages, o.Languages):
		return WhyLanguage
	case len(r.Modes) > 0 && o.Mode == "":
		return WhyNoMode
	case len(r.Modes) > 0 && !slices.Contains(r.Modes, o.Mode):
		return WhyMode
	case len(r.Schedules) > 0 && o.Schedule == "":
		return WhyNoSchedule
	case len(r.Schedules) > 0 && !slices.Contains(r.Schedules, o.Schedule):
		return WhySchedule
	case (r.EQFLow != 0 || r.EQFHigh != 0) && o.EQF == 0:
		return WhyNoLevel
	case o.EQF < r.EQFLow, r.EQFHigh != 0 && o.EQF > r.EQFHigh:
		return WhyLevel
	case r.Accredited && !o.Accredited:
		return WhyNotAccredited
	}
	return ""
}

// speaks tells whether one of the languages offered is asked for; fr-BE is fr.
func speaks(asked, offered []string) bool {
	return slices.ContainsFunc(offered, func(l string) bool {
		primary, _, _ := strings.Cut(l, "-")
		return slices.Contains(asked, l) || slices.Contains(asked, primary)
	})
}

func (r *Request) unfitInEntry(o *Offer) Why {
	if r.AnyEntry {
		return ""
	}
	for _, s := range o.Requires {
		if !slices.Contains(r.HeldSkills, s) {
			return WhyEntry
		}
	}
	return ""
}
