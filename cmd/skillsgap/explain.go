package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/data"
	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/explain"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

type explainOptions struct {
	format  string
	output  string
	timeout time.Duration
}

func newExplain(g *globals) *cobra.Command {
	var o explainOptions
	cmd := &cobra.Command{
		Use:   "explain FIGURE [KEY=VALUE…]",
		Short: "Show what a figure rests on, down to the records",
		Long: `explain says what a figure means, its value and interval, the formula with the
figures put in, the parts it is made of and the records behind it, each with the
words of its text that count. The table is for reading; json and csv hold every
record and every figure exactly, so that it can be computed again.

FIGURE is a dataset and a column, as skill_gaps.share_gap. Of cells, skill_demand,
skill_supply and skill_gaps these keys name the row:

  region=      code or name of a region or country
  occupation=  ISCO-08 digits, the URI of an ESCO occupation, or its name (TOTAL)
  sector=      letter of a NACE section (TOTAL)
  skill=       name or URI of a skill
  month=       month that ends the period (the newest)
  period=      12m or 1m (12m)

Of another dataset any of its columns do. Of a figure that is made of learners'
records the meaning is shown, never a record.
`,
		Example: `  skillsgap explain skill_gaps.share_gap region=IE occupation=2221 skill="incident response"
  skillsgap explain cells.coverage region=IE --format json -o coverage.json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runExplain(cmd, g, args[0], args[1:], o) },
	}
	cmd.Flags().StringVar(&o.format, "format", "table", "form of the output: "+strings.Join(explainFormats, ", "))
	cmd.Flags().StringVarP(&o.output, "output", "o", "", "file to write (default: standard output)")
	cmd.Flags().DurationVar(&o.timeout, "timeout", 5*time.Minute, "longest time for each statement")
	return cmd
}

var explainFormats = []string{"table", "json", "csv"}

func runExplain(cmd *cobra.Command, g *globals, figure string, keys []string, o explainOptions) error {
	switch {
	case o.timeout <= 0:
		return errTimeout
	case !slices.Contains(explainFormats, o.format):
		return &usageError{fmt.Errorf("format %q: write %s", o.format, strings.Join(explainFormats, ", "))}
	}
	e, err := g.explainer(cmd, o.timeout)
	if err != nil {
		return err
	}
	defer e.DB.Close()
	x, err := e.Explain(cmd.Context(), figure, keys)
	if err != nil {
		return err
	}
	return toOutput(cmd, o.output, func(w io.Writer) error {
		switch o.format {
		case "json":
			return x.WriteJSON(w)
		case "csv":
			return x.WriteCSV(w)
		}
		return x.WriteTable(w)
	})
}

// explainer opens the current snapshot with the taxonomy it was made with.
func (g *globals) explainer(cmd *cobra.Command, timeout time.Duration) (*explain.Explainer, error) {
	workspace, err := g.findWorkspace()
	if err != nil {
		return nil, err
	}
	cfg, err := config.Load(workspace)
	if err != nil {
		return nil, err
	}
	regions, err := prepare.LoadRegions(data.Reference)
	if err != nil {
		return nil, fmt.Errorf("load regions: %w", err)
	}
	db, err := g.openWarehouse(cmd, warehouse.Options{Timeout: timeout})
	if err != nil {
		return nil, err
	}
	t, err := pipeline.LoadTaxonomy(taxonomyPath(workspace))
	if err == nil && t.Fingerprint() != db.Manifest().Taxonomy {
		err = &pipeline.InputError{Err: errors.New("the workspace's taxonomy is not the one with which the current snapshot was made: make a new one with `skillsgap run`, then explain its figures")}
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &explain.Explainer{
		DB: db, Taxonomy: t, Regions: regions, Language: cfg.Taxonomy.Language,
		Options: pipeline.MeasureOptions(cfg),
	}, nil
}
