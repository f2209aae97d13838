package linker_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

func TestLink(t *testing.T) {
	tests := []struct{ name, text, language, want string }{
		{"official name", "Able to lead a team.", "en", "lead a team"},
		{"inflected, other article", "You are leading our teams.", "en", "lead a team"},
		{"other word class", "Ask the team leader.", "en", ""},
		{"everyday alternative", "The current post", "en", ""},
		{"preposition between", "Ability to manage the work of the team", "en", ""},
		{"comma between", "Knowledge of primary, care", "en", ""},
		{"enumeration between", "Knowledge of primary and secondary care", "en", "primary care"},
		{"adjective in a field of knowledge", "Knowledge of primary nursing care", "en", ""},
		{"British name, American text", "Knowledge of pediatrics", "en", "paediatrics"},
		{"hint", "Knowledge of Java", "en", "Java (computer programming)"},
		{"everyday word alone", "A Swift response needs skill", "en", ""},
		{"everyday word in company", "Java or Swift skills", "en", "Java (computer programming);Swift (computer programming)"},
		{"everyday word with a capital", "Skills in Lisp", "en", "Lisp"},
		{"everyday word in small letters", "Skills with children who have a lisp", "en", ""},
		{"signs", "Skills: C++, C#, ASP.NET and R", "en", "ASP.NET;C#;C++;R"},
		{"small letter is no acronym", "skills in r and d", "en", ""},
		{"negated before", "No previous experience of accounting needed", "en", ""},
		{"no need to know", "You do not need to know accounting", "en", ""},
		{"negated after", "Experience of accounting is not required", "en", ""},
		{"not only", "Not only accounting is required", "en", "accounting"},
		{"employer", "We are proud of our teamwork", "en", ""},
		{"place", "You will join the primary care team", "en", ""},
		{"knowledge not asked for", "The building of the practice houses primary care and a good many other things too", "en", ""},
		{"list below a heading that asks", "Requirements:\n- accounting\n- primary care", "en", "accounting;primary care"},
		{"list below a sentence that does not ask", "This large building houses, among a good many other things, the following:\n- accounting\n- primary care", "en", ""},
		{"sentence bound", "We like to lead. A team is here.", "en", ""},
		{"French", "Savoir diriger une équipe et la comptabilité", "fr", "accounting;lead a team"},
		{"French negation", "Pas d'expérience en comptabilité requise", "fr", ""},
		{"guessed language", "Vous savez gérer une équipe dans le service", "", "manage a team"},
		{"French sentence in an English text", "You are able to work here. Vous savez gérer une équipe dans le service.", "en", "manage a team"},
		{"heading in a text of two languages", "Administration:\nYou are able to work here with the staff.\nVous savez gérer une équipe dans le service.", "en", "manage a team"},
		{"sentence of a language not imported", "You are able to work here. Sie sind in der Abteilung auch für 'provide first aid' zuständig.", "en", ""},
		{"negated list", "No experience of Java or accounting needed", "en", ""},
		{"list without line breaks", "Requirements:Java - accounting Knowledge of primary care", "en", "Java (computer programming);accounting;primary care"},
		{"heading of benefits", "What we offer:\nYoga\nAccounting", "en", ""},
		{"region of a language", "Able to lead a team", "en-GB", "lead a team"},
		{"language not imported", "accounting", "pl", ""},
		{"any language", "Java", "", "Java (computer programming)"},
		{"nothing", "", "en", ""},
	}
	l, x := newSmall(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.Join(namesOf(x, l.Link(tt.text, tt.language)), ";")
			if got != tt.want {
				t.Errorf("Link(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

// TestLinkMinOfUnsureNames links what is too unsure for the default threshold.
func TestLinkMinOfUnsureNames(t *testing.T) {
	l, x := newSmall(t)
	for text, want := range map[string]string{
		"Ability to manage a large clinical team": "manage a team", // words between
	} {
		if got := namesOf(x, l.LinkMin(text, "en", 0.05)); !slices.Contains(got, want) {
			t.Errorf("LinkMin(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestLinkEvidence(t *testing.T) {
	tests := []struct{ text, evidence string }{
		{"Ⓐ “lead a team”!", "lead a team"},
		{"naïve: leading  a\u00a0team…", "leading  a\u00a0team"},
		{"Pe\u0301rou, ma\u0302che; pæ\u0301 book\u00adkeeping of acc\u00adounts", "acc\u00adounts"},
		{"𝐥𝐞𝐚𝐝 𝐚 𝐭𝐞𝐚𝐦", "𝐥𝐞𝐚𝐝 𝐚 𝐭𝐞𝐚𝐦"},
		{"oﬃce software", "oﬃce software"},
		{"C♯ skills", "C♯"},
	}
	l, _ := newSmall(t)
	for _, tt := range tests {
		var got []string
		for _, m := range l.Link(tt.text, "en") {
			got = append(got, tt.text[m.Start:m.End])
		}
		if !slices.Contains(got, tt.evidence) {
			t.Errorf("Link(%q) has evidence %q, want %q", tt.text, got, tt.evidence)
		}
	}
}

func TestRequirement(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Knowledge of Java is required", linker.RequirementRequired},
		{"Knowledge of Java is desirable", linker.RequirementPreferred},
		{"Knowledge of accounting is required, Java would be an advantage", linker.RequirementPreferred},
		{"Training in Java will be provided", linker.RequirementOffered},
		{"Desirable:\nKnowledge of Java", linker.RequirementPreferred},
	}
	l, x := newSmall(t)
	isJava := func(m linker.Match) bool { return x.SkillName(m.Skill, "en") == "Java (computer programming)" }
	for _, tt := range tests {
		links := l.LinkMin(tt.text, "en", 0)
		i := slices.IndexFunc(links, isJava)
		if i < 0 || links[i].Requirement != tt.want {
			t.Errorf("Link(%q) = %+v, want %s", tt.text, links, tt.want)
		}
		if strings.Contains(tt.text, "\n") {
			continue // Rank takes the text for one sentence
		}
		ranks := l.Rank(tt.text, "en", 5)
		i = slices.IndexFunc(ranks, isJava)
		if i < 0 || ranks[i].Requirement != tt.want {
			t.Errorf("Rank(%q) = %+v, want %s", tt.text, ranks, tt.want)
		}
	}
}

func TestLinkOrderAndBest(t *testing.T) {
	l, x := newSmall(t)
	text := "Knowledge of accounting. Able to manage a very large team. Able to manage a team."
	got := l.Link(text, "en")
	if names := namesOf(x, got); !slices.Equal(names, []string{"accounting", "manage a team"}) {
		t.Fatalf("got %q", names)
	}
	if got[0].Start > got[1].Start {
		t.Error("matches are not ordered by start")
	}
	if m := got[1]; text[m.Start:m.End] != "manage a team" || m.Method != linker.MethodLinked {
		t.Errorf("the best evidence is not kept: %+v", m)
	}
}

func TestLinkMinFindsMore(t *testing.T) {
	l, _ := newSmall(t)
	text := "The current post: manage a large and very busy clinical team, accounts."
	few, many := l.Link(text, "en"), l.LinkMin(text, "en", 0)
	if len(many) <= len(few) {
		t.Errorf("threshold 0 finds %d, the default %d", len(many), len(few))
	}
}

func TestAmbiguousName(t *testing.T) {
	l, x := newSmall(t)
	got := l.Link("Skilled in event management", "en")
	if names := namesOf(x, got); !slices.Equal(names, []string{"plan events"}) {
		t.Errorf("a name of two skills goes to %q, want the skill that more occupations need", names)
	}
}

func TestRank(t *testing.T) {
	l, x := newSmall(t)
	got := l.Rank("experience of managing busy teams", "en", 3)
	if len(got) == 0 || x.SkillName(got[0].Skill, "en") != "manage a team" {
		t.Fatalf("got %+v", got)
	}
	if !slices.IsSortedFunc(got, func(a, b linker.Match) int { return int(1e9 * (b.Score - a.Score)) }) {
		t.Errorf("not best first: %+v", got)
	}
	if got := l.Rank("accounting", "en", 0); len(got) != 0 {
		t.Errorf("top 0 gives %+v", got)
	}
	if got := l.Rank("accounting", "en", -1); len(got) != 0 {
		t.Errorf("top -1 gives %+v", got)
	}
}

func TestVersion(t *testing.T) {
	a, _ := newSmall(t)
	b, _ := newSmall(t)
	if a.Version() != b.Version() || a.Version() == "" {
		t.Errorf("versions %q and %q", a.Version(), b.Version())
	}
	x := smallTaxonomy()
	x.Skills[0].Labels[0].Text = "lead the team"
	c, err := linker.New(x, nil)
	if err != nil {
		t.Fatal(err)
	}
	if a.Version() == c.Version() {
		t.Error("another taxonomy has the same version")
	}
}

// TestNoDescriptions links with a taxonomy that cannot tell which words are
// common: an alternative name of one word is no evidence then.
func TestNoDescriptions(t *testing.T) {
	x := smallTaxonomy()
	for i := range x.Skills {
		x.Skills[i].Descriptions = nil
	}
	l, err := linker.New(x, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := namesOf(x, l.Link("The current post needs skills in accounting and event management", "en"))
	if !slices.Equal(got, []string{"accounting", "plan events"}) {
		t.Errorf("got %q", got)
	}
}

func TestNoLanguages(t *testing.T) {
	x := smallTaxonomy()
	x.Languages = nil
	l, err := linker.New(x, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := l.Name("accounting", ""); ok || len(l.Link("accounting", "")) > 0 || len(l.Classify("nurse", "", "", 3)) > 0 {
		t.Error("a taxonomy without languages finds something")
	}
}
