package linker_test

import (
	"regexp"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// allPostings is more than the feed of real vacancies holds.
const allPostings = 1 << 20

// BenchmarkSentences links distinct real sentences one by one on one core: all
// that Link does, over the full English ESCO. allocs/op are those of the results;
// candidates are what Rank chooses from.
func BenchmarkSentences(b *testing.B) {
	l, _ := real(b, "v1.1.1")
	sentences := sentencesOf(vacancyTexts(b, allPostings))
	candidates, first := 0, sentences[:min(len(sentences), 2000)]
	for _, s := range first {
		l.Link(s, "en") // scratch memory grows
		candidates += len(l.Rank(s, "en", len(sentences)))
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	n, links := 0, 0
	b.ReportAllocs()
	for b.Loop() {
		links += len(l.Link(sentences[n%len(sentences)], "en"))
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "sentences/s")
	b.ReportMetric(float64(links)/float64(n), "links/op")
	b.ReportMetric(float64(candidates)/float64(len(first)), "candidates/sentence")
	b.ReportMetric(float64(len(sentences)), "distinct")
}

// BenchmarkVacancies links all real vacancies on two cores.
func BenchmarkVacancies(b *testing.B) {
	l, _ := real(b, "v1.1.1")
	texts := vacancyTexts(b, allPostings)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	runtime.GC() // what reading left behind is not the linker's
	peak := watchHeap(b)
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		var next atomic.Int64
		var workers sync.WaitGroup
		for range 2 {
			workers.Go(func() {
				for i := next.Add(1) - 1; int(i) < len(texts); i = next.Add(1) - 1 {
					l.Link(texts[i], "en")
				}
			})
		}
		workers.Wait()
		n += len(texts)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "vacancies/s")
	b.ReportMetric(float64(peak())/(1<<20), "peak-heap-MiB")
}

var sentenceEnd = regexp.MustCompile(`[.!?;]\s+|\n`)

// sentencesOf cuts texts into sentences, each once, roughly as the linker does.
func sentencesOf(texts []string) []string {
	var sentences []string
	seen := map[string]bool{}
	for _, text := range texts {
		for _, s := range sentenceEnd.Split(text, -1) {
			if s = strings.TrimSpace(s); s != "" && !seen[s] {
				seen[s] = true
				sentences = append(sentences, s)
			}
		}
	}
	return sentences
}

// watchHeap returns a function that stops watching and says how many bytes the
// heap held at most, with taxonomy, model, texts and what was not yet collected.
func watchHeap(b *testing.B) func() uint64 {
	b.Helper()
	stop, done := make(chan struct{}), make(chan uint64)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		var peak uint64
		for {
			metrics.Read(sample)
			peak = max(peak, sample[0].Value.Uint64())
			select {
			case <-stop:
				done <- peak
				return
			case <-tick.C:
			}
		}
	}()
	return func() uint64 { close(stop); return <-done }
}
