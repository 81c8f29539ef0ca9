package main

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
)

// scene is a simulated Telegram with one bot and an operators' group, in which
// the bot is not yet.
type scene struct {
	world
	alma, forum, bot int64
	token            string
	settings         []string
}

func newScene(t *testing.T, settings ...string) *scene {
	t.Helper()
	s := &scene{world: startWorld(t)}
	s.alma = s.person("Alma")
	s.forum = s.make("/world/chats", dict{"kind": "forum", "owner": s.alma, "title": "Desk"})
	s.bot, s.token = s.world.bot("desk_bot")
	s.settings = append([]string{
		"data_dir=" + t.TempDir(), "telegram.api_root=" + s.root, "bot_token=" + s.token,
		"telegram.poll_timeout=5s", "limits.group_tokens=0", "limits.private_per_second=0", "limits.login_per_second=0",
	}, settings...)
	return s
}

// bind gives the bot its group, as the printed steps say.
func (s *scene) bind(printed *output) {
	s.t.Helper()
	command := printed.find(s.t, `In that group, send this: (/bind\S* \S+)`)
	s.addAdmin(s.alma, s.forum, s.bot)
	s.say(s.alma, s.forum, 0, command)
	printed.find(s.t, `(bound to its group)`)
}

// greeted is a client of whom the team has read "hello".
func (s *scene) greeted() (ann int64) {
	ann = s.person("Ann")
	s.say(ann, s.bot, 0, "hello")
	s.said(s.alma, s.forum, -1, "hello")
	return ann
}

// TestBind: with only a token set, the program says what to do, and the bot
// what is missing.
func TestBind(t *testing.T) {
	s := newScene(t)
	r := start(t, s.settings, "demo") // what `make run` calls
	command := r.find(t, `In that group, send this: (/bind@desk_bot \S+)`)
	s.do("/world/members", dict{"as": s.alma, "chat": s.forum, "user": s.bot, "do": "add"}, nil)
	s.say(s.alma, s.forum, 0, command)
	s.said(s.alma, s.forum, 0, "not an administrator here")
	ann := s.person("Ann")
	s.say(ann, s.bot, 0, "is anybody there?")

	s.do("/world/members", dict{"as": s.alma, "chat": s.forum, "user": s.bot, "do": "promote"}, nil)
	s.say(s.alma, s.forum, 0, command)
	r.find(t, `default, connection 1: (bound to its group)`)
	s.said(s.alma, s.forum, 0, "Each client gets a topic")
	s.until("Ann, who wrote before, has a topic", func() bool { return s.topicOf(s.alma, s.forum, "Ann") != 0 })
	s.said(s.alma, s.forum, s.topicOf(s.alma, s.forum, "Ann"), "is anybody there?")
	if code := r.stop(); code != exitDone {
		t.Errorf("exit code %d", code)
	}

	again := start(t, s.settings, "serve")
	again.find(t, `(works in its group)`)
	if strings.Contains(again.String(), s.token) || strings.Contains(r.String(), s.token) {
		t.Error("the token was printed")
	}
}

// TestLacksArePrinted: what Telegram says is missing, at the start.
func TestLacksArePrinted(t *testing.T) {
	s := newScene(t)
	r := start(t, s.settings, "serve")
	s.bind(r.output)
	if code := r.stop(); code != exitDone { // in the middle of opening anew, with the group
		t.Errorf("exit code %d", code)
	}
	s.do("/world/members", dict{"as": s.alma, "chat": s.forum, "user": s.bot, "do": "promote",
		"rights": dict{"can_manage_topics": false}}, nil)
	again := start(t, s.settings, "serve")
	again.find(t, `(may not manage topics)`)
}

// TestGracefulStop: a restart in the middle of a backlog sends nothing twice.
func TestGracefulStop(t *testing.T) {
	s := newScene(t)
	r := start(t, s.settings, "serve")
	s.bind(r.output)
	s.do("/world/faults", dict{"name": "slow", "do": "slow", "delay_s": 0.05}, nil)
	ann := s.person("Ann")
	const messages = 30
	for i := range messages {
		s.say(ann, s.bot, 0, fmt.Sprintf("message %02d", i))
	}
	count := func() int { return len(s.relayed(ann)) }
	s.until("some are relayed", func() bool { return count() > 3 })
	if code := r.stop(); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	if n := count(); n >= messages {
		t.Fatalf("%d of %d were relayed before the stop: nothing was tested", n, messages)
	}
	start(t, s.settings, "serve")
	s.until("all are relayed", func() bool { return count() >= messages })
	for i, text := range s.relayed(ann) {
		if text != fmt.Sprintf("message %02d", i) {
			t.Fatalf("at place %d is %q", i, text)
		}
	}
}

// relayed are the messages in a client's topic.
func (s *scene) relayed(client int64) (texts []string) {
	s.t.Helper()
	topic := s.topicOf(s.alma, s.forum, "Ann")
	if topic == 0 {
		return nil
	}
	for _, text := range s.texts(s.alma, s.forum, topic) {
		if strings.HasPrefix(text, "message ") {
			texts = append(texts, text)
		}
	}
	return texts
}

// freeAddress is one at which nobody listens.
func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return l.Addr().String()
}

// TestWebhooks: updates come by HTTP requests, which are answered when what
// they caused is on disk; a restart in between loses none.
func TestWebhooks(t *testing.T) {
	address := freeAddress(t)
	s := newScene(t, "http.listen="+address, "http.public_url=http://"+address)
	r := start(t, s.settings, "serve")
	s.bind(r.output)
	ann := s.person("Ann")
	s.say(ann, s.bot, 0, "message 1")
	s.until("it is relayed", func() bool { return len(s.relayed(ann)) == 1 })
	r.stop()
	s.say(ann, s.bot, 0, "message 2") // Telegram tries in vain and comes again
	start(t, s.settings, "serve")
	s.until("the second one is relayed too", func() bool { return len(s.relayed(ann)) == 2 })
	if got := s.relayed(ann); got[0] != "message 1" || got[1] != "message 2" {
		t.Errorf("relayed %q", got)
	}
}

// TestOthersReceive: when another program polls, or sets a webhook, the host is told, and
// as soon as it does not any more nothing is missing.
func TestOthersReceive(t *testing.T) {
	s := newScene(t)
	r := start(t, s.settings, "serve")
	s.bind(r.output)
	ann := s.person("Ann")
	for n, call := range []string{"/getUpdates?timeout=1", "/setWebhook?url=https://other.example/"} {
		from := len(r.String())
		s.until("the host is told of "+call, func() bool {
			told := strings.Contains(r.String()[from:], "somebody else receives for this bot: ")
			if !told {
				s.intrude(call)
			}
			return told
		})
		text := fmt.Sprint("message ", n)
		s.say(ann, s.bot, 0, text)
		s.said(s.alma, s.forum, -1, text)
		s.until("the host is told that it goes on", func() bool { return strings.Contains(r.String()[from:], "updates come again") })
	}
}

// intrude makes a call of another program with the bot's token; the node may get in
// its way, as it in the node's.
func (s *scene) intrude(call string) {
	response, err := http.Get(s.root + "/bot" + s.token + call)
	if err != nil {
		s.t.Fatal(err)
	}
	response.Body.Close()
}
