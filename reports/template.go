package reports

import (
	"embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed template
var templates embed.FS

// parseTemplates returns the shared parts of all pages (style, table, chart, …)
// and the default page and index.
func parseTemplates() (*template.Template, error) {
	style, err := templates.ReadFile("template/style.css")
	if err != nil {
		return nil, err
	}
	t, err := template.New("style").Parse(string(style))
	if err != nil {
		return nil, err
	}
	return t.ParseFS(templates, "template/*.tmpl")
}

// ParsePage returns the template of a page that is no report's, such as a person's:
// it may use every shared part, as {{template "style"}} and {{template "foot" .Meta}}.
func ParsePage(text string) (*template.Template, error) {
	t, err := parseTemplates()
	if err != nil {
		return nil, err
	}
	return t.New("own").Parse(text)
}

// pageTemplate returns the template of the report's page: its own, which may
// use every part of the default one, or the default.
func (r *Report) pageTemplate() (*template.Template, error) {
	t, err := parseTemplates()
	if err != nil {
		return nil, err
	}
	if r.template == "" {
		return t.Lookup("page.html.tmpl"), nil
	}
	return t.New("own").Parse(r.template)
}

func (p *Page) write(w io.Writer) error {
	t, err := p.pageTemplate()
	if err != nil {
		return fmt.Errorf("parse page template of report %q: %w", p.Name, err)
	}
	if err := t.Execute(w, p); err != nil {
		return fmt.Errorf("write page of report %q: %w", p.Name, err)
	}
	return nil
}
