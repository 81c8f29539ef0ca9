package dialog

import (
	"topicdesk/tenants"
	"topicdesk/tenants/say"
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
	Noun     say.Key
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
	tenants.KindText:      {Free: Copy, Bound: Write, Hidden: hideAnew, Caption: true, Editable: true, Noun: say.KindText},
	tenants.KindPhoto:     {Free: Copy, Bound: Write, Hidden: hideAnew, Caption: true, Album: true, Editable: true, Noun: say.KindPhoto},
	tenants.KindLivePhoto: {Free: Copy, Bound: Write, Hidden: hideAnew, Caption: true, Album: true, Editable: true, Noun: say.KindLivePhoto},
	tenants.KindVideo:     {Free: Copy, Bound: Write, Hidden: hideStream, Caption: true, Album: true, Editable: true, Noun: say.KindVideo},
	tenants.KindAnimation: {Free: Copy, Bound: Write, Hidden: hideStream, Caption: true, Editable: true, Noun: say.KindAnimation},
	tenants.KindAudio:     {Free: Copy, Bound: Write, Hidden: hideStream, Caption: true, Album: true, Editable: true, Noun: say.KindAudio},
	tenants.KindVoice:     {Free: Copy, Bound: Write, Hidden: hideAnew, Caption: true, Editable: true, Noun: say.KindVoice},
	tenants.KindVideoNote: {Free: Copy, Bound: Write, Hidden: hideAnew, Noun: say.KindVideoNote},
	tenants.KindDocument:  {Free: Copy, Bound: Write, Hidden: hideStream, Caption: true, Album: true, Editable: true, Noun: say.KindDocument},
	tenants.KindSticker:   {Free: Copy, Bound: Write, Hidden: hideAnew, Noun: say.KindSticker},
	tenants.KindLocation:  {Free: Copy, Bound: Write, Hidden: hideAnew, Noun: say.KindLocation},
	tenants.KindVenue:     {Free: Copy, Bound: Write, Hidden: hideAnew, Noun: say.KindVenue},
	tenants.KindContact:   {Free: Copy, Bound: Write, Hidden: hideNote, Noun: say.KindContact},
	tenants.KindPoll:      {AsText: true, Free: Write, Bound: Write, Hidden: hideText, Caption: true, Noun: say.KindPoll},
	tenants.KindDice:      {AsText: true, Free: Write, Bound: Write, Hidden: hideText, Caption: true, Noun: say.KindDice},
	tenants.KindChecklist: {Free: Copy, Hidden: hideText, Noun: say.KindChecklist},
	tenants.KindGame:      {Free: Copy, Hidden: hideNote, Noun: say.KindGame},
	tenants.KindRich:      {Free: Copy, Hidden: hideNote, Noun: say.KindRich},
	tenants.KindStory:     {Free: Copy, Hidden: hideNote, Noun: say.KindStory},

	tenants.KindPaidMedia: {Free: Forward, Hidden: hideNote, Noun: say.KindPaidMedia},
	tenants.KindGiveaway:  {Free: Forward, Hidden: hideNote, Noun: say.KindGiveaway},
	tenants.KindWinners:   {Free: Forward, Hidden: hideNote, Noun: say.KindWinners},
	tenants.KindInvoice:   {Free: Forward, Hidden: hideNote, Noun: say.KindInvoice},
	tenants.KindOther:     {Free: Forward, Hidden: hideNote, Noun: say.KindOther},

	tenants.KindGift:        {Hidden: hideNote, Noun: say.KindGift},
	tenants.KindUniqueGift:  {Hidden: hideNote, Noun: say.KindUniqueGift},
	tenants.KindPayment:     {Hidden: hideNote, Noun: say.KindPayment},
	tenants.KindWebAppData:  {Hidden: hideNote, Noun: say.KindWebAppData},
	tenants.KindUsersShared: {Hidden: hideNote, Noun: say.KindUsersShared},
	tenants.KindChatShared:  {Hidden: hideNote, Noun: say.KindChatShared},
	tenants.KindPassport:    {Hidden: hideNote, Noun: say.KindPassport},
	tenants.KindService:     {Hidden: hideNote, Noun: say.KindService},
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
func noun(c tenants.Content) say.Key { return carriageOf(c.Kind).Noun }

// asText is a poll or a dice in words, for who reads the voice; ok tells that its kind goes so.
func asText(v tenants.Voice, c tenants.Content) (text tenants.Content, ok bool) {
	if !carriageOf(c.Kind).AsText {
		return c, false
	}
	return textContent(inWords(v, c)), true
}

// inWords is content that is made of words, as a text.
func inWords(v tenants.Voice, c tenants.Content) tenants.Text {
	switch {
	case c.Poll != nil:
		return pollWords(v, *c.Poll)
	case c.Dice != nil:
		return diceWords(*c.Dice)
	case c.List != nil:
		return listWords(*c.List)
	default:
		return c.Text
	}
}
