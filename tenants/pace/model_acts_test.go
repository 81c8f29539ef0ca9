package pace

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// What an owner does to its queue, each to the model and to the queue.

// draw makes a job.
func (m *model) draw(t *rapid.T) Item {
	ln := dialog.Lane{Dialog: tenants.DialogID(rapid.IntRange(1, 6).Draw(t, "dialog")), Side: dialog.ToTopic}
	it := Item{Lane: ln, Connection: connectionOf(ln), Class: rapid.SampledFrom(classes).Draw(t, "class"), Weight: 1}
	switch it.Class {
	case dialog.ClassAlbum:
		it.Weight = rapid.IntRange(2, max(2, min(10, m.rules.Tokens))).Draw(t, "weight")
	case dialog.ClassMark:
		it.Weight = 0
	default:
		it.Opens = rapid.IntRange(0, 4).Draw(t, "opens") == 0
	}
	it.Helped = rapid.Bool().Draw(t, "helped")
	it.Half = rapid.IntRange(0, 3).Draw(t, "half") == 0 && !it.Opens
	if rapid.IntRange(0, 5).Draw(t, "later") == 0 {
		it.NotBefore = m.now.Add(time.Duration(rapid.IntRange(1, 60).Draw(t, "wait")) * time.Second)
	}
	m.serial++
	return it
}

// arrive puts a job, or a ticket that is named later: until then jobs go before it.
func (m *model) arrive(t *rapid.T) {
	it := m.draw(t)
	l := m.lane(it.Lane)
	at := len(l.items)
	if rapid.Bool().Draw(t, "ticket") {
		it.Ticket = uint64(m.serial)
	} else {
		it.Job = tenants.JobID(m.serial)
		for at > 0 && l.items[at-1].Job == 0 && (at > 1 || l.begun.IsZero()) {
			at--
		}
	}
	if l.items = slices.Insert(l.items, at, it); at == 0 {
		l.ripe = time.Time{}
	}
	m.q.Put(it)
}

// pick draws one of the items for which keep is true; ok is false if there is none.
func (m *model) pick(t *rapid.T, keep func(*modelLane, int) bool) (ln dialog.Lane, i int) {
	type place struct {
		lane dialog.Lane
		i    int
	}
	var all []place
	for _, ln := range m.order {
		for i := range m.lanes[ln].items {
			if keep(m.lanes[ln], i) {
				all = append(all, place{ln, i})
			}
		}
	}
	if len(all) == 0 {
		t.Skip("nothing fits")
	}
	p := rapid.SampledFrom(all).Draw(t, "item")
	return p.lane, p.i
}

// name gives a ticket its job, or says that it was merged away.
func (m *model) name(t *rapid.T) {
	ln, i := m.pick(t, func(l *modelLane, i int) bool { return l.items[i].Job == 0 && (i > 0 || l.begun.IsZero()) })
	l := m.lanes[ln]
	ticket := l.items[i].Ticket
	if rapid.IntRange(0, 3).Draw(t, "merged") == 0 {
		m.q.Name(ln, ticket, 0)
		l.drop(i)
		return
	}
	m.nameIt(l, i)
}

func (m *model) nameIt(l *modelLane, i int) {
	m.serial++
	l.items[i].Job = tenants.JobID(m.serial)
	m.q.Name(l.items[i].Lane, l.items[i].Ticket, l.items[i].Job)
}

// first puts a job before the head of a lane that is free.
func (m *model) first(t *rapid.T) {
	it := m.draw(t)
	l := m.lane(it.Lane)
	if !l.begun.IsZero() {
		t.Skip("the lane is busy")
	}
	it.Job = tenants.JobID(m.serial)
	l.items, l.ripe = slices.Insert(l.items, 0, it), time.Time{}
	m.q.PutFirst(it)
}

// answer ends a call: it is served somewhere between its start and its answer,
// and is done or has to be tried again.
func (m *model) answer(t *rapid.T) {
	ln, _ := m.pick(t, func(l *modelLane, i int) bool { return i == 0 && !l.begun.IsZero() })
	l := m.lanes[ln]
	it := l.items[0]
	took := m.now.Sub(l.begun)
	m.serve(l.by, it, l.begun.Add(min(took, lateCall)*time.Duration(rapid.IntRange(0, 100).Draw(t, "served"))/100))
	m.q.Answered(it.Job, ln, m.now)
	for i := range m.spent[l.by] {
		if s := &m.spent[l.by][i]; s.lane == ln && s.back.IsZero() {
			s.back = m.now.Add(m.rules.Window + slack)
		}
	}
	l.begun, l.resumed = time.Time{}, false
	switch rapid.IntRange(0, 3).Draw(t, "verdict") {
	case 0:
		it.NotBefore = m.now.Add(5 * time.Second)
		l.items[0].NotBefore = it.NotBefore
		m.q.Delay(it.Job, ln, it.NotBefore)
	default:
		l.items = slices.Delete(l.items, 0, 1)
		m.q.Retire(it.Job, ln)
	}
	if rapid.Bool().Draw(t, "committed") {
		m.save(l.by)
	}
}

// untried takes a pick back.
func (m *model) untried(t *rapid.T) {
	ln, _ := m.pick(t, func(l *modelLane, i int) bool { return i == 0 && l.begun.Equal(m.now) && !l.resumed })
	l := m.lanes[ln]
	m.q.NotTried(l.items[0])
	l.begun, l.resumed = time.Time{}, false
	l.fair, l.ripe, l.halves = l.before.fair, l.before.ripe, l.before.halves
	m.spent[l.by] = slices.DeleteFunc(m.spent[l.by], func(s token) bool { return s.lane == ln && s.back.IsZero() })
	m.save(l.by)
}

// retire takes out a job that waits: an operator's /del, a merge.
func (m *model) retire(t *rapid.T) {
	ln, i := m.pick(t, func(l *modelLane, i int) bool { return l.items[i].Job != 0 && (i > 0 || l.begun.IsZero()) })
	l := m.lanes[ln]
	m.q.Retire(l.items[i].Job, ln)
	l.drop(i)
}

// grow lets an album that waits get one more part.
func (m *model) grow(t *rapid.T) {
	ln, i := m.pick(t, func(l *modelLane, i int) bool {
		it := l.items[i]
		early, by := i > 0 || l.begun.IsZero(), it.Connection
		if i == 0 && l.begun.Equal(m.now) && !l.resumed {
			early, by = true, l.by
		}
		return it.Class == dialog.ClassAlbum && it.Job != 0 && early && it.Weight < min(10, m.free(by))
	})
	l := m.lanes[ln]
	it := &l.items[i]
	it.Weight++
	m.q.Put(*it)
	if i == 0 && !l.begun.IsZero() { // its part joined before the try was marked
		m.spent[l.by] = append(m.spent[l.by], token{job: it.Job, lane: ln})
		if m.rules.Tokens > 0 {
			l.fair = later(l.fair, m.now.Add(2*time.Duration(it.Weight)*m.rules.Window/time.Duration(m.rules.Tokens)))
		}
		m.save(l.by)
	}
}

func (m *model) block(t *rapid.T) {
	ln, _ := m.pick(t, func(l *modelLane, _ int) bool { return l.begun.IsZero() })
	m.lanes[ln].blocked = true
	m.q.Block(ln)
}

func (m *model) unblock(t *rapid.T) {
	ln, _ := m.pick(t, func(l *modelLane, _ int) bool { return l.blocked })
	m.lanes[ln].blocked = false
	m.q.Unblock(ln)
}

func (m *model) pause(t *rapid.T) {
	c := tenants.ConnectionID(rapid.IntRange(1, 4).Draw(t, "login"))
	until := m.now.Add(time.Duration(rapid.IntRange(1, 40).Draw(t, "pause")) * time.Second)
	m.q.Pause(c, until)
	if until.After(m.paused[c]) {
		m.paused[c] = until
	}
}

func (m *model) flood(t *rapid.T) {
	m.q.Flooded(tenants.ConnectionID(rapid.IntRange(1, 4).Draw(t, "login")), m.now)
}

// help changes who helps login 1.
func (m *model) help(t *rapid.T) {
	m.helps = map[tenants.ConnectionID]bool{}
	for _, c := range []tenants.ConnectionID{3, 4} {
		m.helps[c] = rapid.Bool().Draw(t, "helps")
	}
	m.tellHelpers()
}

func (m *model) tellHelpers() {
	var helpers []tenants.ConnectionID
	for _, c := range []tenants.ConnectionID{3, 4} {
		if m.helps[c] {
			helpers = append(helpers, c)
		}
	}
	m.q.SetHelpers(1, helpers)
}

// pass lets time go by: a little, or until the queue wants to be looked at.
// Before that nothing may go.
func (m *model) pass(t *rapid.T) {
	d := time.Duration(rapid.IntRange(1, 7000).Draw(t, "ms")) * time.Millisecond
	wake := m.wake()
	if rapid.Bool().Draw(t, "to wake") && wake.After(m.now) {
		d = wake.Sub(m.now)
	}
	m.now = m.now.Add(d)
	if wake.IsZero() || wake.After(m.now) {
		if it, ok := m.q.Pick(m.now, nil); ok {
			t.Fatalf("%+v may go at %s, which is before the queue wants to be looked at", it, m.clock())
		}
		m.ripen()
	}
}

// crash throws the queue away and fills a new one from what was committed: the
// jobs in order, what was under way as such, and the buckets. The calls under
// way go on inside Telegram for a while.
func (m *model) crash(t *rapid.T) {
	m.q = NewQueue(m.rules)
	m.tellHelpers()
	for c, data := range m.disk {
		b, err := DecodeBudget(data, m.now, m.rules)
		if err != nil {
			t.Fatal(err)
		}
		m.q.SetBudget(c, b)
	}
	for c := range m.spent {
		for i := range m.spent[c] {
			if s := &m.spent[c][i]; s.back.IsZero() {
				s.back = m.now.Add(m.rules.Window + lateCall)
			}
		}
		m.paused[c] = time.Time{} // only what was committed with a budget is kept
	}
	for c := range m.paused {
		m.paused[c] = m.q.Budget(c).paused
	}
	m.spent = m.ledger()
	m.opened = map[tenants.ConnectionID]time.Time{}
	for _, ln := range m.order {
		m.lanes[ln].fair, m.lanes[ln].halves = time.Time{}, nil
		m.reload(m.lanes[ln])
	}
}

func (m *model) reload(l *modelLane) {
	l.items = slices.DeleteFunc(l.items, func(it Item) bool { return it.Job == 0 }) // its commit was lost
	l.blocked, l.ripe = false, time.Time{}
	for i, it := range l.items {
		if i == 0 && !l.begun.IsZero() {
			it.By = l.by
			m.q.Resume(it)
			l.resumed = true
			continue
		}
		m.q.Put(it)
	}
}
