package doors

import (
	"fmt"
	"slices"
	"strings"

	sim "topicdesk/bench/telegram"
)

// showRoutes show what people see: lists, and messages.
var showRoutes = []route{
	look("/world/accounts", accounts),
	look("/world/members", func(w *sim.World, q *query) (any, error) {
		return struct {
			Members []sim.MemberInfo `json:"members"`
		}{w.Members(q.id("chat"))}, nil
	}),
	look("/world/permissions", func(w *sim.World, q *query) (any, error) {
		return struct {
			Permissions map[string]bool `json:"permissions"`
		}{w.Permissions(q.id("chat"))}, nil
	}),
	look("/world/chats", chats),
	look("/world/topics", topics),
	look("/world/icons", func(*sim.World, *query) (any, error) {
		return struct {
			Icons []sim.TopicIcon `json:"icons"`
		}{sim.TopicIcons()}, nil
	}),
	look("/world/view", view),
	look("/world/pins", func(w *sim.World, q *query) (any, error) {
		return messages{Messages: showAll(w.Pins(q.id("as"), q.id("chat"), int(q.number("topic", sim.AllTopics))))}, nil
	}),
	look("/world/message", lookClosely),
	look("/world/pending", pending),
}

// shown is one message as a person sees it, with what clients show of media.
type shown struct {
	sim.Shown
	Media  *shownMedia `json:"media,omitempty"`
	Detail string      `json:"detail,omitempty"` // kinds without a text, in words
	Poll   *shownPoll  `json:"poll,omitempty"`
}

// shownPoll is a poll as people see it.
type shownPoll struct {
	Question string           `json:"question"`
	Options  []sim.PollOption `json:"options"`
	Closed   bool             `json:"closed"`
	Multiple bool             `json:"multiple"`
	Quiz     bool             `json:"quiz"`
	Correct  []int            `json:"correct"` // quizzes: indices
}

type shownMedia struct {
	Size     int64  `json:"size"` // bytes
	MIME     string `json:"mime"`
	Width    int    `json:"width,omitempty"`
	Height   int    `json:"height,omitempty"`
	Duration int    `json:"duration,omitempty"` // seconds
	Emoji    string `json:"emoji,omitempty"`    // stickers
	Spoiler  bool   `json:"spoiler,omitempty"`
	Stored   bool   `json:"stored"` // the content was uploaded, not made up
}

func showMessage(m sim.Shown) shown {
	out := shown{Shown: m, Detail: detail(m.Content)}
	if f := m.Content.File; f != nil {
		out.Media = &shownMedia{f.Size, f.MIME, f.Width, f.Height, f.Duration, f.Emoji, m.Content.Spoiler, f.Data != nil}
	}
	if p := m.Content.Poll; p != nil {
		out.Poll = &shownPoll{p.Question, p.Options, p.Closed, p.Multiple, p.Quiz, p.Correct}
	}
	return out
}

// detail says in words what a message without text or file is.
func detail(c sim.Content) string {
	switch {
	case c.Venue != nil:
		return c.Venue.Title + ", " + c.Venue.Address
	case c.Location != nil:
		return fmt.Sprintf("%.4f, %.4f", c.Location.Latitude, c.Location.Longitude)
	case c.Contact != nil:
		return strings.TrimSpace(c.Contact.FirstName+" "+c.Contact.LastName) + ", " + c.Contact.Phone
	case c.Dice != nil:
		return fmt.Sprintf("%s %d", c.Dice.Emoji, c.Dice.Value)
	case c.Poll != nil:
		out := []string{c.Poll.Question}
		for _, o := range c.Poll.Options {
			out = append(out, fmt.Sprintf("%s (%d)", o.Text, o.Votes))
		}
		return strings.Join(out, "\n")
	default:
		return ""
	}
}

func showAll(seen []sim.Shown) []shown {
	out := make([]shown, len(seen))
	for i, m := range seen {
		out[i] = showMessage(m)
	}
	return out
}

type messages struct {
	Messages []shown `json:"messages"`
	Older    bool    `json:"older"`
	Newer    bool    `json:"newer"`
}

// view answers with a part of a chat or topic, oldest message first.
func view(w *sim.World, q *query) (any, error) {
	topic := q.number("topic", sim.AllTopics)
	seen := w.ViewPart(q.id("as"), q.id("chat"), int(topic), sim.Part{
		After: int(q.number("after", 0)), Before: int(q.number("before", 0)),
		Limit: int(q.number("limit", 0)), First: int(q.number("first", 0)),
	})
	return messages{showAll(seen.Messages), seen.Older, seen.Newer}, nil
}

// lookClosely answers with one message as the person and as bots have it.
func lookClosely(w *sim.World, q *query) (any, error) {
	as, chat, id := q.id("as"), q.id("chat"), int(q.id("message"))
	if q.bad != nil {
		return nil, q.bad
	}
	copies, err := w.Copies(as, chat, id)
	if err != nil {
		return nil, err
	}
	m, _ := w.Message(as, chat, id)
	return struct {
		Message shown      `json:"message"`
		Bots    []sim.Copy `json:"bots"`
	}{showMessage(m), copies}, nil
}

// matching keeps the lines whose name holds the words of ?query=, and of those
// at most ?limit= (0 = all).
func matching[T any](q *query, lines []T, name func(T) string) (kept []T, total int) {
	words := strings.ToLower(q.text("query"))
	kept = []T{}
	for _, l := range lines {
		if words == "" || strings.Contains(strings.ToLower(name(l)), words) {
			kept = append(kept, l)
		}
	}
	total = len(kept)
	if limit := q.number("limit", 0); limit > 0 && int64(total) > limit {
		kept = kept[:limit]
	}
	return kept, total
}

func accounts(w *sim.World, q *query) (any, error) {
	kept, total := matching(q, w.Accounts(), func(a sim.AccountInfo) string { return a.Name + " @" + a.Username })
	return struct {
		Accounts []sim.AccountInfo `json:"accounts"`
		Total    int               `json:"total"`
	}{kept, total}, nil
}

// recentFirst puts whatever was written to last first, if ?sort=recent.
func recentFirst[T any](q *query, lines []T, last func(T) *sim.Shown) {
	if q.text("sort") != "recent" {
		return
	}
	at := func(l T) (date int64) {
		if m := last(l); m != nil {
			date = m.Date
		}
		return date
	}
	slices.SortStableFunc(lines, func(a, b T) int { return int(at(b) - at(a)) })
}

func chats(w *sim.World, q *query) (any, error) {
	all := chatsOf(w, q.id("as"), q.number("chat", 0))
	recentFirst(q, all, func(c sim.ChatInfo) *sim.Shown { return c.Last })
	kept, total := matching(q, all, func(c sim.ChatInfo) string { return c.Title + " @" + c.PublicName })
	return struct {
		Chats []sim.ChatInfo `json:"chats"`
		Total int            `json:"total"`
	}{kept, total}, nil
}

// chatsOf are the person's chats, or only one of them.
func chatsOf(w *sim.World, person, only int64) []sim.ChatInfo {
	if only == 0 {
		return w.Chats(person)
	}
	if c, ok := w.Chat(person, only); ok {
		return []sim.ChatInfo{c}
	}
	return nil
}

func topics(w *sim.World, q *query) (any, error) {
	all := w.TopicLines(q.id("as"), q.id("chat"))
	recentFirst(q, all, func(t sim.TopicLine) *sim.Shown { return t.Last })
	kept, total := matching(q, all, func(t sim.TopicLine) string { return t.Name })
	return struct {
		Topics []sim.TopicLine `json:"topics"`
		Total  int             `json:"total"`
	}{kept, total}, nil
}

// waiting is one bot's queue.
type waiting struct {
	Bot     int64           `json:"bot"`
	Name    string          `json:"name"`
	Waiting int             `json:"waiting"`
	Updates []waitingUpdate `json:"updates"` // the first ones
}

type waitingUpdate struct {
	ID   int    `json:"id"`
	Kind string `json:"kind"`
}

// maxWaitingShown is how many updates of a queue are named.
const maxWaitingShown = 10

// pending answers with what waits for every bot, or for ?bot=.
func pending(w *sim.World, q *query) (any, error) {
	only := q.number("bot", 0)
	out := []waiting{}
	for _, a := range w.Accounts() {
		if !a.Bot || only != 0 && a.ID != only {
			continue
		}
		line := waiting{a.ID, a.Name, w.Pending(a.ID), []waitingUpdate{}}
		for _, u := range w.Peek(a.ID, 0, maxWaitingShown) {
			line.Updates = append(line.Updates, waitingUpdate{u.ID, u.Kind})
		}
		out = append(out, line)
	}
	return struct {
		Bots []waiting `json:"bots"`
	}{out}, nil
}
