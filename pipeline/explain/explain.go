package explain

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// Explainer explains the figures of one snapshot.
type Explainer struct {
	DB       *warehouse.DB
	Taxonomy *taxonomy.Taxonomy // with which the snapshot was made
	Regions  *prepare.Regions
	Options  measure.Options // thresholds of the measures, as far as they are configured
	Language string          // of names, BCP 47
}

// Explanation says what a figure rests on.
type Explanation struct {
	Figure  string          `json:"figure"` // dataset.column
	Row     []Key           `json:"row"`    // what names the row
	Meaning string          `json:"meaning"`
	Unit    string          `json:"unit,omitempty"`
	Value   json.RawMessage `json:"value"` // as stored; null where it is not known
	Low     json.RawMessage `json:"low,omitempty"`
	High    json.RawMessage `json:"high,omitempty"` // ends of its 95 % interval
	Base    string          `json:"base,omitempty"` // how much it rests on
	Formula string          `json:"formula,omitempty"`
	PutIn   string          `json:"formula_with_figures,omitempty"`
	Parts   []Part          `json:"parts"`
	// Compared holds the figures of other rows that decide this one, and what these are.
	Compared     []Part `json:"compared,omitempty"`
	ComparedWith string `json:"compared_with,omitempty"`
	Note         string `json:"note,omitempty"`
	AsOf         string `json:"as_of"`
	Snapshot     string `json:"snapshot"`
	// Populations hold the records, the cell's own first; none where a figure is
	// made of others alone, or of learners' records.
	Populations []Population `json:"populations"`
}

// Key is a column of a row's key, with its value and, of a code, its name.
type Key struct {
	Column string `json:"column"`
	Value  string `json:"value"`
	Name   string `json:"name,omitempty"`
}

// Part is what stands in a formula: a figure, or a sum over the records.
type Part struct {
	Name    string          `json:"name"`
	Of      string          `json:"of,omitempty"` // the row it is of, where that is another
	Value   json.RawMessage `json:"value"`
	Meaning string          `json:"meaning"`
	Command string          `json:"command,omitempty"` // explains it in turn
}

// Explain explains the figure of an address, such as skill_gaps.share_gap with
// region=FRK2, occupation=7126 and skill=install heat pumps. The error is an
// [*AddressError] where the address names no figure or several, and a
// [*warehouse.ZoneError] where the dataset is not for everyone.
func (e *Explainer) Explain(ctx context.Context, figure string, keys []string) (*Explanation, error) {
	f, err := e.column(figure)
	if err != nil {
		return nil, err
	}
	given, err := f.given(keys)
	if err != nil {
		return nil, err
	}
	manifest := e.DB.Manifest()
	x := &Explanation{
		Figure: f.name(), Meaning: f.meaning, Unit: f.unit, Parts: []Part{}, Populations: []Population{},
		Value: null(), AsOf: manifest.AsOf, Snapshot: manifest.SnapshotID,
	}
	switch {
	case f.info.Zone == model.Restricted:
		x.Note = noteLearners
		return x, nil
	case f.info.Zone != model.Public:
		return nil, fmt.Errorf("explain %s, of which nothing is ever shown: %w", f.name(), &warehouse.ZoneError{Dataset: f.info})
	case !f.ofCells():
		return x, e.other(ctx, x, f, given)
	}
	at, err := e.resolve(ctx, f, given)
	if err != nil {
		return nil, err
	}
	return x, e.cellFigure(ctx, x, f, at)
}

// noteLearners stands in the place of records that nobody is shown.
const noteLearners = "It is made of learners' records. Its meaning is shown; the records, and any figure of a group too small to publish, are not."

// null is an unknown value.
func null() json.RawMessage { return json.RawMessage("null") }

// row is a stored row: each column as JSON.
type row map[string]json.RawMessage

// get returns a column; null where the row has none.
func (r row) get(column string) json.RawMessage {
	if v, ok := r[column]; ok {
		return v
	}
	return null()
}

// text returns a column that holds a text or a day; "" for null.
func (r row) text(column string) string {
	var s string
	if json.Unmarshal(r.get(column), &s) != nil { // a number
		return string(r.get(column))
	}
	return s
}
