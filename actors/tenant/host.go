package tenant

import (
	"log/slog"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/connection"
	"topicdesk/actors/meter"
	"topicdesk/actors/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/pace"
	"topicdesk/tenants/store"
)

// Host is what a tenant needs of its node: the logins, the tries in flight,
// which outlive an opening, and the memory of crashes.
type Host interface {
	// Gateway is a login; polls tells that updates are asked for, not delivered.
	Gateway(tenants.ConnectionID) (g telegram.Gateway, polls bool)
	// Start starts a try. Its outcome is told to the tenant's newest opening as
	// Answered, and kept until Forget.
	Start(connection.Order)
	// Tries are those of the tenant that are under way or not forgotten.
	Tries() []Try
	Forget(job tenants.JobID, attempt int)
	// Earlier is told at each opening which tries the file holds, and returns those
	// that another process may have begun: they may or may not have arrived. No
	// clock tells that, because a clock is set back now and then.
	Earlier(found []TryID) []TryID
	// Claim takes a group for this tenant; taken tells that another has it.
	Claim(group tenants.ChatID) (taken bool, err error)
	// Backend tells that a chat is the backend group of some tenant of the node.
	Backend(chat tenants.ChatID) bool
	// Taken tells that a chat is another tenant's backend group.
	Taken(chat tenants.ChatID) bool
	// Poison tells that something was under way in too many crashes.
	Poison(key string) bool
	// BindCode is what the administrator types to bind a connection's group.
	BindCode(tenants.ConnectionID) string
	// Seal encrypts what is set aside.
	Seal(plain []byte) []byte
	// Settled tells, once after each commit, what is worth telling the host:
	// connections in trouble, a bound group.
	Tell(Notice)
	// Awake returns when it is on disk that the file may be written from now on, with
	// what nobody received while the tenant slept.
	Awake() ([]Silence, error)
	// Opened tells that the file is open and all that waits in it is on its way.
	Opened()
	// Full tells why nothing new is taken in, in plain words; "" = it is.
	Full(words string)
	// Leave asks whether the opening may end because nothing is to be done. From then
	// on nobody is given its address.
	Leave() bool
}

// TryID names a try.
type TryID struct {
	Job     tenants.JobID
	Attempt int
}

// Try is a try in flight.
type Try struct {
	Job      tenants.JobID
	Attempt  int
	Answered bool
	Outcome  tenants.Outcome // if Answered
}

// Notice is something that the host's person should know; the fields are in
// the log line and on the console.
type Notice struct {
	Connection tenants.ConnectionID // 0 = the tenant as a whole
	Text       string               // without client data
}

// Rules are the limits by kind of chat, from the node's configuration.
type Rules struct {
	Group   pace.Rules // backend groups and client groups
	Private pace.Rules
	// TopicsPerHour is how many dialogs of a tenant get a topic of their own in an
	// hour; 0 = no limit of ours.
	TopicsPerHour int
	// Outbox is how many jobs may wait before nothing new is taken in; 0 = no limit
	// of ours.
	Outbox int
	// PerSecond is a login's budget of calls; 0 = no limit of ours.
	PerSecond int
}

// Options are what a tenant actor is made of.
type Options struct {
	System  actors.System
	ID      tenants.TenantID
	Opening tenants.Opening
	Path    string                 // of the tenant's file
	Key     func() ([]byte, error) // reads the key for pseudonyms
	Host    Host
	Rules   Rules
	Store   store.Options
	Log     *slog.Logger
	// Meter counts what is done; nil = nobody counts.
	Meter *meter.Meter
	// Commits bounds the transactions at once on this node; nil = no bound.
	Commits chan struct{}
	// Away is since when nobody may have received for the tenant before this
	// opening; zero = somebody has.
	Away time.Time
	// Heard is when those connections last heard Telegram that heard nothing while the
	// tenant slept; others have heard until now.
	Heard map[tenants.ConnectionID]time.Time
	// IdleClose is how long a chat actor with nothing to do stays, and the tenant
	// itself; 0 = for ever.
	IdleClose time.Duration
	// Ended is told once, on the tenant's own goroutine, when everything of the
	// opening is closed.
	Ended func(End)
}
