package reports

import (
	"fmt"
	"io"
)

// Index is what the template of the index receives.
type Index struct {
	Meta    Meta
	Entries []IndexEntry
}

// IndexEntry is a report on the index.
type IndexEntry struct {
	*Report
	Page   string      // address of its page
	Scope  []string    // what its key figure is about
	Figure *PageFigure // its first key figure; nil where it has none
	Error  string      // why there is no page; "" where there is one
}

func (i Index) write(w io.Writer) error {
	t, err := parseTemplates()
	if err != nil {
		return fmt.Errorf("parse index template: %w", err)
	}
	if err := t.ExecuteTemplate(w, "index.html.tmpl", i); err != nil {
		return fmt.Errorf("write index: %w", err)
	}
	return nil
}
