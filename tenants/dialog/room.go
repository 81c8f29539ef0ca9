package dialog

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// The waiting room is one topic of a group for clients who come when too many
// others just came: Telegram bans bots that make topics in bursts. What they
// write is there under their names, and a reply reaches whom it replies to. A
// dialog leaves it for a topic of its own with an answer of ours, or with its
// next message when the wave is over.

// house decides, before something of the client is relayed, whether a dialog
// without a topic gets one of its own now, and tells that it left the room.
func (d *draft) house() (left bool) {
	switch {
	case d.s.Group == 0, d.had && !d.s.Rare.Room:
		return false
	case d.f.Crowded:
		d.s.Rare.Room = true
		return false
	default:
		return d.own()
	}
}

// own gives the dialog a topic of its own from now on, and tells that it left
// the room for it: then what was said there is shown once more.
func (d *draft) own() (left bool) {
	if d.out.Topic == nil {
		d.out.Topic = &TopicChange{}
	}
	d.out.Topic.Asked = true
	if left = d.s.Rare.Room; left {
		d.s.Rare.Room, d.out.Topic.Anew = false, &left
	}
	return left
}

// roomLine is who writes, before a message in the waiting room.
func (d *draft) roomLine(m *tenants.Message) tenants.Text {
	name := tenants.Bold(d.roomName())
	if m.Chat.Kind != tenants.Group {
		return name
	}
	return name.Append(tenants.Plain(" · ")).Append(d.author(m))
}

// roomName is the name by which a dialog goes in the waiting room.
func (d *draft) roomName() string {
	if name := cleanTitle(d.shown()); name != "" {
		return name
	}
	return d.words(say.Nameless)
}

// ofRoom puts the dialog's name before a note of ours in the waiting room.
func (d *draft) ofRoom(s *Send) *Send {
	if !d.s.Rare.Room || s.Reply != (Reply{}) {
		return s
	}
	named := rewritten(s, func(c tenants.Content) tenants.Content { return prefixed(tenants.Bold(d.roomName()), c) })
	return &named
}

// leaveRoom gives a dialog of the waiting room its topic: our side has answered.
func (d *draft) leaveRoom() {
	if !d.s.Rare.Room {
		return
	}
	d.own()
	d.note(d.words(say.NoteFromRoom))
	d.beginning()
}

// IsRoomTitle tells that a topic has the name of a waiting room, in any language:
// LANGUAGE may have changed since it was asked for.
func IsRoomTitle(title string) bool { return tenants.Said(title, say.RoomTitle) }

// OpenRoom decides that a group's waiting room is to be made.
func OpenRoom(c tenants.ConnectionID, group tenants.ChatID, now time.Time, v tenants.Voice) Decision {
	return Decision{Jobs: []Job{{
		Lane: Lane{Group: group, Side: ToTitle}, Connection: c, Chat: group, Class: ClassClient,
		Effect: &Open{Room: true, Title: v.Say(say.RoomTitle)}, Origin: OfRelay, Decided: now,
	}}}
}

// Crowd tells in General, silently, that a wave of new clients has come.
func Crowd(c tenants.ConnectionID, group tenants.ChatID, limit int, now time.Time, v tenants.Voice) Decision {
	words := tenants.Plain(v.Say(say.RoomCrowd, say.Values{"n": limit, "room": v.Say(say.RoomTitle)}))
	return Decision{Jobs: []Job{noteJob(c, group, words, true, now)}}
}

// roomOpened is a waiting room made. If there is another one by now, the new one
// is not used.
func roomOpened(j *Job, thread tenants.ThreadID, f Facts) Decision {
	if f.Room != 0 && f.Room != thread {
		return Decision{Jobs: orphan(withEffect(j, nil), thread, f)}
	}
	return Decision{Room: &RoomChange{Group: j.Chat, Thread: thread}}
}

// lostRoom: like lostTopic, it is asked once more; then the room is made anew.
func lostRoom(j *Job, s *Send, attempt int, f Facts) Settlement {
	if attempt <= 1 {
		return Settlement{Verdict: Retry, After: f.Now.Add(firstRetry), Why: "Telegram does not find the waiting room; asked once more"}
	}
	return Settlement{
		Verdict: Retry, Why: "the waiting room is deleted",
		Decision: Decision{Room: &RoomChange{Group: j.Chat, Was: s.Room}},
	}
}

// closedRoom is opened before the message is tried again.
func closedRoom(j *Job, s *Send) Settlement {
	open := withEffect(j, &SetOpen{Thread: s.Room, Open: true})
	open.Source, open.Origin = tenants.MessageRef{}, OfRelay
	return Settlement{Verdict: Retry, Before: []Job{open}, Why: "the waiting room is closed"}
}

// inRoom is a message in the waiting room that is about nobody's.
func (p *post) inRoom() {
	p.inside()
	p.reply(tenants.Plain(p.words(say.RoomReplyOnly)), true)
}
