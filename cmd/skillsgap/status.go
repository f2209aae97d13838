package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

func newStatus(g *globals) *cobra.Command {
	var last int
	cmd := &cobra.Command{
		Use:     "status",
		Short:   "Say what the current snapshot is and how the last runs ended",
		Long:    "status prints the current snapshot and the last runs of the ledger.\n",
		Example: "  skillsgap status\n  skillsgap status --last 30",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			workspace, err := g.findWorkspace()
			if err != nil {
				return err
			}
			return runStatus(cmd.OutOrStdout(), workspace, last)
		},
	}
	cmd.Flags().IntVar(&last, "last", 10, "how many runs")
	return cmd
}

func runStatus(w io.Writer, workspace string, last int) error {
	m, err := warehouse.CurrentManifest(workspace)
	switch {
	case errors.Is(err, warehouse.ErrNoSnapshot):
		fmt.Fprintf(w, "Workspace %s has no snapshot yet.\n", workspace)
	case err != nil:
		return err
	default:
		var rows, bytes int64
		for _, f := range m.Files {
			rows += f.Rows
			bytes += f.Size
		}
		fmt.Fprintf(w, "Snapshot %s as of %s: %d rows in %d files, %.1f MB; %s\n", m.SnapshotID, m.AsOf, rows, len(m.Files), float64(bytes)/1e6, m.TaxonomyRelease)
	}
	ledger, err := warehouse.ReadRuns(workspace)
	if err != nil {
		return err
	}
	runs := summarise(ledger)
	runs = runs[max(0, len(runs)-last):]
	if len(runs) == 0 {
		fmt.Fprintln(w, "No run yet.")
		return nil
	}
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tab, "run\tjob\tas of\ttook\tread\trejected\tended")
	for _, r := range runs {
		fmt.Fprintf(tab, "%s\t%s\t%s\t%s\t%d\t%d\t%s\n", r.id, r.job, r.asOf, r.took.Round(10*time.Millisecond), r.read, r.rejected, r.ended)
	}
	return tab.Flush()
}

// runSummary is a run in one line.
type runSummary struct {
	id, job        string
	asOf           model.Date
	took           time.Duration
	read, rejected int64
	ended          string // ok, or what went wrong
}

// summarise folds the ledger's rows, ordered by run, into a line for each run.
func summarise(ledger []model.Run) []runSummary {
	var runs []runSummary
	var started int64
	for _, row := range ledger {
		if len(runs) == 0 || runs[len(runs)-1].id != row.RunID {
			runs = append(runs, runSummary{id: row.RunID, job: row.Job, asOf: row.AsOf, ended: "is running, or did not finish"})
			started = row.StartedAt
		}
		r := &runs[len(runs)-1]
		r.took = max(r.took, time.Duration(row.FinishedAt-started)*time.Microsecond)
		if row.Feed != "" {
			r.read += row.RowsIn
			r.rejected += row.Rejected
		}
		switch {
		case row.Stage == jobs.StageEnd && row.Status == "ok":
			r.ended = "ok"
		case row.Stage == jobs.StageEnd:
			r.ended = "done, but " + strings.ReplaceAll(row.Message, "\n", "; ")
		case row.Status != "ok" && row.Feed == "":
			r.ended = "failed in stage " + row.Stage + ": " + row.Message
		}
	}
	return runs
}
