package linker

import "testing"

// TestNoAllocationPerSentence links with warm scratch memory.
func TestNoAllocationPerSentence(t *testing.T) {
	x := crafts()
	texts := []string{
		"Knowledge of beekeeping, glass engraving and stone engraving. You will have experience of the engraving of thin glass; violin making.",
		"Requirements:\n- lutherie\n- no glass blowing needed\n- engraving of stones and glass pipes\nWHAT WE OFFER: honey",
		"KNOWLEDGE OF GLASS ENGRAVING REQUIRED. Née à Łódź: beekeeping, 5 years.",
	}
	m := trained(t, x, texts...)
	for name, model := range map[string]*Model{"without a model": nil, "with a model": m} {
		_, ix := linkerOf(t, x, model)
		w := &worker{}
		for _, text := range texts {
			w.link(ix, text, 0)
			if len(w.links) == 0 {
				t.Fatalf("%s: nothing is found in %q", name, text)
			}
			if n := testing.AllocsPerRun(20, func() { w.link(ix, text, 0) }); n != 0 {
				t.Errorf("%s: %v allocations for %q", name, n, text)
			}
		}
	}
}
