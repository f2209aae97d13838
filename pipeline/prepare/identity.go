package prepare

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/source/contact"
)

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
	return cmp.Or(withoutAddress(id), kept, content)
}

// withoutAddress returns id, or its hash if it holds an e-mail address.
func withoutAddress(id string) string {
	id = strings.TrimSpace(id)
	if _, _, ok := contact.Email(id); ok {
		return shortHash(id)
	}
	return id
}

// webPage returns u if it is an address of the web, or "". A user's name and
// password are taken out of it, and so is a query or fragment that holds an
// e-mail address or telephone number; with such an address in its path it is
// none.
func webPage(u string) string {
	u = strings.ToValidUTF8(strings.TrimSpace(u), "\ufffd")
	if !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") {
		return ""
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
	if _, _, ok := contact.Email(page.Host + page.Path); ok {
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
	if plain, err := url.QueryUnescape(part); err == nil {
		part += " " + plain
	}
	_, _, email := contact.Email(part)
	_, _, phone := contact.Phone(part)
	return email || phone
}
