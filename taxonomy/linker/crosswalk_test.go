package linker_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// crosswalkTable sets national occupations beside those of the small taxonomy. The
// country sees medical secretaries among nurses, and has groups of its own.
const crosswalkTable = "\ufeff" + `nr;esco;esco name;code;name
1;http://example.org/occupation/00;pielęgniarka;222101;Pielęgniarka ogólna
2;http://example.org/occupation/02;opiekun medyczny;532102;Opiekun medyczny
3;http://example.org/occupation/03;sekretarka medyczna;222190;Rejestratorka medyczna
4;http://example.org/occupation/05;konsultant ICT;228101;Doradca informatyczny
5;;;242101;Doradca biznesowy
6;;;999999;Astronauta
`

var crosswalkColumns = linker.CrosswalkColumns{Name: "name", Code: "code", Occupation: "esco", OccupationName: "esco name"}

func readSmallCrosswalk(t *testing.T) linker.Crosswalk {
	t.Helper()
	c, err := linker.ReadCrosswalk(strings.NewReader(crosswalkTable), "pl", ";", crosswalkColumns)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestClassifyByCrosswalk(t *testing.T) {
	x, c := smallTaxonomy(), readSmallCrosswalk(t)
	if err := c.Check(x); err != nil {
		t.Fatal(err)
	}
	l, err := linker.New(x, nil, c)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		title, isco string
		occupation  int32
	}{
		{"Pielęgniarka", "2221", 0},
		{"Pielęgniarki", "2221", 0},                    // inflected
		{"PIELĘGNIARKA / PIELĘGNIARZ", "2221", 0},      // both genders
		{"Opiekunka medyczna", "5321", 2},              // the other gender
		{"Rejestratorka medyczna", "2221", -1},         // the code's group is not the occupation's
		{"Doradca informatyczny", "2511", 5},           // the code's digits are no group: that of the occupation
		{"Młodszy doradca biznesowy", "2421", -1},      // only the group is known
		{"Web developer (praca zdalna)", "2513", 4},    // English names are asked besides
		{"Starsza pielęgniarka - od zaraz", "2221", 0}, // grade and contract
	} {
		matches := l.Classify(tt.title, "", "pl", 1)
		if len(matches) != 1 || matches[0].ISCO != tt.isco || matches[0].Occupation != tt.occupation {
			t.Errorf("Classify(%q) = %+v, want %s, occupation %d", tt.title, matches, tt.isco, tt.occupation)
		}
	}
	if matches := l.Classify("Rejestratorka medyczna", "", "en", 1); len(matches) > 0 && matches[0].Label == "Rejestratorka medyczna" {
		t.Errorf("a Polish name matches in English: %+v", matches)
	}
	if linker.Version("x", nil, c) == linker.Version("x", nil) {
		t.Error("a crosswalk does not change the version")
	}
}

func TestUnitGroups(t *testing.T) {
	u := linker.NewUnitGroups(smallTaxonomy(), readSmallCrosswalk(t))
	for code, want := range map[string]string{
		"222199": "2221", // its digits
		"228101": "2511", // its row
		"228199": "2511", // the rows with its digits
		"2221":   "2221",
		"999999": "",
		"22":     "",
	} {
		if got, ok := u.Of(code); got != want || ok != (want != "") {
			t.Errorf("Of(%q) = %q, %v, want %q", code, got, ok, want)
		}
	}
	if d := cmp.Diff(map[string]string{"2281": "2511"}, maps.Clone(u.Exceptions())); d != "" {
		t.Error(d)
	}
}

func TestReadCrosswalkSaysWhatIsWrong(t *testing.T) {
	for _, tt := range []struct{ table, name, want string }{
		{"", "name", "is empty"},
		{crosswalkTable, "nazwa", `no column "nazwa"; the columns are ["nr" "esco" "esco name" "code" "name"]`},
		{"name;code;esco;esco name\na;b\n", "name", "line 2"},
	} {
		columns := crosswalkColumns
		columns.Name = tt.name
		if _, err := linker.ReadCrosswalk(strings.NewReader(tt.table), "pl", ";", columns); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("error = %v, want it to contain %q", err, tt.want)
		}
	}
	c := linker.Crosswalk{Rows: []linker.CrosswalkRow{{Name: "Astronauta", Code: "999999"}}}
	if err := c.Check(&taxonomy.Taxonomy{Release: "small"}); err == nil || !strings.Contains(err.Error(), "none of its 1 rows") {
		t.Errorf("error = %v", err)
	}
}
