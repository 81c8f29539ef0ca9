package run

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// killed is the scenario crash in small. Most of its time goes by waiting: a send of
// which the answer was lost is looked for after 15 s.
const killed = `
kind: mixed
seed: 3
tenants: 3
private: 1
groups: 1
load: {clients: 400, team: 250, foreign: 30}
latency: 60ms
kills: 6
gap: 700ms
settle: 60s
rest: 2s
relay: {limits: {group_tokens: 0, private_per_second: 0, login_per_second: 0}}
simulator: {profile: unlimited}
bars:
  - {figure: kills, at_least: 6}
  - {figure: lost, at_most: 0}
  - {figure: astray, at_most: 0}
  - {figure: out_of_order, at_most: 0}
  - {figure: doubled_tellable, at_most: 0}
`

// TestKills kills the real relay in the middle of everything that people send, and
// counts what came of it again from nothing but the history.
func TestKills(t *testing.T) {
	plan, err := Read("killed", strings.NewReader(killed))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	var history bytes.Buffer
	r, err := Run(ctx, plan, Options{Relay: buildRelay(t, dir), Dir: dir, Commit: "test", History: &history})
	if err != nil {
		t.Fatal(err)
	}
	if !r.Passed || r.Figures["messages"] < 20 {
		t.Errorf("a bar is missed, or hardly anything was said: %v", r.Figures)
	}
	r.Figures["doubled"] = r.Figures["doubled_tellable"] + r.Figures["doubled_untellable"]
	for name, want := range recountMixed(t, history.Bytes()) {
		if got := r.Figures[name]; got != want {
			t.Errorf("%s is %v, the history says %v", name, got, want)
		}
	}
	var again bytes.Buffer
	if err := Recompute(&history, &again); err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("messages\t%v\n", r.Figures["messages"]); !strings.Contains(again.String(), want) {
		t.Errorf("%q is not in\n%s", want, &again)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "bench-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// recountMixed counts from the lines as anybody else would read them.
func recountMixed(t *testing.T, history []byte) map[string]float64 {
	t.Helper()
	type line struct {
		Event, Office, Side, Kind, Role string
		Chat                            int64
		Dialog, N, Part, Parts          int
		Messages                        []int
	}
	counted := map[string]float64{"lost": 0, "out_of_order": 0, "kills": 0, "messages": 0}
	var said, stood []line
	right := map[string]int64{} // the chat in which something has to be
	for text := range bytes.Lines(history) {
		var l line
		if err := json.Unmarshal(text, &l); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		switch l.Event {
		case "chat":
			if l.Role == "forum" {
				right[l.Office] = l.Chat
			} else {
				right[fmt.Sprint("dialog ", l.Dialog)] = l.Chat
			}
		case "said":
			said = append(said, l)
		case "stood":
			stood = append(stood, l)
		case "kill":
			counted["kills"]++
		}
	}
	counted["messages"] = float64(len(said))
	latest := map[string]int{}
	for _, s := range said {
		chat := right[s.Office]
		if s.Side == "team" && s.Kind != "note" {
			chat = right[fmt.Sprint("dialog ", s.Dialog)]
		}
		firsts, copies := map[int]int{}, map[int]int{}
		for _, c := range stood {
			if c.N != s.N || c.Chat != chat || c.Dialog != s.Dialog {
				continue
			}
			copies[c.Part]++
			if id := c.Messages[0]; firsts[c.Part] == 0 || id < firsts[c.Part] {
				firsts[c.Part] = id
			}
		}
		if len(firsts) < s.Parts {
			counted["lost"]++
			continue
		}
		most, first := 0, 0
		for part, id := range firsts {
			most = max(most, copies[part])
			if first == 0 || id < first {
				first = id
			}
		}
		counted["doubled"] += float64(most - 1)
		if s.Kind == "note" {
			continue
		}
		lane := fmt.Sprint(s.Side, s.Dialog)
		if first < latest[lane] {
			counted["out_of_order"]++
		}
		latest[lane] = max(latest[lane], first)
	}
	return counted
}
