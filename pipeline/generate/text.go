package generate

import (
	"math/rand/v2"
	"strings"
)

// text is the text of an advertisement or course in blocks.
type text []block

// block is a paragraph, a heading or an item of a list.
type block struct {
	kind blockKind
	text string
	asks bool // belongs to the requirements
}

type blockKind int

const (
	paragraph blockKind = iota
	heading
	item
)

// advertisement writes the text of a vacancy.
func (w *world) advertisement(r *rand.Rand, v *vacancy) text {
	var t text
	say := func(kind blockKind, phrase string, pairs ...string) {
		pairs = append(pairs, "employer", v.employer.name, "town", v.region.towns[v.town], "region", v.region.name, "id", v.id)
		t = append(t, block{kind: kind, text: fill(phrase, pairs...)})
	}
	p := w.phrases[v.language]
	inTurn := p.inTurn(r)
	occupation, _, _ := strings.Cut(w.labels.occupations[v.language][v.job.occupation][0], "/")
	say(paragraph, own(p["employer.first"], v.employer.id)+" "+own(p["employer.second"], v.employer.id))
	say(paragraph, pick(r, p["role"]), "occupation", occupation)

	tasks, asks := divide(r, v.mentions)
	if len(tasks) > 0 {
		say(heading, own(p["tasks"], v.employer.id))
		for _, m := range tasks {
			say(item, inTurn("task."+m.form), "skill", m.text)
		}
	}
	if len(asks) > 0 {
		first := len(t)
		say(heading, own(p["require"], v.employer.id))
		for _, m := range asks {
			place := "require."
			if m.preferred {
				place = "prefer."
			}
			say(item, inTurn(place+m.form), "skill", m.text)
		}
		for i := first; i < len(t); i++ {
			t[i].asks = true
		}
	}
	say(heading, own(p["benefits"], v.employer.id))
	for n := range 3 {
		phrases := p["benefit"]
		say(item, phrases[(int(fixedInt("benefit", v.employer.id)%uint64(len(phrases)))+n)%len(phrases)])
	}
	say(paragraph, own(p["equal"], v.employer.id))
	if r.IntN(5) < 2 {
		say(paragraph, pick(r, p["contact"]), "number", "0"+string(rune('0'+r.IntN(10)))+" "+string(rune('0'+r.IntN(10)))+"0")
	}
	return t
}

// divide splits what is asked into tasks and requirements. What one knows and
// what would only be nice to have are no tasks.
func divide(r *rand.Rand, all []mention) (tasks, asks []mention) {
	for _, m := range all {
		if (m.form == verbForm || m.form == gerundForm) && !m.preferred && r.IntN(2) == 0 {
			tasks = append(tasks, m)
		} else {
			asks = append(asks, m)
		}
	}
	return tasks, asks
}

// split returns the text without the requirements, and these.
func (t text) split() (rest, asks text) {
	for _, b := range t {
		if b.asks {
			asks = append(asks, b)
		} else {
			rest = append(rest, b)
		}
	}
	return rest, asks
}

var markupOf = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// write returns the text in a markup.
func (t text) write(m markup) string {
	switch m {
	case html:
		return t.html()
	case escapedHTML:
		return markupOf.Replace(t.html())
	}
	var b strings.Builder
	for _, block := range t {
		if block.kind == item {
			b.WriteString("- ")
		}
		b.WriteString(block.text)
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (t text) html() string {
	tags := [...][2]string{paragraph: {"<p>", "</p>"}, heading: {"<h3>", "</h3>"}, item: {"<li>", "</li>"}}
	var b strings.Builder
	inList := false
	for _, block := range t {
		if (block.kind == item) != inList {
			inList = !inList
			if inList {
				b.WriteString("<ul>")
			} else {
				b.WriteString("</ul>\n")
			}
		}
		b.WriteString(tags[block.kind][0])
		b.WriteString(markupOf.Replace(block.text))
		b.WriteString(tags[block.kind][1])
		if !inList {
			b.WriteByte('\n')
		}
	}
	if inList {
		b.WriteString("</ul>")
	}
	return b.String()
}
