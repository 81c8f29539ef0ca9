package dialog

import (
	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// askPublish holds what an operator writes in the topic of a channel: a post is
// read by thousands, so somebody has to say that it is meant. Until then it is
// inside.
func (d *draft) askPublish(m *tenants.Message) *Decision {
	d.out.Hold = append(d.out.Hold, Held{Message: *m})
	about := Press{Dialog: d.s.ID, Message: m.ID}
	publish, keep := about, about
	publish.Verb, keep.Verb = PressPublish, PressKeep
	s := answerTo(m.Ref(), tenants.Plain(d.words(say.AskPublish)), false)
	s.Buttons = []Button{
		{Text: d.publishWords(d.shown()), Data: publish.Data()},
		{Text: d.words(say.ButtonKeep), Data: keep.Data()},
	}
	d.say(s, ClassAnswer)
	return d.keep(m, "")
}

// keepHeld leaves inside what waited for a choice.
func (d *draft) keepHeld(e tenants.Pressed) {
	for _, h := range d.f.Held {
		d.out.Unhold = append(d.out.Unhold, h.Message.Ref())
	}
	d.mark(d.f.Held[0].Message.Ref(), signInside)
	d.answerPress(e, d.words(say.PressedKeep))
}

// relayedThere tells an automatic forward into a discussion group of a post that
// the channel's own topic has.
func (d *draft) relayedThere(m *tenants.Message) bool { return m.AutoPost && d.f.PostRelayed }
