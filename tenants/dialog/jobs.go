package dialog

import (
	"topicdesk/tenants"
)

// put adds a job in one of the dialog's lanes.
func (d *draft) put(side Side, class Class, e Effect, source tenants.MessageRef, origin Origin) *Job {
	chat := d.s.Group
	if side == ToClient {
		chat = d.s.Chat.ID
	}
	d.out.Jobs = append(d.out.Jobs, Job{
		Lane:       Lane{Dialog: d.s.ID, Side: side},
		Connection: d.s.Connection,
		Chat:       chat,
		Class:      class,
		Effect:     e,
		Source:     source,
		Origin:     origin,
		Decided:    d.f.Now,
	})
	return &d.out.Jobs[len(d.out.Jobs)-1]
}

// note says something of ours in the topic, grey and silent.
func (d *draft) note(words string) { d.say(plainNote(words), ClassNote) }

// noteTo is a note that replies to the twin of a client's message.
func (d *draft) noteTo(of tenants.MessageRef, words string) {
	n := plainNote(words)
	n.Reply = Reply{Of: of}
	d.say(n, ClassNote)
}

// tell answers an operator's message in the topic. loud = it rings: a refusal.
func (d *draft) tell(m tenants.MessageRef, words string, loud bool) {
	d.say(answerTo(m, tenants.Plain(words), loud), ClassAnswer)
}

// say puts an own message into the topic. The next client's message carries its
// author again.
func (d *draft) say(s *Send, class Class) {
	d.s.SaidBy = ""
	d.put(ToTopic, class, d.ofRoom(s), tenants.MessageRef{}, OfRelay)
}

// general says something of ours about the chat in General of its group.
func (d *draft) general(words tenants.Text, loud bool, buttons ...Button) {
	s := ownSend(words, !loud)
	s.Buttons = buttons
	d.out.Jobs = append(d.out.Jobs, Job{
		Lane:       Lane{Group: d.s.Group, Side: ToTopic},
		Connection: d.f.Connection,
		Chat:       d.s.Group,
		Class:      ClassAnswer, // as noteJob
		Effect:     s,
		Source:     tenants.MessageRef{Chat: d.s.Chat.ID},
		Origin:     OfRelay,
		Decided:    d.f.Now,
	})
}

// mark sets the connection's reaction on an operator's message; "" takes it off.
// A message has one: the last counts. Where the group refuses them, none is tried.
func (d *draft) mark(m tenants.MessageRef, emoji string) {
	if d.f.NoSigns {
		return
	}
	d.put(ToMark, ClassMark, &React{Message: m, Emoji: emoji}, m, OfRelay)
}

// inside keeps an operator's message in the group.
func (d *draft) inside(m *tenants.Message) {
	d.out.Inside = append(d.out.Inside, m.Ref())
	d.out.InsideAlbum = m.Album
}

// plainNote is a grey silent line of ours.
func plainNote(words string) *Send {
	return ownSend(italic(words), true)
}

// answerTo is a message of ours that replies to one of the same chat.
func answerTo(m tenants.MessageRef, words tenants.Text, loud bool) *Send {
	s := ownSend(words, !loud)
	s.Reply = Reply{Direct: m}
	return s
}

func ownSend(words tenants.Text, silent bool) *Send {
	return &Send{
		Way:      Write,
		Parts:    []Part{{Content: textContent(words)}},
		Silent:   silent,
		Internal: true,
	}
}

func textContent(words tenants.Text) tenants.Content {
	return tenants.Content{Kind: tenants.KindText, Text: words, NoPreview: true}
}

func italic(s string) tenants.Text {
	if s == "" {
		return tenants.Text{}
	}
	return tenants.Text{Text: s, Entities: []tenants.Entity{{Kind: "italic", Length: tenants.Len(s)}}}
}
