package linker

import (
	"slices"
	"strings"
)

// general appends what a sentence names by a general form, where no entry covers
// it already:
//
//	registers  + a body:                registered with the Institute of Joinery
//	joins      + a body:                member of the Society of Dyers
//	certifies  + two capitals or more:  Certified Arborist Practitioner
//	capitals   + certification:         Umbraco certification
//	holds … word + licences:            valid scuba licence
func (w *credentialWorker) general(text string, tokens []token) {
	for i := range w.hits {
		h := w.hits[i]
		switch h.entry.kind {
		case cueRegisters:
			w.body(text, tokens, h.last, "registration with the ", cueBody, cueCouncil)
		case cueJoins:
			w.body(text, tokens, h.last, "membership of the ", cueBody)
		case cueCertifies:
			if last := w.capitals(tokens, h.last); last-h.last >= 2 {
				w.add(text, tokens, h.first, last, "", KindCertificate)
			}
		case cueCertification:
			first := h.first
			for first > 0 && !tokens[first].broken && tokens[first-1].letters != lowerCase && w.free(first-1) && !w.has(first-1, first, cueVague) {
				first--
			}
			if first < h.first && h.first-first <= 4 && (first > 0 || h.first-first > 1) {
				w.add(text, tokens, first, h.last, "", KindCertificate)
			}
		case cueLicences:
			w.licence(text, tokens, h)
		}
	}
}

// add appends a match of tokens[first:last], whose name begins with prefix.
func (w *credentialWorker) add(text string, tokens []token, first, last int, prefix, kind string) {
	m := CredentialMatch{Kind: kind, Start: int(tokens[first].start), End: int(tokens[last-1].end)}
	m.Name = prefix + strings.Join(strings.Fields(text[m.Start:m.End]), " ")
	w.matches = append(w.matches, m)
}

// body appends the membership of the body whose name begins at first: capitals,
// one of them a word of such bodies.
func (w *credentialWorker) body(text string, tokens []token, first int, prefix string, kinds ...string) {
	last := w.capitals(tokens, first)
	if last-first < 3 || last-first > 9 {
		return
	}
	if w.has(first, last, kinds...) {
		w.add(text, tokens, first, last, prefix, KindRegistration)
	}
}

// capitals returns the end of the run of words with a capital that begins at
// first, small words between them included, and nothing that an entry names.
func (w *credentialWorker) capitals(tokens []token, first int) int {
	last := first
	for i := first; i < len(tokens) && (i == first && tokens[i].letters != lowerCase || i > first && !tokens[i].broken) && w.free(i); i++ {
		if tokens[i].letters != lowerCase {
			last = i + 1
		} else if tokens[i].class&function == 0 {
			break
		}
	}
	return last
}

// free says whether no entry but words of bodies covers a token.
func (w *credentialWorker) free(at int) bool {
	return !slices.ContainsFunc(w.hits, func(h credentialHit) bool {
		switch h.entry.kind {
		case cueBody, cueCouncil, cueVague, cueBearing, cueFollower:
			return false
		}
		return h.first <= at && at < h.last
	})
}

// has says whether tokens first to last hold a cue of the kinds.
func (w *credentialWorker) has(first, last int, kinds ...string) bool {
	return slices.ContainsFunc(w.hits, func(h credentialHit) bool {
		return first <= h.first && h.last <= last && slices.Contains(kinds, h.entry.kind)
	})
}

// holdsBefore is how many words before a licence say that the worker has it.
const holdsBefore = 4

// licence appends a licence named by the one word before it.
func (w *credentialWorker) licence(text string, tokens []token, h credentialHit) {
	at := h.first - 1
	if at < 1 || tokens[h.first].broken || tokens[at].broken || tokens[at].class&function != 0 || !w.free(at) || w.has(at, at+1, cueVague) {
		return
	}
	if w.has(max(0, at-holdsBefore), at, cueHolds) && !w.followed(h.last) {
		m := CredentialMatch{Kind: KindLicence, Start: int(tokens[at].start), End: int(tokens[h.last-1].end)}
		m.Name = strings.ToLower(text[tokens[at].start:tokens[at].end]) + " licence"
		w.matches = append(w.matches, m)
	}
}
