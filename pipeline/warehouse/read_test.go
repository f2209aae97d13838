package warehouse

import (
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

func TestReadDraft(t *testing.T) {
	d := begin(t, t.TempDir(), "s1")
	rows := gapRows(12_000) // 1,000 a month
	write(t, d, model.SkillGaps, rows...)
	write(t, d, model.Regions, model.Region{RegionCode: "IE"})
	var got []model.SkillGap
	err := ReadDraft(d, model.SkillGaps.Info, func(month model.Date, read []model.SkillGap) error {
		for i := range read {
			read[i].Month = month
		}
		got = append(got, read...)
		return nil
	})
	runtime.GC() // rows must not live in the file's buffers
	if err != nil || !reflect.DeepEqual(got, rows) {
		t.Errorf("read %d rows, %v; want the %d written", len(got), err, len(rows))
	}
	var regions []model.Region
	err = ReadDraft(d, model.Regions.Info, func(month model.Date, read []model.Region) error {
		if month != 0 {
			t.Errorf("month %v of a dataset without partitions", month)
		}
		regions = read
		return nil
	})
	if want := []model.Region{{RegionCode: "IE"}}; err != nil || !reflect.DeepEqual(regions, want) {
		t.Errorf("read %v, %v", regions, err)
	}
	err = ReadDraft(d, model.Skills.Info, func(model.Date, []model.Skill) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "not written yet") {
		t.Errorf("dataset that is not written: %v", err)
	}
}

func TestTheTenthFileFollowsTheNinth(t *testing.T) {
	files := []File{{Path: "public/a/month=2020-02-01/data-0.parquet"}, {Path: "public/a/month=2020-01-01/data-10.parquet"}, {Path: "public/a/month=2020-01-01/data-9.parquet"}}
	slices.SortFunc(files, byKey)
	if files[0].Path != "public/a/month=2020-01-01/data-9.parquet" || files[2].Path != "public/a/month=2020-02-01/data-0.parquet" {
		t.Errorf("order %v", files)
	}
}
