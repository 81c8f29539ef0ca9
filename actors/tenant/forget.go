package tenant

import (
	"errors"
	"fmt"
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// Forgotten is what became of a Forget.
type Forgotten struct {
	Erased []store.Erased
	Err    error // store.ErrUnderWay: nothing is erased, ask again in a moment
}

// forget erases somebody. Their actors go with the opening, and what they decided
// meanwhile is not written; outcomes that come later find no job. An update that was
// under way comes again and is one of somebody new.
func (t *Tenant) forget(m Forget) error {
	known, err := t.calledSo(m.Who)
	if err != nil {
		return err
	}
	erased, err := t.tx.Forget(m.Who, true)
	if errors.Is(err, store.ErrUnderWay) {
		t.later(func() { m.Reply.Send(Forgotten{Err: err}) })
		return nil
	}
	if err != nil {
		return err
	}
	if err := t.unname(known); err != nil {
		return err
	}
	if err := t.tx.PutAct(dialog.Act{At: t.now(), Name: "forget"}); err != nil {
		return err
	}
	t.rebind = true
	t.opt.Log.Warn("the host had somebody forgotten", "tenant", t.opt.ID, "dialogs", m.Who.Dialogs)
	t.later(func() {
		err := t.store.Scrub()
		if err != nil {
			err = fmt.Errorf("the rows are erased, but the file could not be written anew, which is done when it is opened next: %w", err)
		}
		m.Reply.Send(Forgotten{Erased: erased, Err: err})
	})
	return nil
}

// calledSo is how somebody is called anywhere, as if in a dialog: also by the names that
// the team gave to their topics.
func (t *Tenant) calledSo(who store.Who) (s dialog.State, err error) {
	if s.People, err = t.tx.NamesOf(who.User); err != nil {
		return s, err
	}
	for _, id := range who.Dialogs {
		of, err := t.tx.Dialog(id)
		if err != nil {
			return s, err
		}
		if of != nil {
			s.Titles = append(s.Titles, of.Chat.Title, of.Shown, of.Custom)
		}
	}
	s.Titles = slices.DeleteFunc(s.Titles, func(title string) bool { return title == "" })
	return s, nil
}

// unname hides somebody in notes of ours that wait, as if HIDE_INFO were on: others' words
// are theirs. What a topic is called is looked for only in lists: it may be any word.
func (t *Tenant) unname(known dialog.State) error {
	f := dialog.Facts{Key: t.pseudonyms, Later: t.renamed, Now: t.now()}
	var inNotes *dialog.Cover
	if len(known.People) > 0 {
		f.Settings.Hide = tenants.Hide{Name: true, Link: true}
		inNotes = dialog.NewCover(dialog.State{People: known.People}, f)
	}
	f.Settings.Hide = tenants.Hide{Name: true, Title: true}
	inLists := dialog.NewCover(known, f)
	ids, err := t.tx.NotesWaiting()
	if err != nil {
		return err
	}
	for _, id := range ids {
		row, err := t.tx.Job(id)
		if err != nil {
			return err
		}
		cover := inNotes
		if len(row.Job.Named()) > 0 {
			cover = inLists
		}
		veiled, ok := cover.Veil(row.Job, f)
		if !ok || veiled == row.Job.Effect {
			continue
		}
		row.Job.Effect = veiled
		if err := t.tx.Reword(row); err != nil {
			return fmt.Errorf("take somebody out of a note: %w", err)
		}
	}
	return nil
}
