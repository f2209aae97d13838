package linker

// Features of a skill as candidate for a sentence: what the combiner weighs.
const (
	featFit       = iota // fit of the window that fits any of its names best
	featOfficial         // the same for the official name
	featPhrase           // trust of a name found as a phrase or in a close window, times the fit
	featReviewed         // 1 where that is a reviewed name
	featExact            // 1 where that is the official name, word for word
	featHint             // fit of a hint
	featCosine           // TF-IDF cosine of the sentence and the names
	featRelevance        // BM25 of the sentence over names and description, in tens
	featPrior            // log of the number of occupations that need the skill, in fives
	featMissing          // weight of the words of the best name that the window lacks
	featMatched          // weight of those that it has
	featShare            // the same as share of the sentence's weight
	featRival            // how much more a rival matches on the same words
	featNearness         // nearness in the embedding, in tens of deviations from that of strangers
	featureCount
)

// features are the values of the features.
type features [featureCount]float32

// featureNames are the features as explanations and the calibration file name
// them.
func featureNames() [featureCount]string {
	return [featureCount]string{
		featFit: "fit", featOfficial: "official", featPhrase: "phrase", featReviewed: "reviewed", featExact: "exact", featHint: "hint", featCosine: "cosine", featRelevance: "relevance",
		featPrior: "prior", featMissing: "missing", featMatched: "matched", featShare: "share", featRival: "rival", featNearness: "nearness",
	}
}

// scored is a candidate that was looked at closely.
type scored struct {
	skill    int32
	name     int32  // of which the window is
	window   window // in tokens of the document
	features features
	logit    float32
	alike    bool // its logit is that of the probability: see spell
}

// score fills w.scored with the candidates for the sentence that the finder
// holds, and what found has of it; in no order.
func (w *worker) score(x *index, limit int) {
	w.encode(x)
	w.candidates(x, limit)
	w.scored = w.scored[:0]
	for i := range w.pool {
		if s, ok := w.consider(x, &w.pool[i]); ok {
			w.scored = append(w.scored, s)
		}
	}
	w.rivals()
	for i := range w.scored {
		s := &w.scored[i]
		s.logit = x.combiner.logit(&s.features)
	}
}

// encode places the sentence in the embedding.
func (w *worker) encode(x *index) {
	w.stems = contentStems(w.stems[:0], w.finder.tokens)
	w.units = w.units[:0]
	if x.embedding == nil {
		return
	}
	if len(w.place) == 0 {
		w.place = make(vector, dimensions)
	}
	w.units = x.embedding.unitsOf(w.units, w.stems)
	w.length = x.embedding.encode(w.place, w.units)
}

// consider looks at a candidate closely; false if all its names are better known
// as those of other skills. One that no window fits has the sentence for its
// window.
func (w *worker) consider(x *index, c *candidate) (scored, bool) {
	s := scored{skill: c.skill, name: none}
	f := &s.features
	for _, id := range x.bySkill[c.skill] {
		n := &x.names[id]
		if s.name == none {
			s.name = id
		}
		bound := w.finder.bound(x, n)
		if bound <= s.window.fit && (n.kind != preferred || bound <= f[featOfficial]) && (n.kind != hint || bound <= f[featHint]) {
			continue
		}
		best := w.finder.best(x, n)
		switch {
		case n.kind == hint:
			f[featHint] = max(f[featHint], best.fit)
			continue
		case n.kind == preferred:
			f[featOfficial] = max(f[featOfficial], best.fit)
		case n.kind >= alternative && n.content == 1:
			best.fit *= (1 + n.trust) / 2
		}
		if best.fit > s.window.fit {
			s.name, s.window = id, best
		}
	}
	if s.name == none {
		return s, false
	}
	mass := x.names[s.name].mass
	f[featFit] = s.window.fit
	f[featMatched], f[featMissing] = s.window.fit*mass, (1-s.window.fit)*mass
	f[featShare] = f[featMatched] / max(w.finder.mass, leastWeight)
	f[featCosine], f[featRelevance] = c.cosine, c.relevance/10
	f[featPrior] = x.prior[c.skill] / 5
	if c.found != none {
		found := &w.found[c.found]
		f[featPhrase] = found.score
		switch n := &x.names[found.name]; {
		case n.kind == reviewed:
			f[featReviewed] = 1
		case n.kind == preferred && found.score == n.trust && n.trust >= holds:
			f[featExact] = 1
		}
		if found.score >= f[featFit] { // what kept its words for itself is the better evidence
			s.name, s.window.first, s.window.last = found.name, found.first, found.last
		}
	}
	if x.embedding != nil && w.length > 0 {
		f[featNearness] = x.embedding.nearness(w.place, c.skill)
	}
	if s.window.last == 0 {
		s.window.first, s.window.last = w.finder.base, w.finder.base+len(w.finder.tokens)
	}
	return s, true
}

// rivals finds, for each candidate, how much more another matches on its words.
func (w *worker) rivals() {
	w.most = append(w.most[:0], make([]float32, len(w.finder.tokens))...)
	for i := range w.scored {
		s := &w.scored[i]
		for t := s.window.first; s.window.fit > 0 && t < s.window.last; t++ {
			at := t - w.finder.base
			w.most[at] = max(w.most[at], s.features[featMatched])
		}
	}
	for i := range w.scored {
		s := &w.scored[i]
		for t := s.window.first; s.window.fit > 0 && t < s.window.last; t++ {
			s.features[featRival] = max(s.features[featRival], w.most[t-w.finder.base]-s.features[featMatched])
		}
	}
}
