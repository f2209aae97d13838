package warehouse

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// BenchmarkWrite writes 500,000 gaps of twelve months, in and out of order.
func BenchmarkWrite(b *testing.B) {
	rows := gapRows(500_000)
	b.Run("ordered", func(b *testing.B) { benchmarkWrite(b, rows) })
	shuffled := make([]model.SkillGap, len(rows))
	for i, j := range rand.New(rand.NewPCG(3, 4)).Perm(len(rows)) {
		shuffled[i] = rows[j]
	}
	b.Run("shuffled", func(b *testing.B) { benchmarkWrite(b, shuffled) })
}

func benchmarkWrite(b *testing.B, rows []model.SkillGap) {
	for b.Loop() {
		d := begin(b, b.TempDir(), "bench")
		write(b, d, model.SkillGaps, rows...)
		if err := d.Abort(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(rows)*b.N)/b.Elapsed().Seconds(), "rows/s")
}

// gapRows makes rows in the order of their keys: months x regions (100
// occupations x 40 skills).
func gapRows(n int) []model.SkillGap {
	random := rand.New(rand.NewPCG(1, 2))
	rows := make([]model.SkillGap, n)
	for i := range rows {
		month, cell := i*12/n, i%((n+11)/12)
		d, s := random.Float64(), random.Float64()
		gap, low, high, ratio := d-s, d-s-0.1, d-s+0.1, random.NormFloat64()
		places, openings := float64(random.Int64N(500)), float64(1+random.Int64N(900))
		perOpening := places / openings
		rows[i] = model.SkillGap{
			CellKey: model.CellKey{
				Month: model.NewDate(2020, 1, 1).AddMonths(month), Period: "12m",
				RegionCode: fmt.Sprintf("IE%02d", cell/4000), RegionLevel: 2,
				OccupationCode: fmt.Sprintf("%04d", cell/40%100), OccupationLevel: "isco4", NACESection: model.Total,
			},
			SkillURI:    fmt.Sprintf("http://data.europa.eu/esco/skill/%08x-4a6b-4f6c-8a0e-%012x", cell%40, cell/40%100),
			DemandShare: d, SupplyShare: &s, ShareGap: &gap, GapLow: &low, GapHigh: &high, LogRatio: &ratio,
			YearlyPlaces: &places, YearlyOpenings: &openings, PlacesPerOpening: &perOpening,
			Green: i%11 == 0, Digital: i%5 == 0,
		}
	}
	return rows
}
