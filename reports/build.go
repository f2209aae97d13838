package reports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/sourcegraph/conc/pool"
)

// Build writes a page for every report of the library, the rows of each of its
// sections as CSV beside it, and index.html, all with the parameters' defaults.
// It writes into outDir+".tmp" and renames that to outDir at the end, so that a
// reader never finds half of it; what outDir held before is replaced. A report
// that cannot be made is named on the index with its error, which is also in
// the error returned (one *BuildError each, joined): the other pages are there,
// and index is their index's path. On any other error index is "".
func Build(ctx context.Context, q Querier, lib *Library, outDir string, meta Meta) (index string, err error) {
	b := &builder{q: q, dir: outDir + ".tmp", meta: meta}
	if err := os.RemoveAll(b.dir); err != nil {
		return "", fmt.Errorf("clear %s: %w", b.dir, err)
	}
	if err := os.MkdirAll(b.dir, 0o755); err != nil {
		return "", fmt.Errorf("make folder for reports: %w", err)
	}
	defer func() {
		if index == "" {
			err = errors.Join(err, os.RemoveAll(b.dir))
		}
	}()
	entries := Index{Meta: meta}
	var failed []error
	for _, made := range b.all(ctx, lib.inOrder()) {
		entry, err := made.entry, made.err
		if ctx.Err() != nil {
			return "", fmt.Errorf("build reports: %w", ctx.Err())
		}
		if file := new(*fs.PathError); errors.As(err, file) { // no fault of the report: the disk is full
			return "", err
		}
		if err != nil {
			err = errors.Join(err, b.remove(made.report))
			entry = IndexEntry{Report: made.report, Error: err.Error()}
			failed = append(failed, &BuildError{made.report.Name, err})
		}
		entries.Entries = append(entries.Entries, entry)
	}
	if err := b.file(indexName, entries.write); err != nil {
		return "", err
	}
	if err := replaceFolder(b.dir, outDir); err != nil {
		return "", err
	}
	return filepath.Join(outDir, indexName), errors.Join(failed...)
}

// BuildError is a report whose page could not be made.
type BuildError struct {
	Report string
	Err    error
}

// Error names the report and what went wrong.
func (e *BuildError) Error() string { return fmt.Sprintf("build report %q: %v", e.Report, e.Err) }

// Unwrap returns the cause.
func (e *BuildError) Unwrap() error { return e.Err }

const indexName = "index.html"

type builder struct {
	q    Querier
	dir  string
	meta Meta
}

// made is what became of a report.
type made struct {
	report *Report
	entry  IndexEntry
	err    error
}

// all makes the pages of reports beside one another, and returns them in order.
func (b *builder) all(ctx context.Context, reports []*Report) []made {
	all := make([]made, len(reports))
	p := pool.New().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for i, r := range reports {
		p.Go(func() {
			entry, err := b.report(ctx, r)
			all[i] = made{r, entry, err}
		})
	}
	p.Wait()
	return all
}

func (b *builder) report(ctx context.Context, r *Report) (IndexEntry, error) {
	var mu sync.Mutex
	var files []*os.File
	page, err := r.page(ctx, b.q, nil, b.meta, func(s *Section) (encoder, error) { // called by several goroutines
		f, err := os.Create(filepath.Join(b.dir, csvName(r, s)))
		if err != nil {
			return nil, fmt.Errorf("write rows: %w", err)
		}
		mu.Lock()
		defer mu.Unlock()
		files = append(files, f)
		return newCSV(f), nil
	})
	for _, f := range files {
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return IndexEntry{}, err
	}
	page.Home = indexName
	for i := range page.Contents {
		page.Contents[i].File = csvName(r, page.Contents[i].Section)
	}
	entry := IndexEntry{Report: r, Page: r.Name + ".html", Scope: page.Scope}
	if len(page.Figures) > 0 {
		entry.Figure = &page.Figures[0]
	}
	return entry, b.file(entry.Page, page.write)
}

// remove deletes what was written of a report.
func (b *builder) remove(r *Report) error {
	files, err := os.ReadDir(b.dir)
	for _, f := range files {
		if strings.HasPrefix(f.Name(), r.Name+".") {
			err = errors.Join(err, os.Remove(filepath.Join(b.dir, f.Name())))
		}
	}
	return err
}

// csvName is where the rows of a section lie: NAME.csv for the main one, else
// NAME.SECTION.csv.
func csvName(r *Report, s *Section) string {
	if s == r.Main() {
		return r.Name + ".csv"
	}
	return r.Name + "." + s.Name + ".csv"
}

func (b *builder) file(name string, write func(io.Writer) error) error {
	f, err := os.Create(filepath.Join(b.dir, name))
	if err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return errors.Join(write(f), f.Close())
}

// replaceFolder renames a folder to a name that may be taken. What had the name
// is removed last.
func replaceFolder(from, to string) error {
	old := to + ".old"
	if err := os.RemoveAll(old); err != nil {
		return fmt.Errorf("clear %s: %w", old, err)
	}
	if err := os.Rename(to, old); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("put reports into place: %w", err)
	}
	if err := os.Rename(from, to); err != nil {
		return fmt.Errorf("put reports into place: %w; those before are in %s", err, old)
	}
	if err := os.RemoveAll(old); err != nil {
		return fmt.Errorf("clear %s: %w", old, err)
	}
	return nil
}
