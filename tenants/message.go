package tenants

import "time"

// ChatKind is what sort of chat it is.
type ChatKind string

const (
	Private ChatKind = "private"
	Group   ChatKind = "group" // basic group or supergroup
	Channel ChatKind = "channel"
)

// Chat is a chat as an update describes it.
type Chat struct {
	ID       ChatID   `json:"id"`
	Kind     ChatKind `json:"kind"`
	Title    string   `json:"title,omitempty"`    // groups and channels
	Username string   `json:"username,omitempty"` // without @, may be empty
	Forum    bool     `json:"forum,omitempty"`    // a supergroup with topics
}

// Person is a user as an update describes them.
type Person struct {
	ID       UserID `json:"id"`
	First    string `json:"first,omitempty"`
	Last     string `json:"last,omitempty"`
	Username string `json:"username,omitempty"` // without @
	Language string `json:"language,omitempty"` // IETF tag, often absent
	Bot      bool   `json:"bot,omitempty"`
	Premium  bool   `json:"premium,omitempty"`
}

// Name is the whole name as Telegram shows it: first and last.
func (p Person) Name() string {
	switch {
	case p.Last == "":
		return p.First
	case p.First == "":
		return p.Last
	default:
		return p.First + " " + p.Last
	}
}

// Entity is one piece of formatting. Kind is the Bot API's name of it
// ("bold", "text_link", "custom_emoji", …); Offset and Length count UTF-16
// code units.
type Entity struct {
	Kind     string `json:"kind"`
	Offset   int    `json:"offset"`
	Length   int    `json:"length"`
	URL      string `json:"url,omitempty"`       // text_link
	User     UserID `json:"user,omitempty"`      // text_mention
	Language string `json:"language,omitempty"`  // pre
	EmojiID  string `json:"emoji_id,omitempty"`  // custom_emoji
	UnixTime int64  `json:"unix_time,omitempty"` // date_time
	Format   string `json:"format,omitempty"`    // date_time
}

// Text is words with their formatting.
type Text struct {
	Text     string   `json:"text,omitempty"`
	Entities []Entity `json:"entities,omitempty"`
}

// Plain is a text without formatting.
func Plain(s string) Text { return Text{Text: s} }

// File is a file at Telegram.
type File struct {
	ID       string `json:"id"`        // for sending again; only this login can use it
	UniqueID string `json:"unique_id"` // the same for all logins; can't be used to send
	Name     string `json:"name,omitempty"`
	MIME     string `json:"mime,omitempty"`
	Size     int64  `json:"size,omitempty"`     // bytes, 0 = not told
	Title    string `json:"title,omitempty"`    // audio
	Artist   string `json:"artist,omitempty"`   // audio
	Duration int    `json:"duration,omitempty"` // seconds
	Width    int    `json:"width,omitempty"`    // pixels; of videos and animations
	Height   int    `json:"height,omitempty"`

	// Anew: what is written on the file at Telegram must not be seen, so it goes
	// as a new file, with the Name, Title and Artist that stand here.
	Anew bool `json:"anew,omitempty"`
}

// Content is what a message carries.
type Content struct {
	Kind    Kind    `json:"kind"`
	Name    string  `json:"name,omitempty"`    // of KindOther: the Bot API's field name
	Service Service `json:"service,omitempty"` // of KindService
	Text    Text    `json:"text"`              // the text, or the caption
	File    *File   `json:"file,omitempty"`    // the biggest size of a photo, the still of a live one
	Motion  *File   `json:"motion,omitempty"`  // of a live photo: its video

	CaptionAbove bool `json:"caption_above,omitempty"`
	Spoiler      bool `json:"spoiler,omitempty"`
	NoPreview    bool `json:"no_preview,omitempty"` // link preview switched off

	Contact *Contact `json:"contact,omitempty"`
	Place   *Place   `json:"place,omitempty"` // location and venue
	Poll    *Poll    `json:"poll,omitempty"`
	Dice    *Dice    `json:"dice,omitempty"`
	List    *List    `json:"list,omitempty"`    // checklist
	Buttons []string `json:"buttons,omitempty"` // texts of inline buttons under it
	Inside  []string `json:"inside,omitempty"`  // words shown in a kind that the relay only passes on, for filters

	// Of service messages.
	TopicName string   `json:"topic_name,omitempty"` // created; edited: the new name, "" = only the icon changed
	People    []Person `json:"people,omitempty"`     // joined, left
	Title     string   `json:"title,omitempty"`      // new title
	Migrated  ChatID   `json:"migrated,omitempty"`   // the other chat of a migration
}

type (
	// Contact is a shared contact.
	Contact struct {
		Phone string `json:"phone"`
		First string `json:"first"`
		Last  string `json:"last,omitempty"`
		User  UserID `json:"user,omitempty"`
		VCard string `json:"vcard,omitempty"`
	}
	// Place is a point, with a title and an address if it is a venue.
	Place struct {
		Latitude, Longitude float64
		Title, Address      string
		Live                bool // a live location: only its first point is relayed
	}
	// List is a checklist.
	List struct {
		Title string `json:"title"`
		Tasks []Task `json:"tasks"`
	}
	// Task is one line of a checklist.
	Task struct {
		Text string `json:"text"`
		Done bool   `json:"done,omitempty"`
	}
	// Dice is a thrown dice.
	Dice struct {
		Emoji string `json:"emoji"`
		Value int    `json:"value"`
	}
)

// Message is one message as an update brings it.
type Message struct {
	Chat   Chat      `json:"chat"`
	ID     MessageID `json:"id"`
	Date   time.Time `json:"date"`
	Edited time.Time `json:"edited,omitzero"` // zero = never edited

	// Thread is the forum topic. 0 = General or no topics: gateways fill it
	// only for true topic messages (Bot API is_topic_message).
	Thread ThreadID `json:"thread,omitempty"`
	// ThreadName is the name with which the thread was made, "" = not told.
	ThreadName string `json:"thread_name,omitempty"`

	From      Person `json:"from"`                // zero in channel posts
	Sender    *Chat  `json:"sender,omitempty"`    // wrote as this chat: anonymous administrator (the group itself) or a channel
	Signature string `json:"signature,omitempty"` // title of an anonymous administrator, author of a post
	AutoPost  bool   `json:"auto_post,omitempty"` // automatic forward of a linked channel's post
	Own       bool   `json:"own,omitempty"`       // from the connection itself (service messages; accounts)

	Album      string     `json:"album,omitempty"`       // media_group_id, "" = alone
	ReplyTo    MessageRef `json:"reply_to"`              // zero = none; a topic's root never counts
	ReplySlash bool       `json:"reply_slash,omitempty"` // what is replied to begins with a slash and is a person's: a command or a comment
	ReplyFrom  UserID     `json:"-"`                     // the person who wrote what is replied to; 0 = not told, or no person. Never stored
	Quote      *Quote     `json:"quote,omitempty"`
	Forwarded  string     `json:"forwarded,omitempty"` // shown name of the origin, "" = not a forward
	Protected  bool       `json:"protected,omitempty"`

	// Replied is what ReplyTo holds, of a /say: it may save that. nil = it was not
	// told, or is not asked for.
	Replied *Replied `json:"replied,omitempty"`

	Content Content `json:"content"`
}

// Replied is a message that is replied to, as the reply brings it.
type Replied struct {
	Content   Content `json:"content"`
	Album     string  `json:"album,omitempty"`
	Shows     Shows   `json:"shows,omitempty"`
	Protected bool    `json:"protected,omitempty"`
}

// Shows is whose name a forward of a message shows above it.
type Shows string

const (
	ShowsPerson Shows = "person" // of somebody, or of a group in whose name somebody wrote
	ShowsChat   Shows = "chat"   // of a channel, or of a group from which it was forwarded
	ShowsBot    Shows = "bot"
)

// Ref names the message.
func (m *Message) Ref() MessageRef { return MessageRef{Chat: m.Chat.ID, ID: m.ID} }

// Quote is the quoted part of the message that is replied to.
type Quote struct {
	Text     Text `json:"text"`
	Position int  `json:"position"` // UTF-16 units from its start
}

// Update is one thing that happened at Telegram, as one connection saw it.
type Update struct {
	ID    UpdateID
	Event Event
	// Raw is the update as it came, for a sealed row if it has to be set
	// aside. Never logged.
	Raw []byte
}

// Event is what an update tells.
//
//sumtype:decl
type Event interface{ isEvent() }

type (
	// Posted is a new message, a channel post included.
	Posted struct{ Message Message }
	// Edited is a message with its new content.
	Edited struct{ Message Message }
	// Membership tells that the connection's own standing in a chat changed.
	Membership struct {
		Chat   Chat
		By     Person
		Member bool // may be there and, in a private chat, may write (not blocked)
		Admin  Rights
		// WasMember and Was are the same before the change.
		WasMember bool
		Was       Rights
		Date      time.Time
	}
	// Pressed is a press of an inline button under a message of the connection.
	Pressed struct {
		Query   string // to be answered
		By      Person
		Message MessageRef
		Thread  ThreadID
		Data    string
	}
	// Voted tells how a poll that the connection has sent stands now.
	Voted struct{ Poll Poll }
	// Reacted tells that somebody's reactions on a message changed. Who reacts
	// anonymously, or in a channel, is only counted (Bot API message_reaction_count):
	// that is Ignored.
	Reacted struct {
		Chat    Chat
		Message MessageRef
		By      Person     // zero if Sender reacted
		Sender  *Chat      // an anonymous administrator's group, or a channel
		Now     []Reaction // all of theirs by now, in their order; none = taken off
	}
	// Deleted tells that messages of one chat were deleted for everybody, by whom
	// nobody is told. Only logins that see deletions have it.
	Deleted struct {
		Chat     Chat
		Messages []MessageID
	}
	// Ignored is an update that causes nothing in this version; it is recorded as seen.
	Ignored struct{ Name string }
)

func (Posted) isEvent()     {}
func (Edited) isEvent()     {}
func (Membership) isEvent() {}
func (Pressed) isEvent()    {}
func (Voted) isEvent()      {}
func (Reacted) isEvent()    {}
func (Deleted) isEvent()    {}
func (Ignored) isEvent()    {}

// Rights are what an administrator may do, as far as the relay asks.
type Rights struct {
	Admin          bool `json:"admin,omitempty"`
	ManageTopics   bool `json:"manage_topics,omitempty"`
	DeleteMessages bool `json:"delete_messages,omitempty"`
	BanUsers       bool `json:"ban_users,omitempty"`
	PinMessages    bool `json:"pin_messages,omitempty"`
	// Muted: no administrator, and may not write (Bot API ChatMemberRestricted).
	Muted bool `json:"muted,omitempty"`
}
