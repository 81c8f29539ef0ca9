package lane

import (
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Route numbers something that the tenant waits for: an update, an outcome, a
// ring. Each ends in exactly one Commit. 0 = nothing.
type Route uint64

// Decider is who decided a commit.
type Decider struct {
	Kind   DeciderKind
	Dialog tenants.DialogID // of a chat or topic
	Group  tenants.ChatID   // of a group
}

// DeciderKind is which sort of actor decided.
type DeciderKind string

// Deciders.
const (
	ByChat   DeciderKind = "chat"
	ByTopic  DeciderKind = "topic"
	ByGroup  DeciderKind = "group"
	ByTenant DeciderKind = "tenant" // a note of the tenant's own
)

// Commit is one decision on its way to the file, in one transaction.
type Commit struct {
	// By and Serial number the commits of one decider without gaps: one that
	// is missing was lost on the way, and what follows stands on it.
	By     Decider
	Serial uint64

	Dialog   tenants.DialogID // whose decision; 0 = General's
	Route    Route            // settled by it; 0 = none
	Decision dialog.Decision

	// Tickets are of Decision.Jobs, in the same order; given by the lane's owner.
	Tickets []uint64
	// Try are indices of Decision.Jobs that are tried at once, if they can be.
	Try []int
	// TryBy are those of Try that a helper does instead of the job's own connection.
	TryBy map[int]tenants.ConnectionID
	// Picks are jobs of the outbox that are tried now.
	Picks []Pick
	// Settled is the outcome that this commit follows from; nil = none.
	Settled *Settled
	// Budgets are the buckets as they are after all this.
	Budgets []Budget

	// Offer: the chat of the dialog has nothing to do and would leave; it has
	// been told so many messages by the tenant. 0 = no offer. The group may add
	// Picks of its own to it, as to every commit.
	Offer uint64
}

// Pick is a job of the outbox that may go now.
type Pick struct {
	Job  tenants.JobID
	Lane dialog.Lane
	By   tenants.ConnectionID // who does it: the job's own connection, or a helper
	// Join: more waits than may go, so what waits behind it may go in its message.
	Join bool
}

// Settled is what the owner of a lane decided about a try's outcome.
type Settled struct {
	Job        tenants.JobID
	Attempt    int
	Made       []tenants.MessageID
	Settlement dialog.Settlement
}

// Budget is a bucket to be stored.
type Budget struct {
	Connection tenants.ConnectionID
	Chat       tenants.ChatID
	State      []byte
}

// Stored tells the owner of a lane what became of a job in a commit.
type Stored struct {
	Lane   dialog.Lane
	Ticket uint64        // of a new job; 0 = it was a pick
	Job    tenants.JobID // 0 = a new job that was merged away or is not needed
	Fate   Fate
	// Asked: the owner had picked it. Without, Fate is news of a job that the
	// owner may have picked meanwhile.
	Asked bool
	// Again are the numbers of the job as it is in the outbox now.
	Again Numbers
}

// Fate is what became of a job in a commit.
type Fate int

const (
	Waits      Fate = iota // it is in the outbox
	Trying                 // it is being tried
	NeedsTopic             // it waits until its topic is made
	Gone                   // it was not needed any more, or goes in another one's message
	Yields                 // it waits for jobs that go before it, which First tells
	Behind                 // it is new, and others came before it of which Due has told by now
)
