package generate

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"github.com/skillsgap/skillsgap/data"
)

// seeds is what is drawn from besides the taxonomy: data/starter/seeds.
type seeds struct {
	regions  []region
	clusters []cluster
	names    map[string]nameParts // by language
	common   []commonSkill
	phrases  map[string]phrases // by language
	story    []Truth
}

// region is where jobs and courses are.
type region struct {
	code, country    string
	name             string // in a sentence
	official         string // in the code list
	weight           float64
	languages        []string
	languageWeights  weights
	towns, postcodes []string
}

// cluster is a family of jobs: who hires for them and who teaches them.
type cluster struct {
	name      string
	catalogue int // number of the provider family; several clusters may share one
	isco      []string
	nace      []string
	employers map[string][]string // by language
	providers map[string]string   // by language
}

// nameParts make up names of organisations: a mark that they are made up, a
// start and an end.
type nameParts struct {
	mark         string
	starts, ends []string
}

// commonSkill is asked in jobs of all kinds.
type commonSkill struct {
	uri   string
	share float64 // of all advertisements
}

const (
	english = "en"
	french  = "fr"
)

func readSeeds() (*seeds, error) {
	s := &seeds{names: map[string]nameParts{}, phrases: map[string]phrases{}}
	for _, file := range []struct {
		name string
		row  func(map[string]string) error
	}{
		{"seeds/regions.csv", s.addRegion},
		{"seeds/clusters.csv", s.addCluster},
		{"seeds/names.csv", s.addNames},
		{"seeds/common.csv", s.addCommon},
		{"story.csv", s.addTruth},
	} {
		if err := eachRow(file.name, file.row); err != nil {
			return nil, err
		}
	}
	for _, language := range []string{english, french} {
		p, err := readPhrases("seeds/phrases_" + language + ".txt")
		if err != nil {
			return nil, err
		}
		s.phrases[language] = p
	}
	return s, nil
}

// eachRow calls row with the cells of each line, by name of the column.
func eachRow(name string, row func(map[string]string) error) error {
	file, err := data.Starter.Open("starter/" + name)
	if err != nil {
		return fmt.Errorf("open %s: %w", name, err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	for i, line := range lines[1:] {
		cells := make(map[string]string, len(line))
		for c, column := range lines[0] {
			cells[column] = line[c]
		}
		if err := row(cells); err != nil {
			return fmt.Errorf("read %s, line %d: %w", name, i+2, err)
		}
	}
	return nil
}

func (s *seeds) addRegion(row map[string]string) (err error) {
	r := region{
		code: row["code"], country: row["country"], name: row["name"], official: row["official"],
		towns: list(row["towns"]), postcodes: list(row["postcodes"]),
	}
	if r.weight, err = number(row["weight"]); err != nil {
		return err
	}
	for _, item := range list(row["languages"]) {
		language, percent, _ := strings.Cut(item, ":")
		weight, err := number(percent)
		if err != nil {
			return err
		}
		r.languages = append(r.languages, language)
		r.languageWeights.add(weight)
	}
	if len(r.towns) == 0 || len(r.postcodes) != len(r.towns) || len(r.languages) == 0 {
		return fmt.Errorf("region %s: want languages and as many postcodes as towns", r.code)
	}
	s.regions = append(s.regions, r)
	return nil
}

func (s *seeds) addCluster(row map[string]string) error {
	catalogue, err := strconv.Atoi(row["catalogue"])
	if err != nil {
		return fmt.Errorf("catalogue: %w", err)
	}
	s.clusters = append(s.clusters, cluster{
		name: row["cluster"], catalogue: catalogue, isco: list(row["isco"]), nace: list(row["nace"]),
		employers: map[string][]string{english: list(row["employers_en"]), french: list(row["employers_fr"])},
		providers: map[string]string{english: row["providers_en"], french: row["providers_fr"]},
	})
	return nil
}

func (s *seeds) addNames(row map[string]string) error {
	parts := nameParts{row["mark"], list(row["starts"]), list(row["ends"])}
	if parts.mark == "" || len(parts.starts) == 0 || len(parts.ends) == 0 {
		return fmt.Errorf("language %s: want a mark, starts and ends of names", row["language"])
	}
	s.names[row["language"]] = parts
	return nil
}

func (s *seeds) addCommon(row map[string]string) error {
	share, err := number(row["share"])
	s.common = append(s.common, commonSkill{row["skill_uri"], share})
	return err
}

// cluster returns the place of the cluster that an ISCO-08 code belongs to:
// that of the longest prefix named, else the last.
func (s *seeds) cluster(isco string) int {
	best, length := len(s.clusters)-1, 0
	for i, c := range s.clusters {
		for _, prefix := range c.isco {
			if len(prefix) > length && strings.HasPrefix(isco, prefix) {
				best, length = i, len(prefix)
			}
		}
	}
	return best
}

func number(text string) (float64, error) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, fmt.Errorf("number %q: %w", text, err)
	}
	return n, nil
}

// list splits at |; "" has no items.
func list(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "|")
}
