package tenant

import (
	"errors"
	"fmt"

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
	erased, err := t.tx.Forget(m.Who, true)
	if errors.Is(err, store.ErrUnderWay) {
		t.later(func() { m.Reply.Send(Forgotten{Err: err}) })
		return nil
	}
	if err != nil {
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
