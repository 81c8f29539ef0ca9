package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// The world of these tests: two bots in one group, Yuki writes to the first.
const (
	bot1, bot2 tenants.ConnectionID = 1, 2
	group      tenants.ChatID       = -1001000000001
	yuki       tenants.ChatID       = 501
	anna       tenants.UserID       = 701
)

var start = time.UnixMilli(1_800_000_000_123).UTC()

var privateChat = tenants.Chat{ID: yuki, Kind: tenants.Private}

// file is an open store under test. Closing it checks it.
type file struct {
	*store.Store
	t    fataler
	path string
	keys tenants.SendKey
}

// fataler is what a test, a benchmark and a property have in common.
type fataler interface {
	Helper()
	Error(args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

func open(t testing.TB) *file {
	t.Helper()
	f := &file{t: t, path: filepath.Join(t.TempDir(), "acme.db")}
	f.open()
	t.Cleanup(f.close) // a second time does nothing
	f.write(func(tx *store.Tx) error {
		return errors.Join(
			tx.PutConnection(store.Connection{ID: bot1, Kind: store.Bot, User: 901, Username: "one_bot", Active: true, Created: start}),
			tx.PutConnection(store.Connection{ID: bot2, Kind: store.Account, User: 902, Active: true, Created: start}))
	})
	return f
}

func (f *file) open() {
	f.t.Helper()
	s, err := store.Open(f.path, store.Options{})
	if err != nil {
		f.t.Fatal(err)
	}
	f.Store = s
}

func (f *file) close() {
	f.t.Helper()
	if f.Store == nil {
		return
	}
	if err := f.Check(); err != nil {
		f.t.Error("check:", err)
	}
	if err := f.Close(); err != nil {
		f.t.Error(err)
	}
	f.Store = nil
}

func (f *file) reopen() {
	f.t.Helper()
	f.close()
	f.open()
}

func (f *file) write(do func(*store.Tx) error) {
	f.t.Helper()
	if err := f.Write(start, do); err != nil {
		f.t.Fatal(err)
	}
}

func (f *file) key() tenants.SendKey {
	f.keys++
	return f.keys
}

// apply commits a decision and returns its jobs' numbers.
func (f *file) apply(of tenants.DialogID, d dialog.Decision) (numbers []tenants.JobID) {
	f.t.Helper()
	f.write(func(tx *store.Tx) (err error) {
		numbers, err = tx.Apply(of, &d, f.key)
		return err
	})
	return numbers
}

// queue commits jobs of a dialog.
func (f *file) queue(jobs ...dialog.Job) []tenants.JobID {
	f.t.Helper()
	return f.apply(jobs[0].Lane.Dialog, dialog.Decision{Jobs: jobs})
}

// try marks a job at a time.
func (f *file) try(id tenants.JobID, at time.Time) (try *store.Try) {
	f.t.Helper()
	err := f.Write(at, func(tx *store.Tx) (err error) {
		try, err = tx.MarkTrying(id, 0)
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return try
}

// done is a whole try: marked, made, retired.
func (f *file) done(id tenants.JobID, made ...tenants.MessageID) *store.Try {
	f.t.Helper()
	try := f.try(id, start)
	if !try.Ready {
		f.t.Fatalf("job %d not ready: %d", id, try.Why)
	}
	f.write(func(tx *store.Tx) error {
		return errors.Join(tx.LinkMade(try.Row, made), tx.Retire(id))
	})
	return try
}

// must takes a value that was read without an error.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func equal[T any](t fataler, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

// client is a private dialog with a topic in thread 77.
func (f *file) client() dialog.State {
	f.t.Helper()
	s := dialog.State{
		ID: 1, Connection: bot1, Chat: tenants.Chat{ID: yuki, Kind: tenants.Private}, Group: group,
		Client: tenants.Person{ID: tenants.UserID(yuki), First: "Yuki"}, Status: dialog.UserAnswered,
		FirstSeen: start, Title: "🟪 Yuki",
	}
	f.apply(1, dialog.Decision{State: &s, Topic: &dialog.TopicChange{Title: new("🟪 Yuki"), Thread: new(tenants.ThreadID(77)), Set: new("🟪 Yuki")}})
	return s
}

func lane(side dialog.Side) dialog.Lane { return dialog.Lane{Dialog: 1, Side: side} }

func fromYuki(id tenants.MessageID) tenants.MessageRef { return tenants.MessageRef{Chat: yuki, ID: id} }
func inGroup(id tenants.MessageID) tenants.MessageRef  { return tenants.MessageRef{Chat: group, ID: id} }

func part(ref tenants.MessageRef, text string) dialog.Part {
	return dialog.Part{Source: ref, Content: tenants.Content{Kind: tenants.KindText, Text: tenants.Plain(text)}}
}

// incoming is a client's message on its way into the topic.
func incoming(id tenants.MessageID, text string) dialog.Job {
	return dialog.Job{
		Lane: lane(dialog.ToTopic), Connection: bot1, Chat: group, Class: dialog.ClassClient, Origin: dialog.OfClient,
		Source: fromYuki(id), Decided: start,
		Effect: &dialog.Send{Way: dialog.Copy, Parts: []dialog.Part{part(fromYuki(id), text)}},
	}
}

// answer is an operator's message on its way to the client.
func answer(id tenants.MessageID, text string) dialog.Job {
	job := incoming(id, text)
	job.Lane, job.Chat, job.Class, job.Origin = lane(dialog.ToClient), yuki, dialog.ClassAnswer, dialog.OfOperator
	job.Source = inGroup(id)
	job.Effect = &dialog.Send{Way: dialog.Copy, Parts: []dialog.Part{part(inGroup(id), text)}}
	return job
}

func TestWriteIsAllOrNothing(t *testing.T) {
	f := open(t)
	f.client()
	refused := errors.New("refused")
	err := f.Write(start, func(tx *store.Tx) error {
		if err := tx.MarkSeen(bot1, 1); err != nil {
			return err
		}
		if seen := must(tx.Seen(bot1, 1)); !seen {
			t.Error("a Write does not see its own change")
		}
		return refused
	})
	if !errors.Is(err, refused) {
		t.Fatal(err)
	}
	if must(f.Seen(bot1, 1)) {
		t.Error("a failed Write left something")
	}
}

func TestWritePanicking(t *testing.T) {
	f := open(t)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		f.write(func(tx *store.Tx) error {
			if err := tx.MarkSeen(bot1, 1); err != nil {
				return err
			}
			panic("an actor's bug")
		})
	}()
	f.write(func(tx *store.Tx) error { return tx.MarkSeen(bot1, 2) })
	equal(t, "seen", []bool{must(f.Seen(bot1, 1)), must(f.Seen(bot1, 2))}, []bool{false, true})
}

func TestSaveIsUndoneAlone(t *testing.T) {
	f := open(t)
	refused := errors.New("refused")
	f.write(func(tx *store.Tx) error {
		for update := tenants.UpdateID(1); update <= 3; update++ {
			err := tx.Save(func() error {
				if err := tx.MarkSeen(bot1, update); err != nil {
					return err
				}
				if update == 2 {
					return refused
				}
				return nil
			})
			if (update == 2) != errors.Is(err, refused) {
				t.Error("update", update, err)
			}
		}
		return nil
	})
	for update, want := range map[tenants.UpdateID]bool{1: true, 2: false, 3: true} {
		if must(f.Seen(bot1, update)) != want {
			t.Errorf("update %d seen: %v", update, !want)
		}
	}
}

func TestWriteAfterALostSavepointIsUndone(t *testing.T) {
	f := open(t)
	err := f.Write(start, func(tx *store.Tx) error {
		failed := tx.Save(func() error {
			return errors.Join(tx.MarkSeen(bot1, 1), f.Script("RELEASE decision"), errors.New("refused"))
		})
		if failed == nil {
			t.Error("Save hid a failure")
		}
		return nil // as a caller who goes on with the next decision
	})
	if err == nil || must(f.Seen(bot1, 1)) {
		t.Error("half of a decision was committed:", err)
	}
}

func TestSaveUndoesWhatTheSchemaRefuses(t *testing.T) {
	f := open(t)
	s := f.client()
	f.write(func(tx *store.Tx) error {
		bad := s
		bad.Status = "on_holiday"
		err := tx.Save(func() error {
			_, err := tx.Apply(1, &dialog.Decision{State: &bad, Jobs: []dialog.Job{incoming(1, "hi")}}, f.key)
			return err
		})
		if err == nil {
			t.Error("a status that nobody knows was taken")
		}
		return tx.MarkSeen(bot1, 1)
	})
	if !must(f.Seen(bot1, 1)) {
		t.Error("the rest of the Write is gone")
	}
	equal(t, "state", *must(f.Dialog(1)), s)
	equal(t, "heads", len(must(f.Heads())), 0)
}

func TestOnlyOneProcessButHere(t *testing.T) {
	f := open(t)
	if second, err := store.Open(f.path, store.Options{}); err == nil {
		second.Close()
		t.Fatal("a second store opened the same file")
	}
}

func TestSync(t *testing.T) {
	for sync, want := range map[store.Sync]int64{store.SyncFull: 2, store.SyncNormal: 1, store.SyncOff: 0} {
		s := must(store.Open(filepath.Join(t.TempDir(), "a.db"), store.Options{Sync: sync}))
		equal(t, "synchronous", must(s.Pragma("synchronous")), want)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestPragmas(t *testing.T) {
	f := open(t)
	for name, want := range map[string]int64{
		"foreign_keys": 1, "wal_autocheckpoint": 200, "auto_vacuum": 2, "trusted_schema": 0, "cache_size": -256, "temp_store": 2,
	} {
		equal(t, name, must(f.Pragma(name)), want)
	}
	if _, err := os.Stat(f.path + "-wal"); err != nil {
		t.Error("no WAL:", err)
	}
	for _, file := range []string{"new", "old"} { // an old one can be read before anything is written
		if _, err := os.Stat(f.path + "-shm"); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("there is shared memory of a %s file: locking_mode was set too late: %v", file, err)
		}
		f.reopen()
	}
}
