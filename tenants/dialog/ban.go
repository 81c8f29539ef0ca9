package dialog

import (
	"fmt"
	"slices"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/privacy"
	"topicdesk/tenants/say"
)

const (
	// maxBanned bounds the people who are banned in one chat.
	maxBanned = 200
	// bansShown is how many of them /unban offers.
	bansShown = 10
)

// Ignoring is a chat from which nothing is relayed any more, or is again: an id in
// IGNORE_CHATS. The list is made when the decision is written, so that of two bans
// that are decided at the same time both count.
type Ignoring struct {
	Chat       tenants.ChatID
	Connection tenants.ConnectionID
	// Group: for each connection that works there, or another one would step in and
	// relay the chat; 0 = for Connection only.
	Group tenants.ChatID
	On    bool
}

// Banned is who is not relayed in one client group, while all others are: a person,
// or a chat in whose name is written: a channel, or the group itself, which is all of
// its anonymous administrators.
type Banned struct {
	ID    tenants.ChatID `json:"id"`
	Since time.Time      `json:"since"`
}

// writerOf is who wrote a message, as a ban names them.
func writerOf(m *tenants.Message) tenants.ChatID {
	if m.Sender != nil {
		return m.Sender.ID
	}
	return tenants.ChatID(m.From.ID)
}

// banned tells that nothing of somebody's is relayed here.
func (d *draft) banned(who tenants.ChatID) bool {
	return slices.ContainsFunc(d.s.Rare.Banned, func(b Banned) bool { return b.ID == who })
}

// ignored tells that nothing of the whole chat is relayed.
func (d *draft) ignored() bool { return slices.Contains(d.f.Settings.Ignore, d.s.Chat.ID) }

// ban is /ban: of a private dialog at once; in a client group of who wrote what it
// replies to; else the whole chat, asked first. What has come already stays, and what
// operators write still goes out. That the writer may is decided already (InTopic).
func (d *draft) ban(m *tenants.Message) {
	kind := d.s.Chat.Kind
	switch {
	case kind == tenants.Group && !m.ReplyTo.IsZero():
		d.banWriter(m)
	case d.ignored():
		d.mark(m.Ref(), signDone)
	case len(d.f.Settings.Ignore) >= tenants.MaxListed:
		d.tell(m.Ref(), d.words(say.BanFull, say.Values{"most": tenants.MaxListed}), true)
	case kind != tenants.Private:
		d.askBan(m)
	case d.ours(tenants.ChatID(d.s.Client.ID)):
		d.tell(m.Ref(), d.words(say.BanTeam), true)
	default:
		d.banChat()
		d.mark(m.Ref(), signDone)
	}
}

// banWriter bans one person, or one chat in whose name somebody writes.
func (d *draft) banWriter(m *tenants.Message) {
	who, ok := d.meant(m)
	switch {
	case !ok:
	case d.ours(who):
		d.tell(m.Ref(), d.words(say.BanTeam), true)
	case d.banned(who):
		d.mark(m.Ref(), signDone)
	case len(d.s.Rare.Banned) >= maxBanned:
		d.tell(m.Ref(), d.words(say.BanFull, say.Values{"most": maxBanned}), true)
	default:
		d.s.Rare.Banned = append(slices.Clip(d.s.Rare.Banned), Banned{ID: who, Since: d.f.Now})
		d.note(d.words(say.BannedPerson, say.Values{"by": d.byName(), "who": d.bannedName(who)}))
		d.event(PersonBanned, d.out.Operator.ID)
		d.act("ban person", fmt.Sprint(who))
		d.mark(m.Ref(), signDone)
	}
}

// meant is who wrote what m replies to, whom a ban is about; ok is false, and it is said
// why, if nobody can be found out.
func (d *draft) meant(m *tenants.Message) (who tenants.ChatID, ok bool) {
	who = tenants.ChatID(d.f.ReplyLink.By)
	switch {
	case d.f.ReplyTo != ReplyClient:
		d.tell(m.Ref(), d.words(say.BanWhom), true)
		return 0, false
	case who == 0:
		d.tell(m.Ref(), d.words(say.BanUnknown), true)
		return 0, false
	default:
		return who, true
	}
}

// ours tells that somebody is of the team.
func (d *draft) ours(who tenants.ChatID) bool {
	id := tenants.UserID(who)
	return who > 0 && (d.onTeam(id) || id == d.f.Administrator)
}

// askBan asks whether the whole chat is meant.
func (d *draft) askBan(m *tenants.Message) {
	s := answerTo(m.Ref(), tenants.Plain(d.words(say.BanAsk, say.Values{"chat": d.shown()})), false)
	s.Buttons = []Button{
		{Text: d.words(say.ButtonBan), Data: Press{Verb: PressBan, Dialog: d.s.ID}.Data()},
		{Text: d.words(say.ButtonCancel), Data: Press{Verb: PressCancel, Dialog: d.s.ID}.Data()},
	}
	d.say(s, ClassAnswer)
}

// banChat lets nothing of the chat be relayed any more.
func (d *draft) banChat() {
	d.ignore(true)
	d.s.SaidBy = ""
	d.become(Close, d.out.Operator.ID)
	d.still()
	d.note(joinWords(d.words(say.BannedChat, say.Values{"by": d.byName()}), d.alsoGroups()))
	d.event(ChatBanned, d.out.Operator.ID)
	d.act("ban", "")
}

// alsoGroups says that who is banned in private is heard in no client group either,
// because IGNORE_CHATS is of people too; "" = groups are not heard at all.
func (d *draft) alsoGroups() string {
	if d.s.Chat.Kind != tenants.Private || !d.f.Settings.Monitor[tenants.Group] {
		return ""
	}
	return d.words(say.BannedGroups)
}

func (d *draft) ignore(on bool) {
	d.out.Ignore = &Ignoring{Chat: d.s.Chat.ID, Connection: d.s.Connection, On: on}
	if d.s.Chat.Kind != tenants.Private {
		d.out.Ignore.Group = d.s.Group
	}
}

// unban is /unban, the reverse of /ban. Bare in a group that is not banned itself it
// offers those who are banned there.
func (d *draft) unban(m *tenants.Message) {
	switch {
	case d.s.Chat.Kind == tenants.Group && !m.ReplyTo.IsZero():
		d.unbanWriter(m)
	case d.ignored():
		d.unbanChat()
		d.mark(m.Ref(), signDone)
	case len(d.s.Rare.Banned) > 0:
		d.offerUnban(m)
	default:
		d.tell(m.Ref(), joinWords(d.words(say.UnbanNobody), d.heldBack()), false)
	}
}

func (d *draft) unbanWriter(m *tenants.Message) {
	who, ok := d.meant(m)
	switch {
	case !ok:
	case !d.banned(who):
		d.tell(m.Ref(), d.words(say.UnbanNot, say.Values{"who": d.bannedName(who)}), false)
	default:
		d.unbanPerson(who)
		d.mark(m.Ref(), signDone)
	}
}

func (d *draft) unbanPerson(who tenants.ChatID) {
	d.s.Rare.Banned = slices.DeleteFunc(slices.Clone(d.s.Rare.Banned), func(b Banned) bool { return b.ID == who })
	d.note(d.words(say.UnbannedPerson, say.Values{"by": d.byName(), "who": d.bannedName(who)}))
	d.event(PersonUnbanned, d.out.Operator.ID)
	d.act("unban person", fmt.Sprint(who))
}

// unbanChat lets the chat be relayed again, from its next message on, if nothing else
// holds it back.
func (d *draft) unbanChat() {
	d.ignore(false)
	then := d.heldBack()
	if then == "" {
		then = d.words(say.UnbannedOpens)
	}
	d.note(d.words(say.UnbannedChat, say.Values{"by": d.byName()}) + " " + then)
	d.event(ChatUnbanned, d.out.Operator.ID)
	d.act("unban", "")
}

// heldBack is what keeps a chat from being relayed that is not banned; "" = nothing.
func (d *draft) heldBack() string {
	set := d.f.Settings
	switch {
	case len(set.WhiteList) > 0 && !slices.Contains(set.WhiteList, d.s.Chat.ID):
		return d.words(say.HeldByList)
	case !set.Monitor[d.s.Chat.Kind]:
		return d.words(say.HeldByMonitor, say.Values{"param": monitors[d.s.Chat.Kind]})
	case d.s.Rare.Ask.Choice == ChoiceIgnore:
		return d.words(say.HeldByChoice)
	default:
		return ""
	}
}

// monitors are the parameters that let a kind of chat be relayed at all.
var monitors = map[tenants.ChatKind]string{
	tenants.Private: "MONITOR_PRIVATE", tenants.Group: "MONITOR_GROUPS", tenants.Channel: "MONITOR_CHANNELS",
}

// offerUnban shows who is banned here, the latest first.
func (d *draft) offerUnban(m *tenants.Message) {
	all := d.s.Rare.Banned
	s := answerTo(m.Ref(), tenants.Plain(d.words(say.UnbanWhom, say.Values{"n": len(all)})), false)
	for i, b := range slices.Backward(all) {
		if len(all)-i > bansShown {
			break
		}
		s.Buttons = append(s.Buttons, Button{Text: d.bannedName(b.ID), Data: Press{Verb: PressUnban, Dialog: d.s.ID, Arg: d.banArg(b.ID)}.Data()})
	}
	d.say(s, ClassAnswer)
}

// banArg is by what a button names who is banned. Apps can read a button's data: where
// something is hidden it tells no id.
func (d *draft) banArg(who tenants.ChatID) int64 {
	if d.f.Settings.Hide.Any() {
		return privacy.Token(d.f.Key, int64(who))
	}
	return int64(who)
}

// banPressed is a button below a question about a ban.
func (d *draft) banPressed(e tenants.Pressed, p Press) {
	switch {
	case p.Verb == PressCancel:
		d.answerPress(e, d.words(say.PressedCancel))
		return
	case p.Verb == PressBan && !d.ignored():
		d.banChat()
	case p.Verb == PressUnban:
		whom := func(b Banned) bool { // the button may be of before HIDE_INFO
			return d.banArg(b.ID) == p.Arg || !privacy.IsToken(p.Arg) && int64(b.ID) == p.Arg
		}
		if i := slices.IndexFunc(d.s.Rare.Banned, whom); i >= 0 {
			d.unbanPerson(d.s.Rare.Banned[i].ID)
		}
	}
	d.answerPress(e, d.words(say.PressedDone))
}

// mayNotPress is why somebody may not press a button; "" = they may. It stays for others.
func (d *draft) mayNotPress(v Verb) string {
	if v == PressLabelNew && !d.f.Writer.Manager {
		return d.words(say.LabelManagers)
	}
	if t := d.f.Target; v == PressUndo && len(t.Of) > 0 && !d.mayTakeBack(t) {
		return d.words(say.UndoWhose)
	}
	if right := v.Right(); !asker(d.f.Writer).Has(right) {
		return right.Lacking(d.f.Writer.Untold, d.f.Settings.Language).Text
	}
	return ""
}

// byName is the operator's name in a note.
func (d *draft) byName() string { return d.colleague(tenants.Clean(d.out.Operator.Name())) }

// bannedName is who is banned, as the group may see them.
func (d *draft) bannedName(who tenants.ChatID) string {
	if who < 0 && who == d.s.Chat.ID {
		return d.words(say.BanAnonymous)
	}
	for _, c := range d.s.Rare.Channels {
		if title := d.redactor().ShownTitle(c.Title, who); c.ID == who && title != "" {
			return tenants.TrimTitle(signChannel, title, "", tenants.MaxAuthorName)
		}
	}
	if who < 0 {
		return d.words(say.BanChannel)
	}
	for _, p := range slices.Backward(d.s.People) {
		if p.ID == tenants.UserID(who) {
			return d.personName(p)
		}
	}
	if d.f.Settings.Hide.Any() {
		return d.words(say.BanSomebody)
	}
	return fmt.Sprint(who)
}
