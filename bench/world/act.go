package world

import (
	"fmt"
	"strings"

	sim "topicdesk/bench/telegram"
	"topicdesk/tenants/dialog"
)

// acts are what somebody may do: each is done for the numbers below its own that are
// not of those before it.
var acts = []struct {
	below int
	do    func(r *run, w *sim.World, c *client)
}{
	{35, (*run).clientSays},
	{38, (*run).reacts},
	{40, (*run).takesBack},
	{45, func(r *run, w *sim.World, _ *client) { r.groupSays(w) }},
	{47, func(r *run, w *sim.World, _ *client) { r.groupLives(w) }},
	{52, (*run).clientAlbum},
	{57, (*run).clientEdits},
	{74, (*run).operatorSays},
	{77, (*run).operatorAlbum},
	{80, (*run).operatorEdits},
	{85, (*run).operatorKeepsInside},
	{88, (*run).command},
	{90, (*run).undoes},
	{91, (*run).presses},
	{94, (*run).block},
	{97, (*run).deleteTopic},
	{100, (*run).closeTopic},
	{102, (*run).exchanges},
	{104, func(r *run, _ *sim.World, _ *client) { r.sets() }},
	{106, (*run).handlesTopic},
	{108, func(r *run, w *sim.World, _ *client) { r.leavesDesk(w) }},
	{112, (*run).bursts},
	{122, (*run).worksAtDesk},
	{125, func(r *run, w *sim.World, _ *client) { r.savesReply(w) }},
	{140, (*run).saysReply},
	{144, func(r *run, _ *sim.World, _ *client) { r.sets() }},
	{146, (*run).operatorExchanges},
	{150, (*run).votes},
	{160, (*run).administers},
	{172, (*run).bans},
}

// act lets somebody do something.
func (r *run) act() {
	c := r.clients[r.pick(len(r.clients))]
	defer r.elsewhere()()
	r.Door.With(func(w *sim.World) {
		n := r.pick(acts[len(acts)-1].below)
		for _, a := range acts {
			if n < a.below {
				a.do(r, w, c)
				return
			}
		}
	})
}

func (r *run) token(kind string) string {
	r.serial++
	return fmt.Sprintf("%s%03d.", kind, r.serial)
}

// clientSays sends a text, a photo or a sticker-like thing with a token in it.
func (r *run) clientSays(w *sim.World, c *client) {
	if c.blocked {
		return
	}
	token := r.token("c")
	post := r.post(w, token)
	if r.pick(2) == 0 {
		sign(post.Content.File, c.name)
	}
	if view := w.View(c.id, c.bot, 0); len(view) > 0 && r.pick(4) == 0 {
		post.ReplyTo = view[r.pick(len(view))].ID
	}
	if _, err := w.Send(c.id, c.bot, post); err != nil {
		panic(err)
	}
	r.note(fmt.Sprintf("client %s says %s", c.name, token))
	r.hears(c, said{token: token, by: c})
}

// post is a text, something with a caption, or anything else.
func (r *run) post(w *sim.World, token string) sim.Post {
	if r.pick(8) == 0 {
		return r.wordlessPost(w, token)
	}
	kinds := []sim.Kind{sim.KindPhoto, sim.KindVideo, sim.KindVoice, sim.KindDocument, sim.KindAudio, sim.KindAnimation}
	if n := r.pick(3 * len(kinds)); n < len(kinds) {
		file := w.NewFile(sim.File{Kind: kinds[n], Size: 1000})
		return sim.Post{Content: sim.Content{Kind: kinds[n], Text: "file " + token, File: file}}
	}
	return sim.Post{Content: sim.TextOf("message " + token)}
}

// groupLives lets things happen to the client group: the bot is thrown out and
// comes back, a client comes and goes, the group becomes a supergroup.
func (r *run) groupLives(w *sim.World) {
	owner, guest, bot := r.clients[0].id, r.clients[2].id, r.Bots[0]
	switch n := r.pick(4); {
	case n == 0 && !r.upgraded:
		id, err := w.Upgrade(owner, r.group)
		must(err)
		r.group, r.upgraded = id, true
		r.note("the client group becomes a supergroup")
	case n <= 1 && r.thrown:
		must(w.Unban(owner, r.group, bot))
		must(w.AddMember(owner, r.group, bot))
		r.thrown = false
		r.note("the bot is back in the client group")
	case n <= 1:
		must(w.Kick(owner, r.group, bot))
		r.thrown = true
		r.note("the bot is thrown out of the client group")
	case r.clients[2].gone:
	case r.guest:
		must(w.Leave(guest, r.group))
		r.guest = false
	default:
		must(w.AddMember(owner, r.group, guest))
		r.guest = true
	}
}

func (r *run) groupSays(w *sim.World) {
	if r.thrown {
		return // nobody hears it
	}
	token := r.token("g")
	who := r.clients[r.pick(2)]
	if _, err := w.Say(who.id, r.group, 0, "in the group "+token); err != nil {
		panic(err)
	}
	r.note(fmt.Sprintf("%s says %s in the group", who.name, token))
	r.hears(who, said{token: token})
}

// clientEdits adds a word to the client's last text.
func (r *run) clientEdits(w *sim.World, c *client) {
	view := w.View(c.id, c.bot, 0)
	for i := len(view) - 1; i >= 0; i-- {
		m := view[i]
		if m.AuthorID != c.id || m.Kind != sim.KindText || !strings.HasPrefix(m.Text, "message ") {
			continue
		}
		if err := w.Edit(c.id, c.bot, m.ID, sim.TextOf(m.Text+r.edition(w, c, m.Text))); err != nil {
			panic(err)
		}
		r.seen.Edits++
		for j := range r.said {
			if strings.Contains(words(m), r.said[j].token) {
				r.said[j].isEdited(r.stands(c, false))
				r.note("edited " + r.said[j].token)
			}
		}
		return
	}
}

// findTopic looks where a client's messages are.
func (r *run) findTopic(w *sim.World, c *client) int { return r.findNewest(w, c).Topic }

// findNewest is the newest of a client's messages in the forum.
func (r *run) findNewest(w *sim.World, c *client) sim.Shown {
	view := w.View(r.Admin, r.Forum, sim.AllTopics)
	for i := len(view) - 1; i >= 0; i-- {
		for _, s := range r.said {
			if s.by == c && !s.answer && !s.inside && view[i].Topic != 0 && strings.Contains(words(view[i]), s.token) {
				return view[i]
			}
		}
	}
	return sim.Shown{}
}

// inRoom tells that a topic is a waiting room: there answers have to reply.
func inRoom(w *sim.World, group int64, topic int) bool {
	t, _ := w.Topic(group, topic)
	return dialog.IsRoomTitle(t.Name)
}

func (r *run) operatorSays(w *sim.World, c *client) {
	topic := r.findTopic(w, c)
	if topic == 0 || r.out {
		return
	}
	token := r.token("o")
	post := r.post(w, token)
	post.Topic = topic
	replies := ""
	if view := w.View(r.Admin, r.Forum, topic); r.pick(4) == 0 {
		// A reply to a comment is a comment, so only the clients' are replied to.
		if m := view[r.pick(len(view))]; m.Bot && m.Kind != sim.KindService && r.isSaid(words(m)) {
			post.ReplyTo = m.ID
			post.Quote, replies = r.aim(m)
		}
	}
	room := inRoom(w, r.Forum, topic)
	if room {
		post.ReplyTo, post.Quote, replies = r.findNewest(w, c).ID, "", ""
	}
	if _, err := w.Send(r.ops[r.pick(2)], r.Forum, post); err != nil {
		return // the topic is closed
	}
	r.note(fmt.Sprintf("operator answers %s with %s", c.name, token))
	r.said = append(r.said, said{token: token, by: c, answer: true, risky: c.blocked, room: room, replies: replies})
}

// isSaid tells that a message in the forum is a client's.
func (r *run) isSaid(text string) bool {
	for _, s := range r.said {
		if s.token != "" && !s.answer && !s.inside && strings.Contains(text, s.token) {
			return true
		}
	}
	return false
}

// operatorEdits adds a word to an operator's last answer.
func (r *run) operatorEdits(w *sim.World, c *client) {
	topic := r.findTopic(w, c)
	if topic == 0 {
		return
	}
	view := w.View(r.Admin, r.Forum, topic)
	for i := len(view) - 1; i >= 0; i-- {
		m := view[i]
		if m.Bot || m.Kind != sim.KindText || !strings.HasPrefix(m.Text, "message o") {
			continue
		}
		if err := w.Edit(m.AuthorID, r.Forum, m.ID, sim.TextOf(m.Text+" edited")); err != nil {
			panic(err)
		}
		r.seen.Edits++
		r.note("operator edits " + m.Text)
		return
	}
}

// operatorKeepsInside comments, half the time in the newest topic, of which
// the relay may not know yet, and half the time somebody replies at once: that
// is a comment too.
func (r *run) operatorKeepsInside(w *sim.World, c *client) {
	topic := r.findTopic(w, c)
	if all := w.Topics(r.Forum); len(all) > 0 && r.pick(2) == 0 {
		topic = all[len(all)-1].ID
	}
	if topic == 0 || r.out {
		return
	}
	comment := r.keepInside(w, sim.Post{Content: sim.TextOf("/ comment "), Topic: topic})
	if comment != 0 && r.pick(2) == 0 {
		r.keepInside(w, sim.Post{Content: sim.TextOf("reply "), Topic: topic, ReplyTo: comment})
	}
}

// keepInside sends what no client may see, and returns its number; 0 if the
// topic is closed.
func (r *run) keepInside(w *sim.World, p sim.Post) int {
	token := r.token("i")
	p.Text += token
	id, err := w.Send(r.ops[r.pick(2)], r.Forum, p)
	if err != nil {
		return 0
	}
	r.note("kept inside: " + p.Text)
	r.said = append(r.said, said{token: token, inside: true})
	return id
}

func (r *run) command(w *sim.World, c *client) {
	topic := r.findTopic(w, c)
	if topic == 0 || r.out {
		return
	}
	cmd := []string{"/hold", "/wait", "/close", "/info", "/help"}[r.pick(5)]
	if _, err := w.Say(r.ops[r.pick(2)], r.Forum, topic, cmd); err != nil {
		return
	}
	r.note(fmt.Sprintf("%s for %s", cmd, c.name))
}

// block blocks the bot or lets it in again. What is on its way to a client who
// has blocked may be refused.
func (r *run) block(w *sim.World, c *client) {
	if r.pick(2) == 0 || c.gone {
		return
	}
	if c.blocked {
		w.Unblock(c.id, c.bot)
		c.blocked = false
		return
	}
	if len(w.View(c.id, c.bot, 0)) == 0 {
		return
	}
	w.Block(c.id, c.bot)
	c.blocked = true
	r.note("blocks: " + c.name)
	r.risks(func(q quick) bool { return q.to == c })
	for i := range r.said {
		if r.said[i].by == c && r.said[i].answer {
			r.said[i].risky = true
		}
	}
}

// deleteTopic deletes a client's topic with all that is in it.
func (r *run) deleteTopic(w *sim.World, c *client) {
	topic := r.findTopic(w, c)
	if topic == 0 {
		return
	}
	r.forget(w, topic)
	if err := w.DeleteTopic(r.Admin, r.Forum, topic); err != nil {
		panic(err)
	}
	r.note("topic deleted of " + c.name)
}

// forget takes what was in a topic out of what is checked.
func (r *run) forget(w *sim.World, topic int) {
	r.risks(func(q quick) bool { return q.home == r.Forum })
	for _, m := range w.View(r.Admin, r.Forum, topic) {
		for i := range r.said {
			switch s := &r.said[i]; {
			case s.token == "" || !strings.Contains(words(m), s.token):
			case !s.answer:
				s.by, s.token = nil, ""
			case r.holds, s.room:
				s.risky = true // what is held is taken back by deleting it; and what was told in the room is deleted too
			}
		}
	}
}

func (r *run) closeTopic(w *sim.World, c *client) {
	if topic := r.findTopic(w, c); topic != 0 {
		if err := w.CloseTopic(r.Admin, r.Forum, topic); err != nil {
			return // it is closed
		}
		r.note("topic closed of " + c.name)
	}
}
