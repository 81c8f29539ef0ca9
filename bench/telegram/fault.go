package telegram

import (
	"slices"
	"time"
)

// Fault is one thing that goes wrong with calls or updates. Empty fields
// match everything. Chances are drawn from the World's seed, each fault's for
// itself, so a run can be repeated and another fault changes no draws.
type Fault struct {
	Name   string // for people
	Method string // a method or update type, * as in file names ("send*")
	Bot    int64
	Chat   int64   // chat_id as in the call, or the chat of the update
	Topic  int     // message_thread_id as in the call, or of the update
	Chance float64 // 0 = always
	Skip   int     // let that many matching ones pass first
	Nth    int     // then strike each one of that many; 0 = every one
	Count  int     // strike that often; 0 = for ever
	// From and Until bound the time; zero = no bound.
	From, Until time.Time
	// Every and Lasting make it come and go: within the bounds it is on for
	// Lasting of each Every, first at From, or when it was added. Zero = it
	// stays.
	Every, Lasting time.Duration

	Do    FaultKind
	Delay time.Duration // Slow, SlowAfter, Hang, LateUpdate, DuplicateUpdate
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
	Outage          FaultKind = "outage"           // connections break: all calls, polls that wait, webhooks
	DuplicateUpdate FaultKind = "duplicate-update" // the update is delivered again Delay later, under its id
	LateUpdate      FaultKind = "late-update"      // the update is queued after Delay
	LoseUpdate      FaultKind = "lose-update"      // the update never comes

	// What people do just before the call arrives; the call then meets it.
	BlockBot    FaultKind = "block-bot"    // the person of chat_id blocks the bot
	DeleteTopic FaultKind = "delete-topic" // the topic of message_thread_id is deleted
	ForgetTopic FaultKind = "forget-topic" // Telegram doesn't find the topic of message_thread_id, this once
	// CutAlbum: a flood meets sendMediaGroup in its middle, as one user reported
	// in 2025 (see Knobs.AlbumFlood400): the first half is delivered.
	CutAlbum FaultKind = "cut-album"
	// StaleCopy: the bot's server believes in messages that people have deleted,
	// so that Telegram leaves them out of a batch, which fails though the others
	// arrive (TDLib source, ForwardMessagesQuery).
	StaleCopy  FaultKind = "stale-copy"
	CloseTopic FaultKind = "close-topic" // the owner closes the topic of message_thread_id

	KickBot       FaultKind = "kick-bot"       // the owner of chat_id bans the bot
	UpgradeGroup  FaultKind = "upgrade-group"  // the owner of chat_id makes it a supergroup
	DeleteAccount FaultKind = "delete-account" // the person of chat_id deletes the account
	RevokeToken   FaultKind = "revoke-token"   // the bot's owner takes a new token
)

// faultKinds are all of them, in the order above.
var faultKinds = []FaultKind{
	Flood, ServerError, Gateway, Reset, LostAnswer, GatewayAfter, ServerAfter, Slow, SlowAfter, Hang, Black, Outage,
	DuplicateUpdate, LateUpdate, LoseUpdate,
	BlockBot, DeleteTopic, ForgetTopic, CutAlbum, StaleCopy, CloseTopic, KickBot, UpgradeGroup, DeleteAccount, RevokeToken,
}

// FaultKinds are all kinds of faults.
func FaultKinds() []FaultKind { return slices.Clone(faultKinds) }
