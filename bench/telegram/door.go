package telegram

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"
)

// Door is a World that many callers use at once and whose time is a real or
// virtual clock's: it adds the lock, the long polls, and the waiting. All
// ways in (in-process, HTTP) go through one Door.
type Door struct {
	mu     sync.Mutex
	w      *World
	waiter Waiter // nil = realTime
	dial   dial
	wakes  map[int64]chan struct{}
	polls  map[int64]*poll
	later  []lateCall
	hook   func(bot int64)
}

// poll is what is known of a bot's long polling.
type poll struct {
	waiting *waitingPoll
	offset  int64
	started time.Time
	used    bool
}

// waitingPoll is one getUpdates that waits.
type waitingPoll struct {
	ended       *problem  // why it must stop
	first, last time.Time // when the first and the last update came; zero = none has
	next        int       // the bot's next update id when last was noted
}

// lateCall is a call that its caller has given up and that Telegram does
// nevertheless when its time comes.
type lateCall struct {
	at time.Time
	p  *Pending
}

// NewDoor opens a World to callers. waiter nil means package time. A World
// whose Start wasn't given takes over the clock's time.
func NewDoor(w *World, waiter Waiter) *Door {
	d := &Door{w: w, waiter: waiter, wakes: map[int64]chan struct{}{}, polls: map[int64]*poll{}}
	now := d.real()
	d.dial = dial{world: now, real: now, speed: 1, turned: make(chan struct{})}
	if w.floating && w.now.Equal(defaultStart) {
		w.beginAt(now)
	} else if w.now.After(now) {
		d.dial.world = w.now
	}
	w.Watch(d.wake)
	return d
}

// OnUpdate sets the function that is told, inside the lock, of every update
// queued for a bot and of every change of its webhook; it must neither wait
// nor use the Door. One only.
func (d *Door) OnUpdate(f func(bot int64)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.hook = f
}

// With gives the World to f, at the present moment. f must not wait, and
// must not keep the World.
func (d *Door) With(f func(*World)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tick()
	f(d.w)
}

// Due does what has become due (calls given up, updates held back) and
// returns when the next of that is due; zero = nothing. Every use of the
// Door does it too.
func (d *Door) Due() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tick()
	return d.nextDue()
}

// present is the clock for those outside the lock.
func (d *Door) present() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.clock()
}

// tick moves the World to now, doing on the way what was due before.
func (d *Door) tick() {
	now := d.clock()
	for len(d.later) > 0 && !d.later[0].at.After(now) {
		next := d.later[0]
		d.later = d.later[1:]
		d.w.SetTime(next.at)
		if _, hold := d.w.Finish(next.p); hold > 0 {
			d.postpone(next.at.Add(hold), next.p)
		}
	}
	d.w.SetTime(now)
}

func (d *Door) postpone(at time.Time, p *Pending) {
	i, _ := slices.BinarySearchFunc(d.later, at, func(l lateCall, t time.Time) int {
		if l.at.After(t) {
			return 1
		}
		return -1
	})
	d.later = slices.Insert(d.later, i, lateCall{at, p})
}

// nextDue is when something happens by itself; zero = never.
func (d *Door) nextDue() time.Time {
	next := d.w.NextLate()
	if at := d.w.nextOutage(); !at.IsZero() && (next.IsZero() || at.Before(next)) {
		next = at
	}
	if len(d.later) > 0 && (next.IsZero() || d.later[0].at.Before(next)) {
		next = d.later[0].at
	}
	return next
}

// wake is called by the World, inside the lock.
func (d *Door) wake(bot int64) {
	if ch := d.wakes[bot]; ch != nil {
		close(ch)
		delete(d.wakes, bot)
	}
	if d.hook != nil {
		d.hook(bot)
	}
}

// Call does one Bot API call with all the waiting that belongs to it.
// timeout is when the caller gives up by itself (0 = never): then the call
// returns context.DeadlineExceeded, and Telegram does it all the same when
// its time comes. So it is when ctx ends meanwhile. Without an error the
// answer's Loss says what becomes of it on the way.
func (d *Door) Call(ctx context.Context, token, method string, args Args, timeout time.Duration) (Answer, error) {
	if err := ctx.Err(); err != nil {
		return Answer{}, err
	}
	v := &visit{d: d, ctx: ctx, timeout: timeout, start: d.real()}
	d.mu.Lock()
	d.tick()
	p := d.w.Begin(token, method, args)
	d.mu.Unlock()
	if err := v.pass(p, p.Before); err != nil {
		return Answer{}, err
	}
	if p.refused == nil && p.call.method == "getUpdates" {
		if err := v.poll(p); err != nil {
			d.With(func(w *World) { w.Drop(p) })
			return Answer{}, err
		}
	}
	ans, err := v.finish(p)
	if err == nil {
		err = v.pass(nil, p.After)
	}
	if err == nil && ans.Loss == LossHang {
		err = v.hang()
	}
	return ans, err
}

// visit is one caller inside the Door.
type visit struct {
	d       *Door
	ctx     context.Context
	start   time.Time     // the clock's
	timeout time.Duration // the clock's; 0 = none
}

// left is how long the caller still waits, on the clock; ok false = for ever.
func (v *visit) left() (time.Duration, bool) {
	if v.timeout <= 0 {
		return 0, false
	}
	return v.timeout - v.d.real().Sub(v.start), true
}

// pass lets wait go by. If the caller gives up meanwhile, p is done without
// it when wait is over; p nil = it was done before.
func (v *visit) pass(p *Pending, wait time.Duration) error {
	if wait <= 0 {
		return nil
	}
	due := v.d.present().Add(wait)
	err := v.sleep(due)
	if err != nil && p != nil {
		v.d.mu.Lock()
		v.d.postpone(due, p)
		v.d.mu.Unlock()
	}
	return err
}

// sleep waits for a moment of the World's, or less if the caller gives up before.
func (v *visit) sleep(due time.Time) error {
	for {
		wait, turned := v.d.until(due)
		if wait == 0 {
			return nil
		}
		left, bounded := v.left()
		short := bounded && left < wait
		if short {
			wait = max(0, left)
		}
		if err := v.d.rest(v.ctx, wait, turned); err != nil {
			return err
		}
		if left, _ := v.left(); short && left <= 0 {
			return context.DeadlineExceeded
		}
	}
}

// hang waits until the caller gives up; one without a timeout waits an hour.
func (v *visit) hang() error {
	if err := v.sleep(v.d.present().Add(time.Hour)); err != nil {
		return err
	}
	return context.DeadlineExceeded
}

// finish does the call, as often as Telegram makes it wait first.
func (v *visit) finish(p *Pending) (Answer, error) {
	for {
		v.d.mu.Lock()
		v.d.tick()
		ans, hold := v.d.w.Finish(p)
		if hold == 0 {
			v.d.cutPolls(p)
		}
		v.d.mu.Unlock()
		if hold == 0 {
			return ans, nil
		}
		if err := v.pass(p, hold); err != nil {
			return Answer{}, err
		}
	}
}

// cutPolls ends a waiting getUpdates when a webhook is set.
func (d *Door) cutPolls(p *Pending) {
	if !p.call.endsPoll {
		return
	}
	if s := d.polls[p.call.bot.me.id]; s != nil && s.waiting != nil {
		s.waiting.ended = d.w.conflict(p.call.bot, setWebhookMeanwhile)
		d.wake(p.call.bot.me.id)
	}
}

// SplitPath reads <token>/<method> or <token>/test/<method>: the token of a bot
// of the test environment keeps its /test. ok false = it is neither.
func SplitPath(path string) (token, method string, ok bool) {
	slash := strings.IndexByte(path, '/')
	if slash < 0 {
		return "", "", false
	}
	token, rest := path[:slash], path[slash:]
	if after, test := strings.CutPrefix(rest, testMark); test {
		token, rest = token+testMark, after
	}
	method, ok = strings.CutPrefix(rest, "/")
	return token, method, ok
}
