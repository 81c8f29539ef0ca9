package world

import (
	"fmt"
	"slices"
	"strings"
	"time"

	sim "topicdesk/bench/telegram"
)

// decree is a command that somebody has typed who may do everything; it is done as
// soon as the relay has put its sign on it.
type decree struct {
	home    int64 // the group
	message int   // the message
	on      bool  // bans or marks; else the reverse
	at      time.Time
	act     string // as the log of acts names it
	detail  string // what no other order has in that log; "" = nothing
}

// bans are what was ordered about somebody, the oldest first.
type bans struct{ alone, together []decree } // about the private dialog; about the person in the client group

// barring is whether what somebody writes now may be shown to the team.
type barring int

const (
	heard  barring = iota
	unsure         // an order is under way, or may be
	barred
)

// signed tells that the sign of what is done stands on a message.
func (r *run) signed(chat int64, message int) bool {
	m, there := r.World.Message(r.Admin, chat, message)
	return there && slices.ContainsFunc(m.Reactions, func(s string) bool { return strings.Contains(s, "👌") })
}

func (r *run) done(o decree) bool { return r.signed(o.home, o.message) }

// standing is what the last of some orders amounts to.
func (r *run) standing(all []decree) barring {
	switch n := len(all); {
	case n == 0:
		return heard
	case r.late || !r.done(all[n-1]):
		return unsure
	case all[n-1].on:
		return barred
	default:
		return heard
	}
}

// stands tells whether what a client writes now, alone or in the group, may be shown.
// Who is banned in private is heard by that login nowhere.
func (r *run) stands(c *client, group bool) barring {
	b := r.banned[c]
	if b == nil {
		return heard
	}
	if !group {
		return r.standing(b.alone)
	}
	all := r.standing(b.together)
	if c.bot == r.Bots[0] {
		all = max(all, r.standing(b.alone))
	}
	return all
}

// hears notes what a client has just said.
func (r *run) hears(c *client, s said) {
	s.from, s.barring, s.at = c, r.stands(c, s.by == nil), r.Sched.now
	if s.barring == barred {
		r.seen.Barred++
	}
	r.said = append(r.said, s)
}

// bans has a client banned, or heard again: alone, or in the group as a reply. Now and
// then somebody types it who may not.
func (r *run) bans(w *sim.World, c *client) {
	group := r.pick(3) == 0
	if group {
		c = r.clients[r.pick(2)]
	}
	at := r.newestOf(w, c, group)
	if at.Topic == 0 || r.out || inRoom(w, r.Forum, at.Topic) {
		return
	}
	b := r.bansOf(c)
	orders := &b.alone
	post := sim.Post{Content: sim.TextOf("/ban"), Topic: at.Topic}
	if group {
		orders, post.ReplyTo = &b.together, at.ID
	}
	o := decree{home: r.Forum, on: r.standing(*orders) == heard, at: r.Sched.now}
	if !o.on {
		post.Text = "/unban"
	}
	who, may := r.Admin, r.pick(5) > 0
	if !may {
		who = r.ops[r.pick(2)]
	}
	var err error
	if o.message, err = w.Send(who, r.Forum, post); err != nil {
		return // the topic is closed
	}
	r.note(fmt.Sprintf("%s of %s, in the group %t, may %t", post.Text, c.name, group, may))
	if !may {
		return
	}
	r.seen.Bans++
	*orders = append(*orders, o)
	r.doubts(c, o.on)
}

// bansOf is what was ordered about a client, to be added to.
func (r *run) bansOf(c *client) *bans {
	if r.banned == nil {
		r.banned = map[*client]*bans{}
	}
	if r.banned[c] == nil {
		r.banned[c] = &bans{}
	}
	return r.banned[c]
}

// stillComing is within what time the relay has what was said, unless something keeps
// it back.
const stillComing = 5 * time.Minute

// doubts: what was said before an order may come after it. Of what is to be heard
// that are parts of albums, and all if the order reaches the relay another way.
func (r *run) doubts(c *client, on bool) {
	recent := func(at time.Time) bool { return r.slowPolls || r.Sched.now.Sub(at) < stillComing }
	if !on {
		r.versions = slices.DeleteFunc(r.versions, func(v version) bool { return v.from == c && recent(v.at) })
	}
	for i := range r.said {
		s := &r.said[i]
		if s.from == c && recent(s.at) && (!on || s.album > 0 || len(r.Bots) > 1) {
			s.barring = unsure
		}
	}
}

// newestOf is the newest of a client's messages in the forum, alone or in the group.
func (r *run) newestOf(w *sim.World, c *client, group bool) sim.Shown {
	for _, m := range slices.Backward(w.View(r.Admin, r.Forum, sim.AllTopics)) {
		for _, s := range r.said {
			if s.from == c && (s.by == nil) == group && s.token != "" && m.Bot && m.Topic != 0 && strings.Contains(words(m), s.token) {
				return m
			}
		}
	}
	return sim.Shown{}
}

// checkBarred: what was said by somebody who was banned then is nowhere where the team
// reads, its new versions neither. What was said before is forwarded into a topic that is
// made anew, as it is by then: Telegram keeps nothing older.
func (r *run) checkBarred(forum []sim.Shown) error {
	for _, s := range r.said {
		if s.barring != barred || s.token == "" {
			continue
		}
		if n := countWith(forum, s.token); n > 0 {
			return fmt.Errorf("%s of %s, who was banned, is shown to the team", s.token, s.from.name)
		}
	}
	for _, v := range r.versions {
		if slices.ContainsFunc(forum, func(m sim.Shown) bool { return m.Bot && m.Forwarded == "" && strings.Contains(words(m), v.token) }) {
			return fmt.Errorf("%s of somebody who was banned when editing is shown to the team", v.token)
		}
	}
	return nil
}

// version is an edited message of somebody who was banned then.
type version struct {
	token string
	from  *client
	at    time.Time
}

// edition is what a client adds to a message by editing it. What the team does not see
// yet is copied as it is by then.
func (r *run) edition(w *sim.World, c *client, text string) string {
	if r.stands(c, false) != barred || countWith(w.View(r.Admin, r.Forum, sim.AllTopics), text) == 0 {
		return " edited"
	}
	r.serial++
	token := fmt.Sprintf("anew-%d-", r.serial)
	r.versions = append(r.versions, version{token, c, r.Sched.now})
	return " edited " + token
}

// isEdited notes that the text may be the old or the new one. What came to nobody may
// come with the new one.
func (s *said) isEdited(now barring) {
	s.edited = true
	if s.barring == barred && now != barred {
		s.barring = unsure
	}
}
