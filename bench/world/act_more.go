package world

import (
	"slices"
	"strings"

	"topicdesk/actors"
	"topicdesk/actors/tenant"
	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
)

// captioned are the kinds that a client exchanges for another file.
var captioned = []sim.Kind{sim.KindPhoto, sim.KindVideo, sim.KindDocument, sim.KindAudio, sim.KindAnimation}

// exchanges puts another file into the client's latest message with one.
func (r *run) exchanges(w *sim.World, c *client) {
	for _, m := range slices.Backward(w.View(c.id, c.bot, 0)) {
		if m.AuthorID != c.id || !slices.Contains(captioned, m.Kind) || !strings.HasPrefix(m.Text, "file ") || c.blocked {
			continue
		}
		to := sim.Content{Kind: m.Kind, Text: m.Text + r.edition(w, c, m.Text), File: w.NewFile(sim.File{Kind: m.Kind, Size: 2000})}
		if err := w.Edit(c.id, c.bot, m.ID, to); err != nil {
			return // Telegram does not take this exchange
		}
		r.seen.Edits++
		for i := range r.said {
			if s := &r.said[i]; s.token != "" && strings.Contains(words(m), s.token) {
				s.isEdited(r.stands(c, false))
				r.note("another file in " + s.token)
			}
		}
		return
	}
}

// namedByTeam is a title that somebody of the team gives.
const namedByTeam = "named by the team"

// handlesTopic is what the group's owner does to a topic that the relay made.
func (r *run) handlesTopic(w *sim.World, c *client) {
	topic := r.findTopic(w, c)
	if topic == 0 || r.out || inRoom(w, r.Forum, topic) {
		return
	}
	if r.pick(2) == 0 {
		if w.ReopenTopic(r.Admin, r.Forum, topic) == nil {
			r.note("topic reopened of " + c.name)
		}
		return
	}
	if w.RenameTopic(r.Admin, r.Forum, topic, namedByTeam) == nil {
		r.note("topic renamed of " + c.name)
	}
}

// changing are parameters with values between which they change.
var changing = []tenants.Value{
	{Name: "UNDO_SECONDS", Value: "12"}, {Name: "UNDO_SECONDS", Value: "0"},
	{Name: "MERGE_TEXTS", Value: "FALSE"}, {Name: "MERGE_TEXTS", Value: "TRUE"},
	{Name: "AUTOCLOSE", Value: "2"}, {Name: "WELCOME", Value: "OFF"},
	{Name: "LANGUAGE", Value: "ru"}, {Name: "LANGUAGE", Value: "de"}, {Name: "LANGUAGE", Value: "en"},
	{Name: "SILENT_MODE", Value: "TRUE"}, {Name: "SILENT_MODE", Value: "FALSE"},
	{Name: "AWAY", Value: "Nobody is here, {title}"}, {Name: "AWAY", Value: "OFF"},
	{Name: "OFFICE_HOURS", Value: "Mon-Fri 09:00-18:00"}, {Name: "OFFICE_HOURS", Value: "Sat 01:00-02:00"}, {Name: "OFFICE_HOURS", Value: "OFF"},
	{Name: "REMIND", Value: "2"}, {Name: "REMIND", Value: "0"}, {Name: "RETENTION_DAYS", Value: "1"},
	{Name: "LOCK_CLOSED", Value: "TRUE"}, {Name: "LOCK_CLOSED", Value: "TRUE"}, {Name: "LOCK_CLOSED", Value: "FALSE"},
	{Name: "RECEIPTS", Value: "TRUE"}, {Name: "RECEIPTS", Value: "FALSE"}, {Name: "AUTO_INFO", Value: "TRUE"},
	{Name: "TIMEZONE", Value: "Asia/Kolkata"},
}

// sets changes a parameter while everything runs; nobody waits for the answer.
func (r *run) sets() {
	v := changing[r.pick(len(changing))]
	ref := r.wake()
	if ref.IsZero() {
		return
	}
	r.holds = r.holds || v.Name == "UNDO_SECONDS" && v.Value != "0"
	tenant.Ask(ref, func(reply actors.Reply[error]) tenant.Message { return tenant.Set{Value: v, Reply: reply} })
	r.note(v.Name + " is now " + v.Value)
}

// leavesDesk has the bot thrown out of the team's group, or taken back. Nobody
// hears what the team writes meanwhile, so that it writes nothing.
func (r *run) leavesDesk(w *sim.World) {
	if r.out {
		r.comesBack(w)
		return
	}
	if len(r.Bots) > 1 || len(r.before) > 0 {
		return // the other one takes its topics over, or the other group: scripts show that
	}
	must(w.Kick(r.Admin, r.Forum, r.Bots[0]))
	r.out = true
	r.risks(func(quick) bool { return true })
	for i := range r.said {
		if s := &r.said[i]; s.answer {
			s.risky = true // what is on its way can't be copied out of the group
		}
	}
	r.note("the bot is thrown out of the team's group")
}

func (r *run) comesBack(w *sim.World) {
	if !r.out {
		return
	}
	r.out = false
	must(w.Unban(r.Admin, r.Forum, r.Bots[0]))
	must(w.AddMember(r.Admin, r.Forum, r.Bots[0]))
	must(w.Promote(r.Admin, r.Forum, r.Bots[0], sim.AllRights(), ""))
	r.note("the bot is back in the team's group")
}
