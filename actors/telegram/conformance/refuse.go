package conformance

import (
	"context"
	"errors"
	"strings"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

func goneTopic(s *stage) {
	thread := s.MakeTopic("Ann")
	s.sent(say(s.Desk(), thread, "hello"))
	s.DropTopic(thread)
	s.gone(say(s.Desk(), thread, "hello"), tenants.GoneTopic)
	s.gone(telegram.RenameTopic{Chat: s.Desk(), Thread: thread, Title: "Ann!"}, tenants.GoneTopic)
	s.gone(telegram.SetTopicOpen{Chat: s.Desk(), Thread: thread}, tenants.GoneTopic)
}

func goneClient(s *stage) {
	s.Block()
	s.gone(say(s.private(), 0, "hello"), tenants.GoneClient)
	const nobody = 4711
	s.gone(say(nobody, 0, "hello"), tenants.GoneClient)
}

func goneChat(s *stage) {
	s.Expel()
	s.gone(say(s.Desk(), 0, "hello"), tenants.GoneChat)
	s.gone(telegram.OpenTopic{Chat: s.Desk(), Title: "Ann"}, tenants.GoneChat)
	_, err := s.gateway.Standing(context.Background(), s.Desk())
	var refusal *telegram.ReceiveError
	if err != nil && (!errors.As(err, &refusal) || refusal.Outcome.Gone != tenants.GoneChat) {
		s.Errorf("standing: %v", err)
	}
}

func goneLogin(s *stage) {
	s.receive()
	s.Revoke()
	s.gone(say(s.private(), 0, "hello"), tenants.GoneLogin)
	_, err := s.gateway.Receive(context.Background(), s.state)
	s.endedLogin("Receive", err)
	_, err = s.gateway.Self(context.Background())
	s.endedLogin("Self", err)
}

func (s *stage) endedLogin(what string, err error) {
	s.Helper()
	var refusal *telegram.ReceiveError
	if !errors.As(err, &refusal) || refusal.Outcome.Kind != tenants.Gone || refusal.Outcome.Gone != tenants.GoneLogin {
		s.Errorf("%s: error %v", what, err)
	}
}

func moved(s *stage) {
	old := s.Group()
	s.sent(say(old, 0, "before"))
	s.receive()
	now := s.Upgrade()
	out := s.try(say(old, 0, "after"))
	if out.Kind != tenants.Moved || out.Chat != now {
		s.Errorf("outcome %d to chat %d (%s), want Moved to %d", out.Kind, out.Chat, out.Why, now)
	}
	s.sent(say(now, 0, "after"))
	updates := s.receive()
	to, from := service(updates, tenants.ServiceMigratedTo), service(updates, tenants.ServiceMigratedFrom)
	if len(to) != 1 || to[0].Chat.ID != old || to[0].Content.Migrated != now {
		s.Errorf("in the old chat: %+v", to)
	}
	if len(from) != 1 || from[0].Chat.ID != now || from[0].Content.Migrated != old {
		s.Errorf("in the new chat: %+v", from)
	}
}

func tooLong(s *stage) {
	s.sent(say(s.private(), 0, strings.Repeat("x", tenants.MaxText)))
	s.refused(say(s.private(), 0, strings.Repeat("x", tenants.MaxText+1)), tenants.AsSplit)
}

func sourceGone(s *stage) {
	source := tenants.MessageRef{Chat: s.Desk(), ID: s.Post(s.Operator(), s.Desk(), 0, 0, words("hello"))[0]}
	s.Erase(s.Operator(), source)
	s.refused(telegram.CopyMessage{To: telegram.To{Chat: s.private()}, From: source}, tenants.AsBody)
	s.refused(telegram.ForwardMessage{To: telegram.To{Chat: s.private()}, From: source}, tenants.AsBody)
	s.refused(telegram.CopyAlbum{To: telegram.To{Chat: s.private()}, From: []tenants.MessageRef{source}}, tenants.AsBody)
	s.refused(telegram.ForwardAlbum{To: telegram.To{Chat: s.private()}, From: []tenants.MessageRef{source}}, tenants.AsBody)
}

// sourceLeft: of the chat that is read from, and of the one that is written into, a login
// may be told in the same words that it is out.
func sourceLeft(s *stage) {
	source := tenants.MessageRef{Chat: s.Desk(), ID: s.Post(s.Operator(), s.Desk(), 0, 0, words("hello"))[0]}
	there := tenants.MessageRef{Chat: s.private(), ID: s.Post(s.Client(), s.private(), 0, 0, words("hello"))[0]}
	s.Expel()
	from := []tenants.MessageRef{source}
	for _, chat := range []tenants.ChatID{s.private(), s.Group()} {
		to := telegram.To{Chat: chat}
		buttons := telegram.To{Chat: chat, Buttons: []telegram.Button{{Text: "Send", Data: "send"}}}
		for _, call := range []telegram.Call{
			telegram.CopyMessage{To: to, From: source}, telegram.CopyMessage{To: buttons, From: source},
			telegram.ForwardMessage{To: to, From: source},
			telegram.CopyAlbum{To: to, From: from}, telegram.ForwardAlbum{To: to, From: from},
		} {
			if out := s.try(call); out.Kind != tenants.Refused || out.As != tenants.AsBody || out.Reason != tenants.WhyLeft {
				s.Errorf("%T into chat %d: outcome %+v", call, chat, out)
			}
		}
	}
	s.gone(telegram.CopyMessage{To: telegram.To{Chat: s.Desk()}, From: there}, tenants.GoneChat)
	s.gone(telegram.ForwardMessage{To: telegram.To{Chat: s.Desk()}, From: there}, tenants.GoneChat)
	s.gone(telegram.CopyMessage{To: telegram.To{Chat: s.Desk()}, From: source}, tenants.GoneChat)
}

func unsendable(s *stage) {
	for _, kind := range []tenants.Kind{tenants.KindOther, tenants.KindService, tenants.KindGame} {
		s.refused(telegram.SendContent{To: telegram.To{Chat: s.private()}, Content: tenants.Content{Kind: kind}}, tenants.AsNote)
	}
}

func unknownFile(s *stage) {
	content := tenants.Content{Kind: tenants.KindDocument, File: &tenants.File{ID: "nobody's", UniqueID: "nobody's"}}
	s.refused(telegram.SendContent{To: telegram.To{Chat: s.private()}, Content: content}, tenants.AsNote)
}

func flood(s *stage) {
	before := len(s.Read(s.private()))
	s.Spoil(Flooded, 17*time.Second)
	out := s.try(say(s.private(), 0, "hello"))
	if out.Kind != tenants.Flood || out.After != 17*time.Second {
		s.Errorf("outcome %+v", out)
	}
	if got := len(s.Read(s.private())); got != before {
		s.Errorf("%d messages after a flood, %d before", got, before)
	}
}

func answerLost(s *stage) {
	before := len(s.Read(s.private()))
	s.Spoil(AnswerLost, 0)
	if out := s.try(say(s.private(), 0, "hello")); out.Kind != tenants.Unsure {
		s.Errorf("outcome %+v", out)
	}
	if got := len(s.Read(s.private())); got != before+1 {
		s.Fatalf("the World lost the message: %d, before %d", got, before)
	}
}

func requestLost(s *stage) {
	before := len(s.Read(s.private()))
	s.Spoil(RequestLost, 0)
	if out := s.try(say(s.private(), 0, "hello")); out.Kind != tenants.Unsure && out.Kind != tenants.NotSent {
		s.Errorf("outcome %+v", out)
	}
	if got := len(s.Read(s.private())); got != before {
		s.Fatalf("the World did what was lost: %d messages, before %d", got, before)
	}
	s.sent(say(s.private(), 0, "hello"))
}

// repeat: the answer is lost and the same send goes again under its key.
func repeat(s *stage) {
	s.receive()
	s.Post(s.Client(), s.private(), 0, 0, fileOf(tenants.KindPhoto, "a.jpg", ""), fileOf(tenants.KindPhoto, "b.jpg", ""))
	var album telegram.CopyAlbum
	album.Chat = s.private()
	for _, message := range posted(s.receive()) {
		album.From = append(album.From, message.Ref())
	}
	source := album.From[0]
	to := telegram.To{Chat: s.private()}
	for _, call := range []telegram.Call{
		say(s.private(), 0, "hello"),
		telegram.CopyMessage{To: to, From: source},
		telegram.ForwardMessage{To: to, From: source},
		album,
	} {
		parts := 1
		if _, is := call.(telegram.CopyAlbum); is {
			parts = len(album.From)
		}
		before := len(s.Read(s.private()))
		key := s.key()
		s.Spoil(AnswerLost, 0)
		if out := s.gateway.Try(context.Background(), key, call); out.Kind != tenants.Unsure {
			s.Errorf("%T: outcome %+v", call, out)
		}
		out := s.gateway.Try(context.Background(), key, call)
		if out.Kind != tenants.Done || len(out.Made) != parts {
			s.Errorf("%T again: outcome %+v", call, out)
			continue
		}
		want := parts
		if !s.gateway.Abilities().Idempotent {
			want = 2 * parts
		}
		messages := s.Read(s.private())
		if got := len(messages) - before; got != want {
			s.Errorf("%T: %d messages arrived, want %d", call, got, want)
		}
		if last := messages[len(messages)-1]; last.ID != out.Made[parts-1] {
			s.Errorf("%T: told of message %d, the last is %d", call, out.Made[parts-1], last.ID)
		}
	}
}
