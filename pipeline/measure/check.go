package measure

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// checker finds what would make sums wrong. It is for mistakes of the caller:
// what feeds may contain is settled before.
type checker struct {
	seen   []int // by skill: the last holder that has it
	holder int
}

func (in *Input) check() error {
	for i := 1; i < len(in.Skills); i++ {
		if a, b := in.Skills[i-1].URI, in.Skills[i].URI; a >= b {
			return fmt.Errorf("skill %d, %q, comes after %q: want each URI once, in ascending order", i, b, a)
		}
	}
	c := checker{seen: make([]int, len(in.Skills))}
	for i := range in.Postings {
		if err := c.posting(&in.Postings[i]); err != nil {
			return fmt.Errorf("posting %d: %w", i, err)
		}
	}
	for i := range in.Offers {
		if err := c.offer(&in.Offers[i]); err != nil {
			return fmt.Errorf("offer %q: %w", in.Offers[i].ID, err)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(in.Profiles)) {
		if err := c.skills(in.Profiles[code]); err != nil {
			return fmt.Errorf("profile of %s: %w", code, err)
		}
	}
	return nil
}

func (c *checker) posting(p *Posting) error {
	switch {
	case p.Month == 0:
		return errors.New("no month: want that of posting or first seen")
	case p.Openings < 0:
		return fmt.Errorf("%d openings: want 0, for not stated, or more", p.Openings)
	}
	if p.Weight < 0 {
		return fmt.Errorf("weight %d: want 0 or more", p.Weight)
	}
	return c.asks(p.Skills)
}

func (c *checker) asks(asks []Ask) error {
	c.holder++
	for _, a := range asks {
		if err := c.skill(a.Skill); err != nil {
			return err
		}
		if a.Probability < 1 || a.Probability > Certain {
			return fmt.Errorf("skill %d with probability %d in ten-thousandths: want 1 to %d", a.Skill, a.Probability, Certain)
		}
	}
	return nil
}

func (c *checker) offer(o *Offer) error {
	if o.Places < 0 {
		return fmt.Errorf("%d places: want 0, for not stated, or more", o.Places)
	}
	return c.asks(o.Skills)
}

func (c *checker) skills(skills []int32) error {
	c.holder++
	for _, s := range skills {
		if err := c.skill(s); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) skill(s int32) error {
	switch {
	case s < 0 || int(s) >= len(c.seen):
		return fmt.Errorf("skill %d: want an index into %d skills", s, len(c.seen))
	case c.seen[s] == c.holder:
		return fmt.Errorf("skill %d twice: want each skill once", s)
	}
	c.seen[s] = c.holder
	return nil
}
