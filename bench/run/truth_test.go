package run

import (
	"math"
	"strings"
	"testing"
	"time"

	sim "topicdesk/bench/telegram"
)

// noon is when the made-up histories begin.
var noon = time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)

// story is a history that is made up, of one world.
type story struct {
	world string
	all   chronicle
	next  int
}

func (s *story) add(after time.Duration, e entry) {
	e.At, e.World = noon.Add(after), s.world
	s.all.add(e)
}

const (
	storyForum, storyBot, storyClient, storyGroup = -100, 7, 40, -200
)

func newStory(world string) *story {
	s := &story{world: world}
	s.add(0, entry{Event: "chat", Office: "desk", Kind: kindSingle, Chat: storyForum, Bot: storyBot, Role: "forum", Admin: true})
	s.add(0, entry{Event: "chat", Office: "desk", Chat: storyClient, Bot: storyBot, Role: "private", Dialog: 1})
	s.add(0, entry{Event: "chat", Office: "desk", Chat: storyGroup, Bot: storyBot, Role: "group", Dialog: 2})
	return s
}

// say is something said by one side of a dialog.
func (s *story) say(after time.Duration, side string, dialog int) int {
	s.next++
	s.add(after, entry{Event: "said", Office: "desk", Dialog: dialog, N: s.next, Side: side, Kind: kindText, Parts: 1})
	return s.next
}

// brings is a call that brings number n to a place; lost: without its answer.
func (s *story) brings(after time.Duration, method string, chat int64, id, dialog, n int, loss sim.Loss) {
	s.add(after, entry{Event: "call", Method: method, Bot: storyBot, Chat: chat, Code: 200, Messages: []int{id}, Loss: loss, Spent: 1})
	s.stands(chat, id, dialog, n)
}

func (s *story) stands(chat int64, id, dialog, n int) {
	s.add(time.Hour, entry{Event: "stood", Chat: chat, Messages: []int{id}, Dialog: dialog, N: n, Part: 1})
}

func figuresOf(t *testing.T, name string, stories ...*story) map[string]float64 {
	t.Helper()
	all := chronicle{{At: noon, Event: "scenario", Name: name}}
	for _, s := range stories {
		all = append(all, s.all...)
	}
	figures, err := all.figures()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]float64{}
	for _, f := range figures {
		found[f.name] = math.Round(f.value*1e4) / 1e4
	}
	return found
}

func demand(t *testing.T, found, want map[string]float64) {
	t.Helper()
	for name, value := range want {
		if got, ok := found[name]; !ok || got != value {
			t.Errorf("%s is %v (%v), not %v", name, got, ok, value)
		}
	}
}

// TestJudgement computes by hand what a history must give.
func TestJudgement(t *testing.T) {
	const sec = time.Second
	for name, test := range map[string]struct {
		tell func(s *story)
		want map[string]float64
	}{
		"all is well": {func(s *story) {
			for i := range 3 {
				n := s.say(time.Duration(i)*sec, sideClient, 1)
				s.brings(time.Duration(i+1)*sec, "sendMessage", storyForum, 10+i, 1, n, sim.LossNone)
			}
		}, map[string]float64{"messages": 3, "lost": 0, "out_of_order": 0, "astray": 0, "doubled_tellable": 0, "doubled_untellable": 0}},
		"one never came": {func(s *story) { s.say(0, sideClient, 1) }, map[string]float64{"lost": 1}},
		"it is in another's topic": {func(s *story) {
			s.brings(sec, "sendMessage", storyForum, 10, 2, s.say(0, sideClient, 1), sim.LossNone)
		}, map[string]float64{"lost": 1, "astray": 1}},
		"the second came first": {func(s *story) {
			a, b := s.say(0, sideTeam, 1), s.say(0, sideTeam, 1)
			s.brings(sec, "copyMessage", storyClient, 10, 1, b, sim.LossNone)
			s.brings(2*sec, "copyMessage", storyClient, 11, 1, a, sim.LossNone)
		}, map[string]float64{"lost": 0, "out_of_order": 1}},
		"joined in the wrong order": {func(s *story) {
			a, b := s.say(0, sideClient, 1), s.say(0, sideClient, 1)
			s.brings(sec, "sendMessage", storyForum, 10, 1, b, sim.LossNone)
			s.stands(storyForum, 10, 1, a)
		}, map[string]float64{"lost": 0, "out_of_order": 1}},
		"other dialogs have no order among them": {func(s *story) {
			a, b := s.say(0, sideClient, 1), s.say(0, sideClient, 2)
			s.brings(sec, "sendMessage", storyForum, 10, 2, b, sim.LossNone)
			s.brings(2*sec, "sendMessage", storyForum, 11, 1, a, sim.LossNone)
		}, map[string]float64{"lost": 0, "out_of_order": 0}},
		"twice, for nothing": {func(s *story) {
			n := s.say(0, sideClient, 1)
			s.brings(sec, "sendMessage", storyForum, 10, 1, n, sim.LossNone)
			s.brings(2*sec, "sendMessage", storyForum, 11, 1, n, sim.LossNone)
		}, map[string]float64{"doubled_tellable": 1, "doubled_untellable": 0}},
		"twice, since the answer to a forward was lost": {func(s *story) {
			n := s.say(0, sideClient, 1)
			s.brings(sec, "forwardMessage", storyForum, 10, 1, n, sim.LossReset)
			s.brings(2*sec, "forwardMessage", storyForum, 11, 1, n, sim.LossNone)
		}, map[string]float64{"doubled_tellable": 0, "doubled_untellable": 1, "doubled_forward": 1}},
		"twice in a group where the bot is a member only": {func(s *story) {
			n := s.say(0, sideTeam, 2)
			s.brings(sec, "copyMessage", storyGroup, 10, 2, n, sim.LossReset)
			s.brings(2*sec, "copyMessage", storyGroup, 11, 2, n, sim.LossNone)
		}, map[string]float64{"doubled_untellable": 1, "doubled_group": 1}},
		"twice, with as many strangers around it as can be asked": {func(s *story) { s.amongStrangers(tooMany - 1) },
			map[string]float64{"doubled_tellable": 1, "doubled_untellable": 0}},
		"twice, with one more": {func(s *story) { s.amongStrangers(tooMany) },
			map[string]float64{"doubled_tellable": 0, "doubled_candidates": 1}},
		"kills and doubts are counted": {func(s *story) {
			s.add(sec, entry{Event: "kill"})
			s.add(2*sec, entry{Event: "unsure", Unsure: 3, Settled: 2})
		}, map[string]float64{"kills": 1, "unsure": 3, "unsure_settled": 2}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStory(worldFaulty)
			test.tell(s)
			demand(t, figuresOf(t, "mixed", s), test.want)
		})
	}
}

// amongStrangers: number 1 is there twice, and strangers' bots wrote so much
// between the last message known before it and the first known after it.
func (s *story) amongStrangers(many int) {
	s.add(0, entry{Event: "posted", Chat: storyForum, Messages: []int{99}})
	n := s.say(0, sideClient, 1)
	s.brings(2*time.Second, "sendMessage", storyForum, 110, 1, n, sim.LossReset)
	for i := range many {
		id := 100 + i
		if id >= 110 {
			id++
		}
		s.add(time.Second, entry{Event: "call", Method: "sendMessage", Bot: 9, Chat: storyForum, Code: 200, Messages: []int{id}})
	}
	s.brings(20*time.Second, "sendMessage", storyForum, 200, 1, n, sim.LossNone)
}

// TestGoodput: of four that arrive without faults, three arrive with.
func TestGoodput(t *testing.T) {
	faulty, plain := newStory(worldFaulty), newStory(worldPlain)
	for _, s := range []*story{faulty, plain} {
		s.add(time.Second, entry{Event: "phase", Phase: "load", Lasts: time.Minute})
		for i := range 4 {
			n, late := s.say(2*time.Second, sideClient, 1), time.Duration(0)
			if i == 3 && s == faulty {
				late = time.Minute
			}
			s.brings(3*time.Second+late, "sendMessage", storyForum, 10+i, 1, n, sim.LossNone)
		}
	}
	demand(t, figuresOf(t, "mixed", faulty, plain), map[string]float64{"goodput_ratio": 0.75, "lost": 0})
}

// TestPressure computes a backlog's figures by hand.
func TestPressure(t *testing.T) {
	s := newStory("strict")
	s.add(0, entry{Event: "limit", Tries: 20, Per: time.Minute})
	s.add(0, entry{Event: "phase", Phase: "flood", Lasts: 2 * time.Minute})
	for _, e := range s.all {
		if e.Role == "forum" { // the same again, as the office that is flooded
			e.Office, e.Chat, e.Bot = officeFlood, -300, 8
			s.all.add(e)
		}
	}
	say := func(after time.Duration, role string) int {
		s.next++
		s.add(after, entry{Event: "said", Office: officeFlood, Dialog: 1, N: s.next, Side: sideClient, Kind: kindText, Parts: 1, Role: role})
		return s.next
	}
	for i := range 50 {
		n := say(0, "flood")
		if i < 30 { // 30 of 40 that the limit allows
			s.add(time.Duration(i+1)*time.Second, entry{Event: "call", Method: "sendMessage", Bot: 8, Chat: -300, Code: 200, Messages: []int{10 + i}, Spent: 1})
			s.stands(-300, 10+i, 1, n)
		}
	}
	for i, wait := range []time.Duration{2 * time.Second, 5 * time.Second} {
		n := say(40*time.Second, "quiet")
		s.add(40*time.Second+wait, entry{Event: "call", Method: "sendMessage", Bot: 8, Chat: -300, Code: 200, Messages: []int{50 + i}, Spent: 1})
		s.stands(-300, 50+i, 1, n)
	}
	say(100*time.Second, "new") // never comes
	s.add(50*time.Second, entry{Event: "call", Method: "sendMessage", Bot: 8, Chat: -300, Code: 429, Retry: 3})
	s.add(119*time.Second, entry{Event: "call", Method: "editForumTopic", Bot: 8, Chat: -300, Code: 200, Spent: 1})
	s.add(2*time.Minute, entry{Event: "phase", Phase: "end"})
	s.add(3*time.Minute, entry{Event: "call", Method: "sendMessage", Bot: 8, Chat: -300, Code: 200, Messages: []int{90}, Spent: 1})
	demand(t, figuresOf(t, "backlog", s), map[string]float64{
		"budget_used_ratio": 33.0 / 40, "avoidable_429": 1, "quiet_client_wait_s": 5, "quiet_new_topic_wait_s": 20,
	})
}

// TestFloodMustBeOne: where nothing waits, nobody can say that a budget was used.
func TestFloodMustBeOne(t *testing.T) {
	s := newStory("strict")
	s.add(0, entry{Event: "limit", Tries: 20, Per: time.Minute})
	s.add(0, entry{Event: "phase", Phase: "flood", Lasts: time.Minute})
	s.all.add(entry{At: noon, World: "strict", Event: "chat", Office: officeFlood, Chat: -300, Bot: 8, Role: "forum"})
	_, err := append(s.all, entry{At: noon, Event: "scenario", Name: "backlog"}).figures()
	if err == nil || !strings.Contains(err.Error(), "too small") {
		t.Errorf("it says %v", err)
	}
}
