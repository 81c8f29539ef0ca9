package dialog

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// BindAnswer decides what follows from a /bind that has been judged: the answer
// in the group, where something may be said, and the binding. binding is nil if
// the group is not bound by it.
func BindAnswer(m tenants.Message, words tenants.Text, binding *Binding, f Facts) Decision {
	d := Decision{Binding: binding}
	if binding != nil {
		d.Operator = m.From
		d.Acts = []Act{{At: f.Now, By: m.From, Name: "bind"}}
		if binding.Language != "" {
			d.Set = []tenants.Value{{Name: "LANGUAGE", Value: string(binding.Language)}}
		}
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
func SetAside(v tenants.Voice) tenants.Text { return tenants.Plain(v.Say(say.SetAside)) }

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
		d.tell(j.Source, d.words(say.AsideJob), true)
	case j.Origin == OfClient && j.Lane.Side == ToTopic:
		d.note(d.words(say.AsideClient))
		d.undeliverable()
	}
	return d.done()
}
