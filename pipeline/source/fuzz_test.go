package source

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// outcome is what reading a feed gave.
type outcome struct {
	records []Record
	rejects []model.Reject
	err     string
}

// readBytes reads content as the only file of a feed, twice where the format
// needs it, as [Read] does.
func readBytes(t *testing.T, feed Feed, content []byte) outcome {
	var o outcome
	out := newSink(t.Context(), &feed, smallLimits(),
		func(r Record) error { o.records = append(o.records, r); return nil },
		func(r model.Reject) error { o.rejects = append(o.rejects, r); return nil })
	dec, err := decoderFor(&feed, out)
	if err != nil {
		t.Fatal(err)
	}
	each := func(read func(string, io.Reader) error) error {
		return unpack("feed", bytes.NewReader(content), int64(len(content)), out.lim, wrap(t.Context(), read))
	}
	if ix, ok := dec.(indexer); ok {
		err = each(ix.index)
	}
	if err == nil {
		err = each(func(member string, r io.Reader) error {
			out.file, out.number = member, 0
			return dec.decode(member, r)
		})
	}
	var file *FileError
	if err != nil {
		if !errors.As(err, &file) || file.Action == "" {
			t.Errorf("error %v is no *FileError that says what to do", err)
		}
		o.err = err.Error()
	}
	if n := int64(len(o.records) + len(o.rejects)); n != out.stats.Records {
		t.Errorf("%d calls, Records is %d", n, out.stats.Records)
	}
	return o
}

// checkRead reads content twice and checks what holds of every feed.
func checkRead(t *testing.T, feed Feed, content []byte) {
	o := readBytes(t, feed, content)
	if again := readBytes(t, feed, content); !reflect.DeepEqual(o, again) {
		t.Errorf("read again it differs: %+v, %+v", o, again)
	}
	rules := Rules()
	type key struct {
		file   string
		record int64
	}
	seen := map[key]bool{}
	for _, r := range o.rejects {
		if !slices.ContainsFunc(rules, func(rule Rule) bool { return rule.ID == r.Rule }) || r.Message == "" || len(r.Raw) > rawBytes || !utf8.ValidString(r.Raw+r.Message+r.File) {
			t.Errorf("reject %+v", r)
		}
		if seen[key{r.File, r.Record}] {
			t.Errorf("two rejects of record %d of %s", r.Record, r.File)
		}
		seen[key{r.File, r.Record}] = true
	}
	for _, r := range o.records {
		if (r.Vacancy != nil) == (r.Credential != nil) || seen[key{r.File, r.Number}] {
			t.Errorf("record %+v", r)
		}
		if v := r.Vacancy; v != nil && (len(v.Skills) > maxListItems || !utf8.ValidString(v.Title+v.Description+v.Employer)) {
			t.Errorf("vacancy %+v", v)
		}
	}
}

func fuzzFeed(f *testing.F, feed Feed, seeds ...string) {
	for _, s := range seeds {
		text, err := os.ReadFile(filepath.Join("testdata", s))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, content []byte) { checkRead(t, feed, content) })
}

func FuzzJobPosting(f *testing.F) {
	fuzzFeed(f, jobsFeed, "jobposting.jsonl", "jobposting_array.json", "jobposting_graph.json")
}

func FuzzCTDL(f *testing.F) {
	fuzzFeed(f, coursesFeed, "ctdl_graph.json", "ctdl_envelopes.json")
}

func FuzzTable(f *testing.F) {
	feed := Feed{Name: "t", Kind: Vacancies, Format: FormatTable, Table: TableOptions{Columns: map[string]string{"title": "Job title", "skills": "Skills wanted"}}}
	fuzzFeed(f, feed, "vacancies.csv", "vacancies_broken.csv", "vacancies_table.ndjson")
}

// FuzzPage reads what a page of HTML holds.
func FuzzPage(f *testing.F) {
	page, err := os.ReadFile(filepath.Join("testdata", "jobposting_page.html"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(page)
	f.Fuzz(func(t *testing.T, content []byte) { checkRead(t, jobsFeed, append([]byte("<html>"), content...)) })
}

// FuzzDialect reads tables of any separators and encodings.
func FuzzDialect(f *testing.F) {
	f.Add([]byte("title|skills\na|b;c\n"), "|", ";", "")
	f.Add([]byte("title\tskills\r\"a\"\"b\"\t\"c\rd\"\r"), "tab", "", "windows-1252")
	f.Add([]byte("t\x00i\x00t\x00l\x00e\x00,\x00s\x00k\x00i\x00l\x00l\x00s\x00\n\x00a\x00,\x00b\x00"), "", "(", "utf-16le")
	f.Fuzz(func(t *testing.T, content []byte, separator, list, encoding string) {
		if len(separator) > 1 && separator != "tab" {
			separator = separator[:1]
		}
		checkRead(t, Feed{Name: "t", Kind: Vacancies, Format: FormatTable, Table: TableOptions{
			Columns: map[string]string{"title": "title", "skills": "skills"}, Separator: separator, ListSeparator: list, Encoding: encoding,
		}}, content)
	})
}

// FuzzUnpack unpacks any bytes as if packed in each way, and packs them.
func FuzzUnpack(f *testing.F) {
	line := []byte(`{"title":"a"}`)
	for _, seed := range [][]byte{packGzip(line), packZstd(line), packZip("a", line, "a", line), packZip("a", packGzip(line)), packGzip(packZstd(line)), packGzip(packZip("a", line))} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		checkRead(t, jobsFeed, content)
		for _, magic := range []string{"\x1f\x8b\x08", "\x28\xb5\x2f\xfd", "PK\x03\x04"} {
			checkRead(t, jobsFeed, append([]byte(magic), content...))
		}
		lim := smallLimits()
		lim.ratio = 1 << 20
		for _, packed := range [][]byte{packGzip(content), packZstd(content), packZip("a", content)} {
			var got []byte
			err := unpack("a", bytes.NewReader(packed), int64(len(packed)), lim, func(_ string, r io.Reader) (err error) {
				got, err = io.ReadAll(r)
				return err
			})
			if err == nil && !bytes.HasPrefix(content, gzipMagic) && !bytes.HasPrefix(content, zstdMagic) && !bytes.Equal(got, content) {
				t.Errorf("packed and unpacked it is %q", got)
			}
		}
	})
}

// FuzzEncoding reads text in any encoding: lines joined are the text.
func FuzzEncoding(f *testing.F) {
	f.Add([]byte("a\nb"), "")
	f.Add([]byte("\xef\xbb\xbfa\r\nb\xf6"), "utf-8")
	f.Add([]byte("\xff\xfea\x00\n\x00"), "")
	f.Add([]byte("\x00a\x00\n\xd8"), "utf-16be")
	f.Add([]byte("a\rb\rc"), "iso-8859-2")
	f.Fuzz(func(t *testing.T, content []byte, declared string) {
		br, err := textReader(bytes.NewReader(content), declared)
		if err != nil {
			return
		}
		lines := lineReader{br, 1 << 20}
		var b strings.Builder
		for {
			line, long, err := lines.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || long || !utf8.Valid(line) || bytes.Contains(bytes.TrimSuffix(line, []byte("\n")), []byte("\n")) {
				t.Fatalf("line %q, long %v, %v", line, long, err)
			}
			b.Write(line)
		}
		want := strings.TrimPrefix(string(content), "\ufeff")
		if !strings.Contains(want, "\n") {
			want = strings.ReplaceAll(want, "\r", "\n")
		}
		if got := strings.ReplaceAll(b.String(), "\r", "\n"); declared == "" && utf8.Valid(content) && utf16Order(content) == nil && got != strings.ReplaceAll(want, "\r", "\n") {
			t.Errorf("read %q of %q", got, content)
		}
	})
}
