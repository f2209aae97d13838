package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/reports"
)

type exportOptions struct {
	format     string
	output     string
	restricted bool
}

func newExport(g *globals) *cobra.Command {
	var o exportOptions
	cmd := &cobra.Command{
		Use:   "export DATASET",
		Short: "Write a whole dataset to a file",
		Long: `export writes a dataset of the current snapshot, exact values, as one file. Its
partition column is a column of the file.
`,
		Example: "  skillsgap export skill_gaps --format parquet -o gaps.parquet\n  skillsgap export cells --format csv > cells.csv",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runExport(cmd, g, args[0], o) },
	}
	cmd.Flags().StringVar(&o.format, "format", "csv", "parquet, csv, arrow or ndjson")
	cmd.Flags().StringVarP(&o.output, "output", "o", "", "file to write (default: standard output; needed for parquet)")
	cmd.Flags().BoolVar(&o.restricted, "restricted", false, "also the datasets that are not public: texts and rejected records")
	return cmd
}

func runExport(cmd *cobra.Command, g *globals, dataset string, o exportOptions) error {
	db, err := g.openWarehouse(cmd, warehouse.Options{Restricted: o.restricted})
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.CheckDataset(dataset); err != nil {
		var zone *warehouse.ZoneError
		if errors.As(err, &zone) {
			return err
		}
		names := db.Datasets()
		return &usageError{fmt.Errorf("no dataset %q; the nearest is %q; there are %s", dataset, config.Nearest(dataset, names), strings.Join(names, ", "))}
	}
	switch o.format {
	case "parquet":
		if o.output == "" || o.output == "-" {
			return &usageError{fmt.Errorf("a Parquet file is not a stream: name it with -o FILE")}
		}
		return db.ExportParquet(cmd.Context(), dataset, o.output)
	case "csv", "arrow", "ndjson":
	default:
		return &usageError{fmt.Errorf("format %q: write parquet, csv, arrow or ndjson", o.format)}
	}
	rows, err := db.Query(cmd.Context(), "SELECT * FROM "+dataset)
	if err != nil {
		return err
	}
	defer rows.Release()
	return toOutput(cmd, o.output, func(w io.Writer) error { return reports.Render(w, o.format, rows) })
}
