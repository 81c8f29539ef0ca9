package connection

import (
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/privacy"
)

// Message is what a connection can be told.
//
//sumtype:decl
type Message interface{ isConnection() }

type (
	// Begin starts the receive loop with the state of the last committed batch.
	Begin struct {
		State []byte
		Heard time.Time // when Telegram was last heard
		Deaf  bool      // it heard nothing then, for a reason that lasts: its end is news
	}
	// Hold has it ask for updates only once in tenants.HoldPause, or as usual again:
	// there is no room for what it would bring.
	Hold struct{ On bool }
	// Hears asks how it hears, for whoever may have missed it: Options.Trouble tells it
	// once more, if it is known.
	Hears struct{}
	// Refused tells that Telegram refused a try because of the login itself.
	Refused struct{}
	// Accepted tells that it takes the login again.
	Accepted struct{}
	// Settled tells that the batch is committed: the loop goes on with its state.
	Settled struct{ State []byte }
	// Try is a job that the outbox has marked as being tried.
	Try struct{ Order Order }
	// Flooded tells that Telegram held back a chat of this login.
	Flooded struct {
		Chat  tenants.ChatID
		After time.Duration
		Wide  bool // Telegram said that it concerns the whole login
	}
	// received is what the receive loop brings.
	received struct {
		batch telegram.Batch
		err   error
		took  time.Duration
	}
	// tick looks at what waits.
	tick struct{}
)

func (Begin) isConnection()    {}
func (Hold) isConnection()     {}
func (Hears) isConnection()    {}
func (Refused) isConnection()  {}
func (Accepted) isConnection() {}
func (Settled) isConnection()  {}
func (Try) isConnection()      {}
func (Flooded) isConnection()  {}
func (received) isConnection() {}
func (tick) isConnection()     {}

// Order is one try.
type Order struct {
	Connection tenants.ConnectionID
	Job        tenants.JobID
	Attempt    int
	Key        tenants.SendKey
	Call       telegram.Call
	// Until is the latest time at which the try may begin; after it the order
	// ends as not sent, because the tenant will give it again.
	Until time.Time
	// Hidden is what must not be in the call, of one dialog or of each that a list
	// names; none = nothing is hidden.
	Hidden []*privacy.Set
}
