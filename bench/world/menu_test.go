package world

import (
	"testing"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/tenant"
	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// TestMenusOnce: another process sets no menus again that Telegram has, and only those
// again of which it does not know.
func TestMenusOnce(t *testing.T) {
	s := newSmall(t, Options{})
	s.RunFor(time.Minute)
	each := len(say.Languages())
	expect := func(what string, want int) {
		t.Helper()
		if got := menuCalls(s.Stage); got != want {
			t.Errorf("%s: %d lists set, want %d", what, got, want)
		}
	}
	expect("at first, for all and for the administrator", 2*each)
	must(s.Kill())
	s.RunFor(2 * time.Hour)
	expect("in another process", 2*each)
	s.Door.With(func(w *sim.World) {
		w.AddFault(sim.Fault{Do: sim.Flood, Method: "setMyCommands", Skip: 3, Count: 1, Retry: 7})
	})
	answer := tenant.Ask(s.wake(), func(r actors.Reply[error]) tenant.Message {
		return tenant.Set{Value: tenants.Value{Name: "EXTENSIONS_ALLOWED", Value: "."}, Reply: r}
	})
	s.RunFor(time.Minute)
	must(<-answer)
	expect("for all, up to a flood", 2*each+4)
	must(s.Kill())
	s.RunFor(30 * time.Minute)
	expect("before an hour is over", 2*each+4)
	s.RunFor(time.Hour)
	s.wake()
	s.RunFor(time.Minute)
	expect("the rest", 3*each+1)
	must(s.close())
}

// menuCalls counts the calls that set a list of commands.
func menuCalls(s *Stage) (n int) {
	s.Door.With(func(w *sim.World) {
		for _, e := range w.Log() {
			if e.Method == "setMyCommands" {
				n++
			}
		}
	})
	return n
}
