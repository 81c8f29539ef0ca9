package dialog

import (
	"slices"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// Delayed is an operator's message that is held before it goes to the client
// (UNDO_SECONDS). Its job waits in the outbox until then; only after it the
// message counts as accepted.
type Delayed struct {
	Message tenants.MessageRef `json:"message"` // of an album the first part
	Album   string             `json:"album,omitempty"`
	Until   time.Time          `json:"until"`
	By      tenants.UserID     `json:"by,omitempty"`
	// Still: somebody has set the status since, so its end changes none.
	Still bool `json:"still,omitempty"`
	// Label is the label that sends it, 0 = somebody wrote it.
	Label tenants.LabelID `json:"label,omitempty"`
}

func (h Delayed) ended(now time.Time) bool { return !h.Until.After(now) }

// passHolds accepts the messages whose hold had ended then: whatever is decided after
// that stands on it.
func (d *draft) passHolds(then time.Time) {
	var left []Delayed
	for _, h := range d.s.Rare.Holds {
		switch {
		case !h.ended(then):
			left = append(left, h)
		case !h.Still:
			d.become(Accepted, h.By)
		}
	}
	d.s.Rare.Holds = left
}

// held is the hold of a message or of its album; nil = it is not held.
func (d *draft) held(of ...tenants.MessageRef) *Delayed {
	for _, h := range d.s.Rare.Holds {
		if slices.Contains(of, h.Message) {
			return &h
		}
	}
	return nil
}

func (d *draft) heldAlbum(album string) *Delayed {
	for _, h := range d.s.Rare.Holds {
		if h.Album == album && album != "" {
			return &h
		}
	}
	return nil
}

// hold holds a message that was accepted, until its time; false = it goes at once.
// An album is held from its last part.
func (d *draft) hold(m *tenants.Message, by tenants.UserID) (until time.Time, held bool) {
	span := max(d.f.Settings.Undo, d.least)
	until = m.Date.Add(span)
	if most := d.f.Now.Add(span); until.After(most) {
		until = most // Telegram's clock is ahead of ours
	}
	if span == 0 || d.pressed || !until.After(d.f.Now) {
		return time.Time{}, false
	}
	holds := slices.Clone(d.s.Rare.Holds)
	i := slices.IndexFunc(holds, func(h Delayed) bool { return m.Album != "" && h.Album == m.Album })
	if i < 0 {
		holds = append(holds, Delayed{Message: m.Ref(), Album: m.Album, By: by})
		i = len(holds) - 1
	}
	holds[i].Until = until
	d.s.Rare.Holds = holds
	return until, true
}

// release forgets the hold of messages or of an album that go no more. The
// dialog stays as it was: they were never accepted.
func (d *draft) release(h *Delayed) {
	d.s.Rare.Holds = slices.DeleteFunc(slices.Clone(d.s.Rare.Holds), func(x Delayed) bool { return x.Message == h.Message })
	d.s.Pending = max(d.s.Pending-1, 0)
}

// holdGrace is how long the end of a hold may go unseen: by then the message has
// mostly been sent, and the settlement of that sees it.
const holdGrace = time.Second

// holdsEnd is when to look whether the first hold has ended; zero = nothing is held.
func holdsEnd(holds []Delayed) (first time.Time) {
	for _, h := range holds {
		first = earlier(first, h.Until.Add(holdGrace))
	}
	return first
}

// still leaves the status to whoever has just set it, although messages from
// before are still held.
func (d *draft) still() {
	d.s.Rare.Holds = slices.Clone(d.s.Rare.Holds)
	for i := range d.s.Rare.Holds {
		d.s.Rare.Holds[i].Still = true
	}
}

// probe asks, just before a held message is written anew, whether it is still
// there: a copy would fail if it was deleted, but what is written would not. A
// sign that changes nothing is the cheapest question. Of an album it asks for the
// first part.
func (d *draft) probe(m *tenants.Message, until time.Time) {
	sign := ""
	if max(d.f.Settings.Undo, d.least) > tenants.WaitingMark {
		sign = signWaits // it has that by then
	}
	e := &React{Message: m.Ref(), Emoji: sign, Probe: true, Album: m.Album, Notice: d.noticed(m)}
	d.put(ToClient, ClassAnswer, e, m.Ref(), OfOperator).NotBefore = until
}

// takesBack tells that a try found a message deleted, which takes it back where
// messages are held; album is its own, if it is known to go as a whole.
func takesBack(j *Job, o tenants.Outcome, f Facts) (album string, back bool) {
	if o.Kind != tenants.Refused || j.Origin != OfOperator {
		return "", false
	}
	switch e := j.Effect.(type) {
	case *Send:
		return "", o.Reason == tenants.WhyDeleted && f.Settings.Undo > 0 && e.Said == ""
	case *React:
		return e.Album, e.Probe && o.Reason == tenants.WhyTwinGone
	case *Edit, *Delete, *AnswerPress, *Open, *Rename, *SetOpen:
		return "", false
	default:
		panic("dialog: unknown effect")
	}
}

// takenBack is a message that is not sent because it was deleted. If nobody saw it
// accepted, the dialog stays as it was.
func takenBack(s State, j *Job, album string, f Facts) Settlement {
	holds := s.Rare.Holds
	s.Rare.Holds = slices.DeleteFunc(slices.Clone(holds), func(h Delayed) bool { return h.Message == j.Source })
	d := begin(s, f)
	d.note(d.words(say.NoteTakenBack))
	if e, ok := j.Effect.(*React); ok {
		d.noticeOver(e.Notice)
	}
	if album != "" {
		d.out.Withdraw = append(d.out.Withdraw, album)
	}
	d.out.Cancel = append(d.out.Cancel, j.Source)
	d.out.Inside = append(d.out.Inside, j.Source)
	d.out.Vanished = append(d.out.Vanished, j.Source)
	if len(s.Rare.Holds) < len(holds) {
		d.s.Pending = max(d.s.Pending-1, 0)
	} else {
		d.settled(false)
	}
	return Settlement{Verdict: Retire, Why: "it was deleted before it went out", Decision: d.dropped("taken_back")}
}

// undo is /undo: what is held or was sent a moment ago is taken back by who wrote
// it.
func (d *draft) undo(m *tenants.Message) {
	t := d.f.Target
	switch {
	case d.f.ReplyTo == ReplyClient:
		d.tell(m.Ref(), d.words(say.DelOurs), false)
	case len(t.Of) == 0:
		d.tell(m.Ref(), d.words(say.UndoNothing), false)
	case t.By == 0 || t.By != d.out.Operator.ID:
		d.tell(m.Ref(), d.words(say.UndoWhose), false)
	case d.held(t.Of...) != nil:
		d.undone(d.held(t.Of...), t, m)
	case !t.Sent.IsZero() && d.f.Now.Sub(t.Sent) > tenants.UndoSent:
		d.tell(m.Ref(), d.words(say.UndoLate), false)
	default:
		d.recall(t, m)
	}
}

// stop keeps a held message inside, with its album. It has not been tried: its time has
// not come.
func (d *draft) stop(h *Delayed, of []tenants.MessageRef) {
	d.release(h)
	d.out.Cancel = append(d.out.Cancel, of...)
	d.out.Inside = append(d.out.Inside, of...)
	d.out.InsideAlbum = h.Album
}

// undone stops a held message as /undo asks for.
func (d *draft) undone(h *Delayed, t Target, by *tenants.Message) {
	d.stop(h, t.Of)
	d.noticeOver(h.notice())
	if d.f.NoSigns {
		d.tell(by.Ref(), d.words(say.Undone), false)
		return
	}
	d.mark(h.Message, signInside)
	d.mark(by.Ref(), signDone)
}

// Overslept decides what was held when the process ended, and should have gone out
// long ago: somebody has to say whether it still fits. jobs are those that would
// carry it; what is late by less just goes.
func Overslept(s State, jobs []Job, f Facts) Decision {
	holds := s.Rare.Holds
	s.Rare.Holds = nil
	d := begin(s, f)
	for _, h := range holds {
		i := slices.IndexFunc(jobs, func(j Job) bool {
			send, ok := j.Effect.(*Send)
			return ok && send.Piece == 0 && slices.ContainsFunc(send.Parts, func(p Part) bool { return p.Source == h.Message })
		})
		if i < 0 || !h.overslept(f.Now) {
			d.s.Rare.Holds = append(d.s.Rare.Holds, h)
			continue
		}
		send := jobs[i].Effect.(*Send)
		d.noticeOver(h.notice())
		d.offer(heldOf(&jobs[i], send, d.s.Group), d.spanned(say.Overslept, f.Now.Sub(h.Until)), true, []Verb{PressSend, PressKeep})
		d.out.Cancel = append(d.out.Cancel, written(send)...)
		d.out.Inside = append(d.out.Inside, written(send)...)
		d.out.InsideAlbum = "" // each part is named
		d.s.Pending = max(d.s.Pending-1, 0)
	}
	return d.done()
}

// overslept tells that a hold ended so long ago that the message may not fit any
// more.
func (h Delayed) overslept(now time.Time) bool { return now.Sub(h.Until) > tenants.LateNote }

// Oversleeps tells that Overslept has something to decide.
func (s State) Oversleeps(now time.Time) bool {
	return slices.ContainsFunc(s.Rare.Holds, func(h Delayed) bool { return h.overslept(now) })
}
