package generate

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// The files written.
const (
	fileJobBoard      = "job-board.jsonl.gz"
	fileEmployment    = "employment-service.csv.gz"
	fileRegistry      = "credential-registry.json.gz"
	fileCourseCatalog = "course-catalogue.csv.gz"
	fileWorkforce     = "workforce-survey.csv.gz"
	fileEnrolments    = "enrolments.csv.gz"
	fileComparison    = "comparison.csv.gz"
	fileFollowUps     = "follow-ups.csv.gz"
	fileFeedback      = "feedback.csv.gz"
	fileReference     = "reference-population.csv.gz"
)

// Feeds writes feeds of vacancies and credentials, two of each in different
// formats, and a table of official figures of the workforce, into the folder dir, which it makes where it is missing, and
// returns how to read them. The same taxonomy and options give the same bytes.
// Files of the same name are replaced only once the new ones are complete.
func Feeds(t *taxonomy.Taxonomy, options Options, dir string) ([]Feed, error) {
	if err := options.check(); err != nil {
		return nil, fmt.Errorf("generate feeds: %w", err)
	}
	w, err := newWorld(t, options)
	if err != nil {
		return nil, fmt.Errorf("generate feeds: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("generate feeds: %w", err)
	}
	if err := w.writeVacancies(dir); err != nil {
		return nil, fmt.Errorf("generate vacancies: %w", err)
	}
	if err := w.writeCredentials(dir); err != nil {
		return nil, fmt.Errorf("generate credentials: %w", err)
	}
	if err := writeFile(filepath.Join(dir, fileWorkforce), w.writeWorkforce); err != nil {
		return nil, fmt.Errorf("generate workforce: %w", err)
	}
	if err := w.writeLearners(dir); err != nil {
		return nil, fmt.Errorf("generate learners: %w", err)
	}
	return append(offerFeeds(), w.learnerFeeds()...), nil
}

// offerFeeds are the feeds of vacancies, credentials and the workforce.
func offerFeeds() []Feed {
	return []Feed{
		{Name: "job-board", Kind: "vacancies", Format: "schemaorg", Path: fileJobBoard},
		{
			Name: "employment-service", Kind: "vacancies", Format: "table", Path: fileEmployment,
			Columns: mapping(vacancyColumns), Separator: string(vacancySeparator), ListSeparator: listSeparator,
		},
		{Name: "credential-registry", Kind: "credentials", Format: "ctdl", Path: fileRegistry},
		{
			Name: "course-catalogue", Kind: "credentials", Format: "table", Path: fileCourseCatalog,
			Columns: mapping(credentialColumns), Separator: string(credentialSeparator), ListSeparator: listSeparator,
		},
		{
			Name: "workforce-survey", Kind: "workforce", Format: "table", Path: fileWorkforce,
			Columns: mapping(workforceColumns), Constants: map[string]string{"currency": "EUR", "wage_period": "month"}, Separator: string(workforceSeparator),
		},
	}
}

func (w *world) writeVacancies(dir string) error {
	board, err := create(filepath.Join(dir, fileJobBoard))
	if err != nil {
		return err
	}
	defer board.discard()
	service, err := create(filepath.Join(dir, fileEmployment))
	if err != nil {
		return err
	}
	defer service.discard()

	lines := newSchemaOrg(board)
	rows, err := newVacancyTable(service)
	if err != nil {
		return err
	}
	for i := range w.options.Vacancies {
		v, f := w.vacancy(i), faultOf(i)
		if v.employer.table || f != sound {
			err = rows.write(w, &v, f)
		} else {
			err = lines.write(w, &v)
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(rows.close(), board.finish(), service.finish())
}

func (w *world) writeCredentials(dir string) error {
	registry, err := create(filepath.Join(dir, fileRegistry))
	if err != nil {
		return err
	}
	defer registry.discard()
	catalogue, err := create(filepath.Join(dir, fileCourseCatalog))
	if err != nil {
		return err
	}
	defer catalogue.discard()

	graph, err := newCTDLGraph(registry)
	if err != nil {
		return err
	}
	rows, err := newCredentialTable(catalogue)
	if err != nil {
		return err
	}
	if err := graph.organisations(w); err != nil {
		return err
	}
	plan := w.plan()
	for i := range plan {
		c := w.credential(plan, &plan[i])
		if c.provider.table {
			err = rows.write(&c)
		} else {
			err = graph.write(w, &c)
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(rows.close(), graph.close(), registry.finish(), catalogue.finish())
}

// output is a compressed file that takes its name only when it is complete.
// The header of its compression carries no time.
type output struct {
	*bufio.Writer
	zip  *gzip.Writer
	file *os.File
	name string
}

func create(name string) (*output, error) {
	file, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return nil, err
	}
	zip := gzip.NewWriter(file)
	return &output{bufio.NewWriterSize(zip, 1<<16), zip, file, name}, nil
}

// finish completes the file and gives it its name.
func (o *output) finish() error {
	err := errors.Join(o.Flush(), o.zip.Close(), o.file.Chmod(0o644), o.file.Sync(), o.file.Close())
	if err != nil {
		return fmt.Errorf("write %s: %w", o.name, err)
	}
	if err := os.Rename(o.file.Name(), o.name); err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(o.name))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// discard removes a file that was not finished.
func (o *output) discard() {
	o.file.Close()
	os.Remove(o.file.Name())
}
