package dialog

import (
	"slices"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

const (
	// askPause is the least time between two questions about one chat.
	askPause = 24 * time.Hour
	// sizeKept is how long the size of a group counts as known.
	sizeKept = 24 * time.Hour
	// busyMessages in busyMinutes are more than a group may have without being
	// asked about.
	busyMessages = 60
	busyMinutes  = 10
)

// Ask is what GROUP_ASK has asked about a client group.
type Ask struct {
	Choice Choice    `json:"choice,omitempty"`
	At     time.Time `json:"at,omitzero"` // the last question; zero = none
	// Came counts the messages that came while nothing of the chat was relayed
	// because nobody had chosen.
	Came int `json:"came,omitempty"`
}

// Choice is what somebody chose for a client group.
type Choice string

const (
	ChoiceNone     Choice = ""         // nobody has
	ChoiceRelay    Choice = "relay"    // relayed like any other
	ChoiceKeywords Choice = "keywords" // only a match of GROUPS_KEYWORDS begins a dialog
	ChoiceIgnore   Choice = "ignore"   // nothing is relayed
)

// choices are the buttons of a question, in their order.
var choices = []struct {
	verb   Verb
	choice Choice
	name   say.Key
}{
	{PressRelay, ChoiceRelay, say.ChooseRelay},
	{PressKeywords, ChoiceKeywords, say.ChooseKeywords},
	{PressIgnore, ChoiceIgnore, say.ChooseIgnore},
}

// Size is how many are in a client group, as Telegram told.
type Size struct {
	N  int       `json:"n"`
	At time.Time `json:"at"`
}

// Busy counts the messages of the last minutes.
type Busy struct {
	Minute int64 `json:"minute,omitempty"` // of the last of Counts, since 1970
	Counts []int `json:"counts,omitempty"` // at most busyMinutes, a minute each
}

// add counts one message and tells how many there were in busyMinutes.
func (b Busy) add(now time.Time) (next Busy, sum int) {
	minute := now.Unix() / 60
	next = Busy{Minute: minute, Counts: make([]int, busyMinutes)}
	for i, n := range b.Counts {
		if at := busyMinutes - len(b.Counts) + i - int(minute-b.Minute); at >= 0 && at < busyMinutes {
			next.Counts[at] = n
		}
	}
	next.Counts[busyMinutes-1]++
	for _, n := range next.Counts {
		sum += n
	}
	return next, sum
}

// Counts tells that a decision about the message needs to know how many are in
// its client group, and that this is not known.
func Counts(s State, m *tenants.Message, set tenants.Settings, now time.Time) bool {
	if m.Chat.Kind != tenants.Group || now.Sub(s.Rare.Size.At) < sizeKept {
		return false
	}
	if services[m.Content.Service].Walks {
		return s.Status != None
	}
	return s.Status == None && set.GroupAsk > 0 && set.Monitor[tenants.Group] && s.Rare.Ask == Ask{} &&
		m.Content.Kind != tenants.KindService
}

// learnSize takes note of how many are in the group.
func (d *draft) learnSize() {
	if d.f.Members > 0 && d.f.Counted.After(d.s.Rare.Size.At) {
		d.s.Rare.Size = Size{N: d.f.Members, At: d.f.Counted}
	}
}

// asks tells that a message of a group waits until somebody chooses what becomes
// of the group.
func (d *draft) asks(m *tenants.Message) bool {
	ask := d.s.Rare.Ask
	if m.Chat.Kind != tenants.Group || d.s.Status != None || ask.Choice != ChoiceNone || d.f.Settings.GroupAsk == 0 {
		return false
	}
	return !ask.At.IsZero() || ask.Came > 0 || d.s.Rare.Size.N > d.f.Settings.GroupAsk
}

// askRelay holds a message and asks, at most once in askPause, what becomes of
// its group. A connection without a group of the team asks when it has one.
func (d *draft) askRelay(m *tenants.Message) Decision {
	d.out.Hold = append(d.out.Hold, Held{Message: *m})
	d.s.Rare.Ask.Came++
	d.question(d.askLargeWords(d.s.Rare.Size.N))
	return d.dropped("asked")
}

// crowd counts a message that is relayed; of a group that is busy, nobody having
// chosen, it is asked, and it gets half of what can be posted here.
func (d *draft) crowd(m *tenants.Message) {
	if m.Chat.Kind != tenants.Group || d.f.Settings.GroupAsk == 0 || d.s.Rare.Ask.Choice != ChoiceNone {
		return
	}
	var sum int
	if d.s.Rare.Busy, sum = d.s.Rare.Busy.add(d.f.Now); sum > busyMessages {
		d.half = true
		d.question(d.askBusyWords())
	}
}

func (d *draft) question(words string) {
	ask := &d.s.Rare.Ask
	if d.s.Group == 0 || !longAgo(d.f.Now, ask.At, askPause) {
		return
	}
	ask.At = d.f.Now
	d.general(tenants.Plain(words), true, d.choiceButtons(ChoiceNone)...)
}

// choiceButtons are those of all choices but one.
func (d *draft) choiceButtons(but Choice) []Button {
	var out []Button
	for _, c := range choices {
		if c.choice != but {
			out = append(out, Button{Text: d.words(c.name), Data: Press{Verb: c.verb, Dialog: d.s.ID}.Data()})
		}
	}
	return out
}

// Choosing is the choice that a button stands for; ok is false for other buttons.
func (v Verb) Choosing() (c Choice, ok bool) {
	for _, row := range choices {
		if row.verb == v {
			return row.choice, true
		}
	}
	return ChoiceNone, false
}

// choose decides what becomes of a client group from now on, and of its messages
// that have waited for it: Facts.Held. General keeps a note of it, with which it
// can be changed.
func (d *draft) choose(e tenants.Pressed, c Choice) {
	held, came := d.f.Held, d.s.Rare.Ask.Came
	d.f.Held = nil
	d.s.Rare.Ask.Choice, d.s.Rare.Ask.Came = c, 0
	if c != ChoiceRelay && d.active() {
		d.become(Close, d.out.Operator.ID) // what is active is relayed whatever it says
	}
	d.act("group "+string(c), "")
	relayed := 0
	for _, h := range held {
		d.out.Unhold = append(d.out.Unhold, h.Message.Ref())
		if c != ChoiceIgnore && d.relayHeld(h.Message) {
			relayed++
		}
	}
	if relayed > 0 {
		d.noteBefore(d.heldWords(relayed, held[0].Message.Date, held[len(held)-1].Message.Date))
	}
	filter := d.f.Settings.Keywords[tenants.Group] != ""
	words := d.chosenWords(c, d.byName(), filter, max(came, len(held))-relayed)
	d.general(tenants.Plain(words), false, d.choiceButtons(c)...)
	d.answerPress(e, d.words(say.PressedDone))
}

// relayHeld relays a message that has waited for a choice, if no filter keeps it.
func (d *draft) relayHeld(m tenants.Message) bool {
	d.f.Writer = Standing{Team: d.ofTeam(m.From.ID), Anonymous: m.Sender != nil && m.Sender.ID == m.Chat.ID}
	before := len(d.out.Jobs)
	d.clientMessage(&m)
	d.out.Dropped = ""
	return slices.ContainsFunc(d.out.Jobs[before:], func(j Job) bool { return j.Origin == OfClient })
}

func (d *draft) ofTeam(id tenants.UserID) bool {
	return slices.Contains(d.f.Settings.Team, id) ||
		slices.ContainsFunc(d.f.Colleagues, func(p tenants.Person) bool { return p.ID == id })
}

// noteBefore says something in the topic before all that has been decided.
func (d *draft) noteBefore(words tenants.Text) {
	before := len(d.out.Jobs)
	d.put(ToTopic, ClassNote, ownSend(slanted(words), true), tenants.MessageRef{}, OfRelay)
	note := d.out.Jobs[before]
	d.out.Jobs = slices.Insert(d.out.Jobs[:before], 0, note)
}
