package world

import (
	"fmt"
	"slices"
	"testing"
	"time"

	sim "topicdesk/bench/telegram"
)

// TestFloodUsesTheBudget: for ten minutes five clients write more than fits, under
// each limiter and whatever albums, edits and topics cost. The relay takes what
// Telegram gives to one in a hundred, is never told to wait, and who is quiet hardly
// notices the flood, nor its onset.
func TestFloodUsesTheBudget(t *testing.T) {
	for _, name := range []string{"strict", "buckets", "hidden", "loosened"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			floodGroup(t, name)
		})
	}
}

const floodLasts = 10 * time.Minute

func floodGroup(t *testing.T, profile string) {
	knobs, err := sim.Profile(profile)
	must(err)
	s := newQuietStage(t, Options{Seed: 1, Knobs: &knobs, Params: map[string]string{"MERGE_TEXTS": "FALSE", "WELCOME": "OFF"}})
	people := make([]int64, 5+20+4)
	for i := range people {
		people[i] = s.World.NewUser(sim.Person{FirstName: fmt.Sprint("Client ", i)})
	}
	flooders, quiet, anew := people[:5], people[5:25], people[25:]
	s.RunFor(time.Second)
	for _, p := range people[:25] {
		s.say(p, s.Bots[0], 0, "hello")
		s.RunFor(10 * time.Second)
	}
	s.RunFor(3 * time.Minute)

	begin := s.World.Now()
	said := map[string]time.Time{}
	first := func(p int64, text string) {
		said[text] = s.World.Now()
		s.say(p, s.Bots[0], 0, text)
	}
	for tick := range int(floodLasts / time.Second) {
		s.say(flooders[tick%5], s.Bots[0], 0, fmt.Sprint("flood ", tick))
		if tick%30 == 0 {
			first(quiet[tick/30], fmt.Sprint("quiet ", tick/30))
		}
		if tick%150 == 15 {
			first(anew[tick/150], fmt.Sprint("anew ", tick/150))
		}
		s.RunFor(time.Second)
	}
	spent := 0
	for _, e := range s.World.Log() {
		if e.Event != sim.EventCall || e.Chat != s.Forum || e.At.Before(begin) {
			continue
		}
		if e.At.Before(begin.Add(floodLasts)) {
			spent += max(e.Spent, len(e.Messages)) // what does not count at Telegram does with us
		}
		if e.Code != 200 {
			t.Errorf("%s at %s: %d", e.Method, e.At.Sub(begin), e.Code)
		}
	}
	if all := 20 * int(floodLasts/time.Minute); 100*spent < 99*all {
		t.Errorf("%d of %d used", spent, all)
	}
	for text, at := range said {
		most := 4 * time.Second
		if text[0] == 'a' {
			most = 10 * time.Second
		}
		if wait := s.arrived(text).Sub(at); wait < 0 || wait >= most {
			t.Errorf("%q waited %s", text, wait)
		}
	}
}

// arrived is when a text came into the operators' group; zero = it has not.
func (s *Stage) arrived(text string) time.Time {
	for _, m := range s.World.View(s.Admin, s.Forum, sim.AllTopics) {
		if m.Text != text {
			continue
		}
		for _, e := range s.World.Log() {
			if e.Event == sim.EventCall && e.Chat == s.Forum && slices.Contains(e.Messages, m.ID) {
				return e.At
			}
		}
	}
	return time.Time{}
}
