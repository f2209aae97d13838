package linker

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// seed makes training repeatable.
const seed = 1

// Train learns a model for a taxonomy: from its names and descriptions and the
// documents, of which each sentence is read once, up to a bound. It goes through
// the documents three times, and they must be the same each time. The same input gives
// the same model on machines of one architecture, whatever the number of cores.
// Report is told what is being done; it may be nil.
//
// For each language:
//
//	count the stems and the pairs of neighbouring stems of all sentences
//	vectors of stems  = factors of their co-occurrence (see cooccurrence)
//	vectors of skills = mean of the directions of their names and descriptions
//	move both, so that a name or a sentence of a description lies nearer to its
//	skill than to others (see learn)
func Train(ctx context.Context, t *taxonomy.Taxonomy, documents iter.Seq[Document], report func(what string)) (*Model, error) {
	if report == nil {
		report = func(string) {}
	}
	indexes, err := newIndexes(t)
	if err != nil {
		return nil, fmt.Errorf("build linker: %w", err)
	}
	l := &Linker{indexes: indexes}
	corpora := make([]*corpus, len(l.indexes))
	for i, x := range l.indexes {
		x.lexicon.learning = true
		corpora[i] = &corpus{limit: textTokens, seen: map[uint64]bool{}}
	}
	documents = until(ctx, documents)
	read := 0
	for d := range documents {
		if !l.readText(corpora, d) {
			report(fmt.Sprintf("read %d texts; what follows is more than training reads", read))
			break
		}
		if read++; read%5000 == 0 {
			report(fmt.Sprintf("read %d texts", read))
		}
	}
	boilerplate, err := LearnBoilerplate(l.inLanguage(documents))
	if err := cmp.Or(ctx.Err(), err); err != nil {
		return nil, err
	}
	report(fmt.Sprintf("%d sentences are boilerplate", boilerplate.Len()))
	m := &Model{Taxonomy: t.Fingerprint(), Method: Version("", nil)}
	if m.Boilerplate, err = boilerplate.AppendBinary(nil); err != nil {
		return nil, err
	}
	for i, x := range l.indexes {
		learnt, err := corpora[i].train(ctx, x, t, func(what string) { report(x.lexicon.language + ": " + what) })
		if err != nil {
			return nil, fmt.Errorf("train %s: %w", x.lexicon.language, err)
		}
		m.Languages = append(m.Languages, learnt)
	}
	return m, nil
}

// until gives the documents until the context ends.
func until(ctx context.Context, documents iter.Seq[Document]) iter.Seq[Document] {
	return func(yield func(Document) bool) {
		for d := range documents {
			if ctx.Err() != nil || !yield(d) {
				return
			}
		}
	}
}

// inLanguage gives the documents with the language that their function words tell,
// where none is stated and one alone fits.
func (l *Linker) inLanguage(documents iter.Seq[Document]) iter.Seq[Document] {
	return func(yield func(Document) bool) {
		for d := range documents {
			if d.Language == "" {
				if chosen := l.choose(d.Text, ""); len(chosen) == 1 {
					d.Language = chosen[0].lexicon.language
				}
			}
			if !yield(d) {
				return
			}
		}
	}
}

// readText adds a text to the corpora of its language; false when all are full.
func (l *Linker) readText(corpora []*corpus, d Document) bool {
	for _, x := range l.choose(d.Text, d.Language) {
		corpora[slices.Index(l.indexes, x)].addText(x, d.Text)
	}
	return slices.ContainsFunc(corpora, func(c *corpus) bool { return c.tokens < c.limit })
}

// train learns the embedding of a language.
func (c *corpus) train(ctx context.Context, x *index, t *taxonomy.Taxonomy, report func(what string)) (languageModel, error) {
	inTexts := len(c.sentences)
	lessons := c.lessons(x, t)
	m := languageModel{Language: x.lexicon.language}
	stems := c.frequentStems(x)
	report(fmt.Sprintf("%d sentences of texts, %d of the taxonomy, %d stems", inTexts, len(c.sentences)-inTexts, len(stems)))
	e, err := c.begin(x, t, stems)
	if err != nil {
		return m, err
	}
	examples := e.examples(lessons)
	r := rand.New(rand.NewPCG(seed, uint64(len(examples))))
	err = e.learn(ctx, examples, r, func(epoch int, loss float64) {
		report(fmt.Sprintf("round %d of %d, loss %.3f", epoch+1, epochs, loss))
	})
	if err != nil {
		return m, err
	}
	for i := range len(e.skills) / dimensions {
		row(e.skills, int32(i)).normalise()
	}
	e.standardise(examples)
	m.store(x, e, stems)
	return m, nil
}

// frequentStems returns the stems that get a vector, the most frequent first. What
// only texts have must be a word, and a frequent one, for the model holds it.
func (c *corpus) frequentStems(x *index) []int32 {
	var stems []int32
	for form, s := range x.lexicon.stems {
		if int(s) >= len(c.counts) || c.counts[s] < leastCount {
			continue
		}
		ofTexts := int(s) < len(c.inTexts) && c.inTexts[s] == c.counts[s]
		if !ofTexts || c.counts[s] >= leastInTexts && lettersOnly(form) {
			stems = append(stems, s)
		}
	}
	slices.Sort(stems)
	slices.SortStableFunc(stems, func(a, b int32) int { return cmp.Compare(c.counts[b], c.counts[a]) })
	return stems[:min(len(stems), stemLimit)]
}

// frequentPairs returns the pairs of stems that get a vector, by key.
func (c *corpus) frequentPairs(places []int32) []uint64 {
	counts := map[uint64]int{}
	for _, stems := range c.sentences {
		for i := 1; i < len(stems); i++ {
			if places[stems[i-1]] != none && places[stems[i]] != none {
				counts[pairKey(stems[i-1], stems[i])]++
			}
		}
	}
	var keys []uint64
	for k, n := range counts {
		if n >= leastPair {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b uint64) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	keys = keys[:min(len(keys), pairLimit)]
	slices.Sort(keys)
	return keys
}

// commonShare is the share of all words at which a stem counts half. Source:
// Arora, Liang and Ma, "A Simple but Tough-to-Beat Baseline for Sentence
// Embeddings", ICLR 2017.
const commonShare = 1e-3

// begin makes the embedding from which learning starts. Pairs start at nothing.
func (c *corpus) begin(x *index, t *taxonomy.Taxonomy, stems []int32) (*embedding, error) {
	e := &embedding{rows: make([]int32, len(x.lexicon.stems)), pairs: map[uint64]int32{}, skills: make([]float32, len(t.Skills)*dimensions)}
	for i := range e.rows {
		e.rows[i] = none
	}
	for i, s := range stems {
		e.rows[s] = int32(i)
	}
	var err error
	if len(stems) > 0 {
		e.units, err = factors(cooccurrence(c, e.rows, len(stems)), rand.New(rand.NewPCG(seed, 0)))
	}
	if err != nil {
		return nil, err
	}
	for i, s := range stems {
		v := row(e.units, int32(i))
		v.normalise()
		weight := commonShare / (commonShare + float32(c.counts[s])/float32(c.tokens))
		v.addScaled(weight-1, v)
	}
	for i, k := range c.frequentPairs(e.rows) {
		e.pairs[k] = int32(len(stems) + i)
	}
	e.units = append(e.units, make([]float32, len(e.pairs)*dimensions)...)
	return e, nil
}

// examples places each skill in the middle of its lessons and returns them as
// examples.
func (e *embedding) examples(lessons []lesson) []example {
	var all []example
	v := make(vector, dimensions)
	for _, l := range lessons {
		units := e.unitsOf(nil, l.stems)
		if len(units) == 0 {
			continue
		}
		e.encode(v, units)
		row(e.skills, l.skill).addScaled(1, v)
		all = append(all, example{skill: l.skill, units: units})
	}
	for i := range len(e.skills) / dimensions {
		row(e.skills, int32(i)).normalise()
	}
	return all
}
