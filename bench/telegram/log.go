package telegram

import (
	"slices"
	"strings"
	"time"
)

// Event is what a log entry tells.
type Event string

// What is logged.
const (
	EventCall   Event = "call"   // a Bot API call was answered
	EventUpdate Event = "update" // an update was put into a bot's queue
	EventSent   Event = "sent"   // a request with it to a webhook began
	EventTaken  Event = "taken"  // getUpdates handed it over, or a webhook has answered for it
	EventPosted Event = "posted" // a person or Telegram put a message into a chat
	EventLost   Event = "lost"   // a fault let an update never come
)

// LogEntry is one line of the history from which benchmarks and checks
// compute their figures. It never holds texts, names or tokens.
type LogEntry struct {
	At       time.Time     `json:"at"`
	Event    Event         `json:"event"`
	Bot      int64         `json:"bot,omitempty"`
	Method   string        `json:"method,omitempty"` // method, or type of update
	Chat     int64         `json:"chat,omitempty"`
	Code     int           `json:"code,omitempty"` // 200, or the error code
	Messages []int         `json:"messages,omitempty"`
	UpdateID int           `json:"update_id,omitempty"`
	Retry    int           `json:"retry_after,omitempty"` // seconds
	Loss     Loss          `json:"loss,omitempty"`
	Took     time.Duration `json:"took,omitempty"` // from arrival to being done; taken: from sent
	// Spent is what a call took of the budget of messages of its bot in its chat.
	Spent int `json:"spent,omitempty"`
}

// Log returns the history so far, as much of it as is remembered; the slice
// must not be changed.
func (w *World) Log() []LogEntry { return w.log }

// Logged is how many entries there were so far; those of Log are the last of
// them.
func (w *World) Logged() int { return w.logGone + len(w.log) }

func (w *World) note(e LogEntry) {
	if w.opts.NoLog {
		return
	}
	e.At = w.now
	w.log = append(w.log, e)
	if keep := w.opts.KeepLog; keep > 0 && len(w.log) >= 2*keep {
		w.logGone += len(w.log) - keep
		w.log = slices.Clone(w.log[len(w.log)-keep:])
	}
}

// maxMethod is longer than any method's name, bytes.
const maxMethod = 64

// briefly is what the log keeps of a method's name, which may be anything that a
// stranger has put into a path.
func briefly(method string) string {
	if len(method) <= maxMethod {
		return method
	}
	return strings.Clone(method[:maxMethod]) + "…"
}

func (w *World) logCall(p *Pending, a Answer) {
	if w.opts.NoLog {
		return
	}
	e := LogEntry{
		Event: EventCall, Method: briefly(p.call.method), Code: a.Code, Messages: p.call.sent,
		Retry: a.RetryAfter, Loss: a.Loss, Took: w.now.Sub(p.started), Spent: p.call.spent,
	}
	if a.OK {
		e.Code = 200
	}
	if p.call.bot != nil {
		e.Bot = p.call.bot.me.id
		if p.call.chat != nil {
			e.Chat = p.call.chat.idFor(p.call.bot.me)
		}
	}
	w.note(e)
}
