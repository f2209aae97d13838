package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
	"github.com/skillsgap/skillsgap/taxonomy/linker/evaluation"
)

// bootstrapDraws is the number of draws behind each interval.
const bootstrapDraws = 2000

type evaluateLinkerOptions struct {
	gold          []string
	language      string
	relation      string
	format        string
	baseline      bool
	crossValidate bool
	seed          uint64
}

// evaluateLinkerAnswer is what evaluate linker prints as JSON.
type evaluateLinkerAnswer struct {
	Release  string `json:"release"`
	Language string `json:"language"`
	Linker   string `json:"linker"` // its version
	*evaluation.Report
}

func newEvaluateLinker(g *globals) *cobra.Command {
	var o evaluateLinkerOptions
	cmd := &cobra.Command{
		Use:   "linker --gold FILE…",
		Short: "Measure the linker on annotated sentences or names",
		Long: `linker ranks and links the texts of gold files and compares the result with their
labels. A gold file is CSV, also .gz, in one of three forms that its header tells:

  sentence, label             a row for each annotation, the label a preferred label
  sentence, skills            a list of preferred labels: ['one', "another"]
  query, esco_uri, relation   a name from another list and the skill it means

Sentences without any label (UNK, UNDERSPECIFIED, LABEL NOT PRESENT) carry no skill.
For sentences it prints RP@1, RP@5, RP@10 and MRR of the ranking; precision, recall
and F1 of the links at the threshold of the datasets; links in sentences that carry
none; calibration; types of skill; other thresholds. For names: hit@1, hit@5, hit@10
and MRR. Shares are in per cent, intervals hold 95 in 100 bootstrap draws. Several
files of a kind are also pooled.
`,
		Example: "  skillsgap evaluate linker --gold annotations.csv --baseline\n  skillsgap evaluate linker --gold tech.csv --gold house.csv --format json\n  skillsgap evaluate linker --gold names_fr.csv.gz --language fr",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			l, err := g.loadLinker(cmd)
			if err != nil {
				return err
			}
			return runEvaluateLinker(cmd, l.taxonomy, l.linker, o)
		},
	}
	cmd.Flags().StringArrayVar(&o.gold, "gold", nil, "annotated `file`; may be repeated")
	cmd.Flags().StringVar(&o.language, "language", "en", "language of texts and labels, BCP 47")
	cmd.Flags().StringVar(&o.relation, "relation", "skos:exactMatch", "rows of names to take; empty for all")
	cmd.Flags().StringVar(&o.format, "format", "table", "table, markdown or json")
	cmd.Flags().BoolVar(&o.crossValidate, "cross-validate", false, "judge each text with weights that were fitted without it, where it is one of the calibration's")
	cmd.Flags().BoolVar(&o.baseline, "baseline", false, "compare with plain TF-IDF")
	cmd.Flags().Uint64Var(&o.seed, "seed", 1, "of the bootstrap draws")
	return cmd
}

func runEvaluateLinker(cmd *cobra.Command, t *taxonomy.Taxonomy, l *linker.Linker, o evaluateLinkerOptions) error {
	if len(o.gold) == 0 || o.language == "" {
		return &usageError{errors.New("name at least one file with --gold, and a --language")}
	}
	if err := checkLanguage(t, o.language); err != nil {
		return err
	}
	write, err := evaluationWriter(o.format)
	if err != nil {
		return err
	}
	files, err := readGold(t, o)
	if err != nil {
		return err
	}
	answer, err := evaluateLinker(cmd.Context(), t, l, files, o)
	if err != nil {
		return err
	}
	if err := write(cmd.OutOrStdout(), answer); err != nil {
		return fmt.Errorf("write evaluation: %w", err)
	}
	return nil
}

// readGold reads the gold files; each is named by its file name without ending.
func readGold(t *taxonomy.Taxonomy, o evaluateLinkerOptions) ([]*evaluation.Gold, error) {
	reader := evaluation.NewReader(t, o.language, o.relation)
	var files []*evaluation.Gold
	for _, path := range o.gold {
		f, err := os.Open(path)
		if err != nil {
			return nil, &pipeline.InputError{Err: fmt.Errorf("open gold: %w", err)}
		}
		gold, err := reader.Read(path, f)
		f.Close()
		if err != nil {
			return nil, &pipeline.InputError{Err: fmt.Errorf("read gold: %w", err)}
		}
		gold.Name = strings.TrimSuffix(strings.TrimSuffix(filepath.Base(path), ".gz"), ".csv")
		files = append(files, gold)
	}
	return files, nil
}

func evaluateLinker(ctx context.Context, t *taxonomy.Taxonomy, l *linker.Linker, files []*evaluation.Gold, o evaluateLinkerOptions) (*evaluateLinkerAnswer, error) {
	of := func(string) *linker.Linker { return l }
	if o.crossValidate {
		var folds []*linker.Linker
		for fold := range linker.Folds {
			without, err := l.Without(fold)
			if err != nil {
				return nil, err
			}
			folds = append(folds, without)
		}
		of = func(text string) *linker.Linker { return folds[linker.FoldOf(text)] }
	}
	system := evaluation.System{
		Rank:      func(text string) []linker.Match { return of(text).Rank(text, o.language, evaluation.Depth) },
		Link:      func(text string, least float64) []linker.Match { return of(text).LinkMin(text, o.language, least) },
		Threshold: l.DefaultThreshold(),
	}
	if o.baseline {
		baseline := evaluation.NewBaseline(t, o.language)
		system.Baseline = func(text string) []linker.Match { return baseline.Rank(text, evaluation.Depth) }
	}
	report, err := evaluation.Evaluate(ctx, t, files, system, evaluation.Bootstrap{Draws: bootstrapDraws, Seed: o.seed})
	if err != nil {
		return nil, err
	}
	return &evaluateLinkerAnswer{Release: t.Release, Language: o.language, Linker: l.Version(), Report: report}, nil
}

// evaluationWriter returns what writes an answer in a format.
func evaluationWriter(format string) (func(io.Writer, *evaluateLinkerAnswer) error, error) {
	switch format {
	case "table":
		return func(w io.Writer, a *evaluateLinkerAnswer) error {
			return writeGrids(w, append(a.headline(), a.details()...), grid.text)
		}, nil
	case "markdown":
		return func(w io.Writer, a *evaluateLinkerAnswer) error { return writeGrids(w, a.headline(), grid.markdown) }, nil
	case "json":
		return func(w io.Writer, a *evaluateLinkerAnswer) error {
			encode := json.NewEncoder(w)
			encode.SetEscapeHTML(false)
			encode.SetIndent("", "  ")
			return encode.Encode(a)
		}, nil
	}
	return nil, &usageError{fmt.Errorf("format %q: write table, markdown or json", format)}
}
