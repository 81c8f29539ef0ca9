package dialog

import (
	"topicdesk/tenants"
)

// carriage says how one kind of content can be carried.
type carriage struct {
	// Free is how it goes when nothing is hidden, forbidden or added.
	Free Way
	// Bound is how it goes otherwise: Write, a Copy of what has no words in it,
	// or "" = as a note.
	Bound    Way
	AsText   bool // its words go as a text: it can't go as itself
	Caption  bool // has words of its own: an author line goes into them
	Album    bool // may be part of an album
	Editable bool // a bot can edit its own message of this kind
	Noun     string
}

// carriages is the closed table of kinds. A client's poll goes as text, because
// a copy would collect other votes; an operator's is copied (see answer.go). A
// dice goes as text, because a copy rolls anew. What a bot can't edit and can't
// send by file id is told by the Bot API docs (editMessageText, editMessageCaption,
// sendGame).
var carriages = map[tenants.Kind]carriage{
	tenants.KindText:      {Free: Copy, Bound: Write, Caption: true, Editable: true, Noun: "a text"},
	tenants.KindPhoto:     {Free: Copy, Bound: Write, Caption: true, Album: true, Editable: true, Noun: "a photo"},
	tenants.KindVideo:     {Free: Copy, Bound: Write, Caption: true, Album: true, Editable: true, Noun: "a video"},
	tenants.KindAnimation: {Free: Copy, Bound: Write, Caption: true, Editable: true, Noun: "an animation"},
	tenants.KindAudio:     {Free: Copy, Bound: Write, Caption: true, Album: true, Editable: true, Noun: "an audio file"},
	tenants.KindVoice:     {Free: Copy, Bound: Write, Caption: true, Editable: true, Noun: "a voice message"},
	tenants.KindVideoNote: {Free: Copy, Bound: Write, Noun: "a video message"},
	tenants.KindDocument:  {Free: Copy, Bound: Write, Caption: true, Album: true, Editable: true, Noun: "a file"},
	tenants.KindSticker:   {Free: Copy, Bound: Write, Noun: "a sticker"},
	tenants.KindLocation:  {Free: Copy, Bound: Write, Noun: "a location"},
	tenants.KindVenue:     {Free: Copy, Bound: Write, Noun: "a place"},
	tenants.KindContact:   {Free: Copy, Bound: Write, Noun: "a contact"},
	tenants.KindPoll:      {AsText: true, Free: Write, Bound: Write, Caption: true, Noun: "a poll"},
	tenants.KindDice:      {AsText: true, Free: Write, Bound: Write, Caption: true, Noun: "a dice"},
	tenants.KindGame:      {Free: Copy, Noun: "a game"},
	tenants.KindOther:     {Free: Forward, Noun: "something"},
	tenants.KindService:   {Noun: "a service message"},
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
func noun(c tenants.Content) string {
	if c.Kind == tenants.KindOther && c.Name != "" {
		return "something (" + c.Name + ")"
	}
	return carriageOf(c.Kind).Noun
}

// asText is a poll or a dice in words; ok tells that its kind goes so.
func asText(c tenants.Content) (text tenants.Content, ok bool) {
	if !carriageOf(c.Kind).AsText {
		return c, false
	}
	var words tenants.Text
	switch {
	case c.Poll != nil:
		words = pollWords(*c.Poll)
	case c.Dice != nil:
		words = diceWords(*c.Dice)
	}
	return tenants.Content{Kind: tenants.KindText, Text: words, NoPreview: true}, true
}
