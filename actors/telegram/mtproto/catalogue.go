//go:build mtproto

package mtproto

import (
	"slices"
	"strings"

	"topicdesk/tenants"
)

// row maps types of refusals to an outcome. A type is Telegram's text without
// its numbers, as FLOOD_WAIT for FLOOD_WAIT_17; * at an end stands for anything.
type row struct {
	methods string // separated by spaces; "" = all
	is      tenants.Outcome
	types   []string
}

// copying is the method that reads another message.
const copying = "messages.forwardMessages messages.getMessages"

var (
	done   = tenants.Outcome{Kind: tenants.Done}
	unsure = tenants.Outcome{Kind: tenants.Unsure}
)

func gone(what tenants.GoneWhat) tenants.Outcome {
	return tenants.Outcome{Kind: tenants.Gone, Gone: what}
}

func refused(as tenants.RefusedAs) tenants.Outcome {
	return tenants.Outcome{Kind: tenants.Refused, As: as}
}

// catalogue is every refusal that is known: the errors that Telegram's
// documentation lists for the methods used here (core.telegram.org/method),
// and TDLib's source. The first row that fits wins; floods and errors of a
// login's place (…_MIGRATE) are read before. What they mean is what they mean
// for a bot over the Bot API.
var catalogue = []row{
	{"", done, strings.Fields(`
		MESSAGE_NOT_MODIFIED TOPIC_NOT_MODIFIED QUERY_ID_INVALID`)},
	{"messages.deleteMessages channels.deleteMessages", done, strings.Fields(`
		MESSAGE_ID_INVALID`)},

	{"", gone(tenants.GoneLogin), strings.Fields(`
		AUTH_KEY_UNREGISTERED AUTH_KEY_INVALID AUTH_KEY_PERM_EMPTY AUTH_KEY_DUPLICATED
		SESSION_REVOKED SESSION_EXPIRED SESSION_PASSWORD_NEEDED USER_DEACTIVATED USER_DEACTIVATED_BAN
		ACCESS_TOKEN_EXPIRED ACCESS_TOKEN_INVALID API_ID_INVALID API_ID_PUBLISHED_FLOOD
		BOT_METHOD_INVALID USER_BOT_INVALID FROZEN_METHOD_INVALID UPDATE_APP_TO_LOGIN`)},

	{"", gone(tenants.GoneTopic), strings.Fields(`TOPIC_DELETED TOPIC_ID_INVALID TOPIC_NOT_FOUND`)},
	{"", gone(tenants.GoneTopicClosed), strings.Fields(`TOPIC_CLOSED`)},

	{"", gone(tenants.GoneClient), strings.Fields(`
		USER_IS_BLOCKED YOU_BLOCKED_USER INPUT_USER_DEACTIVATED USER_DELETED USER_ID_INVALID
		USER_IS_BOT USER_BOT_TO_BOT_DISABLED`)},
	// In a private chat these mean the client.
	{"", gone(tenants.GoneChat), strings.Fields(`
		PEER_ID_INVALID PEER_ID_NOT_SUPPORTED CHAT_ID_INVALID CHANNEL_INVALID CHANNEL_PRIVATE CHANNEL_PUBLIC_GROUP_NA
		CHAT_FORBIDDEN CHAT_MIGRATED GROUP_MIGRATED USER_KICKED`)},

	// Rights. Kinds that may not be written while others may are refusals.
	{"", gone(tenants.GoneRights), strings.Fields(`
		CHAT_SEND_PLAIN_FORBIDDEN`)},
	{"", refused(tenants.AsNote), strings.Fields(`
		CHAT_SEND_* VOICE_MESSAGES_FORBIDDEN`)},
	{"", gone(tenants.GoneRights), strings.Fields(`
		CHAT_WRITE_FORBIDDEN CHAT_RESTRICTED CHAT_GUEST_SEND_FORBIDDEN CHAT_ADMIN_REQUIRED CHAT_ADMIN_INVITE_REQUIRED
		RIGHT_FORBIDDEN USER_NOT_PARTICIPANT USER_BANNED_IN_CHANNEL CHANNEL_FORUM_MISSING BOT_FORUM_CREATE_FORBIDDEN`)},

	// Another way. Every row leads on, never back: from a source that is away, or
	// protected, to the kept body.
	{copying, refused(tenants.AsBody), strings.Fields(`
		MESSAGE_ID_INVALID MESSAGE_IDS_EMPTY CHAT_FORWARDS_RESTRICTED`)},
	{copying, refused(tenants.AsNote), strings.Fields(`
		MEDIA_EMPTY MEDIA_INVALID`)},
	{"", refused(tenants.AsSplit), strings.Fields(`
		MESSAGE_TOO_LONG MEDIA_CAPTION_TOO_LONG`)},
	{"", refused(tenants.AsPlain), strings.Fields(`
		ENTITY_BOUNDS_INVALID ENTITIES_TOO_LONG ENTITY_MENTION_USER_INVALID ENTITY_TEXTURL_INVALID DOCUMENT_INVALID_EMOJI`)},
	{"", refused(tenants.AsUnthreaded), strings.Fields(`
		QUOTE_TEXT_INVALID REPLY_MESSAGE_ID_INVALID REPLY_TO_INVALID`)},
	{"", refused(tenants.AsFile), strings.Fields(`
		IMAGE_PROCESS_FAILED PHOTO_INVALID_DIMENSIONS PHOTO_SAVE_FILE_INVALID PHOTO_EXT_INVALID`)},
	{"", refused(tenants.AsNote), strings.Fields(`
		FILE_REFERENCE_* FILE_PART_* FILE_PARTS_INVALID FILE_ID_INVALID DOCUMENT_INVALID PHOTO_INVALID
		MEDIA_EMPTY MEDIA_INVALID MEDIA_NEW_INVALID MEDIA_PREV_INVALID MEDIA_FILE_INVALID MEDIA_GROUPED_INVALID
		MULTI_MEDIA_TOO_LONG WEBPAGE_CURL_FAILED WEBPAGE_MEDIA_EMPTY POLL_*`)},

	// No way: the operators are told.
	{"", refused(tenants.AsNone), strings.Fields(`
		MESSAGE_EMPTY MESSAGE_ID_INVALID MESSAGE_AUTHOR_REQUIRED MESSAGE_EDIT_TIME_EXPIRED MESSAGE_DELETE_FORBIDDEN
		INLINE_BOT_REQUIRED REACTION_INVALID REACTION_EMPTY REACTIONS_TOO_MANY ALLOW_PAYMENT_REQUIRED
		PRIVACY_PREMIUM_REQUIRED PREMIUM_ACCOUNT_REQUIRED PEER_FLOOD SLOWMODE_MULTI_MSGS_DISABLED
		TOPIC_CLOSE_SEPARATELY TOPIC_TITLE_EMPTY TOPIC_HIDE_SEPARATELY GENERAL_MODIFY_ICON_FORBIDDEN
		BUTTON_* REPLY_MARKUP_INVALID REPLY_MARKUP_TOO_LONG RANDOM_ID_EMPTY RANDOM_ID_INVALID
		BROADCAST_PUBLIC_VOTERS_FORBIDDEN GAME_BOT_INVALID SEND_AS_PEER_INVALID INPUT_USER_INVALID
		SCHEDULE_* MSG_ID_INVALID MSG_WAIT_FAILED CONNECTION_NOT_INITED INPUT_METHOD_INVALID CONNECTION_LAYER_INVALID
		PERSISTENT_TIMESTAMP_*`)},

	// Telegram could not, perhaps after it had: a repeat under the key tells.
	{"", unsure, strings.Fields(`
		RPC_CALL_FAIL RPC_MCGET_FAIL WORKER_BUSY_TOO_LONG_RETRY TIMEOUT HISTORY_GET_FAILED INTERDC_*
		AUTH_RESTART RANDOM_ID_DUPLICATE MSG_WAIT_TIMEOUT`)},
}

// find is the row's outcome for a refusal of a method.
func find(method, kind string) (tenants.Outcome, bool) {
	for _, row := range catalogue {
		if row.methods != "" && !slices.Contains(strings.Fields(row.methods), method) {
			continue
		}
		for _, pattern := range row.types {
			start, open := strings.CutSuffix(pattern, "*")
			if kind == pattern || open && strings.HasPrefix(kind, start) {
				return row.is, true
			}
		}
	}
	return tenants.Outcome{}, false
}
