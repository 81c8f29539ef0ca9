package telegram

// box is one sequence of message numbers: a supergroup or channel has one,
// and every account has one for all its private chats and basic groups
// together (Bot API server source). Numbers begin at 1 and are never reused.
type box struct {
	gone int        // numbers 1..gone are forgotten
	msgs []*message // number gone+1 is msgs[0]; nil = deleted
}

// last is the highest number given so far.
func (b *box) last() int { return b.gone + len(b.msgs) }

// add gives the next number to m; keep > 0 bounds what is remembered.
func (b *box) add(m *message, keep int) int {
	b.msgs = append(b.msgs, m)
	if keep > 0 && len(b.msgs) >= 2*keep {
		cut := len(b.msgs) - keep
		b.gone += cut
		b.msgs = append(make([]*message, 0, 2*keep), b.msgs[cut:]...)
	}
	return b.last()
}

// skip uses up a number that nobody will ask for.
func (b *box) skip(keep int) {
	if len(b.msgs) == 0 {
		b.gone++
		return
	}
	b.add(nil, keep)
}

// get returns the message of that number, nil if there is none or it was deleted.
func (b *box) get(id int) *message {
	i := id - b.gone - 1
	if i < 0 || i >= len(b.msgs) {
		return nil
	}
	return b.msgs[i]
}

// drop forgets a deleted message; its number stays used.
func (b *box) drop(id int) {
	i := id - b.gone - 1
	if i >= 0 && i < len(b.msgs) {
		b.msgs[i] = nil
	}
}
