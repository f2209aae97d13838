package pipeline

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

// night reads lists of "id content" into a history that goes on from a snapshot,
// in the manner of a full feed, and returns it with its counts.
func night(t interface{ Fatal(...any) }, before []version, day model.Date, list []string) (*history, listing) {
	h, err := newHistory(nil, day, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range before {
		h.add(version{Record: v.Record, fresh: noFresh})
	}
	for _, newest := range h.newestOf {
		v := &h.versions[newest]
		h.known[recordKey{v.Source, v.RecordHash}] = newest
	}
	var items []item
	listed := map[string]bool{}
	for i, line := range list {
		id, content, _ := strings.Cut(line, " ")
		listed[id] = true
		if place, known := h.known[recordKey{"f", content}]; known && h.versions[place].ID == id {
			items = append(items, item{id: id, known: place, fresh: noFresh})
			continue
		}
		items = append(items, item{id: id, known: noFresh, fresh: int32(i), record: model.Record{
			Kind: string(source.Vacancies), ID: id, Source: "f", RecordHash: content, ContentHash: "c" + content, DuplicateKey: id,
			PostedMonth: 100, FirstSeenOn: h.firstSeen(id),
		}})
	}
	_, missing, _ := h.missing("f", listed)
	l := h.merge(items)
	h.withdraw(missing)
	return h, l
}

// states lists the versions as "id version content withdrawn".
func states(h *history) []string {
	var all []string
	for _, vs := range h.byMonth(source.Vacancies) {
		for _, v := range vs {
			state := fmt.Sprintf("%s %d %s", v.ID, v.Version, v.RecordHash)
			if v.WithdrawnOn != 0 {
				state += fmt.Sprintf(" -%d", v.WithdrawnOn)
			}
			all = append(all, state)
		}
	}
	return all
}

func TestVersionsOverNights(t *testing.T) {
	for name, c := range map[string]struct {
		nights string // of lists, parted by |
		want   string
	}{
		"once":                     {"a 1, b 1", "a 1 1, b 1 1"},
		"again the same":           {"a 1, b 1 | a 1, b 1", "a 1 1, b 1 1"},
		"twice in a night":         {"a 1, a 1", "a 1 1"},
		"two contents in a night":  {"a 1, a 2 | a 1, a 2", "a 1 1, a 2 2"},
		"changed":                  {"a 1 | a 2", "a 1 1, a 2 2"},
		"changed back":             {"a 1 | a 2 | a 1", "a 1 1, a 2 2, a 3 1"},
		"the older listed no more": {"a 1, a 2 | a 2", "a 1 1, a 2 2"},
		"one appended":             {"a 1, a 2 | a 1, a 2, a 3", "a 1 1, a 2 2, a 3 3"},
		"gone":                     {"a 1, b 1 | b 1", "a 1 1 -102, b 1 1"},
		"gone for long":            {"a 1, b 1 | b 1 | b 1", "a 1 1 -102, b 1 1"},
		"back":                     {"a 1, b 1 | b 1 | a 1, b 1", "a 1 1, b 1 1"},
		"back, changed":            {"a 1, b 1 | b 1 | a 2, b 1", "a 1 1 -102, a 2 2, b 1 1"},
	} {
		var h *history
		var before []version
		for i, list := range strings.Split(c.nights, " | ") {
			h, _ = night(t, before, model.Date(101+i), strings.Split(list, ", "))
			before = h.versions
		}
		if got := strings.Join(states(h), ", "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestHistoryProperties: whatever a feed lists night by night, versions of an id
// count from 1 and none has the content of the one before; what is listed is not
// withdrawn and the rest is; a night run again changes nothing; what is listed is a
// newest version, superseded in the same night, or a repeat.
func TestHistoryProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var before []version
		line := rapid.Custom(func(t *rapid.T) string {
			return rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "id") + " " + rapid.SampledFrom([]string{"1", "2", "3"}).Draw(t, "content")
		})
		for day := range rapid.IntRange(1, 5).Draw(t, "nights") {
			list := rapid.SliceOfN(line, 0, 8).Draw(t, "list")
			h, l := night(t, before, model.Date(101+day), list)
			again, repeated := night(t, h.versions, model.Date(101+day), list)
			if got, want := states(again), states(h); !slices.Equal(got, want) || len(again.touched) > 0 || repeated != l {
				t.Fatalf("run again: %v, first %v; touched %v", got, want, again.touched)
			}
			checkHistory(t, h, list, l)
			before = h.versions
		}
	})
}

func checkHistory(t *rapid.T, h *history, list []string, l listing) {
	last := map[string]string{}
	for _, line := range list {
		id, content, _ := strings.Cut(line, " ")
		last[id] = content
	}
	listed := 0
	byID := map[string][]int{}
	for i := range h.versions {
		byID[h.versions[i].ID] = append(byID[h.versions[i].ID], i)
	}
	for id, places := range byID {
		for i, place := range places {
			v := &h.versions[place]
			if v.Version != int32(i+1) || i > 0 && v.RecordHash == h.versions[places[i-1]].RecordHash {
				t.Fatalf("%s: version %d is %d, content %s", id, i+1, v.Version, v.RecordHash)
			}
		}
		newest := h.newest(id)
		if newest.listed {
			listed++
		}
		if content, still := last[id]; still != (newest.WithdrawnOn == 0) || still && newest.RecordHash != content {
			t.Fatalf("%s: listed %v with %q, newest is %+v", id, still, content, newest.Record)
		}
	}
	if got := int64(listed) + l.repeats + l.superseded; got != int64(len(list)) {
		t.Fatalf("%d listed, %d are newest, superseded or repeats", len(list), got)
	}
}

func TestLinksSurviveEncoding(t *testing.T) {
	links := []model.CredentialLink{{FromID: "a1", Kind: "part_of", ToID: "b2", Declared: true}, {FromID: "b2", Kind: "equivalent", ToID: "c3", Declared: true}}
	if got := decodeLinks(encodeLinks(links)); !slices.Equal(got, links) {
		t.Errorf("%+v", got)
	}
}

func TestSpoolKeepsLinesByMonth(t *testing.T) {
	dir := t.TempDir()
	s := &spool{dir: func() (string, error) { return dir, nil }, months: map[model.Date]*spooled{}}
	long := strings.Repeat("x", spoolBytes-1) // fills a buffer: it goes to disk
	want := map[model.Date]map[int32]string{10: {}, 20: {}}
	for i := range 40 {
		month, line := model.Date(10+10*(i%2)), fmt.Sprint(i)
		if i%7 == 3 {
			line += long
		}
		place, err := s.add(month, []byte(line))
		if err != nil {
			t.Fatal(err)
		}
		want[month][place] = line
	}
	for month, lines := range want {
		got, err := s.lines(month)
		if err != nil || len(got) != len(lines) {
			t.Fatalf("%d lines of %d, %v", len(got), len(lines), err)
		}
		for place, line := range lines {
			if string(got[place]) != line {
				t.Errorf("line %d is %.20q, want %.20q", place, got[place], line)
			}
		}
	}
	if got, err := s.lines(30); got != nil || err != nil {
		t.Errorf("a month without lines: %v, %v", got, err)
	}
}

func TestStatementsSurviveEncoding(t *testing.T) {
	texts := []model.Text{{Field: fieldSkills, Text: "nursing\nfirst aid"}}
	want := statements{[]string{"http://example.org/o"}, []string{"2221"}, []prepare.Stated{
		{URI: "http://example.org/s", Name: "nursing", Relation: "preferred", Field: fieldSkills, Start: 0, End: 7},
		{Name: "first aid", Relation: "required", Field: fieldSkills, Start: 8, End: 17},
	}}
	got, err := decodeStatements(want.encode(), texts)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v; %v", got, want, err)
	}
	for _, line := range []string{"skill", "skill - required 5 2", "skill - required 8 18", "skill - required -1 2", "skill - required x 2"} {
		if got, err := decodeStatements([]string{line}, texts); err == nil {
			t.Errorf("%q read as %+v", line, got)
		}
	}
}
