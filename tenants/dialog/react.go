package dialog

import (
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// Reacted decides that somebody's reactions on a message changed. A login has one
// reaction on a message: on the twin stands what was changed last, whoever did it,
// and whoever takes off the last of his takes off that. Facts.ReplyLink is the
// message's; Facts.Last tells that it is the client's last.
func Reacted(s State, e tenants.Reacted, f Facts) Decision {
	d := begin(s, f)
	if e.Message.Chat == f.ReplyLink.Topic.Chat {
		return d.operatorReacts(e)
	}
	return d.clientReacts(e)
}

// clientReacts shows a client's reaction on the twin: on an operator's message it
// takes the place of our signs. One that can't be shown is told.
func (d *draft) clientReacts(e tenants.Reacted) Decision {
	if why := d.barred(&tenants.Message{Chat: e.Chat, From: e.By, Sender: e.Sender}); why != "" || !d.hasTopic() {
		return Decision{Dropped: "reaction_barred"}
	}
	if d.banned(writerOf(&tenants.Message{From: e.By, Sender: e.Sender})) {
		return Decision{Dropped: "banned"}
	}
	on := d.f.ReplyLink.Topic
	switch mirror, ok := mirrored(e.Now); {
	case len(e.Now) == 0 && d.f.ReplyLink.Ours && d.f.Settings.Receipts:
		d.mark(on, signArrived)
	case len(e.Now) > 0 && (!ok || d.f.NoSigns):
		d.mark(on, "") // what stands there is not the client's any more
		d.say(d.f.reactionNote(on, e.Now[0]), ClassNote)
	default:
		mirror.Message, mirror.Client = on, true
		d.put(ToMark, ClassMark, &mirror, e.Message, OfClient)
	}
	return d.done()
}

// operatorReacts sets an operator's reaction on a client's message. What the team
// thinks of its own answers stays inside, and so does all where nothing goes out
// unasked.
func (d *draft) operatorReacts(e tenants.Reacted) Decision {
	if e.By.ID != 0 {
		d.out.Operator = e.By
	}
	if d.f.ReplyLink.Ours || d.s.listens() || d.s.Chat.Kind == tenants.Channel {
		return d.dropped("reaction_inside")
	}
	mirror, ok := mirrored(e.Now)
	if !ok {
		d.tell(e.Message, d.why(say.NotReacted, d.words(say.WhyNoReaction)), false)
		return d.done()
	}
	mirror.Message = d.f.ReplyLink.Client
	mirror.By = e.By.ID
	d.s.Rare.Reacted = 0
	if len(e.Now) > 0 && d.f.Last {
		d.s.Rare.Reacted = mirror.Message.ID
	}
	d.put(ToClient, ClassAnswer, &mirror, e.Message, OfOperator)
	return d.done()
}

// mirrored is the first of somebody's reactions that a bot may set: of those of
// Telegram's list, else a custom emoji, of which the gateway takes the plain one;
// none takes ours off. ok is false if there is nothing that can be set.
func mirrored(now []tenants.Reaction) (r React, ok bool) {
	listed := func(r tenants.Reaction) bool { return tenants.BotMayReact(r.Emoji) }
	custom := func(r tenants.Reaction) bool { return r.Custom != "" }
	for _, may := range []func(tenants.Reaction) bool{listed, custom} {
		if at := slices.IndexFunc(now, may); at >= 0 {
			return React{Emoji: now[at].Emoji, Custom: now[at].Custom}, true
		}
	}
	return React{}, len(now) == 0
}

// reactionNote tells of a reaction that can't be shown on the twin.
func (f Facts) reactionNote(on tenants.MessageRef, r tenants.Reaction) *Send {
	n := plainNote(f.reactedWords(r))
	n.Reply = Reply{Direct: on}
	return n
}

// cameReaction is an operator's reaction that has reached the client: on the
// client's last message it is an answer.
func (d *draft) cameReaction(e *React) {
	if d.s.Rare.Reacted == 0 || d.s.Rare.Reacted != e.Message.ID {
		return
	}
	d.s.Rare.Reacted = 0
	d.become(ReactedTo, e.By)
}

// reactionRefused is a sign or a reaction that the group does not take: of a
// client's, the team is told.
func reactionRefused(j *Job, e *React, o tenants.Outcome, f Facts) Settlement {
	st := Settlement{Verdict: Retire, Why: o.Why}
	switch {
	case e.Client && (e.Emoji != "" || e.Custom != ""):
		note := withEffect(j, f.reactionNote(e.Message, tenants.Reaction{Emoji: e.Emoji, Custom: e.Custom}))
		note.Lane.Side, note.Class, note.Origin = ToTopic, ClassNote, OfRelay
		note.Source, note.Decided = tenants.MessageRef{}, f.Now
		off := withEffect(j, &React{Message: e.Message})
		off.Origin, off.Decided = OfRelay, f.Now
		st.Decision.Jobs = []Job{off, note}
	case o.Reason == tenants.WhyNoReaction && slices.Contains(signs, e.Emoji):
		st.Decision.NoSigns = NoSigns{Group: j.Chat, Until: f.Now.Add(tenants.SignsPause)}
	}
	return st
}
