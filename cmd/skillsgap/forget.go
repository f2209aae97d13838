package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs"
	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
)

func newForget(g *globals) *cobra.Command {
	var scheme string
	cmd := &cobra.Command{
		Use:   "forget LEARNER",
		Short: "Remove a person from feeds, datasets and kept snapshots",
		Long: `forget removes the rows of a person from the files of feeds about learners that lie
in the workspace, and from the datasets of the current and all kept snapshots.
LEARNER is the id as the feeds have it; - reads it from the first line of standard
input, so that it stays out of the shell's history. Snapshots that held the person
are marked: they can no longer be made again from their feeds. Figures about groups
stay as they were published; the next release is computed without the person.

Files that are delivered again bring the person back: tell the publisher of the feed.
`,
		Example: "  skillsgap forget -\n  skillsgap forget --scheme provider-a 4711",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runForget(cmd, g, scheme, args[0]) },
	}
	cmd.Flags().StringVar(&scheme, "scheme", "", "who gave the id, as field learner_scheme says it")
	return cmd
}

func runForget(cmd *cobra.Command, g *globals, scheme, id string) error {
	workspace, err := g.findWorkspace()
	if err != nil {
		return err
	}
	cfg, err := config.Load(workspace)
	if err != nil {
		return err
	}
	if id == "-" {
		if id, err = bufio.NewReader(cmd.InOrStdin()).ReadString('\n'); err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read the id: %w", err)
		}
	}
	if id = strings.TrimSpace(id); id == "" {
		return &usageError{errors.New("the id of the person is empty")}
	}
	if !pipeline.HasLearners(cfg) {
		return &pipeline.InputError{Err: fmt.Errorf("no feed of %s is about learners: there is nobody to forget", config.FileName)}
	}
	secrets, err := pipeline.LearnerSecrets(workspace, cfg, os.Getenv(pipeline.LearnerSecretVariable))
	if err != nil {
		return err
	}
	unlock, err := jobs.Lock(workspace)
	if err != nil {
		return err
	}
	defer unlock()
	done, err := pipeline.Forget(cmd.Context(), workspace, cfg, secrets, scheme, id)
	if err != nil {
		return err
	}
	if done.FeedRows+done.Rows == 0 {
		return &pipeline.InputError{Err: errors.New("no row of that person was found: check the id, and --scheme")}
	}
	fmt.Fprintf(cmd.OutOrStdout(), "Removed %s from %s of feeds, and %s from %s, which can no longer be made again from their feeds.\n",
		counted(int(done.FeedRows), "row"), counted(int(done.FeedFiles), "file"), counted(int(done.Rows), "row"), counted(len(done.Snapshots), "snapshot"))
	return nil
}
