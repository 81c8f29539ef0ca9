package world

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	sim "topicdesk/bench/telegram"
)

// unsure says what has been found out of sends of which the answer was lost,
// since it was said last.
func (s *scene) unsure(string) {
	for _, line := range s.stage.Settled {
		s.say("unsure: %s", line)
	}
	s.stage.Settled = nil
}

// robot lets a bot of strangers write in the forum.
func (s *scene) robot(text string) {
	s.stage.Door.With(func(w *sim.World) {
		if s.people["robot"] == 0 {
			id, _ := w.NewBot(sim.Robot{Name: "Robby", Username: "robby_bot"})
			s.people["robot"] = id
			must(w.AddMember(s.stage.Admin, s.stage.Forum, id))
		}
		body, err := json.Marshal(map[string]any{"chat_id": s.stage.Forum, "text": text})
		must(err)
		args, err := sim.ParseBody("application/json", strings.NewReader(string(body)))
		must(err)
		if answer := w.Call(w.Token(s.people["robot"]), "sendMessage", args); !answer.OK {
			panic(answer.Description)
		}
	})
}

// TestUnsureOnAllKnobs plays the scripts about unsure sends on all settings of
// what is not known of Telegram: people see the same.
func TestUnsureOnAllKnobs(t *testing.T) {
	files, err := filepath.Glob("testdata/unsure*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	settings := map[string]func(*sim.Knobs){
		"edits that change nothing cost": func(k *sim.Knobs) { k.SameEditsCost = true },
		"edits cost nothing":             func(k *sim.Knobs) { k.Edits = sim.Free },
		"edits are counted apart":        func(k *sim.Knobs) { *k = sim.Loosened() },
		"floods are hidden":              func(k *sim.Knobs) { *k = sim.Hidden() },
		"numbers are skipped":            func(k *sim.Knobs) { k.SkipNumbers = 3 },
		"albums come late":               func(k *sim.Knobs) { k.AlbumGap = time.Second },
	}
	for name, set := range settings {
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			t.Run(name+"/"+strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
				t.Parallel()
				knobs := sim.Strict()
				set(&knobs)
				want, got := string(source), playScript(t, string(source), Options{Knobs: &knobs})
				if knobs.SkipNumbers > 0 {
					want, got = undoubted(want), undoubted(got)
				}
				if line, want, got := firstDifference(byTopic(want), byTopic(got)); line > 0 {
					t.Fatalf("%s:%d\n want %s\n  got %s", file, line, want, got)
				}
			})
		}
	}
}

// undoubted leaves out what is said of doubts: a number that was skipped looks as
// if somebody had deleted the message.
func undoubted(script string) string {
	var kept []string
	for line := range strings.Lines(script) {
		doubt := strings.Contains(line, "twice:") || strings.Contains(line, "unsure: ") || strings.Contains(line, "possible doubles:")
		if !doubt {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}
