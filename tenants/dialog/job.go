package dialog

import (
	"slices"
	"time"

	"topicdesk/tenants"
)

// Side is one direction, or one queue beside it, of a dialog. (dialog, side)
// is a lane: FIFO inside, one job under way at a time.
type Side string

const (
	ToTopic  Side = "topic"  // into the dialog's topic; dialog 0 = General
	ToClient Side = "client" // to the client chat
	ToTitle  Side = "title"  // the topic's title, open and closed: last and merged; of General, notes that wait
	ToMark   Side = "mark"   // reactions, deletions of service lines, answers to buttons: may overtake
)

// Lane is one dialog in one direction.
type Lane struct {
	Dialog tenants.DialogID // 0 = the group's General topic
	Group  tenants.ChatID   // of General's lanes, else 0
	Side   Side
}

// InTopic tells a lane into the topic of a dialog, or what stands in its place.
func (l Lane) InTopic() bool { return l.Dialog != 0 && l.Side != ToClient }

// Class orders lanes by urgency; the smallest goes first. Inside a lane it has
// no say.
type Class int

const (
	ClassAnswer Class = iota // operators' answers, refusals, commands' answers
	ClassClient              // clients' messages, welcome
	ClassAlbum               // albums, for their weight
	ClassNote                // notes and cards
	ClassMark                // reactions
	ClassTitle               // titles
)

// String is the class for who looks at the outbox.
func (c Class) String() string {
	return [...]string{"answer", "client", "album", "note", "mark", "title"}[c]
}

// Job is one thing to do at Telegram, as decided. The store gives it a number.
type Job struct {
	Lane       Lane
	Connection tenants.ConnectionID // the login that does it
	Chat       tenants.ChatID       // where at Telegram: the group or the client chat; its budget pays
	Class      Class
	Effect     Effect
	// Source is the message that the job carries or reacts to. A job that made
	// messages of it links them. Zero = of our own making (welcome, note).
	Source tenants.MessageRef
	// Origin says whose message it carries: it decides what a failure causes.
	Origin    Origin
	NotBefore time.Time // zero = at once
	Decided   time.Time
}

// Weight is what the job costs in Telegram's budget: an album costs its number
// of items, all else one, and so does each question whether it arrived. Jobs in ToMark cost nothing of the group's sends
// (reactions and deletions have own, loose limits).
func (j *Job) Weight() int {
	switch e := j.Effect.(type) {
	case *Send:
		if e.Search != nil {
			return e.Search.Weight()
		}
		return e.Messages()
	case *Open, *Rename, *Edit:
		return 1
	case *SetOpen:
		return 1
	case *React, *Delete, *AnswerPress:
		return 0
	default:
		panic("dialog: unknown effect")
	}
}

// Helped tells that a helper may do the job in place of its connection: a client's
// text on its way into a topic. All else stays with the connection itself. A file's
// id is good for one bot only (Bot API docs, file_id), and only a member of the
// client's chat copies from it: a helper is none, so it writes what it sends, and
// what is written loses custom emoji and mentions of people whom that bot has never
// met. Who sent a button hears of its presses. Notes of ours stay with the
// connection too, because whether a bot is told that somebody replies to another
// bot's message is nowhere promised, and a reply to a note must stay inside. What
// may have arrived only its sender can ask about.
func (j *Job) Helped() bool {
	s, ok := j.Effect.(*Send)
	if !ok || j.Lane.Side != ToTopic || j.Lane.Dialog == 0 || j.Origin != OfClient || s.Way == Forward || s.Internal {
		return false
	}
	if s.Search != nil || s.Alone || s.Messages() != 1 || s.Album != "" || len(s.Buttons) > 0 {
		return false
	}
	for _, p := range s.Parts {
		if p.Content.Kind != tenants.KindText || slices.ContainsFunc(p.Content.Text.Entities, bound) {
			return false
		}
	}
	return true
}

// bound tells what is good for one bot only.
func bound(e tenants.Entity) bool { return e.Kind == "custom_emoji" || e.Kind == "text_mention" }

// Messages is how many messages a Send makes.
func (s *Send) Messages() int {
	if s.Joined {
		return 1
	}
	return max(len(s.Parts), 1)
}

// Half tells that the job may take, with all others of its lane, half of the
// budget of its chat.
func (j *Job) Half() bool {
	s, ok := j.Effect.(*Send)
	return ok && s.Half
}

// Origin is whose words a job carries.
type Origin string

const (
	OfClient   Origin = "client"   // a client's message on its way into the topic
	OfOperator Origin = "operator" // an operator's message on its way to the client
	OfRelay    Origin = "relay"    // welcome, notes, cards, titles, signs
)

// Effect is one thing to do at Telegram. Ids of topics and twins are not in
// it: they are resolved when the job is marked as being tried. Pointers, so
// that the store can encode them by kind.
//
//sumtype:decl
type Effect interface{ isEffect() }

// Way is how a message is carried.
type Way string

const (
	Copy    Way = "copy"    // Telegram copies the source: nothing hidden, forbidden or added
	Forward Way = "forward" // Telegram forwards the source
	Write   Way = "write"   // sent anew from the decided content: text, or media by file id
)

type (
	// Send sends one message, or one album.
	Send struct {
		Way   Way    `json:"way"`
		Parts []Part `json:"parts"`           // one, or those of an album or a joined message, in order
		Album string `json:"album,omitempty"` // media_group_id: later parts join while the job waits

		Reply  Reply `json:"reply"`
		Silent bool  `json:"silent,omitempty"`
		// Thread is the topic of a client forum group in which to write; 0 = none.
		Thread  tenants.ThreadID `json:"thread,omitempty"`
		Buttons []Button         `json:"buttons,omitempty"` // one a row
		// Internal: the message made is ours to the team (note, card, answer to
		// a command): replies to it are internal.
		Internal bool `json:"internal,omitempty"`
		// Half: with all others of its lane it may take half of the budget.
		Half bool `json:"half,omitempty"`
		// Piece is 0 for the message itself, > 0 for a further piece of a split
		// text or an own author line. An operator's message has arrived when its
		// Piece 0 has (State.Pending).
		Piece int `json:"piece,omitempty"`
		// By is the operator whose message it is, for events; 0 = nobody known.
		By tenants.UserID `json:"by,omitempty"`
		// Writer is who of a client group wrote it, a person or a chat, for bans; 0 =
		// our side, or it is no group.
		Writer tenants.ChatID `json:"writer,omitempty"`
		// Written is when an operator wrote it, or wrote it anew; zero = a moment
		// before it was decided.
		Written time.Time `json:"written,omitzero"`
		// Whole is the content before it was cut into pieces, of the Piece 0 of an
		// operator's message: what is sent when somebody tries it again.
		Whole *tenants.Content `json:"whole,omitempty"`
		// Author is what a forward shows by itself: said in the words, or before
		// them, if it can't be forwarded. Only with Way Forward.
		Author tenants.Text `json:"author,omitzero"`
		// Earlier: the parts were said before, and are shown once more in a new
		// topic; their links lead to what is made now.
		Earlier bool `json:"earlier,omitempty"`
		// Room is the waiting room in which it is tried, filled in by the transaction
		// that marks it; 0 = it goes elsewhere.
		Room tenants.ThreadID `json:"room,omitempty"`
		// Note marks a line that stands in for a client's message that Telegram
		// will not have in any form.
		Note bool `json:"note,omitempty"`
		// Apology marks what tells a client that such a line stands in for a message.
		Apology bool `json:"apology,omitempty"`
		// Poll is the poll of which it tells how it stands: it takes the place of what
		// was told of it before. Anew: what was told before is gone, so it goes as a
		// message of its own.
		Poll string `json:"poll,omitempty"`
		Anew bool   `json:"anew,omitempty"`
		// Lost marks that the source was gone at the try and the kept body goes instead.
		// Left: so it is because we are out of its chat; nobody deleted it.
		Lost bool `json:"lost,omitempty"`
		Left bool `json:"left,omitempty"`
		// Alone marks that only the connection itself sends it: a helper was refused.
		Alone bool `json:"alone,omitempty"`
		// Doubt marks that an earlier try may have arrived.
		Doubt bool `json:"doubt,omitempty"`
		// Merge says whether it may go as one message with its neighbours in the lane.
		// Joined: it does; the parts are texts of one client, see Joined.
		Merge  Merge `json:"merge,omitempty"`
		Joined bool  `json:"joined,omitempty"`
		// About is of whom a note in General tells while nothing of them is kept, so that
		// it can be veiled; nil = the job's source or lane says so.
		About *About `json:"about,omitempty"`
		// Names are the dialogs that a list in General names while nothing of them was
		// hidden, so that it can be veiled too.
		Names []tenants.DialogID `json:"names,omitempty"`
		// Said marks what a /say makes, at the client and in the topic: the album of its
		// links, see Link.Said. "" = it is of no /say.
		Said string `json:"said,omitempty"`
		// Notice marks a notice in the topic of what is about to go to the client, and the
		// Piece 0 of that: when it has gone, or goes no more, the notice is deleted. "" =
		// there is none.
		Notice string `json:"notice,omitempty"`
		// Name is the quick reply that it sends, of its Piece 0.
		Name string `json:"name,omitempty"`
		// Shows are the client's messages that a silent copy in the topic shows, one for
		// each part; a zero one is not known.
		Shows []tenants.MessageRef `json:"shows,omitempty"`
		// Reads: the message to which it replies is read for a quick reply. nil = it is
		// not.
		Reads *Reading `json:"reads,omitempty"`
		// Search: it is being found out whether the last try has; nothing is sent
		// meanwhile. nil = there is nothing to find out.
		Search *tenants.Search `json:"search,omitempty"`
	}
	// Open makes the dialog's topic with the title that it has at the try.
	Open struct {
		Color int  `json:"color,omitempty"` // 0 = Telegram's default
		Room  bool `json:"room,omitempty"`  // the group's waiting room is made, in General's lane
		// Title is the one that went out, filled in by the transaction that marks
		// the job as being tried, so that the settlement knows it. "" before.
		Title string `json:"title,omitempty"`
	}
	// Rename gives the topic the title that the dialog has at the try; one
	// waiting Rename a dialog is enough. With Thread it is about that topic, an
	// orphan, and Title is fixed and never merged.
	Rename struct {
		Thread tenants.ThreadID `json:"thread,omitempty"`
		Title  string           `json:"title,omitempty"` // as in Open
	}
	// SetOpen reopens or closes the topic; with Thread another one, an orphan.
	SetOpen struct {
		Thread tenants.ThreadID `json:"thread,omitempty"`
		Open   bool             `json:"open"`
	}
	// Edit gives the twin of Of the content of New. While the job of Of waits
	// untried, the store replaces its Effect by New instead; a waiting Edit of
	// the same message is replaced too.
	Edit struct {
		Of  tenants.MessageRef `json:"of"`
		New Send               `json:"new"`
		// Fallback: if Telegram refuses the edit, New follows as a reply to the
		// twin (client → topic). Else the operator is told.
		Fallback bool `json:"fallback,omitempty"`
		// Late: the message is older than the last answer, which is told where its
		// twin is edited (client → topic).
		Late bool `json:"late,omitempty"`
		// Drop takes Of out of the joined message in which it is. New is empty.
		Drop bool `json:"drop,omitempty"`
		// Direct: Of is the message itself, one of ours to the team in this chat.
		Direct bool `json:"direct,omitempty"`
		// Name is who replaces the words of what can't be taken back any more, ""
		// = it is no such edit.
		Name string `json:"name,omitempty"`
	}
	// React sets the connection's one reaction on a message in Chat: Emoji, or the
	// plain emoji of the custom one; both "" takes it off.
	React struct {
		Message tenants.MessageRef `json:"message"`
		Emoji   string             `json:"emoji"`
		Custom  string             `json:"custom,omitempty"` // the number of a custom emoji
		Client  bool               `json:"client,omitempty"` // shows a client's reaction in the topic
		By      tenants.UserID     `json:"by,omitempty"`     // the operator whose reaction it is
		// Probe: it only asks whether an operator's message, of Album, is still there.
		// Notice is that of what goes with it, see Send.
		Probe  bool   `json:"probe,omitempty"`
		Album  string `json:"album,omitempty"`
		Notice string `json:"notice,omitempty"`
	}
	// Delete deletes messages: Message and those Beside it in its chat, for example
	// the service line of our own rename; or the twins of Of, with all pieces; or a
	// Notice. What would carry one of them and has not left yet is withdrawn.
	Delete struct {
		Message tenants.MessageRef  `json:"message,omitzero"` // of a Notice: looked up at the try
		Beside  []tenants.MessageID `json:"beside,omitempty"`
		Notice  string              `json:"notice,omitempty"` // the mark of its Send

		Of    []tenants.MessageRef `json:"of,omitempty"`    // sources of relayed messages
		Album string               `json:"album,omitempty"` // of Of, "" = none
		Name  string               `json:"name,omitempty"`  // who takes them back, as the team reads it
		// Withdrawn counts the messages of Of that never left, Twins are those that
		// had. The store fills them in: as it queues the job, and as it marks it as
		// being tried.
		Withdrawn int                 `json:"withdrawn,omitempty"`
		Twins     []tenants.MessageID `json:"twins,omitempty"`
		// Trimmed: what of it stands in messages with others was taken out of those.
		Trimmed bool `json:"trimmed,omitempty"`
	}
	// AnswerPress answers the press of a button.
	AnswerPress struct {
		Query string `json:"query"`
		Text  string `json:"text,omitempty"`
	}
)

func (*Send) isEffect()        {}
func (*Open) isEffect()        {}
func (*Rename) isEffect()      {}
func (*SetOpen) isEffect()     {}
func (*Edit) isEffect()        {}
func (*React) isEffect()       {}
func (*Delete) isEffect()      {}
func (*AnswerPress) isEffect() {}

// Part is one message of a Send.
type Part struct {
	Source tenants.MessageRef `json:"source"` // zero if of our own making
	// From is where Telegram takes it from, if that is not Source.
	From    tenants.MessageRef `json:"from,omitzero"`
	Content tenants.Content    `json:"content"` // as decided: redacted, with its author line; kept until delivered
	// Print is the fingerprint of what Source carried as it was decided, 0 = none.
	Print int64 `json:"print,omitempty"`
	// Head is how much of the text's begin is a line of ours before the words, with
	// its line break: the author's name. UTF-16 units.
	Head int `json:"head,omitempty"`
}

// Origin is the message of which Telegram makes a copy or a forward.
func (p Part) Origin() tenants.MessageRef {
	if p.From.IsZero() {
		return p.Source
	}
	return p.From
}

// Reply says what a Send answers to. At most one of Of and Direct is set; if
// it is unknown at the try, or of another topic, the message goes without.
type Reply struct {
	Of     tenants.MessageRef `json:"of,omitzero"`     // the source of a relayed message: its twin is meant
	Direct tenants.MessageRef `json:"direct,omitzero"` // a message in the target chat itself
	Quote  *tenants.Quote     `json:"quote,omitempty"`
	// Unquoted: the quote only tells which part of a joined message is meant; it does
	// not go with the reply.
	Unquoted bool `json:"unquoted,omitempty"`
}

// Shown is the quote that goes with the reply.
func (r Reply) Shown() *tenants.Quote {
	if r.Unquoted {
		return nil
	}
	return r.Quote
}

// Button is an inline button of the relay. Data is 1 to 64 bytes.
type Button struct {
	Text string `json:"text"`
	Data string `json:"data,omitempty"`
	URL  string `json:"url,omitempty"`
}
