package esco

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
)

// release is a release of ESCO; the zero value is an unstated one.
type release struct {
	name    string // as "v1.1.1"
	version [4]int
}

// version finds v1.1.1 in esco-v1.1.1-en-csv.zip; not v111, nor dev1.2.
var version = regexp.MustCompile(`(?i)(?:^|[^a-z0-9])v(\d{1,4}(?:\.\d{1,4}){1,3})`)

// releaseOf finds the release in a path: the last one, so that the name of an
// archive counts more than that of the folder it is in.
func releaseOf(path string) release {
	all := version.FindAllStringSubmatch(path, -1)
	if len(all) == 0 {
		return release{}
	}
	return parseRelease("v" + all[len(all)-1][1])
}

// statedRelease is a release as a caller states it: "v1.1.1", "1.1.1", "ESCO v1.1.1
// (excerpt)"; "" is none.
func statedRelease(name string) release {
	name = strings.TrimPrefix(strings.TrimSpace(name), "ESCO ")
	if name == "" {
		return release{}
	}
	if name[0] >= '0' && name[0] <= '9' {
		name = "v" + name
	}
	return release{name: name, version: releaseOf(name).version}
}

func parseRelease(name string) release {
	r := release{name: name}
	for i, part := range strings.Split(strings.TrimPrefix(name, "v"), ".") {
		r.version[i], _ = strconv.Atoi(part) // digits only, at most four
	}
	return r
}

// compare orders releases from old to new, an unstated one first.
func (r release) compare(other release) int {
	if (r.name == "") != (other.name == "") {
		return cmp.Compare(len(r.name), len(other.name))
	}
	for i := range r.version {
		if c := cmp.Compare(r.version[i], other.version[i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(r.name, other.name)
}

// title is the release as Taxonomy names it.
func (r release) title() string {
	if r.name == "" {
		return "ESCO (release not stated)"
	}
	return "ESCO " + r.name
}
