package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// frame shows a page at a given width and writes down how wide its content is.
const frame = `<!doctype html><title>frame</title>
<iframe src="/out/%s" style="width:%dpx;height:900px;border:0" onload="
  const d = this.contentDocument;
  document.getElementById('seen').textContent = 'width ' + d.documentElement.scrollWidth + ' headings ' + d.querySelectorAll('h1').length + ' scripts ' + d.scripts.length;
"></iframe><p id="seen"></p>`

var seenPattern = regexp.MustCompile(`width (\d+) headings (\d+) scripts (\d+)`)

// checkPages opens every page of a report in a real browser, at the width of a
// desk and of a telephone: none may have to be scrolled sideways.
func checkPages(t *testing.T, dir string) {
	browser := findBrowser(t)
	pages, err := filepath.Glob(filepath.Join(dir, "*.html"))
	if err != nil || len(pages) < 4 {
		t.Fatalf("pages: %v, %v", pages, err)
	}
	mux := http.NewServeMux()
	mux.Handle("/out/", http.StripPrefix("/out/", http.FileServer(http.Dir(dir))))
	mux.HandleFunc("/frame", func(w http.ResponseWriter, r *http.Request) {
		width, _ := strconv.Atoi(r.FormValue("width"))
		fmt.Fprintf(w, frame, filepath.Base(r.FormValue("page")), width)
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	for _, page := range pages {
		for _, width := range []int{1280, 390} {
			name := filepath.Base(page)
			dom := visit(t, browser, fmt.Sprintf("%s/frame?page=%s&width=%d", server.URL, name, width))
			m := seenPattern.FindSubmatch(dom)
			if m == nil {
				t.Errorf("%s at %d px was not shown:\n%.500s", name, width, dom)
				continue
			}
			if content, _ := strconv.Atoi(string(m[1])); content > width {
				t.Errorf("%s at %d px is %d px wide", name, width, content)
			}
			if string(m[2]) != "1" || string(m[3]) != "0" {
				t.Errorf("%s: %s headings of the first level, %s scripts; want 1 and 0", name, m[2], m[3])
			}
		}
	}
}

func findBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("no Chromium: .ci/run installs it")
	}
	t.Skip("no Chromium to look at the pages with")
	return ""
}

// visit returns the document that a page has become once it has loaded.
func visit(t *testing.T, browser, url string) []byte {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	dom, err := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir="+t.TempDir(),
		"--window-size=1400,1000", "--virtual-time-budget=10000", "--dump-dom", url).Output()
	if err != nil {
		t.Fatalf("open %s: %v", url, err)
	}
	return dom
}
