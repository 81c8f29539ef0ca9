package connection

import (
	"context"
	"fmt"
	"slices"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/privacy"
)

// Options are what a connection actor is made of.
type Options struct {
	System     actors.System
	ID         string // unique name of the actor
	Connection tenants.ConnectionID
	Gateway    telegram.Gateway
	// PerSecond is how many calls a second the login may make; 0 = no limit of ours.
	PerSecond int
	// Polls is false when updates come by webhook: no receive loop.
	Polls bool

	Route func(telegram.Batch)         // gives a batch to the tenant, which answers Settled
	Start func(Order)                  // starts a try; its outcome goes to the tenant
	Ended func(Order, tenants.Outcome) // of an order that was not started
	// Trouble tells how the login hears Telegram, when that has changed.
	Trouble func(Hearing)
	// Paused tells until when the whole login is held back. Nothing else keeps that: an
	// opening that ends before would have the next one run into the same flood.
	Paused  func(until time.Time)
	Crashed func(actors.Crash)
	// Context ends the receive loop.
	Context context.Context
}

const (
	retryFirst = time.Second
	retryMost  = time.Minute
	// emptyPause is the least time between two empty answers: a gateway that
	// does not wait must not make the loop spin.
	emptyPause = 200 * time.Millisecond
	// floodsTogether chats flooded within floodsWithin pause the whole login.
	floodsTogether = 3
	floodsWithin   = 10 * time.Second
	// receiveWithin is longer than any gateway waits for updates; after it a
	// message between actors was lost.
	receiveWithin = 2 * time.Minute
)

// Connection is the state of the actor.
type Connection struct {
	opt  Options
	self actors.Ref[Message]

	state   []byte
	routed  time.Time // when the batch under way was given to the tenant; zero = none
	asked   time.Time // when the receive under way began; zero = none
	again   time.Time // when to receive again after a pause; zero = no pause
	retry   time.Duration
	heard   time.Time // when Telegram last answered that there is something, or nothing
	trouble Hearing   // as it was told last; no Why = none
	held    time.Time // when it was told to hold back, or last asked since; zero = it does not
	holding bool      // it would ask now, but for that
	refused time.Time // when Telegram last refused the login; zero = it does not

	orders []Order
	rate   rate
	paused time.Time
	floods map[tenants.ChatID]time.Time
	timer  func()
}

// Spawn starts a connection actor; Begin starts its loop.
func Spawn(opt Options) actors.Ref[Message] {
	c := &Connection{opt: opt, floods: map[tenants.ChatID]time.Time{}, rate: rate{all: opt.PerSecond}}
	c.self = actors.Spawn(opt.System, opt.ID, actors.Each(c.handle), opt.Crashed)
	if opt.Polls { // a Begin that is lost is noticed too
		c.asked = c.now()
		opt.System.After(receiveWithin+time.Second, func() { c.self.Tell(tick{}) })
	}
	return c.self
}

func (c *Connection) handle(m Message) {
	switch m := m.(type) {
	case Begin:
		c.state, c.heard = m.State, m.Heard
		if m.Deaf {
			c.trouble = Hearing{Since: m.Heard, Why: notKnown, Lasts: true}
		}
		c.receive()
	case Hold:
		c.hold(m.On)
	case Hears:
		c.tellAgain()
	case Refused:
		c.loginRefused()
	case Accepted:
		c.works()
	case Settled:
		c.settled(m)
	case Try:
		c.try(m.Order)
	case Flooded:
		c.flooded(m)
	case received:
		c.received(m)
	case tick:
		c.tick()
	default:
		panic(fmt.Sprintf("connection: unexpected %T", m))
	}
}

func (c *Connection) now() time.Time { return c.opt.System.Now() }

// receive asks for what comes after the committed state.
func (c *Connection) receive() {
	if !c.opt.Polls || c.holds() {
		return
	}
	state, since := c.state, c.now()
	c.asked = since
	c.opt.System.Go(func() {
		batch, err := c.opt.Gateway.Receive(c.opt.Context, state)
		c.self.Tell(received{batch, err, c.now().Sub(since)})
	}, func(crash actors.Crash) { // perhaps over an update that it can't read
		c.self.Tell(received{err: fmt.Errorf("the gateway crashed: %v", crash.Reason), took: c.now().Sub(since)})
	})
	c.setTimer()
}

func (c *Connection) received(m received) {
	c.asked = time.Time{}
	switch {
	case c.opt.Context.Err() != nil:
	case m.err != nil:
		c.failed(m.err)
	case len(m.batch.Updates) == 0:
		c.works()
		if m.took < emptyPause {
			c.receiveAfter(emptyPause)
			return
		}
		c.receive()
	default:
		c.works()
		c.routed = c.now()
		c.opt.Route(m.batch)
		c.setTimer()
	}
}

func (c *Connection) settled(m Settled) {
	c.state = m.State
	c.routed = time.Time{}
	c.receive()
}

// receiveAfter asks again after a while.
func (c *Connection) receiveAfter(wait time.Duration) {
	c.again = c.now().Add(wait)
	c.setTimer()
}

// try sends an order on its way, when the login's budget allows it.
func (c *Connection) try(o Order) {
	if o.shows() {
		c.opt.Ended(o, tenants.Outcome{
			Kind: tenants.Refused, As: tenants.AsNote, Reason: tenants.WhyHidden, Why: "it holds something that HIDE_INFO hides",
		})
		return
	}
	if !c.refused.IsZero() && c.now().Sub(c.refused) < refusedPause {
		c.opt.Ended(o, tenants.Outcome{Kind: tenants.Gone, Gone: tenants.GoneLogin, Why: "Telegram refused the token a moment ago"})
		return
	}
	c.orders = append(c.orders, o)
	c.send()
}

// shows tells that the call of an order holds something that must not be in it.
func (o *Order) shows() bool {
	return slices.ContainsFunc(o.Hidden, func(hidden *privacy.Set) bool {
		return privacy.Audit(hidden, telegram.Words(o.Call)...)
	})
}

func (c *Connection) send() {
	for len(c.orders) > 0 {
		o := c.orders[0]
		if c.now().After(o.Until) {
			c.orders = c.orders[1:]
			c.opt.Ended(o, tenants.Outcome{Kind: tenants.NotSent, Why: "the login had no turn in time"})
			continue
		}
		if !c.turn() {
			break
		}
		c.orders = c.orders[1:]
		c.opt.Start(o)
	}
	c.setTimer()
}

// turn tells whether the login may call now, and counts it.
func (c *Connection) turn() bool {
	now := c.now()
	if c.paused.After(now) {
		return false
	}
	return c.rate.turn(now)
}

// flooded pauses the whole login, and slows it down for a while, only when several
// chats are held back together: limits are per chat as a rule.
func (c *Connection) flooded(m Flooded) {
	now := c.now()
	c.floods[m.Chat] = now
	together := 0
	for chat, at := range c.floods {
		if now.Sub(at) > floodsWithin {
			delete(c.floods, chat)
			continue
		}
		together++
	}
	if !m.Wide && together < floodsTogether {
		return
	}
	c.rate.flooded(now)
	if until := now.Add(m.After + time.Second); until.After(c.paused) {
		c.paused = until
		c.opt.Paused(until)
		c.setTimer()
	}
}

func (c *Connection) tick() {
	c.timer = nil
	if !c.again.IsZero() && !c.again.After(c.now()) {
		c.again = time.Time{}
		c.receive()
	}
	if !c.routed.IsZero() && c.now().Sub(c.routed) > tenants.SettleWithin {
		panic("connection: a batch was not settled")
	}
	if !c.asked.IsZero() && c.now().Sub(c.asked) > receiveWithin {
		panic("connection: the receive loop stands still")
	}
	c.send()
}

func (c *Connection) setTimer() {
	if c.timer != nil {
		c.timer()
		c.timer = nil
	}
	if wake := c.wake(); !wake.IsZero() {
		c.timer = c.opt.System.After(max(wake.Sub(c.now()), 0), func() { c.self.Tell(tick{}) })
	}
}

// wake is when to look again; zero = not by time.
func (c *Connection) wake() time.Time {
	var wake time.Time
	look := func(at time.Time) {
		if wake.IsZero() || at.Before(wake) {
			wake = at
		}
	}
	if !c.routed.IsZero() {
		look(c.routed.Add(tenants.SettleWithin + time.Second))
	}
	if !c.asked.IsZero() {
		look(c.asked.Add(receiveWithin + time.Second))
	}
	if !c.again.IsZero() {
		look(c.again)
	}
	if len(c.orders) > 0 {
		look(c.turnAt())
	}
	return wake
}

// turnAt is when the first order may go, or is too late.
func (c *Connection) turnAt() time.Time {
	next := c.paused
	if c.rate.full() {
		if free := c.rate.sent[0].Add(time.Second); free.After(next) {
			next = free
		}
	}
	if late := c.orders[0].Until.Add(time.Second); late.Before(next) {
		return late
	}
	return next
}
