package tenant

import (
	"errors"
	"fmt"

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
	people, err := t.tx.NamesOf(m.Who.User)
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
	if err := t.unname(people); err != nil {
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

// unname hides people in notes of ours that wait, as if HIDE_INFO were on: others' words
// are theirs.
func (t *Tenant) unname(people []tenants.Person) error {
	f := dialog.Facts{Key: t.pseudonyms, Later: t.renamed, Now: t.now()}
	f.Settings.Hide = tenants.Hide{Name: true, Link: true}
	cover := dialog.NewCover(dialog.State{People: people}, f)
	ids, err := t.tx.NotesWaiting()
	if err != nil || len(people) == 0 {
		return err
	}
	for _, id := range ids {
		row, err := t.tx.Job(id)
		if err != nil {
			return err
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
