package tenant

import (
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/dialog"
)

// labelsOf are the labels of a group, read once until they change.
func (t *Tenant) labelsOf(home tenants.ChatID) ([]dialog.Label, error) {
	all, known := t.labels[home]
	if !known {
		var err error
		if all, err = t.reads().Labels(home); err != nil {
			return nil, err
		}
		t.labels[home] = all
	}
	return all, nil
}

// newLabel is a number for a label that somebody may make. One that is not made leaves
// a gap.
func (t *Tenant) newLabel() tenants.LabelID {
	t.nextLabel++
	return t.nextLabel - 1
}

// markFacts adds what is asked about labels in General: how many topics each has, and a
// page of those of one.
func (t *Tenant) markFacts(f *dialog.Facts, home tenants.ChatID, of tenants.LabelID, page int) (err error) {
	f.NewLabel = t.newLabel()
	if f.Marked.Topics, err = t.tx.LabelTopics(home); err != nil || of == 0 {
		return err
	}
	owners, err := t.tx.LabelOwners(of)
	if err != nil {
		return err
	}
	f.Marked.Hidden = slices.ContainsFunc(owners, func(c tenants.ConnectionID) bool {
		return t.settingsOf(c, tenants.Private, 0).Hide.Any() // it is the same for all of a connection
	})
	if f.Marked.Hidden {
		return nil
	}
	first, last := dialog.PageOf(page, f.Marked.Topics[of])
	f.Marked.Page, err = t.tx.Labelled(of, first, last-first)
	return err
}

// relabels tells that something under way may change the labels of a group: what
// depends on them waits for it, and keeps its order.
func (t *Tenant) relabels(home tenants.ChatID, rt *route) bool {
	for _, other := range t.routes {
		if other.labels == home {
			return true
		}
	}
	return t.behindOther(rt)
}

func (t *Tenant) isMark(c tenants.ConnectionID, m tenants.Message) bool {
	call, _ := command.Parse(m.Content.Text.Text, t.logins[c].row.Username)
	return call.Name == command.Mark
}

// relabelled takes over what changed of labels. Dialogs that are being decided with the
// old ones are rung when that is done.
func (t *Tenant) relabelled(changes []dialog.LabelChange) {
	for _, c := range changes {
		delete(t.labels, c.Group)
		for _, s := range t.slots {
			s.stale = s.stale || s.group == c.Group && s.pending > 0
		}
	}
}

// ringStale lets a dialog be rung of which something was decided with facts that
// changed meanwhile: title and times are worked out again.
func (t *Tenant) ringStale(s *slot, id tenants.DialogID) error {
	if !s.stale {
		return nil
	}
	s.stale = false
	return t.tx.WakeAll(id)
}
