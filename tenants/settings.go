package tenants

import (
	"time"

	"topicdesk/tenants/hours"
)

// Settings are the parameters of one dialog, after the levels (connection,
// kind of chat, chat) have been laid over each other: the narrowest wins. Made
// by Resolve from the table in params.go; never stored.
type Settings struct {
	Welcome Text // without words = OFF. Its {title} is still in it
	// OursGreets: nobody has set WELCOME, so that each client is greeted in the
	// language that they read; see say.DefaultWelcome.
	OursGreets bool
	Autoclose  time.Duration
	Never      bool // AUTOCLOSE=1000000
	AutoInfo   bool
	Silent     bool // SILENT_MODE: clients are never told that something can't be delivered

	Managers    []UserID
	AllManagers bool // EXTENSIONS_ALLOWED=.

	Ignore    []ChatID
	WhiteList []ChatID // empty = everybody

	Hide      Hide
	Undo      time.Duration // how long operators' messages are held; 0 = not
	Receipts  bool          // a sign on what has reached the client
	ReplyOnly bool
	// MergeTexts: short texts of one client that wait become one message.
	MergeTexts bool
	Monitor    map[ChatKind]bool

	// Keywords are expressions by kind of chat; "" = OFF. See package keyword.
	Keywords           map[ChatKind]string
	RestrictedFrontend []string
	RestrictedBackend  []string

	// DeleteSync is DELETE_SYNC=delete: what clients delete goes from the topic too.
	DeleteSync  bool
	LeaveClosed map[ChatKind]bool
	LockClosed  bool // the topic of a closed dialog is closed in Telegram too
	IconColor   int  // 0 = Telegram's default
	GroupAsk    int  // members above which a client group is asked about; 0 = never
	Author      AuthorStyle
	Team        []UserID
	Language    Language // of what the relay says in the group

	Remind time.Duration // how long a client may wait until the topic is pinged; 0 = for ever
	Office hours.Week    // when the team is there; the zero Week = always
	Zone   *time.Location
	Away   Text // without words = OFF. Its {title} is still in it

	CustomCommands []string      // of other bots, in lower case, without the slash
	Retention      time.Duration // how long message links live
}

// Hide is HIDE_INFO.
type Hide struct{ Name, Title, Link, Command bool }

// Any tells that something is hidden, so that nothing may be copied unseen.
func (h Hide) Any() bool { return h.Name || h.Title || h.Link }

// Beyond tells that something is hidden of people that was not before.
func (h Hide) Beyond(before Hide) bool {
	return h.Name && !before.Name || h.Title && !before.Title || h.Link && !before.Link
}

// AuthorStyle is AUTHOR.
type AuthorStyle string

const (
	AuthorHeader  AuthorStyle = "header"
	AuthorForward AuthorStyle = "forward"
)
