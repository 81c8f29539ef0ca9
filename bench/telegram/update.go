package telegram

import (
	"encoding/json"
	"slices"
	"time"
)

// How long Telegram keeps what a bot hasn't fetched, from the event's own
// date (Bot API server source).
const (
	keepDay         = 24 * time.Hour // messages, members, reactions, polls
	keepCallback    = 150 * time.Second
	keepInlineQuery = 30 * time.Second
	keepChosen      = 10 * time.Minute
)

// update types, by their key in the JSON.
const (
	updMessage       = "message"
	updEdited        = "edited_message"
	updPost          = "channel_post"
	updEditedPost    = "edited_channel_post"
	updCallback      = "callback_query"
	updMyMember      = "my_chat_member"
	updMember        = "chat_member"
	updReaction      = "message_reaction"
	updPoll          = "poll"
	updPollAnswer    = "poll_answer"
	updReactionCount = "message_reaction_count"
	updJoinRequest   = "chat_join_request"

	updInlineQuery = "inline_query"
	updChosen      = "chosen_inline_result"

	updConnection      = "business_connection"
	updBusinessMessage = "business_message"
	updBusinessEdited  = "edited_business_message"
	updBusinessDeleted = "deleted_business_messages"
)

// allUpdates are the names that allowed_updates knows; others are ignored.
var allUpdates = []string{
	updMessage, updEdited, updPost, updEditedPost, updConnection, updBusinessMessage,
	updBusinessEdited, updBusinessDeleted, "guest_message", updReaction, updReactionCount,
	updInlineQuery, updChosen, updCallback, "shipping_query", "pre_checkout_query",
	"purchased_paid_media", updPoll, updPollAnswer, updMyMember, updMember, updJoinRequest,
	"chat_boost", "removed_chat_boost", "managed_bot",
}

// notByDefault are left out unless a bot asks for them (Bot API getUpdates).
var notByDefault = []string{updMember, updReaction, updReactionCount}

// queued is one update waiting to be fetched.
type queued struct {
	id      int
	kind    string
	object  json.RawMessage
	expires int64 // unix seconds; gone after it
	lane    int64
	again   bool // a second delivery: not confirmed until handed out once more
}

// Update is one update as it waits for a bot. Lane is the queue inside which
// a webhook keeps the order (Bot API server: one request in flight for each).
type Update struct {
	ID     int
	Kind   string
	Object json.RawMessage // the value of the key Kind
	Lane   int64
	// Expires is when Telegram forgets it.
	Expires time.Time
}

// JSON is the update as Telegram writes it, with the line break after
// update_id that its server really sends.
func (u Update) JSON() []byte {
	out := append([]byte(`{"update_id":`), itoa(int64(u.ID))...)
	out = append(out, ",\n\""...)
	out = append(out, u.Kind...)
	out = append(out, `":`...)
	out = append(out, u.Object...)
	return append(out, '}')
}

// wants says whether the bot asked for that type.
func (b *bot) wants(kind string) bool {
	if b.allowed == nil {
		return !slices.Contains(notByDefault, kind)
	}
	return b.allowed[kind]
}
