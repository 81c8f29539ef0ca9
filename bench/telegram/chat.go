package telegram

import (
	"fmt"
	"slices"
	"time"
)

type chatKind uint8

const (
	privateChat chatKind = iota
	basicGroup
	supergroup
	channel
	talkChat // two people, no bot
)

func (k chatKind) String() string {
	switch k {
	case privateChat, talkChat:
		return "private"
	case basicGroup:
		return "group"
	case supergroup:
		return "supergroup"
	case channel:
		return "channel"
	default:
		panic("telegram: unknown chat kind")
	}
}

// chat is a conversation. A private chat is one person with one bot; two
// people have a talk.
type chat struct {
	id        int64 // groups and channels; 0 for private chats
	kind      chatKind
	protected bool
	ttl       int32 // seconds after which new messages delete themselves, 0 = never

	user      *account // private chats and talks
	peer      *account // private chats: the bot; talks: the other one
	met       bool     // private chats: the person has written to the bot once
	blocked   bool     // private chats: the person blocks the bot
	byRequest bool     // private chats: the bot may write though they never met, see World.byRequest

	log  []*message // private chats, talks and basic groups, in order
	pins []*message

	*group // to be read in every chat; see own
}

// group is what groups and channels have beyond private chats: a world may
// hold a million of those.
type group struct {
	title    string
	about    string
	username string

	forum     bool
	topics    map[int]*topic // deleted ones too while bots believe in them
	order     []int          // topic roots in order of making
	forgotten int            // topics below it can't be found by bots
	general   topic
	members   map[int64]*member
	roster    []int64 // members in order of joining
	bots      []*account
	perms     Permissions
	reactions []string // nil = all are allowed
	signed    bool     // a channel's posts name their authors
	linked    *chat    // a channel's group, a group's channel
	links     []*inviteLink
	requests  []*joinRequest      // in order of asking
	asks      bool                // joining a public group needs approval
	banned    map[int64]int64     // channels that may not write here, with the ban's unix end, 0 = none
	slow      int                 // seconds between two messages of a member, 0 = any
	wrote     map[int64]time.Time // slow mode: when members wrote last
	photo     *File               // nil = none
	stickers  string              // name of the group's own sticker set

	migratedTo *chat // a basic group after its upgrade
	dead       bool  // a deleted basic group

	box box // supergroups and channels
}

// noGroup is what all private chats share, and nobody writes to.
var noGroup group

// own is the chat's own part to write to; a private chat gets one when it is
// first needed.
func (c *chat) own() *group {
	if c.group == &noGroup {
		c.group = &group{}
	}
	return c.group
}

// messages returns the chat's messages in order, deleted ones absent.
func (c *chat) messages() []*message {
	src := c.log
	if c.kind == supergroup || c.kind == channel {
		src = c.box.msgs
	}
	out := make([]*message, 0, len(src))
	for _, m := range src {
		if m != nil && !m.deleted {
			out = append(out, m)
		}
	}
	return out
}

// standing returns the account's membership, nil if it never was here.
func (c *chat) standing(a *account) *member { return c.members[a.id] }

// past is the account's standing, also if it never was here.
func (c *chat) past(a *account) *member {
	if m := c.standing(a); m != nil {
		return m
	}
	return &member{who: a, status: statusLeft}
}

// inside says whether the account takes part in the chat.
func (c *chat) inside(a *account) bool {
	if c.oneToOne() {
		return c.user == a || c.peer == a
	}
	return c.members[a.id].inside()
}

// idFor is the chat's id as that account sees it.
func (c *chat) idFor(a *account) int64 {
	if !c.oneToOne() {
		return c.id
	}
	return c.other(a).id
}

// mayEdit says whether viewer may change the rights of the administrator m:
// the owner may, and whoever may promote and made it one, himself or through
// others whom he made (Bot API docs).
func (c *chat) mayEdit(viewer *account, m *member) bool {
	mine := c.standing(viewer)
	switch {
	case m.who == viewer, m.status == statusCreator, !mine.can(canPromote):
		return false
	case mine.status == statusCreator:
		return true
	}
	for by, n := m.by, 0; by != nil && n < len(c.members); n++ {
		if by == viewer {
			return true
		}
		above := c.standing(by)
		if !above.admin() {
			return false
		}
		by = above.by
	}
	return false
}

// setMember puts an account into a standing and keeps the lists right.
func (c *chat) setMember(m *member) {
	old := c.members[m.who.id]
	c.members[m.who.id] = m
	switch {
	case m.who.bot == nil:
	case old.inside():
		m.readsAll = old.readsAll
	default:
		m.readsAll = !m.who.bot.privacy
	}
	if old == nil {
		c.roster = append(c.roster, m.who.id)
	}
	if m.who.bot == nil {
		return
	}
	if old == nil {
		m.who.bot.groups = append(m.who.bot.groups, c)
	}
	at := slices.Index(c.bots, m.who)
	switch {
	case m.inside() && at < 0:
		c.bots = append(c.bots, m.who)
	case !m.inside() && at >= 0:
		c.bots = slices.Delete(c.bots, at, at+1)
	}
}

// signature is what the account's posts in a channel are signed with, "" = nothing.
func (c *chat) signature(a *account) string {
	if !c.signed {
		return ""
	}
	return a.name()
}

// count is the number of accounts inside.
func (c *chat) count() int {
	n := 0
	for _, m := range c.members {
		if m.inside() {
			n++
		}
	}
	return n
}

// botAPIChannelBase turns a supergroup's bare number into its chat id.
const botAPIChannelBase = 1000000000000

func (w *World) newChat(kind chatKind, title string, owner *account) *chat {
	c := &chat{kind: kind, group: &group{title: title, members: map[int64]*member{}, perms: defaultPermissions()}}
	if kind == basicGroup {
		w.nextGroup++
		c.id = -w.nextGroup
	} else {
		w.nextSuper++
		c.id = -botAPIChannelBase - w.nextSuper
		c.topics = map[int]*topic{}
		c.general.name = "General"
	}
	w.chats[c.id] = c
	c.setMember(&member{who: owner, status: statusCreator, rights: AllRights(), since: w.unix()})
	return c
}

// defaultPermissions are those of a new group: everybody may write, invite
// and pin, but not change its name or make topics.
func defaultPermissions() Permissions {
	p := AllPermissions()
	p.ChangeInfo, p.PinMessages, p.ManageTopics = false, false, false
	return p
}

// privateOf returns the private chat of a person and a bot, made when needed.
func (w *World) privateOf(user, peer *account) *chat {
	key := privateKey{user.id, peer.id}
	c := w.private[key]
	if c == nil {
		c = &chat{kind: privateChat, user: user, peer: peer, group: &noGroup}
		w.private[key] = c
	}
	return c
}

// chatOf finds a chat by the id under which the account knows it.
func (w *World) chatOf(a *account, id int64) *chat {
	if id < 0 {
		return w.chats[id]
	}
	other := w.accounts[id]
	if other == nil {
		return nil
	}
	if a.bot != nil {
		return w.private[privateKey{id, a.id}]
	}
	if other.bot == nil {
		return w.talkOf(a, other)
	}
	return w.private[privateKey{a.id, id}]
}

// group returns a group or channel that must exist.
func (w *World) group(id int64) *chat {
	c := w.chats[id]
	if c == nil {
		panic(fmt.Sprintf("telegram: no chat %d", id))
	}
	return c
}
