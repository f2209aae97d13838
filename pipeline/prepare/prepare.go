package prepare

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

// Options configures a Preparer.
type Options struct {
	AsOf      model.Date        // the run's date: nothing is posted after it
	Regions   *Regions          // code lists, from [LoadRegions]
	Languages []string          // languages of the imported taxonomy, BCP 47
	SkillURI  func(string) bool // reports whether a URI is a skill of the taxonomy; nil accepts every skill of ESCO
	// OccupationURI is the same for occupations.
	OccupationURI func(string) bool
	// LearnerSecrets make keys of the ids of persons, see [LearnerKey]; needed for
	// feeds about single persons alone.
	LearnerSecrets [][]byte
}

// Preparer turns records into rows. It is safe for concurrent use, and a row
// depends on its record and the options alone.
type Preparer struct {
	opts     Options
	codes    *Regions
	detector languageDetector
	cells    sync.Pool // of what tables about persons hold
}

// New returns a Preparer. It is an error to leave out the as-of date or the
// code lists.
func New(opts Options) (*Preparer, error) {
	if opts.AsOf == 0 || opts.Regions == nil {
		return nil, errors.New("prepare: the as-of date and the code lists are needed")
	}
	if opts.SkillURI == nil {
		opts.SkillURI = regexp.MustCompile(`^http://data\.europa\.eu/esco/skill/[0-9A-Za-z.-]+$`).MatchString
	}
	if opts.OccupationURI == nil {
		opts.OccupationURI = regexp.MustCompile(`^http://data\.europa\.eu/esco/occupation/[0-9A-Za-z.-]+$`).MatchString
	}
	p := &Preparer{opts: opts, codes: opts.Regions, detector: newLanguageDetector(opts.Languages)}
	p.cells.New = func() any { return newCells(opts.LearnerSecrets) }
	return p, nil
}

// Stated is a skill that the record itself lists.
type Stated struct {
	URI      string // ESCO URI; "" where only a name is given
	Name     string
	Relation string // required or preferred; teaches, assesses or requires

	// Field is the text that names the skill, always "skills", Start and End
	// its half-open span of UTF-8 bytes there.
	Field      string
	Start, End int
}

// Vacancy is a prepared vacancy: the row, its texts and its stated skills.
// First and last day seen and version are those of a record never seen
// before; who knows better sets them.
type Vacancy struct {
	model.Vacancy
	Texts  []model.Text // description, occupation, requirements, skills, title: those that are not empty
	Skills []Stated

	// NotRead names the fields of the record that the feed fills in a way that
	// could not be read, by their names in columns of skillsgap.yaml, sorted,
	// each once.
	NotRead []string

	// OccupationTitle is the feed's own name of the occupation, which may be
	// better to classify than the title. It is the text of field occupation.
	OccupationTitle string
	// DuplicateKey is what [Duplicates] compares.
	DuplicateKey string
}

// Credential is a prepared credential in the manner of [Vacancy].
type Credential struct {
	model.Credential
	Texts  []model.Text // description, outcomes, requirements, skills, title
	Skills []Stated
	Links  []Link
	Claims []model.ProviderClaim

	// NotRead and DuplicateKey are as for Vacancy.
	NotRead      []string
	DuplicateKey string
}

// Link is a declared link between two credentials: the one at FromID is
// part_of, prerequisite of, leads_to, or equivalent to the one at ToID. The
// other credential need not exist in the feed.
type Link = model.CredentialLink

// contentHash is the hash of everything that makes the content of a record.
func contentHash(parts ...any) string {
	text, _ := json.Marshal(parts) // strings and finite numbers always encode
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// texts collects the texts of a record.
type texts []model.Text

// add appends a text unless it is empty.
func (t *texts) add(field, text string) {
	if text != "" {
		*t = append(*t, model.Text{Field: field, Text: text})
	}
}

// finish sets what all texts share and orders them by field.
func (t texts) finish(id, hash, language string, month model.Date) []model.Text {
	for i := range t {
		t[i].ID, t[i].ContentHash, t[i].Language, t[i].PostedMonth = id, hash, language, month
	}
	slices.SortFunc(t, func(a, b model.Text) int { return strings.Compare(a.Field, b.Field) })
	return t
}

// sample returns the beginning of the longest texts of a record, to detect
// its language by: the description, else the title and what else there is.
func (t texts) sample() string {
	var b strings.Builder
	for _, field := range []string{"description", "requirements", "outcomes", "title", "skills"} {
		for _, text := range t {
			if text.Field == field && b.Len() < detectBytes {
				b.WriteString(text.Text[:min(len(text.Text), 2*detectBytes)])
				b.WriteByte('\n')
			}
		}
	}
	return strings.ToValidUTF8(b.String(), "")
}

// occupationURI returns the URI of an occupation of the taxonomy as ESCO writes
// it, or "".
func (p *Preparer) occupationURI(s string) string {
	uri := strings.TrimSpace(s)
	if rest, ok := strings.CutPrefix(uri, "https://"); ok {
		uri = "http://" + rest
	}
	if uri == "" || !p.opts.OccupationURI(uri) {
		return ""
	}
	return uri
}

// maxItems is how many items of a list are read.
const maxItems = 1000

// stated builds the text of stated skills, a name a line, and their spans in
// it. A skill of which only the URI is given is named by it. A URI that the
// taxonomy does not know is dropped, the name kept.
func (p *Preparer) stated(skills []source.StatedSkill, relation string, u *unread) (string, []Stated) {
	var b strings.Builder
	var all []Stated
	type key struct{ uri, name, relation string }
	seen := map[key]bool{}
	if len(skills) > maxItems {
		u.check(skillField(skills[maxItems].Relation), false, "the items beyond those read")
	}
	for _, s := range skills[:min(len(skills), maxItems)] {
		item := Stated{URI: s.URI, Name: Line(s.Name), Relation: s.Relation, Field: "skills"}
		if item.Relation == "" {
			item.Relation = relation
		}
		if item.URI != "" && !p.opts.SkillURI(item.URI) {
			u.check(skillField(item.Relation), false, item.URI)
			item.URI = ""
		}
		shown := cmp.Or(item.Name, item.URI)
		k := key{item.URI, item.Name, item.Relation}
		if shown == "" || seen[k] {
			continue
		}
		seen[k] = true
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		item.Start = b.Len()
		b.WriteString(shown)
		item.End = b.Len()
		all = append(all, item)
	}
	return b.String(), all
}
