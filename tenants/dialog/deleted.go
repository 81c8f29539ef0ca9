package dialog

import (
	"time"

	"topicdesk/tenants"
)

// Deleted decides that messages of the client chat were deleted there. They are
// those of Facts.Gone: clients' messages that are in the topic, or on their way.
// What is on its way comes all the same, unless DELETE_SYNC takes it away.
func Deleted(s State, f Facts) Decision {
	d := begin(s, f)
	if len(f.Gone) == 0 || !d.hasTopic() {
		return Decision{Dropped: "deletion_unknown"}
	}
	if f.Settings.DeleteSync {
		d.put(ToTopic, ClassClient, &Delete{Of: f.Gone}, f.Gone[0], OfClient)
		return d.done()
	}
	d.noteTo(f.Gone[0], f.deletedWords(len(f.Gone)))
	return d.done()
}

// removed is a deletion of clients' messages in the topic that is done.
func removed(e *Delete) Decision { return Decision{Forget: e.Of} }

// unremoved is one that Telegram refuses, mostly because they are too old: they
// are marked instead.
func unremoved(j *Job, e *Delete, o tenants.Outcome, f Facts) Settlement {
	st := Settlement{Verdict: Retire, Why: o.Why}
	if len(e.Of) == 0 {
		return st
	}
	st.Decision.Jobs = []Job{deletedNote(j, e.Of[0], len(e.Of), f)}
	return st
}

// deletedNote tells under the twin of a client's message that it, or so many from it
// on, were deleted.
func deletedNote(like *Job, of tenants.MessageRef, count int, f Facts) Job {
	n := plainNote(f.deletedWords(count))
	n.Reply = Reply{Of: of}
	note := withEffect(like, n)
	note.Class, note.Origin, note.Source = ClassNote, OfRelay, tenants.MessageRef{}
	note.NotBefore, note.Decided = time.Time{}, f.Now
	return note
}
