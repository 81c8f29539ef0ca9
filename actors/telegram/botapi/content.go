package botapi

import (
	"strings"

	"github.com/mymmrac/telego"

	"topicdesk/tenants"
)

// carried are the kinds that are told apart, in the order in which they are
// looked for: a live photo comes with a photo too, an animation with a document,
// and a venue with a location (Bot API Message).
var carried = []struct {
	kind tenants.Kind
	read func(m *telego.Message, out *tenants.Content) bool
}{
	{tenants.KindText, func(m *telego.Message, out *tenants.Content) bool {
		out.Text = text(m.Text, m.Entities)
		out.NoPreview = m.LinkPreviewOptions != nil && m.LinkPreviewOptions.IsDisabled
		return m.Text != ""
	}},
	{tenants.KindLivePhoto, func(m *telego.Message, out *tenants.Content) bool {
		if v := m.LivePhoto; v != nil {
			out.File = biggest(v.Photo)
			if out.File == nil {
				out.File = biggest(m.Photo)
			}
			out.Motion = &tenants.File{ID: v.FileID, UniqueID: v.FileUniqueID, MIME: v.MimeType, Size: v.FileSize, Duration: v.Duration,
				Width: v.Width, Height: v.Height}
		}
		return m.LivePhoto != nil
	}},
	{tenants.KindPhoto, func(m *telego.Message, out *tenants.Content) bool {
		out.File = biggest(m.Photo)
		return out.File != nil
	}},
	{tenants.KindVideo, func(m *telego.Message, out *tenants.Content) bool {
		if v := m.Video; v != nil {
			out.File = &tenants.File{ID: v.FileID, UniqueID: v.FileUniqueID, Name: v.FileName, MIME: v.MimeType, Size: v.FileSize,
				Duration: v.Duration, Width: v.Width, Height: v.Height}
		}
		return m.Video != nil
	}},
	{tenants.KindAnimation, func(m *telego.Message, out *tenants.Content) bool {
		if v := m.Animation; v != nil {
			out.File = &tenants.File{ID: v.FileID, UniqueID: v.FileUniqueID, Name: v.FileName, MIME: v.MimeType, Size: v.FileSize,
				Duration: v.Duration, Width: v.Width, Height: v.Height}
		}
		return m.Animation != nil
	}},
	{tenants.KindAudio, func(m *telego.Message, out *tenants.Content) bool {
		if v := m.Audio; v != nil {
			out.File = &tenants.File{ID: v.FileID, UniqueID: v.FileUniqueID, Name: v.FileName, MIME: v.MimeType, Size: v.FileSize,
				Title: v.Title, Artist: v.Performer, Duration: v.Duration}
		}
		return m.Audio != nil
	}},
	{tenants.KindVoice, func(m *telego.Message, out *tenants.Content) bool {
		if v := m.Voice; v != nil {
			out.File = &tenants.File{ID: v.FileID, UniqueID: v.FileUniqueID, MIME: v.MimeType, Size: v.FileSize, Duration: v.Duration}
		}
		return m.Voice != nil
	}},
	{tenants.KindVideoNote, func(m *telego.Message, out *tenants.Content) bool {
		if v := m.VideoNote; v != nil {
			out.File = &tenants.File{ID: v.FileID, UniqueID: v.FileUniqueID, Size: int64(v.FileSize), Duration: v.Duration}
		}
		return m.VideoNote != nil
	}},
	{tenants.KindDocument, func(m *telego.Message, out *tenants.Content) bool {
		if v := m.Document; v != nil {
			out.File = &tenants.File{ID: v.FileID, UniqueID: v.FileUniqueID, Name: v.FileName, MIME: v.MimeType, Size: v.FileSize}
		}
		return m.Document != nil
	}},
	{tenants.KindSticker, func(m *telego.Message, out *tenants.Content) bool {
		if v := m.Sticker; v != nil {
			out.File = &tenants.File{ID: v.FileID, UniqueID: v.FileUniqueID, Size: int64(v.FileSize)}
		}
		return m.Sticker != nil
	}},
	{tenants.KindVenue, func(m *telego.Message, out *tenants.Content) bool {
		if v := m.Venue; v != nil {
			out.Place = &tenants.Place{Latitude: v.Location.Latitude, Longitude: v.Location.Longitude, Title: v.Title, Address: v.Address}
		}
		return m.Venue != nil
	}},
	{tenants.KindLocation, func(m *telego.Message, out *tenants.Content) bool {
		if v := m.Location; v != nil {
			out.Place = &tenants.Place{Latitude: v.Latitude, Longitude: v.Longitude, Live: v.LivePeriod != 0}
		}
		return m.Location != nil
	}},
	{tenants.KindContact, func(m *telego.Message, out *tenants.Content) bool {
		if v := m.Contact; v != nil {
			out.Contact = &tenants.Contact{Phone: v.PhoneNumber, First: v.FirstName, Last: v.LastName, User: tenants.UserID(v.UserID), VCard: v.Vcard}
		}
		return m.Contact != nil
	}},
	{tenants.KindPoll, func(m *telego.Message, out *tenants.Content) bool {
		if v := m.Poll; v != nil {
			out.Poll = poll(v)
		}
		return m.Poll != nil
	}},
	{tenants.KindDice, func(m *telego.Message, out *tenants.Content) bool {
		if v := m.Dice; v != nil {
			out.Dice = &tenants.Dice{Emoji: v.Emoji, Value: v.Value}
		}
		return m.Dice != nil
	}},
	{tenants.KindChecklist, func(m *telego.Message, out *tenants.Content) bool {
		if v := m.Checklist; v != nil {
			out.List = &tenants.List{Title: v.Title}
			for _, task := range v.Tasks {
				out.List.Tasks = append(out.List.Tasks, tenants.Task{Text: task.Text, Done: task.CompletionDate != 0})
			}
		}
		return m.Checklist != nil
	}},
}

// services are the service messages of which more is read than which they are.
var services = []struct {
	service tenants.Service
	read    func(m *telego.Message, out *tenants.Content) bool
}{
	{tenants.ServiceTopicCreated, func(m *telego.Message, out *tenants.Content) bool {
		if m.ForumTopicCreated != nil {
			out.TopicName = m.ForumTopicCreated.Name
		}
		return m.ForumTopicCreated != nil
	}},
	{tenants.ServiceTopicEdited, func(m *telego.Message, out *tenants.Content) bool {
		if m.ForumTopicEdited != nil {
			out.TopicName = m.ForumTopicEdited.Name
		}
		return m.ForumTopicEdited != nil
	}},
	{tenants.ServiceJoined, func(m *telego.Message, out *tenants.Content) bool {
		for i := range m.NewChatMembers {
			out.People = append(out.People, person(&m.NewChatMembers[i]))
		}
		return len(m.NewChatMembers) > 0
	}},
	{tenants.ServiceLeft, func(m *telego.Message, out *tenants.Content) bool {
		if m.LeftChatMember != nil {
			out.People = []tenants.Person{person(m.LeftChatMember)}
		}
		return m.LeftChatMember != nil
	}},
	{tenants.ServiceNewTitle, func(m *telego.Message, out *tenants.Content) bool {
		out.Title = m.NewChatTitle
		return m.NewChatTitle != ""
	}},
	{tenants.ServiceMigratedTo, func(m *telego.Message, out *tenants.Content) bool {
		out.Migrated = tenants.ChatID(m.MigrateToChatID)
		return m.MigrateToChatID != 0
	}},
	{tenants.ServiceMigratedFrom, func(m *telego.Message, out *tenants.Content) bool {
		out.Migrated = tenants.ChatID(m.MigrateFromChatID)
		return m.MigrateFromChatID != 0
	}},
}

// metadata are the parts of a message that are not its content. Of the three
// groups the second is newer than the specification, the third are duplicates
// for old programs.
var metadata = strings.Fields(`
	message_id message_thread_id direct_messages_topic from sender_chat sender_boost_count sender_business_bot
	sender_tag date guest_query_id business_connection_id chat forward_origin
	is_topic_message is_automatic_forward reply_to_message external_reply quote reply_to_story
	reply_to_checklist_task_id reply_to_poll_option_id via_bot guest_bot_caller_user guest_bot_caller_chat
	edit_date has_protected_content is_from_offline is_paid_post media_group_id author_signature
	paid_star_count entities link_preview_options suggested_post_info effect_id caption caption_entities
	show_caption_above_media has_media_spoiler reply_markup

	receiver_user ephemeral_message_id

	forward_from forward_from_chat forward_from_message_id forward_signature forward_sender_name forward_date`)

// content is what a message carries; without a Kind if more of it has to be
// looked at (see rare).
func content(m *telego.Message) tenants.Content {
	for _, row := range carried {
		out := tenants.Content{Kind: row.kind}
		if !row.read(m, &out) {
			continue
		}
		if row.kind != tenants.KindText {
			out.Text = text(m.Caption, m.CaptionEntities)
			out.CaptionAbove, out.Spoiler = m.ShowCaptionAboveMedia, m.HasMediaSpoiler
		}
		return out
	}
	for _, row := range services {
		out := tenants.Content{Kind: tenants.KindService, Service: row.service}
		if row.read(m, &out) {
			return out
		}
	}
	return tenants.Content{}
}

// biggest is the largest size of a photo, nil without any.
func biggest(sizes []telego.PhotoSize) *tenants.File {
	var best *telego.PhotoSize
	for i := range sizes {
		if best == nil || sizes[i].Width*sizes[i].Height > best.Width*best.Height {
			best = &sizes[i]
		}
	}
	if best == nil {
		return nil
	}
	return &tenants.File{ID: best.FileID, UniqueID: best.FileUniqueID, Size: int64(best.FileSize)}
}
