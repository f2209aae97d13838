package reports

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
)

// Render runs the report and writes it in one of Formats: html is its page with
// every section; table, for a terminal, and json, csv, ndjson and arrow hold
// one section, as Run gives it. Values in the latter four are exact; json is an
// object with the report's metadata and its rows. Errors are those of Run, and
// *FormatError.
func (r *Report) Render(ctx context.Context, w io.Writer, format string, q Querier, params map[string]string, meta Meta) error {
	switch format {
	case "html":
		page, err := r.page(ctx, q, params, meta, nil)
		if err != nil {
			return err
		}
		return page.write(w)
	case "table":
		return r.renderTable(ctx, w, q, params)
	case "json":
		return r.renderJSON(ctx, w, q, params, meta)
	}
	if _, err := encoderFor(w, format); err != nil {
		return err
	}
	rows, err := r.Run(ctx, q, params)
	if err != nil {
		return err
	}
	defer rows.Release()
	return Render(w, format, rows)
}

func (r *Report) renderTable(ctx context.Context, w io.Writer, q Querier, params map[string]string) error {
	s, settled, err := r.choose(params)
	if err != nil {
		return err
	}
	rows, err := r.collect(ctx, q, s, settled, nil)
	if err != nil {
		return err
	}
	view := s.view(rows)
	if len(rows.rows) == 0 {
		if view.Nothing, err = r.nothing(ctx, q, settled); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintf(w, "%s\n%s\n", r.Question, s.Title); err != nil {
		return err
	}
	return writeTable(w, view)
}

// head is what stands before the rows of a report in JSON.
type head struct {
	Report     string            `json:"report"`
	Title      string            `json:"title"`
	Question   string            `json:"question"`
	Section    string            `json:"section"`
	Grain      string            `json:"grain"`
	AsOf       string            `json:"as_of"`
	RunID      string            `json:"run_id"`
	SnapshotID string            `json:"snapshot_id"`
	Release    string            `json:"taxonomy_release"`
	Taxonomy   string            `json:"taxonomy"`
	Linker     string            `json:"linker"`
	Version    string            `json:"version"`
	Synthetic  bool              `json:"synthetic"`
	Warnings   []string          `json:"warnings,omitempty"`
	Parameters map[string]string `json:"parameters"`
	Columns    []headColumn      `json:"columns"`
}

type headColumn struct {
	Name    string `json:"name"`
	Unit    string `json:"unit,omitempty"`
	Meaning string `json:"meaning"`
}

func (r *Report) renderJSON(ctx context.Context, w io.Writer, q Querier, params map[string]string, meta Meta) error {
	s, settled, err := r.choose(params)
	if err != nil {
		return err
	}
	h := head{
		Report: r.Name, Title: r.Title, Question: r.Question, Section: s.Name, Grain: s.Grain,
		AsOf: meta.AsOf, RunID: meta.RunID, SnapshotID: meta.SnapshotID, Release: meta.TaxonomyRelease,
		Taxonomy: meta.Taxonomy, Linker: meta.Linker, Version: meta.Version, Synthetic: meta.Starter, Warnings: meta.Warnings,
		Parameters: settled,
	}
	for _, c := range s.Columns {
		h.Columns = append(h.Columns, headColumn{c.Name, c.Unit, c.Meaning})
	}
	rows, err := r.query(ctx, q, s, settled)
	if err != nil {
		return err
	}
	defer rows.Release()
	text, err := json.MarshalIndent(h, "", "  ")
	if err != nil {
		return fmt.Errorf("render json: %w", err)
	}
	open := append(bytes.TrimSuffix(text, []byte("\n}")), ",\n  \"rows\": "...)
	if _, err := w.Write(open); err != nil {
		return fmt.Errorf("render json: %w", err)
	}
	if err := Render(w, "json", rows); err != nil {
		return err
	}
	if _, err := io.WriteString(w, "}\n"); err != nil {
		return fmt.Errorf("render json: %w", err)
	}
	return nil
}
