package dialog

import (
	"fmt"
	"strings"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/privacy"
)

// Status of a dialog. The schema's CHECK lists the same values.
type Status string

const (
	None            Status = ""                 // the client has not been relayed yet, no topic
	UserAnswered    Status = "user_answered"    // 🟪 somebody waits for us
	SupportAnswered Status = "support_answered" // 🟨 we answered last
	Closed          Status = "closed"           // ⬛️
)

// State is one client chat as its chat actor knows it: a row of dialogs. It
// holds real names; what goes into the group is made from it by redaction.
type State struct {
	ID         tenants.DialogID
	Connection tenants.ConnectionID // the login that serves it
	Chat       tenants.Chat         // as last seen
	Client     tenants.Person       // of a private dialog, as last seen
	Group      tenants.ChatID       // backend group of its topic; 0 = the connection has none yet

	Status      Status
	FirstSeen   time.Time
	Opened      int       // how often it went from none or closed to 🟪
	Greeted     time.Time // last welcome; zero = never
	Started     time.Time // last bare /start that has not been followed by a message
	TeamBegan   bool      // our side wrote first: no welcome until it has been closed once
	Unreachable bool      // the client blocked us, left or is gone
	Delivered   time.Time // last answer: an operator's that reached the client, a team member's, /wait; autoclose counts from it; zero = never
	Wake        time.Time // when the chat wants to be rung; zero = never

	// Pending counts operators' messages accepted for the client and not yet
	// delivered or refused. An album counts once.
	Pending int

	Thread     tenants.ThreadID // of a client forum group: where a client wrote last; 0 = General
	Withheld   int              // messages withheld by a filter since it was last told
	WithheldAt time.Time        // when that was last told; zero = never

	// SaidBy and SaidAt: whose message is the last one in the topic. SaidBy is
	// "" after one of ours and in channels, else the author's key.
	SaidBy string
	SaidAt time.Time

	Shown  string // the name shown in the group: the real one, or a pseudonym
	Custom string // the name an operator gave to the topic; "" = none
	Title  string // the topic's whole title as decided

	// People are those met in this chat, the client included: their names are
	// what HIDE_INFO hides. Kept to the latest MaxPeople.
	People []tenants.Person
	// Titles are earlier titles of a group chat.
	Titles []string

	Rare Rare
}

// maxTitles is how many titles of one chat and its channels are remembered.
const maxTitles = 100

// MaxPeople is how many people of one chat are remembered for redaction.
const MaxPeople = 500

// Facts are what a decision may need besides the state: values, no handles.
type Facts struct {
	Now      time.Time
	Settings tenants.Settings    // for this dialog: the narrowest level wins
	Filters  *Filters            // compiled from Settings; nil = at the first use
	Key      []byte              // the tenant's key for pseudonyms
	Later    map[privacy.Tag]int // see privacy.Known; shared
	Cover    *Cover              // of the dialog, perhaps of before; nil = made at the first use
	Bot      string              // username of the connection, without @
	// Mate is another connection of the group that a command in the topic names, by its
	// username: Telegram's apps offer the commands of only one of them. "" = none.
	Mate string
	// Absent is the username of the connection that talks with the client of a topic, and
	// is out of the group, so that another one heard what was written there. "" = none.
	Absent string
	// Connection is the login through which it was seen: it does the jobs of
	// topics and General.
	Connection tenants.ConnectionID

	// Administrator is who bound the connection; 0 = nobody yet.
	Administrator tenants.UserID
	// Newest is the group in which the connection makes new topics; 0 = none.
	Newest tenants.ChatID
	// Crowded tells that the dialog, which has no topic, can't get one now: too
	// many did in the last hour.
	Crowded bool
	// Room is the group's waiting room, 0 = it has none; RoomAsked that one is
	// being made.
	Room      tenants.ThreadID
	RoomAsked bool
	// Earlier are the client's chat's last messages, ours and theirs, that are not
	// in the topic: of a settled job whose topic is made anew.
	Earlier []tenants.MessageRef
	// Lack is what the connection lacks in the group of a settled job.
	Lack Lack
	// Apology is what the client reads if the settled job, a message of theirs, is
	// refused in every form; "" = they are not told.
	Apology string
	// Helper is who tried a settled job in place of its connection; 0 = that one did.
	Helper tenants.ConnectionID
	// Helpers: the connection has helpers in the group of a settled job.
	Helpers bool

	Writer  Standing  // who wrote
	ReplyTo ReplyKind // what the message replies to, seen from our side
	Fate    Fate      // of an edited message: what became of it before
	// Known is the fingerprint of the version of an edited message that was decided
	// last, 0 = nobody knows any more.
	Known int64
	// Pieces is how many messages follow with the rest of an edited message's old version.
	Pieces int
	// Gone are the messages of a deletion in the client chat that are in the topic,
	// or on their way there, in the order in which they were written.
	Gone []tenants.MessageRef
	// Last: the message that somebody reacted to is the client's last.
	Last bool
	// ReplyLink is the link through which ReplyTo was found; zero if none.
	ReplyLink Link
	// TopicSpoke is when somebody of the team last wrote in the dialog's topic, as
	// far as that is remembered; zero = nobody has.
	TopicSpoke time.Time
	// TopicHeard is since when all is known that is written in the topic; zero =
	// always.
	TopicHeard time.Time
	// Thread is the dialog's topic; 0 = it has none.
	Thread tenants.ThreadID
	// TopicKnown tells that the dialog has a topic, or jobs that will make one.
	TopicKnown bool
	// AlbumFate is what became of earlier parts of the message's album:
	// FateUnknown = it is the first one seen.
	AlbumFate Fate
	// PostRelayed: of an automatic forward in a discussion group: its channel has
	// a topic of its own, in which the post is.
	PostRelayed bool
	// Target is what a message that begins with a slash replies to.
	Target Target
	// Held is what a pressed button is about (see Pressed), and of a message
	// whose album is kept inside, or that was edited, what of it waits for a choice.
	Held []Held
	// Waits are, of a ring, operators' messages that wait for the client, the oldest
	// first; those of before Watch.Since may be missing.
	Waits []Waits
	// Queue is what waits, of a /queue in General.
	Queue Queue
	// NoSigns: the group refuses our reactions.
	NoSigns bool
	// Private: the connection is a bot whose privacy mode is on, so that in groups
	// it hears only commands and replies unless it is an administrator.
	Private bool
	// Members is how many are in the client group, as Telegram told at Counted; 0 =
	// it was not asked, or did not tell.
	Members int
	Counted time.Time
	// Values are all parameters that are set, whatever they count for: of a /set.
	Values []tenants.Value
	// Replies are the group's quick replies in the order of their names, of a /say
	// and of buttons about one. Parts are all parts of the album to which that replies,
	// as far as they are known.
	Replies []Saved
	Parts   []AlbumPart
	// Labels are all of the group's, in the order in which they were made. Shared: not
	// to be changed.
	Labels []Label
	// Waiting is the page that is asked for of a group's dialogs in which the client waits,
	// of /open and of the buttons below it.
	Waiting WaitingPage
	// NewLabel is the number of the label that this decision may make, 0 = it makes none.
	NewLabel tenants.LabelID
	// Marked is what is asked about labels, of a /mark in General and of the buttons
	// below its answers.
	Marked Marked
	// Colleagues are the team as far as it has been seen: a message that begins
	// with a mention of one of them stays inside.
	Colleagues []tenants.Person
}

// Standing is who somebody is for the tenant.
type Standing struct {
	Team          bool // operator or listed in TEAM
	Manager       bool // listed in EXTENSIONS_ALLOWED, or the administrator
	Administrator bool
	Anonymous     bool // writes as the group itself or as a channel: nobody knows who
	// CanBan and CanDelete are Telegram's rights in the group, "Ban users" and
	// "Delete messages"; asked only for commands that need them.
	CanBan, CanDelete bool
	// Untold: Telegram was asked for those rights, and did not say.
	Untold bool
}

// ReplyKind is what a message in the topic, or at the client, replies to.
type ReplyKind int

const (
	ReplyNone     ReplyKind = iota
	ReplyClient             // to a client's message (that was relayed)
	ReplyOurs               // to one of our messages that went to the client
	ReplyInternal           // to a message kept inside: a comment, a command, a note of the relay
	ReplyUnknown            // to something we do not know (any more)
)

// Fate is what became of a message of which an edit arrives.
type Fate int

const (
	FateUnknown  Fate = iota // never seen, not relayed, or the link has expired
	FateWaiting              // its job has not been tried: the edit replaces its body
	FateSent                 // delivered or under way: its twin can be edited
	FateInternal             // kept inside: stays so, whatever the edit says
)

// saidMark begins the album of the links that a /say makes: a media_group_id of
// Telegram never does.
const saidMark = "/say "

// Said tells that a /say made the link: its message in the topic is the command, or
// a copy of what the client got.
func (l *Link) Said() bool { return strings.HasPrefix(l.Album, saidMark) }

// Command tells that the message in the topic is the /say itself.
func (l *Link) Command() bool { return l.Album == said(l.Topic.ID) }

// said is the album of what a /say makes, by the number of its message.
func said(command tenants.MessageID) string { return fmt.Sprint(saidMark, command) }

// Link joins a client's message with its twin in the topic.
type Link struct {
	Dialog tenants.DialogID
	Client tenants.MessageRef
	Topic  tenants.MessageRef
	Ours   bool // the message is our side's: written in the topic, sent to the client
	Part   int  // 0 = the main message; > 0: a further piece of a split text or an own author line
	Album  string
	At     time.Time
	// By is the operator whose message it is, or who of a client group wrote it: a
	// person, or, below zero, a chat. 0 = of a private client, or nobody known.
	By tenants.UserID
	// SentBy is the helper that sent the twin, which nobody else can edit; 0 = the
	// dialog's own connection.
	SentBy tenants.ConnectionID
}
