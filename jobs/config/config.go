package config

import (
	"time"
)

// Version is the newest version of the configuration format that this program
// reads.
const Version = 1

// FileName is the name of the configuration in a workspace.
const FileName = "skillsgap.yaml"

// Config is the content of skillsgap.yaml.
type Config struct {
	Version    int            `yaml:"version"`
	Name       string         `yaml:"name,omitempty"`
	Synthetic  bool           `yaml:"synthetic,omitempty"` // pages say that the data are a sample
	AsOf       string         `yaml:"as_of,omitempty"`     // YYYY-MM-DD; empty: the day of the run
	Taxonomy   Taxonomy       `yaml:"taxonomy,omitempty"`
	Feeds      []Feed         `yaml:"feeds"`
	Thresholds Thresholds     `yaml:"thresholds,omitempty"`
	Measures   Measures       `yaml:"measures,omitempty"`
	Warehouse  Warehouse      `yaml:"warehouse,omitempty"`
	Jobs       map[string]Job `yaml:"jobs,omitempty"`
}

// Taxonomy says how concepts are named in reports.
type Taxonomy struct {
	Language string `yaml:"language,omitempty"` // of the labels in reports, BCP 47; default en
}

// Feed is a source of vacancies or credentials.
type Feed struct {
	Name          string            `yaml:"name"`
	Kind          string            `yaml:"kind"`   // vacancies or credentials
	Format        string            `yaml:"format"` // schemaorg, ctdl, table
	Path          string            `yaml:"path"`   // below the workspace or absolute; may be a glob
	Columns       map[string]string `yaml:"columns,omitempty"`
	Constants     map[string]string `yaml:"constants,omitempty"`
	Separator     string            `yaml:"separator,omitempty"`
	ListSeparator string            `yaml:"list_separator,omitempty"`
	DateFormat    string            `yaml:"date_format,omitempty"` // as DD.MM.YYYY, spreadsheet, or a Go layout; empty: ISO 8601
	Encoding      string            `yaml:"encoding,omitempty"`
}

// Thresholds are the limits below which a figure is not published or a run is
// not trusted.
type Thresholds struct {
	CellVacancies float64  `yaml:"cell_vacancies,omitempty"` // effective vacancies for a cell to be written; default 30
	SkillLinks    int      `yaml:"skill_links,omitempty"`    // vacancies asking for a skill for its row; default 3
	RejectShare   *float64 `yaml:"reject_share,omitempty"`   // rejected records of a feed above which the run exits 3; default 0.05
}

// Measures says what is computed.
type Measures struct {
	Months int `yaml:"months,omitempty"` // months published, the as-of month the last; default 13
}

// Warehouse says how results are stored.
type Warehouse struct {
	KeepSnapshots int    `yaml:"keep_snapshots,omitempty"` // default 7
	Memory        string `yaml:"memory,omitempty"`         // DuckDB's memory limit; default 2GB
	Threads       int    `yaml:"threads,omitempty"`        // 0: one a core
}

// Job is a list of stages run in order, at the times of a cron expression.
type Job struct {
	Cron   string   `yaml:"cron,omitempty"` // five fields, UTC; empty: only by hand
	Stages []string `yaml:"stages"`
}

// Default returns the configuration of an empty workspace.
func Default() Config {
	c := Config{Version: Version, Feeds: []Feed{}}
	c.fill()
	return c
}

// fill puts the default in place of each value that is not given.
func (c *Config) fill() {
	setDefault(&c.Taxonomy.Language, "en")
	setDefault(&c.Thresholds.CellVacancies, 30)
	setDefault(&c.Thresholds.SkillLinks, 3)
	if c.Thresholds.RejectShare == nil { // 0 is a value: no rejected record is tolerated
		share := 0.05
		c.Thresholds.RejectShare = &share
	}
	setDefault(&c.Measures.Months, 13)
	setDefault(&c.Warehouse.KeepSnapshots, 7)
	setDefault(&c.Warehouse.Memory, "2GB")
	if c.Jobs == nil {
		c.Jobs = map[string]Job{"nightly": {Cron: "0 2 * * *", Stages: []string{"concepts", "read", "link", "measure", "publish", "report"}}}
	}
}

func setDefault[T comparable](v *T, d T) {
	var zero T
	if *v == zero {
		*v = d
	}
}

// AsOfDate returns the configured as-of date, or today's where none is
// configured. today is the day of the run.
func (c *Config) AsOfDate(today time.Time) time.Time {
	if c.AsOf == "" {
		return today
	}
	t, err := time.Parse(time.DateOnly, c.AsOf)
	if err != nil { // checked by Load
		return today
	}
	return t
}
