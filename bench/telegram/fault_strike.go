package telegram

import (
	"encoding/json"
	"slices"
	"time"
)

// callFaults lets the plan spoil a call; the first fault that strikes counts.
func (w *World) callFaults(p *Pending) {
	c := p.call
	at := target{c.bot.me.id, c.method, leadingInt(c.args.str("chat_id")), c.args.number("message_thread_id")}
	for _, a := range w.faults {
		if a.Do.aboutUpdates() || !w.drawn(a, at) {
			continue
		}
		if w.mishap(a.Do, c) {
			a.struck++
			continue
		}
		if p.fault == nil {
			a.struck++
			p.fault = &a.Fault
			p.spoil()
		}
	}
}

// mishap does what people do to the bot; false = the fault is none of those.
func (w *World) mishap(k FaultKind, c *call) bool {
	to := w.chatOf(c.bot.me, leadingInt(c.args.str("chat_id")))
	switch k {
	case RevokeToken:
		w.RevokeToken(c.bot.me.id)
	case BlockBot, DeleteAccount:
		if to != nil && to.kind == privateChat {
			w.turnAway(k, to)
		}
	case ForgetTopic:
		c.forgets = true
	case CutAlbum:
		c.cut = true
	case StaleCopy:
		c.stale = true
	case DeleteTopic, CloseTopic:
		if t := c.topicArg(to); t != nil {
			w.endTopic(k, to, t)
		}
	case KickBot, UpgradeGroup:
		if to != nil && to.kind != privateChat && to.inside(c.bot.me) {
			w.ownerActs(k, to, c.bot.me)
		}
	default:
		return false
	}
	return true
}

func (c *call) topicArg(to *chat) *topic {
	if to == nil {
		return nil
	}
	return to.topicOf(c.args.number("message_thread_id"))
}

// turnAway is what the person of a private chat does.
func (w *World) turnAway(k FaultKind, to *chat) {
	if k == DeleteAccount {
		w.DeleteAccount(to.user.id)
		return
	}
	w.setBlocked(to.user.id, to.peer.id, true)
}

func (w *World) endTopic(k FaultKind, to *chat, t *topic) {
	switch {
	case k == DeleteTopic:
		w.removeTopic(to, t)
	case !t.closed && to.kind != privateChat:
		w.toggle(to.owner(w), to, t, true)
	}
}

// ownerActs is what the owner of a group does to a bot in it.
func (w *World) ownerActs(k FaultKind, to *chat, b *account) {
	switch {
	case k == KickBot:
		w.depart(to, to.owner(w), b, statusKicked, 0)
	case to.kind == basicGroup && to.migratedTo == nil:
		if _, err := w.Upgrade(to.owner(w).id, to.id); err != nil {
			panic("telegram: " + err.Error())
		}
	}
}

func (c *chat) owner(w *World) *account { return w.accounts[c.roster[0]] }

// spoil prepares what the chosen fault does.
func (p *Pending) spoil() {
	switch f := p.fault; f.Do {
	case Flood:
		p.refused = floodProblem(time.Duration(f.Retry) * time.Second)
	case ServerError:
		p.refused = fail(internalError)
	case Gateway:
		p.refused = fail(badGateway)
	case Reset, Black, Outage:
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
	case Reset, LostAnswer, Outage:
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
func (w *World) updateFaults(b *bot, kind string, object json.RawMessage) updateStrike {
	var s updateStrike
	if !slices.ContainsFunc(w.faults, func(a *armed) bool { return a.Do.aboutUpdates() }) {
		return s
	}
	at := target{bot: b.me.id, name: kind}
	at.chat, at.topic = placeOf(object)
	for _, a := range w.faults {
		if !a.Do.aboutUpdates() || !w.drawn(a, at) {
			continue
		}
		a.struck++
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

// noteLost keeps of an update that never comes what it was about.
func (w *World) noteLost(b *bot, item queued) {
	e := LogEntry{Event: EventLost, Bot: b.me.id, Method: item.kind}
	e.Chat, _ = placeOf(item.object)
	var o struct {
		Message int `json:"message_id"`
	}
	if json.Unmarshal(item.object, &o) == nil && o.Message != 0 {
		e.Messages = []int{o.Message}
	}
	w.note(e)
}

// placeOf is the chat and topic that an update is about, 0 = none.
func placeOf(object json.RawMessage) (chat int64, topic int) {
	type place struct {
		Chat  struct{ ID int64 } `json:"chat"`
		Topic int                `json:"message_thread_id"`
	}
	var o struct {
		place
		Message place `json:"message"`
	}
	if json.Unmarshal(object, &o) != nil {
		return 0, 0
	}
	if o.Chat.ID == 0 {
		o.place = o.Message
	}
	return o.Chat.ID, o.Topic
}
