package outcome

import "github.com/skillsgap/skillsgap/pipeline/model"

// observation is a follow-up, coded.
type observation struct {
	person, name                                   int32 // name is -1 where it is of no one credential
	on                                             model.Date
	months                                         int32 // -1 where it is not stated
	status                                         state
	search, training, qualified, improved, related reply
	work                                           int32 // occupation, -1 where it is not known
	major                                          byte
	income                                         int64
	currency                                       int32
}

// state is a status in the labour market.
type state uint8

const (
	stateNotKnown state = iota
	stateEmployed
	stateUnemployed
	stateInactive
)

func stateOf(employment string) state {
	switch employment {
	case employed:
		return stateEmployed
	case unemployed, longTerm:
		return stateUnemployed
	case inactive:
		return stateInactive
	}
	return stateNotKnown
}

// opinion is what a learner said of a credential, coded.
type opinion struct {
	person, name    int32
	on              model.Date
	quality, effect int64 // in ten-thousandths; noMoney where not said
}

// AddFollowUps adds later observations, of days before the release. Those of persons
// without participation count in nothing.
func (l *Learners) AddFollowUps(rows []model.FollowUp) error {
	for i := range rows {
		f := &rows[i]
		if f.ObservedOn >= l.basis.Release || f.ObservedOn == 0 && f.MonthsAfter == nil {
			continue
		}
		person, err := l.person(f.LearnerKey)
		if err != nil {
			return err
		}
		o := observation{
			person: person, name: -1, on: f.ObservedOn, months: -1, status: stateOf(f.Employment),
			search: answerOf(f.JobSearch), training: answerOf(f.InTraining), qualified: answerOf(f.Qualification),
			improved: answerOf(f.Improved), related: answerOf(f.Related), work: -1, major: major(f.ISCO08),
			income: amount(f.Income), currency: l.currencies.code(f.Currency),
		}
		if f.Credential != "" {
			o.name = l.names.code(f.Credential)
		}
		if f.MonthsAfter != nil {
			o.months = *f.MonthsAfter
		}
		if f.ISCO08 != "" || f.OccupationURI != "" {
			o.work = l.work.code(f.ISCO08 + "\n" + f.OccupationURI)
		}
		l.followed = append(l.followed, o)
	}
	return nil
}

// AddFeedback adds opinions given before the release.
func (l *Learners) AddFeedback(rows []model.Feedback) error {
	for i := range rows {
		f := &rows[i]
		if f.GivenOn >= l.basis.Release {
			continue
		}
		person, err := l.person(f.LearnerKey)
		if err != nil {
			return err
		}
		l.said = append(l.said, opinion{person, l.names.code(f.Credential), f.GivenOn, score(f.Quality), score(f.Effect)})
	}
	return nil
}

func score(s *model.Score) int64 {
	if s == nil {
		return noMoney
	}
	return int64(*s)
}
