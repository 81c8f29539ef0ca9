package world

import (
	"fmt"
	"strings"

	sim "topicdesk/bench/telegram"
)

// quick is one quick reply that somebody asked to send.
type quick struct {
	token   string
	to      *client
	home    int64 // the group in which it was asked
	command int   // the message that asks
	risky   bool  // it may have gone to nobody, and nobody may have been told
}

// savesReply writes something in General and saves it under a name of its own.
func (r *run) savesReply(w *sim.World) {
	if r.out {
		return
	}
	token, by := r.token("q"), r.ops[r.pick(2)]
	post := r.post(w, token)
	id, err := w.Send(by, r.Forum, post)
	if err != nil {
		return
	}
	name := replyNamed(token)
	if _, err := w.Send(by, r.Forum, sim.Post{Content: sim.TextOf("/say save " + name), ReplyTo: id}); err != nil {
		return
	}
	r.saved = append(r.saved, token)
	r.note("/say save " + name)
}

// replyNamed is the name under which a token is saved.
func replyNamed(token string) string { return "reply-" + strings.TrimSuffix(token, ".") }

// saysReply has a quick reply sent to the client, in one of the ways.
func (r *run) saysReply(w *sim.World, c *client) {
	topic := r.findTopic(w, c)
	if len(r.saved) == 0 {
		r.savesReply(w)
	}
	if len(r.saved) == 0 || topic == 0 || r.out || inRoom(w, r.Forum, topic) {
		return
	}
	q := quick{token: r.saved[r.pick(len(r.saved))], to: c, home: r.Forum, risky: c.blocked}
	if len(r.quicks)%3 == 2 {
		r.labelSends(w, topic, q)
		return
	}
	text := "/say " + replyNamed(q.token)
	if r.pick(5) == 0 {
		text += " fwd"
		q.risky = true // refused: it would show who wrote it; in a topic made anew the answer is no reply
	}
	var err error
	if q.command, err = w.Send(r.ops[r.pick(2)], r.Forum, sim.Post{Content: sim.TextOf(text), Topic: topic}); err != nil {
		return // the topic is closed
	}
	r.quicks = append(r.quicks, q)
	r.seen.Quick++
	r.note(fmt.Sprintf("%s for %s", text, c.name))
}

// labelSends has a label of its own send the quick reply, set again at once: that sends
// nothing more. Another bot may hear of the topic first: then it sends nothing at all.
func (r *run) labelSends(w *sim.World, topic int, q quick) {
	name := strings.Replace(replyNamed(r.token("m")), "reply", "label", 1)
	for _, text := range []string{"/mark new " + name, "/mark " + name + " sends " + replyNamed(q.token)} {
		if _, err := w.Send(r.Admin, r.Forum, sim.Post{Content: sim.TextOf(text)}); err != nil {
			return
		}
	}
	set := sim.Post{Content: sim.TextOf("/mark " + name), Topic: topic}
	var err error
	if q.command, err = w.Send(r.ops[r.pick(2)], r.Forum, set); err != nil {
		return // the topic is closed
	}
	q.risky = true
	r.quicks = append(r.quicks, q)
	r.seen.Quick++
	r.note(fmt.Sprintf("%s sends %s to %s", name, replyNamed(q.token), q.to.name))
	if _, err := w.Send(r.ops[0], r.Forum, set); err != nil {
		r.note("set once")
	}
}

// risks says of quick replies that nobody may get them any more.
func (r *run) risks(of func(quick) bool) {
	for i := range r.quicks {
		if of(r.quicks[i]) {
			r.quicks[i].risky = true
		}
	}
}

// checkQuick: a quick reply is at the client as often as it was asked for, and at
// nobody else; what was not sent is answered.
func (r *run) checkQuick(forum []sim.Shown) error {
	for _, token := range r.saved {
		for _, c := range r.clients {
			if err := r.checkQuickOf(token, c, forum); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *run) checkQuickOf(token string, c *client, forum []sim.Shown) error {
	asked, sure := 0, 0
	for _, q := range r.quicks {
		if q.token != token || q.to != c {
			continue
		}
		if asked++; !q.risky && !r.answeredAt(q.home, q.command) {
			sure++
		}
	}
	came := countWith(r.World.View(c.id, c.bot, 0), token)
	switch {
	case came > asked+r.Doubles:
		return fmt.Errorf("quick reply %s was asked for %d times for %s, who has it %d times", token, asked, c.name, came)
	case came < sure && !r.holds && !r.loses("message"):
		return fmt.Errorf("quick reply %s was asked for %d times for %s, who has it %d times", token, sure, c.name, came)
	case came > 0 && sure > 0 && countWith(forum, token) == 0:
		return fmt.Errorf("quick reply %s went to %s, and its copy is in no topic", token, c.name)
	}
	return nil
}

// countWith counts the messages of bots in which a token stands.
func countWith(view []sim.Shown, token string) (n int) {
	for _, m := range view {
		if m.Bot && strings.Contains(words(m), token) {
			n++
		}
	}
	return n
}

// answeredAt tells that a bot has replied to a message of a group, or that it is gone.
func (r *run) answeredAt(chat int64, message int) bool {
	there := false
	for _, m := range r.World.View(r.Admin, chat, sim.AllTopics) {
		if m.ID == message {
			there = true
		}
		if m.Bot && m.ReplyTo == message {
			return true
		}
	}
	return !there
}
