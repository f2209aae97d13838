package linker

import (
	"bytes"
	_ "embed" // for credentials.csv
	"encoding/csv"
	"fmt"
	"slices"
)

// credentialFile holds the names of credentials and the phrases that tell how a
// text speaks of them. Columns: language (* for all), kind, name, canonical (one
// name for all the ways to write it, empty for a cue), company, reason. A name
// with company "beside" counts only beside a word of kind bearing. Capitals of a
// name are capitals in the text.
//
// Vetting (a DBS check, security clearance) says who a worker is, not what they
// have learnt, and a degree says how long they studied: neither is a credential
// here. The kinds of cues:
//
//	nothing        no credential, nor is any name inside it
//	bearing        a bare name beside it is one that the worker holds
//	follower       makes the name before it something else: the NMC code
//	required, preferred, offered   how the sentence asks
//	negates        the sentence does not ask
//	registers, joins, certifies    open a general form: registered with the …
//	body, council  a word that such a body has in its name
//	certification, licences        end a general form: Salesforce certification
//	holds          opens the general form of a licence: valid scuba licence
//	vague          says nothing of which licence it is
//
//go:embed credentials.csv
var credentialFile []byte

// anyLanguage marks the rows that hold in every language.
const anyLanguage = "*"

// The cues of credentials.csv that the code asks for by name.
const (
	cueNothing       = "nothing"
	cueBearing       = "bearing"
	cueFollower      = "follower"
	cueRequired      = RequirementRequired
	cuePreferred     = RequirementPreferred
	cueOffered       = RequirementOffered
	cueNegates       = "negates"
	cueRegisters     = "registers"
	cueJoins         = "joins"
	cueCertifies     = "certifies"
	cueBody          = "body"
	cueCouncil       = "council"
	cueCertification = "certification"
	cueLicences      = "licences"
	cueHolds         = "holds"
	cueVague         = "vague"
)

// credentialRow is a row of the file.
type credentialRow struct {
	language, kind, name, canonical, company, reason string
}

// loadCredentials reads the file and checks each row.
func loadCredentials() ([]credentialRow, error) {
	r := csv.NewReader(bytes.NewReader(credentialFile))
	r.FieldsPerRecord = 6
	records, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read credentials.csv: %w", err)
	}
	kinds := []string{KindLicence, KindRegistration, KindCertificate, KindQualification}
	cues := []string{
		cueNothing, cueBearing, cueFollower, cueRequired, cuePreferred, cueOffered, cueNegates, cueRegisters, cueJoins, cueCertifies,
		cueBody, cueCouncil, cueCertification, cueLicences, cueHolds, cueVague,
	}
	rows := make([]credentialRow, 0, len(records))
	for _, f := range records[1:] {
		row := credentialRow{f[0], f[1], f[2], f[3], f[4], f[5]}
		switch names := slices.Contains(kinds, row.kind); {
		case row.reason == "":
			err = fmt.Errorf("%q has no reason", row.name)
		case !names && !slices.Contains(cues, row.kind):
			err = fmt.Errorf("%q has the unknown kind %q", row.name, row.kind)
		case names == (row.canonical == ""):
			err = fmt.Errorf("%q has canonical name %q and kind %q", row.name, row.canonical, row.kind)
		case row.company != "" && (row.company != "beside" || !names):
			err = fmt.Errorf("%q has company %q", row.name, row.company)
		}
		if err != nil {
			return nil, fmt.Errorf("read credentials.csv: %w", err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// newCredentialSet gathers the rows and titles of a language. Cues come first:
// what is nothing is not the name of a credential too.
func newCredentialSet(language string, rows []credentialRow, titles []CredentialTitle) (*credentialSet, error) {
	lexicon, err := newLexicon(language)
	if err != nil {
		return nil, err
	}
	s := &credentialSet{lexicon: lexicon, trie: newTrie(), ids: map[string]string{}}
	s.workers.New = func() any { return &credentialWorker{} }
	for _, cues := range []bool{true, false} {
		for _, r := range rows {
			if (r.language == language || r.language == anyLanguage) && cues == (r.canonical == "") {
				s.add(credentialEntry{kind: r.kind, name: r.canonical, beside: r.company != ""}, r.name, s.read(r.name))
			}
		}
	}
	for _, t := range titles {
		if len(t.Languages) == 0 || slices.ContainsFunc(t.Languages, func(l string) bool { return primary(l) == language }) {
			s.addTitle(t)
		}
	}
	lexicon.seal()
	return s, nil
}

// read cuts a name into tokens, articles left out, and numbers its words.
func (s *credentialSet) read(name string) []token {
	var tokens []token
	form := make([]byte, 0, maxTokenBytes)
	for scan := (scanner{text: name}); ; {
		p, ok := scan.next()
		if !ok {
			return tokens
		}
		if w := s.lexicon.add(name[p.start:p.end], form); w.class&article == 0 {
			tokens = append(tokens, token{word: w, start: int32(p.start), end: int32(p.end), letters: p.letters})
		}
	}
}

// add adds an entry that reads as the tokens of a name.
func (s *credentialSet) add(e credentialEntry, name string, tokens []token) {
	if len(tokens) == 0 || len(tokens) > maxNameWords {
		return
	}
	words := make([]nameWord, len(tokens))
	for i, t := range tokens {
		words[i].word = t.word
		e.words = append(e.words, credentialWord{light: t.light, text: name[t.start:t.end], letters: t.letters})
	}
	s.trie.insert(words, int32(len(s.entries)))
	s.entries = append(s.entries, e)
}

// at appends the entries that all the tokens read as.
func (s *credentialSet) at(ids []int32, text string, tokens []token, shouting bool) []int32 {
	node := int32(0)
	for i := range tokens {
		next, ok := s.trie.edges[edge(node, tokens[i].stem)]
		if !ok {
			return ids
		}
		node = next
	}
	for _, id := range s.trie.ends[node] {
		if s.entries[id].reads(text, tokens, shouting) {
			ids = append(ids, id)
		}
	}
	return ids
}
