package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/data"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// asking is what else the vacancies of the twelve months say that a choice needs.
type asking struct {
	languages map[string]map[string]int // by region: vacancies by language
	naming    map[namedKey]int32        // vacancies that name a credential
}

type namedKey struct{ region, occupation, credential string }

// languageShare is the part of a region's vacancies from which their language is one
// in which people there are taken to learn.
const languageShare = 0.1

// languagesOf lists the languages of a region's vacancies, in order.
func (a *asking) languagesOf(region string) []string {
	all := 0
	for _, count := range a.languages[region] {
		all += count
	}
	var languages []string
	for l, count := range a.languages[region] {
		if float64(count) >= languageShare*float64(all) {
			languages = append(languages, l)
		}
	}
	slices.SortFunc(languages, strings.Compare)
	return languages
}

// askingVacancy and naming are the columns wanted.
type askingVacancy struct {
	VacancyID   string `parquet:"vacancy_id"`
	Version     int32  `parquet:"version"`
	ISCO08      string `parquet:"isco08,optional,dict"`
	RegionCode  string `parquet:"region_code,optional,dict"`
	Country     string `parquet:"country,optional,dict"`
	Language    string `parquet:"language,optional,dict"`
	DuplicateOf string `parquet:"duplicate_of,optional"`
}

type naming struct {
	VacancyID    string `parquet:"vacancy_id"`
	CredentialID string `parquet:"credential_id,optional,dict"`
}

// asking reads the vacancies of the twelve months.
func (n *Night) asking() (*asking, error) {
	var vacancies []askingVacancy
	var named []naming
	for back := range year {
		month := n.AsOf.Month().AddMonths(-back)
		vs, err := warehouse.ReadDraftMonth[askingVacancy](n.draft, model.Vacancies.Info, month)
		if err != nil {
			return nil, err
		}
		names, err := warehouse.ReadDraftMonth[naming](n.draft, model.VacancyCreds.Info, month)
		if err != nil {
			return nil, err
		}
		vacancies, named = append(vacancies, vs...), append(named, names...)
	}
	return newAsking(n.regions, vacancies, named), nil
}

func newAsking(regions *prepare.Regions, vacancies []askingVacancy, named []naming) *asking {
	a := &asking{map[string]map[string]int{}, map[namedKey]int32{}}
	newest := newestVersions(vacancies, func(v *askingVacancy) (string, int32) { return v.VacancyID, v.Version })
	credentials := map[string][]string{}
	for _, c := range named {
		if c.CredentialID != "" {
			credentials[c.VacancyID] = append(credentials[c.VacancyID], c.CredentialID)
		}
	}
	for i := range vacancies {
		v := &vacancies[i]
		if v.DuplicateOf != "" || v.Version < newest[v.VacancyID] {
			continue
		}
		for _, region := range regions.Levels(v.RegionCode, v.Country) {
			if region == "" {
				continue
			}
			if a.languages[region] == nil {
				a.languages[region] = map[string]int{}
			}
			if v.Language != "" {
				a.languages[region][v.Language]++
			}
			for _, id := range credentials[v.VacancyID] {
				a.naming[namedKey{region, v.ISCO08, id}]++
			}
		}
	}
	return a
}

// NamedBy returns, by credential_id, how many vacancies of the twelve months of the
// current snapshot name a credential, of a unit group in a region.
func NamedBy(workspace string, month model.Date, isco, region string) (map[string]int32, error) {
	regions, err := prepare.LoadRegions(data.Reference)
	if err != nil {
		return nil, fmt.Errorf("load regions: %w", err)
	}
	var vacancies []askingVacancy
	var named []naming
	for back := range year {
		vs, err := warehouse.ReadCurrentMonth[askingVacancy](workspace, model.Vacancies.Info, month.AddMonths(-back))
		if err != nil {
			return nil, err
		}
		names, err := warehouse.ReadCurrentMonth[naming](workspace, model.VacancyCreds.Info, month.AddMonths(-back))
		if err != nil {
			return nil, err
		}
		vacancies, named = append(vacancies, vs...), append(named, names...)
	}
	counts := map[string]int32{}
	for key, n := range newAsking(regions, vacancies, named).naming {
		if key.region == region && key.occupation == isco {
			counts[key.credential] = n
		}
	}
	return counts, nil
}
