package generate

import (
	"fmt"
	"time"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Options says how much to generate.
type Options struct {
	Vacancies   int        // records in the vacancy feeds together
	Credentials int        // records in the credential feeds together
	Learners    int        // persons who take credentials; 0 writes no tables about persons
	Seed        uint64     // another seed gives other records of the same kind
	AsOf        model.Date // last day on which anything is posted; the 24 months end with its month
}

// Months is the number of months that the vacancies cover.
const Months = 24

// StarterOptions returns the options of the starter workspace. The figures in
// data/starter/STORY.md hold for them.
func StarterOptions() Options {
	return Options{Vacancies: 16000, Credentials: 600, Learners: 6000, Seed: 20260630, AsOf: model.NewDate(2026, time.June, 30)}
}

func (o Options) check() error {
	const most = 100_000_000
	switch {
	case o.Vacancies < 0 || o.Vacancies > most:
		return fmt.Errorf("options: %d vacancies: want 0 to %d", o.Vacancies, most)
	case o.Credentials < 0 || o.Credentials > most:
		return fmt.Errorf("options: %d credentials: want 0 to %d", o.Credentials, most)
	case o.Learners < 0 || o.Learners > most:
		return fmt.Errorf("options: %d learners: want 0 to %d", o.Learners, most)
	case o.AsOf <= 0:
		return fmt.Errorf("options: no as-of date: set the day on which the feeds end")
	}
	return nil
}

// firstDay is the first day of the period that the vacancies cover.
func (o Options) firstDay() model.Date { return o.AsOf.AddMonths(1 - Months) }

// Feed is a file written, as skillsgap.yaml names it.
type Feed struct {
	Name      string                       // of the feed
	Kind      string                       // vacancies, credentials, …
	Format    string                       // schemaorg, ctdl or table
	Path      string                       // name of the file in the folder given to [Feeds]
	Columns   map[string]string            // our field -> their column, for tables
	Constants map[string]string            // our field -> value of all records
	Values    map[string]map[string]string // our field -> their value -> ours, for tables

	Separator     string // between columns, for tables
	ListSeparator string // between the items of a list, for tables
	DateFormat    string // as the configuration names it, for tables; "" is ISO 8601
}
