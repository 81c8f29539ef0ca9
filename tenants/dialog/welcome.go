package dialog

import (
	"slices"
	"strings"
	"time"

	"topicdesk/tenants"
)

// bareStart tells the press of Start in a private dialog, without a payload.
func bareStart(m *tenants.Message) bool {
	return m.Chat.Kind == tenants.Private && m.Content.Kind == tenants.KindText &&
		strings.TrimSpace(words(m)) == "/start"
}

// start answers a bare /start: the welcome, and no topic. In a dialog that is
// active it is only noted, because the client has been welcomed.
func (d *draft) start(m *tenants.Message) Decision {
	d.s.Unreachable = false
	if d.active() {
		d.note(noteStart)
		return d.done()
	}
	if d.mayGreet(m) && !d.f.Settings.LeaveClosed[m.Chat.Kind] {
		d.welcome(m)
	}
	d.s.Started = d.f.Now
	return d.done()
}

// mayGreet tells that nothing speaks against a welcome, if the row of the
// status asks for one.
func (d *draft) mayGreet(m *tenants.Message) bool {
	switch {
	case d.s.listens():
		return false
	case d.f.Settings.Welcome.Text == "" || d.s.TeamBegan || m.Chat.Kind == tenants.Channel:
		return false
	case m.Chat.Kind == tenants.Group:
		return longAgo(d.f.Now, d.s.Greeted, tenants.GreetGroupPause)
	default:
		return longAgo(d.f.Now, d.s.Started, startGreets)
	}
}

// longAgo tells that since is at least pause ago, or never was.
func longAgo(now, since time.Time, pause time.Duration) bool {
	return since.IsZero() || now.Sub(since) >= pause
}

// welcome greets the client; in groups as a reply in the same thread.
func (d *draft) welcome(m *tenants.Message) {
	s := &Send{Way: Write, Parts: []Part{{Content: tenants.Content{
		Kind: tenants.KindText,
		Text: fillTitle(d.f.Settings.Welcome, d.greeted(m)),
	}}}}
	if m.Chat.Kind == tenants.Group {
		s.Reply = Reply{Direct: m.Ref()}
		s.Thread = m.Thread
	}
	d.s.Greeted = d.f.Now
	d.put(ToClient, ClassClient, s, tenants.MessageRef{}, OfRelay)
}

// greeted is what {title} stands for: the client's name, in groups the chat's title.
func (d *draft) greeted(m *tenants.Message) string {
	if m.Chat.Kind == tenants.Private {
		return m.From.Name()
	}
	return m.Chat.Title
}

const titleMark = "{title}"

// fillTitle puts a name in place of each {title}; formatting around it grows
// with it.
func fillTitle(text tenants.Text, name string) tenants.Text {
	name = tenants.Clean(name)
	done := 0
	for {
		at := strings.Index(text.Text[done:], titleMark)
		if at < 0 {
			return text
		}
		at += done
		text = replaced(text, at, name)
		done = at + len(name)
	}
}

// replaced puts name in place of the mark at a byte offset.
func replaced(text tenants.Text, at int, name string) tenants.Text {
	from := tenants.Len(text.Text[:at])
	to, grows := from+len(titleMark), tenants.Len(name)-len(titleMark)
	entities := slices.Clone(text.Entities)
	for i, e := range entities {
		switch {
		case e.Offset >= to:
			entities[i].Offset += grows
		case e.Offset <= from && e.Offset+e.Length >= to:
			entities[i].Length += grows
		}
	}
	return tenants.Text{
		Text:     text.Text[:at] + name + text.Text[at+len(titleMark):],
		Entities: slices.DeleteFunc(entities, func(e tenants.Entity) bool { return e.Length <= 0 }),
	}
}
