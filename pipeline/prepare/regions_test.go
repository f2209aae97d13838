package prepare

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/skillsgap/skillsgap/data"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

func codeLists(t testing.TB) *Regions {
	r, err := LoadRegions(data.Reference)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestLocate(t *testing.T) {
	r := codeLists(t)
	for _, c := range []struct {
		place  source.Place
		code   string
		method string
	}{
		{source.Place{RegionCode: "UKJ32"}, "UKJ32", "code"},
		{source.Place{RegionCode: "http://data.europa.eu/nuts/code/DE21"}, "DE21", "code"},
		{source.Place{RegionCode: "TLJ32"}, "UKJ32", "code"}, // ITL
		{source.Place{RegionCode: "HR041"}, "HR0", "code"},   // older vintage
		{source.Place{RegionCode: "EL"}, "GR", "code"},       // NUTS's own country code
		{source.Place{RegionCode: "ukj32"}, "UKJ32", "code"},
		{source.Place{RegionCode: "DE-BY"}, "DE", "code"},
		{source.Place{RegionCode: "DEVON"}, "", ""},
		{source.Place{RegionCode: "Frankfurt"}, "", ""},
		{source.Place{RegionCode: "SEATTLE"}, "", ""},
		{source.Place{RegionCode: "DECOR"}, "", ""},
		{source.Place{RegionCode: "Devon", Country: "GB"}, "UKK4", "name"},
		{source.Place{RegionCode: "SEATTLE", Country: "US"}, "US", "country"},
		{source.Place{Region: "IE06"}, "IE06", "code"},
		{source.Place{Region: "IE06", Country: "Ireland", Locality: "Dublin"}, "IE06", "code"},
		{source.Place{Region: "IE06", Country: "GB"}, "GB", "country"},
		{source.Place{RegionCode: "DE21", Country: "FR"}, "FR", "country"}, // contradicts the country
		{source.Place{RegionCode: "UKC", FromConstant: true}, "UKC", "constant"},
		{source.Place{Country: "United Kingdom", Locality: "Southampton General Hospital, Southampton"}, "UKJ32", "name"},
		{source.Place{Country: "GB", Locality: "LEEDS"}, "UKE42", "name"},
		{source.Place{Country: "GB", Locality: "Nottingham NG7 2UH"}, "UKF14", "name"},
		{source.Place{Country: "UK", Locality: "Manchester UK"}, "UKD33", "name"},
		{source.Place{Country: "GB", Locality: "Newport, Shropshire"}, "UKG22", "name"},
		{source.Place{Country: "GB", Locality: "Poole Hospital, Poole, Dorset"}, "UKK2", "name"},
		{source.Place{Country: "GB", Locality: "Leeds, Bristol"}, "GB", "country"}, // two places
		{source.Place{Country: "GB", Locality: "West Sussex"}, "UKJ2", "name"},     // two regions of one name
		{source.Place{Country: "GB", Locality: "Atlantis"}, "GB", "country"},
		{source.Place{Country: "GB", Locality: "Leeds Road, Atlantis"}, "GB", "country"},
		{source.Place{Country: "Scotland"}, "UKM", "name"},
		{source.Place{Country: "GB", CountryFromConstant: true}, "GB", "constant"},
		{source.Place{Country: "PL", Locality: "Krużlowa Wyżna, nowosądecki, małopolskie"}, "PL218", "name"},
		{source.Place{Country: "PL", Locality: "Warszawa, m.st. Warszawa, mazowieckie"}, "PL911", "name"},
		{source.Place{Country: "Polska", Locality: "Gdańsk pomorskie"}, "PL633", "name"},
		{source.Place{Country: "PL", Locality: "Mielec podkarpackie"}, "PL82", "name"},
		{source.Place{Country: "PL", Locality: "Jabłonowo Pomorskie"}, "PL", "country"}, // a town elsewhere
		{source.Place{Country: "PL", Locality: "zachodnio-pomorskie"}, "PL42", "name"},
		{source.Place{Country: "GB", Locality: "Derriford Road Plymouth Devon PL6 8BG"}, "UKK4", "name"},
		{source.Place{Country: "GB", Locality: "Wakefield West Yorkshire"}, "UKE45", "name"},
		{source.Place{Country: "GB", Locality: "Leeds or London"}, "GB", "country"},
		{source.Place{Country: "DEU", Locality: "Munchen"}, "DE21", "name"},
		{source.Place{Country: "DE", Locality: "Frankfurt"}, "DE", "country"}, // am Main or (Oder)
		{source.Place{Country: "FR", Locality: "Lyon", Region: "Auvergne-Rhône-Alpes"}, "FRK26", "name"},
		{source.Place{Country: "NL", Region: "Limburg"}, "NL42", "name"},
		{source.Place{Country: "IE", Locality: "Galway"}, "IE042", "name"},
		{source.Place{Country: "ES", Locality: "Luxembourg"}, "ES", "country"},
		{source.Place{Country: "LU", Locality: "Luxembourg"}, "LU", "country"},
		{source.Place{Locality: "Graz, Österreich"}, "AT221", "name"},
		{source.Place{Country: "US", Locality: "Boston"}, "US", "country"},
		{source.Place{Locality: "Leeds"}, "", ""},
		{source.Place{}, "", ""},
	} {
		at := r.locate(c.place)
		if at.region.RegionCode != c.code || at.method != c.method {
			t.Errorf("locate(%+v) = %s by %s, want %s by %s", c.place, at.region.RegionCode, at.method, c.code, c.method)
		}
		if c.code == "" && at.region.RegionLevel != -1 {
			t.Errorf("locate(%+v) has level %d", c.place, at.region.RegionLevel)
		}
	}
}

func TestAncestors(t *testing.T) {
	r := codeLists(t)
	for code, want := range map[string][]string{
		"UKJ32": {"GB", "UKJ", "UKJ3", "UKJ32"}, "EL3": {"GR", "EL3"}, "PL": {"PL"}, "XX1": nil, "": nil,
	} {
		if got := r.Ancestors(code); !slices.Equal(got, want) {
			t.Errorf("Ancestors(%s) = %v, want %v", code, got, want)
		}
	}
}

func TestRows(t *testing.T) {
	r := codeLists(t)
	if !slices.IsSortedFunc(r.Rows(), func(a, b model.Region) int { return strings.Compare(a.RegionCode, b.RegionCode) }) {
		t.Error("rows are not ordered by code")
	}
	for _, row := range r.Rows() {
		if path := r.Ancestors(row.RegionCode); len(path) != int(row.RegionLevel)+1 || path[0] != row.Country || row.Label == "" {
			t.Errorf("region %+v has the path %v", row, path)
		}
	}
}

func TestLoadRegionsErrors(t *testing.T) {
	for name, fsys := range map[string]fstest.MapFS{
		"missing": {},
		"level": {"reference/countries.csv": {Data: []byte("a;b;c\nDE;DEU;Germany\n")},
			"reference/regions.csv": {Data: []byte("a;b;c;d;e;f\nDE1;NUTS2021;x;DE;DE;y\n")}},
		"parent": {"reference/countries.csv": {Data: []byte("a;b;c\nDE;DEU;Germany\n")},
			"reference/regions.csv": {Data: []byte("a;b;c;d;e;f\nFR1;NUTS2021;1;FR;FR;y\n")}},
		"empty": {"reference/countries.csv": {Data: []byte("a;b;c\n")}},
	} {
		if _, err := LoadRegions(fsys); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestCodes(t *testing.T) {
	r := codeLists(t)
	for _, c := range []struct {
		what     string
		code     func(string) string
		in, want string
	}{
		{"country", r.countryCode, "UK", "GB"},
		{"country", r.countryCode, "EL", "GR"},
		{"country", r.countryCode, "DEU", "DE"},
		{"country", r.countryCode, "Côte d'Ivoire", "CI"},
		{"country", r.countryCode, "États-Unis", "US"},
		{"country", r.countryCode, "United States", "US"},
		{"country", r.countryCode, "Suomi", "FI"},
		{"country", r.countryCode, "http://publications.europa.eu/resource/authority/country/POL", "PL"},
		{"country", r.countryCode, "Narnia", ""},
		{"language", r.languageCode, "English", "en"},
		{"language", r.languageCode, "en-US", "en"},
		{"language", r.languageCode, "pt_BR", "pt"},
		{"language", r.languageCode, "Deutsch", "de"},
		{"language", r.languageCode, "svenska", "sv"},
		{"language", r.languageCode, "Portuguese (Brazil)", "pt"},
		{"language", r.languageCode, "Klingon", ""},
		{"currency", r.currencyCode, "US Dollar", "USD"},
		{"currency", r.currencyCode, "Euro", "EUR"},
		{"currency", r.currencyCode, "€", "EUR"},
		{"currency", r.currencyCode, "zł", "PLN"},
		{"currency", r.currencyCode, "GBP", "GBP"},
		{"currency", r.currencyCode, "KZT", "KZT"},
		{"currency", r.currencyCode, "shells", ""},
		{"isco", r.iscoCode, "2221", "2221"},
		{"isco", r.iscoCode, "C2221", "2221"},
		{"isco", r.iscoCode, "2221.1", "2221"},
		{"isco", r.iscoCode, "http://data.europa.eu/esco/isco/C2221", "2221"},
		{"isco", r.iscoCode, "2294", ""},
		{"isco", r.iscoCode, "222", ""},
		{"nace", r.naceCode, "Q", "Q"},
		{"nace", r.naceCode, "Q86.10", "86.10"},
		{"nace", r.naceCode, "86.1", "86.1"},
		{"nace", r.naceCode, "8610", "86.10"},
		{"nace", r.naceCode, "62.01.Z", "62.01"},
		{"nace", r.naceCode, "A86", ""},
		{"nace", r.naceCode, "q", "Q"},
		{"nace", r.naceCode, "C10", "10"},
		{"nace", r.naceCode, "IT", ""},
		{"nace", r.naceCode, "HR", ""},
		{"nace", r.naceCode, "AI", ""},
		{"nace", r.naceCode, "PR", ""},
		{"nace", r.naceCode, "86A", ""},
		{"nace", r.naceCode, "86.1A", ""},
		{"nace", r.naceCode, "34", ""},
		{"nace", r.naceCode, "Healthcare", ""},
		{"section", r.NACESection, "86.10", "Q"},
		{"section", r.NACESection, "Q", "Q"},
		{"section", r.NACESection, "34", ""},
	} {
		if got := c.code(c.in); got != c.want {
			t.Errorf("%s of %q is %q, want %q", c.what, c.in, got, c.want)
		}
	}
}
