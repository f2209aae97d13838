// Package outcome tells what became of learners and whether training helped.
package outcome
