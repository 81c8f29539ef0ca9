package dialog

import (
	"slices"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// startGreets: a message within this time after a bare /start is not greeted again.
const startGreets = 24 * time.Hour

// Client decides a message of the client chat: a client's, a team member's in a
// client group, another bot's, or a service message; edited tells that it is the
// new version of one that was there before.
func Client(s State, m tenants.Message, edited bool, f Facts) Decision {
	d := begin(s, f)
	if why := d.barred(&m); why != "" {
		return Decision{Dropped: why}
	}
	d.learnSize()
	if m.Content.Kind == tenants.KindService {
		d.seeService(&m)
		return d.service(&m)
	}
	d.stepIn()
	d.see(&m)
	d.seeThread(&m)
	switch {
	case d.banned(writerOf(&m)):
		d.event(MessageFiltered, 0)
		return d.dropped("banned")
	case edited:
		return d.clientEdit(&m)
	case bystander(&m):
		return d.bystander(&m)
	case bareStart(&m):
		return d.start(&m)
	default:
		return d.clientMessage(&m)
	}
}

// stepIn lets the login through which a group is heard serve it, because the one
// that did is out of it. The topic moves with the dialog.
func (d *draft) stepIn() {
	if d.s.Chat.Kind != tenants.Private && d.f.Connection != 0 {
		d.s.Connection = d.f.Connection
	}
}

// seeService takes note of who did something, not of the chat's title: the row
// of the service message does that.
func (d *draft) seeService(m *tenants.Message) {
	if m.Sender == nil {
		d.meet(m.From)
	}
}

// barred are the tests that need no look at the words, in the order of the
// product: never a client, IGNORE_CHATS, WHITE_LIST, MONITOR_*.
func (d *draft) barred(m *tenants.Message) string {
	set := d.f.Settings
	from := tenants.ChatID(m.From.ID)
	switch {
	case neverClient(m, set.WhiteList):
		return "never_a_client"
	case slices.Contains(set.Ignore, m.Chat.ID) || from != 0 && slices.Contains(set.Ignore, from) && !m.AutoPost:
		return "ignored"
	case len(set.WhiteList) > 0 && !slices.Contains(set.WhiteList, m.Chat.ID):
		return "not_listed"
	case !set.Monitor[m.Chat.Kind]:
		return "not_monitored"
	case d.s.Rare.Ask.Choice == ChoiceIgnore:
		return "chosen_ignored"
	default:
		return ""
	}
}

// neverClient tells chats that are nobody's: Telegram itself, own messages, bots
// in private that are not in WHITE_LIST.
func neverClient(m *tenants.Message, white []tenants.ChatID) bool {
	if m.Chat.Kind != tenants.Private {
		return m.Own && m.Content.Kind != tenants.KindService
	}
	bot := m.From.Bot && !slices.Contains(white, m.Chat.ID)
	return m.Own || bot || m.Chat.ID == tenants.ChatID(tenants.TelegramService)
}

// bystander tells messages that change nothing: other bots' and a linked
// channel's automatic forwards. Whoever writes as a chat comes from a bot's id
// too, but is a person.
func bystander(m *tenants.Message) bool {
	return m.AutoPost || m.From.Bot && m.Sender == nil && m.Chat.Kind != tenants.Private
}

// bystander relays what neither makes a topic nor changes a status.
func (d *draft) bystander(m *tenants.Message) Decision {
	switch {
	case d.s.Status == None || !d.hasTopic():
		return Decision{Dropped: "bystander"}
	case d.relayedThere(m):
		return Decision{Dropped: "relayed_there"}
	}
	if !d.active() && d.unmatched(m) {
		return Decision{Dropped: "keywords"}
	}
	if d.filtered(m) {
		return d.withheld(m)
	}
	d.relay(m, false)
	return d.done()
}

// clientMessage is the main road: filters, the row of the status, the way into
// the topic, welcome and card.
func (d *draft) clientMessage(m *tenants.Message) Decision {
	if d.filtered(m) && !d.f.Writer.Team {
		return d.withheld(m)
	}
	h := d.happening(m)
	if !step(d.s.Status, h).Relay {
		return Decision{Dropped: "keywords"}
	}
	if d.asks(m) {
		return d.askRelay(m)
	}
	d.crowd(m)
	d.s.Unreachable = false
	greet := d.mayGreet(m)
	row := d.become(h, d.member(m))
	d.s.Started, d.s.Rare.Reacted = time.Time{}, 0
	if m.Thread != 0 || m.Chat.Forum {
		d.s.Thread = m.Thread
	}
	left := d.house()
	left = d.renew() || left
	d.relay(m, row.Loud)
	if row.Begins && !d.s.Rare.Room || left {
		d.beginning()
	}
	if row.Greets && greet {
		d.welcome(m)
	}
	d.sayAway(m, h)
	if h == TeamWrites {
		d.answers(m.Thread)
		d.event(MessageSent, m.From.ID)
	} else {
		d.waits(m.Thread)
		d.event(MessageReceived, 0)
	}
	return d.done()
}

// member is the team member who began something, for events.
func (d *draft) member(m *tenants.Message) tenants.UserID {
	if d.f.Writer.Team {
		return m.From.ID
	}
	return 0
}

// happening tells which row of the status table a message asks for.
func (d *draft) happening(m *tenants.Message) Happening {
	kind := m.Chat.Kind
	switch {
	case !d.active() && !d.follows(m) && d.unmatched(m):
		return Unmatched
	case d.f.Writer.Team && kind == tenants.Group:
		return TeamWrites
	case !d.active() && d.f.Settings.LeaveClosed[kind]:
		return ClientLeft
	default:
		return ClientWrites
	}
}

// active tells a dialog in which everything is relayed.
func (d *draft) active() bool {
	return d.s.Status == UserAnswered || d.s.Status == SupportAnswered
}

// beginning is what a new topic gets after its first message.
func (d *draft) beginning() {
	if d.f.Settings.AutoInfo && !d.f.Settings.Hide.Command {
		d.say(ownSend(d.card(), true), ClassNote)
	}
}

// relay puts a client's message into the topic.
func (d *draft) relay(m *tenants.Message, loud bool) {
	author := d.authorLine(m)
	if d.s.Rare.Room {
		author, loud = d.roomLine(m), false
	}
	p := d.parcel(m, author)
	p.silent = !loud
	if d.joins(m) {
		p.head = tenants.Text{}
	}
	sends := pack(p)
	if len(sends) == 1 {
		sends[0].Merge = d.merges(m, sends[0])
	}
	for _, s := range sends {
		d.carry(s, m)
	}
	if !d.joins(m) {
		d.said(m)
	}
}

// carry adds one send of a client's message.
func (d *draft) carry(s Send, m *tenants.Message) {
	class := ClassClient
	if s.Album != "" {
		class = ClassAlbum
	}
	s.Half = d.half
	j := d.put(ToTopic, class, &s, m.Ref(), OfClient)
	if m.Album != "" { // its author line waits too: a later part may take all back
		j.NotBefore = d.f.Now.Add(tenants.AlbumQuiet)
	}
}

// parcel decides a client's content: what is hidden, what is added.
func (d *draft) parcel(m *tenants.Message, author tenants.Text) parcel {
	content, follow := d.shownContent(m)
	p := parcel{
		msg:     m,
		content: content,
		head:    joinLines(author, d.forwardedLine(m)),
		follow:  follow,
		bound:   d.bound(m, content),
		reply:   d.replyOf(m),
	}
	if m.Chat.Kind == tenants.Group {
		p.writer = writerOf(m)
	}
	if !p.bound && !d.s.Rare.Room && d.forwards(m, author) {
		p.forward, p.unsaid, p.head = true, p.head, d.besides(m, author)
	}
	return p
}

// bound tells that what goes may differ from the source, so that Telegram must
// not copy it unseen.
func (d *draft) bound(m *tenants.Message, content tenants.Content) bool {
	set := d.f.Settings
	return set.Hide.Any() || len(set.RestrictedFrontend) > 0 || m.Protected || content.Kind != m.Content.Kind
}

// forwardedLine says that a message was a forward; with names hidden, not whose.
func (d *draft) forwardedLine(m *tenants.Message) tenants.Text {
	hide := d.f.Settings.Hide
	from := tenants.Clean(d.redactor().Text(tenants.Plain(m.Forwarded)).Text)
	switch {
	case m.Forwarded == "", m.AutoPost: // its author is where it comes from
		return tenants.Text{}
	case hide.Name || hide.Title || from == "":
		return italic(d.words(say.LineForwarded))
	default:
		return italic(d.words(say.LineForwardedFrom, say.Values{"name": from}))
	}
}

// shownContent is the content as the group may see it; follow are words that
// have no place in it.
func (d *draft) shownContent(m *tenants.Message) (content tenants.Content, follow string) {
	c := m.Content
	if len(c.Buttons) > 0 {
		follow = d.redactor().Text(tenants.Plain(buttonNames(say.CameButtons, d.voice(), c.Buttons))).Text
	}
	if text, ok := asText(d.voice(), c); ok {
		c = text
	}
	switch row := carriageOf(c.Kind); {
	case m.Protected && c.Kind != tenants.KindText:
		c = textContent(joinLines(c.Text, slanted(d.f.came(say.CameProtected, noun(c), m.Date, ""))))
	case row.Free == "":
		c = textContent(joinLines(c.Text, slanted(d.f.came(say.CameOnlyThere, noun(c), m.Date, ""))))
	}
	return d.hidden(c, m.Date), follow
}

// hidden is content after HIDE_INFO. What can't be shown without showing what
// is hidden becomes a line that says so.
func (d *draft) hidden(c tenants.Content, at time.Time) tenants.Content {
	if !d.f.Settings.Hide.Any() {
		return c
	}
	c.Buttons = nil // they follow on their own
	red := d.redactor()
	shown := red.Content(c)
	switch row := carriageOf(c.Kind); row.Hidden {
	case hideAnew:
		return shown
	case hideStream:
		if !red.Labelled(c.File) {
			return shown
		}
		if c.File.Size <= tenants.MaxDownload {
			shown.File = unlabelled(c.File)
			return shown
		}
		return textContent(joinLines(shown.Text, slanted(d.f.came(say.CameHidden, noun(c), at, ""))))
	case hideText:
		return textContent(inWords(d.voice(), shown))
	case hideNote:
		return textContent(joinLines(shown.Text, slanted(d.f.came(say.CameHidden, noun(c), at, ""))))
	default:
		panic("dialog: unknown disguise " + string(row.Hidden))
	}
}

// replyOf makes a reply the reply to its twin. A quote that HIDE_INFO changes
// would no longer be a part of the message, so it goes.
func (d *draft) replyOf(m *tenants.Message) Reply {
	if m.ReplyTo.IsZero() {
		return Reply{}
	}
	r := Reply{Of: m.ReplyTo, Quote: m.Quote}
	if d.hides(m.Quote) {
		r.Quote = nil
	}
	return r
}

// hides tells that a quote holds something hidden; nil = there is none.
func (d *draft) hides(q *tenants.Quote) bool {
	if q == nil || !d.f.Settings.Hide.Any() {
		return false
	}
	shown := d.redactor().Text(q.Text)
	return shown.Text != q.Text.Text || !slices.Equal(shown.Entities, q.Text.Entities)
}
