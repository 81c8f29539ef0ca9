package run

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"text/tabwriter"
	"time"
)

// Report is the outcome of a run; as JSON it is what --json writes.
type Report struct {
	Scenario string             `json:"scenario"`
	Machine  string             `json:"machine"`
	Commit   string             `json:"commit"`
	Passed   bool               `json:"passed"`
	Figures  map[string]float64 `json:"figures"`
	Bars     map[string]float64 `json:"bars"` // by figure; the scenario tells which way

	order []string
	bars  []Bar
}

// set notes a figure; tables show figures in the order in which they came.
func (r *Report) set(name string, value float64) {
	if r.Figures == nil {
		r.Figures, r.Bars = map[string]float64{}, map[string]float64{}
	}
	r.order = append(r.order, name)
	r.Figures[name] = math.Round(value*1e4) / 1e4
}

// judge holds the figures against the bars. A bar of a figure that was not
// measured is missed.
func (r *Report) judge(bars []Bar) {
	r.bars, r.Passed = bars, true
	for _, b := range bars {
		r.Passed = r.meets(b) && r.Passed
	}
}

func (r *Report) meets(b Bar) bool {
	value, measured := r.Figures[b.Figure]
	more, known := r.Figures[b.Of]
	if !measured || b.Of != "" && !known {
		return false
	}
	bar := b.Times * more
	if b.AtLeast != nil {
		bar += *b.AtLeast
	} else {
		bar += *b.AtMost
	}
	bar = math.Round(bar*1e4) / 1e4
	r.Bars[b.Figure] = bar
	return b.Met(value, bar)
}

// Met tells whether a value is on the right side of a bar, as Report.Bars has it.
func (b Bar) Met(value, bar float64) bool {
	if b.AtLeast != nil {
		return value >= bar
	}
	return value <= bar
}

// Sign is on which side of its bar a figure has to be.
func (b Bar) Sign() string {
	if b.AtLeast != nil {
		return "≥"
	}
	return "≤"
}

// Print writes the table for people.
func (r *Report) Print(w io.Writer) error {
	fmt.Fprintf(w, "%s at %s on %s\n", r.Scenario, r.Commit, r.Machine)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, name := range r.order {
		fmt.Fprintf(t, "%s\t%.4g\t%s\n", name, r.Figures[name], r.verdict(name))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	verdict := "passed"
	if !r.Passed {
		verdict = "missed"
	}
	_, err := fmt.Fprintln(w, verdict)
	return err
}

func (r *Report) verdict(name string) string {
	for _, b := range r.bars {
		if b.Figure != name {
			continue
		}
		word := "ok"
		if !r.meets(b) {
			word = "MISSED"
		}
		return fmt.Sprintf("%s %.4g  %s", b.Sign(), r.Bars[name], word)
	}
	return ""
}

// WriteJSON writes the report as one line.
func (r *Report) WriteJSON(w io.Writer) error { return json.NewEncoder(w).Encode(r) }

// quantile is the value below which the part q of the values lies, in ms; NaN
// is never given: without values it is 0.
func quantile(values []time.Duration, q float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	at := int(math.Ceil(q*float64(len(values)))) - 1
	return milliseconds(values[max(at, 0)])
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// median is the middle value, the mean of the two middle ones, or 0.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	middle := len(values) / 2
	if len(values)%2 == 1 {
		return values[middle]
	}
	return (values[middle-1] + values[middle]) / 2
}
