package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/skillsgap/skillsgap/data"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// InputError is a mistake in what the operator gave: what, where, what to do.
type InputError struct{ Err error }

func (e *InputError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *InputError) Unwrap() error { return e.Err }

// LoadTaxonomy loads the taxonomy of a workspace.
func LoadTaxonomy(path string) (*taxonomy.Taxonomy, error) {
	t, err := taxonomy.Load(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &InputError{fmt.Errorf("no taxonomy at %s: import one with `skillsgap taxonomy import PATH…`", path)}
	}
	if err != nil {
		return nil, &InputError{fmt.Errorf("load taxonomy: %w", err)}
	}
	return t, nil
}

// LoadModel loads the model of a workspace, nil where there is none. The warning,
// if any, says that there is one for another taxonomy, which is not used.
func LoadModel(path string, t *taxonomy.Taxonomy) (m *linker.Model, warning string, err error) {
	m, err = linker.LoadModel(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, "", nil
	case err != nil:
		return nil, "", &InputError{fmt.Errorf("%w: train it again with `skillsgap taxonomy train`, or delete the file", err)}
	case m.Method != linker.Version("", nil):
		return nil, fmt.Sprintf("the model in %s was trained by another version of skillsgap and is not used: train it again with `skillsgap taxonomy train`", filepath.Base(path)), nil
	case m.Taxonomy != t.Fingerprint():
		return nil, fmt.Sprintf("the model in %s was trained for another taxonomy and is not used: train it again with `skillsgap taxonomy train`", filepath.Base(path)), nil
	}
	return m, "", nil
}

// runConcepts loads the taxonomy and the code lists, begins the draft snapshot
// and writes the concepts that reports join for names.
func runConcepts(_ context.Context, n *Night) error {
	var err error
	if n.Taxonomy, err = LoadTaxonomy(n.path(TaxonomyFile)); err != nil {
		return err
	}
	crosswalks, err := LoadCrosswalks(n.Workspace, n.Taxonomy, n.Config.Taxonomy.Crosswalks)
	if err != nil {
		return err
	}
	learnt, warning, err := LoadModel(n.path(ModelFile), n.Taxonomy)
	if err != nil {
		return err
	}
	if warning != "" {
		n.warn("%s", warning)
	}
	n.linker = sync.OnceValues(func() (*linker.Linker, error) { return linker.New(n.Taxonomy, learnt, crosswalks...) })
	if n.regions, err = prepare.LoadRegions(data.Reference); err != nil {
		return fmt.Errorf("load regions: %w", err)
	}
	if n.draft, err = warehouse.Begin(n.Workspace, n.RunID); err != nil {
		return fmt.Errorf("begin snapshot: %w", err)
	}
	switch n.base, err = warehouse.Latest(n.Workspace, n.AsOf.String()); {
	case err == nil:
		n.draft.Continue(n.base)
		n.Log.Info("goes on from a snapshot", "snapshot", n.base.Manifest.SnapshotID, "as-of", n.base.Manifest.AsOf)
	case !errors.Is(err, warehouse.ErrNoSnapshot):
		return fmt.Errorf("find the snapshot before: %w", err)
	default:
		if err := n.beginsAnew(); err != nil {
			return err
		}
	}
	mark := n.Taxonomy.Fingerprint()
	n.versions = warehouse.Versions{TaxonomyRelease: n.Taxonomy.Release, Taxonomy: mark, Linker: linker.Version(mark, learnt, crosswalks...)}
	if err := n.draft.SetVersions(n.versions); err != nil {
		return err
	}
	if l := n.Config.Taxonomy.Language; !slices.Contains(n.Taxonomy.Languages, l) {
		n.warn("taxonomy.language %q is not among the imported languages (%s): names appear in another", l, strings.Join(n.Taxonomy.Languages, ", "))
	}
	inputs := fingerprint(n.Program, n.versions)
	return errors.Join(
		writeFrom(n.draft, model.Skills, inputs, func() ([]model.Skill, error) { return skillRows(n.Taxonomy), nil }),
		writeFrom(n.draft, model.SkillLabels, inputs, func() ([]model.SkillLabel, error) { return labelRows(n.Taxonomy), nil }),
		writeFrom(n.draft, model.Occupations, inputs, func() ([]model.Occupation, error) { return occupationRows(n.Taxonomy), nil }),
		writeFrom(n.draft, model.Regions, inputs, func() ([]model.Region, error) { return n.regions.Rows(), nil }),
	)
}

// beginsAnew warns where there are snapshots, but none that the night may know of.
func (n *Night) beginsAnew() error {
	kept, err := warehouse.Snapshots(n.Workspace)
	if err != nil {
		return fmt.Errorf("find the snapshot before: %w", err)
	}
	if len(kept) > 0 {
		n.warn("%s lies before the as-of date of every kept snapshot: this one knows nothing of earlier nights, neither versions nor what was withdrawn nor what feeds of content delta listed before", n.AsOf)
	}
	return nil
}

// writeFrom writes a dataset without partitions, or takes it over where it was
// computed from the same inputs.
func writeFrom[R any](d *warehouse.Draft, ds model.Dataset[R], inputs string, rows func() ([]R, error)) error {
	w := warehouse.NewWriter(d, ds)
	reused, err := w.Reuse(0, inputs)
	if err == nil && !reused {
		var all []R
		if all, err = rows(); err == nil {
			err = w.Partition(0, all)
		}
	}
	return errors.Join(err, w.Close())
}

// decisive is a dataset, all or some of its months, that decides another.
type decisive struct {
	info   model.Info
	within func(model.Date) bool // nil for all
}

// digests returns a hash of each dataset as the draft holds it.
func (n *Night) digests(of ...decisive) ([]any, error) {
	var parts []any
	for _, d := range of {
		digest, err := n.draft.Digest(d.info, d.within)
		if err != nil {
			return nil, fmt.Errorf("fingerprint %s: %w", d.info.Name, err)
		}
		parts = append(parts, digest)
	}
	return parts, nil
}

// fingerprint is a hash of what decides a result.
func fingerprint(parts ...any) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%+v\n", p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func skillRows(t *taxonomy.Taxonomy) []model.Skill {
	rows := make([]model.Skill, 0, len(t.Skills)+len(t.SkillGroups))
	for i := range t.Skills {
		s := &t.Skills[i]
		rows = append(rows, model.Skill{
			SkillURI: s.URI, Kind: string(s.Type), ReuseLevel: s.ReuseLevel, Parents: s.Broader,
			Green: s.Flags&taxonomy.Green != 0, Digital: s.Flags&taxonomy.Digital != 0,
			Transversal: s.Flags&taxonomy.Transversal != 0, LanguageSkill: s.Flags&taxonomy.LanguageSkill != 0,
			DigComp: s.Flags&taxonomy.DigComp != 0,
		})
	}
	for i := range t.SkillGroups {
		g := &t.SkillGroups[i]
		rows = append(rows, model.Skill{SkillURI: g.URI, Kind: "group", Code: g.Code, Parents: g.Broader})
	}
	return rows
}

func labelRows(t *taxonomy.Taxonomy) []model.SkillLabel {
	var rows []model.SkillLabel
	add := func(uri string, labels []taxonomy.Label) {
		for _, l := range labels {
			switch l.Kind {
			case taxonomy.Preferred:
				rows = append(rows, model.SkillLabel{SkillURI: uri, Language: l.Language, Kind: "preferred", Label: l.Text})
			case taxonomy.Alternative:
				rows = append(rows, model.SkillLabel{SkillURI: uri, Language: l.Language, Kind: "alternative", Label: l.Text})
			}
		}
	}
	for i := range t.Skills {
		add(t.Skills[i].URI, t.Skills[i].Labels)
	}
	for i := range t.SkillGroups {
		add(t.SkillGroups[i].URI, t.SkillGroups[i].Labels)
	}
	return rows
}

// occupationRows lists all occupations and ISCO-08 groups in each language,
// below the total of all occupations.
func occupationRows(t *taxonomy.Taxonomy) []model.Occupation {
	var rows []model.Occupation
	for language, label := range map[string]string{"en": "All occupations", "fr": "Toutes les professions"} {
		rows = append(rows, model.Occupation{OccupationCode: model.Total, Level: "all", Language: language, Label: label})
	}
	for i := range t.ISCOGroups {
		g := &t.ISCOGroups[i]
		parent := model.Total
		if len(g.Code) > 1 {
			parent = g.Code[:len(g.Code)-1]
		}
		for _, l := range preferred(g.Labels) {
			rows = append(rows, model.Occupation{OccupationCode: g.Code, Level: fmt.Sprintf("isco%d", len(g.Code)), ISCO08: g.Code, ParentCode: parent, Language: l.Language, Label: l.Text})
		}
	}
	for i := range t.Occupations {
		o := &t.Occupations[i]
		for _, l := range preferred(o.Labels) {
			rows = append(rows, model.Occupation{OccupationCode: o.URI, Level: "occupation", ISCO08: o.ISCO, ParentCode: o.ISCO, Language: l.Language, Label: l.Text})
		}
	}
	return rows
}

func preferred(labels []taxonomy.Label) []taxonomy.Label {
	var ls []taxonomy.Label
	for _, l := range labels {
		if l.Kind == taxonomy.Preferred {
			ls = append(ls, l)
		}
	}
	slices.SortFunc(ls, func(a, b taxonomy.Label) int { return strings.Compare(a.Language, b.Language) })
	return ls
}
