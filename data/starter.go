package data

import "embed"

// Starter holds the starter workspace, below starter/: a small bundle of ESCO
// facts in taxonomy/, what the generator of synthetic feeds draws from in
// seeds/, and the truths planted in those feeds, as data in story.csv and told
// in STORY.md.
//
//go:embed all:starter
var Starter embed.FS
