package pipeline

import (
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
)

// A record that a feed lists again under the same id is the same vacancy or
// credential: with the same content it is counted as a duplicate and has no row
// of its own, with other content it is the next version, and the last version
// is the one that counts.

// keepVersions numbers the versions of records that share an id, in reading
// order, and returns the records that are kept and the repeats by feed.
func keepVersions[T any](records []T, identity func(*T) (id, hash, feed string), number func(*T, int32)) ([]T, map[string]int64) {
	type seen struct {
		version int32
		hash    string
	}
	last := make(map[string]seen, len(records))
	repeats := map[string]int64{}
	kept := records[:0]
	for i := range records {
		id, hash, feed := identity(&records[i])
		before := last[id]
		if before.version > 0 && before.hash == hash {
			repeats[feed]++
			continue
		}
		last[id] = seen{before.version + 1, hash}
		number(&records[i], before.version+1)
		kept = append(kept, records[i])
	}
	return kept, repeats
}

// vacancyVersions applies keepVersions to vacancies.
func vacancyVersions(vs []prepare.Vacancy) ([]prepare.Vacancy, map[string]int64) {
	return keepVersions(vs,
		func(v *prepare.Vacancy) (string, string, string) { return v.VacancyID, v.ContentHash, v.Source },
		func(v *prepare.Vacancy, n int32) { v.Version = n })
}

// credentialVersions applies keepVersions to credentials.
func credentialVersions(cs []prepare.Credential) ([]prepare.Credential, map[string]int64) {
	return keepVersions(cs,
		func(c *prepare.Credential) (string, string, string) { return c.CredentialID, c.ContentHash, c.Source },
		func(c *prepare.Credential, n int32) { c.Version = n })
}

// splitNewest divides records into the newest version of each id and the others.
func splitNewest[T any](records []T, identity func(*T) (id string, version int32)) (newest, older []T) {
	last := newestVersions(records, identity)
	for i := range records {
		if id, version := identity(&records[i]); version == last[id] {
			newest = append(newest, records[i])
		} else {
			older = append(older, records[i])
		}
	}
	return newest, older
}

// newestVersions returns, for each id, the highest version.
func newestVersions[T any](records []T, identity func(*T) (id string, version int32)) map[string]int32 {
	newest := make(map[string]int32, len(records))
	for i := range records {
		id, version := identity(&records[i])
		newest[id] = max(newest[id], version)
	}
	return newest
}

func vacancyIdentity(v *model.Vacancy) (string, int32)       { return v.VacancyID, v.Version }
func credentialIdentity(c *model.Credential) (string, int32) { return c.CredentialID, c.Version }

func preparedVacancyIdentity(v *prepare.Vacancy) (string, int32) { return vacancyIdentity(&v.Vacancy) }
func preparedCredentialIdentity(c *prepare.Credential) (string, int32) {
	return credentialIdentity(&c.Credential)
}
