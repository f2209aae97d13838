package main

import (
	"fmt"
	"io"

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
		Long: `classify reads one job title on each line of standard input and prints the ESCO
occupations it may name, best first, with their ISCO-08 unit group.
`,
		Example: `  echo "Band 6 Staff Nurse" | skillsgap classify --top 3 --format table`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			t, l, err := g.loadLinker(cmd)
			if err != nil {
				return err
			}
			return runClassify(cmd, t, l, o)
		},
	}
	cmd.Flags().IntVar(&o.top, "top", 5, "how many occupations for a title")
	cmd.Flags().StringVar(&o.language, "language", "", "language of the titles, BCP 47 (default: any imported)")
	cmd.Flags().StringVar(&o.format, "format", "ndjson", "ndjson or table")
	return cmd
}

func runClassify(cmd *cobra.Command, t *taxonomy.Taxonomy, l *linker.Linker, o classifyOptions) error {
	if o.top < 1 {
		return &usageError{fmt.Errorf("--top %d: at least 1", o.top)}
	}
	return answerLines(cmd, t, o.language, o.format, func(number int, line string) (any, func(io.Writer)) {
		answer := classifyAnswer{Line: number, Occupations: []classifyOccupation{}}
		for _, m := range l.Classify(line, o.language, o.top) {
			answer.Occupations = append(answer.Occupations, classifyOccupation{
				URI: t.Occupations[m.Occupation].URI, Label: t.OccupationName(m.Occupation, o.language),
				ISCO08: t.Occupations[m.Occupation].ISCO, Score: round4(m.Score),
			})
		}
		return answer, func(w io.Writer) {
			for _, c := range answer.Occupations {
				fmt.Fprintf(w, "%d\t%.4f\t%s\t%s\t%s\n", number, c.Score, c.ISCO08, c.Label, c.URI)
			}
		}
	})
}
