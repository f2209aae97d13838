package main

import "github.com/spf13/cobra"

func newEvaluate(g *globals) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "evaluate",
		Short: "Measure how often answers are right, on answers given by people",
		Long:  "evaluate compares what the program finds with what people found in the same texts.\n",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newEvaluateLinker(g), newEvaluateClassifier(g))
	return cmd
}
