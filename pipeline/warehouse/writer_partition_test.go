package warehouse

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// inPieces writes one month in pieces of the sizes that size returns.
func inPieces(d *Draft, rows []model.VacancySkill, size func() int) error {
	w := NewWriter(d, model.VacancySkills)
	p, err := w.Open(rows[0].PostedMonth)
	if err != nil {
		return err
	}
	for len(rows) > 0 {
		n := min(size(), len(rows))
		piece := append([]model.VacancySkill(nil), rows[:n]...)
		if err := p.Write(piece); err != nil {
			return err
		}
		clear(piece) // it belongs to the caller
		rows = rows[n:]
	}
	if err := p.Close(); err != nil {
		return err
	}
	return w.Close()
}

// TestPiecesMakeTheSameFiles writes a month piece by piece, and compares sizes and
// hashes of its files, of which there are two, with those of the whole.
func TestPiecesMakeTheSameFiles(t *testing.T) {
	workspace := t.TempDir()
	rows := make([]model.VacancySkill, fileRows+3*batchRows/2)
	for i := range rows {
		rows[i].PostedMonth = model.NewDate(2020, 1, 1)
		rows[i].VacancyID = fmt.Sprintf("%08d", i)
		rows[i].SkillURI = fmt.Sprint(i % 7)
	}
	want := files(t, workspace, func(d *Draft) error { return Write(d, model.VacancySkills, rows) })
	if len(want) != 2 {
		t.Fatalf("files %v, want two", want)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for name, size := range map[string]func() int{
		"a batch and a bit": func() int { return batchRows + 1 },
		"any":               func() int { return random.IntN(3 * batchRows) },
		"a file":            func() int { return fileRows },
	} {
		if got := files(t, workspace, func(d *Draft) error { return inPieces(d, rows, size) }); !reflect.DeepEqual(got, want) {
			t.Errorf("pieces of %s:\n got %v\nwant %v", name, got, want)
		}
	}
}

func TestPiecesMustFollowEachOther(t *testing.T) {
	january, february := model.NewDate(2020, 1, 1), model.NewDate(2020, 2, 1)
	row := func(id string, month model.Date) model.VacancySkill {
		return model.VacancySkill{PostedMonth: month, VacancyID: id}
	}
	for _, c := range []struct {
		name          string
		before, after model.VacancySkill
		want          string
	}{
		{"the same key", row("a", january), row("a", january), ErrDuplicateKey.Error()},
		{"a smaller key", row("b", january), row("a", january), "not in the order of their primary key"},
		{"another month", row("a", january), row("b", february), "belongs to month 2020-02-01"},
	} {
		d := begin(t, t.TempDir(), "s1")
		w := NewWriter(d, model.VacancySkills)
		p, err := w.Open(january)
		if err != nil {
			t.Fatal(err)
		}
		err = errors.Join(p.Write([]model.VacancySkill{c.before}), p.Write([]model.VacancySkill{c.after}))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
		if err := p.Close(); err == nil {
			t.Errorf("%s: the month was closed without an error", c.name)
		}
		if err := w.Close(); err == nil {
			t.Errorf("%s: the dataset was closed without an error", c.name)
		}
	}
}

// TestAnOpenMonthIsNoDataset: a month that nobody has closed lacks its last rows.
func TestAnOpenMonthIsNoDataset(t *testing.T) {
	d := begin(t, t.TempDir(), "s1")
	w := NewWriter(d, model.VacancySkills)
	p, err := w.Open(model.NewDate(2020, 1, 1))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err == nil || !strings.Contains(err.Error(), "not closed") {
		t.Errorf("error %v, want that a partition is not closed", err)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}
