package botapi_test

import (
	"strings"
	"testing"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/actors/telegram/botapi"
	"topicdesk/actors/telegram/conformance"
	simulated "topicdesk/bench/telegram"
	"topicdesk/tenants"
)

// TestConformance tries the gateway in the simulated Telegram.
func TestConformance(t *testing.T) {
	conformance.Exercise(t, newWorld)
}

// world is a bot in a simulated Telegram. Private chats are the person's id
// for the bot, and the bot's id for the person.
type world struct {
	t       *testing.T
	door    *simulated.Door
	gateway *botapi.Gateway

	bot, client, operator int64
	desk, group           int64
}

var _ conformance.World = (*world)(nil)

func newWorld(t *testing.T) conformance.World {
	knobs := simulated.Unlimited()
	w := simulated.New(simulated.Options{Seed: 1, Knobs: &knobs})
	s := &world{t: t}
	s.client = w.NewUser(simulated.Person{FirstName: "Ann"})
	s.operator = w.NewUser(simulated.Person{FirstName: "Olga"})
	var token string
	s.bot, token = w.NewBot(simulated.Robot{Name: "Desk", Username: "desk_bot", NoPrivacy: true})
	s.desk = w.NewForum(s.operator, "Desk", s.bot)
	s.must(w.Promote(s.operator, s.desk, s.bot, simulated.Rights{ManageTopics: true, DeleteMessages: true}, ""))
	s.group = w.NewGroup(s.operator, "Friends", s.bot)
	if _, err := w.Start(s.client, s.bot, ""); err != nil {
		t.Fatal(err)
	}
	s.door = simulated.NewDoor(w, nil)
	gateway, err := botapi.New(botapi.Options{
		Token: token, Caller: s.door.Caller(simulated.CallerOptions{Timeout: time.Minute}), PollTimeout: -1,
	})
	s.must(err)
	s.gateway = gateway
	return s
}

func (s *world) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// there is a chat as a person names it.
func (s *world) there(chat tenants.ChatID) int64 {
	if chat > 0 {
		return s.bot
	}
	return int64(chat)
}

func (s *world) Gateway() telegram.Gateway { return s.gateway }
func (s *world) Client() tenants.UserID    { return tenants.UserID(s.client) }
func (s *world) Operator() tenants.UserID  { return tenants.UserID(s.operator) }
func (s *world) Desk() tenants.ChatID      { return tenants.ChatID(s.desk) }
func (s *world) Group() tenants.ChatID     { return tenants.ChatID(s.group) }

func (s *world) Post(by tenants.UserID, chat tenants.ChatID, thread tenants.ThreadID, replyTo tenants.MessageID, contents ...tenants.Content) (ids []tenants.MessageID) {
	s.t.Helper()
	var posts []simulated.Post
	for _, content := range contents {
		posts = append(posts, simulated.Post{Content: contentOf(content), Topic: int(thread), ReplyTo: int(replyTo)})
	}
	s.door.With(func(w *simulated.World) {
		made, err := w.SendAll(int64(by), s.there(chat), posts)
		s.must(err)
		for _, id := range made {
			ids = append(ids, tenants.MessageID(id))
		}
	})
	return ids
}

func contentOf(c tenants.Content) simulated.Content {
	out := simulated.Content{Kind: simulated.Kind(c.Kind), Text: c.Text.Text}
	for _, e := range c.Text.Entities {
		out.Entities = append(out.Entities, simulated.Entity{Type: e.Kind, Offset: e.Offset, Length: e.Length, URL: e.URL})
	}
	if c.File != nil {
		out.File = &simulated.File{Kind: out.Kind, Name: c.File.Name, Title: c.File.Title, Performer: c.File.Artist}
	}
	return out
}

func (s *world) Rewrite(by tenants.UserID, message tenants.MessageRef, text string) {
	s.t.Helper()
	s.door.With(func(w *simulated.World) {
		s.must(w.Edit(int64(by), s.there(message.Chat), int(message.ID), simulated.TextOf(text)))
	})
}

func (s *world) Erase(by tenants.UserID, message tenants.MessageRef) {
	s.t.Helper()
	s.door.With(func(w *simulated.World) { s.must(w.Delete(int64(by), s.there(message.Chat), int(message.ID))) })
}

func (s *world) Vote(by tenants.UserID, message tenants.MessageRef, option int) {
	s.t.Helper()
	s.door.With(func(w *simulated.World) { s.must(w.Vote(int64(by), s.there(message.Chat), int(message.ID), option)) })
}

func (s *world) Press(by tenants.UserID, message tenants.MessageRef, data string) {
	s.t.Helper()
	s.door.With(func(w *simulated.World) {
		_, err := w.Press(int64(by), s.there(message.Chat), int(message.ID), data)
		s.must(err)
	})
}

func (s *world) MakeTopic(title string) (thread tenants.ThreadID) {
	s.t.Helper()
	s.door.With(func(w *simulated.World) {
		id, err := w.CreateTopic(s.operator, s.desk, title, 0)
		s.must(err)
		thread = tenants.ThreadID(id)
	})
	return thread
}

func (s *world) DropTopic(thread tenants.ThreadID) {
	s.t.Helper()
	s.door.With(func(w *simulated.World) { s.must(w.DeleteTopic(s.operator, s.desk, int(thread))) })
}

func (s *world) Topic(thread tenants.ThreadID) (title string, open, exists bool) {
	s.door.With(func(w *simulated.World) {
		topic, there := w.Topic(s.desk, int(thread))
		title, open, exists = topic.Name, !topic.Closed, there
	})
	return title, open, exists
}

func (s *world) Block() { s.door.With(func(w *simulated.World) { w.Block(s.client, s.bot) }) }

func (s *world) Expel() {
	s.t.Helper()
	s.door.With(func(w *simulated.World) { s.must(w.Kick(s.operator, s.desk, s.bot)) })
}

func (s *world) Upgrade() (now tenants.ChatID) {
	s.t.Helper()
	s.door.With(func(w *simulated.World) {
		id, err := w.Upgrade(s.operator, s.group)
		s.must(err)
		now = tenants.ChatID(id)
	})
	return now
}

func (s *world) Revoke() { s.door.With(func(w *simulated.World) { w.RevokeToken(s.bot) }) }

func (s *world) PostElsewhere(tenants.ChatID, string) {
	s.t.Fatal("a bot has no other session that would be told")
}

func (s *world) Spoil(how conformance.Spoiling, after time.Duration) {
	kinds := map[conformance.Spoiling]simulated.FaultKind{
		conformance.Flooded:     simulated.Flood,
		conformance.AnswerLost:  simulated.LostAnswer,
		conformance.RequestLost: simulated.Reset,
	}
	s.door.With(func(w *simulated.World) {
		w.AddFault(simulated.Fault{Do: kinds[how], Count: 1, Retry: int(after / time.Second)})
	})
}

func (s *world) Read(chat tenants.ChatID) (messages []conformance.Shown) {
	reader := s.operator
	if chat > 0 {
		reader = int64(chat)
	}
	var seen []simulated.Shown
	s.door.With(func(w *simulated.World) { seen = w.View(reader, s.there(chat), simulated.AllTopics) })
	for _, m := range seen {
		if m.Service == nil {
			messages = append(messages, shown(m))
		}
	}
	return messages
}

func shown(m simulated.Shown) conformance.Shown {
	out := conformance.Shown{
		ID: tenants.MessageID(m.ID), By: tenants.UserID(m.AuthorID), Thread: tenants.ThreadID(m.Topic),
		ReplyTo: tenants.MessageID(m.ReplyTo), Quote: m.Quote, Album: m.Album, Forwarded: m.Forwarded != "",
		Kind: tenants.Kind(m.Kind), Text: tenants.Plain(m.Text), File: m.FileName, Reactions: m.Reactions,
	}
	if f := m.Content.File; f != nil {
		out.Tags = f.Title + f.Performer
	}
	for _, e := range m.Entities {
		out.Text.Entities = append(out.Text.Entities, tenants.Entity{Kind: e.Type, Offset: e.Offset, Length: e.Length, URL: e.URL})
	}
	for _, row := range m.Buttons {
		for _, button := range row {
			out.Buttons = append(out.Buttons, strings.TrimSpace(button.Text))
		}
	}
	return out
}
