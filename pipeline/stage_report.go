package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/reports"
)

// reportTimeout bounds each statement of a page: a report of the user's that does
// not end costs its page, not the night.
const reportTimeout = 10 * time.Minute

// runReport writes the pages of every report over the current snapshot. A report
// that fails is a warning and is named on the index.
func runReport(ctx context.Context, n *Night) error {
	library, err := reports.Load(os.DirFS(n.path("reports")))
	switch {
	case library == nil:
		return fmt.Errorf("load reports: %w", err)
	case err != nil: // one broken file of the user's does not keep the others from their readers
		n.warn("some reports are left out: %v", err)
	}
	library.SetLanguage(n.Config.Taxonomy.Language)
	db, err := warehouse.Open(ctx, n.Workspace, warehouse.Options{
		MemoryLimit: n.Config.Warehouse.Memory, Threads: n.Config.Warehouse.Threads, Timeout: reportTimeout,
	})
	if err != nil {
		return fmt.Errorf("open warehouse: %w", err)
	}
	defer db.Close()
	n.Index, err = reports.Build(ctx, warehouse.Untrusted{DB: db}, library, n.path("out", n.AsOf.String()), n.reportMeta(db.Manifest()))
	var failed *reports.BuildError
	switch {
	case errors.As(err, &failed):
		n.warn("some pages are missing: %v", err)
	case err != nil:
		return fmt.Errorf("write pages: %w", err)
	}
	return nil
}

func (n *Night) reportMeta(m warehouse.Manifest) reports.Meta {
	return ReportMeta(n.Config, m, n.Version, n.Warnings)
}

// ReportMeta says of what a page of a snapshot is made, and what the run that
// made it warned of.
func ReportMeta(c *config.Config, m warehouse.Manifest, version string, warnings []string) reports.Meta {
	return reports.Meta{
		Workspace: c.Name, RunID: m.RunID, SnapshotID: m.SnapshotID, AsOf: m.AsOf,
		TaxonomyRelease: m.TaxonomyRelease, Taxonomy: m.Taxonomy, Linker: m.Linker, Version: version,
		Starter: c.Synthetic, Warnings: warnings,
	}
}
