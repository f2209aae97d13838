package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// Options says what to run.
type Options struct {
	Workspace string
	Job       string     // name of a job in the configuration
	AsOf      model.Date // 0: the configured date, else the day of the run
	Version   string     // of the program
	Program   string     // fingerprint of the program: what another one computed is computed anew
	NoFeeds   bool       // take over what is known, read no feed
	// LearnerSecret is the value of [pipeline.LearnerSecretVariable].
	LearnerSecret string
	Stages        []pipeline.Stage // to run instead of those of the job; nil: those
	Now           func() time.Time
	Log           *slog.Logger
}

// Outcome is what a run that reached its end has brought.
type Outcome struct {
	RunID    string
	AsOf     model.Date
	Snapshot string      // folder of the published snapshot, "" if none was
	Index    string      // first page of the report, "" if none was written
	Warnings []string    // a feed failed or a threshold was crossed
	Ledger   []model.Run // what each stage and feed did
	Took     time.Duration
}

// Run runs a job once. The configuration is read anew, so that a schedule sees
// changed feeds and thresholds; changed times of cron need a new start.
func Run(ctx context.Context, o Options) (Outcome, error) {
	started := o.Now()
	night, stages, err := Plan(o)
	if err != nil {
		return Outcome{}, err
	}
	unlock, err := Lock(night.Workspace)
	if err != nil {
		return Outcome{}, err
	}
	defer unlock()
	err = runStages(ctx, night, stages)
	if err = errors.Join(err, night.Close()); err != nil {
		return Outcome{}, err
	}
	return Outcome{
		RunID: night.RunID, AsOf: night.AsOf, Snapshot: night.Snapshot, Index: night.Index,
		Warnings: night.Warnings, Ledger: night.Ledger, Took: o.Now().Sub(started),
	}, nil
}

// StageEnd is the ledger's last row of a run that reached its end: its status is
// ok, or degraded with the warnings as message.
const StageEnd = "end"

// Warnings returns what a run of the ledger warned of.
func Warnings(workspace, runID string) ([]string, error) {
	ledger, err := warehouse.ReadRuns(workspace)
	if err != nil {
		return nil, err
	}
	for _, row := range ledger {
		if row.RunID == runID && row.Stage == StageEnd && row.Message != "" {
			return strings.Split(row.Message, "\n"), nil
		}
	}
	return nil, nil
}

// runStages runs the stages in order and notes in the ledger that all are done.
func runStages(ctx context.Context, night *pipeline.Night, stages []pipeline.Stage) error {
	for _, s := range stages {
		if err := runStage(ctx, night, s); err != nil {
			if ctx.Err() != nil {
				return fmt.Errorf("stopped in stage %s; the snapshot before stays: %w", s.Name, ctx.Err())
			}
			return fmt.Errorf("stage %s: %w", s.Name, err)
		}
	}
	now := night.Now().UnixMicro()
	end := model.Run{RunID: night.RunID, Job: night.Job, AsOf: night.AsOf, Stage: StageEnd, Status: "ok", StartedAt: now, FinishedAt: now, Versions: night.Versions()}
	if len(night.Warnings) > 0 {
		end.Status, end.Message = "degraded", strings.Join(night.Warnings, "\n")
	}
	night.Ledger = append(night.Ledger, end)
	if err := warehouse.AppendRuns(night.Workspace, night.Ledger); err != nil {
		return fmt.Errorf("write ledger: %w", err)
	}
	return nil
}

// Plan reads and checks the configuration and returns the night that Run would
// run, and its stages. Nothing is written.
func Plan(o Options) (*pipeline.Night, []pipeline.Stage, error) {
	started := o.Now()
	workspace, err := filepath.Abs(o.Workspace)
	if err != nil {
		return nil, nil, fmt.Errorf("resolve workspace: %w", err)
	}
	cfg, err := config.Load(workspace)
	if err != nil {
		return nil, nil, err
	}
	job, ok := cfg.Jobs[o.Job]
	if !ok {
		names := slices.Sorted(maps.Keys(cfg.Jobs))
		return nil, nil, &config.Error{File: filepath.Join(workspace, config.FileName),
			Message: fmt.Sprintf("has no job %q; its jobs are %s", o.Job, strings.Join(names, ", "))}
	}
	if err := errors.Join(pipeline.CheckStages(o.Job, job.Stages), pipeline.CheckFeeds(cfg), checkCron(cfg, workspace)); err != nil {
		return nil, nil, err
	}
	secrets, err := pipeline.LearnerSecrets(workspace, cfg, o.LearnerSecret)
	if err != nil {
		return nil, nil, err
	}
	stages := o.Stages
	for _, s := range pipeline.Stages() {
		if o.Stages == nil && slices.Contains(job.Stages, s.Name) {
			stages = append(stages, s)
		}
	}
	asOf := o.AsOf
	if asOf == 0 {
		asOf = model.DateOf(cfg.AsOfDate(started.UTC()))
	}
	return &pipeline.Night{
		Workspace: workspace, Config: cfg, Job: o.Job, AsOf: asOf, Version: o.Version, Program: o.Program, NoFeeds: o.NoFeeds, LearnerSecrets: secrets,
		RunID: started.UTC().Format("20060102T150405.000Z"), Now: o.Now, Log: o.Log,
	}, stages, nil
}

// runStage runs a stage and notes it in the ledger, whether it succeeds or not.
func runStage(ctx context.Context, n *pipeline.Night, s pipeline.Stage) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	start, rows := n.Now(), n.RowsWritten()
	n.Log.Info("stage begins", "stage", s.Name, "does", s.Doc)
	err := s.Run(ctx, n)
	row := model.Run{RunID: n.RunID, Job: n.Job, AsOf: n.AsOf, Stage: s.Name, Status: "ok", StartedAt: start.UnixMicro(), FinishedAt: n.Now().UnixMicro(), Versions: n.Versions()}
	row.RowsOut = max(0, n.RowsWritten()-rows)
	if err != nil {
		row.Status, row.Message = "failed", n.Relative(Message(err))
	}
	n.Ledger = append(n.Ledger, row)
	if ledgerErr := warehouse.AppendRuns(n.Workspace, n.Ledger); ledgerErr != nil && err == nil {
		err = fmt.Errorf("write ledger: %w", ledgerErr)
	}
	if err == nil {
		n.Log.Info("stage ended", "stage", s.Name, "took", n.Now().Sub(start).Round(time.Millisecond))
	}
	return err
}
