package telegram

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// family is what a call is counted as.
type family int

const (
	sending family = iota
	editing
	topicAction
	chatAction
	loose
)

// limiter counts what bots have spent.
type limiter struct {
	budgets map[budgetKey]*budget
	told    map[budgetKey]*toldWait
}

// toldWait is the last wait that a bot was told, and how often it came back
// before its end.
type toldWait struct {
	until   time.Time
	ignored int
}

// budgetKey names one budget; chat 0 is the bot's overall one.
type budgetKey struct {
	bot    int64
	chat   *chat
	family family
}

// budget is the state of one Limit.
type budget struct {
	spent  []time.Time // Window: moments of the last Count tokens
	tokens float64     // Bucket
	filled time.Time   // Bucket: when tokens was right
}

func newLimiter() limiter {
	return limiter{budgets: map[budgetKey]*budget{}, told: map[budgetKey]*toldWait{}}
}

// spend asks for n tokens of the call's family in that chat: nil, a flood
// to tell, or a wait inside Telegram.
func (c *call) spend(to *chat, f family, n int) *problem {
	if c.paid {
		return nil
	}
	w := c.w
	wait := w.wait(c.bot.me.id, to, f, n)
	if wait <= 0 {
		w.charge(c.bot.me.id, to, f, n, w.now)
		return nil
	}
	if wait <= w.knobs.HideUpTo {
		w.charge(c.bot.me.id, to, f, n, w.now.Add(wait))
		return &problem{situation: heldBack, hold: wait}
	}
	wait = w.punish(c.bot.me.id, to, f, wait)
	return floodProblem(wait)
}

func floodProblem(wait time.Duration) *problem {
	seconds := int(math.Ceil(wait.Seconds()))
	p := fail(flood, seconds)
	p.retry = seconds
	return p
}

// rules are the budgets that a call of the family spends in that chat.
func (w *World) rules(bot int64, to *chat, f family) map[budgetKey]Limit {
	k := w.knobs
	base := k.Group
	if to.kind == privateChat {
		base = k.Private
	}
	out := map[budgetKey]Limit{}
	add := func(key budgetKey, l Limit) {
		if l.Kind != NoLimit {
			out[key] = l
		}
	}
	shared := func(s Sharing) {
		switch s {
		case Shared:
			add(budgetKey{bot, to, sending}, base)
		case Separate:
			add(budgetKey{bot, to, f}, base)
		case Free:
		default:
			panic("telegram: unknown sharing")
		}
	}
	switch f {
	case sending:
		add(budgetKey{bot, to, sending}, base)
		add(budgetKey{bot, nil, sending}, k.Overall)
	case editing:
		shared(k.Edits)
	case topicAction:
		shared(k.TopicActions)
	case chatAction:
		add(budgetKey{bot, to, f}, k.Actions)
	case loose:
		add(budgetKey{bot, to, f}, k.Loose)
	default:
		panic("telegram: unknown family")
	}
	return out
}

// wait is how long until every budget holds n tokens.
func (w *World) wait(bot int64, to *chat, f family, n int) time.Duration {
	var longest time.Duration
	for key, l := range w.rules(bot, to, f) {
		b := w.limits.budgets[key]
		if b == nil {
			continue
		}
		longest = max(longest, b.wait(l, n, w.now))
	}
	return longest
}

// charge spends n tokens of every budget at the moment at.
func (w *World) charge(bot int64, to *chat, f family, n int, at time.Time) {
	for key, l := range w.rules(bot, to, f) {
		b := w.limits.budgets[key]
		if b == nil {
			b = &budget{tokens: float64(l.Burst), filled: w.now}
			w.limits.budgets[key] = b
		}
		b.take(l, n, at)
	}
	delete(w.limits.told, budgetKey{bot, to, f})
}

// punish lengthens a wait for a bot that came back too early.
func (w *World) punish(bot int64, to *chat, f family, wait time.Duration) time.Duration {
	key := budgetKey{bot, to, f}
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
	return wait
}

// wait is how long until n more tokens fit. A call for more than the whole
// limit passes when the budget is untouched.
func (b *budget) wait(l Limit, n int, now time.Time) time.Duration {
	switch l.Kind {
	case Window:
		n = min(n, l.Count)
		b.forget(l, now)
		over := len(b.spent) + n - l.Count
		if over <= 0 {
			return 0
		}
		return b.spent[over-1].Add(l.Per).Sub(now)
	case Bucket:
		need := float64(min(n, l.Burst)) - b.level(l, now)
		if need <= 1e-9 {
			return 0
		}
		return time.Duration(math.Ceil(need * float64(l.Per) / float64(l.Count)))
	case NoLimit:
		return 0
	default:
		panic("telegram: unknown limit kind")
	}
}

func (b *budget) take(l Limit, n int, at time.Time) {
	switch l.Kind {
	case Window:
		for range n {
			b.spent = append(b.spent, at)
		}
	case Bucket:
		b.tokens = b.level(l, at) - float64(n)
		b.filled = at
	case NoLimit:
	default:
		panic("telegram: unknown limit kind")
	}
}

// level is what a bucket holds at that moment; it may be below zero.
func (b *budget) level(l Limit, at time.Time) float64 {
	gained := float64(at.Sub(b.filled)) * float64(l.Count) / float64(l.Per)
	return min(float64(l.Burst), b.tokens+gained)
}

// forget drops what has left the window.
func (b *budget) forget(l Limit, now time.Time) {
	n := 0
	for n < len(b.spent) && !b.spent[n].Add(l.Per).After(now) {
		n++
	}
	b.spent = b.spent[n:]
}

// Meter is one budget's state, for showing.
type Meter struct {
	Bot    int64
	Chat   int64 // as the bot sees it; 0 = all its chats together
	Family string
	Used   int           // tokens spent that haven't returned
	Of     int           // the limit's size
	Wait   time.Duration // until one more token is free
}

// Meters shows every budget that was used, ordered by bot and chat.
func (w *World) Meters() []Meter {
	var out []Meter
	for key, b := range w.limits.budgets {
		to := key.chat
		if to == nil {
			to = &chat{kind: basicGroup}
		}
		l, ok := w.rules(key.bot, to, key.family)[key]
		if !ok {
			continue
		}
		m := Meter{Bot: key.bot, Family: key.family.String(), Wait: b.wait(l, 1, w.now)}
		if key.chat != nil {
			m.Chat = key.chat.idFor(w.accounts[key.bot])
		}
		switch l.Kind {
		case Window:
			m.Used, m.Of = len(b.spent), l.Count
		case Bucket:
			m.Used, m.Of = l.Burst-int(b.level(l, w.now)), l.Burst
		case NoLimit:
		default:
			panic("telegram: unknown limit kind")
		}
		out = append(out, m)
	}
	sortMeters(out)
	return out
}

func (f family) String() string {
	switch f {
	case sending:
		return "send"
	case editing:
		return "edit"
	case topicAction:
		return "topic"
	case chatAction:
		return "action"
	case loose:
		return "loose"
	default:
		panic("telegram: unknown family")
	}
}

func sortMeters(ms []Meter) {
	slices.SortFunc(ms, func(a, b Meter) int {
		return cmp.Or(cmp.Compare(a.Bot, b.Bot), cmp.Compare(a.Chat, b.Chat), cmp.Compare(a.Family, b.Family))
	})
}
