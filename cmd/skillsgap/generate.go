package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/generate"
	"github.com/skillsgap/skillsgap/pipeline/model"
)

type generateOptions struct {
	vacancies, credentials int
	learners               int
	seed                   uint64
	asOf                   string
	dir                    string
	linked                 bool
	skills                 float64
}

func newGenerate(g *globals) *cobra.Command {
	start := generate.StarterOptions()
	o := generateOptions{}
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write synthetic feeds of any size",
		Long: `generate writes synthetic vacancy and credential feeds that name skills of the
workspace's taxonomy and, with --learners, tables about persons, for trials and
benchmarks, and prints the configuration that reads them. The same options give the
same bytes.

With --linked it writes no feeds, but a snapshot of vacancies and credentials with
their skills, as if a linker had found them: for benchmarks of what comes after
linking. It needs a workspace without feeds, and configures feeds of content delta
that go on from there; run measures it.
`,
		Example: "  skillsgap generate --vacancies 100000 --seed 7 --dir inbox/large\n  skillsgap generate --linked --vacancies 1000000 --seed 7 --workspace large",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runGenerate(cmd, g, o) },
	}
	cmd.Flags().IntVar(&o.vacancies, "vacancies", start.Vacancies, "how many vacancies")
	cmd.Flags().IntVar(&o.credentials, "credentials", start.Credentials, "how many credentials")
	cmd.Flags().IntVar(&o.learners, "learners", 0, "how many learners, with half as many persons again to compare them with; 0 writes no tables about persons")
	cmd.Flags().Uint64Var(&o.seed, "seed", start.Seed, "seed of the generator")
	cmd.Flags().StringVar(&o.asOf, "as-of", start.AsOf.String(), "day on which the feeds end, YYYY-MM-DD")
	cmd.Flags().StringVar(&o.dir, "dir", "generated", "folder to write to")
	cmd.Flags().BoolVar(&o.linked, "linked", false, "write linked facts as a snapshot of the workspace, not feeds")
	cmd.Flags().Float64Var(&o.skills, "skills-per-vacancy", 25, "links of a vacancy on average, with --linked")
	return cmd
}

func runGenerate(cmd *cobra.Command, g *globals, o generateOptions) error {
	if o.vacancies < 0 || o.credentials < 0 || o.learners < 0 {
		return &usageError{fmt.Errorf("--vacancies %d --credentials %d --learners %d: not below 0", o.vacancies, o.credentials, o.learners)}
	}
	asOf, err := model.ParseDate(o.asOf)
	if err != nil {
		return &usageError{fmt.Errorf("--as-of: %w", err)}
	}
	if o.linked {
		return runGenerateLinked(cmd, g, o, asOf)
	}
	t, err := g.loadTaxonomy()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	feeds, err := generateFeeds(t, generate.Options{Vacancies: o.vacancies, Credentials: o.credentials, Learners: o.learners, Seed: o.seed, AsOf: asOf}, o.dir, o.dir)
	if err != nil {
		return err
	}
	text, err := config.FeedsYAML(feeds)
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "Feeds written to %s. Their configuration:\n", o.dir)
	_, err = cmd.OutOrStdout().Write(text)
	return err
}
