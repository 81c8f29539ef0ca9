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

// copying are the methods that read another message.
const copying = "messages.forwardMessages messages.getMessages channels.getMessages"

// albums is the method that sends several messages at once.
const albums = "messages.sendMultiMedia"

var (
	done   = tenants.Outcome{Kind: tenants.Done}
	unsure = tenants.Outcome{Kind: tenants.Unsure}
)

func gone(what tenants.GoneWhat) tenants.Outcome {
	return tenants.Outcome{Kind: tenants.Gone, Gone: what}
}

// noRight is a right that we lack, or a chat that is not for us.
func noRight(why tenants.Reason) tenants.Outcome {
	return tenants.Outcome{Kind: tenants.Gone, Gone: tenants.GoneRights, Reason: why}
}

func refused(as tenants.RefusedAs, why tenants.Reason) tenants.Outcome {
	return tenants.Outcome{Kind: tenants.Refused, As: as, Reason: why}
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

	// Of an album these may be one part's fault, and nothing has arrived.
	{albums, refused(tenants.AsApart, tenants.WhyAlbum), strings.Fields(`
		CHAT_SEND_* IMAGE_PROCESS_FAILED PHOTO_* FILE_REFERENCE_* FILE_PARTS_INVALID DOCUMENT_INVALID
		MEDIA_EMPTY MEDIA_INVALID MEDIA_GROUPED_INVALID MULTI_MEDIA_TOO_LONG`)},

	{"", gone(tenants.GoneLogin), strings.Fields(`
		AUTH_KEY_UNREGISTERED AUTH_KEY_INVALID AUTH_KEY_PERM_EMPTY AUTH_KEY_DUPLICATED
		SESSION_REVOKED SESSION_EXPIRED SESSION_PASSWORD_NEEDED USER_DEACTIVATED USER_DEACTIVATED_BAN
		ACCESS_TOKEN_EXPIRED ACCESS_TOKEN_INVALID API_ID_INVALID API_ID_PUBLISHED_FLOOD
		FROZEN_METHOD_INVALID UPDATE_APP_TO_LOGIN`)},

	{"", gone(tenants.GoneTopic), strings.Fields(`TOPIC_DELETED TOPIC_ID_INVALID`)},
	{"", gone(tenants.GoneTopicClosed), strings.Fields(`TOPIC_CLOSED`)},

	{"", gone(tenants.GoneClient), strings.Fields(`
		USER_IS_BLOCKED YOU_BLOCKED_USER INPUT_USER_DEACTIVATED USER_DELETED USER_ID_INVALID
		USER_IS_BOT USER_BOT_TO_BOT_DISABLED`)},
	// In a private chat these mean the client.
	{"", gone(tenants.GoneChat), strings.Fields(`
		PEER_ID_INVALID CHAT_ID_INVALID CHANNEL_INVALID CHANNEL_PRIVATE CHANNEL_PUBLIC_GROUP_NA
		CHAT_FORBIDDEN CHAT_MIGRATED USER_KICKED USER_BANNED_IN_CHANNEL`)},

	// Rights. Kinds that may not be written while others may are refusals.
	{"", noRight(tenants.WhyNoWriting), strings.Fields(`
		CHAT_SEND_PLAIN_FORBIDDEN`)},
	{"", refused(tenants.AsNote, tenants.WhyKind), strings.Fields(`
		CHAT_SEND_*`)},
	{"", refused(tenants.AsNote, tenants.WhyVoice), strings.Fields(`
		VOICE_MESSAGES_FORBIDDEN`)},
	{"", noRight(tenants.WhyNoRight), strings.Fields(`
		CHAT_ADMIN_REQUIRED CHAT_ADMIN_INVITE_REQUIRED RIGHT_FORBIDDEN`)},
	{"", noRight(tenants.WhyNoWriting), strings.Fields(`
		CHAT_WRITE_FORBIDDEN CHAT_RESTRICTED CHAT_GUEST_SEND_FORBIDDEN USER_NOT_PARTICIPANT`)},
	{"", noRight(tenants.WhyNoForum), strings.Fields(`
		CHANNEL_FORUM_MISSING BOT_FORUM_CREATE_FORBIDDEN`)},

	// Another way. Every row leads on, never back: from a source that is away, or
	// protected, to the kept body.
	{copying, refused(tenants.AsBody, tenants.WhyDeleted), strings.Fields(`
		MESSAGE_ID_INVALID MESSAGE_IDS_EMPTY`)},
	{copying, refused(tenants.AsBody, tenants.WhyProtected), strings.Fields(`
		CHAT_FORWARDS_RESTRICTED`)},
	{copying, refused(tenants.AsNote, tenants.WhyUncopyable), strings.Fields(`
		MEDIA_EMPTY MEDIA_INVALID`)},
	{"", refused(tenants.AsSplit, tenants.WhyLong), strings.Fields(`
		MESSAGE_TOO_LONG MEDIA_CAPTION_TOO_LONG`)},
	{"", refused(tenants.AsPlain, tenants.WhyFormatting), strings.Fields(`
		ENTITY_BOUNDS_INVALID ENTITIES_TOO_LONG ENTITY_MENTION_USER_INVALID ENTITY_TEXTURL_INVALID DOCUMENT_INVALID_EMOJI`)},
	{"", refused(tenants.AsUnthreaded, tenants.WhyReply), strings.Fields(`
		QUOTE_TEXT_INVALID REPLY_MESSAGE_ID_INVALID REPLY_TO_INVALID`)},
	{"", refused(tenants.AsFile, tenants.WhyPicture), strings.Fields(`
		IMAGE_PROCESS_FAILED PHOTO_INVALID_DIMENSIONS PHOTO_SAVE_FILE_INVALID PHOTO_EXT_INVALID`)},
	{"", refused(tenants.AsNote, tenants.WhyFile), strings.Fields(`
		FILE_REFERENCE_* FILE_PART_* FILE_PARTS_INVALID FILE_ID_INVALID DOCUMENT_INVALID PHOTO_INVALID
		MEDIA_EMPTY MEDIA_INVALID MEDIA_NEW_INVALID MEDIA_PREV_INVALID MEDIA_FILE_INVALID
		LOCATION_INVALID LIMIT_INVALID OFFSET_INVALID WEBPAGE_CURL_FAILED WEBPAGE_MEDIA_EMPTY`)},

	// No way: the operators are told.
	{"", refused(tenants.AsNone, tenants.WhyEmpty), strings.Fields(`
		MESSAGE_EMPTY`)},
	{"", refused(tenants.AsNone, tenants.WhyTwinGone), strings.Fields(`
		MESSAGE_ID_INVALID MSG_ID_INVALID`)},
	{"", refused(tenants.AsNone, tenants.WhyUneditable), strings.Fields(`
		MESSAGE_AUTHOR_REQUIRED MESSAGE_DELETE_FORBIDDEN INLINE_BOT_REQUIRED`)},
	{"", refused(tenants.AsNone, tenants.WhyTooOld), strings.Fields(`
		MESSAGE_EDIT_TIME_EXPIRED`)},
	{"", refused(tenants.AsNone, tenants.WhyNoReaction), strings.Fields(`
		REACTION_INVALID REACTION_EMPTY REACTIONS_TOO_MANY`)},
	{"", refused(tenants.AsNone, tenants.WhyPaid), strings.Fields(`
		ALLOW_PAYMENT_REQUIRED`)},
	{"", refused(tenants.AsNone, tenants.WhyPremium), strings.Fields(`
		PRIVACY_PREMIUM_REQUIRED`)},
	{"", refused(tenants.AsNone, tenants.WhyNotAllowed), strings.Fields(`
		PEER_FLOOD PEER_ID_NOT_SUPPORTED SEND_AS_PEER_INVALID SLOWMODE_MULTI_MSGS_DISABLED
		BROADCAST_PUBLIC_VOTERS_FORBIDDEN`)},
	{"", refused(tenants.AsNone, tenants.WhyOurs), strings.Fields(`
		TOPIC_CLOSE_SEPARATELY TOPIC_TITLE_EMPTY TOPIC_HIDE_SEPARATELY GENERAL_MODIFY_ICON_FORBIDDEN
		PREMIUM_ACCOUNT_REQUIRED BOT_METHOD_INVALID USER_BOT_INVALID BUTTON_* REPLY_MARKUP_* POLL_*
		RANDOM_ID_EMPTY RANDOM_ID_INVALID MEDIA_GROUPED_INVALID MULTI_MEDIA_TOO_LONG GAME_BOT_INVALID INPUT_USER_INVALID
		SCHEDULE_* INPUT_METHOD_INVALID CONNECTION_LAYER_INVALID
		PERSISTENT_TIMESTAMP_INVALID PERSISTENT_TIMESTAMP_EMPTY`)},

	// Of the connection, not of the request.
	{"", tenants.Outcome{Kind: tenants.NotSent}, strings.Fields(`
		CONNECTION_NOT_INITED MSG_WAIT_FAILED`)},

	// Telegram could not, perhaps after it had: a repeat under the key tells.
	{"", unsure, strings.Fields(`
		RPC_CALL_FAIL RPC_MCGET_FAIL WORKER_BUSY_TOO_LONG_RETRY TIMEOUT HISTORY_GET_FAILED INTERDC_*
		AUTH_RESTART RANDOM_ID_DUPLICATE PERSISTENT_TIMESTAMP_OUTDATED`)},
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
