package telegram

import ()

// businessMethods are the methods about business connections.
var businessMethods = map[string]handler{
	"getBusinessConnection":  getBusinessConnection,
	"readBusinessMessage":    readBusinessMessage,
	"deleteBusinessMessages": deleteBusinessMessages,
}

// onBehalf are what other methods do when business_connection_id is given.
var onBehalf = map[string]handler{
	"sendMediaGroup":          businessAlbum,
	"sendChatAction":          businessAction,
	"editMessageText":         businessEdit(editsText),
	"editMessageCaption":      businessEdit(editsCaption),
	"editMessageMedia":        businessEdit(editsMedia),
	"editMessageReplyMarkup":  businessEdit(editsMarkup),
	"editMessageChecklist":    businessEdit(editsChecklist),
	"editMessageLiveLocation": businessEdit(editsPlace),
	"stopMessageLiveLocation": businessEdit(editsPlaceAway),
	"stopPoll":                stopBusinessPoll,
	"pinChatMessage":          businessPin(true),
	"unpinChatMessage":        businessPin(false),
}

// orOnBehalf chooses between a method and what it does for a business account.
func orOnBehalf(own, business handler) handler {
	return func(c *call) (any, *problem) {
		if c.args.str("business_connection_id") != "" {
			return business(c)
		}
		return own(c)
	}
}

// behalf is the connection of a call and the person on the other side.
type behalf struct {
	*connection
	other *account // nil = nobody of that id
	chat  *chat    // nil = the two never wrote
}

// connectionArg finds the connection; one that was ended is found too (TDLib
// source, check_business_connection).
func (c *call) connectionArg() (*connection, *problem) {
	k := c.w.connections[c.args.str("business_connection_id")]
	if k == nil || k.bot != c.bot {
		return nil, fail(connectionNotFound)
	}
	return k, nil
}

// behalf finds connection and chat, in the server's order.
func (c *call) behalf() (behalf, *problem) {
	ref := c.args.str("chat_id")
	if ref == "" {
		return behalf{}, fail(businessNoChat)
	}
	id, whole := wholeInt(ref, 64)
	if !whole {
		return behalf{}, fail(businessBadChat)
	}
	k, bad := c.connectionArg()
	switch {
	case bad != nil:
		return behalf{}, bad
	case id <= 0:
		return behalf{}, fail(businessPrivateOnly)
	case id == k.owner.id:
		return behalf{}, fail(businessSelf)
	}
	on := behalf{connection: k, other: c.w.accounts[id]}
	if on.other != nil {
		on.chat = c.w.talkOf(k.owner, on.other)
	}
	return on, nil
}

// permitted is what Telegram itself looks at: whether the connection stands
// and covers the chat, the right, and whether the other side wrote within a
// day. That missing rights answer BOT_ACCESS_FORBIDDEN, and in this order, is
// a guess.
func (c *call) permitted(on behalf, may bool) *problem {
	switch {
	case !on.enabled:
		return fail(connectionInvalid)
	case on.chat == nil, !on.covers(on.other):
		return fail(businessPeer)
	case !may:
		return fail(businessRight)
	case !c.w.wroteLately(on.chat, on.other):
		return fail(businessIdle)
	case on.other.deleted:
		return fail(userDeactivated)
	default:
		return nil
	}
}

func getBusinessConnection(c *call) (any, *problem) {
	k, bad := c.connectionArg()
	if bad != nil {
		return nil, bad
	}
	return c.w.connectionObject(k), nil
}

// sendBusiness sends in the name of the owner.
func (c *call) sendBusiness(on behalf, reply replyArgs, contents []Content, draft draft) (any, *problem) {
	if bad := c.permitted(on, on.Rights.Reply); bad != nil {
		return nil, bad
	}
	for _, content := range contents {
		if bad := checkEditLength(content); bad != nil {
			return nil, bad
		}
	}
	if bad := c.spend(on.chat, c.posting(), c.albumCost(len(contents))); bad != nil {
		return nil, bad
	}
	draft.chat, draft.from, draft.business = on.chat, on.owner, c.bot
	draft.protected, draft.silent = c.args.flag("protect_content"), c.args.flag("disable_notification")
	if reply.chat == "" { // a reply to another chat is left out, as one to nothing is
		draft.reply = c.w.messageOf(on.owner, on.chat, reply.message)
	}
	if draft.reply != nil {
		draft.part = reply.part.of(draft.reply)
	}
	if draft.reply != nil && reply.quote != "" {
		var bad *problem
		if draft.quote, bad = reply.quoteOf(draft.reply); bad != nil {
			return nil, bad
		}
	}
	return c.postBusiness(on, contents, draft), nil
}

func (c *call) postBusiness(on behalf, contents []Content, d draft) any {
	if len(contents) > 1 {
		d.album = c.w.newAlbum()
	}
	var out []*messageObject
	for _, content := range contents {
		d.content = content
		m := c.w.post(d)
		c.sent = append(c.sent, m.idFor(on.owner))
		out = append(out, c.w.businessObject(on.connection, m, false))
	}
	if c.method == "sendMediaGroup" {
		return out
	}
	return out[0]
}

// albumCost is what n messages cost together.
func (c *call) albumCost(n int) int {
	if c.w.knobs.AlbumCostsEach {
		return n
	}
	return 1
}

// checkEditLength is about texts and captions that are too long, where the server doesn't put Telegram's
// words into its own.
func checkEditLength(content Content) *problem {
	n := characters(content.Text)
	switch {
	case content.late != nil:
		return content.late
	case content.Kind == KindText && n > maxText:
		return fail(editTextTooLong)
	case content.Kind != KindText && n > maxCaption:
		return fail(editCaptionLong)
	default:
		return nil
	}
}

func businessAlbum(c *call) (any, *problem) {
	reply, bad := c.replyArgs()
	if bad != nil {
		return nil, bad
	}
	media, bad := c.albumArg()
	if bad != nil {
		return nil, bad
	}
	on, bad := c.behalf()
	if bad != nil {
		return nil, bad
	}
	if len(media) == 0 {
		return nil, fail(albumEmpty)
	}
	items, bad := c.madeAlbum(media, func(item Content) *problem { return item.fault(talk) })
	if bad != nil {
		return nil, bad
	}
	return c.sendBusiness(on, reply, items, draft{})
}

func businessAction(c *call) (any, *problem) {
	if !chatActionKnown(c.args.str("action")) {
		return nil, fail(badAction)
	}
	on, bad := c.behalf()
	if bad != nil {
		return nil, bad
	}
	if bad := c.permitted(on, on.Rights.Reply); bad != nil {
		return nil, bad
	}
	return true, c.spend(on.chat, chatAction, 1)
}

// businessMessage finds a message by the owner's number.
func (c *call) businessMessage(on behalf, may bool) (*message, *problem) {
	if bad := c.permitted(on, may); bad != nil {
		return nil, bad
	}
	m := c.w.messageOf(on.owner, on.chat, c.args.number("message_id"))
	if m == nil {
		return nil, fail(messageIDInvalid)
	}
	return m, nil
}

// behalfMessage is behalf with a look at message_id.
func (c *call) behalfMessage() (behalf, *problem) {
	on, bad := c.behalf()
	if bad == nil && c.args.number("message_id") == 0 {
		bad = fail(invalidMessageID)
	}
	return on, bad
}

func readBusinessMessage(c *call) (any, *problem) {
	on, bad := c.behalfMessage()
	if bad != nil {
		return nil, bad
	}
	m, bad := c.businessMessage(on, on.Rights.ReadMessages)
	if bad != nil {
		return nil, bad
	}
	if m.author == on.owner {
		return nil, fail(messageIDInvalid)
	}
	m.own().readByBusiness = true
	return true, nil
}

func deleteBusinessMessages(c *call) (any, *problem) {
	ids, bad := c.messageIDs()
	if bad != nil {
		return nil, bad
	}
	k, bad := c.connectionArg()
	if bad != nil {
		return nil, bad
	}
	if !k.enabled {
		return nil, fail(connectionInvalid)
	}
	var found []*message
	for _, id := range ids {
		m := k.owner.box.get(id)
		if m == nil || m.deleted || m.chat.kind != talkChat {
			continue
		}
		if len(found) > 0 && m.chat != found[0].chat {
			return nil, fail(messageIDInvalid)
		}
		found = append(found, m)
	}
	for _, m := range found {
		mine := m.business == c.bot && k.Rights.DeleteSentMessages
		switch {
		case !k.covers(m.chat.other(k.owner)):
			return nil, fail(businessPeer)
		case !mine && !k.Rights.DeleteAllMessages:
			return nil, fail(cantDelete)
		}
	}
	if len(found) > 0 {
		c.w.eraseBusiness(found[0].chat, found, c.bot)
	}
	return true, nil
}

// businessPin pins or unpins for both sides.
func businessPin(on bool) handler {
	return func(c *call) (any, *problem) {
		who, bad := c.behalf()
		if bad != nil {
			return nil, bad
		}
		m, bad := c.businessMessage(who, who.Rights.Reply)
		if bad != nil {
			return nil, bad
		}
		if m.service() {
			return nil, fail(messageIDInvalid)
		}
		if bad := c.spend(who.chat, pinning, 1); bad != nil {
			return nil, bad
		}
		if !on {
			who.chat.unpin(m)
			return true, nil
		}
		c.w.pinAs(draft{chat: who.chat, from: who.owner, business: c.bot, silent: c.args.flag("disable_notification")}, m)
		return true, nil
	}
}
