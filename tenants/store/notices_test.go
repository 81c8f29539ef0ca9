package store_test

import (
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// notice tells what is about to go to the client, over deletes it.
func notice(mark string) dialog.Job {
	job := tally("", "goes in 10 seconds")
	job.Effect.(*dialog.Send).Notice = mark
	return job
}

func over(mark string) dialog.Job {
	job := notice(mark)
	job.Effect = &dialog.Delete{Notice: mark}
	return job
}

// TestNoticeIsOver: what waits never leaves, what is in the topic is deleted, also after a
// restart, and of what nobody knows nothing is tried.
func TestNoticeIsOver(t *testing.T) {
	f := open(t)
	f.client()
	f.apply(1, dialog.Decision{Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(70))}})
	waiting := f.queue(notice("/say 1"), notice("/say 2"))
	gone := f.queue(over("/say 1"))[0]
	f.refuse(waiting[0], store.ErrRetired)
	f.done(waiting[1], 302)
	try := f.try(gone, start)
	equal(t, "never sent", try.Why, store.Moot)
	f.write(func(tx *store.Tx) error { return tx.Retire(gone) })
	f.reopen()
	sent := f.queue(over("/say 2"))[0]
	try = f.try(sent, start)
	equal(t, "sent", try.Why, store.Clear)
	equal(t, "what is deleted", try.Row.Job.Effect.(*dialog.Delete).Message, inGroup(302))
}

// TestNoticeOnItsWay: one that may have left is waited for.
func TestNoticeOnItsWay(t *testing.T) {
	f := open(t)
	f.client()
	f.apply(1, dialog.Decision{Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(70))}})
	told := f.queue(notice("/say 1"))[0]
	f.try(told, start)
	gone := f.queue(over("/say 1"))[0]
	f.refuse(gone, store.ErrNotNext)
	f.write(func(tx *store.Tx) error {
		row, err := tx.Job(told)
		if err != nil {
			return err
		}
		if err := tx.LinkMade(row, []tenants.MessageID{301}); err != nil {
			return err
		}
		return tx.Retire(told)
	})
	equal(t, "what is deleted", f.try(gone, start).Row.Job.Effect.(*dialog.Delete).Message, inGroup(301))
}
