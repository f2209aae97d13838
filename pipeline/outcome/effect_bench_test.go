package outcome_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/outcome"
)

// A comparison with the default number of draws; beyond 20,000 persons the
// interval is computed.
func BenchmarkCompare(b *testing.B) {
	for _, persons := range []int{500, 5_000, 50_000} {
		w := world{persons: persons}
		s := w.draw(rand.New(rand.NewPCG(1, 2)))
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("persons=%d/workers=%d", persons, workers), func(b *testing.B) {
				for b.Loop() {
					if _, err := outcome.Compare(context.Background(), s, outcome.Options{Workers: workers}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
