// Package config reads skillsgap.yaml, the one file an operator edits.
//
// The file is versioned and strict: a key that the format does not know is an
// error naming line, column and the nearest key it does know, so that a typing
// mistake never silently becomes a default. [Load] returns a configuration with
// every default filled in and every value checked; nothing later in the program
// has to check again.
//
// Package config imports no other package of skillsgap: what a feed format or a
// field may be called is checked by the packages that implement them.
package config
