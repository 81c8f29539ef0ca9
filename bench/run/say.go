package run

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	sim "topicdesk/bench/telegram"
)

// What people say, of which kind.
const (
	kindText    = "text"
	kindPhoto   = "photo"
	kindSticker = "sticker"
	kindAlbum   = "album"
	kindForward = "forward"
	// kindNote is an operator's word to a colleague: the relay keeps it inside and
	// answers with a button.
	kindNote = "note"
)

const (
	sideClient = "client"
	sideTeam   = "team"
)

// saying is one thing that somebody says.
type saying struct {
	guest *guest
	side  string
	kind  string
	parts int    // of an album
	role  string // what it is for
}

// say lets somebody say it.
func (t *town) say(s saying) (err error) {
	n := 0
	t.door.With(func(w *sim.World) {
		var ids []int
		t.numbers++
		n = t.numbers
		ids, err = s.in(w, t, n)
		if err == nil {
			t.note(entry{
				At: w.Now(), Event: "said", Office: s.guest.tenant, Dialog: s.guest.number, N: n, Side: s.side, Kind: s.kind,
				Parts: max(s.parts, 1), Role: s.role, Messages: ids,
			})
		}
	})
	if err != nil {
		return fmt.Errorf("say number %d, a %s of the %s: %w", n, s.kind, s.side, err)
	}
	return nil
}

// in says it and gives the numbers of its messages.
func (s saying) in(w *sim.World, t *town, n int) ([]int, error) {
	c := s.guest
	who, where, topic := c.person, c.chat, 0
	if s.side == sideTeam {
		if who, where, topic = c.operator, c.forum, topicOf(w, c); topic == 0 {
			return nil, errNoTopic
		}
	}
	switch s.kind {
	case kindForward:
		id, err := w.Say(t.author, t.source, 0, partMark(n, 1)+filler)
		if err != nil {
			return nil, err
		}
		return w.Forward(who, where, topic, t.source, id)
	case kindAlbum:
		var items []sim.Post
		for i := range s.parts {
			items = append(items, sim.Post{Topic: topic, Content: photo(w, n, i+1)})
		}
		return w.SendAlbum(who, where, items)
	}
	post := sim.Post{Topic: topic}
	switch s.kind {
	case kindText:
		post.Content = sim.TextOf(partMark(n, 1) + filler)
	case kindPhoto:
		post.Content = photo(w, n, 1)
	case kindSticker:
		post.Content = sim.Content{Kind: sim.KindSticker, File: w.NewFile(sim.File{Kind: sim.KindSticker, Data: []byte(partMark(n, 1))})}
	case kindNote:
		post.Content = sim.TextOf("Max, look: " + partMark(n, 1))
		post.Entities = []sim.Entity{{Type: "text_mention", Length: len("Max"), User: &c.colleague}}
	default:
		panic("run: nobody says a " + s.kind)
	}
	id, err := w.Send(who, where, post)
	return []int{id}, err
}

func photo(w *sim.World, n, part int) sim.Content {
	mark := partMark(n, part)
	return sim.Content{Kind: sim.KindPhoto, Text: mark, File: w.NewFile(sim.File{Kind: sim.KindPhoto, Data: []byte(mark)})}
}

// partMark is by what a part of number n is known wherever it stands.
func partMark(n, part int) string { return fmt.Sprintf("said-%08d-%d ", n, part) }

var marked = regexp.MustCompile(`said-(\d{8})-(\d+) `)

// mark names a part of something that was said.
type mark struct{ n, part int }

// marksOf are what a message carries, in their order, each once.
func marksOf(m sim.Shown) (found []mark) {
	words := m.Text
	if f := m.Content.File; f != nil && !strings.Contains(words, "said-") {
		words = string(f.Data)
	}
	seen := map[mark]bool{}
	for _, match := range marked.FindAllStringSubmatch(words+" ", -1) {
		n, _ := strconv.Atoi(match[1]) // digits
		part, _ := strconv.Atoi(match[2])
		if k := (mark{n, part}); !seen[k] {
			seen[k] = true
			found = append(found, k)
		}
	}
	return found
}

// standing is what bots have brought, as the chats show it now.
func (t *town) standing(w *sim.World) (all chronicle) {
	for _, o := range t.offices {
		notes := t.notesOf(o)
		topics := map[int]int{}
		for _, topic := range w.Topics(o.forum) {
			topics[topic.ID] = dialogOf(topic.Name)
		}
		for _, m := range w.View(o.operator, o.forum, sim.AllTopics) {
			if m.Kind == sim.KindService || !m.Bot {
				continue
			}
			stood := entry{Event: "stood", Chat: o.forum, Dialog: topics[m.Topic], Role: "forum"}
			if n := notes[m.ReplyTo]; n != 0 && len(m.Buttons) > 0 {
				all = append(all, t.stands(w, stood, m, mark{n, 1}))
				continue
			}
			for _, k := range marksOf(m) {
				all = append(all, t.stands(w, stood, m, k))
			}
		}
		for _, c := range o.guests {
			stood := entry{Event: "stood", Chat: c.seenByBot(), Dialog: c.number, Role: "client"}
			for _, m := range w.View(c.person, c.chat, 0) {
				if m.Kind == sim.KindService || !m.Bot {
					continue
				}
				for _, k := range marksOf(m) {
					all = append(all, t.stands(w, stood, m, k))
				}
			}
		}
	}
	return all
}

func (t *town) stands(w *sim.World, e entry, m sim.Shown, k mark) entry {
	e.At, e.World, e.Messages, e.N, e.Part = w.Now(), t.name, []int{m.ID}, k.n, k.part
	return e
}

// notesOf are an office's words to colleagues, by their messages.
func (t *town) notesOf(o *office) map[int]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	found := map[int]int{}
	for _, e := range t.said {
		if e.Event == "said" && e.Kind == kindNote && e.Office == o.tenant {
			found[e.Messages[0]] = e.N
		}
	}
	return found
}
