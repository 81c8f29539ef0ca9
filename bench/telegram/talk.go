package telegram

// Chats between two people. Bots aren't in them; they exist here for the
// business accounts of people. Each side numbers the messages by itself, as in
// basic groups.

// talk returns the chat of two people, made when needed.
func (w *World) talk(a, b *account) *chat {
	if a.id > b.id {
		a, b = b, a
	}
	key := privateKey{a.id, b.id}
	c := w.talks[key]
	if c == nil {
		c = &chat{kind: talkChat, user: a, peer: b, group: &noGroup}
		w.talks[key] = c
	}
	return c
}

// talkOf finds the chat of two people, nil if they never wrote.
func (w *World) talkOf(a, b *account) *chat {
	return w.talks[privateKey{min(a.id, b.id), max(a.id, b.id)}]
}

// other is who a talks with, in a private chat.
func (c *chat) other(a *account) *account {
	if a == c.user {
		return c.peer
	}
	return c.user
}

// oneToOne says whether the chat has two sides and nothing else.
func (c *chat) oneToOne() bool { return c.kind == privateChat || c.kind == talkChat }
