package world

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	sim "topicdesk/bench/telegram"
)

// takesBack asks for an operator's answer with /del, by its author.
func (r *run) takesBack(w *sim.World, c *client) {
	topic := r.findTopic(w, c)
	if topic == 0 {
		return
	}
	var answers []sim.Shown
	for _, m := range w.View(r.Admin, r.Forum, topic) {
		if !m.Bot && strings.HasPrefix(m.Text, "message o") {
			answers = append(answers, m)
		}
	}
	if len(answers) == 0 {
		return
	}
	m := answers[r.pick(len(answers))]
	if _, err := w.Send(m.AuthorID, r.Forum, sim.Post{Content: sim.TextOf("/del"), Topic: topic, ReplyTo: m.ID}); err != nil {
		return // the topic is closed
	}
	r.note("/del of " + m.Text)
	for i := range r.said {
		if s := &r.said[i]; s.answer && strings.Contains(m.Text, s.token) {
			s.taken, s.home, s.risky = topic, r.Forum, true
		}
	}
}

// takenBack tells that the relay has done a /del: the message is gone from its
// topic, and the topic is there.
func (r *run) takenBack(s said) bool {
	there := func(t sim.TopicInfo) bool { return t.ID == s.taken }
	if s.taken == 0 || !slices.ContainsFunc(r.World.Topics(s.home), there) {
		return false
	}
	return !slices.ContainsFunc(r.World.View(r.Admin, s.home, s.taken), func(m sim.Shown) bool {
		return !m.Bot && strings.Contains(m.Text, s.token)
	})
}

// Each side has a reaction of its own, so that one can tell whose it was.
const (
	operatorsReaction = "🔥"
	clientsReaction   = "🎉"
)

// reacts sets or takes off a reaction: of the client in his chat, or of an
// operator in the topic.
func (r *run) reacts(w *sim.World, c *client) {
	who, chat, topic, emoji := c.id, c.bot, 0, clientsReaction
	if r.pick(2) == 0 {
		who, chat, topic, emoji = r.ops[r.pick(2)], r.Forum, r.findTopic(w, c), operatorsReaction
	}
	view := w.View(who, chat, topic)
	if len(view) == 0 || chat == r.Forum && topic == 0 || c.blocked {
		return
	}
	m := view[r.pick(len(view))]
	tokens := tokensIn(m)
	if m.Kind == sim.KindService || len(tokens) == 0 {
		return
	}
	token := tokens[len(tokens)-1] // of several of the client's in one it means the last
	var set []string
	if r.pick(4) > 0 {
		set = []string{emoji}
	}
	if err := w.React(who, chat, m.ID, set...); err != nil {
		panic(err)
	}
	r.reacted[emoji+token] = true
	r.note(fmt.Sprintf("%v on %s", set, token))
}

var tokenForm = regexp.MustCompile(`[a-z]\d{3,}\.`)

// checkReactions: a reaction stands only on the message, and in the chat, that
// somebody reacted to.
func (r *run) checkReactions(forum []sim.Shown) error {
	views := map[string][]sim.Shown{"the group": forum}
	for _, c := range r.clients {
		views[c.name] = r.World.View(c.id, c.bot, 0)
	}
	for where, view := range views {
		for _, m := range view {
			for _, emoji := range m.Reactions {
				ours := emoji == operatorsReaction || emoji == clientsReaction
				asked := func(token string) bool { return r.reacted[emoji+token] }
				if ours && !slices.ContainsFunc(tokensIn(m), asked) {
					return fmt.Errorf("%s stands in %s on %q, to which nobody reacted so", emoji, where, words(m))
				}
			}
		}
	}
	return nil
}
