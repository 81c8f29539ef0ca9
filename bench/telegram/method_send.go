package telegram

import (
	"slices"
	"strings"
)

// sendMethods are the methods that send one message.
var sendMethods = map[string]handler{
	"sendMessage":    sendMessage,
	"sendPhoto":      sendMedia(KindPhoto),
	"sendVideo":      sendMedia(KindVideo),
	"sendAnimation":  sendMedia(KindAnimation),
	"sendAudio":      sendMedia(KindAudio),
	"sendVoice":      sendMedia(KindVoice),
	"sendVideoNote":  sendMedia(KindVideoNote),
	"sendDocument":   sendMedia(KindDocument),
	"sendSticker":    sendMedia(KindSticker),
	"sendLocation":   sendLocation,
	"sendVenue":      sendVenue,
	"sendContact":    sendContact,
	"sendPoll":       sendPoll,
	"sendDice":       sendDice,
	"sendChatAction": sendChatAction,
}

// send posts content and answers with the message.
func (c *call) send(content Content) (any, *problem) {
	return c.sendMade(func() (Content, *problem) { return content, nil })
}

// sendMade posts content that is made only after the place is known, and
// answers with the message.
func (c *call) sendMade(content func() (Content, *problem)) (any, *problem) {
	reply, bad := c.replyArgs()
	if bad != nil {
		return nil, bad
	}
	keys, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	if c.args.str("business_connection_id") != "" {
		return c.sendForOwner(reply, keys, content)
	}
	p, bad := c.sendPlace(reply)
	if bad != nil {
		return nil, bad
	}
	if bad := c.ready(p, keys); bad != nil {
		return nil, bad
	}
	effect, bad := c.effect(p.chat)
	if bad != nil {
		return nil, bad
	}
	what, bad := content()
	if bad != nil {
		return nil, bad
	}
	if bad := c.w.kindAllowed(p, c.bot.me, what); bad != nil {
		return nil, bad
	}
	if bad := c.placeable(p, keys, []Content{what}, 1); bad != nil {
		return nil, bad
	}
	d := c.draft(p, what)
	d.markup, d.keyboard, d.effect = keys.shown(), keys.keys, effect
	m := c.w.post(d)
	c.sent = append(c.sent, m.idFor(c.bot.me))
	return c.w.messageFor(c.bot.me, m, false), nil
}

// sendForOwner sends content for a business account.
func (c *call) sendForOwner(reply replyArgs, keys markup, content func() (Content, *problem)) (any, *problem) {
	on, bad := c.behalf()
	if bad != nil {
		return nil, bad
	}
	what, bad := content()
	if bad != nil {
		return nil, bad
	}
	if bad := what.fault(talk); bad != nil {
		return nil, bad
	}
	if bad := keys.suits(talk, false); bad != nil {
		return nil, bad
	}
	effect, bad := c.effect(talk)
	if bad != nil {
		return nil, bad
	}
	return c.sendBusiness(on, reply, []Content{what}, draft{markup: keys.shown(), keyboard: keys.keys, effect: effect})
}

// talk stands for any chat of a business account: they are all private.
var talk = &chat{kind: privateChat}

// ready is what TDLib checks before it looks at what is sent: whether the
// bot may write there at all, and the keyboard.
func (c *call) ready(p place, keys markup) *problem {
	if p.chat.kind == channel {
		if bad := c.w.maySend(p.chat, c.bot.me, p.topic, KindText); bad != nil {
			return bad
		}
	}
	return keys.suits(p.chat, false)
}

// kindAllowed is what TDLib says about what is sent: first whether it is
// whole, then whether the account may send it there.
func (w *World) kindAllowed(p place, a *account, content Content) *problem {
	if bad := content.fault(p.chat); bad != nil {
		return bad
	}
	return w.maySend(p.chat, a, p.topic, content.Kind)
}

// placeable is what Telegram's servers say at last: the person, the
// keyboard, the lengths of captions, and the limits, which count only what
// would be sent.
func (c *call) placeable(p place, keys markup, contents []Content, cost int) *problem {
	if bad := p.chat.refusedByPerson(); bad != nil {
		return bad
	}
	if bad := keys.pressable(p.chat); bad != nil {
		return bad
	}
	for _, content := range contents {
		if bad := content.refused(); bad != nil {
			return bad
		}
	}
	if bad := c.spend(p.chat, c.posting(), cost); bad != nil {
		return bad
	}
	return c.slowMode(p.chat)
}

// slowMode makes a bot wait that is no administrator, as a flood does: what
// is short is waited for inside Telegram (TDLib source).
func (c *call) slowMode(to *chat) *problem {
	wait := wholeSeconds(c.w.slowWait(to, c.bot.me))
	switch {
	case wait == 0, c.paid: // paid: it has waited
		return nil
	case wait <= c.w.knobs.HideUpTo:
		return &problem{situation: heldBack, hold: wait}
	default:
		return floodProblem(wait)
	}
}

// refused is what Telegram's servers say about the content itself.
func (c Content) refused() *problem {
	for _, f := range []*File{c.File, c.Cover, c.Live} {
		switch {
		case f == nil:
		case f.refused != nil:
			return f.refused
		case f.Invalid:
			return fail(mediaInvalid)
		}
	}
	if c.Paid != nil {
		for _, item := range c.Paid.Media {
			if bad := item.refused(); bad != nil {
				return bad
			}
		}
	}
	if c.Dice != nil && diceFaces[c.Dice.Emoji] == 0 {
		return fail(diceEmoji)
	}
	if c.Kind.hasCaption() && characters(c.Text) > maxCaption {
		return fail(captionTooLong)
	}
	return nil
}

// effects are the animations that any account may add to a message (Bot API
// docs name none; these are what clients offer without Premium).
var effects = []string{
	"5104841245755180586", "5107584321108051014", "5104858069142078462",
	"5159385139981059251", "5046509860389126442", "5046589136895476101",
}

// effect reads message_effect_id, which only private chats take.
func (c *call) effect(to *chat) (string, *problem) {
	id := leadingInt(c.args.str("message_effect_id"))
	switch {
	case id == 0:
		return "", nil
	case to.kind != privateChat:
		return "", fail(effectChat)
	case !slices.Contains(effects, itoa(id)):
		return "", fail(effectUnknown)
	default:
		return itoa(id), nil
	}
}

func sendMessage(c *call) (any, *problem) {
	content, bad := c.textArgs()
	if bad != nil {
		return nil, bad
	}
	return c.send(content)
}

// sendMedia does the methods that send one file.
func sendMedia(k Kind) handler {
	return func(c *call) (any, *problem) {
		field, word := mediaField(k)
		src, ok := c.fileIn(k, field, c.args.str(field))
		if !ok {
			return nil, fail(noFileInRequest, word)
		}
		src.thumb = c.thumbIn("")
		src.given = c.fileArgs(k)
		src.asFile = k == KindDocument && c.args.flag("disable_content_type_detection")
		m := medium{file: src}
		if k == KindVideo {
			if cover, ok := c.fileIn(KindPhoto, "cover", c.args.str("cover")); ok {
				m.cover = &cover
			}
			m.content.StartAt = int(c.args.integer("start_timestamp", 0, 0, maxDuration))
		}
		if k.hasCaption() {
			if bad := c.captionArgs(&m.content); bad != nil {
				return nil, bad
			}
		}
		if k.captionAbove() {
			m.content.Spoiler = c.args.flag("has_spoiler")
		}
		return c.sendMade(func() (Content, *problem) { return c.made(m) })
	}
}

// mediaField is the argument that carries the file of a kind, and the word
// by which the server names it.
func mediaField(k Kind) (field, word string) {
	if k == KindVideoNote {
		return "video_note", "video note"
	}
	return string(k), string(k)
}

// fileArgs is what the caller says about an uploaded file.
func (c *call) fileArgs(k Kind) File {
	number := func(name string, high int64) int { return int(c.args.integer(name, 0, 0, high)) }
	var f File
	switch k {
	case KindVideo, KindAnimation:
		f = File{Duration: number("duration", maxDuration), Width: number("width", maxLength), Height: number("height", maxLength)}
	case KindAudio:
		f = File{Duration: number("duration", maxDuration), Title: c.args.str("title"), Performer: c.args.str("performer")}
	case KindVoice:
		f = File{Duration: number("duration", maxDuration)}
	case KindVideoNote:
		f = File{Duration: number("duration", maxDuration), Width: number("length", maxLength)}
		f.Height = f.Width
	case KindSticker:
		f = File{Emoji: c.args.str("emoji")}
	}
	return f
}

func sendContact(c *call) (any, *problem) {
	for _, name := range []string{"phone_number", "first_name"} {
		if c.args.str(name) == "" {
			return nil, fail(missingParam, name)
		}
	}
	return c.send(Content{Kind: KindContact, Contact: &Contact{
		Phone: c.args.str("phone_number"), FirstName: c.args.str("first_name"),
		LastName: c.args.str("last_name"), VCard: c.args.str("vcard"),
	}})
}

// diceFaces are the emoji that Telegram throws and the number of their values (Bot API docs).
var diceFaces = map[string]int{"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}

func sendDice(c *call) (any, *problem) {
	emoji := c.args.str("emoji")
	if emoji == "" {
		emoji = "🎲"
	}
	return c.sendMade(func() (Content, *problem) {
		return Content{Kind: KindDice, Dice: &Dice{emoji, c.w.throw(emoji)}}, nil
	})
}

// throw is the value that a die of that emoji shows.
func (w *World) throw(emoji string) int { return 1 + w.rnd.IntN(max(1, diceFaces[emoji])) }

// chatActions are the words of sendChatAction (Bot API docs).
var chatActions = []string{
	"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
	"record_audio", "upload_audio", "upload_document", "choose_sticker", "find_location",
	"record_video_note", "upload_video_note", "cancel", "pick_up_location",
}

func chatActionKnown(action string) bool {
	return slices.Contains(chatActions, strings.ToLower(action))
}

func sendChatAction(c *call) (any, *problem) {
	if !chatActionKnown(c.args.str("action")) {
		return nil, fail(badAction)
	}
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	switch m := to.standing(c.bot.me); {
	case c.args.number("message_thread_id") > 0 && to.kind != privateChat && to.kind != supergroup:
		return nil, fail(actionNoForum)
	case m.admin() && m.rights.Anonymous:
		return true, nil // nobody would be shown, so that Telegram isn't asked (TDLib source)
	}
	if bad := to.refusedByPerson(); bad != nil {
		return nil, bad
	}
	return true, c.spend(to, chatAction, 1)
}
