package telegram

import (
	"cmp"
	"slices"
)

// AccountInfo is one account, for showing.
type AccountInfo struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username"` // without @, may be empty
	Bot      bool   `json:"bot"`
	Deleted  bool   `json:"deleted"`
}

// Accounts lists people and bots, Telegram's own accounts apart, by id.
func (w *World) Accounts() []AccountInfo {
	out := []AccountInfo{}
	for _, a := range w.accounts {
		switch a.id {
		case groupAnonymousBot, channelBot, serviceAccount:
		default:
			out = append(out, AccountInfo{a.id, a.name(), a.username, a.isBot, a.deleted})
		}
	}
	slices.SortFunc(out, func(a, b AccountInfo) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// MemberInfo is one account's standing in a group or channel, in the words
// of the Bot API's ChatMember.
type MemberInfo struct {
	ID     int64  `json:"id"`
	Status string `json:"status"`
	Title  string `json:"title"` // custom title, may be empty
}

// Members lists who is in a group or channel now, in order of joining.
func (w *World) Members(chatID int64) []MemberInfo {
	c := w.group(chatID)
	out := []MemberInfo{}
	for _, id := range c.roster {
		if m := c.members[id]; m.inside() {
			out = append(out, MemberInfo{id, string(m.status), m.title})
		}
	}
	return out
}
