package linker_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestClassify(t *testing.T) {
	tests := []struct{ title, isco string }{
		{"Practice Nurse", "2221"},
		{"Senior Practice Nurse - Band 6 (part time)", "2221"},
		{"Healthcare Assistant", "5321"},
		{"Health Care Assistant", "5321"},
		{"Medical Secretary", "3344"},
		{"Website developer (m/f/d)", "2513"},
		{"Web Developper", "2513"},
		{"IT Consultant", "2511"},
		{"Consultant, management", "2421"},
		{"Zzyzx", ""},
		{"", ""},
		{"Band 6", ""},
	}
	l, x := newSmall(t)
	for _, tt := range tests {
		got := ""
		if matches := l.Classify(tt.title, "", "en", 3); len(matches) > 0 {
			got = matches[0].ISCO
			if o := x.Occupations[matches[0].Occupation]; o.ISCO != got {
				t.Errorf("Classify(%q): an occupation of %s in group %s", tt.title, o.ISCO, got)
			}
			for i, m := range matches {
				if m.Score <= 0 || m.Score > 1 || i > 0 && m.Score > matches[i-1].Score {
					t.Errorf("Classify(%q): score %v at place %d", tt.title, m.Score, i)
				}
			}
		}
		if got != tt.isco {
			t.Errorf("Classify(%q) = %q, want %q", tt.title, got, tt.isco)
		}
	}
	if got := l.Classify("nurse", "", "en", 1); len(got) != 1 {
		t.Errorf("top 1 gives %d", len(got))
	}
	if got := l.Classify("nurse", "", "", 1); len(got) != 1 {
		t.Errorf("any language gives %d", len(got))
	}
}

// A description decides where the title leaves it open, and cannot give a title
// that names nothing an occupation.
func TestClassifyAsksTheDescription(t *testing.T) {
	l, _ := newSmall(t)
	group := func(title, description string) string {
		matches := l.Classify(title, description, "en", 1)
		if len(matches) == 0 {
			return ""
		}
		return matches[0].ISCO
	}
	for _, tt := range []struct{ title, description, isco string }{
		{"Consultant", "You are the ICT consultant of a hospital and advise it on IT.", "2511"},
		{"Consultant", "A management consultant advises the management.", "2421"},
		{"Zzyzx", "You are the ICT consultant of a hospital.", ""},
	} {
		if got := group(tt.title, tt.description); got != tt.isco {
			t.Errorf("Classify(%q, %q) = %q, want %q", tt.title, tt.description, got, tt.isco)
		}
	}
}

// Whatever the title, the groups exclude one another.
func TestClassifyGivesProbabilities(t *testing.T) {
	l, _ := newSmall(t)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"nurse", "senior", "medical", "assistant", "infirmière", "IT", "-", "/", "of", "web"}), 0, 6).Draw(t, "words")
		title := strings.Join(words, " ")
		sum, seen := 0.0, map[string]bool{}
		for _, m := range l.Classify(title, rapid.String().Draw(t, "description"), "", 100) {
			if seen[m.ISCO] {
				t.Fatalf("%q gives %s twice", title, m.ISCO)
			}
			seen[m.ISCO] = true
			sum += m.Score
		}
		if sum > 1.001 {
			t.Fatalf("%q has probabilities that add up to %v", title, sum)
		}
	})
}
