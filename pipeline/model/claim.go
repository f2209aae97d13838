package model

import "cmp"

// ProviderClaim is what a provider says of what becomes of its learners, as its
// catalogue states it. It is no measurement of ours: reports show it beside those
// of the dataset outcomes, and as not comparable unless the definitions match.
type ProviderClaim struct {
	ClaimID      string `parquet:"claim_id" desc:"the first 16 bytes of the SHA-256 of what is claimed of which credential, in hex" source:"computed"`
	CredentialID string `parquet:"credential_id" desc:"the credential that it is about" source:"computed"`
	Source       string `parquet:"source,dict" desc:"name of the feed in skillsgap.yaml" source:"configuration"`
	Provider     string `parquet:"provider,optional,dict" desc:"name of the provider"`
	Wording      string `parquet:"wording,optional" desc:"the claim in the provider's words, contacts removed"`
	Measure      string `parquet:"measure,optional,dict" desc:"what the source calls the figure, as jobsObtained or employmentRate of CTDL; null: a claim in words alone"`
	Value        *Money `parquet:"value,optional,decimal(2:18)" desc:"the figure claimed" unit:"unit"`
	Unit         string `parquet:"unit,optional,dict" desc:"of the value: percent, persons, or the ISO 4217 code of a currency with month or year where that is stated"`

	PopulationStated string `parquet:"population_stated,optional" desc:"of whom it is claimed, in the provider's words"`
	Population       string `parquet:"population,optional,dict" desc:"participants (all who left) or completers; null where it is not stated which" source:"computed"`
	PeriodFrom       Date   `parquet:"period_from,optional,date" desc:"first day of the period that it is about"`
	PeriodTo         Date   `parquet:"period_to,optional,date" desc:"last day of that period"`
	MonthsAfter      *int32 `parquet:"months_after,optional" desc:"months after leaving, or after the award" unit:"months"`
	Method           string `parquet:"method,optional" desc:"how it was found and what counts as employment or income, in the provider's words"`
	SourceURL        string `parquet:"source_url,optional" desc:"page of the source that the claim names"`

	Indicator  string `parquet:"indicator,optional,dict" desc:"indicator of outcomes that is defined likewise; null where none is" source:"computed"`
	Horizon    string `parquet:"horizon,optional,dict" desc:"horizon of outcomes: leaving, 6m, 12m or 24m; null where months_after is none of them" source:"computed"`
	Comparable bool   `parquet:"comparable" desc:"what is claimed, of whom and when are defined as in outcomes" source:"computed"`
	Reason     string `parquet:"reason,optional,dict" desc:"why it is not comparable" source:"computed"`
}

func compareClaim(a, b *ProviderClaim) int {
	return cmp.Or(cmp.Compare(a.CredentialID, b.CredentialID), cmp.Compare(a.ClaimID, b.ClaimID))
}
