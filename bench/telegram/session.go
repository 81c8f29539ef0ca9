package telegram

import (
	"strconv"
	"strings"
	"time"
)

// Whether a bot may call at all: tokens, logOut, close.

// testMark ends the tokens of bots that live in the test environment: they
// are called as /bot<token>/test/<method>.
const testMark = "/test"

// key is the bot's token as calls name it.
func (b *bot) key() string {
	if b.test {
		return b.token + testMark
	}
	return b.token
}

// tokenProblem is the answer to a token that nobody has.
func tokenProblem(token, method string) *problem {
	token = strings.TrimSuffix(token, testMark)
	id, _, ok := strings.Cut(token, ":")
	if !ok || token[0] == '0' || len(token) > 80 || strings.Contains(token, "/") {
		return fail(invalidToken)
	}
	n, err := strconv.ParseInt(id, 10, 64)
	switch {
	case err != nil || id[0] == '+':
		return fail(misdirected)
	case n <= 0 || n >= 1<<54:
		return fail(invalidToken)
	case strings.EqualFold(method, "close"):
		return fail(alreadyClosed)
	default:
		return fail(unauthorized)
	}
}

const (
	// awayFor is how long a bot that has logged out can't come back (Bot API
	// docs, logOut).
	awayFor = 10 * time.Minute
	// closeAfter is how long a bot must have been running before it can be
	// closed (Bot API docs, close).
	closeAfter = 10 * time.Minute
)

// away says whether the bot has logged out.
func (w *World) away(b *bot) bool { return w.now.Before(b.awayUntil) }

// admit starts the bot at the first call, and refuses one that can't be
// started.
func (w *World) admit(b *bot, method string) *problem {
	switch {
	case w.away(b):
		return fail(loggedOut)
	case !b.opened.IsZero():
		return nil
	case strings.EqualFold(method, "close"):
		return fail(alreadyClosed)
	}
	b.opened = w.now
	w.wakeBot(b)
	return nil
}

// logOut ends the bot's session: what waits for it is lost, and its webhook.
func logOut(c *call) (any, *problem) {
	c.bot.clear(0)
	c.bot.awayUntil, c.bot.opened = c.w.now.Add(awayFor), time.Time{}
	c.w.closeWebhook(c.bot)
	c.w.wakeBot(c.bot)
	return true, nil
}

// closeBot stops the bot on its server; the next call starts it again.
func closeBot(c *call) (any, *problem) {
	if left := closeAfter - c.w.now.Sub(c.bot.opened); left > 0 {
		return nil, floodProblem(left.Truncate(time.Second))
	}
	c.bot.opened = time.Time{}
	c.w.wakeBot(c.bot)
	return true, nil
}

// supersede ends a setWebhook that is still under way when the next comes.
func (w *World) supersede(p *Pending) {
	b := p.call.bot
	if p.call.method != "setWebhook" && p.call.method != "deleteWebhook" {
		return
	}
	if b.hooking != nil && b.hooking.refused == nil {
		b.hooking.refused = w.conflict(b, otherSetWebhook)
	}
	b.hooking = p
}

// wakeBot tells whoever waits for the bot's updates that something happened.
func (w *World) wakeBot(b *bot) {
	if w.watcher != nil {
		w.watcher(b.me.id)
	}
}

// beginAt makes t the World's first moment, which may lie before the one
// assumed so far: bots that were started are started then.
func (w *World) beginAt(t time.Time) {
	w.now = t
	for _, b := range w.tokens {
		b.nextHook, b.patience = time.Time{}, time.Time{}
		if !b.opened.IsZero() {
			b.opened = t
		}
	}
}

// NotFound is the answer to a path that is no method's.
func NotFound() Answer { return answerOf(fail(notFound)) }

// AbsoluteURI is the answer to a request line that holds a whole URL.
func AbsoluteURI() Answer { return answerOf(fail(absoluteURI)) }

// Restarting is the answer of a server that is being restarted.
func Restarting() Answer { return answerOf(fail(internalError)) }
