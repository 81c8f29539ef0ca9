//go:build mtproto

package mtproto_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"reflect"
	"strings"
	"testing"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/actors/telegram/conformance"
	"topicdesk/actors/telegram/mtproto"
	"topicdesk/tenants"
)

// newWorld is a centre with a gateway that was asked once, so that updates begin.
func newWorld(t *testing.T, knobs knobs, poll time.Duration) (*world, []byte) {
	t.Helper()
	c := newCentre()
	c.knobs = knobs
	w := &world{centre: c, t: t, gateway: c.open(t, poll, theFront().made)}
	batch, err := w.gateway.Receive(t.Context(), nil)
	if err != nil || len(batch.Updates) != 0 || len(batch.State) == 0 {
		t.Fatalf("the first batch is %+v, error %v", batch, err)
	}
	return w, batch.State
}

func words(text string) tenants.Content {
	return tenants.Content{Kind: tenants.KindText, Text: tenants.Plain(text)}
}

// texts are those of new messages.
func texts(updates []tenants.Update) (out []string) {
	for _, one := range updates {
		if event, is := one.Event.(tenants.Posted); is {
			out = append(out, event.Message.Content.Text.Text)
		}
	}
	return out
}

func (w *world) receive(state []byte) telegram.Batch {
	w.t.Helper()
	batch, err := w.gateway.Receive(w.t.Context(), state)
	if err != nil {
		w.t.Fatal(err)
	}
	return batch
}

// TestPushes: a push ends the waiting, in each kind of box; what it brings comes
// from the box.
func TestPushes(t *testing.T) {
	w, state := newWorld(t, knobs{}, time.Hour)
	thread := w.MakeTopic("Ann")
	steps := map[string]func(){
		"a private chat": func() { w.Post(w.client, tenants.ChatID(w.client), 0, 0, words("hello")) },
		"a basic group":  func() { w.Post(w.operator, w.group.Chat, 0, 0, words("hello")) },
		"a supergroup":   func() { w.Post(w.operator, w.desk.Chat, thread, 0, words("hello")) },
	}
	for name, post := range steps {
		t.Run(name, func(t *testing.T) {
			post()
			for {
				batch := w.receive(state)
				state = batch.State
				if got := texts(batch.Updates); len(got) > 0 && got[len(got)-1] == "hello" {
					return
				}
			}
		})
	}
}

// TestPressIsPushed: a press is brought until it is confirmed, with its topic.
func TestPressIsPushed(t *testing.T) {
	w, state := newWorld(t, knobs{}, time.Hour)
	thread := w.MakeTopic("Ann")
	out := w.gateway.Try(t.Context(), 1, telegram.SendContent{
		To:      telegram.To{Chat: w.desk.Chat, Thread: thread, Buttons: []telegram.Button{{Text: "Send", Data: "send:9"}}},
		Content: words("press"),
	})
	if out.Kind != tenants.Done || len(out.Made) != 1 {
		t.Fatalf("outcome %+v", out)
	}
	w.Press(w.operator, tenants.MessageRef{Chat: w.desk.Chat, ID: out.Made[0]}, "send:9")
	pressed := func(state []byte) (tenants.Update, telegram.Batch) {
		for {
			batch := w.receive(state)
			for _, one := range batch.Updates {
				if _, is := one.Event.(tenants.Pressed); is {
					return one, batch
				}
			}
			state = batch.State
		}
	}
	first, batch := pressed(state)
	want := tenants.Pressed{
		Query: first.Event.(tenants.Pressed).Query, By: tenants.Person{ID: w.operator, First: "Olga"}, Thread: thread,
		Message: tenants.MessageRef{Chat: w.desk.Chat, ID: out.Made[0]}, Data: "send:9",
	}
	if first.Event != want {
		t.Errorf("the press is %+v, want %+v", first.Event, want)
	}
	if second, _ := pressed(state); !reflect.DeepEqual(first, second) {
		t.Errorf("not confirmed, it came again as %+v", second)
	}
	w.Post(w.operator, w.desk.Chat, 0, 0, words("later"))
	for state = batch.State; ; {
		batch := w.receive(state)
		state = batch.State
		for _, one := range batch.Updates {
			if one.ID == first.ID {
				t.Fatal("it came after it was confirmed")
			}
		}
		if got := texts(batch.Updates); len(got) > 0 && got[len(got)-1] == "later" {
			return
		}
	}
}

// TestAnotherProcess: who goes on with a committed state gets what came since,
// under the same numbers, and needs no second login.
func TestAnotherProcess(t *testing.T) {
	w, state := newWorld(t, knobs{deaf: true}, -1)
	w.Post(w.client, tenants.ChatID(w.client), 0, 0, words("one"))
	w.Post(w.operator, w.desk.Chat, 0, 0, words("two"))
	batch := w.receive(state)
	if got := texts(batch.Updates); !reflect.DeepEqual(got, []string{"one", "two"}) {
		t.Fatalf("came %q", got)
	}
	w.Post(w.operator, w.desk.Chat, 0, 0, words("three"))
	w.Post(w.client, tenants.ChatID(w.client), 0, 0, words("four"))

	session := theFront().made
	w.gateway = w.open(t, -1, session)
	again := w.receive(state)
	if got := texts(again.Updates); !reflect.DeepEqual(got, []string{"one", "two", "three", "four"}) {
		t.Errorf("from the older state came %q", got)
	}
	for i, one := range batch.Updates {
		if one.ID != again.Updates[i].ID {
			t.Errorf("update %d came again as %d", one.ID, again.Updates[i].ID)
		}
	}
	w.gateway = w.open(t, -1, session)
	if got := texts(w.receive(batch.State).Updates); !reflect.DeepEqual(got, []string{"three", "four"}) {
		t.Errorf("from the committed state came %q", got)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.imported != 1 {
		t.Errorf("the token was used %d times", w.imported)
	}
}

// soon is how long a Receive waits that should not have to wait.
const soon = 5 * time.Second

// TestSlices: a box that Telegram tells in pieces is asked until its end.
func TestSlices(t *testing.T) {
	w, state := newWorld(t, knobs{deaf: true, slice: 3}, soon)
	want, got := map[string][]string{}, map[string][]string{}
	post := func(by tenants.UserID, chat tenants.ChatID, text string) {
		w.Post(by, chat, 0, 0, words(text))
		want[text[:1]] = append(want[text[:1]], text)
	}
	for i := range 10 {
		post(w.client, tenants.ChatID(w.client), fmt.Sprint("private ", i))
		post(w.operator, w.desk.Chat, fmt.Sprint("desk ", 2*i))
		post(w.operator, w.desk.Chat, fmt.Sprint("desk ", 2*i+1))
	}
	for more := true; more; {
		batch := w.receive(state)
		for _, text := range texts(batch.Updates) {
			got[text[:1]] = append(got[text[:1]], text)
		}
		state, more = batch.State, len(got["p"])+len(got["d"]) < 30 && len(batch.Updates) > 0
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("came %q", got)
	}
}

// TestOlderState: who asks with the state before the last gets the same again,
// at once, though nothing is pushed twice.
func TestOlderState(t *testing.T) {
	w, state := newWorld(t, knobs{deaf: true}, soon)
	state = w.receive(state).State
	w.Post(w.client, tenants.ChatID(w.client), 0, 0, words("one"))
	w.cutOff()
	first := w.receive(state)
	if got := texts(first.Updates); !reflect.DeepEqual(got, []string{"one"}) {
		t.Fatalf("came %q", got)
	}
	if again := w.receive(state); !reflect.DeepEqual(again, first) {
		t.Errorf("came again as %+v, was %+v", again, first)
	}
}

// cutOff ends the connection, and waits for another.
func (w *world) cutOff() {
	w.t.Helper()
	w.Spoil(conformance.RequestLost, 0)
	lost := telegram.SendContent{To: telegram.To{Chat: w.desk.Chat}, Content: words("lost")}
	if out := w.gateway.Try(w.t.Context(), 1, lost); out.Kind != tenants.Unsure {
		w.t.Fatalf("outcome %+v", out)
	}
	if _, err := w.gateway.Self(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// TestReconnection: what was missed while the connection was away is asked for.
func TestReconnection(t *testing.T) {
	w, state := newWorld(t, knobs{deaf: true}, soon)
	w.Post(w.operator, w.desk.Chat, 0, 0, words("before"))
	state = w.receive(state).State
	w.Post(w.operator, w.desk.Chat, 0, 0, words("missed"))
	w.cutOff()
	if got := texts(w.receive(state).Updates); !reflect.DeepEqual(got, []string{"missed"}) {
		t.Errorf("came %q", got)
	}
}

// TestCutAtOnce: a connection that ends before it has said a word ends no other.
func TestCutAtOnce(t *testing.T) {
	conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", theFront().port))
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	newWorld(t, knobs{}, -1)
}

// TestOwnTopicIsTold: nobody knocks for what an own call has said in a chat.
func TestOwnTopicIsTold(t *testing.T) {
	w, state := newWorld(t, knobs{deaf: true}, soon)
	state = w.receive(state).State
	out := w.gateway.Try(t.Context(), 1, telegram.OpenTopic{Chat: w.desk.Chat, Title: "Ann"})
	for _, one := range w.receive(state).Updates {
		if event, is := one.Event.(tenants.Posted); is && event.Message.Own && event.Message.Thread == out.Thread {
			return
		}
	}
	t.Errorf("nobody told of the topic %+v", out)
}

// TestTopicIsMadeOnce: the answer is lost, and the same call goes again.
func TestTopicIsMadeOnce(t *testing.T) {
	w, _ := newWorld(t, knobs{}, -1)
	call := telegram.OpenTopic{Chat: w.desk.Chat, Title: "Ann"}
	if out := w.gateway.Try(t.Context(), 1, telegram.RenameTopic{Chat: w.desk.Chat, Thread: w.MakeTopic("Bob"), Title: "Ben"}); out.Kind != tenants.Done {
		t.Fatalf("outcome %+v", out)
	}
	if _, err := w.gateway.Receive(t.Context(), w.receiveAll()); err != nil { // the desk's box is known now
		t.Fatal(err)
	}
	w.Spoil(conformance.AnswerLost, 0)
	if out := w.gateway.Try(t.Context(), 2, call); out.Kind != tenants.Unsure {
		t.Fatalf("outcome %+v", out)
	}
	out := w.gateway.Try(t.Context(), 2, call)
	if title, _, exists := w.Topic(out.Thread); out.Kind != tenants.Done || !exists || title != "Ann" {
		t.Errorf("outcome %+v, topic %q", out, title)
	}
}

// receiveAll confirms what there is, and is the state after it.
func (w *world) receiveAll() (state []byte) {
	w.t.Helper()
	for range 3 {
		state = w.receive(state).State
	}
	return state
}

// TestUnknownTwin: Telegram says that a key was used, and nobody can tell for
// which message. A text is done; a topic of unknown id is not to be used.
func TestUnknownTwin(t *testing.T) {
	w, _ := newWorld(t, knobs{forgetKeys: true}, -1)
	for key, call := range map[tenants.SendKey]telegram.Call{
		1: telegram.SendContent{To: telegram.To{Chat: tenants.ChatID(w.client)}, Content: words("hello")},
		2: telegram.OpenTopic{Chat: w.desk.Chat, Title: "Ann"},
	} {
		w.Spoil(conformance.AnswerLost, 0)
		if out := w.gateway.Try(t.Context(), key, call); out.Kind != tenants.Unsure {
			t.Fatalf("outcome %+v", out)
		}
		out := w.gateway.Try(t.Context(), key, call)
		want := tenants.Outcome{Kind: tenants.Done}
		if key == 2 {
			want = tenants.Outcome{Kind: tenants.Unsure, Why: out.Why}
		}
		if !reflect.DeepEqual(out, want) {
			t.Errorf("%T again: %+v, want %+v", call, out, want)
		}
	}
}

// TestMembers: in each kind of chat.
func TestMembers(t *testing.T) {
	w, _ := newWorld(t, knobs{}, -1)
	for _, chat := range []tenants.ChatID{w.desk.Chat, w.group.Chat, tenants.ChatID(w.client)} {
		if n, err := w.gateway.Members(t.Context(), chat); n != 2 || err != nil {
			t.Errorf("chat %d has %d members, error %v", chat, n, err)
		}
	}
	if _, err := w.gateway.Members(t.Context(), -4711); err == nil {
		t.Error("a chat of which nobody knows has members")
	}
}

// TestCustomReaction: a bot sets the plain emoji of a custom one, or none.
func TestCustomReaction(t *testing.T) {
	w, _ := newWorld(t, knobs{}, -1)
	ref := tenants.MessageRef{Chat: w.desk.Chat, ID: w.Post(w.operator, w.desk.Chat, 0, 0, words("good"))[0]}
	for custom, want := range map[string]tenants.Outcome{
		"53": {}, "54": {Kind: tenants.Refused, Reason: tenants.WhyNoReaction}, "no number": {Kind: tenants.Refused, Reason: tenants.WhyNoReaction},
	} {
		out := w.gateway.Try(t.Context(), 1, telegram.SetReaction{Message: ref, Custom: custom})
		why := out.Why
		if out.Why = ""; !reflect.DeepEqual(out, want) {
			t.Errorf("custom emoji %s: outcome %+v (%s)", custom, out, why)
		}
	}
	if got := w.Read(w.desk.Chat)[0].Reactions; !reflect.DeepEqual(got, []string{"👍"}) {
		t.Errorf("reactions %q", got)
	}
}

// TestNewFile: one that takes several requests arrives whole.
func TestNewFile(t *testing.T) {
	for _, size := range []int64{0, 1000, 100 << 20} {
		w, state := newWorld(t, knobs{}, -1)
		w.Post(w.client, tenants.ChatID(w.client), 0, 0, tenants.Content{Kind: tenants.KindDocument, File: &tenants.File{Name: "two parts"}})
		content := w.receive(state).Updates[0].Event.(tenants.Posted).Message.Content
		content.File.Anew, content.File.Name, content.File.Size = true, "file", size
		out := w.gateway.Try(t.Context(), 1, telegram.SendContent{To: telegram.To{Chat: w.desk.Chat}, Content: content})
		if out.Kind != tenants.Done {
			t.Fatalf("said to have %d bytes: outcome %+v", size, out)
		}
		if got := w.Read(w.desk.Chat)[0]; got.File != "file" || got.Kind != tenants.KindDocument {
			t.Errorf("arrived as %+v", got)
		}
	}
}

// TestWrongToken: Run ends, and everybody is told why; the token is in no error.
func TestWrongToken(t *testing.T) {
	c := newCentre()
	secret := strings.Repeat("B", 35)
	gateway, err := mtproto.New(mtproto.Options{
		Token: fmt.Sprintf("%d:%s", c.login, secret), AppID: 1, AppHash: "hash", Session: theFront().made, CallTimeout: time.Minute,
		Centre: &mtproto.Centre{ID: dc, IP: "127.0.0.1", Port: theFront().port, Key: &theFront().key.PublicKey},
	})
	if err != nil {
		t.Fatal(err)
	}
	var refusal *telegram.ReceiveError
	if err := gateway.Run(t.Context()); !errors.As(err, &refusal) || refusal.Outcome.Gone != tenants.GoneLogin {
		t.Errorf("Run: %v", err)
	}
	out := gateway.Try(t.Context(), 1, telegram.DeleteMessages{Chat: 1, Messages: []tenants.MessageID{1}})
	_, err = gateway.Receive(t.Context(), nil)
	if out.Kind != tenants.Gone || out.Gone != tenants.GoneLogin || !errors.As(err, &refusal) {
		t.Errorf("afterwards: %+v, %v", out, err)
	}
	if strings.Contains(out.Why+err.Error(), secret) {
		t.Errorf("the token is in %q or %v", out.Why, err)
	}
}

// TestOutsideRun: without a connection nothing is sent, and nobody waits for
// longer than was asked.
func TestOutsideRun(t *testing.T) {
	c := newCentre()
	call := telegram.SendContent{To: telegram.To{Chat: tenants.ChatID(c.client)}, Content: words("hello")}
	var gateway *mtproto.Gateway
	t.Run("while it runs", func(t *testing.T) {
		gateway = c.open(t, -1, theFront().made)
		if _, err := gateway.Self(t.Context()); err != nil {
			t.Error(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if out := gateway.Try(ctx, 1, call); out.Kind != tenants.NotSent {
			t.Errorf("cancelled before: outcome %+v", out)
		}
	})
	if out := gateway.Try(t.Context(), 1, call); out.Kind != tenants.NotSent {
		t.Errorf("stopped: outcome %+v", out)
	}
	if got := len(c.telegram.Read(c.at(tenants.ChatID(c.client)))); got != 0 {
		t.Errorf("%d messages were sent", got)
	}
}

func TestOptions(t *testing.T) {
	good := mtproto.Options{Token: tokenOf(1), AppID: 1, AppHash: "hash", Session: new(vault)}
	if _, err := mtproto.New(good); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*mtproto.Options){
		"no token":   func(o *mtproto.Options) { o.Token = "secret" },
		"no app":     func(o *mtproto.Options) { o.AppID = 0 },
		"no hash":    func(o *mtproto.Options) { o.AppHash = "" },
		"no session": func(o *mtproto.Options) { o.Session = nil },
	} {
		options := good
		spoil(&options)
		if _, err := mtproto.New(options); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// TestStates: a state of something else is refused, not guessed at.
func TestStates(t *testing.T) {
	w, _ := newWorld(t, knobs{}, -1)
	for _, state := range []string{"12345678", "{}", `{"pts":0,"date":1}`, "null"} {
		if _, err := w.gateway.Receive(t.Context(), []byte(state)); err == nil {
			t.Errorf("state %s was taken", state)
		}
	}
}
