package doors

import (
	"container/heap"
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	sim "topicdesk/bench/telegram"
)

// deliverer posts updates to the webhooks of all bots. One goroutine owns all
// that it knows; each request in flight has a goroutine of its own, which
// only reports back.
type deliverer struct {
	door    *sim.Door
	log     *slog.Logger
	carrier http.RoundTripper // nil = each webhook has its own
	posting func(body []byte) // nil = nobody is told

	mu    sync.Mutex
	dirty map[int64]bool // bots to look at
	all   bool           // look at every hook
	poke  chan struct{}  // holds one value when there is something to look at

	done   chan delivery
	hooks  map[int64]*hook
	agenda agenda         // the same hooks
	flying sync.WaitGroup // requests, and calls that bots made by answering
}

func newDeliverer(door *sim.Door, log *slog.Logger, carrier http.RoundTripper) *deliverer {
	return &deliverer{
		door: door, log: log, carrier: carrier, dirty: map[int64]bool{}, poke: make(chan struct{}, 1),
		done: make(chan delivery), hooks: map[int64]*hook{},
	}
}

// wake asks to look at a bot. It never waits: the Door calls it inside its lock.
func (d *deliverer) wake(bot int64) {
	d.mu.Lock()
	d.dirty[bot] = true
	d.mu.Unlock()
	d.signal()
}

// wakeAll asks to look at all bots, after the World's clock has jumped.
func (d *deliverer) wakeAll() {
	d.mu.Lock()
	d.all = true
	d.mu.Unlock()
	d.signal()
}

func (d *deliverer) signal() {
	select {
	case d.poke <- struct{}{}:
	default:
	}
}

// run delivers until ctx ends and all requests in flight have come back.
func (d *deliverer) run(ctx context.Context) {
	defer d.hangUp()
	defer d.flying.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-d.poke:
			d.collect()
		case back := <-d.done:
			d.settle(ctx, back)
		case <-timer.C:
		}
		next := d.pump(func(s shipment) {
			d.flying.Go(func() {
				patient, cancel := context.WithTimeout(ctx, d.door.Lasts(answerTimeout))
				defer cancel()
				if d.posting != nil {
					d.posting(s.body)
				}
				select {
				case d.done <- s.post(patient):
				case <-ctx.Done():
				}
			})
		})
		timer.Reset(d.door.Lasts(next))
	}
}

// hangUp closes all connections that are idle.
func (d *deliverer) hangUp() {
	for _, h := range d.hooks {
		h.hangUp()
	}
}

// collect notes which hooks have to be looked at.
func (d *deliverer) collect() {
	d.mu.Lock()
	dirty, all := d.dirty, d.all
	d.dirty, d.all = map[int64]bool{}, false
	d.mu.Unlock()
	for bot := range dirty {
		if d.hooks[bot] == nil {
			d.hooks[bot] = &hook{bot: bot, carrier: d.carrier}
			heap.Push(&d.agenda, d.hooks[bot])
		}
		d.agenda.now(d.hooks[bot])
	}
	if all {
		d.agenda.allNow()
	}
}

// settle takes what became of one request and does what the bot asked for in
// its answer, if it did.
func (d *deliverer) settle(ctx context.Context, back delivery) {
	h := d.hooks[back.hook.bot]
	if h == nil || h != back.hook || h.generation != back.generation {
		return
	}
	d.agenda.now(h)
	var token string
	d.door.With(func(w *sim.World) {
		h.settle(w, back)
		token = w.Token(h.bot)
	})
	if back.failure != "" {
		d.log.Info("webhook failed", "bot", h.bot, "update", back.update, "reason", back.failure)
	}
	if back.method != "" {
		// Its result goes nowhere, as at Telegram, and the queue doesn't wait for it.
		d.flying.Go(func() { d.door.Call(ctx, token, back.method, back.args, 0) })
	}
}
