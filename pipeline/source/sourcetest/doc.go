// Package sourcetest is the suite that every feed format runs: what a user of
// package source may rely on whatever the format.
package sourcetest
