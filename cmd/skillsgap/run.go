package main

import (
	"crypto/sha256"
	"debug/elf"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/model"
)

type runOptions struct {
	job  string
	asOf string
	plan bool
}

func newRun(g *globals) *cobra.Command {
	var o runOptions
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Run all stages of a job once",
		Long: `run reads the feeds, links them to ESCO, computes the measures, publishes a new
snapshot of the datasets and writes the report pages. Until the snapshot is
complete, readers see the one before.
`,
		Example: "  skillsgap run\n  skillsgap run --as-of 2020-11-30\n  skillsgap run --plan",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runRun(cmd, g, o) },
	}
	cmd.Flags().StringVar(&o.job, "job", "nightly", "job of the configuration")
	cmd.Flags().StringVar(&o.asOf, "as-of", "", "day whose knowledge the figures state, YYYY-MM-DD (default: as configured, else today)")
	cmd.Flags().BoolVar(&o.plan, "plan", false, "say what would run, and run nothing")
	return cmd
}

func runRun(cmd *cobra.Command, g *globals, o runOptions) error {
	options, err := jobOptions(cmd, g, o.job, o.asOf)
	if err != nil {
		return err
	}
	if o.plan {
		return plan(cmd.OutOrStdout(), options)
	}
	out, err := jobs.Run(cmd.Context(), options)
	if err != nil {
		return err
	}
	printOutcome(cmd.OutOrStdout(), out)
	if len(out.Warnings) > 0 {
		return &degradedError{out.Warnings}
	}
	return nil
}

// jobOptions finds the workspace and checks what `run` and `schedule` share.
func jobOptions(cmd *cobra.Command, g *globals, job, asOf string) (jobs.Options, error) {
	workspace, err := g.findWorkspace()
	if err != nil {
		return jobs.Options{}, err
	}
	log, err := g.logger(cmd.ErrOrStderr())
	if err != nil {
		return jobs.Options{}, err
	}
	o := jobs.Options{Workspace: workspace, Job: job, Version: version, Now: time.Now, Log: log, LearnerSecret: os.Getenv(pipeline.LearnerSecretVariable)}
	if o.Program, err = programFingerprint(); err != nil {
		return jobs.Options{}, err
	}
	if asOf != "" {
		if o.AsOf, err = model.ParseDate(asOf); err != nil {
			return jobs.Options{}, &usageError{fmt.Errorf("--as-of: %w", err)}
		}
	}
	return o, nil
}

// programFingerprint identifies the program's file: whatever of its code, its word
// lists or its libraries changes, changes it. Go's linker writes such a mark into
// it; where it cannot be read, it is the hash of the whole file.
func programFingerprint() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find the program's file: %w", err)
	}
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("read the program's file: %w", err)
	}
	defer f.Close()
	var content io.Reader = f
	if binary, err := elf.NewFile(f); err == nil {
		if note := binary.Section(".note.go.buildid"); note != nil && note.Size > minBuildID {
			content = note.Open()
		}
	}
	h := sha256.New()
	if _, err := io.Copy(h, content); err != nil {
		return "", fmt.Errorf("read the program's file: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// minBuildID is the least size of a note that names the program's content, and
// not only that there is none.
const minBuildID = 64

// plan says which stages and feeds a run would have.
func plan(w io.Writer, o jobs.Options) error {
	night, stages, err := jobs.Plan(o)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "Job %s of %s as of %s\n", o.Job, o.Workspace, night.AsOf)
	for _, s := range stages {
		fmt.Fprintf(w, "  %-9s %s\n", s.Name, s.Doc)
	}
	var errs []error
	for _, f := range night.Config.Feeds {
		files, err := pipeline.FeedFiles(o.Workspace, f)
		errs = append(errs, err)
		if err == nil {
			fmt.Fprintf(w, "  feed %s: %s, %s, content %s, %d file(s)\n", f.Name, f.Kind, f.Format, f.Content, len(files))
		}
	}
	return errors.Join(errs...)
}

// printOutcome says what a run did: the counts of each feed, which add up, and
// where the report is.
func printOutcome(w io.Writer, out jobs.Outcome) {
	fmt.Fprintf(w, "Run %s as of %s took %s\n\n", out.RunID, out.AsOf, out.Took.Round(10*time.Millisecond))
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tab, "feed\tread\taccepted\tduplicates\trejected\tunchanged\twithdrawn\t")
	for _, r := range out.Ledger {
		switch {
		case r.Feed == "":
		case r.Status != "ok":
			fmt.Fprintf(tab, "%s\tfailed\t-\t-\t%d\t-\t-\t\n", r.Feed, r.Rejected)
		default:
			fmt.Fprintf(tab, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t\n", r.Feed, r.RowsIn, r.Accepted, r.Duplicates, r.Rejected, r.Unchanged, r.Withdrawn)
		}
	}
	tab.Flush()
	for _, r := range out.Ledger {
		for _, c := range r.RejectedByRule {
			fmt.Fprintf(w, "  %s: %d rejected by rule %s\n", c.Source, c.Records, c.Rule)
		}
	}
	if out.Snapshot != "" {
		fmt.Fprintf(w, "\nSnapshot: %s\n", out.Snapshot)
	}
	if out.Index != "" {
		fmt.Fprintf(w, "Report:   %s\n", out.Index)
	}
}
