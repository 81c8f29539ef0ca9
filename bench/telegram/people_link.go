package telegram

import (
	"fmt"
	"strings"
)

// Invite links and requests to join, as people use them.

// LinkOptions say what an invite link is to be.
type LinkOptions struct {
	Name        string // for administrators, may be empty
	Expire      int64  // unix seconds, 0 = never
	MemberLimit int    // 0 = any number
	Approval    bool   // joining makes a request
}

// LinkInfo is an invite link as an administrator sees it.
type LinkInfo struct {
	Link    string `json:"link"`
	Name    string `json:"name"`
	Creator int64  `json:"creator"`
	Expire  int64  `json:"expire"` // unix seconds, 0 = never
	Limit   int    `json:"limit"`  // 0 = any number
	Asks    bool   `json:"asks"`   // joining makes a request
	Primary bool   `json:"primary"`
	Revoked bool   `json:"revoked"`
}

// CreateLink makes an invite link and returns its address.
func (w *World) CreateLink(by, chatID int64, o LinkOptions) (string, error) {
	c, a := w.group(chatID), w.person(by)
	if !c.standing(a).can(canInvite) || o.Approval && o.MemberLimit != 0 {
		return "", fmt.Errorf("create invite link: %w", ErrNotAllowed)
	}
	l := w.newLink(c, a)
	l.name, l.expire, l.limit, l.asks = o.Name, o.Expire, o.MemberLimit, o.Approval
	return l.url(), nil
}

// RevokeLink ends an invite link; a primary one is replaced.
func (w *World) RevokeLink(by, chatID int64, link string) error {
	c, a := w.group(chatID), w.person(by)
	l := c.linkOf(link)
	if l == nil || l.revoked || !c.standing(a).can(canInvite) || l.creator != a && c.standing(a).status != statusCreator {
		return fmt.Errorf("revoke invite link: %w", ErrNotAllowed)
	}
	w.revoke(c, l)
	return nil
}

// Links lists the invite links of a chat, those of bots too, in order of making.
func (w *World) Links(chatID int64) []LinkInfo {
	out := []LinkInfo{}
	for _, l := range w.group(chatID).links {
		out = append(out, LinkInfo{l.url(), l.name, l.creator.id, l.expire, l.limit, l.asks, l.primary, l.revoked})
	}
	return out
}

// Joined is what came of somebody's wish to join.
type Joined struct {
	Chat    int64 `json:"chat"`
	Pending bool  `json:"pending"` // an administrator must approve it first
}

// Join joins by an invite link or, at public groups and channels, by the
// @name. Who is inside already stays.
func (w *World) Join(person int64, where string) (Joined, error) {
	a := w.person(person)
	c, l := w.chatByLink(where)
	switch {
	case c == nil, c.migratedTo != nil, c.dead, l != nil && !w.open(c, l):
		return Joined{}, fmt.Errorf("join by %s: no such link or name (any more): %w", where, ErrNotAllowed)
	case c.past(a).status == statusKicked:
		return Joined{}, fmt.Errorf("join by %s: banned there: %w", where, ErrNotAllowed)
	case c.inside(a):
		return Joined{Chat: c.id}, nil
	case l != nil && l.asks, l == nil && c.asks:
		w.ask(c, a, l)
		return Joined{c.id, true}, nil
	}
	w.enter(entry{chat: c, by: a, who: a, link: l})
	return Joined{Chat: c.id}, nil
}

// chatByLink finds the chat of a link or @name; nil = there is none.
func (w *World) chatByLink(where string) (*chat, *inviteLink) {
	if name, ok := strings.CutPrefix(where, "@"); ok {
		return w.chats[w.names[strings.ToLower(name)]], nil
	}
	for _, c := range w.chats {
		if l := c.linkOf(where); l != nil {
			return c, l
		}
	}
	return nil, nil
}

// SetJoinByRequest makes joining a public group by its name need an
// administrator's approval.
func (w *World) SetJoinByRequest(chatID int64, on bool) { w.group(chatID).asks = on }

// Requests lists who waits to be let in, in order of asking.
func (w *World) Requests(chatID int64) []int64 {
	out := []int64{}
	for _, r := range w.group(chatID).requests {
		out = append(out, r.who.id)
	}
	return out
}

// SettleRequest approves somebody's request to join, or declines it.
func (w *World) SettleRequest(by, chatID, who int64, approve bool) error {
	c, a := w.group(chatID), w.person(by)
	r := c.requestOf(w.person(who))
	if r == nil || !c.standing(a).can(canInvite) {
		return fmt.Errorf("settle join request: %w", ErrNotAllowed)
	}
	w.settle(a, r, approve)
	return nil
}
