package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// workspaceEnv names the variable that gives the workspace where neither the
// flag nor the folder does.
const workspaceEnv = "SKILLSGAP_WORKSPACE"

// globals are the options of every command.
type globals struct {
	workspace string
	logFormat string
	verbose   bool
}

func newRoot() *cobra.Command {
	g := &globals{}
	root := &cobra.Command{
		Use:   "skillsgap",
		Short: "Skills that employers ask for and training does not teach",
		Long: `skillsgap reads vacancy feeds and credential catalogues, maps them to ESCO
skills, computes where demand outruns training, and writes Parquet datasets and
reports. Begin with: skillsgap init DIR && skillsgap run --workspace DIR
` + exitCodesHelp,
		Version: version,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return fmt.Errorf("unknown command %q; the nearest is %q", args[0], config.Nearest(args[0], commandNames(cmd)))
		},
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.PersistentFlags().StringVarP(&g.workspace, "workspace", "w", "", "folder of the workspace (default: the nearest upwards holding "+config.FileName+", else $"+workspaceEnv+")")
	root.PersistentFlags().StringVar(&g.logFormat, "log-format", "text", "form of the log on standard error: text or json")
	root.PersistentFlags().BoolVarP(&g.verbose, "verbose", "v", false, "log every stage")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return &usageError{fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())}
	})
	root.AddCommand(
		newInit(g), newRun(g), newSchedule(g), newStatus(g), newTaxonomy(g), newLink(g), newClassify(g), newEvaluate(g),
		newRecommend(g), newReach(g), newReport(g), newQuery(g), newExport(g), newExplain(g), newGenerate(g),
		newVerify(g), newMigrate(g), newRekey(g), newForget(g),
	)
	addTopics(root)
	wrapArgs(root)
	return root
}

func commandNames(cmd *cobra.Command) []string {
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	return names
}

// wrapArgs makes a wrong number of arguments a usage error, in all commands.
func wrapArgs(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return &usageError{fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())}
			}
			return nil
		}
	}
	if c.HasParent() && c.Runnable() {
		c.Long += exitCodesHelp
	}
	for _, sub := range c.Commands() {
		wrapArgs(sub)
	}
}

// findWorkspace returns the absolute path of the workspace to work on.
func (g *globals) findWorkspace() (string, error) {
	if g.workspace != "" {
		return checkWorkspace(g.workspace)
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find working directory: %w", err)
	}
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, config.FileName)); err == nil {
			return d, nil
		}
		if filepath.Dir(d) == d {
			break
		}
	}
	if env := os.Getenv(workspaceEnv); env != "" {
		return checkWorkspace(env)
	}
	return "", &usageError{fmt.Errorf("no workspace: neither %s nor a folder above it holds %s; name one with --workspace, or make one with `skillsgap init DIR`", dir, config.FileName)}
}

func checkWorkspace(dir string) (string, error) {
	if _, err := os.Stat(filepath.Join(dir, config.FileName)); errors.Is(err, fs.ErrNotExist) {
		return "", &usageError{fmt.Errorf("%s is not a workspace: it holds no %s; make one with `skillsgap init %s`", dir, config.FileName, dir)}
	} else if err != nil {
		return "", fmt.Errorf("look for workspace: %w", err)
	}
	return filepath.Abs(dir)
}

// taxonomyPath returns where the workspace keeps its taxonomy.
func taxonomyPath(workspace string) string {
	return filepath.Join(workspace, pipeline.TaxonomyFile)
}

// loaded is what a command that finds skills or occupations needs.
type loaded struct {
	taxonomy   *taxonomy.Taxonomy
	crosswalks []linker.Crosswalk
	linker     *linker.Linker
}

// loadLinker builds the linker of the workspace. A model that it cannot use is
// told to the user.
func (g *globals) loadLinker(cmd *cobra.Command) (*loaded, error) {
	workspace, err := g.findWorkspace()
	if err != nil {
		return nil, err
	}
	cfg, err := config.Load(workspace)
	if err != nil {
		return nil, err
	}
	l := &loaded{}
	if l.taxonomy, err = pipeline.LoadTaxonomy(taxonomyPath(workspace)); err != nil {
		return nil, err
	}
	if l.crosswalks, err = pipeline.LoadCrosswalks(workspace, l.taxonomy, cfg.Taxonomy.Crosswalks); err != nil {
		return nil, err
	}
	m, warning, err := pipeline.LoadModel(filepath.Join(workspace, pipeline.ModelFile), l.taxonomy)
	if err != nil {
		return nil, err
	}
	if warning != "" {
		fmt.Fprintln(cmd.ErrOrStderr(), warning)
	}
	if l.linker, err = linker.New(l.taxonomy, m, l.crosswalks...); err != nil {
		return nil, fmt.Errorf("build linker: %w", err)
	}
	return l, nil
}

// logger returns the log of a command, which goes to standard error.
func (g *globals) logger(stderr io.Writer) (*slog.Logger, error) {
	options := &slog.HandlerOptions{Level: slog.LevelWarn}
	if g.verbose {
		options.Level = slog.LevelInfo
	}
	switch g.logFormat {
	case "text":
		return slog.New(slog.NewTextHandler(stderr, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(stderr, options)), nil
	}
	return nil, &usageError{fmt.Errorf("log format %q: write text or json", g.logFormat)}
}

// toOutput lets write fill the file of flag -o, or standard output for "" and
// "-". A file appears when it is complete: one that was there before stays until
// then.
func toOutput(cmd *cobra.Command, path string, write func(io.Writer) error) error {
	if path == "" || path == "-" {
		return write(cmd.OutOrStdout())
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() { // a pipe or device
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return &pipeline.InputError{Err: fmt.Errorf("open output: %w", err)}
		}
		return errors.Join(write(f), f.Close())
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".tmp*")
	if err != nil {
		return &pipeline.InputError{Err: fmt.Errorf("create output: %w", err)}
	}
	if err := errors.Join(write(f), f.Chmod(0o644), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return os.Rename(f.Name(), path)
}
