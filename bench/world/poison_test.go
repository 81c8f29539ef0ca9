package world

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"topicdesk/actors/chat"
	"topicdesk/actors/tenant"
	"topicdesk/actors/topic"
	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// poison is in the text of the message that somebody can't handle.
const poison = "poison!"

// TestPoison: one kind of actor panics each time it handles one message in one
// of its forms. After three crashes that is set aside with a note in General,
// and everything else gets through as if nothing had been.
func TestPoison(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		box, form string // whose mailbox, and the type there
		by        string // who says it
		fuse      int    // the tenant looks at the clock before it looks at the message
		set       int    // updates set aside; 0 = a job is
		arrives   bool   // Telegram had done it already
	}{
		"the tenant routes a client":     {"tenant", "Route", "client", 2, 1, false},
		"the chat hears a client":        {"chat", "Heard", "client", 1, 1, false},
		"the group passes a client":      {"group", "Pass", "client", 1, 1, false},
		"the tenant commits a client":    {"tenant", "Commit", "client", 2, 1, false},
		"the login tries a client":       {"connection", "Try", "client", 1, 0, false},
		"the group settles a client":     {"group", "Settled", "client", 1, 0, true},
		"the tenant routes an operator":  {"tenant", "Route", "operator", 2, 1, false},
		"the topic hears an operator":    {"topic", "Heard", "operator", 1, 1, false},
		"the chat answers an operator":   {"chat", "Answer", "operator", 1, 1, false},
		"the group passes an operator":   {"group", "Pass", "operator", 1, 1, false},
		"the tenant commits an operator": {"tenant", "Commit", "operator", 2, 1, false},
		"the login tries an operator":    {"connection", "Try", "operator", 1, 0, false},
		"the chat settles an operator":   {"chat", "Settled", "operator", 1, 0, true},
		"the group hears General":        {"group", "Heard", "general", 1, 1, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			// What may be hidden is written, not copied: then the words are in the calls.
			s := newSmall(t, Options{Params: map[string]string{"HIDE_INFO": "link"}})
			s.play()
			s.Sched.Fuse = tt.fuse
			struck := 0
			s.strike = func(_ int, to string, m any) Mishap {
				if !strings.HasPrefix(to, tt.box+"/") || form(m) != tt.form || !holds(m, poison) {
					return Delivered
				}
				if struck++; tt.form == "Route" && struck > tenants.CrashesToPoison {
					return Delivered // it is not looked at any more
				}
				return Fatal
			}
			s.sayPoison(tt.by)
			s.play() // life goes on meanwhile
			s.RunFor(5 * time.Minute)
			if n := s.crashesOf(s.Tenant); n != tenants.CrashesToPoison {
				t.Errorf("%d crashes, not %d", n, tenants.CrashesToPoison)
			}
			s.wantNote(t)
			if came := s.arrivals(tt.by); tt.arrives && came != 1 || !tt.arrives && came != 0 {
				t.Errorf("it arrived %d times", came)
			}
			jobs := 0
			if tt.set == 0 && tt.arrives {
				jobs = 1
			} else if tt.set == 0 {
				s.strike = nil
				s.restore(t)
				if came := s.arrivals(tt.by); came != 1 {
					t.Errorf("put back, it arrived %d times", came)
				}
			}
			s.Problems = nil // the relay is right to tell of the crashes, they were drawn
			if err := s.finishWith(func(f *store.Store) error { return asides(f, tt.set, jobs) }); err != nil {
				t.Errorf("%v\n%s", err, s.steps())
			}
		})
	}
}

// form is the type of a message, unwrapped.
func form(m any) string {
	switch w := m.(type) {
	case chat.Told:
		m = w.Message
	case chat.Handed:
		m = w.Message
	case topic.Told:
		m = w.Message
	}
	kind := fmt.Sprintf("%T", m)
	return kind[strings.LastIndex(kind, ".")+1:]
}

// holds tells that a word is anywhere in a message.
func holds(m any, word string) bool {
	return strings.Contains(fmt.Sprintf("%+v", m), word) || within(reflect.ValueOf(m), word)
}

// within looks behind pointers too, in what is exported.
func within(v reflect.Value, word string) bool {
	switch v.Kind() {
	case reflect.String:
		return strings.Contains(v.String(), word)
	case reflect.Pointer, reflect.Interface:
		return !v.IsNil() && within(v.Elem(), word)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && within(v.Field(i), word) {
				return true
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if within(v.Index(i), word) {
				return true
			}
		}
	case reflect.Map:
		for i := v.MapRange(); i.Next(); {
			if within(i.Key(), word) || within(i.Value(), word) {
				return true
			}
		}
	}
	return false
}

func (s *small) sayPoison(by string) {
	s.at(0, func(w *sim.World) {
		ann := s.clients[0]
		who, where, thread := ann.id, ann.bot, 0
		switch by {
		case "operator":
			who, where, thread = s.ops[0], s.Forum, s.findTopic(w, ann)
		case "general":
			who, where = s.ops[0], s.Forum
		}
		_, err := w.Say(who, where, thread, poison)
		must(err)
	})
	s.RunFor(time.Second)
}

// arrivals is how often the poison came through to those for whom it was.
func (s *small) arrivals(by string) int {
	n := 0
	count := func(view []sim.Shown, mine int64) {
		for _, m := range view {
			if strings.Contains(m.Text, poison) && m.AuthorID != mine {
				n++
			}
		}
	}
	s.Door.With(func(w *sim.World) {
		switch by {
		case "client":
			count(w.View(s.Admin, s.Forum, sim.AllTopics), s.clients[0].id)
		case "operator":
			count(w.View(s.clients[0].id, s.clients[0].bot, 0), s.clients[0].id)
		}
	})
	return n
}

// wantNote: General says once that something was set aside.
func (s *small) wantNote(t *testing.T) {
	t.Helper()
	notes := 0
	s.Door.With(func(w *sim.World) {
		for _, m := range w.View(s.Admin, s.Forum, 0) {
			if m.Bot && strings.Contains(m.Text, "set aside") {
				notes++
			}
		}
	})
	if notes != 1 {
		t.Errorf("General has %d notes of what was set aside", notes)
	}
}

// restore puts the only job that was set aside back into the outbox.
func (s *small) restore(t *testing.T) {
	t.Helper()
	ref := s.wake()
	ref.Tell(tenant.Look{See: func(f tenant.Seen) {
		kept, err := f.AsideJobs()
		must(err)
		if len(kept) != 1 {
			t.Fatalf("%d jobs are set aside", len(kept))
		}
		job, err := store.UnpackJob(kept[0].Sealed)
		must(err)
		for range 2 { // twice: the second is refused
			ref.Tell(tenant.Restore{ID: kept[0].Job, Job: job})
		}
	}})
	s.RunFor(time.Minute)
}

// asides: so much is kept, and it is what is poisonous.
func asides(f *store.Store, want, jobs int) error {
	kept, err := f.AsideJobs()
	if err != nil {
		return err
	}
	if len(kept) != jobs {
		return fmt.Errorf("%d jobs are set aside, not %d", len(kept), jobs)
	}
	for _, a := range kept {
		if !strings.Contains(string(a.Sealed), poison) {
			return fmt.Errorf("job %d was set aside, which is not the poisonous one", a.Job)
		}
	}
	list, err := f.AsideList()
	if err != nil {
		return err
	}
	if len(list) != want {
		return fmt.Errorf("%d updates are set aside, not %d", len(list), want)
	}
	for _, a := range list {
		if !strings.Contains(string(a.Sealed), poison) {
			return fmt.Errorf("update %d was set aside, which is not the poisonous one", a.Update)
		}
	}
	return nil
}
