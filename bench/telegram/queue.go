package telegram

import (
	"math"
	"slices"
	"time"
)

// The queue of one bot's updates (TDLib's TQueue, which the Bot API server
// uses).

const (
	maxQueued      = 100_000   // updates waiting for one bot
	maxQueuedBytes = 128 << 20 // of them together
	maxAnswerSize  = 4 << 20   // bytes of one getUpdates answer, about
	maxUpdateID    = 2_000_000_000
	forgetIDs      = 7 * 24 * time.Hour // without updates: the next id is random (Bot API docs)
)

// heldUpdate is one that isn't queued yet: a part of an album on its way, or
// one that a fault keeps back.
type heldUpdate struct {
	due  time.Time
	bot  *bot
	item queued
	// strike is what a fault still does to it.
	strike updateStrike
}

// push adds an update to the bot's queue.
func (w *World) push(b *bot, kind string, object any, keep time.Duration, lane int64) {
	w.pushPart(b, kind, object, keep, lane, "")
}

// pushPart is push for a message of an album, "" = of none.
func (w *World) pushPart(b *bot, kind string, object any, keep time.Duration, lane int64, album string) {
	if !b.wants(kind) {
		return
	}
	item := queued{kind: kind, object: encode(object), expires: w.unix() + int64(keep/time.Second), lane: lane}
	if keep <= 0 || item.size() > w.knobs.UpdateBytes || w.away(b) {
		return
	}
	strike := w.updateFaults(b, kind, item.object)
	wait := b.gap(lane, album, w.now, w.knobs.AlbumGap) + strike.late
	switch h := (heldUpdate{w.now.Add(wait), b, item, strike}); {
	case strike.lost:
		w.noteLost(b, item)
	case wait > 0:
		w.late = append(w.late, h)
	default:
		w.arrive(h)
		w.releaseLate()
	}
}

// arrive queues an update, and holds back its second delivery if there is one.
func (w *World) arrive(h heldUpdate) {
	item := w.enqueue(h.bot, h.item)
	if h.strike.twice {
		item.again = true
		w.late = append(w.late, heldUpdate{w.now.Add(h.strike.gap), h.bot, item, updateStrike{}})
	}
}

// pacing is an album whose updates are on their way to a bot.
type pacing struct {
	album string
	last  time.Time // when the newest update of the lane is queued
}

// gap is how long an update of that lane is held back: parts of an album come
// one after the other, and what follows them in the lane comes after them.
func (b *bot) gap(lane int64, album string, now time.Time, step time.Duration) time.Duration {
	p, under := b.pacings[lane]
	if album == "" && !(under && p.last.After(now)) {
		delete(b.pacings, lane)
		return 0
	}
	due := p.last
	if under && album != "" && p.album == album {
		due = due.Add(step)
	}
	if due.Before(now) {
		due = now
	}
	if album == "" {
		album = p.album
	}
	if b.pacings == nil {
		b.pacings = map[int64]pacing{}
	}
	b.pacings[lane] = pacing{album, due}
	return due.Sub(now)
}

// size is the length of the update as it is queued, without its id.
func (q *queued) size() int { return len(`"":`) + len(q.kind) + len(q.object) }

// enqueue numbers an update, unless it has its number already, and queues it.
func (w *World) enqueue(b *bot, item queued) queued {
	if len(b.queue) >= maxQueued || b.bytes > maxQueuedBytes-item.size() {
		return item
	}
	if item.id == 0 {
		item.id = w.nextUpdateID(b)
	}
	b.newest = w.now
	b.soonest = min(b.soonest, item.expires)
	b.queue = append(b.queue, item)
	b.bytes += item.size()
	w.note(LogEntry{Event: EventUpdate, Bot: b.me.id, Method: item.kind, UpdateID: item.id})
	w.wakeBot(b)
	return item
}

// nextUpdateID is one more than the last id, or after a week without updates,
// and at the first, a random one in 2,000,001 … 10^9.
func (w *World) nextUpdateID(b *bot) int {
	if b.nextID == 0 || b.nextID >= maxUpdateID || w.now.Sub(b.newest) >= forgetIDs {
		const low = 2_000_001
		b.nextID = low + w.rnd.IntN(maxUpdateID/2-low)
	}
	b.nextID++
	return b.nextID - 1
}

// releaseLate delivers what was held back until now.
func (w *World) releaseLate() {
	for len(w.late) > 0 {
		slices.SortStableFunc(w.late, func(a, b heldUpdate) int { return a.due.Compare(b.due) })
		first := w.late[0]
		if first.due.After(w.now) {
			return
		}
		w.late = slices.Delete(w.late, 0, 1)
		w.arrive(first)
	}
}

// expire drops what waited too long.
func (w *World) expire(b *bot) {
	now := w.unix()
	if b.soonest >= now {
		return
	}
	b.drop(func(q queued) bool { return q.expires < now })
	b.soonest = math.MaxInt64
	for _, q := range b.queue {
		b.soonest = min(b.soonest, q.expires)
	}
}

// drop forgets what is queued and matches.
func (b *bot) drop(match func(queued) bool) {
	b.queue = slices.DeleteFunc(b.queue, func(q queued) bool {
		gone := match(q)
		if gone {
			b.bytes -= q.size()
		}
		return gone
	})
}

// clear forgets everything but the newest updates.
func (b *bot) clear(keep int) {
	n := len(b.queue) - keep
	if n <= 0 {
		return
	}
	for _, q := range b.queue[:n] {
		b.bytes -= q.size()
	}
	b.queue = slices.Clone(b.queue[n:])
}

// confirm forgets the updates below offset, but not those that have to be
// delivered again.
func (b *bot) confirm(offset int) {
	n := 0
	for n < len(b.queue) && b.queue[n].id < offset && !b.queue[n].again {
		b.bytes -= b.queue[n].size()
		n++
	}
	clear(b.queue[:n]) // their texts are free at once
	b.queue = b.queue[n:]
	if len(b.queue) == 0 {
		b.queue = nil
	}
}

// maxOffsetAhead is how far beyond the queue's end an offset may lie before
// the server takes it for nonsense and starts at the head.
const maxOffsetAhead = 10

// seek does what getUpdates does with its offset: a negative one keeps that
// many updates, others confirm what is below them.
func (w *World) seek(b *bot, offset int) {
	w.expire(b)
	switch {
	case offset < 0:
		b.clear(-offset)
	case offset > 0 && b.nextID > 0 && offset <= b.nextID+maxOffsetAhead:
		b.confirm(offset)
	}
}

// take returns what one getUpdates answers with, after seek.
func (b *bot) take(limit int) []queued {
	n, size := 0, 0
	for n < min(limit, len(b.queue)) {
		size += 50 + b.queue[n].size()
		if size >= maxAnswerSize {
			break
		}
		b.queue[n].again = false
		n++
	}
	return b.queue[:n]
}

// Pending is the number of updates that wait for the bot.
func (w *World) Pending(botID int64) int {
	b := w.robot(botID)
	w.expire(b)
	return len(b.queue)
}

// Peek returns up to limit waiting updates from the given id on, confirming
// nothing: what a webhook sender needs. Confirm with Ack.
func (w *World) Peek(botID int64, from, limit int) []Update {
	b := w.robot(botID)
	w.expire(b)
	var out []Update
	for _, q := range b.queue {
		if len(out) == limit {
			break
		}
		if q.id >= from {
			out = append(out, Update{q.id, q.kind, q.object, q.lane, time.Unix(q.expires, 0)})
		}
	}
	return out
}

// Sent notes that a request with the update to a webhook begins.
func (w *World) Sent(botID int64, u Update) {
	w.note(LogEntry{Event: EventSent, Bot: botID, Method: u.Kind, UpdateID: u.ID})
}

// Ack removes one update that a webhook has taken, sent at that moment; false
// = it wasn't there.
func (w *World) Ack(botID int64, update int, sent time.Time) bool {
	kind := w.Discard(botID, update)
	if kind != "" {
		w.note(LogEntry{Event: EventTaken, Bot: botID, Method: kind, UpdateID: update, Took: w.now.Sub(sent)})
	}
	return kind != ""
}

// Discard removes one update that nobody will take any more and returns its
// type; "" = it wasn't there.
func (w *World) Discard(botID int64, update int) string {
	b := w.robot(botID)
	at := slices.IndexFunc(b.queue, func(q queued) bool { return q.id == update })
	if at < 0 {
		return ""
	}
	kind := b.queue[at].kind
	b.bytes -= b.queue[at].size()
	b.queue = slices.Delete(b.queue, at, at+1)
	return kind
}

// NextLate is when the next thing happens by itself: a held back update, the
// end of a poll, or reactions that are counted; zero = nothing does.
func (w *World) NextLate() time.Time {
	next := w.nextClosing()
	for _, h := range w.late {
		if next.IsZero() || h.due.Before(next) {
			next = h.due
		}
	}
	if len(w.countings) > 0 && (next.IsZero() || w.countings[0].due.Before(next)) {
		next = w.countings[0].due
	}
	return next
}
