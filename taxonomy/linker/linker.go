package linker

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"sync"

	"github.com/sourcegraph/conc/pool"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// algorithm is the version of the method. It grows with every change that can
// change a result, so that texts linked before are linked again.
const algorithm = 3

// defaultThreshold is the probability from which Link returns a match.
const defaultThreshold = 0.25

// Values of Match.Method.
const (
	MethodLinked     = "linked"      // found in running text
	MethodStatedName = "stated-name" // the text was given as the name of a skill
)

// Values of Match.Requirement.
const (
	RequirementRequired  = "required"  // the worker must bring it, or will do it
	RequirementPreferred = "preferred" // the worker had better bring it
	RequirementOffered   = "offered"   // the employer teaches or gives it
)

// Linker finds skills in texts and occupations for job titles. It is immutable
// and safe for concurrent use.
type Linker struct {
	indexes     []*index // by language, in the order of Taxonomy.Languages
	occupations *classifier
	version     func() string
}

// Match is a skill found in a text.
type Match struct {
	Skill      int32   // index into Taxonomy.Skills
	Score      float64 // 0..1: of Link, the probability that the text speaks of the skill
	Start, End int     // the evidence: half-open UTF-8 bytes in the text
	Label      string  // the name of the skill that matched
	Method     string  // MethodLinked or MethodStatedName
	// Requirement is how the text asks for it: RequirementRequired,
	// RequirementPreferred or RequirementOffered.
	Requirement string
}

// New builds the linker for every language of the taxonomy, which must not
// change afterwards, with what a model learnt of it and the names that crosswalks
// give to occupations. Without a model (nil) it goes by words alone. The error
// wraps ErrOtherTaxonomy or taxonomy.ErrCorrupt, or the embedded files are damaged.
func New(t *taxonomy.Taxonomy, m *Model, crosswalks ...Crosswalk) (*Linker, error) {
	l := &Linker{
		version: sync.OnceValue(func() string { return Version(t.Fingerprint(), m, crosswalks...) }),
	}
	if m != nil {
		if err := m.fits(t); err != nil {
			return nil, fmt.Errorf("build linker: %w", err)
		}
	}
	workers := pool.New().WithErrors()
	workers.Go(func() (err error) {
		l.indexes, err = newIndexes(t)
		return err
	})
	workers.Go(func() (err error) {
		l.occupations, err = newClassifier(t, crosswalks)
		return err
	})
	if err := workers.Wait(); err != nil {
		return nil, fmt.Errorf("build linker: %w", err)
	}
	for _, x := range l.indexes {
		x.likeness = sync.OnceValue(func() *likeness { return newLikeness(x, l.indexes) })
	}
	if m != nil {
		boilerplate, _, err := DecodeBoilerplate(m.Boilerplate)
		if err != nil {
			return nil, fmt.Errorf("build linker: %w", err)
		}
		for _, x := range l.indexes {
			x.lexicon.boilerplate = boilerplate
			x.embed(m)
		}
	}
	if err := l.calibrate(none); err != nil {
		return nil, fmt.Errorf("build linker: %w", err)
	}
	return l, nil
}

// newIndexes builds the index of each language of the taxonomy.
func newIndexes(t *taxonomy.Taxonomy) ([]*index, error) {
	indexes, needed := make([]*index, len(t.Languages)), needs(t)
	workers := pool.New().WithErrors()
	for i, language := range t.Languages {
		workers.Go(func() (err error) {
			indexes[i], err = newIndex(t, primary(language), needed)
			return err
		})
	}
	return indexes, workers.Wait()
}

// DefaultThreshold is the score from which Link returns a match.
func (l *Linker) DefaultThreshold() float64 { return defaultThreshold }

// Version identifies what decides the results: the method, its word lists, names
// and calibration, the taxonomy, the model and the crosswalks. It is stable across
// machines.
func (l *Linker) Version() string { return l.version() }

// Version returns what [Linker.Version] of a linker for a taxonomy of that
// fingerprint with that model and the crosswalks returns.
func Version(taxonomyFingerprint string, m *Model, crosswalks ...Crosswalk) string {
	h := sha256.New()
	h.Write(aliasFile)
	h.Write(titleFile)
	h.Write(calibrationFile)
	h.Write(credentialFile)
	paths, _ := fs.Glob(wordFiles, "words/*.txt") // errs only on a bad pattern; ascending
	for _, path := range paths {
		file, _ := wordFiles.ReadFile(path)
		h.Write(file)
	}
	fmt.Fprint(h, taxonomyFingerprint)
	if m != nil {
		fmt.Fprint(h, m.Fingerprint())
	}
	if len(crosswalks) > 0 {
		fmt.Fprintf(h, "%q", crosswalks)
	}
	return fmt.Sprintf("%d-%s", algorithm, hex.EncodeToString(h.Sum(nil))[:16])
}

// Link returns all skills found in a text at the default threshold or above: one
// match, that of its best evidence, for each skill, ordered by Start, then
// Skill. Sentences, lines and list items are looked at one by one.
//
// Language is a BCP 47 tag, of which the primary part counts. "" stands for any
// imported language: those are tried whose function words the text has. A
// language that was not imported finds nothing.
func (l *Linker) Link(text, language string) []Match {
	return l.LinkMin(text, language, defaultThreshold)
}

// LinkMin is Link with another threshold. A lower one finds the same and more.
func (l *Linker) LinkMin(text, language string, least float64) []Match {
	var matches []Match
	l.eachLink(text, language, least, false, func(w *worker, x *index, m found) {
		matches = append(matches, w.match(x, m.name, m.first, m.last, float64(m.score)))
	})
	matches = bestOfEach(matches)
	slices.SortFunc(matches, inText)
	return rounded(matches)
}

// inText orders matches as LinkMin returns them.
func inText(a, b Match) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.Skill, b.Skill))
}

// eachLink calls do with the best link of each skill in each language that the
// text, or a sentence of it, is in.
func (l *Linker) eachLink(text, language string, least float64, explains bool, do func(w *worker, x *index, m found)) {
	chosen := l.choose(text, language)
	asked := len(chosen) // what follows was added for single sentences
	for i := 0; i < len(chosen); i++ {
		x := chosen[i]
		w := x.workers.Get().(*worker)
		w.explains, w.reasons, w.doc.home = explains, nil, 0
		if i > 0 && i >= asked {
			w.doc.home = chosen[0].lexicon.home // only what is plainly in the other language
		}
		w.link(x, text, least)
		if i == 0 && len(l.indexes) > 1 {
			chosen = l.withTongues(chosen, &w.doc)
		}
		for _, m := range w.bestPerSkill(x) {
			do(w, x, m)
		}
		w.reasons, w.doc.home = nil, 0
		x.workers.Put(w)
	}
}

// Rank returns the top skills that the text may speak of, best first, whatever
// their score; the text is taken as one sentence, and what follows its first
// thousand words is not looked at. A skill known by its description only has the
// whole text for evidence.
//
// The score is of the same kind as that of Link, but estimated from other
// evidence: compare scores of Rank with scores of Rank.
func (l *Linker) Rank(text, language string, top int) []Match {
	var matches []Match
	for _, x := range l.choose(text, language) {
		w := x.workers.Get().(*worker)
		w.doc.read(x.lexicon, text)
		w.rank(x, text)
		for _, s := range w.scored[:max(0, min(top, len(w.scored)))] {
			matches = append(matches, w.match(x, s.name, s.window.first, s.window.last, x.probability(&s)))
		}
		x.workers.Put(w)
	}
	matches = bestOfEach(matches)
	slices.SortFunc(matches, func(a, b Match) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Skill, b.Skill)) })
	return rounded(matches[:max(0, min(top, len(matches)))])
}

// rounded rounds the scores to the four places that are kept of them. It comes
// after sorting, which must see the differences.
func rounded(matches []Match) []Match {
	for i := range matches {
		matches[i].Score = round(matches[i].Score)
	}
	return matches
}

func round(score float64) float64 { return math.Round(score*1e4) / 1e4 }

// match makes the match of a name found in tokens first to last.
func (w *worker) match(x *index, id int32, first, last int, score float64) Match {
	n := &x.names[id]
	return Match{
		Skill: n.skill, Score: min(1, max(0, score)), Label: n.text, Method: MethodLinked,
		Requirement: w.doc.requirementOf(first, last),
		Start:       int(w.doc.tokens[first].start), End: int(w.doc.tokens[last-1].end),
	}
}

// bestOfEach keeps the best match of each skill, where several languages found
// it.
func bestOfEach(matches []Match) []Match {
	slices.SortStableFunc(matches, func(a, b Match) int { return cmp.Or(cmp.Compare(a.Skill, b.Skill), cmp.Compare(b.Score, a.Score)) })
	return slices.CompactFunc(matches, func(a, b Match) bool { return a.Skill == b.Skill })
}

// choose returns the indexes of a language. For "" they are those in whose
// function words the text is nearly as rich as in those of the richest: all
// where it has none.
func (l *Linker) choose(text, language string) []*index {
	if language != "" {
		i := l.position(language)
		return l.indexes[i:min(i+1, len(l.indexes))]
	}
	if len(l.indexes) <= 1 {
		return l.indexes
	}
	counts := make([]int, len(l.indexes))
	form := make([]byte, 0, maxTokenBytes)
	scan := scanner{text: text}
	for range guessWords {
		p, ok := scan.next()
		if !ok {
			break
		}
		form = fold(form, text[p.start:p.end])
		for i, x := range l.indexes {
			if x.lexicon.classes[string(form)]&(function|article) != 0 {
				counts[i]++
			}
		}
	}
	most := slices.Max(counts)
	var chosen []*index
	for i, x := range l.indexes {
		if 4*counts[i] >= 3*most {
			chosen = append(chosen, x)
		}
	}
	return chosen
}

// guessWords is how many words of a text are read to guess its language.
const guessWords = 200

// position returns the place of a language in indexes; their number if it was
// not imported.
func (l *Linker) position(language string) int {
	i := slices.IndexFunc(l.indexes, func(x *index) bool { return x.lexicon.language == primary(language) })
	if i < 0 {
		return len(l.indexes)
	}
	return i
}
