package linker

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
)

// Values of CredentialMatch.Kind.
const (
	KindLicence         = "licence"          // the right to do something: drive, guard, practise
	KindRegistration    = "registration"     // on the register, or a member, of a professional body
	KindCertificate     = "certificate"      // proof of a course or test
	KindQualification   = "qualification"    // a named award of school, vocational or professional education; no degree
	KindMicroCredential = "micro_credential" // a title of a catalogue
)

// CredentialMatch is a credential that a text asks the worker for.
type CredentialMatch struct {
	Name        string // one for all the ways to write it, whatever the language of the text
	Kind        string // one of the Kind constants
	ID          string // of the title that was matched; "" where no catalogue has it
	Requirement string // RequirementRequired or RequirementPreferred
	Start, End  int    // the evidence: half-open UTF-8 bytes in the text
}

// CredentialTitle is a credential of a catalogue.
type CredentialTitle struct {
	ID, Title string
	Languages []string // BCP 47; none: of any language
}

// CredentialFinder finds the credentials that texts ask for: licences,
// registrations, certificates and qualifications of credentials.csv, those that a
// text names by a general form ("member of the Institute of …"), and the titles
// of a catalogue. It needs no taxonomy, is immutable and safe for concurrent use.
type CredentialFinder struct {
	sets map[string]*credentialSet // by language; "" for all others
}

// NewCredentialFinder makes a finder. Of the titles it takes those that are
// specific enough to be told from everyday words; of those that read alike, the
// first. An error means that the embedded files are damaged.
func NewCredentialFinder(titles []CredentialTitle) (*CredentialFinder, error) {
	rows, err := loadCredentials()
	if err != nil {
		return nil, fmt.Errorf("make credential finder: %w", err)
	}
	f := &CredentialFinder{sets: map[string]*credentialSet{"": nil}}
	for _, r := range rows {
		if r.language != anyLanguage {
			f.sets[r.language] = nil
		}
	}
	for language := range f.sets {
		if f.sets[language], err = newCredentialSet(language, rows, titles); err != nil {
			return nil, fmt.Errorf("make credential finder: %w", err)
		}
	}
	return f, nil
}

// Find returns the credentials that a text asks for, each once, ordered by Start,
// then Name: where it is required rather than preferred, at its first place. What
// the employer offers, pays or has, and what the text says is not needed, is left
// out.
//
// Language is a BCP 47 tag. In a text of another language than those of
// credentials.csv only what has the same name everywhere is found.
func (f *CredentialFinder) Find(text, language string) []CredentialMatch {
	set, ok := f.sets[primary(language)]
	if !ok {
		set = f.sets[""]
	}
	w := set.workers.Get().(*credentialWorker)
	defer set.workers.Put(w)
	return bestCredentials(w.find(set, text))
}

// bestCredentials keeps one match of each name, and orders them.
func bestCredentials(matches []CredentialMatch) []CredentialMatch {
	if len(matches) == 0 {
		return nil
	}
	found := slices.Clone(matches)
	slices.SortFunc(found, func(a, b CredentialMatch) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), -cmp.Compare(a.Requirement, b.Requirement), cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), -cmp.Compare(a.ID, b.ID))
	})
	found = slices.CompactFunc(found, func(a, b CredentialMatch) bool { return a.Name == b.Name })
	slices.SortFunc(found, func(a, b CredentialMatch) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.Name, b.Name))
	})
	return found
}

// credentialSet holds what is looked for in texts of one language.
type credentialSet struct {
	lexicon *lexicon
	entries []credentialEntry
	ids     map[string]string // of titles, by the name of the credential
	trie    *trie
	workers sync.Pool // of *credentialWorker
}

// credentialEntry is a name of a credential, or a phrase that tells something of
// the names around it.
type credentialEntry struct {
	kind   string // a Kind constant, or a cue
	name   string // of the credential
	beside bool   // counts only beside a word of credentials: "ITIL" alone is a method
	words  []credentialWord
}

// isCue says whether the entry names no credential.
func (e *credentialEntry) isCue() bool { return e.name == "" }

// credentialWord is a word of an entry.
type credentialWord struct {
	light   int32
	text    string
	letters letterCase
}

// reads says whether tokens with the entry's stems really read as it: the same
// words, plural endings aside. A capital of the name is a capital in the text,
// an acronym an acronym: the German "als" is no ALS.
func (e *credentialEntry) reads(text string, tokens []token, shouting bool) bool {
	for i := range tokens {
		t, w := &tokens[i], &e.words[i]
		if t.light != w.light {
			return false
		}
		if shouting {
			if len(tokens) == 1 && t.class&function != 0 {
				return false
			}
			continue
		}
		switch w.letters {
		case titleCase:
			if t.letters == lowerCase {
				return false
			}
		case upperCase:
			if t.letters != upperCase && (t.letters != mixedCase || len(w.text) < 3) {
				return false
			}
		case mixedCase:
			if text[t.start:t.end] != w.text && t.letters != upperCase {
				return false
			}
		}
	}
	return true
}
