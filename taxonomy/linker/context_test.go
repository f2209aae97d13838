package linker

import (
	"os"
	"strings"
	"testing"
)

// readWith returns a text read and marked with the word list of a language.
func readWith(t testing.TB, language, text string) *document {
	t.Helper()
	x, d := sealed(t, language), &document{}
	d.read(x, text)
	d.markContext(x)
	return d
}

// tokensIn returns the tokens that lie in text[start:end].
func (d *document) tokensIn(start, end int) (first, last int) {
	for i := range d.tokens {
		if int(d.tokens[i].start) < start {
			first = i + 1
		}
		if int(d.tokens[i].end) <= end {
			last = i + 1
		}
	}
	return first, last
}

// sentenceWith returns the sentence of a token.
func (d *document) sentenceWith(token int) *sentence {
	for i := range d.sentences {
		if s := &d.sentences[i]; s.first <= token && token < s.last {
			return s
		}
	}
	return nil
}

// TestContext runs testdata/context.txt.
func TestContext(t *testing.T) {
	file, err := os.ReadFile("testdata/context.txt")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]about{
		"unclear": aboutUnclear, "demand": aboutDemand, "employer": aboutEmployer, "benefits": aboutBenefits, "application": aboutApplication,
	}
	for line := range strings.Lines(string(file)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, " | ")
		if len(fields) != 4 {
			t.Fatalf("%q has %d fields, want 4", line, len(fields))
		}
		text := strings.ReplaceAll(fields[1], " // ", "\n")
		before, rest, _ := strings.Cut(text, "[")
		marked, after, ok := strings.Cut(rest, "]")
		want, known := names[fields[2]]
		if !ok || !known {
			t.Fatalf("%q marks nothing, or there is no context %q", line, fields[2])
		}
		d := readWith(t, fields[0], before+marked+after)
		first, last := d.tokensIn(len(before), len(before)+len(marked))
		s := d.sentenceWith(first)
		if s == nil || last > s.last {
			t.Errorf("%s: what is marked is not in one sentence", line)
			continue
		}
		if s.about != want {
			t.Errorf("%s: it is about %d", line, s.about)
		}
		got := d.requirementOf(first, last)
		if negated(d.tokens[s.first:s.last], first-s.first, last-s.first) {
			got = "negated"
		}
		if got != fields[3] {
			t.Errorf("%s: it is %s", line, got)
		}
	}
}

// TestLikelihood orders sentences by how likely they ask for a skill.
func TestLikelihood(t *testing.T) {
	texts := []string{
		"Annual bonus and a pension for all.", // surely not
		"We live beside the river.",
		"The bridge was painted green in the spring.",
		"You will paint the bridge.",
		"Manage the painting of the bridge.",
		"Experience of painting bridges is essential, and you must have a licence.", // surely
	}
	last := float32(0)
	for _, text := range texts {
		likely := readWith(t, "en", text).sentences[0].likely
		if likely <= last {
			t.Errorf("%q is likely to %.2f, the one before to %.2f", text, likely, last)
		}
		last = likely
	}
	below := func(heading string) float32 { return readWith(t, "en", heading+"\nPainting").sentences[1].likely }
	if r, b := below("Requirements"), below("Benefits"); r <= 0.5 || b >= 0.2 {
		t.Errorf("below requirements %.2f, below benefits %.2f", r, b)
	}
}
