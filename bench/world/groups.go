package world

import (
	"fmt"

	sim "topicdesk/bench/telegram"
)

// apart is between the numbers of messages and topics of two groups, where both are
// looked at as one.
const apart = 1 << 32

// groupsKept is how many groups a team has at most: dialogs move from an older one to a newer one only.
const groupsKept = 3

// bindsAnother makes one more group for the team beside the one that it has, and
// binds all bots to it. Sometimes an older one is deleted, before the relay has read
// that or later.
func (r *run) bindsAnother() {
	r.Door.With(func(w *sim.World) {
		older := len(r.before) > 0 && r.pick(3) == 0
		if !older && !r.out && len(r.before) < groupsKept-1 {
			r.bindAnother(w)
			older = r.pick(4) == 0
		}
		if older {
			r.deletesGroup(w, r.before[r.pick(len(r.before))])
		}
	})
}

// deletesGroup deletes an older group: no bot gets in any more (Telegram says of it as
// of one out of which they were thrown; TDLib source). Who looks still sees what was
// there. What an operator was to be told there is told nobody.
func (r *run) deletesGroup(w *sim.World, chat int64) {
	if r.deleted[chat] {
		return
	}
	r.deleted[chat] = true
	r.risks(func(quick) bool { return true })
	for _, bot := range w.Bots(chat) {
		must(w.Kick(r.Admin, chat, bot))
	}
	for i := range r.said {
		if s := &r.said[i]; s.answer {
			s.risky = true
		}
	}
	r.seen.Deleted++
	r.note("an older group is deleted")
}

func (r *run) bindAnother(w *sim.World) {
	forum := w.NewForum(r.Admin, "Desk anew", r.ops...)
	for _, bot := range r.Bots {
		must(w.AddMember(r.Admin, forum, bot))
		must(w.Promote(r.Admin, forum, bot, sim.AllRights(), ""))
	}
	for _, bot := range r.Helpers {
		must(w.AddMember(r.Admin, forum, bot))
	}
	r.helper.out, r.helper.muted = false, false
	r.before, r.Forum = append(r.before, r.Forum), forum
	r.seen.Groups++
	r.note("another group for the team")
	r.bind(w)
}

// bind says what the administrator says to bind the bots to the present group.
func (r *run) bind(w *sim.World) {
	for n := range r.Bots {
		_, err := w.Say(r.Admin, r.Forum, 0, fmt.Sprintf("/bind@%s ABCDEFGH23", r.botName(n+1)))
		must(err)
	}
}

// bindAgain binds the present group once more if it is not the first: the command
// may have met a Telegram that failed.
func (r *run) bindAgain(w *sim.World) {
	if len(r.before) > 0 {
		r.bind(w)
	}
}

// elsewhere lets people do something in an older group, as often as in the new one.
// The function that it returns ends that.
func (r *run) elsewhere() (back func()) {
	if len(r.before) == 0 || r.out || r.deleted[r.before[0]] || r.pick(2) == 0 {
		return func() {}
	}
	r.before[0], r.Forum = r.Forum, r.before[0]
	return func() { r.before[0], r.Forum = r.Forum, r.before[0] }
}

// groups are all that the team has or had, the oldest first.
func (r *run) groups() []int64 { return append(r.before[:len(r.before):len(r.before)], r.Forum) }

// everywhere is what is in all groups, as if they were one: dialogs move from an
// older one to a newer one only.
func (r *run) everywhere() (all []sim.Shown) {
	for n, chat := range r.groups() {
		for _, m := range r.World.View(r.Admin, chat, sim.AllTopics) {
			m.ID += n * apart
			if m.Topic != 0 {
				m.Topic += n * apart
			}
			if m.ReplyTo != 0 {
				m.ReplyTo += n * apart
			}
			all = append(all, m)
		}
	}
	return all
}

// roomOf tells that a topic of everywhere is a waiting room.
func (r *run) roomOf(topic int) bool {
	return inRoom(r.World, r.groups()[topic/apart], topic%apart)
}
