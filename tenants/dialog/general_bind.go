package dialog

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/privacy"
)

// BindAnswer decides what follows from a /bind that has been judged: the answer
// in the group, where something may be said, and the binding. binding is nil if
// the group is not bound by it.
func BindAnswer(m tenants.Message, words tenants.Text, binding *Binding, f Facts) Decision {
	d := Decision{Binding: binding}
	if binding != nil {
		d.Operator = m.From
	}
	if words.Text == "" {
		return d
	}
	s := answerTo(m.Ref(), words, true)
	d.Inside = []tenants.MessageRef{m.Ref()}
	d.Jobs = []Job{{
		Lane:       Lane{Group: m.Chat.ID, Side: ToTopic},
		Connection: f.Connection,
		Chat:       m.Chat.ID,
		Class:      ClassAnswer,
		Effect:     s,
		Origin:     OfRelay,
		Decided:    f.Now,
	}}
	return d
}

// NoteGeneral puts a note of the relay into General.
func NoteGeneral(c tenants.ConnectionID, group tenants.ChatID, words tenants.Text, now time.Time) Decision {
	return Decision{Jobs: []Job{noteJob(c, group, words, false, now)}}
}

// SetAside is the note about something that crashed the relay again and again.
func SetAside() tenants.Text { return tenants.Plain(setAsideNote) }

// AsideJob is what follows when a job is taken out of the outbox because it
// crashed its actors too often: an operator's message is not on its way any
// more, and its author is told; of a client's the topic says that it is missing.
func AsideJob(s State, j Job, f Facts) Decision {
	d := begin(s, f)
	e, ok := j.Effect.(*Send)
	switch {
	case !ok || e.Piece != 0:
	case j.Origin == OfOperator && j.Lane.Side == ToClient:
		d.settled(false)
		d.tell(j.Source, asideJobNote, true)
	case j.Origin == OfClient && j.Lane.Side == ToTopic:
		d.note(asideClientNote)
	}
	return d.done()
}

const asideClientNote = "⚠️ A message of the client could not be handled and is missing here."

const asideJobNote = "⚠️ This message could not be handled and was set aside. Perhaps the client has not got it."

const setAsideNote = "⚠️ Something from Telegram could not be handled and was set aside. " +
	"The host of this desk can look at it with: topicdesk tenant set-aside list"

// Hidden is what no call into the group may hold; nil if nothing is hidden.
func Hidden(s State, f Facts) *privacy.Set {
	if !f.Settings.Hide.Any() {
		return nil
	}
	return privacy.NewSet(known(s, f))
}
