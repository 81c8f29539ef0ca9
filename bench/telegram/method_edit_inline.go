package telegram

// Editing messages that people have sent through the bot, which knows them
// only by inline_message_id. TDLib sees no such message, so it checks less,
// and Telegram's servers decide.

// inlineEdits are what the editing methods do without chat_id and message_id.
var inlineEdits = map[string]handler{
	"editMessageText":         inlineText,
	"editMessageCaption":      inlineCaption,
	"editMessageMedia":        inlineMedia,
	"editMessageReplyMarkup":  inlineMarkup,
	"editMessageLiveLocation": inlineLiveLocation,
	"stopMessageLiveLocation": inlineStop,
}

// orInline chooses between a method and what it does for an inline message
// (Bot API server source).
func orInline(own, inline handler) handler {
	return func(c *call) (any, *problem) {
		if c.args.str("chat_id") == "" && c.args.number("message_id") == 0 {
			return inline(c)
		}
		return own(c)
	}
}

// editInline does an edit: fault is what TDLib says about the new content,
// change makes it of the old one.
func (c *call) editInline(keys markup, fault *problem, change func(old Content) (Content, *problem)) (any, *problem) {
	id := c.args.str("inline_message_id")
	if id == "" {
		return nil, fail(noMessageID)
	}
	if bad := keys.suits(anywhere, true); bad != nil {
		return nil, bad
	}
	if !wellFormedInline(id) {
		return nil, fail(inlineGarbled)
	}
	if fault != nil {
		return nil, fault
	}
	m := c.w.inlineMessage(c.bot, id)
	if m == nil {
		return nil, fail(inlineUnknown)
	}
	content, bad := change(m.content())
	if bad != nil {
		return nil, bad
	}
	return c.applyInline(m, content, keys)
}

// applyInline is what Telegram's servers do with an edit.
func (c *call) applyInline(m *message, content Content, keys markup) (any, *problem) {
	for _, bad := range []*problem{keys.pressable(anywhere), content.refused(), checkEditLength(content)} {
		if bad != nil {
			return nil, bad
		}
	}
	if m.content().same(content) && string(m.markup) == string(keys.shown()) {
		return nil, fail(notModified)
	}
	if bad := c.spend(m.chat, editing, 1); bad != nil {
		return nil, bad
	}
	m.setContent(content)
	m.setMarkup(keys.shown())
	m.edit = c.w.unix()
	c.w.deliverEdit(m)
	return true, nil
}

// reworded is content with another text or caption: with only words in the
// edit, it is Telegram's servers that know which of them it is.
func reworded(old, given Content) (Content, *problem) {
	switch {
	case old.Kind == KindText && given.Text == "":
		return Content{}, fail(inlineEmpty)
	case old.Kind == KindText:
		given.Kind, given.Above = KindText, false
		return given, nil
	case !old.Kind.hasCaption():
		return Content{}, fail(inlineWrongKind)
	}
	old.Text, old.Entities = given.Text, given.Entities
	old.Above = given.Above && old.Kind.captionAbove()
	return old, nil
}

func inlineText(c *call) (any, *problem) {
	given, bad := c.textArgs()
	if bad != nil {
		return nil, bad
	}
	keys, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	return c.editInline(keys, given.inlineFault(), func(old Content) (Content, *problem) { return reworded(old, given) })
}

func inlineCaption(c *call) (any, *problem) {
	keys, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	var given Content
	if bad := c.captionArgs(&given); bad != nil {
		return nil, bad
	}
	return c.editInline(keys, given.late, func(old Content) (Content, *problem) { return reworded(old, given) })
}

// inlineMedia takes files that Telegram has already, or URLs (Bot API docs).
func inlineMedia(c *call) (any, *problem) {
	keys, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	given, bad := c.mediaArg()
	switch {
	case bad != nil:
		return nil, bad
	case given.uploaded():
		return c.editInline(keys, fail(inlineUpload), nil)
	case c.args.str("inline_message_id") == "":
		return nil, fail(noMessageID)
	}
	content, bad := c.made(given)
	if bad != nil {
		return nil, bad
	}
	return c.editInline(keys, nil, func(old Content) (Content, *problem) {
		if !old.Kind.hasMedia() {
			return Content{}, fail(inlineWrongKind)
		}
		return content, nil
	})
}

// uploaded says whether any of the medium's files comes with the call.
func (m medium) uploaded() bool {
	return m.file.ref == "" || m.photo != nil && m.photo.ref == "" || m.cover != nil && m.cover.ref == ""
}

func inlineMarkup(c *call) (any, *problem) {
	keys, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	return c.editInline(keys, nil, func(old Content) (Content, *problem) { return old, nil })
}

func inlineLiveLocation(c *call) (any, *problem) {
	at, bad := c.location()
	if bad != nil {
		return nil, bad
	}
	c.liveArgs(&at)
	return c.moveInline(&at)
}

func inlineStop(c *call) (any, *problem) { return c.moveInline(nil) }

// moveInline moves a live place, or ends its movement if to is nil.
func (c *call) moveInline(to *Location) (any, *problem) {
	keys, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	var fault *problem
	if to != nil {
		fault = to.moveFault()
	}
	return c.editInline(keys, fault, func(old Content) (Content, *problem) {
		m := c.w.inlineMessage(c.bot, c.args.str("inline_message_id"))
		if old.Kind != KindLocation || !c.w.live(m) {
			return Content{}, fail(inlineWrongKind)
		}
		if to == nil {
			at := old.Location.still()
			return Content{Kind: KindLocation, Location: &at}, nil
		}
		switch period := old.Location.LivePeriod; {
		case to.LivePeriod == 0:
			to.LivePeriod = period
		case to.LivePeriod != LiveForever && !within90Days(to.LivePeriod, period):
			return Content{}, fail(badLivePeriod)
		}
		return Content{Kind: KindLocation, Location: to}, nil
	})
}

// moveFault is what TDLib says about where a live place is moved to.
func (l Location) moveFault() *problem {
	if !l.onMap() {
		return fail(badLocation)
	}
	return (Location{Heading: l.Heading, Proximity: l.Proximity}).fault()
}
