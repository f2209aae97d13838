package generate

import "strconv"

// employer is an organisation that advertises jobs.
type employer struct {
	name, id, nace string
	table          bool // its advertisements are in the table feed
}

// provider is an organisation that offers credentials.
type provider struct {
	name, id string
	language string
	place    int  // region, the number of regions for online
	table    bool // its catalogue is the table
	noPlaces bool // it does not state places
}

const employersPerCluster = 15 // in a region: 150 with ten clusters

func (w *world) addOrganisations() {
	used := 0
	for r := range w.regions {
		region := &w.regions[r]
		byCluster := make([][]employer, len(w.clusters))
		for c := range w.clusters {
			for n := range employersPerCluster {
				language := region.languages[0]
				e := employer{id: "E" + strconv.Itoa(1000+used)}
				kinds := w.clusters[c].employers[language]
				e.name = w.organisation(language, used, kinds[n%len(kinds)])
				e.nace = w.clusters[c].nace[n%len(w.clusters[c].nace)]
				e.table = n%2 == 0
				byCluster[c] = append(byCluster[c], e)
				used++
			}
		}
		w.employers = append(w.employers, byCluster)
	}
	w.addProviders()
}

// organisation makes up the nth name in a language; no two are the same.
func (w *world) organisation(language string, n int, kind string) string {
	parts := w.names[language]
	name := parts.starts[n%len(parts.starts)] + parts.ends[n/len(parts.starts)%len(parts.ends)]
	return parts.mark + " " + name + " " + kind
}

// addProviders adds, for each region and for online courses, a provider of
// each catalogue.
func (w *world) addProviders() {
	catalogues := 0
	for _, c := range w.clusters {
		catalogues = max(catalogues, c.catalogue+1)
	}
	for place := range len(w.regions) + 1 {
		var here []provider
		for catalogue := range catalogues {
			language := english
			if place < len(w.regions) {
				language = w.regions[place].languages[0]
			}
			p := provider{id: "P" + strconv.Itoa(100+place*catalogues+catalogue), language: language, place: place}
			p.name = w.organisation(language, place*catalogues+catalogue+900, w.providerKind(catalogue, language))
			p.table = catalogue < catalogues/2
			p.noPlaces = p.table && place == len(w.regions)-1 && catalogue == 0
			here = append(here, p)
		}
		w.providers = append(w.providers, here)
	}
}

func (w *world) providerKind(catalogue int, language string) string {
	for _, c := range w.clusters {
		if c.catalogue == catalogue {
			return c.providers[language]
		}
	}
	return ""
}
