package conformance

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

func self(s *stage) {
	self, err := s.gateway.Self(context.Background())
	if err != nil {
		s.Fatal(err)
	}
	if self.Person.ID == 0 || self.Person.First == "" {
		s.Errorf("self is %+v", self.Person)
	}
}

func standing(s *stage) {
	desk, err := s.gateway.Standing(context.Background(), s.Desk())
	if err != nil {
		s.Fatal(err)
	}
	if !desk.Member || !desk.Rights.Admin || !desk.Rights.ManageTopics || !desk.Rights.DeleteMessages {
		s.Errorf("in the desk: %+v", desk)
	}
	if desk.Chat.ID != s.Desk() || desk.Chat.Kind != tenants.Group || !desk.Chat.Forum || desk.Chat.Title == "" {
		s.Errorf("the desk is %+v", desk.Chat)
	}
	private, err := s.gateway.Standing(context.Background(), s.private())
	if err != nil {
		s.Fatal(err)
	}
	if private.Chat.Kind != tenants.Private || !private.Member {
		s.Errorf("the private chat: %+v", private)
	}
}

func members(s *stage) {
	count, err := s.gateway.Members(context.Background(), s.Group())
	if err != nil {
		s.Fatal(err)
	}
	if count != 2 {
		s.Errorf("%d members in the group, want the operator and the login", count)
	}
}

func rights(s *stage) {
	owner, err := s.gateway.Rights(context.Background(), s.Desk(), s.Operator())
	if err != nil {
		s.Fatal(err)
	}
	if !owner.Admin || !owner.BanUsers || !owner.DeleteMessages {
		s.Errorf("the desk's owner may %+v", owner)
	}
	const stranger = 4711
	for _, user := range []tenants.UserID{s.Client(), stranger} {
		may, err := s.gateway.Rights(context.Background(), s.Desk(), user)
		if may != (tenants.Rights{}) || user != stranger && err != nil {
			s.Errorf("%d, who is not in the desk, may %+v, error %v", user, may, err)
		}
	}
}

// menus: for all, for one member, in one language; set again, and taken away twice.
func menus(s *stage) {
	all := telegram.Menu{Chat: s.Desk(), Commands: []telegram.MenuCommand{{Name: "hold", Help: "the client waits for us 🟪"}}}
	one, russian, none := all, all, all
	one.User, russian.Language, none.Commands = s.Operator(), "ru", nil
	for _, m := range []telegram.Menu{all, one, russian, all, none, none} {
		if err := s.gateway.SetMenu(context.Background(), m); err != nil {
			s.Errorf("%+v: %v", m, err)
		}
	}
}

// receiveInOrder: what was written in turn, in different chats, comes in turn.
func receiveInOrder(s *stage) {
	s.receive()
	var want []string
	for i := range 10 {
		text := fmt.Sprintf("message %d", i)
		want = append(want, text)
		if i%2 == 0 {
			s.Post(s.Client(), s.private(), 0, 0, words(text))
		} else {
			s.Post(s.Operator(), s.Desk(), 0, 0, words(text))
		}
	}
	var got []string
	seen := map[tenants.UpdateID]bool{}
	for _, update := range s.receive() {
		if seen[update.ID] {
			s.Errorf("update %d came twice", update.ID)
		}
		seen[update.ID] = true
		if len(update.Raw) == 0 {
			s.Errorf("update %d without its raw form", update.ID)
		}
		if event, is := update.Event.(tenants.Posted); is {
			got = append(got, event.Message.Content.Text.Text)
		}
	}
	if !slices.Equal(got, want) {
		s.Errorf("came %q, want %q", got, want)
	}
}

// receiveAgain: asking with the old state brings the same again, and asking only
// whether there is something takes nothing.
func receiveAgain(s *stage) {
	s.receive()
	s.stirs(false)
	s.Post(s.Client(), s.private(), 0, 0, words("one"))
	s.Post(s.Client(), s.private(), 0, 0, words("two"))
	var first []tenants.Update
	for range 3 {
		s.stirs(true)
		batch, err := s.gateway.Receive(context.Background(), s.state)
		if err != nil {
			s.Fatal(err)
		}
		if len(batch.Updates) != 2 {
			s.Fatalf("%d updates, want both again", len(batch.Updates))
		}
		if first == nil {
			first = batch.Updates
		}
		if !reflect.DeepEqual(batch.Updates, first) {
			s.Errorf("came again as %+v, was %+v", batch.Updates, first)
		}
	}
}

func receiveOnce(s *stage) {
	s.receive()
	s.Post(s.Client(), s.private(), 0, 0, words("one"))
	if got := posted(s.receive()); len(got) != 1 {
		s.Fatalf("%d messages", len(got))
	}
	s.Post(s.Client(), s.private(), 0, 0, words("two"))
	if got := s.one(); got.Content.Text.Text != "two" {
		s.Errorf("%q came after its batch was confirmed", got.Content.Text.Text)
	}
}

func receiveText(s *stage) {
	s.receive()
	want := tenants.Text{Text: "👍 bold link", Entities: []tenants.Entity{
		{Kind: "bold", Offset: 3, Length: 4},
		{Kind: "text_link", Offset: 8, Length: 4, URL: "https://example.org/"},
	}}
	ids := s.Post(s.Client(), s.private(), 0, 0, tenants.Content{Kind: tenants.KindText, Text: want})
	got := s.one()
	if !reflect.DeepEqual(got.Content.Text, want) {
		s.Errorf("text %+v, want %+v", got.Content.Text, want)
	}
	if got.ID != ids[0] || got.Chat.ID != s.private() || got.Chat.Kind != tenants.Private || got.From.ID != s.Client() {
		s.Errorf("message %d of %d in %+v", got.ID, got.From.ID, got.Chat)
	}
	if got.Own || got.Thread != 0 || got.Date.IsZero() || !got.Edited.IsZero() || got.Sender != nil || got.Forwarded != "" {
		s.Errorf("a plain message came as %+v", got)
	}
}

func receiveMedia(s *stage) {
	thread := s.MakeTopic("Ann")
	kinds := []tenants.Kind{tenants.KindPhoto, tenants.KindVideo, tenants.KindAnimation, tenants.KindAudio,
		tenants.KindVoice, tenants.KindVideoNote, tenants.KindDocument, tenants.KindSticker}
	for _, kind := range kinds {
		s.receive()
		caption := "look"
		if kind == tenants.KindSticker || kind == tenants.KindVideoNote {
			caption = "" // they carry none
		}
		s.Post(s.Client(), s.private(), 0, 0, fileOf(kind, "a.bin", caption))
		got := s.one().Content
		if got.Kind != kind || got.Text.Text != caption {
			s.Errorf("a %s came as %s with caption %q", kind, got.Kind, got.Text.Text)
			continue
		}
		if got.File == nil || got.File.ID == "" || got.File.UniqueID == "" {
			s.Errorf("a %s came with file %+v", kind, got.File)
			continue
		}
		id := s.sent(telegram.SendContent{To: telegram.To{Chat: s.Desk(), Thread: thread}, Content: got})
		shown := s.see(tenants.MessageRef{Chat: s.Desk(), ID: id})
		if shown.Kind != kind || shown.Text.Text != caption || shown.Thread != thread {
			s.Errorf("a %s arrived as %+v", kind, shown)
		}
	}
}

func receiveAlbum(s *stage) {
	s.receive()
	ids := s.Post(s.Client(), s.private(), 0, 0,
		fileOf(tenants.KindPhoto, "a.jpg", "first"), fileOf(tenants.KindPhoto, "b.jpg", ""), fileOf(tenants.KindVideo, "c.mp4", ""))
	s.Post(s.Client(), s.private(), 0, 0, fileOf(tenants.KindPhoto, "d.jpg", ""))
	got := posted(s.receive())
	if len(got) != 4 {
		s.Fatalf("%d messages, want 4", len(got))
	}
	for i, id := range ids {
		if got[i].ID != id || got[i].Album == "" || got[i].Album != got[0].Album {
			s.Errorf("part %d is message %d of album %q", i, got[i].ID, got[i].Album)
		}
	}
	if got[3].Album != "" {
		s.Errorf("a single photo came as album %q", got[3].Album)
	}
}

func receiveReplies(s *stage) {
	thread := s.MakeTopic("Ann")
	mine := s.sent(say(s.Desk(), thread, "question"))
	s.receive()
	tests := []struct {
		thread  tenants.ThreadID
		replyTo tenants.MessageID
	}{{thread, 0}, {thread, mine}, {0, 0}}
	for _, test := range tests {
		s.Post(s.Operator(), s.Desk(), test.thread, test.replyTo, words("answer"))
		got := s.one()
		want := tenants.MessageRef{}
		if test.replyTo != 0 {
			want = tenants.MessageRef{Chat: s.Desk(), ID: test.replyTo}
		}
		if got.ReplyTo != want || got.Thread != test.thread {
			s.Errorf("came in thread %d in reply to %+v, want %d and %+v", got.Thread, got.ReplyTo, test.thread, want)
		}
		if !got.Chat.Forum || got.Chat.Kind != tenants.Group {
			s.Errorf("the desk came as %+v", got.Chat)
		}
	}
	for _, target := range []struct {
		id    tenants.MessageID
		slash bool
	}{
		{s.Post(s.Operator(), s.Desk(), thread, 0, words("/ a comment"))[0], true},
		{s.Post(s.Operator(), s.Desk(), thread, 0, words("no comment"))[0], false},
		{s.sent(say(s.Desk(), thread, "/start, as the client wrote it")), false},
	} {
		s.receive()
		s.Post(s.Operator(), s.Desk(), thread, target.id, words("answer"))
		if got := s.one(); got.ReplySlash != target.slash {
			s.Errorf("a reply to %d came with the slash of a command: %t", target.id, got.ReplySlash)
		}
	}
	general := s.Post(s.Operator(), s.Desk(), 0, 0, words("general"))[0]
	s.Post(s.Operator(), s.Desk(), 0, general, words("answer in general"))
	messages := posted(s.receive())
	if len(messages) != 2 || messages[1].Thread != 0 || messages[1].ReplyTo.ID != general {
		s.Errorf("a reply in General came as %+v", messages)
	}
}

func receiveEdit(s *stage) {
	s.receive()
	id := s.Post(s.Client(), s.private(), 0, 0, words("first"))[0]
	s.Rewrite(s.Client(), tenants.MessageRef{Chat: s.private(), ID: id}, "second")
	var edits []tenants.Message
	for _, update := range s.receive() {
		if event, is := update.Event.(tenants.Edited); is {
			edits = append(edits, event.Message)
		}
	}
	if len(edits) != 1 || edits[0].ID != id || edits[0].Content.Text.Text != "second" || edits[0].Edited.IsZero() {
		s.Errorf("the edit came as %+v", edits)
	}
}

// service is what happened of this sort, in order.
func service(updates []tenants.Update, kind tenants.Service) (messages []tenants.Message) {
	for _, update := range updates {
		if event, is := update.Event.(tenants.Posted); is && event.Message.Content.Service == kind {
			messages = append(messages, event.Message)
		}
	}
	return messages
}

func receiveTopics(s *stage) {
	s.receive()
	theirs := s.MakeTopic("Ann")
	created := service(s.receive(), tenants.ServiceTopicCreated)
	if len(created) != 1 || created[0].Content.TopicName != "Ann" || created[0].Thread != theirs || created[0].Own {
		s.Errorf("another's topic came as %+v", created)
	}
	ours := s.done(telegram.OpenTopic{Chat: s.Desk(), Title: "Bob"}).Thread
	created = service(s.receive(), tenants.ServiceTopicCreated)
	if len(created) != 1 || created[0].Content.TopicName != "Bob" || created[0].Thread != ours || !created[0].Own {
		s.Errorf("the own topic came as %+v", created)
	}
}

func memberships(updates []tenants.Update) (events []tenants.Membership) {
	for _, update := range updates {
		if event, is := update.Event.(tenants.Membership); is {
			events = append(events, event)
		}
	}
	return events
}

func receiveBlock(s *stage) {
	s.receive()
	s.Block()
	got := memberships(s.receive())
	if len(got) != 1 || got[0].Member || got[0].Chat.ID != s.private() || got[0].By.ID != s.Client() {
		s.Errorf("the block came as %+v", got)
	}
}

func receiveExpulsion(s *stage) {
	s.receive()
	s.Expel()
	got := memberships(s.receive())
	if len(got) != 1 || got[0].Member || !got[0].WasMember || got[0].Chat.ID != s.Desk() || got[0].Admin.Admin {
		s.Errorf("the expulsion came as %+v", got)
	}
}

func receivePress(s *stage) {
	thread := s.MakeTopic("Ann")
	id := s.sent(telegram.SendContent{
		To:      telegram.To{Chat: s.Desk(), Thread: thread, Buttons: []telegram.Button{{Text: "Send", Data: "send:9"}}},
		Content: words("press"),
	})
	s.receive()
	s.Press(s.Operator(), tenants.MessageRef{Chat: s.Desk(), ID: id}, "send:9")
	var presses []tenants.Pressed
	for _, update := range s.receive() {
		if event, is := update.Event.(tenants.Pressed); is {
			presses = append(presses, event)
		}
	}
	if len(presses) != 1 {
		s.Fatalf("%d presses came", len(presses))
	}
	got := presses[0]
	if got.Data != "send:9" || got.By.ID != s.Operator() || got.Message != (tenants.MessageRef{Chat: s.Desk(), ID: id}) || got.Thread != thread {
		s.Errorf("the press came as %+v", got)
	}
	s.done(telegram.AnswerPress{Chat: s.Desk(), Query: got.Query, Text: "sent"})
}

func receiveNoEcho(s *stage) {
	s.receive()
	s.sent(say(s.private(), 0, "hello"))
	s.sent(say(s.Desk(), 0, "hello"))
	if got := posted(s.receive()); len(got) != 0 {
		s.Errorf("what the gateway sent came back as %+v", got)
	}
}

// receiveDeletion: of a person, with the chat in which it was.
func receiveDeletion(s *stage) {
	if !s.gateway.Abilities().SeesDeletes {
		return
	}
	id := s.Post(s.Client(), s.private(), 0, 0, words("gone soon"))[0]
	s.receive()
	s.Erase(s.Client(), tenants.MessageRef{Chat: s.private(), ID: id})
	var gone []tenants.Deleted
	for _, update := range s.receive() {
		if event, is := update.Event.(tenants.Deleted); is {
			gone = append(gone, event)
		}
	}
	if len(gone) != 1 || gone[0].Chat.ID != s.private() || !slices.Equal(gone[0].Messages, []tenants.MessageID{id}) {
		s.Errorf("the deletion came as %+v", gone)
	}
}

func receiveElsewhere(s *stage) {
	if !s.gateway.Abilities().SeesOwnSends {
		return
	}
	s.receive()
	s.PostElsewhere(s.private(), "from the telephone")
	if got := s.one(); !got.Own || got.Content.Text.Text != "from the telephone" || got.Chat.ID != s.private() {
		s.Errorf("it came as %+v", got)
	}
}
