package linker

import (
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/irish"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
)

// stemmerOf returns the Snowball stemmer of a language; nil where there is none.
func stemmerOf(language string) func(*snowballstem.Env) bool {
	switch language {
	case "da":
		return danish.Stem
	case "de":
		return german.Stem
	case "en":
		return english.Stem
	case "es":
		return spanish.Stem
	case "fi":
		return finnish.Stem
	case "fr":
		return french.Stem
	case "ga":
		return irish.Stem
	case "hu":
		return hungarian.Stem
	case "it":
		return italian.Stem
	case "nb", "nn", "no":
		return norwegian.Stem
	case "nl":
		return dutch.Stem
	case "pt":
		return portuguese.Stem
	case "ro":
		return romanian.Stem
	case "sv":
		return swedish.Stem
	}
	return nil
}

// pluralsOf returns the plural endings of a language other than English, the
// first that fits to be taken off.
func pluralsOf(language string) []string {
	switch language {
	case "fr", "pt":
		return []string{"s", "x"}
	case "es":
		return []string{"es", "s"}
	case "de":
		return []string{"en", "es", "n", "e", "s"}
	case "nl":
		return []string{"en", "n", "s"}
	case "sv", "da", "nb", "nn", "no":
		return []string{"arna", "erna", "orna", "ar", "er", "or", "en", "et", "n", "t", "s"}
	}
	return nil
}
