package pipeline

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"github.com/sourcegraph/conc/pool"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// runLink finds skills and occupations in every record that is not a duplicate
// nor an older version, and writes the facts. Duplicates and older versions stay
// as rows without skills: what they repeat, or what followed, carries them.
func runLink(ctx context.Context, n *Night) error {
	l := newLinking(n.Taxonomy, n.linker)
	newestVacancy := newestVersions(n.vacancies, preparedVacancyIdentity)
	vacancySkills := make([][]model.VacancySkill, len(n.vacancies))
	err := inParallel(ctx, len(n.vacancies), func(i int) {
		v := &n.vacancies[i]
		l.occupation(v)
		if v.DuplicateOf == "" && v.Version == newestVacancy[v.VacancyID] {
			vacancySkills[i] = l.vacancy(v)
		}
	})
	if err != nil {
		return fmt.Errorf("link vacancies: %w", err)
	}
	newestCredential := newestVersions(n.credentials, preparedCredentialIdentity)
	credentialSkills := make([][]model.CredentialSkill, len(n.credentials))
	err = inParallel(ctx, len(n.credentials), func(i int) {
		c := &n.credentials[i]
		c.ISCO08s = l.groups(c.OccupationURIs, c.ISCO08s)
		if c.DuplicateOf == "" && c.Version == newestCredential[c.CredentialID] {
			credentialSkills[i] = l.credential(c)
		}
	})
	if err != nil {
		return fmt.Errorf("link credentials: %w", err)
	}
	vacancies, _ := splitNewest(n.vacancies, preparedVacancyIdentity)
	credentials, _ := splitNewest(n.credentials, preparedCredentialIdentity)
	defer func() { n.vacancies, n.credentials = nil, nil }() // the draft has them now
	return errors.Join(
		warehouse.Write(n.draft, model.Vacancies, collect(n.vacancies, func(v *prepare.Vacancy) []model.Vacancy { return []model.Vacancy{v.Vacancy} })),
		warehouse.Write(n.draft, model.VacancyTexts, collect(vacancies, func(v *prepare.Vacancy) []model.Text { return v.Texts })),
		warehouse.Write(n.draft, model.VacancySkills, collect(vacancySkills, func(s *[]model.VacancySkill) []model.VacancySkill { return *s })),
		warehouse.Write(n.draft, model.Credentials, collect(n.credentials, func(c *prepare.Credential) []model.Credential { return []model.Credential{c.Credential} })),
		warehouse.Write(n.draft, model.CredentialTexts, collect(credentials, func(c *prepare.Credential) []model.Text { return c.Texts })),
		warehouse.Write(n.draft, model.CredSkills, collect(credentialSkills, func(s *[]model.CredentialSkill) []model.CredentialSkill { return *s })),
		warehouse.Write(n.draft, model.CredLinks, credentialLinks(credentials)),
	)
}

// credentialLinks gathers the declared links of credentials that are not
// duplicates, each once: both ends may declare it.
func credentialLinks(credentials []prepare.Credential) []model.CredentialLink {
	links := collect(credentials, func(c *prepare.Credential) []model.CredentialLink {
		if c.DuplicateOf != "" {
			return nil
		}
		return c.Links
	})
	slices.SortFunc(links, func(a, b model.CredentialLink) int { return model.CredLinks.Compare(&a, &b) })
	return slices.CompactFunc(links, func(a, b model.CredentialLink) bool { return model.CredLinks.Compare(&a, &b) == 0 })
}

// collect gathers the rows of all records, in order.
func collect[T, R any](records []T, rows func(*T) []R) []R {
	var all []R
	for i := range records {
		all = append(all, rows(&records[i])...)
	}
	return all
}

// inParallel calls do for 0 ≤ i < n on all cores, in blocks; do writes only what
// belongs to its i, so that the result does not depend on the number of cores.
func inParallel(ctx context.Context, n int, do func(i int)) error {
	const block = 64
	p := pool.New().WithMaxGoroutines(runtime.GOMAXPROCS(0)).WithContext(ctx)
	for start := 0; start < n; start += block {
		p.Go(func(ctx context.Context) error {
			for i := start; i < min(start+block, n); i++ {
				if err := ctx.Err(); err != nil {
					return err
				}
				do(i)
			}
			return nil
		})
	}
	return p.Wait()
}
