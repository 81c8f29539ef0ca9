package telegram

// Block makes the person block the bot.
func (w *World) Block(person, botID int64) { w.setBlocked(person, botID, true) }

// Unblock takes the block back.
func (w *World) Unblock(person, botID int64) { w.setBlocked(person, botID, false) }

func (w *World) setBlocked(person, botID int64, on bool) {
	a, peer := w.person(person), w.robot(botID).me
	c := w.privateOf(a, peer)
	if c.blocked == on {
		return
	}
	c.blocked = on
	old := &member{who: peer, status: statusMember}
	now := &member{who: peer, status: statusKicked}
	if !on {
		old, now = now, old
	}
	w.deliverMember(standingChange{chat: c, by: a, old: old, now: now})
}
