package world

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	sim "topicdesk/bench/telegram"
)

// view is one chat as one person sees it, with what was shown of it before.
type view struct {
	name   string // "" = the forum
	person int64
	chat   int64
	seen   map[int]string
	topics map[int]int // message → topic, to say where something was deleted
}

func (s *scene) addView(name string, person, chat int64) {
	for _, v := range s.views {
		if v.name == name {
			return
		}
	}
	s.views = append(s.views, &view{name: name, person: person, chat: chat, seen: map[int]string{}, topics: map[int]int{}})
}

// show says what is new in every chat: lines of messages, ~ of changed ones, -
// of deleted ones.
func (s *scene) show() {
	s.stage.Door.With(func(w *sim.World) {
		for _, v := range s.views {
			if v.name == "" {
				s.showTopics(w)
			}
			s.showView(w, v)
		}
		var answers []string // of presses at the same moment anybody's may be first
		for _, query := range s.pressed {
			answer := "no answer"
			if a := w.Callback(query); a.Answered {
				answer = a.Text
			}
			answers = append(answers, answer)
		}
		slices.Sort(answers)
		for _, answer := range answers {
			s.say("pressed: %s", answer)
		}
		s.pressed = nil
	})
}

// usual is the colour of topics' icons where nobody has chosen one.
const usual = 0x6FB9F0

// showTopics says which topics were renamed, closed or deleted.
func (s *scene) showTopics(w *sim.World) {
	now := map[int]sim.TopicInfo{}
	for _, t := range w.Topics(s.stage.Forum) {
		if t.ID == 0 {
			t.Name = "General"
		}
		now[t.ID] = t
		was, known := s.titles[t.ID]
		if known && was != t.Name {
			s.say("%s | renamed from %s", t.Name, was)
		}
		if !known && t.ID != 0 && t.Color != usual {
			s.say("%s | its icon is of the colour #%06X", t.Name, t.Color)
		}
		if s.closed[t.ID] != t.Closed {
			s.say("%s | %s", t.Name, map[bool]string{true: "closed", false: "open again"}[t.Closed])
		}
		s.titles[t.ID], s.closed[t.ID] = t.Name, t.Closed
	}
	for _, id := range slices.Sorted(maps.Keys(s.titles)) {
		if _, ok := now[id]; !ok {
			s.say("%s | the topic is deleted", s.titles[id])
			delete(s.titles, id)
			delete(s.closed, id)
		}
	}
}

func (s *scene) showView(w *sim.World, v *view) {
	here := map[int]bool{}
	for _, m := range w.View(v.person, v.chat, sim.AllTopics) {
		here[m.ID] = true
		text := messageWords(m)
		was, known := v.seen[m.ID]
		v.seen[m.ID], v.topics[m.ID] = text, m.Topic
		switch {
		case !known:
			s.say("%s | %s", s.placeOf(w, v, m.Topic), text)
		case was != text:
			s.say("%s | ~ %s", s.placeOf(w, v, m.Topic), text)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(v.seen)) {
		if here[id] {
			continue
		}
		if _, alive := s.titles[v.topics[id]]; alive || v.name != "" {
			s.say("%s | - %s", s.placeOf(w, v, v.topics[id]), v.seen[id])
		}
		delete(v.seen, id)
	}
}

func (s *scene) placeOf(w *sim.World, v *view, topic int) string {
	switch {
	case v.name == "":
		return s.titles[topic]
	case topic == 0:
		return v.name
	default:
		t, _ := w.Topic(v.chat, topic)
		return v.name + "#" + t.Name
	}
}

func (s *scene) say(format string, args ...any) {
	s.out = append(s.out, fmt.Sprintf(format, args...))
}

// menu says which commands somebody's app offers, in words of which language.
func (s *scene) menu(offered []sim.BotCommand) {
	words := "menu |"
	for i, c := range offered {
		if words += " /" + c.Command; i == 0 || c.Command == offered[0].Command {
			words += " (" + c.BotName + ": " + c.Description + ")"
		}
	}
	s.say("%s", words)
}

// messageWords is a message on one line.
func messageWords(m sim.Shown) string {
	if m.Kind == sim.KindService {
		return "(" + m.Notice + ")" + marks(m)
	}
	return m.Author + ": " + contentWords(m) + marks(m)
}

func contentWords(m sim.Shown) string {
	text := formatted(m.Text, m.Entities)
	kind := "[" + string(m.Kind) + "]"
	c := m.Content
	switch m.Kind {
	case sim.KindText:
		return text
	case sim.KindLocation:
		kind = fmt.Sprintf("[location %g %g]", c.Location.Latitude, c.Location.Longitude)
		if c.Location.LivePeriod != 0 {
			kind = "[live " + kind[1:]
		}
	case sim.KindVenue:
		kind = fmt.Sprintf("[venue %s, %s]", c.Venue.Title, c.Venue.Address)
	case sim.KindContact:
		kind = fmt.Sprintf("[contact %s %s %s]", c.Contact.FirstName, c.Contact.LastName, c.Contact.Phone)
	case sim.KindDice:
		kind = fmt.Sprintf("[dice %s %d]", c.Dice.Emoji, c.Dice.Value)
	case sim.KindPoll:
		kind = "[poll " + c.Poll.Question
		for _, o := range c.Poll.Options {
			kind += fmt.Sprintf(" / %s", o.Text)
		}
		kind += "]"
	case sim.KindChecklist:
		kind = "[checklist " + c.Checklist.Title
		for _, task := range c.Checklist.Tasks {
			kind += " / " + task.Text
		}
		kind += "]"
	case sim.KindPaidMedia, sim.KindStory, sim.KindGame, sim.KindGiveaway, sim.KindWinners, sim.KindInvoice:
	case sim.KindPhoto, sim.KindVideo, sim.KindAnimation, sim.KindAudio, sim.KindVoice, sim.KindVideoNote,
		sim.KindDocument, sim.KindSticker:
		if m.FileName != "" {
			kind = "[" + string(m.Kind) + " " + m.FileName + tags(m.Content.File) + "]"
		}
	default:
		panic("kind " + string(m.Kind))
	}
	if text != "" {
		kind += " " + text
	}
	return kind
}

// marks are what stands beside the words of a message.
func marks(m sim.Shown) string {
	var out []string
	add := func(on bool, format string, args ...any) {
		if on {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	add(m.Album != "", "album")
	add(m.Content.Spoiler, "spoiler")
	add(m.Forwarded != "", "forwarded from %s", m.Forwarded)
	add(m.ReplyText != "" || m.ReplyTo != 0, "↩ %s", shortened(m.ReplyText))
	add(m.Quote != "", "“%s”", m.Quote)
	add(m.Edited != 0, "edited")
	add(m.Silent, "silent")
	add(m.Pinned, "pinned")
	for _, row := range m.Buttons {
		for _, b := range row {
			out = append(out, "button "+b.Text)
		}
	}
	out = append(out, m.Reactions...)
	if len(out) == 0 {
		return ""
	}
	return "  (" + strings.Join(out, ", ") + ")"
}

// shortened keeps the ends of a long text.
func shortened(text string) string {
	text = strings.ReplaceAll(text, "\n", "⏎")
	r := []rune(text)
	if len(r) <= 700 {
		return text
	}
	return fmt.Sprintf("%s…(%d characters)…%s", string(r[:20]), len(r), string(r[len(r)-20:]))
}

// tags are what is written on an audio file.
func tags(f *sim.File) string {
	if f.Title+f.Performer == "" {
		return ""
	}
	return fmt.Sprintf(" “%s” by %s", f.Title, f.Performer)
}
