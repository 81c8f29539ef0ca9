package telegram

import (
	"encoding/json"
	"fmt"
	"unicode/utf16"
)

// Kind is what a message is made of.
type Kind string

// The kinds that people and bots can send here, and service messages.
const (
	KindText      Kind = "text"
	KindPhoto     Kind = "photo"
	KindVideo     Kind = "video"
	KindAnimation Kind = "animation"
	KindAudio     Kind = "audio"
	KindVoice     Kind = "voice"
	KindVideoNote Kind = "video_note"
	KindDocument  Kind = "document"
	KindSticker   Kind = "sticker"
	KindLocation  Kind = "location"
	KindVenue     Kind = "venue"
	KindContact   Kind = "contact"
	KindPoll      Kind = "poll"
	KindDice      Kind = "dice"
	KindPaidMedia Kind = "paid_media"
	KindChecklist Kind = "checklist"
	KindStory     Kind = "story"
	KindGame      Kind = "game"
	KindGiveaway  Kind = "giveaway"
	KindWinners   Kind = "giveaway_winners"
	KindInvoice   Kind = "invoice"
	KindService   Kind = "service"
)

// hasFile says whether the kind carries a file.
func (k Kind) hasFile() bool {
	switch k {
	case KindPhoto, KindVideo, KindAnimation, KindAudio, KindVoice, KindVideoNote, KindDocument, KindSticker:
		return true
	case KindText, KindLocation, KindVenue, KindContact, KindPoll, KindDice, KindPaidMedia, KindChecklist,
		KindStory, KindGame, KindGiveaway, KindWinners, KindInvoice, KindService:
		return false
	default:
		panic("telegram: unknown kind " + string(k))
	}
}

// hasCaption says whether the kind can carry a caption.
func (k Kind) hasCaption() bool {
	return k.hasFile() && k != KindSticker && k != KindVideoNote || k == KindPaidMedia
}

// captionAbove says whether the caption of that kind can stand above it.
func (k Kind) captionAbove() bool {
	return k == KindPhoto || k == KindVideo || k == KindAnimation || k == KindPaidMedia
}

// hasMedia says whether a message of that kind can be made into another
// medium (TDLib source, can_edit_message_media): texts too.
func (k Kind) hasMedia() bool { return k == KindText || k.grouped() || k == KindAnimation }

// grouped says whether the kind can stand in an album.
func (k Kind) grouped() bool { return k == KindPhoto || k == KindVideo || k.alone() }

// alone says whether an album of that kind can hold no other.
func (k Kind) alone() bool { return k == KindAudio || k == KindDocument }

// Entity is a formatted part of a text; offsets and lengths are in UTF-16
// units (Bot API MessageEntity, in the server's key order).
type Entity struct {
	Offset        int    `json:"offset"`
	Length        int    `json:"length"`
	Type          string `json:"type"`
	URL           string `json:"url,omitempty"`
	User          *int64 `json:"-"` // text_mention
	Language      string `json:"language,omitempty"`
	CustomEmojiID string `json:"custom_emoji_id,omitempty"`
	UnixTime      int64  `json:"unix_time,omitempty"`        // date_time
	Format        string `json:"date_time_format,omitempty"` // date_time
}

// Content is what a message says. For text messages Text is the text, for
// media its caption. Exactly the part that Kind names is set.
type Content struct {
	Kind      Kind
	Text      string
	Entities  []Entity
	File      *File
	Above     bool  // caption above the media
	Spoiler   bool  // media under a spoiler
	Live      *File // the video of a live photo, whose still is File
	Cover     *File // a video's
	StartAt   int   // seconds into the video
	Location  *Location
	Venue     *Venue
	Contact   *Contact
	Poll      *Poll
	Dice      *Dice
	Paid      *Paid
	Checklist *Checklist
	Rare      json.RawMessage // the object of a kind that is only carried: see rareKinds
	Service   *Service

	preview json.RawMessage // link_preview_options as given
	late    *problem        // what TDLib says of the text when it comes to it, nil = nothing
}

// TextOf is a plain text message.
func TextOf(text string) Content { return Content{Kind: KindText, Text: text} }

// plain says whether this is a text and nothing beside it.
func (c *Content) plain() bool {
	return c.Kind == KindText && len(c.Entities) == 0 && c.File == nil && !c.Above && !c.Spoiler && c.Location == nil &&
		c.Venue == nil && c.Contact == nil && c.Poll == nil && c.Dice == nil && c.Service == nil && c.preview == nil &&
		c.Live == nil && c.Cover == nil && c.StartAt == 0 && c.Paid == nil && c.Checklist == nil && c.Rare == nil && c.late == nil
}

// MediaOf is a message that carries the file, with a caption or none.
func MediaOf(f *File, caption string) Content {
	return Content{Kind: f.Kind, File: f, Text: caption}
}

// Location is a point, in degrees; with LivePeriod one that moves.
type Location struct {
	Latitude   float64 `json:"latitude"`
	Longitude  float64 `json:"longitude"`
	LivePeriod int     `json:"live_period,omitempty"`            // seconds from the message's date; LiveForever = no end
	Heading    int     `json:"heading,omitempty"`                // degrees, 1 to 360; 0 = unknown
	Proximity  int     `json:"proximity_alert_radius,omitempty"` // metres
	Accuracy   float64 `json:"horizontal_accuracy,omitempty"`    // metres
}

// MarshalJSON writes fractions as the server does: always six digits.
func (l Location) MarshalJSON() ([]byte, error) {
	out := fmt.Appendf(nil, `{"latitude":%.6f,"longitude":%.6f`, l.Latitude, l.Longitude)
	if l.LivePeriod != 0 {
		out = fmt.Appendf(out, `,"live_period":%d`, l.LivePeriod)
	}
	if l.Heading != 0 {
		out = fmt.Appendf(out, `,"heading":%d`, l.Heading)
	}
	if l.Proximity != 0 {
		out = fmt.Appendf(out, `,"proximity_alert_radius":%d`, l.Proximity)
	}
	if l.Accuracy != 0 {
		out = fmt.Appendf(out, `,"horizontal_accuracy":%.6f`, l.Accuracy)
	}
	return append(out, '}'), nil
}

// Venue is a named point.
type Venue struct {
	Location       Location `json:"location"`
	Title          string   `json:"title"`
	Address        string   `json:"address"`
	FoursquareID   string   `json:"foursquare_id,omitempty"`
	FoursquareType string   `json:"foursquare_type,omitempty"`
	GoogleID       string   `json:"google_place_id,omitempty"`
	GoogleType     string   `json:"google_place_type,omitempty"`
}

// Contact is a shared phone contact.
type Contact struct {
	Phone     string `json:"phone_number"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name,omitempty"`
	VCard     string `json:"vcard,omitempty"`
	UserID    int64  `json:"user_id,omitempty"`
}

// Dice is a thrown die, or another of Telegram's animated emoji games.
type Dice struct {
	Emoji string `json:"emoji"`
	Value int    `json:"value"`
}

// Service is what a service message tells; exactly one field is set.
type Service struct {
	TopicCreated   *TopicCreated
	TopicEdited    *TopicEdited
	TopicClosed    bool
	TopicReopened  bool
	GeneralHidden  bool
	GeneralShown   bool
	NewMembers     []int64
	LeftMember     int64
	NewTitle       string
	NewPhoto       *File
	PhotoDeleted   bool
	AutoDelete     *int // seconds, 0 = switched off
	Pinned         *Pinned
	UsersShared    *UsersShared
	ChatShared     *ChatShared
	GroupCreated   bool
	SuperCreated   bool
	ChannelCreated bool
	NewOwner       int64
	AnswerAdded    *AnswerChanged
	AnswerRemoved  *AnswerChanged
	TasksDone      *TasksDone
	TasksAdded     *TasksAdded
	Approach       *Approach
	MigrateTo      int64
	MigrateFrom    int64
}

// TopicCreated is the first message of a topic.
type TopicCreated struct {
	Name  string `json:"name"`
	Color int    `json:"icon_color"`
	Icon  string `json:"icon_custom_emoji_id,omitempty"`
	// Implicit says that nobody chose the name: the person just began to write.
	Implicit bool `json:"is_name_implicit,omitempty"`
}

// TopicEdited holds what changed; an Icon that points to "" was removed.
type TopicEdited struct {
	Name string  `json:"name,omitempty"`
	Icon *string `json:"icon_custom_emoji_id,omitempty"`
}

// Pinned names the pinned message.
type Pinned struct{ message *message }

// same says whether an edit from c to d would change nothing visible.
func (c Content) same(d Content) bool {
	if c.Kind != d.Kind || c.Text != d.Text || c.File != d.File || c.Live != d.Live || c.Cover != d.Cover || c.StartAt != d.StartAt ||
		c.Above != d.Above || c.Spoiler != d.Spoiler ||
		string(c.preview) != string(d.preview) || !c.Checklist.same(d.Checklist) || !c.Location.same(d.Location) {
		return false
	}
	return sameEntities(c.Entities, d.Entities)
}

// same says whether two places are one, or both are missing.
func (l *Location) same(o *Location) bool {
	if l == nil || o == nil {
		return l == o
	}
	return *l == *o
}

func sameEntities(a, b []Entity) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		x, y := a[i], b[i]
		mention := x.User == nil && y.User == nil || x.User != nil && y.User != nil && *x.User == *y.User
		x.User, y.User = nil, nil
		if x != y || !mention {
			return false
		}
	}
	return true
}

// utf16Len is the length of s in UTF-16 units, in which Telegram counts.
func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		if l := utf16.RuneLen(r); l > 0 {
			n += l
		} else {
			n++
		}
	}
	return n
}
