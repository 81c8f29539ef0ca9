package botapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mymmrac/telego"

	"topicdesk/tenants"
)

// decode translates one update for the bot self. Only an update without an
// update_id is an error: without it nothing can be confirmed. What is inside
// and can't be understood makes it tenants.Ignored.
func decode(self tenants.UserID, raw []byte) (tenants.Update, error) {
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		return tenants.Update{}, fmt.Errorf("decode update: %w", err)
	}
	update := tenants.Update{Raw: raw}
	if err := json.Unmarshal(parts["update_id"], &update.ID); err != nil || update.ID == 0 {
		return tenants.Update{}, errors.New("decode update: no update_id")
	}
	delete(parts, "update_id")
	name, body := theOnly(parts)
	event, err := decodeEvent(self, name, body)
	if err != nil {
		event = tenants.Ignored{Name: "unreadable " + name}
	}
	update.Event = event
	return update, nil
}

// theOnly is the one part that an update has beside its id (Bot API Update);
// of several the first by name.
func theOnly(parts map[string]json.RawMessage) (name string, body json.RawMessage) {
	for key := range parts {
		if name == "" || key < name {
			name = key
		}
	}
	return name, parts[name]
}

func decodeEvent(self tenants.UserID, name string, body []byte) (tenants.Event, error) {
	switch name {
	case "message", "channel_post":
		m, err := decodeMessage(self, body)
		return tenants.Posted{Message: m}, err
	case "edited_message", "edited_channel_post":
		m, err := decodeMessage(self, body)
		return tenants.Edited{Message: m}, err
	case "my_chat_member":
		return decodeMembership(body)
	case "callback_query":
		return decodePress(name, body)
	case "message_reaction":
		return decodeReaction(body)
	case "poll":
		return decodePoll(body)
	default:
		return tenants.Ignored{Name: name}, nil
	}
}

// member is any of the Bot API's ChatMember types; only an administrator has
// rights of his own, only a restricted one says whether he is there and may write.
type member struct {
	telego.ChatMemberAdministrator
	IsMember bool `json:"is_member"`
	CanSend  bool `json:"can_send_messages"`
}

func memberOf(raw []byte) (m member, err error) {
	if err = json.Unmarshal(raw, &m); err != nil {
		return m, err
	}
	switch m.Status {
	case telego.MemberStatusCreator, telego.MemberStatusAdministrator, telego.MemberStatusMember,
		telego.MemberStatusRestricted, telego.MemberStatusLeft, telego.MemberStatusBanned:
		return m, nil
	default:
		return m, errors.New("unknown status of a member")
	}
}

// membership tells whether it is in the chat, and what it may do there.
func membership(m member) (inside bool, rights tenants.Rights) {
	switch m.Status {
	case telego.MemberStatusCreator:
		return true, tenants.Rights{Admin: true, ManageTopics: true, DeleteMessages: true, BanUsers: true, PinMessages: true}
	case telego.MemberStatusAdministrator:
		return true, tenants.Rights{
			Admin:          true,
			ManageTopics:   m.CanManageTopics,
			DeleteMessages: m.CanDeleteMessages,
			BanUsers:       m.CanRestrictMembers,
			PinMessages:    m.CanPinMessages,
		}
	case telego.MemberStatusMember:
		return true, tenants.Rights{}
	case telego.MemberStatusRestricted:
		return m.IsMember, tenants.Rights{Muted: !m.CanSend}
	case telego.MemberStatusLeft, telego.MemberStatusBanned:
		return false, tenants.Rights{}
	default:
		panic("botapi: memberOf let an unknown status through")
	}
}

func decodeMembership(body []byte) (tenants.Event, error) {
	var in struct {
		Chat telego.Chat     `json:"chat"`
		From telego.User     `json:"from"`
		Date int64           `json:"date"`
		Old  json.RawMessage `json:"old_chat_member"`
		New  json.RawMessage `json:"new_chat_member"`
	}
	if err := json.Unmarshal(body, &in); err != nil {
		return nil, err
	}
	if in.Chat.ID == 0 {
		return nil, errors.New("no chat")
	}
	m, err := memberOf(in.New)
	if err != nil {
		return nil, err
	}
	before, err := memberOf(in.Old)
	if err != nil {
		return nil, err
	}
	out := tenants.Membership{Chat: chat(&in.Chat), By: person(&in.From), Date: unixTime(in.Date)}
	out.Member, out.Admin = membership(m)
	out.WasMember, out.Was = membership(before)
	return out, nil
}

// decodePress reads a press of a button. A message that is too old comes with
// chat and id only (Bot API InaccessibleMessage); one sent in inline mode does
// not come at all, and is none of ours.
func decodePress(name string, body []byte) (tenants.Event, error) {
	var in struct {
		ID      string      `json:"id"`
		From    telego.User `json:"from"`
		Data    string      `json:"data"`
		Message *struct {
			Chat    telego.Chat `json:"chat"`
			ID      int64       `json:"message_id"`
			Thread  int64       `json:"message_thread_id"`
			InTopic bool        `json:"is_topic_message"`
		} `json:"message"`
	}
	if err := json.Unmarshal(body, &in); err != nil {
		return nil, err
	}
	if in.Message == nil {
		return tenants.Ignored{Name: name}, nil
	}
	return tenants.Pressed{
		Query:   in.ID,
		By:      person(&in.From),
		Message: tenants.MessageRef{Chat: tenants.ChatID(in.Message.Chat.ID), ID: tenants.MessageID(in.Message.ID)},
		Thread:  thread(in.Message.InTopic, in.Message.Thread),
		Data:    in.Data,
	}, nil
}

func person(u *telego.User) tenants.Person {
	if u == nil {
		return tenants.Person{}
	}
	return tenants.Person{
		ID: tenants.UserID(u.ID), First: u.FirstName, Last: u.LastName, Username: u.Username,
		Language: u.LanguageCode, Bot: u.IsBot, Premium: u.IsPremium,
	}
}

func chat(c *telego.Chat) tenants.Chat {
	out := tenants.Chat{ID: tenants.ChatID(c.ID), Title: c.Title, Username: c.Username, Forum: c.IsForum}
	switch c.Type {
	case telego.ChatTypeChannel:
		out.Kind = tenants.Channel
	case telego.ChatTypeGroup, telego.ChatTypeSupergroup:
		out.Kind = tenants.Group
	default:
		out.Kind = tenants.Private
		out.Title, out.Forum = "", false // a private chat with topics has them in another sense
	}
	return out
}

// thread is the topic of a message. A bare message_thread_id is the root of a
// chain of replies, and 1, seen in 2023, is General (captured updates).
func thread(inTopic bool, id int64) tenants.ThreadID {
	if !inTopic || id == 1 {
		return 0
	}
	return tenants.ThreadID(id)
}

func unixTime(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, strings.Compare)
	return keys
}
