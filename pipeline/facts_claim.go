package pipeline

import (
	"encoding/json"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// providerClaims gathers what the newest versions of credentials claim. A
// duplicate claims what the one it repeats does.
func providerClaims(h *history, versions []*version) []model.ProviderClaim {
	var claims []model.ProviderClaim
	for _, v := range versions {
		if v.DuplicateOf == "" && h.isNewest(v) {
			claims = append(claims, decodeClaims(v.Claims)...)
		}
	}
	slices.SortFunc(claims, func(a, b model.ProviderClaim) int { return model.Claims.Compare(&a, &b) })
	return claims
}

// encodeClaims writes claims as a record keeps them: JSON, which always encodes
// their texts and whole numbers.
func encodeClaims(claims []model.ProviderClaim) []string {
	var texts []string
	for i := range claims {
		text, _ := json.Marshal(&claims[i])
		texts = append(texts, string(text))
	}
	return texts
}

// decodeClaims reads them; what no program of ours has written is none.
func decodeClaims(texts []string) []model.ProviderClaim {
	var claims []model.ProviderClaim
	for _, text := range texts {
		var c model.ProviderClaim
		if json.Unmarshal([]byte(text), &c) == nil {
			claims = append(claims, c)
		}
	}
	return claims
}
