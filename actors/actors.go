package actors

import (
	"fmt"
	"runtime/debug"
	"time"
)

// Ref is the address of an actor: all that can be done is to tell it an M. The
// zero Ref drops what it is told.
type Ref[M any] struct{ box Mailbox }

// Tell puts m into the actor's mailbox. It never blocks, and a closed mailbox
// drops it.
func (r Ref[M]) Tell(m M) {
	if r.box != nil {
		r.box.Put(m)
	}
}

// Close makes the actor handle nothing more. What waits is dropped: close only
// what has nothing of value in its mailbox, or together with all that depend on it.
func (r Ref[M]) Close() {
	if r.box != nil {
		r.box.Close()
	}
}

// IsZero tells that the Ref addresses nobody.
func (r Ref[M]) IsZero() bool { return r.box == nil }

// Mailbox is where a System puts an actor's messages.
type Mailbox interface {
	Put(m any)
	Close()
}

// System is what actors run on.
type System interface {
	// Start makes a mailbox whose messages are given to handle, in order, all
	// that wait at once, never two batches at a time. handle must not panic.
	Start(id string, handle func(batch []any)) Mailbox
	Now() time.Time
	// After calls f once, after d; f only tells messages. stop forgets it.
	After(d time.Duration, f func()) (stop func())
	// Go runs work away from all actors; it may wait for the network. If it panics,
	// crashed is told, once, and sees to it that whoever waits for the work goes on; it
	// must not panic.
	Go(work func(), crashed func(Crash))
	// Key is a random number that is never 0.
	Key() int64
}

// Crash is why an actor died.
type Crash struct {
	ID      string
	Reason  any    // what was panicked with
	Stack   []byte // of the panic
	Message any    // the message under way; nil if the actor handles whole batches
}

func (c Crash) Error() string { return fmt.Sprintf("actor %s: %v", c.ID, c.Reason) }

// Guard does work as System.Go promises: a panic ends it, and nothing else. The crash has
// no ID.
func Guard(work func(), crashed func(Crash)) {
	defer func() {
		if r := recover(); r != nil {
			crashed(Crash{Reason: r, Stack: debug.Stack()})
		}
	}()
	work()
}

// Spawn starts an actor that handles whole batches. If handle panics, the actor
// is closed and crashed is called, once, on the actor's own goroutine.
func Spawn[M any](s System, id string, handle func(batch []M), crashed func(Crash)) Ref[M] {
	a := &shell[M]{id: id, handle: handle, crashed: crashed}
	// The mailbox exists before its first message, so the shell can close it.
	a.box = s.Start(id, a.take)
	return Ref[M]{a.box}
}

// Each makes a batch handler of one that takes single messages, and names the
// message under way when it panics.
func Each[M any](handle func(M)) func([]M) {
	return func(batch []M) {
		for _, m := range batch {
			one(handle, m)
		}
	}
}

// underway wraps a panic with the message that was being handled.
type underway struct {
	reason  any
	message any
	stack   []byte
}

func one[M any](handle func(M), m M) {
	defer func() {
		if r := recover(); r != nil {
			panic(underway{r, m, debug.Stack()})
		}
	}()
	handle(m)
}

type shell[M any] struct {
	id      string
	handle  func([]M)
	crashed func(Crash)
	box     Mailbox
	dead    bool
}

func (a *shell[M]) take(batch []any) {
	if a.dead {
		return
	}
	defer func() {
		if r := recover(); r != nil {
			a.die(r)
		}
	}()
	ms := make([]M, len(batch))
	for i, m := range batch {
		ms[i] = m.(M)
	}
	a.handle(ms)
}

func (a *shell[M]) die(r any) {
	a.dead = true
	a.box.Close()
	c := Crash{ID: a.id, Reason: r}
	if u, ok := r.(underway); ok {
		c.Reason, c.Message, c.Stack = u.reason, u.message, u.stack
	} else {
		c.Stack = debug.Stack()
	}
	a.crashed(c)
}

// Reply carries one answer to somebody who is not an actor: a test, a request
// handler. Only the first answer counts; it never blocks. The zero Reply is
// told to nobody.
type Reply[R any] struct{ c chan R }

// NewReply makes a Reply and the channel on which the answer comes.
func NewReply[R any]() (Reply[R], <-chan R) {
	c := make(chan R, 1)
	return Reply[R]{c}, c
}

// Send answers.
func (r Reply[R]) Send(v R) {
	if r.c == nil {
		return
	}
	select {
	case r.c <- v:
	default:
	}
}
