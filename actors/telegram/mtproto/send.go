//go:build mtproto

package mtproto

import (
	"github.com/gotd/td/tg"

	port "topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// sendContent sends anew, or what it was copied from.
func (t *try) sendContent(to port.To, c tenants.Content) (tenants.Outcome, error) {
	media, err := t.media(to.Chat, c)
	if err != nil {
		return tenants.Outcome{}, err
	}
	if c.Poll != nil {
		c.Text = c.Poll.Description
	}
	keys, entities, markup := keysOf(t.key, 1), t.peers.entities(c.Text), keyboard(to.Buttons)
	peer := t.peers.input(to.Chat)
	return t.sends(to, keys, func(reply tg.InputReplyToClass) (tg.UpdatesClass, error) {
		if media == nil {
			t.method = "messages.sendMessage"
			return t.api.MessagesSendMessage(t.ctx, &tg.MessagesSendMessageRequest{
				Peer: peer, ReplyTo: reply, Silent: to.Silent, NoWebpage: c.NoPreview,
				Message: c.Text.Text, Entities: entities, ReplyMarkup: markup, RandomID: int64(t.key),
			})
		}
		t.method = "messages.sendMedia"
		return t.api.MessagesSendMedia(t.ctx, &tg.MessagesSendMediaRequest{
			Peer: peer, ReplyTo: reply, Silent: to.Silent, InvertMedia: c.CaptionAbove, Media: media,
			Message: c.Text.Text, Entities: entities, ReplyMarkup: markup, RandomID: int64(t.key),
		})
	})
}

// media is what is sent beside the words, nil for words alone. A dice falls
// anew; of a live location the point goes.
func (t *try) media(chat tenants.ChatID, c tenants.Content) (tg.InputMediaClass, error) {
	switch c.Kind {
	case tenants.KindText:
		return nil, nil
	case tenants.KindPhoto, tenants.KindLivePhoto, tenants.KindVideo, tenants.KindAnimation, tenants.KindAudio, tenants.KindVoice,
		tenants.KindVideoNote, tenants.KindDocument, tenants.KindSticker:
		return t.file(chat, c)
	case tenants.KindLocation, tenants.KindVenue, tenants.KindContact, tenants.KindPoll, tenants.KindDice:
		if value := t.peers.value(c); value != nil {
			return value, nil
		}
		return nil, errUnsendable
	default:
		return nil, errUnsendable // games, stories, gifts: bots can't send others'
	}
}

// value is content that is neither words nor a file, nil if there is none.
func (p *peers) value(c tenants.Content) tg.InputMediaClass {
	switch {
	case c.Kind == tenants.KindLocation && c.Place != nil:
		return &tg.InputMediaGeoPoint{GeoPoint: point(c.Place)}
	case c.Kind == tenants.KindVenue && c.Place != nil:
		return &tg.InputMediaVenue{GeoPoint: point(c.Place), Title: c.Place.Title, Address: c.Place.Address}
	case c.Kind == tenants.KindContact && c.Contact != nil:
		return &tg.InputMediaContact{
			PhoneNumber: c.Contact.Phone, FirstName: c.Contact.First, LastName: c.Contact.Last, Vcard: c.Contact.VCard,
		}
	case c.Kind == tenants.KindPoll && c.Poll != nil:
		return p.newPoll(c.Poll)
	case c.Kind == tenants.KindDice && c.Dice != nil:
		return &tg.InputMediaDice{Emoticon: c.Dice.Emoji}
	default:
		return nil
	}
}

func point(p *tenants.Place) *tg.InputGeoPoint {
	return &tg.InputGeoPoint{Lat: p.Latitude, Long: p.Longitude}
}

// sendAlbum sends media together; an album has no buttons.
func (t *try) sendAlbum(to port.To, contents []tenants.Content) (tenants.Outcome, error) {
	keys := keysOf(t.key, len(contents))
	var parts []tg.InputSingleMedia
	above := false
	for i, c := range contents {
		if c.Kind == tenants.KindAnimation {
			return tenants.Outcome{}, errUnsendable
		}
		file, err := t.file(to.Chat, c)
		if err != nil {
			return tenants.Outcome{}, err
		}
		above = above || c.CaptionAbove
		parts = append(parts, tg.InputSingleMedia{
			Media: file, RandomID: int64(keys[i]), Message: c.Text.Text, Entities: t.peers.entities(c.Text),
		})
	}
	t.method = "messages.sendMultiMedia"
	return t.sends(to, keys, func(reply tg.InputReplyToClass) (tg.UpdatesClass, error) {
		return t.api.MessagesSendMultiMedia(t.ctx, &tg.MessagesSendMultiMediaRequest{
			Peer: t.peers.input(to.Chat), ReplyTo: reply, Silent: to.Silent, InvertMedia: above, MultiMedia: parts,
		})
	})
}

// copy sends what other messages hold. A forward that names nobody is a copy;
// but it takes neither a reply nor buttons, so with those the content is read
// and sent anew, as the Bot API's server does.
func (t *try) copy(to port.To, from []tenants.MessageRef) (tenants.Outcome, error) {
	if to.ReplyTo == 0 && len(to.Buttons) == 0 {
		return t.forward(to, from, true)
	}
	contents, err := t.contents(from)
	switch {
	case err != nil:
		return tenants.Outcome{}, err
	case len(contents) < len(from):
		return tenants.Outcome{Kind: tenants.Refused, As: tenants.AsBody, Reason: tenants.WhyDeleted, Why: "the message to copy is gone"}, nil
	case len(contents) == 1:
		return t.sendContent(to, contents[0])
	default:
		return t.sendAlbum(to, contents)
	}
}

// contents are those of messages of one chat that are there.
func (t *try) contents(from []tenants.MessageRef) (out []tenants.Content, err error) {
	var ids []tg.InputMessageClass
	for _, ref := range from {
		ids = append(ids, &tg.InputMessageID{ID: int(ref.ID)})
	}
	t.method = "messages.getMessages"
	messages, with, err := t.messages(t.ctx, t.api, from[0].Chat, ids)
	for _, m := range messages {
		message, _ := with.message(m)
		out = append(out, message.Content)
	}
	return out, err
}

// forward forwards messages of one chat, kept grouped; without the author that
// is a copy.
func (t *try) forward(to port.To, from []tenants.MessageRef, dropAuthor bool) (tenants.Outcome, error) {
	keys := keysOf(t.key, len(from))
	request := &tg.MessagesForwardMessagesRequest{
		FromPeer: t.peers.input(from[0].Chat), ToPeer: t.peers.input(to.Chat), RandomID: randomIDs(keys),
		DropAuthor: dropAuthor, Silent: to.Silent, TopMsgID: int(to.Thread),
	}
	for _, ref := range from {
		request.ID = append(request.ID, int(ref.ID))
	}
	t.method = "messages.forwardMessages"
	to.ReplyTo = 0
	return t.sends(to, keys, func(tg.InputReplyToClass) (tg.UpdatesClass, error) {
		return t.api.MessagesForwardMessages(t.ctx, request)
	})
}

// edit gives an own message other words, other media, or both. Without a file
// the media stay; without buttons those go.
func (t *try) edit(call port.EditContent) (tenants.Outcome, error) {
	c := call.Content
	request := &tg.MessagesEditMessageRequest{
		Peer: t.peers.input(call.Message.Chat), ID: int(call.Message.ID), Entities: t.peers.entities(c.Text),
		NoWebpage: c.NoPreview, InvertMedia: c.CaptionAbove, ReplyMarkup: keyboard(call.Buttons),
	}
	request.SetMessage(c.Text.Text)
	switch c.Kind {
	case tenants.KindText, tenants.KindVoice:
	case tenants.KindPhoto, tenants.KindLivePhoto, tenants.KindVideo, tenants.KindAnimation, tenants.KindAudio, tenants.KindDocument:
		if c.File != nil {
			media, err := t.file(call.Message.Chat, c)
			if err != nil {
				return tenants.Outcome{}, err
			}
			request.Media = media
		}
	default:
		return tenants.Outcome{}, errUnsendable
	}
	t.method = "messages.editMessage"
	updates, err := t.api.MessagesEditMessage(t.ctx, request)
	if err != nil {
		return tenants.Outcome{}, err
	}
	return tenants.Outcome{Content: editedContent(updates)}, nil
}

// editedContent is the content that an answer to an edit shows, nil if none.
func editedContent(updates tg.UpdatesClass) *tenants.Content {
	all, is := updates.(*tg.Updates)
	if !is {
		return nil
	}
	for _, update := range all.Updates {
		var m tg.MessageClass
		switch u := update.(type) {
		case *tg.UpdateEditMessage:
			m = u.Message
		case *tg.UpdateEditChannelMessage:
			m = u.Message
		}
		if words, is := m.(*tg.Message); is {
			out := content(words)
			return &out
		}
	}
	return nil
}
