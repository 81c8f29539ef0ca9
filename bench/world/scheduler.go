package world

import (
	"container/heap"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"time"

	"topicdesk/actors"
)

// Scheduler runs actors on one thread. It is an actors.System and a Waiter of
// the simulated Telegram.
type Scheduler struct {
	rand   *rand.Rand
	now    time.Time
	boxes  []*box // with something in them
	timers timers
	tasks  []*task
	task   *task // the one that runs now
	serial uint64
	// Ahead is how far the clock of the relay's machine is before Telegram's. It
	// changes between two processes only: what a process measures itself, it
	// measures with a clock that nobody sets.
	Ahead time.Duration
	// Intercept sees every message between actors before it is handled; what it
	// returns happens to it. nil = nothing.
	Intercept func(to string, m any) Mishap
	// Alter gives what an actor gets in place of a message: a sabotage. nil = the message.
	Alter func(m any) any
	// Fuse is at which use of the System an actor panics that handles a fatal
	// message; 0 = drawn from the seed.
	Fuse int
	// Verbose puts what is in the messages into the trace.
	Verbose bool
	// Trace is told every step; nil = nobody.
	Trace      func(string)
	recent     []string
	generation int // counts processes
	// bomb counts down what the actor that runs now does with the System; at 0
	// it panics. 0 = it is not armed.
	bomb    int
	running *box // the mailbox of that actor; nil = none runs
}

// Mishap is what happens to a message.
type Mishap int

// Mishaps.
const (
	Delivered Mishap = iota
	Lost             // it never arrives
	Fatal            // the actor panics while it handles it
)

// NewScheduler makes a scheduler whose choices and keys come from seed.
func NewScheduler(seed uint64, start time.Time) *Scheduler {
	return &Scheduler{rand: rand.New(rand.NewPCG(seed, 0x7091cde5)), now: start}
}

// box is one actor's mailbox.
type box struct {
	s       *Scheduler
	id      string
	handle  func([]any)
	waiting []envelope
	listed  bool
	closed  bool
	// generation is the process to which it belongs.
	generation int
}

// Start makes a mailbox.
func (s *Scheduler) Start(id string, handle func([]any)) actors.Mailbox {
	return &box{s: s, id: id, handle: handle, generation: s.generation}
}

func (b *box) Put(m any) {
	b.s.tick()
	if b.closed || b.generation != b.s.generation {
		return
	}
	if b.s.Alter != nil {
		m = b.s.Alter(m)
	}
	e := envelope{m: m}
	if b.s.Intercept != nil {
		switch b.s.Intercept(b.id, m) {
		case Delivered:
		case Lost:
			b.s.trace("lost %s <- %T", b.id, m)
			return
		case Fatal:
			e.fatal = true
		default:
			panic("world: unknown mishap")
		}
	}
	b.waiting = append(b.waiting, e)
	if !b.listed {
		b.listed = true
		b.s.boxes = append(b.s.boxes, b)
	}
}

// envelope is a message that waits; a fatal one makes its actor panic.
type envelope struct {
	m     any
	fatal bool
}

// tick counts what an actor does, and panics when its bomb goes off.
func (s *Scheduler) tick() {
	if s.bomb == 0 {
		return
	}
	if s.bomb--; s.bomb == 0 {
		panic("world: a crash was drawn")
	}
}

// Close closes a mailbox. An actor that closes its own has ended, perhaps by a
// panic: what follows on its thread is its host's work, which no bomb strikes.
func (b *box) Close() {
	if b.closed, b.waiting = true, nil; b == b.s.running {
		b.s.bomb = 0
	}
}

// Now is the time as the relay's machine has it.
func (s *Scheduler) Now() time.Time {
	s.tick()
	return s.now.Add(s.Ahead)
}

// truth is the time as Telegram has it.
type truth struct{ *Scheduler }

func (t truth) Now() time.Time { return t.now }

// After calls f at a virtual time.
func (s *Scheduler) After(d time.Duration, f func()) func() {
	s.serial++
	t := &timer{at: s.now.Add(d), serial: s.serial, f: f}
	heap.Push(&s.timers, t)
	return func() { t.f = nil }
}

// Key is drawn from the seed.
func (s *Scheduler) Key() int64 { return s.rand.Int64N(1<<62) + 1 }

// task is work away from the actors: a coroutine.
type task struct {
	resume func() (struct{}, bool)
	stop   func()
	yield  func(struct{}) bool
	until  time.Time   // zero = no time is waited for
	ready  func() bool // nil = only time is waited for
	ctx    context.Context
	asleep bool
}

// Go does Begin with work whose panics are told.
func (s *Scheduler) Go(work func(), crashed func(actors.Crash)) {
	s.Begin(func() { actors.Guard(work, crashed) })
}

// Begin runs work as a coroutine; it begins at a later step.
func (s *Scheduler) Begin(work func()) {
	t := &task{}
	t.resume, t.stop = iter.Pull(func(yield func(struct{}) bool) {
		t.yield = yield
		work()
	})
	s.tasks = append(s.tasks, t)
}

// Sleep lets virtual time pass for the task that runs.
func (s *Scheduler) Sleep(ctx context.Context, d time.Duration) error {
	return s.Wait(ctx, d, nil)
}

// Wait lets the task that runs wait until ready, or for d.
func (s *Scheduler) Wait(ctx context.Context, d time.Duration, ready func() bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	t := s.task
	if t == nil {
		panic("world: somebody waits outside a task")
	}
	t.until, t.ready, t.ctx, t.asleep = s.now.Add(d), ready, ctx, true
	if !t.yield(struct{}{}) {
		return context.Canceled
	}
	return ctx.Err()
}

func (t *task) runnable(now time.Time) bool {
	return !t.asleep || !t.until.After(now) || t.ctx.Err() != nil || (t.ready != nil && t.ready())
}

// Step does one thing, chosen by the seed; false if nothing can happen any more
// before the given time.
func (s *Scheduler) Step(horizon time.Time) bool {
	boxes, tasks := s.pruned()
	if n := len(boxes) + len(tasks); n > 0 {
		if i := s.rand.IntN(n); i < len(boxes) {
			s.deliver(boxes[i])
		} else {
			s.run(tasks[i-len(boxes)])
		}
		return true
	}
	return s.passTime(horizon)
}

func (s *Scheduler) pruned() (boxes []*box, tasks []*task) {
	kept := s.boxes[:0]
	for _, b := range s.boxes {
		if b.closed || len(b.waiting) == 0 {
			b.listed = false
			continue
		}
		kept = append(kept, b)
	}
	s.boxes = kept
	for _, t := range s.tasks {
		if t.runnable(s.now) {
			tasks = append(tasks, t)
		}
	}
	return s.boxes, tasks
}

// deliver gives an actor some of what waits: one message, or all. A fatal one
// comes alone.
func (s *Scheduler) deliver(b *box) {
	n := len(b.waiting)
	if n > 1 && s.rand.IntN(2) == 0 {
		n = 1 + s.rand.IntN(n)
	}
	var batch []any
	for i, e := range b.waiting[:n] {
		if e.fatal && i > 0 {
			break
		}
		batch = append(batch, e.m)
		s.trace("%s <- %s", b.id, s.describe(e.m))
		if e.fatal {
			if s.bomb = s.Fuse; s.bomb == 0 {
				s.bomb = 1 + s.rand.IntN(3)
			}
			s.trace("%s: a bomb is armed", b.id)
			break
		}
	}
	b.waiting = b.waiting[len(batch):]
	s.running = b
	b.handle(batch)
	s.running, s.bomb = nil, 0
}

// describe names a message; Verbose says what is in it.
func (s *Scheduler) describe(m any) string {
	if !s.Verbose {
		return fmt.Sprintf("%T", m)
	}
	text := fmt.Sprintf("%T %+v", m, m)
	return text[:min(len(text), 700)]
}

func (s *Scheduler) run(t *task) {
	t.asleep = false
	s.task = t
	_, more := t.resume()
	s.task = nil
	if more {
		return
	}
	for i := range s.tasks {
		if s.tasks[i] == t {
			s.tasks = append(s.tasks[:i:i], s.tasks[i+1:]...)
			return
		}
	}
}

// passTime moves the clock to the next thing that is due.
func (s *Scheduler) passTime(horizon time.Time) bool {
	next := time.Time{}
	for len(s.timers) > 0 && s.timers[0].f == nil {
		heap.Pop(&s.timers)
	}
	if len(s.timers) > 0 {
		next = s.timers[0].at
	}
	for _, t := range s.tasks {
		if t.asleep && (next.IsZero() || t.until.Before(next)) {
			next = t.until
		}
	}
	if next.IsZero() || next.After(horizon) {
		if s.now.Before(horizon) {
			s.now = horizon
		}
		return false
	}
	if next.After(s.now) {
		s.now = next
	}
	for len(s.timers) > 0 && !s.timers[0].at.After(s.now) {
		t := heap.Pop(&s.timers).(*timer)
		if t.f != nil {
			t.f()
		}
	}
	return true
}

// Kill forgets everything, as the end of a process does: what waits in
// mailboxes, timers, and calls, which go on inside Telegram without anybody to
// hear the answer. close is called in between, to close the files.
func (s *Scheduler) Kill(closeFiles func()) {
	for _, b := range s.boxes {
		b.waiting = nil
	}
	closeFiles()
	for len(s.boxes) > 0 {
		b := s.boxes[0]
		s.boxes = s.boxes[1:]
		b.listed = false
		if len(b.waiting) > 0 && !b.closed {
			s.deliver(b)
		}
	}
	s.generation++
	s.boxes, s.timers = nil, nil
	tasks := s.tasks
	s.tasks = nil
	for _, t := range tasks {
		t.stop()
	}
	s.boxes, s.timers, s.tasks = nil, nil, nil
}

// Recent are the last steps.
func (s *Scheduler) Recent() []string { return s.recent }

// recentKept is how many steps Recent tells.
const recentKept = 40

func (s *Scheduler) trace(format string, args ...any) {
	line := s.now.Format("15:04:05.000 ") + fmt.Sprintf(format, args...)
	if s.recent = append(s.recent, line); len(s.recent) > recentKept {
		s.recent = s.recent[1:]
	}
	if s.Trace != nil {
		s.Trace(line)
	}
}

type timer struct {
	at     time.Time
	serial uint64
	f      func() // nil = forgotten
}

type timers []*timer

func (h timers) Len() int { return len(h) }
func (h timers) Less(i, j int) bool {
	return h[i].at.Before(h[j].at) || (h[i].at.Equal(h[j].at) && h[i].serial < h[j].serial)
}
func (h timers) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *timers) Push(x any)   { *h = append(*h, x.(*timer)) }
func (h *timers) Pop() any {
	old := *h
	t := old[len(old)-1]
	*h = old[:len(old)-1]
	return t
}
