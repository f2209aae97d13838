package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

type linkOptions struct {
	top      int
	minScore float64
	language string
	format   string
}

// byThreshold asks for the skills at or above the threshold of the datasets.
const byThreshold = -1

// linkAnswer is what link prints for a line.
type linkAnswer struct {
	Line   int         `json:"line"` // counts from 1
	Skills []linkSkill `json:"skills"`
}

// linkSkill is a skill found in a line. Start and End are half-open UTF-8 byte
// offsets into it.
type linkSkill struct {
	URI    string  `json:"uri"`
	Label  string  `json:"label"`
	Score  float64 `json:"score"`
	Start  int     `json:"start"`
	End    int     `json:"end"`
	Method string  `json:"method"`
}

func newLink(g *globals) *cobra.Command {
	var o linkOptions
	cmd := &cobra.Command{
		Use:   "link",
		Short: "Find ESCO skills in texts, one on each line of standard input",
		Long: `link reads one text on each line of standard input and prints the skills found in
it, best first. start and end are half-open UTF-8 byte offsets into the line. With
--min-score 0 it prints the best candidates whatever their score; these scores
rank the candidates of one line and are not those of the threshold.
`,
		Example: `  echo "Experience with patient-centred care" | skillsgap link --top 5 --format ndjson`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			l, err := g.loadLinker(cmd)
			if err != nil {
				return err
			}
			if !cmd.Flags().Changed("min-score") {
				o.minScore = byThreshold
			}
			return runLink(cmd, l.taxonomy, l.linker, o)
		},
	}
	cmd.Flags().IntVar(&o.top, "top", 10, "how many skills for a line")
	cmd.Flags().Float64Var(&o.minScore, "min-score", 0, "lowest score, 0 to 1 (default: the threshold of the datasets)")
	cmd.Flags().StringVar(&o.language, "language", "", "language of the texts, BCP 47 (default: any imported)")
	cmd.Flags().StringVar(&o.format, "format", "ndjson", "ndjson or table")
	return cmd
}

func runLink(cmd *cobra.Command, t *taxonomy.Taxonomy, l *linker.Linker, o linkOptions) error {
	if o.top < 1 || o.minScore != byThreshold && !(o.minScore >= 0 && o.minScore <= 1) {
		return &usageError{fmt.Errorf("--top %d --min-score %v: at least 1 skill, a score between 0 and 1", o.top, o.minScore)}
	}
	return answerLines(cmd, t, o.language, o.format, func(number int, line string) (any, func(io.Writer)) {
		answer := linkAnswer{Line: number, Skills: []linkSkill{}}
		for _, m := range matches(l, line, o) {
			answer.Skills = append(answer.Skills, linkSkill{
				URI: t.Skills[m.Skill].URI, Label: t.SkillName(m.Skill, o.language), Score: round4(m.Score),
				Start: m.Start, End: m.End, Method: m.Method,
			})
		}
		return answer, func(w io.Writer) {
			for _, s := range answer.Skills {
				fmt.Fprintf(w, "%d\t%.4f\t%s\t%q\t%s\n", number, s.Score, s.Label, line[s.Start:s.End], s.URI)
			}
		}
	})
}

// matches returns the skills of a line, best first.
func matches(l *linker.Linker, line string, o linkOptions) []linker.Match {
	if o.minScore == 0 {
		return l.Rank(line, o.language, o.top)
	}
	minScore := o.minScore
	if minScore == byThreshold {
		minScore = l.DefaultThreshold()
	}
	ms := l.LinkMin(line, o.language, minScore)
	slices.SortStableFunc(ms, func(a, b linker.Match) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	return ms[:min(len(ms), o.top)]
}

// round4 rounds to the four digits with which the datasets store a score.
func round4(score float64) float64 { return float64(int64(score*10000+0.5)) / 10000 }
