package telegram

import (
	"fmt"
	"strings"
	"time"
)

// Situation names one way in which a call can fail; failures says what the
// Bot API answers then.
type Situation string

// Failure is what the Bot API answers in one situation. Text may hold %s or
// %d for what the situation is about. Source is where the text was seen.
type Failure struct {
	Code   int
	Text   string
	Source string
}

// problem is one failed call.
type problem struct {
	situation Situation
	code      int
	text      string
	retry     int           // seconds, 429 only
	migrate   int64         // new chat id of an upgraded group
	hold      time.Duration // heldBack only: how long Telegram waits by itself
	then      *problem      // heldBack only: what it answers after that; nil = it tries again
	late      time.Duration // how long the caller waits for this answer
}

// fail makes the answer of a situation; args fill the gaps of its text.
func fail(s Situation, args ...any) *problem {
	f, ok := failures[s]
	if !ok {
		panic("telegram: no failure " + string(s))
	}
	if strings.Count(f.Text, "%") != len(args) {
		panic(fmt.Sprintf("telegram: failure %q with %d arguments", s, len(args)))
	}
	text := f.Text
	if len(args) > 0 {
		text = fmt.Sprintf(text, args...)
	}
	return &problem{situation: s, code: f.Code, text: text}
}

// Failures returns the whole table of failed answers.
func Failures() map[Situation]Failure {
	out := make(map[Situation]Failure, len(failures))
	for s, f := range failures {
		out[s] = f
	}
	return out
}

// parseProblem is a complaint about marked up text.
func parseProblem(format string, args ...any) *problem {
	return fail(badEntities, fmt.Sprintf(format, args...))
}

// Error makes a problem usable where people act.
func (p *problem) Error() string { return p.text }

// heldBack is no failure: the call waits inside Telegram and is tried again.
const heldBack Situation = "short flood is waited for inside Telegram"

// Where the texts come from.
const (
	fromServer = "Bot API server source"
	fromTDLib  = "TDLib source"
	fromDocs   = "Bot API docs"
	fromIssues = "reported by users in public issues"
	fromProto  = "MTProto API docs"
	measured   = "measured"
	assumed    = "assumed: nobody has shown the text"
	halfKnown  = fromDocs + "; the text is assumed" // that it is refused is documented
)

// Situations of routing and tokens.
const (
	notFound       Situation = "path is not a method"
	methodNotFound Situation = "unknown method"
	unauthorized   Situation = "token is wrong or revoked"
	invalidToken   Situation = "token is malformed"
	flood          Situation = "too many requests"
	internalError  Situation = "server trouble"
	badGateway     Situation = "gateway trouble"
)

// Situations of chats and access.
const (
	chatEmpty         Situation = "chat_id is missing"
	chatNotFound      Situation = "chat is unknown to the bot"
	userDeactivated   Situation = "person deleted the account"
	blocked           Situation = "person blocks the bot"
	cantInitiate      Situation = "person never started the bot"
	toBot             Situation = "target is a bot"
	upgraded          Situation = "basic group was upgraded"
	groupDeleted      Situation = "basic group was deleted"
	kickedGroup       Situation = "bot was removed from a basic group"
	notInGroup        Situation = "bot is not in the basic group"
	kickedSuper       Situation = "bot was banned in a supergroup"
	notInSuper        Situation = "bot is not in the supergroup"
	kickedChannel     Situation = "bot was banned in a channel"
	notInChannel      Situation = "bot is not in the channel"
	onlySupergroups   Situation = "method needs a supergroup"
	noAdminsPrivate   Situation = "administrators of a private chat"
	userNotFound      Situation = "user is unknown"
	memberNotFound    Situation = "user was never in the chat"
	invalidUser       Situation = "user_id is not a number"
	listInaccessible  Situation = "member list can't be seen"
	cantRestrictSelf  Situation = "bot bans itself"
	cantRemoveOwner   Situation = "bot bans the owner"
	userIsAdmin       Situation = "bot bans an administrator"
	notEnoughRestrict Situation = "no right to ban"
	groupsOnlyMethod  Situation = "method needs a group"
	leavePrivate      Situation = "bot leaves a private chat"
)

// Situations of rights.
const (
	voiceForbidden     Situation = "voice messages to a person who refuses them"
	noRightToSend      Situation = "member may not send that kind"
	noWriteAccess      Situation = "member may not write at all"
	needChannelAdmin   Situation = "bot is no administrator of the channel"
	noRightTopic       Situation = "no right to make topics"
	noRightEditTopic   Situation = "no right to edit the topic"
	noRightToggleTopic Situation = "no right to close or open the topic"
	noRightDeleteTopic Situation = "no right to delete the topic"
	adminRequired      Situation = "no right to change a topic that the bot's server hasn't met"
	noRightPin         Situation = "no right to pin"
	noRightLink        Situation = "no right to invite links"
)

// Situations of texts and markup.
const (
	textEmpty          Situation = "text is missing"
	textBlank          Situation = "text is empty after parsing"
	textTooLong        Situation = "text is over 4096 characters"
	editTextTooLong    Situation = "edited text is over 4096 characters"
	textTooBig         Situation = "text is over 32768 bytes"
	captionTooLong     Situation = "caption is over 1024 characters"
	editCaptionLong    Situation = "edited caption is over 1024 characters"
	badParseMode       Situation = "unknown parse_mode"
	badEntities        Situation = "markup can't be parsed"
	entityOffset       Situation = "entity begins nowhere"
	entityLength       Situation = "entity of an impossible length"
	entityBegins       Situation = "entity begins within a character"
	entityCuts         Situation = "entity ends within a character"
	entityBeyond       Situation = "entity begins after the text"
	entityEnds         Situation = "entity ends after the text"
	badEntity          Situation = "entity can't be parsed"
	entityURL          Situation = "entity's link is malformed"
	entityEmoji        Situation = "entity's custom emoji is no number"
	entityDate         Situation = "entity's moment is none"
	badMarkup          Situation = "reply_markup is not an object"
	badKeyboard        Situation = "reply_markup can't be parsed"
	buttonData         Situation = "callback_data is not 1-64 bytes"
	buttonURL          Situation = "button URL is malformed"
	badReply           Situation = "reply_parameters is not an object"
	unparsableReply    Situation = "reply_parameters can't be parsed"
	missingParam       Situation = "required parameter is missing"
	badAction          Situation = "unknown chat action"
	actionNoForum      Situation = "chat action for a topic where there can't be any"
	noFileInRequest    Situation = "file is missing"
	badInputMedia      Situation = "media can't be parsed"
	stringNotUTF8      Situation = "strings must be UTF-8"
	commandInvalid     Situation = "command is malformed"
	commandsUnparsable Situation = "commands can't be parsed"
	commandsTooMany    Situation = "too many commands"
	descriptionNeeded  Situation = "command without description"
	pollOptions        Situation = "poll with too few options"
	pollOptionsMany    Situation = "poll with too many options"
	diceEmoji          Situation = "dice emoji is unknown"
	reactionInvalid    Situation = "reaction is not allowed"
	reactionsMany      Situation = "more than one reaction"
	badLocation        Situation = "location is not a point"
)

// Situations of messages and topics.
const (
	notModified         Situation = "edit changes nothing"
	editNotFound        Situation = "message to edit is gone"
	cantEdit            Situation = "message may not be edited"
	noTextToEdit        Situation = "message has no text"
	noCaptionToEdit     Situation = "message has no caption"
	deleteNotFound      Situation = "message to delete is gone"
	cantDelete          Situation = "message may not be deleted"
	noChatID            Situation = "chat_id of deleteMessage is missing"
	cantPin             Situation = "message can't be pinned"
	reactionsArray      Situation = "reaction is no array"
	badReaction         Situation = "one reaction can't be parsed"
	badReactions        Situation = "reaction can't be parsed"
	noMessageID         Situation = "message_id is missing"
	copyNotFound        Situation = "message to copy is gone"
	forwardNotFound     Situation = "message to forward is gone"
	cantCopy            Situation = "message can't be copied"
	cantForward         Situation = "message can't be forwarded"
	protectedContent    Situation = "source chat protects its content"
	noneToForward       Situation = "nothing left to copy or forward"
	noMessageIDs        Situation = "message_ids is missing"
	badMessageIDs       Situation = "message_ids can't be parsed"
	messageIDsArray     Situation = "message_ids is no array"
	messageIDKind       Situation = "message_ids holds what is no number"
	messageIDNumber     Situation = "message_ids holds what is no whole number"
	nothingToForward    Situation = "no message to copy or forward exists"
	tooManyIDs          Situation = "message_ids is too long"
	idsNotIncreasing    Situation = "message_ids don't increase"
	invalidMessageID    Situation = "message_ids holds nonsense"
	replyNotFound       Situation = "message to reply to is gone"
	quoteInvalid        Situation = "quote is not in the message"
	reactNotFound       Situation = "message to react to is gone"
	pinNotFound         Situation = "message to pin is gone"
	unpinNotFound       Situation = "message to unpin is gone"
	threadNotFound      Situation = "topic is unknown"
	topicClosed         Situation = "topic is closed"
	topicInvalid        Situation = "topic to change is unknown"
	topicNotModified    Situation = "topic change changes nothing"
	notForum            Situation = "chat has no topics"
	notSuperForum       Situation = "chat is not a supergroup forum"
	topicNameEmpty      Situation = "topic name is empty"
	badTopicColor       Situation = "topic colour is not allowed"
	badTopicIcon        Situation = "topic icon is not a free one"
	generalIcon         Situation = "icon for General"
	noTopics            Situation = "pins of a topic where there are none"
	topicDeleted        Situation = "topic was deleted since it was looked up"
	draftPeer           Situation = "draft outside private chats"
	connectionNotFound  Situation = "business connection is unknown"
	connectionInvalid   Situation = "business connection was ended"
	businessNoChat      Situation = "chat_id is missing on behalf of a business account"
	businessBadChat     Situation = "chat_id is no number on behalf of a business account"
	businessPrivateOnly Situation = "group on behalf of a business account"
	businessSelf        Situation = "business account writes to itself"
	businessPeer        Situation = "chat isn't the business bot's"
	businessIdle        Situation = "nobody wrote to the business account for a day"
	businessRight       Situation = "business bot lacks a right"
	messageIDInvalid    Situation = "business message is gone"
	messageAuthor       Situation = "business message of the other side"
	editExpired         Situation = "business message is too old to edit"
	badTopicID          Situation = "message_thread_id is missing"
	albumTooLong        Situation = "album of more than ten"
	albumEmpty          Situation = "album of none"
	albumMixed          Situation = "album mixes kinds"
	albumFlood          Situation = "flood inside an album"
	queryTooOld         Situation = "callback query is old"
	fileIDWrong         Situation = "file id of another bot, or garbled"
	fileIDMissing       Situation = "getFile without file_id"
	fileIDInvalid       Situation = "getFile with a garbled id"
	fileUnavailable     Situation = "getFile with an id that Telegram doesn't give"
	fileTooBig          Situation = "file over 20 MB"
	fileEmpty           Situation = "uploaded file is empty"
	urlFailed           Situation = "URL can't be fetched"
	uploadTooBig        Situation = "upload over 50 MB"
	webhookActive       Situation = "getUpdates while a webhook is set"
	otherPoll           Situation = "another getUpdates came"
	setWebhookMeanwhile Situation = "setWebhook came during getUpdates"
	webhookInvalid      Situation = "webhook URL is malformed"
	webhookHTTPS        Situation = "webhook URL is not HTTPS"
	webhookPort         Situation = "webhook port is not allowed"
	secretTooLong       Situation = "secret token over 256"
	secretInvalid       Situation = "secret token has other characters"
)

// Situations of updates and webhooks.
const (
	otherSetWebhook    Situation = "another setWebhook came"
	webhookNoHost      Situation = "webhook host has no address"
	webhookBadIP       Situation = "ip_address is no address"
	webhookIPv6        Situation = "webhook has only an IPv6 address"
	webhookReserved    Situation = "webhook address is not public"
	certificateTooBig  Situation = "certificate over 3 MiB"
	certificateInvalid Situation = "certificate is not PEM"
	misdirected        Situation = "token's id is not a number"
	loggedOut          Situation = "bot has logged out"
	alreadyClosed      Situation = "close of a closed bot"
	callbackTooLong    Situation = "answer to a button over 200 characters"
	callbackURL        Situation = "answer to a button opens a foreign link"
	absoluteURI        Situation = "request line holds a whole URL"
)

// Situations of members and their rights.
const (
	chatAdminRequired   Situation = "what only administrators do, or to one whom the bot may not change"
	rightForbidden      Situation = "bot gives a right that it hasn't"
	notEnough           Situation = "no right to promote"
	cantPromoteSelf     Situation = "bot promotes itself"
	cantUnrestrictSelf  Situation = "bot lifts its own restrictions"
	botsCantAdd         Situation = "bot would have to add somebody"
	userNotMutual       Situation = "bot promotes somebody outside the chat"
	notParticipant      Situation = "user is not in the chat"
	cantBanPrivate      Situation = "ban in a private chat"
	cantBanChatBasic    Situation = "ban of a channel in a basic group"
	cantRestrictChat    Situation = "ban of a chat that is no channel"
	standingPrivate     Situation = "standing in a private chat"
	onlyGroups          Situation = "method needs a basic group or supergroup"
	groupInactive       Situation = "bot leaves a basic group that is gone"
	ownersTitle         Situation = "custom title of the owner"
	notAnAdmin          Situation = "custom title of no administrator"
	noRightTitleOf      Situation = "no right to give that custom title"
	titleInvalid        Situation = "custom title is too long"
	titleEmoji          Situation = "custom title holds an emoji"
	tagForbidden        Situation = "no right to give that tag"
	tagInvalid          Situation = "tag is too long"
	tagEmoji            Situation = "tag holds an emoji"
	senderEmpty         Situation = "sender_chat_id is missing"
	senderInvalid       Situation = "sender_chat_id is not a number"
	permissionsGarbled  Situation = "permissions are no JSON"
	permissionsNoObject Situation = "permissions are not an object"
	permissionsBad      Situation = "permissions can't be parsed"
	permissionsPrivate  Situation = "permissions of a private chat"
	permissionsChannel  Situation = "permissions of a channel"
	noRightPermissions  Situation = "no right to change permissions"
)

// Situations of invite links.
const (
	linkPrivate       Situation = "invite link of a private chat"
	linkExpired       Situation = "invite link ends in the past"
	linkLimitInvalid  Situation = "invite link for too many"
	linkLimitApproval Situation = "invite link with limit and approval"
	linkEmpty         Situation = "invite link is missing"
	linkUnknown       Situation = "invite link is unknown, revoked or another's"
	linkPermanent     Situation = "edit of a primary invite link"
	noRequestsHere    Situation = "join requests of a private chat"
	noRightRequests   Situation = "no right to settle join requests"
	requestMissing    Situation = "nobody asked to join"
	alreadyInside     Situation = "who asked to join is inside"
)

// Situations of what chats show.
const (
	titleEmpty       Situation = "title is empty"
	titlePrivate     Situation = "title of a private chat"
	noRightTitle     Situation = "no right to change the title"
	aboutPrivate     Situation = "description of a private chat"
	noRightAbout     Situation = "no right to change the description"
	aboutNotModified Situation = "description changes nothing"
	photoPrivate     Situation = "photo of a private chat"
	noRightPhoto     Situation = "no right to change the photo"
	photoNotUploaded Situation = "chat photo is not an upload"
	chatNotModified  Situation = "chat has no photo to delete"
	setNameEmpty     Situation = "sticker_set_name is missing"
	setNotFound      Situation = "sticker set to give a group is unknown"
	setInvalid       Situation = "sticker set is unknown"
	noRightStickers  Situation = "no right to change the sticker set"
	cantSetStickers  Situation = "group is too small for a sticker set"
	emojiGarbled     Situation = "custom_emoji_ids are no JSON"
	emojiNoArray     Situation = "custom_emoji_ids are no array"
	emojiNoString    Situation = "custom emoji id is no string"
	emojiNoNumber    Situation = "custom emoji id is no number"
	emojiTooMany     Situation = "too many custom emoji"
)

// Situations of a bot's own settings.
const (
	badLanguage        Situation = "language_code is not two letters"
	nameTooLong        Situation = "bot's name is too long"
	aboutTooLong       Situation = "bot's description is too long"
	shortTooLong       Situation = "bot's short description is too long"
	rightsGarbled      Situation = "default rights are no JSON"
	rightsBad          Situation = "default rights can't be parsed"
	buttonGarbled      Situation = "menu button is no JSON"
	buttonBad          Situation = "menu button can't be parsed"
	scopeGarbled       Situation = "command scope is no JSON"
	scopeBad           Situation = "command scope can't be parsed"
	scopeChannel       Situation = "command scope names a channel"
	scopePrivate       Situation = "command scope for groups names a private chat"
	commandsGarbled    Situation = "commands are no JSON"
	commandBad         Situation = "command can't be parsed"
	commandEmpty       Situation = "command is empty"
	commandTooLong     Situation = "command is over 32 characters"
	descriptionTooLong Situation = "command's description is over 256 characters"
)
