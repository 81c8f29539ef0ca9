package telegram

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// The structs of object*.go are what bots receive: fields in the order in
// which the Bot API server writes them, fields that Bot API's page no
// longer names but the server still sends (forward_*, thumb,
// new_chat_participant …) included. They are for writing only.

type userObject struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name,omitempty"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"`
	IsPremium    bool   `json:"is_premium,omitempty"`
}

type meObject struct {
	userObject
	CanJoinGroups             bool `json:"can_join_groups"`
	CanReadAllGroupMessages   bool `json:"can_read_all_group_messages"`
	SupportsInlineQueries     bool `json:"supports_inline_queries"`
	SupportsGuestQueries      bool `json:"supports_guest_queries"`
	CanConnectToBusiness      bool `json:"can_connect_to_business"`
	HasMainWebApp             bool `json:"has_main_web_app"`
	HasTopicsEnabled          bool `json:"has_topics_enabled"`
	AllowsUsersToCreateTopics bool `json:"allows_users_to_create_topics"`
	CanManageBots             bool `json:"can_manage_bots"`
}

type chatObject struct {
	ID        int64   `json:"id"`
	FirstName *string `json:"first_name,omitempty"` // empty of deleted accounts
	LastName  string  `json:"last_name,omitempty"`
	Title     string  `json:"title,omitempty"`
	Username  string  `json:"username,omitempty"`
	IsForum   bool    `json:"is_forum,omitempty"`
	Type      string  `json:"type"`
	// Written for basic groups when Knobs.UndocumentedFields is on.
	AllAdmins *bool        `json:"all_members_are_administrators,omitempty"`
	Gifts     *giftsObject `json:"accepted_gift_types,omitempty"`
}

type giftsObject struct {
	Unlimited bool `json:"unlimited_gifts"`
	Limited   bool `json:"limited_gifts"`
	Unique    bool `json:"unique_gifts"`
	Premium   bool `json:"premium_subscription"`
	Channels  bool `json:"gifts_from_channels"`
}

type originObject struct {
	Type            string      `json:"type"`
	SenderUser      *userObject `json:"sender_user,omitempty"`
	SenderChat      *chatObject `json:"sender_chat,omitempty"`
	SenderUserName  string      `json:"sender_user_name,omitempty"`
	Chat            *chatObject `json:"chat,omitempty"`
	MessageID       int         `json:"message_id,omitempty"`
	AuthorSignature string      `json:"author_signature,omitempty"`
	Date            int64       `json:"date"`
}

type quoteObject struct {
	Text     string         `json:"text"`
	Entities []entityObject `json:"entities,omitempty"`
	Position int            `json:"position"`
	IsManual bool           `json:"is_manual,omitempty"`
}

type entityObject struct {
	Offset        int         `json:"offset"`
	Length        int         `json:"length"`
	Type          string      `json:"type"`
	URL           string      `json:"url,omitempty"`
	User          *userObject `json:"user,omitempty"`
	Language      string      `json:"language,omitempty"`
	CustomEmojiID string      `json:"custom_emoji_id,omitempty"`
	UnixTime      int64       `json:"unix_time,omitempty"`
	Format        *string     `json:"date_time_format,omitempty"`
}

type emptyObject struct{}

type timerObject struct {
	Time int `json:"message_auto_delete_time"`
}

type messageObject struct {
	BusinessConnectionID string      `json:"business_connection_id,omitempty"`
	SenderBusinessBot    *userObject `json:"sender_business_bot,omitempty"`

	MessageID       int         `json:"message_id"`
	From            *userObject `json:"from,omitempty"`
	AuthorSignature string      `json:"author_signature,omitempty"`
	SenderChat      *chatObject `json:"sender_chat,omitempty"`
	Chat            *chatObject `json:"chat"`
	Date            int64       `json:"date"`
	EditDate        int64       `json:"edit_date,omitempty"`
	MessageThreadID int         `json:"message_thread_id,omitempty"`

	ForwardOrigin        *originObject `json:"forward_origin,omitempty"`
	IsAutomaticForward   bool          `json:"is_automatic_forward,omitempty"`
	ForwardFrom          *userObject   `json:"forward_from,omitempty"`
	ForwardFromChat      *chatObject   `json:"forward_from_chat,omitempty"`
	ForwardFromMessageID int           `json:"forward_from_message_id,omitempty"`
	ForwardSignature     string        `json:"forward_signature,omitempty"`
	ForwardSenderName    string        `json:"forward_sender_name,omitempty"`
	ForwardDate          int64         `json:"forward_date,omitempty"`

	ReplyToMessage *messageObject  `json:"reply_to_message,omitempty"`
	ExternalReply  *externalObject `json:"external_reply,omitempty"`
	Quote          *quoteObject    `json:"quote,omitempty"`
	ReplyToTask    int             `json:"reply_to_checklist_task_id,omitempty"`
	ReplyToOption  string          `json:"reply_to_poll_option_id,omitempty"`
	MediaGroupID   string          `json:"media_group_id,omitempty"`

	Text               *string         `json:"text,omitempty"`
	Entities           []entityObject  `json:"entities,omitempty"`
	LinkPreviewOptions json.RawMessage `json:"link_preview_options,omitempty"`

	mediaObjects

	Caption               string         `json:"caption,omitempty"`
	CaptionEntities       []entityObject `json:"caption_entities,omitempty"`
	ShowCaptionAboveMedia bool           `json:"show_caption_above_media,omitempty"`
	HasMediaSpoiler       bool           `json:"has_media_spoiler,omitempty"`

	Contact  *Contact    `json:"contact,omitempty"`
	Dice     *Dice       `json:"dice,omitempty"`
	Location *Location   `json:"location,omitempty"`
	Venue    *Venue      `json:"venue,omitempty"`
	Poll     *pollObject `json:"poll,omitempty"`

	Checklist *checklistObject `json:"checklist,omitempty"`
	rareObjects

	NewChatParticipant   *userObject          `json:"new_chat_participant,omitempty"`
	NewChatMember        *userObject          `json:"new_chat_member,omitempty"`
	NewChatMembers       []userObject         `json:"new_chat_members,omitempty"`
	LeftChatParticipant  *userObject          `json:"left_chat_participant,omitempty"`
	LeftChatMember       *userObject          `json:"left_chat_member,omitempty"`
	NewChatTitle         string               `json:"new_chat_title,omitempty"`
	NewChatPhoto         []photoObject        `json:"new_chat_photo,omitempty"`
	DeleteChatPhoto      bool                 `json:"delete_chat_photo,omitempty"`
	GroupChatCreated     bool                 `json:"group_chat_created,omitempty"`
	SupergroupCreated    bool                 `json:"supergroup_chat_created,omitempty"`
	ChannelCreated       bool                 `json:"channel_chat_created,omitempty"`
	MigrateToChatID      int64                `json:"migrate_to_chat_id,omitempty"`
	MigrateFromChatID    int64                `json:"migrate_from_chat_id,omitempty"`
	ForumTopicCreated    *TopicCreated        `json:"forum_topic_created,omitempty"`
	ForumTopicEdited     *TopicEdited         `json:"forum_topic_edited,omitempty"`
	ForumTopicClosed     *emptyObject         `json:"forum_topic_closed,omitempty"`
	ForumTopicReopened   *emptyObject         `json:"forum_topic_reopened,omitempty"`
	GeneralTopicHidden   *emptyObject         `json:"general_forum_topic_hidden,omitempty"`
	GeneralTopicUnhidden *emptyObject         `json:"general_forum_topic_unhidden,omitempty"`
	PinnedMessage        any                  `json:"pinned_message,omitempty"`
	AutoDeleteChanged    *timerObject         `json:"message_auto_delete_timer_changed,omitempty"`
	Approach             *approachObject      `json:"proximity_alert_triggered,omitempty"`
	UserShared           *userShared          `json:"user_shared,omitempty"`
	UsersShared          *usersShared         `json:"users_shared,omitempty"`
	ChatShared           *chatSharedObject    `json:"chat_shared,omitempty"`
	ChecklistTasksDone   *tasksDoneObject     `json:"checklist_tasks_done,omitempty"`
	ChecklistTasksAdded  *tasksAddedObject    `json:"checklist_tasks_added,omitempty"`
	ChatOwnerChanged     *ownerChangedObject  `json:"chat_owner_changed,omitempty"`
	PollOptionAdded      *answerChangedObject `json:"poll_option_added,omitempty"`
	PollOptionDeleted    *answerChangedObject `json:"poll_option_deleted,omitempty"`
	ReplyMarkup          json.RawMessage      `json:"reply_markup,omitempty"`
	ViaBot               *userObject          `json:"via_bot,omitempty"`
	HasProtectedContent  bool                 `json:"has_protected_content,omitempty"`
	IsTopicMessage       bool                 `json:"is_topic_message,omitempty"`
	IsFromOffline        bool                 `json:"is_from_offline,omitempty"`
	EffectID             string               `json:"effect_id,omitempty"`
	SenderTag            string               `json:"sender_tag,omitempty"`
}

// inaccessibleObject stands for a message that is gone; its date is always 0.
type inaccessibleObject struct {
	MessageID int         `json:"message_id"`
	Chat      *chatObject `json:"chat"`
	Date      int64       `json:"date"`
}

type externalObject struct {
	Origin    *originObject `json:"origin"`
	Chat      *chatObject   `json:"chat,omitempty"`
	MessageID int           `json:"message_id,omitempty"`

	LinkPreviewOptions json.RawMessage `json:"link_preview_options,omitempty"`
	mediaObjects
	HasMediaSpoiler bool        `json:"has_media_spoiler,omitempty"`
	Contact         *Contact    `json:"contact,omitempty"`
	Dice            *Dice       `json:"dice,omitempty"`
	Location        *Location   `json:"location,omitempty"`
	Poll            *pollObject `json:"poll,omitempty"`
	Venue           *Venue      `json:"venue,omitempty"`

	Checklist *checklistObject `json:"checklist,omitempty"`
}

// encode writes v as the Bot API server does: no HTML escaping, everything
// outside ASCII as \uXXXX.
func encode(v any) json.RawMessage {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(fmt.Sprintf("telegram: encode %T: %v", v, err))
	}
	return toASCII(bytes.TrimRight(buf.Bytes(), "\n"))
}

// toASCII escapes everything outside ASCII in a JSON text.
func toASCII(b []byte) json.RawMessage {
	first := slices.IndexFunc(b, func(c byte) bool { return c >= utf8.RuneSelf })
	if first < 0 {
		return b
	}
	out := make([]byte, first, len(b)+len(b)/2)
	copy(out, b)
	for b = b[first:]; len(b) > 0; {
		if b[0] < utf8.RuneSelf {
			out = append(out, b[0])
			b = b[1:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		b = b[n:]
		if hi, lo := utf16.EncodeRune(r); hi != utf8.RuneError {
			out = fmt.Appendf(out, `\u%04x\u%04x`, hi, lo)
		} else {
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return out
}
