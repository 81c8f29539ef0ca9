package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"topicdesk/bench/run"
)

func bar(figure string, most float64) run.Bar { return run.Bar{Figure: figure, AtMost: &most} }

// write runs a scenario by hand.
func write(t *testing.T, dir, name, figures string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name+".json"), []byte(figures), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestWrite: bars stand beside figures, a missed one with its reason and only then,
// and what was not run is named.
func TestWrite(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "load", `{"scenario":"load","machine":"a box","commit":"c0ffee","passed":false,
		"figures":{"slow_ms":12.345678,"fast_ms":1,"relay_latency_p50_ms_at_200":1,"relay_latency_p50_ms_at_1000":2.5,
		"relay_latency_p99_ms_at_200":5,"relay_latency_p99_ms_at_1000":7000},"bars":{"slow_ms":10,"fast_ms":10}}`)
	scenarios := []run.Heading{
		{Name: "load", Bars: []run.Bar{bar("slow_ms", 10), bar("fast_ms", 10), bar("gone_ms", 3)}, Misses: map[string]string{
			"slow_ms": "the disk\n is slow.", "fast_ms": "never shown"}},
		{Name: "fleet-webhook", Bars: []run.Bar{bar("start_s", 5)}},
	}
	all, err := Write(dir, scenarios)
	if err != nil || all {
		t.Fatalf("all bars met: %v, %v", all, err)
	}
	text, err := os.ReadFile(filepath.Join(dir, Page))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"On a box, commit c0ffee.",
		"| load | `slow_ms` | 12.35 | ≤ 10 | **missed** |",
		"|  | `fast_ms` | 1 | ≤ 10 |  |",
		"|  | `gone_ms` | – | – | **missed** |",
		"- `slow_ms` of `load`: the disk is slow.",
		"- `gone_ms` of `load`: nobody has looked yet why.",
		"Not run: fleet-webhook.",
		"![Latency over load](latency.svg)",
		"| load | `relay_latency_p50_ms_at_200` | 1 |\n|  | `relay_latency_p50_ms_at_1000` | 2.5 |",
		"`relay_latency_p99_ms_at_1000` | 7,000 |",
		"go run ./cmd/bench run load --json " + filepath.Join(dir, "load.json"),
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, not := range []string{"never shown", "memory.svg"} {
		if strings.Contains(string(text), not) {
			t.Errorf("the page has %q", not)
		}
	}
	if t.Failed() {
		t.Logf("%s", text)
	}
	write(t, dir, "fleet-webhook", `{"passed":true}`)
	if all, err := Write(dir, scenarios[1:]); err != nil || !all {
		t.Errorf("a scenario that passed alone: %v, %v", all, err)
	}
	svg, err := os.ReadFile(filepath.Join(dir, "latency.svg"))
	if err != nil || !strings.Contains(string(svg), ">1,000<") || !strings.Contains(string(svg), ">p99<") {
		t.Errorf("the chart names neither its places nor its lines: %v", err)
	}
}

func TestWriteRefuses(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "load", "{")
	if _, err := Write(dir, []run.Heading{{Name: "load"}}); err == nil {
		t.Error("half a file was taken")
	}
}

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 0.11: "0.11", 0.00012: "0.0001", 1.5: "1.5", 12.345: "12.35", 999.96: "1,000", 1712.6: "1,713", 162000: "162,000",
		1234567: "1,234,567", -1500: "-1,500", 100: "100",
	} {
		if got := number(v); got != want {
			t.Errorf("%v is %s, want %s", v, got, want)
		}
	}
}
