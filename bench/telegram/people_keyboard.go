package telegram

import (
	"fmt"
	"slices"
)

// KeyboardOf is the keyboard below the person's input field in a chat, or in
// one topic of it: that of the last message which has one and is meant for
// the person. Nil = none.
func (w *World) KeyboardOf(person, chatID int64, topicID int) *Keyboard {
	a := w.person(person)
	c := w.chatOf(a, chatID)
	if c == nil {
		return nil
	}
	_, k := w.keyboardIn(a, c, topicID)
	return k
}

func (w *World) keyboardIn(a *account, c *chat, topicID int) (*message, *Keyboard) {
	all := c.messages()
	for i := len(all) - 1; i >= 0; i-- {
		m := all[i]
		if m.keyboard == nil || m.idFor(a) == 0 || c.forum && m.topicID() != topicID || !m.meantFor(a) {
			continue
		}
		if m.keyboard.Remove {
			return nil, nil
		}
		return m, m.keyboard
	}
	return nil, nil
}

// meantFor says whether a person is shown the message's keyboard: selective
// ones are for those who are mentioned or replied to (Bot API docs).
func (m *message) meantFor(a *account) bool {
	if !m.keyboard.Selective || m.chat.kind == privateChat || m.reply != nil && m.reply.author == a {
		return true
	}
	content := m.content()
	return slices.ContainsFunc(content.Entities, func(e Entity) bool {
		return e.User != nil && *e.User == a.id ||
			e.Type == "mention" && a.username != "" && lower(slice16(content.Text, e.Offset, e.Length)) == "@"+lower(a.username)
	})
}

// Given is what a person gives to a key that asks for something.
type Given struct {
	Phone    string    // AskContact: the person's number
	Location *Location // AskLocation
	Poll     *Poll     // AskPoll
	Users    []int64   // AskUsers
	Chat     int64     // AskChat
}

// PressKey presses the button with that text on the keyboard below the input
// field, and returns the number of the message that comes of it. In groups
// the text is a reply to the bot's message.
func (w *World) PressKey(person, chatID int64, topicID int, text string, g Given) (int, error) {
	a := w.person(person)
	c := w.chatOf(a, chatID)
	if c == nil {
		return 0, fail(chatNotFound)
	}
	m, k := w.keyboardIn(a, c, topicID)
	b, ok := k.find(text)
	if !ok {
		return 0, fmt.Errorf("press the key %q that isn't there: %w", text, ErrNoSuchMessage)
	}
	p := Post{Content: TextOf(b.Text), Topic: topicID}
	if c.kind != privateChat {
		p.ReplyTo = m.idFor(a)
	}
	switch b.Asks {
	case "":
		return w.Send(person, chatID, p)
	case AskContact:
		p.Content = Content{Kind: KindContact, Contact: &Contact{Phone: g.Phone, FirstName: a.first, LastName: a.last, UserID: a.id}}
		return w.sendAsked(person, chatID, p, g.Phone != "")
	case AskLocation:
		p.Content = Content{Kind: KindLocation, Location: g.Location}
		return w.sendAsked(person, chatID, p, g.Location != nil && g.Location.fault() == nil)
	case AskPoll:
		p.Content = Content{Kind: KindPoll, Poll: g.Poll}
		return w.sendAsked(person, chatID, p, g.Poll != nil && (b.Poll == "" || (b.Poll == "quiz") == g.Poll.Quiz))
	case AskUsers:
		return w.shareUsers(a, c, b, g.Users)
	case AskChat:
		return w.shareChat(a, c, b, g.Chat)
	case AskWebApp, AskManagedBot:
		return 0, fmt.Errorf("press a key that opens a page: %w", ErrNotAllowed)
	default:
		panic("telegram: unknown key " + string(b.Asks))
	}
}

// find is the key with that text; false = there is none.
func (k *Keyboard) find(text string) (Key, bool) {
	if k == nil {
		return Key{}, false
	}
	for _, row := range k.Rows {
		for _, b := range row {
			if b.Text == text {
				return b, true
			}
		}
	}
	return Key{}, false
}

func (w *World) sendAsked(person, chatID int64, p Post, whole bool) (int, error) {
	if !whole {
		return 0, fmt.Errorf("give a key something else than it asks for: %w", ErrNotAllowed)
	}
	return w.Send(person, chatID, p)
}

func (w *World) shareUsers(a *account, c *chat, b Key, users []int64) (int, error) {
	if len(users) == 0 || len(users) > b.Max {
		return 0, fmt.Errorf("share %d people: %w", len(users), ErrNotAllowed)
	}
	for _, id := range users {
		if u := w.person(id); differs(b.Bots, u.isBot) || differs(b.Wish.Premium, u.premium) {
			return 0, fmt.Errorf("share %d: %w", id, ErrNotAllowed)
		}
	}
	return w.share(a, c, &Service{UsersShared: &UsersShared{users, b.Request, b}}), nil
}

func (w *World) shareChat(a *account, c *chat, b Key, id int64) (int, error) {
	shared := w.group(id)
	if (shared.kind == channel) != b.Channel || !shared.inside(a) || !shared.fulfils(b.Wish, a, c.peer) {
		return 0, fmt.Errorf("share the chat %d: %w", id, ErrNotAllowed)
	}
	return w.share(a, c, &Service{ChatShared: &ChatShared{id, b.Request, b}}), nil
}

// differs says whether something isn't as it is wished; nil wishes nothing.
func differs(wish *bool, is bool) bool { return wish != nil && *wish != is }

// fulfils says whether the chat is what a key of the bot asks the person for.
func (c *chat) fulfils(wish Wish, a, bot *account) bool {
	mine, theirs := c.standing(a), c.standing(bot)
	return !differs(wish.Forum, c.forum) && !differs(wish.Named, c.username != "") &&
		(!wish.Own || mine.status == statusCreator) && (!wish.Bot || theirs.inside()) &&
		mine.hasAll(wish.Mine) && theirs.hasAll(wish.Theirs)
}

// hasAll says whether an administrator holds all these rights; nil = none.
func (m *member) hasAll(rights *Rights) bool {
	if rights == nil {
		return true
	}
	if !m.admin() {
		return false
	}
	given := m.rights.named()
	for i, n := range rights.named() {
		if *n.on && !*given[i].on && m.status != statusCreator {
			return false
		}
	}
	return true
}

func (w *World) share(a *account, c *chat, s *Service) int {
	return w.post(draft{chat: c, from: a, content: Content{Kind: KindService, Service: s}}).idFor(a)
}
