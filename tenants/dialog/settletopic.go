package dialog

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// SettleTopic decides what follows from one try of a job in a dialog's lanes
// into the group: its topic, the topic's title, signs. attempt counts the job's
// tries from 1.
func SettleTopic(t Topic, j Job, attempt int, o tenants.Outcome, f Facts) Settlement {
	if st, ok := byOthers(&j, o, f); ok {
		return st
	}
	switch o.Kind {
	case tenants.Done:
		if s, is := j.Effect.(*Send); is && o.Short && j.Origin == OfClient {
			if st, ok := whole(&j, s, o, f.Settings.Voice()); ok {
				return st
			}
		}
		st := Settlement{Verdict: Retire, Decision: topicDone(t, &j, o, f)}
		st.Decision.Stand = works(&j, f)
		return st
	case tenants.Unsure:
		if s, is := j.Effect.(*Send); is && s.Earlier {
			return Settlement{Verdict: Retire, Why: o.Why} // better missing than twice
		}
		return again(&j, attempt, o, f.Now)
	case tenants.Flood, tenants.NotSent:
		return again(&j, attempt, o, f.Now)
	case tenants.Moved:
		return groupMoved(&j, o)
	case tenants.Gone:
		return topicGone(t, &j, attempt, o, f)
	case tenants.Refused:
		return topicRefused(&j, o, f)
	default:
		panic("dialog: unknown outcome")
	}
}

// groupMoved goes after a group that got another id.
func groupMoved(j *Job, o tenants.Outcome) Settlement {
	return Settlement{
		Verdict:  Retry,
		Why:      "the group became a supergroup",
		Decision: Decision{Moved: []Move{{From: j.Chat, To: o.Chat}}},
	}
}

// topicDone is what Telegram has done.
func topicDone(t Topic, j *Job, o tenants.Outcome, f Facts) Decision {
	switch e := j.Effect.(type) {
	case *Open:
		return opened(t, j, e, o, f)
	case *Rename:
		if e.Thread != 0 {
			return Decision{}
		}
		return Decision{Topic: &TopicChange{Set: setTitle(t, e.Title)}}
	case *SetOpen:
		if e.Thread != 0 {
			return Decision{}
		}
		closed := !e.Open
		return Decision{Topic: &TopicChange{Closed: &closed}}
	case *Send:
		d := sent(t, j, e, o, f)
		if t.Anew && j.Lane.Side == ToTopic && e.Piece == 0 {
			showEarlier(&d, j, f)
		}
		return d
	case *Edit:
		return revised(j, e, f)
	case *Delete:
		return removed(e)
	case *React, *AnswerPress:
		return Decision{}
	default:
		panic("dialog: unknown effect")
	}
}

// revised is a twin edited: operators who have answered the old version are told.
func revised(j *Job, e *Edit, f Facts) Decision {
	if !e.Late {
		return Decision{}
	}
	n := plainNote(f.words(say.NoteEditedLate))
	n.Reply = Reply{Of: e.Of}
	note := withEffect(j, n)
	note.Class, note.Origin, note.Source, note.Decided = ClassNote, OfRelay, tenants.MessageRef{}, f.Now
	return Decision{Jobs: []Job{note}}
}

// setTitle is the title that went out.
func setTitle(t Topic, tried string) *string {
	if tried == "" {
		tried = t.Title
	}
	return &tried
}

// opened is a topic made. If the dialog has got another one meanwhile (an
// attempt of which nobody knew had arrived), the new one is not used.
func opened(t Topic, j *Job, e *Open, o tenants.Outcome, f Facts) Decision {
	if t.Thread != 0 && t.Thread != o.Thread {
		return Decision{Jobs: orphan(withEffect(j, nil), o.Thread, f)}
	}
	thread, closed := o.Thread, false
	return Decision{Topic: &TopicChange{Thread: &thread, Closed: &closed, Set: setTitle(t, e.Title)}}
}

// orphan closes a topic that nobody uses and names it so.
func orphan(like Job, thread tenants.ThreadID, f Facts) []Job {
	like.Lane.Side, like.Class, like.Origin = ToTitle, ClassTitle, OfRelay
	like.Source, like.NotBefore, like.Decided = tenants.MessageRef{}, time.Time{}, f.Now
	return []Job{
		withEffect(&like, &Rename{Thread: thread, Title: f.words(say.OrphanTitle)}),
		withEffect(&like, &SetOpen{Thread: thread}),
	}
}

// sent is a message in the topic. What it was made of is linked, or kept inside,
// where the try is retired.
func sent(t Topic, j *Job, s *Send, o tenants.Outcome, f Facts) Decision {
	if s.Reads != nil && o.Replied != nil {
		words, slashed := uncommented(o.Replied.Text, f.Bot)
		return Decision{ReplyWords: &ReplyWords{Reading: *s.Reads, Text: words, Slashed: slashed}}
	}
	if j.Origin != OfClient {
		return Decision{}
	}
	d := Decision{Jobs: skipped(j, s, o, f.Now)}
	if t.Closed && !s.Silent {
		d.Jobs = append(d.Jobs, reopen(j, f.Now))
	}
	if o.Short {
		n := plainNote(f.words(say.NoteShort))
		note := withEffect(j, n)
		note.Class, note.Origin, note.Source, note.Decided = ClassNote, OfRelay, tenants.MessageRef{}, f.Now
		d.Jobs = append(d.Jobs, note)
	}
	if s.Lost && !s.Left {
		d.Jobs = append(d.Jobs, noteAbout(j, f.lostWords(len(s.Parts)), f))
	}
	if s.twice() {
		d.Jobs = append(d.Jobs, noteAbout(j, f.words(say.NoteTwice), f))
	}
	return d
}

// noteAbout is a note that replies to what a job has brought.
func noteAbout(j *Job, words string, f Facts) Job {
	n := plainNote(words)
	n.Reply = Reply{Of: j.Source}
	note := withEffect(j, n)
	note.Class, note.Origin, note.Source, note.Decided = ClassNote, OfRelay, tenants.MessageRef{}, f.Now
	return note
}

// reopen opens a topic that somebody closed in Telegram: a client waits there
// again, and only administrators can write in a closed one.
func reopen(like *Job, now time.Time) Job {
	open := withEffect(like, &SetOpen{Open: true})
	open.Lane.Side, open.Class, open.Origin = ToTitle, ClassTitle, OfRelay
	open.Source, open.NotBefore, open.Decided = tenants.MessageRef{}, time.Time{}, now
	return open
}

// topicGone is a try that lacked something.
func topicGone(t Topic, j *Job, attempt int, o tenants.Outcome, f Facts) Settlement {
	if slight(j.Effect) {
		return Settlement{Verdict: Retire, Why: o.Why}
	}
	s, sends := j.Effect.(*Send)
	inRoom := sends && s.Room != 0
	switch o.Gone {
	case tenants.GoneTopic:
		if inRoom {
			return lostRoom(j, s, attempt, f)
		}
		return lostTopic(j, attempt, f)
	case tenants.GoneTopicClosed:
		if inRoom {
			return closedRoom(j, s)
		}
		return closedTopic(t, j, f)
	case tenants.GoneRights:
		return lackedRight(j, o, f)
	case tenants.GoneChat, tenants.GoneClient:
		return outOfGroup(j, f)
	case tenants.GoneLogin:
		return pause(PauseLogin, f.Now.Add(goneWait), "the login is revoked")
	default:
		panic("dialog: unknown thing gone")
	}
}

// slight are effects that nobody misses, and those about topics not in use.
func slight(e Effect) bool {
	switch e := e.(type) {
	case *React, *Delete, *AnswerPress:
		return true
	case *Rename:
		return e.Thread != 0
	case *SetOpen:
		return e.Thread != 0
	case *Send:
		return e.Earlier
	case *Edit:
		return e.Drop || e.Direct
	case *Open:
		return false
	default:
		panic("dialog: unknown effect")
	}
}

// lostTopic: Telegram says of living topics, too, that they are not found
// (measured in groups with more than 300,000 messages), so it is asked once more
// before the dialog gets a new topic. Titles make none.
func lostTopic(j *Job, attempt int, f Facts) Settlement {
	if attempt <= 1 {
		return Settlement{Verdict: Retry, After: f.Now.Add(firstRetry), Why: "Telegram does not find the topic; asked once more"}
	}
	st := Settlement{Verdict: Retry, Why: "the topic is deleted", Decision: Decision{Topic: topicLost()}}
	if f.Newest != 0 && f.Newest != j.Chat {
		st.Decision.Regroup = f.Newest
	}
	switch e := j.Effect.(type) {
	case *Rename, *SetOpen:
		st.Verdict = Retire
	case *Edit:
		st.Effect = newVersion(e)
	case *Send, *Open, *React, *Delete, *AnswerPress:
	default:
		panic("dialog: unknown effect")
	}
	return st
}

// newVersion is an edit as a message of its own, where its twin is gone with its topic.
func newVersion(e *Edit) *Send {
	next := e.New
	next.Silent = true // an edit never rings
	return &next
}

// topicLost is what changes of a topic that has to be made anew.
func topicLost() *TopicChange {
	gone, anew := tenants.ThreadID(0), true
	return &TopicChange{Thread: &gone, Anew: &anew}
}

// closedTopic is opened before the message is tried again. If it was known to be
// closed, opening it has failed already, and somebody has to give us the right.
func closedTopic(t Topic, j *Job, f Facts) Settlement {
	closed := true
	open := withEffect(j, &SetOpen{Open: true})
	open.Source, open.Origin = tenants.MessageRef{}, OfRelay
	st := Settlement{
		Verdict:  Retry,
		Before:   []Job{open},
		Why:      "the topic is closed",
		Decision: Decision{Topic: &TopicChange{Closed: &closed}},
	}
	if t.Closed {
		st.After = f.Now.Add(rightsWait)
	}
	return st
}

// lackedRight holds the group's sends back, unless only a title lacked it.
func lackedRight(j *Job, o tenants.Outcome, f Facts) Settlement {
	why := "a right is missing in the group: " + o.Why
	switch j.Effect.(type) {
	case *Rename, *SetOpen:
		if j.Lane.Side == ToTopic { // clients' messages wait behind it
			return Settlement{Verdict: Retire, Why: why}
		}
		return pause(PauseNone, f.Now.Add(goneWait), why)
	case *Send, *Edit, *Open, *React, *Delete, *AnswerPress:
		st := pause(PauseChat, f.Now.Add(rightsWait), why)
		st.Decision = lacking(j, LacksRights, f.words(say.NoteMissingRight), f)
		return st
	default:
		panic("dialog: unknown effect")
	}
}

// topicRefused is a try that Telegram will not do like that.
func topicRefused(j *Job, o tenants.Outcome, f Facts) Settlement {
	switch e := j.Effect.(type) {
	case *Open:
		return pause(PauseChat, f.Now.Add(rightsWait), "no topic can be made: "+o.Why)
	case *Send:
		return sendRefused(j, e, o, f)
	case *Edit:
		if st, ok := plainEdit(e, o); ok {
			return st
		}
		return editRefused(j, e, o, f)
	case *React:
		return reactionRefused(j, e, o, f)
	case *Delete:
		return unremoved(j, e, o, f)
	case *Rename, *SetOpen, *AnswerPress:
		return Settlement{Verdict: Retire, Why: o.Why}
	default:
		panic("dialog: unknown effect")
	}
}

// sendRefused finds another form; a client's message is at last told in a line.
// A group that refuses even that is paused: nothing of a client's is dropped.
func sendRefused(j *Job, s *Send, o tenants.Outcome, f Facts) Settlement {
	if s.Earlier {
		return earlierRefused(j, o, f)
	}
	if s.Joined {
		return apart(j, s, o.Why)
	}
	free := !f.Settings.Hide.Any() && len(f.Settings.RestrictedFrontend) == 0
	st, ok := reform(j, s, o, forms{copies: free && !s.Note, forwards: free && !s.Note, voice: f.Settings.Voice()})
	switch {
	case ok:
		return st
	case s.Poll != "" && !s.Anew:
		next := *s
		next.Anew = true
		return Settlement{Verdict: Retry, Effect: &next, Why: o.Why}
	case s.Note:
		return pause(PauseChat, f.Now.Add(goneWait), "the group refuses even a plain line: "+o.Why)
	case j.Origin != OfClient:
		return Settlement{Verdict: Retire, Why: o.Why, Decision: Decision{Dropped: "refused"}}
	}
	words := joinLines(s.Author, slanted(f.came(say.CameUnshowable, nouns(s), j.Decided, f.whyRefused(o))))
	note := Send{Way: Write, Parts: []Part{{Source: partOf(j, s), Content: textContent(words)}}, Silent: s.Silent, Piece: s.Piece, Note: true}
	return Settlement{
		Verdict: Retry, Effect: &note, Before: captions(j, s), Why: o.Why, Decision: Decision{Jobs: apologies(j, s, f)},
	}
}

// captions are the words of media that can't be shown, as a text before the line
// that says so.
func captions(j *Job, s *Send) []Job {
	var words tenants.Text
	for _, p := range s.Parts {
		if p.Content.Kind != tenants.KindText {
			words = joinLines(words, p.Content.Text)
		}
	}
	if words.Text == "" {
		return nil
	}
	text := withEffect(j, &Send{
		Way: Write, Parts: []Part{{Content: textContent(words)}}, Silent: s.Silent, Piece: pieceBase * (s.Piece + 1),
	})
	text.Source = partOf(j, s)
	return []Job{text}
}

// nouns names what a send carries.
func nouns(s *Send) say.Key {
	if len(s.Parts) > 1 {
		return say.KindAlbum
	}
	return noun(s.Parts[0].Content)
}

// editRefused: the new version follows as a reply to the twin, marked.
func editRefused(j *Job, e *Edit, o tenants.Outcome, f Facts) Settlement {
	if e.Drop {
		return Settlement{Verdict: Retire, Why: o.Why, Decision: Decision{Jobs: []Job{deletedNote(j, e.Of, 1, f)}}}
	}
	if !e.Fallback {
		return Settlement{Verdict: Retire, Why: o.Why, Decision: Decision{Dropped: "edit_refused"}}
	}
	next := e.New
	next.Reply, next.Silent, next.Album = Reply{Of: e.Of}, true, ""
	if line := italic(f.words(say.LineEdited)); writable(&next) && takesLine(next.Parts[0].Content, line) {
		next = headed(&next, line)
	}
	return Settlement{Verdict: Retry, Effect: &next, Why: o.Why}
}
