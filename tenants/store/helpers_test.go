package store_test

import (
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

const helper tenants.ConnectionID = 7

// tryBy marks a job as being tried by a login.
func (f *file) tryBy(id tenants.JobID, by tenants.ConnectionID) (try *store.Try) {
	f.t.Helper()
	f.write(func(tx *store.Tx) (err error) {
		try, err = tx.MarkTrying(id, by)
		return err
	})
	return try
}

// TestWhoTriedIsKept: which login tried a job outlives the process, and who sent a
// twin is the only one to edit it.
func TestWhoTriedIsKept(t *testing.T) {
	f := open(t)
	f.client()
	sent := f.queue(incoming(10, "helo"))[0]
	f.tryBy(sent, helper)
	equal(t, "tried by", must(f.Trying())[0].TriedBy, helper)
	row := must(f.Job(sent))
	f.write(func(tx *store.Tx) error { return tx.LinkMade(row, []tenants.MessageID{101}) })
	f.write(func(tx *store.Tx) error { return tx.Retire(sent) })
	equal(t, "sent by", must(f.LinkByClient(bot1, fromYuki(10))).SentBy, helper)

	edited := f.queue(edit(fromYuki(10), "hello"))[0]
	try := f.tryBy(edited, 0)
	equal(t, "by its own connection", []any{try.Ready, try.Why, try.By}, []any{false, store.Others, helper})
	equal(t, "still waits", must(f.Job(edited)).Trying, false)
	try = f.tryBy(edited, helper)
	equal(t, "by who sent it", []any{try.Ready, try.TwinOf}, []any{true, tenants.MessageID(101)})
}

// TestOwnConnectionIsZero: the own connection is not noted as somebody else.
func TestOwnConnectionIsZero(t *testing.T) {
	f := open(t)
	f.client()
	id := f.queue(incoming(10, "helo"))[0]
	f.tryBy(id, bot1)
	equal(t, "tried by", must(f.Trying())[0].TriedBy, tenants.ConnectionID(0))
}

// TestHelperIsRead: whom a helper helps, and how it stands in a group.
func TestHelperIsRead(t *testing.T) {
	f := open(t)
	f.client()
	f.write(func(tx *store.Tx) error {
		return tx.PutConnection(store.Connection{ID: helper, Kind: store.Bot, User: 907, Username: "help_bot", Helps: bot1, Active: true, Created: start})
	})
	all := must(f.Connections())
	equal(t, "helps", all[len(all)-1].Helps, tenants.ConnectionID(bot1))
	for _, lack := range []dialog.Lack{dialog.LacksPlace, dialog.LacksNothing} {
		f.apply(0, dialog.Decision{Stand: &dialog.Stand{Connection: helper, Group: group, Lack: lack}})
		places := must(f.Workplaces())
		last := places[len(places)-1]
		equal(t, "stands", []any{last.Connection, last.Group, last.Lack}, []any{helper, tenants.ChatID(group), lack})
	}
}
