//go:build foreign

package telegram

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// handMade are the files of the collection that no server can have sent, or
// whose makers changed the keys, with what shows it.
var handMade = map[string]string{
	"business_connection":            "can_reply before is_enabled, and no rights",
	"business_message":               "no business_connection_id",
	"edited_business_message":        "no business_connection_id and no edit_date",
	"callback_query_without_message": "neither a message nor an inline_message_id",
	"channel_chat_created":           "in a private chat",
	"supergroup_chat_created":        "in a private chat",
	"migrate_from_chat_id":           "in a private chat",
	"channel_post":                   "from a person",
	"edited_channel_post":            "from a person, and no edit_date",
	"chat_join_request":              "from a bot, to a private chat",
	"chat_member":                    "of a private chat, whose creator is a bot; status before user",
	"my_chat_member":                 "of a private chat, whose creator is a bot; status before user",
	"checklist_tasks_done":           "no task was marked",
	"chosen_inline_result":           "result_id before from",
	"community_chat_added":           "date before from; Bot API 10.1 has no such thing",
	"community_chat_removed":         "date before from; Bot API 10.1 has no such thing",
	"subscription":                   "Bot API 10.1 has no such thing",
	"document":                       "ids before the name",
	"forum_topic_created":            "in a private chat without topics",
	"forum_topic_edited":             "in a private chat without topics",
	"inline_query":                   "chat_type at the end",
	"message_forward_origin":         "no forward_from and forward_date beside forward_origin",
	"poll":                           "type before allows_multiple_answers as in 2022, persistent_id as in 2026",
	"message_poll":                   "type before allows_multiple_answers as in 2022, persistent_id as in 2026",
	"message_reaction":               "message_id and user before chat",
	"poll_option_added":              "date before from",
	"poll_option_deleted":            "date before from",
	"sticker":                        "mask_position behind file_size, of a regular sticker",
	"users_shared":                   "user_shared of two people, request_id before user_ids",
}

// aside are the keys that say nothing about the situation, or that a capture
// lacks because of its age or its makers.
var aside = []string{
	"last_name", "username", "language_code", "is_premium", // depend on the person
	"thumbnail", "qualities", // the API got them after 2022
	"new_chat_participant", "new_chat_member", "left_chat_participant", // not documented, so left out by the makers
	"allows_revoting", "members_only", // the makers' order
}

// whole are the keys whose values are compared elsewhere: in the captured
// messages of topics, which show chats of the right kind.
var whole = []string{"chat", "sender_chat"}

// outline lists the keys of a JSON text with their paths, in order; of a list
// the first element counts, and what is null counts as absent.
func outline(t *testing.T, raw []byte) []string {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(raw))
	var out []string
	var walk func(path string, keep bool) (null bool)
	walk = func(path string, keep bool) bool {
		tok, err := dec.Token()
		if err != nil {
			t.Fatal(err)
		}
		switch tok {
		case json.Delim('{'):
			for dec.More() {
				k, _ := dec.Token()
				name := k.(string)
				at, wanted := len(out), keep && !slices.Contains(aside, name)
				if wanted {
					out = append(out, path+"."+name)
				}
				if walk(path+"."+name, wanted && !slices.Contains(whole, name)) {
					out = out[:at]
				}
			}
			dec.Token()
		case json.Delim('['):
			for i := 0; dec.More(); i++ {
				walk(path+"[]", keep && i == 0)
			}
			dec.Token()
		}
		return tok == nil
	}
	walk("", true)
	return out
}

// TestForeignCaptures looks for every captured update among those of the tour:
// one with the same keys in the same order.
func TestForeignCaptures(t *testing.T) {
	var ours [][]string
	for _, o := range tour(t) {
		if o.method == "update" {
			ours = append(ours, outline(t, o.raw))
		}
	}
	dir := filepath.Join(os.Getenv("TOPICDESK_SHARED_DATA"), "nutgram", "Updates")
	files, err := os.ReadDir(dir)
	if err != nil || len(files) == 0 {
		t.Fatalf("%d captured updates: %v", len(files), err)
	}
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".json")
		if leftOut(t, f.Name()) {
			continue
		}
		theirs := outline(t, foreign(t, "nutgram/Updates/"+f.Name()))
		found := slices.ContainsFunc(ours, func(o []string) bool { return slices.Equal(o, theirs) })
		switch {
		case found && handMade[name] != "":
			t.Errorf("%s: is said to be hand-made, but the tour has such an update", name)
		case !found && handMade[name] == "":
			t.Errorf("%s: the tour has no update with the keys\n %v\nnearest\n %v", name, theirs, nearest(ours, theirs))
		}
	}
}

// leftOut says whether the captured update is one that the table of absences
// names, or whose message has a field that it names.
func leftOut(t *testing.T, file string) bool {
	t.Helper()
	var update map[string]json.RawMessage
	if err := json.Unmarshal(foreign(t, "nutgram/Updates/"+file), &update); err != nil {
		t.Fatal(err)
	}
	types := map[string]string{}
	for _, typ := range []string{"Update", "Message"} {
		for _, f := range apiSpecification(t).Types[typ].Fields {
			types[typ+"."+f.Name] = bare(f.Types[0])
		}
	}
	out := func(name string) bool { return absent(name) || absent(types[name]) }
	for kind, raw := range update {
		var message map[string]json.RawMessage
		if out("Update." + kind) {
			return true
		}
		if kind == "update_id" || json.Unmarshal(raw, &message) != nil {
			continue
		}
		for field := range message {
			if kind == "message" && out("Message."+field) {
				return true
			}
		}
	}
	return false
}

// nearest is the outline that shares most keys with the wanted one.
func nearest(all [][]string, want []string) []string {
	var best []string
	least := -1
	for _, o := range all {
		n := 0
		for _, k := range o {
			if !slices.Contains(want, k) {
				n++
			}
		}
		for _, k := range want {
			if !slices.Contains(o, k) {
				n++
			}
		}
		if least < 0 || n < least {
			least, best = n, o
		}
	}
	return best
}
