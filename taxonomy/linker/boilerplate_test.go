package linker

import (
	"bytes"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"
)

const (
	proud    = "We are proud of the beach and of the harbour."
	commute  = "The house stands beside the old railway bridge."
	demanded = "Excellent communication skills are required."
	rare     = "We are proud of the lighthouse and its keepers."
)

// sameAds returns as many advertisements that repeat themselves, of as many
// employers.
func sameAds(documents, employers int) []Document {
	var all []Document
	for i := range documents {
		text := fmt.Sprintf("Advertisement %c%c\n%s\n%s\n%s\n%s", 'a'+i%26, 'a'+i/26, proud, commute, demanded, proud)
		if i == 0 {
			text += "\n" + rare
		}
		all = append(all, Document{Text: text, Language: "en-GB", Employer: fmt.Sprint("employer ", i%employers)})
	}
	return all
}

func learnt(t *testing.T, documents iter.Seq[Document]) *Boilerplate {
	t.Helper()
	b, err := LearnBoilerplate(documents)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func hasSentence(t *testing.T, b *Boilerplate, text string) bool {
	t.Helper()
	return b.has(readWith(t, "en", text).sentences[0].hash)
}

func TestLearnBoilerplate(t *testing.T) {
	tests := []struct {
		documents, employers int
		want                 bool
	}{{repeatedDocuments, 1, true}, {repeatedDocuments - 1, 1, false}, {repeatedAcross, repeatedAcross, true}, {repeatedAcross - 1, repeatedAcross - 1, false}}
	for _, tt := range tests {
		b := learnt(t, slices.Values(sameAds(tt.documents, tt.employers)))
		for _, text := range []string{proud, commute, "PROUD of the beach, and of harbour"} {
			want := tt.want && text[0] != 'P'
			if got := hasSentence(t, b, text); got != want {
				t.Errorf("%d documents of %d employers: %q is boilerplate: %v, want %v", tt.documents, tt.employers, text, got, want)
			}
		}
		if hasSentence(t, b, demanded) || hasSentence(t, b, rare) {
			t.Errorf("%d documents of %d employers: what is asked for, or rare, is boilerplate", tt.documents, tt.employers)
		}
	}
}

func TestBoilerplateOrder(t *testing.T) {
	all := append(sameAds(12, 3), sameAds(40, 9)...)
	want, _ := learnt(t, slices.Values(all)).AppendBinary(nil)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	got, _ := learnt(t, slices.Values(all)).AppendBinary(nil)
	if !bytes.Equal(got, want) || len(got) < 10 {
		t.Errorf("another order gives another set: %x and %x", got, want)
	}
}

func TestBoilerplateBinary(t *testing.T) {
	b := learnt(t, slices.Values(sameAds(20, 4)))
	data, err := b.AppendBinary([]byte("before"))
	if err != nil {
		t.Fatal(err)
	}
	data = append(data, "after"...)
	again, rest, err := DecodeBoilerplate(data[len("before"):])
	if err != nil || string(rest) != "after" || !slices.Equal(again.hashes, b.hashes) || !slices.Equal(again.counts, b.counts) || again.Len() == 0 {
		t.Errorf("decoded %+v, %q, %v", again, rest, err)
	}
	damaged := [][]byte{nil, {1}, {1, 5}, {2, 5, 1, 0x80}, bytes.Repeat([]byte{0xff}, 20), {2, 9, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 1}}
	for _, data := range damaged {
		if _, _, err := DecodeBoilerplate(data); err == nil {
			t.Errorf("%x decodes", data)
		}
	}
}

// TestHashWithoutNames checks that names do not change the hash of a sentence, for
// boilerplate is learnt without them.
func TestHashWithoutNames(t *testing.T) {
	x, err := newLexicon("en")
	if err != nil {
		t.Fatal(err)
	}
	x.add("IT", nil)
	x.add("beach", nil)
	x.seal()
	text := "We look after IT on the beach in 2020."
	d := &document{}
	d.read(x, text)
	got := d.sentences[0].hash
	for _, other := range []string{text, "We look after IT, on a beach in 1999!"} {
		if want := readWith(t, "en", other).sentences[0].hash; got != want {
			t.Errorf("%q has the hash %x, without names %q has %x", text, got, other, want)
		}
	}
	if got == readWith(t, "en", "We look after IT on the hill in 2020.").sentences[0].hash {
		t.Error("another sentence has the same hash")
	}
}

// TestBoilerplateGates reads a text with boilerplate in it.
func TestBoilerplateGates(t *testing.T) {
	x := sealed(t, "en")
	d := &document{}
	read := func() (repeated []bool) {
		d.read(x, proud+"\n"+demanded+"\n"+commute)
		d.markContext(x)
		for i := range d.sentences {
			repeated = append(repeated, d.sentences[i].repeated)
		}
		return repeated
	}
	if got := read(); slices.Contains(got, true) {
		t.Errorf("nothing was learnt, and %v are boilerplate", got)
	}
	x.boilerplate = learnt(t, slices.Values(sameAds(20, 4)))
	if got := read(); !slices.Equal(got, []bool{true, false, true}) {
		t.Errorf("boilerplate: %v", got)
	}
}
