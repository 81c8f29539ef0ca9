package actors

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/anthdm/hollywood/actor"
)

// inboxSlots is the first size of an inbox; Hollywood doubles it when needed
// and never shrinks it. 1,024, its default, would cost 24 KiB an actor.
const inboxSlots = 4

// Engine is the System that runs actors on Hollywood, in real time or in a
// testing/synctest bubble.
type Engine struct {
	hollywood *actor.Engine
	serial    atomic.Uint64
}

// NewEngine starts an engine without network.
func NewEngine() (*Engine, error) {
	h, err := actor.NewEngine(actor.NewEngineConfig())
	if err != nil {
		return nil, fmt.Errorf("start the actor engine: %w", err)
	}
	return &Engine{hollywood: h}, nil
}

// Start makes an actor. Ids are made unique, because Hollywood resolves a
// reference by its id: a reference to an earlier actor of the same name must
// not reach a later one.
func (e *Engine) Start(id string, handle func([]any)) Mailbox {
	p := &process{
		engine: e.hollywood,
		pid:    actor.NewPID(actor.LocalLookupAddr, fmt.Sprintf("%s#%d", id, e.serial.Add(1))),
		inbox:  actor.NewInbox(inboxSlots),
		handle: handle,
	}
	e.hollywood.SpawnProc(p)
	return p
}

// Now is the wall clock.
func (e *Engine) Now() time.Time { return time.Now() }

// After is time.AfterFunc.
func (e *Engine) After(d time.Duration, f func()) func() {
	t := time.AfterFunc(d, f)
	return func() { t.Stop() }
}

// Go starts a goroutine.
func (e *Engine) Go(work func(), crashed func(Crash)) { go Guard(work, crashed) }

// Key is drawn from the system's randomness.
func (e *Engine) Key() int64 {
	var b [8]byte
	for {
		_, _ = rand.Read(b[:]) // documented never to fail
		if k := int64(binary.LittleEndian.Uint64(b[:]) >> 1); k != 0 {
			return k
		}
	}
}

// process is one actor in Hollywood's registry: an own Processer over its
// inbox, so that a batch is seen whole and no panic reaches Hollywood, whose
// restarts would end the process.
type process struct {
	engine *actor.Engine
	pid    *actor.PID
	inbox  *actor.Inbox
	handle func([]any)
	closed atomic.Bool
}

func (p *process) Put(m any) {
	if !p.closed.Load() {
		p.engine.Send(p.pid, m)
	}
}

// Close takes the actor out of the registry and stops its inbox. A batch under
// way is finished.
func (p *process) Close() {
	if p.closed.CompareAndSwap(false, true) {
		p.engine.Registry.Remove(p.pid)
		_ = p.inbox.Stop() // never fails
	}
}

// Start is called by Hollywood when the process is registered.
func (p *process) Start() { p.inbox.Start(p) }

// PID is called by Hollywood.
func (p *process) PID() *actor.PID { return p.pid }

// Send is called by Hollywood to deliver.
func (p *process) Send(_ *actor.PID, m any, _ *actor.PID) {
	p.inbox.Send(actor.Envelope{Msg: m})
}

// Invoke is called by the inbox with all that waits.
func (p *process) Invoke(envelopes []actor.Envelope) {
	if p.closed.Load() {
		return
	}
	batch := make([]any, len(envelopes))
	for i, e := range envelopes {
		batch[i] = e.Msg
	}
	p.handle(batch)
}

// Shutdown is called by Hollywood when somebody poisons the actor; nobody does.
func (p *process) Shutdown() { p.Close() }
