package pace

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// epoch is a whole second, as stored budgets count in milliseconds.
var epoch = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

// TestQueueAgainstModel drives a Queue with everything that its owner does to
// it, beside a model that is too simple to be wrong: slices of items, a list of
// spent tokens, and what Telegram has served.
func TestQueueAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newModel(rapid.SampledFrom([]Rules{
			{Tokens: 20, Window: time.Minute, Burst: 10, OpenPause: 3 * time.Second},
			{Tokens: 5, Window: 20 * time.Second, Burst: 2, OpenPause: time.Second},
			{Tokens: 3, Window: 3 * time.Second},
			{},
		}).Draw(t, "rules"))
		t.Repeat(map[string]func(*rapid.T){
			"":        m.check,
			"arrive":  m.arrive,
			"arrive2": m.arrive, // twice as often as the rest
			"name":    m.name,
			"first":   m.first,
			"go":      m.letGo,
			"go2":     m.letGo,
			"answer":  m.answer,
			"answer2": m.answer,
			"untried": m.untried,
			"retire":  m.retire,
			"grow":    m.grow,
			"block":   m.block,
			"unblock": m.unblock,
			"pause":   m.pause,
			"flood":   m.flood,
			"help":    m.help,
			"time":    m.pass,
			"time2":   m.pass,
			"crash":   m.crash,
		})
		m.drain(t)
	})
}

// model is what a Queue must do.
type model struct {
	rules  Rules
	q      *Queue
	now    time.Time
	lanes  map[dialog.Lane]*modelLane
	order  []dialog.Lane
	serial int
	spent  map[tenants.ConnectionID][]token
	paused map[tenants.ConnectionID]time.Time
	opened map[tenants.ConnectionID]time.Time
	helps  map[tenants.ConnectionID]bool   // the logins that help login 1 now
	disk   map[tenants.ConnectionID][]byte // budgets as they were committed last
	served map[tenants.ConnectionID][]served
}

type modelLane struct {
	items   []Item
	begun   time.Time // of items[0]; zero = not under way
	by      tenants.ConnectionID
	resumed bool // it was under way at a crash
	blocked bool
	fair    time.Time // when twice what each of its starts took has come, spread evenly
	halves  []served  // starts of items that may take half of the tokens
	ripe    time.Time // since when its album waits for nothing but tokens; zero = it does not
	before  past      // its last start
}

// past is what a start changes of a lane.
type past struct {
	fair, ripe time.Time
	halves     []served
}

// half is from when the head may go if it may take half of the tokens.
func (l *modelLane) half(r Rules) time.Time {
	if !l.items[0].Half || r.Tokens == 0 || l.items[0].Weight == 0 {
		return time.Time{}
	}
	return l.fair
}

// drop takes an item out; what is the head then waits anew.
func (l *modelLane) drop(i int) {
	l.items = slices.Delete(l.items, i, i+1)
	if i == 0 {
		l.ripe = time.Time{}
	}
}

// token is one spent; back is zero until its call is answered.
type token struct {
	job  tenants.JobID
	lane dialog.Lane
	back time.Time
}

// served is when Telegram counted a call.
type served struct {
	at     time.Time
	weight int
}

func newModel(r Rules) *model {
	return &model{
		rules: r, q: NewQueue(r), now: epoch, lanes: map[dialog.Lane]*modelLane{},
		spent: map[tenants.ConnectionID][]token{}, paused: map[tenants.ConnectionID]time.Time{},
		opened: map[tenants.ConnectionID]time.Time{}, helps: map[tenants.ConnectionID]bool{},
		disk: map[tenants.ConnectionID][]byte{}, served: map[tenants.ConnectionID][]served{},
	}
}

func (m *model) lane(ln dialog.Lane) *modelLane {
	if m.lanes[ln] == nil {
		m.lanes[ln] = &modelLane{}
		m.order = append(m.order, ln)
	}
	return m.lanes[ln]
}

// connectionOf: a lane belongs to one login.
func connectionOf(ln dialog.Lane) tenants.ConnectionID {
	return 1 + tenants.ConnectionID(ln.Dialog)%2
}

var classes = []dialog.Class{
	dialog.ClassAnswer, dialog.ClassClient, dialog.ClassClient, dialog.ClassAlbum, dialog.ClassNote, dialog.ClassMark, dialog.ClassTitle,
}

// letGo starts everything that may start, and then nothing may.
func (m *model) letGo(t *rapid.T) {
	fresh := map[uint64]bool{}
	m.ripen()
	for {
		it, ok := m.q.Pick(m.now, func(it Item) bool { fresh[it.Ticket] = true; return true })
		if !ok {
			break
		}
		m.start(t, it)
	}
	m.ripen()
	m.conserved(t)
	if wake := m.wake(); !wake.IsZero() && !wake.After(m.now) {
		t.Fatalf("nothing may go at %s, and yet it is to be looked at again at once", m.clock())
	}
}

// wake asks when to look again. The queue sees then what is ripe by now.
func (m *model) wake() time.Time {
	m.ripen()
	return m.q.Wake(m.now)
}

func (m *model) clock() string { return m.now.Sub(epoch).String() }

// may tells whether a login may do a job at all.
func (m *model) may(it Item, by tenants.ConnectionID) bool {
	return by == it.Connection || it.Connection == 1 && it.Helped && m.helps[by]
}

// start holds a pick against the rules.
func (m *model) start(t *rapid.T, it Item) {
	l, by := m.lanes[it.Lane], it.By
	it.By, it.Crowded = 0, false
	switch {
	case l == nil || len(l.items) == 0 || l.items[0] != it:
		t.Fatalf("picked %+v, which is not the oldest of its lane: %+v", it, l)
	case !m.may(it, by):
		t.Fatalf("picked %+v for login %d", it, by)
	case !l.begun.IsZero():
		t.Fatalf("picked %+v while another one of its lane is under way", it)
	case l.blocked:
		t.Fatalf("picked %+v of a lane that waits for its topic", it)
	case it.NotBefore.After(m.now):
		t.Fatalf("picked %+v before its time", it)
	case m.paused[by].After(m.now):
		t.Fatalf("picked %+v in a pause", it)
	case it.Weight > 0 && m.rules.Tokens > 0 && m.free(by) < it.Weight:
		t.Fatalf("picked %+v with %d tokens left", it, m.free(by))
	}
	if first := m.overdue(by); first != nil && first != l && it.Weight > 0 && m.now.Sub(first.ripe) >= 2*m.rules.Window {
		t.Fatalf("picked %+v while %+v waits since %s", it, first.items[0], first.ripe.Sub(epoch))
	}
	if it.Opens {
		m.opens(t, it, by)
	}
	l.before = past{l.fair, l.ripe, slices.Clone(l.halves)}
	m.startHalf(t, l, it)
	l.begun, l.by, l.ripe = m.now, by, time.Time{}
	if m.rules.Tokens > 0 {
		l.fair = later(l.fair, m.now.Add(2*time.Duration(it.Weight)*m.rules.Window/time.Duration(m.rules.Tokens)))
	}
	for range it.Weight {
		m.spent[by] = append(m.spent[by], token{job: it.Job, lane: it.Lane})
	}
	if it.Job == 0 {
		m.nameIt(l, 0)
	}
	m.save(by) // committed before the try
}

func (m *model) save(c tenants.ConnectionID) { m.disk[c] = m.q.Budget(c).Encode() }

// startHalf: what may take half of the tokens takes no more in any window.
func (m *model) startHalf(t *rapid.T, l *modelLane, it Item) {
	if !it.Half || m.rules.Tokens == 0 || it.Weight == 0 {
		return
	}
	taken := 0
	for _, s := range l.halves {
		if m.now.Sub(s.at) < m.rules.Window {
			taken += s.weight
		}
	}
	if 2*taken > m.rules.Tokens {
		t.Fatalf("picked %+v, of a lane that took %d tokens in a window and may take half of %d", it, taken, m.rules.Tokens)
	}
	l.halves = append(l.halves, served{m.now, it.Weight})
}

func (m *model) opens(t *rapid.T, it Item, by tenants.ConnectionID) {
	if last, ok := m.opened[by]; ok && m.now.Sub(last) < m.rules.OpenPause {
		t.Fatalf("two topics of a login %s apart", m.now.Sub(last))
	}
	if m.making(by) {
		t.Fatalf("a login makes two topics at a time, the other one being %+v", it)
	}
	m.opened[by] = m.now
}

// free is how many tokens a login has.
func (m *model) free(c tenants.ConnectionID) int {
	away := 0
	for _, s := range m.spent[c] {
		if s.back.IsZero() || s.back.After(m.now) {
			away++
		}
	}
	return m.rules.Tokens - away
}

// ripen notes since when albums wait for nothing but tokens.
func (m *model) ripen() {
	for _, l := range m.lanes {
		if l.ripe.IsZero() && m.ripens(l) {
			l.ripe = m.now
		}
	}
}

func (m *model) ripens(l *modelLane) bool {
	return m.rules.Tokens > 0 && len(l.items) > 0 && l.begun.IsZero() && !l.blocked &&
		l.items[0].Class == dialog.ClassAlbum && !l.items[0].NotBefore.After(m.now) && !l.half(m.rules).After(m.now)
}

// overdue is the lane of a login whose album has waited longest, for a window at
// least; nil if there is none, or two have waited as long.
func (m *model) overdue(c tenants.ConnectionID) (first *modelLane) {
	same := false
	for ln, l := range m.lanes {
		switch {
		case connectionOf(ln) != c || l.ripe.IsZero() || m.now.Sub(l.ripe) < m.rules.Window || !m.ripens(l) || l.items[0].Job == 0:
		case first == nil || l.ripe.Before(first.ripe):
			first, same = l, false
		case l.ripe.Equal(first.ripe):
			same = true
		}
	}
	if same {
		return nil
	}
	return first
}

// conserved: what may go has gone. Held to what is beyond doubt: a head that
// nothing forbids and that need not be spread, because it is urgent or because a
// burst has not taken its part yet. What TestBudgetIsUsed adds is that spreading
// loses nothing.
func (m *model) conserved(t *rapid.T) {
	for ln, l := range m.lanes {
		if len(l.items) == 0 || !l.begun.IsZero() || l.blocked {
			continue
		}
		for _, c := range []tenants.ConnectionID{1, 2, 3, 4} {
			if m.may(l.items[0], c) && m.sure(l, c) {
				t.Fatalf("%+v of %v may go and does not: login %d has %d tokens", l.items[0], ln, c, m.free(c))
			}
		}
	}
}

// sure tells that a login must do the head of a lane now.
func (m *model) sure(l *modelLane, c tenants.ConnectionID) bool {
	it := l.items[0]
	opens := it.Opens && (m.making(c) || m.now.Sub(m.opened[c]) < m.rules.OpenPause)
	if it.NotBefore.After(m.now) || m.paused[c].After(m.now) || opens || l.half(m.rules).After(m.now) {
		return false
	}
	if m.rules.Tokens == 0 || it.Weight == 0 {
		return true
	}
	all := m.q.Budget(c).tokens(m.rules) // fewer after a flood
	free, need := m.free(c)-m.rules.Tokens+all, min(it.Weight, all)
	if m.overdue(c) == l {
		late := m.rules.Burst == 0 || m.now.Sub(l.ripe) >= 2*m.rules.Window // till then it leaves room
		return late && free >= need
	}
	burst := m.rules.Burst
	if burst == 0 || leads(l) == dialog.ClassAnswer {
		burst = m.rules.Tokens
	}
	return !m.saving(c) && free-need >= all-burst*all/m.rules.Tokens
}

// leads is the class of what the head of a lane holds back: its own, or of what follows
// notes.
func leads(l *modelLane) dialog.Class {
	i := slices.IndexFunc(l.items, func(it Item) bool { return it.Class < dialog.ClassNote })
	if i > 0 && l.items[0].Class == dialog.ClassNote {
		return l.items[i].Class
	}
	return l.items[0].Class
}

// saving tells that an album of a login has waited for a window.
func (m *model) saving(c tenants.ConnectionID) bool {
	for ln, l := range m.lanes {
		if connectionOf(ln) == c && m.ripens(l) && l.items[0].Job != 0 && !l.ripe.IsZero() && m.now.Sub(l.ripe) >= m.rules.Window {
			return true
		}
	}
	return false
}

func (m *model) waiting() int {
	n := 0
	for _, l := range m.lanes {
		for i, it := range l.items {
			if i > 0 || l.begun.IsZero() {
				n += it.Weight
			}
		}
	}
	return n
}

func (m *model) making(c tenants.ConnectionID) bool {
	for _, l := range m.lanes {
		if !l.begun.IsZero() && l.by == c && l.items[0].Opens {
			return true
		}
	}
	return false
}

// serve notes that Telegram has counted a call, and holds it to the limit.
func (m *model) serve(by tenants.ConnectionID, it Item, at time.Time) {
	if m.rules.Tokens == 0 || it.Weight == 0 {
		return
	}
	m.served[by] = append(m.served[by], served{at, it.Weight})
}

// ledger are the tokens as the new queue has them, which must be no fewer than
// those that are away.
func (m *model) ledger() map[tenants.ConnectionID][]token {
	l := map[tenants.ConnectionID][]token{}
	for c := range m.spent {
		for _, back := range m.q.Budget(c).back {
			l[c] = append(l[c], token{back: back})
		}
	}
	return l
}

// check holds after every step: the queue counts as the model does, and in no
// window has Telegram served more than it allows.
func (m *model) check(t *rapid.T) {
	n := 0
	for _, l := range m.lanes {
		n += len(l.items)
	}
	if m.q.Len() != n || m.q.Empty() != (n == 0) {
		t.Fatalf("the queue holds %d items, not %d", m.q.Len(), n)
	}
	if w := m.q.waiting[1] + m.q.waiting[2]; w != m.waiting() {
		t.Fatalf("the queue counts a weight of %d that waits, not %d", w, m.waiting())
	}
	for c, s := range m.served {
		if err := crowded(s, m.rules); err != nil {
			t.Fatalf("login %d: %v", c, err)
		}
	}
}

// crowded finds a window with more than its tokens.
func crowded(s []served, r Rules) error {
	slices.SortFunc(s, func(a, b served) int { return a.at.Compare(b.at) })
	sum, first := 0, 0
	for _, x := range s {
		sum += x.weight
		for x.at.Sub(s[first].at) >= r.Window {
			sum -= s[first].weight
			first++
		}
		if sum > r.Tokens {
			return fmt.Errorf("Telegram served %d in the %s before %s", sum, r.Window, x.at.Sub(epoch))
		}
	}
	return nil
}

// drain: nothing waits for ever once nothing holds it back.
func (m *model) drain(t *rapid.T) {
	for _, ln := range m.order {
		l := m.lanes[ln]
		l.blocked = false
		m.q.Unblock(ln)
		for i, it := range l.items {
			if it.Job == 0 && (i > 0 || l.begun.IsZero()) {
				m.nameIt(l, i)
			}
		}
	}
	for range 2000 {
		m.letGo(t)
		busy := false
		for _, ln := range m.order {
			if l := m.lanes[ln]; !l.begun.IsZero() {
				busy = true
				m.serve(l.by, l.items[0], l.begun.Add(min(m.now.Sub(l.begun), lateCall)))
				m.finish(ln)
			}
		}
		m.check(t)
		wake := m.wake()
		switch {
		case m.q.Empty():
			return
		case wake.After(m.now):
			m.now = wake
		case wake.IsZero() && !busy:
			t.Fatalf("%d items wait for nothing", m.q.Len())
		}
	}
	t.Fatalf("%d items are left", m.q.Len())
}

func (m *model) finish(ln dialog.Lane) {
	l := m.lanes[ln]
	it := l.items[0]
	m.q.Answered(it.Job, ln, m.now)
	m.q.Retire(it.Job, ln)
	for i := range m.spent[l.by] {
		if s := &m.spent[l.by][i]; s.lane == ln && s.back.IsZero() {
			s.back = m.now.Add(m.rules.Window + slack)
		}
	}
	l.begun, l.resumed, l.items = time.Time{}, false, slices.Delete(l.items, 0, 1)
}
