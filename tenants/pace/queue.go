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
	// Reserve is how many tokens a backlog leaves for answers and quiet lanes.
	Reserve int
	// OpenPause is the least time between two new topics of one login.
	OpenPause time.Duration
}

// slack is added to the window: Telegram's clock is not ours.
const slack = 100 * time.Millisecond

// quiet: a lane that has not sent for so long may use the reserve.
const quiet = time.Minute

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

// Queue is the lanes of one chat, with a bucket for each login. The zero Queue
// is not usable; see NewQueue.
type Queue struct {
	rules   Rules
	lanes   map[dialog.Lane]*lane
	budgets map[tenants.ConnectionID]*Budget
	opened  map[tenants.ConnectionID]time.Time
	opening map[tenants.ConnectionID]bool // a topic is being made
	helpers map[tenants.ConnectionID][]tenants.ConnectionID
	waiting int    // weight of all that waits
	turn    uint64 // counts sends
	filled  uint64 // counts fillings of lanes
}

type lane struct {
	items   []Item
	busy    bool                 // items[0] is under way
	by      tenants.ConnectionID // who does it
	paid    int                  // tokens that its try spent of the bucket in memory
	blocked bool                 // waits for its topic
	awaits  bool                 // waits for jobs that go before its head
	turn    uint64               // of its last send; 0 = none lately, so a quiet lane goes first
	since   uint64               // when it was filled, to break ties
	served  time.Time
	took    int       // tokens of its last send
	ripe    time.Time // when only tokens or others kept its head back first; zero = nothing did
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
	}
}

// SetHelpers tells which logins do the helped jobs of a login beside it, instead of
// those told before; nil = none. What one of them has under way stays its own.
func (q *Queue) SetHelpers(of tenants.ConnectionID, helpers []tenants.ConnectionID) {
	q.helpers[of] = slices.Clone(helpers)
}

// crew are the logins that may do a job, in the order in which they are asked. As
// long as the login itself has tokens for all that waits it comes first, because
// its topic is its own; then its helpers do, because what they do leaves tokens for
// what only the login itself may do.
func (q *Queue) crew(it Item, now time.Time) []tenants.ConnectionID {
	helpers := q.helpers[it.Connection]
	switch {
	case !it.Helped || len(helpers) == 0:
		return []tenants.ConnectionID{it.Connection}
	case q.rules.Tokens == 0, q.waiting <= q.Budget(it.Connection).free(now, q.rules.Tokens):
		return append([]tenants.ConnectionID{it.Connection}, helpers...)
	default:
		return append(slices.Clone(helpers), it.Connection)
	}
}

// SetBudget gives a login its budget as it was stored.
func (q *Queue) SetBudget(c tenants.ConnectionID, b Budget) { q.budgets[c] = &b }

// Budget is a login's budget, to be stored; a new login's is full.
func (q *Queue) Budget(c tenants.ConnectionID) *Budget {
	b := q.budgets[c]
	if b == nil {
		b = &Budget{}
		q.budgets[c] = b
	}
	return b
}

// Put adds a job at the end of its lane. A job that is known already only gets
// its NotBefore and Weight anew, and who may do it.
func (q *Queue) Put(it Item) {
	l := q.lanes[it.Lane]
	if l == nil {
		l = &lane{}
		q.lanes[it.Lane] = l
	}
	for i := range l.items {
		if it.Job != 0 && l.items[i].Job == it.Job {
			q.renew(l, i, it)
			return
		}
	}
	q.waiting += it.Weight
	if len(l.items) == 0 {
		q.filled++
		l.since = q.filled
	}
	l.items = append(l.items, it)
}

// renew gives a known job its numbers. One that has grown after it was picked
// will be tried as it is now, and pays for it.
func (q *Queue) renew(l *lane, i int, it Item) {
	more := it.Weight - l.items[i].Weight
	l.items[i].Weight, l.items[i].NotBefore = it.Weight, it.NotBefore
	l.items[i].Connection, l.items[i].Helped = it.Connection, it.Helped
	switch {
	case i > 0 || !l.busy:
		q.waiting += more
	case l.paid > 0 && more > 0:
		q.Budget(l.by).spend(more, q.Budget(l.by).spent)
		l.paid += more
	}
}

// PutFirst adds a job before all others of its lane, which must not be under way.
func (q *Queue) PutFirst(it Item) {
	q.Put(it)
	l := q.lanes[it.Lane]
	last := len(l.items) - 1
	l.items = slices.Insert(l.items[:last:last], 0, it)
	l.ripe = time.Time{}
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

// Pick takes one job that may go now, marks its lane busy and spends its
// tokens; ok is false if none may. fresh tells that tickets may be picked too:
// those of the commit that is being made.
func (q *Queue) Pick(now time.Time, fresh func(Item) bool) (Item, bool) {
	var best *lane
	var by tenants.ConnectionID
	q.ripen(now)
	saved := q.overdue(now)
	for _, l := range q.lanes {
		if best != nil && !q.before(l, best) {
			continue
		}
		if c, ok := q.may(l, now, fresh, saved); ok {
			best, by = l, c
		}
	}
	if best == nil {
		return Item{}, false
	}
	it := best.items[0]
	it.By, it.Crowded, best.by = by, q.crowded(it, now), by
	q.turn++
	best.busy, best.turn, best.served, best.ripe = true, q.turn, now, time.Time{}
	if it.Weight > 0 {
		best.took = it.Weight
	}
	q.waiting -= it.Weight
	if q.rules.Tokens > 0 {
		best.paid = it.Weight
		q.Budget(by).spend(it.Weight, now)
	}
	if it.Opens {
		q.opened[by], q.opening[by] = now, true
	}
	return it, true
}

// crowded tells that more waits for those who may do a job than they have tokens.
func (q *Queue) crowded(it Item, now time.Time) bool {
	free := q.Budget(it.Connection).free(now, q.rules.Tokens)
	for _, c := range q.helpers[it.Connection] {
		free += q.Budget(c).free(now, q.rules.Tokens)
	}
	return q.rules.Tokens > 0 && q.waiting > free
}

// may is who may do the head of a lane now; ok is false if nobody may.
func (q *Queue) may(l *lane, now time.Time, fresh func(Item) bool, saved savings) (by tenants.ConnectionID, ok bool) {
	if l.stopped() || len(l.items) == 0 {
		return 0, false
	}
	it := l.items[0]
	if it.Job == 0 && (fresh == nil || !fresh(it)) {
		return 0, false
	}
	for _, c := range q.crew(it, now) {
		at, known := q.ready(l, it, c, now, saved)
		if known && !at.After(now) {
			return c, true
		}
	}
	return 0, false
}

// ready is when a login may do the head of a lane as far as time alone decides;
// known is false if only an answer can tell.
func (q *Queue) ready(l *lane, it Item, by tenants.ConnectionID, now time.Time, saved savings) (at time.Time, known bool) {
	if it.Opens && q.opening[by] || q.yields(l, by, now, saved) {
		return time.Time{}, false
	}
	at = it.NotBefore
	b := q.Budget(by)
	at = later(at, b.paused)
	if it.Opens {
		if last, ok := q.opened[by]; ok {
			at = later(at, last.Add(q.rules.OpenPause))
		}
	}
	if q.rules.Tokens == 0 || it.Weight == 0 {
		return at, true
	}
	at = later(at, q.halved(l, it))
	crowded := q.waiting > b.free(now, q.rules.Tokens)
	if crowded && it.Class != dialog.ClassAnswer && now.Sub(l.served) < quiet {
		return q.inCrowd(l, it, b, at)
	}
	free, known := b.nextFree(min(it.Weight, q.rules.Tokens), q.rules.Tokens)
	return later(at, free), known
}

// halved is from when a lane that may take half of the tokens may go: after a send
// it waits as long as twice its tokens take to come, spread evenly.
func (q *Queue) halved(l *lane, it Item) time.Time {
	if !it.Half || q.rules.Tokens == 0 {
		return time.Time{}
	}
	return l.served.Add(2 * time.Duration(l.took) * q.rules.Window / time.Duration(q.rules.Tokens))
}

// inCrowd is ready for a lane that leaves the reserve to others: it goes when
// the spending has spread so far, or when it has become quiet, or when the
// tokens are enough for all that waits, whichever is first.
func (q *Queue) inCrowd(l *lane, it Item, b *Budget, at time.Time) (first time.Time, known bool) {
	spread := b.spent.Add(q.rules.Window / time.Duration(q.rules.Tokens))
	for _, way := range []struct {
		from time.Time
		need int
	}{
		{later(at, spread), min(it.Weight+q.rules.Reserve, q.rules.Tokens)},
		{later(at, l.served.Add(quiet)), min(it.Weight, q.rules.Tokens)},
		{at, q.waiting},
	} {
		free, ok := b.nextFree(way.need, q.rules.Tokens)
		if when := later(way.from, free); ok && (!known || when.Before(first)) {
			first, known = when, true
		}
	}
	return first, known
}

// Wake is when to look again; zero: when something else happens. It forgets
// lanes that have been empty for a while.
func (q *Queue) Wake(now time.Time) time.Time {
	var wake time.Time
	saved := q.overdue(now)
	for ln, l := range q.lanes {
		if len(l.items) == 0 && !l.stopped() && now.Sub(l.served) >= quiet {
			delete(q.lanes, ln)
			continue
		}
		if l.stopped() || len(l.items) == 0 || l.items[0].Job == 0 {
			continue
		}
		for _, c := range q.crew(l.items[0], now) {
			at, known := q.ready(l, l.items[0], c, now, saved)
			if known && (wake.IsZero() || at.Before(wake)) {
				wake = at
			}
			if known && at.IsZero() {
				return now
			}
		}
	}
	return wake
}

// Answered tells that the call of a lane's head has ended: its tokens come back
// one window from now, and the lane is free again.
func (q *Queue) Answered(job tenants.JobID, ln dialog.Lane, now time.Time) {
	l := q.busyLane(job, ln)
	if l == nil {
		return
	}
	it := l.items[0]
	q.Budget(l.by).answered(l.paid, now.Add(q.rules.Window+slack), q.rules)
	q.free(l)
	q.waiting += it.Weight
}

// NotTried takes back a Pick whose call was never made. For a job that was not
// picked it does nothing.
func (q *Queue) NotTried(it Item) {
	l := q.busyLane(it.Job, it.Lane)
	if l == nil {
		return
	}
	q.Budget(l.by).refund(l.paid) // it may be all that is left of a withdrawn job: two numbers
	q.free(l)
	q.waiting += l.items[0].Weight
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
		q.waiting -= it.Weight
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
		q.waiting -= l.items[i].Weight
	}
	if i == 0 {
		l.ripe = time.Time{}
	}
	l.items = slices.Delete(l.items, i, i+1)
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
func (q *Queue) Len() int {
	n := 0
	for _, l := range q.lanes {
		n += len(l.items)
	}
	return n
}

// rank groups the classes into those that share turns.
func rank(c dialog.Class) int {
	switch c {
	case dialog.ClassAnswer, dialog.ClassClient, dialog.ClassMark:
		return 0
	case dialog.ClassAlbum:
		return 1
	case dialog.ClassNote:
		return 2
	case dialog.ClassTitle:
		return 3
	default:
		panic("pace: unknown class")
	}
}

// alone tells that a login has helpers, and they may not do the job.
func (q *Queue) alone(it Item) int {
	if !it.Helped && len(q.helpers[it.Connection]) > 0 {
		return 0
	}
	return 1
}

// before tells that a's head goes before b's: by rank, then what has helpers and
// can't be helped, then by turn, then by which has waited longer.
func (q *Queue) before(a, b *lane) bool {
	if len(a.items) == 0 || len(b.items) == 0 {
		return len(a.items) > 0
	}
	return cmp.Or(
		cmp.Compare(rank(a.items[0].Class), rank(b.items[0].Class)),
		cmp.Compare(q.alone(a.items[0]), q.alone(b.items[0])),
		cmp.Compare(a.turn, b.turn),
		cmp.Compare(a.since, b.since),
	) < 0
}
