package pipeline

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

// LearnerSecretVariable is the environment variable that may hold the secrets by
// which ids of learners become keys, in place of the file that the configuration
// names.
const LearnerSecretVariable = "SKILLSGAP_LEARNER_KEY"

// SecretBytes is the length of a secret: that of the hash.
const SecretBytes = 32

// LearnerSecretFile is where a workspace keeps its secrets.
func LearnerSecretFile(workspace string, c *config.Config) string {
	if filepath.IsAbs(c.Learners.KeyFile) {
		return c.Learners.KeyFile
	}
	return filepath.Join(workspace, filepath.FromSlash(c.Learners.KeyFile))
}

// HasLearners tells whether a feed is about single persons.
func HasLearners(c *config.Config) bool {
	return slices.ContainsFunc(c.Feeds, func(f config.Feed) bool { return source.Kind(f.Kind).Private() })
}

// LearnerSecrets reads the secrets of a workspace with feeds about single persons,
// the first first; none for another. fromEnvironment is the value of
// [LearnerSecretVariable]. The error is an [*InputError] where there is none, or it
// cannot be read, or others than its owner may read it. It never quotes a secret.
func LearnerSecrets(workspace string, c *config.Config, fromEnvironment string) ([][]byte, error) {
	if !HasLearners(c) {
		return nil, nil
	}
	if fromEnvironment != "" {
		return parseSecrets(LearnerSecretVariable, []byte(fromEnvironment))
	}
	return ReadLearnerSecrets(LearnerSecretFile(workspace, c))
}

// ReadLearnerSecrets reads a file of secrets in the manner of [LearnerSecrets].
func ReadLearnerSecrets(file string) ([][]byte, error) {
	info, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &InputError{fmt.Errorf("no secret for the ids of learners: there is no %s, and %s is not set; make one with `skillsgap rekey`, and keep a copy in a safe place", file, LearnerSecretVariable)}
	} else if err != nil {
		return nil, fmt.Errorf("read secret for the ids of learners: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, &InputError{fmt.Errorf("%s may be read by others than its owner: run `chmod 600` on it", file)}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read secret for the ids of learners: %w", err)
	}
	return parseSecrets(file, text)
}

// parseSecrets reads secrets of 64 hexadecimal digits each, parted by white space.
func parseSecrets(where string, text []byte) ([][]byte, error) {
	var secrets [][]byte
	for i, word := range bytes.Fields(text) {
		secret := make([]byte, hex.DecodedLen(len(word)))
		if _, err := hex.Decode(secret, word); err != nil || len(secret) != SecretBytes {
			return nil, &InputError{fmt.Errorf("%s: secret %d is not of %d hexadecimal digits", where, i+1, 2*SecretBytes)}
		}
		secrets = append(secrets, secret)
	}
	if len(secrets) == 0 {
		return nil, &InputError{fmt.Errorf("%s holds no secret: make one with `skillsgap rekey`", where)}
	}
	return secrets, nil
}
