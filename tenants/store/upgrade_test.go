package store_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"topicdesk/schema"
	"topicdesk/schema/fixture"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

var writeFixture = flag.Bool("write-fixture", false,
	"write testdata/v<N>.db.gz for the newest schema, which must not have one yet")

// fill puts something into every table.
func fill(f *file) {
	f.client()
	f.apply(0, dialog.Decision{
		Binding:  &dialog.Binding{Connection: bot1, Group: tenants.Chat{ID: group, Kind: tenants.Group, Title: "Desk", Forum: true}},
		Operator: tenants.Person{ID: anna, First: "Anna"},
	})
	f.done(f.queue(incoming(1, "one"))[0], 101)
	f.apply(1, dialog.Decision{
		Inside: []tenants.MessageRef{inGroup(150)},
		Events: []dialog.Event{{At: start, Kind: dialog.DialogCreated, Dialog: 1}},
	})
	f.queue(photo(20, 0))
	f.queue(photo(21, 0))
	f.try(f.queue(answer(200, "answer"))[0], start)
	aside := f.queue(incoming(30, "poison"))[0]
	f.write(func(tx *store.Tx) error {
		return errors.Join(
			tx.SetMeta("key", []byte("secret")), tx.SetReceiveState(bot1, []byte("5")),
			tx.SetParam(tenants.Value{Name: "WELCOME", Value: "Hello"}), tx.SetAside(bot1, 7, []byte("sealed")),
			tx.SetJobAside(aside, []byte("sealed too")),
			tx.PutBudget(store.BudgetOf{Connection: bot1, Chat: group}, []byte("spent")))
	})
}

// readBack compares a file with what fill put into it.
func readBack(t *testing.T, f *file) {
	t.Helper()
	state := must(f.Dialog(1))
	equal(t, "dialog", []any{state.Status, state.Client.First, state.FirstSeen}, []any{dialog.UserAnswered, "Yuki", start})
	equal(t, "topic", must(f.DialogOfThread(group, 77)), tenants.DialogID(1))
	connections := must(f.Connections())
	equal(t, "connections", []any{len(connections), connections[0].Group.Title, connections[0].Kind}, []any{2, "Desk", store.Bot})
	equal(t, "receive state", string(must(f.ReceiveState(bot1))), "5")
	equal(t, "link", must(f.LinkByClient(bot1, fromYuki(1))).Topic, inGroup(101))
	equal(t, "inside, seen, operator", []bool{must(f.IsInside(inGroup(150))), must(f.Seen(bot1, 7)), must(f.IsOperator(anna))}, []bool{true, true, true})
	equal(t, "meta", string(must(f.Meta("key"))), "secret")
	equal(t, "params", must(f.Params()), []tenants.Value{{Name: "WELCOME", Value: "Hello"}})
	equal(t, "aside", string(must(f.AsideList())[0].Sealed), "sealed")
	equal(t, "budget", string(must(f.Budget(store.BudgetOf{Connection: bot1, Chat: group}))), "spent")
	equal(t, "events", must(f.Count("events")), 1)
	trying := must(f.Trying())
	equal(t, "under way", []any{len(trying), trying[0].Job.Source, trying[0].Attempt}, []any{1, inGroup(200), 1})
	waiting := must(f.Waiting(lane(dialog.ToTopic), 10))
	equal(t, "waiting", []int{len(waiting), waiting[0].Weight}, []int{1, 2})
	equal(t, "album", sources(f.send(waiting[0].ID)), []tenants.MessageID{20, 21})
}

// TestOpensFilesOfEverySchema opens what each version has written.
func TestOpensFilesOfEverySchema(t *testing.T) {
	if *writeFixture {
		writeNewest(t)
	}
	for version := 1; version <= schema.Version(schema.Tenant); version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			f := &file{t: t, path: filepath.Join(t.TempDir(), "old.db")}
			if err := fixture.Unpack(version, f.path); err != nil {
				t.Fatal(err)
			}
			f.open()
			defer f.close()
			readBack(t, f)
			equal(t, "version", must(f.Pragma("user_version")), int64(schema.Version(schema.Tenant)))
			f.write(func(tx *store.Tx) error { return tx.MarkSeen(bot1, 8) })
		})
	}
}

func TestFillIsReadBack(t *testing.T) {
	f := open(t)
	fill(f)
	f.reopen()
	readBack(t, f)
}

func writeNewest(t *testing.T) {
	t.Helper()
	f := open(t)
	fill(f)
	f.close()
	if err := fixture.Pack(schema.Version(schema.Tenant), f.path); err != nil {
		t.Fatal(err)
	}
}

// TestWaitsOfEarlierVersions: since when clients wait is found out for waits that began
// before it was written down.
func TestWaitsOfEarlierVersions(t *testing.T) {
	f := open(t)
	f.client()
	const minute = 60_000
	began := start.UnixMilli()
	for i, kind := range []string{
		"dialog_created", "message_received", "message_sent", "message_received", "label_set", "message_received",
	} {
		if err := f.Script(fmt.Sprintf("INSERT INTO events (at, kind, dialog, person, subject) VALUES (%d, '%s', 1, 0, 0)",
			began+int64(i)*minute, kind)); err != nil {
			t.Fatal(err)
		}
	}
	migration := must(os.ReadFile("../../schema/tenant/0015_waits.sql"))
	if err := f.Script("UPDATE dialogs SET rare = '{}';" + string(migration)); err != nil {
		t.Fatal(err)
	}
	equal(t, "waits", must(f.Dialog(1)).Rare.Waits, start.Add(3*time.Minute))
	if err := f.Script("UPDATE dialogs SET rare = '{}', status = 'support_answered';" + string(migration)); err != nil {
		t.Fatal(err)
	}
	equal(t, "of one that does not wait", must(f.Dialog(1)).Rare.Waits, time.Time{})
}
