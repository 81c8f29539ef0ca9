package dialog

import (
	"strings"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
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
		d.note(d.words(say.NoteStart))
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
		Text: fillTitle(d.greeting(), d.greeted(m)),
	}}}}
	if m.Chat.Kind == tenants.Group {
		s.Reply = Reply{Direct: m.Ref()}
		s.Thread = m.Thread
	}
	d.s.Greeted = d.f.Now
	d.put(ToClient, ClassClient, s, tenants.MessageRef{}, OfRelay)
}

// greeting is WELCOME, or as long as nobody has set it ours, as the client reads it.
func (d *draft) greeting() tenants.Text {
	if d.f.Settings.OursGreets {
		return tenants.Plain(d.clientVoice().Say(say.DefaultWelcome))
	}
	return d.f.Settings.Welcome
}

// greeted is what {title} stands for: the client's name, in groups the chat's title.
func (d *draft) greeted(m *tenants.Message) string {
	if m.Chat.Kind == tenants.Private {
		return m.From.Name()
	}
	return m.Chat.Title
}

// The variables of texts that clients get.
const (
	titleMark    = "{title}"
	operatorMark = "{operator}"
)

// fillTitle puts a name in place of each {title}; formatting around it grows
// with it.
func fillTitle(text tenants.Text, name string) tenants.Text {
	return fillMarks(text, map[string]string{titleMark: name})
}

// fillMarks puts values in place of marks, in one pass: a value that looks like a mark
// stays as it is.
func fillMarks(text tenants.Text, values map[string]string) tenants.Text {
	for done := 0; ; {
		at, mark := -1, ""
		for m := range values {
			if i := strings.Index(text.Text[done:], m); i >= 0 && (at < 0 || done+i < at) {
				at, mark = done+i, m
			}
		}
		if at < 0 {
			return text
		}
		value := tenants.Clean(values[mark])
		text = replaced(text, at, mark, value)
		done = at + len(value)
	}
}

// replaced puts a value in place of the mark at a byte offset.
func replaced(text tenants.Text, at int, mark, value string) tenants.Text {
	from := tenants.Len(text.Text[:at])
	to, grows := from+tenants.Len(mark), tenants.Len(value)-tenants.Len(mark)
	moved := func(place, inside int) int {
		switch {
		case place <= from:
			return place
		case place >= to:
			return place + grows
		default:
			return inside
		}
	}
	var entities []tenants.Entity
	for _, e := range text.Entities {
		end := moved(e.Offset+e.Length, to+grows)
		e.Offset = moved(e.Offset, from)
		if e.Length = end - e.Offset; e.Length > 0 {
			entities = append(entities, e)
		}
	}
	return tenants.Text{Text: text.Text[:at] + value + text.Text[at+len(mark):], Entities: entities}
}
