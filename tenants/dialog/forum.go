package dialog

import (
	"cmp"
	"fmt"
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// Forum is what is known of a client forum group: its threads, which of them
// wait for an answer, and in which thread messages are. It has one topic here.
type Forum struct {
	// Threads are at most MaxThreads, the one that was last written in at the end.
	Threads []Thread `json:"threads,omitempty"`
	// Runs tell messages' threads, at most MaxRuns, in the order of their numbers;
	// a supergroup counts its messages in one sequence.
	Runs []Run `json:"runs,omitempty"`
	// Seen is the last message of which the thread is known.
	Seen tenants.MessageID `json:"seen,omitempty"`
}

// Thread is a thread of a client forum group; 0 is General.
type Thread struct {
	ID       tenants.ThreadID `json:"id,omitempty"`
	Name     string           `json:"name,omitempty"`     // as clients see it, "" = not known
	Waits    bool             `json:"waits,omitempty"`    // a client wrote there after our last answer
	Answered bool             `json:"answered,omitempty"` // of all threads, we answered there last
}

// Run says that messages, from one up to the next Run, are in a thread.
type Run struct {
	From   tenants.MessageID `json:"from"`
	Thread tenants.ThreadID  `json:"in,omitempty"`
}

// Limits of what is kept of a forum: it is written with each message.
const (
	MaxThreads = 50
	MaxRuns    = 100
	// maxThreadButtons is how many threads may be chosen from.
	maxThreadButtons = 8
)

// thread is a thread by its id; ok is false if nothing is known of it.
func (f Forum) thread(id tenants.ThreadID) (t Thread, ok bool) {
	i := slices.IndexFunc(f.Threads, func(t Thread) bool { return t.ID == id })
	if i < 0 {
		return Thread{ID: id}, false
	}
	return f.Threads[i], true
}

// with is the forum with a thread as it is now, at the end.
func (f Forum) with(t Thread) Forum {
	rest := slices.DeleteFunc(slices.Clone(f.Threads), func(other Thread) bool { return other.ID == t.ID })
	if t.Answered {
		for i := range rest {
			rest[i].Answered = false
		}
	}
	f.Threads = latest(append(rest, t), MaxThreads)
	return f
}

// rest is the forum in which nobody waits.
func (f Forum) rest() Forum {
	f.Threads = slices.Clone(f.Threads)
	for i := range f.Threads {
		f.Threads[i].Waits = false
	}
	return f
}

// waiting are the threads with unanswered messages, the latest first.
func (f Forum) waiting() (ids []tenants.ThreadID) {
	for _, t := range slices.Backward(f.Threads) {
		if t.Waits {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// answered is the thread in which we answered last; ok is false if in none.
func (f Forum) answered() (id tenants.ThreadID, ok bool) {
	i := slices.IndexFunc(f.Threads, func(t Thread) bool { return t.Answered })
	if i < 0 {
		return 0, false
	}
	return f.Threads[i].ID, true
}

// threadOf tells in which thread a message is, as far as that is known.
func (f Forum) threadOf(m tenants.MessageID) (id tenants.ThreadID, ok bool) {
	i := f.run(m)
	if i < 0 || m > f.Seen {
		return 0, false
	}
	return f.Runs[i].Thread, true
}

// run is the place of the run that a message would be in, -1 if it is before all.
func (f Forum) run(m tenants.MessageID) int {
	i, found := slices.BinarySearchFunc(f.Runs, m, func(r Run, m tenants.MessageID) int { return cmp.Compare(r.From, m) })
	if found {
		return i
	}
	return i - 1
}

// noting is the forum with a message known to be in a thread. Messages come in
// the order of their numbers, but for our own, whose numbers are told later.
func (f Forum) noting(m tenants.MessageID, thread tenants.ThreadID) Forum {
	if id, ok := f.threadOf(m); ok && id == thread {
		return f
	}
	at := f.run(m)
	before, after := f.Runs[:at+1], f.Runs[at+1:]
	if at >= 0 && f.Runs[at].From == m {
		before = f.Runs[:at]
	}
	runs := append(slices.Clone(before), Run{From: m, Thread: thread})
	if at >= 0 && m < f.Seen && (len(after) == 0 || after[0].From > m+1) {
		runs = append(runs, Run{From: m + 1, Thread: f.Runs[at].Thread})
	}
	runs = append(runs, after...)
	f.Runs = latest(slices.CompactFunc(runs, func(a, b Run) bool { return a.Thread == b.Thread }), MaxRuns)
	f.Seen = max(f.Seen, m)
	return f
}

// inForum tells that a message is of a forum, so that its thread means something.
func inForum(m *tenants.Message) bool { return m.Chat.Kind == tenants.Group && m.Chat.Forum }

// seeThread takes note of where a client's message is, and of its thread's name.
// A known name stays: with messages comes the service message that made the
// thread, which no new name changes.
func (d *draft) seeThread(m *tenants.Message) {
	if !inForum(m) {
		return
	}
	f := d.s.Rare.Forum.noting(m.ID, m.Thread)
	t, known := f.thread(m.Thread)
	if !known || t.Name == "" && m.ThreadName != "" {
		t.Name = m.ThreadName
		f = f.with(t)
	}
	d.s.Rare.Forum = f
}

// nameThread takes a thread's name from the service message that tells it; one
// of General has no thread.
func nameThread(d *draft, m *tenants.Message) {
	if m.Content.TopicName == "" {
		return // only its icon changed
	}
	t, _ := d.s.Rare.Forum.thread(m.Thread)
	t.Name = m.Content.TopicName
	d.s.Rare.Forum = d.s.Rare.Forum.with(t)
}

// waits marks that somebody waits for an answer in a thread.
func (d *draft) waits(thread tenants.ThreadID) {
	if !d.s.Chat.Forum {
		return
	}
	t, _ := d.s.Rare.Forum.thread(thread)
	t.Waits = true
	d.s.Rare.Forum = d.s.Rare.Forum.with(t)
}

// answers marks that our side has answered in a thread; in a group whose topics
// were switched off, everywhere.
func (d *draft) answers(thread tenants.ThreadID) {
	if !d.s.Chat.Forum {
		d.s.Rare.Forum = d.s.Rare.Forum.rest()
		return
	}
	t, _ := d.s.Rare.Forum.thread(thread)
	t.Waits, t.Answered = false, true
	d.s.Rare.Forum = d.s.Rare.Forum.with(t)
}

// threadName is a thread as the group may see it: its name, or its number.
func (d *draft) threadName(id tenants.ThreadID) string {
	t, _ := d.s.Rare.Forum.thread(id)
	name := ""
	if !d.f.Settings.Hide.Title {
		name = tenants.Clean(d.redactor().Text(tenants.Plain(t.Name)).Text)
	}
	switch {
	case name != "":
		return name
	case id == 0:
		return generalName
	default:
		return fmt.Sprintf("#%d", id)
	}
}

// goal is where in a client forum group an answer goes: one that replies to the
// thread of what it replies to, another one to the only thread that waits, else
// to the one that we answered last. several tells that more than one waits, so
// that somebody has to choose. known is false if it is a reply and nobody knows
// any more where to: Telegram puts it there.
func (d *draft) goal(m *tenants.Message) (thread tenants.ThreadID, known, several bool) {
	f := d.s.Rare.Forum
	if d.chosen != nil {
		return *d.chosen, true, false
	}
	if replied := d.f.ReplyLink.Client; !m.ReplyTo.IsZero() && !replied.IsZero() {
		thread, known = f.threadOf(replied.ID)
		return thread, known, false
	}
	waiting := f.waiting()
	if len(waiting) == 1 {
		return waiting[0], true, false
	}
	several = len(waiting) > 1
	if last, ok := f.answered(); ok {
		return last, true, several
	}
	return d.s.Thread, true, several
}

// undecided tells that somebody has to say to which thread an answer goes.
func (d *draft) undecided(m *tenants.Message) bool {
	if !d.s.Chat.Forum {
		return false
	}
	_, _, several := d.goal(m)
	return several
}

// askThread holds an answer that could be for several threads.
func (d *draft) askThread(held []Held) {
	first := held[0].Message.Ref()
	s := answerTo(first, tenants.Plain(d.words(say.AskThread)), false)
	for i, id := range d.s.Rare.Forum.waiting() {
		if i == maxThreadButtons {
			break
		}
		s.Buttons = append(s.Buttons, Button{
			Text: d.threadName(id),
			Data: Press{Verb: PressThread, Dialog: d.s.ID, Message: first.ID, Arg: int64(id)}.Data(),
		})
	}
	s.Buttons = append(s.Buttons, Button{
		Text: d.words(say.ButtonKeep), Data: Press{Verb: PressKeep, Dialog: d.s.ID, Message: first.ID}.Data(),
	})
	d.out.Hold = append(d.out.Hold, held...)
	d.say(s, ClassAnswer)
}

// leaveThread lets no answer go to a thread any more unless a client writes there.
func (d *draft) leaveThread(thread tenants.ThreadID) {
	t, known := d.s.Rare.Forum.thread(thread)
	if known {
		t.Waits, t.Answered = false, false
		d.s.Rare.Forum = d.s.Rare.Forum.with(t)
	}
}

// unthreaded tries a send outside of its thread, which is closed or gone: in
// General, or in a group that has no topics any more. Without its reply, which
// would lead back.
func (d *draft) unthreaded(j *Job, s *Send, closed bool) Settlement {
	next := *s
	next.Thread, next.Reply = 0, Reply{}
	name := ""
	if s.Thread != 0 {
		name = d.threadName(s.Thread)
		d.leaveThread(s.Thread)
	}
	if j.Origin == OfOperator && s.Piece == 0 {
		d.tell(j.Source, d.elsewhereWords(name, closed), false)
		d.answers(0)
	}
	return Settlement{Verdict: Retry, Effect: &next, Why: "its thread in the client's group is closed or gone", Decision: d.done()}
}
