package telegram

import (
	"slices"
	"strings"
	"time"
)

// inviteLink lets people into a group or channel.
type inviteLink struct {
	hash    string // what follows https://t.me/+
	name    string
	creator *account
	expire  int64 // unix seconds, 0 = never
	limit   int   // members who may have come by it at once, 0 = any number
	asks    bool  // joining needs an administrator's approval
	primary bool  // the one that its creator needn't make; one for each administrator
	revoked bool
}

// joinRequest is somebody who waits for an administrator's approval.
type joinRequest struct {
	chat *chat
	who  *account
	link *inviteLink // nil = asked at a public group
	date int64       // unix seconds
}

// requestTime is how long a bot may write to somebody who asked to join
// (Bot API docs, ChatJoinRequest.user_chat_id).
const requestTime = 5 * time.Minute

const linkStart = "https://t.me/+"

func (l *inviteLink) url() string { return linkStart + l.hash }

// linkObject is a link as the Bot API server writes it.
type linkObject struct {
	InviteLink  string      `json:"invite_link"`
	Name        string      `json:"name,omitempty"`
	Creator     *userObject `json:"creator"`
	ExpireDate  int64       `json:"expire_date,omitempty"`
	MemberLimit int         `json:"member_limit,omitempty"`
	Pending     int         `json:"pending_join_request_count,omitempty"`
	Asks        bool        `json:"creates_join_request"`
	IsPrimary   bool        `json:"is_primary"`
	IsRevoked   bool        `json:"is_revoked"`
}

// linkObject shows a link to a bot; of those that others made it sees only
// the first half (Bot API docs).
func (w *World) linkObject(b *account, c *chat, l *inviteLink) *linkObject {
	o := &linkObject{
		InviteLink: l.url(), Name: l.name, Creator: w.userObject(l.creator), ExpireDate: l.expire,
		MemberLimit: l.limit, Asks: l.asks, IsPrimary: l.primary, IsRevoked: l.revoked,
	}
	if l.creator != b {
		o.InviteLink = linkStart + l.hash[:len(l.hash)/2] + "..."
	}
	for _, r := range c.requests {
		if r.link == l {
			o.Pending++
		}
	}
	return o
}

// newLink makes a link of the account.
func (w *World) newLink(c *chat, creator *account) *inviteLink {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	var hash strings.Builder
	for range 16 {
		hash.WriteByte(letters[w.rnd.IntN(len(letters))])
	}
	l := &inviteLink{hash: hash.String(), creator: creator}
	c.links = append(c.links, l)
	return l
}

// primaryLink is the account's primary link, made when first needed.
func (w *World) primaryLink(c *chat, creator *account) *inviteLink {
	for _, l := range c.links {
		if l.primary && !l.revoked && l.creator == creator {
			return l
		}
	}
	l := w.newLink(c, creator)
	l.primary = true
	return l
}

// revoke ends a link; a primary one is replaced (Bot API docs).
func (w *World) revoke(c *chat, l *inviteLink) {
	l.revoked = true
	if l.primary {
		w.primaryLink(c, l.creator)
	}
}

// linkOf finds a link by its address in any of its forms.
func (c *chat) linkOf(address string) *inviteLink {
	hash := address[strings.LastIndexAny(address, "/+")+1:]
	at := slices.IndexFunc(c.links, func(l *inviteLink) bool { return l.hash == hash })
	if at < 0 {
		return nil
	}
	return c.links[at]
}

// open says whether somebody can come by the link now.
func (w *World) open(c *chat, l *inviteLink) bool {
	if l.revoked || l.expire != 0 && l.expire <= w.unix() {
		return false
	}
	if l.limit == 0 {
		return true
	}
	came := 0
	for _, m := range c.members {
		if m.via == l { // who leaves loses it
			came++
		}
	}
	return came < l.limit
}

type joinRequestObject struct {
	Chat       *chatObject `json:"chat"`
	From       *userObject `json:"from"`
	UserChatID int64       `json:"user_chat_id"`
	Date       int64       `json:"date"`
	Bio        string      `json:"bio,omitempty"`
	InviteLink *linkObject `json:"invite_link,omitempty"`
}

// ask notes a request and tells the bots that may decide on it. Each may
// write to the person for a while, until one does or the request is settled.
func (w *World) ask(c *chat, who *account, l *inviteLink) {
	if c.requestOf(who) != nil {
		return
	}
	r := &joinRequest{chat: c, who: who, link: l, date: w.unix()}
	c.requests = append(c.requests, r)
	for _, b := range c.bots {
		if !c.standing(b).can(canInvite) {
			continue
		}
		private := w.privateOf(who, b)
		private.byRequest, w.byRequest[private] = true, r
		w.plan(w.now.Add(requestTime), func() { w.takeBack(private, r) })
		o := joinRequestObject{
			Chat: w.chatObject(c), From: w.userObject(who), UserChatID: who.id, Date: r.date, Bio: w.faceOf(who).bio,
		}
		if l != nil {
			o.InviteLink = w.linkObject(b, c, l)
		}
		w.push(b.bot, updJoinRequest, o, keepDay, who.id+6*laneStep)
	}
}

func (c *chat) requestOf(who *account) *joinRequest {
	at := slices.IndexFunc(c.requests, func(r *joinRequest) bool { return r.who == who })
	if at < 0 {
		return nil
	}
	return c.requests[at]
}

// takeBack ends what a request allowed a bot in its private chat.
func (w *World) takeBack(private *chat, r *joinRequest) {
	if w.byRequest[private] == r {
		delete(w.byRequest, private)
		private.byRequest = false
	}
}

// contacted leaves what a request allowed to the bot that used it first (Bot
// API docs: "assuming no other administrator contacted the user").
func (w *World) contacted(private *chat) {
	r := w.byRequest[private]
	for _, b := range r.chat.bots {
		if b != private.peer {
			w.takeBack(w.privateOf(r.who, b), r)
		}
	}
}

// settle approves a request, or declines it.
func (w *World) settle(by *account, r *joinRequest, approve bool) {
	c := r.chat
	c.requests = slices.DeleteFunc(c.requests, func(o *joinRequest) bool { return o == r })
	for _, b := range c.bots {
		w.takeBack(w.privateOf(r.who, b), r)
	}
	if !approve {
		return
	}
	if !w.knobs.ApprovedByAdmin {
		by = r.who
	}
	w.enter(entry{chat: c, by: by, who: r.who, link: r.link, asked: true})
}
