package linker

import (
	"slices"
	"strings"
	"testing"
)

func TestSentenceLanguage(t *testing.T) {
	tests := []struct{ home, text, want string }{
		{"en", "You will work with the team in our office.", "en"},
		{"en", "Java, Python, SQL", "en"},
		{"en", "We work here. Vous êtes chargé de la gestion des stocks dans une équipe. Gestion, vente", "en fr fr"},
		{"en", "We work here. Sie sind für die Planung in der Abteilung zuständig. You like it.", "en de en"},
		{"en", "Doświadczenie na podobnym stanowisku oraz umiejętność pracy w zespole", "pl"},
		{"en", "Łódź, Częstochowa, Świnoujście", "pl"},
		{"de", "Wir suchen Sie für die Planung. You will work with the team in the office.", "de en"},
		{"sv", "Du har erfarenhet av att leda och du trivs med det.", "sv"},
		{"da", "Du har erfaring med at lede og trives med det.", "da"},
		{"pt", "Procuramos uma pessoa com experiência em vendas e que goste de aprender.", "pt"},
		{"es", "Buscamos una persona con experiencia en ventas y que le guste aprender.", "es"},
		{"it", "Cerchiamo una persona che abbia esperienza nelle vendite e che sia precisa.", "it"},
		{"nl", "Je hebt ervaring met de verkoop van fietsen en je bent klantgericht.", "nl"},
	}
	for _, tt := range tests {
		d := readWith(t, tt.home, tt.text)
		var got []string
		for _, s := range d.sentences {
			for language := range strings.FieldsSeq(tongueList) {
				if tongueOf(language) == s.language {
					got = append(got, language)
				}
			}
		}
		if !slices.Equal(got, strings.Fields(tt.want)) {
			t.Errorf("%s: %q is %q, want %q", tt.home, tt.text, got, tt.want)
		}
	}
}

func TestTongueOf(t *testing.T) {
	seen := tongues(0)
	for language := range strings.FieldsSeq(tongueList) {
		bit := tongueOf(language)
		if bit == 0 || seen&bit != 0 {
			t.Errorf("%s has the bit %b", language, bit)
		}
		seen |= bit
		classes, err := loadClasses(language)
		if err != nil || len(classes) == 0 {
			t.Errorf("words/%s.txt: %d words, %v", language, len(classes), err)
		}
	}
	for _, other := range []string{"", "e", "xx", "eng", " d", "a "} {
		if tongueOf(other) != 0 {
			t.Errorf("%q has a bit", other)
		}
	}
}
