package pace

import (
	"cmp"
	"slices"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Rules are the limits of one kind of chat.
type Rules struct {
	Tokens int           // sends a login may make in a Window; 0 = no limit of ours
	Window time.Duration // how long a token is away after its answer
	// Burst is how many of the tokens may go at once for what is not urgent; the
	// rest is spread over the window. 0 = all of them.
	Burst int
	// OpenPause is the least time between two new topics of one login.
	OpenPause time.Duration
}

// slack is added to the window. Telegram has counted a call before its answer
// reaches us, so a window after the answer is already later than one after that;
// what is left is that its clock may run slower than ours, each by 1/2,000 (what
// Linux slews at most), and the rounding of what is stored.
const slack = 65 * time.Millisecond

// Item is a job as the queue knows it.
type Item struct {
	Job tenants.JobID // 0 while its commit is under way
	// Ticket names the item until it has a Job.
	Ticket     uint64
	Lane       dialog.Lane
	Connection tenants.ConnectionID // the login whose job it is
	Helped     bool                 // any of the login's helpers may do it; else only Connection
	Class      dialog.Class
	Weight     int
	NotBefore  time.Time
	Opens      bool // makes a topic
	Half       bool // with all others of its lane it may take half of the tokens

	// By is the login that does it: Connection, or one of its helpers. Pick fills it
	// in; it is read by Resume only, where 0 stands for Connection.
	By tenants.ConnectionID
	// Crowded is filled in by Pick: more waits than may go at once.
	Crowded bool
}

// own tells what is said for itself, not for what follows it: neither makes a topic nor
// is a note.
func (it *Item) own() bool { return !it.Opens && it.Class != dialog.ClassNote }

// Queue is the lanes of one chat, with a bucket for each login. The zero Queue
// is not usable; see NewQueue.
type Queue struct {
	rules   Rules
	lanes   map[dialog.Lane]*lane
	row     []*lane // the same, in no order that matters
	budgets map[tenants.ConnectionID]*Budget
	opened  map[tenants.ConnectionID]time.Time
	opening map[tenants.ConnectionID]bool // a topic is being made
	helpers map[tenants.ConnectionID][]tenants.ConnectionID
	waiting map[tenants.ConnectionID]int // weight of all that waits, by whose job it is
	places  uint64                       // counts the places taken in the row
	length  int                          // of all lanes together

	// How things stand at the moment of the last look.
	looked time.Time
	purses map[tenants.ConnectionID]*purse // of those whose budget has not changed since
	saving map[tenants.ConnectionID]*lane  // for whose albums tokens are saved
}

type lane struct {
	id      dialog.Lane
	items   []Item
	busy    bool                 // items[0] is under way
	by      tenants.ConnectionID // who does it
	paid    int                  // tokens that its try spent of the bucket in memory
	blocked bool                 // waits for its topic
	awaits  bool                 // waits for jobs that go before its head
	place   uint64               // when its head came up, to wait for its turn
	went    time.Time            // its last start
	served  time.Time            // the last one of its own, not a note, nor what was put before it or makes a topic
	half    time.Time            // when twice what a send took has come, spread evenly
	first   int                  // how many of its items were put before others
	fresh   bool                 // its head came when nothing waited; notes, and what was put before it, apart
	wave    bool                 // its topic was made among those of many others; until something is said in it
	calm    bool                 // and nothing had gone lately; of one that is ripe
	ripe    time.Time            // since when its head waits for nothing but tokens and turns; zero = it does not
	undo    undo
}

// undo is what a pick changed of its lane and of who does it.
type undo struct {
	served, half, ripe, spread time.Time
	place                      uint64
}

// NewQueue makes an empty queue.
func NewQueue(r Rules) *Queue {
	return &Queue{
		rules:   r,
		lanes:   map[dialog.Lane]*lane{},
		budgets: map[tenants.ConnectionID]*Budget{},
		opened:  map[tenants.ConnectionID]time.Time{},
		opening: map[tenants.ConnectionID]bool{},
		helpers: map[tenants.ConnectionID][]tenants.ConnectionID{},
		waiting: map[tenants.ConnectionID]int{},
		purses:  map[tenants.ConnectionID]*purse{},
		saving:  map[tenants.ConnectionID]*lane{},
	}
}

// SetBudget gives a login its budget as it was stored.
func (q *Queue) SetBudget(c tenants.ConnectionID, b Budget) {
	delete(q.purses, c)
	q.budgets[c] = &b
}

// Budget is a login's budget, to be stored; a new login's is full.
func (q *Queue) Budget(c tenants.ConnectionID) *Budget {
	b := q.budgets[c]
	if b == nil {
		b = &Budget{}
		q.budgets[c] = b
	}
	return b
}

// change is a login's budget that is about to change.
func (q *Queue) change(c tenants.ConnectionID) *Budget {
	delete(q.purses, c)
	return q.Budget(c)
}

// Put adds a job at the end of its lane, but before those whose commit is under way:
// they get higher numbers. A job that is known already only gets its NotBefore and
// Weight anew, and who may do it.
func (q *Queue) Put(it Item) {
	l := q.lane(it.Lane)
	at := len(l.items)
	for i := range l.items {
		if it.Job != 0 && l.items[i].Job == it.Job {
			q.renew(l, i, it)
			return
		}
	}
	for it.Job != 0 && at > 0 && l.items[at-1].Job == 0 && !(at == 1 && l.busy) {
		at--
	}
	q.insert(l, at, it)
}

// lane finds a lane, or makes it.
func (q *Queue) lane(id dialog.Lane) *lane {
	l := q.lanes[id]
	if l == nil {
		l = &lane{id: id}
		q.lanes[id] = l
		q.row = append(q.row, l)
	}
	return l
}

func (q *Queue) insert(l *lane, at int, it Item) {
	q.waiting[it.Connection] += it.Weight
	q.length++
	if len(l.items) == 0 {
		l.fresh = true
		q.come(l)
	}
	if at == 0 {
		l.ripe = time.Time{}
	}
	l.items = slices.Insert(l.items, at, it)
}

// come gives the new head of a lane its place.
func (q *Queue) come(l *lane) {
	q.places++
	l.place, l.ripe = q.places, time.Time{}
}

// went gives what follows a head its place. What is said in a new topic keeps the place
// of those who wait for theirs: else many of them would stand empty.
func (q *Queue) went(l *lane, it Item) {
	if l.ripe = (time.Time{}); !it.Opens {
		q.come(l)
	}
}

// renew gives a known job its numbers. One that has grown after it was picked
// will be tried as it is now, and pays for it.
func (q *Queue) renew(l *lane, i int, it Item) {
	known := &l.items[i]
	more := it.Weight - known.Weight
	if i > 0 || !l.busy {
		q.waiting[known.Connection] -= known.Weight
		q.waiting[it.Connection] += it.Weight
	}
	known.Weight, known.NotBefore = it.Weight, it.NotBefore
	known.Connection, known.Helped = it.Connection, it.Helped
	if i == 0 && l.busy && l.paid > 0 && more > 0 {
		q.change(l.by).take(more, l.served)
		l.paid += more
		l.half = later(l.half, q.halfAfter(l.went, it.Weight))
	}
}

// PutFirst adds a job before all others of its lane, which must not be under way.
func (q *Queue) PutFirst(it Item) {
	l := q.lane(it.Lane)
	q.insert(l, 0, it)
	l.first++
}

// Name gives a ticket its job; job 0 means that the job was merged into
// another one, or is not needed.
func (q *Queue) Name(ln dialog.Lane, ticket uint64, job tenants.JobID) {
	l := q.lanes[ln]
	if l == nil {
		return
	}
	i := slices.IndexFunc(l.items, func(it Item) bool { return it.Ticket == ticket && it.Job == 0 })
	if i < 0 {
		return
	}
	known := slices.ContainsFunc(l.items, func(it Item) bool { return job != 0 && it.Job == job })
	if job == 0 || known {
		q.cut(l, i)
		return
	}
	l.items[i].Job = job
}

// Answered tells that the call of a lane's head has ended: its tokens come back
// one window from now, and the lane is free again.
func (q *Queue) Answered(job tenants.JobID, ln dialog.Lane, now time.Time) {
	l := q.busyLane(job, ln)
	if l == nil {
		return
	}
	it := l.items[0]
	q.change(l.by).answered(l.paid, now.Add(q.rules.Window+slack), q.rules)
	q.free(l)
	q.went(l, it)
	q.waiting[it.Connection] += it.Weight
}

// NotTried takes back a Pick whose call was never made. For a job that was not
// picked it does nothing.
func (q *Queue) NotTried(it Item) {
	l := q.busyLane(it.Job, it.Lane)
	if l == nil {
		return
	}
	b := q.change(l.by)
	b.refund(l.paid) // it may be all that is left of a withdrawn job: two numbers
	if l.paid > 0 && l.undo.spread.Before(b.spread) {
		b.spread = l.undo.spread
	}
	q.free(l)
	l.served, l.half, l.place, l.ripe = l.undo.served, l.undo.half, l.undo.place, l.undo.ripe
	q.waiting[l.items[0].Connection] += l.items[0].Weight
}

// Behind is NotTried of a new job before which another owner has put some that were
// not known here when it was picked. By now they are, with lower numbers; they go
// first, in their order.
func (q *Queue) Behind(it Item) {
	q.NotTried(it)
	l := q.lanes[it.Lane]
	if l == nil {
		return
	}
	late := func(x Item) int {
		if x.Ticket == 0 && x.Job < it.Job {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(l.items, func(a, b Item) int { return late(a) - late(b) })
}

// Resume tells of a job that was under way when the file was opened. Its tokens
// are in the bucket as it was stored, and come back without its answer.
func (q *Queue) Resume(it Item) {
	q.Put(it)
	l := q.lanes[it.Lane]
	if i := slices.IndexFunc(l.items, func(x Item) bool { return x.Job == it.Job }); i > 0 {
		l.items = slices.Insert(slices.Delete(l.items, i, i+1), 0, it)
	}
	if !l.busy {
		l.busy, l.by = true, cmp.Or(it.By, it.Connection)
		q.waiting[it.Connection] -= it.Weight
		if it.Opens {
			q.opening[l.by] = true
		}
	}
}

// free ends what a lane has under way.
func (q *Queue) free(l *lane) {
	l.busy, l.paid = false, 0
	if l.items[0].Opens {
		delete(q.opening, l.by)
	}
}

func (q *Queue) busyLane(job tenants.JobID, ln dialog.Lane) *lane {
	l := q.lanes[ln]
	if l == nil || !l.busy || len(l.items) == 0 || l.items[0].Job != job {
		return nil
	}
	return l
}

// Retire takes a job out of its lane.
func (q *Queue) Retire(job tenants.JobID, ln dialog.Lane) {
	l := q.lanes[ln]
	if l == nil {
		return
	}
	if i := slices.IndexFunc(l.items, func(it Item) bool { return it.Job == job }); i >= 0 {
		q.cut(l, i)
	}
}

func (q *Queue) cut(l *lane, i int) {
	if i == 0 && l.busy {
		q.free(l)
	} else {
		q.waiting[l.items[i].Connection] -= l.items[i].Weight
	}
	switch {
	case i >= l.first && i > 0:
	case i < l.first:
		l.first--
	case l.items[0].own():
		l.fresh = false
	}
	if i == 0 {
		q.went(l, l.items[0])
	}
	l.items = slices.Delete(l.items, i, i+1)
	q.length--
}

// Delay lets the head of a lane wait until at.
func (q *Queue) Delay(job tenants.JobID, ln dialog.Lane, at time.Time) {
	if l := q.lanes[ln]; l != nil && len(l.items) > 0 && l.items[0].Job == job {
		l.items[0].NotBefore = at
	}
}

// Block lets a lane wait for its topic; Unblock lets it go on.
func (q *Queue) Block(ln dialog.Lane) {
	if l := q.lanes[ln]; l != nil {
		l.blocked = true
	}
}

// Unblock lets a lane go on.
func (q *Queue) Unblock(ln dialog.Lane) {
	if l := q.lanes[ln]; l != nil {
		l.blocked = false
	}
}

// UnblockAll lets all lanes go on.
func (q *Queue) UnblockAll() {
	for _, l := range q.lanes {
		l.blocked = false
	}
}

// Await lets a lane wait until it is told jobs that go before its head, whatever
// becomes of its topic meanwhile; Told lets it go on.
func (q *Queue) Await(ln dialog.Lane) {
	if l := q.lanes[ln]; l != nil {
		l.awaits = true
	}
}

// Told lets a lane go on: what goes before its head is there.
func (q *Queue) Told(ln dialog.Lane) {
	if l := q.lanes[ln]; l != nil {
		l.awaits = false
	}
}

// stopped tells that nothing of a lane may go now, whatever the time.
func (l *lane) stopped() bool { return l.busy || l.blocked || l.awaits }

// Pause holds back everything of a login until then.
func (q *Queue) Pause(c tenants.ConnectionID, until time.Time) { q.Budget(c).pause(until) }

// Empty tells that nothing waits and nothing is under way.
func (q *Queue) Empty() bool { return q.Len() == 0 }

// Len is how many jobs wait or are under way.
func (q *Queue) Len() int { return q.length }

// Served tells that Telegram has done a call of a login.
func (q *Queue) Served(c tenants.ConnectionID, now time.Time) {
	if q.rules.Tokens > 0 {
		q.Budget(c).served(now)
	}
}

// Flooded tells that Telegram held back a call of a login that these rules allow.
func (q *Queue) Flooded(c tenants.ConnectionID, now time.Time) {
	if q.rules.Tokens > 0 {
		q.change(c).flooded(now, q.rules)
	}
}
