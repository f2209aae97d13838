package prepare

import (
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// What a credential is, by the tests of conformity.
const (
	microCredential   = "micro_credential"
	shortCourse       = "short_course"
	attendanceOnly    = "attendance_only"
	fullQualification = "full_qualification"
	unknownConformity = "unknown"
)

// The results of a test.
const (
	pass      = "pass"
	fail      = "fail"
	notStated = "not_stated"
)

// The EU volume profile: smaller than a qualification. 40 ECTS credits stand
// for two thirds of a year of full-time study; a credit is 25 to 30 hours.
const (
	maxECTS       = 40
	hoursPerECTS  = 25
	mostPerECTS   = 30
	surelyInside  = maxECTS * hoursPerECTS // hours that are at most 40 credits
	surelyOutside = maxECTS * mostPerECTS  // hours above which they are more
)

// conformity applies UNESCO's definition of a micro-credential, by what it is
// not: without assessment, without a small volume, without value of its own,
// without quality assurance. Each test passes, fails, or is not stated:
//
//   - assessment fails where the source says that nothing is assessed or that
//     attendance is certified; it passes where a form is stated.
//   - volume fails for a degree, diploma or other full qualification, and above
//     40 ECTS credits or 1,200 hours; it passes up to 40 credits or 1,000 hours.
//     Credits of other schemes say nothing without a conversion.
//   - stand_alone_value fails for a part of something else (module, unit,
//     lesson); it passes for what is awarded (certificate, badge, …).
//   - quality_assurance passes while it is valid, fails when it has expired, is
//     suspended or withdrawn, or where the source says that there is none.
//
// All pass: micro-credential. None fails: unknown. A full qualification is one
// whatever else fails; without assessment it is attendance only; else a short
// course. The name alone, "MicroCredential" or "Badge", passes no test of
// volume: a badge is a carrier, not a kind.
func conformity(c *model.Credential) (string, []string) {
	kind := strings.ReplaceAll(fold(c.Kind), " ", "")
	results := [...]string{assessed(c, kind), small(c, kind), standsAlone(kind), assured(c)}
	names := [...]string{"assessment", "volume", "stand_alone_value", "quality_assurance"}
	tests := make([]string, len(names))
	passed, failed := 0, 0
	for i, r := range results {
		tests[i] = names[i] + "=" + r
		switch r {
		case pass:
			passed++
		case fail:
			failed++
		}
	}
	switch {
	case results[1] == fail:
		return fullQualification, tests
	case results[0] == fail:
		return attendanceOnly, tests
	case failed > 0:
		return shortCourse, tests
	case passed == len(results):
		return microCredential, tests
	}
	return unknownConformity, tests
}

func assessed(c *model.Credential, kind string) string {
	switch {
	case c.AssessmentType == "none", containsAny(kind, "attendance", "participation"), containsAny(fold(c.AssessmentType), "attendance"):
		return fail
	case c.AssessmentType != "":
		return pass
	}
	return notStated
}

func small(c *model.Credential, kind string) string {
	switch {
	case containsAny(kind, "degree", "diploma", "doctorate", "bachelor", "master", "qualification") && !containsAny(kind, "micro", "mastercertificate"):
		return fail
	case c.ECTS != nil && *c.ECTS > maxECTS, c.ECTS == nil && c.Hours != nil && *c.Hours > surelyOutside:
		return fail
	case c.ECTS != nil, c.Hours != nil && *c.Hours <= surelyInside:
		return pass
	}
	return notStated
}

func standsAlone(kind string) string {
	switch {
	case slices.ContainsFunc([]string{"module", "unit", "lesson", "session", "lecture"}, func(part string) bool {
		return strings.HasPrefix(kind, part) || strings.HasSuffix(kind, part)
	}):
		return fail
	case containsAny(kind, "certificat", "credential", "badge", "license", "licence", "degree", "diploma", "award", "qualification"):
		return pass
	}
	return notStated
}

func assured(c *model.Credential) string {
	switch {
	case c.QAScheme == "none", c.QAStatus == "expired", c.QAStatus == "suspended", c.QAStatus == "withdrawn":
		return fail
	case c.QAStatus == "valid":
		return pass
	}
	return notStated
}
