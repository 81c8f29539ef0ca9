//go:build mtproto

package mtproto_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/actors/telegram/conformance"
	"topicdesk/actors/telegram/memory"
	"topicdesk/tenants"
)

// TestConformance tries the gateway against a data centre, on each setting of
// what is not known of Telegram. Presses and votes come in differences there,
// since the suite does not wait for pushes; TestPushes does.
func TestConformance(t *testing.T) {
	for name, knobs := range map[string]knobs{
		"a used key is refused":        {boxed: true},
		"a used key is answered again": {boxed: true, repeatAgain: true, wholePolls: true, forbidden: true},
		"nothing is pushed":            {boxed: true, deaf: true},
	} {
		t.Run(name, func(t *testing.T) {
			conformance.Exercise(t, func(t *testing.T) conformance.World {
				c := newCentre()
				c.knobs = knobs
				return &world{centre: c, t: t, gateway: c.open(t, -1, theFront().made)}
			})
		})
	}
}

// subject is a bot with two people and three chats in a Telegram in memory.
type subject struct {
	telegram                *memory.World
	bot                     *memory.Gateway
	login, client, operator tenants.UserID
	desk, group             memory.Place
	moved                   tenants.ChatID // what group became
	seconds                 int
}

// newSubject makes one. Its clock goes on by a second with everything that
// happens, since by their dates updates are put in order.
func newSubject() *subject {
	s := &subject{seconds: 1_790_000_000}
	s.telegram = memory.New(func() time.Time {
		s.seconds++
		return time.Unix(int64(s.seconds), 0).UTC()
	})
	w := s.telegram
	s.bot = w.NewLogin("Desk", 0)
	self, err := s.bot.Self(context.Background())
	if err != nil {
		panic(err)
	}
	s.login, s.client, s.operator = self.Person.ID, w.NewPerson("Ann"), w.NewPerson("Olga")
	s.desk, s.group = w.NewForum(s.operator, "Desk"), w.NewGroup(s.operator, "Friends")
	w.Admit(s.desk, s.operator, s.login, tenants.Rights{Admin: true, ManageTopics: true, DeleteMessages: true})
	w.Admit(s.group, s.operator, s.login, tenants.Rights{})
	w.Begin(s.login, s.client)
	for _, id := range w.Post(s.desk, s.operator, 0, 0, tenants.Content{Kind: tenants.KindText}) {
		w.Erase(s.desk, s.operator, id) // number 1 is General's, so no topic may have it
	}
	s.seconds++ // a login begins with the second in which it asks first
	return s
}

func tokenOf(login tenants.UserID) string {
	return fmt.Sprintf("%d:%s", login, strings.Repeat("A", 35))
}

func (s *subject) at(chat tenants.ChatID) memory.Place {
	return memory.Place{Login: s.login, Chat: chat}
}

// world is a centre as the suite wants it.
type world struct {
	*centre
	t       *testing.T
	gateway telegram.Gateway
}

var _ conformance.World = (*world)(nil)

// act does something as a person, and lets Telegram tell of it.
func (w *world) act(do func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	do()
	w.pump(nil)
}

func (w *world) Gateway() telegram.Gateway { return w.gateway }
func (w *world) Client() tenants.UserID    { return w.client }
func (w *world) Operator() tenants.UserID  { return w.operator }
func (w *world) Desk() tenants.ChatID      { return w.desk.Chat }
func (w *world) Group() tenants.ChatID     { return w.group.Chat }

func (w *world) Post(by tenants.UserID, chat tenants.ChatID, thread tenants.ThreadID, replyTo tenants.MessageID, contents ...tenants.Content) (ids []tenants.MessageID) {
	w.act(func() { ids = w.telegram.Post(w.at(chat), by, thread, replyTo, contents...) })
	return ids
}

func (w *world) Rewrite(_ tenants.UserID, m tenants.MessageRef, text string) {
	w.act(func() { w.telegram.Rewrite(w.at(m.Chat), m.ID, text) })
}

func (w *world) Erase(by tenants.UserID, m tenants.MessageRef) {
	w.act(func() { w.telegram.Erase(w.at(m.Chat), by, m.ID) })
}

func (w *world) Vote(_ tenants.UserID, m tenants.MessageRef, option int) {
	w.act(func() { w.telegram.Vote(w.at(m.Chat), m.ID, option) })
}

func (w *world) Press(by tenants.UserID, m tenants.MessageRef, data string) {
	w.act(func() { w.telegram.Press(w.at(m.Chat), by, m.ID, data) })
}

func (w *world) MakeTopic(title string) (thread tenants.ThreadID) {
	w.act(func() { thread = w.telegram.MakeTopic(w.desk, w.operator, title) })
	return thread
}

func (w *world) DropTopic(thread tenants.ThreadID) {
	w.act(func() { w.telegram.DropTopic(w.desk, thread) })
}

func (w *world) Topic(thread tenants.ThreadID) (title string, open, exists bool) {
	topic, exists := w.telegram.Topic(w.desk, thread)
	return topic.Title, topic.Open, exists
}

func (w *world) Block()  { w.act(func() { w.telegram.Block(w.at(tenants.ChatID(w.client))) }) }
func (w *world) Expel()  { w.act(func() { w.telegram.Expel(w.desk, w.operator, w.login) }) }
func (w *world) Revoke() { w.act(func() { w.telegram.Revoke(w.login) }) }

func (w *world) Upgrade() tenants.ChatID {
	w.act(func() { w.moved = w.telegram.Upgrade(w.group).Chat })
	return w.moved
}

func (w *world) PostElsewhere(tenants.ChatID, string) {
	w.t.Fatal("this gateway does not tell what other sessions write")
}

func (w *world) Spoil(how conformance.Spoiling, after time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.spoiled = append(w.spoiled, spoilt{how, after})
}

func (w *world) Read(chat tenants.ChatID) (messages []conformance.Shown) {
	for _, m := range w.telegram.Read(w.at(chat)) {
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
