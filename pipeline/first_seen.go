package pipeline

import (
	"errors"
	"fmt"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// firstSeen is what a snapshot remembers of a record from night to night.
type firstSeen struct {
	VacancyID    string     `parquet:"vacancy_id"`
	CredentialID string     `parquet:"credential_id"`
	FirstSeenOn  model.Date `parquet:"first_seen_on,date"`
}

// keepFirstSeen carries the day on which a record was first seen over from the
// current snapshot. A vacancy without a date of posting stays in the month of
// that day.
func (n *Night) keepFirstSeen() error {
	vacancies, err := n.firstSeen(model.Vacancies.Info)
	if err != nil {
		return err
	}
	credentials, err := n.firstSeen(model.Credentials.Info)
	if err != nil {
		return err
	}
	for i := range n.vacancies {
		v := &n.vacancies[i]
		seen, known := vacancies[v.VacancyID]
		if !known || seen >= v.FirstSeenOn {
			continue
		}
		v.FirstSeenOn = seen
		if v.PostedOn == 0 {
			v.PostedMonth = seen.Month()
			for j := range v.Texts {
				v.Texts[j].PostedMonth = v.PostedMonth
			}
		}
	}
	for i := range n.credentials {
		c := &n.credentials[i]
		seen, known := credentials[c.CredentialID]
		if !known || seen >= c.FirstSeenOn {
			continue
		}
		c.FirstSeenOn = seen
		for j := range c.Texts {
			c.Texts[j].PostedMonth = seen.Month()
		}
	}
	return nil
}

func (n *Night) firstSeen(dataset model.Info) (map[string]model.Date, error) {
	seen := map[string]model.Date{}
	err := warehouse.ReadCurrent(n.Workspace, dataset, func(_ model.Date, rows []firstSeen) error {
		for _, r := range rows {
			id := r.VacancyID + r.CredentialID // one of them
			if before, twice := seen[id]; !twice || r.FirstSeenOn < before {
				seen[id] = r.FirstSeenOn
			}
		}
		return nil
	})
	if err != nil && !errors.Is(err, warehouse.ErrNoSnapshot) {
		return nil, fmt.Errorf("read what was seen before: %w", err)
	}
	return seen, nil
}
