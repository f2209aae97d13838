package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/recommend"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// heldCredential is a credential that a person holds: the columns that matter.
type heldCredential struct {
	CredentialID string `parquet:"credential_id" json:"credential_id"`
	Version      int32  `parquet:"version" json:"-"`
	SourceID     string `parquet:"source_id" json:"source_id"`
	Title        string `parquet:"title" json:"title"`
	Provider     string `parquet:"provider,optional,dict" json:"provider,omitempty"`
	Conformity   string `parquet:"conformity,optional,dict" json:"conformity"`
}

// taughtSkill is a skill of a credential.
type taughtSkill struct {
	CredentialID string      `parquet:"credential_id"`
	SkillURI     string      `parquet:"skill_uri,dict"`
	Score        model.Score `parquet:"score,decimal(4:5)"`
	Relation     string      `parquet:"relation,dict"`
	EvidenceText string      `parquet:"evidence_text,dict"`
}

// attendanceOnly is the conformity of what is given without assessment.
const attendanceOnly = "attendance_only"

// readHeldCredentials adds what the named credentials of the current snapshot
// teach or assess. A withdrawn one counts: whoever holds it has learnt it.
func (g *globals) readHeldCredentials(t *taxonomy.Taxonomy, names []string, p *person, h *recommend.Holdings) error {
	workspace, err := g.findWorkspace()
	if err != nil {
		return err
	}
	newest := map[string]heldCredential{}
	err = warehouse.ReadCurrent(workspace, model.Credentials.Info, func(_ model.Date, rows []heldCredential) error {
		for _, c := range rows {
			if c.Version >= newest[c.CredentialID].Version {
				newest[c.CredentialID] = c
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, name := range names {
		c, err := findCredential(newest, name)
		if err != nil {
			return err
		}
		p.credentials = append(p.credentials, c)
	}
	taught := map[string]int{}
	err = warehouse.ReadCurrent(workspace, model.CredSkills.Info, func(_ model.Date, rows []taughtSkill) error {
		for _, s := range rows {
			i := slices.IndexFunc(p.credentials, func(c heldCredential) bool { return c.CredentialID == s.CredentialID })
			skill, known := t.SkillIndex(s.SkillURI)
			if i < 0 || !known || s.Relation == "requires" {
				continue
			}
			taught[s.CredentialID]++
			h.Add(skill, credentialEvidence(p.credentials[i], s))
		}
		return nil
	})
	for _, c := range p.credentials {
		if taught[c.CredentialID] == 0 {
			p.notes = append(p.notes, fmt.Sprintf("no skill is known of %s, %q", c.CredentialID, c.Title))
		}
	}
	return err
}

func credentialEvidence(c heldCredential, s taughtSkill) recommend.Evidence {
	e := recommend.Evidence{Kind: recommend.EvidenceCredential, ID: c.CredentialID, Source: c.Title, Text: s.EvidenceText, Weight: recommend.WeightProven}
	if c.Conformity == attendanceOnly {
		e.Kind, e.Weight = recommend.EvidenceAttendance, recommend.WeightAssumed
	}
	e.Weight = round4(e.Weight * s.Score.Float())
	return e
}

// findCredential returns the credential of that id, source id or title. None or
// several are a usage error that lists the nearest.
func findCredential(all map[string]heldCredential, name string) (heldCredential, error) {
	if c, ok := all[name]; ok {
		return c, nil
	}
	var found, near []heldCredential
	var titles []string
	for _, c := range all {
		switch {
		case c.SourceID == name || strings.EqualFold(c.Title, name):
			found = append(found, c)
		case strings.Contains(strings.ToLower(c.Title), strings.ToLower(name)):
			near = append(near, c)
		}
		titles = append(titles, c.Title)
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return heldCredential{}, &usageError{fmt.Errorf("%d credentials are called %q; give the credential_id of one:%s", len(found), name, listedCredentials(found))}
	case len(near) > 0:
		return heldCredential{}, &usageError{fmt.Errorf("no credential has the id or title %q; the nearest:%s", name, listedCredentials(near))}
	case len(titles) == 0:
		return heldCredential{}, &usageError{fmt.Errorf("credential %q: the snapshot holds no credential at all", name)}
	}
	slices.Sort(titles)
	return heldCredential{}, &usageError{fmt.Errorf("no credential has the id or title %q; the nearest title is %q", name, config.Nearest(name, titles))}
}

// listedCredentials writes the first credentials, by id, as lines.
func listedCredentials(cs []heldCredential) string {
	slices.SortFunc(cs, func(a, b heldCredential) int { return cmp.Compare(a.CredentialID, b.CredentialID) })
	var lines strings.Builder
	for _, c := range cs[:min(len(cs), nearestNames)] {
		fmt.Fprintf(&lines, "\n  %s  %s, %s", c.CredentialID, c.Title, cmp.Or(c.Provider, "provider not stated"))
	}
	return lines.String()
}
