package telegram

import (
	"cmp"
	"time"
)

// editReader reads from the arguments what an edit does to a message.
type editReader func(c *call) (change func(old Content) Content, bad *problem)

func editsText(c *call) (func(Content) Content, *problem) {
	given, bad := c.textArgs()
	return func(old Content) Content {
		if old.Kind == KindText {
			return given
		}
		old.Text, old.Entities, old.late = given.Text, given.Entities, given.late // a text is the caption of what has a file
		return old
	}, bad
}

func editsCaption(c *call) (func(Content) Content, *problem) {
	var given Content
	bad := c.captionArgs(&given)
	return func(old Content) Content {
		old.Text, old.Entities, old.Above, old.late = given.Text, given.Entities, given.Above, given.late
		return old
	}, bad
}

func editsMedia(c *call) (func(Content) Content, *problem) {
	m, bad := c.mediaArg()
	if bad != nil {
		return nil, bad
	}
	given, bad := c.made(m)
	return func(Content) Content { return given }, bad
}

func editsChecklist(c *call) (func(Content) Content, *problem) {
	list, bad := c.checklistArg()
	return func(Content) Content { return Content{Kind: KindChecklist, Checklist: list} }, bad
}

func editsPlace(c *call) (func(Content) Content, *problem) {
	at, bad := c.location()
	c.liveArgs(&at)
	return func(old Content) Content {
		if old.Location == nil || old.Location.LivePeriod == 0 {
			return old
		}
		if at.LivePeriod == 0 {
			at.LivePeriod = old.Location.LivePeriod
		}
		return Content{Kind: KindLocation, Location: &at}
	}, cmp.Or(bad, at.fault())
}

func editsPlaceAway(*call) (func(Content) Content, *problem) {
	return func(old Content) Content {
		if old.Location == nil {
			return old
		}
		at := old.Location.still()
		return Content{Kind: KindLocation, Location: &at}
	}, nil
}

// stopBusinessPoll ends a poll of the owner's side. What Telegram says about
// other messages is not known.
func stopBusinessPoll(c *call) (any, *problem) {
	keys, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	on, bad := c.behalfMessage()
	if bad != nil {
		return nil, bad
	}
	m, bad := c.businessMessage(on, on.Rights.Reply)
	if bad == nil {
		bad = c.businessEditable(on, m)
	}
	switch {
	case bad != nil:
		return nil, bad
	case m.content().Poll == nil || m.content().Poll.Closed:
		return nil, fail(messageIDInvalid)
	}
	if bad := c.spend(on.chat, editing, 1); bad != nil {
		return nil, bad
	}
	p := m.content().Poll
	p.Closed = true
	m.setMarkup(keys.shown())
	c.sent = append(c.sent, m.idFor(on.owner))
	return c.w.pollObject(c.bot.me, p, true), nil
}

func editsMarkup(*call) (func(Content) Content, *problem) {
	return func(old Content) Content { return old }, nil
}

// businessEdit edits a message of the owner's side.
func businessEdit(read editReader) handler {
	return func(c *call) (any, *problem) {
		change, bad := read(c)
		if bad != nil {
			return nil, bad
		}
		keys, bad := c.markup()
		if bad == nil {
			bad = keys.suits(talk, true)
		}
		if bad != nil {
			return nil, bad
		}
		markup := keys.shown()
		on, bad := c.behalfMessage()
		if bad != nil {
			return nil, bad
		}
		m, bad := c.businessMessage(on, on.Rights.Reply)
		if bad != nil {
			return nil, bad
		}
		content := change(m.content())
		if bad := cmp.Or(c.businessEditable(on, m), checkEditLength(content)); bad != nil {
			return nil, bad
		}
		if m.content().same(content) && string(m.markup) == string(markup) {
			return nil, fail(notModified)
		}
		if bad := c.spend(on.chat, editing, 1); bad != nil {
			return nil, bad
		}
		m.setContent(content)
		m.setMarkup(markup)
		m.edit = c.w.unix()
		c.sent = append(c.sent, m.idFor(on.owner))
		c.w.tellBusiness(m, updBusinessEdited, c.bot)
		return c.w.businessObject(on.connection, m, false), nil
	}
}

// editAge is how old a message of the owner may be for the bot to edit it,
// unless the bot sent it or it has an inline keyboard (Bot API docs).
const editAge = 48 * time.Hour

func (c *call) businessEditable(on behalf, m *message) *problem {
	switch {
	case m.author != on.owner, m.service(), m.origin != nil:
		return fail(messageAuthor)
	case m.business != c.bot && m.markup == nil && c.w.now.Sub(time.Unix(m.date, 0)) >= editAge:
		return fail(editExpired)
	default:
		return nil
	}
}
