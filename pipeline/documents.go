package pipeline

import (
	"errors"
	"iter"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// errEnough ends a reading that nobody follows any more.
var errEnough = errors.New("enough was read")

// advertiser are the columns of vacancies that tell whose text it is.
type advertiser struct {
	VacancyID   string `parquet:"vacancy_id"`
	Employer    string `parquet:"employer,optional,dict"`
	DuplicateOf string `parquet:"duplicate_of,optional"`
}

// Documents gives the cleaned texts of vacancies and credentials that the current
// snapshot of a workspace holds, for training; none where there is no snapshot.
func Documents(workspace string) iter.Seq2[linker.Document, error] {
	return func(yield func(linker.Document, error) bool) {
		employers, copies := map[string]string{}, map[string]bool{}
		err := warehouse.ReadCurrent(workspace, model.Vacancies.Info, func(_ model.Date, rows []advertiser) error {
			for _, r := range rows {
				employers[r.VacancyID] = r.Employer
				copies[r.VacancyID] = r.DuplicateOf != ""
			}
			return nil
		})
		for _, dataset := range []model.Info{model.VacancyTexts.Info, model.CredentialTexts.Info} {
			if err != nil {
				break
			}
			err = warehouse.ReadCurrent(workspace, dataset, func(_ model.Date, rows []model.Text) error {
				for i := range rows {
					if copies[rows[i].ID] {
						continue // what it repeats is read
					}
					if !yield(linker.Document{Text: rows[i].Text, Language: rows[i].Language, Employer: employers[rows[i].ID]}, nil) {
						return errEnough
					}
				}
				return nil
			})
		}
		if err != nil && !errors.Is(err, errEnough) && !errors.Is(err, warehouse.ErrNoSnapshot) {
			yield(linker.Document{}, err)
		}
	}
}
