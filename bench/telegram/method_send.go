package telegram

import (
	"encoding/json"
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

	"sendMessageDraft": sendMessageDraft,
}

// send posts content and answers with the message.
func (c *call) send(content Content) (any, *problem) {
	markup, other, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	if c.args.str("business_connection_id") != "" {
		return c.sendBusiness([]Content{content}, draft{markup: markup, keyboard: other})
	}
	p, bad := c.place()
	if bad != nil {
		return nil, bad
	}
	if bad := c.mayPost(p, content.Kind, 1, checkLength(content)); bad != nil {
		return nil, bad
	}
	d := c.draft(p, content)
	d.markup, d.keyboard = markup, other
	m := c.w.post(d)
	c.sent = append(c.sent, m.idFor(c.bot.me))
	return c.w.messageFor(c.bot.me, m, false), nil
}

// checkLength is what the server says to texts and captions that are too long.
func checkLength(content Content) *problem {
	n := characters(content.Text)
	switch {
	case content.Kind == KindText && n > maxText:
		return fail(textTooLong)
	case content.Kind != KindText && n > maxCaption:
		return fail(captionTooLong)
	default:
		return nil
	}
}

// mayPost asks everything that may still refuse a message: rights, length,
// the person, and last the limits, which count only what would be sent.
func (c *call) mayPost(p place, k Kind, cost int, length *problem) *problem {
	if bad := c.w.maySend(p.chat, c.bot.me, p.topic, k); bad != nil {
		return bad
	}
	if length != nil {
		return length
	}
	if bad := p.chat.refusedByPerson(); bad != nil {
		return bad
	}
	return c.spend(p.chat, c.posting(), cost)
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
		f, bad := c.fileArg(k)
		if bad != nil {
			return nil, bad
		}
		content := Content{Kind: f.Kind, File: f, Spoiler: c.args.flag("has_spoiler")}
		if content.Kind.hasCaption() {
			if bad := c.captionArgs(&content); bad != nil {
				return nil, bad
			}
		}
		return c.send(content)
	}
}

func (c *call) location() (*Location, *problem) {
	lat, ok1 := c.args.decimal("latitude")
	lon, ok2 := c.args.decimal("longitude")
	if !ok1 || !ok2 {
		return nil, fail(badLocation)
	}
	accuracy, _ := c.args.decimal("horizontal_accuracy")
	return &Location{Latitude: lat, Longitude: lon, LivePeriod: c.args.number("live_period"), Accuracy: accuracy}, nil
}

func sendLocation(c *call) (any, *problem) {
	at, bad := c.location()
	if bad != nil {
		return nil, bad
	}
	return c.send(Content{Kind: KindLocation, Location: at})
}

func sendVenue(c *call) (any, *problem) {
	at, bad := c.location()
	if bad != nil {
		return nil, bad
	}
	return c.send(Content{Kind: KindVenue, Venue: &Venue{
		Location: *at, Title: c.args.str("title"), Address: c.args.str("address"),
		FoursquareID: c.args.str("foursquare_id"),
	}})
}

func sendContact(c *call) (any, *problem) {
	switch {
	case c.args.str("phone_number") == "":
		return nil, fail(contactPhone)
	case c.args.str("first_name") == "":
		return nil, fail(contactName)
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
	faces := diceFaces[emoji]
	if faces == 0 {
		return nil, fail(diceEmoji)
	}
	return c.send(Content{Kind: KindDice, Dice: &Dice{emoji, 1 + c.w.rnd.IntN(faces)}})
}

// Limits of polls (Bot API docs).
const (
	minPollOptions = 2
	maxPollOptions = 12
)

func sendPoll(c *call) (any, *problem) {
	var raw []json.RawMessage
	if json.Unmarshal([]byte(c.args.str("options")), &raw) != nil {
		return nil, fail(pollOptions)
	}
	p := &Poll{
		Question: c.args.str("question"), Multiple: c.args.flag("allows_multiple_answers"),
		Public: c.args.has("is_anonymous") && !c.args.flag("is_anonymous"),
		Quiz:   c.args.str("type") == "quiz", Correct: c.args.number("correct_option_id"),
		Closed: c.args.flag("is_closed"), byAccount: c.bot.me.id,
	}
	for _, r := range raw {
		var o struct{ Text string }
		if json.Unmarshal(r, &o) != nil && json.Unmarshal(r, &o.Text) != nil {
			return nil, fail(pollOptions)
		}
		p.Options = append(p.Options, PollOption{Text: o.Text})
	}
	switch {
	case p.Question == "":
		return nil, fail(pollQuestion)
	case len(p.Options) < minPollOptions:
		return nil, fail(pollOptions)
	case len(p.Options) > maxPollOptions:
		return nil, fail(pollOptionsMany)
	}
	return c.send(Content{Kind: KindPoll, Poll: p})
}

// addPoll gives a poll its id.
func (w *World) addPoll(p *Poll) {
	w.nextQuery++
	p.ID, p.votes = itoa(w.nextQuery), map[int64][]int{}
	w.polls[p.ID] = p
}

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
	if bad := to.refusedByPerson(); bad != nil {
		return nil, bad
	}
	return true, c.spend(to, chatAction, 1)
}

// sendMessageDraft shows a text that is still being written, for 30 seconds;
// nothing is kept of it here.
func sendMessageDraft(c *call) (any, *problem) {
	if _, _, bad := c.formatted(c.args.str("text"), c.args.str("parse_mode"), c.args.str("entities")); bad != nil {
		return nil, bad
	}
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	if to.kind != privateChat {
		return nil, fail(draftPeer)
	}
	id := c.threadID()
	if id != 0 && (!to.hasTopics() || to.topicOf(id) == nil) {
		return nil, fail(topicInvalid)
	}
	if bad := to.refusedByPerson(); bad != nil {
		return nil, bad
	}
	return true, c.spend(to, drafting, 1)
}
