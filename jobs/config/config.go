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
	Version    int            `yaml:"version" desc:"version of the format"`
	Name       string         `yaml:"name,omitempty" desc:"name of the workspace, shown on the pages"`
	Synthetic  bool           `yaml:"synthetic,omitempty" desc:"the data are a sample, and the pages say so"`
	AsOf       string         `yaml:"as_of,omitempty" desc:"day whose knowledge the figures state, YYYY-MM-DD; empty: the day of the run"`
	Taxonomy   Taxonomy       `yaml:"taxonomy,omitempty" desc:"how concepts are named"`
	Feeds      []Feed         `yaml:"feeds" desc:"the sources of vacancies, credentials, records of learners and official figures"`
	Learners   Learners       `yaml:"learners,omitempty" desc:"how records of learners are kept and what of them is published"`
	Thresholds Thresholds     `yaml:"thresholds,omitempty" desc:"limits below which a figure is not published or a run is not trusted"`
	Measures   Measures       `yaml:"measures,omitempty" desc:"what is computed"`
	Inbox      Inbox          `yaml:"inbox,omitempty" desc:"how feeds are kept"`
	Warehouse  Warehouse      `yaml:"warehouse,omitempty" desc:"how results are stored"`
	Funding    []Fund         `yaml:"funding,omitempty" desc:"who else pays for training, for the command recommend: vouchers, learning accounts, grants"`
	Jobs       map[string]Job `yaml:"jobs,omitempty" desc:"lists of stages run in order, by name: lower-case letters, digits, hyphens"`
}

// Taxonomy says how concepts are named.
type Taxonomy struct {
	Language   string      `yaml:"language,omitempty" desc:"language of names in reports, BCP 47"`
	Crosswalks []Crosswalk `yaml:"crosswalks,omitempty" desc:"tables of national occupations, by whose names job titles are found too"`
}

// Crosswalk is a table of national occupations beside those of ESCO.
type Crosswalk struct {
	Path      string           `yaml:"path" desc:"file below the workspace, or absolute: a table in UTF-8 with a header line"`
	Language  string           `yaml:"language" desc:"language of its names, BCP 47; ESCO need not be imported in it"`
	Separator string           `yaml:"separator,omitempty" desc:"what parts its cells; empty: a comma"`
	Columns   CrosswalkColumns `yaml:"columns" desc:"the names of its columns"`
}

// CrosswalkColumns names the columns of a crosswalk.
type CrosswalkColumns struct {
	Name           string `yaml:"name" desc:"name of the national occupation"`
	Code           string `yaml:"code,omitempty" desc:"its national code: the first four digits are the ISCO-08 unit group where there is one of that code, else the ESCO occupation says it"`
	Occupation     string `yaml:"occupation,omitempty" desc:"URI or code of the ESCO occupation; needed where there is no column code"`
	OccupationName string `yaml:"occupation_name,omitempty" desc:"name of the ESCO occupation in that language"`
}

// Feed is a source of vacancies, credentials, records of learners or official
// figures.
type Feed struct {
	Name          string                       `yaml:"name" desc:"name of the feed: lower-case letters, digits, hyphens; no other feed has it"`
	Kind          string                       `yaml:"kind" desc:"vacancies; credentials; vacancy_totals (official numbers of vacancies); workforce (official figures of those who work or seek work); enrolments (who takes what); follow_ups (what became of them); comparison (persons who took nothing); feedback (opinions of learners); reference_population (official numbers of persons by group)"`
	Format        string                       `yaml:"format" desc:"schemaorg (vacancies), ctdl (credentials) or table (any kind)"`
	Path          string                       `yaml:"path" desc:"file below the workspace, or absolute; may be a glob; gzip, zip and zstd are seen by content"`
	Content       string                       `yaml:"content,omitempty" desc:"full, the default: the files list all that is on offer, and what they no longer list is withdrawn; delta: they list what is new or changed"`
	Columns       map[string]string            `yaml:"columns,omitempty" desc:"of a table: our field (see: help fields) to their column"`
	Values        map[string]map[string]string `yaml:"values,omitempty" desc:"of a table: for a field, their value to the one that it stands for, where theirs is a code or a word of another language"`
	Constants     map[string]string            `yaml:"constants,omitempty" desc:"value of a field for records that leave it empty"`
	Separator     string                       `yaml:"separator,omitempty" desc:"of a table: what parts its cells; empty: found from the first line"`
	ListSeparator string                       `yaml:"list_separator,omitempty" desc:"of a table: what parts the items of a list; empty: a line break, semicolon or comma"`
	DateFormat    string                       `yaml:"date_format,omitempty" desc:"of a table: as DD.MM.YYYY, spreadsheet, or a Go layout; empty: ISO 8601"`
	Encoding      string                       `yaml:"encoding,omitempty" desc:"character encoding of the files, as windows-1252; empty: found"`
}

// Learners says how records of learners are kept and what of them is published.
type Learners struct {
	KeyFile      string   `yaml:"key_file,omitempty" desc:"file with the secret by which ids of learners are made keys, below the workspace or absolute; the environment variable SKILLSGAP_LEARNER_KEY goes before it; skillsgap rekey makes it"`
	RawDays      int      `yaml:"raw_days,omitempty" desc:"days after which a file of learners is deleted from the inbox, once a night has read it; 0: it stays"`
	LeastPersons int      `yaml:"least_persons,omitempty" desc:"persons below which a figure is not published; 3 or more"`
	Dominance    float64  `yaml:"dominance,omitempty" desc:"share of a sum of money above which one person's part keeps it from being published"`
	ResponseRate *float64 `yaml:"response_rate,omitempty" desc:"share of leavers with an answer below which an outcome is not published"`
}

// Thresholds are the limits below which a figure is not published or a run is
// not trusted.
type Thresholds struct {
	CellVacancies  float64  `yaml:"cell_vacancies,omitempty" desc:"effective vacancies below which a cell is not written"`
	SkillLinks     int      `yaml:"skill_links,omitempty" desc:"vacancies asking for a skill below which its row is not written, unless training teaches it or its growth is told"`
	RejectShare    *float64 `yaml:"reject_share,omitempty" desc:"rejected share of a feed above which the run exits 3; 0 tolerates none"`
	WithdrawnShare *float64 `yaml:"withdrawn_share,omitempty" desc:"share of a full feed's records that may vanish in one night; more, and the feed has failed"`
	FeedMinutes    int      `yaml:"feed_minutes,omitempty" desc:"longest time for reading a feed, in minutes"`
}

// Inbox says how feeds are kept.
type Inbox struct {
	KeepVersions *bool `yaml:"keep_versions,omitempty" desc:"keep a copy of each file that a kept snapshot was made from, in inbox/.versions; never of files of learners"`
}

// Measures says what is computed.
type Measures struct {
	LinkerRecall LinkerRecall `yaml:"linker_recall,omitempty" desc:"how many of the skills in annotated texts the linker finds, by which demand is corrected for those it misses; empty: nothing is corrected"`
	Months       int          `yaml:"months,omitempty" desc:"months published, the as-of month the last; 1 to 240"`
}

// LinkerRecall is how many skills the linker found in annotated texts.
type LinkerRecall struct {
	Found int `yaml:"found,omitempty" desc:"skills of the annotated texts that the linker finds at its threshold, as skillsgap evaluate linker counts them"`
	Of    int `yaml:"of,omitempty" desc:"skills that people found in these texts"`
}

// Warehouse says how results are stored.
type Warehouse struct {
	KeepSnapshots int    `yaml:"keep_snapshots,omitempty" desc:"snapshots kept, the current one included; never less than 2, since readers may have the one before open"`
	Memory        string `yaml:"memory,omitempty" desc:"DuckDB's memory limit, a number and a unit"`
	Threads       int    `yaml:"threads,omitempty" desc:"DuckDB's threads; 0: one a core"`
}

// Fund is a rule by which somebody else pays for training.
type Fund struct {
	Name        string   `yaml:"name" desc:"name of the rule: lower-case letters, digits, hyphens; no other rule has it"`
	Currency    string   `yaml:"currency" desc:"currency of its amounts, ISO 4217"`
	Maximum     float64  `yaml:"maximum" desc:"most that it pays for a person; of an account that grows, most that it can hold"`
	Accrual     float64  `yaml:"accrual,omitempty" desc:"what each year adds to an account; 0: the maximum is there at once"`
	Hours       float64  `yaml:"hours,omitempty" desc:"most hours of training that it pays for; 0: any"`
	Groups      []string `yaml:"groups,omitempty" desc:"groups of persons for whom it is, as named with --group; empty: everybody"`
	Accredited  bool     `yaml:"accredited,omitempty" desc:"it pays only for credentials whose quality assurance is valid"`
	Cofinancing float64  `yaml:"cofinancing,omitempty" desc:"share of each price that the learner pays, 0 to 1"`
	LeaveDays   float64  `yaml:"leave_days,omitempty" desc:"days of paid leave that come with it"`
}

// Job is a list of stages run in order, at the times of a cron expression.
type Job struct {
	Cron   string   `yaml:"cron,omitempty" desc:"times of the job, five fields, UTC; empty: only by hand"`
	Stages []string `yaml:"stages" desc:"stages in order: concepts, read, link, measure, shortage, align, recommend, changes, publish, report"`
}

// The values of Feed.Content.
const (
	ContentFull  = "full"
	ContentDelta = "delta"
)

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
	setPointer(&c.Thresholds.RejectShare, 0.05)
	setPointer(&c.Thresholds.WithdrawnShare, 0.5)
	setDefault(&c.Thresholds.FeedMinutes, 60)
	setDefault(&c.Learners.KeyFile, "learner.key")
	setDefault(&c.Learners.LeastPersons, 10)
	setDefault(&c.Learners.Dominance, 0.85)
	setPointer(&c.Learners.ResponseRate, 0.5)
	setPointer(&c.Inbox.KeepVersions, true)
	setDefault(&c.Measures.Months, 13)
	for i := range c.Feeds {
		setDefault(&c.Feeds[i].Content, ContentFull)
	}
	setDefault(&c.Warehouse.KeepSnapshots, 7)
	setDefault(&c.Warehouse.Memory, "2GB")
	if c.Jobs == nil {
		c.Jobs = map[string]Job{"nightly": {Cron: "0 2 * * *", Stages: []string{"concepts", "read", "link", "measure", "shortage", "align", "recommend", "outcomes", "changes", "publish", "report"}}}
	}
}

func setDefault[T comparable](v *T, d T) {
	var zero T
	if *v == zero {
		*v = d
	}
}

// setPointer is setDefault for values whose zero is a value.
func setPointer[T any](v **T, d T) {
	if *v == nil {
		*v = &d
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
