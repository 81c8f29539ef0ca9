package telegram

import (
	"cmp"
	"slices"
	"time"
)

// Meter is one budget's state, for showing.
type Meter struct {
	Bot  int64 // 0 = all bots of the chat together
	Chat int64 // as bots see it; 0 = all the bot's chats together
	// Family says what is counted: send, forward, copy, edit, topic, action,
	// actions, draft, reaction, pin, delete, bulk, paid.
	Family string
	Used   int           // tokens spent that haven't returned; those of calls that wait included
	Of     int           // the limit's size
	Wait   time.Duration // until one more token is free, 0 = now
	Free   time.Time     // the moment at which one more token is free, at the earliest now
}

// Meters shows every budget that was used, ordered by bot and chat.
func (w *World) Meters() []Meter {
	var out []Meter
	for key, b := range w.limits.budgets {
		l := w.limitOf(key)
		if l.Kind == NoLimit {
			continue
		}
		used, wait := b.used(l, w.now), b.wait(l, 1, w.now)
		m := Meter{Bot: key.bot, Family: string(key.name), Used: used, Of: l.size(), Wait: wait, Free: w.now.Add(wait)}
		if key.chat != nil {
			m.Chat = key.chat.id
			if key.bot != 0 {
				m.Chat = key.chat.idFor(w.accounts[key.bot])
			}
		}
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b Meter) int {
		return cmp.Or(cmp.Compare(a.Bot, b.Bot), cmp.Compare(a.Chat, b.Chat), cmp.Compare(a.Family, b.Family))
	})
	return out
}

// Held is one call that Telegram has taken in and keeps back: a short flood
// that it waits for, or slowness that a fault makes.
type Held struct {
	Bot    int64
	Chat   int64 // as the bot sees it; 0 = about no chat
	Method string
	Since  time.Time // when it came
	Due    time.Time // when it goes on
	// Refused says that it will be answered with an error then, undone.
	Refused bool
}

// Held lists the calls that wait inside Telegram, the next one to go on first.
func (w *World) Held() []Held {
	var out []Held
	for p := range w.active {
		if p.due.After(w.now) {
			out = append(out, p.held())
		}
	}
	slices.SortFunc(out, func(a, b Held) int {
		return cmp.Or(a.Due.Compare(b.Due), a.Since.Compare(b.Since), cmp.Compare(a.Bot, b.Bot), cmp.Compare(a.Chat, b.Chat))
	})
	return out
}

func (p *Pending) held() Held {
	h := Held{Bot: p.call.bot.me.id, Method: p.call.method, Since: p.started, Due: p.due, Refused: p.refused != nil}
	if p.call.chat != nil {
		h.Chat = p.call.chat.idFor(p.call.bot.me)
	} else {
		h.Chat = leadingInt(p.call.args.str("chat_id"))
	}
	return h
}
