package telegram

import (
	"encoding/json"
	"testing"
)

// TestRareKinds: bots see them in their own fields, forward them, and copy those
// that the Bot API docs let them.
func TestRareKinds(t *testing.T) {
	for kind, row := range rareKinds {
		s := newScene(t, Options{Knobs: unlimitedKnobs()})
		id, err := s.w.Send(s.ann, s.forum, Post{Content: Content{Kind: kind, Rare: json.RawMessage(`{"id":1}`)}})
		s.check(err)
		u := s.updates()
		if len(u) == 0 || u[len(u)-1]["message"].(map[string]any)[string(kind)] == nil {
			t.Errorf("%s: the bot saw %v", kind, u)
		}
		if got := s.call("forwardMessage", "chat_id", s.forum, "from_chat_id", s.forum, "message_id", id); !got.OK {
			t.Errorf("%s is not forwarded: %s", kind, got.Description)
		}
		if got := s.call("copyMessage", "chat_id", s.forum, "from_chat_id", s.forum, "message_id", id); got.OK != row.copied {
			t.Errorf("%s: copied %v (%s)", kind, got.OK, got.Description)
		}
	}
}
