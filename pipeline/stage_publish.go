package pipeline

import (
	"context"
	"fmt"

	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// runPublish makes the draft the current snapshot and rebuilds the DuckDB file
// through which any client reads it.
func runPublish(_ context.Context, n *Night) error {
	n.draft.Keep(n.Config.Warehouse.KeepSnapshots)
	dir, err := n.draft.Commit(warehouse.Manifest{RunID: n.RunID, AsOf: n.AsOf.String(), Program: n.Program, Feeds: n.feeds})
	if err != nil {
		return fmt.Errorf("publish snapshot: %w", err)
	}
	n.draft, n.Snapshot = nil, dir
	if err := warehouse.WriteDatabase(n.Workspace); err != nil {
		return fmt.Errorf("write skillsgap.duckdb: %w", err)
	}
	return n.dropVersions()
}
