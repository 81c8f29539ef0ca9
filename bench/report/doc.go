// Package report makes one page of the figures of many runs: Markdown with the bars
// beside the figures, and charts as SVG.
//
// It reads what `bench run --json` wrote; the scenario files tell which way a bar
// goes, and why a figure misses it. It measures nothing and judges nothing anew: a
// figure that missed its bar in its run misses it here.
package report
