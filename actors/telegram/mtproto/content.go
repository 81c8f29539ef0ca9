//go:build mtproto

package mtproto

import (
	"github.com/gotd/td/tg"

	"topicdesk/tenants"
)

// content is what a message carries. Media that can't be carried anew go by the
// name that the Bot API has for them, which operators may be shown.
func content(m *tg.Message) tenants.Content {
	out := carried(m.Media)
	words := text(m.Message, m.Entities)
	if out.Poll != nil {
		out.Poll.Description = words
	} else {
		out.Text = words
	}
	out.CaptionAbove = m.InvertMedia && out.File != nil
	if markup, is := m.ReplyMarkup.(*tg.ReplyInlineMarkup); is {
		for _, row := range markup.Rows {
			for _, button := range row.Buttons {
				out.Buttons = append(out.Buttons, button.GetText())
			}
		}
	}
	return out
}

// carried is the media of a message; none, or a preview of a link, is text.
func carried(media tg.MessageMediaClass) tenants.Content {
	switch m := media.(type) {
	case nil, *tg.MessageMediaEmpty, *tg.MessageMediaWebPage:
		return tenants.Content{Kind: tenants.KindText}
	case *tg.MessageMediaPhoto:
		return photoContent(m)
	case *tg.MessageMediaDocument:
		if document, is := m.Document.(*tg.Document); is && m.TTLSeconds == 0 {
			kind, file := documentFile(document)
			return tenants.Content{Kind: kind, File: file, Spoiler: m.Spoiler}
		}
		return other("document")
	case *tg.MessageMediaGeo:
		return tenants.Content{Kind: tenants.KindLocation, Place: place(m.Geo)}
	case *tg.MessageMediaGeoLive:
		out := tenants.Content{Kind: tenants.KindLocation, Place: place(m.Geo)}
		out.Place.Live = true
		return out
	case *tg.MessageMediaVenue:
		out := tenants.Content{Kind: tenants.KindVenue, Place: place(m.Geo)}
		out.Place.Title, out.Place.Address = m.Title, m.Address
		return out
	case *tg.MessageMediaContact:
		return tenants.Content{Kind: tenants.KindContact, Contact: &tenants.Contact{
			Phone: m.PhoneNumber, First: m.FirstName, Last: m.LastName, User: tenants.UserID(m.UserID), VCard: m.Vcard,
		}}
	case *tg.MessageMediaPoll:
		return tenants.Content{Kind: tenants.KindPoll, Poll: poll(&m.Poll, &m.Results, tenants.Text{})}
	case *tg.MessageMediaDice:
		return tenants.Content{Kind: tenants.KindDice, Dice: &tenants.Dice{Emoji: m.Emoticon, Value: m.Value}}
	case *tg.MessageMediaToDo:
		return tenants.Content{Kind: tenants.KindChecklist, List: checklist(m)}
	case *tg.MessageMediaGame:
		return tenants.Content{Kind: tenants.KindGame}
	case *tg.MessageMediaStory:
		return tenants.Content{Kind: tenants.KindStory}
	case *tg.MessageMediaInvoice:
		return tenants.Content{Kind: tenants.KindInvoice}
	case *tg.MessageMediaGiveaway:
		return tenants.Content{Kind: tenants.KindGiveaway}
	case *tg.MessageMediaGiveawayResults:
		return tenants.Content{Kind: tenants.KindWinners}
	case *tg.MessageMediaPaidMedia:
		return tenants.Content{Kind: tenants.KindPaidMedia}
	default:
		return other(media.TypeName())
	}
}

// photoContent is a photo, or a live one. One that is to vanish can't be carried.
func photoContent(m *tg.MessageMediaPhoto) tenants.Content {
	photo, is := m.Photo.(*tg.Photo)
	if !is || m.TTLSeconds != 0 {
		return other("photo")
	}
	out := tenants.Content{Kind: tenants.KindPhoto, File: photoFile(photo), Spoiler: m.Spoiler}
	if video, is := m.Video.(*tg.Document); is && m.LivePhoto {
		out.Kind = tenants.KindLivePhoto
		_, out.Motion = documentFile(video)
	}
	return out
}

func checklist(m *tg.MessageMediaToDo) *tenants.List {
	done := map[int]bool{}
	for _, one := range m.Completions {
		done[one.ID] = true
	}
	out := &tenants.List{Title: m.Todo.Title.Text}
	for _, one := range m.Todo.List {
		out.Tasks = append(out.Tasks, tenants.Task{Text: one.Title.Text, Done: done[one.ID]})
	}
	return out
}

func other(name string) tenants.Content { return tenants.Content{Kind: tenants.KindOther, Name: name} }

func place(point tg.GeoPointClass) *tenants.Place {
	out := &tenants.Place{}
	if p, is := point.(*tg.GeoPoint); is {
		out.Latitude, out.Longitude = p.Lat, p.Long
	}
	return out
}
