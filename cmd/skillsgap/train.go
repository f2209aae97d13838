package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

type trainOptions struct {
	texts    []string
	language string
}

func newTaxonomyTrain(g *globals) *cobra.Command {
	var o trainOptions
	cmd := &cobra.Command{
		Use:   "train",
		Short: "Teach the linker how the workspace's texts speak of skills",
		Long: `train learns from the names and descriptions of the imported taxonomy, from the
texts of the workspace's current snapshot, and from the files given: which words
stand for which skills, and which sentences are boilerplate. The same input gives
the same model. The next run links everything anew with it.

--text names a file of plain UTF-8 text, a document per line; .gz is unpacked. The
model holds words that are frequent in the texts, never a text; contact details are
removed before.
Without a model the linker goes by words alone.
`,
		Example: "  skillsgap taxonomy train\n  skillsgap taxonomy train --text advertisements.txt.gz --language en",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			workspace, err := g.findWorkspace()
			if err != nil {
				return err
			}
			return runTaxonomyTrain(cmd, workspace, o)
		},
	}
	cmd.Flags().StringSliceVar(&o.texts, "text", nil, "files of text, a document per line")
	cmd.Flags().StringVar(&o.language, "language", "", "language of these files, BCP 47 (default: any imported)")
	return cmd
}

func runTaxonomyTrain(cmd *cobra.Command, workspace string, o trainOptions) error {
	unlock, err := jobs.Lock(workspace)
	if err != nil {
		return err
	}
	defer unlock()
	t, err := pipeline.LoadTaxonomy(taxonomyPath(workspace))
	if err != nil {
		return err
	}
	if err := checkLanguage(t, o.language); err != nil {
		return err
	}
	for _, path := range o.texts {
		info, err := os.Stat(path)
		if err != nil {
			return &pipeline.InputError{Err: fmt.Errorf("open text: %w", err)}
		}
		if !info.Mode().IsRegular() {
			return &pipeline.InputError{Err: fmt.Errorf("text %s is no file: it is read several times, so write it to one first", path)}
		}
	}
	ctx, cancel := context.WithCancelCause(cmd.Context())
	defer cancel(nil)
	documents := func(yield func(linker.Document) bool) {
		for d, err := range pipeline.Documents(workspace) {
			if err != nil {
				cancel(err)
				return
			}
			if !yield(d) {
				return
			}
		}
		for _, path := range o.texts {
			for line, err := range linesOf(path) {
				if err != nil {
					cancel(&pipeline.InputError{Err: err})
					return
				}
				if !yield(linker.Document{Text: prepare.Text(line), Language: o.language}) {
					return
				}
			}
		}
	}
	m, err := linker.Train(ctx, t, documents, func(what string) { fmt.Fprintln(cmd.ErrOrStderr(), what) })
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	if err != nil {
		return fmt.Errorf("train: %w", err)
	}
	path := filepath.Join(workspace, pipeline.ModelFile)
	if err := m.Save(path); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("look at model: %w", err)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "Model of %s: %s, %.1f MB, fingerprint %s\n", t.Release, path, float64(info.Size())/1e6, m.Fingerprint())
	return nil
}

// linesOf gives the lines of a text file, unpacked if its name ends in .gz.
func linesOf(path string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			yield("", fmt.Errorf("open text: %w", err))
			return
		}
		defer f.Close()
		var r io.Reader = f
		if strings.HasSuffix(path, ".gz") {
			if r, err = gzip.NewReader(f); err != nil {
				yield("", fmt.Errorf("unpack %s: %w", path, err))
				return
			}
		}
		lines := bufio.NewScanner(r)
		lines.Buffer(make([]byte, 64<<10), maxLine)
		number := 0
		for lines.Scan() {
			if number++; !yield(lines.Text(), nil) {
				return
			}
		}
		switch err := lines.Err(); {
		case errors.Is(err, bufio.ErrTooLong):
			yield("", fmt.Errorf("read %s: line %d is longer than %d bytes: give one document a line", path, number+1, maxLine))
		case err != nil:
			yield("", fmt.Errorf("read %s: %w", path, err))
		}
	}
}
