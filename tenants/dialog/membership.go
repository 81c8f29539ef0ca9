package dialog

import (
	"slices"
	"strings"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// Membership decides that the connection's standing in the client chat changed:
// blocked or back in a private dialog, thrown out, added, muted or promoted in a
// group. It is told once, and the title shows who can't be reached.
func Membership(s State, ev tenants.Membership, f Facts) Decision {
	d := begin(s, f)
	changed := s.Unreachable != !ev.Member
	if changed {
		d.stepIn()
		d.seeChat(ev.Chat)
		d.reach(ev.Member)
	}
	muted := ev.Member && ev.Admin.Muted
	if ev.Member && s.Rare.Muted != muted {
		changed = true
		d.s.Rare.Muted = muted
		if d.hasTopic() {
			d.note(map[bool]string{true: d.words(say.NoteMuted), false: d.words(say.NoteUnmuted)}[muted])
		}
	}
	if d.tellStanding(ev) {
		changed = true
	}
	if !changed {
		return Decision{}
	}
	return d.done()
}

// Stranger decides the same for a chat of which nothing has been relayed: what
// the administrator should know about it. group is the connection's.
func Stranger(ev tenants.Membership, group tenants.ChatID, f Facts) Decision {
	d := begin(State{Connection: f.Connection, Chat: ev.Chat, Group: group}, f)
	if d.tellStanding(ev) {
		d.out.Jobs[len(d.out.Jobs)-1].Effect.(*Send).About = &About{Chat: ev.Chat, By: ev.By}
	}
	return d.out
}

// About is a client chat of which nothing is kept, and who did something there.
type About struct {
	Chat tenants.Chat   `json:"chat"`
	By   tenants.Person `json:"by"`
}

// State is that of the dialog which it would be.
func (a *About) State(c tenants.ConnectionID) State {
	return State{Connection: c, Chat: a.Chat, People: []tenants.Person{a.By}}
}

// standingPause is how long a note about a bot's standing waits: Telegram tells
// that it is in a supergroup before it tells that this is a group known under
// another id (captured updates), and then there is nothing to say.
const standingPause = 10 * time.Second

// tellStanding tells the administrator in General, in a lane that holds up nobody.
func (d *draft) tellStanding(ev tenants.Membership) bool {
	words := d.standingWords(ev)
	if words == "" {
		return false
	}
	d.general(tenants.Plain(words), false)
	note := &d.out.Jobs[len(d.out.Jobs)-1]
	note.Lane.Side, note.NotBefore = ToTitle, d.f.Now.Add(standingPause)
	return true
}

// Asks tells that a decision about the change needs Facts.Private: what a bot
// hears in a group depends on it.
func Asks(ev tenants.Membership) bool {
	return ev.Chat.Kind == tenants.Group && ev.Member && (!ev.WasMember || ev.Admin.Admin != ev.Was.Admin)
}

// reach notes that the client can be reached, or no more, and says so in the
// topic if there is one.
func (d *draft) reach(reachable bool) {
	if d.s.Unreachable == !reachable {
		return
	}
	d.s.Unreachable = !reachable
	if !d.hasTopic() {
		return
	}
	switch {
	case reachable:
		d.note(d.words(say.NoteBack))
	case d.s.Chat.Kind == tenants.Private:
		d.note(d.words(say.NoteBlocked))
	default:
		d.note(d.words(say.NoteOut))
	}
}

// standingWords are what the administrator is told in General when a bot was
// added to a client group and something lacks, or when it became or ceased to be
// an administrator there; "" = nothing.
func (d *draft) standingWords(ev tenants.Membership) string {
	if !Asks(ev) || d.s.Group == 0 {
		return ""
	}
	d.meet(ev.By)
	lacks, deaf := d.lacks(ev), d.deaf(ev.Chat)
	switch joined := !ev.WasMember; {
	case joined && ev.Chat.Forum && ev.By.ID == d.f.Administrator:
		return "" // to be bound
	case joined && d.ignored() && d.hasTopic():
		return "" // the team banned it there; it became a supergroup, or somebody added us again
	case joined && deaf != "":
		return joinWords(d.addedWords(ev), deaf)
	case joined && lacks == "":
		return ""
	case joined:
		return joinWords(d.addedWords(ev), lacks, d.noReactions(ev))
	case deaf != "":
		return ""
	case ev.Admin.Admin:
		return d.ofGroup(say.GroupPromoted)
	default:
		return joinWords(d.ofGroup(say.GroupDemoted), lacks, d.noReactions(ev))
	}
}

// joinWords lays lines below one another; empty ones are left out.
func joinWords(lines ...string) string {
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return line == "" }), "\n")
}

// deaf is the parameter that keeps a client group from being relayed, "" = none.
func (d *draft) deaf(chat tenants.Chat) string {
	set := d.f.Settings
	switch {
	case slices.Contains(set.Ignore, chat.ID):
		return d.words(say.GroupIgnored)
	case len(set.WhiteList) > 0 && !slices.Contains(set.WhiteList, chat.ID):
		return d.words(say.GroupUnlisted)
	case !set.Monitor[chat.Kind]:
		return d.words(say.GroupsOff)
	default:
		return ""
	}
}

// lacks are what keeps a bot from working in a client group, with what to do; ""
// = nothing.
func (d *draft) lacks(ev tenants.Membership) string {
	private, muted := "", ""
	if d.f.Private && !ev.Admin.Admin {
		private = d.ofGroup(say.GroupPrivacy)
	}
	if ev.Admin.Muted {
		muted = d.words(say.GroupMuted)
	}
	return joinWords(private, muted)
}

// noReactions says that reactions need an administrator (Bot API docs, Update).
func (d *draft) noReactions(ev tenants.Membership) string {
	if ev.Admin.Admin {
		return ""
	}
	return d.words(say.GroupNoReactions)
}
