package botapi

import (
	"fmt"
	"testing"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// TestReplied: only a /say reads what it replies to, whole, with whose name a forward of
// it would show.
func TestReplied(t *testing.T) {
	const (
		here   = `"chat":{"id":-1009,"type":"supergroup","title":"Desk","is_forum":true}`
		olga   = `"from":{"id":21,"is_bot":false,"first_name":"Olga"}`
		bot    = `"from":{"id":9,"is_bot":true,"first_name":"Desk"}`
		origin = `"forward_origin":{"date":1,`
	)
	for _, test := range []struct{ typed, of, want string }{
		{"/say save a", olga + `,"text":"Dear"`, "person text Dear"},
		{" /SAY a", bot + `,"text":"Dear"`, "bot text Dear"},
		{"/say a", olga + `,"sender_chat":{"id":-1009,"type":"supergroup"},"text":"x"`, "person text x"},
		{"/say a", olga + `,"sender_chat":{"id":-1005,"type":"channel"},"text":"x"`, "chat text x"},
		{"/say a", olga + `,"text":"x",` + origin + `"type":"user","sender_user":{"id":30,"is_bot":false,"first_name":"Ann"}}`, "person text x"},
		{"/say a", olga + `,"text":"x",` + origin + `"type":"user","sender_user":{"id":31,"is_bot":true,"first_name":"B"}}`, "bot text x"},
		{"/say a", olga + `,"text":"x",` + origin + `"type":"hidden_user","sender_user_name":"Ann"}`, "person text x"},
		{"/say a", olga + `,"text":"x",` + origin + `"type":"channel","chat":{"id":-1005,"type":"channel"},"message_id":4}`, "chat text x"},
		{"/say a", olga + `,"text":"x",` + origin + `"type":"chat","sender_chat":{"id":-1006,"type":"supergroup"}}`, "chat text x"},
		{"/say a", olga + `,"media_group_id":"7","caption":"c","photo":[{"file_id":"f","file_unique_id":"u","width":1,"height":1}]`, "person photo c album 7"},
		{"/sa", olga + `,"text":"Dear"`, ""},
		{"say a", olga + `,"text":"Dear"`, ""},
		{"/mark a", olga + `,"text":"Dear"`, ""},
	} {
		raw := fmt.Sprintf(`{"message_id":5,"date":1,%s,%s,"text":%q,"reply_to_message":{"message_id":4,"date":1,%s,%s}}`, here, olga, test.typed, here, test.of)
		m, err := decodeMessage(9, []byte(raw))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if r := m.Replied; r != nil {
			got = fmt.Sprintf("%s %s %s", r.Shows, r.Content.Kind, r.Content.Text.Text)
			if r.Album != "" {
				got += " album " + r.Album
			}
		}
		if got != test.want {
			t.Errorf("%q to %s:\n got %q\nwant %q", test.typed, test.of, got, test.want)
		}
	}
}

// TestReadSent: what a message that was sent replies to is read only if it is asked for.
func TestReadSent(t *testing.T) {
	const result = `{"message_id":6,"date":1,"chat":{"id":-1009,"type":"supergroup"},"text":"saved",
		"reply_to_message":{"message_id":4,"date":1,"chat":{"id":-1009,"type":"supergroup"},"caption":"words","video":{
			"file_id":"f","file_unique_id":"u","width":1,"height":1,"duration":1}}}`
	for _, reads := range []bool{true, false} {
		var out tenants.Outcome
		if err := readSent(telegram.To{Reads: reads})([]byte(result), &out); err != nil {
			t.Fatal(err)
		}
		if len(out.Made) != 1 || out.Made[0] != 6 {
			t.Errorf("made %v", out.Made)
		}
		if read := out.Replied != nil && out.Replied.Text.Text == "words" && out.Replied.Kind == tenants.KindVideo; read != reads {
			t.Errorf("asked %t: %+v", reads, out.Replied)
		}
	}
}
