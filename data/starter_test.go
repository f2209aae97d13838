package data

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

const taxonomyFolder = "starter/taxonomy/"

// rows reads a CSV file into one map a row, by column.
func rows(t *testing.T, name string, text []byte) []map[string]string {
	t.Helper()
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	reader.FieldsPerRecord = -1
	lines, err := reader.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var all []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range line {
			if i < len(lines[0]) {
				row[lines[0][i]] = cell
			}
		}
		all = append(all, row)
	}
	return all
}

func starterRows(t *testing.T, name string) []map[string]string {
	t.Helper()
	text, err := fs.ReadFile(Starter, taxonomyFolder+name)
	if err != nil {
		t.Fatal(err)
	}
	return rows(t, name, text)
}

func keyed(all []map[string]string) map[string]map[string]string {
	byURI := map[string]map[string]string{}
	for _, row := range all {
		byURI[row["conceptUri"]] = row
	}
	return byURI
}

func TestStarterSize(t *testing.T) {
	skills, occupations := starterRows(t, "skills_en.csv"), starterRows(t, "occupations_en.csv")
	if len(skills) < 330 || len(occupations) < 44 {
		t.Errorf("%d skills, %d occupations: want at least 330 and 44", len(skills), len(occupations))
	}
	total := int64(0)
	files, err := fs.Glob(Starter, taxonomyFolder+"*.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		info, err := fs.Stat(Starter, name)
		if err != nil {
			t.Fatal(err)
		}
		total += info.Size()
	}
	if total >= 400_000 {
		t.Errorf("the bundle has %d bytes: want less than 400,000", total)
	}
}

// Names are facts; descriptions are somebody's text and stay out.
func TestStarterHasNoDescriptions(t *testing.T) {
	files, _ := fs.Glob(Starter, taxonomyFolder+"*.csv")
	for _, name := range files {
		for i, row := range starterRows(t, path.Base(name)) {
			for column, cell := range row {
				switch column {
				case "description", "definition", "scopeNote", "Description", "Scope note":
					t.Fatalf("%s has the column %s", name, column)
				}
				for label := range strings.Lines(cell) {
					if len(label) > 200 {
						t.Errorf("%s, row %d, %s: %d bytes are no label: %s", name, i+1, column, len(label), label)
					}
				}
			}
		}
	}
}

func TestStarterIsWhole(t *testing.T) {
	skills, occupations := keyed(starterRows(t, "skills_en.csv")), keyed(starterRows(t, "occupations_en.csv"))
	groups, isco := keyed(starterRows(t, "skillGroups_en.csv")), keyed(starterRows(t, "ISCOGroups_en.csv"))
	for name, english := range map[string]map[string]map[string]string{
		"skills_fr.csv": skills, "occupations_fr.csv": occupations, "ISCOGroups_fr.csv": isco,
	} {
		french := keyed(starterRows(t, name))
		for uri, row := range english {
			if row["preferredLabel"] == "" || french[uri]["preferredLabel"] == "" {
				t.Errorf("%s has no name in both languages", uri)
			}
		}
		if len(french) != len(english) {
			t.Errorf("%s: %d concepts, in English %d", name, len(french), len(english))
		}
	}
	has := func(uri string, in ...map[string]map[string]string) {
		t.Helper()
		for _, concepts := range in {
			if concepts[uri] != nil {
				return
			}
		}
		t.Errorf("%s is referred to and not in the bundle", uri)
	}
	perOccupation := map[string]int{}
	for _, row := range starterRows(t, "occupationSkillRelations.csv") {
		has(row["occupationUri"], occupations)
		has(row["skillUri"], skills)
		perOccupation[row["occupationUri"]]++
	}
	for uri, row := range occupations {
		if n := perOccupation[uri]; n < 10 || n > 18 {
			t.Errorf("%s has %d skills: want 10 to 18", row["preferredLabel"], n)
		}
		has("http://data.europa.eu/esco/isco/C"+row["iscoGroup"], isco)
	}
	for _, row := range starterRows(t, "skillSkillRelations.csv") {
		has(row["originalSkillUri"], skills)
		has(row["relatedSkillUri"], skills)
	}
	for _, row := range starterRows(t, "broaderRelationsSkillPillar.csv") {
		has(row["conceptUri"], skills, groups)
		has(row["broaderUri"], skills, groups)
	}
	for _, row := range starterRows(t, "broaderRelationsOccPillar.csv") {
		has(row["conceptUri"], occupations, isco)
		has(row["broaderUri"], occupations, isco)
	}
	for _, row := range starterRows(t, "skillsHierarchy_en.csv") {
		for _, level := range []string{"Level 0 URI", "Level 1 URI", "Level 2 URI"} {
			if row[level] != "" {
				has(row[level], groups)
			}
		}
	}
	for _, collection := range []string{"green", "digital", "transversal", "language", "digComp"} {
		members := starterRows(t, collection+"SkillsCollection_en.csv")
		if len(members) == 0 {
			t.Errorf("no skill of the %s collection", collection)
		}
		for _, row := range members {
			has(row["conceptUri"], skills)
		}
	}
}

// TestStarterAgainstESCO compares every fact of the bundle with the releases
// it was taken from.
func TestStarterAgainstESCO(t *testing.T) {
	folder := testData(t)
	english := unzip(t, filepath.Join(folder, "esco/esco-v1.1.1-en-csv.zip"))
	relations := unzip(t, filepath.Join(folder, "esco/esco-v1.1.1-relations-csv.zip"))
	for _, name := range []string{"skills_en.csv", "occupations_en.csv", "ISCOGroups_en.csv", "skillGroups_en.csv"} {
		compareConcepts(t, name, keyed(rows(t, name, english[name])))
	}
	for _, name := range []string{"skills_fr.csv", "occupations_fr.csv", "ISCOGroups_fr.csv"} {
		compareConcepts(t, name, keyed(rows(t, name, gunzip(t, filepath.Join(folder, "esco/v1.0-fr", name+".gz")))))
	}
	for _, name := range []string{
		"occupationSkillRelations.csv", "skillSkillRelations.csv", "broaderRelationsOccPillar.csv", "broaderRelationsSkillPillar.csv",
	} {
		text := relations[name]
		if text == nil {
			text = english[name]
		}
		compareRows(t, name, rows(t, name, text))
	}
	for _, collection := range []string{"green", "digital", "transversal", "language", "digComp"} {
		name := collection + "SkillsCollection_en.csv"
		compareRows(t, name, rows(t, name, english[name]))
	}
	compareRows(t, "skillsHierarchy_en.csv", rows(t, "skillsHierarchy_en.csv", english["skillsHierarchy_en.csv"]))
}

// compareConcepts checks names, types and codes.
func compareConcepts(t *testing.T, name string, official map[string]map[string]string) {
	t.Helper()
	for _, row := range starterRows(t, name) {
		theirs := official[row["conceptUri"]]
		if theirs == nil {
			t.Errorf("%s: %s is not in ESCO", name, row["conceptUri"])
			continue
		}
		for column, cell := range row {
			if column != "altLabels" && cell != theirs[column] {
				t.Errorf("%s: %s of %s is %q, in ESCO %q", name, column, row["conceptUri"], cell, theirs[column])
			}
		}
		alternative := "\n" + theirs["altLabels"] + "\n"
		for label := range strings.SplitSeq(row["altLabels"], "\n") {
			if label != "" && !strings.Contains(alternative, "\n"+label+"\n") {
				t.Errorf("%s: %q is no label of %s in ESCO", name, label, row["conceptUri"])
			}
		}
	}
}

// compareRows checks that each of our rows is one of theirs in our columns.
func compareRows(t *testing.T, name string, official []map[string]string) {
	t.Helper()
	ours := starterRows(t, name)
	if len(ours) == 0 {
		t.Fatalf("%s is empty", name)
	}
	var columns []string
	for column := range ours[0] {
		columns = append(columns, column)
	}
	key := func(row map[string]string) string {
		var b strings.Builder
		for _, column := range columns {
			b.WriteString(row[column] + "\x00")
		}
		return b.String()
	}
	known := map[string]bool{}
	for _, row := range official {
		known[key(row)] = true
	}
	for _, row := range ours {
		if !known[key(row)] {
			t.Errorf("%s: %v is not in ESCO", name, row)
		}
	}
}

func unzip(t *testing.T, name string) map[string][]byte {
	t.Helper()
	archive, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	files := map[string][]byte{}
	for _, member := range archive.File {
		file, err := member.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		files[path.Base(member.Name)] = text
	}
	return files
}

func gunzip(t *testing.T, name string) []byte {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// testData returns the folder of real data. Without it the test is skipped, in
// CI it fails.
func testData(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("SKILLSGAP_TESTDATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "shared", "data")
	}
	if _, err := os.Stat(folder); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no real data: %v; set SKILLSGAP_TESTDATA", err)
		}
		t.Skipf("no real data at %s: set SKILLSGAP_TESTDATA to run this test", folder)
	}
	return folder
}
