package pipeline

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// persons are the rows of a dataset about persons by feed.
type persons[R any] struct {
	dataset model.Dataset[R]
	kind    source.Kind
	of      func(*R) (feed, learner *string) // after which a row stands in the order of the dataset
	strip   func(before, now *R)             // takes from a row before what it was completed by, and now is not yet
	now     map[string]*personRows[R]        // of the feeds read this night, in order
	same    map[string]int64
	written bool
}

func newPersons[R any](ds model.Dataset[R], kind source.Kind, of func(*R) (feed, learner *string)) persons[R] {
	return persons[R]{dataset: ds, kind: kind, of: of, strip: func(*R, *R) {}, now: map[string]*personRows[R]{}, same: map[string]int64{}}
}

// personRows are many rows, which are not moved when more come in, nor to be ordered.
type personRows[R any] struct {
	chunks [][]R
	order  []int32 // of rows that are in order
	rows   int
}

const chunkRows = 1 << 14

func (p *personRows[R]) add(row *R) {
	if p.rows%chunkRows == 0 {
		p.chunks = append(p.chunks, make([]R, 0, chunkRows))
	}
	last := &p.chunks[len(p.chunks)-1]
	*last = append(*last, *row)
	p.rows++
}

// lies returns the row that came in at a place.
func (p *personRows[R]) lies(i int32) *R { return &p.chunks[i/chunkRows][i%chunkRows] }

// at returns a row by its place in order.
func (p *personRows[R]) at(i int) *R { return p.lies(p.order[i]) }

// before returns the rows of a feed as the snapshot before has them, in order.
func (p *persons[R]) before(base *warehouse.Snapshot, feed string) (*personRows[R], error) {
	rows := &personRows[R]{}
	if base == nil {
		return rows, nil
	}
	return rows, warehouse.Read(base, p.dataset.Info, func(_ model.Date, more []R) error {
		for i := range more {
			if of, _ := p.of(&more[i]); *of == feed {
				rows.order = append(rows.order, int32(rows.rows))
				rows.add(&more[i])
			}
		}
		return nil
	})
}

// take takes up the rows that a feed lists. Of two of one key the later counts; one
// that says the same is a repetition. Of a feed that lists only what is new, the
// rows before stay.
func (p *persons[R]) take(n *Night, f config.Feed, rows *personRows[R], l *listing) error {
	before, err := p.before(n.base, f.Name)
	if err != nil {
		return fmt.Errorf("read what was known before: %w", err)
	}
	if lost := before.rows - rows.rows; f.Content == config.ContentFull && lost >= fewRecords && float64(lost) > *n.Config.Thresholds.WithdrawnShare*float64(before.rows) {
		return fmt.Errorf("has %d rows, where it had %d: more are lost than thresholds.withdrawn_share %v allows: if that is right, raise it for a run; if the feed lists only what is new, set content: delta", rows.rows, before.rows, *n.Config.Thresholds.WithdrawnShare)
	}
	p.latest(rows, func(same bool) {
		if same {
			l.repeats++
		} else {
			l.superseded++
		}
	})
	p.same[f.Name] = p.unchanged(before, rows)
	if f.Content == config.ContentDelta {
		for _, i := range rows.order {
			before.add(rows.lies(i))
		}
		rows = before
		p.latest(rows, func(bool) {})
	}
	p.now[f.Name] = rows
	return nil
}

// latest orders rows, those of one feed, and keeps the last of each key; it tells of
// each row dropped whether it says the same as the one that follows. The rows of a
// person share their key.
func (p *persons[R]) latest(rows *personRows[R], dropped func(same bool)) {
	type place struct {
		start uint64 // of the learner's key
		at    int32
	}
	places := make([]place, rows.rows)
	for i := range places {
		_, learner := p.of(rows.lies(int32(i)))
		var start [8]byte
		copy(start[:], *learner)
		places[i] = place{binary.BigEndian.Uint64(start[:]), int32(i)}
	}
	slices.SortFunc(places, func(a, b place) int {
		if a.start != b.start {
			return cmp.Compare(a.start, b.start)
		}
		return cmp.Or(p.dataset.Compare(rows.lies(a.at), rows.lies(b.at)), cmp.Compare(a.at, b.at))
	})
	rows.order = make([]int32, 0, len(places))
	shared := new(string)
	for i := range places {
		row := rows.lies(places[i].at)
		if i+1 < len(places) {
			if next := rows.lies(places[i+1].at); places[i].start == places[i+1].start && p.dataset.Compare(row, next) == 0 {
				dropped(reflect.DeepEqual(row, next))
				*row = *new(R)
				continue
			}
		}
		if _, learner := p.of(row); *learner == *shared {
			*learner = *shared
		} else {
			shared = learner
		}
		rows.order = append(rows.order, places[i].at)
	}
}

// unchanged counts the rows that are as they were; both are in order.
func (p *persons[R]) unchanged(before, rows *personRows[R]) (n int64) {
	for i, j := 0, 0; i < len(before.order) && j < len(rows.order); {
		switch c := p.dataset.Compare(before.at(i), rows.at(j)); {
		case c < 0:
			i++
		case c > 0:
			j++
		default:
			was := *before.at(i)
			p.strip(&was, rows.at(j))
			if reflect.DeepEqual(&was, rows.at(j)) {
				n++
			}
			i, j = i+1, j+1
		}
	}
	return n
}

// write writes the rows of the feeds configured, once: of those not read this night, as
// they were. Each row may first be completed by the credentials on offer.
func (p *persons[R]) write(n *Night, complete func(*offersByName, *R)) error {
	if p.written {
		return nil
	}
	p.written = true
	var offers *offersByName
	if complete != nil {
		var err error
		if offers, err = n.offersByName(); err != nil {
			return err
		}
	}
	var feeds []string // in the order of their rows
	for _, f := range n.Config.Feeds {
		if source.Kind(f.Kind) == p.kind {
			feeds = append(feeds, f.Name)
		}
	}
	slices.Sort(feeds)
	to := warehouse.NewWriter(n.draft, p.dataset)
	month, err := to.Open(0)
	if err != nil {
		return err
	}
	for _, feed := range feeds {
		rows := p.now[feed]
		if rows == nil {
			if rows, err = p.before(n.base, feed); err != nil {
				return errors.Join(fmt.Errorf("read what was known before: %w", err), month.Close())
			}
		}
		delete(p.now, feed)
		batch := make([]R, 0, 4*batchRecords)
		for from := 0; from < len(rows.order); from += cap(batch) {
			batch = batch[:0]
			for _, i := range rows.order[from:min(from+cap(batch), len(rows.order))] {
				batch = append(batch, *rows.lies(i))
				if complete != nil {
					complete(offers, &batch[len(batch)-1])
				}
			}
			if err := month.Write(batch); err != nil {
				return errors.Join(err, month.Close())
			}
		}
	}
	return errors.Join(month.Close(), to.Close())
}

// personBatch is records about persons that are prepared together.
type personBatch struct {
	records []source.Record
	results []prepare.Learner
	broken  []*source.Violation
	err     error
	done    chan struct{}
}

// personBatches prepares records in batches: one is prepared while the next is decoded.
// take takes them up in their order.
type personBatches struct {
	prepare func(*personBatch) error
	take    func(*personBatch) error
	fills   *personBatch
	ahead   *personBatch // being prepared; nil for none
}

func (r *reading) newPersonBatches(ctx context.Context, feed string, kind source.Kind, take func(*personBatch) error) *personBatches {
	return &personBatches{take: take, fills: &personBatch{}, prepare: func(b *personBatch) error {
		b.results = make([]prepare.Learner, len(b.records))
		b.broken = make([]*source.Violation, len(b.records))
		return inParallel(ctx, len(b.records), func(i int) { b.results[i], b.broken[i] = r.prep.Learner(feed, kind, b.records[i].Learner) })
	}}
}

func (p *personBatches) add(rec source.Record) error {
	p.fills.records = append(p.fills.records, rec)
	if len(p.fills.records) < batchRecords {
		return nil
	}
	return p.next()
}

// next begins to prepare the batch that fills, and takes up the one before.
func (p *personBatches) next() error {
	before := p.ahead
	p.ahead = p.fills
	p.fills = &personBatch{records: make([]source.Record, 0, batchRecords)}
	p.ahead.done = make(chan struct{})
	if before != nil {
		<-before.done
	}
	go func(b *personBatch) {
		defer close(b.done)
		b.err = p.prepare(b)
	}(p.ahead)
	if before == nil {
		return nil
	}
	return p.take(before)
}

// end takes up what is left, and waits for it in any case.
func (p *personBatches) end() error {
	err := p.next()
	<-p.ahead.done
	return cmp.Or(err, p.take(p.ahead))
}
