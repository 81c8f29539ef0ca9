package dialog

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// Times of trying again.
const (
	firstRetry = time.Second      // after the first try that did not arrive; doubled each time
	lastRetry  = time.Minute      // never longer than this
	floodExtra = time.Second      // on top of Telegram's retry_after
	rightsWait = time.Minute      // until somebody may have given us a right
	goneWait   = 10 * time.Minute // until somebody may have taken us back
)

// WhyFlood is the Settlement.Why of a try after which Telegram wants a pause.
const WhyFlood = "Telegram asks for a pause"

// SettleClient decides what follows from one try of a job in the lane to the
// client. attempt counts the job's tries from 1. Nothing that carries a message
// is retired without that it arrived or that the operator is told.
func SettleClient(s State, j Job, attempt int, o tenants.Outcome, f Facts) Settlement {
	if album, back := takesBack(&j, o, f); back {
		return takenBack(s, &j, album, f)
	}
	d := begin(s, f)
	switch o.Kind {
	case tenants.Done:
		return d.arrived(&j, o)
	case tenants.Flood, tenants.NotSent, tenants.Unsure:
		return again(&j, attempt, o, f.Now)
	case tenants.Moved:
		return followed(&j, o)
	case tenants.Gone:
		return d.away(&j, o)
	case tenants.Refused:
		return d.refused(&j, o)
	default:
		panic("dialog: unknown outcome")
	}
}

// again tries the same once more: the try did not happen, or nobody knows.
func again(j *Job, attempt int, o tenants.Outcome, now time.Time) Settlement {
	switch o.Kind {
	case tenants.Flood:
		st := Settlement{
			Verdict: Retry, Effect: rest(j.Effect, o), After: now.Add(o.After + floodExtra), Pause: PauseChat,
			Flooded: !o.Wide, Why: WhyFlood,
		}
		if o.Wide {
			st.Pause = PauseLogin
		}
		return st
	case tenants.NotSent:
		return Settlement{Verdict: Retry, After: now.Add(backoff(attempt)), Why: o.Why}
	case tenants.Unsure:
		return unsure(j, attempt, o, now)
	default:
		panic("dialog: not an outcome to try again")
	}
}

// backoff grows from firstRetry to lastRetry.
func backoff(attempt int) time.Duration {
	wait := firstRetry
	for i := 1; i < attempt && wait < lastRetry; i++ {
		wait *= 2
	}
	return min(wait, lastRetry)
}

// arrived is a try that Telegram has done.
func (d *draft) arrived(j *Job, o tenants.Outcome) Settlement {
	switch e := j.Effect.(type) {
	case *Send:
		d.came(j, e, o)
	case *Delete:
		if len(e.Of) > 0 {
			d.tookBack(j, e)
		}
	case *Edit:
		switch late := d.lateness(j, &e.New); {
		case e.Name != "":
			d.note(d.words(say.Dashed, say.Values{"who": e.Name}))
		case j.Origin == OfOperator && late > tenants.LateNote:
			d.tell(j.Source, d.spanned(say.EditLate, late), false)
		}
	case *React:
		if !e.Probe {
			d.cameReaction(e)
		}
	case *AnswerPress:
	case *Open, *Rename, *SetOpen:
		panic("dialog: a topic's job in a client's lane")
	default:
		panic("dialog: unknown effect")
	}
	return Settlement{Verdict: Retire, Decision: d.done()}
}

// came is a message that is at the client.
func (d *draft) came(j *Job, s *Send, o tenants.Outcome) {
	d.s.Unreachable = false
	d.noteMade(s, o)
	if s.Apology {
		d.s.Rare.Undelivered = d.f.Now
	}
	d.copied(j, s, o)
	d.out.Jobs = append(d.out.Jobs, skipped(j, s, o, d.f.Now)...)
	if j.Origin == OfOperator && s.Piece == 0 {
		d.delivered(j, s)
		if o.Poll != "" {
			d.out.Poll = &Poll{Connection: j.Connection, ID: o.Poll, Message: j.Source}
		}
	}
	if j.Origin == OfOperator && o.Short {
		d.tell(partOf(j, s), d.leftOut(len(s.Parts), len(o.Strays)), true)
	}
}

// lateness is how long an operator's words took from when he wrote them.
func (d *draft) lateness(j *Job, s *Send) time.Duration {
	return d.f.Now.Sub(earlier(j.Decided, s.Written))
}

// noteMade takes note of the thread in which we wrote.
func (d *draft) noteMade(s *Send, o tenants.Outcome) {
	for _, id := range o.Made {
		if id != 0 && d.s.Chat.Forum {
			d.s.Rare.Forum = d.s.Rare.Forum.noting(id, s.Thread)
		}
	}
}

// delivered is an operator's message that the client has got.
func (d *draft) delivered(j *Job, s *Send) {
	d.settled(true)
	d.arrivedSign(j)
	d.noticeOver(s.Notice)
	d.event(MessageSent, s.By)
	if late := d.lateness(j, s); late > tenants.LateNote {
		d.tell(j.Source, d.spanned(say.DeliveredLate, late), false)
	}
	switch {
	case s.Left:
	case s.Lost && s.Said != "":
		d.out.Vanished = append(d.out.Vanished, origins(s)...)
		d.tell(j.Source, say.ReplyLost.In(d.f.Settings.Language, say.Values{"name": s.Name}), false)
	case s.Lost:
		d.tell(j.Source, d.words(say.NoteOperatorLost), false)
	}
	if s.twice() {
		d.tell(j.Source, d.words(say.NoteClientTwice), false)
	}
}

// followed goes after a client group that became a supergroup.
func followed(j *Job, o tenants.Outcome) Settlement {
	if slight(j.Effect) {
		return Settlement{Verdict: Retire, Why: "it stayed behind in the group that became a supergroup"}
	}
	return Settlement{
		Verdict: Retry, Why: "the chat became a supergroup", Decision: Decision{Moved: []Move{{From: j.Chat, To: o.Chat}}},
	}
}

// away is a try that lacked something.
func (d *draft) away(j *Job, o tenants.Outcome) Settlement {
	switch o.Gone {
	case tenants.GoneClient, tenants.GoneChat:
		d.reach(false)
		return d.failed(j, d.whyAway(), o)
	case tenants.GoneTopic, tenants.GoneTopicClosed:
		closed := o.Gone == tenants.GoneTopicClosed
		if s, ok := j.Effect.(*Send); ok && (s.Thread != 0 || s.Reply != Reply{}) {
			return d.unthreaded(j, s, closed)
		}
		if closed {
			return d.failed(j, d.words(say.WhyThreadClosed), o)
		}
		return d.failed(j, d.words(say.WhyThreadGone), o)
	case tenants.GoneRights:
		return d.failed(j, d.f.whyRefused(o), o)
	case tenants.GoneLogin:
		return pause(PauseLogin, d.f.Now.Add(goneWait), "the login is revoked")
	default:
		panic("dialog: unknown thing gone")
	}
}

// pause holds everything back for a reason that somebody has to mend.
func pause(scope PauseScope, until time.Time, why string) Settlement {
	return Settlement{Verdict: Retry, After: until, Pause: scope, Why: why}
}

// refused is a try that Telegram will not do like that.
func (d *draft) refused(j *Job, o tenants.Outcome) Settlement {
	switch e := j.Effect.(type) {
	case *Send:
		if asked := j.Origin == OfOperator && (o.As == tenants.AsPlain || o.As == tenants.AsFile); asked {
			break // whoever wrote it decides whether it goes like that
		}
		if st, ok := reform(j, e, o, forms{copies: !d.guarded(), voice: d.clientVoice()}); ok {
			return st
		}
	case *Edit:
		if st, ok := plainEdit(e, o); ok {
			return st
		}
		if st, ok := captionEdit(e, o); ok {
			return st
		}
	case *Delete:
		if len(e.Of) == 0 {
			return Settlement{Verdict: Retire, Why: o.Why}
		}
		if o.Reason != tenants.WhyLeftBehind {
			d.notTakenBack(j, e, d.words(say.WhyNoMore), true)
			return Settlement{Verdict: Retire, Why: o.Why, Decision: d.done()}
		}
	case *React:
		if e.Probe {
			return Settlement{Verdict: Retire, Why: o.Why} // it is there
		}
	case *AnswerPress:
		return Settlement{Verdict: Retire, Why: o.Why}
	case *Open, *Rename, *SetOpen:
		panic("dialog: a topic's job in a client's lane")
	default:
		panic("dialog: unknown effect")
	}
	if d.s.Rare.Muted {
		o.Reason = tenants.WhyNoWriting // of a copy Telegram says only that it can't be made
	}
	return d.failed(j, d.f.whyRefused(o), o)
}
