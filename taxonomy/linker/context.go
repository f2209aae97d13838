package linker

// about is what a sentence speaks of.
type about uint8

const (
	aboutUnclear     about = iota
	aboutDemand            // what the worker brings or does
	aboutEmployer          // who the employer is
	aboutBenefits          // what the worker gets
	aboutApplication       // how to apply, the law, equal opportunity
)

// surroundings is what the words of a sentence, and the heading above it, tell of it.
type surroundings struct {
	about     about
	section   about   // of the heading above, or the sentence above the list
	preferred bool    // the heading is one such as "Desirable"
	heading   bool    // it is a heading, or the beginning of a list
	repeated  bool    // it is boilerplate
	cues      cue     // of all its phrases
	classes   class   // of all its words
	head      class   // of its first word
	likely    float32 // 0..1: how likely it asks for a skill at all, see likelihood
}

// headingWords is the number of words up to which a sentence is taken for a
// heading; one before a colon may have twice as many.
const headingWords = 6

// markContext finds out what the sentences are about, in their order: a heading
// counts for the sentences below it, up to the next heading, to the beginning of
// another list, or to prose that is plainly about something else.
func (d *document) markContext(x *lexicon) {
	over := surroundings{} // its section and preferred hold for the next sentence
	for i := range d.sentences {
		s := &d.sentences[i]
		tokens := d.tokens[s.first:s.last]
		s.surroundings = surroundings{section: over.section, preferred: over.preferred, classes: classesOf(tokens), head: headClass(tokens), cues: x.cues.mark(tokens)}
		if top := x.headingOf(tokens, s.colon); top != 0 {
			s.heading = true
			s.section, s.preferred = sectionOf(top)
			over = s.surroundings
		}
		own := s.own()
		s.about = own
		if own == aboutUnclear || s.listed(own, len(tokens)) {
			s.about = s.section
		}
		switch {
		case s.heading:
		case s.colon && own != aboutUnclear: // "You will receive:"
			s.heading = true
			over.section, over.preferred = own, s.cues&(cuePrefers|cuePrefersNext) != 0
		case own != over.section && len(tokens) > listItem && (own != aboutUnclear || s.colon): // "Our values are:"
			over.section, over.preferred = aboutUnclear, false
		}
		s.likely = likelihood(&s.surroundings, len(tokens))
		s.repeated = s.dull() && x.boilerplate.has(s.hash)
	}
}

// listed says whether a sentence goes with its heading rather than with its own
// words: an item of a list of benefits that turns to the worker ("develop your
// strengths"), or one of a list of demands that has a word of benefits ("pension
// law").
func (c *surroundings) listed(own about, length int) bool {
	if c.heading || length > listItem {
		return false
	}
	return c.section == aboutBenefits && own == aboutDemand && c.classes&asking == 0 && !c.firm() ||
		c.section == aboutDemand && own == aboutBenefits
}

// turns says whether a sentence turns to the worker.
func (c *surroundings) turns() bool { return c.classes&address != 0 || c.cues&cueDemand != 0 }

// firm says whether a sentence says how firmly it asks.
func (c *surroundings) firm() bool {
	return c.cues&(cueRequires|cueRequiresNext|cuePrefers|cuePrefersNext) != 0
}

// headClass returns the class of the first word, or of the second in "to manage".
func headClass(tokens []token) class {
	if len(tokens) > 1 && tokens[0].class&function != 0 && tokens[1].class&duty != 0 {
		return tokens[0].class | duty
	}
	return tokens[0].class
}

// own returns what the words of a sentence alone say of it.
func (c *surroundings) own() about {
	turns, firm := c.turns(), c.firm()
	switch {
	case c.cues&cueApplication != 0 && (!firm || c.classes&asking == 0):
		return aboutApplication
	case c.cues&(cueBenefits|cueOffers|cueOffersNext) != 0 && !firm:
		return aboutBenefits
	case c.head&employer != 0 && !turns, c.cues&cueEmployer != 0 && !firm && c.classes&asking == 0:
		return aboutEmployer
	case turns, firm, c.classes&asking != 0, c.head&duty != 0:
		return aboutDemand
	}
	return aboutUnclear
}

// sectionOf returns what a heading announces.
func sectionOf(top cue) (over about, preferred bool) {
	switch {
	case top&headPrefers != 0:
		return aboutDemand, true
	case top&headDemand != 0:
		return aboutDemand, false
	case top&headBenefits != 0:
		return aboutBenefits, false
	case top&headApplication != 0:
		return aboutApplication, false
	}
	return aboutEmployer, false
}

// headingOf returns the heading that the tokens are, 0 if they are none: they are
// few, and a heading of words/*.txt is nearly all of them.
func (x *lexicon) headingOf(tokens []token, colon bool) cue {
	if len(tokens) > 2*headingWords || len(tokens) > headingWords && !colon {
		return 0
	}
	found, length := x.cues.longest(tokens, heads)
	if length == len(tokens) || length >= 2 && length == len(tokens)-1 || colon && 2*length >= len(tokens) {
		return found
	}
	return 0
}

// runsOn says whether a heading ends right before a piece of the same line: before
// a colon, or, in two words or more, before a capital.
func (x *lexicon) runsOn(tokens []token, p piece) bool {
	if len(tokens) == 0 {
		return false
	}
	capital := x.opens && p.letters == titleCase && !p.broken && tokens[len(tokens)-1].cue != 0
	if !p.colon && !capital {
		return false
	}
	at := x.headingBefore(tokens, p.colon)
	return at >= 0 && (p.colon || len(tokens)-at >= 2 && tokens[at].letters != lowerCase)
}

// headingBefore returns where in the tokens a heading begins that ends with them,
// -1 if there is none: "… at any time Requirements: a degree". All tokens before a
// colon may be one, too.
func (x *lexicon) headingBefore(tokens []token, colon bool) int {
	if colon && len(tokens) > 0 && x.headingOf(tokens, true) != 0 {
		return 0
	}
	for i := max(0, len(tokens)-headingWords); i < len(tokens); i++ {
		if tokens[i].cue == 0 || tokens[i].letters == lowerCase {
			continue
		}
		if _, length := x.cues.longest(tokens[i:], heads); length > 0 && i+length == len(tokens) {
			return i
		}
	}
	return -1
}
