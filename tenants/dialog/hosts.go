package dialog

import (
	"time"

	"topicdesk/tenants"
)

// DroppedJob is what follows when the host takes a job of a dialog out of the
// outbox: whoever waits for it reads so where it would have come.
func DroppedJob(s State, j Job, f Facts) Decision {
	d := begin(s, f)
	switch j.Lane.Side {
	case ToClient:
		out := d.failed(&j, whyDropped, tenants.Outcome{Kind: tenants.Refused}).Decision
		out.Dropped = ByHost
		return out
	case ToTopic:
		if said := droppedWords(&j); said != "" {
			d.note(said)
		}
	case ToTitle, ToMark:
	default:
		panic("dialog: unknown side")
	}
	if j.Origin == OfClient {
		d.event(MessageRefused, 0)
	}
	d.out.Dropped = ByHost
	return d.done()
}

// ByHost is the Decision.Dropped of what the host took out of the outbox.
const ByHost = "host"

// droppedWords tell of a job into the topic that the host dropped; "" = nobody
// misses it.
func droppedWords(j *Job) string {
	switch e := j.Effect.(type) {
	case *Send:
		if j.Origin != OfClient {
			return noteDroppedOurs
		}
		return droppedClient(e, j.Decided)
	case *Edit:
		return droppedEdit(j.Decided)
	case *Open, *Rename, *SetOpen, *React, *Delete, *AnswerPress:
		return ""
	default:
		panic("dialog: unknown effect")
	}
}

// DroppedNote tells in General of a note there that the host dropped.
func DroppedNote(j Job, f Facts) Decision {
	d := Decision{Dropped: ByHost}
	if _, sends := j.Effect.(*Send); sends {
		d.Jobs = []Job{noteJob(j.Connection, j.Chat, italic(noteDroppedOurs), true, f.Now)}
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
