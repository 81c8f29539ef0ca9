package telegram

import (
	"fmt"
	"slices"
	"time"
)

// What a chat is called, shows and does by itself, as people set it.

// SetTitle renames a group or channel, with the service message.
func (w *World) SetTitle(by, chatID int64, title string) error {
	c, a := w.group(chatID), w.person(by)
	if !w.mayChangeInfo(c, a) {
		return fmt.Errorf("rename chat: %w", ErrNotAllowed)
	}
	w.retitleChat(a, c, title)
	return nil
}

func (w *World) retitleChat(by *account, c *chat, title string) {
	c.title = title
	w.say(by, c, nil, Service{NewTitle: title})
}

// SetAbout sets the description; nobody is told.
func (w *World) SetAbout(by, chatID int64, about string) error {
	c, a := w.group(chatID), w.person(by)
	if !w.mayChangeInfo(c, a) {
		return fmt.Errorf("describe chat: %w", ErrNotAllowed)
	}
	c.about = about
	return nil
}

// SetPhoto gives the chat a photo, with the service message. Of f only Name
// and Data count.
func (w *World) SetPhoto(by, chatID int64, f File) error {
	c, a := w.group(chatID), w.person(by)
	if !w.mayChangeInfo(c, a) {
		return fmt.Errorf("set chat photo: %w", ErrNotAllowed)
	}
	w.setPhoto(a, c, f)
	return nil
}

func (w *World) setPhoto(by *account, c *chat, f File) {
	c.photo = w.newChatPhoto(File{Name: f.Name, Data: f.Data})
	w.say(by, c, nil, Service{NewPhoto: c.photo})
}

// DeletePhoto takes the chat's photo away, with the service message.
func (w *World) DeletePhoto(by, chatID int64) error {
	c, a := w.group(chatID), w.person(by)
	if !w.mayChangeInfo(c, a) || c.photo == nil {
		return fmt.Errorf("delete chat photo: %w", ErrNotAllowed)
	}
	w.dropPhoto(a, c)
	return nil
}

func (w *World) dropPhoto(by *account, c *chat) {
	c.photo = nil
	w.say(by, c, nil, Service{PhotoDeleted: true})
}

// slowModes are the delays that slow mode can have, in seconds (TDLib source).
var slowModes = []int{0, 5, 10, 30, 60, 300, 900, 3600}

// SetSlowMode lets ordinary members of a supergroup write only once in so
// many seconds: 0 (off), 5, 10, 30, 60, 300, 900 or 3600. Bots are not told.
func (w *World) SetSlowMode(by, chatID int64, seconds int) error {
	c, a := w.group(chatID), w.person(by)
	if c.kind != supergroup || !c.standing(a).can(canRestrict) || !slices.Contains(slowModes, seconds) {
		return fmt.Errorf("set slow mode: %w", ErrNotAllowed)
	}
	c.slow, c.wrote = seconds, nil
	return nil
}

// slowWait is how long the account must wait before it may write there again.
func (w *World) slowWait(c *chat, a *account) time.Duration {
	if c.slow == 0 || c.standing(a).admin() {
		return 0
	}
	last, ok := c.wrote[a.id]
	if !ok {
		return 0
	}
	return max(0, last.Add(time.Duration(c.slow)*time.Second).Sub(w.now))
}

// noteWritten remembers when members of a group in slow mode wrote last.
func (w *World) noteWritten(m *message) {
	c := m.chat
	if c.slow == 0 || m.author == nil || m.service() {
		return
	}
	if c.wrote == nil {
		c.wrote = map[int64]time.Time{}
	}
	c.wrote[m.author.id] = w.now
}

// maxAutoDelete is the longest time after which messages delete themselves,
// in seconds: a year (Telegram's apps).
const maxAutoDelete = 366 * 24 * 60 * 60

// SetAutoDelete makes messages that are sent from now on delete themselves
// after so many seconds, 0 = no longer, with the service message. In a
// private chat, which is named by the bot's id, the person may.
func (w *World) SetAutoDelete(by, chatID int64, seconds int) error {
	a := w.person(by)
	c := w.chatOf(a, chatID)
	switch {
	case c == nil, c.kind == talkChat, !c.inside(a), seconds < 0, seconds > maxAutoDelete,
		c.kind != privateChat && !c.standing(a).can(canChangeInfo):
		return fmt.Errorf("set auto-delete: %w", ErrNotAllowed)
	case int(c.ttl) == seconds:
		return nil
	}
	c.ttl = int32(seconds)
	w.say(a, c, nil, Service{AutoDelete: &seconds})
	return nil
}

// willDelete plans the end of a message in a chat with auto-delete.
func (w *World) willDelete(m *message) {
	if m.chat.ttl == 0 || m.service() {
		return
	}
	w.plan(w.now.Add(time.Duration(m.chat.ttl)*time.Second), func() {
		if !m.deleted {
			w.erase(m)
		}
	})
}
