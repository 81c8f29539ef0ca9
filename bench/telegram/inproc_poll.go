package telegram

import (
	"context"
	"time"
)

// pollFloor: a getUpdates that repeats an offset within 3 s waits 3 s at
// least, and one that repeats it within half a second gets one update at
// most (Bot API server source).
const (
	pollFloor = 3 * time.Second
	pollRush  = 500 * time.Millisecond
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
		wait := until.Sub(d.w.now)
		if wait <= 0 || d.pollOver(p, me) {
			d.endPoll(p, me)
			d.mu.Unlock()
			return nil
		}
		if due := d.nextDue(); !due.IsZero() {
			wait = min(wait, due.Sub(d.w.now))
		}
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
	if c.bot.webhook.URL == "" {
		c.allowUpdates()
		if wait > 0 && len(d.w.take(c.bot, int(offset), 1)) == 0 {
			if s.waiting != nil {
				s.waiting.ended = otherPoll
				d.wake(c.bot.me.id)
			}
			s.waiting = me
		}
	}
	return d.w.now.Add(wait)
}

// pollOver says whether a waiting poll can be answered.
func (d *Door) pollOver(p *Pending, me *waitingPoll) bool {
	b := p.call.bot
	if me.ended != "" {
		p.refused = fail(me.ended)
		return true
	}
	d.w.expire(b)
	return len(b.queue) > 0 || b.webhook.URL != "" || d.w.tokens[p.token] != b
}

func (d *Door) endPoll(p *Pending, me *waitingPoll) {
	if s := d.polls[p.call.bot.me.id]; s.waiting == me {
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
			return d.pollOver(p, me)
		})
	}
	if left, _ := v.left(); err == nil && short && left <= 0 {
		return context.DeadlineExceeded
	}
	return err
}
