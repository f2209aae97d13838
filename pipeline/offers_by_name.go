package pipeline

import (
	"fmt"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// namedOffer is what of a credential tells it from others.
type namedOffer struct {
	CredentialID string `parquet:"credential_id"`
	Version      int32  `parquet:"version"`
	Source       string `parquet:"source,dict"`
	SourceID     string `parquet:"source_id"`
	URL          string `parquet:"url,optional"`
	Title        string `parquet:"title"`
	Provider     string `parquet:"provider,optional,dict"`
	ProviderNACE string `parquet:"provider_nace,optional,dict"`
	DuplicateOf  string `parquet:"duplicate_of,optional"`
}

// offersByName finds credentials on offer, now or before, by what tables about
// learners call them.
type offersByName struct {
	byID   map[string]namedOffer
	byName map[string][]string // ids by source id, url, and folded title
}

// offersByName lists the credentials that the night knows, the newest version of
// each; none where no feed speaks of them.
func (n *Night) offersByName() (*offersByName, error) {
	o := &offersByName{map[string]namedOffer{}, map[string][]string{}}
	configured, asked := map[string]bool{}, false
	for _, f := range n.Config.Feeds {
		configured[f.Name] = true
		asked = asked || source.Kind(f.Kind) == source.Enrolments || source.Kind(f.Kind) == source.FeedbackKind
	}
	if !asked {
		return o, nil
	}
	if n.base != nil {
		rows, err := warehouse.ReadMonth[namedOffer](n.base, model.Credentials.Info, 0)
		if err != nil {
			return nil, fmt.Errorf("read credentials: %w", err)
		}
		for _, r := range rows {
			if configured[r.Source] && r.DuplicateOf == "" && r.Version >= o.byID[r.CredentialID].Version {
				o.byID[r.CredentialID] = r
			}
		}
	}
	for i := range n.credentials {
		c := &n.credentials[i].Credential
		o.byID[c.CredentialID] = namedOffer{
			CredentialID: c.CredentialID, Source: c.Source, SourceID: c.SourceID, URL: c.URL, Title: c.Title, Provider: c.Provider, ProviderNACE: c.ProviderNACE,
		}
	}
	for id, offer := range o.byID {
		for _, name := range []string{"id " + offer.SourceID, "url " + offer.URL, "title " + offerTitle(offer.Title)} {
			o.byName[name] = append(o.byName[name], id)
		}
	}
	return o, nil
}

// offerTitle is a title without what writers differ in.
func offerTitle(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }

// find returns the id of the one credential of that source id, else url, else
// title; of several the one of the provider; "" where none is, or several are.
func (o *offersByName) find(name, provider string) string {
	for _, key := range []string{"id " + name, "url " + name, "title " + offerTitle(name)} {
		ids := o.byName[key]
		if len(ids) > 1 {
			var its []string
			for _, id := range ids {
				if offerTitle(o.byID[id].Provider) == offerTitle(provider) {
					its = append(its, id)
				}
			}
			ids = its
		}
		if len(ids) == 1 {
			return ids[0]
		}
	}
	return ""
}
