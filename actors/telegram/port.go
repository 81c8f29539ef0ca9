package telegram

import (
	"context"

	"topicdesk/tenants"
)

// Abilities is what a kind of login can do.
type Abilities struct {
	Idempotent     bool // repeating a call with the same SendKey does not double it
	SeesOwnSends   bool // messages of a parallel session of the same login come as updates
	SeesDeletes    bool // deletions of others come as updates
	FetchesHistory bool // older messages can be asked for
	StreamsFiles   bool // no size limits of the Bot API on files
}

// Gateway is one login at Telegram. All methods may be called at the same
// time, except that one caller at a time calls Receive or Stirs.
type Gateway interface {
	Abilities() Abilities

	// Receive waits until something happened, or until its own long-poll time
	// is over (an empty Batch, nil). state is opaque: the one of the last
	// committed Batch, nil at first. By asking with it, the caller tells
	// Telegram to forget what that batch and those before it held. The error is
	// a *ReceiveError where Telegram told something.
	Receive(ctx context.Context, state []byte) (Batch, error)

	// Stirs waits as Receive does, for a caller that takes nothing yet: true = a
	// Receive with this state would bring something. It confirms no more than state
	// itself says. It is never under way together with Receive. Errors as Receive.
	Stirs(ctx context.Context, state []byte) (bool, error)

	// Try does one call, once. key is the same at every try of one job, never 0.
	// It always returns an Outcome: a broken connection is Unsure or NotSent.
	Try(ctx context.Context, key tenants.SendKey, call Call) tenants.Outcome

	// Self tells who the login is.
	Self(ctx context.Context) (Self, error)

	// Standing tells what the login may do in a chat.
	Standing(ctx context.Context, chat tenants.ChatID) (Standing, error)

	// Members tells how many are in a group or channel, the login included.
	Members(ctx context.Context, chat tenants.ChatID) (int, error)

	// Rights tells what somebody may do in a group or channel; those of who is not in
	// it are zero. Telegram promises an answer about others than the login itself only
	// to administrators (Bot API docs, getChatMember).
	Rights(ctx context.Context, chat tenants.ChatID, user tenants.UserID) (tenants.Rights, error)

	// SetMenu sets a list of the commands that Telegram's apps offer, in place of the
	// one that was there. Of a User whom Telegram does not know there it is Refused.
	SetMenu(ctx context.Context, m Menu) error
}

// Menu is a list of commands in a group, in one language. Apps show the nearest: of
// the member, of all; of each first the one in the app's language (Bot API docs,
// BotCommandScope, "Determining list of commands").
type Menu struct {
	Chat     tenants.ChatID
	User     tenants.UserID   // for this member only; 0 = not
	Language tenants.Language // of the app; "" = for all that have none of their own
	Commands []MenuCommand    // none takes the list away; at most 100
}

// MenuCommand is one command in a menu.
type MenuCommand struct {
	Name string // Latin letters in lower case, digits and _; at most 32
	Help string // 1 to 256 characters
}

// Batch is what one Receive brought, in Telegram's order.
type Batch struct {
	Updates []tenants.Update
	State   []byte // to be committed with the updates, and given to the next Receive
}

// ReceiveError is a refusal of Receive, Self, Standing, Members, Rights or SetMenu.
type ReceiveError struct {
	Outcome tenants.Outcome // Flood, Gone(login), NotSent …
	// Conflict: another process asks for the updates of this login, or a webhook is set.
	Conflict bool
	// Hooked: the conflict is a webhook that is set.
	Hooked bool
}

func (e *ReceiveError) Error() string { return e.Outcome.Why }

// Self is who a login is.
type Self struct {
	Person      tenants.Person
	ReadsGroups bool // privacy mode is off (Bot API can_read_all_group_messages)
}

// Standing is what a login may do in a chat.
type Standing struct {
	Chat   tenants.Chat
	Member bool
	Rights tenants.Rights
}

// Call is one request, with everything resolved: no twin, no lane, no rule is
// left to look up.
//
//sumtype:decl
type Call interface {
	// Target is the chat in which it happens; its budget pays.
	Target() tenants.ChatID
	isCall()
}

// To is where a message goes.
type To struct {
	Chat   tenants.ChatID
	Thread tenants.ThreadID // 0 = General, or no topics
	// ReplyTo is a message of the same chat; 0 = none. If it is gone, the
	// message goes without (Bot API allow_sending_without_reply).
	ReplyTo tenants.MessageID
	Quote   *tenants.Quote // of ReplyTo
	Silent  bool
	Buttons []Button
	// Reads: Done.Replied is what ReplyTo holds, of a SendContent of a text.
	Reads bool
}

// Target is the chat.
func (t To) Target() tenants.ChatID { return t.Chat }

// Button is an inline button: either Data or URL.
type Button struct{ Text, Data, URL string }

type (
	// SendContent sends anew: text, or media by file id, with caption and
	// entities as given. What is made of neither can't be sent so: games, stories,
	// gifts, service messages and their like are Refused. A File that goes Anew
	// is got from Telegram and sent as a new one, here and in albums and edits;
	// none is ever whole in memory. One that is larger than the login can get is
	// Refused as a note.
	SendContent struct {
		To
		Content tenants.Content
	}
	// CopyMessage copies a message, with its caption as it is.
	CopyMessage struct {
		To
		From tenants.MessageRef
	}
	// ForwardMessage forwards a message.
	ForwardMessage struct {
		To
		From tenants.MessageRef
	}
	// CopyAlbum copies the messages of one album, ids ascending, kept grouped.
	CopyAlbum struct {
		To
		From []tenants.MessageRef
	}
	// ForwardAlbum forwards the messages of one album, ids ascending, kept grouped.
	ForwardAlbum struct {
		To
		From []tenants.MessageRef
	}
	// SendAlbum sends 2 to 10 media as an album.
	SendAlbum struct {
		To
		Contents []tenants.Content
	}
	// EditContent gives a message of the login new text or a new caption; media
	// of another file are replaced.
	EditContent struct {
		Message tenants.MessageRef
		Content tenants.Content
		Buttons []Button
	}
	// Probe asks whose a message is, by giving it Buttons: those that it has if it
	// is the one looked for. It changes nothing but the buttons of another message
	// of the login's. Done.Probed is the answer, Done.Content what an own message
	// holds, if Telegram tells.
	Probe struct {
		Message tenants.MessageRef
		Buttons []Button
		// Show: an own message with Buttons is given another one for a moment, so that
		// Telegram tells what it holds: Done.Content, and Done.Thread. Two edits.
		Show bool
	}
	// DeleteMessages deletes 1 to 100 messages for everybody, all or none; those
	// that are gone already don't matter.
	DeleteMessages struct {
		Chat     tenants.ChatID
		Messages []tenants.MessageID
	}
	// SetReaction sets the login's only reaction: Emoji, or the plain emoji of the
	// custom one with the number Custom. Both "" takes it off.
	SetReaction struct {
		Message tenants.MessageRef
		Emoji   string
		Custom  string
	}
	// OpenTopic makes a topic; Done.Thread is its id.
	OpenTopic struct {
		Chat  tenants.ChatID
		Title string
		Color int // 0 = default
	}
	// RenameTopic renames a topic.
	RenameTopic struct {
		Chat   tenants.ChatID
		Thread tenants.ThreadID
		Title  string
	}
	// SetTopicOpen reopens (Open) or closes a topic.
	SetTopicOpen struct {
		Chat   tenants.ChatID
		Thread tenants.ThreadID
		Open   bool
	}
	// AnswerPress answers the press of a button.
	AnswerPress struct {
		Chat  tenants.ChatID // where the button was; no call argument
		Query string
		Text  string
	}
)

// Target is the chat of each call.
func (c EditContent) Target() tenants.ChatID    { return c.Message.Chat }
func (c Probe) Target() tenants.ChatID          { return c.Message.Chat }
func (c DeleteMessages) Target() tenants.ChatID { return c.Chat }
func (c SetReaction) Target() tenants.ChatID    { return c.Message.Chat }
func (c OpenTopic) Target() tenants.ChatID      { return c.Chat }
func (c RenameTopic) Target() tenants.ChatID    { return c.Chat }
func (c SetTopicOpen) Target() tenants.ChatID   { return c.Chat }
func (c AnswerPress) Target() tenants.ChatID    { return c.Chat }

func (SendContent) isCall()    {}
func (CopyMessage) isCall()    {}
func (ForwardMessage) isCall() {}
func (CopyAlbum) isCall()      {}
func (ForwardAlbum) isCall()   {}
func (SendAlbum) isCall()      {}
func (EditContent) isCall()    {}
func (Probe) isCall()          {}
func (DeleteMessages) isCall() {}
func (SetReaction) isCall()    {}
func (OpenTopic) isCall()      {}
func (RenameTopic) isCall()    {}
func (SetTopicOpen) isCall()   {}
func (AnswerPress) isCall()    {}
