package telegram

import (
	"math"
	"time"
)

// bot is what Telegram's server keeps for one bot.
type bot struct {
	me      *account
	token   string
	privacy bool

	threaded   bool // its private chats have topics
	openTopics bool // where people may make topics
	business   bool // people may connect it to their accounts
	inline     inlineMode

	queue     []queued
	bytes     int             // of all that is queued
	nextID    int             // of the next update; 0 = none was made yet
	soonest   int64           // nothing queued expires before it
	newest    time.Time       // when the last update was queued
	allowed   map[string]bool // nil = the default set
	lastUsed  map[int64]bool  // groups where this bot spoke last
	groups    []*chat         // groups and channels where it is or was
	webhook   Webhook
	nextHook  time.Time         // when setWebhook may come again
	patience  time.Time         // until then further conflicts are answered late
	opened    time.Time         // when it was started by a call; zero = it is closed
	awayUntil time.Time         // it has logged out and can't come back before
	hooking   *Pending          // a setWebhook that isn't done
	pacings   map[int64]pacing  // by lane
	test      bool              // it lives in the test environment
	active    int               // requests that are being worked on
	uploads   map[int]time.Time // by size of a request's files: when the last of that size goes on
	settings  settings
}

func newBot(w *World, a *account, privacy bool) *bot {
	return &bot{soonest: math.MaxInt64, me: a, token: w.newToken(a.id), privacy: privacy, settings: newSettings()}
}
