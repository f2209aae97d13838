package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/reports"
)

func newVerify(g *globals) *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Prove that the datasets are as their run left them, and that they add up",
		Long: `verify checks the current snapshot: that every file of its manifest is there with
its size, rows, SHA-256, versions and columns, and no other; that the zones which
are not public are closed; that the counts of each feed agree in the ledger, the
manifest and the datasets; that the kept versions of the feeds are whole; that
what is published of learners, beside the releases of kept snapshots, lets nobody
work out a figure that is withheld; and that no audit returns a row. Audits are queries: those built in and those of the
workspace, reports/audits/NAME.sql, which replace built-in ones of the same name.

It prints one line for each finding - where, what, what to do - and a summary of
what was checked. It changes nothing. With findings it exits 4; with 6 if one is that
figures of learners can be worked out.
`,
		Example: "  skillsgap verify\n  skillsgap verify --all",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runVerify(cmd, g, all) },
	}
	cmd.Flags().BoolVar(&all, "all", false, "every kept snapshot, not the current one alone")
	return cmd
}

func runVerify(cmd *cobra.Command, g *globals, all bool) error {
	workspace, err := g.findWorkspace()
	if err != nil {
		return err
	}
	cfg, err := config.Load(workspace)
	if err != nil {
		return err
	}
	audits, err := reports.Audits(os.DirFS(filepath.Join(workspace, "reports", "audits")))
	if err != nil {
		return err
	}
	options := warehouse.VerifyOptions{
		All: all, Audits: audits,
		Database: warehouse.Options{MemoryLimit: cfg.Warehouse.Memory, Threads: cfg.Warehouse.Threads},
	}
	if *cfg.Inbox.KeepVersions {
		options.FeedVersions = filepath.Join(workspace, filepath.FromSlash(pipeline.VersionsDir))
	}
	if cfg.Learners.KeyFile != "" || cfg.Learners.LeastPersons != 0 {
		options.Disclosure = pipeline.DisclosureAudit(cfg)
	}
	v, err := warehouse.Verify(cmd.Context(), workspace, options)
	if err != nil {
		return err
	}
	printVerification(cmd.OutOrStdout(), v)
	if v.Disclosed > 0 {
		return &disclosedError{v.Disclosed}
	}
	if n := len(v.Findings); n > 0 {
		return &pipeline.InputError{Err: errors.New(counted(n, "finding") + ", see above")}
	}
	return nil
}

func printVerification(w io.Writer, v *warehouse.Verification) {
	for _, f := range v.Findings {
		fmt.Fprintln(w, f)
	}
	for _, note := range v.Notes {
		fmt.Fprintf(w, "Note: %s.\n", note)
	}
	fmt.Fprintf(w, "Checked %s: %s with %d rows, %.1f MB; %s reconciled; %s; %s. %s.\n",
		counted(v.Snapshots, "snapshot"), counted(v.Files, "file"), v.Rows, float64(v.Bytes)/1e6, counted(v.Feeds, "feed"),
		counted(v.FeedFiles, "version")+" of feed files", counted(v.Audits, "audit"), counted(len(v.Findings), "finding"))
}

// disclosedError says that what is published lets figures of persons be worked out.
type disclosedError struct{ findings int }

func (e *disclosedError) Error() string {
	return counted(e.findings, "finding") + " of figures of persons that can be worked out, see above"
}

// counted returns a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
