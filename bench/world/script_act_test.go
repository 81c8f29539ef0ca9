package world

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	sim "topicdesk/bench/telegram"
)

// deed is one line of a script in its parts: WHO [in TOPIC | at CHAT] [VERB ARGS][: TEXT].
type deed struct {
	who     int64
	chat    int64 // as the person's Telegram names it
	topic   int
	where   string // name of the client group, or of the dialog
	verb    string
	args    []string
	text    string
	hasText bool
}

// act does one line.
func (s *scene) act(line string) {
	d := s.deed(line)
	s.stage.Door.With(func(w *sim.World) { must(s.do(w, d)) })
}

func (s *scene) deed(line string) deed {
	var d deed
	var words []string
	words, d.text, d.hasText = tokens(line)
	name, bot, _ := strings.Cut(words[0], "@")
	d.who = s.person(name)
	d.chat = s.people["bot"+bot]
	words = words[1:]
	switch {
	case len(words) > 1 && words[0] == "in":
		d.where, d.chat, d.topic, words = words[1], s.stage.Forum, s.topicOf(words[1]), words[2:]
		if home := s.homes[d.where]; home != 0 {
			d.chat = home
		}
	case len(words) > 1 && words[0] == "at":
		name, thread, _ := strings.Cut(words[1], "#")
		d.where, d.chat, words = name, s.chatOf(name), words[2:]
		d.topic = s.threadIn(d.chat, thread)
	case d.hasText || len(words) > 0 && !impersonal[words[0]]:
		s.addView(strings.TrimSuffix(name+"@"+bot, "@"), d.who, d.chat)
	}
	if len(words) > 0 {
		d.verb, d.args = words[0], words[1:]
	}
	return d
}

// impersonal are what people do in the forum without saying where.
var impersonal = map[string]bool{"makes": true, "promotes": true, "removes": true, "adds": true, "anonymous": true, "reactions": true, "voices": true, "unbans": true, "privacy": true, "publishes": true, "speaks": true, "menu": true}

func (s *scene) person(name string) int64 {
	id, ok := s.people[name]
	if !ok {
		panic("nobody is called " + name)
	}
	return id
}

func (s *scene) chatOf(name string) int64 {
	if name == "desk" {
		return s.stage.Forum
	}
	id, ok := s.chats[name]
	if !ok {
		panic("no chat is called " + name)
	}
	return id
}

// threadIn finds a thread of a client forum, or of a further group, by its name or "a
// part of it"; 0 = its General.
func (s *scene) threadIn(chat int64, name string) (id int) {
	if name == "" {
		return 0
	}
	s.stage.Door.With(func(w *sim.World) {
		for _, t := range w.Topics(chat) {
			if t.Name == name || quoted(name) && strings.Contains(t.Name, unquoted(name)) {
				id = t.ID
			}
		}
	})
	if id == 0 {
		panic("no thread " + name)
	}
	return id
}

// topicOf finds a topic: general, "a part of the title", or whose dialog it is.
func (s *scene) topicOf(name string) int {
	switch {
	case name == "general":
		return 0
	case quoted(name):
		for id, title := range s.titles {
			if strings.Contains(title, unquoted(name)) {
				return id
			}
		}
	case s.topics[name] != 0:
		return s.topics[name]
	}
	panic("no topic of " + name)
}

// tokens cuts a line into words, quoted ones in one piece, and the text behind
// the first colon.
func tokens(line string) (words []string, text string, hasText bool) {
	word, inside := "", false
	for i, r := range line {
		rest := line[i+len(string(r)):]
		switch {
		case r == '"':
			inside = !inside
			word += string(r)
		case inside:
			word += string(r)
		case r == ':' && (rest == "" || rest[0] == ' '):
			return append(words, word), strings.TrimPrefix(rest, " "), true
		case r == ' ':
			words, word = append(words, word), ""
		default:
			word += string(r)
		}
	}
	return append(words, word), "", false
}

func quoted(word string) bool { return strings.HasPrefix(word, `"`) }

func unquoted(word string) string { return strings.Trim(word, `"`) }

// do does a deed.
func (s *scene) do(w *sim.World, d deed) error {
	switch d.verb {
	case "as-channel":
		return s.send(w, d, sim.Post{}, nil)
	case "", "sends":
		return s.send(w, d, sim.Post{}, d.args)
	case "replies":
		return s.reply(w, d)
	case "forwards":
		return s.forward(w, d)
	case "edits":
		return s.edit(w, d)
	case "touches":
		return w.Touch(d.who, d.chat, s.find(w, d, d.args[0]).ID)
	case "deletes":
		return w.Delete(d.who, d.chat, s.find(w, d, d.args[0]).ID)
	case "reacts":
		return w.React(d.who, d.chat, s.find(w, d, d.args[0]).ID, d.args[1:]...)
	case "presses":
		return s.press(w, d, unquoted(d.args[0]))
	case "votes":
		option, err := strconv.Atoi(d.args[1])
		must(err)
		return w.Vote(d.who, d.chat, s.find(w, d, d.args[0]).ID, option-1)
	case "stops":
		return w.StopPoll(d.who, d.chat, s.find(w, d, d.args[0]).ID)
	case "pins":
		return w.Pin(d.who, d.chat, s.find(w, d, d.args[0]).ID)
	case "starts":
		_, err := w.Start(d.who, d.chat, strings.Join(d.args, ""))
		return err
	case "blocks":
		w.Block(d.who, d.chat)
	case "unblocks":
		w.Unblock(d.who, d.chat)
	default:
		return s.manage(w, d)
	}
	return nil
}

// manage is what people do with chats and topics.
func (s *scene) manage(w *sim.World, d deed) error {
	switch d.verb {
	case "renames":
		if d.chat == s.stage.Forum || d.topic != 0 {
			return w.RenameTopic(d.who, d.chat, d.topic, d.text)
		}
		return w.SetTitle(d.who, d.chat, d.text)
	case "topics":
		w.SetForum(s.groupOf(d), d.args[0] == "on")
	case "closes":
		return w.CloseTopic(d.who, d.chat, d.topic)
	case "reopens":
		return w.ReopenTopic(d.who, d.chat, d.topic)
	case "drops":
		return w.DeleteTopic(d.who, d.chat, d.topic)
	case "icon":
		return w.EditTopic(d.who, d.chat, d.topic, nil, &d.text)
	case "hides", "shows":
		return w.HideGeneral(d.who, d.chat, d.verb == "hides")
	case "unbans":
		return w.Unban(d.who, s.groupOf(d), s.person(d.args[0]))
	case "speaks":
		w.SetLanguage(d.who, d.args[0])
	case "menu":
		s.menu(w.Commands(d.who, s.groupOf(d)))
	case "named":
		first, last, _ := strings.Cut(d.text, " ")
		w.SetName(d.who, first, last)
	case "publishes":
		return s.publish(w, d)
	case "vanishes":
		w.DeleteAccount(d.who)
	case "makes":
		_, err := w.CreateTopic(d.who, s.groupOf(d), d.text, 0)
		return err
	case "leaves":
		return w.Leave(d.who, d.chat)
	case "adds":
		return w.AddMember(d.who, s.groupOf(d), s.person(d.args[0]))
	case "removes":
		return w.Kick(d.who, s.groupOf(d), s.person(d.args[0]))
	case "promotes":
		words, title := titled(d.args[1:])
		return w.Promote(d.who, s.groupOf(d), s.person(d.args[0]), rights(words), title)
	case "mutes":
		return w.Restrict(d.who, s.groupOf(d), s.person(d.args[0]), sim.Permissions{React: true}, 0)
	case "unmutes":
		return w.Restrict(d.who, s.groupOf(d), s.person(d.args[0]), sim.AllPermissions(), 0)
	case "slows":
		return w.SetSlowMode(d.who, s.groupOf(d), number(d.args[0]))
	case "pictures":
		return w.SetPhoto(d.who, s.groupOf(d), sim.File{Kind: sim.KindPhoto, Size: 1000})
	case "privacy":
		w.SetPrivacy(s.person(d.args[0]), d.args[1] == "on")
	case "upgrades":
		id, err := w.Upgrade(d.who, d.chat)
		s.chats[d.where] = id
		s.retarget(d.where, id)
		return err
	case "anonymous":
		w.SetAnonymous(s.groupOf(d), d.who, d.args[0] == "on")
	case "reactions":
		w.SetReactions(s.groupOf(d), map[string][]string{"on": nil, "off": {}}[d.args[0]])
	case "voices":
		w.SetForbidsVoice(d.who, d.args[0] == "off")
	case "protects":
		w.SetProtected(s.groupOf(d), d.args[0] == "on")
	default:
		panic("nobody can " + d.verb)
	}
	return nil
}

// publish posts in a channel that the group is the discussion of.
func (s *scene) publish(w *sim.World, d deed) error {
	channel := s.channelOf(w, d.who)
	w.Link(channel, s.groupOf(d))
	_, err := w.Send(d.who, channel, sim.Post{Content: s.parsed(d.text)})
	return err
}

// channelOf is the person's own channel, made when it is first needed.
func (s *scene) channelOf(w *sim.World, who int64) int64 {
	key := fmt.Sprintf("channel of %d", who)
	if s.chats[key] == 0 {
		s.chats[key] = w.NewChannel(who, "Desk News")
	}
	return s.chats[key]
}

// groupOf is the chat of a deed, the forum if it names none.
func (s *scene) groupOf(d deed) int64 {
	if d.where == "" {
		return s.stage.Forum
	}
	return d.chat
}

// titled takes title="…" off.
func titled(words []string) (rest []string, title string) {
	for _, word := range words {
		if t, ok := strings.CutPrefix(word, "title="); ok {
			title = unquoted(t)
		} else {
			rest = append(rest, word)
		}
	}
	return rest, title
}

// rights are all but those named: no-topics, no-deleting; none = a member.
func rights(words []string) sim.Rights {
	r := sim.AllRights()
	for _, w := range words {
		switch w {
		case "none":
			r = sim.Rights{}
		case "deletes":
			r.ManageChat, r.DeleteMessages = true, true
		case "bans":
			r.ManageChat, r.RestrictMembers = true, true
		case "no-topics":
			r.ManageTopics = false
		case "no-deleting":
			r.DeleteMessages = false
		default:
			panic("right " + w)
		}
	}
	return r
}

// find is the newest message that has the text in it, or is of that [kind].
func (s *scene) find(w *sim.World, d deed, ref string) sim.Shown {
	topic := d.topic
	if d.chat != s.stage.Forum {
		topic = sim.AllTopics
	}
	all := w.View(d.who, d.chat, topic)
	for _, m := range slices.Backward(all) {
		if quoted(ref) && strings.Contains(m.Text, unquoted(ref)) || ref == "["+string(m.Kind)+"]" {
			return m
		}
	}
	panic("no message " + ref)
}

// press presses the newest button with these words on it.
func (s *scene) press(w *sim.World, d deed, words string) error {
	for _, m := range slices.Backward(w.View(d.who, d.chat, d.topic)) {
		for _, row := range m.Buttons {
			for _, b := range row {
				if b.Text == words {
					query, err := w.Press(d.who, d.chat, m.ID, b.Data)
					s.pressed = append(s.pressed, query)
					return err
				}
			}
		}
	}
	panic("no button " + words)
}

func (s *scene) reply(w *sim.World, d deed) error {
	p := sim.Post{ReplyTo: s.find(w, d, d.args[0]).ID}
	rest := d.args[1:]
	if len(rest) > 1 && rest[0] == "quoting" {
		p.Quote, rest = unquoted(rest[1]), rest[2:]
	}
	return s.send(w, d, p, rest)
}

func (s *scene) edit(w *sim.World, d deed) error {
	m := s.find(w, d, d.args[0])
	c := m.Content
	if len(d.args) > 1 {
		c = s.content(d.args[1], strings.Join(d.args[2:], " "))
	}
	if d.hasText {
		words := s.parsed(d.text)
		c.Text, c.Entities = words.Text, words.Entities
	}
	return w.Edit(d.who, d.chat, m.ID, c)
}

// forward forwards what somebody, or a channel, wrote elsewhere.
func (s *scene) forward(w *sim.World, d deed) error {
	from := d.args[0]
	var chat int64
	var id int
	var err error
	if from == "channel" {
		chat = w.NewChannel(d.who, "News of Ann")
		id, err = w.Send(d.who, chat, sim.Post{Content: s.parsed(d.text)})
	} else {
		author := s.person(from)
		chat = w.NewSupergroup(author, "Elsewhere", d.who)
		id, err = w.Send(author, chat, sim.Post{Content: s.parsed(d.text)})
	}
	if err != nil {
		return err
	}
	_, err = w.Forward(d.who, d.chat, d.topic, chat, id)
	return err
}

func (s *scene) send(w *sim.World, d deed, p sim.Post, what []string) error {
	p.Topic = d.topic
	if d.verb == "as-channel" {
		p.AsChannel = s.channelOf(w, d.who)
	}
	if len(what) > 0 && what[0] == "album" {
		return s.album(w, d, p, what[1:])
	}
	kind := "text"
	if len(what) > 0 {
		kind = what[0]
	}
	p.Content = s.content(kind, strings.Join(what[min(1, len(what)):], " "))
	if d.hasText {
		words := s.parsed(d.text)
		p.Content.Text, p.Content.Entities = words.Text, words.Entities
	}
	_, err := w.Send(d.who, d.chat, p)
	return err
}

// album sends KIND or KIND="caption" each; KIND! has a spoiler, KIND^ a file that
// Telegram takes no more by its id.
func (s *scene) album(w *sim.World, d deed, first sim.Post, items []string) error {
	var posts []sim.Post
	for i, item := range items {
		kind, caption, _ := strings.Cut(item, "=")
		p := first
		bare := strings.TrimRight(kind, "!^")
		p.Content = s.content(bare, "")
		p.Content.Spoiler = strings.Contains(kind, "!")
		p.Content.File.Invalid = strings.Contains(kind, "^")
		p.Content.Text = s.parsed(unquoted(caption)).Text
		if i == 0 && d.hasText {
			words := s.parsed(d.text)
			p.Content.Text, p.Content.Entities = words.Text, words.Entities
		}
		posts = append(posts, p)
	}
	_, err := w.SendAlbum(d.who, d.chat, posts)
	return err
}

// content is a message of a kind; name is of the file.
func (s *scene) content(kind, name string) sim.Content {
	kind, invalid := strings.CutSuffix(kind, "^")
	switch k := sim.Kind(kind); k {
	case sim.KindText:
		return sim.Content{Kind: k}
	case sim.KindLocation:
		at := sim.Location{Latitude: 52.5, Longitude: 13.4}
		if name == "live" || name == "moved" {
			at.LivePeriod = 900
		}
		if name == "moved" {
			at.Latitude = 52.6
		}
		return sim.Content{Kind: k, Location: &at}
	case sim.KindVenue:
		return sim.Content{Kind: k, Venue: &sim.Venue{Location: sim.Location{Latitude: 52.5, Longitude: 13.4}, Title: "Zoo", Address: "Budapester 34"}}
	case sim.KindContact:
		if who := unquoted(name); who != "" {
			return sim.Content{Kind: k, Contact: &sim.Contact{FirstName: who, Phone: fmt.Sprintf("+49151%d", s.person(who)), UserID: s.person(who)}}
		}
		return sim.Content{Kind: k, Contact: &sim.Contact{FirstName: "Bob", LastName: "Ray", Phone: "+4915112345678"}}
	case sim.KindPoll:
		if name == "quiz" {
			return sim.Content{Kind: k, Poll: &sim.Poll{Question: "2 + 2?", Options: []sim.PollOption{{Text: "3"}, {Text: "4"}}, Quiz: true, Correct: []int{1}}}
		}
		return sim.Content{Kind: k, Poll: &sim.Poll{Question: "Tea?", Options: []sim.PollOption{{Text: "yes"}, {Text: "no"}}}}
	case sim.KindChecklist:
		return sim.Content{Kind: k, Checklist: &sim.Checklist{Title: "Move", Tasks: []sim.Task{{Text: "pack"}, {Text: "drive"}}}}
	case sim.KindPaidMedia:
		return sim.Content{Kind: k, Paid: &sim.Paid{Stars: 5, Media: []sim.Content{sim.MediaOf(&sim.File{Kind: sim.KindPhoto}, "")}}}
	case sim.KindStory, sim.KindGame, sim.KindGiveaway, sim.KindWinners, sim.KindInvoice:
		return sim.Content{Kind: k, Rare: json.RawMessage(`{"title":"Of Ann Lee","description":"secret"}`)}
	case sim.KindDice:
		return sim.Content{Kind: k, Dice: &sim.Dice{Emoji: "🎲", Value: 5}}
	case sim.KindPhoto, sim.KindVideo, sim.KindAnimation, sim.KindAudio, sim.KindVoice, sim.KindVideoNote, sim.KindDocument, sim.KindSticker:
		f := file(k, unquoted(name))
		f.Invalid = invalid
		return sim.MediaOf(f, "")
	default:
		panic(fmt.Sprintf("content %q", kind))
	}
}

// file is named NAME, of a SIZE in bytes or with a TITLE and an ARTIST, all with
// a stroke between.
func file(k sim.Kind, words string) *sim.File {
	name, more, _ := strings.Cut(words, "|")
	f := &sim.File{Kind: k, Name: name}
	if size, err := strconv.ParseInt(more, 10, 64); err == nil {
		f.Size = size
		return f
	}
	f.Title, f.Performer, _ = strings.Cut(more, "|")
	return f
}
