package tenant

import (
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// measure sees a message of a group of the team, and tells in General when the
// group fills up, each step once.
func (t *Tenant) measure(group tenants.ChatID, highest tenants.MessageID) error {
	if highest <= t.highest[group] {
		return nil
	}
	t.highest[group] = highest
	step, c := dialog.Fullness(highest), t.oldest(group)
	if step == 0 || c == 0 {
		return nil
	}
	kept, err := t.tx.GroupFacts(group)
	if err != nil || step <= kept.Full {
		return err
	}
	kept.Full = step
	if err := t.tx.PutGroupFacts(group, kept); err != nil {
		return err
	}
	l := t.logins[c]
	return t.noteIn(c, group, dialog.FullNote(step, l.row.Username, l.row.Group.ID != group, t.voice(c)))
}

// measureMade is measure for what a try made in a group.
func (t *Tenant) measureMade(chat tenants.ChatID, made []tenants.MessageID) error {
	if len(made) == 0 || !t.isGroup(chat) {
		return nil
	}
	return t.measure(chat, slices.Max(made))
}
