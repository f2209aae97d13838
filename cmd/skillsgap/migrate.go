package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

func newMigrate(g *globals) *cobra.Command {
	var job string
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the datasets of an older skillsgap to the present form",
		Long: `migrate makes a new snapshot of the present schema out of the current one, as of
the same date, without reading a feed: what is known is taken over, linked and
measured anew, and the pages are written. The old snapshot stays, as far as
warehouse.keep_snapshots allows. Where the current snapshot has the present
schema, nothing is done. A run does the same on its way, from the feeds.
`,
		Example: "  skillsgap migrate",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runMigrate(cmd, g, job) },
	}
	cmd.Flags().StringVar(&job, "job", "nightly", "job of the configuration whose stages are run")
	return cmd
}

func runMigrate(cmd *cobra.Command, g *globals, job string) error {
	workspace, err := g.findWorkspace()
	if err != nil {
		return err
	}
	m, err := warehouse.CurrentManifest(workspace)
	if err != nil {
		return err
	}
	var older *warehouse.OlderError
	if err := m.CheckReadable(); !errors.As(err, &older) {
		fmt.Fprintf(cmd.OutOrStdout(), "Nothing to do: snapshot %s has the present schema, %d.\n", m.SnapshotID, m.SchemaVersion)
		return err
	}
	options, err := jobOptions(cmd, g, job, m.AsOf)
	if err != nil {
		return err
	}
	options.NoFeeds = true
	out, err := jobs.Run(cmd.Context(), options)
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "Migrated snapshot %s from schema %d to %d, as of %s.\nSnapshot: %s\nReport:   %s\n",
		m.SnapshotID, older.Found, older.Known, out.AsOf, out.Snapshot, out.Index)
	if len(out.Warnings) > 0 {
		return &degradedError{out.Warnings}
	}
	return nil
}
