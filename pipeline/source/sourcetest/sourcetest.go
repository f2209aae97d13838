package sourcetest

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/unicode"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

// Case is a format with a sample of it.
type Case struct {
	Feed    source.Feed // without Files
	Sample  string      // file whose records are all good
	Records int         // how many it has

	Broken string   // optional: the sample with records that break Rules
	Rules  []string // in order
	Kept   int      // good records in Broken

	// Secret is text of the sample, a contact, that no record may hold.
	Secret string
}

// Run checks a format. It needs no network and no data but the samples.
func Run(t *testing.T, c Case) {
	sample, err := os.ReadFile(c.Sample)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Base(c.Sample)
	want := c.good(t, name, sample)
	t.Run("secret", func(t *testing.T) { c.keepsNoSecret(t, want) })
	t.Run("packed", func(t *testing.T) { c.packed(t, name, sample, want) })
	t.Run("encodings", func(t *testing.T) { c.encodings(t, name, sample, want) })
	t.Run("broken", func(t *testing.T) { c.broken(t) })
	t.Run("truncated", func(t *testing.T) { c.truncated(t, name, sample) })
	t.Run("errors", func(t *testing.T) { c.errors(t, name, sample) })
}

// result is what reading a feed gave.
type result struct {
	records []source.Record
	rejects []model.Reject
	stats   source.Stats
	err     error
}

func (c Case) read(t *testing.T, name string, text []byte) result {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	feed := c.Feed
	feed.Files = []string{path}
	var r result
	r.stats, r.err = source.Read(t.Context(), feed,
		func(rec source.Record) error { r.records = append(r.records, rec); return nil },
		func(rej model.Reject) error { r.rejects = append(r.rejects, rej); return nil })
	if n := int64(len(r.records) + len(r.rejects)); n != r.stats.Records {
		t.Errorf("%s: %d records and rejects, Stats.Records is %d", name, n, r.stats.Records)
	}
	for i := range r.records {
		r.records[i].File = strings.TrimPrefix(r.records[i].File, path)
	}
	return r
}

// good reads the sample and checks what every record must be.
func (c Case) good(t *testing.T, name string, sample []byte) []source.Record {
	t.Helper()
	r := c.read(t, name, sample)
	if r.err != nil || len(r.rejects) > 0 || len(r.records) != c.Records {
		t.Fatalf("sample: %d records, rejects %+v, error %v; want %d records", len(r.records), r.rejects, r.err, c.Records)
	}
	if len(r.stats.Files) != 1 || len(r.stats.Files[0].SHA256) != 64 || r.stats.Bytes != int64(len(sample)) {
		t.Errorf("stats = %+v, want one file with its hash and %d bytes", r.stats, len(sample))
	}
	for i, rec := range r.records {
		if rec.Number != int64(i+1) || len(rec.Raw) == 0 || rec.Bytes == 0 {
			t.Errorf("record %d has number %d, %d raw bytes, size %d", i+1, rec.Number, len(rec.Raw), rec.Bytes)
		}
		if (rec.Vacancy != nil) != (c.Feed.Kind == source.Vacancies) || (rec.Credential != nil) != (c.Feed.Kind == source.Credentials) || (rec.Statistic != nil) != c.Feed.Kind.Official() {
			t.Errorf("record %d is not of kind %s", i+1, c.Feed.Kind)
		}
	}
	return r.records
}

func (c Case) keepsNoSecret(t *testing.T, records []source.Record) {
	if c.Secret == "" {
		t.Skip("the sample holds no contact")
	}
	for _, rec := range records {
		rec.Raw = nil
		text, err := json.Marshal(rec)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(text, []byte(c.Secret)) {
			t.Errorf("record %d holds %q", rec.Number, c.Secret)
		}
	}
}

// packed reads the sample packed in each way, under a name without extension.
func (c Case) packed(t *testing.T, name string, sample []byte, want []source.Record) {
	for kind, text := range map[string][]byte{"gzip": gzipped(t, sample), "zstd": zstandard(t, sample), "zip": zipped(t, name, sample), "gzip in zip": zipped(t, name, gzipped(t, sample))} {
		got := c.read(t, "feed", text)
		if got.err != nil {
			t.Errorf("%s: %v", kind, got.err)
			continue
		}
		suffix := ""
		if strings.HasSuffix(kind, "zip") && kind != "gzip" {
			suffix = "!" + name
		}
		for _, rec := range got.records {
			if rec.File != suffix {
				t.Errorf("%s: record of file …%s, want …%s", kind, rec.File, suffix)
			}
		}
		equal(t, kind, got.records, want)
	}
}

func (c Case) encodings(t *testing.T, name string, sample []byte, want []source.Record) {
	equal(t, "byte-order mark", c.read(t, name, append([]byte("\xef\xbb\xbf"), sample...)).records, want)
	equal(t, "CRLF", c.read(t, name, bytes.ReplaceAll(sample, []byte("\n"), []byte("\r\n"))).records, want)
	wide, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().Bytes(sample)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "UTF-16", c.read(t, name, wide).records, want)
}

// equal compares what was decoded, not the bytes it was decoded from.
func equal(t *testing.T, kind string, got, want []source.Record) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d records, want %d", kind, len(got), len(want))
		return
	}
	for i := range got {
		if !reflect.DeepEqual(got[i].Vacancy, want[i].Vacancy) || !reflect.DeepEqual(got[i].Credential, want[i].Credential) {
			t.Errorf("%s: record %d differs", kind, i+1)
		}
	}
}

func (c Case) broken(t *testing.T) {
	if c.Broken == "" {
		t.Skip("no broken sample")
	}
	text, err := os.ReadFile(c.Broken)
	if err != nil {
		t.Fatal(err)
	}
	r := c.read(t, filepath.Base(c.Broken), text)
	var rules []string
	for _, rej := range r.rejects {
		rules = append(rules, rej.Rule)
		if rej.Source != c.Feed.Name || rej.Message == "" || rej.Record == 0 || len(rej.Raw) > 2000 || strings.Contains(rej.Raw, "@example") {
			t.Errorf("reject %+v", rej)
		}
	}
	if r.err != nil || len(r.records) != c.Kept || !reflect.DeepEqual(rules, c.Rules) {
		t.Errorf("%d records, rules %v, error %v; want %d, %v", len(r.records), rules, r.err, c.Kept, c.Rules)
	}
}

// truncated reads the sample cut at many places: nothing may panic, and what
// is read must still add up.
func (c Case) truncated(t *testing.T, name string, sample []byte) {
	step := max(len(sample)/60, 1)
	for n := 0; n < len(sample); n += step {
		if got := c.read(t, name, sample[:n]); len(got.records) > c.Records {
			t.Errorf("the first %d bytes give %d records", n, len(got.records))
		}
	}
	half := gzipped(t, sample)
	var file *source.FileError
	if got := c.read(t, name, half[:len(half)/2]); !errors.As(got.err, &file) {
		t.Errorf("a gzip file cut in half: error %v, want a *FileError", got.err)
	}
}

func (c Case) errors(t *testing.T, name string, sample []byte) {
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, sample, 0o600); err != nil {
		t.Fatal(err)
	}
	feed := c.Feed
	feed.Files = []string{path}
	ignore := func(model.Reject) error { return nil }
	stop := errors.New("stop")
	if _, err := source.Read(t.Context(), feed, func(source.Record) error { return stop }, ignore); err != stop { //nolint:errorlint // as it is
		t.Errorf("error of accept comes back as %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := source.Read(ctx, feed, func(source.Record) error { return nil }, ignore); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: error %v", err)
	}
	feed.Files = []string{path + ".missing"}
	var file *source.FileError
	if _, err := source.Read(t.Context(), feed, func(source.Record) error { return nil }, ignore); !errors.As(err, &file) || file.Action == "" {
		t.Errorf("missing file: error %v, want a *FileError that says what to do", err)
	}
}

func gzipped(t *testing.T, text []byte) []byte {
	var b bytes.Buffer
	return pack(t, &b, gzip.NewWriter(&b), text)
}

func zstandard(t *testing.T, text []byte) []byte {
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	return pack(t, &b, w, text)
}

func pack(t *testing.T, b *bytes.Buffer, w io.WriteCloser, text []byte) []byte {
	t.Helper()
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zipped(t *testing.T, name string, text []byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for member, content := range map[string][]byte{name: text, "__MACOSX/._" + name: []byte("litter")} {
		w, err := z.Create(member)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
