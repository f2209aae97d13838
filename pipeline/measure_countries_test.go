package pipeline

import (
	"reflect"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/measure"
)

// TestEveryFieldOfAPostingDecides: whatever changes of a posting, its country is
// measured anew, and no other.
func TestEveryFieldOfAPostingDecides(t *testing.T) {
	postings := func() []measure.Posting {
		asks := []measure.Ask{{Skill: 1, Probability: 2, Linked: true}}
		return []measure.Posting{
			{Month: 1, Regions: [3]string{"AT", "AT1", "AT11"}, Skills: asks},
			{Month: 1, Regions: [3]string{"BE", "BE1", "BE11"}, Skills: asks},
		}
	}
	before := postingDigests(byCountry(postings()))
	check := func(name string, change func(*measure.Posting)) {
		changed := postings()
		changed[0].Skills = append([]measure.Ask{}, changed[0].Skills...)
		change(&changed[0])
		after := postingDigests(byCountry(changed))
		if reflect.DeepEqual(after["AT"], before["AT"]) {
			t.Errorf("%s: the country is as before", name)
		}
		if !reflect.DeepEqual(after["BE"], before["BE"]) {
			t.Errorf("%s: another country is not as before", name)
		}
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[measure.Posting]()) {
		if f.Name != "Regions" && f.Name != "Skills" {
			check(f.Name, func(p *measure.Posting) { other(reflect.ValueOf(p).Elem().FieldByIndex(f.Index)) })
		}
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[measure.Ask]()) {
		check("skill's "+f.Name, func(p *measure.Posting) { other(reflect.ValueOf(&p.Skills[0]).Elem().FieldByIndex(f.Index)) })
	}
	check("region", func(p *measure.Posting) { p.Regions[2] = "AT12" })
	check("skills", func(p *measure.Posting) { p.Skills = nil })
}

// other sets a field to another value than it has.
func other(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.String:
		v.SetString(v.String() + "x")
	default:
		v.SetInt(v.Int() + 1)
	}
}
