package tenants

import "time"

// Settings are the parameters of one dialog, after the levels (connection,
// kind of chat, chat) have been laid over each other: the narrowest wins. Made
// by Resolve from the table in params.go; never stored.
type Settings struct {
	Welcome   Text // without words = OFF. Its {title} is still in it
	Autoclose time.Duration
	Never     bool // AUTOCLOSE=1000000
	AutoInfo  bool

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
	IconColor   int // 0 = Telegram's default
	GroupAsk    int // members above which a client group is asked about; 0 = never
	Author      AuthorStyle
	Team        []UserID
}

// Hide is HIDE_INFO.
type Hide struct{ Name, Title, Link, Command bool }

// Any tells that something is hidden, so that nothing may be copied unseen.
func (h Hide) Any() bool { return h.Name || h.Title || h.Link }

// AuthorStyle is AUTHOR.
type AuthorStyle string

const (
	AuthorHeader  AuthorStyle = "header"
	AuthorForward AuthorStyle = "forward"
)
