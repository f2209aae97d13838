package pipeline

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"github.com/sourcegraph/conc/pool"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/generate"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// LinkedFeeds is the configuration to which generated facts belong: two feeds of
// content delta, which list what comes after them.
func LinkedFeeds() []config.Feed {
	return []config.Feed{
		{Name: generate.LinkedCredentials, Kind: string(source.Credentials), Format: source.FormatCTDL, Path: "inbox/" + generate.LinkedCredentials + "*", Content: config.ContentDelta},
		{Name: generate.LinkedVacancies, Kind: string(source.Vacancies), Format: source.FormatSchemaOrg, Path: "inbox/" + generate.LinkedVacancies + "*", Content: config.ContentDelta},
	}
}

// LinkedStages lists the stages of a run that draws facts instead of reading and
// linking feeds. What measures them goes on from its snapshot.
func LinkedStages(options generate.LinkedOptions) []Stage {
	return []Stage{
		{"concepts", "load the taxonomy and code lists, write them as datasets", runConcepts},
		{"generate", "draw vacancies and credentials with their skills", func(ctx context.Context, n *Night) error { return runGenerate(ctx, n, options) }},
		{"publish", "make the new snapshot the current one", runPublish},
	}
}

// runGenerate writes the datasets of the stages read and link.
func runGenerate(ctx context.Context, n *Night, options generate.LinkedOptions) error {
	if n.base != nil {
		return &InputError{errors.New("the workspace has a snapshot already: generate facts into an empty workspace")}
	}
	drawn, err := generate.NewLinked(n.Taxonomy, n.regions.Rows(), options)
	if err != nil {
		return err
	}
	for _, f := range n.Config.Feeds {
		read := map[string]int{generate.LinkedCredentials: options.Credentials, generate.LinkedVacancies: options.Vacancies}
		n.feeds = append(n.feeds, warehouse.Feed{Name: f.Name, AsOf: n.AsOf.String(), Preparation: n.preparation(f), Records: int64(read[f.Name])})
	}
	w := newLinkedWriter(n.draft)
	records, err := w.credentials(drawn.Credentials())
	if err != nil {
		return fmt.Errorf("write credentials: %w", err)
	}
	months := drawn.Months()
	p := pool.New().WithMaxGoroutines(runtime.GOMAXPROCS(0)).WithContext(ctx).WithCancelOnError()
	for _, month := range months {
		p.Go(func(ctx context.Context) error { return w.month(ctx, month, records[month], drawn) })
	}
	err = p.Wait()
	for month, rows := range records { // of credentials alone
		if !slices.Contains(months, month) {
			err = errors.Join(err, w.records.Partition(month, rows))
		}
	}
	if err = errors.Join(err, closeAll(w.vacancies, w.texts, w.skills, w.records)); err != nil {
		return fmt.Errorf("write vacancies: %w", err)
	}
	return (&facts{night: n}).namedCredentials(ctx, months)
}

// linkedWriter writes generated facts.
type linkedWriter struct {
	draft     *warehouse.Draft
	vacancies *warehouse.Writer[model.Vacancy]
	texts     *warehouse.Writer[model.Text]
	skills    *warehouse.Writer[model.VacancySkill]
	records   *warehouse.Writer[model.Record]
}

func newLinkedWriter(d *warehouse.Draft) *linkedWriter {
	return &linkedWriter{d, warehouse.NewWriter(d, model.Vacancies), warehouse.NewWriter(d, model.VacancyTexts), warehouse.NewWriter(d, model.VacancySkills), warehouse.NewWriter(d, model.Records)}
}

// month writes the vacancies of a month as they are drawn; the records of the
// credentials first seen then come before theirs.
func (w *linkedWriter) month(ctx context.Context, month model.Date, ofCredentials []model.Record, drawn *generate.Linked) error {
	vacancies, err1 := w.vacancies.Open(month)
	texts, err2 := w.texts.Open(month)
	skills, err3 := w.skills.Open(month)
	records, err4 := w.records.Open(month)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return err
	}
	err := records.Write(ofCredentials)
	for v := range drawn.Vacancies(month) {
		err = errors.Join(err, ctx.Err(), vacancies.Write([]model.Vacancy{v.Row}), texts.Write(v.Texts), skills.Write(v.Skills), records.Write([]model.Record{v.Record}))
		if err != nil {
			break
		}
	}
	return errors.Join(err, vacancies.Close(), texts.Close(), skills.Close(), records.Close())
}

// credentials writes all credentials and returns their records by month, in order.
func (w *linkedWriter) credentials(drawn []generate.LinkedCredential) (map[model.Date][]model.Record, error) {
	texts := warehouse.NewWriter(w.draft, model.CredentialTexts)
	records := map[model.Date][]model.Record{}
	for i := range drawn {
		month := drawn[i].Record.PostedMonth
		records[month] = append(records[month], drawn[i].Record)
	}
	return records, errors.Join(
		warehouse.Write(w.draft, model.Credentials, collect(drawn, func(c *generate.LinkedCredential) []model.Credential { return []model.Credential{c.Row} })),
		warehouse.Write(w.draft, model.CredSkills, collect(drawn, func(c *generate.LinkedCredential) []model.CredentialSkill { return c.Skills })),
		partitions(texts, collect(drawn, func(c *generate.LinkedCredential) []model.Text { return c.Texts })),
		texts.Close(),
	)
}
