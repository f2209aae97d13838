package pipeline

import (
	"errors"
	"fmt"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// history is every version of every record that the night knows: those of the
// snapshot before, then those that the feeds bring.
//
// A record that a feed lists again with other content becomes a version. Of the
// contents that a night lists of an id, one after the other, those after the one
// that is the newest version are new versions: a night that is run again adds
// none.
type history struct {
	asOf     model.Date
	versions []version
	left     map[string]int      // versions of feeds that are no longer configured
	newestOf map[string]int32    // place in versions of the newest, by id
	known    map[recordKey]int32 // newest versions of feeds that are prepared as before
	renewed  map[model.Date]bool // months in which nothing but what records keeps changes
	touched  map[touch]bool      // months in which a row, a text or a skill changes
}

// version is a version of a record.
type version struct {
	model.Record
	seen   model.Date // first day seen, of the newest version
	fresh  int32      // place among what the night prepared; noFresh: as in the snapshot before
	listed bool       // by its feed this night
	same   bool       // listed as the snapshot before has it
	linked bool       // the snapshot before holds its skills
	old    bool       // a later version has followed
}

const noFresh = -1

type recordKey struct{ feed, hash string }

type touch struct {
	kind  source.Kind
	month model.Date
}

// item is what a feed lists: a version that is known, or a record that was
// prepared.
type item struct {
	id     string
	known  int32 // place of the version; noFresh where the record is new
	fresh  int32
	record model.Record
}

// newHistory loads what the snapshot before knows of the feeds that are still
// configured; asBefore tells whether a feed's records are prepared as they were
// then. Records of other feeds leave.
func newHistory(base *warehouse.Snapshot, asOf model.Date, configured, asBefore func(feed string) bool) (*history, error) {
	h := &history{asOf: asOf, newestOf: map[string]int32{}, known: map[recordKey]int32{}, left: map[string]int{}, renewed: map[model.Date]bool{}, touched: map[touch]bool{}}
	if base == nil {
		return h, nil
	}
	before := base.Rows(model.Records.Info)
	h.versions = make([]version, 0, before+before/8) // what comes new this night is little
	h.newestOf, h.known = make(map[string]int32, before), make(map[recordKey]int32, before)
	err := eachRecord(base, func(r *model.Record) {
		if configured(r.Source) {
			h.add(version{Record: *r, fresh: noFresh})
		} else {
			h.touch(r)
			h.left[r.Source]++
		}
	})
	if err != nil {
		return nil, err
	}
	for _, newest := range h.newestOf {
		v := &h.versions[newest]
		v.linked = v.DuplicateOf == ""
		if v.Kind == string(source.Credentials) && v.ExpiresOn != 0 && v.ExpiresOn < asOf && v.ExpiresOn.String() >= base.Manifest.AsOf {
			h.touch(&v.Record) // its quality assurance has expired since
		}
		if v.RecordHash != "" && asBefore(v.Source) {
			h.known[recordKey{v.Source, v.RecordHash}] = newest
		}
	}
	return h, nil
}

// eachRecord reads the records of a snapshot. Of one without them, made by an older
// skillsgap, it tells what it can from the vacancies and credentials.
func eachRecord(base *warehouse.Snapshot, each func(*model.Record)) error {
	if base.Manifest.SchemaVersion == 1 {
		all, err := recordsOfFacts(base)
		for i := range all {
			each(&all[i])
		}
		return err
	}
	kept := map[string]string{} // of words that millions of records share
	word := func(s string) string {
		if _, ok := kept[s]; !ok {
			kept[s] = s
		}
		return kept[s]
	}
	return warehouse.Read(base, model.Records.Info, func(month model.Date, rows []model.Record) error {
		for i := range rows {
			r := &rows[i]
			r.PostedMonth, r.Kind, r.Source = month, word(r.Kind), word(r.Source)
			each(r)
		}
		return nil
	})
}

// recordsOfFacts tells of records what vacancies and credentials tell.
func recordsOfFacts(base *warehouse.Snapshot) ([]model.Record, error) {
	var all []model.Record
	vacancies := warehouse.Read(base, model.Vacancies.Info, func(month model.Date, rows []model.Vacancy) error {
		for i := range rows {
			v := &rows[i]
			all = append(all, model.Record{
				PostedMonth: month, Kind: string(source.Vacancies), ID: v.VacancyID, Version: v.Version, Source: v.Source, ContentHash: v.ContentHash,
				StartedOn: v.PostedOn, ExpiresOn: v.ExpiresOn, FirstSeenOn: v.FirstSeenOn, WithdrawnOn: v.WithdrawnOn, DuplicateOf: v.DuplicateOf,
			})
		}
		return nil
	})
	credentials := warehouse.Read(base, model.Credentials.Info, func(_ model.Date, rows []model.Credential) error {
		for i := range rows {
			c := &rows[i]
			all = append(all, model.Record{
				PostedMonth: c.FirstSeenOn.Month(), Kind: string(source.Credentials), ID: c.CredentialID, Version: c.Version, Source: c.Source, ContentHash: c.ContentHash,
				StartedOn: c.StartsOn, FirstSeenOn: c.FirstSeenOn, WithdrawnOn: c.WithdrawnOn, CeasedOn: c.WithdrawnOn, DuplicateOf: c.DuplicateOf,
			})
		}
		return nil
	})
	declared := map[string][]model.CredentialLink{}
	links := warehouse.Read(base, model.CredLinks.Info, func(_ model.Date, rows []model.CredentialLink) error {
		for _, l := range rows {
			declared[l.FromID] = append(declared[l.FromID], l)
		}
		return nil
	})
	for i := range all {
		all[i].Links = encodeLinks(declared[all[i].ID])
	}
	return all, errors.Join(vacancies, credentials, links)
}

// add appends a version of an id.
func (h *history) add(v version) {
	place := int32(len(h.versions))
	v.seen = v.FirstSeenOn
	if other, known := h.newestOf[v.ID]; known {
		o := &h.versions[other]
		v.seen = min(v.seen, o.seen)
		o.seen = v.seen
		v.old, o.old = v.Version < o.Version, o.Version < v.Version
		if v.old {
			place = other
		}
	}
	h.versions = append(h.versions, v)
	h.newestOf[v.ID] = place
}

// touch notes that the rows of a record's month change.
func (h *history) touch(r *model.Record) { h.touched[touch{source.Kind(r.Kind), r.PostedMonth}] = true }

// firstSeen returns the first day on which a record was seen: today's, if it is
// new. A vacancy without a date of posting stays in the month of that day.
func (h *history) firstSeen(id string) model.Date {
	if newest, known := h.newestOf[id]; known {
		return min(h.versions[newest].seen, h.asOf)
	}
	return h.asOf
}

// newest returns the newest version of an id.
func (h *history) newest(id string) *version { return &h.versions[h.newestOf[id]] }

// isNewest tells whether no later version has followed.
func (h *history) isNewest(v *version) bool { return !v.old }

// listing is what became of what a feed listed.
type listing struct {
	repeats    int64 // listed twice with the same content
	superseded int64 // listed again, with other content, in the same night
}

// merge takes up what a feed lists, in its order.
func (h *history) merge(items []item) listing {
	var l listing
	byID := make(map[string][]item, len(items))
	for i := range items {
		it := &items[i]
		of := byID[it.id]
		if n := len(of); n > 0 && sameRecord(of[n-1].hashes(h), it.hashes(h)) {
			l.repeats++
			continue
		}
		byID[it.id] = append(of, *it)
	}
	for i := range items { // in the feed's order
		if of, left := byID[items[i].id]; left {
			delete(byID, items[i].id)
			h.mergeOne(of, &l)
		}
	}
	return l
}

// mergeOne takes up the contents that a feed lists of one id.
func (h *history) mergeOne(items []item, l *listing) {
	l.superseded += int64(len(items) - 1)
	id := items[0].id
	if newest, known := h.newestOf[id]; known {
		for i := len(items) - 1; i >= 0; i-- {
			if sameRecord(hashesOf(&h.versions[newest].Record), items[i].hashes(h)) {
				h.relist(newest, &items[i])
				items = items[i+1:]
				break
			}
		}
	}
	for i := range items {
		r := items[i].record
		r.Version = 1
		if _, known := h.newestOf[id]; known {
			older := h.newest(id)
			r.Version = older.Version + 1
			h.touch(&older.Record) // which loses its texts and skills
		}
		h.add(version{Record: r, fresh: items[i].fresh, listed: true})
		h.touch(&r)
	}
}

// relist notes that a version is listed, and takes over what was prepared of it
// if that is not what the snapshot before has.
func (h *history) relist(place int32, it *item) {
	v := &h.versions[place]
	v.listed, v.same = true, true
	if it.known == noFresh {
		v.fresh = it.fresh
	}
	switch {
	case it.known != noFresh:
	case sameRow(&v.Record, &it.record): // the feed says the same in other words
		v.RecordHash, v.NotRead, v.Stated = it.record.RecordHash, it.record.NotRead, it.record.Stated
		h.renewed[v.PostedMonth] = true
	default:
		h.touch(&v.Record)
		r := it.record
		r.Version, r.DuplicateOf = v.Version, v.DuplicateOf
		if v.CeasedOn != 0 && r.CeasedOn != 0 { // the day on which it was first said
			r.CeasedOn = min(v.CeasedOn, r.CeasedOn)
		}
		r.WithdrawnOn, v.same = v.WithdrawnOn, v.ContentHash == r.ContentHash
		v.Record = r
		h.touch(&v.Record)
	}
	if v.WithdrawnOn != v.CeasedOn { // it is back
		v.WithdrawnOn = v.CeasedOn
		h.touch(&v.Record)
		v.same = false
	}
}

// listAll notes that a feed lists what it has on offer, as before.
func (h *history) listAll(feed string) {
	for _, newest := range h.newestOf {
		v := &h.versions[newest]
		if v.Source == feed && v.WithdrawnOn == v.CeasedOn {
			v.listed, v.same = true, true
		}
	}
}

// hashes identify the content of a record.
type hashes struct{ record, content string }

func hashesOf(r *model.Record) hashes { return hashes{r.RecordHash, r.ContentHash} }

func (it *item) hashes(h *history) hashes {
	if it.known != noFresh {
		return hashesOf(&h.versions[it.known].Record)
	}
	return hashesOf(&it.record)
}

// sameRecord reports whether two contents are one: as decoded or, where another
// program decodes otherwise, as prepared.
func sameRecord(a, b hashes) bool {
	return a.content == b.content || a.record != "" && a.record == b.record
}

// sameRow reports whether what was prepared of a record is what the snapshot
// before holds.
func sameRow(a, b *model.Record) bool {
	return a.ContentHash == b.ContentHash && a.DuplicateKey == b.DuplicateKey && slices.Equal(a.Links, b.Links) && slices.Equal(a.Claims, b.Claims)
}

// missing counts the newest versions of a feed that are on offer, as far as is
// known, and returns the places of those that ids does not list. One whose last
// day has passed is expected to go.
func (h *history) missing(feed string, ids map[string]bool) (open int, missing, expired []int32) {
	for _, newest := range h.newestOf {
		v := &h.versions[newest]
		if v.Source != feed || v.WithdrawnOn != 0 {
			continue
		}
		over := v.Kind == string(source.Vacancies) && v.ExpiresOn != 0 && v.ExpiresOn < h.asOf
		if !over {
			open++
		}
		switch {
		case ids[v.ID]:
		case over:
			expired = append(expired, newest)
		default:
			missing = append(missing, newest)
		}
	}
	return open, missing, expired
}

// withdraw notes that versions are no longer listed.
func (h *history) withdraw(versions []int32) {
	for _, place := range versions {
		v := &h.versions[place]
		v.WithdrawnOn = h.asOf
		h.touch(&v.Record)
	}
}

// markDuplicates finds the records that repeat another among the newest versions
// of a kind. Credentials that are withdrawn yield to those on offer; a vacancy
// posted again repeats one that is withdrawn.
func (h *history) markDuplicates(kind source.Kind) {
	var newest []*version
	var candidates []prepare.Candidate
	for i := range h.versions {
		v := &h.versions[i]
		if v.Kind != string(kind) || !h.isNewest(v) || v.DuplicateKey == "" {
			continue
		}
		newest = append(newest, v)
		candidates = append(candidates, prepare.Candidate{
			Key: v.DuplicateKey, ID: v.ID, URL: v.URL, StartedOn: v.StartedOn, Withdrawn: kind == source.Credentials && v.WithdrawnOn != 0,
		})
	}
	for i, of := range prepare.Duplicates(candidates) {
		if v := newest[i]; v.DuplicateOf != of {
			v.DuplicateOf = of
			h.touch(&v.Record)
		}
	}
}

// byMonth lists the versions of a kind by month, each month in the order in which
// its rows are stored.
func (h *history) byMonth(kind source.Kind) map[model.Date][]*version {
	months := map[model.Date][]*version{}
	for i := range h.versions {
		if v := &h.versions[i]; v.Kind == string(kind) {
			months[v.PostedMonth] = append(months[v.PostedMonth], v)
		}
	}
	for _, vs := range months {
		slices.SortFunc(vs, func(a, b *version) int { return model.Records.Compare(&a.Record, &b.Record) })
	}
	return months
}

// superseded returns a fingerprint, by month, of the vacancies that a later version,
// perhaps of another month, has taken out of it: no row of that month tells.
func (h *history) superseded() map[model.Date]string {
	ids := map[model.Date][]string{}
	for i := range h.versions {
		if v := &h.versions[i]; v.Kind == string(source.Vacancies) && !h.isNewest(v) {
			ids[v.PostedMonth] = append(ids[v.PostedMonth], fmt.Sprint(v.ID, " ", v.Version))
		}
	}
	marks := make(map[model.Date]string, len(ids))
	for month, of := range ids {
		slices.Sort(of)
		marks[month] = fingerprint(of)
	}
	return marks
}

// newestVersions returns, by id, the newest versions of the vacancies that have several.
func (h *history) newestVersions() map[string]int32 {
	newest := map[string]int32{}
	for i := range h.versions {
		if v := &h.versions[i]; v.Version > 1 && v.Kind == string(source.Vacancies) {
			newest[v.ID] = max(newest[v.ID], v.Version)
		}
	}
	return newest
}

// fieldCounts counts the records listed this night whose fields could not be
// read.
func (h *history) fieldCounts() []model.FieldCount {
	type key struct{ feed, field string }
	counts := map[key]int64{}
	for i := range h.versions {
		if v := &h.versions[i]; v.listed && h.isNewest(v) {
			for _, field := range v.NotRead {
				counts[key{v.Source, field}]++
			}
		}
	}
	rows := make([]model.FieldCount, 0, len(counts))
	for k, n := range counts { // the writer orders them
		rows = append(rows, model.FieldCount{Source: k.feed, Field: k.field, Records: n})
	}
	return rows
}
