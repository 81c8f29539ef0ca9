package webhook

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"topicdesk/actors/login"
	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

const (
	// hooksAtOnce bounds the setWebhook calls under way.
	hooksAtOnce = 64
	// hookRetryFirst and hookRetryMost bound the pause before a refused
	// setWebhook is repeated.
	hookRetryFirst = time.Second
	hookRetryMost  = time.Minute
	// hookTold and refusalTold are the least times between two lines about progress,
	// and about refusals.
	hookTold    = 3 * time.Second
	refusalTold = 10 * time.Second
	// fewHooks are set without telling how far it is.
	fewHooks = 10
)

// hooking tells Telegram where to deliver for many bots: some calls at a time, those
// that are refused again after a pause, with few words about it.
type hooking struct {
	ctx context.Context // ends it
	say func(format string, args ...any)

	mu       sync.Mutex
	bots     map[login.Key]*hook // those whose webhook is to be set
	waits    []*hook             // of them, those whose turn has come
	calling  int
	under    map[*hook]chan struct{} // calls under way; closed when one has ended
	accepted int                     // since all were accepted, or the beginning
	told     time.Time
	untold   int       // refusals that were news, and nobody was told of
	refused  time.Time // when somebody was last told of a refusal
}

// hook is a webhook that is to be set.
type hook struct {
	key   login.Key
	set   func(context.Context) error
	pause time.Duration // before it is tried once more
	why   string        // it was refused, as it was told last
}

func newHooking(ctx context.Context, say func(string, ...any)) *hooking {
	return &hooking{ctx: ctx, say: say, bots: map[login.Key]*hook{}, under: map[*hook]chan struct{}{}}
}

// add has a webhook set, until that is accepted.
func (q *hooking) add(key login.Key, set func(context.Context) error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.bots) == 0 {
		q.accepted, q.told = 0, time.Now()
	}
	h := &hook{key: key, set: set, pause: hookRetryFirst}
	q.bots[key] = h
	q.turn(h)
}

// remove has it set no more, and waits until no call for it is under way, or ctx ends:
// what takes the webhook off after that is the last word.
func (q *hooking) remove(ctx context.Context, key login.Key) {
	q.mu.Lock()
	delete(q.bots, key)
	var calls []chan struct{}
	for h, ended := range q.under {
		if h.key == key {
			calls = append(calls, ended)
		}
	}
	q.mu.Unlock()
	for _, ended := range calls {
		select {
		case <-ended:
		case <-ctx.Done():
		}
	}
}

// turn lets a hook be called for; the caller holds mu.
func (q *hooking) turn(h *hook) {
	q.waits = append(q.waits, h)
	if q.calling < hooksAtOnce {
		q.calling++
		go q.call()
	}
}

// call calls for hooks while some wait.
func (q *hooking) call() {
	for h := q.next(); h != nil; h = q.next() {
		q.ended(h, h.set(q.ctx))
	}
}

// next is the hook to call for; nil = none waits, or it is over.
func (q *hooking) next() *hook {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.waits) > 0 && q.ctx.Err() == nil {
		h := q.waits[0]
		q.waits = q.waits[1:]
		if q.bots[h.key] == h {
			q.under[h] = make(chan struct{})
			return h
		}
	}
	q.calling--
	return nil
}

// ended takes note of an answer.
func (q *hooking) ended(h *hook, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	close(q.under[h])
	delete(q.under, h)
	switch {
	case q.ctx.Err() != nil || q.bots[h.key] != h:
	case err == nil:
		q.accepted++
		delete(q.bots, h.key)
		q.progress()
	default:
		wait := h.refused(err)
		q.tell(h, login.Reason(err), wait)
		time.AfterFunc(wait, func() {
			q.mu.Lock()
			defer q.mu.Unlock()
			q.turn(h)
		})
	}
}

// refused is how long to wait after a refusal.
func (h *hook) refused(err error) time.Duration {
	wait := h.pause
	h.pause = min(2*h.pause, hookRetryMost)
	var refused *telegram.ReceiveError
	if errors.As(err, &refused) && refused.Outcome.Kind == tenants.Flood {
		return refused.Outcome.After + time.Second
	}
	return wait
}

// progress tells now and then how far it is, if there are many. The caller holds mu.
func (q *hooking) progress() {
	all := q.accepted + len(q.bots)
	if all <= fewHooks || len(q.bots) > 0 && time.Since(q.told) < hookTold {
		return
	}
	q.told = time.Now()
	if len(q.bots) > 0 {
		q.say("Webhooks: %d of %d are accepted.", q.accepted, all)
		return
	}
	q.say("Webhooks: all %d are accepted.", all)
}

// tell tells of a refusal that is news; of many at once one is named. The caller
// holds mu.
func (q *hooking) tell(h *hook, why string, wait time.Duration) {
	if h.why != why {
		h.why = why
		q.untold++
	}
	if q.untold == 0 || time.Since(q.refused) < refusalTold {
		return
	}
	others := ""
	if q.untold > 1 {
		others = fmt.Sprintf(" So it is with %d others.", q.untold-1)
	}
	q.untold, q.refused = 0, time.Now()
	q.say("%s, connection %d: Telegram does not take the webhook (%s); trying again in %s.%s", h.key.Tenant, h.key.Connection, why, wait, others)
}
