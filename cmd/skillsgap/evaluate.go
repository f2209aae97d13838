package main

import (
	"github.com/spf13/cobra"
)

func newEvaluate(g *globals) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "evaluate",
		Short: "Measure how right the linker is, on texts that people annotated",
		Long:  "evaluate compares what skillsgap finds with what people found in the same texts.\n",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newEvaluateLinker(g))
	return cmd
}
