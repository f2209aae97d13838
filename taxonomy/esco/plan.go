package esco

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// plan decides what each input is good for, as the package comment says, and
// returns those of use in the order to read them, and the pinned release.
func plan(inputs []*input, report *Report) ([]*input, release, error) {
	if len(inputs) == 0 {
		return nil, release{}, &FileError{Path: "ESCO", Problem: "there is no table of ESCO in what was given", Advice: "give the folder or the .zip files of the ESCO CSV download"}
	}
	pinned := pin(inputs)
	own := map[string]bool{} // kinds of file that the pinned release itself brings
	for _, in := range inputs {
		if in.release == pinned {
			own[in.kind] = true
		}
	}
	structural := func(in *input) bool {
		return in.release == pinned || in.release.name == "" && !own[in.kind]
	}
	languages := definingLanguages(inputs, structural)
	if _, ok := languages["skills"]; !ok {
		return nil, pinned, &FileError{Path: pinned.title(), Problem: "no file of skills is of this release", Advice: "add its skills_<language>.csv, or state the release of the files given"}
	}
	var kept []*input
	for _, in := range inputs {
		switch {
		case in.content == concepts:
			in.defining = structural(in) && in.language == languages[in.kind]
		case in.content != labels && !structural(in):
			reason := fmt.Sprintf("the %s are those of %s, like the concepts", in.kind, pinned.title())
			report.Skipped = append(report.Skipped, SkippedFile{in.path, reason})
			continue
		}
		kept = append(kept, in)
	}
	slices.SortStableFunc(kept, inReadingOrder)
	return kept, pinned, nil
}

// pin chooses the release that gives the concepts: the newest with both skills and
// relations, else the newest stated one with relations, else the newest.
func pin(inputs []*input) release {
	hasSkills, hasRelations := map[release]bool{}, map[release]bool{}
	for _, in := range inputs {
		hasSkills[in.release] = hasSkills[in.release] || in.kind == "skills"
		hasRelations[in.release] = hasRelations[in.release] || in.content == occupationSkills
	}
	rank := func(r release) int {
		switch {
		case hasSkills[r] && hasRelations[r]:
			return 2
		case hasRelations[r] && r.name != "":
			return 1
		}
		return 0
	}
	return slices.MaxFunc(slices.Collect(maps.Keys(hasSkills)), func(a, b release) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), a.compare(b))
	})
}

// definingLanguages chooses, per kind of concept, the language of the files that
// define: English, else the first.
func definingLanguages(inputs []*input, structural func(*input) bool) map[string]string {
	chosen := map[string]string{}
	for _, in := range inputs {
		if in.content != concepts || !structural(in) {
			continue
		}
		best, ok := chosen[in.kind]
		if !ok || in.language == "en" || best != "en" && in.language < best {
			chosen[in.kind] = in.language
		}
	}
	return chosen
}

// inReadingOrder puts what defines before what looks up, and newer before older.
func inReadingOrder(a, b *input) int {
	return cmp.Or(
		cmp.Compare(a.stage(), b.stage()),
		b.release.compare(a.release),
		cmp.Compare(a.path, b.path),
	)
}

// stage is the place of the input in the order of reading.
func (in *input) stage() int {
	if in.content == concepts && !in.defining {
		return int(labels)
	}
	return int(in.content)
}

// releaseNames are the titles of the releases, the pinned one first and then from
// new to old.
func releaseNames(inputs []*input, pinned release) []string {
	var all []release
	for _, in := range inputs {
		if in.release.name != "" && in.release != pinned {
			all = append(all, in.release)
		}
	}
	slices.SortFunc(all, func(a, b release) int { return b.compare(a) })
	names := []string{pinned.title()}
	for _, r := range slices.Compact(all) {
		names = append(names, r.title())
	}
	return names
}
