package store_test

import (
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// TestLines: what waits for its turn is counted, not what is held on purpose, is
// under way or costs nothing.
func TestLines(t *testing.T) {
	f := open(t)
	f.client()
	later := incoming(3, "later")
	later.NotBefore = start.Add(time.Hour)
	half := incoming(4, "half")
	half.Effect.(*dialog.Send).Half = true
	mark := incoming(5, "")
	mark.Lane.Side, mark.Effect = dialog.ToMark, &dialog.React{Message: inGroup(5), Emoji: "👀"}
	ids := f.queue(incoming(1, "one"), incoming(2, "two"), later, half, mark, answer(7, "hi"))
	line := store.Line{Connection: bot1, Group: group, Jobs: 3, Weight: 3, Half: 1, Oldest: start}
	equal(t, "lines", must(f.Lines(start)), []store.Line{line})
	f.try(ids[0], start)
	line.Jobs, line.Weight = 2, 2
	equal(t, "one under way", must(f.Lines(start)), []store.Line{line})
	f.write(func(tx *store.Tx) error { return tx.Requeue(ids[0], nil, start.Add(time.Minute)) })
	line.Jobs, line.Weight = 3, 3
	equal(t, "to be tried again", must(f.Lines(start)), []store.Line{line})
}

// TestToClients: who waits for a client, behind what, and why.
func TestToClients(t *testing.T) {
	f := open(t)
	f.client()
	held := answer(9, "held")
	held.NotBefore = start.Add(time.Hour)
	ids := f.queue(answer(7, "one"), answer(8, "two"), held)
	clients := func() (int, []store.Stop) {
		t.Helper()
		n, stops, err := f.ToClients(group, start)
		if err != nil {
			t.Fatal(err)
		}
		return n, stops
	}
	n, stops := clients()
	equal(t, "at first", []any{n, len(stops)}, []any{2, 0})
	f.try(ids[0], start)
	until := start.Add(40 * time.Second)
	f.write(func(tx *store.Tx) error {
		if err := tx.Requeue(ids[0], nil, until); err != nil {
			return err
		}
		return tx.SetWhy(ids[0], dialog.WhyFlood)
	})
	n, stops = clients()
	equal(t, "in a pause", n, 2)
	equal(t, "its reason", stops, []store.Stop{{Jobs: 3, Until: until, Why: dialog.WhyFlood}})
	equal(t, "of the group", must(f.WhyStopped(group, start)), "")
	if n, _, _ := f.ToClients(group2, start); n != 0 {
		t.Errorf("%d wait in another group", n)
	}
}

// TestWhyStopped: why what goes into the group waits.
func TestWhyStopped(t *testing.T) {
	f := open(t)
	f.client()
	id := f.queue(incoming(1, "one"))[0]
	f.try(id, start)
	f.write(func(tx *store.Tx) error {
		if err := tx.Requeue(id, nil, start.Add(time.Minute)); err != nil {
			return err
		}
		return tx.SetWhy(id, "a right is missing")
	})
	equal(t, "in the pause", must(f.WhyStopped(group, start)), "a right is missing")
	equal(t, "after it", must(f.WhyStopped(group, start.Add(time.Minute))), "")
	equal(t, "elsewhere", must(f.WhyStopped(tenants.ChatID(-5), start)), "")
}

// TestBacklogIsKept: what was told of a backlog outlives the process, and what else
// is written of the group.
func TestBacklogIsKept(t *testing.T) {
	f := open(t)
	kept := store.GroupFacts{Full: 80, Backlog: dialog.Backlog{Told: start, Pause: time.Minute}}
	f.write(func(tx *store.Tx) error { return tx.PutGroupFacts(group, kept) })
	f.apply(0, dialog.Decision{Room: &dialog.RoomChange{Group: group, Thread: 7}})
	f.reopen()
	read := must(f.GroupFacts(group))
	equal(t, "kept", []any{read.Full, read.Room, read.Backlog.Same(kept.Backlog)}, []any{80, tenants.ThreadID(7), true})
}

// TestJobsSetAside: what is set aside can be read again as it was, and is not in
// the outbox.
func TestJobsSetAside(t *testing.T) {
	f := open(t)
	f.client()
	id := f.queue(incoming(1, "poison"))[0]
	row := must(f.Job(id))
	f.write(func(tx *store.Tx) error { return tx.SetJobAside(id, store.PackJob(row.Job)) })
	equal(t, "in the outbox", must(f.Job(id)), nil)
	f.reopen()
	all := must(f.AsideJobs())
	equal(t, "kept", []any{len(all), all[0].Job, all[0].At}, []any{1, id, start})
	equal(t, "read again", must(store.UnpackJob(all[0].Sealed)), row.Job)
	for _, want := range []bool{true, false} {
		f.write(func(tx *store.Tx) error {
			was, err := tx.TakeJobAside(id)
			equal(t, "was kept", was, want)
			return err
		})
	}
	equal(t, "taken", len(must(f.AsideJobs())), 0)
}
