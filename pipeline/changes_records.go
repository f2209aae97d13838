package pipeline

import (
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// inYear tells whether a month is one of the twelve that end with another.
func inYear(month, last model.Date) bool { return last.AddMonths(-11) <= month && month <= last }

// vacancyVersion names a version of a vacancy.
type vacancyVersion struct {
	id      string
	version int32
}

// versions holds the newest version of each vacancy that has more than one.
type versions map[string]int32

func (v versions) note(id string, version int32) {
	if version > 1 {
		v[id] = max(v[id], version)
	}
}

func (v versions) newest(id string) int32 { return max(v[id], 1) }

// postings returns the vacancies that counted before and do no more, as they were
// linked then, and those that count now and did not, as they are now. It reads the
// months in which one differs from the other; of the others at most which versions
// they hold.
func (c *comparison) postings() (left, came []measure.Posting, err error) {
	changed, unchanged, err := c.months()
	if err != nil {
		return nil, nil, err
	}
	before, after := readSide{side: c.before, newest: versions{}}, readSide{side: c.after, newest: versions{}}
	for _, month := range changed {
		if err := before.read(month); err != nil {
			return nil, nil, err
		}
		if err := after.read(month); err != nil {
			return nil, nil, err
		}
	}
	// A newer version takes an older one out of a month that has not changed itself.
	if c.before.month != c.after.month || len(before.newest)+len(after.newest) > 0 {
		if err := c.readSuperseded(&before, &after, unchanged); err != nil {
			return nil, nil, err
		}
	}
	if left, err = before.without(&after, c.night); err != nil {
		return nil, nil, err
	}
	came, err = after.without(&before, c.night)
	return left, came, err
}

// months divides the months of vacancies by whether the two sides hold and count the
// same in them.
func (c *comparison) months() (changed, unchanged []model.Date, err error) {
	before, err := c.before.Months(model.Vacancies.Info)
	if err != nil {
		return nil, nil, err
	}
	after, err := c.after.Months(model.Vacancies.Info)
	if err != nil {
		return nil, nil, err
	}
	all := slices.Concat(before, after)
	slices.Sort(all)
	for _, month := range slices.Compact(all) {
		only := func(m model.Date) bool { return m == month }
		was, err := c.before.Digest(model.Vacancies.Info, only)
		if err != nil {
			return nil, nil, err
		}
		is, err := c.after.Digest(model.Vacancies.Info, only)
		if err != nil {
			return nil, nil, err
		}
		if was != is || inYear(month, c.before.month) != inYear(month, c.after.month) {
			changed = append(changed, month)
		} else {
			unchanged = append(unchanged, month)
		}
	}
	return changed, unchanged, nil
}

// readSuperseded reads which versions the unchanged months hold, and in full those
// months in which one of them counts on one side alone.
func (c *comparison) readSuperseded(before, after *readSide, unchanged []model.Date) error {
	type row struct {
		VacancyID string `parquet:"vacancy_id"`
		Version   int32  `parquet:"version"`
	}
	months := map[model.Date][]row{}
	for _, month := range unchanged {
		rows, err := warehouse.ReadMonth[row](c.after.Snapshot, model.Vacancies.Info, month)
		if err != nil {
			return err
		}
		months[month] = rows
		for i := range rows {
			before.newest.note(rows[i].VacancyID, rows[i].Version)
			after.newest.note(rows[i].VacancyID, rows[i].Version)
		}
	}
	for _, month := range unchanged {
		other := func(r row) bool { return before.newest.newest(r.VacancyID) != after.newest.newest(r.VacancyID) }
		if !slices.ContainsFunc(months[month], other) {
			continue
		}
		if err := before.read(month); err != nil {
			return err
		}
		if err := after.read(month); err != nil {
			return err
		}
	}
	return nil
}

// readSide is what has been read of a side.
type readSide struct {
	side
	rows   []postedVacancy
	newest versions
}

func (s *readSide) read(month model.Date) error {
	rows, err := warehouse.ReadMonth[postedVacancy](s.Snapshot, model.Vacancies.Info, month)
	for i := range rows {
		rows[i].month = month
		s.newest.note(rows[i].VacancyID, rows[i].Version)
	}
	s.rows = append(s.rows, rows...)
	return err
}

// counted gives the vacancies read that count: the newest version, no duplicate, in
// the twelve months.
func (s *readSide) counted(each func(*postedVacancy)) {
	for i := range s.rows {
		v := &s.rows[i]
		if v.DuplicateOf == "" && v.Version >= s.newest.newest(v.VacancyID) && inYear(v.month, s.month) {
			each(v)
		}
	}
}

// without returns the vacancies that count here and not there, with what they ask for.
func (s *readSide) without(other *readSide, n *Night) ([]measure.Posting, error) {
	there := map[vacancyVersion]bool{}
	other.counted(func(v *postedVacancy) { there[vacancyVersion{v.VacancyID, v.Version}] = true })
	var postings []measure.Posting
	index, months := map[string]int{}, map[model.Date]bool{}
	s.counted(func(v *postedVacancy) {
		if !there[vacancyVersion{v.VacancyID, v.Version}] {
			index[v.VacancyID] = len(postings)
			months[v.month] = true
			postings = append(postings, n.posting(v))
		}
	})
	for month := range months { // a vacancy's links lie in its month alone
		links, err := warehouse.ReadMonth[askedSkill](s.Snapshot, model.VacancySkills.Info, month)
		if err != nil {
			return nil, err
		}
		for i := range links {
			at, wanted := index[links[i].VacancyID]
			if ask, ok := n.asks(&links[i]); wanted && ok {
				postings[at].Skills = append(postings[at].Skills, ask)
			}
		}
	}
	return postings, nil
}
