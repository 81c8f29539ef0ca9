package group

import (
	"fmt"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/onboard"
	"topicdesk/tenants/pace"
)

// Options are what a group actor is made of.
type Options struct {
	System actors.System
	ID     string         // unique name of the actor
	Chat   tenants.ChatID // the backend group; 0 = that of connections not bound yet
	Rules  pace.Rules
	// Commit gives commits to the tenant, for one transaction.
	Commit func([]lane.Commit)
	// Claim asks the node for the group on behalf of the tenant; Claimed answers.
	Claim   func(Claimed)
	Crashed func(actors.Crash)
}

// Group is the state of the actor.
type Group struct {
	opt   Options
	self  actors.Ref[Message]
	lanes *lane.Owner
	// loaded: the lanes and the buckets are as they are in the file.
	loaded bool
	stop   func() // of the timer; nil = none runs
	// serial counts the group's own commits.
	serial uint64
	// held are settlements of titles and signs for which nobody waits: they
	// share the transaction of the next commit, or go by themselves after
	// holdFor. If the group goes before, the node tells their outcomes again.
	held      []lane.Commit
	heldSince time.Time
	// lacks are what logins lack here, as this actor has decided it: the facts of what
	// was answered meanwhile don't know it yet, and it is told once.
	lacks map[tenants.ConnectionID]dialog.Lack
}

// holdFor is how long a settlement for which nobody waits is held.
const holdFor = time.Second

// Spawn starts a group actor. Nothing goes into chat 0: its lanes wait for the
// binding.
func Spawn(opt Options) actors.Ref[Message] {
	g := &Group{opt: opt, lacks: map[tenants.ConnectionID]dialog.Lack{}}
	g.lanes = lane.NewOwner(opt.Rules, opt.Chat, func(l dialog.Lane) bool {
		return opt.Chat != 0 && l.Side != dialog.ToClient && (l.Dialog != 0 || l.Group == opt.Chat)
	})
	g.self = actors.Spawn(opt.System, opt.ID, actors.Each(g.handle), opt.Crashed)
	return g.self
}

func (g *Group) handle(m Message) {
	if _, first := m.(Load); !first && !g.loaded {
		panic("group: its Load was not received: it would spend what is spent already")
	}
	switch m := m.(type) {
	case Load:
		g.loaded = true
		for _, h := range m.Helpers {
			g.lanes.SetHelpers(h.Of, h.Helpers)
		}
		g.lanes.Load(m.Jobs, m.Budgets)
	case Helpers:
		g.lanes.SetHelpers(m.Of, m.Helpers)
	case Pass:
		g.pass(m.Commit)
	case Heard:
		g.heard(m)
	case Joined:
		g.decided(m.Route, dialog.Stranger(m.Event, g.opt.Chat, m.Facts))
	case Pressed:
		g.decided(m.Route, dialog.PressedInGeneral(m.Event, m.Press, m.Facts))
	case Member:
		g.member(m)
	case Claimed:
		g.claimed(m)
	case Settled:
		g.settled(m)
	case Stored:
		g.lanes.Stored(m.Jobs, g.opt.System.Now())
	case First:
		g.lanes.First(m.Jobs)
	case Made:
		g.lanes.Unblock(m.Dialog)
	case RoomMade:
		g.lanes.UnblockAll()
	case Due:
		g.lanes.Due(m.Job, g.opt.System.Now())
	case Tick:
		g.stop = nil
		g.lanes.Check(g.opt.System.Now())
	default:
		panic(fmt.Sprintf("group: unexpected %T", m))
	}
	g.more()
}

// pass lets a commit through: its jobs enter the lanes.
func (g *Group) pass(c lane.Commit) {
	g.lanes.Enter(&c, g.opt.System.Now())
	g.send(c)
}

// send gives the tenant what is held and what must go.
func (g *Group) send(c ...lane.Commit) {
	all := append(g.held, c...)
	g.held = nil
	if len(all) > 0 {
		g.opt.Commit(all)
	}
}

func (g *Group) heard(m Heard) {
	if m.Bind == nil {
		g.decided(m.Route, dialog.InGeneral(m.Message, m.Edited, m.Facts))
		return
	}
	if onboard.Bind(*m.Bind, m.Message).Bound {
		g.opt.Claim(Claimed{Route: m.Route, Heard: m})
		return
	}
	g.bind(m, *m.Bind)
}

// member decides what follows from how a login stands in the group now.
func (g *Group) member(m Member) {
	standing := onboard.Stand(m.Place, m.Event.Chat, m.Event.Member)
	speaker, to, lack := m.Facts.Connection, g.opt.Chat, dialog.LacksNothing
	switch {
	case !m.Event.Member:
		speaker, to, lack = m.OutSpeaker, m.OutTo, dialog.LacksPlace
	case !standing.Works:
		lack = dialog.LacksRights
	}
	stand := dialog.Stand{Connection: m.Facts.Connection, Group: g.opt.Chat, Lack: lack}
	was := g.lack(m.Facts.Connection, m.Was)
	g.decided(m.Route, dialog.StandChanged(stand, was, standing.Text, speaker, to, m.Facts))
}

// lack is what a login lacks here, if the tenant has said so much of it.
func (g *Group) lack(c tenants.ConnectionID, said dialog.Lack) dialog.Lack {
	if known, ok := g.lacks[c]; ok {
		return known
	}
	return said
}

func (g *Group) claimed(m Claimed) {
	facts := *m.Heard.Bind
	facts.Taken = m.Taken
	g.bind(m.Heard, facts)
}

// bind answers a /bind and binds the group if everything fits.
func (g *Group) bind(m Heard, facts onboard.Facts) {
	answer := onboard.Bind(facts, m.Message)
	var binding *dialog.Binding
	if answer.Bound {
		binding = &dialog.Binding{
			Connection: m.Facts.Connection, Group: m.Message.Chat, Administrator: answer.Administrator, Language: answer.Language,
		}
	}
	g.decided(m.Route, dialog.BindAnswer(m.Message, answer.Text, binding, m.Facts))
}

func (g *Group) decided(r lane.Route, d dialog.Decision) {
	c := lane.Commit{Route: r, Decision: d}
	g.lanes.Enter(&c, g.opt.System.Now())
	g.commit(c)
}

// commit numbers a commit of the group's own and gives it to the tenant.
func (g *Group) commit(c lane.Commit) { g.send(g.numbered(c)) }

func (g *Group) numbered(c lane.Commit) lane.Commit {
	g.serial++
	if s := c.Decision.Stand; s != nil && s.Group == g.opt.Chat {
		g.lacks[s.Connection] = s.Lack
	}
	c.By, c.Serial = lane.Decider{Kind: lane.ByGroup, Group: g.opt.Chat}, g.serial
	return c
}

func (g *Group) settled(m Settled) {
	now := g.opt.System.Now()
	m.Facts.Lack = g.lack(m.Numbers.Connection, m.Facts.Lack)
	var st dialog.Settlement
	if m.Numbers.Lane.Dialog == 0 {
		st = dialog.SettleGeneral(m.Job, m.Numbers.Attempt, m.Outcome, m.Facts)
	} else {
		st = dialog.SettleTopic(m.Topic, m.Job, m.Numbers.Attempt, m.Outcome, m.Facts)
	}
	c := lane.Commit{Dialog: m.Numbers.Lane.Dialog, Route: m.Route, Decision: st.Decision}
	g.lanes.Settle(&c, m.Numbers, lane.Settled{
		Job: m.Numbers.Job, Attempt: m.Numbers.Attempt, Made: m.Outcome.Made, Settlement: st,
	}, now)
	if slight(m, c) {
		if len(g.held) == 0 {
			g.heldSince = now
		}
		g.held = append(g.held, g.numbered(c))
		return
	}
	g.commit(c)
}

// slight tells that nobody waits for a settlement: a title or a sign is done,
// and nothing follows.
func slight(m Settled, c lane.Commit) bool {
	class := m.Numbers.Class
	return (class == dialog.ClassMark || class == dialog.ClassTitle) && m.Outcome.Kind == tenants.Done &&
		c.Settled.Settlement.Verdict == dialog.Retire && len(c.Decision.Jobs) == 0 && len(c.Picks) == 0
}

// more lets go what may go by now, and sets the timer for the rest.
func (g *Group) more() {
	now := g.opt.System.Now()
	if c, ok := g.lanes.More(now); ok {
		g.commit(c)
	}
	wake := g.lanes.Wake(now)
	if due := g.heldSince.Add(holdFor); len(g.held) > 0 {
		if !due.After(now) {
			g.send()
		} else if wake.IsZero() || due.Before(wake) {
			wake = due
		}
	}
	g.setTimer(wake, now)
}

func (g *Group) setTimer(wake, now time.Time) {
	if g.stop != nil {
		g.stop()
		g.stop = nil
	}
	if wake.IsZero() {
		return
	}
	g.stop = g.opt.System.After(max(wake.Sub(now), 0), func() { g.self.Tell(Tick{}) })
}
