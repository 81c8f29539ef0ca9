package botapi

import (
	"github.com/mymmrac/telego"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

func chatID(id tenants.ChatID) telego.ChatID { return telego.ChatID{ID: int64(id)} }

// file names a file: by its id, or as a part of the body (see stream). The
// server takes attach:// in every place of a file (Bot API server source).
func file(f *tenants.File) telego.InputFile {
	if f.Anew {
		return telego.InputFile{FileID: "attach://" + field(f)}
	}
	return telego.InputFile{FileID: f.ID}
}

// measured are the width, height and length of a new file, which Telegram does
// not look for itself; of one that it has they are known.
func measured(f *tenants.File) (width, height, seconds int) {
	if !f.Anew {
		return 0, 0, 0
	}
	return f.Width, f.Height, f.Duration
}

// tags are those of a new file.
func tags(f *tenants.File) (title, artist string) {
	if !f.Anew {
		return "", ""
	}
	return f.Title, f.Artist
}

// reply names the answered message; if it is gone the message goes without.
func reply(to telegram.To) *telego.ReplyParameters {
	if to.ReplyTo == 0 {
		return nil
	}
	out := &telego.ReplyParameters{MessageID: int(to.ReplyTo), AllowSendingWithoutReply: true}
	if to.Quote != nil {
		out.Quote = to.Quote.Text.Text
		out.QuoteEntities = entities(to.Quote.Text)
		out.QuotePosition = to.Quote.Position
	}
	return out
}

// keyboard is one button a row, nil without any.
func keyboard(buttons []telegram.Button) *telego.InlineKeyboardMarkup {
	if len(buttons) == 0 {
		return nil
	}
	out := &telego.InlineKeyboardMarkup{}
	for _, b := range buttons {
		out.InlineKeyboard = append(out.InlineKeyboard, []telego.InlineKeyboardButton{
			{Text: b.Text, URL: b.URL, CallbackData: b.Data},
		})
	}
	return out
}

// replyMarkup is keyboard without a typed nil.
func replyMarkup(buttons []telegram.Button) telego.ReplyMarkup {
	if markup := keyboard(buttons); markup != nil {
		return markup
	}
	return nil
}

func preview(off bool) *telego.LinkPreviewOptions {
	if !off {
		return nil
	}
	return &telego.LinkPreviewOptions{IsDisabled: true}
}

func entities(t tenants.Text) (out []telego.MessageEntity) {
	for _, e := range t.Entities {
		entity := telego.MessageEntity{
			Type: e.Kind, Offset: e.Offset, Length: e.Length, URL: e.URL, Language: e.Language,
			CustomEmojiID: e.EmojiID, UnixTime: e.UnixTime, DateTimeFormat: e.Format,
		}
		if e.User != 0 {
			entity.User = &telego.User{ID: int64(e.User)}
		}
		out = append(out, entity)
	}
	return out
}

// sendContent makes the request that sends content anew.
func sendContent(s telegram.SendContent) (request, error) {
	switch s.Content.Kind {
	case tenants.KindText:
		return request{"sendMessage", telego.SendMessageParams{
			ChatID: chatID(s.Chat), MessageThreadID: int(s.Thread), DisableNotification: s.Silent,
			ReplyParameters: reply(s.To), ReplyMarkup: replyMarkup(s.Buttons),
			Text: s.Content.Text.Text, Entities: entities(s.Content.Text),
			LinkPreviewOptions: preview(s.Content.NoPreview),
		}, readSent(s.To)}, nil
	case tenants.KindPhoto, tenants.KindLivePhoto, tenants.KindVideo, tenants.KindAnimation, tenants.KindAudio, tenants.KindVoice,
		tenants.KindVideoNote, tenants.KindDocument, tenants.KindSticker:
		if s.Content.File == nil || s.Content.Kind == tenants.KindLivePhoto && s.Content.Motion == nil {
			return request{}, errUnsendable
		}
		return sendFile(s), nil
	case tenants.KindLocation, tenants.KindVenue, tenants.KindContact, tenants.KindPoll, tenants.KindDice:
		return sendValue(s)
	default:
		return request{}, errUnsendable // games, stories, gifts: bots have no such method, or not for others' content
	}
}

func sendFile(s telegram.SendContent) request {
	c := s.Content
	id, thread, answer, markup := chatID(s.Chat), int(s.Thread), reply(s.To), replyMarkup(s.Buttons)
	caption, formats := c.Text.Text, entities(c.Text)
	width, height, seconds := measured(c.File)
	title, artist := tags(c.File)
	switch c.Kind {
	case tenants.KindPhoto:
		return request{"sendPhoto", telego.SendPhotoParams{
			ChatID: id, MessageThreadID: thread, DisableNotification: s.Silent, ReplyParameters: answer, ReplyMarkup: markup,
			Photo: file(c.File), Caption: caption, CaptionEntities: formats,
			ShowCaptionAboveMedia: c.CaptionAbove, HasSpoiler: c.Spoiler,
		}, readMade}
	case tenants.KindLivePhoto:
		return request{"sendLivePhoto", telego.SendLivePhotoParams{
			ChatID: id, MessageThreadID: thread, DisableNotification: s.Silent, ReplyParameters: answer, ReplyMarkup: markup,
			LivePhoto: file(c.Motion), Photo: file(c.File), Caption: caption, CaptionEntities: formats,
			ShowCaptionAboveMedia: c.CaptionAbove, HasSpoiler: c.Spoiler,
		}, readMade}
	case tenants.KindVideo:
		return request{"sendVideo", telego.SendVideoParams{
			ChatID: id, MessageThreadID: thread, DisableNotification: s.Silent, ReplyParameters: answer, ReplyMarkup: markup,
			Video: file(c.File), Width: width, Height: height, Duration: seconds, Caption: caption, CaptionEntities: formats,
			ShowCaptionAboveMedia: c.CaptionAbove, HasSpoiler: c.Spoiler,
		}, readMade}
	case tenants.KindAnimation:
		return request{"sendAnimation", telego.SendAnimationParams{
			ChatID: id, MessageThreadID: thread, DisableNotification: s.Silent, ReplyParameters: answer, ReplyMarkup: markup,
			Animation: file(c.File), Width: width, Height: height, Duration: seconds, Caption: caption, CaptionEntities: formats,
			ShowCaptionAboveMedia: c.CaptionAbove, HasSpoiler: c.Spoiler,
		}, readMade}
	case tenants.KindAudio:
		return request{"sendAudio", telego.SendAudioParams{
			ChatID: id, MessageThreadID: thread, DisableNotification: s.Silent, ReplyParameters: answer, ReplyMarkup: markup,
			Audio: file(c.File), Title: title, Performer: artist, Duration: seconds, Caption: caption, CaptionEntities: formats,
		}, readMade}
	case tenants.KindVoice:
		return request{"sendVoice", telego.SendVoiceParams{
			ChatID: id, MessageThreadID: thread, DisableNotification: s.Silent, ReplyParameters: answer, ReplyMarkup: markup,
			Voice: file(c.File), Caption: caption, CaptionEntities: formats,
		}, readMade}
	case tenants.KindVideoNote:
		return request{"sendVideoNote", telego.SendVideoNoteParams{
			ChatID: id, MessageThreadID: thread, DisableNotification: s.Silent, ReplyParameters: answer, ReplyMarkup: markup,
			VideoNote: file(c.File),
		}, readMade}
	case tenants.KindDocument:
		return request{"sendDocument", telego.SendDocumentParams{
			ChatID: id, MessageThreadID: thread, DisableNotification: s.Silent, ReplyParameters: answer, ReplyMarkup: markup,
			Document: file(c.File), DisableContentTypeDetection: c.File.Anew, Caption: caption, CaptionEntities: formats,
		}, readMade}
	case tenants.KindSticker:
		return request{"sendSticker", telego.SendStickerParams{
			ChatID: id, MessageThreadID: thread, DisableNotification: s.Silent, ReplyParameters: answer, ReplyMarkup: markup,
			Sticker: file(c.File),
		}, readMade}
	default:
		panic("botapi: no file in content of kind " + string(c.Kind))
	}
}

// sendValue sends what is no file and no text. A dice falls anew; of a live
// location the point goes.
func sendValue(s telegram.SendContent) (request, error) {
	c := s.Content
	id, thread, answer, markup := chatID(s.Chat), int(s.Thread), reply(s.To), replyMarkup(s.Buttons)
	switch {
	case c.Kind == tenants.KindLocation && c.Place != nil:
		return request{"sendLocation", telego.SendLocationParams{
			ChatID: id, MessageThreadID: thread, DisableNotification: s.Silent, ReplyParameters: answer, ReplyMarkup: markup,
			Latitude: c.Place.Latitude, Longitude: c.Place.Longitude,
		}, readMade}, nil
	case c.Kind == tenants.KindVenue && c.Place != nil:
		return request{"sendVenue", telego.SendVenueParams{
			ChatID: id, MessageThreadID: thread, DisableNotification: s.Silent, ReplyParameters: answer, ReplyMarkup: markup,
			Latitude: c.Place.Latitude, Longitude: c.Place.Longitude, Title: c.Place.Title, Address: c.Place.Address,
		}, readMade}, nil
	case c.Kind == tenants.KindContact && c.Contact != nil:
		return request{"sendContact", telego.SendContactParams{
			ChatID: id, MessageThreadID: thread, DisableNotification: s.Silent, ReplyParameters: answer, ReplyMarkup: markup,
			PhoneNumber: c.Contact.Phone, FirstName: c.Contact.First, LastName: c.Contact.Last, Vcard: c.Contact.VCard,
		}, readMade}, nil
	case c.Kind == tenants.KindPoll && c.Poll != nil:
		params := newPoll(c.Poll)
		params.ChatID, params.MessageThreadID, params.DisableNotification = id, thread, s.Silent
		params.ReplyParameters, params.ReplyMarkup = answer, markup
		return request{"sendPoll", params, readPoll}, nil
	case c.Kind == tenants.KindDice && c.Dice != nil:
		return request{"sendDice", telego.SendDiceParams{
			ChatID: id, MessageThreadID: thread, DisableNotification: s.Silent, ReplyParameters: answer, ReplyMarkup: markup,
			Emoji: c.Dice.Emoji,
		}, readMade}, nil
	default:
		return request{}, errUnsendable
	}
}

// sendAlbum sends media together; the Bot API gives an album no buttons.
func sendAlbum(s telegram.SendAlbum) (request, error) {
	params := telego.SendMediaGroupParams{
		ChatID: chatID(s.Chat), MessageThreadID: int(s.Thread),
		DisableNotification: s.Silent, ReplyParameters: reply(s.To),
	}
	for _, content := range s.Contents {
		part := media(content)
		if part == nil || content.Kind == tenants.KindAnimation {
			return request{}, errUnsendable
		}
		params.Media = append(params.Media, part)
	}
	return request{"sendMediaGroup", params, readAlbum}, nil
}

// media is content as part of an album or of an edit, nil if it can't be.
func media(c tenants.Content) telego.InputMedia {
	if c.File == nil {
		return nil
	}
	caption, formats := c.Text.Text, entities(c.Text)
	width, height, seconds := measured(c.File)
	title, artist := tags(c.File)
	switch c.Kind {
	case tenants.KindPhoto:
		return &telego.InputMediaPhoto{Type: telego.MediaTypePhoto, Media: file(c.File), Caption: caption,
			CaptionEntities: formats, ShowCaptionAboveMedia: c.CaptionAbove, HasSpoiler: c.Spoiler}
	case tenants.KindLivePhoto:
		if c.Motion == nil {
			return nil
		}
		return &telego.InputMediaLivePhoto{Type: telego.MediaTypeLivePhoto, Media: file(c.Motion), Photo: file(c.File), Caption: caption,
			CaptionEntities: formats, ShowCaptionAboveMedia: c.CaptionAbove, HasSpoiler: c.Spoiler}
	case tenants.KindVideo:
		return &telego.InputMediaVideo{Type: telego.MediaTypeVideo, Media: file(c.File), Width: width, Height: height, Duration: seconds,
			Caption: caption, CaptionEntities: formats, ShowCaptionAboveMedia: c.CaptionAbove, HasSpoiler: c.Spoiler}
	case tenants.KindAnimation:
		return &telego.InputMediaAnimation{Type: telego.MediaTypeAnimation, Media: file(c.File), Width: width, Height: height,
			Duration: seconds, Caption: caption, CaptionEntities: formats, ShowCaptionAboveMedia: c.CaptionAbove, HasSpoiler: c.Spoiler}
	case tenants.KindAudio:
		return &telego.InputMediaAudio{Type: telego.MediaTypeAudio, Media: file(c.File), Title: title, Performer: artist, Duration: seconds,
			Caption: caption, CaptionEntities: formats}
	case tenants.KindDocument:
		return &telego.InputMediaDocument{Type: telego.MediaTypeDocument, Media: file(c.File), DisableContentTypeDetection: c.File.Anew,
			Caption: caption, CaptionEntities: formats}
	default:
		return nil
	}
}

// editContent edits the text, the media with their caption, or, without a file
// or of a voice message, the caption only.
func editContent(e telegram.EditContent) (request, error) {
	id, message, markup := chatID(e.Message.Chat), int(e.Message.ID), keyboard(e.Buttons)
	c := e.Content
	switch c.Kind {
	case tenants.KindText:
		return request{"editMessageText", telego.EditMessageTextParams{
			ChatID: id, MessageID: message, ReplyMarkup: markup,
			Text: c.Text.Text, Entities: entities(c.Text), LinkPreviewOptions: preview(c.NoPreview),
		}, readEdited}, nil
	case tenants.KindPhoto, tenants.KindLivePhoto, tenants.KindVideo, tenants.KindAnimation, tenants.KindAudio, tenants.KindDocument,
		tenants.KindVoice:
		if part := media(c); part != nil {
			return request{"editMessageMedia", telego.EditMessageMediaParams{
				ChatID: id, MessageID: message, ReplyMarkup: markup, Media: part,
			}, readEdited}, nil
		}
		return request{"editMessageCaption", telego.EditMessageCaptionParams{
			ChatID: id, MessageID: message, ReplyMarkup: markup,
			Caption: c.Text.Text, CaptionEntities: entities(c.Text), ShowCaptionAboveMedia: c.CaptionAbove,
		}, readEdited}, nil
	default:
		return request{}, errUnsendable
	}
}
