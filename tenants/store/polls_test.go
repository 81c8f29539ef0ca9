package store_test

import (
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// tally is a note that tells how a poll stands.
func tally(poll, words string) dialog.Job {
	job := incoming(0, "")
	job.Source, job.Origin, job.Class = tenants.MessageRef{}, dialog.OfRelay, dialog.ClassNote
	job.Effect = &dialog.Send{Way: dialog.Write, Parts: []dialog.Part{part(tenants.MessageRef{}, words)}, Internal: true, Poll: poll}
	return job
}

func TestPolls(t *testing.T) {
	f := open(t)
	f.client()
	f.apply(1, dialog.Decision{Poll: &dialog.Poll{Connection: bot1, ID: "77", Message: inGroup(200)}})
	of, message, err := f.PollOf(bot1, "77")
	equal(t, "poll", []any{of, message, err}, []any{tenants.DialogID(1), inGroup(200), nil})
	of, _, err = f.PollOf(bot2, "77")
	equal(t, "another login's", []any{of, err}, []any{tenants.DialogID(0), nil})

	first := f.queue(tally("77", "1 vote"))[0]
	equal(t, "merged", f.queue(tally("77", "2 votes"))[0], first)
	equal(t, "words", f.send(first).Parts[0].Content.Text.Text, "2 votes")
	other := f.queue(tally("78", "none"))[0]
	equal(t, "twin of the first", f.done(first, 300).TwinOf, tenants.MessageID(0))
	f.done(other, 301)
	next := f.queue(tally("77", "3 votes"))[0]
	equal(t, "twin of the next", f.done(next).TwinOf, tenants.MessageID(300))
	anew := tally("77", "4 votes")
	anew.Effect.(*dialog.Send).Anew = true
	last := f.queue(anew)[0]
	equal(t, "twin of a new one", f.done(last, 302).TwinOf, tenants.MessageID(0))
	equal(t, "twin after it", f.done(f.queue(tally("77", "5 votes"))[0]).TwinOf, tenants.MessageID(302))

	if err := f.Write(start.Add(time.Hour), func(tx *store.Tx) error { _, err := tx.Prune(nil); return err }); err != nil {
		t.Fatal(err)
	}
	of, _, err = f.PollOf(bot1, "77")
	equal(t, "pruned", []any{of, err}, []any{tenants.DialogID(0), nil})
}
