package tenants

import "time"

// Limits of Telegram (core.telegram.org/bots/api and /bots/faq).
const (
	MaxText       = 4096 // UTF-16 units of a text
	MaxCaption    = 1024 // UTF-16 units of a caption
	MaxAlbum      = 10   // parts of an album
	MaxEntities   = 100  // of a message; Telegram drops what is beyond (measured)
	MaxQuote      = 1024 // UTF-16 units of a quote in a reply (Bot API docs, ReplyParameters)
	MaxTopicTitle = 128  // characters of a topic's name
	// MaxMembers is the largest group.
	MaxMembers = 200_000
)

// MaxDownload is the largest file that a bot can get, bytes (Bot API docs,
// getFile); what it can send is larger.
const MaxDownload = 20 << 20

// GroupCapacity is how many messages of a group Telegram shows: topics that
// began before them are not found by bots any more, though people see them.
// Telegram's page of limits says 1,000,000 for the visible history; users of the
// Bot API report that old topics are lost from 300,000 or 1,000,000 on. The
// highest id seen is the measure: a supergroup numbers all its messages in one
// sequence, service messages and deleted ones included.
const GroupCapacity MessageID = 1_000_000

// Limits of ours.
const (
	MaxAuthorName = 64 // characters of a name in an author line

	// AuthorPause: after it the author's name is repeated.
	AuthorPause = 5 * time.Minute
	// MaxJoined is how many texts of a client go as one message, MaxJoinedPart how
	// long each of them is at most, UTF-16 units.
	MaxJoined     = 10
	MaxJoinedPart = 1000
	// JoinedKept is how long the texts of such a message are kept, so that one of
	// them can be edited: Telegram lets people edit for 48 h (TDLib source,
	// edit_time_limit).
	JoinedKept = 48 * time.Hour
	// AlbumQuiet: how long a lane waits for the next part of an album.
	AlbumQuiet = 2 * time.Second
	// TopicsPerHour is how many dialogs of a tenant get a topic of their own in an
	// hour; further new ones go into the waiting room.
	TopicsPerHour = 100
	// EarlierShown is how many messages a topic that was made anew shows once more.
	EarlierShown = 10
	// RenamePause is the least time between two renames of one topic.
	RenamePause = time.Minute
	// TopicPause is the least time between two new topics of one login in one
	// group: bots were banned for bursts.
	TopicPause = 3 * time.Second
	// GreetGroupPause: a group is greeted at most once in this time.
	GreetGroupPause = 24 * time.Hour
	// WaitingMark: an operator's message that waits longer gets a sign.
	WaitingMark = 10 * time.Second
	// WaitingTold: where signs are refused, one that waits longer is told.
	WaitingTold = time.Minute
	// SignsPause: a group that refuses our reactions is asked again after it.
	SignsPause = time.Hour
	// LabelHold is how long at least what a label sends is held.
	LabelHold = 10 * time.Second
	// UndoSent: /undo takes back what was sent at most so long ago.
	UndoSent = 5 * time.Minute
	// LateNote: a delivery later than this is told.
	LateNote = 10 * time.Minute
	// SeenKept is how long update ids are remembered: Telegram keeps updates 24 h.
	SeenKept = 48 * time.Hour
	// UpdatesKept is how long Telegram keeps what nobody has received (Bot API docs,
	// "Getting updates").
	UpdatesKept = 24 * time.Hour
	// AsideKept is how long a poisonous update is kept, sealed.
	AsideKept = 7 * 24 * time.Hour
	// HeldKept is how long a message waits for somebody's choice: a bot can't
	// delete what is older than 48 h (Bot API docs, deleteMessage), and the note
	// with the button goes when it is pressed.
	HeldKept = 47 * time.Hour
	// MaxHelpers is how many bots may help one connection: a group has at most 20
	// bots (Telegram's page of limits), and clients' texts need no more.
	MaxHelpers = 8
	// MaxReplies is how many quick replies a group may have: what a /say reads.
	MaxReplies = 500
	// MaxLabels is how many labels one group has at most.
	MaxLabels = 1000
	// MaxHeld is how many messages of one dialog wait for a choice; the latest stay.
	MaxHeld = 100
	// HoldPause: a tenant that takes in nothing new takes a batch of updates this often
	// all the same, because what helps it may be a command: /bind for another group.
	HoldPause = 10 * time.Minute
	// HoldUpdate is the same where updates come one by one.
	HoldUpdate = HoldPause / 100
	// CallsAtOnce is how many calls of one login may be under way: far more than 30 a
	// second that are answered, and few if they hang until their time is over.
	CallsAtOnce = 64
	// AsksAtOnce is how many questions about chats one tenant may have under way.
	AsksAtOnce = 32
	// MenuManagers is how many managers of a group get a menu of commands of their own,
	// those first in EXTENSIONS_ALLOWED: each costs a call for each language.
	MenuManagers = 20
	// MenuAgain: menus that could not be set are tried again after it.
	MenuAgain = time.Hour
	// MenuWithin: a tenant falls asleep although menus have been on their way for so
	// long; the next opening sets them anew.
	MenuWithin = time.Minute
	// CrashesToPoison: an update under way at so many crashes is set aside.
	CrashesToPoison = 3
	// LogLines is how many lines of the log one tenant may cause with one message
	// within LogPer; further ones are counted in the next. It is more than a group and a
	// private chat together send in that time, so that each possible double has its line.
	LogLines = 120
	LogPer   = time.Minute
	// SettleWithin: a batch not settled in this time makes the tenant reopen.
	SettleWithin = 20 * time.Second
)
