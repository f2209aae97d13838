package warehouse

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

func TestExportParquet(t *testing.T) {
	workspace := t.TempDir()
	d := begin(t, workspace, "s1")
	november, december := model.NewDate(2020, 11, 1), model.NewDate(2020, 12, 1)
	write(t, d, model.VacancySkills,
		model.VacancySkill{PostedMonth: november, VacancyID: "a", Score: 1234},
		model.VacancySkill{PostedMonth: december, VacancyID: "b", Score: 5678})
	commit(t, d)
	db := open(t, workspace, Options{})
	path := filepath.Join(t.TempDir(), "it's.parquet")
	for range 2 { // also over a file that is there
		if err := db.ExportParquet(context.Background(), "vacancy_skills", path); err != nil {
			t.Fatal(err)
		}
	}
	type row struct {
		PostedMonth model.Date  `parquet:"posted_month,date"`
		VacancyID   string      `parquet:"vacancy_id"`
		Score       model.Score `parquet:"score,decimal(4:5)"`
	}
	rows, err := parquet.ReadFile[row](path)
	if err != nil {
		t.Fatal(err)
	}
	if want := (row{december, "b", 5678}); len(rows) != 2 || rows[1] != want {
		t.Errorf("got %v, want %v last", rows, want)
	}
	for _, name := range []string{"rejects", "nothing"} {
		if err := db.ExportParquet(context.Background(), name, path); err == nil {
			t.Errorf("exported %s", name)
		}
	}
}
