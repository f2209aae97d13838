package prepare

import "github.com/skillsgap/skillsgap/pipeline/model"

// ExpireQuality turns a quality assurance that was valid when the credential was
// prepared into an expired one where its last day has passed.
func ExpireQuality(c *model.Credential, asOf model.Date) {
	if c.QAValidTo != 0 && c.QAValidTo < asOf && (c.QAStatus == "valid" || c.QAStatus == "") {
		c.QAStatus = "expired"
		c.Conformity, c.ConformityTests = conformity(c)
	}
}
