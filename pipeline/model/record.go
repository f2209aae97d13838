package model

import "cmp"

// Record is a version of a vacancy or credential as its feed gave it: what the
// next night compares with, so that it prepares and links only what changed.
type Record struct {
	PostedMonth Date `parquet:"-" partition:"posted_month" desc:"month partition of the vacancy; for a credential the month first seen" source:"computed"`

	Kind         string   `parquet:"kind,dict" desc:"vacancies or credentials" source:"configuration"`
	ID           string   `parquet:"id" desc:"vacancy_id or credential_id" source:"computed"`
	Version      int32    `parquet:"version" desc:"version of the vacancy or credential" source:"computed"`
	Source       string   `parquet:"source,dict" desc:"name of the feed" source:"configuration"`
	RecordHash   string   `parquet:"record_hash" desc:"first 16 bytes of the SHA-256 of the record as read, in hex" source:"computed"`
	ContentHash  string   `parquet:"content_hash" desc:"content_hash of the prepared record" source:"computed"`
	DuplicateKey string   `parquet:"duplicate_key" desc:"equal for records that may repeat each other, in hex" source:"computed"`
	URL          string   `parquet:"url,optional" desc:"page, where duplicates are told by it: there is no text but the title"`
	StartedOn    Date     `parquet:"started_on,optional,date" desc:"posted_on of a vacancy, starts_on of a credential"`
	ExpiresOn    Date     `parquet:"expires_on,optional,date" desc:"last day for applications to a vacancy, or of the quality assurance of a credential"`
	FirstSeenOn  Date     `parquet:"first_seen_on,date" desc:"as-of date of the first run that read the record" source:"run"`
	WithdrawnOn  Date     `parquet:"withdrawn_on,optional,date" desc:"day on which the feed no longer listed or removed it" source:"feed, run"`
	CeasedOn     Date     `parquet:"ceased_on,optional,date" desc:"withdrawn_on as far as the feed itself says so" source:"feed"`
	DuplicateOf  string   `parquet:"duplicate_of,optional" desc:"id of the record this one repeats" source:"computed"`
	Links        []string `parquet:"links,list" desc:"links that a credential declares, as: from, kind, to"`
	Claims       []string `parquet:"claims,list" desc:"what the provider of a credential claims, a row of provider_claims each, as JSON"`
	Stated       []string `parquet:"stated,list" desc:"what the source states of occupation and skills, as: occupation URI, isco08 code, skill URI relation start end; offsets are into the text of field skills" source:"feed"`
	NotRead      []string `parquet:"not_read,list" desc:"fields that the feed filled in a way that could not be read" source:"computed"`
}

// FieldCount is the number of listed records of a feed in which a field is
// filled, but in a way that could not be read: its column is null there.
type FieldCount struct {
	Source  string `parquet:"source,dict" desc:"name of the feed" source:"configuration"`
	Field   string `parquet:"field,dict" desc:"name of the field, as in columns of skillsgap.yaml"`
	Records int64  `parquet:"records" desc:"listed records whose value of the field could not be read, or cannot be, as an expiry before the posting" unit:"records"`
}

func compareRecord(a, b *Record) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Version, b.Version))
}

func compareFieldCount(a, b *FieldCount) int {
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Field, b.Field))
}
