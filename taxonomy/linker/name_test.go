package linker_test

import (
	"testing"

	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

func TestName(t *testing.T) {
	tests := []struct{ name, want string }{
		{"accounting", "accounting"},
		{"Accounting", "accounting"},
		{"ACCOUNTING", "accounting"},
		{"lead a team", "lead a team"},
		{"Team Leading", "lead a team"},
		{"Java", "Java (computer programming)"},
		{"Java Programming", "Java (computer programming)"},
		{"Java (Programming Language)", "Java (computer programming)"},
		{"r", "R"},
		{"Spreadsheets Software", "use spreadsheets software"},
		{"Predictive Modelling", "develop predictive models"},
		{"Teamwork", "work in teams"},
		{"Current", ""},
		{"Care", ""},
		{"", ""},
		{"...", ""},
	}
	l, x := newSmall(t)
	for _, tt := range tests {
		got := ""
		m, ok := l.Name(tt.name, "en")
		if ok {
			got = x.SkillName(m.Skill, "en")
			if m.Method != linker.MethodStatedName || m.Start < 0 || m.End > len(tt.name) || m.Start >= m.End {
				t.Errorf("Name(%q) = %+v", tt.name, m)
			}
		}
		if got != tt.want {
			t.Errorf("Name(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestNameSpan(t *testing.T) {
	l, _ := newSmall(t)
	name := "  “Java” (Programming Language) "
	m, ok := l.Name(name, "en")
	if !ok || name[m.Start:m.End] != "Java” (Programming Language" {
		t.Errorf("Name(%q) = %+v, %v", name, m, ok)
	}
}
