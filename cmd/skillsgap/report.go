package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs"
	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/reports"
)

type reportOptions struct {
	params     []string
	format     string
	output     string
	restricted bool
	timeout    time.Duration
}

func newReport(g *globals) *cobra.Command {
	var o reportOptions
	cmd := &cobra.Command{
		Use:   "report NAME | report list",
		Short: "Answer one of the reports' questions",
		Long: `report runs a report over the current snapshot: a built-in one, or one of the
workspace's reports folder. report list names them all with their parameters.
`,
		Example: "  skillsgap report list\n  skillsgap report skill-gaps --param region=IE --format csv\n  skillsgap report skill-gaps --format html -o gaps.html",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] == "list" {
				return runReportList(cmd, g)
			}
			return runReport(cmd, g, args[0], o)
		},
	}
	cmd.Flags().StringArrayVarP(&o.params, "param", "p", nil, "parameter as key=value; may be repeated")
	cmd.Flags().StringVar(&o.format, "format", "table", formatsHelp())
	cmd.Flags().StringVarP(&o.output, "output", "o", "", "file to write (default: standard output)")
	cmd.Flags().BoolVar(&o.restricted, "restricted", false, "let a report of the workspace read the datasets that are not public")
	cmd.Flags().DurationVar(&o.timeout, "timeout", 5*time.Minute, "longest time for each of the report's statements")
	return cmd
}

// loadLibrary loads the built-in reports and those of the workspace, with names
// in the configured language.
func loadLibrary(cmd *cobra.Command, workspace string) (*reports.Library, *config.Config, error) {
	cfg, err := config.Load(workspace)
	if err != nil {
		return nil, nil, err
	}
	library, err := reports.Load(os.DirFS(filepath.Join(workspace, "reports")))
	switch {
	case library == nil:
		return nil, nil, fmt.Errorf("load reports: %w", err)
	case err != nil: // one broken file does not keep the others from their readers
		fmt.Fprintf(cmd.ErrOrStderr(), "skillsgap: left out: %v\n", err)
	}
	library.SetLanguage(cfg.Taxonomy.Language)
	return library, cfg, nil
}

func runReportList(cmd *cobra.Command, g *globals) error {
	workspace, err := g.findWorkspace()
	if err != nil {
		return err
	}
	library, _, err := loadLibrary(cmd, workspace)
	if err != nil {
		return err
	}
	w := cmd.OutOrStdout()
	for _, name := range library.Names() {
		r, err := library.Get(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\n    %s\n", name, r.Question)
		for _, p := range r.Parameters {
			fmt.Fprintf(w, "    --param %s=%s  %s\n", p.Name, p.Default, p.Meaning)
		}
	}
	return nil
}

func runReport(cmd *cobra.Command, g *globals, name string, o reportOptions) error {
	if o.timeout <= 0 {
		return errTimeout
	}
	params := map[string]string{}
	for _, p := range o.params {
		key, value, found := strings.Cut(p, "=")
		if !found {
			return &usageError{fmt.Errorf("--param %q: write key=value", p)}
		}
		params[key] = value
	}
	workspace, err := g.findWorkspace()
	if err != nil {
		return err
	}
	library, cfg, err := loadLibrary(cmd, workspace)
	if err != nil {
		return err
	}
	report, err := library.Get(name)
	if err != nil {
		return &usageError{err}
	}
	db, err := g.openWarehouse(cmd, warehouse.Options{Restricted: o.restricted, Timeout: o.timeout})
	if err != nil {
		return err
	}
	defer db.Close()
	warnings, err := jobs.Warnings(workspace, db.Manifest().RunID)
	if err != nil {
		return err
	}
	return toOutput(cmd, o.output, func(w io.Writer) error {
		return report.Render(cmd.Context(), w, o.format, warehouse.Untrusted{DB: db}, params, pipeline.ReportMeta(cfg, db.Manifest(), version, warnings))
	})
}
