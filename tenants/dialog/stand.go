package dialog

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// StandChanged decides that a connection can or can't work in a group of the
// team any more, as Telegram told by itself; was is what is known so far. words
// are said by speaker in the chat to: in the group, or to the administrator in
// private; 0 = nowhere.
func StandChanged(s Stand, was Lack, words tenants.Text, speaker tenants.ConnectionID, to tenants.ChatID, f Facts) Decision {
	if s.Lack == was {
		return Decision{}
	}
	s.Resume = was == LacksPlace || s.Lack == LacksNothing
	d := Decision{Stand: &s}
	if to != 0 {
		d.Jobs = []Job{noteJob(speaker, to, words, s.Lack == LacksNothing, f.Now)}
	}
	return d
}

// lacking notes what was found out by sending into a group, and tells the
// administrator in private: in the group nothing can be said. What is known is
// told once.
func lacking(j *Job, lack Lack, words string, f Facts) Decision {
	if f.Lack != LacksNothing {
		return Decision{}
	}
	d := Decision{Stand: &Stand{Connection: j.Connection, Group: j.Chat, Lack: lack}}
	if f.Administrator != 0 {
		d.Jobs = []Job{noteJob(j.Connection, tenants.ChatID(f.Administrator), tenants.Plain(words), false, f.Now)}
	}
	return d
}

// outOfGroup: nothing goes into a group of which we are no member. If new topics
// are made in another one, the dialog goes there; else it waits.
func outOfGroup(j *Job, f Facts) Settlement {
	st := pause(PauseChat, f.Now.Add(goneWait), "the group is gone, or we are out of it")
	st.Decision = lacking(j, LacksPlace, f.words(say.NoteOutOfGroup), f)
	if f.Newest == 0 || f.Newest == j.Chat {
		return st
	}
	if j.Lane.Dialog == 0 {
		return doneElsewhere(j, st, f)
	}
	switch e := j.Effect.(type) {
	case *Send:
		st.Decision.Topic = topicLost()
	case *Edit:
		st.Decision.Topic, st.Effect = topicLost(), newVersion(e)
	case *Open: // it is made in the other group
	case *Rename, *SetOpen: // the dialog goes when it goes on, and gets its title there
		st.Verdict = Retire
		return st
	case *React, *Delete, *AnswerPress:
		return st
	default:
		panic("dialog: unknown effect")
	}
	st.Pause, st.After, st.Decision.Regroup = PauseNone, time.Time{}, f.Newest
	return st
}

// doneElsewhere ends what was to be done in General of a group that is gone, of which
// nobody may ever come back: a note goes to General of the group where new topics are
// made, and who waits for the waiting room to that group's. The rest is dropped, and
// answers to somebody are with what they answered.
func doneElsewhere(j *Job, st Settlement, f Facts) Settlement {
	moved := Settlement{Verdict: Retire, Why: st.Why, Decision: st.Decision}
	open, opens := j.Effect.(*Open)
	s, sends := j.Effect.(*Send)
	switch {
	case opens && open.Room:
		moved.Decision.Room = &RoomChange{Group: j.Chat, Elsewhere: f.Newest, Connection: j.Connection}
	case sends && s.Reply == Reply{}:
		note := noteJob(j.Connection, f.Newest, s.Parts[0].Content.Text, s.Silent, f.Now)
		moved.Decision.Jobs = append(moved.Decision.Jobs, note)
	default:
		moved.Decision.Dropped = "group_gone"
	}
	return moved
}

// works notes that what a connection lacked in a group is there again, if what
// was done shows it: a member without rights may write, but make no topic.
func works(j *Job, f Facts) *Stand {
	if f.Helper != 0 {
		return nil // it says nothing about the connection
	}
	_, opened := j.Effect.(*Open)
	if f.Lack == LacksPlace || f.Lack == LacksRights && opened {
		return &Stand{Connection: j.Connection, Group: j.Chat, Resume: true}
	}
	return nil
}

// inPrivate sends the administrator what General would not take, because it is
// closed. Answers to somebody are dropped: whoever asked has seen that it is.
func inPrivate(j *Job, f Facts) Decision {
	d := Decision{Dropped: "general_closed"}
	s, ok := j.Effect.(*Send)
	if !ok || s.Reply != (Reply{}) || f.Administrator == 0 {
		return d
	}
	words := joinLines(italic(f.words(say.NoteGeneralClosed)), s.Parts[0].Content.Text)
	d.Jobs = []Job{noteJob(j.Connection, tenants.ChatID(f.Administrator), words, s.Silent, f.Now)}
	return d
}

// noteJob puts a note of the relay into General, or into a private chat with
// the administrator. Such notes are rare, and an answer to somebody may be behind
// them, so they go as soon as one.
func noteJob(c tenants.ConnectionID, chat tenants.ChatID, words tenants.Text, silent bool, now time.Time) Job {
	return Job{
		Lane: Lane{Group: chat, Side: ToTopic}, Connection: c, Chat: chat, Class: ClassAnswer,
		Effect: ownSend(words, silent), Origin: OfRelay, Decided: now,
	}
}
