package source

import "testing"

func TestIsDeleted(t *testing.T) {
	for member, want := range map[string]bool{
		"/data/registry.zip!deletes/graphs/a.json":     true,
		"/data/registry.zip!2024/deletes/a.json":       true,
		"/data/registry.zip!upserts/graphs/a.json":     false,
		"/data/deletes/registry.zip!upserts/a.json":    false,
		"/data/deletes/registry.zip!a.json":            false,
		"/data/registry/deletes/a.json":                true,
		"/data/registry/deletes/graphs/a.json":         true,
		"/data/registry/deletes/resources/a.json":      true,
		"/home/deletes/registry/upserts/graphs/a.json": false,
		"/home/deletes/registry/a.json":                false,
		"/data/registry/graphs/a.json":                 false,
		"a.json":                                       false,
	} {
		if got := isDeleted(member); got != want {
			t.Errorf("isDeleted(%s) = %v", member, got)
		}
	}
}
