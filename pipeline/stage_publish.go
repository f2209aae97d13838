package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// runPublish makes the draft the current snapshot and rebuilds the DuckDB file
// through which any client reads it.
func runPublish(ctx context.Context, n *Night) error {
	n.draft.Keep(n.Config.Warehouse.KeepSnapshots)
	dir, err := n.draft.Commit(warehouse.Manifest{RunID: n.RunID, AsOf: n.AsOf.String(), Program: n.Program, Feeds: n.feeds, LearnerMark: learnerMark(n.LearnerSecrets)})
	if err != nil {
		return fmt.Errorf("publish snapshot: %w", err)
	}
	n.draft, n.Snapshot = nil, dir
	if err := warehouse.WriteDatabase(n.Workspace); err != nil {
		return fmt.Errorf("write skillsgap.duckdb: %w", err)
	}
	return errors.Join(n.dropVersions(), n.dropLearnerFiles(ctx))
}

// dropLearnerFiles deletes files of learners that this night has read and that are
// older than configured, where they lie in the inbox.
func (n *Night) dropLearnerFiles(ctx context.Context) error {
	days := n.Config.Learners.RawDays
	if days == 0 || n.NoFeeds {
		return nil
	}
	var errs []error
	for _, f := range n.Config.Feeds {
		read := n.feedRead(f.Name)
		if !source.Kind(f.Kind).Private() || read == nil {
			continue
		}
		for _, input := range read.Files {
			file := n.path(filepath.FromSlash(input.File))
			info, err := os.Stat(file)
			if err != nil || !isBelow(file, n.path("inbox")) || n.Now().Sub(info.ModTime()) < time.Duration(days)*24*time.Hour {
				continue
			}
			if hash, err := copyHashed(ctx, file, io.Discard); err != nil || hash != input.SHA256 {
				continue // another has taken its place
			}
			n.Log.Info("deletes a file of learners that has been read", "file", input.File)
			errs = append(errs, os.Remove(file))
		}
	}
	return errors.Join(errs...)
}

// feedRead returns how a feed stands in the snapshot that the night has made.
func (n *Night) feedRead(name string) *warehouse.Feed {
	for i := range n.feeds {
		if n.feeds[i].Name == name {
			return &n.feeds[i]
		}
	}
	return nil
}
