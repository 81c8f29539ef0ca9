package telegram

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// FuzzActs lets people and a bot do anything, sense or not, and checks what
// must hold whatever happens.
func FuzzActs(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed, 300)
	}
	f.Fuzz(func(t *testing.T, seed uint64, steps int) {
		runActs(t, seed, min(steps, 1000))
	})
}

type actor struct {
	*scene
	r      *rand.Rand
	people []int64
	chats  []int64 // of the forum's people: groups and the bot
}

func runActs(t *testing.T, seed uint64, steps int) {
	a := &actor{scene: newScene(t, Options{Seed: seed}), r: rand.New(rand.NewPCG(seed, 1))}
	a.people = []int64{a.ann, a.cli}
	a.chats = []int64{a.bot, a.forum, a.w.NewGroup(a.ann, "G", a.bot, a.cli), a.w.NewSupergroup(a.ann, "S", a.bot), a.w.NewChannel(a.ann, "C")}
	names := Methods()
	for range steps {
		a.after(time.Duration(a.r.IntN(4000)) * time.Millisecond)
		if a.r.IntN(2) == 0 {
			a.bots(names[a.r.IntN(len(names))])
		} else {
			a.persons()
		}
	}
	a.invariants()
}

func (a *actor) pick(ids []int64) int64 { return ids[a.r.IntN(len(ids))] }

// bots calls a method with arguments that may or may not make sense.
func (a *actor) bots(method string) {
	chats := append([]int64{a.cli, a.ann, 5}, a.chats[1:]...)
	id := 1 + a.r.IntN(40)
	answer := a.call(method,
		"chat_id", a.pick(chats), "from_chat_id", a.pick(chats), "message_id", id, "message_ids", []int{id, id + 1},
		"message_thread_id", a.r.IntN(30), "text", "t", "name", "n"+fmt.Sprint(a.r.IntN(5)), "user_id", a.pick(append(a.people, a.bot)),
		"photo", upload("x"), "document", upload("y"), "action", "typing", "latitude", 1, "longitude", 2,
		"reaction", `[{"type":"emoji","emoji":"👍"}]`, "question", "q", "options", []string{"a", "b"}, "caption", "c",
		"media", []map[string]string{{"type": "photo", "media": "attach://photo"}, {"type": "photo", "media": "attach://photo"}},
		"phone_number", "1", "first_name", "f", "url", "", "reply_to_message_id", a.r.IntN(30), "allow_sending_without_reply", true)
	if !answer.OK && (answer.Code < 400 || answer.Description == "") {
		a.t.Fatalf("%s: %+v", method, answer)
	}
}

// persons does what a person can do; being refused is fine.
func (a *actor) persons() {
	who, chat, id := a.pick(a.people), a.pick(a.chats), 1+a.r.IntN(40)
	group := a.pick(a.chats[1:])
	switch a.r.IntN(18) {
	case 0, 1, 2:
		_, _ = a.w.Send(who, chat, Post{Content: TextOf("hi"), ReplyTo: a.r.IntN(10)})
	case 3:
		_, _ = a.w.Send(who, a.forum, Post{Content: MediaOf(&File{Kind: KindPhoto}, "c"), Topic: a.r.IntN(30)})
	case 4:
		_ = a.w.Edit(who, chat, id, TextOf("edited"))
	case 5:
		_ = a.w.Delete(who, chat, id)
	case 6:
		_ = a.w.React(who, chat, id, "👍")
	case 7:
		_, _ = a.w.Forward(who, chat, 0, a.pick(a.chats), id)
	case 8:
		a.w.Block(a.cli, a.bot)
	case 9:
		a.w.Unblock(a.cli, a.bot)
	case 10:
		_, _ = a.w.CreateTopic(who, a.forum, "t", 0)
	case 11:
		_ = a.w.CloseTopic(who, a.forum, a.r.IntN(30))
	case 12:
		_ = a.w.DeleteTopic(who, a.forum, a.r.IntN(30))
	case 13:
		_ = a.w.Promote(a.ann, group, a.bot, AllRights(), "")
	case 14:
		_ = a.w.Kick(a.ann, group, a.cli)
	case 15:
		_ = a.w.AddMember(a.ann, group, a.cli)
	case 16:
		_ = a.w.Pin(who, chat, id)
	case 17:
		if next, err := a.w.Upgrade(a.ann, group); err == nil {
			a.chats = append(a.chats, next)
		}
	}
}

func (a *actor) invariants() {
	for _, chat := range a.chats {
		for _, who := range a.people {
			last := 0
			for _, m := range a.w.View(who, chat, AllTopics) {
				if m.ID <= last {
					a.t.Fatalf("chat %d: %d after %d", chat, m.ID, last)
				}
				last = m.ID
			}
		}
	}
	last := 0
	for _, u := range a.w.Peek(a.bot, 0, maxQueued) {
		if last > 0 && u.ID != last+1 {
			a.t.Fatalf("update %d after %d", u.ID, last)
		}
		last = u.ID
	}
	sent := map[int64][]time.Time{}
	for _, e := range a.w.Log() {
		if e.Event == EventCall && e.Code == 200 && e.Chat == a.forum && e.Method == "sendMessage" {
			sent[e.Chat] = append(sent[e.Chat], e.At)
		}
	}
	for _, times := range sent {
		for i := 20; i < len(times); i++ {
			if times[i].Sub(times[i-20]) < time.Minute {
				a.t.Fatal("more than 20 messages a minute")
			}
		}
	}
}
