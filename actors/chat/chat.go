package chat

import (
	"fmt"
	"slices"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/pace"
)

// Options are what a chat actor is made of.
type Options struct {
	System actors.System
	ID     string // unique name of the actor
	State  dialog.State
	Rules  pace.Rules // of the client chat
	// Pass gives a commit to the group, on its way to the tenant.
	Pass    func(lane.Commit)
	Crashed func(actors.Crash)
}

// Chat is the state of the actor.
type Chat struct {
	opt    Options
	self   actors.Ref[Message]
	state  dialog.State
	lanes  *lane.Owner
	told   uint64 // messages that the tenant told
	handed uint64 // messages that the topic handed over
	serial uint64 // the own commits
	// answers are operators' messages that wait in the lane, by ticket order,
	// to be marked when they have waited for long.
	answers []waiting
	stop    func()
}

// waiting is an operator's message in the lane.
type waiting struct {
	job   dialog.Job
	since time.Time
	facts dialog.Facts
}

// Spawn starts a chat actor.
func Spawn(opt Options) actors.Ref[Message] {
	c := &Chat{opt: opt, state: opt.State}
	c.lanes = lane.NewOwner(opt.Rules, opt.State.Chat.ID, func(l dialog.Lane) bool {
		return l.Side == dialog.ToClient
	})
	c.self = actors.Spawn(opt.System, opt.ID, actors.Each(c.handle), opt.Crashed)
	return c.self
}

func (c *Chat) handle(m Message) {
	switch m := m.(type) {
	case Told:
		c.told = next("tenant", c.told, m.Serial)
		c.handle(m.Message)
		return
	case Handed:
		c.handed = next("topic", c.handed, m.Serial)
		c.handle(m.Message)
		return
	case Load:
		c.lanes.Load(m.Jobs, m.Budgets)
	case Heard:
		c.decided(m.Route, dialog.Client(c.state, m.Message, m.Edited, m.Facts), m.Facts)
	case Answer:
		c.decided(m.Route, dialog.Answer(c.state, m.Message, m.Edited, m.Facts), m.Facts)
	case Command:
		c.decided(m.Route, dialog.Command(c.state, m.Message, m.Call, m.Facts), m.Facts)
	case Pressed:
		c.decided(m.Route, dialog.Pressed(c.state, m.Event, m.Press, m.Facts), m.Facts)
	case Voted:
		c.decided(m.Route, dialog.Voted(c.state, m.Event, m.Message, m.Facts), m.Facts)
	case Named:
		c.decided(m.Route, dialog.Named(c.state, m.Message, m.Name, m.Facts), m.Facts)
	case Spoken:
		c.state.SaidBy = ""
	case Member:
		c.decided(m.Route, dialog.Membership(c.state, m.Event, m.Facts), m.Facts)
	case Ring:
		c.decided(m.Route, dialog.Ring(c.state, m.Facts), m.Facts)
	case Settled:
		c.settled(m)
	case Stored:
		c.lanes.Stored(m.Jobs, c.now())
	case First:
		c.lanes.First(m.Jobs)
	case Due:
		c.lanes.Due(m.Job, c.now())
	case Idle:
		c.offer()
		return
	case Tick:
		c.tick()
	default:
		panic(fmt.Sprintf("chat: unexpected %T", m))
	}
	c.more()
}

func (c *Chat) now() time.Time { return c.opt.System.Now() }

// next checks that a message is the next one of its sender.
func next(sender string, last, serial uint64) uint64 {
	if serial != last+1 {
		panic(fmt.Sprintf("chat: message %d of the %s was not received, %d was", last+1, sender, serial))
	}
	return serial
}

func (c *Chat) decided(r lane.Route, d dialog.Decision, f dialog.Facts) {
	commit := lane.Commit{Dialog: c.state.ID, Route: r, Decision: d}
	c.adopt(d)
	c.remember(d, f)
	c.lanes.Enter(&commit, c.now())
	c.pass(commit)
}

// pass numbers a commit and sends it on its way.
func (c *Chat) pass(commit lane.Commit) {
	c.serial++
	commit.By, commit.Serial = lane.Decider{Kind: lane.ByChat, Dialog: c.state.ID}, c.serial
	c.opt.Pass(commit)
}

// adopt goes on with the decided state; nothing of it has left the node yet,
// and if the commit fails the actor goes with it.
func (c *Chat) adopt(d dialog.Decision) {
	if d.State != nil {
		c.state = *d.State
	}
}

func (c *Chat) settled(m Settled) {
	st := dialog.SettleClient(c.state, m.Job, m.Numbers.Attempt, m.Outcome, m.Facts)
	commit := lane.Commit{Dialog: c.state.ID, Route: m.Route, Decision: st.Decision}
	c.adopt(st.Decision)
	if st.Verdict == dialog.Retire {
		c.forget(m.Job)
	}
	c.lanes.Settle(&commit, m.Numbers, lane.Settled{
		Job: m.Numbers.Job, Attempt: m.Numbers.Attempt, Made: m.Outcome.Made, Settlement: st,
	}, c.now())
	c.pass(commit)
}

// remember notes operators' messages on their way, to mark those that wait. Of
// an album only the first part is marked, and none if it is withdrawn.
func (c *Chat) remember(d dialog.Decision, f dialog.Facts) {
	c.answers = slices.DeleteFunc(c.answers, func(w waiting) bool {
		return slices.Contains(d.Withdraw, albumOf(w.job)) || slices.ContainsFunc(d.Jobs, func(j dialog.Job) bool {
			back, ok := j.Effect.(*dialog.Delete)
			return ok && slices.Contains(back.Of, w.job.Source)
		})
	})
	for _, j := range d.Jobs {
		if j.Lane.Side != dialog.ToClient || j.Origin != dialog.OfOperator || j.Source.IsZero() || c.hasAlbum(albumOf(j)) {
			continue
		}
		c.answers = append(c.answers, waiting{job: j, since: c.now(), facts: f})
	}
}

func (c *Chat) hasAlbum(album string) bool {
	return album != "" && slices.ContainsFunc(c.answers, func(w waiting) bool { return albumOf(w.job) == album })
}

// albumOf is the album that a job sends; "" = none.
func albumOf(j dialog.Job) string {
	if s, ok := j.Effect.(*dialog.Send); ok {
		return s.Album
	}
	return ""
}

func (c *Chat) forget(j dialog.Job) {
	c.answers = slices.DeleteFunc(c.answers, func(w waiting) bool { return w.job.Source == j.Source })
}

// tick marks answers that have waited for long.
func (c *Chat) tick() {
	c.stop = nil
	now := c.now()
	c.lanes.Check(now)
	kept := c.answers[:0]
	var jobs []dialog.Job
	for _, w := range c.answers {
		if now.Sub(w.since) < tenants.WaitingMark {
			kept = append(kept, w)
			continue
		}
		f := w.facts
		f.Now = now
		jobs = append(jobs, dialog.Waiting(c.state, w.job, f)...)
	}
	c.answers = kept
	if len(jobs) > 0 {
		c.decided(0, dialog.Decision{Jobs: jobs}, dialog.Facts{})
	}
}

// more lets go what may go by now, and sets the timer for the rest.
func (c *Chat) more() {
	now := c.now()
	if commit, ok := c.lanes.More(now); ok {
		commit.Dialog = c.state.ID
		c.pass(commit)
	}
	wake := c.lanes.Wake(now)
	if len(c.answers) > 0 {
		mark := c.answers[0].since.Add(tenants.WaitingMark)
		if wake.IsZero() || mark.Before(wake) {
			wake = mark
		}
	}
	c.setTimer(wake, now)
}

func (c *Chat) setTimer(wake, now time.Time) {
	if c.stop != nil {
		c.stop()
		c.stop = nil
	}
	if !wake.IsZero() {
		c.stop = c.opt.System.After(max(wake.Sub(now), 0), func() { c.self.Tell(Tick{}) })
	}
}

// offer tells the tenant that the actor would leave, if it holds nothing. The
// offer takes the way of its commits, so those come first.
func (c *Chat) offer() {
	if c.lanes.Idle() && len(c.answers) == 0 {
		c.pass(lane.Commit{Dialog: c.state.ID, Offer: c.told})
	}
}
