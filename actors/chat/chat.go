package chat

import (
	"fmt"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/lane"
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
	stop   func()
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
		if len(m.Overslept) > 0 {
			c.decided(0, dialog.Overslept(c.state, m.Overslept, m.Facts))
		}
	case Heard:
		c.decided(m.Route, dialog.Client(c.state, m.Message, m.Edited, m.Facts))
	case Answer:
		c.decided(m.Route, dialog.Answer(c.state, m.Message, m.Edited, m.Facts))
	case Command:
		c.decided(m.Route, dialog.Command(c.state, m.Message, m.Call, m.Facts))
	case Pressed:
		c.decided(m.Route, dialog.Pressed(c.state, m.Event, m.Press, m.Facts))
	case Voted:
		c.decided(m.Route, dialog.Voted(c.state, m.Event, m.Message, m.Facts))
	case Deleted:
		c.decided(m.Route, dialog.Deleted(c.state, m.Facts))
	case Reacted:
		c.decided(m.Route, dialog.Reacted(c.state, m.Event, m.Facts))
	case Named:
		c.decided(m.Route, dialog.Named(c.state, m.Message, m.Name, m.Facts))
	case Spoken:
		c.state.SaidBy = ""
	case Member:
		c.decided(m.Route, dialog.Membership(c.state, m.Event, m.Facts))
	case Ring:
		c.decided(m.Route, dialog.Ring(c.state, m.Facts))
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
		c.stop = nil
		c.lanes.Check(c.now())
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

func (c *Chat) decided(r lane.Route, d dialog.Decision) {
	commit := lane.Commit{Dialog: c.state.ID, Route: r, Decision: d}
	c.adopt(d)
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
	c.lanes.Settle(&commit, m.Numbers, lane.Settled{
		Job: m.Numbers.Job, Attempt: m.Numbers.Attempt, Made: m.Outcome.Made, Settlement: st,
	}, c.now())
	c.pass(commit)
}

// more lets go what may go by now, and sets the timer for the rest.
func (c *Chat) more() {
	now := c.now()
	if commit, ok := c.lanes.More(now); ok {
		commit.Dialog = c.state.ID
		c.pass(commit)
	}
	wake := c.lanes.Wake(now)
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
	if c.lanes.Idle() {
		c.pass(lane.Commit{Dialog: c.state.ID, Offer: c.told})
	}
}
