package warehouse

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// snapshotOf commits a snapshot as of a day, made from the one before.
func snapshotOf(t *testing.T, workspace, id, asOf string, versions Versions, write func(*Draft)) string {
	t.Helper()
	d := begin(t, workspace, id)
	base, err := Latest(workspace, asOf)
	switch {
	case err == nil:
		d.Continue(base)
	case !errors.Is(err, ErrNoSnapshot):
		t.Fatal(err)
	}
	if err := d.SetVersions(versions); err != nil {
		t.Fatal(err)
	}
	write(d)
	dir, err := d.Commit(Manifest{RunID: id, AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func sameFile(t *testing.T, a, b string) bool {
	t.Helper()
	one, errA := os.Stat(a)
	other, errB := os.Stat(b)
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	return os.SameFile(one, other)
}

func TestFilesThatComeOutTheSameAreLinks(t *testing.T) {
	workspace, v := t.TempDir(), Versions{Taxonomy: "t1"}
	rows := func(code string) func(*Draft) {
		return func(d *Draft) {
			write(t, d, model.Regions, model.Region{RegionCode: code})
			write(t, d, model.RejectCounts, model.RejectCount{Source: "jobs", Rule: "json-broken", Records: 3})
		}
	}
	one := snapshotOf(t, workspace, "s1", "2020-11-29", v, rows("IE"))
	two := snapshotOf(t, workspace, "s2", "2020-11-30", v, rows("GB"))
	for file, want := range map[string]bool{"public/reject_counts/data-0.parquet": true, "public/regions/data-0.parquet": false, "public/skills/data-0.parquet": true} {
		if got := sameFile(t, filepath.Join(one, file), filepath.Join(two, file)); got != want {
			t.Errorf("%s is one file in both: %v", file, got)
		}
	}
	if m, err := CurrentManifest(workspace); err != nil || m.SnapshotID != "s2" {
		t.Errorf("current is %s, %v", m.SnapshotID, err)
	}
}

func TestReuseNeedsTheSameInputsAndVersions(t *testing.T) {
	const november = model.Date(18567) // 2020-11-01
	for name, c := range map[string]struct {
		inputs   string
		versions Versions
		rows     []model.Cell
		want     bool
	}{
		"same":           {"i1", Versions{Taxonomy: "t1"}, []model.Cell{{CellKey: model.CellKey{Month: november}}}, true},
		"no rows":        {"i1", Versions{Taxonomy: "t1"}, nil, true},
		"other inputs":   {"i2", Versions{Taxonomy: "t1"}, nil, false},
		"other taxonomy": {"i1", Versions{Taxonomy: "t2"}, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			workspace := t.TempDir()
			first := snapshotOf(t, workspace, "s1", "2020-11-30", Versions{Taxonomy: "t1"}, func(d *Draft) {
				w := NewWriter(d, model.Cells)
				if reused, err := w.Reuse(november, "i1"); reused || err != nil {
					t.Fatalf("reused %v without a snapshot before, %v", reused, err)
				}
				if err := errors.Join(w.Partition(november, c.rows), w.Close()); err != nil {
					t.Fatal(err)
				}
			})
			second := snapshotOf(t, workspace, "s2", "2020-11-30", c.versions, func(d *Draft) {
				w := NewWriter(d, model.Cells)
				reused, err := w.Reuse(november, c.inputs)
				if reused != c.want || err != nil {
					t.Errorf("reused %v, want %v; %v", reused, c.want, err)
				}
				if err := w.Close(); err != nil {
					t.Fatal(err)
				}
			})
			const file = "public/cells/month=2020-11-01/data-0.parquet"
			if c.want && !sameFile(t, filepath.Join(first, file), filepath.Join(second, file)) {
				t.Error("the file is another")
			}
			if m, err := CurrentManifest(workspace); c.want && (err != nil || len(datasetFiles(m.Files, model.Cells.Info)) != 1) {
				t.Errorf("manifest: %+v, %v", m, err)
			}
		})
	}
}

func TestCarryTakesOverAMonth(t *testing.T) {
	const october, november = model.Date(18536), model.Date(18567)
	workspace := t.TempDir()
	row := func(month model.Date, id string) model.VacancySkill {
		return model.VacancySkill{PostedMonth: month, VacancyID: id, SkillURI: "u"}
	}
	snapshotOf(t, workspace, "s1", "2020-11-30", Versions{}, func(d *Draft) {
		write(t, d, model.VacancySkills, row(october, "a"), row(november, "b"))
	})
	snapshotOf(t, workspace, "s2", "2020-11-30", Versions{}, func(d *Draft) {
		w := NewWriter(d, model.VacancySkills)
		if err := errors.Join(w.Carry(october), w.Partition(november, []model.VacancySkill{row(november, "c")}), w.Close()); err != nil {
			t.Fatal(err)
		}
	})
	db := open(t, workspace, Options{})
	if got := text(t, db, "SELECT string_agg(vacancy_id, ' ' ORDER BY vacancy_id) FROM vacancy_skills"); got != "a c" {
		t.Errorf("vacancies %q", got)
	}
}

// TestLatest: a run goes on from what was known on its day, never from a later
// one, nor from a snapshot that did not become current.
func TestLatest(t *testing.T) {
	workspace := t.TempDir()
	if _, err := Latest(workspace, "2020-11-30"); !errors.Is(err, ErrNoSnapshot) {
		t.Fatalf("in an empty workspace: %v", err)
	}
	for _, s := range [][2]string{{"s1", "2020-11-28"}, {"s2", "2020-11-30"}, {"s3", "2020-11-29"}, {"s4", "2020-11-29"}, {"s5", "2020-11-30"}} {
		d := begin(t, workspace, s[0])
		if _, err := d.Commit(Manifest{RunID: s[0], AsOf: s[1]}); err != nil {
			t.Fatal(err)
		}
	}
	if err := swapCurrent(workspace, "s4"); err != nil { // s5 never became current
		t.Fatal(err)
	}
	for asOf, want := range map[string]string{"2020-11-27": "", "2020-11-28": "s1", "2020-11-29": "s4", "2020-11-30": "s2", "2020-12-31": "s2"} {
		s, err := Latest(workspace, asOf)
		if want == "" {
			if !errors.Is(err, ErrNoSnapshot) {
				t.Errorf("as of %s: %v, %v", asOf, s, err)
			}
			continue
		}
		if err != nil || s.Manifest.SnapshotID != want {
			t.Errorf("as of %s: %+v, want %s; %v", asOf, s, want, err)
		}
	}
	if err := os.Remove(currentLink(workspace)); err != nil {
		t.Fatal(err)
	}
	if s, err := Latest(workspace, "2020-11-30"); err != nil || s.Manifest.SnapshotID != "s5" {
		t.Errorf("without the link: %+v, %v", s, err)
	}
}

func TestScratchGoesWithTheDraft(t *testing.T) {
	for _, end := range []string{"commit", "abort", "kill"} {
		workspace := t.TempDir()
		d := begin(t, workspace, "s1")
		dir, err := d.Scratch()
		if err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("scratch folder: %v, %v", info, err)
		}
		switch end {
		case "commit":
			commit(t, d)
		case "abort":
			err = d.Abort()
		case "kill":
			begin(t, workspace, "s2")
		}
		if _, gone := os.Stat(dir); err != nil || !errors.Is(gone, os.ErrNotExist) {
			t.Errorf("after %s: %v, %v", end, err, gone)
		}
	}
}

// TestPruneKeepsTheLatestDay: runs that look back must not cost the snapshot from
// which the next night goes on, nor the one of an earlier day with which it is compared.
func TestPruneKeepsTheLatestDay(t *testing.T) {
	workspace := t.TempDir()
	for _, s := range [][2]string{{"s1", "2020-11-29"}, {"s2", "2020-11-30"}, {"s3", "2020-11-01"}, {"s4", "2020-11-02"}, {"s5", "2020-11-03"}} {
		d := begin(t, workspace, s[0])
		d.Keep(2)
		if _, err := d.Commit(Manifest{RunID: s[0], AsOf: s[1]}); err != nil {
			t.Fatal(err)
		}
	}
	all, err := Snapshots(workspace)
	var ids []string
	for _, s := range all {
		ids = append(ids, s.Manifest.SnapshotID)
	}
	if err != nil || !slices.Equal(ids, []string{"s1", "s2", "s4", "s5"}) {
		t.Errorf("kept %v, %v", ids, err)
	}
}

// TestAPartIsTakenOverByItself: of a month whose inputs have changed, the parts whose
// own have not.
func TestAPartIsTakenOverByItself(t *testing.T) {
	const november = model.Date(18567) // 2020-11-01
	workspace := t.TempDir()
	row := func(id string) model.VacancySkill {
		return model.VacancySkill{PostedMonth: november, VacancyID: id, SkillURI: "s"}
	}
	write := func(w *Writer[model.VacancySkill], part Part, id string) {
		t.Helper()
		p, err := w.OpenPart(november, part)
		if err == nil {
			err = errors.Join(p.Write([]model.VacancySkill{row(id)}), p.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	night := func(id, month string, do func(w *Writer[model.VacancySkill])) {
		t.Helper()
		d := begin(t, workspace, id)
		if base, err := Latest(workspace, "2020-11-30"); err == nil {
			d.Continue(base)
		}
		w := NewWriter(d, model.VacancySkills)
		if w.Reusable(november, month) {
			t.Errorf("night %s: the month is taken over whole", id)
		}
		do(w)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Commit(Manifest{RunID: id, AsOf: "2020-11-30"}); err != nil {
			t.Fatal(err)
		}
	}
	at, be := Part{"AT", "a1"}, Part{"BE", "b1"}
	night("1", "m1", func(w *Writer[model.VacancySkill]) { write(w, be, "b"); write(w, at, "a") })
	night("2", "m2", func(w *Writer[model.VacancySkill]) {
		be.Inputs = "b2"
		if w.ReusablePart(november, be) || w.ReusablePart(november, Part{"CH", ""}) || !w.ReusablePart(november, at) {
			t.Error("want AT to be reusable, and neither BE, whose inputs have changed, nor CH, which is new")
		}
		if err := w.CarryPart(november, at); err != nil {
			t.Fatal(err)
		}
		write(w, be, "c")
	})
	s, err := Latest(workspace, "2020-11-30")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := ReadMonth[model.VacancySkill](s, model.VacancySkills.Info, november)
	if err != nil || len(rows) != 2 || rows[0].VacancyID != "a" || rows[1].VacancyID != "c" {
		t.Errorf("rows %v, %v: want those of AT, then those of BE", rows, err)
	}
	for _, f := range datasetFiles(s.Manifest.Files, model.VacancySkills.Info) {
		if f.Inputs != "m2" {
			t.Errorf("%s: computed from %s, want m2: the next night takes the month over whole", f.Path, f.Inputs)
		}
	}
}
