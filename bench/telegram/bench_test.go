package telegram

import (
	"strconv"
	"testing"
)

// One call of a relay's kind and one update, in process: the figure
// calls_per_s_inproc is 10^9 over its ns/op.
func BenchmarkCall(b *testing.B) {
	w := New(Options{Seed: 1, Knobs: unlimitedKnobs(), NoLog: true, KeepMessages: 1000})
	ann := w.NewUser(Person{FirstName: "Ann"})
	cli := w.NewUser(Person{FirstName: "Cli"})
	bot, token := w.NewBot(Robot{Name: "Desk"})
	forum := w.NewForum(ann, "Support", bot)
	if err := w.Promote(ann, forum, bot, AllRights(), ""); err != nil {
		b.Fatal(err)
	}
	topic, err := w.CreateTopic(ann, forum, "T", 0)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		id, err := w.Say(cli, bot, 0, "hello there")
		if err != nil {
			b.Fatal(err)
		}
		a := w.Call(token, "copyMessage", Args{Values: map[string]string{
			"chat_id": strconv.FormatInt(forum, 10), "message_thread_id": strconv.Itoa(topic),
			"from_chat_id": strconv.FormatInt(cli, 10), "message_id": strconv.Itoa(id),
		}})
		if !a.OK {
			b.Fatal(a.Description)
		}
		for _, u := range w.Peek(bot, 0, 10) {
			w.Discard(bot, u.ID)
		}
	}
}

func BenchmarkSendMessage(b *testing.B) {
	w := New(Options{Seed: 1, Knobs: unlimitedKnobs(), NoLog: true, KeepMessages: 1000})
	cli := w.NewUser(Person{FirstName: "Cli"})
	bot, token := w.NewBot(Robot{Name: "Desk"})
	if _, err := w.Start(cli, bot, ""); err != nil {
		b.Fatal(err)
	}
	args := ArgsOf("chat_id", cli, "text", "hello there")
	b.ReportAllocs()
	for b.Loop() {
		if a := w.Call(token, "sendMessage", args); !a.OK {
			b.Fatal(a.Description)
		}
	}
}

// BenchmarkChat makes one more person who has written to a bot: its bytes
// are what a known chat costs.
func BenchmarkChat(b *testing.B) {
	w := New(Options{Seed: 1, NoLog: true, KeepMessages: 1000})
	bot, _ := w.NewBot(Robot{Name: "Desk"})
	b.ReportAllocs()
	for b.Loop() {
		u := w.NewUser(Person{FirstName: "U"})
		if _, err := w.Start(u, bot, ""); err != nil {
			b.Fatal(err)
		}
		for _, q := range w.Peek(bot, 0, 1) {
			w.Discard(bot, q.ID)
		}
	}
}
