package tenant

import (
	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/dialog"
)

// factsOfCommand adds what a command in General asks for.
func (t *Tenant) factsOfCommand(f *dialog.Facts, m tenants.Message, rt *route) (err error) {
	switch call, _ := command.Parse(m.Content.Text.Text, f.Bot); call.Name {
	case command.Queue:
		f.Queue, err = t.queueOf(m.Chat.ID)
		return err
	case command.Open:
		s, why := dialog.OpenAsks(m, call, *f)
		if why != "" {
			return nil // that is the answer
		}
		return t.waitingFacts(f, m.Chat.ID, s, 0)
	case command.Mark:
		rt.labels = m.Chat.ID
		return t.markFacts(f, m.Chat.ID, dialog.MarkAsks(f.Labels, call), 0)
	default:
		return nil
	}
}

// factsOfPage adds what the button of a list in General asks for.
func (t *Tenant) factsOfPage(f *dialog.Facts, home tenants.ChatID, p dialog.Press) (err error) {
	switch p.Verb {
	case dialog.PressOpen:
		if f.Labels, err = t.labelsOf(home); err != nil {
			return err
		}
		if err := t.roomFacts(f, home); err != nil {
			return err
		}
		return t.waitingFacts(f, home, dialog.OpenPressed(p), p.Page)
	case dialog.PressLabels, dialog.PressLabelDel:
		if f.Labels, err = t.labelsOf(home); err != nil {
			return err
		}
		return t.markFacts(f, home, tenants.LabelID(p.Arg), p.Page)
	default:
		return nil
	}
}

// waitingFacts adds a page of who waits in a group.
func (t *Tenant) waitingFacts(f *dialog.Facts, home tenants.ChatID, s dialog.Selection, page int) error {
	all, err := t.tx.Unanswered(home)
	if err != nil {
		return err
	}
	f.Waiting = s.Page(all, page)
	for i := range f.Waiting.Rows {
		if err := t.veilWaiting(&f.Waiting.Rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// veilWaiting hides in a name what HIDE_INFO hides by now: the one that is kept may be
// from before, or have been typed by somebody of the team.
func (t *Tenant) veilWaiting(w *dialog.Waiting) error {
	settings := t.settingsOf(w.Connection, w.Kind, w.Dialog)
	if !settings.Hide.Any() {
		w.Open = true
		return nil
	}
	state, err := t.tx.Dialog(w.Dialog)
	if err != nil {
		return err
	}
	w.Name = dialog.VeiledName(*state, dialog.Facts{Settings: settings, Key: t.pseudonyms, Later: t.renamed, Now: t.now()})
	return nil
}
