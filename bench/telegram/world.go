package telegram

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"time"
)

// Options say how a World begins. The zero value is usable.
type Options struct {
	// Seed decides everything random: tokens, first update ids, dice,
	// fault draws. The same seed and the same actions give the same World.
	Seed uint64
	// Start is the World's first moment; zero means 2026-01-05 09:00 UTC,
	// or the clock's time once a Door is made.
	Start time.Time
	// Knobs are Telegram's rules that nobody has documented; the zero
	// value means the profile "strict".
	Knobs *Knobs
	// NoLog switches the history of calls and deliveries off, which
	// otherwise grows for ever.
	NoLog bool
	// KeepLog is how many entries of the history are remembered at least;
	// about twice as many at most. Zero keeps all.
	KeepLog int
	// KeepMessages is how many messages a supergroup, and each account's
	// numbering, remembers; older ones answer as deleted. Zero keeps all.
	KeepMessages int
}

// defaultStart is a Monday morning, so that scripts read naturally.
var defaultStart = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

// World is one Telegram: people, bots, chats, messages, limits and faults.
// It is a plain value under one owner: not safe for concurrent use, never
// waits, never looks at a clock. Its time moves only by SetTime.
type World struct {
	opts  Options
	knobs Knobs
	now   time.Time
	rnd   *rand.Rand

	floating bool // no start was given: the first Door may set the time

	accounts map[int64]*account
	tokens   map[string]*bot
	chats    map[int64]*chat
	private  map[privateKey]*chat
	talks    map[privateKey]*chat // the lower id first
	names    map[string]int64     // public usernames, lower case → account or chat

	connections map[string]*connection // by id, ended ones too
	connected   map[int64]*connection  // by owner

	files     map[int64]*File
	hosted    map[string]*File // by address
	callbacks map[string]*callback
	presses   map[pressed]string // the last answered query
	closing   []*Poll            // that close by themselves
	drafts    map[*chat]*Draft

	nextUser, nextBot, nextGroup, nextSuper int64
	nextFile, nextQuery, nextAlbum          int64

	inline    inlineStore
	limits    limiter
	pressed   sweep             // of callbacks
	active    map[*Pending]bool // calls that are being worked on
	faults    []*armed
	late      []heldUpdate
	countings []counting
	log       []LogEntry
	logGone   int // entries that are forgotten
	watcher   func(bot int64)
	agenda    []planned
	byRequest map[*chat]*joinRequest // private chats: why the bot may write though they never met
	faces     map[int64]*face        // of those accounts that have any
}

type privateKey struct{ user, bot int64 }

// New makes an empty World.
func New(o Options) *World {
	floating := o.Start.IsZero()
	if floating {
		o.Start = defaultStart
	}
	knobs := Strict()
	if o.Knobs != nil {
		knobs = *o.Knobs
	}
	w := &World{
		opts: o, knobs: knobs, now: o.Start, floating: floating,
		rnd:      rand.New(rand.NewPCG(o.Seed, o.Seed^0x9e3779b97f4a7c15)),
		accounts: map[int64]*account{}, tokens: map[string]*bot{},
		chats: map[int64]*chat{}, private: map[privateKey]*chat{}, talks: map[privateKey]*chat{}, names: map[string]int64{},
		connections: map[string]*connection{}, connected: map[int64]*connection{},
		files:     map[int64]*File{},
		callbacks: map[string]*callback{}, byRequest: map[*chat]*joinRequest{}, faces: map[int64]*face{}, presses: map[pressed]string{},
		nextUser: 400000000, nextBot: 7000000000, nextGroup: 4000000000, nextSuper: 2000000000,
		inline: newInlineStore(), limits: newLimiter(), active: map[*Pending]bool{},
	}
	w.nextAlbum = 14000000000000000
	w.nextQuery = 660000000000000000
	return w
}

// Now is the World's present moment.
func (w *World) Now() time.Time { return w.now }

// SetTime moves the World to t. Telegram's own clock never goes back, so an
// earlier t is ignored. Updates that were held back until then are delivered.
func (w *World) SetTime(t time.Time) {
	if t.After(w.now) {
		w.now = t
	}
	w.happen()
	w.closePolls()
	w.releaseLate()
	w.count()
}

// Knobs returns the rules in force.
func (w *World) Knobs() Knobs { return w.knobs }

// SetKnobs changes the rules from now on; what limits have counted stays.
func (w *World) SetKnobs(k Knobs) { w.knobs = k }

// Watch sets the function that is called, inside the call that causes it,
// whenever a bot's update queue grows. It must not touch the World. One
// watcher only; nil removes it.
func (w *World) Watch(f func(bot int64)) { w.watcher = f }

// unix is the present as Telegram writes dates.
func (w *World) unix() int64 { return w.now.Unix() }

// newToken makes a bot token: the id, a colon and 35 characters that are
// base64url of 26 bytes, the form that Bot API servers and libraries accept.
func (w *World) newToken(id int64) string {
	var secret [27]byte
	for i := range secret {
		secret[i] = byte(w.rnd.Uint32())
	}
	return fmt.Sprintf("%d:AA%s", id, base64.RawURLEncoding.EncodeToString(secret[:])[:33])
}
