package botapi

import (
	"encoding/json"
	"reflect"
	"testing"

	"topicdesk/tenants"
)

// TestReactions: each type of reaction, in its order, and who reacted as a chat.
func TestReactions(t *testing.T) {
	body := `{"chat":{"id":-1001,"type":"supergroup","title":"Shop"},"message_id":9,"date":1,
		"actor_chat":{"id":-1001,"type":"supergroup","title":"Shop"},"old_reaction":[],
		"new_reaction":[{"type":"paid"},{"type":"custom_emoji","custom_emoji_id":"53"},{"type":"emoji","emoji":"👍"},{"type":"later"}]}`
	event, err := decodeReaction([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	got := event.(tenants.Reacted)
	want := []tenants.Reaction{{Paid: true}, {Custom: "53"}, {Emoji: "👍"}, {Paid: true}}
	if !reflect.DeepEqual(got.Now, want) || got.Sender == nil || got.By.ID != 0 || got.Message.ID != 9 {
		t.Errorf("%+v", got)
	}
	if _, err := decodeReaction(json.RawMessage(`{"chat":{"id":1,"type":"private"}}`)); err == nil {
		t.Error("a reaction on no message was read")
	}
}
