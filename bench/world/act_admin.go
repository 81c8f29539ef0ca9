package world

import (
	"fmt"
	"slices"
	"strings"

	sim "topicdesk/bench/telegram"
)

// labelled is a label that only its orders give to a dialog, or take off.
type labelled struct {
	name   string
	made   decree
	orders map[*client][]decree
}

// administers has who may do everything change what no other command changes: a
// parameter of one chat, a label of its own, or who has that.
func (r *run) administers(w *sim.World, c *client) {
	topic := r.findTopic(w, c)
	if r.out || topic == 0 || inRoom(w, r.Forum, topic) {
		return
	}
	switch n := r.pick(5); {
	case n == 0:
		r.serial++
		value := fmt.Sprintf("REMIND %d", remindsFrom+r.serial)
		if o := r.orders(w, topic, "/set "+value, "set"); o.message != 0 {
			o.detail = value
			r.acts = append(r.acts, o)
		}
	case n == 1 || len(r.labels) == 0:
		r.serial++
		name := fmt.Sprintf("own-%d", r.serial)
		if o := r.orders(w, 0, "/mark new "+name, "label new"); o.message != 0 {
			o.detail = name
			r.acts = append(r.acts, o)
			r.labels = append(r.labels, labelled{name: name, made: o, orders: map[*client][]decree{}})
			r.orders(w, 0, "/mark "+name+" ticker "+strings.TrimPrefix(name, "own-"), "")
		}
	default:
		l := r.labels[r.pick(len(r.labels))]
		typed, on := "/mark "+l.name, r.pick(3) > 0
		if !on {
			typed = "/mark del " + l.name
		}
		if o := r.orders(w, topic, typed, ""); o.message != 0 {
			o.on = on
			l.orders[c] = append(l.orders[c], o)
		}
	}
}

// remindsFrom is more minutes than a client waits in the busy part of a run.
const remindsFrom = 100

// orders types a command as who may do everything; its message is 0 if it can't be.
func (r *run) orders(w *sim.World, topic int, text, act string) decree {
	id, err := w.Send(r.Admin, r.Forum, sim.Post{Content: sim.TextOf(text), Topic: topic})
	if err != nil {
		return decree{} // the topic is closed
	}
	r.seen.Commands++
	r.note(fmt.Sprintf("%s in topic %d", text, topic))
	return decree{home: r.Forum, message: id, at: r.Sched.now, act: act}
}

// votes has a client vote in the latest poll that stands in the chat with the bot.
func (r *run) votes(w *sim.World, c *client) {
	for _, m := range slices.Backward(w.View(c.id, c.bot, 0)) {
		if m.Content.Poll == nil || c.blocked {
			continue
		}
		if w.Vote(c.id, c.bot, m.ID, r.pick(len(m.Content.Poll.Options))) == nil {
			r.seen.Votes++
			r.note(c.name + " votes in a poll")
		}
		return
	}
}

// operatorExchanges puts another file into an operator's latest answer with one.
func (r *run) operatorExchanges(w *sim.World, c *client) {
	topic := r.findTopic(w, c)
	if topic == 0 {
		return
	}
	for _, m := range slices.Backward(w.View(r.Admin, r.Forum, topic)) {
		if m.Bot || !slices.Contains(captioned, m.Kind) || !strings.HasPrefix(m.Text, "file o") {
			continue
		}
		to := sim.Content{Kind: m.Kind, Text: m.Text + " edited", File: w.NewFile(sim.File{Kind: m.Kind, Size: 2000})}
		if w.Edit(m.AuthorID, r.Forum, m.ID, to) == nil {
			r.seen.Edits++
			r.note("another file in " + m.Text)
		}
		return
	}
}
