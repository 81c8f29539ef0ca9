package telegram

import (
	"path"
	"slices"
	"time"
)

// Fault is one thing that goes wrong with calls or updates. Empty fields
// match everything. The plan is drawn from the World's seed, so a run can
// be repeated.
type Fault struct {
	Name   string // for people
	Method string // a method or update type, * as in file names ("send*")
	Bot    int64
	Chat   int64   // chat_id as in the call
	Chance float64 // 0 = always
	Skip   int     // let that many matching ones pass first
	Count  int     // then strike that often; 0 = for ever
	// From and Until bound the time; zero = no bound. Outages are faults
	// with both.
	From, Until time.Time

	Do    FaultKind
	Delay time.Duration // Slow, SlowAfter, Hang, LateUpdate
	Retry int           // Flood: retry_after in seconds
}

// FaultKind is what goes wrong.
type FaultKind string

// What can go wrong. "Undone" means that Telegram has not done the call.
const (
	Flood           FaultKind = "flood"            // 429, undone
	ServerError     FaultKind = "server-error"     // 500, undone
	Gateway         FaultKind = "gateway"          // 502 with HTML, undone
	Reset           FaultKind = "reset"            // connection broken, undone
	LostAnswer      FaultKind = "lost-answer"      // done, connection broken
	GatewayAfter    FaultKind = "gateway-after"    // done, 502 with HTML
	ServerAfter     FaultKind = "server-after"     // done, 500
	Slow            FaultKind = "slow"             // done and answered after Delay
	SlowAfter       FaultKind = "slow-after"       // done at once, answered after Delay
	Hang            FaultKind = "hang"             // done after Delay, never answered
	Black           FaultKind = "black-hole"       // undone, never answered
	DuplicateUpdate FaultKind = "duplicate-update" // the update is delivered again Delay later, under its id
	LateUpdate      FaultKind = "late-update"      // the update is queued after Delay
	LoseUpdate      FaultKind = "lose-update"      // the update never comes

	// What people do just before the call arrives; the call then meets it.
	BlockBot    FaultKind = "block-bot"    // the person of chat_id blocks the bot
	DeleteTopic FaultKind = "delete-topic" // the topic of message_thread_id is deleted
	ForgetTopic FaultKind = "forget-topic" // Telegram doesn't find the topic of message_thread_id, this once
	KickBot     FaultKind = "kick-bot"     // the owner of chat_id bans the bot
	RevokeToken FaultKind = "revoke-token" // the bot's owner takes a new token
)

// armed is a fault of the plan with what it has seen.
type armed struct {
	Fault
	seen, struck int
}

// AddFault puts a fault into the plan; earlier ones are asked first.
func (w *World) AddFault(f Fault) { w.faults = append(w.faults, &armed{Fault: f}) }

// ClearFaults empties the plan.
func (w *World) ClearFaults() { w.faults = nil }

// RemoveFault takes the fault at that place of Faults out of the plan; false
// if there is none.
func (w *World) RemoveFault(at int) bool {
	if at < 0 || at >= len(w.faults) {
		return false
	}
	w.faults = slices.Delete(w.faults, at, at+1)
	return true
}

// Faults returns the plan.
func (w *World) Faults() []Fault {
	out := make([]Fault, len(w.faults))
	for i, a := range w.faults {
		out[i] = a.Fault
	}
	return out
}

// Struck says of each fault of the plan how often it has struck.
func (w *World) Struck() []int {
	out := make([]int, len(w.faults))
	for i, a := range w.faults {
		out[i] = a.struck
	}
	return out
}

func (k FaultKind) aboutUpdates() bool {
	return k == DuplicateUpdate || k == LateUpdate || k == LoseUpdate
}

// strikes says whether the fault hits this one, counting it.
func (w *World) strikes(a *armed, bot int64, name string, chat int64) bool {
	if a.Bot != 0 && a.Bot != bot || a.Chat != 0 && a.Chat != chat {
		return false
	}
	if !a.From.IsZero() && w.now.Before(a.From) || !a.Until.IsZero() && !w.now.Before(a.Until) {
		return false
	}
	if a.Method != "" {
		if ok, err := path.Match(a.Method, name); err != nil || !ok {
			return false
		}
	}
	a.seen++
	if a.seen <= a.Skip || a.Count > 0 && a.struck >= a.Count {
		return false
	}
	if a.Chance > 0 && w.rnd.Float64() >= a.Chance {
		return false
	}
	a.struck++
	return true
}

// callFaults lets the plan spoil a call.
func (w *World) callFaults(p *Pending) {
	c := p.call
	for _, a := range w.faults {
		if a.Do.aboutUpdates() || !w.strikes(a, c.bot.me.id, c.method, leadingInt(c.args.str("chat_id"))) {
			continue
		}
		if w.mishap(a.Do, c) {
			continue
		}
		p.fault = &a.Fault
		p.spoil()
		return
	}
}

// mishap does what people do to the bot; false = the fault is none of those.
func (w *World) mishap(k FaultKind, c *call) bool {
	id := leadingInt(c.args.str("chat_id"))
	to := w.chatOf(c.bot.me, id)
	switch k {
	case RevokeToken:
		w.RevokeToken(c.bot.me.id)
	case BlockBot:
		if to != nil && to.kind == privateChat {
			w.setBlocked(id, c.bot.me.id, true)
		}
	case DeleteTopic:
		if to != nil && to.topicOf(c.args.number("message_thread_id")) != nil {
			w.removeTopic(to, to.topicOf(c.args.number("message_thread_id")))
		}
	case ForgetTopic:
		c.forgets = true
	case KickBot:
		if to != nil && to.kind != privateChat && to.inside(c.bot.me) {
			w.depart(to, w.accounts[to.roster[0]], c.bot.me, statusKicked, 0)
		}
	default:
		return false
	}
	return true
}

// spoil prepares what the chosen fault does.
func (p *Pending) spoil() {
	switch f := p.fault; f.Do {
	case Flood:
		p.refused = floodProblem(time.Duration(f.Retry) * time.Second)
	case ServerError:
		p.refused = fail(internalError)
	case Gateway:
		p.refused = fail(badGateway)
	case Reset, Black:
		p.refused = fail(internalError)
	case Slow, Hang:
		p.Before += f.Delay
	case SlowAfter:
		p.After = f.Delay
	case LostAnswer, GatewayAfter, ServerAfter:
	default:
		panic("telegram: unknown fault " + string(f.Do))
	}
}

// loss is what the fault does to the answer.
func (f *Fault) loss() Loss {
	switch f.Do {
	case Flood, Slow, SlowAfter:
		return LossNone
	case ServerError, ServerAfter:
		return LossServer
	case Gateway, GatewayAfter:
		return LossGateway
	case Reset, LostAnswer:
		return LossReset
	case Hang, Black:
		return LossHang
	default:
		panic("telegram: unknown fault " + string(f.Do))
	}
}

// updateStrike is what the plan does to one update.
type updateStrike struct {
	lost  bool
	late  time.Duration
	twice bool
	gap   time.Duration // between the two deliveries
}

// updateFaults lets the plan spoil an update.
func (w *World) updateFaults(b *bot, kind string) updateStrike {
	var s updateStrike
	for _, a := range w.faults {
		if !a.Do.aboutUpdates() || !w.strikes(a, b.me.id, kind, 0) {
			continue
		}
		switch a.Do {
		case DuplicateUpdate:
			s.twice, s.gap = true, a.Delay
		case LateUpdate:
			s.late = max(s.late, a.Delay)
		case LoseUpdate:
			s.lost = true
		default:
			panic("telegram: unknown fault " + string(a.Do))
		}
	}
	return s
}
