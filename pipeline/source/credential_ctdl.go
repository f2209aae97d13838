package source

import (
	"fmt"
	"io"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// ctdl reads CTDL JSON-LD: an entity, an array, a @graph, a registry envelope,
// or archives of these. It sees every member twice: first to learn the ids and
// names of entities, so that references from one file to another can be
// resolved, then to decode the credentials and learning opportunities.
//
// Changesets of the registry are archives with folders upserts and deletes,
// each with graphs, resources and metadata: what is under deletes is a record
// with the status Removed, metadata is passed over, and so is a resource whose
// graph is there too.
type ctdl struct {
	out     *sink
	nodes   map[string]ctdlNode // by @id
	bytes   int64               // of nodes
	graphs  map[string]bool     // members that are graphs, folder left out
	data    map[string]object   // by @id: profiles of data, which claims refer to
	removed bool                // the member at hand is under deletes
}

// ctdlNode is what references to an entity need.
type ctdlNode struct {
	sourceID string
	name     string
	country  string
}

func newCTDL(out *sink) *ctdl {
	return &ctdl{out: out, nodes: map[string]ctdlNode{}, graphs: map[string]bool{}, data: map[string]object{}}
}

const (
	graphsFolder    = "graphs/"
	resourcesFolder = "resources/"
)

func (c *ctdl) index(member string, r io.Reader) error {
	if strings.Contains(member, graphsFolder) {
		c.graphs[strings.Replace(member, graphsFolder, "", 1)] = true
	}
	feed := jsonFeed{lim: c.out.lim, encoding: c.out.feed.Table.Encoding, yield: func(e entity) error {
		if e.broken == nil { // what is broken is reported when it is decoded
			if o, broken := decodeObject(e.raw); broken == nil {
				c.note(o)
				c.noteData(o, len(e.raw))
			}
		}
		if c.bytes > c.out.lim.index {
			return &FileError{
				File: member, Err: fmt.Errorf("the ids and names of the entities so far, %d, take more than %d MiB", len(c.nodes), c.out.lim.index>>20),
				Action: "make several feeds of it",
			}
		}
		return nil
	}}
	return feed.read(member, r)
}

// nodeBytes is about what a node takes besides its texts.
const nodeBytes = 128

func (c *ctdl) note(o object) {
	id := textOf(o["@id"], "")
	if id == "" {
		return
	}
	name := textOf(get(o, "name"), "")
	if name == "" {
		name = textOf(get(o, "competencyText"), "")
	}
	address := objectOf(get(o, "address"))
	n := ctdlNode{sourceID: sourceIDOf(o), name: name, country: textOf(get(address, "addressCountry"), "")}
	c.nodes[id] = n
	c.bytes += int64(nodeBytes + len(id) + len(n.sourceID) + len(n.name) + len(n.country))
}

func (c *ctdl) decode(member string, r io.Reader) error {
	if _, inside, ok := strings.Cut(member, "!"); ok && inFolder(inside, "metadata") {
		return nil
	}
	if strings.Contains(member, resourcesFolder) && c.graphs[strings.Replace(member, resourcesFolder, "", 1)] {
		return nil
	}
	c.removed = isDeleted(member)
	feed := jsonFeed{lim: c.out.lim, encoding: c.out.feed.Table.Encoding, yield: c.entity}
	return feed.read(member, r)
}

// isDeleted reports whether a member is under deletes: in its archive, or, of
// a changeset that is unpacked, as its folder or the one around graphs or
// resources. Folders further up are the operator's own.
func isDeleted(member string) bool {
	if _, inside, ok := strings.Cut(member, "!"); ok {
		return inFolder(inside, "deletes")
	}
	folders := strings.Split(path.Dir(filepath.ToSlash(member)), "/")
	n := len(folders)
	if n > 1 && (folders[n-1]+"/" == graphsFolder || folders[n-1]+"/" == resourcesFolder) {
		n--
	}
	return folders[n-1] == "deletes"
}

func inFolder(member, folder string) bool {
	return strings.HasPrefix(member, folder+"/") || strings.Contains(member, "/"+folder+"/")
}

func (c *ctdl) entity(e entity) error {
	if e.broken != nil {
		return c.out.reject(e.raw, e.broken)
	}
	o, broken := decodeObject(e.raw)
	if broken != nil {
		return c.out.reject(e.raw, broken)
	}
	kind := recordClass(typeNames(o))
	switch {
	case kind != "":
		record := c.credential(o, kind)
		if c.removed {
			record.Status = "Removed"
		}
		return c.out.credential(e.raw, len(e.raw), record)
	case e.inGraph || isCTDL(o):
		return nil // an organisation, competency, framework, …
	}
	return c.out.reject(e.raw, &Violation{RuleNotCredential, "the record's @type is no CTDL credential or learning opportunity; deliver only these and what they refer to"})
}

// recordClass returns the first of a resource's classes that is a credential
// or learning opportunity, or "".
func recordClass(types []string) string {
	for _, t := range types {
		switch {
		case t == "LearningOpportunityProfile", t == "LearningOpportunity", t == "Course", t == "LearningProgram":
			return t
		case t == "QualityAssuranceCredential", strings.HasPrefix(t, "CredentialA"), t == "CredentialFramework":
			continue // about providers; alignment and assertion objects
		case strings.HasSuffix(t, "Organization"), //nolint:misspell // CTDL's spelling
			strings.HasSuffix(t, "Profile"), strings.HasSuffix(t, "Type"):
			continue
		}
		for _, part := range []string{"Certificate", "Certification", "Credential", "Badge", "Degree", "Diploma", "Doctorate", "License", "GeneralEducationDevelopment"} {
			if strings.Contains(t, part) {
				return t
			}
		}
	}
	return ""
}

// isCTDL reports whether the class of o belongs to CTDL or the vocabularies
// that it is delivered with.
func isCTDL(o object) bool {
	return slices.ContainsFunc(each(o["@type"]), func(t any) bool {
		s, _ := t.(string)
		prefix, _, _ := strings.Cut(s, ":")
		return slices.Contains([]string{"ceterms", "ceasn", "qdata", "skos", "asn", "navy"}, prefix) || strings.Contains(s, "purl.org/ctdl")
	})
}

// get returns a property by its local name, whatever its prefix.
func get(o object, name string) any {
	for _, prefix := range []string{"ceterms:", "", "ceasn:", "schema:", "qdata:", "https://purl.org/ctdl/terms/", "http://purl.org/ctdl/terms/"} {
		if v, ok := o[prefix+name]; ok {
			return v
		}
	}
	return nil
}

var uuid = regexp.MustCompile(`[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`)

// ctidOf returns the CTID at the end of s in its proper form, "ce-" and a
// UUID in small letters, also where the prefix is missing or another; "" if s
// does not end with a UUID.
func ctidOf(s string) string {
	id := uuid.FindString(strings.TrimSpace(s))
	if id == "" {
		return ""
	}
	return "ce-" + strings.ToLower(id)
}

// sourceIDOf returns the CTID of o, or else its @id.
func sourceIDOf(o object) string {
	if id := ctidOf(textOf(get(o, "ctid"), "")); id != "" {
		return id
	}
	at := textOf(o["@id"], "")
	if id := ctidOf(at); id != "" {
		return id
	}
	return at
}

// reference returns the @id in v: v itself, or that of an object.
func reference(v any) string {
	if o, ok := v.(object); ok {
		return textOf(o["@id"], "")
	}
	s, _ := v.(string)
	return strings.TrimSpace(s)
}

// resolve returns the source id of what v refers to.
func (c *ctdl) resolve(v any) string {
	if o, ok := v.(object); ok {
		if id := sourceIDOf(o); id != "" && c.nodes[textOf(o["@id"], "")].sourceID == "" {
			return id
		}
	}
	ref := reference(v)
	if n, ok := c.nodes[ref]; ok {
		return n.sourceID
	}
	if id := ctidOf(ref); id != "" {
		return id
	}
	return ref
}

// names returns the names of the entities that v holds or refers to.
func (c *ctdl) names(v any, language string) []string {
	var names []string
	seen := map[string]bool{"": true}
	for _, item := range each(v) {
		name := ""
		if o, ok := item.(object); ok {
			name = textOf(get(o, "name"), language)
		}
		if name == "" {
			name = c.nodes[reference(item)].name
		}
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}
