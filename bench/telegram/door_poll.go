package telegram

import (
	"context"
	"strconv"
	"time"
)

// pollFloor: a getUpdates that repeats an offset within 3 s waits 3 s at
// least, and one that repeats it within half a second gets one update at
// most (Bot API server source).
const (
	pollFloor = 3 * time.Second
	pollRush  = 500 * time.Millisecond
)

// A waiting getUpdates is answered when nothing more has come for batchPause,
// but batchMost after the first update at the latest (Bot API server source).
const (
	batchPause = time.Millisecond
	batchMost  = 2 * time.Millisecond
)

// poll waits until there is something for a getUpdates to return, its
// timeout is over, or another call ends it.
func (v *visit) poll(p *Pending) error {
	d := v.d
	d.mu.Lock()
	d.tick()
	me := &waitingPoll{}
	until := d.startPoll(p, me)
	d.mu.Unlock()
	for {
		d.mu.Lock()
		d.tick()
		wait := d.pollLeft(p, me, until)
		if wait <= 0 {
			d.endPoll(p, me)
			d.mu.Unlock()
			return nil
		}
		if due := d.nextDue(); !due.IsZero() {
			wait = min(wait, due.Sub(d.w.now))
		}
		wait = d.dial.lasts(wait)
		woken := d.wakeOf(p.call.bot.me.id)
		d.mu.Unlock()
		if err := v.waitFor(p, me, wait, woken); err != nil {
			d.mu.Lock()
			d.endPoll(p, me)
			d.mu.Unlock()
			return err
		}
	}
}

// startPoll registers a poll that has to wait and ends the bot's older one;
// it returns until when to wait.
func (d *Door) startPoll(p *Pending, me *waitingPoll) time.Time {
	c := p.call
	if c.bot.webhook.URL != "" || c.bot.hooking != nil {
		return d.w.now // refused at once
	}
	s := d.polls[c.bot.me.id]
	if s == nil {
		s = &poll{}
		d.polls[c.bot.me.id] = s
	}
	offset := c.args.integer("offset", 0, -1<<31, 1<<31-1)
	wait := time.Duration(c.args.integer("timeout", 0, 0, maxPollSeconds)) * time.Second
	if d.w.knobs.PollGap && s.used && s.offset == offset {
		gap := d.w.now.Sub(s.started)
		if gap < pollFloor {
			wait = max(wait, pollFloor)
		}
		if gap < pollRush {
			c.args = c.args.with("limit", "1")
		}
	}
	s.used, s.offset, s.started = true, offset, d.w.now
	c.allowUpdates()
	d.w.seek(c.bot, int(offset))
	if wait == 0 || len(c.bot.queue) > 0 {
		return d.w.now
	}
	// What comes while it waits is not subject to a negative offset.
	c.args = c.args.with("offset", strconv.FormatInt(max(0, offset), 10))
	if s.waiting != nil {
		s.waiting.ended = d.w.conflict(c.bot, otherPoll)
		d.wake(c.bot.me.id)
	}
	s.waiting = me
	return d.w.now.Add(wait)
}

// pollLeft is how long a poll still waits; 0 = it can be answered.
func (d *Door) pollLeft(p *Pending, me *waitingPoll, until time.Time) time.Duration {
	b := p.call.bot
	if me.ended != nil {
		p.refused = me.ended
		return 0
	}
	if p.cut() || d.pollMoot(p) {
		return 0
	}
	d.w.expire(b)
	if len(b.queue) > 0 && me.next != b.nextID {
		me.last, me.next = d.w.now, b.nextID
		if me.first.IsZero() {
			me.first = d.w.now
		}
	}
	if !me.first.IsZero() {
		until = earliest(until, me.first.Add(batchMost), me.last.Add(batchPause))
	}
	return until.Sub(d.w.now)
}

func earliest(t time.Time, others ...time.Time) time.Time {
	for _, o := range others {
		if o.Before(t) {
			t = o
		}
	}
	return t
}

// pollStirs says whether something has happened that a waiting poll has to
// look at.
func (d *Door) pollStirs(p *Pending, me *waitingPoll) bool {
	b := p.call.bot
	return me.ended != nil || len(b.queue) > 0 && me.next != b.nextID || d.w.outage(b.me.id) != nil || d.pollMoot(p)
}

// pollMoot says whether there is nothing to wait for any more.
func (d *Door) pollMoot(p *Pending) bool {
	b := p.call.bot
	return b.webhook.URL != "" || d.w.tokens[p.token] != b || b.opened.IsZero()
}

func (d *Door) endPoll(p *Pending, me *waitingPoll) {
	if s := d.polls[p.call.bot.me.id]; s != nil && s.waiting == me {
		s.waiting = nil
	}
}

// wakeOf is the channel that is closed when something happens to the bot.
func (d *Door) wakeOf(bot int64) <-chan struct{} {
	if d.waiter != nil {
		return nil
	}
	ch := d.wakes[bot]
	if ch == nil {
		ch = make(chan struct{})
		d.wakes[bot] = ch
	}
	return ch
}

// waitFor waits once, at most as long as the caller does.
func (v *visit) waitFor(p *Pending, me *waitingPoll, wait time.Duration, woken <-chan struct{}) error {
	d := v.d
	left, bounded := v.left()
	short := bounded && left < wait
	if short {
		wait = left
	}
	var err error
	if d.waiter == nil {
		err = realTime{}.waitOn(v.ctx, wait, woken)
	} else {
		err = d.waiter.Wait(v.ctx, wait, func() bool {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.tick()
			return d.pollStirs(p, me)
		})
	}
	if left, _ := v.left(); err == nil && short && left <= 0 {
		return context.DeadlineExceeded
	}
	return err
}
