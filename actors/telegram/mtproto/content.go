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
	out.Text = text(m.Message, m.Entities)
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
		if photo, is := m.Photo.(*tg.Photo); is && m.TTLSeconds == 0 {
			return tenants.Content{Kind: tenants.KindPhoto, File: photoFile(photo), Spoiler: m.Spoiler}
		}
		return other("photo")
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
		return tenants.Content{Kind: tenants.KindPoll, Poll: poll(&m.Poll)}
	case *tg.MessageMediaDice:
		return tenants.Content{Kind: tenants.KindDice, Dice: &tenants.Dice{Emoji: m.Emoticon, Value: m.Value}}
	case *tg.MessageMediaGame:
		return tenants.Content{Kind: tenants.KindGame}
	case *tg.MessageMediaStory:
		return other("story")
	case *tg.MessageMediaInvoice:
		return other("invoice")
	case *tg.MessageMediaGiveaway:
		return other("giveaway")
	case *tg.MessageMediaGiveawayResults:
		return other("giveaway_winners")
	case *tg.MessageMediaPaidMedia:
		return other("paid_media")
	case *tg.MessageMediaToDo:
		return other("checklist")
	default:
		return other(media.TypeName())
	}
}

func other(name string) tenants.Content { return tenants.Content{Kind: tenants.KindOther, Name: name} }

func place(point tg.GeoPointClass) *tenants.Place {
	out := &tenants.Place{}
	if p, is := point.(*tg.GeoPoint); is {
		out.Latitude, out.Longitude = p.Lat, p.Long
	}
	return out
}

func poll(p *tg.Poll) *tenants.Poll {
	out := &tenants.Poll{Question: p.Question.Text, Quiz: p.Quiz}
	for _, one := range p.Answers {
		if answer, is := one.(*tg.PollAnswer); is {
			out.Options = append(out.Options, answer.Text.Text)
		}
	}
	return out
}

// service is what a service message tells.
func (c cast) service(action tg.MessageActionClass) tenants.Content {
	out := tenants.Content{Kind: tenants.KindService, Service: tenants.ServiceOther}
	switch a := action.(type) {
	case *tg.MessageActionTopicCreate:
		out.Service, out.TopicName = tenants.ServiceTopicCreated, a.Title
	case *tg.MessageActionTopicEdit:
		closed, is := a.GetClosed()
		switch {
		case is && closed:
			out.Service = tenants.ServiceTopicClosed
		case is:
			out.Service = tenants.ServiceTopicReopened
		default:
			out.Service, out.TopicName = tenants.ServiceTopicEdited, a.Title
		}
	case *tg.MessageActionChatAddUser:
		out.Service = tenants.ServiceJoined
		for _, id := range a.Users {
			out.People = append(out.People, c.person(id))
		}
	case *tg.MessageActionChatJoinedByLink, *tg.MessageActionChatJoinedByRequest:
		out.Service = tenants.ServiceJoined // the message's author
	case *tg.MessageActionChatDeleteUser:
		out.Service, out.People = tenants.ServiceLeft, []tenants.Person{c.person(a.UserID)}
	case *tg.MessageActionChatEditTitle:
		out.Service, out.Title = tenants.ServiceNewTitle, a.Title
	case *tg.MessageActionPinMessage:
		out.Service = tenants.ServicePinned
	case *tg.MessageActionChatMigrateTo:
		out.Service, out.Migrated = tenants.ServiceMigratedTo, channelChat(a.ChannelID)
	case *tg.MessageActionChannelMigrateFrom:
		out.Service, out.Migrated = tenants.ServiceMigratedFrom, groupChat(a.ChatID)
	}
	return out
}
