package store_test

import (
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

func edit(of tenants.MessageRef, text string) dialog.Job {
	job := incoming(of.ID, "")
	job.Source = of
	job.Effect = &dialog.Edit{Of: of, New: dialog.Send{Way: dialog.Write, Parts: []dialog.Part{part(of, text)}}, Fallback: true}
	return job
}

// photo is one part of an album, which waits two seconds for the next.
func photo(id tenants.MessageID, after time.Duration) dialog.Job {
	job := incoming(id, "")
	job.Class = dialog.ClassAlbum
	job.NotBefore = start.Add(after)
	job.Effect = &dialog.Send{Way: dialog.Copy, Album: "a1", Parts: []dialog.Part{part(fromYuki(id), "")}}
	return job
}

func (f *file) send(id tenants.JobID) *dialog.Send {
	f.t.Helper()
	row := must(f.Job(id))
	if row == nil {
		f.t.Fatalf("job %d is gone", id)
	}
	return row.Job.Effect.(*dialog.Send)
}

func sources(s *dialog.Send) (ids []tenants.MessageID) {
	for _, part := range s.Parts {
		ids = append(ids, part.Source.ID)
	}
	return ids
}

func TestEditReplacesWhatIsNotSent(t *testing.T) {
	f := open(t)
	f.client()
	original := incoming(10, "helo")
	original.Effect.(*dialog.Send).Reply = dialog.Reply{Of: fromYuki(9)}
	first := f.queue(original, incoming(11, "second"))
	equal(t, "number", f.queue(edit(fromYuki(10), "hello"))[0], first[0])
	send := f.send(first[0])
	equal(t, "text", send.Parts[0].Content.Text.Text, "hello")
	equal(t, "way", send.Way, dialog.Write)
	equal(t, "reply", send.Reply.Of, fromYuki(9))
	equal(t, "other", f.send(first[1]).Parts[0].Content.Text.Text, "second")
}

func TestEditOfWhatMayBeThereQueues(t *testing.T) {
	f := open(t)
	f.client()
	id := f.queue(incoming(10, "helo"))[0]
	f.try(id, start)
	f.write(func(tx *store.Tx) error { return tx.Requeue(id, nil, time.Time{}) })
	equal(t, "refused, so not there", f.queue(edit(fromYuki(10), "helo"))[0], id)
	doubted := f.send(id)
	doubted.Doubt = true
	f.write(func(tx *store.Tx) error { return tx.Requeue(id, doubted, time.Time{}) })
	first := f.queue(edit(fromYuki(10), "hello"))[0]
	if first == id {
		t.Fatal("a message that may have arrived was changed")
	}
	equal(t, "old body", f.send(id).Parts[0].Content.Text.Text, "helo")
	// The edit waits: the next one replaces it.
	equal(t, "second edit", f.queue(edit(fromYuki(10), "hello!"))[0], first)
	equal(t, "text", must(f.Job(first)).Job.Effect.(*dialog.Edit).New.Parts[0].Content.Text.Text, "hello!")
	// Of another message: its own job.
	if other := f.queue(edit(fromYuki(12), "x"))[0]; other == first {
		t.Error("edits of two messages became one")
	}
	// Under way: it is not touched.
	f.done(id, 100)
	f.try(first, start)
	if third := f.queue(edit(fromYuki(10), "hello?"))[0]; third == first {
		t.Error("an edit under way was replaced")
	}
}

func TestEditOfOneAlbumPart(t *testing.T) {
	f := open(t)
	f.client()
	id := f.queue(photo(20, 0))[0]
	f.queue(photo(21, 0))
	equal(t, "number", f.queue(edit(fromYuki(21), "caption"))[0], id)
	send := f.send(id)
	equal(t, "parts", sources(send), []tenants.MessageID{20, 21})
	equal(t, "caption", send.Parts[1].Content.Text.Text, "caption")
	equal(t, "way", send.Way, dialog.Write)
}

func TestNoteAboutAMessageIsNotTheMessage(t *testing.T) {
	f := open(t)
	f.client()
	note := incoming(10, "")
	note.Origin = dialog.OfRelay
	note.Effect = &dialog.Send{Way: dialog.Write, Parts: []dialog.Part{{Content: tenants.Content{Kind: tenants.KindText, Text: tenants.Plain("note")}}}, Internal: true}
	id := f.queue(note)[0]
	if f.queue(edit(fromYuki(10), "x"))[0] == id {
		t.Error("an edit changed a note about its message")
	}
	equal(t, "fate", must(f.Fate(lane(dialog.ToTopic), fromYuki(10))), dialog.FateUnknown)
}

func TestAlbumGathers(t *testing.T) {
	f := open(t)
	f.client()
	id := f.queue(photo(22, 2*time.Second))[0]
	equal(t, "another message behind it", f.queue(incoming(30, "after"))[0] != id, true)
	equal(t, "second part", f.queue(photo(21, 3*time.Second))[0], id)
	equal(t, "the same part again", f.queue(photo(21, 3*time.Second))[0], id)
	row := must(f.Job(id))
	equal(t, "order", sources(row.Job.Effect.(*dialog.Send)), []tenants.MessageID{21, 22})
	equal(t, "source", row.Job.Source, fromYuki(21))
	equal(t, "weight", row.Weight, 2)
	equal(t, "not before", row.Job.NotBefore, start.Add(3*time.Second))
	head, _, _ := f.LaneHead(lane(dialog.ToTopic))
	equal(t, "place", head.ID, id)
	for _, part := range []tenants.MessageID{21, 22} {
		equal(t, "fate", must(f.Fate(lane(dialog.ToTopic), fromYuki(part))), dialog.FateWaiting)
	}
	early := f.try(id, start.Add(2*time.Second))
	equal(t, "picked before its last part", []any{early.Ready, early.Why}, []any{false, store.Early})
	if try := f.try(id, start.Add(3*time.Second)); !try.Ready {
		t.Error("not ready in time:", try.Why)
	}
}

func TestAlbumIsFullAtTen(t *testing.T) {
	f := open(t)
	f.client()
	id := f.queue(photo(1, 0))[0]
	for part := tenants.MessageID(2); part <= tenants.MaxAlbum; part++ {
		equal(t, "part", f.queue(photo(part, 0))[0], id)
	}
	late := f.queue(photo(11, 0))[0]
	if late == id {
		t.Fatal("eleven parts in one album")
	}
	equal(t, "replies to the first part", f.send(late).Reply.Of, fromYuki(1))
}

func TestLateAlbumPartReplies(t *testing.T) {
	for name, meanwhile := range map[string]func(*file, tenants.JobID){
		"under way": func(f *file, id tenants.JobID) { f.try(id, start) },
		"put back after a try": func(f *file, id tenants.JobID) {
			f.try(id, start)
			f.write(func(tx *store.Tx) error { return tx.Requeue(id, nil, start) })
		},
		"delivered": func(f *file, id tenants.JobID) { f.done(id, 100, 101) },
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t)
			f.client()
			id := f.queue(photo(20, 0))[0]
			f.queue(photo(21, 0))
			meanwhile(f, id)
			late := f.queue(photo(22, 0))[0]
			if late == id {
				t.Fatal("joined an album that has been tried")
			}
			equal(t, "parts", sources(f.send(late)), []tenants.MessageID{22})
			equal(t, "reply", f.send(late).Reply.Of, fromYuki(20))
		})
	}
}

func TestRenamesMerge(t *testing.T) {
	f := open(t)
	f.client()
	rename := dialog.Job{Lane: lane(dialog.ToTitle), Connection: bot1, Chat: group, Class: dialog.ClassTitle,
		Effect: &dialog.Rename{}, Origin: dialog.OfRelay, NotBefore: start, Decided: start}
	first := f.queue(rename)[0]
	equal(t, "second", f.queue(rename)[0], first)
	f.apply(1, dialog.Decision{Topic: &dialog.TopicChange{Title: new("⬛️ Yuki")}})
	try := f.try(first, start)
	equal(t, "title", []any{try.Ready, try.Title, try.Thread}, []any{true, "⬛️ Yuki", tenants.ThreadID(77)})
	if f.queue(rename)[0] == first {
		t.Error("absorbed by one under way, which has the old title")
	}
}

func TestReactionsMerge(t *testing.T) {
	f := open(t)
	f.client()
	react := func(id tenants.MessageID, emoji string) dialog.Job {
		return dialog.Job{Lane: lane(dialog.ToMark), Connection: bot1, Chat: group, Class: dialog.ClassMark,
			Effect: &dialog.React{Message: inGroup(id), Emoji: emoji}, Origin: dialog.OfRelay, Decided: start}
	}
	first := f.queue(react(5, "⏳"))[0]
	equal(t, "same message", f.queue(react(5, "👌"))[0], first)
	if f.queue(react(6, "👌"))[0] == first {
		t.Error("reactions on two messages became one")
	}
	equal(t, "the last counts", must(f.Job(first)).Job.Effect.(*dialog.React).Emoji, "👌")
}

func TestDeleteCancelsWhatIsNotSent(t *testing.T) {
	f := open(t)
	f.client()
	ids := f.queue(answer(40, "to be taken back"), answer(41, "stays"))
	remove := dialog.Job{Lane: lane(dialog.ToMark), Connection: bot1, Chat: group, Class: dialog.ClassMark,
		Effect: &dialog.Delete{Message: inGroup(40)}, Origin: dialog.OfRelay, Decided: start}
	deletion := f.queue(remove)[0]
	equal(t, "cancelled", must(f.Job(ids[0])), nil)
	if must(f.Job(ids[1])) == nil || must(f.Job(deletion)) == nil {
		t.Error("too much was cancelled")
	}
	f.try(ids[1], start)
	remove.Effect = &dialog.Delete{Message: inGroup(41)}
	f.queue(remove)
	if must(f.Job(ids[1])) == nil {
		t.Error("a job under way was cancelled")
	}
}

func TestDeleteTakesOnePartOutOfAnAlbum(t *testing.T) {
	f := open(t)
	f.client()
	id := f.queue(photo(20, 0))[0]
	f.queue(photo(21, 0))
	f.queue(dialog.Job{Lane: lane(dialog.ToMark), Connection: bot1, Chat: yuki, Class: dialog.ClassMark,
		Effect: &dialog.Delete{Message: fromYuki(20)}, Origin: dialog.OfRelay, Decided: start})
	equal(t, "left", sources(f.send(id)), []tenants.MessageID{21})
	equal(t, "weight", must(f.Job(id)).Weight, 1)
	equal(t, "fate", must(f.Fate(lane(dialog.ToTopic), fromYuki(20))), dialog.FateUnknown)
}

func TestMergingStaysInItsLane(t *testing.T) {
	f := open(t)
	s := f.client()
	s.ID, s.Chat.ID = 2, 502
	f.apply(2, dialog.Decision{State: &s})
	id := f.queue(photo(20, 0))[0]
	other := photo(20, 0)
	other.Lane.Dialog = 2
	if f.apply(2, dialog.Decision{Jobs: []dialog.Job{other}})[0] == id {
		t.Error("albums of two dialogs became one")
	}
	foreign := edit(fromYuki(20), "x")
	foreign.Lane.Dialog = 2
	foreignID := f.apply(2, dialog.Decision{Jobs: []dialog.Job{foreign}})[0]
	if foreignID == id {
		t.Error("an edit changed another dialog's message")
	}
}

func TestEditStaysInItsDirection(t *testing.T) {
	f := open(t)
	f.client()
	id := f.queue(answer(40, "to the client"))[0]
	if f.queue(edit(inGroup(40), "into the topic"))[0] == id {
		t.Error("an edit of the other direction changed an answer")
	}
	equal(t, "body", f.send(id).Parts[0].Content.Text.Text, "to the client")
}

func TestApplyLeavesTheDecisionAlone(t *testing.T) {
	f := open(t)
	f.client()
	f.done(f.queue(photo(20, 0))[0], 100)
	d := dialog.Decision{Jobs: []dialog.Job{photo(21, 0)}}
	f.apply(1, d)
	equal(t, "decided", d.Jobs[0], photo(21, 0))
}

func TestAlbumKeptInsideKeepsItsLaterParts(t *testing.T) {
	f := open(t)
	f.client()
	lane := dialog.Lane{Dialog: 1, Side: dialog.ToClient}
	equal(t, "unseen", must(f.AlbumFate(lane, "a1")), dialog.FateUnknown)
	f.apply(1, dialog.Decision{Inside: []tenants.MessageRef{inGroup(60)}, InsideAlbum: "a1"})
	equal(t, "kept", must(f.AlbumFate(lane, "a1")), dialog.FateInternal)
	f.apply(1, dialog.Decision{Inside: []tenants.MessageRef{inGroup(61)}})
	equal(t, "no album", must(f.AlbumFate(lane, "")), dialog.FateUnknown)

	answered := photo(70, 0)
	answered.Lane.Side, answered.Origin, answered.Source = dialog.ToClient, dialog.OfOperator, inGroup(70)
	answered.Effect = &dialog.Send{Way: dialog.Copy, Album: "a2", Parts: []dialog.Part{part(inGroup(70), "")}}
	id := f.queue(answered)[0]
	f.apply(1, dialog.Decision{Withdraw: []string{"a2"}})
	equal(t, "withdrawn", []any{must(f.Job(id)) == nil, must(f.IsInside(inGroup(70))), must(f.AlbumFate(lane, "a2"))},
		[]any{true, true, dialog.FateInternal})
}

// TestWithheldAlbum: what waits of a client's album is dropped with its author
// line, what was tried stays, and a later part finds that it is withheld. The
// message itself may still be edited into something else.
func TestWithheldAlbum(t *testing.T) {
	f := open(t)
	f.client()
	line := incoming(20, "")
	line.Effect = &dialog.Send{Way: dialog.Write, Parts: []dialog.Part{part(tenants.MessageRef{}, "Yuki")}, Piece: 1}
	other := f.queue(incoming(10, "before"))[0]
	ids := f.queue(line, photo(20, 0))
	f.queue(photo(21, 0))
	f.apply(1, dialog.Decision{Withdraw: []string{"a1"}, Inside: []tenants.MessageRef{fromYuki(22)}, InsideAlbum: "a1"})
	for _, id := range ids {
		if row := must(f.Job(id)); row != nil {
			t.Errorf("job %d is left", id)
		}
	}
	if must(f.Job(other)) == nil {
		t.Error("another message went with it")
	}
	equal(t, "later parts", must(f.AlbumFate(lane(dialog.ToTopic), "a1")), dialog.FateInternal)
	equal(t, "an edit", must(f.Fate(lane(dialog.ToTopic), fromYuki(20))), dialog.FateUnknown)
}

func TestWithheldAlbumThatWentStays(t *testing.T) {
	f := open(t)
	f.client()
	id := f.queue(photo(20, 0))[0]
	f.try(id, start)
	f.apply(1, dialog.Decision{Withdraw: []string{"a1"}})
	if must(f.Job(id)) == nil {
		t.Error("what is under way was dropped")
	}
}
