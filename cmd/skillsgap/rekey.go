package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs"
	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
)

func newRekey(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "rekey",
		Short: "Make or renew the secret by which ids of learners become keys",
		Long: `rekey makes the secret by which the ids of learners become keys, in the file that
learners.key_file names. Where there is one, it adds a further secret and renews the
keys of all kept snapshots by it: rows of one person still belong together, and
whoever knows the earlier secret alone can no longer tell whose they are. Earlier
secrets stay in the file, as later feeds need them. A rekey that was stopped is
done again by the next.

Keep a copy of the file in a safe place, apart from the workspace: without it no
later feed can be linked to what is known.
`,
		Example: "  skillsgap rekey",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runRekey(cmd, g) },
	}
}

func runRekey(cmd *cobra.Command, g *globals) error {
	workspace, err := g.findWorkspace()
	if err != nil {
		return err
	}
	cfg, err := config.Load(workspace)
	if err != nil {
		return err
	}
	if os.Getenv(pipeline.LearnerSecretVariable) != "" {
		return &usageError{fmt.Errorf("%s is set, and goes before the file: put its value into %s, unset it and run rekey again", pipeline.LearnerSecretVariable, cfg.Learners.KeyFile)}
	}
	unlock, err := jobs.Lock(workspace)
	if err != nil {
		return err
	}
	defer unlock()
	file := pipeline.LearnerSecretFile(workspace, cfg)
	before, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		if err := writeSecret(file, newSecret()); err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "Made the secret %s: keep a copy of it in a safe place.\n", file)
		return nil
	} else if err != nil {
		return fmt.Errorf("read secret for the ids of learners: %w", err)
	}
	// The further secret is on disk before the first key is renewed by it.
	next := file + ".next"
	if _, err := os.Stat(next); errors.Is(err, fs.ErrNotExist) {
		if err := writeSecret(next, strings.TrimRight(string(before), "\n")+"\n"+newSecret()); err != nil {
			return err
		}
	}
	secrets, err := pipeline.ReadLearnerSecrets(next)
	if err != nil {
		return err
	}
	renewed, err := pipeline.Rekey(workspace, secrets)
	if err != nil {
		return err
	}
	if err := errors.Join(os.Rename(next, file), pipeline.SyncFolder(filepath.Dir(file))); err != nil {
		return fmt.Errorf("put the secret in place: %w", err)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "Renewed the keys of learners in %s by a further secret, number %d in %s: keep a copy of it in a safe place.\n", counted(renewed, "snapshot"), len(secrets), file)
	return nil
}

func newSecret() string {
	secret := make([]byte, pipeline.SecretBytes)
	rand.Read(secret) // it never fails
	return hex.EncodeToString(secret)
}

// writeSecret writes a file that its owner alone may read; it is on disk when the
// call returns.
func writeSecret(file, text string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write secret for the ids of learners: %w", err)
	}
	_, err = fmt.Fprintln(f, text)
	if err = errors.Join(err, f.Sync(), f.Close(), pipeline.SyncFolder(filepath.Dir(file))); err != nil {
		return fmt.Errorf("write secret for the ids of learners: %w", err)
	}
	return nil
}
