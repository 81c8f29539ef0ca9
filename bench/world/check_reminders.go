package world

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// reminded is a dialog for which somebody has set REMIND, at the end of a run.
type reminded struct {
	desk   *run
	id     tenants.DialogID
	waits  bool      // its client does, and nobody was reminded yet
	sure   bool      // no office hours and no mode of the topic keep it back
	due    time.Time // when it is to be told, by the relay's clock
	thread int
	told   int // reminders in its topic
}

// reminderSlack is how late a reminder may be told: a tenant that sleeps is woken for it.
const reminderSlack = lateWake + time.Minute

// longestReminder bounds how long a run waits for reminders: their minutes are counted
// from the client's message.
const longestReminder = 12 * time.Hour

// reminders are all such dialogs as they are now.
func (g *game) reminders() (all []reminded, err error) {
	for _, r := range g.desks {
		r.look(func(f store.Reads) {
			var values []tenants.Value
			if values, err = f.Params(); err != nil {
				return
			}
			office := slices.ContainsFunc(values, func(v tenants.Value) bool { return v.Name == "OFFICE_HOURS" })
			for _, v := range values {
				if v.Name != "REMIND" || v.Level.Dialog == 0 || err != nil {
					continue
				}
				var one reminded
				one, err = r.reminder(f, v)
				one.sure = one.sure && !office
				all = append(all, one)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (r *run) reminder(f store.Reads, v tenants.Value) (reminded, error) {
	minutes, err := strconv.Atoi(v.Value)
	if err != nil {
		return reminded{}, err
	}
	one := reminded{desk: r, id: v.Level.Dialog}
	s, err := f.Dialog(one.id)
	if err != nil || s == nil {
		return one, err
	}
	one.waits = s.Status == dialog.UserAnswered && !s.Rare.Waits.IsZero() && !s.Rare.Room && !s.Rare.Reminder.Done
	one.sure = s.Rare.Mode == ""
	one.due = s.Rare.Waits.Add(time.Duration(minutes) * time.Minute)
	topic, err := f.Topic(one.id)
	if err == nil && topic != nil {
		one.thread = int(topic.Thread)
		one.told = remindersIn(r.World.View(r.Admin, int64(topic.Group), sim.AllTopics), one.thread)
	}
	return one, err
}

// remindersIn counts those in a topic.
func remindersIn(view []sim.Shown, thread int) (n int) {
	for _, m := range view {
		if m.Topic == thread && m.Bot && strings.HasPrefix(m.Text, "⏰") {
			n++
		}
	}
	return n
}

// checkReminders: who waits is told of once, in time; who was answered, or was told of, is
// not. before is how it stood when all was quiet.
func (g *game) checkReminders(s *site, before []reminded) error {
	last := s.Sched.now
	for _, b := range before {
		if b.waits && b.due.After(last) {
			last = b.due
		}
	}
	if wait := last.Add(reminderSlack).Sub(s.Sched.now); len(before) > 0 && wait < longestReminder {
		s.RunFor(wait)
	}
	after, err := g.reminders()
	if err != nil {
		return err
	}
	for i, b := range before {
		if i >= len(after) || after[i].id != b.id || after[i].desk != b.desk {
			return fmt.Errorf("REMIND of dialog %d is no longer set", b.id)
		}
		told := after[i].told
		if after[i].thread == b.thread {
			told -= b.told
		}
		least, most := 0, 0
		if b.waits {
			most = 1
		}
		if b.waits && b.sure && !b.due.Add(reminderSlack).After(s.Sched.now.Add(s.Ahead)) {
			least = 1
		}
		if told < least || told > most {
			return fmt.Errorf("of dialog %d of %s the team was reminded %d times, not %d to %d", b.id, b.desk.Tenant, told, least, most)
		}
		g.seen.Reminders += told
	}
	return nil
}
