package tenant

import (
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

const (
	// recentKept is how many messages of a numbering are remembered beside those in
	// the file: it spares questions, nothing depends on it.
	recentKept = 64
	// heightLag is how far the height on disk may be behind.
	heightLag = 5
)

// numbered is what is known of the numbers of messages in one sequence.
type numbered struct {
	high, stored tenants.MessageID
	recent       []tenants.MessageID // messages whose sender is known, the latest last
	// gaps: something of it is about to be deleted. Above the height that an opening
	// reads it would look as if it had never come.
	gaps bool
}

// know sees messages in a chat, as a login numbers them; zeros are none.
func (t *Tenant) know(c tenants.ConnectionID, chat tenants.ChatID, ids ...tenants.MessageID) {
	n := store.NumberingOf(c, chat)
	of := t.numbers[n]
	if of == nil {
		of = &numbered{}
		t.numbers[n] = of
	}
	for _, id := range ids {
		if id == 0 {
			continue
		}
		of.high = max(of.high, id)
		if len(of.recent) >= recentKept {
			of.recent = slices.Delete(of.recent, 0, recentKept/2)
		}
		of.recent = append(of.recent, id)
	}
}

// height is the highest message known in the numbering of a chat, 0 = none is.
func (t *Tenant) height(c tenants.ConnectionID, chat tenants.ChatID) tenants.MessageID {
	if of := t.numbers[store.NumberingOf(c, chat)]; of != nil {
		return of.high
	}
	return 0
}

// deletes notes that a job deletes messages, for keepHeights.
func (t *Tenant) deletes(row *store.Row) {
	if of := t.numbers[store.NumberingOf(row.Tryer(), row.Job.Chat)]; of != nil {
		of.gaps = true
	}
}

// keepHeights writes the heights that have grown by so much, in their order; all while
// something is searched: after a crash what was deleted would look as if it never came.
func (t *Tenant) keepHeights(lag tenants.MessageID) error {
	for n, of := range t.numbers {
		near := of.high < of.stored+lag && of.stored != 0 && !of.gaps && len(t.searches) == 0
		if of.gaps = false; near || of.high == of.stored {
			continue
		}
		if err := t.tx.PutHeight(n, of.high); err != nil {
			return err
		}
		of.stored = of.high
	}
	return nil
}
