package outcome

// indicator is what outcomes tell of leavers: an answer to an inquiry, of all or of those
// who had a status on entry.
type indicator struct {
	name, definition, base string
	entry                  string // status on entry of its base, a category of employment; "" for all
}

// inquiry is what is asked of a leaver at a horizon.
type inquiry struct {
	name       string // of the dimension of its answers
	at         horizon
	answer     func(*spell, *seen) reply
	amountOf   func(*Learners, *spell, *seen) int64 // noMoney where it is not stated; nil of a yes or no
	unit       string
	signed     bool
	main       bool // asked of every unit by group, and of pairs of groups
	median     bool
	indicators []indicator
}

// Bases in words.
const (
	allLeavers        = "all leavers"
	notEmployedBefore = "leavers unemployed or inactive on entry"
	inactiveBefore    = "leavers inactive on entry"
	employedBefore    = "leavers employed on entry"
	incomeStated      = "leavers whose income is stated"
	bothStated        = "leavers whose income is stated, before and after"
	workingStated     = "leavers in employment whose income is stated"
	opinionGiven      = "leavers who gave an opinion"
)

// Definitions, by id.
const (
	esf         = "ESF+ Regulation (EU) 2021/1057, Annex I: "
	defEmployed = "employed: in employment, self-employment included, at the horizon"
	defRelated  = "employed_related: in an ISCO-08 unit group or ESCO occupation for which the credential trains: it states the occupation, or teaches at least two of its skills and a fifth of what it teaches is among them"
	defSaid     = "employed_related_said: in employment that is related to what was learnt, as the person says"
	defLearning = "further_learning: in education or training at the horizon"
	defAttained = "credential_attained: the credential is awarded during participation or within a year after"
	defIncome   = "income: mean income per month"
	defChange   = "income_change: mean of income per month less that before the start"
	defMedian   = "median_income: median income per month in the second quarter after that of leaving, among those in employment"
	defQuality  = "feedback_quality: mean of the last opinion, 0 the worst, 1 the best of the scale"
	defEffect   = "feedback_effect: mean of the last opinion of the effect on work, 0 the worst, 1 the best of the scale"
)

// Units of values.
const (
	unitShare    = "share"
	unitScore    = "score"
	unitCurrency = "currency per month"
)

func inEmployment(_ *spell, at *seen) reply {
	switch at.status {
	case stateNotKnown:
		if at.search == isYes { // sought work when last heard of
			return isNo
		}
		return unsaid
	case stateEmployed:
		return isYes
	}
	return isNo
}

// inquiries lists what is asked. Two of one horizon have the same leavers for their base.
func inquiries() []inquiry {
	share := func(name string, at horizon, main bool, answer func(*spell, *seen) reply, of ...indicator) inquiry {
		return inquiry{name: name, at: at, answer: answer, unit: unitShare, main: main, indicators: of}
	}
	search := func(_ *spell, at *seen) reply { return at.search }
	training := func(_ *spell, at *seen) reply { return at.training }
	qs := []inquiry{
		share("employed", onLeaving, false, inEmployment, indicator{"employed", defEmployed, allLeavers, ""}, indicator{"EECR04", esf + "EECR04 in employment on leaving", notEmployedBefore, notEmployed}),
		share("seeking", onLeaving, false, search, indicator{"EECR01", esf + "EECR01 engaged in job search on leaving", inactiveBefore, inactive}),
		share("training", onLeaving, false, training, indicator{"EECR02", esf + "EECR02 in education or training on leaving", allLeavers, ""}),
		share("qualification", onLeaving, false, qualified, indicator{"EECR03", esf + "EECR03 gaining a qualification on leaving", allLeavers, ""}),
		share("employed", after6, true, inEmployment, indicator{"employed", defEmployed, allLeavers, ""}, indicator{"EECR05", esf + "EECR05 in employment six months after leaving", notEmployedBefore, notEmployed}),
		share("improved", after6, false, func(_ *spell, at *seen) reply { return at.improved }, indicator{"EECR06", esf + "EECR06 improved labour-market situation six months after leaving; a pay rise alone does not count", employedBefore, employed}),
		share("attained", after12, true, func(s *spell, _ *seen) reply { return attainedWithinYear(s) }, indicator{"credential_attained", defAttained, allLeavers, ""}),
		share("employed", secondQuarter, false, inEmployment, indicator{"employed", defEmployed, allLeavers, ""}),
		share("employed", fourthQuarter, false, inEmployment, indicator{"employed", defEmployed, allLeavers, ""}),
	}
	for _, at := range []horizon{after6, after12, after24} {
		qs = append(qs,
			share("related", at, false, func(_ *spell, at *seen) reply { return at.related }, indicator{"employed_related", defRelated, allLeavers, ""}),
			share("related_said", at, false, func(_ *spell, at *seen) reply { return at.saidRelated }, indicator{"employed_related_said", defSaid, allLeavers, ""}),
			share("training", at, false, training, indicator{"further_learning", defLearning, allLeavers, ""}),
			inquiry{name: "income", at: at, unit: unitCurrency, amountOf: incomeOf, indicators: []indicator{{"income", defIncome, incomeStated, ""}}},
			inquiry{name: "income_change", at: at, unit: unitCurrency, signed: true, amountOf: changeOf, indicators: []indicator{{"income_change", defChange, bothStated, ""}}},
		)
		if at != after6 {
			qs = append(qs, share("employed", at, false, inEmployment, indicator{"employed", defEmployed, allLeavers, ""}))
		}
	}
	return append(qs,
		inquiry{name: "median_income", at: secondQuarter, unit: unitCurrency, amountOf: workingIncome, median: true, indicators: []indicator{{"median_income", defMedian, workingStated, ""}}},
		inquiry{name: "quality", at: anyTime, unit: unitScore, amountOf: func(_ *Learners, s *spell, _ *seen) int64 { return s.quality }, indicators: []indicator{{"feedback_quality", defQuality, opinionGiven, ""}}},
		inquiry{name: "effect", at: anyTime, unit: unitScore, amountOf: func(_ *Learners, s *spell, _ *seen) int64 { return s.effect }, indicators: []indicator{{"feedback_effect", defEffect, opinionGiven, ""}}},
	)
}

// qualified tells whether a qualification was gained on leaving: the credential itself, or
// another one as the person says.
func qualified(s *spell, at *seen) reply {
	if s.awarded != 0 && s.awarded <= s.exit+fourWeeks {
		return isYes
	}
	return max(at.qualified, min(s.attained, isNo))
}

func attainedWithinYear(s *spell) reply {
	if s.attained == isYes && s.awarded > later(s.exit, 12) {
		return isNo
	}
	return s.attained
}

// incomeOf, changeOf and workingIncome are amounts in the currency of most incomes.
func incomeOf(l *Learners, _ *spell, at *seen) int64 {
	if at.income == noMoney || at.currency != l.incomeIn {
		return noMoney
	}
	return at.income
}

func changeOf(l *Learners, s *spell, at *seen) int64 {
	t, now := &l.taken[s.first], incomeOf(l, s, at)
	if now == noMoney || t.before == noMoney || t.incomeCurrency != l.incomeIn {
		return noMoney
	}
	return now - t.before
}

func workingIncome(l *Learners, s *spell, at *seen) int64 {
	if at.status != stateEmployed {
		return noMoney
	}
	return incomeOf(l, s, at)
}
