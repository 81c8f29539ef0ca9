package telegram

import (
	"encoding/json"
	"slices"
	"time"
)

// How long Telegram keeps what a bot hasn't fetched (Bot API server, add_update).
const (
	keepMessage  = 24 * time.Hour
	keepMember   = 24 * time.Hour
	keepReaction = 24 * time.Hour
	keepCallback = 150 * time.Second
)

const (
	maxQueued     = 100_000  // updates waiting for one bot
	maxUpdateSize = 64 << 10 // bytes of one update; larger ones are dropped
	maxAnswerSize = 4 << 20  // bytes of one getUpdates answer, about
)

// update types, by their key in the JSON.
const (
	updMessage       = "message"
	updEdited        = "edited_message"
	updPost          = "channel_post"
	updEditedPost    = "edited_channel_post"
	updCallback      = "callback_query"
	updMyMember      = "my_chat_member"
	updMember        = "chat_member"
	updReaction      = "message_reaction"
	updPoll          = "poll"
	updPollAnswer    = "poll_answer"
	updReactionCount = "message_reaction_count"
)

// allUpdates are the names that allowed_updates knows; others are ignored.
var allUpdates = []string{
	updMessage, updEdited, updPost, updEditedPost, "business_connection", "business_message",
	"edited_business_message", "deleted_business_messages", "guest_message", updReaction, updReactionCount,
	"inline_query", "chosen_inline_result", updCallback, "shipping_query", "pre_checkout_query",
	"purchased_paid_media", updPoll, updPollAnswer, updMyMember, updMember, "chat_join_request",
	"chat_boost", "removed_chat_boost", "managed_bot",
}

// notByDefault are left out unless a bot asks for them (Bot API getUpdates).
var notByDefault = []string{updMember, updReaction, updReactionCount}

// bot is what Telegram's server keeps for one bot.
type bot struct {
	me      *account
	token   string
	privacy bool

	queue    []queued
	nextID   int             // of the next update; 0 = none was made yet
	allowed  map[string]bool // nil = the default set
	lastUsed map[int64]bool  // groups where this bot spoke last
	webhook  Webhook
	nextHook time.Time         // when setWebhook may come again
	active   int               // requests that are being worked on
	uploads  map[int]time.Time // by size of a request's files: when the last of that size goes on
	commands map[string]json.RawMessage
}

func newBot(w *World, a *account, privacy bool) *bot {
	return &bot{me: a, token: w.newToken(a.id), privacy: privacy, commands: map[string]json.RawMessage{}}
}

// queued is one update waiting to be fetched.
type queued struct {
	id      int
	kind    string
	object  json.RawMessage
	expires time.Time
	lane    int64
	again   bool // a second delivery: not confirmed until handed out once more
}

// Update is one update as it waits for a bot. Lane is the queue inside which
// a webhook keeps the order (Bot API server: one request in flight for each).
type Update struct {
	ID     int
	Kind   string
	Object json.RawMessage // the value of the key Kind
	Lane   int64
}

// JSON is the update as Telegram writes it, with the line break after
// update_id that its server really sends.
func (u Update) JSON() []byte {
	out := append([]byte(`{"update_id":`), itoa(int64(u.ID))...)
	out = append(out, ",\n\""...)
	out = append(out, u.Kind...)
	out = append(out, `":`...)
	out = append(out, u.Object...)
	return append(out, '}')
}

// heldUpdate is one that a fault keeps back.
type heldUpdate struct {
	due  time.Time
	bot  *bot
	item queued
}

// wants says whether the bot asked for that type.
func (b *bot) wants(kind string) bool {
	if b.allowed == nil {
		return !slices.Contains(notByDefault, kind)
	}
	return b.allowed[kind]
}

// push adds an update to the bot's queue.
func (w *World) push(b *bot, kind string, object any, keep time.Duration, lane int64) {
	if !b.wants(kind) {
		return
	}
	raw := encode(object)
	if len(raw) > maxUpdateSize || len(b.queue) >= maxQueued {
		return
	}
	item := queued{kind: kind, object: raw, expires: w.now.Add(keep), lane: lane}
	strike := w.updateFaults(b, kind)
	switch {
	case strike.lost:
	case strike.late > 0:
		w.late = append(w.late, heldUpdate{w.now.Add(strike.late), b, item})
	default:
		item = w.enqueue(b, item)
		if strike.twice {
			item.again = true
			w.late = append(w.late, heldUpdate{w.now.Add(strike.gap), b, item})
			w.releaseLate()
		}
	}
}

// enqueue numbers an update, unless it has its number already, and queues it.
func (w *World) enqueue(b *bot, item queued) queued {
	if b.nextID == 0 {
		// The first id is anywhere in 2,000,001 … 10^9 (measured).
		b.nextID = 2_000_001 + w.rnd.IntN(1_000_000_000-2_000_001)
	}
	if item.id == 0 {
		item.id = b.nextID
		b.nextID++
	}
	b.queue = append(b.queue, item)
	w.note(LogEntry{Event: EventUpdate, Bot: b.me.id, Method: item.kind, UpdateID: item.id})
	if w.watcher != nil {
		w.watcher(b.me.id)
	}
	return item
}

// releaseLate delivers what a fault held back until now.
func (w *World) releaseLate() {
	if len(w.late) == 0 {
		return
	}
	rest := w.late[:0]
	for _, h := range w.late {
		if h.due.After(w.now) {
			rest = append(rest, h)
			continue
		}
		w.enqueue(h.bot, h.item)
	}
	w.late = rest
}

// expire drops what waited too long.
func (w *World) expire(b *bot) {
	b.queue = slices.DeleteFunc(b.queue, func(q queued) bool { return !q.expires.After(w.now) })
}

// confirm forgets the updates below offset.
func (b *bot) confirm(offset int) {
	n := 0
	for n < len(b.queue) && b.queue[n].id < offset && !b.queue[n].again {
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

// take does what getUpdates does with its offset and returns what is there.
func (w *World) take(b *bot, offset, limit int) []queued {
	w.expire(b)
	switch {
	case offset < 0:
		if n := len(b.queue) + offset; n > 0 {
			b.queue = b.queue[n:]
		}
	case offset > 0 && b.nextID > 0 && offset <= b.nextID+maxOffsetAhead:
		b.confirm(offset)
	}
	n, size := 0, 0
	for n < min(limit, len(b.queue)) {
		size += 50 + len(b.queue[n].object)
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
		if q.id >= from && len(out) < limit {
			out = append(out, Update{q.id, q.kind, q.object, q.lane})
		}
	}
	return out
}

// Ack removes one update that a webhook has taken; false = it wasn't there.
func (w *World) Ack(botID int64, update int) bool {
	b := w.robot(botID)
	at := slices.IndexFunc(b.queue, func(q queued) bool { return q.id == update })
	if at < 0 {
		return false
	}
	w.note(LogEntry{Event: EventTaken, Bot: botID, Method: b.queue[at].kind, UpdateID: update})
	b.queue = slices.Delete(b.queue, at, at+1)
	return true
}

// nextLate is when the next held back update is due; zero = none is.
func (w *World) nextLate() time.Time {
	var next time.Time
	for _, h := range w.late {
		if next.IsZero() || h.due.Before(next) {
			next = h.due
		}
	}
	return next
}
