package telegram

import (
	"cmp"
	"encoding/json"
	"slices"
)

// AccountInfo is one account, for showing.
type AccountInfo struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username"` // without @, may be empty
	Bot      bool   `json:"bot"`
	Deleted  bool   `json:"deleted"`
	Language string `json:"language"` // of a person's app, may be empty
	// Inline says that a bot has inline mode, InlinePlaceholder what stands
	// behind its name in the input field.
	Inline            bool   `json:"inline,omitempty"`
	InlinePlaceholder string `json:"inline_placeholder,omitempty"`
}

// Accounts lists people and bots, Telegram's own accounts apart, by id.
func (w *World) Accounts() []AccountInfo {
	out := []AccountInfo{}
	for _, a := range w.accounts {
		switch a.id {
		case groupAnonymousBot, channelBot, serviceAccount:
		default:
			info := AccountInfo{ID: a.id, Name: a.name(), Username: a.username, Bot: a.isBot, Deleted: a.deleted, Language: a.language}
			if a.bot != nil {
				info.Inline, info.InlinePlaceholder = a.bot.inline.on, a.bot.inline.placeholder
			}
			out = append(out, info)
		}
	}
	slices.SortFunc(out, func(a, b AccountInfo) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// MemberInfo is one account's standing in a group or channel, in the words
// of the Bot API's ChatMember.
type MemberInfo struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username"` // without @, may be empty
	Bot      bool   `json:"bot"`
	Status   string `json:"status"`
	Title    string `json:"title"` // custom title, may be empty
	Until    int64  `json:"until"` // restricted: unix end, 0 = for ever
	// Rights are an administrator's rights, or what a restricted member may
	// do, in the Bot API's names; nil for everybody else.
	Rights map[string]bool `json:"rights,omitempty"`
}

// Members lists who is in a group or channel now, in order of joining.
func (w *World) Members(chatID int64) []MemberInfo {
	c := w.group(chatID)
	out := []MemberInfo{}
	for _, id := range c.roster {
		if m := c.members[id]; m.inside() {
			out = append(out, memberInfo(m, c.kind))
		}
	}
	return out
}

func memberInfo(m *member, k chatKind) MemberInfo {
	i := MemberInfo{
		ID: m.who.id, Name: m.who.name(), Username: m.who.username, Bot: m.who.isBot,
		Status: string(m.status), Title: m.title, Until: m.until,
	}
	switch m.status {
	case statusAdministrator:
		i.Rights = flagsOf(showRights(m.rights, k))
	case statusRestricted:
		i.Rights = flagsOf(showPermissions(m.perms))
	case statusCreator, statusMember, statusLeft, statusKicked:
	default:
		panic("telegram: unknown status " + string(m.status))
	}
	return i
}

// Permissions are what ordinary members of a group may do, in the Bot API's names.
func (w *World) Permissions(chatID int64) map[string]bool {
	return flagsOf(showPermissions(w.group(chatID).perms))
}

// flagsOf turns an object of booleans into a map.
func flagsOf(o any) map[string]bool {
	out := map[string]bool{}
	if err := json.Unmarshal(encode(o), &out); err != nil {
		panic("telegram: rights that aren't booleans: " + err.Error())
	}
	return out
}
