package contact_test

import (
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/source/contact"
	"pgregory.net/rapid"
)

func TestRemove(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain text", "Provide care to patients.\nWork in a team.", "Provide care to patients.\nWork in a team."},
		{"sentence with address", "You will lead. Questions: ann.lee@example.org. Good pay is offered to everyone who joins us here, with leave and a pension on top of it.",
			"You will lead. Good pay is offered to everyone who joins us here, with leave and a pension on top of it."},
		{"disguised address", "Write to ann (at) example (dot) org today", ""},
		{"spaces around @", "ann.lee @ example.org", ""},
		{"handle stays", "Follow us @exampletrust", "Follow us @exampletrust"},
		{"labels glued by markup", "Care plans\nNameAnn LeeJob titleWard ManagerEmail addressann.lee@example.orgTelephone number0161 496 0123", "Care plans"},
		{"block", "Apply now\nFor further details / informal visits contact:\nAnn Lee\nWard Manager\nann.lee@example.org\nWe value diversity and teamwork.",
			"Apply now\nWe value diversity and teamwork."},
		{"lead-in and name", "For an informal discussion please contact Mrs Ann Lee, Ward Manager.", ""},
		{"Polish", "Dobra praca. Prosimy o kontakt telefoniczny z Panem Kowalskim", "Dobra praca."},
		{"German", "Ihre Ansprechpartnerin: Frau Müller", ""},
		{"French", "Merci de contacter Mme Durand au 01 23 45 67 89", ""},
		{"name above a number", "Nursing duties\nAnn Lee - Team Manager\n01632 960 123", "Nursing duties"},
		{"several numbers", "Ring the team on 01632 960758/960936/960367 for more", ""},
		{"titled line", "Surgery\nDr Ann Lee, Consultant", "Surgery"},
		{"Polish label", "Praca w Łodzi.\nNumer telefonu:24 312-45-91", "Praca w Łodzi."},
		{"Polish call", "Szukamy kucharza. Zadzwoń 600-123-456!", "Szukamy kucharza."},
		{"Polish contact person", "Szukamy kucharza. Osoba do kontaktu: Anna Nowak", "Szukamy kucharza."},
		{"German label", "Wir suchen einen Koch. Auch telefonisch 4961230", "Wir suchen einen Koch."},
		{"Nordic label", "Vi söker en kock. Tfn 496123", "Vi söker en kock."},
		{"encouraged to contact", "You cook. Candidates are encouraged to contact Dr Ann Lee.", "You cook."},
		{"can also contact", "You cook. You can also contact Matron Ann Lee", "You cook."},
		{"made with", "You cook. Informal enquiries should be made with:- Mr Ann Lee", "You cook."},
		{"recruiter is", "You cook. Your recruiter is Ann Lee", "You cook."},
		{"contact with departments is work", "You can contact Finance Teams and GP Practices.", "You can contact Finance Teams and GP Practices."},
		{"one paragraph", "We look for someone who can install heat pump. Call Jo on +353 1 234 5678 today.", "We look for someone who can install heat pump."},
		{"sentence after the contact", "Call Jo on +353 1 234 5678. You cook and clean.", "You cook and clean."},
		{"person beside the number", "Ann Lee, Ward Manager. 01632 960 123", ""},
		{"number after a dash", "Sr Lee, L5 - 01632960123", ""},
		{"space after plus", "Lee\n+ 44 (0)1632 960 123", "Lee"},
		{"round amounts", "120 000 000 zł, 10 000 - 20 000", "120 000 000 zł, 10 000 - 20 000"},
		{"grouped reference", "Reference 123-456-789", "Reference 123-456-789"},
		{"grouped price", "123 456 789 EUR", "123 456 789 EUR"},
		{"Polish postcode", "00-896 Warszawa", "00-896 Warszawa"},
		{"contacted by", "You will be contacted by Ann Lee, the recruiter.", ""},
		{"extension", "Ann Lee 01632 960123 ext 3448", ""},
		{"contact centre is work", "You run the Contact Centre Operations team.", "You run the Contact Centre Operations team."},
		{"first point of contact", "Be the first point of contact for North Lane Surgery.", "Be the first point of contact for North Lane Surgery."},
		{"salary", "£28,333.20 - £34,510 per annum", "£28,333.20 - £34,510 per annum"},
		{"Polish salary", "10 000 - 20 000 zł netto", "10 000 - 20 000 zł netto"},
		{"dates", "From 01.09.2021 to 31.12.2021, 2020-11-30", "From 01.09.2021 to 31.12.2021, 2020-11-30"},
		{"times", "Shifts 07:30 - 20:00, 0900-1700", "Shifts 07:30 - 20:00, 0900-1700"},
		{"postcode", "Oxford OX3 9DU", "Oxford OX3 9DU"},
		{"reference", "Reference number: 0123456789", "Reference number: 0123456789"},
		{"code", "Vacancy AB0123456789", "Vacancy AB0123456789"},
		{"registered charity", "Registered charity no. 0212345678", "Registered charity no. 0212345678"},
		{"years", "2019-2020 budget of 250000", "2019-2020 budget of 250000"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := contact.Remove(c.in); got != c.want {
				t.Errorf("Remove(%q)\n got %q\nwant %q", c.in, got, c.want)
			}
		})
	}
}

func TestPhone(t *testing.T) {
	for _, number := range []string{
		"+44 20 7946 0958", "+48123456789", "(020) 7946 0958", "020 7946 0958", "07700 900123", "07700900123", "0203 299 7434",
		"0033 1 23 45 67 89", "030/1234567", "0711-1234567", "06-12345678", "Tel: 123 456 789", "call 5555123", "01 23 45 67 89",
		"08-123 456 78", "600 123 456", "600-123-456", "24 312-45-91", "24 312 45 91", "555-010-9999", "(555) 010-9999", "555.010.9999",
		"Telefon: 24 312 45", "Telefonnummer 4961230", "+ 44 1632 960123", "+1 (555) 010-9999",
	} {
		if _, _, ok := contact.Phone("x " + number + " y"); !ok {
			t.Errorf("Phone(%q) found nothing", number)
		}
	}
}

func TestNoTokenSurvives(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"ann.lee@example.org", "a@b.cc", "x (at) y.org", "01632 960123", "+44 1632 960 123", "please contact", "Ann Lee", "Mrs Lee",
		". ", "\n", " ", "@", ":", "(at)", "Tel", "£28,000", "Nurse", "ż", "0", "care plans", "For details contact:", "é@ü.de", "..",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 30).Draw(t, "text"), rapid.SampledFrom([]string{"", " "}).Draw(t, "glue"))
		checkRemoved(t, text)
	})
}

func checkRemoved(t interface{ Fatalf(string, ...any) }, text string) {
	for _, got := range []string{contact.Remove(text), contact.RemoveTokens(text)} {
		checkClean(t, got)
	}
}

func checkClean(t interface{ Fatalf(string, ...any) }, got string) {
	if s, e, ok := contact.Email(got); ok {
		t.Fatalf("address %q survives in %q", got[s:e], got)
	}
	if s, e, ok := contact.Phone(got); ok {
		t.Fatalf("number %q survives in %q", got[s:e], got)
	}
}

func FuzzRemove(f *testing.F) {
	f.Add("For details contact: Ann Lee\nann@example.org")
	f.Add("a (at) b.org \xff 01632 960123")
	f.Fuzz(func(t *testing.T, text string) { checkRemoved(t, text) })
}
