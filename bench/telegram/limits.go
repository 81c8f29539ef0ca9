package telegram

import (
	"math"
	"time"
)

// family is what a call is counted as.
type family int

const (
	sending family = iota
	forwarding
	copying
	editing
	topicAction
	chatAction
	drafting
	reacting
	pinning
	deleting
	managing
)

// budgetName tells the budgets of one bot and chat apart.
type budgetName string

const (
	sendBudget     budgetName = "send"
	forwardBudget  budgetName = "forward"
	copyBudget     budgetName = "copy"
	editBudget     budgetName = "edit"
	topicBudget    budgetName = "topic"
	actionBudget   budgetName = "action"
	actionsBudget  budgetName = "actions" // the longer one of the two
	draftBudget    budgetName = "draft"
	reactionBudget budgetName = "reaction"
	pinBudget      budgetName = "pin"
	deleteBudget   budgetName = "delete"
	manageBudget   budgetName = "manage"
	bulkBudget     budgetName = "bulk"
	paidBudget     budgetName = "paid"
)

// budgetKey names one budget.
type budgetKey struct {
	bot  int64 // 0 = all bots of the chat together
	chat *chat // nil = all chats of the bot together
	name budgetName
}

// limiter counts what bots have spent.
type limiter struct {
	budgets map[budgetKey]*budget
	told    map[toldKey]*toldWait
	chains  map[chainKey]*chain
	stopped map[int64]time.Time // until when a flood stops a bot in all chats
	swept   sweep
}

type toldKey struct {
	bot    int64
	chat   *chat
	family family
}

// toldWait is the last wait that a bot was told, and how often it came back
// before its end.
type toldWait struct {
	until   time.Time
	ignored int
}

func newLimiter() limiter {
	return limiter{
		budgets: map[budgetKey]*budget{}, told: map[toldKey]*toldWait{},
		chains: map[chainKey]*chain{}, stopped: map[int64]time.Time{},
	}
}

// spend asks for n tokens of the call's family in that chat: nil, a flood
// to tell, or a wait inside Telegram.
func (c *call) spend(to *chat, f family, n int) *problem {
	if c.paid {
		return nil
	}
	w := c.w
	w.forgetLimits()
	row := w.chainOf(c.bot.me.id, to, f)
	if row.crowded() && w.knobs.ServerLimits {
		return &problem{situation: heldBack, hold: crowdDelay, then: floodProblem(crowdRetry)}
	}
	keys := w.budgetsOf(c, to, f)
	at, told := w.turn(c.bot, row, keys, n)
	hold := at.Sub(w.now)
	if told > 0 {
		refused := floodProblem(w.punish(c.bot, to, f, told))
		if hold == 0 {
			return refused
		}
		row.add(at, n, false)
		return &problem{situation: heldBack, hold: hold, then: refused}
	}
	w.charge(keys, n, at)
	c.noteSpent(keys, n)
	delete(w.limits.told, toldKey{c.bot.me.id, to, f})
	if hold == 0 {
		return nil
	}
	row.add(at, n, true)
	return &problem{situation: heldBack, hold: hold}
}

// noteSpent remembers for the log what a call took of the budget that a chat's
// messages share.
func (c *call) noteSpent(keys []budgetKey, n int) {
	for _, key := range keys {
		if key.chat != nil && key.name == sendBudget {
			c.spent += n
		}
	}
}

// turn is when a call goes on, or, if told > 0, is refused with that wait.
// The waits that it meets in its row and then its own may be HideUpTo
// together (TDLib source).
func (w *World) turn(b *bot, row *chain, keys []budgetKey, n int) (at time.Time, told time.Duration) {
	at, total := w.now, time.Duration(0)
	for i, leave := range row.leaving() {
		step := leave.Sub(at)
		if i == 0 {
			step = 0 // that wait began before
		}
		if total += step; total > w.knobs.HideUpTo {
			return at, step
		}
		at = leave
	}
	for {
		step := w.wait(b, keys, n, at)
		if step == 0 {
			return at, 0
		}
		step = wholeSeconds(step)
		if total += step; total > w.knobs.HideUpTo {
			return at, step
		}
		at = at.Add(step)
	}
}

// wholeSeconds rounds up: Telegram tells waits in seconds.
func wholeSeconds(d time.Duration) time.Duration {
	return time.Duration(math.Ceil(d.Seconds())) * time.Second
}

func floodProblem(wait time.Duration) *problem {
	seconds := int(math.Ceil(wait.Seconds()))
	p := fail(flood, seconds)
	p.retry = seconds
	return p
}

// posting is the family of a method that puts messages into a chat.
func (c *call) posting() family {
	switch c.method {
	case "copyMessage", "copyMessages":
		return copying
	case "forwardMessage", "forwardMessages":
		return forwarding
	default:
		return sending
	}
}

// budgetsOf are the budgets that a call of the family spends in that chat.
func (w *World) budgetsOf(c *call, to *chat, f family) []budgetKey {
	k, bot := &w.knobs, c.bot.me.id
	own := budgetKey{bot, to, sendBudget}
	if k.GroupOfAllBots && !to.oneToOne() {
		own.bot = 0
	}
	bulk := budgetKey{bot, nil, bulkBudget}
	switch f {
	case sending, copying:
		if c.args.flag("allow_paid_broadcast") {
			bulk.name = paidBudget
		}
		if f == sending {
			return []budgetKey{bulk, own}
		}
		return own.shared(k.Copies, copyBudget, bulk)
	case forwarding:
		return own.shared(k.Forwards, forwardBudget, bulk)
	case editing:
		return own.shared(k.Edits, editBudget)
	case topicAction:
		return own.shared(k.TopicActions, topicBudget)
	case chatAction:
		return []budgetKey{{bot, to, actionBudget}, {bot, to, actionsBudget}}
	case drafting:
		return []budgetKey{{bot, to, draftBudget}}
	case reacting:
		return []budgetKey{{bot, to, reactionBudget}}
	case pinning:
		return []budgetKey{{bot, to, pinBudget}}
	case deleting:
		return []budgetKey{{bot, to, deleteBudget}}
	case managing:
		return []budgetKey{{bot, to, manageBudget}}
	default:
		panic("telegram: unknown family")
	}
}

// shared are the budgets of what may cost the sending one, its own of that name,
// or nothing; more come on top.
func (own budgetKey) shared(s Sharing, name budgetName, more ...budgetKey) []budgetKey {
	switch s {
	case Shared:
		return append(more, own)
	case Separate:
		own.name = name
		return append(more, own)
	case Free:
		return more
	default:
		panic("telegram: unknown sharing")
	}
}

// limitOf is the rule for a budget.
func (w *World) limitOf(key budgetKey) Limit {
	k := &w.knobs
	switch key.name {
	case bulkBudget:
		return k.Overall
	case paidBudget:
		return k.Paid
	case actionBudget:
		return k.Actions
	case actionsBudget:
		return k.ActionsLong
	case draftBudget:
		return k.Drafts
	case reactionBudget, pinBudget, deleteBudget, manageBudget:
		return k.Loose
	case sendBudget, forwardBudget, copyBudget, editBudget, topicBudget:
	default:
		panic("telegram: unknown budget " + string(key.name))
	}
	switch key.chat.kind {
	case privateChat, talkChat:
		return k.Private
	case channel:
		return k.Channel
	case basicGroup, supergroup:
		return k.Group
	default:
		panic("telegram: unknown chat kind")
	}
}

// wait is how long after the moment at every budget holds n tokens and no
// flood stops the bot.
func (w *World) wait(b *bot, keys []budgetKey, n int, at time.Time) time.Duration {
	longest := w.limits.stopped[b.me.id].Sub(at)
	for _, key := range keys {
		if spent := w.limits.budgets[key]; spent != nil {
			longest = max(longest, spent.wait(w.limitOf(key), n, at))
		}
	}
	return max(0, longest)
}

// charge spends n tokens of every budget at the moment at.
func (w *World) charge(keys []budgetKey, n int, at time.Time) {
	for _, key := range keys {
		l := w.limitOf(key)
		if l.Kind == NoLimit {
			continue
		}
		b := w.limits.budgets[key]
		if b == nil {
			b = &budget{tokens: float64(l.Burst), filled: w.now}
			w.limits.budgets[key] = b
		}
		b.take(l, n, w.now, at)
	}
}

// punish notes a wait that the bot is told, lengthens it for one that came
// back too early, and returns it.
func (w *World) punish(b *bot, to *chat, f family, wait time.Duration) time.Duration {
	key := toldKey{b.me.id, to, f}
	t := w.limits.told[key]
	if t == nil {
		t = &toldWait{}
		w.limits.told[key] = t
	}
	if w.now.Before(t.until) {
		t.ignored++
		wait += time.Duration(t.ignored) * w.knobs.Penalty
	}
	t.until = w.now.Add(wait)
	if w.knobs.FloodStopsBot {
		w.limits.stopped[b.me.id] = t.until
	}
	return wait
}
