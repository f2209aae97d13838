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
	postings := byCountry(in.Postings)
	in.Postings = nil // there may be millions
	all, err := n.countryParts(in, postings, months)
	if err != nil {
		return err
	}
	reused := make([]bool, len(all))
	checking := pool.New().WithMaxGoroutines(runtime.GOMAXPROCS(0)).WithErrors() // of files, by their hashes
	for i, p := range all {
		checking.Go(func() (err error) {
			reused[i], err = w.reusePart(p.month, p.part)
			return err
		})
	}
	if err := checking.Wait(); err != nil {
		return err
	}
	anew := map[string][]countryPart{}
	for i, p := range all {
		if !reused[i] {
			anew[p.part.Name] = append(anew[p.part.Name], p)
		}
	}
	largestFirst := func(a, b string) int {
		return cmp.Or(len(postings[b])-len(postings[a]), cmp.Compare(a, b))
	}
	workers := pool.New().WithMaxGoroutines(runtime.GOMAXPROCS(0)).WithContext(ctx).WithCancelOnError()
	order := slices.SortedFunc(maps.Keys(anew), largestFirst)
	maps.DeleteFunc(postings, func(country string, _ []measure.Posting) bool { return anew[country] == nil })
	for _, country := range order {
		of := *in
		of.Postings = postings[country]
		delete(postings, country)
		workers.Go(func(ctx context.Context) error { return w.country(ctx, &of, MeasureOptions(n.Config), anew[country]) })
	}
	return workers.Wait()
}

// byCountry divides postings by country.
func byCountry(postings []measure.Posting) map[string][]measure.Posting {
	count := map[string]int{}
	for i := range postings {
		count[postings[i].Regions[0]]++
	}
	of := make(map[string][]measure.Posting, len(count))
	for country, n := range count {
		of[country] = make([]measure.Posting, 0, n)
	}
	for i := range postings {
		country := postings[i].Regions[0]
		of[country] = append(of[country], postings[i])
	}
	return of
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
func (n *Night) countryParts(in *measure.Input, postings map[string][]measure.Posting, months []model.Date) ([]countryPart, error) {
	catalogue, err := n.digests(decisive{model.Credentials.Info, nil}, decisive{model.CredSkills.Info, nil})
	if err != nil {
		return nil, err
	}
	digests := postingDigests(postings)
	var all []countryPart
	for _, month := range months {
		before := len(all)
		for _, country := range slices.Sorted(maps.Keys(digests)) {
			var decide []any
			for posted, digest := range digests[country] {
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

// postingDigests returns hashes of the postings of each country by month of posting.
func postingDigests(postings map[string][]measure.Posting) map[string]map[model.Date]string {
	digests := make(map[string]map[model.Date]string, len(postings))
	p := pool.New().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for country, of := range postings {
		months := map[model.Date]string{}
		digests[country] = months
		p.Go(func() {
			hashes := map[model.Date]hash.Hash{}
			var text []byte
			for i := range of {
				month := of[i].Month
				if hashes[month] == nil {
					hashes[month] = sha256.New()
				}
				text = appendPosting(text[:0], &of[i])
				hashes[month].Write(text)
			}
			for month, h := range hashes {
				months[month] = hex.EncodeToString(h.Sum(nil))
			}
		})
	}
	p.Wait()
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
