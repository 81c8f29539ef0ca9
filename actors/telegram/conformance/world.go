package conformance

import (
	"context"
	"slices"
	"testing"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// World is a Telegram with a gateway's login, two people and three chats in it.
// Ids of chats and messages are as the login counts them; a private chat is
// named by the other person. Methods fail the test where a real Telegram would
// not offer the action.
type World interface {
	Gateway() telegram.Gateway

	// Client has begun a chat with the login.
	Client() tenants.UserID
	// Operator owns Desk and Group.
	Operator() tenants.UserID
	// Desk is a forum in which the login is an administrator who may manage
	// topics and delete messages. Operator is in it, Client is not.
	Desk() tenants.ChatID
	// Group is a basic group with the login and Operator as members.
	Group() tenants.ChatID

	// Post writes as a person; several contents are one album. Thread and
	// replyTo may be 0. Of a File in a content only the name and the
	// tags count.
	Post(by tenants.UserID, chat tenants.ChatID, thread tenants.ThreadID, replyTo tenants.MessageID, contents ...tenants.Content) []tenants.MessageID
	Rewrite(by tenants.UserID, message tenants.MessageRef, text string)
	Erase(by tenants.UserID, message tenants.MessageRef)
	// Vote votes in a poll of the login.
	Vote(by tenants.UserID, message tenants.MessageRef, option int)
	// Press presses the button with this data.
	Press(by tenants.UserID, message tenants.MessageRef, data string)

	MakeTopic(title string) tenants.ThreadID // in Desk, as Operator
	DropTopic(thread tenants.ThreadID)       // in Desk, as Operator, without a trace
	Topic(thread tenants.ThreadID) (title string, open, exists bool)

	Block()                  // Client blocks the login
	Expel()                  // Operator takes the login out of Desk
	Upgrade() tenants.ChatID // Group becomes a supergroup
	Revoke()                 // the login is ended from outside
	// PostElsewhere writes as the login itself, from another session of it. It is
	// called only if the login SeesOwnSends.
	PostElsewhere(chat tenants.ChatID, text string)

	// Spoil decides what happens to the next Try, whatever its call. after is
	// of Flooded, whole seconds.
	Spoil(how Spoiling, after time.Duration)

	// Read is what is in a chat, oldest first, service messages left out.
	Read(chat tenants.ChatID) []Shown
}

// Spoiling is what goes wrong with a try.
type Spoiling int

const (
	Flooded     Spoiling = iota // not done: too many requests
	AnswerLost                  // done, but the answer never comes
	RequestLost                 // not done, and no answer comes
)

// Shown is a message as a person reads it.
type Shown struct {
	ID        tenants.MessageID
	By        tenants.UserID
	Thread    tenants.ThreadID
	ReplyTo   tenants.MessageID // 0 = none; a topic's first message doesn't count
	Quote     string
	Album     string
	Forwarded bool
	Kind      tenants.Kind
	Text      tenants.Text
	File      string // the file's name
	Tags      string // an audio file's title and artist
	Buttons   []string
	Reactions []string
}

// stage is one check's World with what the check needs often.
type stage struct {
	*testing.T
	World
	gateway telegram.Gateway
	state   []byte
	lastKey tenants.SendKey
}

// quietRounds is how many Receives in a row must bring nothing before nothing
// more is expected.
const quietRounds = 2

// maxRounds ends a gateway that brings the same for ever.
const maxRounds = 50

func newStage(t *testing.T, world World) *stage {
	return &stage{T: t, World: world, gateway: world.Gateway()}
}

// key is a new send key.
func (s *stage) key() tenants.SendKey {
	s.lastKey++
	return s.lastKey
}

// try does a call under a new key.
func (s *stage) try(call telegram.Call) tenants.Outcome {
	return s.gateway.Try(context.Background(), s.key(), call)
}

// done does a call that has to work.
func (s *stage) done(call telegram.Call) tenants.Outcome {
	s.Helper()
	out := s.try(call)
	if out.Kind != tenants.Done {
		s.Fatalf("%T: outcome %d (%s), want Done", call, out.Kind, out.Why)
	}
	return out
}

// sent does a call that makes one message, and is its id.
func (s *stage) sent(call telegram.Call) tenants.MessageID {
	s.Helper()
	out := s.done(call)
	if len(out.Made) != 1 || out.Made[0] == 0 {
		s.Fatalf("%T: made %v, want one message", call, out.Made)
	}
	return out.Made[0]
}

// refused does a call that has to be refused, to be tried again as told, for a
// reason that people can be told.
func (s *stage) refused(call telegram.Call, as tenants.RefusedAs) {
	s.Helper()
	out := s.try(call)
	if out.Kind != tenants.Refused || out.As != as {
		s.Errorf("%T: outcome %d, as %d (%s), want Refused as %d", call, out.Kind, out.As, out.Why, as)
	}
	if !slices.Contains(tenants.Reasons, out.Reason) {
		s.Errorf("%T: refused for the reason %q (%s), which is none", call, out.Reason, out.Why)
	}
}

// gone does a call for which something has to be away.
func (s *stage) gone(call telegram.Call, what tenants.GoneWhat) {
	s.Helper()
	if out := s.try(call); out.Kind != tenants.Gone || out.Gone != what {
		s.Errorf("%T: outcome %d, gone %d (%s), want Gone %d", call, out.Kind, out.Gone, out.Why, what)
	}
}

// receive is all that waits, each batch confirmed by the next.
func (s *stage) receive() (updates []tenants.Update) {
	s.Helper()
	rounds := 0
	for quiet := 0; quiet < quietRounds; rounds++ {
		if rounds == maxRounds {
			s.Fatal("updates without end")
		}
		batch, err := s.gateway.Receive(context.Background(), s.state)
		if err != nil {
			s.Fatalf("Receive: %v", err)
		}
		s.state = batch.State
		updates = append(updates, batch.Updates...)
		if len(batch.Updates) == 0 {
			quiet++
		} else {
			quiet = 0
		}
	}
	return updates
}

// stirs asks whether there is something.
func (s *stage) stirs(want bool) {
	s.Helper()
	if got, err := s.gateway.Stirs(context.Background(), s.state); err != nil || got != want {
		s.Fatalf("Stirs says %v, %v; want %v", got, err, want)
	}
}

// posted are the messages among the updates, service messages left out.
func posted(updates []tenants.Update) (messages []tenants.Message) {
	for _, update := range updates {
		if event, is := update.Event.(tenants.Posted); is && event.Message.Content.Kind != tenants.KindService {
			messages = append(messages, event.Message)
		}
	}
	return messages
}

// one is the only message that waits.
func (s *stage) one() tenants.Message {
	s.Helper()
	messages := posted(s.receive())
	if len(messages) != 1 {
		s.Fatalf("%d messages came, want one", len(messages))
	}
	return messages[0]
}

// find is a message of a chat.
func (s *stage) find(ref tenants.MessageRef) (Shown, bool) {
	for _, shown := range s.Read(ref.Chat) {
		if shown.ID == ref.ID {
			return shown, true
		}
	}
	return Shown{}, false
}

// see is a message that has to be there.
func (s *stage) see(ref tenants.MessageRef) Shown {
	s.Helper()
	shown, there := s.find(ref)
	if !there {
		s.Fatalf("no message %d in chat %d", ref.ID, ref.Chat)
	}
	return shown
}

// private is the chat with the client.
func (s *stage) private() tenants.ChatID { return tenants.ChatID(s.Client()) }

func words(text string) tenants.Content {
	return tenants.Content{Kind: tenants.KindText, Text: tenants.Plain(text)}
}

func fileOf(kind tenants.Kind, name, caption string) tenants.Content {
	return tenants.Content{Kind: kind, File: &tenants.File{Name: name}, Text: tenants.Plain(caption)}
}

// say is a text of the login.
func say(chat tenants.ChatID, thread tenants.ThreadID, text string) telegram.SendContent {
	return telegram.SendContent{To: telegram.To{Chat: chat, Thread: thread}, Content: words(text)}
}
