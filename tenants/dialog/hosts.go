package dialog

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// DroppedJob is what follows when the host takes a job of a dialog out of the
// outbox: whoever waits for it reads so where it would have come.
func DroppedJob(s State, j Job, f Facts) Decision {
	d := begin(s, f)
	switch j.Lane.Side {
	case ToClient:
		out := d.failed(&j, d.words(say.WhyDropped), tenants.Outcome{Kind: tenants.Refused}).Decision
		out.Dropped = ByHost
		out.Acts = append(out.Acts, Act{At: f.Now, Name: "drop", Dialog: s.ID})
		return out
	case ToTopic:
		if said := f.droppedWords(&j); said.Text != "" {
			d.say(ownSend(slanted(said), true), ClassNote)
		}
	case ToTitle, ToMark:
	default:
		panic("dialog: unknown side")
	}
	d.act("drop", "")
	if j.Origin == OfClient {
		d.event(MessageRefused, 0)
		if send, ok := j.Effect.(*Send); ok && send.Piece == 0 {
			d.undeliverable()
		}
	}
	d.out.Dropped = ByHost
	return d.done()
}

// ByHost is the Decision.Dropped of what the host took out of the outbox.
const ByHost = "host"

// droppedWords tell of a job into the topic that the host dropped; without words =
// nobody misses it.
func (f Facts) droppedWords(j *Job) tenants.Text {
	switch e := j.Effect.(type) {
	case *Send:
		if j.Origin != OfClient {
			return tenants.Plain(f.words(say.DroppedNote))
		}
		return f.droppedClient(e, j.Decided)
	case *Edit:
		v := f.Settings.Voice()
		return v.Text(say.DroppedEdit, say.Values{"at": v.Near(j.Decided, f.Now)})
	case *Open, *Rename, *SetOpen, *React, *Delete, *AnswerPress:
		return tenants.Text{}
	default:
		panic("dialog: unknown effect")
	}
}

// DroppedNote tells in General of a note there that the host dropped.
func DroppedNote(j Job, f Facts) Decision {
	d := Decision{Dropped: ByHost}
	if _, sends := j.Effect.(*Send); sends {
		d.Jobs = []Job{noteJob(j.Connection, j.Chat, italic(f.words(say.DroppedNote)), true, f.Now)}
	}
	return d
}

// RestoredJob puts a job that was set aside back into the outbox, at the end of its
// lane.
func RestoredJob(s State, j Job, f Facts) Decision {
	d := begin(s, f)
	if send, ok := j.Effect.(*Send); ok && j.Origin == OfOperator && j.Lane.Side == ToClient && send.Piece == 0 {
		d.s.Pending++
	}
	out := d.done()
	out.Jobs = append(out.Jobs, restored(j))
	return out
}

// RestoredNote is RestoredJob for General's lanes.
func RestoredNote(j Job, _ Facts) Decision { return Decision{Jobs: []Job{restored(j)}} }

func restored(j Job) Job {
	j.NotBefore = time.Time{}
	return j
}
