package world

import (
	"fmt"
	"slices"
	"strings"

	sim "topicdesk/bench/telegram"
)

// bursts lets a client write more at once than can be posted in the group, so that
// texts are joined; half the time in the client group.
func (r *run) bursts(w *sim.World, c *client) {
	chat, by, kind := c.bot, c, "c"
	if r.pick(2) == 0 {
		c, chat, by, kind = r.clients[r.pick(2)], r.group, nil, "g"
	}
	if c.blocked && by != nil || r.thrown && by == nil {
		return
	}
	n := 5 + r.pick(40)
	r.note(fmt.Sprintf("%s writes %d messages at once", c.name, n))
	for range n {
		token := r.token(kind)
		post := sim.Post{Content: sim.TextOf("message " + token)}
		if r.pick(20) == 0 {
			post = r.post(w, token)
		}
		if _, err := w.Send(c.id, chat, post); err != nil {
			panic(err)
		}
		r.hears(c, said{token: token, by: by})
	}
}

// aim chooses what a reply quotes of a message in the topic, and tells which of the
// client's messages it means: that in which the quote begins, without one the last.
func (r *run) aim(m sim.Shown) (quote, token string) {
	tokens := tokensIn(m)
	if len(tokens) == 0 {
		return "", ""
	}
	if r.pick(2) == 0 {
		return "", tokens[len(tokens)-1]
	}
	token = tokens[r.pick(len(tokens))]
	return token, token
}

// checkReplies: an answer that replies to a client's message does so at the client.
// One of which nobody knows any more what it replies to goes without.
func (r *run) checkReplies([]sim.Shown) error {
	for _, s := range r.said {
		if s.replies == "" || s.by == nil || s.token == "" {
			continue
		}
		view := r.World.View(s.by.id, s.by.bot, 0)
		for _, m := range view {
			if !strings.Contains(words(m), s.token) || m.ReplyTo == 0 {
				continue
			}
			at := slices.IndexFunc(view, func(to sim.Shown) bool { return to.ID == m.ReplyTo })
			if at >= 0 && !strings.Contains(words(view[at]), s.replies) {
				return fmt.Errorf("%s replies to %q at the client, and was to reply to %s", s.token, words(view[at]), s.replies)
			}
		}
	}
	return nil
}
