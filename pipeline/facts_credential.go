package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// credentialFact is a version of a credential on its way into the draft.
type credentialFact struct {
	prepare.Credential
	version *version
	found   []model.CredentialSkill
	link    bool // its skills are to be found
	err     error
}

// credentials writes credentials, their texts, skills, links and claims: all of them
// where one changes.
func (f *facts) credentials(ctx context.Context) error {
	h, d := f.night.history, f.night.draft
	rows, texts := warehouse.NewWriter(d, model.Credentials), warehouse.NewWriter(d, model.CredentialTexts)
	skills, links, claims := warehouse.NewWriter(d, model.CredSkills), warehouse.NewWriter(d, model.CredLinks), warehouse.NewWriter(d, model.Claims)
	var versions []*version
	changed := f.anew
	for month, vs := range h.byMonth(source.Credentials) {
		versions = append(versions, vs...)
		changed = changed || f.changed(source.Credentials, month)
	}
	for at := range h.touched { // a feed that is no longer configured has left a month empty
		changed = changed || at.kind == source.Credentials
	}
	if !changed {
		err := errors.Join(rows.Carry(0), skills.Carry(0), links.Carry(0), claims.Carry(0))
		for month := range h.byMonth(source.Credentials) {
			err = errors.Join(err, texts.Carry(month))
		}
		return errors.Join(err, closeAll(rows, texts, skills, links, claims))
	}
	slices.SortFunc(versions, func(a, b *version) int { return model.Records.Compare(&a.Record, &b.Record) })
	cs, err := f.credentialsOf(ctx, versions)
	if err != nil {
		return err
	}
	return errors.Join(
		rows.Partition(0, collect(cs, func(c *credentialFact) []model.Credential { return []model.Credential{c.Credential.Credential} })),
		partitions(texts, collect(cs, func(c *credentialFact) []model.Text { return c.Texts })),
		skills.Partition(0, collect(cs, func(c *credentialFact) []model.CredentialSkill { return c.found })),
		links.Partition(0, credentialLinks(h, versions)),
		claims.Partition(0, providerClaims(h, versions)),
		closeAll(rows, texts, skills, links, claims),
	)
}

// partitions writes texts month by month.
func partitions(w *warehouse.Writer[model.Text], texts []model.Text) error {
	byMonth := map[model.Date][]model.Text{}
	for _, t := range texts {
		byMonth[t.PostedMonth] = append(byMonth[t.PostedMonth], t)
	}
	var errs []error
	for month, texts := range byMonth {
		errs = append(errs, w.Partition(month, texts))
	}
	return errors.Join(errs...)
}

func (f *facts) credentialsOf(ctx context.Context, versions []*version) ([]credentialFact, error) {
	before, err := f.credentialsBefore(versions)
	if err != nil {
		return nil, err
	}
	linking, err := f.linkingFor(versions)
	if err != nil {
		return nil, err
	}
	cs := make([]credentialFact, len(versions))
	err = inParallel(ctx, len(cs), func(i int) {
		c := &cs[i]
		c.version = versions[i]
		if c.version.fresh != noFresh {
			c.Credential = f.night.credentials[c.version.fresh]
			c.ISCO08s = linking.groups(c.OccupationURIs, c.ISCO08s)
			c.link = true
		} else if c.err = before.fill(c, f.relinks(c.version)); c.err != nil {
			return
		} else if c.link {
			c.ISCO08s = linking.groups(c.OccupationURIs, c.ISCO08s)
		}
		f.settleCredential(c, linking)
	})
	for i := range cs {
		err = errors.Join(err, cs[i].err)
	}
	return cs, err
}

// settleCredential sets what the history of the record decides, and finds its
// skills.
func (f *facts) settleCredential(c *credentialFact, l linking) {
	known := c.version
	c.Version, c.FirstSeenOn, c.WithdrawnOn = known.Version, known.FirstSeenOn, known.WithdrawnOn
	c.DuplicateOf, c.DuplicateKind = known.DuplicateOf, ""
	if c.DuplicateOf != "" {
		c.DuplicateKind = prepare.Exact
	}
	if f.night.history.isNewest(known) {
		prepare.ExpireQuality(&c.Credential.Credential, f.night.AsOf)
	}
	for i := range c.Texts {
		c.Texts[i].PostedMonth = known.PostedMonth
	}
	switch {
	case !f.night.history.isNewest(known):
		c.Texts, c.found = nil, nil
	case c.DuplicateOf != "":
		c.found = nil
	case c.link:
		c.found = l.credential(&c.Credential)
	}
}

// credentialLinks gathers the declared links of credentials that are not
// duplicates, each once: both ends may declare it.
func credentialLinks(h *history, versions []*version) []model.CredentialLink {
	var links []model.CredentialLink
	for _, v := range versions {
		if v.DuplicateOf == "" && h.isNewest(v) {
			links = append(links, decodeLinks(v.Links)...)
		}
	}
	slices.SortFunc(links, func(a, b model.CredentialLink) int { return model.CredLinks.Compare(&a, &b) })
	return slices.CompactFunc(links, func(a, b model.CredentialLink) bool { return model.CredLinks.Compare(&a, &b) == 0 })
}

// encodeLinks writes links as a record keeps them: from, kind and to, which hold
// no space.
func encodeLinks(links []model.CredentialLink) []string {
	var texts []string
	for _, l := range links {
		texts = append(texts, l.FromID+" "+l.Kind+" "+l.ToID)
	}
	return texts
}

func decodeLinks(texts []string) []model.CredentialLink {
	var links []model.CredentialLink
	for _, text := range texts {
		if parts := strings.Fields(text); len(parts) == 3 {
			links = append(links, model.CredentialLink{FromID: parts[0], Kind: parts[1], ToID: parts[2], Declared: true})
		}
	}
	return links
}

// credentialsBefore are the rows of the snapshot before.
type credentialsBefore struct {
	rows   map[versionKey]model.Credential
	texts  map[string][]model.Text
	skills map[string][]model.CredentialSkill
	schema int
}

func (f *facts) credentialsBefore(versions []*version) (*credentialsBefore, error) {
	if !slices.ContainsFunc(versions, func(v *version) bool { return v.fresh == noFresh }) {
		return nil, nil
	}
	b := &credentialsBefore{map[versionKey]model.Credential{}, map[string][]model.Text{}, map[string][]model.CredentialSkill{}, f.night.base.Manifest.SchemaVersion}
	rows := warehouse.Read(f.night.base, model.Credentials.Info, func(_ model.Date, rows []model.Credential) error {
		for _, r := range rows {
			b.rows[versionKey{r.CredentialID, r.Version}] = r
		}
		return nil
	})
	texts := warehouse.Read(f.night.base, model.CredentialTexts.Info, func(_ model.Date, rows []model.Text) error {
		for _, t := range rows {
			b.texts[t.ID] = append(b.texts[t.ID], t)
		}
		return nil
	})
	skills := warehouse.Read(f.night.base, model.CredSkills.Info, func(_ model.Date, rows []model.CredentialSkill) error {
		for _, s := range rows {
			b.skills[s.CredentialID] = append(b.skills[s.CredentialID], s)
		}
		return nil
	})
	return b, errors.Join(rows, texts, skills)
}

// fill takes a version from the snapshot before, in the manner of
// vacanciesBefore.
func (b *credentialsBefore) fill(c *credentialFact, link bool) error {
	row, ok := b.rows[versionKey{c.version.ID, c.version.Version}]
	if !ok {
		return fmt.Errorf("credential %s, version %d, is not in the snapshot before: run `skillsgap verify`", c.version.ID, c.version.Version)
	}
	c.Credential.Credential, c.Texts, c.found = row, b.texts[row.CredentialID], b.skills[row.CredentialID]
	if c.link = link; !link {
		return nil
	}
	s, err := decodeStatements(c.version.Stated, c.Texts)
	if err != nil {
		return err
	}
	c.Skills = s.skills
	if b.schema == 1 {
		for _, f := range c.found {
			if k, ok := statedSkill(f.SkillURI, f.Method, f.Relation, f.Evidence); ok {
				c.Skills = append(c.Skills, k)
			}
		}
		c.version.Stated = statements{c.OccupationURIs, c.ISCO08s, c.Skills}.encode()
		return nil
	}
	c.ISCO08s = s.isco08s
	return nil
}
