package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/esco"
)

func newTaxonomy(g *globals) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "taxonomy",
		Short: "Import ESCO, and look into it",
		Long:  "taxonomy imports the official ESCO CSV bundle into the workspace and searches it.\n",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newTaxonomyImport(g), newTaxonomyInfo(g), newTaxonomySearch(g), newTaxonomyTrain(g))
	return cmd
}

func newTaxonomyImport(g *globals) *cobra.Command {
	var (
		languages []string
		release   string
	)
	cmd := &cobra.Command{
		Use:   "import PATH…",
		Short: "Import the official ESCO CSV bundle",
		Long: `import reads the ESCO CSV bundle as published: a folder, its zip files, single
.csv or .csv.gz files, or a table conceptUri, lang, preferredLabel, in any mix.
Several languages and releases are merged by URI; labels of unknown URIs are
counted. The import replaces the workspace's taxonomy.
`,
		Example: "  skillsgap taxonomy import ESCO-v1.1.1-classification-en-csv.zip\n  skillsgap taxonomy import --language en,fr esco-en.zip esco-relations.zip esco-fr/",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			workspace, err := g.findWorkspace()
			if err != nil {
				return err
			}
			return runTaxonomyImport(cmd, workspace, release, args, languages)
		},
	}
	cmd.Flags().StringVar(&release, "release", "", "release of files whose path names none, as v1.2.0")
	cmd.Flags().StringSliceVar(&languages, "language", nil, "languages to keep, BCP 47, separated by commas (default: all)")
	return cmd
}

func runTaxonomyImport(cmd *cobra.Command, workspace, release string, paths, languages []string) error {
	unlock, err := jobs.Lock(workspace)
	if err != nil {
		return err
	}
	defer unlock()
	t, report, err := esco.ImportAs(release, paths, languages)
	if err != nil {
		return &pipeline.InputError{Err: err}
	}
	path := taxonomyPath(workspace)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("make taxonomy folder: %w", err)
	}
	if err := t.Save(path); err != nil {
		return fmt.Errorf("save taxonomy: %w", err)
	}
	for _, f := range report.Skipped {
		fmt.Fprintf(cmd.ErrOrStderr(), "not read: %s: %s\n", f.Path, f.Reason)
	}
	if report.UnknownURIs > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "%d label rows name a URI that is in none of the releases: left out\n", report.UnknownURIs)
	}
	printTaxonomy(cmd, t)
	return nil
}

func newTaxonomyInfo(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:     "info",
		Short:   "Say what the imported taxonomy holds",
		Long:    "info counts the concepts, relations and labels of the workspace's taxonomy.\n",
		Example: "  skillsgap taxonomy info",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			t, err := g.loadTaxonomy()
			if err != nil {
				return err
			}
			printTaxonomy(cmd, t)
			return nil
		},
	}
}

// loadTaxonomy loads the taxonomy of the workspace.
func (g *globals) loadTaxonomy() (*taxonomy.Taxonomy, error) {
	workspace, err := g.findWorkspace()
	if err != nil {
		return nil, err
	}
	return pipeline.LoadTaxonomy(taxonomyPath(workspace))
}

func printTaxonomy(cmd *cobra.Command, t *taxonomy.Taxonomy) {
	w := cmd.OutOrStdout()
	relations := t.RelationCount()
	fmt.Fprintf(w, "Release:         %s\n", t.Release)
	if len(t.Releases) > 1 {
		fmt.Fprintf(w, "                 with labels of %s\n", strings.Join(t.Releases, ", "))
	}
	fmt.Fprintf(w, "Languages:       %s\n", strings.Join(t.Languages, ", "))
	fmt.Fprintf(w, "Skills:          %d\n", len(t.Skills))
	for _, c := range []struct {
		name string
		flag taxonomy.Flags
	}{{"green", taxonomy.Green}, {"digital", taxonomy.Digital}, {"transversal", taxonomy.Transversal}, {"language", taxonomy.LanguageSkill}, {"DigComp", taxonomy.DigComp}} {
		fmt.Fprintf(w, "  %-14s %d\n", c.name+":", countFlag(t, c.flag))
	}
	fmt.Fprintf(w, "Skill groups:    %d\n", len(t.SkillGroups))
	fmt.Fprintf(w, "Occupations:     %d\n", len(t.Occupations))
	fmt.Fprintf(w, "ISCO-08 groups:  %d\n", len(t.ISCOGroups))
	fmt.Fprintf(w, "Relations:       %d occupation-skill (%d essential), %d skill-skill\n", t.Relations(), relations.Essential, len(t.SkillRelations))
	if n := t.Unresolved.Essential + t.Unresolved.Optional; n > 0 {
		fmt.Fprintf(w, "                 %d of them name a concept that the release does not hold\n", n)
	}
	fmt.Fprintf(w, "Labels:          %d preferred, %d alternative (of skills)\n", countLabels(t, taxonomy.Preferred), countLabels(t, taxonomy.Alternative))
	fmt.Fprintf(w, "Fingerprint:     %s\n", t.Fingerprint())
}

func countFlag(t *taxonomy.Taxonomy, flag taxonomy.Flags) int {
	n := 0
	for i := range t.Skills {
		if t.Skills[i].Flags&flag != 0 {
			n++
		}
	}
	return n
}

func countLabels(t *taxonomy.Taxonomy, kind taxonomy.LabelKind) int {
	n := 0
	for i := range t.Skills {
		for _, l := range t.Skills[i].Labels {
			if l.Kind == kind {
				n++
			}
		}
	}
	return n
}

func newTaxonomySearch(g *globals) *cobra.Command {
	var (
		language string
		top      int
	)
	cmd := &cobra.Command{
		Use:     "search TEXT",
		Short:   "Find concepts by name",
		Long:    "search finds skills, skill groups and occupations whose name matches TEXT.\n",
		Example: "  skillsgap taxonomy search \"patient care\"\n  skillsgap taxonomy search --language fr soudure",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			t, err := g.loadTaxonomy()
			if err != nil {
				return err
			}
			hits := t.Search(strings.Join(args, " "), language, top)
			if len(hits) == 0 {
				fmt.Fprintln(cmd.ErrOrStderr(), "no concept has such a name")
			}
			for _, h := range hits {
				fmt.Fprintf(cmd.OutOrStdout(), "%-10s  %s  %s\n", h.Kind, h.URI, h.Label)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&language, "language", "", "language of the name, BCP 47 (default: any)")
	cmd.Flags().IntVar(&top, "top", 10, "how many")
	return cmd
}
