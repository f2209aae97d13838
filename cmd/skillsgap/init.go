package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/data"
	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/generate"
	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/esco"
)

type initOptions struct {
	dir   string
	empty bool
}

func newInit(_ *globals) *cobra.Command {
	var o initOptions
	cmd := &cobra.Command{
		Use:   "init DIR",
		Short: "Make a workspace: the starter with sample data, or an empty one",
		Long: `init makes a workspace in DIR, which must not exist or be empty. The starter
workspace holds a small part of ESCO and synthetic vacancies, credentials and
learners with planted truths; see data/starter/STORY.md. An empty one holds the configuration
alone: import a taxonomy and name your feeds next.
`,
		Example: "  skillsgap init demo\n  skillsgap init --empty work",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.dir = args[0]
			return runInit(cmd.OutOrStdout(), o)
		},
	}
	cmd.Flags().BoolVar(&o.empty, "empty", false, "no taxonomy, no feeds")
	return cmd
}

func runInit(stdout io.Writer, o initOptions) error {
	entries, err := os.ReadDir(o.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look at %s: %w", o.dir, err)
	}
	if len(entries) > 0 {
		return &usageError{fmt.Errorf("%s is not empty: name a new folder; if an init was interrupted there, remove it first", o.dir)}
	}
	for sub, mode := range map[string]fs.FileMode{"taxonomy": 0o755, "inbox": 0o700, "reports": 0o755, "warehouse": 0o755, "out": 0o755} {
		if err := os.MkdirAll(filepath.Join(o.dir, sub), mode); err != nil { // raw feeds may name persons
			return fmt.Errorf("make workspace: %w", err)
		}
	}
	cfg := config.Default()
	if !o.empty {
		if err := addStarter(o.dir, &cfg); err != nil {
			return err
		}
	}
	if pipeline.HasLearners(&cfg) {
		if err := writeSecret(pipeline.LearnerSecretFile(o.dir, &cfg), newSecret()); err != nil {
			return err
		}
	}
	if err := cfg.Save(o.dir); err != nil { // last: it puts the folder on disk
		return err
	}
	if o.empty {
		fmt.Fprintf(stdout, "Empty workspace in %s. Next: skillsgap taxonomy import PATH… --workspace %[1]s, then name feeds in %s\n", o.dir, filepath.Join(o.dir, config.FileName))
		return nil
	}
	fmt.Fprintf(stdout, "Starter workspace in %s: synthetic vacancies, credentials and learners as of %s. Next: skillsgap run --workspace %[1]s\n", o.dir, cfg.AsOf)
	return nil
}

// starterRelease names what data/starter/taxonomy was taken from.
const starterRelease = "v1.1.1 (excerpt)"

// addStarter imports the embedded part of ESCO and generates the sample feeds.
func addStarter(dir string, cfg *config.Config) error {
	bundle, err := fs.Sub(data.Starter, "starter/taxonomy")
	if err != nil {
		return fmt.Errorf("open starter taxonomy: %w", err)
	}
	t, _, err := esco.ImportFS(bundle, starterRelease, nil)
	if err != nil {
		return fmt.Errorf("import starter taxonomy: %w", err)
	}
	if err := t.Save(filepath.Join(dir, pipeline.TaxonomyFile)); err != nil {
		return fmt.Errorf("save starter taxonomy: %w", err)
	}
	options := generate.StarterOptions()
	cfg.Name, cfg.Synthetic, cfg.AsOf = "starter", true, options.AsOf.String()
	cfg.Feeds, err = generateFeeds(t, options, filepath.Join(dir, "inbox"), "inbox")
	return err
}

// generateFeeds writes sample feeds into dir and returns their configuration;
// base is how their paths begin there.
func generateFeeds(t *taxonomy.Taxonomy, options generate.Options, dir, base string) ([]config.Feed, error) {
	feeds, err := generate.Feeds(t, options, dir)
	if err != nil {
		return nil, fmt.Errorf("generate feeds: %w", err)
	}
	var configured []config.Feed
	for _, f := range feeds {
		configured = append(configured, config.Feed{
			Name: f.Name, Kind: f.Kind, Format: f.Format, Path: path.Join(filepath.ToSlash(base), filepath.Base(f.Path)),
			Columns: f.Columns, Values: f.Values, Constants: f.Constants, Separator: f.Separator, ListSeparator: f.ListSeparator, DateFormat: f.DateFormat,
		})
	}
	slices.SortFunc(configured, func(a, b config.Feed) int { return strings.Compare(a.Name, b.Name) })
	return configured, nil
}
