package pipeline

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"maps"
	"runtime"
	"slices"

	"github.com/sourcegraph/conc/pool"
	"github.com/sourcegraph/conc/stream"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// countryPart is the part of a month that holds a country's cells.
type countryPart struct {
	month model.Date
	part  warehouse.Part
}

// countries takes over, or measures, each country's part of the months, countries
// beside one another.
func (w *measureWriter) countries(ctx context.Context, n *Night, in *measure.Input, months []model.Date) error {
	all, err := n.countryParts(in, months)
	if err != nil {
		return err
	}
	anew := map[string][]countryPart{}
	for _, p := range all {
		reused, err := w.reusePart(p.month, p.part)
		if err != nil {
			return err
		}
		if !reused {
			anew[p.part.Name] = append(anew[p.part.Name], p)
		}
	}
	postings := map[string][]measure.Posting{}
	for i := range in.Postings {
		if country := in.Postings[i].Regions[0]; len(anew[country]) > 0 {
			postings[country] = append(postings[country], in.Postings[i])
		}
	}
	in.Postings = nil // there may be millions
	workers := pool.New().WithMaxGoroutines(runtime.GOMAXPROCS(0)).WithContext(ctx).WithCancelOnError()
	for _, country := range slices.Sorted(maps.Keys(anew)) {
		of := *in
		of.Postings = postings[country]
		delete(postings, country)
		workers.Go(func(ctx context.Context) error { return w.country(ctx, &of, MeasureOptions(n.Config), anew[country]) })
	}
	return workers.Wait()
}

// country measures a country.
func (w *measureWriter) country(ctx context.Context, in *measure.Input, opts measure.Options, parts []countryPart) error {
	m, err := measure.New(in, opts)
	if err != nil {
		return fmt.Errorf("index facts: %w", err)
	}
	in.Postings = nil
	for _, p := range parts {
		if err := w.part(ctx, m, p); err != nil {
			return fmt.Errorf("write measures of %s: %w", p.month, err)
		}
	}
	return nil
}

// part measures a country's month, regions beside one another, and writes it: a
// region's rows as soon as those of the regions before are written.
func (w *measureWriter) part(ctx context.Context, m *measure.Measurer, p countryPart) error {
	to, err := w.open(p.month, p.part)
	if err != nil {
		return err
	}
	for _, name := range []string{measure.TwelveMonths, measure.OneMonth} {
		period := m.Period(p.month, name)
		for level := range measure.RegionLevels {
			regions := stream.New().WithMaxGoroutines(runtime.GOMAXPROCS(0))
			for region := range period.Regions(level) {
				if ctx.Err() != nil {
					break
				}
				regions.Go(func() stream.Callback {
					rows := period.Region(level, region)
					return func() {
						for r := range rows {
							err = cmp.Or(err, to.write(&r))
						}
					}
				})
			}
			regions.Wait()
		}
	}
	return errors.Join(err, ctx.Err(), to.close())
}

// countryParts lists the parts of the months: a country each that has postings in the
// month's window. A month without any is one part without a name, so that it is known
// to have been measured.
func (n *Night) countryParts(in *measure.Input, months []model.Date) ([]countryPart, error) {
	catalogue, err := n.digests(decisive{model.Credentials.Info, nil}, decisive{model.CredSkills.Info, nil})
	if err != nil {
		return nil, err
	}
	postings := postingDigests(in.Postings)
	var all []countryPart
	for _, month := range months {
		before := len(all)
		for _, country := range slices.Sorted(maps.Keys(postings)) {
			var decide []any
			for posted, digest := range postings[country] {
				if decides(posted, month) {
					decide = append(decide, fmt.Sprint(int(posted), " ", digest))
				}
			}
			if len(decide) > 0 && country != "" { // cells are of countries and regions in them
				slices.SortFunc(decide, func(a, b any) int { return cmp.Compare(a.(string), b.(string)) })
				inputs := fingerprint(n.Program, n.versions.Taxonomy, MeasureOptions(n.Config), in.Calibrated, catalogue, decide)
				all = append(all, countryPart{month, warehouse.Part{Name: country, Inputs: inputs}})
			}
		}
		if len(all) == before {
			all = append(all, countryPart{month: month})
		}
	}
	return all, nil
}

// postingDigests returns hashes of the postings by country and month of posting.
func postingDigests(postings []measure.Posting) map[string]map[model.Date]string {
	hashes := map[string]map[model.Date]hash.Hash{}
	var text []byte
	for i := range postings {
		p := &postings[i]
		months := hashes[p.Regions[0]]
		if months == nil {
			months = map[model.Date]hash.Hash{}
			hashes[p.Regions[0]] = months
		}
		if months[p.Month] == nil {
			months[p.Month] = sha256.New()
		}
		text = appendPosting(text[:0], p)
		months[p.Month].Write(text)
	}
	digests := make(map[string]map[model.Date]string, len(hashes))
	for country, months := range hashes {
		digests[country] = make(map[model.Date]string, len(months))
		for month, h := range months {
			digests[country][month] = hex.EncodeToString(h.Sum(nil))
		}
	}
	return digests
}

// appendPosting appends all that decides the measures of a posting.
func appendPosting(to []byte, p *measure.Posting) []byte {
	for _, s := range []string{p.Regions[0], p.Regions[1], p.Regions[2], p.ISCO, p.Occupation, p.Section, p.Employer} {
		to = append(append(to, s...), 0)
	}
	for _, number := range []int32{p.Openings, p.Weight, int32(p.PostedOn), int32(p.OpenUntil), int32(len(p.Skills))} {
		to = binary.LittleEndian.AppendUint32(to, uint32(number))
	}
	to = append(to, bit(p.Official))
	for _, a := range p.Skills {
		to = binary.LittleEndian.AppendUint32(to, uint32(a.Skill))
		to = append(binary.LittleEndian.AppendUint16(to, uint16(a.Probability)), bit(a.Linked))
	}
	return to
}

func bit(b bool) byte {
	if b {
		return 1
	}
	return 0
}
