package tenants

import "time"

// Outcome is what one try of a job came to. Exactly one of the kinds; the
// other fields only where said.
type Outcome struct {
	Kind OutcomeKind

	// Done.
	Made []MessageID // messages made, one for each part of an album; 0 = that part was skipped
	// Short: Telegram left parts of an album out and did not say which, so Made
	// holds only zeros. Strays are the messages that it made nevertheless, as far
	// as it told them.
	Short   bool
	Strays  []MessageID
	Thread  ThreadID // topic made
	Content *Content // of an edit that returned the message, nil otherwise
	Poll    string   // the id of a poll made
	Replied *Content // of a send that reads what it replies to; nil = it was not told

	After time.Duration // Flood: Telegram's retry_after
	Wide  bool          // Flood: of the whole login, not of one chat
	// Arrived: a Flood that met an album in its middle: so many of its first parts
	// are at Telegram all the same. Their ids are not told.
	Arrived int

	// Probed is what a probe was answered (Done); of any other call its Is is NotProbed.
	Probed Probed
	// Unsure, added by the tenant: Search goes on, or Resent says why it is over.
	// Both zero: nobody looks.
	Search *Search
	Resent Resent

	Chat ChatID    // Moved: the new id
	Gone GoneWhat  // Gone
	As   RefusedAs // Refused: how it may go instead; AsNone = final

	// Reason is Why as people may be told it: of Refused, and of Gone(rights).
	Reason Reason
	// Why is Telegram's answer, without tokens and without words of messages: for
	// the log only.
	Why string
}

// OutcomeKind says what is known of a try.
type OutcomeKind int

const (
	Done    OutcomeKind = iota // it happened
	Flood                      // it did not: too many requests
	Moved                      // it did not: the chat has another id
	Gone                       // it did not: something that it needs is away
	Refused                    // it did not: Telegram will not do it like that
	NotSent                    // it did not: the request never left, or Telegram could not serve it
	Unsure                     // nobody knows: the request may have arrived
)

// GoneWhat is what is away.
type GoneWhat int

const (
	GoneTopic       GoneWhat = iota + 1 // the topic is deleted, or Telegram says so
	GoneTopicClosed                     // the topic is closed and we may not write in it
	GoneChat                            // the chat is deleted, or we are out of it
	GoneClient                          // the client blocked us, never began, or deleted the account
	GoneRights                          // we lack a right; Why names it
	GoneLogin                           // the token is revoked, the session is over
)

// RefusedAs is another way in which a refused send may go.
type RefusedAs int

const (
	AsNone       RefusedAs = iota // no other way
	AsCopy                        // copy instead of what was tried
	AsForward                     // forward: it can't be copied
	AsPlain                       // without formatting
	AsSplit                       // too long: in pieces
	AsUnthreaded                  // without the reply
	AsFile                        // as a document
	AsCaption                     // an edit: of the caption, because there is no text
	AsNote                        // it can't be carried: a note
	AsBody                        // the source is gone, or protected (Reason): from the kept body
	AsApart                       // an album with a part that can't go, or not with the others: in smaller ones
)
