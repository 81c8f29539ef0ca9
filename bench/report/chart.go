package report

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"

	"github.com/go-analyze/charts"
)

// picture is a chart on the page.
type picture struct {
	file, title string
	told        string // what it shows, in a sentence
}

// line is a curve of a chart by what stands on the x axis.
type line struct {
	name   string
	points map[int]float64
}

// points are the figures whose name is pattern with a number in its place.
func (o outcome) points(pattern string) map[int]float64 {
	found := map[int]float64{}
	if o.Report == nil {
		return found
	}
	name := regexp.MustCompile("^" + pattern + `(\d+)$`)
	for figure, value := range o.Figures {
		if m := name.FindStringSubmatch(figure); m != nil {
			at, _ := strconv.Atoi(m[1]) // digits
			found[at] = value
		}
	}
	return found
}

// largest adds a fleet that has rested since its start.
func (o outcome) largest(to map[int]float64) {
	if o.Report != nil {
		to[int(o.Figures["reached"])] = o.Figures["fresh_rss_mib"]
	}
}

// draw draws the charts for which there are figures.
func draw(dir string, outcomes []outcome) (drawn []picture, err error) {
	p50, p99, hooked, polling := map[int]float64{}, map[int]float64{}, map[int]float64{}, map[int]float64{}
	for _, o := range outcomes {
		switch o.Heading.Name {
		case "load":
			p50, p99 = o.points("relay_latency_p50_ms_at_"), o.points("relay_latency_p99_ms_at_")
		case "growth":
			maps.Copy(hooked, o.points("idle_rss_mib_webhook_"))
			maps.Copy(polling, o.points("idle_rss_mib_polling_"))
		case "fleet-webhook":
			o.largest(hooked)
		case "fleet-polling":
			o.largest(polling)
		}
	}
	for _, c := range []struct {
		picture
		x, y  string
		lines []line
	}{
		{picture{"latency.svg", "Latency over load", "From just before an update's bytes are written until the call that carries the message has been read, by how many messages a second come in, of 50 tenants."},
			"messages a second", "ms", []line{{"p50", p50}, {"p99", p99}}},
		{picture{"memory.svg", "Memory over tenants", "VmRSS of the relay when all its tenants have long been asleep, by how many there are."},
			"tenants", "MiB", []line{{"webhooks", hooked}, {"long polling", polling}}},
	} {
		if len(c.lines[0].points) < 2 {
			continue
		}
		svg, err := plot(c.title, c.x, c.y, c.lines)
		if err != nil {
			return nil, fmt.Errorf("draw %s: %w", c.file, err)
		}
		if err := os.WriteFile(filepath.Join(dir, c.file), svg, 0o644); err != nil {
			return nil, err
		}
		drawn = append(drawn, c.picture)
	}
	return drawn, nil
}

// The size of a chart, and the room that its title and legend get.
const (
	width, height = 720, 400
	beside        = 20
	labelCount    = 6 // of the y axis
)

// plot draws lines over the values that any of them has.
func plot(title, x, y string, lines []line) ([]byte, error) {
	at := map[int]bool{}
	for _, l := range lines {
		for v := range l.points {
			at[v] = true
		}
	}
	places := slices.Sorted(maps.Keys(at))
	var values [][]float64
	var names, labels []string
	for _, l := range lines {
		var row []float64
		for _, v := range places {
			value, ok := l.points[v]
			if !ok {
				value = charts.GetNullValue()
			}
			row = append(row, value)
		}
		values, names = append(values, row), append(names, l.name)
	}
	for _, v := range places {
		labels = append(labels, number(float64(v)))
	}
	o := charts.NewLineChartOptionWithData(values)
	o.Title = charts.TitleOption{Text: title, Offset: charts.OffsetLeft}
	o.Legend = charts.LegendOption{SeriesNames: names, Offset: charts.OffsetRight}
	o.Padding = charts.NewBoxEqual(beside)
	o.Symbol = charts.SymbolDot
	o.XAxis = charts.XAxisOption{Labels: labels, Title: x, BoundaryGap: charts.Ptr(true)}
	o.YAxis = []charts.YAxisOption{{Title: y, Min: charts.Ptr(0.0), LabelCount: labelCount}}
	o.ValueFormatter = number
	p := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputSVG, Width: width, Height: height})
	if err := p.LineChart(o); err != nil {
		return nil, err
	}
	return p.Bytes()
}
