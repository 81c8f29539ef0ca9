package dialog

import (
	"strings"

	"topicdesk/tenants"
)

// likeness is how much a message is like one that was to be made.
type likeness int

const (
	unlike    likeness = iota // another kind, or other words
	sameWords                 // the same kind and words
	sameWhole                 // and nothing else is in it, or the same file
)

// Identify is what an answer to a probe tells of a message with which a send is looked
// for; looked: it was asked what the message holds, because those of other unsure sends
// may be among them. topic is the dialog's; of a send to a client it does not matter.
func (j *Job) Identify(o tenants.Outcome, looked bool, topic tenants.ThreadID) tenants.Probe {
	is := o.Probed.Is
	mine, told := j.holds(o, topic)
	switch {
	case is == tenants.Changed && told && mine:
		return tenants.Ours // somebody has changed its buttons since
	case is != tenants.Ours || !looked:
		return is
	case !told:
		return tenants.Untold
	case mine:
		return tenants.Mine
	default:
		return tenants.Another
	}
}

// holds tells whether a message that Telegram has shown is one that a job would
// have made: in which topic it is, and what it holds. told is false if that can't
// be told: it was not shown, it is in the right topic with other words, or it may
// be the same but for its file.
func (j *Job) holds(o tenants.Outcome, topic tenants.ThreadID) (mine, told bool) {
	if o.Content == nil {
		return false, false
	}
	send := j.Effect.(*Send)
	like := send.likeness(o.Content)
	if !j.Lane.InTopic() {
		return like == sameWhole, like != sameWords
	}
	if o.Thread != topic && o.Thread != send.Room {
		return false, true
	}
	return like == sameWhole, like == sameWhole
}

// likeness is how much a message is like the most alike of those that a send makes.
func (s *Send) likeness(shown *tenants.Content) likeness {
	most := unlike
	for _, c := range s.contents() {
		if c.Kind != shown.Kind || strings.TrimSpace(c.Text.Text) != strings.TrimSpace(shown.Text.Text) {
			continue
		}
		most = max(most, sameWords)
		if c.Kind == tenants.KindText || c.File != nil && shown.File != nil && c.File.UniqueID == shown.File.UniqueID {
			most = sameWhole
		}
	}
	return most
}

// contents is what the messages of a send hold.
func (s *Send) contents() (all []tenants.Content) {
	if s.Joined {
		return []tenants.Content{JoinedOf(s).Content()}
	}
	for _, p := range s.Parts {
		all = append(all, p.Content)
	}
	return all
}
