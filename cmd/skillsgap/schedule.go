package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs"
)

func newSchedule(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "schedule",
		Short: "Run the jobs at their cron times until stopped",
		Long: `schedule stays and runs each job of the configuration at the times of its cron
expression, in UTC. A time that comes while a run is going is skipped. A failed
run is reported and the schedule goes on. SIGTERM or SIGINT ends it; a run that
is going is then given up and leaves the last snapshot in place.
`,
		Example: "  skillsgap schedule --workspace demo",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			g.verbose = true // who watches a schedule wants to see it work
			o, err := jobOptions(cmd, g, "", "")
			if err != nil {
				return err
			}
			return jobs.Schedule(cmd.Context(), o, func(job string, out jobs.Outcome, err error) {
				if err != nil {
					fmt.Fprintf(cmd.ErrOrStderr(), "skillsgap: job %s: %s\n", job, jobs.Message(err))
					return
				}
				printOutcome(cmd.OutOrStdout(), out)
				if len(out.Warnings) > 0 {
					fmt.Fprintf(cmd.ErrOrStderr(), "skillsgap: job %s: %v\n", job, &degradedError{out.Warnings})
				}
			})
		},
	}
}
