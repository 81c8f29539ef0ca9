//go:build foreign

package telegram

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"topicdesk/bench/spec"
)

// These tests compare with material that others made: the machine-readable
// Bot API specification, and captured answers of the real server. The
// variable TOPICDESK_SHARED_DATA names the directory where it lies.

func foreign(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(foreignPath(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func foreignPath(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("TOPICDESK_SHARED_DATA")
	if dir == "" {
		t.Fatal("TOPICDESK_SHARED_DATA is not set")
	}
	return filepath.Join(dir, name)
}

// apiSpecification reads the machine-readable specification.
func apiSpecification(t *testing.T) *spec.API {
	t.Helper()
	api, err := spec.Read(foreignPath(t, "botapi-10.1.json"))
	if err != nil {
		t.Fatal(err)
	}
	return api
}

func TestForeignSpecification(t *testing.T) {
	api := apiSpecification(t)
	for name := range methods {
		if _, ok := api.Methods[name]; !ok {
			t.Errorf("the specification knows no method %s", name)
		}
	}
	for _, o := range tour(t) {
		var v any
		if err := json.Unmarshal(o.raw, &v); err != nil {
			t.Fatal(err)
		}
		returns := []string{"Update"}
		if o.method != "update" {
			returns = api.Methods[o.method].Returns
		}
		for _, f := range api.Value(o.method, returns, v) {
			t.Error(f)
		}
	}
}

// keyPaths lists every key of a JSON text with its path, in order; arrays
// count by their first element, unless all is true.
func keyPaths(t *testing.T, raw []byte) []string {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(raw))
	var out []string
	var walk func(path string)
	walk = func(path string) {
		tok, err := dec.Token()
		if err != nil {
			t.Fatal(err)
		}
		switch tok {
		case json.Delim('{'):
			for dec.More() {
				k, _ := dec.Token()
				next := path + "." + k.(string)
				out = append(out, next)
				walk(next)
			}
			dec.Token()
		case json.Delim('['):
			for i := 0; dec.More(); i++ {
				walk(fmt.Sprintf("%s[%d]", path, i))
			}
			dec.Token()
		}
	}
	walk("")
	return out
}

// sameKeys compares the keys of a captured object with ours, in order.
func sameKeys(t *testing.T, what string, captured, ours []byte) {
	t.Helper()
	got, want := keyPaths(t, ours), keyPaths(t, captured)
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %v\nwant %v", what, got, want)
	}
}

// captured reads one JSON file of an answer and returns its result.
func captured(t *testing.T, name string) json.RawMessage {
	var a struct{ Result json.RawMessage }
	if err := json.Unmarshal(foreign(t, name), &a); err != nil {
		t.Fatal(err)
	}
	return a.Result
}

// captureScene is the situation of the captures: a bot with a username in a
// forum, and a person with both names and a username.
func captureScene(t *testing.T) *scene {
	s := newScene(t, Options{Seed: 3, Knobs: unlimitedKnobs()})
	return s
}

func TestForeignTopicLife(t *testing.T) {
	var captures []map[string]json.RawMessage
	if err := json.Unmarshal(captured(t, "openintegrations/getUpdates-forum-events.json"), &captures); err != nil {
		t.Fatal(err)
	}
	s := captureScene(t)
	icon, other := "5357419403325481346", "5310132165583840589"
	id := number(s.ok("createForumTopic", "chat_id", s.forum, "name", "T", "icon_custom_emoji_id", icon)["message_thread_id"])
	at := []any{"chat_id", s.forum, "message_thread_id", id}
	s.ok("editForumTopic", append(at, "name", "N", "icon_custom_emoji_id", other)...)
	s.ok("closeGeneralForumTopic", "chat_id", s.forum)
	s.ok("reopenGeneralForumTopic", "chat_id", s.forum)
	s.ok("closeForumTopic", at...)
	s.ok("reopenForumTopic", at...)
	s.ok("editGeneralForumTopic", "chat_id", s.forum, "name", "G")
	s.ok("closeGeneralForumTopic", "chat_id", s.forum)
	s.ok("hideGeneralForumTopic", "chat_id", s.forum)
	s.ok("unhideGeneralForumTopic", "chat_id", s.forum)
	ours := map[string][]byte{}
	for _, u := range s.w.Peek(s.bot, 0, 100) {
		ours[eventOf(t, u.Object)] = u.Object
	}
	sameKeys(t, "pinned in a channel", captures[0]["channel_post"], s.pinnedPost())
	for _, c := range captures[1:] {
		event := eventOf(t, c["message"])
		if ours[event] == nil {
			t.Errorf("no %s among ours", event)
			continue
		}
		sameKeys(t, event, c["message"], ours[event])
	}
}

// pinnedPost is what the bot is told when a post of a public channel is pinned.
func (s *scene) pinnedPost() json.RawMessage {
	s.t.Helper()
	ch := s.w.NewChannel(s.ann, "Channel")
	s.w.SetPublicName(ch, "fixturechannel")
	s.check(s.w.Promote(s.ann, ch, s.bot, AllRights(), ""))
	post, err := s.w.Say(s.ann, ch, 0, "string value")
	s.check(err)
	s.check(s.w.Pin(s.ann, ch, post))
	all := s.w.Peek(s.bot, 0, maxQueued)
	return all[len(all)-1].Object
}

// eventOf names a service message by its own key and whether it is in a topic.
func eventOf(t *testing.T, raw []byte) string {
	for _, k := range keyPaths(t, raw) {
		if strings.HasPrefix(k, ".forum_topic") || strings.HasPrefix(k, ".general_forum") {
			if strings.Count(k, ".") == 1 {
				return fmt.Sprint(k, bytes.Contains(raw, []byte("message_thread_id")))
			}
		}
	}
	return "?"
}

func TestForeignAnswers(t *testing.T) {
	s := captureScene(t)
	icon := "5357419403325481346"
	raw := func(method string, pairs ...any) json.RawMessage {
		a := s.w.Call(s.token, method, ArgsOf(pairs...))
		if !a.OK {
			t.Fatalf("%s: %s", method, a.Description)
		}
		return a.Result
	}
	sameKeys(t, "createForumTopic", captured(t, "openintegrations/createForumTopic.json"),
		raw("createForumTopic", "chat_id", s.forum, "name", "T", "icon_custom_emoji_id", icon))
	sameKeys(t, "inline keyboard", captured(t, "openintegrations/sendMessage-inline-keyboard.json"),
		raw("sendMessage", "chat_id", s.cli, "text", "string value", "reply_markup", map[string]any{
			"inline_keyboard": [][]map[string]string{{{"text": "b1", "callback_data": "b1"}}, {{"text": "b2", "callback_data": "b2"}}}}))
	big := s.w.NewFile(File{Kind: KindPhoto, Width: 2560, Height: 1920, Size: 650214})
	video := s.w.NewFile(File{Kind: KindVideo, Name: "video1"})
	sameKeys(t, "album", captured(t, "openintegrations/sendMediaGroup-photo-video.json"),
		raw("sendMediaGroup", "chat_id", s.cli, "media", []map[string]string{
			{"type": "photo", "media": fileRef{file: big}.id(s.bot), "caption": "string value"},
			{"type": "video", "media": fileRef{file: video}.id(s.bot)}}))
	ch := s.w.NewChannel(s.ann, "Channel")
	s.w.SetPublicName(ch, "fixturechannel")
	if err := s.w.Promote(s.ann, ch, s.bot, AllRights(), ""); err != nil {
		t.Fatal(err)
	}
	post, err := s.w.Send(s.ann, ch, Post{Content: Content{Kind: KindText, Text: "bold", Entities: []Entity{{Length: 4, Type: "bold"}}}})
	if err != nil {
		t.Fatal(err)
	}
	sameKeys(t, "forward", captured(t, "openintegrations/forwardMessage-from-channel.json"),
		raw("forwardMessage", "chat_id", s.cli, "from_chat_id", ch, "message_id", post))
}

// The messages in topics and General that nutgram holds, seen by a bot of
// a public forum whose people have all the optional fields.
func TestForeignThreads(t *testing.T) {
	w := New(Options{Seed: 4})
	mario := w.NewUser(Person{FirstName: "Mario", LastName: "Bros", Username: "MarioBros", Language: "it", Premium: true})
	bot, token := w.NewBot(Robot{Name: "B"})
	forum := w.NewForum(mario, "Testing", bot)
	w.SetPublicName(forum, "testing")
	if err := w.Promote(mario, forum, bot, AllRights(), ""); err != nil {
		t.Fatal(err)
	}
	say := func(name string, p Post) int {
		t.Helper()
		w.Call(token, "getUpdates", ArgsOf("offset", -1))
		for _, u := range w.Peek(bot, 0, 10) {
			w.Discard(bot, u.ID)
		}
		id, err := w.Send(mario, forum, p)
		if err != nil {
			t.Fatal(err)
		}
		ours := w.Peek(bot, 0, 10)[0].Object
		var u struct{ Message json.RawMessage }
		if name != "" {
			if err := json.Unmarshal(foreign(t, "nutgram/Updates/"+name+".json"), &u); err != nil {
				t.Fatal(err)
			}
			sameKeys(t, name, u.Message, ours)
		}
		return id
	}
	topic, err := w.CreateTopic(mario, forum, "t", 0)
	if err != nil {
		t.Fatal(err)
	}
	say("message_topic", Post{Content: TextOf("x"), Topic: topic})
	first := say("message_general_topic", Post{Content: TextOf("x")})
	say("message_general_topic_reply", Post{Content: TextOf("x"), ReplyTo: first})
	in := say("message_different_topic", Post{Content: TextOf("x"), Topic: topic})
	say("message_different_topic_reply", Post{Content: TextOf("x"), Topic: topic, ReplyTo: in})
}
