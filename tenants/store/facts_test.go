package store_test

import (
	"errors"
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

func TestDialogRoundTrip(t *testing.T) {
	f := open(t)
	at := func(n int) time.Time { return start.Add(time.Duration(n) * time.Second) }
	s := dialog.State{
		ID: 7, Connection: bot2,
		Chat:   tenants.Chat{ID: -1002, Kind: tenants.Group, Title: "Trip", Username: "trip", Forum: true},
		Client: tenants.Person{ID: 5, First: "Yuki", Last: "O", Username: "yu", Language: "ja", Bot: true, Premium: true},
		Group:  group, Status: dialog.SupportAnswered, FirstSeen: at(1), Opened: 3, Greeted: at(2), Started: at(3),
		TeamBegan: true, Unreachable: true, Delivered: at(4), Wake: at(5), Pending: 2, SaidBy: "yuki", SaidAt: at(6),
		Shown: "Blue Whale", Custom: "VIP", Title: "🟨 VIP",
		People: []tenants.Person{{ID: 5, First: "Yuki"}, {ID: 6, First: "Ivan"}}, Titles: []string{"Old trip"},
	}
	f.apply(7, dialog.Decision{State: &s})
	equal(t, "read", must(f.Dialog(7)), &s)
	s.Status, s.People, s.Titles, s.Pending = dialog.Closed, s.People[:1], nil, 0
	f.apply(7, dialog.Decision{State: &s})
	f.reopen()
	equal(t, "changed", must(f.Dialog(7)), &s)
	equal(t, "unknown", must(f.Dialog(8)), nil)
	equal(t, "next", must(f.NextDialogID()), tenants.DialogID(8))
	bare := dialog.State{ID: 9, Connection: bot1, Chat: tenants.Chat{ID: 3, Kind: tenants.Private}}
	f.apply(9, dialog.Decision{State: &bare})
	equal(t, "bare", must(f.Dialog(9)), &bare)
	f.write(func(tx *store.Tx) error {
		_, err := tx.Forget(must(f.Whom("dialog:9"))[0], false)
		return err
	})
	equal(t, "number of a forgotten one", must(f.NextDialogID()), tenants.DialogID(10))
}

func TestDialogOf(t *testing.T) {
	f := open(t)
	put := func(id tenants.DialogID, by tenants.ConnectionID, chat tenants.ChatID, kind tenants.ChatKind) error {
		s := dialog.State{ID: id, Connection: by, Chat: tenants.Chat{ID: chat, Kind: kind}}
		return f.Write(start, func(tx *store.Tx) error {
			_, err := tx.Apply(id, &dialog.Decision{State: &s}, f.key)
			return err
		})
	}
	for _, err := range []error{put(1, bot1, yuki, tenants.Private), put(2, bot2, yuki, tenants.Private), put(3, bot1, -1002, tenants.Group)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if put(4, bot2, -1002, tenants.Channel) == nil {
		t.Error("two dialogs of one group")
	}
	if put(4, bot1, yuki, tenants.Private) == nil {
		t.Error("two dialogs of one private chat and login")
	}
	private, shared := tenants.Chat{ID: yuki, Kind: tenants.Private}, tenants.Chat{ID: -1002, Kind: tenants.Group}
	equal(t, "found", []tenants.DialogID{
		must(f.DialogOf(bot1, private)), must(f.DialogOf(bot2, private)), must(f.DialogOf(bot2, shared)),
		must(f.DialogOf(bot1, tenants.Chat{ID: 9, Kind: tenants.Private})),
	}, []tenants.DialogID{1, 2, 3, 0})
}

func TestTopics(t *testing.T) {
	f := open(t)
	s := f.client()
	topic := dialog.Topic{Dialog: 1, Group: group, Thread: 77, Title: "🟪 Yuki", Set: "🟪 Yuki", Made: 1}
	equal(t, "made", must(f.Topic(1)), &topic)
	equal(t, "found", must(f.DialogOfThread(group, 77)), tenants.DialogID(1))
	f.apply(1, dialog.Decision{Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(77)), Closed: new(true)}})
	topic.Closed = true
	equal(t, "the same thread again is none more", must(f.Topic(1)), &topic)
	s.Group = -1009
	f.apply(1, dialog.Decision{State: &s, Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(0)), Closed: new(false)}})
	equal(t, "gone", must(f.DialogOfThread(group, 77)), tenants.DialogID(0))
	equal(t, "its former one", must(f.DialogOfFormer(group, 77)), tenants.DialogID(1))
	equal(t, "General is nobody's", must(f.DialogOfThread(group, 0)), tenants.DialogID(0))
	f.apply(1, dialog.Decision{Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(5))}})
	topic.Group, topic.Thread, topic.Closed, topic.Made = -1009, 5, false, 2
	equal(t, "made anew in the dialog's new group", must(f.Topic(1)), &topic)
	equal(t, "unknown", must(f.Topic(2)), nil)
	s.ID, s.Chat.ID = 2, 502
	err := f.Write(start, func(tx *store.Tx) error {
		_, err := tx.Apply(2, &dialog.Decision{State: &s, Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(5))}}, f.key)
		return err
	})
	if err == nil {
		t.Error("two dialogs in one topic")
	}
}

func TestWakes(t *testing.T) {
	f := open(t)
	equal(t, "none", must(f.NextWake()), time.Time{})
	for id := tenants.DialogID(1); id <= 4; id++ {
		s := dialog.State{ID: id, Connection: bot1, Chat: tenants.Chat{ID: tenants.ChatID(id), Kind: tenants.Private}}
		if id < 4 {
			s.Wake = start.Add(-time.Duration(id) * time.Hour)
		}
		f.apply(id, dialog.Decision{State: &s})
	}
	equal(t, "next", must(f.NextWake()), start.Add(-3*time.Hour))
	equal(t, "due", must(f.DueWakes(start.Add(-2*time.Hour), 10)), []tenants.DialogID{3, 2})
	equal(t, "limit", must(f.DueWakes(start, 1)), []tenants.DialogID{3})
}

func TestConnections(t *testing.T) {
	f := open(t)
	equal(t, "receive state", must(f.ReceiveState(bot1)), nil)
	f.write(func(tx *store.Tx) error { return tx.SetReceiveState(bot1, []byte("offset 5")) })
	forum := tenants.Chat{ID: group, Kind: tenants.Group, Title: "Desk", Username: "desk", Forum: true}
	f.apply(0, dialog.Decision{Binding: &dialog.Binding{Connection: bot1, Group: forum}})
	one := store.Connection{ID: bot1, Kind: store.Bot, User: 901, Username: "one_bot", Group: forum, Active: true, Created: start}
	two := store.Connection{ID: bot2, Kind: store.Account, User: 902, Active: true, Created: start}
	equal(t, "bound", must(f.Connections()), []store.Connection{one, two})
	one.Administrator, one.Active, one.Created = anna, false, start.Add(time.Second)
	f.write(func(tx *store.Tx) error { return tx.PutConnection(one) })
	equal(t, "the oldest first", must(f.Connections()), []store.Connection{two, one})
	equal(t, "receive state", string(must(f.ReceiveState(bot1))), "offset 5")
}

func TestBindingSendsWhatWaitedForAGroup(t *testing.T) {
	f := open(t)
	s := f.client()
	other := dialog.State{ID: 2, Connection: bot2, Chat: s.Chat, Status: dialog.UserAnswered}
	early := dialog.State{ID: 3, Connection: bot1, Chat: tenants.Chat{ID: 503, Kind: tenants.Private}, Status: dialog.UserAnswered}
	queue := func(s dialog.State) tenants.JobID {
		job := incoming(tenants.MessageID(s.ID), "early")
		job.Lane.Dialog, job.Connection, job.Chat = s.ID, s.Connection, 0
		d := dialog.Decision{State: &s, Topic: &dialog.TopicChange{Title: new("x")}, Jobs: []dialog.Job{job}}
		return f.apply(s.ID, d)[0]
	}
	waiting, foreign := queue(early), queue(other)
	f.apply(0, dialog.Decision{Binding: &dialog.Binding{Connection: bot1, Administrator: anna, Group: tenants.Chat{ID: -1009, Kind: tenants.Group}}})
	equal(t, "administrator", must(f.Connections())[0].Administrator, anna)
	equal(t, "what waited", []tenants.ChatID{must(f.Job(waiting)).Job.Chat, must(f.Dialog(3)).Group, must(f.Topic(3)).Group},
		[]tenants.ChatID{-1009, -1009, -1009})
	equal(t, "another login's", []tenants.ChatID{must(f.Job(foreign)).Job.Chat, must(f.Dialog(2)).Group, must(f.Topic(2)).Group},
		[]tenants.ChatID{0, 0, 0})
	equal(t, "one that had a group", []tenants.ChatID{must(f.Dialog(1)).Group, must(f.Topic(1)).Group}, []tenants.ChatID{group, group})
}

func TestLinks(t *testing.T) {
	f := open(t)
	f.client()
	link := dialog.Link{Dialog: 1, Client: fromYuki(1), Topic: inGroup(101), Album: "a", At: start}
	ours := dialog.Link{Dialog: 1, Client: fromYuki(2), Topic: inGroup(102), Ours: true, At: start}
	more := ours
	more.Client, more.Part = fromYuki(3), 1
	f.apply(1, dialog.Decision{Links: []dialog.Link{more, link, ours}})
	equal(t, "by topic", must(f.LinkByTopic(inGroup(101))), &link)
	equal(t, "main first", must(f.LinkByTopic(inGroup(102))), &ours)
	equal(t, "a piece", must(f.LinkByClient(bot1, fromYuki(3))), &more)
	equal(t, "another login's numbers", must(f.LinkByClient(bot2, fromYuki(1))), nil)
	equal(t, "unknown", must(f.LinkByTopic(inGroup(1))), nil)
	equal(t, "fates", []dialog.Fate{
		must(f.Fate(lane(dialog.ToTopic), fromYuki(1))), must(f.Fate(lane(dialog.ToClient), inGroup(102))),
		must(f.Fate(lane(dialog.ToClient), inGroup(101))), must(f.Fate(lane(dialog.ToTopic), fromYuki(2))),
	}, []dialog.Fate{dialog.FateSent, dialog.FateSent, dialog.FateUnknown, dialog.FateUnknown})
}

func TestSupergroupNumbersAreEverybodys(t *testing.T) {
	f := open(t)
	s := dialog.State{ID: 1, Connection: bot1, Chat: tenants.Chat{ID: -1009, Kind: tenants.Group}, Group: group}
	supergroup := tenants.MessageRef{Chat: -1000000000009, ID: 4}
	basic := tenants.MessageRef{Chat: -1009, ID: 4}
	f.apply(1, dialog.Decision{State: &s, Links: []dialog.Link{
		{Dialog: 1, Client: supergroup, Topic: inGroup(1)}, {Dialog: 1, Client: basic, Topic: inGroup(2)}}})
	if must(f.LinkByClient(bot2, supergroup)) == nil || must(f.LinkByClient(bot2, basic)) != nil {
		t.Error("who may read whose numbers")
	}
}

func TestLinkMade(t *testing.T) {
	f := open(t)
	f.client()
	// An author line of its own, then the album it belongs to.
	line := photo(20, 0)
	line.Effect = &dialog.Send{Way: dialog.Write, Parts: []dialog.Part{part(tenants.MessageRef{}, "Yuki")}}
	f.done(f.queue(line)[0], 100)
	album := f.queue(photo(20, 0))[0]
	f.queue(photo(21, 0))
	f.queue(photo(22, 0))
	f.done(album, 101, 0, 103)
	equal(t, "line", must(f.LinkByTopic(inGroup(100))), &dialog.Link{Dialog: 1, Client: fromYuki(20), Topic: inGroup(100), Part: 1, At: start})
	equal(t, "first", must(f.LinkByClient(bot1, fromYuki(20))), &dialog.Link{Dialog: 1, Client: fromYuki(20), Topic: inGroup(101), Album: "a1", At: start})
	equal(t, "skipped", must(f.LinkByClient(bot1, fromYuki(21))), nil)
	equal(t, "third", must(f.LinkByClient(bot1, fromYuki(22))).Topic, inGroup(103))
	// A text that went in three pieces, and a fourth as a job of its own.
	f.done(f.queue(answer(200, "long"))[0], 5, 6, 7)
	rest := answer(200, "")
	rest.Effect = &dialog.Send{Way: dialog.Write, Parts: []dialog.Part{part(tenants.MessageRef{}, "rest")}}
	f.done(f.queue(rest)[0], 8)
	for i, id := range []tenants.MessageID{5, 6, 7, 8} {
		equal(t, "piece", must(f.LinkByClient(bot1, fromYuki(id))), &dialog.Link{Dialog: 1, Client: fromYuki(id), Topic: inGroup(200), Ours: true, Part: i, At: start})
	}
	// A note of ours is internal, a welcome leaves nothing.
	note := incoming(0, "")
	note.Source, note.Origin = tenants.MessageRef{}, dialog.OfRelay
	note.Effect = &dialog.Send{Way: dialog.Write, Parts: []dialog.Part{part(tenants.MessageRef{}, "note")}, Internal: true}
	f.done(f.queue(note)[0], 110)
	equal(t, "note", must(f.IsInside(inGroup(110))), true)
	welcome := note
	welcome.Lane, welcome.Chat = lane(dialog.ToClient), yuki
	welcome.Effect = &dialog.Send{Way: dialog.Write, Parts: []dialog.Part{part(tenants.MessageRef{}, "hello")}}
	f.done(f.queue(welcome)[0], 9)
	equal(t, "welcome", must(f.LinkByClient(bot1, fromYuki(9))), nil)
}

func TestInside(t *testing.T) {
	f := open(t)
	f.client()
	f.apply(1, dialog.Decision{Inside: []tenants.MessageRef{inGroup(50), inGroup(50)}})
	equal(t, "inside", []bool{must(f.IsInside(inGroup(50))), must(f.IsInside(inGroup(51)))}, []bool{true, false})
	equal(t, "fate", must(f.Fate(lane(dialog.ToClient), inGroup(50))), dialog.FateInternal)
}

func TestParams(t *testing.T) {
	f := open(t)
	all := []tenants.Value{
		{Name: "AUTOCLOSE", Value: "12"},
		{Level: tenants.Level{Connection: bot1, Kind: tenants.Group}, Name: "AUTOCLOSE", Value: "48"},
		{Level: tenants.Level{Connection: bot1, Dialog: 5}, Name: "WELCOME", Value: "OFF"},
	}
	f.write(func(tx *store.Tx) error {
		return errors.Join(tx.SetParam(tenants.Value{Name: "AUTOCLOSE", Value: "6"}),
			tx.SetParam(all[0]), tx.SetParam(all[1]), tx.SetParam(all[2]))
	})
	got := map[tenants.Value]bool{}
	for _, v := range must(f.Params()) {
		got[v] = true
	}
	equal(t, "params", got, map[tenants.Value]bool{all[0]: true, all[1]: true, all[2]: true})
	f.write(func(tx *store.Tx) error {
		return errors.Join(tx.ClearParam(all[0].Level, "AUTOCLOSE"), tx.ClearParam(all[1].Level, "AUTOCLOSE"))
	})
	equal(t, "left", must(f.Params()), all[2:])
}

func TestOperators(t *testing.T) {
	f := open(t)
	person := tenants.Person{ID: anna, First: "Anna"}
	f.apply(0, dialog.Decision{Operator: tenants.Person{ID: anna, First: "Ann"}})
	f.apply(0, dialog.Decision{Operator: person})
	equal(t, "operators", must(f.Operators()), []tenants.Person{person})
	equal(t, "is one", []bool{must(f.IsOperator(anna)), must(f.IsOperator(5))}, []bool{true, false})
	f.apply(0, dialog.Decision{Joined: []tenants.Person{{ID: 5, First: "Eve"}, {ID: 6, First: "Tom"}}, Left: []tenants.UserID{anna}})
	equal(t, "came and went", []bool{must(f.IsOperator(anna)), must(f.IsOperator(5)), must(f.IsOperator(6))}, []bool{false, true, true})
}

func TestBudgetsMetaAndAside(t *testing.T) {
	f := open(t)
	of := store.BudgetOf{Connection: bot1, Chat: group}
	login := store.BudgetOf{Connection: bot1}
	f.write(func(tx *store.Tx) error {
		return errors.Join(tx.PutBudget(of, []byte("a")), tx.PutBudget(of, []byte("b")), tx.PutBudget(login, []byte("c")),
			tx.SetMeta("key", []byte{0, 1}), tx.SetAside(bot1, 9, []byte("sealed")))
	})
	f.reopen()
	equal(t, "budget", string(must(f.Budget(of))), "b")
	equal(t, "budgets", must(f.Budgets()), map[store.BudgetOf][]byte{of: []byte("b"), login: []byte("c")})
	equal(t, "meta", must(f.Meta("key")), []byte{0, 1})
	equal(t, "unknown", must(f.Meta("other")), nil)
	equal(t, "aside", must(f.AsideList()), []store.Aside{{Connection: bot1, Update: 9, Sealed: []byte("sealed"), At: start}})
	equal(t, "seen", must(f.Seen(bot1, 9)), true)
	f.write(func(tx *store.Tx) error { return errors.Join(tx.TakeAside(bot1, 9), tx.PutBudget(of, nil)) })
	equal(t, "to be tried again", must(f.Seen(bot1, 9)), false)
	equal(t, "left", []int{len(must(f.AsideList())), len(must(f.Budget(of)))}, []int{0, 0})
}

func TestSeenIsByConnection(t *testing.T) {
	f := open(t)
	f.write(func(tx *store.Tx) error { return errors.Join(tx.MarkSeen(bot1, 5), tx.MarkSeen(bot1, 5)) })
	equal(t, "seen", []bool{must(f.Seen(bot1, 5)), must(f.Seen(bot2, 5)), must(f.Seen(bot1, 4))}, []bool{true, false, false})
}

func TestMoved(t *testing.T) {
	f := open(t)
	const old, moved tenants.ChatID = -55, -1000000000055
	s := dialog.State{ID: 1, Connection: bot1, Chat: tenants.Chat{ID: old, Kind: tenants.Group}, Group: group, Status: dialog.UserAnswered}
	source := tenants.MessageRef{Chat: group, ID: 9}
	job := answer(9, "x")
	job.Chat = old
	id := f.apply(1, dialog.Decision{State: &s, Jobs: []dialog.Job{job},
		Links: []dialog.Link{{Dialog: 1, Client: tenants.MessageRef{Chat: old, ID: 3}, Topic: inGroup(8), At: start}}})[0]
	f.write(func(tx *store.Tx) error {
		return tx.PutBudget(store.BudgetOf{Connection: bot1, Chat: old}, []byte("spent"))
	})
	f.apply(1, dialog.Decision{Moved: []dialog.Move{{From: old, To: moved}}})
	equal(t, "dialog", must(f.Dialog(1)).Chat.ID, moved)
	row := must(f.Job(id))
	equal(t, "job", []any{row.Job.Chat, row.Job.Source}, []any{moved, source})
	equal(t, "budget", string(must(f.Budget(store.BudgetOf{Connection: bot1, Chat: moved}))), "spent")
	// The new chat numbers anew: message 3 there is another one.
	equal(t, "link", must(f.LinkByClient(bot1, tenants.MessageRef{Chat: moved, ID: 3})), nil)
	equal(t, "found", must(f.DialogOf(bot1, tenants.Chat{ID: moved, Kind: tenants.Group})), tenants.DialogID(1))
	// What was said before comes late, and the pseudonym stays.
	equal(t, "found by its old id", must(f.DialogOf(bot2, tenants.Chat{ID: old, Kind: tenants.Group})), tenants.DialogID(1))
	equal(t, "born", must(f.Dialog(1)).Rare.Born, old)
}

// Parameters that list a group by its old id list it by the new one too.
func TestMovedLists(t *testing.T) {
	f := open(t)
	f.write(func(tx *store.Tx) error {
		return tx.SetParam(tenants.Value{Level: tenants.Level{Connection: bot1}, Name: "IGNORE_CHATS", Value: "777000, -55"})
	})
	f.apply(0, dialog.Decision{Moved: []dialog.Move{{From: -55, To: -1000000000055}}})
	equal(t, "list", must(f.Params())[0].Value, "777000, -55, -1000000000055")
}

// Of one dialog the latest MaxHeld messages wait for a choice.
func TestHeldIsBounded(t *testing.T) {
	f := open(t)
	s := f.client()
	f.apply(1, dialog.Decision{State: &s})
	for i := range tenants.MessageID(tenants.MaxHeld + 5) {
		f.apply(1, dialog.Decision{Hold: []dialog.Held{{Message: tenants.Message{Chat: s.Chat, ID: i + 1}}}})
	}
	held := must(f.HeldOf(1, s.Chat.ID, 0))
	equal(t, "held", []any{len(held), held[0].Message.ID}, []any{tenants.MaxHeld, tenants.MessageID(6)})
}

func TestMovedBackendGroup(t *testing.T) {
	f := open(t)
	f.client()
	f.apply(0, dialog.Decision{Binding: &dialog.Binding{Connection: bot1, Group: tenants.Chat{ID: group, Kind: tenants.Group}}})
	note := incoming(0, "")
	note.Lane, note.Source, note.Origin = dialog.Lane{Group: group, Side: dialog.ToTopic}, tenants.MessageRef{}, dialog.OfRelay
	ids := []tenants.JobID{f.queue(incoming(1, "one"))[0], f.queue(note)[0]}
	f.apply(0, dialog.Decision{Moved: []dialog.Move{{From: group, To: -1009}}})
	equal(t, "everywhere", []tenants.ChatID{
		must(f.Connections())[0].Group.ID, must(f.Dialog(1)).Group, must(f.Topic(1)).Group,
		must(f.Job(ids[0])).Job.Chat, must(f.Job(ids[1])).Job.Chat, must(f.Job(ids[1])).Job.Lane.Group,
	}, []tenants.ChatID{-1009, -1009, -1009, -1009, -1009, -1009})
}

func TestPrune(t *testing.T) {
	f := open(t)
	f.client()
	const retention = 90 * 24 * time.Hour
	put := func(at time.Time, n int64) {
		err := f.Write(at, func(tx *store.Tx) error {
			_, err := tx.Apply(1, &dialog.Decision{
				Inside: []tenants.MessageRef{inGroup(tenants.MessageID(1000 + n))},
				Links:  []dialog.Link{{Dialog: 1, Client: fromYuki(tenants.MessageID(n)), Topic: inGroup(tenants.MessageID(n)), At: at}},
				Events: []dialog.Event{{At: at, Kind: dialog.MessageReceived, Dialog: 1}},
				Acts:   []dialog.Act{{At: at, Name: "ban", Dialog: 1}},
			}, f.key)
			return errors.Join(err, tx.SetAside(bot1, tenants.UpdateID(n), []byte("x")))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	put(start, 1)
	left := func() []any {
		return []any{must(f.Seen(bot1, 1)), len(must(f.AsideList())), must(f.LinkByTopic(inGroup(1))) != nil, must(f.IsInside(inGroup(1001))), must(f.Count("events")), len(must(f.Acts(9)))}
	}
	for _, step := range []struct {
		at   time.Duration
		want []any
	}{
		{tenants.SeenKept, []any{true, 1, true, true, int64(1), 1}},
		{tenants.SeenKept + time.Second, []any{false, 1, true, true, int64(1), 1}},
		{tenants.AsideKept + time.Second, []any{false, 0, true, true, int64(1), 1}},
		{retention + time.Second, []any{false, 0, false, false, int64(1), 1}},
		{store.EventsKept + time.Second, []any{false, 0, false, false, int64(0), 0}},
	} {
		if err := f.Write(start.Add(step.at), func(tx *store.Tx) error {
			_, err := tx.Prune(map[tenants.ConnectionID]time.Duration{bot1: retention})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		equal(t, step.at.String(), left(), step.want)
	}
}

// TestPruneByConnection: each connection has its retention; what belongs to several
// of a group lives as long as the longest.
func TestPruneByConnection(t *testing.T) {
	f := open(t)
	f.client()
	f.apply(1, dialog.Decision{
		Inside: []tenants.MessageRef{inGroup(1001)},
		Links:  []dialog.Link{{Dialog: 1, Client: fromYuki(1), Topic: inGroup(1), At: start}},
	})
	const other tenants.ChatID = 7
	f.apply(2, dialog.Decision{
		State: &dialog.State{
			ID: 2, Connection: bot1 + 1, Chat: tenants.Chat{ID: other, Kind: tenants.Private}, Group: group,
			Client: tenants.Person{ID: tenants.UserID(other), First: "Xaver"}, Status: dialog.UserAnswered, FirstSeen: start,
		},
		Links: []dialog.Link{{Dialog: 2, Client: tenants.MessageRef{Chat: other, ID: 1}, Topic: inGroup(2), At: start}},
	})
	const day = 24 * time.Hour
	for _, step := range []struct {
		at   time.Duration
		want []any // the link, that of the other connection, the mark
	}{
		{10 * day, []any{true, true, true}},
		{10*day + time.Second, []any{false, true, true}},
		{20*day + time.Second, []any{false, false, false}},
	} {
		err := f.Write(start.Add(step.at), func(tx *store.Tx) error {
			_, err := tx.Prune(map[tenants.ConnectionID]time.Duration{bot1: 10 * day, bot1 + 1: 20 * day})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		equal(t, step.at.String(), []any{
			must(f.LinkByTopic(inGroup(1))) != nil, must(f.LinkByTopic(inGroup(2))) != nil, must(f.IsInside(inGroup(1001))),
		}, step.want)
	}
}

// TestPruneInSteps: a long history goes in steps, and what is to be deleted next is known
// without looking for it.
func TestPruneInSteps(t *testing.T) {
	f := open(t)
	f.client()
	const day = 24 * time.Hour
	retention := map[tenants.ConnectionID]time.Duration{bot1: day}
	next := func() time.Time { return must(f.NextPrune(day, time.Time{})) }
	equal(t, "of nothing", next(), time.Time{})
	var links []dialog.Link
	const extra = 10
	for n := range tenants.MessageID(2*store.PruneStep + extra) {
		links = append(links, dialog.Link{Dialog: 1, Client: fromYuki(n + 1), Topic: inGroup(n + 1), At: start.Add(time.Duration(n) * time.Millisecond)})
	}
	f.apply(1, dialog.Decision{Links: links})
	if at := next(); !at.Before(start) {
		t.Errorf("nobody knows yet, but next is %s", at)
	}
	last := links[len(links)-1].At.Add(day)
	for at, steps := last.Add(-time.Millisecond), 0; ; steps++ {
		var more bool
		err := f.Write(at, func(tx *store.Tx) (err error) { more, err = tx.Prune(retention); return err })
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			equal(t, "steps before the last", steps, 1) // of this connection, and of all
			break
		}
	}
	equal(t, "left", must(f.Count("links")), int64(2))
	equal(t, "next", next(), links[len(links)-2].At.Add(day))
	f.apply(1, dialog.Decision{Hold: []dialog.Held{{Message: tenants.Message{Chat: tenants.Chat{ID: group}, ID: 9}}}})
	f.write(func(tx *store.Tx) error { return tx.SetAside(bot1, 7, []byte("x")) })
	if at := next(); at.After(start.Add(2 * day)) {
		t.Errorf("next %s, but somebody's words are held", at)
	}
}
