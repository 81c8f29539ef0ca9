package lane

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/pace"
)

// Numbers are what an owner holds of a job in the outbox.
type Numbers struct {
	Job        tenants.JobID
	Attempt    int
	Lane       dialog.Lane
	Connection tenants.ConnectionID // whose job it is, or who alone can do it
	Class      dialog.Class
	Weight     int
	NotBefore  time.Time
	Opens      bool
	Half       bool
	Helped     bool // a helper may do it
	Trying     bool
	By         tenants.ConnectionID // who made the last try; 0 = Connection
}

func (n Numbers) item() pace.Item {
	return pace.Item{
		Job: n.Job, Lane: n.Lane, Connection: n.Connection, Class: n.Class,
		Weight: n.Weight, NotBefore: n.NotBefore, Opens: n.Opens, Half: n.Half, Helped: n.Helped, By: n.By,
	}
}

// by is who made the last try.
func (n Numbers) by() tenants.ConnectionID { return cmp.Or(n.By, n.Connection) }

// Owner is the lanes of one chat at Telegram, owned by one actor. Not safe for
// concurrent use.
type Owner struct {
	queue   *pace.Queue
	chat    tenants.ChatID
	owns    func(dialog.Lane) bool
	ticket  uint64
	unnamed map[uint64]time.Time        // tickets given, by when
	picked  map[tenants.JobID]time.Time // picks told to the tenant and not answered yet
	helpers map[tenants.ConnectionID][]tenants.ConnectionID
}

// NewOwner makes an owner of the lanes for which owns is true; they all end in chat.
func NewOwner(rules pace.Rules, chat tenants.ChatID, owns func(dialog.Lane) bool) *Owner {
	return &Owner{
		queue: pace.NewQueue(rules), chat: chat, owns: owns,
		unnamed: map[uint64]time.Time{}, picked: map[tenants.JobID]time.Time{},
		helpers: map[tenants.ConnectionID][]tenants.ConnectionID{},
	}
}

// Load fills an owner from the outbox: its jobs in order, and the buckets.
func (o *Owner) Load(jobs []Numbers, budgets map[tenants.ConnectionID]pace.Budget) {
	for c, b := range budgets {
		o.queue.SetBudget(c, b)
	}
	for _, n := range jobs {
		if n.Trying && o.owns(n.Lane) {
			o.queue.Resume(n.item())
		} else {
			o.put(n)
		}
	}
}

// SetHelpers tells which logins do the helped jobs of a login beside it from now
// on; nil = none.
func (o *Owner) SetHelpers(of tenants.ConnectionID, helpers []tenants.ConnectionID) {
	o.helpers[of] = helpers
	o.queue.SetHelpers(of, helpers)
}

// without lets a helper go that can't write in the chat, before the tenant says so:
// else what it could not do would be given to it again.
func (o *Owner) without(s *dialog.Stand) {
	if s == nil || s.Lack == dialog.LacksNothing {
		return
	}
	for of, helpers := range o.helpers {
		if i := slices.Index(helpers, s.Connection); i >= 0 {
			o.SetHelpers(of, slices.Delete(slices.Clone(helpers), i, i+1))
		}
	}
}

// put lets a job wait, if its lane is the owner's: what waits may be picked.
func (o *Owner) put(n Numbers) {
	if o.owns(n.Lane) {
		o.queue.Put(n.item())
	}
}

// Enter gives the new jobs of a commit their tickets and lets go what may go.
func (o *Owner) Enter(c *Commit, now time.Time) {
	if len(c.Tickets) < len(c.Decision.Jobs) {
		c.Tickets = append(c.Tickets, make([]uint64, len(c.Decision.Jobs)-len(c.Tickets))...)
	}
	fresh := map[uint64]int{}
	for i := range c.Decision.Jobs {
		j := &c.Decision.Jobs[i]
		if !o.owns(j.Lane) {
			continue
		}
		o.ticket++
		c.Tickets[i] = o.ticket
		o.unnamed[o.ticket] = now
		_, opens := j.Effect.(*dialog.Open)
		o.queue.Put(pace.Item{
			Ticket: o.ticket, Lane: j.Lane, Connection: j.Connection, Class: j.Class,
			Weight: j.Weight(), NotBefore: j.NotBefore, Opens: opens, Half: j.Half(), Helped: j.Helped(),
		})
		if atOnce(j) {
			fresh[o.ticket] = i
		}
	}
	o.pick(c, now, fresh)
}

// atOnce tells that a job may be tried in the commit that makes it. It is picked
// only if its lane is empty, so nothing that waits can absorb it; an album waits
// for its other parts.
func atOnce(j *dialog.Job) bool {
	s, ok := j.Effect.(*dialog.Send)
	return !ok || s.Album == ""
}

func (o *Owner) pick(c *Commit, now time.Time, fresh map[uint64]int) {
	isFresh := func(it pace.Item) bool { _, ok := fresh[it.Ticket]; return ok }
	spent := map[tenants.ConnectionID]bool{}
	for {
		it, ok := o.queue.Pick(now, isFresh)
		if !ok {
			break
		}
		spent[it.By] = true
		if it.Job == 0 {
			c.tryAtOnce(fresh[it.Ticket], it)
			continue
		}
		o.picked[it.Job] = now
		c.Picks = append(c.Picks, Pick{Job: it.Job, Lane: it.Lane, By: it.By, Join: it.Crowded})
	}
	for conn := range spent {
		o.saveBudget(c, conn)
	}
}

// tryAtOnce has a new job of the commit tried, by whoever was picked for it.
func (c *Commit) tryAtOnce(i int, it pace.Item) {
	c.Try = append(c.Try, i)
	if it.By != it.Connection {
		if c.TryBy == nil {
			c.TryBy = map[int]tenants.ConnectionID{}
		}
		c.TryBy[i] = it.By
	}
}

func (o *Owner) saveBudget(c *Commit, conn tenants.ConnectionID) {
	state := o.queue.Budget(conn).Encode()
	for i := range c.Budgets {
		if b := &c.Budgets[i]; b.Connection == conn && b.Chat == o.chat {
			b.State = state
			return
		}
	}
	c.Budgets = append(c.Budgets, Budget{Connection: conn, Chat: o.chat, State: state})
	slices.SortFunc(c.Budgets, func(a, b Budget) int { return int(a.Connection - b.Connection) })
}

// Settle takes an outcome's settlement into the lanes, adds it to the commit,
// and lets go what may go now.
func (o *Owner) Settle(c *Commit, n Numbers, s Settled, now time.Time) {
	c.Settled = &s
	delete(o.picked, n.Job)
	st := s.Settlement
	o.queue.Answered(n.Job, n.Lane, now)
	switch st.Verdict {
	case dialog.Retire:
		o.queue.Retire(n.Job, n.Lane)
	case dialog.Retry:
		if st.Effect != nil { // what is left of an album costs less
			next := dialog.Job{Lane: n.Lane, Origin: dialog.OfClient, Effect: st.Effect}
			n.Weight, n.NotBefore, n.Helped = next.Weight(), st.After, n.Helped && next.Helped()
			o.put(n)
		}
		o.queue.Delay(n.Job, n.Lane, st.After)
		if len(st.Before) > 0 {
			o.queue.Await(n.Lane) // until the tenant tells the new jobs, which go first
		}
	default:
		panic(fmt.Sprintf("lane: verdict %d", st.Verdict))
	}
	switch {
	case st.Flooded:
		o.queue.Flooded(n.by(), now)
	case st.Verdict == dialog.Retire:
		o.queue.Served(n.by(), now)
	}
	if st.Pause != dialog.PauseNone {
		until := st.After
		if !st.Until.IsZero() {
			until = st.Until
		}
		o.queue.Pause(n.by(), until)
	}
	o.without(st.Decision.Stand)
	o.saveBudget(c, n.by())
	o.Enter(c, now)
}

// Stored takes what the tenant tells of a commit.
func (o *Owner) Stored(list []Stored, now time.Time) {
	for _, s := range list {
		if s.Ticket != 0 {
			delete(o.unnamed, s.Ticket)
			o.queue.Name(s.Lane, s.Ticket, s.Job)
		}
		if s.Asked {
			delete(o.picked, s.Job)
		}
		o.fate(s)
	}
}

func (o *Owner) fate(s Stored) {
	switch s.Fate {
	case Trying:
	case Waits:
		if s.Job != 0 {
			if s.Asked {
				o.queue.NotTried(s.Again.item())
			}
			o.put(s.Again)
		}
	case Behind:
		o.queue.Behind(s.Again.item())
	case NeedsTopic:
		o.queue.NotTried(s.Again.item())
		o.queue.Block(s.Lane)
	case Yields:
		o.queue.NotTried(s.Again.item())
		o.queue.Await(s.Lane)
	case Gone:
		o.queue.NotTried(s.Again.item())
		o.queue.Retire(s.Job, s.Lane)
	default:
		panic(fmt.Sprintf("lane: fate %d", s.Fate))
	}
}

// First puts jobs before the head of their lane and lets the lane go on.
func (o *Owner) First(jobs []Numbers) {
	for i := len(jobs) - 1; i >= 0; i-- {
		if !o.owns(jobs[i].Lane) {
			continue
		}
		o.queue.PutFirst(jobs[i].item())
		o.queue.Unblock(jobs[i].Lane)
		o.queue.Told(jobs[i].Lane)
	}
}

// Unblock lets a dialog's lane go on: its topic is there.
func (o *Owner) Unblock(d tenants.DialogID) {
	o.queue.Unblock(dialog.Lane{Dialog: d, Side: dialog.ToTopic})
}

// UnblockAll lets all lanes go on: one that waits for a topic of its own will be
// told so again.
func (o *Owner) UnblockAll() { o.queue.UnblockAll() }

// More picks what may go by now; ok is false if nothing may.
func (o *Owner) More(now time.Time) (Commit, bool) {
	var c Commit
	o.pick(&c, now, nil)
	return c, len(c.Picks) > 0
}

// Due takes a job that the outbox holds as waiting and due; nothing that it
// waits for is missing.
func (o *Owner) Due(n Numbers, now time.Time) {
	o.Check(now)
	o.put(n)
	o.queue.Unblock(n.Lane)
	o.queue.Told(n.Lane)
}

// Check panics if the tenant has left a ticket without a number, or a pick
// without an answer, for too long.
func (o *Owner) Check(now time.Time) {
	for t, at := range o.unnamed {
		if now.Sub(at) > tenants.SettleWithin {
			panic(fmt.Sprintf("lane: ticket %d was not answered", t))
		}
	}
	for job, at := range o.picked {
		if now.Sub(at) > tenants.SettleWithin {
			panic(fmt.Sprintf("lane: pick of job %d was not answered", job))
		}
	}
}

// Wake is when to call More and Check again; zero = not by time.
func (o *Owner) Wake(now time.Time) time.Time {
	wake := o.queue.Wake(now)
	if len(o.unnamed) > 0 || len(o.picked) > 0 {
		check := now.Add(tenants.SettleWithin + time.Second)
		if wake.IsZero() || check.Before(wake) {
			wake = check
		}
	}
	return wake
}

// Idle tells that the owner holds nothing.
func (o *Owner) Idle() bool { return o.queue.Empty() && len(o.unnamed) == 0 && len(o.picked) == 0 }
