package prepare

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// LearnerKey is the keyed hash that stands for a person: HMAC-SHA-256 (RFC 2104)
// of the id under the first secret, of that hash under the second, and so on, in
// hex. A later secret thus renews all keys without the ids being known. scheme
// says who gave the id: the same id of another scheme is another person. Space
// around both does not count.
func LearnerKey(secrets [][]byte, scheme, id string) string {
	text := strings.TrimSpace(scheme) + "\x00" + strings.TrimSpace(id)
	for _, secret := range secrets {
		text = RenewLearnerKey(secret, text)
	}
	return text
}

// RenewLearnerKey is the last step of [LearnerKey]: the key that a secret makes of
// the one before it.
func RenewLearnerKey(secret []byte, before string) string {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte(before))
	return hex.EncodeToString(h.Sum(nil))
}
