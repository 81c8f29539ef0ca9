package telegram

import "time"

// Knobs are the rules of Telegram that are not documented, or that people
// report differently. Each says what speaks for its values. Times are
// durations, counts are calls or messages.
type Knobs struct {
	// Group is the budget of one bot in one group or forum with all its
	// topics. Telegram's bot FAQ: 20 messages a minute.
	Group Limit
	// Channel is the budget of one bot in one channel. The FAQ doesn't name
	// channels; users saw 20 a minute there too.
	Channel Limit
	// Private is the budget of one bot with one person. Bot FAQ: about one
	// message a second, short bursts pass.
	Private Limit
	// Overall is one bot's budget over all chats. Bot FAQ: about 30
	// messages a second for bulk notifications; the server's author calls
	// it a limit on broadcasting only, so it may be off.
	Overall Limit
	// Paid replaces Overall for calls with allow_paid_broadcast. Bot API
	// docs: up to 1000 messages a second; it lifts the limits on
	// broadcasting, not those of a chat.
	Paid Limit
	// GroupOfAllBots makes the bots of a group or channel share its budget. The FAQ
	// says "your bot", and users send more through several bots; so off.
	GroupOfAllBots bool
	// FloodStopsBot makes a flood that was told stop the bot in all chats
	// until its end, as one library's manual claims. The server's author
	// speaks of limits per chat.
	FloodStopsBot bool
	// Edits decides what edits cost. The server's author (2023, 2024):
	// sends and edits share the limit; users measured (2026) looser ones.
	Edits Sharing
	// SameEditsCost makes an edit that changes nothing cost what an edit costs. It
	// reaches Telegram, which refuses it (TDLib source); whether it is counted is
	// not known. What the bot's server itself refuses is not: no such message, or
	// not the bot's.
	SameEditsCost bool
	// SkipNumbers leaves out each so-many-th number of the messages of a supergroup
	// or of an account, as if it had been given to a message that was never made.
	// Users report gaps that no deletion explains; nobody has measured how often.
	// 0 = none.
	SkipNumbers int
	// Forwards decides what forwarding costs. The server's author:
	// forwarding and sending are counted apart; both put messages into the
	// chat. Overall counts them in any case.
	Forwards Sharing
	// Copies decides the same for copyMessage and copyMessages. No data;
	// a copy is sent as a new message.
	Copies Sharing
	// TopicActions decides what creating, editing, closing and reopening
	// topics costs. The server's author: creating counts as a message; a
	// burst of 26 edits was seen to exhaust the group's budget.
	TopicActions Sharing
	// Actions and ActionsLong together limit sendChatAction per chat. Users
	// saw retry_after 3-7 s and measured 20 calls in 5 s and 40 in 30 s.
	Actions, ActionsLong Limit
	// Drafts limits sendMessageDraft per chat: one each 300 ms drew
	// retry_after 3, which eight in 5 s would do.
	Drafts Limit
	// Loose limits reactions, pins, deletions and what administrators do to
	// the chat, its members and links, per chat, each for itself. Unpinning
	// in many topics drew retry_after 3; else no data.
	Loose Limit
	// AlbumCostsEach counts an album as its number of items, not as one.
	// An album is N messages in every other respect; folklore agrees.
	AlbumCostsEach bool
	// CopyCostsEach counts copyMessages and forwardMessages by item.
	CopyCostsEach bool
	// AlbumFlood400 wraps a flood met inside an album into a 400
	// ("failed to send message #1 …"), and delivers the items that still
	// fit, as one user reported in 2025.
	AlbumFlood400 bool
	// HideUpTo is how long a call may wait inside Telegram for floods that
	// are not told, all its waits together: 8 s for bots (TDLib source).
	// Messages of one bot to one chat wait in a row; the waits of those
	// ahead count too. 0 = all floods are told.
	HideUpTo time.Duration
	// Penalty grows every wait that follows a call made before the end of
	// the last one. Folklore. 0 = none.
	Penalty time.Duration
	// ServerLimits are those of the Bot API server (its source): 310 unsent
	// messages in a chat and 1000 requests of a bot at once, uploads of one
	// size paced, setWebhook once a second. A server started with --local
	// has only the first and the last.
	ServerLimits bool
	// ServiceOfOtherBots tells bots of service messages that other bots
	// cause. Telegram's page on privacy mode: all bots receive all service
	// messages; bots never see other bots' ordinary messages.
	ServiceOfOtherBots bool
	// UndocumentedFields adds the fields that the server writes though no
	// version of the Bot API page names them now: chats of basic groups
	// with all_members_are_administrators and accepted_gift_types,
	// administrators with can_manage_voice_chats, quizzes with
	// correct_option_id (server source).
	UndocumentedFields bool
	// TopicMemory is how long a bot's server goes on believing in a topic
	// that it has looked up: one that people delete meanwhile answers
	// TOPIC_DELETED instead of "message thread not found". TDLib source: a
	// minute. 0 = it asks each time.
	TopicMemory time.Duration
	// VisibleHistory is how many messages back a forum's topics are found by
	// bots; older ones answer "message thread not found" though they exist.
	// Telegram's page of limits: the last 1,000,000 messages are visible;
	// users saw it from about 300,000 on. 0 = all.
	VisibleHistory int
	// AnyTopicIcon takes every custom emoji as a topic's icon, as Telegram
	// does for premium owners. Without, only the free ones pass
	// (getForumTopicIconStickers); that DOCUMENT_INVALID is the refusal is
	// documented for MTProto, for bots nobody has reported it.
	AnyTopicIcon bool
	// AnyTopicColor takes every RGB value as a topic's colour and makes it
	// the default one. TDLib lets them pass and sends 0 itself where none is
	// given; the Bot API docs allow six values only.
	AnyTopicColor bool
	// BotCustomEmoji lets bots put custom emoji into texts. Bot API docs: bots
	// that bought a username, or whose owner has Premium; what others
	// send arrives as plain emoji, without an error (reported by users in
	// public issues).
	BotCustomEmoji bool
	// DeletedTopicFallsBack sends what goes to an unknown topic of a private
	// chat into the chat itself, without an error, as Telegram did until June
	// 2026 (reported by users in public issues).
	DeletedTopicFallsBack bool
	// BusinessEcho tells a bot also of what it does itself in the chats of a
	// business account. Guides of bot libraries speak of messages of both
	// sides "but not of your bot"; nobody has measured edits and deletions.
	BusinessEcho bool
	// MigrationOrder is the order of the two messages about a group's
	// upgrade. Measured twice with the old group first; they go through
	// different queues of a webhook, so both orders happen.
	MigrationOrder MigrationOrder
	// ApprovedByAdmin names the administrator who approved a join request
	// as performer of the chat_member update, else it names the person who
	// joined. Telegram's docs name the performer of the change; no data.
	ApprovedByAdmin bool
	// PlainWebhooks accepts http:// and any port for webhooks, as a local
	// Bot API server does (Bot API docs).
	PlainWebhooks bool
	// PollGap treats a getUpdates with the same offset and timeout below
	// 3 s within 3 s as one of 3 s (server source).
	PollGap bool

	// How updates reach bots.

	// UpdateBytes is the size from which on an update is dropped. The
	// server writes it into a buffer that begins with 64 KiB and drops what
	// doesn't fit; by newer versions of its library the buffer grows, and
	// the queue refuses what is over 512 KiB.
	UpdateBytes int
	// AlbumGap is the time between the updates of one album; what follows
	// them in the chat comes after them, what happens elsewhere in between.
	// 25 ms were measured in 2026 between two documents; users of webhooks
	// report tens of milliseconds, sometimes seconds. 0 = all at once, still
	// as separate updates; so it is in the profile "unlimited".
	AlbumGap time.Duration
	// InlineTimeout is how long an inline query can be answered. A user's log
	// shows a refusal after 10.3 s, others report 5 to 10 s; its update lives
	// 30 s (server source).
	InlineTimeout time.Duration
	// ReactionDelay is after how long bots learn the counts of anonymous
	// reactions. Bot API docs: grouped, and up to a few minutes later.
	ReactionDelay time.Duration
}

// MigrationOrder says which message about a group's upgrade comes first.
type MigrationOrder int

// The orders that bots may see.
const (
	MigrateToFirst   MigrationOrder = iota // migrate_to_chat_id, then migrate_from_chat_id
	MigrateFromFirst                       // the new group first
)
