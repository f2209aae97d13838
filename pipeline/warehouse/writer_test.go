package warehouse

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// TestBytesDoNotDependOnOrder encodes the same rows in two orders.
func TestBytesDoNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfNDistinct(rapid.Custom(drawSkill), 0, 200, func(s model.VacancySkill) string { return s.VacancyID }).Draw(t, "rows")
		shuffled := rapid.Permutation(rows).Draw(t, "shuffled")
		if !bytes.Equal(encoded(t, rows), encoded(t, shuffled)) {
			t.Fatal("shuffled rows made other bytes")
		}
	})
}

func drawSkill(t *rapid.T) model.VacancySkill {
	return model.VacancySkill{
		VacancyID: rapid.StringN(0, 8, 16).Draw(t, "vacancy"),
		SkillURI:  rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "skill"),
		Score:     model.Score(rapid.Int32Range(0, 10_000).Draw(t, "score")),
		Evidence:  model.Evidence{EvidenceText: rapid.String().Draw(t, "text")},
	}
}

func encoded(t *rapid.T, rows []model.VacancySkill) []byte {
	var file bytes.Buffer
	to := parquet.NewGenericWriter[model.VacancySkill](&file, fileOptions("vacancy_skills", Versions{})...)
	if err := encode(to, inOrder(rows, model.VacancySkills.Compare)); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// TestWaysOfWriting writes the same rows at once, in reverse, and by month from
// several goroutines, and compares sizes and hashes of all files.
func TestWaysOfWriting(t *testing.T) {
	workspace := t.TempDir()
	rows := make([]model.VacancySkill, 3*batchRows/2)
	for i := range rows {
		rows[i].PostedMonth = model.NewDate(2020, 1, 1).AddMonths(i % 3)
		rows[i].VacancyID = fmt.Sprintf("%04d", i/2)
		rows[i].SkillURI = fmt.Sprintf("%04d", i)
	}
	want := files(t, workspace, func(d *Draft) error { return Write(d, model.VacancySkills, rows) })
	if len(want) != 3 {
		t.Fatalf("files %v, want one a month", want)
	}
	slices.Reverse(rows)
	if got := files(t, workspace, func(d *Draft) error { return Write(d, model.VacancySkills, rows) }); !reflect.DeepEqual(got, want) {
		t.Errorf("reversed:\n got %v\nwant %v", got, want)
	}
	if got := files(t, workspace, func(d *Draft) error { return writeByMonth(d, rows) }); !reflect.DeepEqual(got, want) {
		t.Errorf("by month:\n got %v\nwant %v", got, want)
	}
}

func files(t *testing.T, workspace string, write func(*Draft) error) map[string]File {
	t.Helper()
	d := begin(t, workspace, "s1")
	if err := write(d); err != nil {
		t.Fatal(err)
	}
	byPath := map[string]File{}
	for _, f := range d.files {
		byPath[f.Path] = f
	}
	if err := d.Abort(); err != nil {
		t.Fatal(err)
	}
	return byPath
}

// TestLargeFilesInAnyOrder encodes many pages and two row groups. How rows
// are put in order must not show.
func TestLargeFilesInAnyOrder(t *testing.T) {
	rows := make([]model.CredentialLink, rowGroupRows+60_000)
	for i := range rows {
		rows[i].FromID = fmt.Sprintf("%010d%s", i, strings.Repeat("x", i%50))
	}
	var ordered, reversed bytes.Buffer
	for _, to := range []*bytes.Buffer{&ordered, &reversed} {
		w := parquet.NewGenericWriter[model.CredentialLink](to, fileOptions("credential_links", Versions{})...)
		if err := encode(w, inOrder(rows, model.CredLinks.Compare)); err != nil {
			t.Fatal(err)
		}
		slices.Reverse(rows)
	}
	if !bytes.Equal(ordered.Bytes(), reversed.Bytes()) {
		t.Error("reversed rows made other bytes")
	}
	file, err := parquet.OpenFile(bytes.NewReader(ordered.Bytes()), int64(ordered.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if groups := file.RowGroups(); len(groups) != 2 || groups[0].NumRows() != rowGroupRows {
		t.Errorf("%d row groups, the first of %d rows", len(groups), groups[0].NumRows())
	}
}

func writeByMonth(d *Draft, rows []model.VacancySkill) error {
	months := map[model.Date][]model.VacancySkill{}
	for _, r := range rows {
		months[r.PostedMonth] = append(months[r.PostedMonth], r)
	}
	w := NewWriter(d, model.VacancySkills)
	var group sync.WaitGroup
	errs := make(chan error, len(months))
	for month, rows := range months {
		group.Go(func() { errs <- w.Partition(month, rows) })
	}
	group.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return w.Close()
}

func TestRowsContinueInTheNextFile(t *testing.T) {
	workspace := t.TempDir()
	d := begin(t, workspace, "s1")
	rows := make([]model.CredentialLink, fileRows+1)
	for i := range rows {
		rows[i].FromID = fmt.Sprintf("%07d", i)
	}
	slices.Reverse(rows)
	write(t, d, model.CredLinks, rows...)
	if rows[0].FromID != "0491520" {
		t.Error("the caller's rows were moved")
	}
	got := map[string]int64{}
	for _, f := range d.files {
		got[path.Base(f.Path)] = f.Rows
	}
	if want := map[string]int64{"data-0.parquet": fileRows, "data-1.parquet": 1}; !reflect.DeepEqual(got, want) {
		t.Errorf("files %v, want %v", got, want)
	}
	commit(t, d)
	db := open(t, workspace, Options{})
	if got := text(t, db, "SELECT from_id FROM credential_links LIMIT 1 OFFSET 491520"); got != "0491520" {
		t.Errorf("row 491520 is %s", got)
	}
	if got := text(t, db, "SELECT count(DISTINCT from_id) FROM credential_links"); got != "491521" {
		t.Errorf("%s rows", got)
	}
}

func TestWriteRefusals(t *testing.T) {
	november := model.NewDate(2020, 11, 1)
	skill := model.VacancySkill{PostedMonth: november, VacancyID: "v"}
	link := model.CredentialLink{FromID: "a"}
	cases := []struct {
		name  string
		write func(d *Draft) error
		want  string
	}{
		{"key twice", func(d *Draft) error { return Write(d, model.CredLinks, []model.CredentialLink{link, link}) }, ErrDuplicateKey.Error()},
		{"dataset twice", func(d *Draft) error {
			return errors.Join(Write(d, model.CredLinks, nil), Write(d, model.CredLinks, nil))
		}, "written already"},
		{"month twice", func(d *Draft) error {
			w := NewWriter(d, model.VacancySkills)
			return errors.Join(w.Partition(november, []model.VacancySkill{skill}), w.Partition(november, []model.VacancySkill{skill}))
		}, "exists"},
		{"row of another month", func(d *Draft) error {
			return NewWriter(d, model.VacancySkills).Partition(november+31, []model.VacancySkill{skill})
		}, "belongs to month 2020-11-01"},
		{"writer not closed", func(d *Draft) error {
			w := NewWriter(d, model.VacancySkills)
			err := w.Partition(november, []model.VacancySkill{skill})
			_, commit := d.Commit(Manifest{})
			return errors.Join(err, commit)
		}, "not complete"},
		{"commit after a failure", func(d *Draft) error {
			_ = Write(d, model.CredLinks, []model.CredentialLink{link, link})
			_, err := d.Commit(Manifest{})
			return err
		}, "not complete"},
		{"close after a failure", func(d *Draft) error {
			w := NewWriter(d, model.VacancySkills)
			_ = w.Partition(november, []model.VacancySkill{skill, skill})
			return w.Close()
		}, "has failed"},
		{"month of an unpartitioned dataset", func(d *Draft) error {
			return NewWriter(d, model.CredLinks).Partition(november, []model.CredentialLink{link})
		}, "belongs to month"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if err := c.write(begin(t, t.TempDir(), "s1")); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestFilesSayWhatTheyAre(t *testing.T) {
	workspace := t.TempDir()
	d := begin(t, workspace, "s1")
	if err := d.SetVersions(Versions{TaxonomyRelease: "ESCO v1.1.1", Taxonomy: "t1", Linker: "l1"}); err != nil {
		t.Fatal(err)
	}
	dir := commit(t, d)
	db := open(t, workspace, Options{})
	file := literal(filepath.Join(dir, "public", "skills", "data-0.parquet"))
	got := fmt.Sprint(texts(t, db, "SELECT decode(key), decode(value) FROM parquet_kv_metadata("+file+") ORDER BY ALL"))
	want := "[[skillsgap.dataset skills] [skillsgap.esco_release ESCO v1.1.1] [skillsgap.linker l1] [skillsgap.schema_version " + fmt.Sprint(model.SchemaVersion) + "] [skillsgap.taxonomy t1]]"
	if got != want {
		t.Errorf("metadata\n got %s\nwant %s", got, want)
	}
	if got := text(t, db, "SELECT created_by FROM parquet_file_metadata("+file+")"); got != "skillsgap version 1(build parquet-go)" {
		t.Errorf("created by %q", got)
	}
}
