package telegram

// memberUpdated is a change of a standing as the server writes it.
type memberUpdated struct {
	Chat       *chatObject `json:"chat"`
	From       *userObject `json:"from"`
	Date       int64       `json:"date"`
	Old        any         `json:"old_chat_member"`
	New        any         `json:"new_chat_member"`
	InviteLink *linkObject `json:"invite_link,omitempty"`
	ViaRequest bool        `json:"via_join_request,omitempty"`
}

// standingChange is a change of one account's standing.
type standingChange struct {
	chat       *chat
	by         *account
	old, now   *member
	link       *inviteLink // by which the account joined
	viaRequest bool        // joined by a request that came without a link
}

// standingFor is the change as one bot is told of it. Administrators who are
// anonymous are so here too.
func (w *World) standingFor(b *account, s standingChange) memberUpdated {
	from, _ := w.signs(s.chat, s.by)
	if from == nil {
		from = s.by
	}
	u := memberUpdated{
		Chat: w.chatObject(s.chat), From: w.userObject(from), Date: w.unix(),
		Old: w.memberObject(b, s.chat, s.old), New: w.memberObject(b, s.chat, s.now), ViaRequest: s.viaRequest,
	}
	if s.link != nil {
		u.InviteLink = w.linkObject(b, s.chat, s.link)
	}
	return u
}

// deliverMember tells the bot itself (my_chat_member), and the chat's
// administrator bots (chat_member), that a standing changed.
func (w *World) deliverMember(s standingChange) {
	w.tellBotItself(s)
	if s.chat.kind == privateChat {
		return
	}
	for _, a := range s.chat.bots {
		if a != s.now.who && s.chat.standing(a).admin() {
			w.push(a.bot, updMember, w.standingFor(a, s), keepDay, s.now.who.id+6*laneStep)
		}
	}
}

// tellBotItself tells a bot that its own standing changed.
func (w *World) tellBotItself(s standingChange) {
	if who := s.now.who; who.bot != nil {
		w.push(who.bot, updMyMember, w.standingFor(who, s), keepDay, s.chat.idFor(who)+5*laneStep)
	}
}

// signs is in whose name the chat shows what the account does: its own, in
// channels the channel's, and the group's for anonymous administrators.
func (w *World) signs(c *chat, a *account) (from *account, sender *chat) {
	switch {
	case c.kind == channel:
		return nil, c
	case c.anonymous(a):
		return w.system(groupAnonymousBot), c
	default:
		return a, nil
	}
}

// tagOf is the tag of the message's author, which bots see beside it (Bot
// API docs, Message.sender_tag).
func (c *chat) tagOf(m *message) string {
	if m.from == nil || m.sender != nil || m.service() || c.kind != supergroup && c.kind != basicGroup {
		return ""
	}
	if mine := c.standing(m.from); mine.inside() {
		return mine.title
	}
	return ""
}
