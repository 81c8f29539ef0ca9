package dialog

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// Saved is a quick reply: one set of them belongs to a group, for all its
// connections.
type Saved struct {
	Name string         `json:"name"` // as it was typed
	Key  string         `json:"-"`    // by which the store knows it; stays while it is there
	By   tenants.UserID `json:"-"`    // who saved it, 0 = nobody known
	At   time.Time      `json:"-"`
	// Connection is the login for which the ids of the files are good.
	Connection tenants.ConnectionID `json:"connection"`
	// Source is the message that was replied to, in Thread of the group; Shows is
	// whose name a forward of it shows.
	Source tenants.MessageRef `json:"source"`
	Thread tenants.ThreadID   `json:"thread,omitempty"`
	Shows  tenants.Shows      `json:"shows"`
	Parts  []SavedPart        `json:"parts"` // one, or those of an album in order
	// Gone: Source is known to be deleted. What goes out is what was saved.
	Gone bool `json:"gone,omitempty"`
}

// SavedPart is one message of a quick reply.
type SavedPart struct {
	Source  tenants.MessageRef `json:"source"`
	Content tenants.Content    `json:"content"`
	// Unread: it has words, which nobody has told yet.
	Unread bool `json:"unread,omitempty"`
	// Slashed: Source is a comment, of which the words are kept without the slash. A copy
	// or a forward of it would show that.
	Slashed bool `json:"slashed,omitempty"`
}

// AlbumPart is a part of an album in a group, seen when it came: its file, never its
// words.
type AlbumPart struct {
	Message    tenants.MessageRef
	Connection tenants.ConnectionID // for which the id of the file is good
	Content    tenants.Content      // without words
	Worded     bool                 // it has some
}

// PartOf is a part of an album, without its words.
func PartOf(message tenants.MessageRef, c tenants.ConnectionID, content tenants.Content) AlbumPart {
	part := AlbumPart{Message: message, Connection: c, Content: content, Worded: content.Text.Text != ""}
	part.Content.Text, part.Content.Buttons, part.Content.Inside = tenants.Text{}, nil, nil
	return part
}

// ReplyChange saves a quick reply of a group, or deletes it.
type ReplyChange struct {
	Group tenants.ChatID
	Key   string // of a new one its name, as names are compared
	Name  string // as it was typed
	Saved *Saved // nil = it is deleted
}

// Reading is that the words of a part of a quick reply are asked for.
type Reading struct {
	Group tenants.ChatID     `json:"group"`
	Key   string             `json:"fold"`
	Part  tenants.MessageRef `json:"part"`
}

// ReplyWords are the words of a part of a quick reply, as far as it still has that part.
type ReplyWords struct {
	Reading
	Text    tenants.Text
	Slashed bool // as SavedPart has it
}

// words of /say that are no names.
const (
	wordSave    = "save"
	wordDelete  = "del"
	wordForward = "fwd"
)

// saying is what a /say asks for.
type saying struct {
	what sayWhat
	name string // as typed
}

type sayWhat int

const (
	sayList sayWhat = iota
	saySend
	sayForward
	saySave
	sayDelete
	sayUnclear
)

// readSaying reads the arguments of a /say; why tells what is wrong with the name.
func readSaying(call command.Call) (s saying, why say.Line) {
	args := call.Args
	word := func(i int, is string) bool { return len(args) == 2 && command.FoldName(args[i]) == is }
	switch {
	case len(args) == 0:
		return saying{what: sayList}, why
	case word(0, wordSave):
		s = saying{saySave, args[1]}
	case word(0, wordDelete):
		s = saying{sayDelete, args[1]}
	case word(1, wordForward):
		s = saying{sayForward, args[0]}
	case len(args) == 1:
		s = saying{saySend, args[0]}
	default:
		return saying{what: sayUnclear}, say.ReplyUsage.With(nil)
	}
	if _, err := command.ParseName(s.name, wordSave, wordDelete, wordForward); err != nil {
		return saying{what: sayUnclear}, say.ReplyName.With(nil)
	}
	return s, why
}

// shelf are a group's quick replies, and a message that asks for something of them.
type shelf struct {
	f     *Facts
	m     *tenants.Message
	group tenants.ChatID
	by    tenants.Person
}

// find is the quick reply of a name; why tells that there is none.
func (s shelf) find(name string) (saved *Saved, why say.Line) {
	fold := command.FoldName(name)
	names := make([]string, len(s.f.Replies))
	for i, r := range s.f.Replies {
		if names[i] = r.Name; command.FoldName(r.Name) == fold {
			return &s.f.Replies[i], why
		}
	}
	if meant := tenants.Closest(name, names); meant != "" {
		return nil, say.ReplyMeant.With(say.Values{"name": name, "meant": meant})
	}
	return nil, say.ReplyUnknown.With(say.Values{"name": name})
}

// save is the change that saves what the message replies to; why tells that it can't be.
func (s shelf) save(name string) (c *ReplyChange, why say.Line) {
	known, _ := s.find(name)
	in := s.m.Replied
	switch {
	case s.m.ReplyTo.IsZero():
		return nil, say.ReplyWhat.With(say.Values{"name": name})
	case in == nil:
		return nil, say.ReplyUnseen.With(nil)
	case !savable(in.Content):
		return nil, say.ReplyKind.With(nil)
	case known == nil && len(s.f.Replies) >= tenants.MaxReplies:
		return nil, say.ReplyFull.With(say.Values{"n": tenants.MaxReplies})
	}
	key := command.FoldName(name)
	if known != nil {
		key = known.Key
	}
	saved := Saved{
		Name: name, Key: key, By: s.by.ID, At: s.f.Now, Connection: s.f.Connection, Source: s.m.ReplyTo, Thread: s.m.Thread,
		Shows: in.Shows, Parts: []SavedPart{{Source: s.m.ReplyTo, Content: in.Content}},
	}
	first := &saved.Parts[0]
	first.Content.Buttons = nil
	first.Content.Text, first.Slashed = uncommented(in.Content.Text, s.f.Bot)
	s.wholeAlbum(&saved)
	return &ReplyChange{Group: s.group, Key: key, Name: name, Saved: &saved}, why
}

// uncommented is a text without the slash that keeps a draft among operators, and
// whether it had one.
func uncommented(text tenants.Text, bot string) (words tenants.Text, slashed bool) {
	if _, kind := command.Parse(text.Text, bot); kind != command.Comment {
		return text, false
	}
	rest := strings.TrimLeftFunc(text.Text[strings.Index(text.Text, "/")+1:], unicode.IsSpace)
	return text.Slice(tenants.Len(text.Text)-tenants.Len(rest), text.Len()), true
}

// savable tells that a message can be sent as often as somebody likes.
func savable(c tenants.Content) bool {
	row := carriageOf(c.Kind)
	return row.Free == Copy || row.AsText
}

// wholeAlbum takes the other parts of an album too, as far as they are known.
func (s shelf) wholeAlbum(saved *Saved) {
	if len(s.f.Parts) < 2 {
		return
	}
	replied := saved.Parts[0]
	saved.Parts = nil
	for _, p := range s.f.Parts {
		part := SavedPart{Source: p.Message, Content: p.Content, Unread: p.Worded}
		if p.Message == replied.Source {
			part.Content.Text, part.Unread, part.Slashed = replied.Content.Text, false, replied.Slashed // read a moment ago
		}
		saved.Parts = append(saved.Parts, part)
		saved.Connection = p.Connection
	}
}

// remove is the change that deletes a quick reply; why tells that the writer may not.
func (s shelf) remove(name string) (c *ReplyChange, why say.Line) {
	known, why := s.find(name)
	switch {
	case known == nil:
		return nil, why
	case !s.f.Writer.Manager && (known.By == 0 || known.By != s.by.ID):
		return nil, say.ReplyWhose.With(say.Values{"name": known.Name})
	default:
		return &ReplyChange{Group: s.group, Key: known.Key, Name: known.Name}, why
	}
}

// list is all quick replies with links to what they were saved from, in messages
// within Telegram's limits.
func (s shelf) list() (pages []tenants.Text) {
	language := s.f.Settings.Language
	if len(s.f.Replies) == 0 {
		return []tenants.Text{tenants.Plain(say.ReplyNone.In(language))}
	}
	page := tenants.Plain(say.ReplyList.In(language, say.Values{"n": len(s.f.Replies)}))
	for _, r := range s.f.Replies {
		link := messageLink(r.Source, r.Thread)
		if r.Gone {
			link = ""
		}
		line := tenants.Plain("\n• ").Append(linked(r.Name, link))
		if page.Len()+line.Len() > tenants.MaxText || len(page.Entities) == tenants.MaxEntities {
			pages = append(pages, page)
			line = line.Slice(1, line.Len())
			page = tenants.Text{}
		}
		page = page.Append(line)
	}
	help := tenants.Plain("\n\n" + say.ReplyUsage.In(language))
	if page.Len()+help.Len() > tenants.MaxText {
		return append(pages, page)
	}
	return append(pages, page.Append(help))
}

// linked is a text that leads somewhere; url "" = it does not.
func linked(words, url string) tenants.Text {
	if url == "" {
		return tenants.Plain(words)
	}
	return tenants.Text{Text: words, Entities: []tenants.Entity{{Kind: "text_link", Length: tenants.Len(words), URL: url}}}
}

// messageLink leads to a message of a supergroup for its members (Telegram's page
// "Deep links", private message links); "" = there is none.
func messageLink(ref tenants.MessageRef, thread tenants.ThreadID) string {
	chat := int64(tenants.FirstSupergroup - ref.Chat)
	switch {
	case !ref.Chat.Supergroup():
		return ""
	case thread == 0:
		return fmt.Sprintf("https://t.me/c/%d/%d", chat, ref.ID)
	default:
		return fmt.Sprintf("https://t.me/c/%d/%d/%d", chat, thread, ref.ID)
	}
}

// act names a change in the log of who administered what.
func (s shelf) act(c *ReplyChange, of tenants.DialogID) Act {
	act := Act{At: s.f.Now, By: s.by, Name: "say del", Dialog: of, Detail: c.Name}
	if c.Saved != nil {
		act.Name = "say save"
	}
	return act
}

// reply is /say in a topic.
func (d *draft) reply(m *tenants.Message, call command.Call) {
	s := shelf{f: &d.f, m: m, group: d.s.Group, by: d.out.Operator}
	asked, why := readSaying(call)
	known, unknown := s.find(asked.name)
	switch {
	case why.Key != "":
		d.answerSay(m, why)
	case asked.what == sayList:
		d.inside(m)
		for _, page := range s.list() {
			d.say(answerTo(m.Ref(), page, false), ClassAnswer)
		}
	case asked.what == sayDelete:
		c, why := s.remove(asked.name)
		d.shelve(s, c, why)
	case asked.what == saySave, asked.what == saySend && known == nil && !m.ReplyTo.IsZero():
		c, why := s.save(asked.name)
		d.shelve(s, c, why)
	case known == nil:
		d.answerSay(m, unknown)
	case asked.what == saySend && !m.ReplyTo.IsZero() && d.f.ReplyTo != ReplyClient:
		d.askReplace(m, known)
	default:
		d.sendSaved(m, *known, asked.what == sayForward, "")
	}
}

// answerSay answers a /say that stays inside.
func (d *draft) answerSay(m *tenants.Message, words say.Line) {
	d.inside(m)
	d.tell(m.Ref(), words.In(d.f.Settings.Language), false)
}

// shelve changes a quick reply, or tells why not.
func (d *draft) shelve(s shelf, c *ReplyChange, why say.Line) {
	if c == nil {
		d.answerSay(s.m, why)
		return
	}
	d.inside(s.m)
	d.out.Reply = c
	d.out.Acts = append(d.out.Acts, s.act(c, d.s.ID))
	d.s.SaidBy = ""
	for _, send := range s.shelved(c) {
		d.put(ToTopic, ClassAnswer, send, tenants.MessageRef{}, OfRelay)
	}
	d.mark(s.m.Ref(), signDone)
}

// shelved is what is said of a change beside its sign: that only a part of an album
// is known, and, where there are no signs, that it is done. Of an album whose words
// stand under other parts than the one replied to, it is said as a reply to those: the
// answer to that brings them.
func (s shelf) shelved(c *ReplyChange) (sends []*Send) {
	language := s.f.Settings.Language
	if c.Saved != nil {
		for _, p := range c.Saved.Parts {
			if p.Unread {
				words := say.ReplySaved.In(language, say.Values{"name": c.Name})
				send := answerTo(p.Source, tenants.Plain(words), false)
				send.Reads = &Reading{Group: s.group, Key: c.Key, Part: p.Source}
				sends = append(sends, send)
			}
		}
	}
	switch {
	case len(sends) > 0:
		return sends
	case c.Saved != nil && s.m.Replied.Album != "" && len(c.Saved.Parts) == 1:
		words := say.ReplyPart.In(language, say.Values{"name": c.Name})
		return append(sends, answerTo(s.m.Ref(), tenants.Plain(words), false))
	case c.Saved == nil && s.labelsThatSend(c.Name) != "":
		words := say.ReplyMissed.In(language, say.Values{"name": c.Name, "labels": s.labelsThatSend(c.Name)})
		return append(sends, answerTo(s.m.Ref(), tenants.Plain(words), false))
	case !s.f.NoSigns:
		return nil
	case c.Saved == nil:
		return append(sends, answerTo(s.m.Ref(), tenants.Plain(say.ReplyDeleted.In(language, say.Values{"name": c.Name})), false))
	default:
		return append(sends, answerTo(s.m.Ref(), tenants.Plain(say.ReplySaved.In(language, say.Values{"name": c.Name})), false))
	}
}

// askReplace asks what is meant by the name of a quick reply, as a reply to a message
// of our side.
func (d *draft) askReplace(m *tenants.Message, known *Saved) {
	d.inside(m)
	d.out.Hold = append(d.out.Hold, Held{Message: *m})
	language := d.f.Settings.Language
	s := answerTo(m.Ref(), tenants.Plain(say.ReplyKnown.In(language, say.Values{"name": known.Name})), false)
	for _, b := range []struct {
		verb Verb
		key  say.Key
	}{{PressReplace, say.ReplyReplace}, {PressSay, say.ReplySend}} {
		s.Buttons = append(s.Buttons, Button{
			Text: b.key.In(language), Data: Press{Verb: b.verb, Dialog: d.s.ID, Message: m.ID}.Data(),
		})
	}
	d.say(s, ClassAnswer)
}

// replies is /say in General: what is saved is listed, saved and deleted there, and
// sent in topics.
func (p *post) replies(call command.Call) {
	s := shelf{f: &p.f, m: p.m, group: p.group, by: p.out.Operator}
	asked, why := readSaying(call)
	var c *ReplyChange
	switch {
	case why.Key != "":
	case asked.what == sayList:
		for _, page := range s.list() {
			p.reply(page, true)
		}
		return
	case asked.what == saySave:
		c, why = s.save(asked.name)
	case asked.what == sayDelete:
		c, why = s.remove(asked.name)
	default:
		why = say.ReplyGeneral.With(say.Values{"name": asked.name})
	}
	if c == nil {
		p.reply(tenants.Plain(why.In(p.f.Settings.Language)), true)
		return
	}
	p.out.Reply = c
	p.out.Acts = append(p.out.Acts, s.act(c, 0))
	for _, send := range s.shelved(c) {
		p.job(ToTopic, ClassAnswer, send, tenants.MessageRef{})
	}
	if !p.f.NoSigns {
		p.job(ToMark, ClassMark, &React{Message: p.m.Ref(), Emoji: signDone}, p.m.Ref())
	}
}

// saying tells that a held message is a /say, and reads it.
func (d *draft) saying(held []Held) (m *tenants.Message, s saying, ok bool) {
	if len(held) != 1 {
		return nil, s, false
	}
	m = &held[0].Message
	call, kind := command.Parse(words(m), d.f.Bot)
	if kind != command.Known || call.Name != command.Say {
		return nil, s, false
	}
	s, _ = readSaying(call)
	return m, s, true
}

// files tells that a quick reply has files, whose ids are good for one login only (Bot
// API docs, file_id).
func (r *Saved) files() bool {
	return slices.ContainsFunc(r.Parts, func(p SavedPart) bool { return p.Content.File != nil })
}
