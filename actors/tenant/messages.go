package tenant

import (
	"time"

	"topicdesk/actors"
	"topicdesk/actors/connection"
	"topicdesk/actors/lane"
	"topicdesk/actors/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// Message is what a tenant can be told.
//
//sumtype:decl
type Message interface{ isTenant() }

type (
	// Open opens the file and starts the connections; the first message.
	Open struct{}
	// Route is a batch of updates of a connection. Reply, if somebody waits
	// for it, is answered after the commit.
	Route struct {
		Connection tenants.ConnectionID
		Batch      telegram.Batch
		Reply      actors.Reply[error]
	}
	// Commit is what a group gives at once: decisions on their way to the file.
	Commit struct{ Commits []lane.Commit }
	// Answered is the outcome of a try.
	Answered struct {
		Job     tenants.JobID
		Attempt int
		Outcome tenants.Outcome
		// Audit: the audit of its connection refused the call.
		Audit bool
	}
	// Paused tells until when a whole connection is held back.
	Paused struct {
		Connection tenants.ConnectionID
		Until      time.Time
	}
	// Trouble tells how a connection hears Telegram, when that has changed.
	Trouble struct {
		Connection tenants.ConnectionID
		Hearing    connection.Hearing
	}
	// Reached tells that Telegram can be reached again, and since when it could not.
	Reached struct{ Since time.Time }
	// Failed tells that a child crashed.
	Failed struct {
		Crash actors.Crash
		Route lane.Route    // under way; 0 = none
		Job   tenants.JobID // being given to its login; 0 = none
	}
	// Retry has an update that was set aside tried again; Reply comes when it is
	// settled.
	Retry struct {
		Connection tenants.ConnectionID
		Update     tenants.Update
		Reply      actors.Reply[error]
	}
	// Set changes a parameter and brings it in force; the value "default" takes
	// it away.
	Set struct {
		Value tenants.Value
		Reply actors.Reply[error]
	}
	// Enlist takes a bot in as a helper of one of the tenant's connections, or gives
	// one that helped before another name; the tenant is opened anew after it.
	Enlist struct {
		Helper store.Connection
		Reply  actors.Reply[error]
	}
	// Dismiss lets a helper go; the tenant is opened anew after it.
	Dismiss struct {
		Helper tenants.ConnectionID
		Reply  actors.Reply[error]
	}
	// Renew tells that a connection's token is new: what waited for it goes on, and
	// the tenant is opened anew after it.
	Renew struct {
		Connection tenants.ConnectionID
		Reply      actors.Reply[error]
	}
	// Backup writes a copy of the file to a path that does not exist.
	Backup struct {
		Path  string
		Reply actors.Reply[error]
	}
	// Hasten lets jobs that wait be tried as soon as their turn comes.
	Hasten struct {
		Jobs  []tenants.JobID
		Reply actors.Reply[error]
	}
	// Drop takes jobs that wait out of the outbox.
	Drop struct {
		Jobs  []tenants.JobID
		Reply actors.Reply[error]
	}
	// Restore puts a job that was set aside under the number ID back into the outbox.
	Restore struct {
		ID    tenants.JobID
		Job   dialog.Job
		Reply actors.Reply[error]
	}
	// Forget erases all about somebody; the tenant is opened anew after it. Reply comes
	// when none of it stands in the file.
	Forget struct {
		Who   store.Who
		Reply actors.Reply[Forgotten]
	}
	// Stop closes the tenant; Reply is answered when the file is closed.
	Stop struct{ Reply actors.Reply[error] }
	// Look runs a function on the open file, for tests and for commands that
	// read: the only way to the file while the tenant is awake.
	Look struct{ See func(Seen) }
	// Learnt is what was asked of Telegram; zero = it did not tell.
	Learnt struct {
		Ask     uint64 // which question
		Members int
		Private bool
		// Standing is how the login stands in a chat; nil = Telegram has not said.
		Standing *telegram.Standing
		// Rights are what somebody may do in a group; nil = Telegram has not said.
		Rights *tenants.Rights
	}
	// Offered tells which menus of a connection have been set, of those under way.
	Offered struct {
		Connection tenants.ConnectionID
		Done       []bool
	}
	// Postponed has an update routed that waited for a moment.
	Postponed struct{ Route lane.Route }
	// Tick is the tenant's own timer.
	Tick struct{}
)

func (Open) isTenant()      {}
func (Route) isTenant()     {}
func (Commit) isTenant()    {}
func (Answered) isTenant()  {}
func (Trouble) isTenant()   {}
func (Paused) isTenant()    {}
func (Reached) isTenant()   {}
func (Failed) isTenant()    {}
func (Retry) isTenant()     {}
func (Set) isTenant()       {}
func (Enlist) isTenant()    {}
func (Dismiss) isTenant()   {}
func (Renew) isTenant()     {}
func (Backup) isTenant()    {}
func (Hasten) isTenant()    {}
func (Drop) isTenant()      {}
func (Restore) isTenant()   {}
func (Forget) isTenant()    {}
func (Stop) isTenant()      {}
func (Look) isTenant()      {}
func (Learnt) isTenant()    {}
func (Offered) isTenant()   {}
func (Postponed) isTenant() {}
func (Tick) isTenant()      {}
