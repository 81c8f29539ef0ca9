package dialog

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"topicdesk/tenants"
)

// client says something in the client chat.
func (w *world) client(who, rest string) {
	m, edited := w.message(who, rest, w.state.Chat)
	f := w.facts(who, &m)
	if edited {
		f.Fate, f.Known = w.fates[m.ID], w.known
		if h, ok := w.held[m.ID]; ok {
			f.Held = []Held{h}
		}
	}
	w.decide(Client(w.state, m, edited, f))
}

// inTopic says something in the dialog's topic.
func (w *world) inTopic(who, rest string) {
	m, edited := w.message(who, rest, tenants.Chat{ID: backend, Kind: tenants.Group, Title: "Desk", Forum: true})
	m.Thread = w.topic.Thread
	f := w.facts(who, &m)
	if h, ok := w.held[m.ID]; ok {
		f.Held = append(f.Held, h)
	}
	if edited {
		f.Fate, f.Known = w.fates[m.ID], w.known
	}
	w.heard(m, edited, f)
}

// press presses a button: VERB, the held message's number, an argument.
func (w *world) press(who string, args []string) {
	p := Press{Verb: Verb(args[0]), Dialog: w.state.ID}
	if len(args) > 1 {
		p.Message = tenants.MessageID(w.number(args[1]))
	}
	if len(args) > 2 {
		p.Arg = int64(w.number(args[2]))
	}
	if slices.Contains(generalVerbs, p.Verb) {
		p.Dialog = 0
	}
	p, ok := ParsePress(p.Data())
	if !ok {
		w.t.Fatalf("script: no button %s", args[0])
	}
	pressed, ok := w.held[p.Message]
	f := w.facts(who, nil)
	if ok && !pressed.Message.ReplyTo.IsZero() {
		f = w.facts(who, &tenants.Message{ReplyTo: pressed.Message.ReplyTo})
	}
	_, choosing := p.Verb.Choosing()
	for _, id := range slices.Sorted(maps.Keys(w.held)) {
		h := w.held[id]
		if choosing && h.Message.Chat.ID == w.state.Chat.ID || ok && (id == p.Message || h.Message.Album != "" && h.Message.Album == pressed.Message.Album) {
			f.Held = append(f.Held, h)
		}
	}
	if p.Verb == PressUndo {
		f.Target = w.target(p.Message)
	}
	e := tenants.Pressed{Query: "q", By: people[who], Message: tenants.MessageRef{Chat: backend, ID: 500}}
	if p.Dialog == 0 {
		p.Arg, p.Message = int64(p.Message), 0
		w.decide(PressedInGeneral(e, p, f))
		return
	}
	w.decide(Pressed(w.state, e, p, f))
}

func (w *world) heard(m tenants.Message, edited bool, f Facts) {
	if !edited {
		w.spoke = w.now
	}
	d, hand := InTopic(w.topic, m, edited, f)
	switch hand.Kind {
	case HandNone:
		w.decide(d)
	case HandAnswer:
		w.decide(Answer(w.state, m, edited, f))
	case HandCommand:
		w.decide(Command(w.state, m, hand.Call, f))
	case HandTitle:
		w.decide(Named(w.state, m, hand.Name, f))
	default:
		w.t.Fatalf("hand %d", hand.Kind)
	}
}

func (w *world) general(who, rest string) {
	m, edited := w.message(who, rest, tenants.Chat{ID: backend, Kind: tenants.Group, Title: "Desk", Forum: true})
	w.decide(InGeneral(m, edited, w.facts(who, &m)))
}

// message reads "[kind key=value …] words" or "edits N [kind …] words".
func (w *world) message(who, rest string, chat tenants.Chat) (m tenants.Message, edited bool) {
	id := w.next
	if after, ok := strings.CutPrefix(rest, "edits "); ok {
		number, words, _ := strings.Cut(after, " ")
		id, edited, rest = tenants.MessageID(w.number(number)), true, words
	} else {
		w.next++
	}
	m = tenants.Message{Chat: chat, ID: id, Date: w.now, From: people[who], Content: tenants.Content{Kind: tenants.KindText}}
	w.known = 0
	if edited {
		m.Edited = w.now
	}
	if old, ok := w.texts[id]; ok && edited {
		w.known = fingerprint(old.Content)
		m.Date, m.Album, m.Content.Kind, m.Content.File = old.Date, old.Album, old.Content.Kind, old.Content.File
	}
	if chat.Kind == tenants.Channel {
		m.From = tenants.Person{}
	}
	if who == "Group" {
		m.Sender = &chat
	}
	if strings.HasPrefix(rest, "[") {
		marks, words, _ := strings.Cut(rest[1:], "]")
		rest = strings.TrimSpace(words)
		for _, mark := range strings.Fields(marks) {
			w.mark(&m, mark)
		}
	}
	m.Content.Text = markup(rest)
	if said, ok := w.texts[m.ReplyTo.ID]; ok && strings.HasPrefix(rest, "/say") {
		m.Replied = &tenants.Replied{Content: said.Content, Album: said.Album, Shows: tenants.ShowsPerson}
		if said.Forwarded != "" {
			m.Replied.Shows = tenants.ShowsChat
		}
	}
	w.texts[id] = m
	return m, edited
}

// mark is one word in brackets before a message.
func (w *world) mark(m *tenants.Message, mark string) {
	key, value, _ := strings.Cut(mark, "=")
	switch key {
	case "album":
		m.Album = value
	case "reply":
		m.ReplyTo = tenants.MessageRef{Chat: m.Chat.ID, ID: tenants.MessageID(w.number(value))}
	case "quote":
		m.Quote = &tenants.Quote{Text: tenants.Plain(value)}
	case "forwarded":
		m.Forwarded = value
	case "thread": // thread=4 or thread=4:Name
		number, name, _ := strings.Cut(value, ":")
		m.Thread, m.ThreadName = tenants.ThreadID(w.number(number)), name
	case "protected":
		m.Protected = true
	case "auto":
		m.AutoPost, m.Forwarded = true, "News"
		m.From = tenants.Person{ID: tenants.TelegramService, First: "Telegram"}
		m.Sender = &tenants.Chat{ID: -1005, Kind: tenants.Channel, Title: "News"}
	case "signed":
		m.Signature = value
	case "as-channel":
		m.Sender = &tenants.Chat{ID: -1005, Kind: tenants.Channel, Title: value}
		m.From = tenants.Person{ID: tenants.ChannelSender, Bot: true}
	case "buttons":
		m.Content.Buttons = strings.Split(value, ",")
	case "quiz", "pictures", "public", "multiple":
		p := m.Content.Poll
		p.Quiz, p.Pictures, p.Public, p.Multiple = key == "quiz", key == "pictures", key == "public", key == "multiple"
	case "file":
		m.Content.File.Name = value
	case "artist":
		m.Content.File.Artist = value
	case "size":
		m.Content.File.Size = int64(w.number(value))
	case "live":
		m.Content.Kind, m.Content.Place = tenants.KindLocation, &tenants.Place{Live: value != "ended"}
	default:
		w.carries(m, tenants.Kind(key))
	}
}

// carries gives a message a kind of content.
func (w *world) carries(m *tenants.Message, kind tenants.Kind) {
	row, ok := carriages[kind]
	if !ok {
		w.t.Fatalf("script: no kind %s", kind)
	}
	m.Content.Kind = kind
	if row.Bound == Write && kind != tenants.KindText && !row.AsText {
		m.Content.File = &tenants.File{ID: "file", UniqueID: "unique"}
	}
	switch kind {
	case tenants.KindPoll:
		m.Content.Poll = &tenants.Poll{Question: "Tea?", Options: []string{"yes", "no"}}
	case tenants.KindDice:
		m.Content.Dice = &tenants.Dice{Emoji: "🎲", Value: 4}
	case tenants.KindContact:
		m.Content.File, m.Content.Contact = nil, &tenants.Contact{Phone: "+491701234567", First: "Bob"}
	case tenants.KindLocation, tenants.KindVenue:
		m.Content.File, m.Content.Place = nil, &tenants.Place{Title: "Gate", Address: "Street 1"}
	case tenants.KindChecklist:
		m.Content.List = &tenants.List{Title: "Move", Tasks: []tenants.Task{{Text: "pack", Done: true}, {Text: "drive"}}}
	}
}

// markup reads *bold* and repeats: "long 5000" is a text of so many units,
// "bolds 100" one of so many bold words.
func markup(s string) tenants.Text {
	if n, ok := strings.CutPrefix(s, "bolds "); ok {
		count, _ := strconv.Atoi(n)
		s = strings.Repeat("*b* ", count)
	}
	if n, ok := strings.CutPrefix(s, "long "); ok {
		count, _ := strconv.Atoi(n)
		return tenants.Plain(strings.Repeat("word ", count/5))
	}
	var text tenants.Text
	for i, piece := range strings.Split(s, "*") {
		if i%2 == 1 {
			text = text.Append(tenants.Bold(piece))
		} else {
			text = text.Append(tenants.Plain(piece))
		}
	}
	if name, _, found := strings.Cut(s, " "); found && strings.HasPrefix(name, "@") {
		text.Entities = append(text.Entities, tenants.Entity{Kind: "mention", Length: tenants.Len(name)})
	}
	return text
}

func (w *world) number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// topicMade is the service line of a topic of ours.
func (w *world) topicMade(args []string) {
	thread := tenants.ThreadID(firstThread)
	if len(args) > 0 {
		thread = tenants.ThreadID(w.number(args[0]))
	}
	m := w.line(tenants.Content{Service: tenants.ServiceTopicCreated, TopicName: w.state.Title})
	m.Thread, m.Own = thread, true
	w.heard(m, false, w.facts("", nil))
}

// service is a service line in the topic, by Olga.
func (w *world) service(byHand bool, c tenants.Content) {
	m := w.line(c)
	m.Own = !byHand
	w.heard(m, false, w.facts("Olga", nil))
}

func (w *world) own(s tenants.Service) { w.service(false, tenants.Content{Service: s, TopicName: "x"}) }

func (w *world) line(c tenants.Content) tenants.Message {
	c.Kind = tenants.KindService
	m := tenants.Message{
		Chat: tenants.Chat{ID: backend, Kind: tenants.Group, Forum: true}, ID: w.next, Date: w.now,
		From: people["Olga"], Thread: w.topic.Thread, Content: c,
	}
	w.next++
	return m
}

// clientService is a service message in the client chat: name, then who or what.
func (w *world) clientService(args []string) {
	c := tenants.Content{Kind: tenants.KindService, Service: tenants.Service(args[0])}
	thread := tenants.ThreadID(0)
	for _, arg := range args[1:] {
		if number, ok := strings.CutPrefix(arg, "thread="); ok {
			thread = tenants.ThreadID(w.number(number))
			continue
		}
		if p, ok := people[arg]; ok {
			c.People = append(c.People, p)
			continue
		}
		c.Title = strings.TrimSpace(c.Title + " " + arg)
	}
	if c.Service == tenants.ServiceMigratedTo || c.Service == tenants.ServiceMigratedFrom {
		c.Migrated = -1002
	}
	if c.Service == tenants.ServiceTopicCreated || c.Service == tenants.ServiceTopicEdited {
		c.TopicName, c.Title = c.Title, ""
	}
	m := tenants.Message{Chat: w.state.Chat, ID: w.next, Date: w.now, From: people["Anna"], Thread: thread, Content: c}
	w.next++
	w.decide(Client(w.state, m, false, w.facts("Anna", nil)))
}

// readOutcome reads what a try came to.
func readOutcome(t *testing.T, kind string, args []string) tenants.Outcome {
	arg := ""
	if len(args) > 0 {
		arg = args[0]
	}
	reason := tenants.Reason("")
	if len(args) > 1 {
		reason = tenants.Reason(args[1])
	}
	switch kind {
	case "done":
		o := tenants.Outcome{Kind: tenants.Done, Made: []tenants.MessageID{900}, Thread: firstThread}
		if n, err := strconv.Atoi(arg); err == nil {
			o.Thread = tenants.ThreadID(n)
		}
		return o
	case "skipping": // the second part of an album
		return tenants.Outcome{Kind: tenants.Done, Made: []tenants.MessageID{900, 0}}
	case "short": // so many of an album are there, nobody knows which
		return tenants.Outcome{Kind: tenants.Done, Short: true, Strays: []tenants.MessageID{901, 902}[:len(args)], Why: "left out"}
	case "flood":
		arrived, _ := strconv.Atoi(arg) // "wide" is none
		return tenants.Outcome{Kind: tenants.Flood, After: 7 * time.Second, Wide: arg == "wide", Arrived: arrived}
	case "moved":
		return tenants.Outcome{Kind: tenants.Moved, Chat: -1002}
	case "notsent":
		return tenants.Outcome{Kind: tenants.NotSent, Why: "connection refused"}
	case "unsure":
		return tenants.Outcome{Kind: tenants.Unsure, Why: "the answer was lost"}
	case "gone":
		what := map[string]tenants.GoneWhat{
			"topic": tenants.GoneTopic, "closed": tenants.GoneTopicClosed, "chat": tenants.GoneChat,
			"client": tenants.GoneClient, "rights": tenants.GoneRights, "login": tenants.GoneLogin,
		}
		return tenants.Outcome{Kind: tenants.Gone, Gone: what[arg], Reason: reason, Why: "not enough rights"}
	case "refused":
		as := map[string]tenants.RefusedAs{
			"": tenants.AsNone, "finally": tenants.AsNone, "copy": tenants.AsCopy, "forward": tenants.AsForward, "plain": tenants.AsPlain,
			"split": tenants.AsSplit, "unthreaded": tenants.AsUnthreaded, "file": tenants.AsFile,
			"note": tenants.AsNote, "body": tenants.AsBody, "apart": tenants.AsApart, "caption": tenants.AsCaption,
		}
		return tenants.Outcome{Kind: tenants.Refused, As: as[arg], Reason: reason, Why: "it was refused"}
	default:
		t.Fatalf("script: no outcome %s", kind)
		return tenants.Outcome{}
	}
}
