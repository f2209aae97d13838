package source

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

var (
	coursesFeed = Feed{Name: "courses", Kind: Credentials, Format: FormatCTDL}
	tableFeed   = Feed{Name: "table", Kind: Vacancies, Format: FormatTable, Table: TableOptions{Columns: map[string]string{"title": "job", "skills": "skills"}}}
)

// TestFileErrors reads files that are broken as a whole.
func TestFileErrors(t *testing.T) {
	line := []byte(`{"@type":"JobPosting","title":"a"}` + "\n")
	noise := make([]byte, 600)
	for i := range noise {
		noise[i] = byte(i * i * 7)
	}
	for _, c := range []struct {
		name string
		feed Feed
		text []byte
		want string // in the message
	}{
		{"gzip bomb", jobsFeed, packGzip(bytes.Repeat(line, 3000)), "unpacks to more than 50 times its size"},
		{"zstd bomb", jobsFeed, packZstd(bytes.Repeat(line, 3000)), "unpacks to more than 50 times its size"},
		{"zip bomb", jobsFeed, packZip("a", bytes.Repeat(line, 3000)), "unpacks to more than 50 times its size"},
		{"bomb in a bomb", jobsFeed, packGzip(packGzip(bytes.Repeat(line, 30_000))), "unpacks to more than"},
		{"larger than any feed", jobsFeed, bytes.Repeat([]byte(" "), 100_001), "larger than"},
		{"packed three times", jobsFeed, packGzip(packGzip(packGzip(line))), "packed more than twice"},
		{"truncated gzip", jobsFeed, packGzip(line)[:30], "unexpected EOF"},
		{"truncated zstd", jobsFeed, packZstd(line)[:20], "unexpected EOF"},
		{"truncated zip", jobsFeed, packZip("a", line)[:40], "not a valid zip file"},
		{"many members", jobsFeed, packZip("a", nil, "b", nil, "c", nil, "d", nil), "4 members"},
		{"long list of members", jobsFeed, packZip(strings.Repeat("n", 11_000), nil), "list of its members is too long"},
		{"zip in gzip", jobsFeed, packGzip(packZip("a", line)), "archive inside"},
		{"encrypted", jobsFeed, encrypted(packZip("a", line)), "encrypted"},
		{"spreadsheet", tableFeed, packZip("[Content_Types].xml", nil, "xl/workbook.xml", nil), "Office document"},
		{"text document", tableFeed, packZip("mimetype", nil, "content.xml", nil), "Office document"},
		{"PDF", jobsFeed, []byte("%PDF-1.7\n"), "PDF document"},
		{"PNG in gzip", tableFeed, packGzip([]byte("\x89PNG\r\n\x1a\n")), "PNG image"},
		{"Parquet", tableFeed, append([]byte("PAR1"), noise...), "Parquet file"},
		{"program", jobsFeed, append([]byte("\x7fELF"), noise...), "program"},
		{"noise", tableFeed, noise, "binary data"},
		{"tar", jobsFeed, append(make([]byte, 257), "ustar\x00 00"...), "tar archive"},
		{"UTF-32", jobsFeed, []byte("\xff\xfe\x00\x00{\x00\x00\x00"), "UTF-32"},
		{"XML as JSON", jobsFeed, []byte(`<?xml version="1.0"?><rss/>`), "XML document"},
		{"page as CTDL", coursesFeed, []byte("\n<!DOCTYPE HTML><html></html>"), "HTML page"},
		{"page as table", tableFeed, []byte("<html><body>502</body></html>"), "HTML page"},
		{"table as JSON", jobsFeed, []byte("id,title\n1,a\n"), "no JSON"},
		{"array cut off", jobsFeed, append([]byte("["), line...), "cut off"},
		{"graph cut off", jobsFeed, append([]byte("{\n\"@graph\":["), line...), "cut off"},
		{"document cut off after its graph", jobsFeed, []byte("{\n\"@graph\":[],\n"), "cut off"},
		{"long header", tableFeed, []byte(strings.Repeat("a", 500)), "names the columns"},
		{"many columns", tableFeed, []byte("job" + strings.Repeat(",", 30) + "\n"), "more than 20 columns"},
		{"no header, contact in the first row", tableFeed, []byte("ann.lee@example.org\n"), `nearest column is ""`},
		{"quotes never closed", tableFeed, []byte("job,skills\n" + strings.Repeat("\"a,b,c\n", 20)), "never closed"},
		{"many ids", coursesFeed, manyEntities(100), "make several feeds"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := readText(t, c.feed, smallLimits(), "a", c.text)
			var file *FileError
			if !errors.As(err, &file) || file.Action == "" || !strings.Contains(err.Error(), c.want) || len(err.Error()) > 500 {
				t.Errorf("error %v, want a *FileError with %q", err, c.want)
			}
		})
	}
}

func packGzip(text []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(text)
	_ = w.Close()
	return b.Bytes()
}

func packZstd(text []byte) []byte {
	w, _ := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(zstd.MinWindowSize))
	return w.EncodeAll(text, nil)
}

// packZip packs members: names and contents in turn.
func packZip(members ...any) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		w, _ := z.Create(members[i].(string))
		content, _ := members[i+1].([]byte)
		_, _ = w.Write(content)
	}
	_ = z.Close()
	return b.Bytes()
}

// encrypted sets the mark of encryption of the member of an archive.
func encrypted(archive []byte) []byte {
	archive[bytes.Index(archive, []byte("PK\x01\x02"))+8] |= 1
	return archive
}

func manyEntities(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, `{"@id":"https://example.org/%d","@type":"ceterms:Course"}`+"\n", i)
	}
	return b.Bytes()
}

func TestTableRejects(t *testing.T) {
	for _, c := range []struct {
		name, text string
		titles     []string
		rules      []string
	}{
		{"ragged rows", "job,skills\na\nb,c\nd,e,f\n", []string{"b"}, []string{RuleColumnCount, RuleColumnCount}},
		{"very wide row", "job,skills\n" + strings.Repeat(",", 50) + "\nb,c\n", []string{"b"}, []string{RuleColumnCount}},
		{"long row", "job,skills\n" + strings.Repeat("a", 500) + "\nb,c\n", []string{"b"}, []string{RuleTooLong}},
		{"quote never closed", "job,skills\n\"a,b\n" + strings.Repeat("c,d\n", 100), slices.Repeat([]string{"c"}, 100), []string{RuleQuoteOpen}},
		{"lone carriage returns", "job,skills\ra,b\rc,d\r", []string{"a", "c"}, nil},
		{"mixed encodings", "job,skills\nK\xf6chin,b\nKöchin,d\n", []string{"Köchin", "Köchin"}, nil},
		{"deep JSON", `[{"job":` + strings.Repeat("[", 9) + strings.Repeat("]", 9) + `},{"job":"a"}]`, []string{"a"}, []string{RuleJSONDepth}},
		{"array of arrays", `[["a"],{"job":"b"}]`, []string{"b"}, []string{RuleJSONBroken}},
		{"header alone", "job,skills\n", nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			records, rejects, err := readText(t, tableFeed, smallLimits(), "a", []byte(c.text))
			var titles, rules []string
			for _, r := range records {
				titles = append(titles, r.Vacancy.Title)
			}
			for _, r := range rejects {
				rules = append(rules, r.Rule)
			}
			if err != nil || !reflect.DeepEqual(titles, c.titles) || !reflect.DeepEqual(rules, c.rules) {
				t.Errorf("titles %q, rules %v, %v; want %q, %v", titles, rules, err, c.titles, c.rules)
			}
		})
	}
}

func TestLongListsAreRejected(t *testing.T) {
	list := strings.Repeat("a,", maxListItems+1)
	for text, feed := range map[string]Feed{
		`{"title":"a","skills":"` + list + `"}`:                                                           jobsFeed,
		`{"title":"a","skills":["` + list[:maxListItems] + `","` + list[:maxListItems+4] + `"]}`:          jobsFeed,
		`{"job":"a","skills":"` + list + `"}`:                                                             tableFeed,
		"job,skills\na,\"" + list + "\"\n":                                                                tableFeed,
		`{"@type":"ceterms:Course","ceterms:teaches":["` + strings.Repeat(`a","`, maxListItems+1) + `"]}`: coursesFeed,
	} {
		_, rejects, err := readText(t, feed, defaultLimits(), "a", []byte(text))
		if err != nil || len(rejects) != 1 || rejects[0].Rule != RuleTooManyValues {
			t.Errorf("%.20s…: rejects %+v, %v; want one for %s", text, rejects, err, RuleTooManyValues)
		}
	}
	if got := splitList(strings.Repeat(",", 50_000)+list, "", false); len(got) != maxListItems+1 {
		t.Errorf("%d items, want one more than %d", len(got), maxListItems)
	}
}

// TestMembersOfOneName gives each member of an archive a name of its own.
func TestMembersOfOneName(t *testing.T) {
	job := []byte(`{"title":""}x`)
	name := strings.Repeat("é", 200)
	lim := smallLimits()
	lim.members = 10
	_, rejects, err := readText(t, jobsFeed, lim, "z", packZip("a.json", job, "a.json#2", job, "a.json", job, "a.json", job, "b\n\xff.json", job, name, job, name, job))
	var got []string
	for _, r := range rejects {
		_, member, _ := strings.Cut(r.File, "!")
		got = append(got, member)
	}
	short := "…" + name[len(name)-250:]
	if want := []string{"a.json", "a.json#2", "a.json#3", "a.json#4", "b\ufffd\ufffd.json", short, short + "#2"}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("members %q, %v; want %q", got, err, want)
	}
}

// TestOpen reads a copy of a file under the file's own name, and no pipe.
func TestOpen(t *testing.T) {
	dir := t.TempDir()
	file, stored, pipe := filepath.Join(dir, "jobs"), filepath.Join(dir, "copy"), filepath.Join(dir, "pipe")
	if err := errors.Join(os.WriteFile(stored, []byte(`{"title":"a"}`+"\n{"), 0o600), syscall.Mkfifo(pipe, 0o600)); err != nil {
		t.Fatal(err)
	}
	feed := jobsFeed
	feed.Files = []string{file}
	feed.Open = func(path string) (*os.File, error) { return os.Open(strings.Replace(path, file, stored, 1)) }
	var names []string
	stats, err := Read(t.Context(), feed,
		func(r Record) error { names = append(names, r.File); return nil },
		func(r model.Reject) error { names = append(names, r.File); return nil })
	if err != nil || stats.Files[0].File != file || !reflect.DeepEqual(names, []string{file, file}) {
		t.Errorf("files %v, names %v, %v", stats.Files, names, err)
	}
	for _, path := range []string{pipe, dir, os.DevNull} {
		var broken *FileError
		if _, err := Read(t.Context(), Feed{Name: "p", Kind: Vacancies, Format: FormatSchemaOrg, Files: []string{path}}, nil, nil); !errors.As(err, &broken) || !strings.Contains(err.Error(), "deliver a regular file") {
			t.Errorf("%s: %v", path, err)
		}
	}
}
