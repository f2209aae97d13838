package reports

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// smallSample keeps what a golden page can hold: the first skills.
func smallSample() *sample {
	s := newSample()
	few := func(uri string) bool { return uri > skillURI(7) && uri != skillURI(34) && uri != skillURI(40) }
	s.gaps = slices.DeleteFunc(s.gaps, func(g model.SkillGap) bool { return few(g.SkillURI) })
	return s
}

func build(t *testing.T, s *sample) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "2020-11-30")
	index, err := Build(context.Background(), s.write(t), library(t), out, sampleMeta)
	if err != nil {
		t.Fatal(err)
	}
	if index != filepath.Join(out, "index.html") {
		t.Errorf("index %s", index)
	}
	return out
}

func content(t *testing.T, path ...string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestPages(t *testing.T) {
	out := build(t, smallSample())
	for _, name := range []string{"index.html", "skill-gaps.html", "skill-gaps.csv", "skill-gaps.untrained.csv", "data-quality.html",
		"uptake.html", "reach-of-groups.html", "outcomes.html", "did-it-help.html", "provider-claims.html"} {
		golden(t, name, withoutStyle(content(t, out, name)))
	}
	files, err := filepath.Glob(filepath.Join(out, "*.html"))
	if err != nil || len(files) != len(library(t).Names())+1 { // and the index
		t.Fatalf("pages %v, %v", files, err)
	}
	for _, file := range files {
		checkPage(t, file)
	}
}

// checkPage proves what must hold for every page: nothing from elsewhere, no
// script, each id once, references that lead somewhere, pictures and tables
// with names.
func checkPage(t *testing.T, file string) {
	t.Helper()
	page, err := html.Parse(bytes.NewReader(content(t, file)))
	if err != nil {
		t.Fatal(err)
	}
	ids, headings := map[string]bool{}, 0
	for n := range page.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script", "img", "iframe", "link":
			t.Errorf("%s: <%s>", file, n.Data)
		case "h1":
			headings++
		case "html":
			if attribute(n, "lang") != "en" {
				t.Errorf("%s: no language", file)
			}
		case "table":
			if n.FirstChild.NextSibling.Data != "caption" {
				t.Errorf("%s: table without a caption", file)
			}
		}
		if id := attribute(n, "id"); id != "" && ids[id] {
			t.Errorf("%s: id %s twice", file, id)
		} else if id != "" {
			ids[id] = true
		}
	}
	for n := range page.Descendants() {
		if href := attribute(n, "href"); href != "" && !strings.HasPrefix(href, "http://data.europa.eu/esco/") {
			content(t, filepath.Dir(file), href)
		}
		if n.Data != "svg" || attribute(n, "aria-hidden") == "true" {
			continue
		}
		for _, id := range strings.Fields(attribute(n, "aria-labelledby")) {
			if !ids[id] {
				t.Errorf("%s: picture named by %s, which is nowhere", file, id)
			}
		}
		if attribute(n, "role") != "img" || attribute(n, "aria-labelledby") == "" {
			t.Errorf("%s: picture without a name", file)
		}
	}
	if headings != 1 {
		t.Errorf("%s: %d main headings", file, headings)
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func TestBuildReplacesTheFolder(t *testing.T) {
	db, out := (&sample{}).write(t), filepath.Join(t.TempDir(), "out", "2020-11-30")
	for range 2 {
		if _, err := Build(context.Background(), db, library(t), out, sampleMeta); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(filepath.Dir(out))
		if err != nil || len(entries) != 1 {
			t.Errorf("besides the pages there is %v, %v", entries, err)
		}
		if err := os.WriteFile(filepath.Join(out, "old.html"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(out+".tmp/left", 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Build(context.Background(), db, library(t), out, sampleMeta); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(out, "old.html")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a page of the build before is still there")
	}
}

func TestBuildNamesWhatFailed(t *testing.T) {
	lib, err := Load(fstest.MapFS{
		"broken.sql":       {Data: []byte(own("--   one | One | integer | rows | One\n", "SELECT 1::INTEGER AS one"))},
		"broken.html.tmpl": {Data: []byte("begins well {{.Nothing}}")},
	})
	if err != nil {
		t.Fatal(err)
	}
	db, out := (&sample{}).write(t), filepath.Join(t.TempDir(), "out")
	index, err := Build(context.Background(), db, lib, out, sampleMeta)
	var failed *BuildError
	if !errors.As(err, &failed) || failed.Report != "broken" || index == "" {
		t.Fatalf("index %q, error %v", index, err)
	}
	if page := content(t, index); !bytes.Contains(page, []byte("could not be made")) || !bytes.Contains(page, []byte("skill-gaps.html")) {
		t.Errorf("the index does not tell: %s", withoutStyle(page))
	}
	if left, err := filepath.Glob(filepath.Join(out, "broken*")); err != nil || len(left) > 0 {
		t.Errorf("left of the broken report: %v, %v", left, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if index, err := Build(ctx, db, lib, out, sampleMeta); index != "" || !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %q, %v", index, err)
	}
	if _, err := os.Stat(out + ".tmp"); !errors.Is(err, os.ErrNotExist) {
		t.Error("a cancelled build leaves its folder")
	}
}

func TestOwnTemplate(t *testing.T) {
	lib, err := Load(fstest.MapFS{
		"own.sql":       {Data: []byte(own("--   one | One | share bar | 0..1 | One\n", "SELECT 0.285 AS one"))},
		"own.html.tmpl": {Data: []byte(`{{range .Contents}}{{range .Records}}{{.one}}{{end}} {{template "table" .Open}}{{end}}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := lib.Get("own")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := r.Render(context.Background(), &out, "html", (&sample{}).write(t), nil, Meta{}); err != nil {
		t.Fatal(err)
	}
	if page := out.String(); !strings.HasPrefix(page, "0.285 ") || !strings.Contains(page, "29\u202f%") || !strings.Contains(page, "width:28.5%") {
		t.Error(page)
	}
}

func TestRenderReport(t *testing.T) {
	db, r := smallSample().write(t), report(t, "skill-gaps")
	params := map[string]string{"region": "FR", "occupation": "2512", "top": "3"}
	for _, format := range []string{"table", "json", "csv", "ndjson", "arrow", "html"} {
		var out bytes.Buffer
		if err := r.Render(context.Background(), &out, format, db, params, sampleMeta); err != nil {
			t.Errorf("%s: %v", format, err)
		}
		if format == "table" || format == "json" {
			golden(t, "skill-gaps.report."+format, out.Bytes())
		}
	}
	if err := r.Render(context.Background(), nil, "html", db, map[string]string{"section": "gaps"}, sampleMeta); !errors.As(err, new(*ParamError)) {
		t.Errorf("a page of one section: %v", err)
	}
	if err := r.Render(context.Background(), nil, "pdf", db, nil, sampleMeta); !errors.As(err, new(*FormatError)) {
		t.Errorf("format pdf: %v", err)
	}
}
