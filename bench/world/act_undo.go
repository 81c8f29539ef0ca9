package world

import (
	"slices"
	"strings"

	sim "topicdesk/bench/telegram"
)

// undoes takes back the latest single message of an operator in a client's topic.
func (r *run) undoes(w *sim.World, c *client) {
	topic := r.findTopic(w, c)
	if topic == 0 {
		return
	}
	for _, m := range slices.Backward(w.View(r.Admin, r.Forum, topic)) {
		if m.Bot || !strings.HasPrefix(m.Text, "message o") {
			continue
		}
		id, err := w.Send(m.AuthorID, r.Forum, sim.Post{Content: sim.TextOf("/undo"), Topic: topic, ReplyTo: m.ID})
		if err != nil {
			return // the topic is closed
		}
		r.note("/undo of " + m.Text)
		for i := range r.said {
			if strings.Contains(m.Text, r.said[i].token) && r.said[i].answer {
				r.said[i].undone, r.said[i].home, r.said[i].risky = id, r.Forum, true
			}
		}
		return
	}
}

// confirmed tells that the relay has said that a message was stopped.
func (r *run) confirmed(s said) bool {
	for _, m := range r.World.View(r.Admin, s.home, sim.AllTopics) {
		if m.ID == s.undone {
			return slices.ContainsFunc(m.Reactions, func(s string) bool { return strings.Contains(s, "👌") })
		}
	}
	return false
}

// presses presses a button of the relay in a client's topic. What it was about may
// go to the client from then on.
func (r *run) presses(w *sim.World, c *client) {
	topic := r.findTopic(w, c)
	if topic == 0 {
		return
	}
	view := w.View(r.Admin, r.Forum, topic)
	for _, m := range slices.Backward(view) {
		if !m.Bot || len(m.Buttons) == 0 || m.Buttons[0][0].Data == "" {
			continue
		}
		row := m.Buttons[r.pick(len(m.Buttons))]
		for i := range r.said {
			if s := &r.said[i]; s.token != "" && strings.Contains(m.ReplyText, s.token) {
				s.inside, s.answer, s.risky, s.by, s.taken = false, true, true, c, 0
			}
		}
		r.note("presses " + row[0].Text + " about " + m.ReplyText)
		if _, err := w.Press(r.ops[r.pick(2)], r.Forum, m.ID, row[0].Data); err != nil {
			panic(err)
		}
		return
	}
}
