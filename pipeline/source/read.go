package source

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Read decodes the records of a feed in the order of its files. It calls
// accept for each record and reject for each that could not be decoded, from
// the calling goroutine; Stats.Records is the number of calls. Constants of
// the feed are filled in where a record leaves a field empty.
//
// An error of accept or reject ends the reading and is returned as it is. A
// file that cannot be read to its end is a *[FileError]; records before the
// fault have been given out by then.
func Read(ctx context.Context, feed Feed, accept func(Record) error, reject func(model.Reject) error) (Stats, error) {
	return read(ctx, feed, defaultLimits(), accept, reject)
}

func read(ctx context.Context, feed Feed, lim limits, accept func(Record) error, reject func(model.Reject) error) (Stats, error) {
	out := newSink(ctx, &feed, lim, accept, reject)
	dec, err := decoderFor(&feed, out)
	if err != nil {
		return out.stats, err
	}
	if ix, ok := dec.(indexer); ok {
		for _, path := range feed.Files {
			if _, _, err := eachMember(&feed, path, lim, wrap(ctx, ix.index)); err != nil {
				return out.stats, err
			}
		}
	}
	for _, path := range feed.Files {
		input, size, err := eachMember(&feed, path, lim, wrap(ctx, func(member string, r io.Reader) error {
			out.file, out.number = member, 0
			return dec.decode(member, r)
		}))
		if err != nil {
			return out.stats, err
		}
		out.stats.Files = append(out.stats.Files, input)
		out.stats.Bytes += size
	}
	return out.stats, nil
}

// wrap makes every error of reading a member, other than those of the
// caller's own functions, a *FileError.
func wrap(ctx context.Context, read func(string, io.Reader) error) func(string, io.Reader) error {
	return func(member string, r io.Reader) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := read(member, &cancellable{ctx, r})
		var stop *stopError
		var file *FileError
		switch {
		case err == nil:
			return nil
		case errors.As(err, &stop):
			return stop.err
		case errors.As(err, &file):
			return err
		}
		return &FileError{File: member, Action: "check that the file is complete and of the format configured", Err: err}
	}
}

// cancellable ends the reading of records of any length when ctx is done.
type cancellable struct {
	ctx context.Context
	r   io.Reader
}

func (c *cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, &stopError{err}
	}
	return c.r.Read(p)
}

// stopError carries an error of accept, reject or the context through the
// decoders.
type stopError struct{ err error }

func (e *stopError) Error() string { return e.err.Error() }

// sink is where decoders put records.
type sink struct {
	ctx      context.Context
	feed     *Feed
	lim      limits
	acceptFn func(Record) error
	rejectFn func(model.Reject) error

	vacancies   []vacancyColumn
	credentials []credentialColumn
	statistics  []statisticColumn // of the feed's kind
	learners    []learnerColumn   // likewise
	constants   []string          // names of the feed's, in alphabetical order

	stats  Stats
	file   string
	number int64
}

func newSink(ctx context.Context, feed *Feed, lim limits, accept func(Record) error, reject func(model.Reject) error) *sink {
	s := &sink{
		ctx: ctx, feed: feed, lim: lim, acceptFn: accept, rejectFn: reject,
		vacancies: vacancyColumns(), credentials: credentialColumns(), statistics: totalColumns(),
		learners: learnerColumns(feed.Kind), constants: slices.Sorted(maps.Keys(feed.Constants)),
	}
	if feed.Kind == Workforce {
		s.statistics = workforceColumns()
	}
	return s
}

// hashOf is the [Record].Hash of a record's bytes.
func hashOf(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:16])
}

// vacancy gives out a record of so many bytes, of which raw is kept if it is
// rejected later.
func (s *sink) vacancy(raw []byte, size int, hash string, v *Vacancy) error {
	if broken := checkItems(len(v.Skills)); broken != nil {
		return s.reject(raw, broken)
	}
	fillConstants(s, s.vacancies, v, &v.Place)
	v.DateFormat = s.feed.Table.DateFormat
	return s.accept(Record{Raw: raw, Bytes: int64(size), Hash: hash, Vacancy: v})
}

func (s *sink) credential(raw []byte, size int, c *Credential) error {
	if broken := checkItems(len(c.Skills), len(c.Parts), len(c.LearningOutcomes), len(c.Prerequisites), len(c.Languages), len(c.OccupationURIs), len(c.ISCO08s)); broken != nil {
		return s.reject(raw, broken)
	}
	fillConstants(s, s.credentials, c, &c.Place)
	c.DateFormat = s.feed.Table.DateFormat
	return s.accept(Record{Raw: raw, Bytes: int64(size), Credential: c})
}

func (s *sink) statistic(raw []byte, size int, row *Statistic) error {
	fillConstants(s, s.statistics, row, &row.Place)
	row.DateFormat = s.feed.Table.DateFormat
	return s.accept(Record{Raw: raw, Bytes: int64(size), Statistic: row})
}

func (s *sink) learner(size int, row *Learner) error {
	fillConstants(s, s.learners, row, &row.Place)
	row.DateFormat = s.feed.Table.DateFormat
	return s.accept(Record{Bytes: int64(size), Learner: row})
}

// checkItems bounds the lists of a record.
func checkItems(lengths ...int) *Violation {
	if slices.Max(lengths) <= maxListItems {
		return nil
	}
	return &Violation{RuleTooManyValues, fmt.Sprintf("a list has more than %d items; deliver what belongs to one record", maxListItems)}
}

func (s *sink) accept(r Record) error {
	if err := s.next(); err != nil {
		return err
	}
	r.File, r.Number = s.file, s.number
	if err := s.acceptFn(r); err != nil {
		return &stopError{err}
	}
	return nil
}

func (s *sink) reject(raw []byte, v *Violation) error {
	if err := s.next(); err != nil {
		return err
	}
	if err := s.rejectFn(NewReject(s.feed.Name, Record{File: s.file, Number: s.number, Raw: raw}, v)); err != nil {
		return &stopError{err}
	}
	return nil
}

func (s *sink) next() error {
	if err := s.ctx.Err(); err != nil {
		return &stopError{err}
	}
	s.number++
	s.stats.Records++
	return nil
}

// fillConstants sets the fields of record that are empty to the feed's
// constants, and notes in place which of them say where the record is.
func fillConstants[T any](s *sink, columns []column[T], record *T, place *Place) {
	located := place.Locality != "" || place.Region != "" || place.RegionCode != ""
	for _, name := range s.constants {
		c, _ := findColumn(columns, name)
		if !c.empty(record) {
			continue
		}
		c.set(record, s.feed.Constants[name], "")
		switch name {
		case "country":
			place.CountryFromConstant = true
		case "locality", "region", "region_code":
			place.FromConstant = !located
		}
	}
}
