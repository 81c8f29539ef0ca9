package store_test

import (
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// texts queues short texts of Yuki's, which may go together.
func (f *file) texts(words ...string) []tenants.JobID {
	var jobs []dialog.Job
	for i, text := range words {
		job := incoming(tenants.MessageID(10+i), text)
		job.Effect.(*dialog.Send).Merge = dialog.MergeNext
		jobs = append(jobs, job)
	}
	return f.queue(jobs...)
}

// joinAndTry tries a job in a crowd, and lets it make a message.
func (f *file) joinAndTry(id tenants.JobID, made tenants.MessageID) (try *store.Try) {
	f.t.Helper()
	f.write(func(tx *store.Tx) (err error) {
		if try, err = tx.JoinAndTry(id, 0); err != nil {
			return err
		}
		if err = tx.LinkMade(try.Row, []tenants.MessageID{made}); err != nil {
			return err
		}
		return tx.Retire(id)
	})
	return try
}

func (f *file) joined(id tenants.MessageID) string {
	f.t.Helper()
	j := must(f.Joined(inGroup(id)))
	if j == nil {
		return ""
	}
	return j.Content().Text.Text
}

// TestJoinedPartsStayAddressable: what is joined has one row and one message; each of
// its parts is found, edited and taken out by itself.
func TestJoinedPartsStayAddressable(t *testing.T) {
	f := open(t)
	f.client()
	ids := f.texts("one", "two", "three")
	try := f.joinAndTry(ids[0], 101)
	equal(t, "absorbed", try.Absorbed, ids[1:])
	equal(t, "shows", f.joined(101), "• one\n• two\n• three")
	equal(t, "the twin of the second", must(f.LinkByClient(bot1, fromYuki(11))).Topic, inGroup(101))
	equal(t, "a reaction means the last", must(f.LinkByTopic(inGroup(101))).Client, fromYuki(12))

	reply := answer(200, "answer")
	reply.Effect.(*dialog.Send).Reply = dialog.Reply{Of: inGroup(101), Quote: &tenants.Quote{Text: tenants.Plain("two"), Position: 8}}
	tried := f.try(f.queue(reply)[0], start)
	equal(t, "a quote means its part", []any{tried.ReplyTo, tried.Quote.Text.Text, tried.Quote.Position}, []any{tenants.MessageID(11), "two", 0})

	edited := f.queue(edit(fromYuki(11), "zwei"))[0]
	tried = f.try(edited, start)
	equal(t, "an edit shows", tried.Whole.Text.Text, "• one\n• zwei\n• three")
	f.write(func(tx *store.Tx) error { return tx.LinkMade(tried.Row, nil) })
	f.write(func(tx *store.Tx) error { return tx.Retire(edited) })
	equal(t, "is kept", f.joined(101), "• one\n• zwei\n• three")

	gone := dialog.Job{
		Lane: lane(dialog.ToTopic), Connection: bot1, Chat: group, Class: dialog.ClassClient, Origin: dialog.OfClient,
		Source: fromYuki(10), Effect: &dialog.Delete{Of: []tenants.MessageRef{fromYuki(10)}},
	}
	del := f.queue(gone)[0]
	tried = f.try(del, start)
	equal(t, "others stay", []any{tried.Ready, tried.Why, len(tried.Trims)}, []any{false, store.Trim, 1})
	var before []tenants.JobID
	f.write(func(tx *store.Tx) (err error) {
		before, err = tx.InsertBefore(del, tried.Trims, f.key)
		return err
	})
	tried = f.try(before[0], start)
	equal(t, "a part taken out", tried.Whole.Text.Text, "• zwei\n• three")
	f.write(func(tx *store.Tx) error { return tx.LinkMade(tried.Row, nil) })
	f.write(func(tx *store.Tx) error { return tx.Retire(before[0]) })
	equal(t, "is kept", f.joined(101), "• zwei\n• three")
	equal(t, "its link goes", must(f.LinkByClient(bot1, fromYuki(10))), (*dialog.Link)(nil))
	equal(t, "nothing is left to delete", f.try(del, start).Why, store.Nothing)
}

// TestWordsOfJoinedAreForgotten: after two days where the parts stand is all that is
// kept, and after the links nothing.
func TestWordsOfJoinedAreForgotten(t *testing.T) {
	f := open(t)
	f.client()
	f.joinAndTry(f.texts("one", "two")[0], 101)
	prune := func(at time.Time) {
		if err := f.Write(at, func(tx *store.Tx) error {
			_, err := tx.Prune(map[tenants.ConnectionID]time.Duration{bot1: 90 * 24 * time.Hour})
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	prune(start.Add(tenants.JoinedKept - time.Minute))
	equal(t, "kept", f.joined(101), "• one\n• two")
	prune(start.Add(tenants.JoinedKept + time.Minute))
	j := must(f.Joined(inGroup(101)))
	part, _ := j.Answered(&tenants.Quote{Text: tenants.Plain("two"), Position: 8})
	equal(t, "forgotten", []any{j.Known(), part}, []any{false, 1})
	equal(t, "an edit has no room", f.try(f.queue(edit(fromYuki(10), "uno"))[0], start).Why, store.NoRoom)
	prune(start.Add(91 * 24 * time.Hour))
	equal(t, "gone", must(f.Joined(inGroup(101))), (*dialog.Joined)(nil))
}
