package main

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs"
	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/recommend"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/reports"
	"github.com/skillsgap/skillsgap/taxonomy"
)

type reachOptions struct {
	person     personOptions
	region     string
	occupation string
	top        int
	format     string
	output     string
}

func newReach(g *globals) *cobra.Command {
	var o reachOptions
	cmd := &cobra.Command{
		Use:   "reach",
		Short: "Say which occupations are within a person's reach, and what is missing",
		Long: `reach sets what a person can do against the occupations (ISCO-08 unit groups) of a
region, the nearest first: the covered share of their skills, the distance, the
missing skills, pay and demand. Skills are weighted by what vacancies of the region
ask, and by ESCO where these are few; where the region has no figures of an
occupation, those of the region around it are taken, and it says so.

With --occupation it looks at that one and adds which of its essential skills the
person covers already, with the evidence, and what stays open: what a body that
validates prior learning would ask for first. It is no validation.

` + personHelp,
		Example: "  skillsgap reach --have \"install heat pump,plumbing tools\" --region FRK2\n  skillsgap reach --from-occupation 7126 --text cv.txt --occupation \"heating technician\" --format html -o reach.html",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runReach(cmd, g, o) },
	}
	o.person.flags(cmd)
	cmd.Flags().StringVar(&o.region, "region", "", "code of a region (NUTS) or country (default: the only country with figures)")
	cmd.Flags().StringVar(&o.occupation, "occupation", "", "look at this occupation: name, URI or ISCO-08 unit group")
	cmd.Flags().IntVar(&o.top, "top", 10, "how many occupations")
	cmd.Flags().StringVar(&o.format, "format", "table", "table, json or html")
	cmd.Flags().StringVarP(&o.output, "output", "o", "", "file to write (default: standard output)")
	return cmd
}

func runReach(cmd *cobra.Command, g *globals, o reachOptions) error {
	if o.top < 1 {
		return &usageError{fmt.Errorf("--top %d: at least 1 occupation", o.top)}
	}
	if !slices.Contains([]string{"table", "json", "html"}, o.format) {
		return &usageError{fmt.Errorf("format %q: write table, json or html", o.format)}
	}
	workspace, err := g.findWorkspace()
	if err != nil {
		return err
	}
	cfg, err := config.Load(workspace)
	if err != nil {
		return err
	}
	t, err := pipeline.LoadTaxonomy(taxonomyPath(workspace))
	if err != nil {
		return err
	}
	answer, err := g.reach(cmd, workspace, t, cfg, o)
	if err != nil {
		return err
	}
	return printAnswer(cmd, o.output, o.format, answer)
}

// reach answers: reads the person and the labour market and sets one against the
// other.
func (g *globals) reach(cmd *cobra.Command, workspace string, t *taxonomy.Taxonomy, cfg *config.Config, o reachOptions) (*reachAnswer, error) {
	language := cfg.Taxonomy.Language
	p, err := g.readPerson(cmd, t, language, o.person)
	if err != nil {
		return nil, err
	}
	var target *occupationName
	if o.occupation != "" {
		named, err := findOccupation(t, o.occupation, language)
		if err != nil {
			return nil, err
		}
		target = &named
	}
	market, err := pipeline.ReadLabourMarket(workspace, t, o.region)
	if err != nil {
		return nil, err
	}
	m, err := warehouse.CurrentManifest(workspace)
	if err != nil {
		return nil, err
	}
	warnings, err := jobs.Warnings(workspace, m.RunID)
	if err != nil {
		return nil, err
	}
	closeness := t.Closeness()
	reached := recommend.Reach(t, closeness, p.held, market.Markets)
	wanted := slices.DeleteFunc(slices.Clone(reached), func(r recommend.Reached) bool {
		return target == nil && !r.Within || target != nil && r.Market.ISCO != target.ISCO
	})
	a := newReachAnswer(t, language, p, market, wanted[:min(o.top, len(wanted))])
	if target == nil {
		a.OutOfReach = len(reached) - len(wanted)
	} else if len(wanted) == 0 {
		a.Notes = append(a.Notes, fmt.Sprintf("No vacancies tell of %s %s: the snapshot has no figures of it for %s.", target.ISCO, t.ISCOName(target.ISCO, language), market.Region))
	}
	a.Meta = pipeline.ReportMeta(cfg, m, version, warnings)
	if target != nil {
		a.Prior = newPriorAnswer(t, language, *target, recommend.Prior(t, closeness, p.held, target.members))
	}
	if len(p.held) == 0 {
		return nil, &pipeline.InputError{Err: errors.New("nothing of what was given names a skill: name some with --have")}
	}
	return a, nil
}

// html writes the answer as a page.
func (a *reachAnswer) html(w io.Writer) error {
	t, err := reports.ParsePage(reachPage)
	if err != nil {
		return fmt.Errorf("parse page of reach: %w", err)
	}
	return t.Execute(w, a)
}
