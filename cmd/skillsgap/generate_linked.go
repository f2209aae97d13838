package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs"
	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/generate"
	"github.com/skillsgap/skillsgap/pipeline/model"
)

// linkedCredentials is how many credentials are drawn unless it is said.
const linkedCredentials = 5000

// runGenerateLinked writes a snapshot of generated facts into a workspace that has
// no feeds, and configures the feeds that will follow them.
func runGenerateLinked(cmd *cobra.Command, g *globals, o generateOptions, asOf model.Date) error {
	if !cmd.Flags().Changed("credentials") {
		o.credentials = linkedCredentials
	}
	options, err := jobOptions(cmd, g, "nightly", o.asOf)
	if err != nil {
		return err
	}
	if err := configureLinked(options.Workspace, asOf); err != nil {
		return err
	}
	options.Stages = pipeline.LinkedStages(generate.LinkedOptions{
		Vacancies: o.vacancies, Credentials: o.credentials, Skills: o.skills, Months: generate.Months, Seed: o.seed, AsOf: asOf,
	})
	out, err := jobs.Run(cmd.Context(), options)
	if err != nil {
		return err
	}
	printOutcome(cmd.OutOrStdout(), out)
	return nil
}

// configureLinked gives a workspace the feeds of generated facts, and files that
// list nothing yet.
func configureLinked(workspace string, asOf model.Date) error {
	cfg, err := config.Load(workspace)
	if err != nil {
		return err
	}
	feeds := pipeline.LinkedFeeds()
	if len(cfg.Feeds) > 0 && cfg.Feeds[0].Name != feeds[0].Name {
		return &pipeline.InputError{Err: errors.New("the workspace has feeds: generate facts into an empty one, made with `skillsgap init --empty`")}
	}
	if len(cfg.Feeds) > 0 {
		return nil
	}
	cfg.Feeds, cfg.Synthetic, cfg.AsOf = feeds, true, asOf.String()
	for _, f := range feeds {
		name := filepath.Join(workspace, filepath.FromSlash(strings.TrimSuffix(f.Path, "*")+".jsonl"))
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			return fmt.Errorf("make empty feed: %w", err)
		}
	}
	return cfg.Save(workspace)
}
