package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

type classifyOptions struct {
	top      int
	language string
	format   string
}

// classifyAnswer is what classify prints for a line.
type classifyAnswer struct {
	Line        int                  `json:"line"` // counts from 1
	Occupations []classifyOccupation `json:"occupations"`
}

type classifyOccupation struct {
	URI    string  `json:"uri"`
	Label  string  `json:"label"`
	ISCO08 string  `json:"isco08"`
	Score  float64 `json:"score"`
}

func newClassify(g *globals) *cobra.Command {
	var o classifyOptions
	cmd := &cobra.Command{
		Use:   "classify",
		Short: "Find ESCO occupations for job titles, one on each line of standard input",
		Long: `classify reads one job title on each line of standard input and prints the
ISCO-08 unit groups it may mean, likeliest first, each with the ESCO occupation
that the title is most like. The score is the probability that the group is right.
Where only the group is known, by a name of a crosswalk, uri is empty.

The description of the job may follow its title after a tab; it helps to decide.
`,
		Example: `  echo "Band 6 Staff Nurse" | skillsgap classify --top 3 --format table`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.top < 1 {
				return &usageError{fmt.Errorf("--top %d: at least 1", o.top)}
			}
			l, err := g.loadLinker(cmd)
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(l.crosswalks, func(c linker.Crosswalk) bool { return c.Language == o.language }) {
				if err := checkLanguage(l.taxonomy, o.language); err != nil {
					return err
				}
			}
			return runClassify(cmd, l.taxonomy, l.linker, o)
		},
	}
	cmd.Flags().IntVar(&o.top, "top", 5, "how many occupations for a title")
	cmd.Flags().StringVar(&o.language, "language", "", "language of the titles, BCP 47 (default: any that has names)")
	cmd.Flags().StringVar(&o.format, "format", "ndjson", "ndjson or table")
	return cmd
}

func runClassify(cmd *cobra.Command, t *taxonomy.Taxonomy, l *linker.Linker, o classifyOptions) error {
	out, err := newAnswers(cmd.OutOrStdout(), o.format)
	if err != nil {
		return err
	}
	return eachLine(cmd.Context(), cmd.InOrStdin(), func(number int, line string) error {
		answer := classifyAnswer{Line: number, Occupations: []classifyOccupation{}}
		title, description, _ := strings.Cut(line, "\t")
		for _, m := range l.Classify(title, description, o.language, o.top) {
			answer.Occupations = append(answer.Occupations, classified(t, m, o.language))
		}
		return out.print(answer, func(w io.Writer) {
			for _, c := range answer.Occupations {
				fmt.Fprintf(w, "%d\t%.4f\t%s\t%s\t%s\n", number, c.Score, c.ISCO08, c.Label, c.URI)
			}
		})
	})
}

// classified says a match in words: the occupation's name, or, in a language that
// only a crosswalk has and for a bare group, the name that matched.
func classified(t *taxonomy.Taxonomy, m linker.OccupationMatch, language string) classifyOccupation {
	c := classifyOccupation{Label: m.Label, ISCO08: m.ISCO, Score: round4(m.Score)}
	if m.Occupation < 0 {
		return c
	}
	c.URI = t.Occupations[m.Occupation].URI
	if language == "" || slices.Contains(t.Languages, language) {
		c.Label = t.OccupationName(m.Occupation, language)
	}
	return c
}
