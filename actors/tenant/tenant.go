package tenant

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync/atomic"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/chat"
	"topicdesk/actors/connection"
	"topicdesk/actors/group"
	"topicdesk/actors/lane"
	"topicdesk/actors/meter"
	"topicdesk/actors/telegram"
	"topicdesk/actors/topic"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
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

// Tenant is the state of the actor.
type Tenant struct {
	opt    Options
	self   actors.Ref[Message]
	ctx    context.Context
	cancel context.CancelFunc

	store  *store.Store
	tx     *store.Tx // of the transaction under way
	after  []func()  // to be told when it is on disk
	values []tenants.Value

	logins   map[tenants.ConnectionID]*login
	order    []tenants.ConnectionID // active ones with clients of their own, the oldest first
	helpers  []tenants.ConnectionID // active ones without, the oldest first
	groups   map[tenants.ChatID]actors.Ref[group.Message]
	slots    map[tenants.DialogID]*slot
	unstored map[chatKey]tenants.DialogID
	next     tenants.DialogID

	routes    map[lane.Route]*route
	nextRoute lane.Route
	byUpdate  map[string]lane.Route
	asks      map[uint64]*asked // questions to Telegram, by number
	nextAsk   uint64
	questions atomic.Int32 // questions under way, those included for which nobody waits any more
	tries     map[tenants.JobID]*tried
	serials   map[lane.Decider]uint64
	current   string // what is under way, to be named in a crash

	settings map[settingsKey]settings
	filters  map[string]*dialog.Filters // by what they are compiled from
	team     []tenants.Person
	// noSigns is until when a group is known to refuse our reactions.
	noSigns map[tenants.ChatID]time.Time

	slept     []Silence
	held      time.Time // until then a login pauses as a whole, which only its actor knows
	busy      time.Time // when something last came for the tenant
	stopTimer func()
	timerAt   time.Time
	pruned    time.Time
	latest    time.Time                            // of the last transaction, by the wall clock
	postponed map[lane.Route]func() error          // updates that wait for a moment
	highest   map[tenants.ChatID]tenants.MessageID // of groups: the highest message seen
	numbers   map[store.Numbering]*numbered
	searches  map[tenants.JobID]searched // jobs of which it is being found out whether they arrived
	stopping  []actors.Reply[error]
	// pseudonyms is the tenant's key for them.
	pseudonyms []byte
	metered    bool         // the meter was told last that something waits
	quota      dialog.Quota // why nothing new is taken in; zero = it is
	trickled   time.Time    // when an update was taken in all the same
	rebind     bool         // the opening ends after this commit: the groups have changed
}

// login is one connection of the tenant.
type login struct {
	row    store.Connection
	places []store.Workplace // the latest last
	hears  store.Hearing
	polls  bool
	shaky  bool      // how it hears is not known yet, or it hears nothing, which may pass
	asked  time.Time // when it was last asked how it hears; zero = not since it is shaky
	silent time.Time // of one that gets webhooks: since when nobody had received before this opening; zero = somebody has
	ref    actors.Ref[connection.Message]
	self   tenants.Person
	able   bool // of a helper: it is active, and its gateway can be used
}

// slot is one dialog whose actors are awake.
type slot struct {
	chat  actors.Ref[chat.Message]
	topic actors.Ref[topic.Message]
	group tenants.ChatID
	owner owner
	key   chatKey
	told  uint64 // messages told to the chat
	// toldTopic counts those told to the topic.
	toldTopic uint64
	pending   int                  // routes under way
	behind    []behind             // of pending, those not told yet
	members   int                  // of its client group; 0 = Telegram did not tell
	counted   time.Time            // when it was asked; zero = it was not
	asking    bool                 // the first of behind waits for an answer of Telegram
	server    tenants.ConnectionID // through which the client chat is heard while routes are under way
	used      time.Time
	woken     time.Time // when it was made: what was said before is not known
	spoke     time.Time // when somebody of the team last wrote in the topic
	asked     time.Time // when it was last asked to leave
}

// owner is which login serves a dialog, and in what kind of chat: asked for at
// every step of a message, so it is not read from the file each time.
type owner struct {
	connection tenants.ConnectionID
	kind       tenants.ChatKind
	begun      bool // something of it has been relayed
}

// chatKey finds a dialog that has no row yet.
type chatKey struct {
	connection tenants.ConnectionID // 0 for groups
	chat       tenants.ChatID
}

// Spawn starts a tenant actor; Open opens its file.
func Spawn(opt Options) actors.Ref[Message] {
	ctx, cancel := context.WithCancel(context.Background())
	t := &Tenant{
		opt: opt, ctx: ctx, cancel: cancel,
		logins:    map[tenants.ConnectionID]*login{},
		groups:    map[tenants.ChatID]actors.Ref[group.Message]{},
		slots:     map[tenants.DialogID]*slot{},
		unstored:  map[chatKey]tenants.DialogID{},
		routes:    map[lane.Route]*route{},
		byUpdate:  map[string]lane.Route{},
		asks:      map[uint64]*asked{},
		tries:     map[tenants.JobID]*tried{},
		settings:  map[settingsKey]settings{},
		filters:   map[string]*dialog.Filters{},
		noSigns:   map[tenants.ChatID]time.Time{},
		serials:   map[lane.Decider]uint64{},
		highest:   map[tenants.ChatID]tenants.MessageID{},
		postponed: map[lane.Route]func() error{},
		numbers:   map[store.Numbering]*numbered{},
		searches:  map[tenants.JobID]searched{},
	}
	t.self = actors.Spawn(opt.System, t.name("tenant", 0), t.handle, t.crashed)
	return t.self
}

func (t *Tenant) name(kind string, n int64) string {
	return fmt.Sprintf("%s/%s/%d/%d", kind, t.opt.ID, t.opt.Opening, n)
}

func (t *Tenant) now() time.Time { return t.opt.System.Now() }

// longTurn is how long a transaction takes on further messages: files of so many
// tenants are written at once, and one with thousands of messages would make the
// others wait for all of them.
const longTurn = 20 * time.Millisecond

// handle puts all that waits into one transaction, or a few.
func (t *Tenant) handle(batch []Message) {
	if t.store == nil {
		began := t.now()
		t.openFile()
		t.opt.Meter.Opened(t.now().Sub(began))
	}
	t.backUp(batch)
	for len(batch) > 0 && t.ctx.Err() == nil {
		batch = batch[t.transact(batch):]
	}
}

// transact puts messages into one transaction, and tells what it causes after it is on
// disk. Tenants take turns: each that waits has one before this one has its next.
func (t *Tenant) transact(batch []Message) (handled int) {
	if t.opt.Commits != nil {
		t.opt.Commits <- struct{}{}
		defer func() { <-t.opt.Commits }()
	}
	t.after = t.after[:0]
	now := t.now()
	err := t.store.Write(now, func(tx *store.Tx) error {
		t.tx = tx
		if err := t.clockBack(tx, now); err != nil {
			return err
		}
		tx.Height = t.height
		for handled < len(batch) && (handled == 0 || t.now().Sub(now) < longTurn) {
			if err := t.one(batch[handled]); err != nil {
				return err
			}
			handled++
		}
		if err := t.keepHeights(heightLag); err != nil {
			return err
		}
		t.current = "" // a commit that fails is nobody's fault
		return nil
	})
	t.tx = nil
	if err != nil {
		panic(fmt.Errorf("tenant %s: %w", t.opt.ID, err))
	}
	t.opt.Meter.Committed(t.now().Sub(now))
	for _, tell := range t.after {
		tell()
	}
	t.afterwards(batch) // what waits still keeps the opening too
	return handled
}

func (t *Tenant) one(m Message) error {
	t.current = ""
	if _, stop := m.(Stop); t.rebind && !stop {
		// Decided for the groups as they were: a job would wait in the old one
		// for ever. The next opening gets it again, as after a crash.
		return nil
	}
	switch m := m.(type) {
	case Open: // the file is open: it was opened before this transaction
		t.later(t.opt.Host.Opened)
		if err := t.sleptThrough(); err != nil {
			return err
		}
		if err := t.weigh(); err != nil {
			return err
		}
		return t.seeHelpers()
	case Route:
		return t.route(m)
	case Commit:
		return t.commitAll(m.Commits)
	case Answered:
		return t.answered(m)
	case Trouble:
		return t.trouble(m)
	case Backup:
		return nil // made before this transaction, which would be in its way
	case Renew:
		return t.renew(m)
	case Reached:
		return t.reached(m)
	case Failed:
		if t.current = t.keyOf(m.Route); m.Job != 0 {
			t.current = jobKey(m.Job)
		}
		panic(m.Crash)
	case Retry:
		return t.retry(m)
	case Set:
		return t.set(m)
	case Enlist:
		return t.enlist(m)
	case Dismiss:
		return t.dismiss(m)
	case Hasten:
		return t.hasten(m)
	case Drop:
		return t.drop(m)
	case Restore:
		return t.restore(m)
	case Forget:
		return t.forget(m)
	case Stop:
		t.stopping = append(t.stopping, m.Reply)
		return nil
	case Look:
		m.See(Seen{t.tx.Reads})
		return nil
	case Postponed:
		return t.resumed(m)
	case Learnt:
		return t.learnt(m)
	case Tick:
		return t.tick()
	default:
		panic(fmt.Sprintf("tenant: unexpected %T", m))
	}
}

// later is told after the commit.
func (t *Tenant) later(f func()) { t.after = append(t.after, f) }

// afterwards ends the opening if that was asked for or nothing is to be done, else
// sets the timer.
func (t *Tenant) afterwards(batch []Message) {
	t.noteBusy(batch)
	switch {
	case len(t.stopping) > 0:
		t.fallAsleep()
		for _, r := range t.stopping {
			r.Send(nil)
		}
	case t.rebind:
		t.close()
		t.opt.Ended(End{})
	case t.leaves():
		t.fallAsleep()
	default:
		t.setTimer()
	}
}

// crashed runs on the actor's goroutine after a panic of its own or a child's.
func (t *Tenant) crashed(c actors.Crash) {
	if failed, ok := c.Reason.(actors.Crash); ok {
		c = failed
	}
	if why, _ := c.Reason.(error); store.FaultOf(why) == store.NoFault { // else the host says it
		t.opt.Log.Error("opening ended by a crash", "tenant", t.opt.ID, "actor", c.ID,
			"reason", fmt.Sprint(c.Reason), "stack", string(c.Stack))
	}
	t.closeBroken()
	t.opt.Ended(End{Crash: &c, Key: t.current})
}

// closeBroken closes what a crash left. Nobody is above it who would catch a second
// one, which must not end the process of all tenants.
func (t *Tenant) closeBroken() {
	defer func() {
		if r := recover(); r != nil {
			t.opt.Log.Error("an opening could not be closed whole", "tenant", t.opt.ID,
				"reason", fmt.Sprint(r), "stack", string(debug.Stack()))
		}
	}()
	t.close()
}

// close closes the children, then the file.
func (t *Tenant) close() {
	t.cancel()
	if t.stopTimer != nil {
		t.stopTimer()
	}
	for _, l := range t.logins {
		l.ref.Close()
	}
	for _, s := range t.slots {
		s.chat.Close()
		s.topic.Close()
	}
	for _, g := range t.groups {
		g.Close()
	}
	t.self.Close()
	for _, r := range t.routes {
		r.fail()
	}
	if t.store == nil {
		return
	}
	if err := t.store.Close(); err != nil {
		t.opt.Log.Error("close the tenant's file", "tenant", t.opt.ID, "error", err)
	}
}

// child makes the crash handler of a child: the tenant ends with it. It is told
// twice, because nothing else would notice the death of one that had nothing to do.
func child[M any](t *Tenant, under func(M) lane.Route) func(actors.Crash) {
	return func(c actors.Crash) {
		var r lane.Route
		if m, ok := c.Message.(M); ok {
			r = under(m)
		}
		t.failed(Failed{Crash: c, Route: r})
	}
}

// crashedLogin is the crash handler of a connection: an order under way names
// its job.
func (t *Tenant) crashedLogin(c actors.Crash) {
	failed := Failed{Crash: c}
	if try, ok := c.Message.(connection.Try); ok {
		failed.Job = try.Order.Job
	}
	t.failed(failed)
}

func (t *Tenant) failed(m Failed) {
	t.self.Tell(m)
	t.opt.System.After(watchEvery, func() { t.self.Tell(m) })
}

// away runs work that waits for others, away from all actors. If it panics the
// opening ends, not the process.
func (t *Tenant) away(work func()) {
	t.opt.System.Go(func() {
		defer func() {
			if r := recover(); r != nil {
				t.self.Tell(Failed{Crash: actors.Crash{ID: t.name("away", 0), Reason: r, Stack: debug.Stack()}})
			}
		}()
		work()
	})
}

// Seen is the file as Look shows it.
type Seen struct{ store.Reads }

// dialogOfLane tells which dialog's chat owns a lane; 0 = the group owns it.
func dialogOfLane(l dialog.Lane) tenants.DialogID {
	if l.Side == dialog.ToClient {
		return l.Dialog
	}
	return 0
}
