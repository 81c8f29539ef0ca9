//go:build foreign

package clients

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"topicdesk/bench/spec"
	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/doors"
)

// secret is what webhooks carry in these tests.
const secret = "A-secret_of-the-desk"

// shared names a file beside TOPICDESK_SHARED_DATA's.
func shared(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("TOPICDESK_SHARED_DATA")
	if dir == "" {
		t.Fatal("TOPICDESK_SHARED_DATA is not set")
	}
	return filepath.Join(dir, name)
}

// stage is one Telegram with its people, seen through /world/ only.
type stage struct {
	t    *testing.T
	wire *wire
	url  string // of /world/
	root string // for the bot

	client, owner, bot, forum, group int64
	token                            string
}

// newStage opens a Telegram with one client, one operator, the bot, its forum
// and a group without topics. The bot's way to it may lead through specproxy.
func newStage(t *testing.T, proxied bool) *stage {
	t.Helper()
	api, err := spec.Read(shared(t, "botapi-10.1.json"))
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, wire: newWire(api, secret)}
	knobs := sim.Unlimited()
	server := doors.New(doors.Options{Door: sim.NewDoor(sim.New(sim.Options{Seed: 1, Knobs: &knobs}), nil), Webhooks: s.wire})
	ctx, cancel := context.WithCancel(t.Context())
	server.Start(ctx)
	web := httptest.NewServer(s.wire.handler(server.Handler()))
	t.Cleanup(func() {
		cancel()
		web.CloseClientConnections()
		web.Close()
		server.Wait()
	})
	s.url = web.URL
	s.root = web.URL
	if proxied {
		s.root = specproxy(t, web.URL)
	}
	s.client = s.post("users", object{"first_name": "Żaneta", "username": "zaneta", "language": "pl"}).id("id")
	s.owner = s.post("users", object{"first_name": "Olga"}).id("id")
	made := s.post("bots", object{"name": "Desk", "username": "desk_bot", "no_privacy": true})
	s.bot, s.token = made.id("id"), made["token"].(string)
	s.forum = s.post("chats", object{"kind": "forum", "owner": s.owner, "title": "Support", "members": []int64{s.bot}}).id("id")
	s.post("members", object{"as": s.owner, "chat": s.forum, "user": s.bot, "do": "promote"})
	s.group = s.post("chats", object{"kind": "group", "owner": s.owner, "title": "Group", "members": []int64{s.bot}}).id("id")
	return s
}

// object is a JSON object.
type object map[string]any

func (o object) id(key string) int64 {
	n, _ := o[key].(float64)
	return int64(n)
}

// first is the number of the first message that an action made.
func (o object) first() int64 { return int64(o["ids"].([]any)[0].(float64)) }

// post does something as one of the people.
func (s *stage) post(path string, in object) object {
	s.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		s.t.Fatal(err)
	}
	res, err := http.Post(s.url+"/world/"+path, "application/json", bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	return s.read(path, res)
}

func (s *stage) get(path string, args ...any) object {
	s.t.Helper()
	res, err := http.Get(s.url + "/world/" + fmt.Sprintf(path, args...))
	if err != nil {
		s.t.Fatal(err)
	}
	return s.read(path, res)
}

func (s *stage) read(path string, res *http.Response) object {
	s.t.Helper()
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	var out object
	if err := json.Unmarshal(raw, &out); err != nil || res.StatusCode != http.StatusOK {
		s.t.Fatalf("%s: %d %s", path, res.StatusCode, raw)
	}
	return out
}

// writes sends a message of the client's.
func (s *stage) writes(in object) int64 {
	s.t.Helper()
	in["as"], in["chat"] = s.client, s.bot
	return s.post("send", in).first()
}

// orders sends a message of the operator's into a topic.
func (s *stage) orders(topic int64, in object) int64 {
	s.t.Helper()
	in["as"], in["chat"], in["topic"] = s.owner, s.forum, topic
	return s.post("send", in).first()
}

// topic is what the operator does to a topic.
func (s *stage) topic(topic int64, do, name string) {
	s.t.Helper()
	s.post("topics", object{"as": s.owner, "chat": s.forum, "topic": topic, "do": do, "name": name})
}

// newest is the thread of the forum's last topic.
func (s *stage) newest() int64 {
	s.t.Helper()
	topics := s.get("topics?as=%d&chat=%d", s.owner, s.forum)["topics"].([]any)
	newest := int64(0)
	for _, t := range topics {
		newest = max(newest, object(t.(map[string]any)).id("id"))
	}
	return newest
}

// shown are the last n messages that somebody sees, oldest first; 0 = all.
func (s *stage) shown(as, chat, topic int64, n int) []object {
	s.t.Helper()
	path := fmt.Sprintf("view?as=%d&chat=%d", as, chat)
	if topic != 0 {
		path += fmt.Sprintf("&topic=%d", topic)
	}
	list := s.get("%s", path)["messages"].([]any)
	if len(list) < n {
		s.t.Fatalf("%d messages are shown, want %d or more", len(list), n)
	}
	if n > 0 {
		list = list[len(list)-n:]
	}
	var out []object
	for _, m := range list {
		out = append(out, object(m.(map[string]any)))
	}
	return out
}

// clientSees are the last n messages in the client's chat.
func (s *stage) clientSees(n int) []object { s.t.Helper(); return s.shown(s.client, s.bot, 0, n) }

// operatorSees are the last n messages in a topic.
func (s *stage) operatorSees(topic int64, n int) []object {
	s.t.Helper()
	return s.shown(s.owner, s.forum, topic, n)
}

// file is the content of a message's file.
func (s *stage) file(as, chat, message int64) string {
	s.t.Helper()
	res, err := http.Get(fmt.Sprintf("%s/world/file?as=%d&chat=%d&message=%d", s.url, as, chat, message))
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		s.t.Fatalf("file of %d: %d %s %v", message, res.StatusCode, raw, err)
	}
	return string(raw)
}

// same compares what a person sees.
func (s *stage) same(what string, got, want any) {
	s.t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		s.t.Errorf("%s: %v, want %v", what, got, want)
	}
}
