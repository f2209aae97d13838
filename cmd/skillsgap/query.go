package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/reports"
)

type queryOptions struct {
	format     string
	output     string
	restricted bool
	timeout    time.Duration
}

func newQuery(g *globals) *cobra.Command {
	var o queryOptions
	cmd := &cobra.Command{
		Use:   "query SQL",
		Short: "Ask the datasets in SQL",
		Long: `query runs one SELECT over the current snapshot, with a view for each public
dataset and one named runs for the ledger. It can read nothing else and write
nothing. A statement that takes longer than --timeout, or more memory than the
configuration's warehouse allows, is ended.
`,
		Example: `  skillsgap query "SELECT source, count(DISTINCT vacancy_id) AS vacancies FROM vacancies WHERE duplicate_of IS NULL AND withdrawn_on IS NULL GROUP BY source"`,
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runQuery(cmd, g, args[0], o) },
	}
	cmd.Flags().StringVar(&o.format, "format", "table", formatsHelp())
	cmd.Flags().StringVarP(&o.output, "output", "o", "", "file to write (default: standard output)")
	cmd.Flags().BoolVar(&o.restricted, "restricted", false, "also the datasets that are not public: texts and rejected records")
	cmd.Flags().DurationVar(&o.timeout, "timeout", time.Minute, "longest time for the statement, from its check to its last row")
	return cmd
}

// errTimeout refuses a statement without an end.
var errTimeout = &usageError{errors.New("--timeout: more than 0, as 90s")}

func runQuery(cmd *cobra.Command, g *globals, sql string, o queryOptions) error {
	if o.timeout <= 0 {
		return errTimeout
	}
	db, err := g.openWarehouse(cmd, warehouse.Options{Restricted: o.restricted, Timeout: o.timeout})
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.QueryUser(cmd.Context(), sql)
	if err != nil {
		return err
	}
	defer rows.Release()
	return toOutput(cmd, o.output, func(w io.Writer) error { return reports.Render(w, o.format, rows) })
}

// openWarehouse opens the current snapshot of the workspace, with its limits,
// and mends the views of skillsgap.duckdb if the workspace has moved.
func (g *globals) openWarehouse(cmd *cobra.Command, o warehouse.Options) (*warehouse.DB, error) {
	workspace, err := g.findWorkspace()
	if err != nil {
		return nil, err
	}
	cfg, err := config.Load(workspace)
	if err != nil {
		return nil, err
	}
	o.MemoryLimit, o.Threads = cfg.Warehouse.Memory, cfg.Warehouse.Threads
	db, err := warehouse.Open(cmd.Context(), workspace, o)
	if err == nil && warehouse.DatabaseStale(workspace) {
		if err := warehouse.WriteDatabase(workspace); err != nil { // whoever may only read still gets an answer
			fmt.Fprintf(cmd.ErrOrStderr(), "skillsgap: %s is out of date: %v\n", warehouse.DatabaseName, err)
		}
	}
	return db, err
}

func formatsHelp() string { return "form of the output: " + strings.Join(reports.Formats(), ", ") }
