package memory_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/actors/telegram/conformance"
	"topicdesk/actors/telegram/memory"
	"topicdesk/tenants"
)

func TestConformance(t *testing.T) {
	conformance.Exercise(t, func(t *testing.T) conformance.World { return newSubject() })
}

// subject is a login in a World as the suite wants it.
type subject struct {
	*memory.World
	gateway                 *memory.Gateway
	login, client, operator tenants.UserID
	desk, group             memory.Place
}

func newSubject() *subject {
	start := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	w := memory.New(func() time.Time { return start })
	s := &subject{World: w, gateway: w.NewLogin("Desk", 0)}
	self, err := s.gateway.Self(context.Background())
	if err != nil {
		panic(err)
	}
	s.login, s.client, s.operator = self.Person.ID, w.NewPerson("Ann"), w.NewPerson("Olga")
	s.desk, s.group = w.NewForum(s.operator, "Desk"), w.NewGroup(s.operator, "Friends")
	w.Admit(s.desk, s.operator, s.login, tenants.Rights{Admin: true, ManageTopics: true, DeleteMessages: true})
	w.Admit(s.group, s.operator, s.login, tenants.Rights{})
	w.Begin(s.login, s.client)
	return s
}

func (s *subject) at(chat tenants.ChatID) memory.Place {
	return memory.Place{Login: s.login, Chat: chat}
}

func (s *subject) Gateway() telegram.Gateway { return s.gateway }
func (s *subject) Client() tenants.UserID    { return s.client }
func (s *subject) Operator() tenants.UserID  { return s.operator }
func (s *subject) Desk() tenants.ChatID      { return s.desk.Chat }
func (s *subject) Group() tenants.ChatID     { return s.group.Chat }

func (s *subject) Post(by tenants.UserID, chat tenants.ChatID, thread tenants.ThreadID, replyTo tenants.MessageID, contents ...tenants.Content) []tenants.MessageID {
	return s.World.Post(s.at(chat), by, thread, replyTo, contents...)
}

func (s *subject) Rewrite(_ tenants.UserID, m tenants.MessageRef, text string) {
	s.World.Rewrite(s.at(m.Chat), m.ID, text)
}
func (s *subject) Erase(by tenants.UserID, m tenants.MessageRef) {
	s.World.Erase(s.at(m.Chat), by, m.ID)
}
func (s *subject) Vote(_ tenants.UserID, m tenants.MessageRef, option int) {
	s.World.Vote(s.at(m.Chat), m.ID, option)
}
func (s *subject) Press(by tenants.UserID, m tenants.MessageRef, data string) {
	s.World.Press(s.at(m.Chat), by, m.ID, data)
}
func (s *subject) MakeTopic(title string) tenants.ThreadID {
	return s.World.MakeTopic(s.desk, s.operator, title)
}
func (s *subject) DropTopic(thread tenants.ThreadID) { s.World.DropTopic(s.desk, thread) }
func (s *subject) Topic(thread tenants.ThreadID) (title string, open, exists bool) {
	topic, exists := s.World.Topic(s.desk, thread)
	return topic.Title, topic.Open, exists
}
func (s *subject) Block()                  { s.World.Block(s.at(tenants.ChatID(s.client))) }
func (s *subject) Expel()                  { s.World.Expel(s.desk, s.operator, s.login) }
func (s *subject) Upgrade() tenants.ChatID { return s.World.Upgrade(s.group).Chat }
func (s *subject) Revoke()                 { s.World.Revoke(s.login) }
func (s *subject) PostElsewhere(chat tenants.ChatID, text string) {
	s.World.Post(s.at(chat), s.login, 0, 0, tenants.Content{Kind: tenants.KindText, Text: tenants.Plain(text)})
}

func (s *subject) Spoil(how conformance.Spoiling, after time.Duration) {
	s.gateway.Spoil(map[conformance.Spoiling]memory.Spoiling{
		conformance.Flooded: memory.Flooded, conformance.AnswerLost: memory.AnswerLost, conformance.RequestLost: memory.RequestLost,
	}[how], after)
}

func (s *subject) Read(chat tenants.ChatID) (messages []conformance.Shown) {
	for _, m := range s.World.Read(s.at(chat)) {
		if m.Content.Kind == tenants.KindService {
			continue
		}
		shown := conformance.Shown{
			ID: m.ID, By: m.From.ID, Thread: m.Thread, ReplyTo: m.ReplyTo.ID, Album: m.Album, Forwarded: m.Forwarded != "",
			Kind: m.Content.Kind, Text: m.Content.Text, Buttons: m.Content.Buttons, Reactions: m.Reactions,
		}
		if m.Quote != nil {
			shown.Quote = m.Quote.Text.Text
		}
		if m.Content.File != nil {
			shown.File, shown.Tags = m.Content.File.Name, m.Content.File.Title+m.Content.File.Artist
		}
		messages = append(messages, shown)
	}
	return messages
}

func TestReceiveWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := memory.New(time.Now)
		g := w.NewLogin("Desk", time.Minute)
		self, _ := g.Self(t.Context())
		ann := w.NewPerson("Ann")
		chat := w.Begin(self.Person.ID, ann)
		began := time.Now()
		if batch, err := g.Receive(t.Context(), nil); err != nil || len(batch.Updates) != 0 || time.Since(began) != time.Minute {
			t.Errorf("after %v: %+v, error %v", time.Since(began), batch, err)
		}
		go func() {
			time.Sleep(time.Second)
			w.Post(chat, ann, 0, 0, tenants.Content{Kind: tenants.KindText, Text: tenants.Plain("hello")})
		}()
		began = time.Now()
		if batch, err := g.Receive(t.Context(), nil); err != nil || len(batch.Updates) != 1 || time.Since(began) != time.Second {
			t.Errorf("after %v: %+v, error %v", time.Since(began), batch, err)
		}
	})
}

func TestReceiveIsCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := memory.New(time.Now).NewLogin("Desk", time.Minute)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := g.Receive(ctx, nil); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v", err)
		}
		if out := g.Try(ctx, 1, telegram.AnswerPress{}); out.Kind != tenants.NotSent {
			t.Errorf("outcome %+v", out)
		}
	})
}

func TestDeletionsAreSeen(t *testing.T) {
	s := newSubject()
	id := s.Post(s.client, tenants.ChatID(s.client), 0, 0, tenants.Content{Kind: tenants.KindText, Text: tenants.Plain("oops")})[0]
	s.Erase(s.client, tenants.MessageRef{Chat: tenants.ChatID(s.client), ID: id})
	batch, err := s.gateway.Receive(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	last := batch.Updates[len(batch.Updates)-1].Event
	if _, is := last.(tenants.Deleted); !is {
		t.Errorf("the last event is %#v", last)
	}
}
