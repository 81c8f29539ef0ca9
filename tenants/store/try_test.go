package store_test

import (
	"errors"
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

func (f *file) refuse(id tenants.JobID, want error) {
	f.t.Helper()
	err := f.Write(start, func(tx *store.Tx) error {
		_, err := tx.MarkTrying(id, 0)
		return err
	})
	if !errors.Is(err, want) {
		f.t.Fatalf("job %d: %v, want %v", id, err, want)
	}
}

func TestOneJobOfALaneAtATime(t *testing.T) {
	f := open(t)
	f.client()
	ids := f.queue(incoming(1, "one"), incoming(2, "two"), answer(3, "three"))
	f.refuse(ids[1], store.ErrNotNext)
	first := f.try(ids[0], start)
	equal(t, "marked", []any{first.Ready, first.Row.Trying, first.Row.Attempt, first.Row.TriedAt}, []any{true, true, 1, start})
	f.refuse(ids[0], store.ErrNotNext)
	f.refuse(ids[1], store.ErrNotNext)
	if !f.try(ids[2], start).Ready {
		t.Error("the other direction waits for this one")
	}
	f.write(func(tx *store.Tx) error { return tx.Retire(ids[0]) })
	f.refuse(ids[0], store.ErrRetired)
	if !f.try(ids[1], start).Ready {
		t.Error("the next one does not go")
	}
}

func TestTryingSurvives(t *testing.T) {
	f := open(t)
	f.client()
	ids := f.queue(incoming(1, "one"), incoming(2, "two"))
	before := f.try(ids[0], start.Add(time.Second))
	f.reopen()
	trying := must(f.Trying())
	if len(trying) != 1 {
		t.Fatal("trying:", trying)
	}
	equal(t, "row", trying[0], before.Row)
	f.write(func(tx *store.Tx) error { return tx.Requeue(ids[0], nil, start.Add(time.Minute)) })
	early := f.try(ids[0], start)
	equal(t, "before its time", early.Why, store.Early)
	f.refuse(ids[1], store.ErrNotNext)
	again := f.try(ids[0], start.Add(time.Minute))
	equal(t, "attempt and key", []any{again.Row.Attempt, again.Row.Key}, []any{2, before.Row.Key})
}

func TestRequeueWithAnotherEffect(t *testing.T) {
	f := open(t)
	f.client()
	id := f.queue(photo(1, 0))[0]
	f.queue(photo(2, 0))
	f.try(id, start)
	f.write(func(tx *store.Tx) error {
		return tx.Requeue(id, &dialog.Send{Way: dialog.Write, Parts: []dialog.Part{part(fromYuki(1), "kept")}}, time.Time{})
	})
	row := must(f.Job(id))
	equal(t, "row", []any{row.Trying, row.Attempt, row.Weight, row.Job.NotBefore}, []any{false, 1, 1, time.Time{}})
	equal(t, "effect", f.send(id).Way, dialog.Write)
}

func TestInsertBefore(t *testing.T) {
	f := open(t)
	f.client()
	ids := f.queue(incoming(1, "one"), incoming(2, "two"), incoming(3, "three"))
	f.try(ids[0], start)
	openTopic := incoming(0, "")
	openTopic.Effect, openTopic.Source, openTopic.Lane = &dialog.Open{}, tenants.MessageRef{}, dialog.Lane{}
	reopen := openTopic
	reopen.Effect = &dialog.SetOpen{Open: true}
	var before, middle []tenants.JobID
	f.write(func(tx *store.Tx) (err error) {
		if before, err = tx.InsertBefore(ids[0], []dialog.Job{openTopic, reopen}, f.key); err != nil {
			return err
		}
		if middle, err = tx.InsertBefore(ids[2], []dialog.Job{incoming(9, "between")}, f.key); err != nil {
			return err
		}
		return tx.Requeue(ids[0], nil, time.Time{})
	})
	after := f.queue(incoming(4, "four"))[0]
	var order []tenants.JobID
	for _, item := range must(f.Waiting(lane(dialog.ToTopic), 10)) {
		order = append(order, item.ID)
	}
	equal(t, "order", order, []tenants.JobID{before[0], before[1], ids[0], ids[1], middle[0], ids[2], after})
	equal(t, "limit", len(must(f.Waiting(lane(dialog.ToTopic), 2))), 2)
}

func TestTopicIsNeeded(t *testing.T) {
	f := open(t)
	s := f.client()
	f.apply(1, dialog.Decision{Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(0))}})
	id := f.queue(incoming(1, "one"))[0]
	equal(t, "why", f.try(id, start).Why, store.NeedsTopic)
	equal(t, "attempt", must(f.Job(id)).Attempt, 0)
	opening := incoming(0, "")
	opening.Effect, opening.Source = &dialog.Open{}, tenants.MessageRef{}
	var before []tenants.JobID
	f.write(func(tx *store.Tx) (err error) {
		before, err = tx.InsertBefore(id, []dialog.Job{opening}, f.key)
		return err
	})
	try := f.try(before[0], start)
	equal(t, "open", []any{try.Ready, try.Title}, []any{true, s.Title})
	f.write(func(tx *store.Tx) error {
		_, err := tx.Apply(1, &dialog.Decision{Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(78))}}, f.key)
		return errors.Join(err, tx.Retire(before[0]))
	})
	equal(t, "thread", f.try(id, start).Thread, tenants.ThreadID(78))
	equal(t, "made", must(f.Topic(1)).Made, 2)
}

func TestTopicOfAnotherGroupIsNone(t *testing.T) {
	f := open(t)
	s := f.client()
	s.Group = -1009
	job := incoming(1, "one")
	job.Chat = s.Group
	id := f.apply(1, dialog.Decision{State: &s, Jobs: []dialog.Job{job}})[0]
	equal(t, "why", f.try(id, start).Why, store.NeedsTopic)
}

func TestRenamesKeepTheirDistance(t *testing.T) {
	f := open(t)
	f.client()
	rename := dialog.Job{Lane: lane(dialog.ToTitle), Connection: bot1, Chat: group, Class: dialog.ClassTitle,
		Effect: &dialog.Rename{}, Origin: dialog.OfRelay, Decided: start}
	f.apply(1, dialog.Decision{Topic: &dialog.TopicChange{Title: new("🟨 Yuki")}})
	first := f.queue(rename)[0]
	if !f.try(first, start).Ready {
		t.Error("the first rename waits, though the topic was made with its title")
	}
	f.apply(1, dialog.Decision{Topic: &dialog.TopicChange{Set: new("🟨 Yuki"), Title: new("⬛️ Yuki")}})
	f.write(func(tx *store.Tx) error { return tx.Retire(first) })
	second := f.queue(rename)[0]
	free := start.Add(tenants.RenamePause)
	equal(t, "waits from the start", must(f.Job(second)).Job.NotBefore, free)
	early := f.try(second, free.Add(-time.Millisecond))
	equal(t, "too soon", []any{early.Ready, early.Why, must(f.Job(second)).Job.NotBefore}, []any{false, store.Early, free})
	equal(t, "in time", f.try(second, free).Title, "⬛️ Yuki")
}

func TestMoot(t *testing.T) {
	f := open(t)
	f.client()
	title := func(effect dialog.Effect) dialog.Job {
		return dialog.Job{Lane: lane(dialog.ToTitle), Connection: bot1, Chat: group, Class: dialog.ClassTitle,
			Effect: effect, Origin: dialog.OfRelay, Decided: start}
	}
	moot := func(what string, job dialog.Job, want store.Obstacle) {
		t.Helper()
		id := f.queue(job)[0]
		equal(t, what, f.try(id, start).Why, want)
		f.write(func(tx *store.Tx) error { return tx.Retire(id) })
	}
	opening := incoming(0, "")
	opening.Effect, opening.Source = &dialog.Open{}, tenants.MessageRef{}
	moot("open what is there", opening, store.Moot)
	moot("rename to the same", title(&dialog.Rename{}), store.Moot)
	moot("close what is there", title(&dialog.SetOpen{}), store.Clear)
	f.apply(1, dialog.Decision{Topic: &dialog.TopicChange{Title: new("🟨 Yuki")}})
	moot("rename", title(&dialog.Rename{}), store.Clear)
	f.apply(1, dialog.Decision{Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(0))}})
	moot("rename what is gone", title(&dialog.Rename{}), store.Moot)
	moot("close what is gone", title(&dialog.SetOpen{}), store.Moot)
	moot("edit what was never sent", edit(fromYuki(9), "x"), store.TwinGone)
	moot("open", opening, store.Clear)
}

func TestTwinsAreFoundAtTheTry(t *testing.T) {
	f := open(t)
	f.client()
	reply := func(job dialog.Job, to dialog.Reply) dialog.Job {
		job.Effect.(*dialog.Send).Reply = to
		return job
	}
	// All decided before anything is sent: 1, an answer to it, a client's
	// answer to that (named as the group has it), and one to their own message.
	ids := f.queue(
		incoming(1, "question"),
		reply(answer(201, "answer"), dialog.Reply{Of: fromYuki(1)}),
		reply(incoming(3, "thanks"), dialog.Reply{Of: inGroup(201)}),
		reply(incoming(4, "and"), dialog.Reply{Of: fromYuki(1)}),
		reply(incoming(5, "x"), dialog.Reply{Of: fromYuki(999)}),
		reply(incoming(6, "y"), dialog.Reply{Direct: inGroup(300)}),
		reply(incoming(7, "z"), dialog.Reply{Direct: fromYuki(1)}),
		edit(fromYuki(3), "thanks a lot"),
	)
	f.done(ids[0], 101)
	f.apply(1, dialog.Decision{})
	equal(t, "answer", f.done(ids[1], 2).ReplyTo, tenants.MessageID(1))
	equal(t, "answer to ours", f.done(ids[2], 103).ReplyTo, tenants.MessageID(201))
	equal(t, "answer to own", f.done(ids[3], 104).ReplyTo, tenants.MessageID(101))
	equal(t, "unknown", f.done(ids[4], 105).ReplyTo, tenants.MessageID(0))
	equal(t, "direct", f.done(ids[5], 106).ReplyTo, tenants.MessageID(300))
	equal(t, "direct, of another chat", f.done(ids[6], 107).ReplyTo, tenants.MessageID(0))
	equal(t, "edit was merged", ids[7], ids[2])
	late := f.queue(edit(fromYuki(3), "thanks!"))[0]
	equal(t, "twin", f.done(late).TwinOf, tenants.MessageID(103))
}

// TestReplyToAnotherDialogGoesWithout: of whichever side the other dialog's
// message is named, it is nobody's twin here.
func TestReplyToAnotherDialogGoesWithout(t *testing.T) {
	for _, of := range []tenants.MessageRef{fromYuki(1), {Chat: group, ID: 101}} {
		f := open(t)
		s := f.client()
		f.done(f.queue(incoming(1, "one"))[0], 101)
		s.ID, s.Chat.ID = 2, 502
		f.apply(2, dialog.Decision{State: &s, Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(88))}})
		job := incoming(1, "x")
		job.Lane.Dialog = 2
		job.Source.Chat = 502
		job.Effect = &dialog.Send{Way: dialog.Copy, Parts: []dialog.Part{part(job.Source, "x")}, Reply: dialog.Reply{Of: of}}
		try := f.try(f.apply(2, dialog.Decision{Jobs: []dialog.Job{job}})[0], start)
		equal(t, "reply", []any{try.ReplyTo, try.Thread}, []any{tenants.MessageID(0), tenants.ThreadID(88)})
	}
}

func TestHeadsAndOutbox(t *testing.T) {
	f := open(t)
	f.client()
	general := incoming(0, "")
	general.Lane, general.Source = dialog.Lane{Group: group, Side: dialog.ToTopic}, tenants.MessageRef{}
	general.Origin, general.Class = dialog.OfRelay, dialog.ClassNote
	ids := f.queue(incoming(1, "one"), incoming(2, "two"), answer(3, "three"))
	note := f.apply(0, dialog.Decision{Jobs: []dialog.Job{general}})[0]
	try := f.try(ids[0], start)
	heads := map[tenants.JobID]int{}
	for _, head := range must(f.Heads()) {
		heads[head.ID] = head.Count
		if head.ID == ids[0] {
			equal(t, "head", head.Item, store.Item{ID: ids[0], Lane: lane(dialog.ToTopic), Connection: bot1, Chat: group,
				Class: dialog.ClassClient, Weight: 1, Trying: true, Attempt: 1, Decided: start, Helped: true})
		}
	}
	equal(t, "heads", heads, map[tenants.JobID]int{ids[0]: 2, ids[2]: 1, note: 1})
	equal(t, "length", must(f.LaneLength(lane(dialog.ToTopic))), 2)
	equal(t, "outbox", must(f.Outbox()), []store.Backlog{
		{Connection: bot1, Chat: group, Jobs: 3, Weight: 3, Trying: 1, Oldest: start},
		{Connection: bot1, Chat: yuki, Jobs: 1, Weight: 1, Oldest: start},
	})
	if !f.try(note, start).Ready {
		t.Error("General needs a topic")
	}
	equal(t, "the one under way", must(f.Job(ids[0])), try.Row)
}
