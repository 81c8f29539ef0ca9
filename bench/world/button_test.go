package world

import (
	"context"
	"testing"
	"time"

	"topicdesk/actors/telegram"
	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
)

// TestForeignButton: a button that the relay does not know, as of an older version
// of it, is answered all the same, or it would turn for ever.
func TestForeignButton(t *testing.T) {
	for name, data := range map[string]string{"unreadable": "an older form", "of no dialog": "send 99 1 0"} {
		t.Run(name, func(t *testing.T) {
			s := newQuietStage(t, Options{Seed: 1})
			var sent tenants.Outcome
			s.Sched.Begin(func() {
				sent = s.gateways[login{s.Tenant, 1}].Try(context.Background(), 1, telegram.SendContent{
					To:      telegram.To{Chat: tenants.ChatID(s.Forum), Buttons: []telegram.Button{{Text: "Do", Data: data}}},
					Content: tenants.Content{Kind: tenants.KindText, Text: tenants.Plain("a note of then")},
				})
			})
			s.RunFor(time.Second)
			var query string
			s.Door.With(func(w *sim.World) {
				var err error
				query, err = w.Press(s.Admin, s.Forum, int(sent.Made[0]), data)
				must(err)
			})
			s.RunFor(time.Second)
			s.Door.With(func(w *sim.World) {
				if answer := w.Callback(query); !answer.Answered || answer.Text == "" {
					t.Errorf("it is answered with %+v", answer)
				}
			})
		})
	}
}
