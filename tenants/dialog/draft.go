package dialog

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"topicdesk/tenants"
	"topicdesk/tenants/privacy"
	"topicdesk/tenants/say"
)

// draft is a chat's decision in the making: a copy of the state, the facts, and
// what has been decided so far. Nothing that it does touches the State it was
// begun with: slices are replaced, never written to.
type draft struct {
	s   State
	f   Facts
	out Decision

	had bool // there is a topic, or jobs that will make one, before this decision
	red *privacy.Redactor
	// half: what goes into the topic may take half of what can be posted there.
	half bool

	chosen *tenants.ThreadID // of a client forum group: the thread that somebody chose; nil = nobody has
	// pressed: somebody chose to send it, so it is not held.
	pressed bool
	// anew: what is sent goes written, since it differs from its source.
	anew bool
	// least is how long what is sent is held at least; zero = not for that.
	least time.Duration
}

func begin(s State, f Facts) *draft { return beginAt(s, f, f.Now) }

// beginAt begins a decision that stands on the holds that had ended then.
func beginAt(s State, f Facts, then time.Time) *draft {
	d := &draft{s: s, f: f, had: f.TopicKnown || s.Status != None}
	d.passHolds(then)
	return d
}

// hasTopic tells that something can be said in the topic without making one.
func (d *draft) hasTopic() bool { return d.had && d.s.Group != 0 }

// redactor is made of the people and titles met so far; see meet.
func (d *draft) redactor() *privacy.Redactor {
	if d.red == nil {
		d.red = redactor(d.s, d.f)
	}
	return d.red
}

func redactor(s State, f Facts) *privacy.Redactor {
	k := known(s, f)
	if f.Cover.fits(k) {
		return f.Cover.red
	}
	return privacy.New(k)
}

// known are all names met in the chat; of the titles, the present one comes first.
func known(s State, f Facts) privacy.Known {
	k := privacy.Known{Hide: f.Settings.Hide, Key: f.Key, Later: f.Later, People: s.People, ChatID: s.Chat.ID, Born: s.Rare.Born}
	if s.Client.ID != 0 && !slices.Contains(k.People, s.Client) {
		k.People = append(slices.Clip(k.People), s.Client)
	}
	if s.Chat.Title != "" {
		k.Titles = []string{s.Chat.Title}
	}
	k.Titles = append(k.Titles, s.Titles...)
	for _, p := range s.Rare.Phones {
		k.Phones = append(k.Phones, p.Number)
	}
	return k
}

// see takes note of the chat and of who writes in it.
func (d *draft) see(m *tenants.Message) {
	d.seeChat(m.Chat)
	if m.Chat.Kind == tenants.Private {
		d.s.Client = m.From
	}
	if m.Sender == nil && !m.AutoPost {
		d.meet(m.From)
	}
	if m.Sender != nil && m.Sender.ID != m.Chat.ID {
		d.remember(m.Sender.Title)
		d.seeChannel(Channel{ID: m.Sender.ID, Title: m.Sender.Title})
	}
	d.seePhone(m.Content.Contact)
	if d.s.FirstSeen.IsZero() {
		d.s.FirstSeen = d.f.Now
	}
}

// seeChannel keeps the title of a channel, for who bans it.
func (d *draft) seeChannel(c Channel) {
	if c.Title == "" || slices.Contains(d.s.Rare.Channels, c) {
		return
	}
	others := slices.DeleteFunc(slices.Clone(d.s.Rare.Channels), func(o Channel) bool { return o.ID == c.ID })
	d.s.Rare.Channels = latest(append(others, c), maxChannels)
}

// seePhone keeps the number of somebody of the chat, to be hidden.
func (d *draft) seePhone(c *tenants.Contact) {
	known := func(p tenants.Person) bool { return p.ID == c.User }
	if c == nil || c.User == 0 || c.Phone == "" || d.s.Client.ID != c.User && !slices.ContainsFunc(d.s.People, known) {
		return
	}
	phone := Phone{ID: c.User, Number: c.Phone}
	if !slices.Contains(d.s.Rare.Phones, phone) {
		d.s.Rare.Phones = latest(append(slices.Clip(d.s.Rare.Phones), phone), maxPhones)
		d.red = nil
	}
}

// seeChat follows the chat's title; the earlier one stays known, to be hidden. Its
// id changes only by a Move: what was said under an older one may come late.
func (d *draft) seeChat(chat tenants.Chat) {
	chat.ID = d.s.Chat.ID
	if d.s.Chat.Title != chat.Title {
		d.remember(d.s.Chat.Title)
	}
	d.s.Chat = chat
	d.red = nil
}

// remember keeps a title that HIDE_INFO must know.
func (d *draft) remember(title string) {
	if title == "" || slices.Contains(d.s.Titles, title) {
		return
	}
	d.s.Titles = latest(append(slices.Clip(d.s.Titles), title), maxTitles)
	d.red = nil
}

// meet keeps a person under each name they had, to be hidden. Bots and
// Telegram's stand-ins have no name to hide.
func (d *draft) meet(p tenants.Person) {
	if p.ID == 0 || p.Bot || p.ID == tenants.TelegramService || d.knows(p) {
		return
	}
	d.s.People = latest(append(slices.Clip(d.s.People), p), MaxPeople)
	d.red = nil
}

func (d *draft) knows(p tenants.Person) bool {
	return slices.ContainsFunc(d.s.People, func(q tenants.Person) bool {
		return q.ID == p.ID && q.First == p.First && q.Last == p.Last && q.Username == p.Username
	})
}

// latest keeps the last n.
func latest[T any](list []T, n int) []T { return list[max(0, len(list)-n):] }

// event records a fact for reports.
func (d *draft) event(kind EventKind, by tenants.UserID) {
	d.out.Events = append(d.out.Events, Event{At: d.f.Now, Kind: kind, Dialog: d.s.ID, Person: by})
}

// act adds a line about the dialog to the log of who administered what. Of people it has
// the number only.
func (d *draft) act(name, detail string) {
	d.out.Acts = append(d.out.Acts, Act{At: d.f.Now, By: d.out.Operator, Name: name, Dialog: d.s.ID, Detail: detail})
}

// done is the decision with the state as it is now, and the title and the time of
// the next ring that follow.
func (d *draft) done() Decision {
	d.lock()
	d.retitle()
	if d.s.Pending == 0 {
		d.s.Rare.Watch = Watch{}
	}
	d.s.Wake = wake(d.s, d.f.Settings)
	d.out.State = &d.s
	return d.out
}

// dropped is done with a reason why nothing was relayed.
func (d *draft) dropped(why string) Decision {
	d.out.Dropped = why
	return d.done()
}

// retitle works the topic's title out again. A topic that is not made yet gets
// its title when it is made, so only an existing one is renamed.
func (d *draft) retitle() {
	d.s.Shown = d.shown()
	title := d.title()
	if title == d.s.Title || d.s.Status == None && !d.had {
		return
	}
	d.s.Title = title
	if d.out.Topic == nil {
		d.out.Topic = &TopicChange{}
	}
	d.out.Topic.Title = &title
	if d.hasTopic() && !d.s.Rare.Room {
		d.put(ToTitle, ClassTitle, &Rename{}, tenants.MessageRef{}, OfRelay)
	}
}

// shown is the name of the client chat as the group may see it.
func (d *draft) shown() string {
	hide, r := d.f.Settings.Hide, d.redactor()
	switch private := d.s.Chat.Kind == tenants.Private; {
	case private && hide.Name:
		return r.ShownName(d.s.Client)
	case private:
		return cleanTitle(r.Text(tenants.Plain(d.s.Client.Name())).Text)
	case hide.Title:
		return r.OwnTitle(d.s.Chat.Title)
	default:
		return cleanTitle(r.Text(tenants.Plain(d.s.Chat.Title)).Text)
	}
}

// title is the whole title: {square}{🚫}{👁} {tickers} {name} · {assignee}. The name
// is cut first.
func (d *draft) title() string {
	s := &d.s
	signs := square(s.Status)
	if s.Unreachable {
		signs += "🚫"
	}
	if s.listens() {
		signs += "👁"
	}
	name := d.name()
	prefix, suffix := signs+" ", ""
	if who := d.assignee(); who != "" {
		suffix = " " + signAssignee + who
	}
	room := tenants.MaxTopicTitle - nameRoom - utf8.RuneCountInString(prefix+suffix)
	if tickers := d.tickers(room); tickers != "" {
		prefix += tickers + " "
	}
	return tenants.TrimTitle(prefix, name, suffix, tenants.MaxTopicTitle)
}

// name is the name in the title, never one that is hidden.
func (d *draft) name() string {
	name := cleanTitle(d.redactor().Text(tenants.Plain(d.s.Custom)).Text)
	if name == "" {
		name = cleanTitle(d.s.Shown)
	}
	if name == "" {
		name = d.words(say.Nameless)
	}
	return name
}

// cleanTitle cleans word by word, because a title may be longer than a name.
func cleanTitle(name string) string {
	var kept []string
	for _, word := range strings.Fields(name) {
		if word = tenants.Clean(word); word != "" {
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}

// wake is when the chat wants to be rung: to be closed, or to tell who came and went,
// how polls stand, what was withheld, or that the client waits for long. Zero = never.
// In whole milliseconds, as the store counts, and never too early: what is not due yet
// would be rung again at once.
func wake(s State, set tenants.Settings) time.Time {
	due := earlier(earlier(closes(s, set), s.Rare.Watch.Next), holdsEnd(s.Rare.Holds))
	due = earlier(earlier(due, s.Rare.Walks.due()), talliesDue(s.Rare.Polls))
	due = earlier(earlier(due, reminds(s, set)), withheldDue(s))
	if whole := due.Truncate(time.Millisecond); !whole.Equal(due) {
		return whole.Add(time.Millisecond)
	}
	return due
}

// closes is when a 🟨 dialog without waiting answers closes: AUTOCLOSE after the
// last answer. Zero = never.
func closes(s State, set tenants.Settings) time.Time {
	if s.Status != SupportAnswered || s.Pending > 0 || set.Never || s.Delivered.IsZero() || s.listens() {
		return time.Time{}
	}
	return s.Delivered.Add(set.Autoclose)
}

// earlier is the first of two times; the zero time is never.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
