package doors

import (
	"math/rand/v2"
	"net/http"
	"time"

	sim "topicdesk/bench/telegram"
)

// hook is one bot's webhook: what is in flight and what has failed. What
// waits stays in the World until the bot has taken it.
type hook struct {
	bot        int64
	carrier    http.RoundTripper // nil = its own
	web        *http.Client
	target     sim.Webhook
	generation int       // grows with every change of target
	due        time.Time // when to look again; zero = now
	at         int       // place on the agenda
	lanes      map[int64]*lane
	flying     int
	lines      lines
	gone       time.Time // when an unbroken row of 410 began
}

// lane is one queue inside which the order is kept: one request in flight,
// the next only after the former was taken (Bot API server source).
type lane struct {
	update int       // the id at its head
	due    time.Time // not before
	delay  time.Duration
	fails  int
	busy   bool
}

// shipment is one update on its way to a webhook.
type shipment struct {
	hook       *hook
	generation int
	lane       int64
	update     int
	expires    time.Time
	sent       time.Time
	body       []byte
	target     sim.Webhook
	web        *http.Client
}

// Retrying (Bot API server source).
const (
	maxRetryAfter = time.Hour        // a bot's own Retry-After
	maxBackoff    = 60 * time.Second // up to twice that, at random
	goneAfter     = 23 * time.Hour   // of nothing but 410 removes the webhook
)

// look returns what may be sent now and sets due to when more may be.
func (h *hook) look(w *sim.World, now time.Time) []shipment {
	h.retarget(w.WebhookOf(h.bot))
	h.due = time.Time{}
	if h.target.URL == "" {
		return nil
	}
	if until, down := w.Down(h.bot); down {
		h.remind(until)
		return nil
	}
	// The server too looks no further than this, so one stuck chat with that
	// much to say holds up all others.
	waiting := w.Peek(h.bot, 0, 2*h.target.MaxConnections)
	heads := h.heads(waiting)
	h.lines.open(now, min(len(heads), h.target.MaxConnections))
	var out []shipment
	for _, u := range heads {
		l := h.lanes[u.Lane]
		switch {
		case l.busy:
		case l.due.After(now):
			h.remind(l.due)
		case h.flying >= h.lines.count:
			h.remind(h.lines.next)
		default:
			l.busy = true
			h.flying++
			w.Sent(h.bot, u)
			out = append(out, shipment{
				hook: h, generation: h.generation, lane: u.Lane, update: u.ID, expires: u.Expires,
				sent: now, body: u.JSON(), target: h.target, web: h.web,
			})
		}
	}
	return out
}

// heads returns the first waiting update of each lane and forgets lanes that
// have nothing left.
func (h *hook) heads(waiting []sim.Update) []sim.Update {
	var out []sim.Update
	full := map[int64]bool{}
	for _, u := range waiting {
		if full[u.Lane] {
			continue
		}
		full[u.Lane] = true
		l := h.lanes[u.Lane]
		switch {
		case l == nil:
			h.lanes[u.Lane] = &lane{update: u.ID, delay: time.Second}
		case l.update != u.ID && !l.busy:
			*l = lane{update: u.ID, delay: time.Second}
		}
		out = append(out, u)
	}
	for id, l := range h.lanes {
		if !full[id] && !l.busy {
			delete(h.lanes, id)
		}
	}
	return out
}

// remind makes the pump come back at t, zero = whenever something happens.
func (h *hook) remind(t time.Time) {
	if !t.IsZero() && (h.due.IsZero() || t.Before(h.due)) {
		h.due = t
	}
}

// retarget begins anew when the webhook was changed; what is in flight to the
// old one counts no longer and will be sent again.
func (h *hook) retarget(next sim.Webhook) {
	next.LastErrorDate, next.LastError = 0, ""
	if !next.FixedIP {
		next.IP = "" // found out by connecting
	}
	if h.generation > 0 && next == h.target {
		return
	}
	h.hangUp()
	*h = hook{
		bot: h.bot, carrier: h.carrier, web: client(next, h.carrier),
		target: next, generation: h.generation + 1, lanes: map[int64]*lane{},
	}
}

// hangUp closes the connections that are idle.
func (h *hook) hangUp() {
	if h.web != nil {
		h.web.CloseIdleConnections()
	}
}

// settle takes what became of one request.
func (h *hook) settle(w *sim.World, back delivery) {
	now := w.Now()
	l := h.lanes[back.lane]
	l.busy = false
	h.flying--
	if back.broken {
		h.lines.count--
	}
	if back.ip != "" {
		w.WebhookReached(h.bot, back.ip)
	}
	if back.status != statusGone && back.status != 0 {
		h.gone = time.Time{}
	}
	if back.failure == "" {
		w.Ack(h.bot, back.update, back.sent)
		l.update, h.lines.success = 0, now
		return
	}
	if back.told != "" {
		w.WebhookFailed(h.bot, back.told)
	}
	l.fail(now, back.retryAfter)
	if l.due.Unix() > back.expires.Unix() {
		w.Discard(h.bot, back.update)
		l.update = 0
	}
	if back.status == statusGone {
		h.unwanted(w, now)
	}
}

// unwanted removes the webhook after a day of nothing but 410.
func (h *hook) unwanted(w *sim.World, now time.Time) {
	if h.gone.IsZero() {
		h.gone = now
	}
	if now.Sub(h.gone) > goneAfter {
		w.CloseWebhook(h.bot)
	}
}

// fail puts the next try off: the first one is at once, then after 2, 4, 8 …
// seconds, unless the bot has named a time.
func (l *lane) fail(now time.Time, retryAfter time.Duration) {
	wait := min(retryAfter, maxRetryAfter)
	if wait <= 0 && l.fails > 0 {
		limit := maxBackoff + time.Duration(rand.Int64N(int64(maxBackoff)))
		l.delay = min(2*l.delay, limit)
		wait = l.delay
	}
	l.fails++
	l.due = now.Add(max(0, wait))
}

// lines are the open connections of one webhook. How fast new ones may be
// opened is the Bot API server's own rule (its source): ten in half a second
// while deliveries succeed, one in two seconds, and one at most, when none has
// for ten seconds.
type lines struct {
	count   int
	success time.Time
	burst   []time.Time // when the last ten were opened that weren't careful
	careful time.Time   // when the last careful one was opened
	next    time.Time   // when one more may be opened; zero = none is wanted
}

const (
	freshFor    = 10 * time.Second
	burstLines  = 10
	burstPer    = 500 * time.Millisecond
	carefulLine = 2 * time.Second
)

// open opens what is needed and allowed.
func (l *lines) open(now time.Time, need int) {
	l.next = time.Time{}
	if l.success.IsZero() || now.Sub(l.success) > freshFor {
		l.openCareful(now, min(need, 1))
		return
	}
	for l.count < need {
		if len(l.burst) == burstLines {
			if at := l.burst[0].Add(burstPer); at.After(now) {
				l.next = at
				return
			}
			l.burst = l.burst[1:]
		}
		l.count++
		l.burst = append(l.burst, now)
	}
}

func (l *lines) openCareful(now time.Time, need int) {
	if l.count >= need {
		return
	}
	if at := l.careful.Add(carefulLine); !l.careful.IsZero() && at.After(now) {
		l.next = at
		return
	}
	l.count++
	l.careful = now
}
