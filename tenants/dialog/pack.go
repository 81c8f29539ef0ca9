package dialog

import (
	"slices"
	"strings"

	"topicdesk/tenants"
)

// parcel is a message's content as decided, on its way to be packed into sends
// within Telegram's limits.
type parcel struct {
	msg     *tenants.Message
	content tenants.Content // as decided
	head    tenants.Text    // a line before the message: its author, "forwarded"
	unsaid  tenants.Text    // the head that a forward makes needless
	laid    int             // how much of the content's text is the head
	bound   bool            // something is hidden, forbidden or added: no unseen copy
	copied  bool            // only a copy keeps what it is: an operator's poll with pictures
	forward bool            // show it as a forward, if nothing speaks against it
	follow  string          // words that came with it and have no place in it: buttons
	reply   Reply
	silent  bool
	thread  tenants.ThreadID
	by      tenants.UserID
	writer  tenants.ChatID
}

// pack turns a parcel into sends, in order. The message itself has Piece 0;
// an own line before it and pieces after it count from 1.
func pack(p parcel) []Send {
	p.settleHead()
	var sends []Send
	if p.head.Text != "" {
		sends = append(sends, p.piece(p.head, 1))
	}
	main, rest := p.main()
	sends = append(sends, main)
	for _, words := range rest {
		sends = append(sends, p.piece(words, len(sends)+1))
	}
	if p.follow != "" {
		sends = append(sends, p.piece(italic(p.follow), len(sends)+1))
	}
	return sends
}

// settleHead lays the head into the message's own words if there is room, so
// that one message suffices. Albums and kinds without words keep it before them.
func (p *parcel) settleHead() {
	if p.head.Text == "" || p.forward || p.msg.Album != "" || !takesLine(p.content, p.head) {
		return
	}
	length := p.content.Text.Len()
	p.content = prefixed(p.head, p.content)
	p.content.Buttons = nil
	p.laid = p.content.Text.Len() - length
	p.head, p.bound = tenants.Text{}, true
}

// anew lets what was to be forwarded be written.
func (p *parcel) anew() {
	if p.forward {
		p.forward, p.head, p.unsaid = false, p.unsaid, tenants.Text{}
	}
}

// takesLine tells that a line can be laid before the words of content: a text
// may be split, but no caption is pushed out of its message and no formatting
// over what Telegram keeps of it.
func takesLine(c tenants.Content, line tenants.Text) bool {
	row := carriageOf(c.Kind)
	switch {
	case !row.Caption || row.Bound != Write, len(line.Entities)+len(c.Text.Entities) > tenants.MaxEntities:
		return false
	case c.Kind == tenants.KindText:
		return true
	default:
		return line.Len()+1+c.Text.Len() <= tenants.MaxCaption
	}
}

// main is the message itself, and what of its words did not fit into it.
func (p *parcel) main() (Send, []tenants.Text) {
	way := p.way()
	content, rest := p.content, []tenants.Text(nil)
	if way == Write {
		content, rest = fit(content)
	}
	content.Buttons = nil
	s := Send{
		Way:    way,
		Parts:  []Part{{Source: p.msg.Ref(), Content: content, Print: fingerprint(p.msg.Content), Head: p.laid}},
		Reply:  p.reply,
		Silent: p.silent,
		Thread: p.thread,
		By:     p.by,
		Writer: p.writer,
	}
	if p.msg.Album != "" && carriageOf(content.Kind).Album {
		s.Album = p.msg.Album
	}
	if len(rest) > 0 && p.by != 0 {
		whole := p.content
		s.Whole = &whole
	}
	if way == Forward {
		s.Author = p.unsaid
	}
	return s, rest
}

func (p *parcel) way() Way {
	row := carriageOf(p.content.Kind)
	switch {
	case p.copied:
		return Copy
	case p.forward:
		return Forward
	case p.bound && row.Bound != "":
		return row.Bound
	case p.msg.Album != "" && p.reply != (Reply{}) && row.Album:
		return Write // copied albums can't be replies (Bot API docs, copyMessages)
	default:
		return row.Free
	}
}

func (p *parcel) piece(words tenants.Text, number int) Send {
	return pieceOf(&Send{Thread: p.thread, By: p.by, Writer: p.writer}, words, number)
}

// pieceOf is a further piece of a message.
func pieceOf(s *Send, words tenants.Text, number int) Send {
	return Send{
		Way: Write, Parts: []Part{{Content: textContent(words)}}, Silent: true, Internal: s.Internal,
		Thread: s.Thread, By: s.By, Writer: s.Writer, Piece: number,
	}
}

// fit cuts the words of content to Telegram's limits at an entity-safe place;
// rest are the pieces that follow as texts.
func fit(c tenants.Content) (tenants.Content, []tenants.Text) {
	limit := tenants.MaxCaption
	if c.Kind == tenants.KindText {
		limit = tenants.MaxText
	}
	if c.Text.Len() <= limit {
		return c, nil
	}
	first := c.Text.Split(limit)[0]
	rest := c.Text.Slice(first.Len(), c.Text.Len())
	c.Text = first
	return c, rest.Split(tenants.MaxText)
}

// words is all text of a message in one, for tests on commands.
func words(m *tenants.Message) string { return m.Content.Text.Text }

// plain takes the formatting off.
func plain(c tenants.Content) tenants.Content {
	c.Text.Entities = nil
	return c
}

// prefixed puts a line before the words of content.
func prefixed(line tenants.Text, c tenants.Content) tenants.Content {
	text := line
	if c.Text.Text != "" {
		text = text.Append(tenants.Plain("\n")).Append(c.Text)
	}
	c.Text = text
	return c
}

// joinLines lays lines below one another; empty ones are left out.
func joinLines(lines ...tenants.Text) tenants.Text {
	lines = slices.DeleteFunc(lines, func(t tenants.Text) bool { return strings.TrimSpace(t.Text) == "" })
	var all tenants.Text
	for i, line := range lines {
		if i > 0 {
			all = all.Append(tenants.Plain("\n"))
		}
		all = all.Append(line)
	}
	return all
}
