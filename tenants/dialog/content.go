package dialog

import (
	"topicdesk/tenants"
)

// carriage says how one kind of content can be carried.
type carriage struct {
	// Free is how it goes when nothing is hidden, forbidden or added; "" = a note
	// says that it came: Telegram lets nobody copy or forward it.
	Free Way
	// Bound is how it goes otherwise: Write, or "" = as when free.
	Bound Way
	// Hidden is what HIDE_INFO makes of it in the group.
	Hidden disguise

	AsText   bool // its words go as a text: it can't go as itself
	Caption  bool // has words of its own: an author line goes into them
	Album    bool // may be part of an album
	Editable bool // a bot can edit its own message of this kind
	Noun     string
}

// disguise is what becomes of a kind where HIDE_INFO is set.
type disguise string

const (
	hideAnew   disguise = "anew"     // sent anew, its words as the group may see them
	hideStream disguise = "streamed" // the same; a file on which something hidden is written goes as a new one
	hideText   disguise = "text"     // its words, as the group may see them
	hideNote   disguise = "note"     // a line that says what came: it can't be had without what is hidden
)

// carriages is the closed table of kinds. A client's poll goes as text, because
// a copy would collect other votes; an operator's is made anew (see unpollable). A
// dice goes as text, because a copy rolls anew. What can't be copied (paid
// media, giveaways, invoices), what a bot can't edit, and what can't be sent by
// file id is told by the Bot API docs (copyMessage, editMessageText,
// editMessageCaption, sendGame); that stories, games and checklists can be
// copied, if at all, by TDLib's source (dup_message_content). Messages that
// Telegram itself calls service messages, and that come of what a client does,
// can neither be copied nor forwarded.
var carriages = map[tenants.Kind]carriage{
	tenants.KindText:      {Free: Copy, Bound: Write, Hidden: hideAnew, Caption: true, Editable: true, Noun: "a text"},
	tenants.KindPhoto:     {Free: Copy, Bound: Write, Hidden: hideAnew, Caption: true, Album: true, Editable: true, Noun: "a photo"},
	tenants.KindLivePhoto: {Free: Copy, Bound: Write, Hidden: hideAnew, Caption: true, Album: true, Editable: true, Noun: "a live photo"},
	tenants.KindVideo:     {Free: Copy, Bound: Write, Hidden: hideStream, Caption: true, Album: true, Editable: true, Noun: "a video"},
	tenants.KindAnimation: {Free: Copy, Bound: Write, Hidden: hideStream, Caption: true, Editable: true, Noun: "an animation"},
	tenants.KindAudio:     {Free: Copy, Bound: Write, Hidden: hideStream, Caption: true, Album: true, Editable: true, Noun: "an audio file"},
	tenants.KindVoice:     {Free: Copy, Bound: Write, Hidden: hideAnew, Caption: true, Editable: true, Noun: "a voice message"},
	tenants.KindVideoNote: {Free: Copy, Bound: Write, Hidden: hideAnew, Noun: "a video message"},
	tenants.KindDocument:  {Free: Copy, Bound: Write, Hidden: hideStream, Caption: true, Album: true, Editable: true, Noun: "a file"},
	tenants.KindSticker:   {Free: Copy, Bound: Write, Hidden: hideAnew, Noun: "a sticker"},
	tenants.KindLocation:  {Free: Copy, Bound: Write, Hidden: hideAnew, Noun: "a location"},
	tenants.KindVenue:     {Free: Copy, Bound: Write, Hidden: hideAnew, Noun: "a place"},
	tenants.KindContact:   {Free: Copy, Bound: Write, Hidden: hideNote, Noun: "a contact"},
	tenants.KindPoll:      {AsText: true, Free: Write, Bound: Write, Hidden: hideText, Caption: true, Noun: "a poll"},
	tenants.KindDice:      {AsText: true, Free: Write, Bound: Write, Hidden: hideText, Caption: true, Noun: "a dice"},
	tenants.KindChecklist: {Free: Copy, Hidden: hideText, Noun: "a checklist"},
	tenants.KindGame:      {Free: Copy, Hidden: hideNote, Noun: "a game"},
	tenants.KindRich:      {Free: Copy, Hidden: hideNote, Noun: "a long formatted text"},
	tenants.KindStory:     {Free: Copy, Hidden: hideNote, Noun: "a story"},

	tenants.KindPaidMedia: {Free: Forward, Hidden: hideNote, Noun: "a paid photo or video"},
	tenants.KindGiveaway:  {Free: Forward, Hidden: hideNote, Noun: "a giveaway"},
	tenants.KindWinners:   {Free: Forward, Hidden: hideNote, Noun: "the result of a giveaway"},
	tenants.KindInvoice:   {Free: Forward, Hidden: hideNote, Noun: "an invoice"},
	tenants.KindOther:     {Free: Forward, Hidden: hideNote, Noun: "something new to this program"},

	tenants.KindGift:        {Hidden: hideNote, Noun: "a gift"},
	tenants.KindUniqueGift:  {Hidden: hideNote, Noun: "a collectible gift"},
	tenants.KindPayment:     {Hidden: hideNote, Noun: "a payment"},
	tenants.KindWebAppData:  {Hidden: hideNote, Noun: "an entry in a mini app"},
	tenants.KindUsersShared: {Hidden: hideNote, Noun: "a choice of people"},
	tenants.KindChatShared:  {Hidden: hideNote, Noun: "a choice of a chat"},
	tenants.KindPassport:    {Hidden: hideNote, Noun: "a set of Telegram Passport documents"},
	tenants.KindService:     {Hidden: hideNote, Noun: "a service message"},
}

// carriageOf looks a kind up. A missing row is a programmer's error.
func carriageOf(k tenants.Kind) carriage {
	c, ok := carriages[k]
	if !ok {
		panic("dialog: no row for kind " + string(k))
	}
	return c
}

// noun names content in a note, without any of its words.
func noun(c tenants.Content) string { return carriageOf(c.Kind).Noun }

// asText is a poll or a dice in words; ok tells that its kind goes so.
func asText(c tenants.Content) (text tenants.Content, ok bool) {
	if !carriageOf(c.Kind).AsText {
		return c, false
	}
	return textContent(inWords(c)), true
}

// inWords is content that is made of words, as a text.
func inWords(c tenants.Content) tenants.Text {
	switch {
	case c.Poll != nil:
		return pollWords(*c.Poll)
	case c.Dice != nil:
		return diceWords(*c.Dice)
	case c.List != nil:
		return listWords(*c.List)
	default:
		return c.Text
	}
}
