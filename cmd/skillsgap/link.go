package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

type linkOptions struct {
	top      int
	minScore float64
	explain  bool
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
	// Requirement is required, preferred or offered.
	Requirement string         `json:"requirement"`
	Explanation *linkExplained `json:"explanation,omitempty"`
}

// linkExplained says what a score rests on: logits that add up with the constant.
type linkExplained struct {
	Evidence string        `json:"evidence"`
	Name     string        `json:"name"` // of the skill, that matched
	Constant float64       `json:"constant"`
	Features []linkFeature `json:"features"`
	Words    []linkWord    `json:"words"` // how the logit of nearness divides
	Alone    float64       `json:"alone"` // probability by these logits
	Among    float64       `json:"among"` // beside likelier skills on the same words
	Asked    float64       `json:"asked"` // factor of the probability for what the sentence is about
}

type linkFeature struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Logit float64 `json:"logit"`
}

type linkWord struct {
	Text  string  `json:"text"`
	Start int     `json:"start"`
	End   int     `json:"end"`
	Logit float64 `json:"logit"`
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

--explain adds what each score rests on: the evidence, what each feature adds to the
logit, how nearness divides among the words, and how far the sentence asks at all.
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
	cmd.Flags().BoolVar(&o.explain, "explain", false, "say what each score rests on")
	cmd.Flags().StringVar(&o.language, "language", "", "language of the texts, BCP 47 (default: any imported)")
	cmd.Flags().StringVar(&o.format, "format", "ndjson", "ndjson or table")
	return cmd
}

func runLink(cmd *cobra.Command, t *taxonomy.Taxonomy, l *linker.Linker, o linkOptions) error {
	if o.top < 1 || o.minScore != byThreshold && !(o.minScore >= 0 && o.minScore <= 1) {
		return &usageError{fmt.Errorf("--top %d --min-score %v: at least 1 skill, a score between 0 and 1", o.top, o.minScore)}
	}
	if o.explain && o.minScore == 0 {
		return &usageError{errors.New("--explain with --min-score 0: candidates whatever their score are not explained; give a score above 0")}
	}
	return answerLines(cmd, t, o.language, o.format, func(number int, line string) (any, func(io.Writer)) {
		answer := linkAnswer{Line: number, Skills: []linkSkill{}}
		for _, m := range matches(l, line, o) {
			skill := linkSkill{
				URI: t.Skills[m.Skill].URI, Label: t.SkillName(m.Skill, o.language), Score: round4(m.Score),
				Start: m.Start, End: m.End, Method: m.Method, Requirement: m.Requirement,
			}
			if o.explain {
				skill.Explanation = explained(m, line)
			}
			answer.Skills = append(answer.Skills, skill)
		}
		return answer, func(w io.Writer) {
			for _, s := range answer.Skills {
				fmt.Fprintf(w, "%d\t%.4f\t%s\t%q\t%s\n", number, s.Score, s.Label, line[s.Start:s.End], s.URI)
				if s.Explanation != nil {
					s.Explanation.print(w)
				}
			}
		}
	})
}

// explained makes an explanation ready to print.
func explained(m linker.Explanation, line string) *linkExplained {
	e := &linkExplained{Evidence: m.Evidence, Name: m.Label, Constant: round4(m.Constant), Alone: round4(m.Alone), Among: round4(m.Among), Asked: round4(m.Asked), Features: []linkFeature{}, Words: []linkWord{}}
	for _, f := range m.Features {
		e.Features = append(e.Features, linkFeature{Name: f.Name, Value: round4(f.Value), Logit: round4(f.Logit)})
	}
	for _, w := range m.Words {
		e.Words = append(e.Words, linkWord{Text: line[w.Start:w.End], Start: w.Start, End: w.End, Logit: round4(w.Logit)})
	}
	return e
}

func (e *linkExplained) print(w io.Writer) {
	fmt.Fprintf(w, "\t%s %q; alone %.2f, among others %.2f, asked %.2f; logit: constant %.2f", e.Evidence, e.Name, e.Alone, e.Among, e.Asked, e.Constant)
	for _, f := range e.Features {
		fmt.Fprintf(w, ", %s %+.2f", f.Name, f.Logit)
	}
	fmt.Fprint(w, "; nearness by word:")
	for _, word := range e.Words {
		fmt.Fprintf(w, " %s %+.2f", word.Text, word.Logit)
	}
	fmt.Fprintln(w)
}

// matches returns the skills of a line, best first; with reasons, if they are
// asked for.
func matches(l *linker.Linker, line string, o linkOptions) []linker.Explanation {
	minScore := o.minScore
	if minScore == byThreshold {
		minScore = l.DefaultThreshold()
	}
	var all []linker.Explanation
	switch {
	case o.explain:
		all = l.Explain(line, o.language, minScore)
	case minScore == 0:
		all = unexplained(l.Rank(line, o.language, o.top))
	default:
		all = unexplained(l.LinkMin(line, o.language, minScore))
	}
	slices.SortStableFunc(all, func(a, b linker.Explanation) int { return cmp.Compare(b.Score, a.Score) })
	return all[:min(len(all), o.top)]
}

func unexplained(matches []linker.Match) []linker.Explanation {
	all := make([]linker.Explanation, len(matches))
	for i := range matches {
		all[i].Match = matches[i]
	}
	return all
}

// round4 rounds to the four digits with which the datasets store a score.
func round4(score float64) float64 { return math.Round(score*1e4) / 1e4 }
