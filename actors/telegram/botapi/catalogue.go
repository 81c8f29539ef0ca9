package botapi

import (
	"strings"

	"topicdesk/tenants"
)

// row maps texts of refusals to an outcome. A text is Telegram's description
// without "Bad Request: " and its like; * stands for anything; case is ignored,
// since Telegram lowers the first letter of some.
type row struct {
	methods string // separated by spaces; "" = all
	is      tenants.Outcome
	texts   []string
}

// copying are the methods that read another message.
const copying = "copyMessage copyMessages forwardMessage forwardMessages"

// probing is the method that asks whose a message is.
const probing = "editMessageReplyMarkup"

// albums are the methods that send several messages at once.
const albums = "sendMediaGroup copyMessages forwardMessages"

var (
	done    = tenants.Outcome{Kind: tenants.Done}
	notSent = tenants.Outcome{Kind: tenants.NotSent}
	unsure  = tenants.Outcome{Kind: tenants.Unsure}
)

func probed(is tenants.Probe) tenants.Outcome {
	return tenants.Outcome{Kind: tenants.Done, Probed: tenants.Probed{Is: is}}
}

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

// lines are the lines of s that are not empty.
func lines(s string) (out []string) {
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// catalogue is every refusal that is known, from the sources of the Bot API
// server and of TDLib, from Telegram's list of method errors, and from answers
// that bots have captured. The first row that fits wins. Floods, migrations and
// errors that hold another error are read in verdict.go, before.
var catalogue = []row{
	// Of a probe a refusal is the answer. The server looks for the message first,
	// then whether the bot may edit it, and only then asks Telegram (Bot API server
	// source, TDLib source: edit_message_reply_markup). Of a message that it still
	// believes in Telegram says MESSAGE_ID_INVALID.
	{probing, probed(tenants.Ours), lines(`
		message is not modified*
		MESSAGE_NOT_MODIFIED`)},
	{probing, probed(tenants.Missing), lines(`
		message to edit not found
		message not found
		MESSAGE_ID_INVALID`)},
	{probing, probed(tenants.Theirs), lines(`
		message can't be edited
		MESSAGE_AUTHOR_REQUIRED`)},

	{"", done, lines(`
		message is not modified*
		MESSAGE_NOT_MODIFIED
		TOPIC_NOT_MODIFIED
		chat description is not modified
		message to delete not found
		query is too old and response timeout expired or query ID is invalid
		QUERY_ID_INVALID`)},

	// Of an album these may be one part's fault, and nothing has arrived. TDLib
	// says "group send failed" of parts for which another one failed (TDLib source).
	{albums, refused(tenants.AsApart, tenants.WhyAlbum), lines(`
		group send failed
		not enough rights to send * to the chat
		CHAT_SEND_*_FORBIDDEN
		IMAGE_PROCESS_FAILED
		PHOTO_INVALID_DIMENSIONS
		PHOTO_SAVE_FILE_INVALID
		photo has unsupported extension. *
		wrong file identifier/HTTP URL specified
		wrong remote file identifier specified: *
		invalid file_id
		wrong file_id or the file is temporarily unavailable
		can't use the media of the specified type in the album
		failed to get HTTP URL content
		wrong type of the web page content
		wrong HTTP URL specified
		can't upload file by URL
		FILE_PARTS_INVALID
		file must be non-empty
		file is too big
		MEDIA_EMPTY
		MEDIA_INVALID
		* can't be mixed with other media types
		Parameter show_caption_above_media must be the same for all messages
		too many messages to send as an album`)},

	{"", gone(tenants.GoneLogin), lines(`
		Unauthorized
		invalid token specified
		unallowed token specified
		Logged out
		Not Found`)},

	// The topic. TOPIC_DELETED comes where a send and the deletion meet,
	// TOPIC_ID_INVALID from edits. A forum with very many messages answers "message
	// thread not found" for old topics that exist, so others verify it.
	{"", gone(tenants.GoneTopic), lines(`
		message thread not found
		TOPIC_DELETED
		TOPIC_ID_INVALID
		invalid forum topic identifier specified`)},
	{"", gone(tenants.GoneTopicClosed), lines(`
		TOPIC_CLOSED`)},

	{"", gone(tenants.GoneClient), lines(`
		bot was blocked by the user
		USER_IS_BLOCKED
		user is deactivated
		INPUT_USER_DEACTIVATED
		bot can't initiate conversation with a user
		private chat not found
		the bot can't send messages to the bot
		bot can't send messages to bots
		USER_BOT_TO_BOT_DISABLED`)},
	// In a private chat these mean the client.
	{"", gone(tenants.GoneChat), lines(`
		chat not found
		PEER_ID_INVALID
		the group chat was deleted
		group chat was upgraded to a supergroup chat
		bot was kicked from the group chat
		bot was kicked from the supergroup chat
		bot was kicked from the channel chat
		bot is not a member of the group chat
		bot is not a member of the supergroup chat
		bot is not a member of the channel chat
		CHANNEL_PRIVATE`)},

	// Rights. Kinds that may not be written while others may are refusals.
	{"", noRight(tenants.WhyNoWriting), lines(`
		not enough rights to send text messages to the chat
		CHAT_SEND_PLAIN_FORBIDDEN`)},
	{"", refused(tenants.AsNote, tenants.WhyKind), lines(`
		not enough rights to send * to the chat
		CHAT_SEND_*_FORBIDDEN`)},
	{"", refused(tenants.AsNote, tenants.WhyVoice), lines(`
		user restricted receiving of voice note messages
		VOICE_MESSAGES_FORBIDDEN`)},
	{"", refused(tenants.AsNote, tenants.WhyVideoNote), lines(`
		user restricted receiving of video note messages`)},
	{"", noRight(tenants.WhyNoRight), lines(`
		not enough rights
		not enough rights to *
		need administrator rights in the channel chat
		CHAT_ADMIN_REQUIRED
		CHAT_ADMIN_INVITE_REQUIRED
		RIGHT_FORBIDDEN`)},
	{"", noRight(tenants.WhyNoWriting), lines(`
		have no write access to the chat
		CHAT_WRITE_FORBIDDEN
		CHAT_RESTRICTED
		USER_NOT_PARTICIPANT`)},
	{"", noRight(tenants.WhyNoForum), lines(`
		the chat is not a forum
		the chat is not a supergroup forum
		CHANNEL_FORUM_MISSING
		BOT_FORUM_CREATE_FORBIDDEN`)},

	// Another way. Every row leads on, never back: copy → forward → note, and
	// from a source that is away, or protected, to the kept body.
	{copying, refused(tenants.AsBody, tenants.WhyDeleted), lines(`
		message to copy not found
		message to forward not found
		there are no messages to forward
		message was not forwarded
		MESSAGE_ID_INVALID`)},
	{copying, refused(tenants.AsBody, tenants.WhyProtected), lines(`
		messages can't be forwarded
		message has protected content and can't be forwarded
		CHAT_FORWARDS_RESTRICTED`)},
	{"copyMessage copyMessages", refused(tenants.AsForward, tenants.WhyUncopyable), lines(`
		the message can't be copied`)},
	{"forwardMessage", refused(tenants.AsNote, tenants.WhyUncopyable), lines(`
		the message can't be forwarded`)},
	{"", refused(tenants.AsSplit, tenants.WhyLong), lines(`
		message is too long
		MESSAGE_TOO_LONG
		text is too long
		message caption is too long
		MEDIA_CAPTION_TOO_LONG`)},
	{"", refused(tenants.AsPlain, tenants.WhyFormatting), lines(`
		can't parse entities: *
		can't parse MessageEntity: *
		ENTITY_BOUNDS_INVALID
		unsupported parse_mode`)},
	{"", refused(tenants.AsUnthreaded, tenants.WhyReply), lines(`
		message to be replied not found
		message to reply not found
		QUOTE_TEXT_INVALID
		REPLY_MESSAGE_ID_INVALID
		REPLY_TO_INVALID
		object expected as reply parameters
		can't parse reply parameters JSON object`)},
	{"", refused(tenants.AsFile, tenants.WhyPicture), lines(`
		IMAGE_PROCESS_FAILED
		PHOTO_INVALID_DIMENSIONS
		PHOTO_SAVE_FILE_INVALID
		photo has unsupported extension. *`)},
	{"", refused(tenants.AsNote, tenants.WhyFile), lines(`
		wrong file identifier/HTTP URL specified
		wrong remote file identifier specified: *
		invalid file_id
		wrong file_id or the file is temporarily unavailable
		failed to get HTTP URL content
		wrong type of the web page content
		wrong HTTP URL specified
		can't upload file by URL
		FILE_PARTS_INVALID
		file must be non-empty
		MEDIA_EMPTY
		MEDIA_INVALID`)},
	{"", refused(tenants.AsNote, tenants.WhyFileSize), lines(`
		file is too big
		Request Entity Too Large
		content length is *`)},

	{"editMessageText", refused(tenants.AsCaption, tenants.WhyUneditable), lines(`
		there is no text in the message to edit`)},

	// No way: the operators are told.
	{"", refused(tenants.AsNone, tenants.WhyUnknown), lines(`
		message was not sent`)},
	{"", refused(tenants.AsNone, tenants.WhyVanished), lines(`
		sent message was immediately deleted and can't be returned`)},
	{"", refused(tenants.AsNone, tenants.WhyEmpty), lines(`
		message text is empty
		text must be non-empty`)},
	{"", refused(tenants.AsNone, tenants.WhyTwinGone), lines(`
		message to edit not found
		MESSAGE_ID_INVALID
		message to react not found
		message to pin not found
		message to unpin not found`)},
	{"", refused(tenants.AsNone, tenants.WhyUneditable), lines(`
		message can't be edited
		there is no text in the message to edit
		there is no caption in the message to edit
		MESSAGE_AUTHOR_REQUIRED
		message can't be deleted
		message can't be deleted for everyone
		MESSAGE_DELETE_FORBIDDEN
		message can't be pinned
		service messages can't be pinned`)},
	{"", refused(tenants.AsNone, tenants.WhyTooOld), lines(`
		MESSAGE_EDIT_TIME_EXPIRED`)},
	{"", refused(tenants.AsNone, tenants.WhyOurs), lines(`
		message identifier is not specified
		chat identifier is not specified
		message identifiers are not specified
		too many message identifiers specified
		message identifiers must be in a strictly increasing order
		invalid message identifier specified`)},
	{"", refused(tenants.AsNone, tenants.WhyNoReaction), lines(`
		REACTION_INVALID
		REACTIONS_TOO_MANY`)},
	{"", refused(tenants.AsNone, tenants.WhyPaid), lines(`
		ALLOW_PAYMENT_REQUIRED_*`)},
	{"", refused(tenants.AsNone, tenants.WhyPremium), lines(`
		PRIVACY_PREMIUM_REQUIRED`)},
	{"", refused(tenants.AsNone, tenants.WhyOurs), lines(`
		TOPIC_CLOSE_SEPARATELY
		name must be non-empty
		invalid icon color specified
		TOPIC_TITLE_EMPTY
		PREMIUM_ACCOUNT_REQUIRED
		there are no messages to send
		BUTTON_DATA_INVALID
		BUTTON_URL_INVALID
		BUTTON_TYPE_INVALID
		BUTTON_USER_PRIVACY_RESTRICTED
		reply markup is too long
		object expected as reply markup
		can't parse reply keyboard markup JSON object
		can't parse inline keyboard button: *
		can't parse InputMedia: *
		wrong direct messages topic identifier specified
		invalid paid media file specified
		Parameter "*" is required
		Can't find field "*"
		Field "*" must be of type *
		wrong parameter action in request
		there is no * in the request
		file_id not specified
		method not found
		absolute URI is specified in the Request-Line
		too many parameters
		the bot has already been closed`)},
	{"", refused(tenants.AsNone, tenants.WhyNotAllowed), lines(`
		chat_id is empty
		bot "*" not found
		user not found
		member not found
		invalid user_id specified
		member list is inaccessible
		PARTICIPANT_ID_INVALID
		USER_ID_INVALID
		method is available only for *
		there are no administrators in the private chat
		can't restrict self
		can't remove chat owner
		can't promote self
		user is an administrator of the chat
		ADMINS_TOO_MUCH
		CHANNELS_TOO_MUCH
		only the owner can edit their custom title
		user is not an administrator
		CUSTOM_TITLE_INVALID*
		TAG_*
		invalid webhook URL specified
		bad webhook: *
		secret token is too long
		secret token contains unallowed characters
		certificate size is too big (* bytes)`)},

	{"", unsure, lines(`
		restart
		Request aborted
		Bad Gateway`)},

	// Somebody else has the updates; it is told apart by its code.
	{"", notSent, lines(`
		can't use getUpdates method while webhook is active; *
		terminated by other getUpdates request; *
		terminated by setWebhook request
		terminated by other setWebhook`)},
}

// find is the row's outcome for a refusal of a method.
func find(method, text string) (tenants.Outcome, bool) {
	for _, row := range catalogue {
		if row.methods != "" && !contains(row.methods, method) {
			continue
		}
		for _, pattern := range row.texts {
			if fits(pattern, text) {
				return row.is, true
			}
		}
	}
	return tenants.Outcome{}, false
}

func contains(words, word string) bool {
	for one := range strings.FieldsSeq(words) {
		if one == word {
			return true
		}
	}
	return false
}

// fits tells whether the text is the pattern, with anything for each *.
func fits(pattern, text string) bool {
	pattern, text = strings.ToLower(pattern), strings.ToLower(text)
	parts := strings.Split(pattern, "*")
	first, last := parts[0], parts[len(parts)-1]
	if len(parts) == 1 {
		return pattern == text
	}
	if len(text) < len(first)+len(last) || !strings.HasPrefix(text, first) || !strings.HasSuffix(text, last) {
		return false
	}
	text = text[len(first) : len(text)-len(last)]
	for _, middle := range parts[1 : len(parts)-1] {
		at := strings.Index(text, middle)
		if at < 0 {
			return false
		}
		text = text[at+len(middle):]
	}
	return true
}
