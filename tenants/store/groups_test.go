package store_test

import (
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

const group2 tenants.ChatID = -1001000000000

func bindTo(id tenants.ChatID, title string) dialog.Decision {
	return dialog.Decision{Binding: &dialog.Binding{
		Connection: bot1, Group: tenants.Chat{ID: id, Kind: tenants.Group, Title: title, Forum: true}, Administrator: anna,
	}}
}

// TestFurtherGroup: a dialog that has a topic keeps it, one that has none goes to
// the group that was bound last, with what waits for it.
func TestFurtherGroup(t *testing.T) {
	f := open(t)
	f.apply(0, bindTo(group, "Desk"))
	f.client() // has a topic in the first group
	s := dialog.State{ID: 2, Connection: bot1, Chat: tenants.Chat{ID: 77, Kind: tenants.Private}, Group: group, Status: dialog.UserAnswered}
	job := incoming(1, "one")
	job.Lane.Dialog, job.Source = 2, tenants.MessageRef{Chat: 77, ID: 1}
	waits := f.apply(2, dialog.Decision{State: &s, Jobs: []dialog.Job{job}})[0]

	f.apply(0, bindTo(group2, "Desk 2"))
	equal(t, "with a topic", must(f.Dialog(1)).Group, group)
	equal(t, "without", must(f.Dialog(2)).Group, group2)
	equal(t, "what waits", must(f.Job(waits)).Job.Chat, group2)
	places := must(f.Workplaces())
	equal(t, "groups", []any{len(places), places[0].Title, places[1].Title}, []any{2, "Desk", "Desk 2"})
	equal(t, "for new topics", must(f.Connections())[0].Group.ID, group2)
}

// TestTopicBeingMadeStays: nobody knows whether a topic that was tried is there.
func TestTopicBeingMadeStays(t *testing.T) {
	f := open(t)
	f.apply(0, bindTo(group, "Desk"))
	s := dialog.State{ID: 2, Connection: bot1, Chat: tenants.Chat{ID: 77, Kind: tenants.Private}, Group: group, Status: dialog.UserAnswered}
	open := dialog.Job{Lane: dialog.Lane{Dialog: 2, Side: dialog.ToTitle}, Connection: bot1, Chat: group, Effect: &dialog.Open{}, Origin: dialog.OfRelay, Decided: start}
	f.try(f.apply(2, dialog.Decision{State: &s, Jobs: []dialog.Job{open}})[0], start)
	f.apply(0, bindTo(group2, "Desk 2"))
	equal(t, "its group", must(f.Dialog(2)).Group, group)
}

// TestRegroup: what waits for the topic goes along; titles and signs of the old
// one are not needed any more.
func TestRegroup(t *testing.T) {
	f := open(t)
	f.apply(0, bindTo(group, "Desk"))
	f.client()
	mark := dialog.Job{Lane: lane(dialog.ToMark), Connection: bot1, Chat: group, Class: dialog.ClassMark,
		Effect: &dialog.React{Message: inGroup(90), Emoji: "👀"}, Source: inGroup(90), Origin: dialog.OfRelay, Decided: start}
	rename := dialog.Job{Lane: lane(dialog.ToTitle), Connection: bot1, Chat: group, Class: dialog.ClassTitle,
		Effect: &dialog.Rename{}, Origin: dialog.OfRelay, Decided: start}
	jobs := f.queue(incoming(1, "one"), mark, rename, answer(200, "answer"))
	f.apply(1, dialog.Decision{Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(0))}, Regroup: group2})
	equal(t, "the message", must(f.Job(jobs[0])).Job.Chat, group2)
	equal(t, "sign and title", []bool{must(f.Job(jobs[1])) == nil, must(f.Job(jobs[2])) == nil}, []bool{true, true})
	equal(t, "the answer", must(f.Job(jobs[3])).Job.Chat != group2, true)
	equal(t, "dialog and topic", []tenants.ChatID{must(f.Dialog(1)).Group, must(f.Topic(1)).Group}, []tenants.ChatID{group2, group2})
	equal(t, "what is written in the old one", must(f.DialogOfFormer(group, 77)), tenants.DialogID(1))
}

// openInRoom is a file whose client is in the waiting room of its group.
func openInRoom(t *testing.T) *file {
	t.Helper()
	f := open(t)
	f.apply(0, bindTo(group, "Desk"))
	s := f.client()
	s.Rare.Room = true
	f.apply(1, dialog.Decision{State: &s, Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(0))}})
	return f
}

// TestNothingMovesUnderWay: what may be arriving in the old group gets a number there,
// which in the new one is another message's.
func TestNothingMovesUnderWay(t *testing.T) {
	for name, move := range map[string]dialog.Decision{
		"regrouped": {Regroup: group2},
		"bound":     bindTo(group2, "Desk 2"),
	} {
		f := openInRoom(t)
		f.apply(0, dialog.Decision{Room: &dialog.RoomChange{Group: group, Thread: 50}})
		jobs := f.queue(incoming(1, "one"), incoming(2, "two"))
		f.try(jobs[0], start)
		f.apply(0, dialog.Decision{Room: &dialog.RoomChange{Group: group, Was: 50}})
		of := tenants.DialogID(1)
		if move.Binding != nil {
			of = 0
		}
		f.apply(of, move)
		equal(t, name+": the dialog", must(f.Dialog(1)).Group, group)
		equal(t, name+": what waits", must(f.Job(jobs[1])).Job.Chat, group)
		f.write(func(tx *store.Tx) error { return tx.LinkMade(must(tx.Job(jobs[0])), []tenants.MessageID{90}) })
		f.write(func(tx *store.Tx) error { return tx.Retire(jobs[0]) })
		equal(t, name+": the link", must(f.LinkByTopic(inGroup(90))) != nil, true)
		f.apply(of, move)
		equal(t, name+": later", []tenants.ChatID{must(f.Dialog(1)).Group, must(f.Job(jobs[1])).Job.Chat}, []tenants.ChatID{group2, group2})
	}
}

// TestWhoIsInARoomStays: a dialog that has a place in the old group keeps it there.
func TestWhoIsInARoomStays(t *testing.T) {
	f := openInRoom(t)
	f.apply(0, dialog.Decision{Room: &dialog.RoomChange{Group: group, Thread: 50}})
	f.apply(0, bindTo(group2, "Desk 2"))
	equal(t, "its group", must(f.Dialog(1)).Group, group)
}

// TestNoRoomToWaitFor: who waits for a room that can't be made waits in another group
// for one; who has a place stays.
func TestNoRoomToWaitFor(t *testing.T) {
	f := openInRoom(t)
	waits := f.queue(incoming(1, "one"))[0]
	other := dialog.State{ID: 2, Connection: bot1, Chat: tenants.Chat{ID: 77, Kind: tenants.Private}, Group: group, Status: dialog.UserAnswered}
	f.apply(2, dialog.Decision{State: &other, Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(9))}})
	f.apply(0, dialog.Decision{Room: &dialog.RoomChange{Group: group, Elsewhere: group2, Connection: bot1}})
	equal(t, "who waits", []tenants.ChatID{must(f.Dialog(1)).Group, must(f.Job(waits)).Job.Chat}, []tenants.ChatID{group2, group2})
	equal(t, "who has a topic", must(f.Dialog(2)).Group, group)
}

// TestStand: what was tried in vain goes at once when the connection can work
// again; what was never tried keeps its time.
func TestStand(t *testing.T) {
	f := open(t)
	f.apply(0, bindTo(group, "Desk"))
	f.client()
	tried := f.queue(incoming(1, "one"))[0]
	f.try(tried, start)
	later := start.Add(10 * time.Minute)
	f.write(func(tx *store.Tx) error { return tx.Requeue(tried, nil, later) })
	album := f.queue(photo(20, time.Hour))[0]
	f.apply(0, dialog.Decision{Stand: &dialog.Stand{Connection: bot1, Group: group, Lack: dialog.LacksPlace}})
	equal(t, "out", must(f.Workplaces())[0].Lack, dialog.LacksPlace)
	equal(t, "waits", must(f.Job(tried)).Job.NotBefore, later)
	f.apply(0, dialog.Decision{Stand: &dialog.Stand{Connection: bot1, Group: group, Resume: true}})
	equal(t, "back", must(f.Workplaces())[0].Lack, dialog.LacksNothing)
	equal(t, "goes", must(f.Job(tried)).Job.NotBefore.IsZero(), true)
	equal(t, "an album", must(f.Job(album)).Job.NotBefore.After(start), true)
}

func TestGroupFacts(t *testing.T) {
	f := open(t)
	equal(t, "nothing yet", must(f.GroupFacts(group)), store.GroupFacts{})
	want := store.GroupFacts{Full: 80, Room: 5, Crowded: start}
	f.write(func(tx *store.Tx) error { return tx.PutGroupFacts(group, want) })
	equal(t, "kept", must(f.GroupFacts(group)), want)
}

// TestRoom: a room that is missed takes no other one with it; what waits for a
// dialog without a topic goes there, and to the topic once there is one.
func TestRoom(t *testing.T) {
	f := openInRoom(t)
	first, second := f.queue(incoming(1, "one"))[0], f.queue(incoming(2, "two"))[0]
	equal(t, "no room yet", f.try(first, start).Why, store.NeedsRoom)
	f.apply(0, dialog.Decision{Room: &dialog.RoomChange{Group: group, Thread: 50}})
	try := f.try(first, start)
	equal(t, "the room", []any{try.Ready, try.Thread, must(f.Job(first)).Job.Effect.(*dialog.Send).Room}, []any{true, tenants.ThreadID(50), tenants.ThreadID(50)})
	f.apply(0, dialog.Decision{Room: &dialog.RoomChange{Group: group, Was: 40}})
	equal(t, "another was missed", must(f.GroupFacts(group)).Room, tenants.ThreadID(50))
	f.apply(0, dialog.Decision{Room: &dialog.RoomChange{Group: group, Was: 50}})
	equal(t, "it was missed", must(f.GroupFacts(group)).Room, tenants.ThreadID(0))
	f.write(func(tx *store.Tx) error { return tx.Retire(first) })
	f.apply(1, dialog.Decision{Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(90)), Asked: true}})
	try = f.try(second, start)
	equal(t, "its own topic", []any{try.Thread, must(f.Job(second)).Job.Effect.(*dialog.Send).Room}, []any{tenants.ThreadID(90), tenants.ThreadID(0)})
	equal(t, "counted", must(f.AskedSince(start.Add(-time.Second))), 1)
}
