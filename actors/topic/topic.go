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
type Topic struct{ opt Options }

// Spawn starts a topic actor.
func Spawn(opt Options) actors.Ref[Message] {
	t := &Topic{opt}
	return actors.Spawn(opt.System, opt.ID, actors.Each(t.handle), opt.Crashed)
}

func (t *Topic) handle(m Message) {
	switch m := m.(type) {
	case Heard:
		t.heard(m)
	case Make:
		t.pass(0, dialog.OpenTopic(m.Topic, m.Connection, m.Facts))
	default:
		panic(fmt.Sprintf("topic: unexpected %T", m))
	}
}

func (t *Topic) heard(m Heard) {
	d, hand := dialog.InTopic(m.Topic, m.Message, m.Edited, m.Facts)
	switch hand.Kind {
	case dialog.HandNone:
		t.opt.Chat.Tell(chat.Spoken{By: m.Message.From.ID})
		t.pass(m.Route, d)
	case dialog.HandAnswer:
		t.opt.Chat.Tell(chat.Answer{Route: m.Route, Message: m.Message, Edited: m.Edited, Facts: m.Facts})
	case dialog.HandCommand:
		t.opt.Chat.Tell(chat.Command{Route: m.Route, Message: m.Message, Call: hand.Call, Facts: m.Facts})
	case dialog.HandTitle:
		t.opt.Chat.Tell(chat.Named{Route: m.Route, Message: m.Message, Name: hand.Name, Facts: m.Facts})
	default:
		panic(fmt.Sprintf("topic: hand %d", hand.Kind))
	}
}

func (t *Topic) pass(r lane.Route, d dialog.Decision) {
	t.opt.Pass(lane.Commit{Dialog: t.opt.Dialog, Route: r, Decision: d})
}
