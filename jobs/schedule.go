package jobs

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"github.com/go-co-op/gocron/v2"

	"github.com/skillsgap/skillsgap/jobs/config"
)

// stopTimeout is how long a stopping schedule waits for a run to notice that it
// shall end.
const stopTimeout = 30 * time.Second

// Schedule runs every job that has a cron expression at its times (UTC) until
// ctx ends, one run at a time: a time that comes while a run is going is
// skipped. done is called after each run.
func Schedule(ctx context.Context, o Options, done func(job string, out Outcome, err error)) error {
	cfg, err := config.Load(o.Workspace)
	if err != nil {
		return err
	}
	if err := checkCron(cfg, o.Workspace); err != nil {
		return err
	}
	if !scheduled(cfg) {
		return &config.Error{File: filepath.Join(o.Workspace, config.FileName), Message: "no job has a cron expression: give one a cron, as \"0 2 * * *\" for two o'clock at night"}
	}
	s, err := gocron.NewScheduler(gocron.WithLocation(time.UTC), gocron.WithLimitConcurrentJobs(1, gocron.LimitModeReschedule), gocron.WithStopTimeout(stopTimeout))
	if err != nil {
		return fmt.Errorf("make scheduler: %w", err)
	}
	for name, job := range cfg.Jobs {
		if job.Cron == "" {
			continue
		}
		run := o
		run.Job = name
		_, err := s.NewJob(gocron.CronJob(job.Cron, false), gocron.NewTask(func() {
			out, err := Run(ctx, run)
			done(name, out, err)
		}), gocron.WithName(name))
		if err != nil {
			return errors.Join(fmt.Errorf("schedule job %s: %w", name, err), s.Shutdown())
		}
	}
	s.Start()
	for _, j := range s.Jobs() {
		if next, err := j.NextRun(); err == nil {
			o.Log.Info("job is scheduled", "job", j.Name(), "next", next.UTC().Format(time.RFC3339))
		}
	}
	<-ctx.Done()
	if err := s.Shutdown(); err != nil {
		return fmt.Errorf("stop schedule: %w", err)
	}
	return nil
}

func scheduled(cfg *config.Config) bool {
	for _, job := range cfg.Jobs {
		if job.Cron != "" {
			return true
		}
	}
	return false
}

// checkCron reports cron expressions that cannot be read.
func checkCron(cfg *config.Config, workspace string) error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(cfg.Jobs)) {
		cron := cfg.Jobs[name].Cron
		if cron == "" {
			continue
		}
		if err := gocron.NewDefaultCron(false).IsValid(cron, time.UTC, time.Time{}); err != nil {
			errs = append(errs, &config.Error{File: filepath.Join(workspace, config.FileName),
				Message: fmt.Sprintf("job %q: cron %q: %v; five fields: minute, hour, day, month, weekday", name, cron, err)})
		}
	}
	return errors.Join(errs...)
}
