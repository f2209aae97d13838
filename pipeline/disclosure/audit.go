package disclosure

// Finding is a cell of which a publication tells more than it may.
type Finding struct {
	Publication string
	Cell        string  // measure and conditions
	Low, High   float64 // what the cell, or its change, is bounded by
	What        string
}

// Audit bounds every withheld cell.
func Audit(published []*Publication, rule Rule) ([]Finding, error) { return nil, nil }
