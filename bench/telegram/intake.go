package telegram

import "time"

// Limits that the Bot API server itself has (its source).
const (
	maxActive   = 1000                   // requests of one bot at once; the server adds the bot's updates of the last minute
	pacedFrom   = 100_000                // bytes of files in one request from which on requests of one size are paced
	paceLeast   = 200 * time.Millisecond // between two of them
	paceMost    = 900 * time.Millisecond
	paceBurst   = time.Second     // that much of pacing is forgiven
	paceBacklog = 5 * time.Second // more of it is refused
	hookGap     = time.Second     // between two setWebhook
)

// localMethods don't count as requests at once (Bot API server source).
var localMethods = map[string]bool{
	"close": true, "logOut": true, "getMe": true, "getUpdates": true,
	"setWebhook": true, "deleteWebhook": true, "getWebhookInfo": true,
}

// takeIn asks the server's own limits for a request, which counts as active
// until it is finished or dropped.
func (p *Pending) takeIn() {
	w, b := p.call.w, p.call.bot
	if w.knobs.ServerLimits {
		switch wait, ok := b.pace(p.call.args.uploaded(), w.now); {
		case b.active > maxActive && !localMethods[p.call.method], !ok:
			p.Before, p.refused = crowdDelay, floodProblem(crowdRetry)
		default:
			p.Before = wait
		}
	}
	b.active++
	w.active[p] = true
}

// leave ends what takeIn began.
func (p *Pending) leave() {
	if w := p.call.w; w.active[p] {
		delete(w.active, p)
		p.call.bot.active--
	}
}

// Drop forgets a call that won't be finished: a getUpdates whose caller has
// gone. All others are done nevertheless.
func (w *World) Drop(p *Pending) { p.leave() }

// uploaded is the size of all files of a request, in bytes.
func (a Args) uploaded() int {
	n := 0
	for _, f := range a.Files {
		n += len(f.Data)
	}
	return n
}

// pace is how long a request with files must wait behind those of the same
// size; ok false = too many of them wait.
func (b *bot) pace(size int, now time.Time) (wait time.Duration, ok bool) {
	if size <= pacedFrom {
		return 0, true
	}
	last := b.uploads[size]
	if last.After(now.Add(paceBacklog)) {
		return 0, false
	}
	step := min(max(time.Duration(size)*100*time.Nanosecond, paceLeast), paceMost)
	last = last.Add(step)
	if earliest := now.Add(-paceBurst); last.Before(earliest) {
		last = earliest
	}
	if b.uploads == nil {
		b.uploads = map[int]time.Time{}
	}
	b.uploads[size] = last
	return max(0, last.Sub(now)), true
}

// hookTooSoon refuses a setWebhook within a second of the last.
func (c *call) hookTooSoon() *problem {
	if !c.w.knobs.ServerLimits {
		return nil
	}
	if c.w.now.Before(c.bot.nextHook) {
		return floodProblem(hookGap)
	}
	c.bot.nextHook = c.w.now.Add(hookGap)
	return nil
}
