package memory

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// Post writes as a member, also as a login from another session; several
// contents are an album. Files are made new, of their content only the name
// and the tags count. It returns the numbers of the messages.
func (w *World) Post(in Place, by tenants.UserID, thread tenants.ThreadID, replyTo tenants.MessageID, contents ...tenants.Content) (ids []tenants.MessageID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.chatAt(in)
	if _, is := c.members[by]; !is {
		panic(fmt.Sprintf("memory: %d is not in chat %d", by, in.Chat))
	}
	if thread != 0 && c.topics[thread] == nil {
		panic(fmt.Sprintf("memory: no topic %d", thread))
	}
	album := ""
	if len(contents) > 1 {
		album = w.name("album")
	}
	for _, content := range contents {
		m := &message{Message: tenants.Message{From: w.people[by], Thread: thread, Album: album, Content: content}}
		if to := c.find(replyTo); to != nil {
			m.ReplyTo = tenants.MessageRef{Chat: c.ID, ID: replyTo}
			m.ReplySlash = w.logins[to.From.ID] == nil && strings.HasPrefix(to.Content.Text.Text, "/")
		}
		if content.File != nil {
			m.Content.File = w.newFile(*content.File)
		}
		ids = append(ids, w.post(c, m))
	}
	return ids
}

func (w *World) newFile(f tenants.File) *tenants.File {
	f.UniqueID = w.name("file")
	f.ID = "id-of-" + f.UniqueID
	w.files[f.ID] = f
	return &f
}

// renewed is content whose file, if it goes as a new one, is a new one.
func (w *World) renewed(c tenants.Content) tenants.Content {
	if c.File != nil && c.File.Anew {
		next := *c.File
		next.Anew = false
		c.File = w.newFile(next)
	}
	return c
}

// asked is content with a poll of its own, if it has one.
func (w *World) asked(c tenants.Content) tenants.Content {
	if c.Poll != nil {
		next := *c.Poll
		next.ID, next.Voters, next.Votes = w.name("poll"), 0, make([]int, len(c.Poll.Options))
		c.Poll = &next
	}
	return c
}

// Vote gives a vote in a login's poll; a person votes once.
func (w *World) Vote(in Place, id tenants.MessageID, option int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	m := w.chatAt(in).mustFind(id)
	p := m.Content.Poll
	p.Votes[option]++
	p.Voters++
	if g := w.logins[m.From.ID]; g != nil {
		now := *p
		now.Votes = slices.Clone(p.Votes)
		g.tell(tenants.Voted{Poll: now})
	}
}

// Rewrite gives a person's message another text or caption.
func (w *World) Rewrite(in Place, id tenants.MessageID, text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.chatAt(in)
	m := c.mustFind(id)
	m.Content.Text = tenants.Plain(text)
	w.edited(c, m, m.From.ID)
}

// Erase deletes a message for everybody.
func (w *World) Erase(in Place, by tenants.UserID, id tenants.MessageID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.chatAt(in)
	c.mustFind(id)
	w.erase(c, by, id)
}

// Press presses the button with this data under a login's message.
func (w *World) Press(in Place, by tenants.UserID, id tenants.MessageID, data string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	m := w.chatAt(in).mustFind(id)
	if !slices.ContainsFunc(m.buttons, func(b telegram.Button) bool { return b.Data == data }) {
		panic(fmt.Sprintf("memory: no button %q under message %d", data, id))
	}
	g := w.logins[m.From.ID]
	g.tell(tenants.Pressed{Query: w.name("query"), By: w.people[by], Message: m.Ref(), Thread: m.Thread, Data: data})
}

// MakeTopic makes a topic as a person.
func (w *World) MakeTopic(in Place, by tenants.UserID, title string) tenants.ThreadID {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.makeTopic(w.chatAt(in), by, title)
}

// DropTopic deletes a topic with its messages; nobody is told.
func (w *World) DropTopic(in Place, thread tenants.ThreadID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.chatAt(in)
	delete(c.topics, thread)
	c.messages = slices.DeleteFunc(c.messages, func(m *message) bool { return m.Thread == thread })
}

// Shown is a message as people see it.
type Shown struct {
	tenants.Message
	Reactions []string // by the givers' ids
}

// Read is what is in a chat, oldest first.
func (w *World) Read(in Place) (shown []Shown) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, m := range w.chatAt(in).messages {
		one := Shown{Message: m.Message}
		for _, giver := range slices.Sorted(maps.Keys(m.reactions)) {
			one.Reactions = append(one.Reactions, m.reactions[giver])
		}
		shown = append(shown, one)
	}
	return shown
}

func (c *chat) find(id tenants.MessageID) *message {
	for _, m := range c.messages {
		if m.ID == id {
			return m
		}
	}
	return nil
}

func (c *chat) mustFind(id tenants.MessageID) *message {
	m := c.find(id)
	if m == nil {
		panic(fmt.Sprintf("memory: no message %d in chat %d", id, c.ID))
	}
	return m
}

func serviceOf(by tenants.Person, content tenants.Content) tenants.Message {
	content.Kind = tenants.KindService
	return tenants.Message{From: by, Content: content}
}

// post numbers, dates and keeps a message, and tells the logins in the chat.
// The one who wrote it is told of service messages only, or by its other
// session's words: see Gateway.send.
func (w *World) post(c *chat, m *message) tenants.MessageID {
	m.Chat, m.Date, m.ID = c.Chat, w.now(), w.nextID(c)
	c.messages = append(c.messages, m)
	for _, g := range w.listeners(c) {
		if m.From.ID != g.me.ID || m.Content.Kind == tenants.KindService || !g.sending {
			g.tell(tenants.Posted{Message: m.seenBy(g)})
		}
	}
	return m.ID
}

func (w *World) nextID(c *chat) tenants.MessageID {
	if c.super {
		c.last++
		return c.last
	}
	w.lastMessage++
	return w.lastMessage
}

// listeners are the logins in a chat, by id.
func (w *World) listeners(c *chat) (in []*Gateway) {
	for _, id := range slices.Sorted(maps.Keys(c.members)) {
		if g := w.logins[id]; g != nil {
			in = append(in, g)
		}
	}
	return in
}

func (m *message) seenBy(g *Gateway) tenants.Message {
	seen := m.Message
	seen.Own = seen.From.ID == g.me.ID
	return seen
}

func (w *World) edited(c *chat, m *message, by tenants.UserID) {
	m.Edited = w.now()
	for _, g := range w.listeners(c) {
		if g.me.ID != by {
			g.tell(tenants.Edited{Message: m.seenBy(g)})
		}
	}
}

func (w *World) erase(c *chat, by tenants.UserID, id tenants.MessageID) {
	c.messages = slices.DeleteFunc(c.messages, func(m *message) bool { return m.ID == id })
	for _, g := range w.listeners(c) {
		if g.me.ID != by {
			g.tell(tenants.Deleted{Chat: c.Chat, Messages: []tenants.MessageID{id}})
		}
	}
}

func (w *World) makeTopic(c *chat, by tenants.UserID, title string) tenants.ThreadID {
	m := &message{Message: serviceOf(w.people[by], tenants.Content{Service: tenants.ServiceTopicCreated, TopicName: title})}
	m.Thread = tenants.ThreadID(c.last + 1) // its own number, which post will give
	c.topics[m.Thread] = &Topic{Title: title, Open: true}
	w.post(c, m)
	return m.Thread
}

// tellMembership tells a login that its standing changed.
func (w *World) tellMembership(c *chat, by, who tenants.UserID, member bool) {
	if g := w.logins[who]; g != nil {
		g.tell(tenants.Membership{
			Chat: c.Chat, By: w.people[by], Member: member, WasMember: !member, Admin: c.members[who], Date: w.now(),
		})
	}
}
