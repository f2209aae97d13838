package esco

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// Report says what an import read and what it could not use.
type Report struct {
	Release          string       // the pinned release, as "ESCO v1.1.1"
	Files            []FileReport // in the order read
	UnknownURIs      int          // rows with labels or flags for a concept that is not in the pinned release
	UnknownRelations int          // relations one end of which the pinned release does not define
	BadRows          int          // rows that lack what their file needs; see Files
	Skipped          []SkippedFile
}

// FileReport is what an import found in one file.
type FileReport struct {
	Path        string // with the archive before the name inside it
	Kind        string // what the file holds, such as "skills" or "occupation-skill relations"
	Language    string // "" for relations, and where a column gives the language
	Release     string // as "v1.1.1"; "" if the path states none
	Rows        int
	UnknownURIs int
	BadRows     int
	FirstBad    string // where and why the first bad row is bad
}

// SkippedFile is a file that was not read, and why.
type SkippedFile struct {
	Path, Reason string
}

// FileError is a file that cannot be imported. It says what is wrong where, and
// what to do.
type FileError struct {
	Path    string
	Problem string
	Advice  string
	Err     error // the cause, if there is one
}

// Error joins the place, the problem, the cause and the advice.
func (e *FileError) Error() string {
	parts := []string{"import " + e.Path, e.Problem}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	return strings.Join(append(parts, e.Advice), ": ")
}

// Unwrap returns the cause.
func (e *FileError) Unwrap() error { return e.Err }

// Import reads ESCO from folders and files. Languages, as "en" or "fr", limits
// the labels and descriptions to keep; nil keeps all. An error about a file is a
// *FileError.
func Import(paths []string, languages []string) (*taxonomy.Taxonomy, Report, error) {
	return ImportAs("", paths, languages)
}

// ImportAs is Import with the release, as "v1.1.1", of the files whose path does
// not state one.
func ImportAs(release string, paths []string, languages []string) (*taxonomy.Taxonomy, Report, error) {
	found := newFinder()
	defer found.close()
	for _, path := range paths {
		if err := found.addPath(path); err != nil {
			return nil, Report{}, err
		}
	}
	return importFiles(found, release, languages)
}

// ImportFS is ImportAs for every file of a file system, such as an embedded
// bundle.
func ImportFS(fsys fs.FS, release string, languages []string) (*taxonomy.Taxonomy, Report, error) {
	found := newFinder()
	defer found.close()
	if err := found.addFolder(fsys, ""); err != nil {
		return nil, Report{}, err
	}
	return importFiles(found, release, languages)
}

func importFiles(found *finder, release string, languages []string) (*taxonomy.Taxonomy, Report, error) {
	inputs, report, err := recogniseAll(found, release)
	if err != nil {
		return nil, Report{}, err
	}
	inputs, pinned, err := plan(inputs, &report)
	if err != nil {
		return nil, Report{}, err
	}
	b := newBuilder(languages)
	for _, in := range inputs {
		fileReport, err := b.read(in)
		if err != nil {
			return nil, Report{}, err
		}
		report.Files = append(report.Files, fileReport)
		report.UnknownURIs += fileReport.UnknownURIs
		report.BadRows += fileReport.BadRows
	}
	t := b.taxonomy()
	t.Releases = releaseNames(inputs, pinned)
	t.Release = t.Releases[0]
	report.Release = t.Release
	report.UnknownRelations = b.unknownRelations
	if err := checkLanguages(t, languages); err != nil {
		return nil, Report{}, err
	}
	return t, report, nil
}

// checkLanguages makes a requested language that no file has an error: it is a
// misspelt tag or a forgotten file.
func checkLanguages(t *taxonomy.Taxonomy, languages []string) error {
	have := strings.Join(t.Languages, ", ")
	for _, want := range languages {
		if !slices.Contains(t.Languages, normaliseLanguage(want)) {
			return fmt.Errorf("import ESCO: no label is in language %q; the labels kept are in: %s: add the files of that language (skills_%s.csv), or ask for others", want, have, want)
		}
	}
	return nil
}
