package telegram

import "fmt"

// ConnectBusiness lets a bot into the person's account, as clients do under
// "Telegram Business", and returns the connection's id. It needs Telegram
// Premium and a bot whose owner allows it. Connecting the same bot again
// changes the connection; another bot takes the former one's place.
func (w *World) ConnectBusiness(person, botID int64, how Business) (string, error) {
	a, b := w.person(person), w.robot(botID)
	if !a.premium || !b.business {
		return "", fmt.Errorf("connect bot to account: %w", ErrNotAllowed)
	}
	old := w.connected[a.id]
	switch {
	case old == nil:
	case old.bot == b:
		old.Business = how
		w.deliverConnection(old)
		return old.id, nil
	default:
		w.disconnect(old)
	}
	return w.connect(a, b, how).id, nil
}

// DisconnectBusiness takes the bot out of the person's account. A later
// connection has another id.
func (w *World) DisconnectBusiness(person int64) error {
	k := w.connected[w.person(person).id]
	if k == nil {
		return fmt.Errorf("disconnect bot from account: %w", ErrNotAllowed)
	}
	w.disconnect(k)
	return nil
}

// BusinessInfo is the bot in a person's account.
type BusinessInfo struct {
	ID     string         `json:"id"` // of the connection
	Bot    int64          `json:"bot"`
	Rights BusinessRights `json:"rights"`
	Only   []int64        `json:"only,omitempty"`
	Except []int64        `json:"except,omitempty"`
}

// BusinessOf shows the bot in a person's account; false = there is none.
func (w *World) BusinessOf(person int64) (BusinessInfo, bool) {
	k := w.connected[w.person(person).id]
	if k == nil {
		return BusinessInfo{}, false
	}
	return BusinessInfo{k.id, k.bot.me.id, k.Rights, k.Only, k.Except}, true
}

// ReadBy says whether a bot has marked the message as read for its owner, the
// person whose chat this is.
func (w *World) ReadBy(person, chatID int64, id int) bool {
	_, m, err := w.find(person, chatID, id)
	return err == nil && m.readByBusiness
}
