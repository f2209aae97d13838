package prepare

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"hash"
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

// learnerKeys makes keys as [LearnerKey] does, and shares that of the rows of one person
// where they follow each other. It is not safe for concurrent use.
type learnerKeys struct {
	hashes     []hash.Hash // of each secret
	text, hex  []byte
	scheme, id string // asked last
	key        string
}

func newLearnerKeys(secrets [][]byte) *learnerKeys {
	k := &learnerKeys{hex: make([]byte, 0, hex.EncodedLen(sha256.Size))}
	for _, s := range secrets {
		k.hashes = append(k.hashes, hmac.New(sha256.New, s))
	}
	return k
}

func (k *learnerKeys) of(scheme, id string) string {
	if k.key != "" && scheme == k.scheme && id == k.id {
		return k.key
	}
	k.text = append(append(append(k.text[:0], strings.TrimSpace(scheme)...), 0), strings.TrimSpace(id)...)
	for _, h := range k.hashes {
		h.Reset()
		h.Write(k.text)
		k.text = h.Sum(k.text[:0])
		k.hex = hex.AppendEncode(k.hex[:0], k.text)
		k.text = append(k.text[:0], k.hex...)
	}
	k.scheme, k.id, k.key = strings.Clone(scheme), strings.Clone(id), string(k.text)
	return k.key
}
