package topic

import (
	"fmt"

	"topicdesk/actors"
	"topicdesk/actors/chat"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Options are what a topic actor is made of.
type Options struct {
	System actors.System
	ID     string // unique name of the actor
	Dialog tenants.DialogID
	Chat   actors.Ref[chat.Message] // of the same dialog
	// Pass gives a commit to the group, on its way to the tenant.
	Pass    func(lane.Commit)
	Crashed func(actors.Crash)
}

// Topic is the state of the actor.
type Topic struct {
	opt    Options
	told   uint64 // messages that the tenant told
	handed uint64 // messages handed over to the chat
	serial uint64 // the own commits
}

// Spawn starts a topic actor.
func Spawn(opt Options) actors.Ref[Message] {
	t := &Topic{opt: opt}
	return actors.Spawn(opt.System, opt.ID, actors.Each(t.handle), opt.Crashed)
}

func (t *Topic) handle(m Message) {
	switch m := m.(type) {
	case Told:
		if m.Serial != t.told+1 {
			panic(fmt.Sprintf("topic: message %d of the tenant was not received, %d was", t.told+1, m.Serial))
		}
		t.told = m.Serial
		t.handle(m.Message)
	case Heard:
		t.heard(m)
	case Make:
		t.pass(m.Route, dialog.OpenTopic(m.Topic, m.Connection, m.Facts))
	default:
		panic(fmt.Sprintf("topic: unexpected %T", m))
	}
}

func (t *Topic) heard(m Heard) {
	d, hand := dialog.InTopic(m.Topic, m.Message, m.Edited, m.Facts)
	switch hand.Kind {
	case dialog.HandNone:
		if separates(m) {
			t.hand(chat.Spoken{By: m.Message.From.ID})
		}
		t.pass(m.Route, d)
	case dialog.HandAnswer:
		t.hand(chat.Answer{Route: m.Route, Message: m.Message, Edited: m.Edited, Facts: m.Facts})
	case dialog.HandCommand:
		t.hand(chat.Command{Route: m.Route, Message: m.Message, Call: hand.Call, Facts: m.Facts})
	case dialog.HandTitle:
		t.hand(chat.Named{Route: m.Route, Message: m.Message, Name: hand.Name, Facts: m.Facts})
	default:
		panic(fmt.Sprintf("topic: hand %d", hand.Kind))
	}
}

// separates tells that a message stands between two of the client's in the
// topic: an edit is no new line, and the lines of our own doings are deleted.
func separates(m Heard) bool {
	own := m.Message.Own && m.Message.Content.Kind == tenants.KindService
	return !m.Edited && !own
}

// hand gives the chat a message, numbered.
func (t *Topic) hand(m chat.Message) {
	t.handed++
	t.opt.Chat.Tell(chat.Handed{Serial: t.handed, Message: m})
}

func (t *Topic) pass(r lane.Route, d dialog.Decision) {
	t.serial++
	t.opt.Pass(lane.Commit{
		By: lane.Decider{Kind: lane.ByTopic, Dialog: t.opt.Dialog}, Serial: t.serial,
		Dialog: t.opt.Dialog, Route: r, Decision: d,
	})
}
