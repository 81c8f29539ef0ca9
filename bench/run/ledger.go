package run

import (
	"sync"
	"time"
)

// source names a message where it was written: in a client's private chat by
// the bot's number, in a forum by the forum's.
type source struct {
	chat    int64
	message int
}

// message is one message of the load on its way.
type message struct {
	number int
	dialog *dialog
	client bool // written by the client

	said     time.Time
	written  time.Time // just before the bytes of its update went to the relay; of the first delivery
	read     time.Time // the call that carries it was read; the first one
	answered time.Time // the first such call was answered with 200
	calls    int       // answered with 200
	method   string
}

// ledger is what the simulator's HTTP door saw of the load.
type ledger struct {
	mu       sync.Mutex
	messages []*message // by number, from 1
	sources  map[source]int
	arrived  func(*message) // called when a message has arrived, outside of the lock; may be nil
}

func newLedger() *ledger { return &ledger{sources: map[source]int{}} }

// begin gives a message its number.
func (l *ledger) begin(d *dialog, client bool) *message {
	l.mu.Lock()
	defer l.mu.Unlock()
	m := &message{number: len(l.messages) + 1, dialog: d, client: client, said: time.Now()}
	l.messages = append(l.messages, m)
	return m
}

// place notes where a message was written; before its update is delivered.
func (l *ledger) place(m *message, s source) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sources[s] = m.number
}

func (l *ledger) at(number int) *message {
	if number < 1 || number > len(l.messages) {
		return nil
	}
	return l.messages[number-1]
}

// written notes that updates go to the relay now.
func (l *ledger) written(numbers []int, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, n := range numbers {
		if m := l.at(n); m != nil && m.written.IsZero() {
			m.written = now
		}
	}
}

// read notes that a call with a message was read; the message is nil if the
// call carries none of the load.
func (l *ledger) read(c call, now time.Time) *message {
	l.mu.Lock()
	defer l.mu.Unlock()
	m := l.at(c.number)
	if m == nil {
		m = l.at(l.sources[source{c.From, c.Message}])
	}
	if m == nil {
		return nil
	}
	if m.read.IsZero() {
		m.read, m.method = now, c.method
	}
	if m.client {
		m.dialog.learn(c.Thread)
	}
	return m
}

// answered notes that such a call was done.
func (l *ledger) answered(m *message, now time.Time) {
	l.mu.Lock()
	m.calls++
	first := m.calls == 1
	if first {
		m.answered = now
	}
	tell := l.arrived
	l.mu.Unlock()
	if first && tell != nil {
		tell(m)
	}
}

// onArrival sets who is told of messages that arrive; nil = nobody.
func (l *ledger) onArrival(f func(*message)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.arrived = f
}

// count is how many messages there are.
func (l *ledger) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.messages)
}

// since copies the messages after the first n.
func (l *ledger) since(n int) []message {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := make([]message, 0, len(l.messages)-n)
	for _, m := range l.messages[n:] {
		all = append(all, *m)
	}
	return all
}

// missing is how many messages after the first n have not arrived.
func (l *ledger) missing(n int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	missing := 0
	for _, m := range l.messages[n:] {
		if m.calls == 0 {
			missing++
		}
	}
	return missing
}
