package main

import (
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

func TestZZ(t *testing.T) {
	dir := "/tmp/sg/five/figure/starter"
	db, err := warehouse.Open(t.Context(), dir, warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	explainFigures(t, db, dir, 150)
}
