package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// namedCredentials writes the credentials that the vacancies of some months, in
// order, ask for by name, a month at a time, from the vacancies, texts and credentials of the draft. A month
// whose vacancies and texts, and the titles of the catalogues, are those of the
// snapshot before is taken over: a credential that is new in a catalogue is
// looked for in every vacancy.
func (f *facts) namedCredentials(ctx context.Context, months []model.Date) error {
	d := f.night.draft
	titles, err := credentialTitles(d)
	if err != nil {
		return err
	}
	finder := sync.OnceValues(func() (*linker.CredentialFinder, error) { return linker.NewCredentialFinder(titles) })
	w, mark := warehouse.NewWriter(d, model.VacancyCreds), fingerprint(titles)
	for _, month := range months {
		inputs, err := f.namedInputs(month, mark)
		if err != nil {
			return err
		}
		reused, err := w.Reuse(month, inputs)
		if err != nil {
			return err
		}
		if reused {
			continue
		}
		rows, err := f.namedIn(ctx, month, finder)
		if err != nil {
			return fmt.Errorf("month %s: %w", month, err)
		}
		if err := w.Partition(month, rows); err != nil {
			return err
		}
	}
	return w.Close()
}

// namedInputs is a fingerprint of what decides the rows of a month.
func (f *facts) namedInputs(month model.Date, titles string) (string, error) {
	parts := []any{f.night.Program, f.night.versions, titles}
	for _, info := range []model.Info{model.Vacancies.Info, model.VacancyTexts.Info} {
		digest, err := f.night.draft.Digest(info, func(m model.Date) bool { return m == month })
		if err != nil {
			return "", fmt.Errorf("fingerprint vacancies: %w", err)
		}
		parts = append(parts, digest)
	}
	return fingerprint(parts...), nil
}

// offeredTitle is what of a credential decides whether a vacancy names it.
type offeredTitle struct {
	CredentialID string   `parquet:"credential_id"`
	Version      int32    `parquet:"version"`
	Title        string   `parquet:"title"`
	Language     []string `parquet:"language,list"`
	DuplicateOf  string   `parquet:"duplicate_of,optional"`
}

// credentialTitles lists the credentials of the draft by id: the newest version
// of each that repeats no other. One that is withdrawn is still asked for.
func credentialTitles(d *warehouse.Draft) ([]linker.CredentialTitle, error) {
	offered, err := warehouse.ReadDraftMonth[offeredTitle](d, model.Credentials.Info, 0)
	if err != nil {
		return nil, err
	}
	newest := newestVersions(offered, func(o *offeredTitle) (string, int32) { return o.CredentialID, o.Version })
	var titles []linker.CredentialTitle
	for _, o := range offered {
		if o.DuplicateOf == "" && o.Version == newest[o.CredentialID] {
			titles = append(titles, linker.CredentialTitle{ID: o.CredentialID, Title: o.Title, Languages: o.Language})
		}
	}
	slices.SortFunc(titles, func(a, b linker.CredentialTitle) int { return cmp.Compare(a.ID, b.ID) })
	return titles, nil
}

// namedIn finds the credentials named in the vacancies of a month that repeat no
// other. Only newest versions have texts.
func (f *facts) namedIn(ctx context.Context, month model.Date, finder func() (*linker.CredentialFinder, error)) ([]model.VacancyCredential, error) {
	find, err := finder()
	if err != nil {
		return nil, err
	}
	vacancies, failed := warehouse.ReadDraftMonth[struct {
		VacancyID   string `parquet:"vacancy_id"`
		Version     int32  `parquet:"version"`
		DuplicateOf string `parquet:"duplicate_of,optional"`
	}](f.night.draft, model.Vacancies.Info, month)
	texts, err := warehouse.ReadDraftMonth[model.Text](f.night.draft, model.VacancyTexts.Info, month)
	if err = errors.Join(failed, err); err != nil {
		return nil, err
	}
	repeats := map[string]bool{}
	for _, v := range vacancies { // in the order of their versions
		repeats[v.VacancyID] = v.DuplicateOf != ""
	}
	found := make([][]model.VacancyCredential, len(texts))
	err = inParallel(ctx, len(texts), func(i int) {
		if !repeats[texts[i].ID] {
			found[i] = namedInText(find, month, &texts[i])
		}
	})
	return bestNamed(slices.Concat(found...)), err
}

// namedInText returns what a text asks for. Titles name the occupation.
func namedInText(find *linker.CredentialFinder, month model.Date, t *model.Text) []model.VacancyCredential {
	switch t.Field {
	case "description", "requirements", "skills":
	default:
		return nil
	}
	var rows []model.VacancyCredential
	for _, m := range find.Find(t.Text, t.Language) {
		rows = append(rows, model.VacancyCredential{
			PostedMonth: month, VacancyID: t.ID, Name: m.Name, Kind: m.Kind, CredentialID: m.ID, Requirement: m.Requirement,
			Evidence: model.Evidence{EvidenceField: t.Field, EvidenceStart: int32(m.Start), EvidenceEnd: int32(m.End), EvidenceText: t.Text[m.Start:m.End]},
		})
	}
	return rows
}

// bestNamed keeps one row of each credential of a vacancy: required before
// preferred, then the first field.
func bestNamed(rows []model.VacancyCredential) []model.VacancyCredential {
	slices.SortStableFunc(rows, func(a, b model.VacancyCredential) int {
		return cmp.Or(model.VacancyCreds.Compare(&a, &b), -cmp.Compare(a.Requirement, b.Requirement), cmp.Compare(a.EvidenceField, b.EvidenceField))
	})
	return slices.CompactFunc(rows, func(a, b model.VacancyCredential) bool { return model.VacancyCreds.Compare(&a, &b) == 0 })
}
