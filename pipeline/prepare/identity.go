package prepare

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"html"
	"net/url"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/source/contact"
)

// identity returns the source's id of a record and the id of its row. Both are
// "" where neither the record nor its content gives one.
func identity(feed, id, page, kept, content string) (source, record string) {
	if source = sourceID(id, page, kept, content); source == "" {
		return "", ""
	}
	return source, recordID(feed, source)
}

// recordID is the stable id of a record of a feed.
func recordID(feed, sourceID string) string { return shortHash(feed + "\x00" + sourceID) }

func shortHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:16])
}

// sourceID returns what tells a record of a feed apart: its own id, else its
// page, else its content. Of a page that is not kept as it is, what is kept
// may be that of other records too, so that its hash stands for it.
func sourceID(id, page, kept, content string) string {
	if page = strings.TrimSpace(page); kept != "" && page != kept {
		kept = shortHash(page)
	}
	return cmp.Or(withoutContact(id), kept, content)
}

// withoutContact returns id, or its hash if it holds an e-mail address or a
// telephone number. Digits and letters without spaces are an id, whatever
// number they may be.
func withoutContact(id string) string {
	id = strings.TrimSpace(id)
	if holdsAddress(id) || strings.ContainsAny(id, " +/(\u00a0&%<") && holdsContact(id) {
		return shortHash(id)
	}
	return id
}

// shown returns what a reader may see of s, with its markup and without.
func shown(s string) string { return contact.Unmask(s) + "\n" + plain(s) }

func holdsAddress(s string) bool {
	_, _, ok := contact.Email(shown(s))
	return ok
}

// webPage returns u if it is an address of the web, or "". A user's name and
// password are taken out of it, and so is a query or fragment that holds an
// e-mail address or telephone number; with such an address in its path it is
// none.
func webPage(u string) string {
	u = strings.ToValidUTF8(strings.TrimSpace(u), "\ufffd")
	if !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") || strings.ContainsAny(u, `<>"`) {
		return ""
	}
	if html.UnescapeString(u) != u && holdsContact(u) { // the # of an entity is no fragment
		u = u[:strings.IndexAny(u+"?", "?#")]
	}
	page, err := url.Parse(u)
	if err != nil {
		if holdsContact(u) {
			return ""
		}
		return u
	}
	changed := false
	if page.User != nil {
		page.User, changed = nil, true
	}
	if holdsContact(page.RawQuery) {
		page.RawQuery, changed = "", true
	}
	if holdsContact(page.Fragment) {
		page.Fragment, page.RawFragment, changed = "", "", true
	}
	if holdsAddress(page.Host+page.Path) || strings.ContainsAny(page.Path, " +(") && holdsContact(page.Path) {
		return ""
	}
	if changed {
		return page.String()
	}
	return u
}

// holdsContact reports whether part of an address, escaped or not, holds an
// e-mail address or telephone number.
func holdsContact(part string) bool {
	if unescaped, err := url.QueryUnescape(part); err == nil {
		part += " " + unescaped
	}
	part = shown(part)
	_, _, email := contact.Email(part)
	_, _, phone := contact.Phone(part)
	return email || phone
}
