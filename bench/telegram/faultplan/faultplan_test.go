package faultplan_test

import (
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/faultplan"
)

var update = flag.Bool("update", false, "write testdata/faults.json anew")

var noon = time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)

// Every kind of fault can be written, and every field; the golden file is
// what they are read as at noon.
func TestGolden(t *testing.T) {
	source, err := os.ReadFile("testdata/faults.yaml")
	if err != nil {
		t.Fatal(err)
	}
	lines, err := faultplan.Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []sim.FaultKind
	var read []faultplan.Line
	used := map[string]any{}
	for _, l := range lines {
		f, err := l.Fault(noon)
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, l.Do)
		read = append(read, faultplan.LineOf(f))
		raw, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(raw, &used); err != nil {
			t.Fatal(err)
		}
	}
	for _, k := range sim.FaultKinds() {
		if !slices.Contains(kinds, k) {
			t.Errorf("%s isn't in the file", k)
		}
	}
	if all := reflect.TypeFor[faultplan.Line]().NumField(); len(used) != all {
		t.Errorf("%d of %d fields are in the file", len(used), all)
	}
	got, err := json.MarshalIndent(map[string]any{"faults": read}, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile("testdata/faults.json", got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/faults.json")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("read as\n%s", got)
	}
	again, err := faultplan.Parse(want)
	if err != nil || len(again) != len(lines) {
		t.Errorf("what was written can't be read: %v", err)
	}
}

func TestTimes(t *testing.T) {
	for source, want := range map[string]sim.Fault{
		"for_s: 60":                               {Until: noon.Add(time.Minute)},
		"after_s: 1.5":                            {From: noon.Add(1500 * time.Millisecond)},
		"{after_s: 60, for_s: 60}":                {From: noon.Add(time.Minute), Until: noon.Add(2 * time.Minute)},
		"{every_s: 3600, for_s: 60}":              {Every: time.Hour, Lasting: time.Minute},
		"{from: 2026-01-05T13:00:00Z, for_s: 60}": {From: noon.Add(time.Hour), Until: noon.Add(61 * time.Minute)},
		"{until: 2026-01-05T13:00:00Z, every_s: 60, for_s: 1}": {Until: noon.Add(time.Hour), Every: time.Minute, Lasting: time.Second},
	} {
		inner := strings.Trim(source, "{}")
		lines, err := faultplan.Parse([]byte("faults: [{do: reset, " + inner + "}]"))
		if err != nil {
			t.Errorf("%s: %v", source, err)
			continue
		}
		want.Do = sim.Reset
		if got, err := lines[0].Fault(noon); err != nil || got != want {
			t.Errorf("%s: %+v %v, want %+v", source, got, err, want)
		}
	}
}

func TestErrors(t *testing.T) {
	for source, want := range map[string]string{
		"":                                  "line 1: there is nothing in it, not even faults",
		"# nothing":                         "line 1: there is nothing in it, not even faults",
		"- do: flood":                       "line 1: a plan has faults: and nothing else at its top",
		"faults: []\nmore: 1":               "line 1: a plan has faults: and nothing else at its top",
		"faults: 7":                         "line 1: faults is no list",
		"faults: [":                         "line 1: did not find expected node content",
		"faults:\n  - flood":                "line 2: a fault has names and values, such as do: flood",
		"faults:\n  - do: flod":             `line 2: there is no fault "flod"`,
		"faults:\n  - method: getMe":        `line 2: there is no fault ""`,
		"faults:\n  - do: reset\n    if: 1": "line 3: a fault has no if",
		"faults:\n  - do: reset\n    do: x": "line 3: do is there twice",
		"faults:\n  - do: reset\n    chance: often":                     `line 3: chance is "often", which is no number`,
		"faults:\n  - do: reset\n    chance: .nan":                      `line 3: chance is ".nan", which is no number`,
		"faults:\n  - {do: slow, delay_s: .inf}":                        "line 2: a time can't be longer than a hundred years",
		"faults:\n  - {do: reset, for_s: 1e10}":                         "line 2: a time can't be longer than a hundred years",
		"faults:\n  - do: reset\n    count: 1.5":                        `line 3: count is "1.5", which is no whole number`,
		"faults:\n  - do: reset\n    count:":                            `line 3: count is "", which is no whole number`,
		"faults:\n  - do: reset\n    name: [a]":                         `line 3: name is "", which is no text`,
		"faults:\n  - do: reset\n    from: soon":                        `line 3: from is "soon", which is no moment, such as 2026-01-05T09:00:00Z`,
		"faults:\n  - do: reset\n    chance: 2":                         "line 2: chance is 2, outside of 0 to 1",
		"faults:\n  - {do: reset, skip: -1}":                            "line 2: skip, count and nth can't be negative",
		"faults:\n  - {do: slow}":                                       "line 2: slow needs a delay",
		"faults:\n  - {do: slow, delay_s: -1}":                          "line 2: a delay can't be negative",
		"faults:\n  - {do: reset, delay_s: 1}":                          "line 2: reset has no delay",
		"faults:\n  - {do: reset, retry_s: 1}":                          "line 2: reset has no retry",
		"faults:\n  - {do: reset, method: 'sendd*'}":                    `line 2: method "sendd*" fits no method`,
		"faults:\n  - {do: reset, method: '[s'}":                        `line 2: method "[s" is no pattern`,
		"faults:\n  - {do: lose-update, method: getMe}":                 `line 2: method "getMe" fits no type of update`,
		"faults:\n  - {do: outage, method: getMe}":                      "line 2: an outage strikes everything of a bot, or of all",
		"faults:\n  - {do: outage, count: 1}":                           "line 2: an outage strikes everything of a bot, or of all",
		"faults:\n  - {do: reset, every_s: 60}":                         "line 2: every_s needs for_s: how long it lasts each time",
		"faults:\n  - {do: reset, every_s: 60, for_s: 60}":              "line 2: of every 1m0s it can't last 1m0s",
		"faults:\n  - {do: reset, after_s: -1}":                         "line 2: a time can't be negative",
		"faults:\n  - {do: reset, after_s: 1, from: 2026-01-05}":        "line 2: from and after_s both say when it begins",
		"faults:\n  - {do: reset, for_s: 1, until: 2026-01-05}":         "line 2: until and for_s both say when it ends",
		"faults:\n  - {do: reset, from: 2026-01-06, until: 2026-01-05}": "line 2: it ends before it begins",
	} {
		_, err := faultplan.Parse([]byte(source))
		if err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", source, err, want)
		}
	}
}
