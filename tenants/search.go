package tenants

import "time"

// Search is what is known of a send of which nobody knows whether it arrived. It
// is kept in the job until that is found out (package reckon).
type Search struct {
	// Login made the try, in Chat: only that one may change what it made.
	Login ConnectionID `json:"login"`
	Chat  ChatID       `json:"chat"`
	// Floor is the highest message known in the numbering of Chat when the try
	// began: what it made is above it. 0 = nobody knows.
	Floor MessageID `json:"floor,omitempty"`
	// Ended is when the call was over for us; at Telegram it may go on for a while.
	Ended time.Time `json:"ended"`
	// Late is the highest message known when it could not go on any more; 0 = that
	// has not come yet.
	Late  MessageID `json:"late,omitempty"`
	Asked []Probed  `json:"asked,omitempty"`
	// Showing: messages that were found are looked at, since those of another unsure
	// send, or of one of which nobody found out, may be among them; each costs two edits.
	Showing bool `json:"showing,omitempty"`
	// Verdict was found together with that of another send; 0 = not yet.
	Verdict Verdict `json:"verdict,omitempty"`
	Reason  Resent  `json:"reason,omitempty"` // of Resend
}

// Weight is how many edits the next question is.
func (s *Search) Weight() int {
	if s.Showing {
		return 2
	}
	return 1
}

// Probed is one message that was asked about.
type Probed struct {
	ID MessageID `json:"id"`
	Is Probe     `json:"is"`
}

// Probe is what Telegram tells of a message when its sender gives it the buttons
// that the one looked for has.
type Probe int

// Answers to a probe.
const (
	NotProbed Probe = iota
	Ours            // the login sent it, and these are its buttons
	Changed         // the login sent it, and its buttons were others: another message, most likely
	Missing         // there is none, or none that the login may see
	Theirs          // somebody else's, a service message, or a forward
	Mine            // Ours, and it was shown: it is of this send
	Another         // Ours, and it was shown: it is of another send
	Untold          // Ours, and of which send was not to be told
)

// Verdict is what has been found out of an unsure send.
type Verdict int

// Verdicts.
const (
	Undecided Verdict = iota
	Delivered         // it arrived; which message it is nobody knows
	Resend            // it did not arrive, or nobody can tell: it is sent again
)

// Resent says why a send of which nobody knew whether it arrived is sent again.
// "" = it is not. For logs and counts: never changed.
type Resent string

// Why a send is sent again.
const (
	Absent     Resent = "absent"   // it did not arrive: no double
	IsForward  Resent = "forward"  // a forward of one's own answers like a stranger's message
	TooMany    Resent = "many"     // too many messages to ask about
	NoRight    Resent = "rights"   // not all messages of the chat are seen
	WasDeleted Resent = "deleted"  // a number is missing: it was skipped, or somebody has deleted the message
	SomeCame   Resent = "several"  // some of several unsure sends came, and they can't be told apart
	NewChat    Resent = "moved"    // its chat or login is another one now
	NoFloor    Resent = "unknown"  // nothing is known of the chat's numbering
	Blurred    Resent = "blurred"  // an earlier send that could not be told may be among the messages
	ProbeNo    Resent = "refused"  // Telegram refused to tell
	PartsCame  Resent = "album"    // some of its parts came, not said which
	IsTopic    Resent = "topic"    // a topic: its service message did not come
	Harmless   Resent = "harmless" // doing it twice is not seen
)

// Doubles tells that a message may be there twice then; a topic that is closes.
func (r Resent) Doubles() bool { return r != "" && r != Absent && r != Harmless && r != IsTopic }
