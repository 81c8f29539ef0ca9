package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"topicdesk/bench/run"
)

// Page is what Write makes, in the folder of the figures.
const Page = "report.md"

// outcome is a scenario with what its run gave.
type outcome struct {
	run.Heading
	*run.Report // nil = it was not run
}

// Write makes the page and the charts in dir from NAME.json of each scenario. all
// tells whether those that were run met all bars.
func Write(dir string, scenarios []run.Heading) (all bool, err error) {
	var outcomes []outcome
	all = true
	for _, s := range scenarios {
		r, err := read(filepath.Join(dir, s.Name+".json"))
		if err != nil {
			return false, err
		}
		outcomes = append(outcomes, outcome{s, r})
		all = all && (r == nil || r.Passed)
	}
	pictures, err := draw(dir, outcomes)
	if err != nil {
		return false, err
	}
	text := page(dir, outcomes, pictures)
	return all, os.WriteFile(filepath.Join(dir, Page), []byte(text), 0o644)
}

// read reads the figures of a run; nil = there are none.
func read(name string) (*run.Report, error) {
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var r run.Report
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return &r, nil
}

// page is the Markdown.
func page(dir string, outcomes []outcome, pictures []picture) string {
	var to bytes.Buffer
	fmt.Fprint(&to, "# What topicdesk reaches\n\n")
	where(&to, outcomes)
	fmt.Fprint(&to, "| scenario | figure | value | bar | |\n|---|---|---:|---:|---|\n")
	var missed, missing []string
	for _, o := range outcomes {
		if o.Report == nil {
			missing = append(missing, o.Heading.Name)
			continue
		}
		missed = append(missed, o.rows(&to)...)
	}
	if len(missed) > 0 {
		fmt.Fprintf(&to, "\nMissed:\n\n%s\n", strings.Join(missed, "\n"))
	}
	if len(missing) > 0 {
		fmt.Fprintf(&to, "\nNot run: %s.\n", strings.Join(missing, ", "))
	}
	for _, p := range pictures {
		fmt.Fprintf(&to, "\n![%s](%s)\n\n%s\n", p.title, p.file, p.told)
	}
	fmt.Fprint(&to, "\n## What else was measured\n\nWhat each name means: bench/README.md.\n\n| scenario | figure | value |\n|---|---|---:|\n")
	for _, o := range outcomes {
		o.others(&to)
	}
	fmt.Fprint(&to, "\n## The commands\n\n```\n")
	for _, o := range outcomes {
		if o.Report != nil {
			fmt.Fprintf(&to, "go run ./cmd/bench run %s --json %s\n", o.Heading.Name, filepath.Join(dir, o.Heading.Name+".json"))
		}
	}
	fmt.Fprintf(&to, "go run ./cmd/bench report %s\n```\n", dir)
	return to.String()
}

// where tells machines and commits, once where all are the same.
func where(to *bytes.Buffer, outcomes []outcome) {
	places := map[string][]string{}
	var order []string
	for _, o := range outcomes {
		if o.Report == nil {
			continue
		}
		place := fmt.Sprintf("%s, commit %s", o.Machine, o.Commit)
		if places[place] == nil {
			order = append(order, place)
		}
		places[place] = append(places[place], o.Heading.Name)
	}
	for _, place := range order {
		names := strings.Join(places[place], ", ") + " on"
		if len(order) == 1 {
			names = "On"
		}
		fmt.Fprintf(to, "%s %s.\n\n", names, place)
	}
}

// rows writes the figures with a bar, and gives why some miss it.
func (o outcome) rows(to *bytes.Buffer) (missed []string) {
	name := o.Heading.Name
	for _, b := range o.Heading.Bars {
		value, measured := o.Figures[b.Figure]
		shown, bound, verdict := number(value), b.Sign()+" "+number(o.Report.Bars[b.Figure]), ""
		if !measured {
			shown, bound = "–", "–"
		}
		if !measured || !b.Met(value, o.Report.Bars[b.Figure]) {
			verdict = "**missed**"
			missed = append(missed, fmt.Sprintf("- `%s` of `%s`: %s", b.Figure, o.Heading.Name, o.reason(b.Figure)))
		}
		fmt.Fprintf(to, "| %s | `%s` | %s | %s | %s |\n", name, b.Figure, shown, bound, verdict)
		name = ""
	}
	return missed
}

// reason is why a figure misses its bar, as far as the scenario knows.
func (o outcome) reason(figure string) string {
	if why := o.Misses[figure]; why != "" {
		return strings.Join(strings.Fields(why), " ")
	}
	return "nobody has looked yet why."
}

// others writes the figures without a bar.
func (o outcome) others(to *bytes.Buffer) {
	if o.Report == nil {
		return
	}
	name := o.Heading.Name
	for _, figure := range slices.SortedFunc(maps.Keys(o.Figures), byNumber) {
		if slices.ContainsFunc(o.Heading.Bars, func(b run.Bar) bool { return b.Figure == figure }) {
			continue
		}
		fmt.Fprintf(to, "| %s | `%s` | %s |\n", name, figure, number(o.Figures[figure]))
		name = ""
	}
}

// byNumber orders names; those that differ in the number at their end by that.
func byNumber(a, b string) int {
	const digits = "0123456789"
	x, y := strings.TrimRight(a, digits), strings.TrimRight(b, digits)
	m, _ := strconv.Atoi(a[len(x):]) // digits, or nothing
	n, _ := strconv.Atoi(b[len(y):])
	return cmp.Or(strings.Compare(x, y), cmp.Compare(m, n))
}

// number shows a figure: four digits, all of those before the point, and thousands
// apart.
func number(v float64) string {
	decimals := 0
	for size := math.Abs(v); size < 1000 && decimals < 4; size *= 10 {
		decimals++
	}
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(v, 'f', decimals, 64), ".")
	for at := len(whole) - 3; at > 0 && whole[at-1] != '-'; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		return whole + "." + fraction
	}
	return whole
}
