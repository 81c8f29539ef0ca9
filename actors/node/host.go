package node

import (
	"errors"
	"slices"
	"sync"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/connection"
	"topicdesk/actors/telegram"
	"topicdesk/actors/tenant"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

// host is what the node keeps of one tenant over its openings.
type host struct {
	node *Node
	id   tenants.TenantID

	seated bool // it may have a file open; guarded by the node's mu

	mu       sync.Mutex
	current  actors.Ref[tenant.Message]
	running  bool
	read     bool // the opening has read its file
	awake    bool // the registry knows that the file may be written
	leaving  bool // the opening ends because it has nothing to do
	wanted   bool // somebody has asked for it since
	waits    bool // it is opened again after a while
	stopping bool
	draining bool                  // no further call begins
	gone     bool                  // the node has let go of this host
	asked    time.Time             // when somebody last asked for the address
	stops    []actors.Reply[error] // who waits for the end
	number   tenants.Opening
	opened   time.Time
	pause    time.Duration
	hurries  int // openings in a row that ended by themselves at once
	stall    stall
	full     string // why it takes in nothing new, in plain words; "" = it does
	halted   string // why it is not opened again, in plain words; "" = it is

	tries   map[tryKey]*tenant.Try
	order   []tryKey
	line    line // of tries: which of them call Telegram now
	crashes map[string]int
	// earlier are the tries that the first opening found: another process's. nil =
	// no opening has looked.
	earlier []tenant.TryID
}

type tryKey struct {
	job     tenants.JobID
	attempt int
}

// opening is a tenant's view of its host; what an ended opening still tells is
// dropped.
type opening struct {
	*host
	number tenants.Opening
}

// again opens the tenant after a while; the caller holds mu.
func (h *host) again(after time.Duration) {
	h.waits = true
	h.node.opt.System.After(after, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.waits = false
		h.open()
	})
}

// open begins an opening, unless there is one or must be none; the caller holds mu.
func (h *host) open() {
	if h.running || h.waits || h.stopping || h.gone || h.halted != "" {
		return
	}
	number, reachable := h.node.nextOpening(), h.node.reachable()
	away := h.away()
	h.running, h.read, h.number, h.opened = true, false, number, h.node.opt.System.Now()
	opt := h.node.opt
	heard := h.node.unlisten(h.id)
	h.current = tenant.Spawn(tenant.Options{
		System: opt.System, ID: h.id, Opening: number, Path: opt.Path(h.id),
		Key:  func() ([]byte, error) { return opt.Key(h.id) },
		Host: opening{h, number}, Rules: opt.Rules, Store: opt.Store, Log: opt.Log, Commits: h.node.commits, Meter: opt.Meter,
		IdleClose: opt.IdleClose, Away: away, Heard: heard,
		Ended: func(e tenant.End) { h.ended(number, e) },
	})
	h.current.Tell(tenant.Open{})
	if h.node.opt.Reach != nil && !away.IsZero() && (reachable || !h.stall.since.IsZero()) {
		// No poll of its own shows that it was away and is not any more.
		h.current.Tell(tenant.Reached{Since: away})
	}
}

func (h *host) ref() actors.Ref[tenant.Message] {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.current
}

// stop ends the opening; answered is told when its file is closed. false = none runs.
func (h *host) stop(answered actors.Reply[error]) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.stopping = true
	if !h.running {
		h.letGo() // what an opening that crashed left is found at the next start
		return false
	}
	// The opening may be closing by itself and never read this; then ended answers.
	h.stops = append(h.stops, answered)
	h.current.Tell(tenant.Stop{})
	return true
}

// ended is told by an opening when everything of it is closed: after a crash it
// is opened again, after a while.
func (h *host) ended(number tenants.Opening, e tenant.End) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if number != h.number {
		return
	}
	h.running, h.read, h.leaving, h.current = false, false, false, actors.Ref[tenant.Message]{}
	h.node.opened(h.id)
	if h.node.opt.System.Now().Sub(h.opened) > calm {
		h.stall = stall{}
	}
	switch {
	case h.stopping:
		h.sleep(e)
		h.letGo()
		for _, reply := range h.stops {
			reply.Send(nil)
		}
		if h.wanted {
			h.node.openAgain(h.id)
		}
	case e.Crash != nil && unknown(e.Crash):
		h.letGo()
	case e.Crash != nil:
		wait, again := h.broken(e.Crash, e.Key)
		if again {
			h.again(wait)
		} else {
			h.node.unseat(h)
		}
	case e.Asleep && !h.wanted:
		h.rest(e)
	default:
		h.wanted = false
		h.again(h.hurried())
	}
}

// unknown tells that the registry does not have the tenant any more.
func unknown(c *actors.Crash) bool {
	why, _ := c.Reason.(error)
	return errors.Is(why, registry.ErrUnknown)
}

// hurried is the pause before an opening that follows others which ended by
// themselves at once, as by /bind again and again: each costs the node a file and a
// line in the registry.
func (h *host) hurried() time.Duration {
	if h.node.opt.System.Now().Sub(h.opened) > reopenHurry {
		h.hurries = 0
	}
	if h.hurries++; h.hurries <= hurriesFree {
		return 0
	}
	return reopenHurry
}

// countCrash remembers what was under way and gives the pause before reopening.
func (h *host) countCrash(key string) time.Duration {
	if key != "" {
		h.crashes[key]++
	}
	if h.node.opt.System.Now().Sub(h.opened) > calm {
		h.pause = 0
	}
	h.pause = min(max(2*h.pause, reopenFirst), reopenMost)
	return h.pause
}

// valid tells whether an opening is the newest; the caller holds mu.
func (o opening) valid() bool { return o.running && o.number == o.host.number }

// Gateway is the login of a connection.
func (o opening) Gateway(c tenants.ConnectionID) (telegram.Gateway, bool) {
	return o.node.opt.Logins.Gateway(o.id, c)
}

// Start starts a try, unless the opening has ended: then the next one decides.
func (o opening) Start(order connection.Order) {
	key, now := tryKey{order.Job, order.Attempt}, o.node.opt.System.Now() // first: an actor that ends here has started nothing
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.valid() || o.tries[key] != nil {
		return
	}
	o.tries[key] = &tenant.Try{Job: order.Job, Attempt: order.Attempt}
	o.order = append(o.order, key)
	o.line.add(order)
	o.callAll(now)
}

// Tries are those under way and those not forgotten, in the order of their start.
func (o opening) Tries() []tenant.Try {
	o.mu.Lock()
	defer o.mu.Unlock()
	all := make([]tenant.Try, 0, len(o.order))
	for _, k := range o.order {
		all = append(all, *o.tries[k])
	}
	return all
}

// Forget drops an outcome that has been committed.
func (o opening) Forget(job tenants.JobID, attempt int) {
	key := tryKey{job, attempt}
	o.mu.Lock()
	defer o.mu.Unlock()
	if t := o.tries[key]; t == nil || !t.Answered {
		return
	}
	delete(o.tries, key)
	o.order = slices.DeleteFunc(o.order, func(k tryKey) bool { return k == key })
}

// Earlier returns those of the tries in the file that the first opening found.
func (o opening) Earlier(found []tenant.TryID) []tenant.TryID {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.earlier == nil {
		o.earlier = append([]tenant.TryID{}, found...)
	}
	return o.earlier
}

// Claim takes a group for the tenant.
func (o opening) Claim(chat tenants.ChatID) (bool, error) {
	return o.node.opt.Registry.ClaimGroup(o.id, chat)
}

// Backend tells that a chat is some tenant's backend group.
func (o opening) Backend(chat tenants.ChatID) bool { return o.node.opt.Registry.Backend(chat) }

// Taken tells that a chat is another tenant's backend group. One that this tenant
// claimed in a process which ended before the binding was stored is free to it.
func (o opening) Taken(chat tenants.ChatID) bool {
	owner, claimed := o.node.opt.Registry.GroupOf(chat)
	return claimed && owner != o.id
}

// Poison tells that something was under way in too many crashes.
func (o opening) Poison(key string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.crashes[key] >= tenants.CrashesToPoison
}

// BindCode is what binds a connection's group.
func (o opening) BindCode(c tenants.ConnectionID) string { return o.node.opt.BindCode(o.id, c) }

// Seal encrypts what is set aside.
func (o opening) Seal(plain []byte) []byte { return o.node.opt.Seal(plain) }

// Awake notes that the file may be written, and tells what was slept through.
func (o opening) Awake() ([]tenant.Silence, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.awake {
		return nil, nil
	}
	slept, err := o.node.opt.Registry.setAwake(o.id)
	if err != nil {
		return nil, err
	}
	o.awake = true
	if o.node.wasAwake(o.id) { // it did not sleep: it is told with Options.Away
		return nil, nil
	}
	return slept, nil
}

// Opened tells that the opening has read its file.
func (o opening) Opened() {
	o.mu.Lock()
	o.read = o.read || o.valid()
	o.mu.Unlock()
	o.node.opened(o.id)
}

// Leave lets an opening end that has nothing to do, unless somebody has just asked for
// it, or a call of it is under way.
func (o opening) Leave() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	asked := o.node.opt.System.Now().Sub(o.asked) // negative if the clock was set back
	if !o.valid() || o.stopping || len(o.tries) > 0 || asked >= 0 && asked < o.node.opt.IdleClose {
		return false
	}
	o.leaving, o.current = true, actors.Ref[tenant.Message]{}
	return true
}

// Full notes why nothing new is taken in.
func (o opening) Full(words string) {
	o.mu.Lock()
	was := o.full
	if o.valid() {
		o.full = words
	}
	o.mu.Unlock()
	switch {
	case words != "" && was == "":
		o.host.tell(words)
	case words == "" && was != "":
		o.host.tell("takes in what comes again")
	}
}

// Tell tells the host's person.
func (o opening) Tell(n tenant.Notice) {
	if o.node.opt.Tell != nil {
		o.node.opt.Tell(o.id, n)
	}
}
