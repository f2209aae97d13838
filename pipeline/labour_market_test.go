package pipeline

import (
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// TestLastOfMonth: a year of openings is whole on the last day of its last month alone.
func TestLastOfMonth(t *testing.T) {
	for date, want := range map[string]bool{
		"2026-06-30": true, "2026-06-29": false, "2026-06-02": false, "2026-07-01": false,
		"2025-12-31": true, "2024-02-28": false, "2024-02-29": true, "2025-02-28": true,
	} {
		day, err := model.ParseDate(date)
		if err != nil {
			t.Fatal(err)
		}
		if got := lastOfMonth(day); got != want {
			t.Errorf("%s: %t, want %t", date, got, want)
		}
	}
}
