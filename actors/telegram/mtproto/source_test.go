//go:build mtproto

package mtproto_test

import (
	"testing"

	"topicdesk/actors/telegram"
	"topicdesk/actors/telegram/memory"
	"topicdesk/tenants"
)

// TestWhichChatIsAway: of a forward, what is read from and what is written into are away
// in the same words; the suite has it of a supergroup that answers with a refusal.
func TestWhichChatIsAway(t *testing.T) {
	for name, test := range map[string]struct {
		knobs knobs
		from  func(*world) memory.Place
		want  tenants.OutcomeKind
	}{
		"a basic group":             {knobs{}, func(w *world) memory.Place { return w.group }, tenants.Refused},
		"a supergroup is forbidden": {knobs{forbidden: true}, func(w *world) memory.Place { return w.desk }, tenants.Refused},
		"nobody knows":              {knobs{mute: true}, func(w *world) memory.Place { return w.desk }, tenants.NotSent},
	} {
		t.Run(name, func(t *testing.T) {
			w, _ := newWorld(t, test.knobs, -1)
			from := test.from(w)
			source := tenants.MessageRef{Chat: from.Chat, ID: w.Post(w.operator, from.Chat, 0, 0, words("hello"))[0]}
			w.act(func() { w.telegram.Expel(from, w.operator, w.login) })
			to := telegram.To{Chat: tenants.ChatID(w.client)}
			for _, call := range []telegram.Call{telegram.CopyMessage{To: to, From: source}, telegram.ForwardMessage{To: to, From: source}} {
				out := w.gateway.Try(t.Context(), tenants.SendKey(w.seconds), call)
				if out.Kind != test.want || out.Kind == tenants.Refused && (out.As != tenants.AsBody || out.Reason != tenants.WhyLeft) {
					t.Errorf("%T: outcome %+v", call, out)
				}
			}
		})
	}
}
