package conformance

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

func sendKinds(s *stage) {
	thread := s.MakeTopic("Ann")
	contents := []tenants.Content{
		words("hello"),
		{Kind: tenants.KindLocation, Place: &tenants.Place{Latitude: 52.5, Longitude: 13.4}},
		{Kind: tenants.KindVenue, Place: &tenants.Place{Latitude: 52.5, Longitude: 13.4, Title: "Cafe", Address: "Street 1"}},
		{Kind: tenants.KindContact, Contact: &tenants.Contact{Phone: "+491234567", First: "Bob"}},
		{Kind: tenants.KindPoll, Poll: &tenants.Poll{Question: "Why?", Options: []string{"a", "b"}}},
		{Kind: tenants.KindDice, Dice: &tenants.Dice{Emoji: "🎲", Value: 3}},
	}
	for _, content := range contents {
		id := s.sent(telegram.SendContent{To: telegram.To{Chat: s.Desk(), Thread: thread}, Content: content})
		if shown := s.see(tenants.MessageRef{Chat: s.Desk(), ID: id}); shown.Kind != content.Kind || shown.Thread != thread {
			s.Errorf("a %s arrived as %s in thread %d", content.Kind, shown.Kind, shown.Thread)
		}
	}
}

func sendText(s *stage) {
	want := tenants.Text{Text: "👍 <bold> & link", Entities: []tenants.Entity{
		{Kind: "bold", Offset: 3, Length: 6},
		{Kind: "text_link", Offset: 12, Length: 4, URL: "https://example.org/"},
	}}
	id := s.sent(telegram.SendContent{To: telegram.To{Chat: s.private()}, Content: tenants.Content{Kind: tenants.KindText, Text: want}})
	if shown := s.see(tenants.MessageRef{Chat: s.private(), ID: id}); !reflect.DeepEqual(shown.Text, want) {
		s.Errorf("arrived as %+v, want %+v", shown.Text, want)
	}
}

func sendInOrder(s *stage) {
	before := len(s.Read(s.private()))
	var want, got []string
	last := tenants.MessageID(0)
	for i := range 4 {
		want = append(want, fmt.Sprint("part ", i))
		id := s.sent(say(s.private(), 0, want[i]))
		if id <= last {
			s.Errorf("message %d after %d", id, last)
		}
		last = id
	}
	for _, shown := range s.Read(s.private())[before:] {
		got = append(got, shown.Text.Text)
	}
	if !slices.Equal(got, want) {
		s.Errorf("arrived %q", got)
	}
}

func sendInTopic(s *stage) {
	one, two := s.MakeTopic("One"), s.MakeTopic("Two")
	for _, thread := range []tenants.ThreadID{one, two, 0} {
		id := s.sent(say(s.Desk(), thread, "hello"))
		if shown := s.see(tenants.MessageRef{Chat: s.Desk(), ID: id}); shown.Thread != thread {
			s.Errorf("sent to thread %d, arrived in %d", thread, shown.Thread)
		}
	}
}

func sendReplies(s *stage) {
	asked := s.Post(s.Client(), s.private(), 0, 0, words("one question"))[0]
	to := telegram.To{Chat: s.private(), ReplyTo: asked}
	id := s.sent(telegram.SendContent{To: to, Content: words("answer")})
	if shown := s.see(tenants.MessageRef{Chat: s.private(), ID: id}); shown.ReplyTo != asked {
		s.Errorf("a reply to %d arrived as one to %d", asked, shown.ReplyTo)
	}
	to.Quote = &tenants.Quote{Text: tenants.Plain("question"), Position: 4}
	id = s.sent(telegram.SendContent{To: to, Content: words("answer")})
	if shown := s.see(tenants.MessageRef{Chat: s.private(), ID: id}); shown.ReplyTo != asked || shown.Quote != "question" {
		s.Errorf("a reply with a quote arrived as %+v", shown)
	}
	source := s.Post(s.Operator(), s.Desk(), 0, 0, words("copied answer"))[0]
	to.Quote = nil
	id = s.sent(telegram.CopyMessage{To: to, From: tenants.MessageRef{Chat: s.Desk(), ID: source}})
	if shown := s.see(tenants.MessageRef{Chat: s.private(), ID: id}); shown.ReplyTo != asked {
		s.Errorf("a copy in reply to %d arrived as one to %d", asked, shown.ReplyTo)
	}
}

func sendReplyToGone(s *stage) {
	asked := s.Post(s.Operator(), s.Desk(), 0, 0, words("question"))[0]
	s.Erase(s.Operator(), tenants.MessageRef{Chat: s.Desk(), ID: asked})
	id := s.sent(telegram.SendContent{To: telegram.To{Chat: s.Desk(), ReplyTo: asked}, Content: words("answer")})
	if shown := s.see(tenants.MessageRef{Chat: s.Desk(), ID: id}); shown.ReplyTo != 0 {
		s.Errorf("arrived in reply to %d", shown.ReplyTo)
	}
}

func sendButtons(s *stage) {
	id := s.sent(telegram.SendContent{
		To: telegram.To{Chat: s.Desk(), Buttons: []telegram.Button{
			{Text: "Send", Data: "send:9"}, {Text: "Open", URL: "https://example.org/"}}},
		Content: words("choose"),
	})
	ref := tenants.MessageRef{Chat: s.Desk(), ID: id}
	if shown := s.see(ref); !slices.Equal(shown.Buttons, []string{"Send", "Open"}) {
		s.Errorf("buttons %q", shown.Buttons)
	}
	s.done(telegram.EditContent{Message: ref, Content: words("chosen")})
	if shown := s.see(ref); len(shown.Buttons) != 0 {
		s.Errorf("an edit without buttons left %q", shown.Buttons)
	}
}

func copyOne(s *stage) {
	thread := s.MakeTopic("Ann")
	for _, content := range []tenants.Content{words("hello"), fileOf(tenants.KindPhoto, "a.jpg", "look")} {
		source := s.Post(s.Client(), s.private(), 0, 0, content)[0]
		id := s.sent(telegram.CopyMessage{
			To: telegram.To{Chat: s.Desk(), Thread: thread}, From: tenants.MessageRef{Chat: s.private(), ID: source},
		})
		shown := s.see(tenants.MessageRef{Chat: s.Desk(), ID: id})
		if shown.Kind != content.Kind || shown.Text.Text != content.Text.Text || shown.Forwarded || shown.Thread != thread {
			s.Errorf("a copied %s arrived as %+v", content.Kind, shown)
		}
		if shown.By == s.Client() {
			s.Error("a copy shows its author")
		}
	}
}

func forwardOne(s *stage) {
	thread := s.MakeTopic("Ann")
	source := s.Post(s.Client(), s.private(), 0, 0, words("hello"))[0]
	id := s.sent(telegram.ForwardMessage{
		To: telegram.To{Chat: s.Desk(), Thread: thread}, From: tenants.MessageRef{Chat: s.private(), ID: source},
	})
	shown := s.see(tenants.MessageRef{Chat: s.Desk(), ID: id})
	if !shown.Forwarded || shown.Text.Text != "hello" || shown.Thread != thread {
		s.Errorf("arrived as %+v", shown)
	}
}

// together checks that the messages arrived as one album, in order.
func (s *stage) together(chat tenants.ChatID, thread tenants.ThreadID, ids []tenants.MessageID, captions []string) {
	s.Helper()
	if len(ids) != len(captions) {
		s.Fatalf("made %v, want %d", ids, len(captions))
	}
	var album string
	for i, id := range ids {
		shown := s.see(tenants.MessageRef{Chat: chat, ID: id})
		if i == 0 {
			album = shown.Album
		}
		if shown.Album == "" || shown.Album != album || shown.Text.Text != captions[i] || shown.Thread != thread {
			s.Errorf("part %d arrived as %+v", i, shown)
		}
	}
}

// anAlbum is an album of three in the private chat.
func (s *stage) anAlbum() (parts []tenants.MessageRef) {
	for _, id := range s.Post(s.Client(), s.private(), 0, 0,
		fileOf(tenants.KindPhoto, "a.jpg", "first"), fileOf(tenants.KindVideo, "b.mp4", "second"), fileOf(tenants.KindPhoto, "c.jpg", "")) {
		parts = append(parts, tenants.MessageRef{Chat: s.private(), ID: id})
	}
	return parts
}

func copyAlbum(s *stage) {
	thread := s.MakeTopic("Ann")
	out := s.done(telegram.CopyAlbum{To: telegram.To{Chat: s.Desk(), Thread: thread}, From: s.anAlbum()})
	s.together(s.Desk(), thread, out.Made, []string{"first", "second", ""})
}

func forwardAlbum(s *stage) {
	thread := s.MakeTopic("Ann")
	out := s.done(telegram.ForwardAlbum{To: telegram.To{Chat: s.Desk(), Thread: thread}, From: s.anAlbum()})
	s.together(s.Desk(), thread, out.Made, []string{"first", "second", ""})
	for _, id := range out.Made {
		if !s.see(tenants.MessageRef{Chat: s.Desk(), ID: id}).Forwarded {
			s.Errorf("message %d names no origin", id)
		}
	}
}

func sendAlbum(s *stage) {
	thread := s.MakeTopic("Ann")
	s.receive()
	s.Post(s.Client(), s.private(), 0, 0, fileOf(tenants.KindPhoto, "a.jpg", ""), fileOf(tenants.KindPhoto, "b.jpg", ""))
	var contents []tenants.Content
	for i, message := range posted(s.receive()) {
		message.Content.Text = tenants.Plain(fmt.Sprint("caption ", i))
		contents = append(contents, message.Content)
	}
	out := s.done(telegram.SendAlbum{To: telegram.To{Chat: s.Desk(), Thread: thread}, Contents: contents})
	s.together(s.Desk(), thread, out.Made, []string{"caption 0", "caption 1"})
}

// votes: the outcome names the poll, and its votes come under that name.
func votes(s *stage) {
	poll := tenants.Poll{Question: "Tea?", Options: []string{"yes", "no"}, Public: true}
	out := s.done(telegram.SendContent{To: telegram.To{Chat: s.private()}, Content: tenants.Content{Kind: tenants.KindPoll, Poll: &poll}})
	s.receive()
	s.Vote(s.Client(), tenants.MessageRef{Chat: s.private(), ID: out.Made[0]}, 1)
	for _, u := range s.receive() {
		if v, is := u.Event.(tenants.Voted); is {
			if v.Poll.ID != out.Poll || v.Poll.ID == "" || v.Poll.Question != "Tea?" || !v.Poll.Public ||
				!slices.Equal(v.Poll.Votes, []int{0, 1}) || v.Poll.Voters != 1 {
				s.Errorf("of poll %q came %+v", out.Poll, v.Poll)
			}
			return
		}
	}
	s.Error("no vote came")
}

// stream: what is written on a file at Telegram is not seen on the new one.
func stream(s *stage) {
	s.receive()
	song := fileOf(tenants.KindAudio, "will smith.mp3", "")
	song.File.Title, song.File.Artist = "Will", "Smith"
	s.Post(s.Client(), s.private(), 0, 0, fileOf(tenants.KindDocument, "cv will.pdf", ""))
	s.Post(s.Client(), s.private(), 0, 0, song)
	came := posted(s.receive())
	if len(came) != 2 || came[1].Content.File.Title != "Will" {
		s.Fatalf("came %+v", came)
	}
	thread := s.MakeTopic("Ann")
	var contents []tenants.Content
	for i, m := range came {
		file := *m.Content.File
		file.Anew, file.Name, file.Title, file.Artist = true, "file.x", "", ""
		m.Content.File, m.Content.Text = &file, tenants.Plain(fmt.Sprint("caption ", i))
		contents = append(contents, m.Content)
		ref := tenants.MessageRef{Chat: s.Desk(), ID: s.sent(telegram.SendContent{To: telegram.To{Chat: s.Desk(), Thread: thread}, Content: m.Content})}
		s.neutral(ref, fmt.Sprint("caption ", i))
		m.Content.Text = tenants.Plain("edited")
		s.done(telegram.EditContent{Message: ref, Content: m.Content})
		s.neutral(ref, "edited")
	}
	out := s.done(telegram.SendAlbum{To: telegram.To{Chat: s.Desk(), Thread: thread}, Contents: []tenants.Content{contents[0], contents[0]}})
	s.together(s.Desk(), thread, out.Made, []string{"caption 0", "caption 0"})
	for _, id := range out.Made {
		s.neutral(tenants.MessageRef{Chat: s.Desk(), ID: id}, "caption 0")
	}
}

func (s *stage) neutral(ref tenants.MessageRef, caption string) {
	s.Helper()
	if shown := s.see(ref); shown.File != "file.x" || shown.Tags != "" || shown.Text.Text != caption {
		s.Errorf("arrived as %+v", shown)
	}
}

func edit(s *stage) {
	s.receive()
	ref := tenants.MessageRef{Chat: s.private(), ID: s.sent(say(s.private(), 0, "first"))}
	out := s.done(telegram.EditContent{Message: ref, Content: words("second")})
	if out.Content != nil && out.Content.Text.Text != "second" {
		s.Errorf("the edit returned %+v", out.Content)
	}
	if shown := s.see(ref); shown.Text.Text != "second" {
		s.Errorf("text is %q", shown.Text.Text)
	}

	s.Post(s.Client(), s.private(), 0, 0, fileOf(tenants.KindDocument, "a.pdf", ""))
	s.Post(s.Client(), s.private(), 0, 0, fileOf(tenants.KindDocument, "b.pdf", ""))
	files := posted(s.receive())
	if len(files) != 2 {
		s.Fatalf("%d files came", len(files))
	}
	document := files[0].Content
	ref.ID = s.sent(telegram.SendContent{To: telegram.To{Chat: s.private()}, Content: document})
	document.File, document.Text = nil, tenants.Plain("caption")
	s.done(telegram.EditContent{Message: ref, Content: document})
	if shown := s.see(ref); shown.Text.Text != "caption" || shown.File != "a.pdf" {
		s.Errorf("after editing the caption: %+v", shown)
	}
	document.File = files[1].Content.File
	s.done(telegram.EditContent{Message: ref, Content: document})
	if shown := s.see(ref); shown.Text.Text != "caption" || shown.File != "b.pdf" {
		s.Errorf("after replacing the file: %+v", shown)
	}
}

func editSame(s *stage) {
	ref := tenants.MessageRef{Chat: s.private(), ID: s.sent(say(s.private(), 0, "first"))}
	s.done(telegram.EditContent{Message: ref, Content: words("first")})
}

func editOthers(s *stage) {
	id := s.Post(s.Operator(), s.Desk(), 0, 0, words("mine"))[0]
	ref := tenants.MessageRef{Chat: s.Desk(), ID: id}
	s.refused(telegram.EditContent{Message: ref, Content: words("yours")}, tenants.AsNone)
	if shown := s.see(ref); shown.Text.Text != "mine" {
		s.Errorf("text is %q", shown.Text.Text)
	}
	s.done(telegram.DeleteMessages{Chat: ref.Chat, Messages: []tenants.MessageID{ref.ID}})
	s.refused(telegram.EditContent{Message: ref, Content: words("gone")}, tenants.AsNone)
}

// probe asks whose messages are; a login that can repeat a send without doubling it
// need not.
func probe(s *stage) {
	if s.gateway.Abilities().Idempotent {
		return
	}
	theirs := s.Post(s.Operator(), s.Desk(), 0, 0, words("mine"))[0]
	buttons := []telegram.Button{{Text: "Send", Data: "send:1"}}
	plain := s.sent(say(s.Desk(), 0, "plain"))
	keyed := s.sent(telegram.SendContent{To: telegram.To{Chat: s.Desk(), Buttons: buttons}, Content: words("keyed")})
	for _, test := range []struct {
		id      tenants.MessageID
		buttons []telegram.Button
		show    bool
		want    tenants.Probe
	}{
		{plain, nil, false, tenants.Ours},
		{keyed, buttons, false, tenants.Ours},
		{keyed, buttons, true, tenants.Ours},
		{keyed, buttons, false, tenants.Ours}, // as it was before it was shown
		{plain, buttons, false, tenants.Changed},
		{theirs, nil, false, tenants.Theirs},
		{theirs, nil, true, tenants.Theirs},
		{keyed + 50, nil, false, tenants.Missing},
	} {
		call := telegram.Probe{Message: tenants.MessageRef{Chat: s.Desk(), ID: test.id}, Buttons: test.buttons, Show: test.show}
		out := s.done(call)
		if out.Probed != (tenants.Probed{ID: test.id, Is: test.want}) {
			s.Errorf("%+v: %+v", test, out.Probed)
		}
		if test.show && test.want == tenants.Ours && (out.Content == nil || out.Content.Text.Text != "keyed") {
			s.Errorf("it was shown as %+v", out.Content)
		}
	}
}

func remove(s *stage) {
	ref := tenants.MessageRef{Chat: s.private(), ID: s.sent(say(s.private(), 0, "oops"))}
	s.done(telegram.DeleteMessages{Chat: ref.Chat, Messages: []tenants.MessageID{ref.ID}})
	if shown, there := s.find(ref); there {
		s.Errorf("still there: %+v", shown)
	}
	s.done(telegram.DeleteMessages{Chat: ref.Chat, Messages: []tenants.MessageID{ref.ID}})
}

func react(s *stage) {
	id := s.Post(s.Operator(), s.Desk(), 0, 0, words("good news"))[0]
	ref := tenants.MessageRef{Chat: s.Desk(), ID: id}
	for _, emoji := range []string{"👍", "👀"} {
		s.done(telegram.SetReaction{Message: ref, Emoji: emoji})
		if shown := s.see(ref); !slices.Equal(shown.Reactions, []string{emoji}) {
			s.Errorf("reactions %q", shown.Reactions)
		}
	}
	s.done(telegram.SetReaction{Message: ref})
	if shown := s.see(ref); len(shown.Reactions) != 0 {
		s.Errorf("reactions %q", shown.Reactions)
	}
}

func topicLife(s *stage) {
	s.receive()
	desk := s.Desk()
	thread := s.done(telegram.OpenTopic{Chat: desk, Title: "Ann", Color: 7322096}).Thread
	if thread == 0 {
		s.Fatal("no thread")
	}
	s.topicIs(thread, "Ann", true)
	s.sent(say(desk, thread, "welcome"))
	for range 2 { // the second time nothing changes, which is fine
		s.done(telegram.RenameTopic{Chat: desk, Thread: thread, Title: "Ann!"})
		s.topicIs(thread, "Ann!", true)
	}
	for range 2 {
		s.done(telegram.SetTopicOpen{Chat: desk, Thread: thread, Open: false})
		s.topicIs(thread, "Ann!", false)
	}
	for range 2 {
		s.done(telegram.SetTopicOpen{Chat: desk, Thread: thread, Open: true})
		s.topicIs(thread, "Ann!", true)
	}
	updates := s.receive()
	for kind, want := range map[tenants.Service]int{
		tenants.ServiceTopicCreated: 1, tenants.ServiceTopicEdited: 1,
		tenants.ServiceTopicClosed: 1, tenants.ServiceTopicReopened: 1,
	} {
		messages := service(updates, kind)
		if len(messages) != want {
			s.Errorf("%d × %s", len(messages), kind)
		}
		for _, message := range messages {
			if message.Thread != thread || !message.Own {
				s.Errorf("%s came as %+v", kind, message)
			}
		}
	}
}

func (s *stage) topicIs(thread tenants.ThreadID, title string, open bool) {
	s.Helper()
	gotTitle, gotOpen, exists := s.Topic(thread)
	if !exists || gotTitle != title || gotOpen != open {
		s.Errorf("topic %q, open %v, exists %v; want %q, %v", gotTitle, gotOpen, exists, title, open)
	}
}

// sendAtOnce: a gateway is used by many at a time, and while it receives.
func sendAtOnce(s *stage) {
	var wait sync.WaitGroup
	outcomes := make([]tenants.Outcome, 8)
	for i := range outcomes {
		key, call := s.key(), say(s.Desk(), 0, fmt.Sprint("message ", i))
		wait.Go(func() { outcomes[i] = s.gateway.Try(context.Background(), key, call) })
	}
	if _, err := s.gateway.Receive(context.Background(), s.state); err != nil {
		s.Errorf("Receive beside: %v", err)
	}
	wait.Wait()
	made := map[tenants.MessageID]bool{}
	for _, out := range outcomes {
		if out.Kind != tenants.Done || len(out.Made) != 1 || made[out.Made[0]] {
			s.Fatalf("outcome %+v", out)
		}
		made[out.Made[0]] = true
	}
	if got := len(s.Read(s.Desk())); got != len(outcomes) {
		s.Errorf("%d messages arrived", got)
	}
}
