package generate

// learnerFault is what is wrong on purpose with a row about a person.
type learnerFault int

const (
	soundLearner learnerFault = iota
	noLearner
	noCredential
	brokenStart
	lateStart
	noIndex
)

// enrolmentFaultOf returns the fault of row i of the enrolment table: eight of the
// starter's rows have one.
func enrolmentFaultOf(i int) learnerFault {
	if i%faultyEnrolment != faultyEnrolment/2 {
		return soundLearner
	}
	return noLearner + learnerFault(i/faultyEnrolment)%4
}

// comparisonFaultOf returns that of the comparison table: three rows.
func comparisonFaultOf(i int) learnerFault {
	if i%faultyComparison != faultyComparison/2 {
		return soundLearner
	}
	return noIndex
}

// How many rows stand for one that is spoilt.
const (
	faultyEnrolment  = 800
	faultyComparison = 3000
)

func (f learnerFault) spoil(row []string) []string {
	switch f {
	case noLearner:
		enrolmentSheet.set(row, "learner", "")
	case noCredential:
		enrolmentSheet.set(row, "credential", "")
	case brokenStart:
		enrolmentSheet.set(row, "started_on", "31/02/2026")
	case lateStart:
		enrolmentSheet.set(row, "started_on", "01/09/2099")
	case noIndex:
		comparisonSheet.set(row, "index_on", "")
	}
	return row
}
