package store_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// crashAt tells TestMain to be the process that dies, and where.
const crashAt = "TOPICDESK_TEST_CRASH_AT"

// TestMain plays the dying process when a test asks for it.
func TestMain(m *testing.M) {
	if path := os.Getenv(crashAt); path != "" {
		dieWriting(path)
	}
	os.Exit(m.Run())
}

// dieWriting commits a decision, and dies in the middle of the next one.
func dieWriting(path string) {
	f := &file{path: path}
	f.Store = must(store.Open(path, store.Options{}))
	apply := func(d dialog.Decision, then func()) error {
		return f.Write(start, func(tx *store.Tx) error {
			if err := tx.PutConnection(store.Connection{ID: bot1, Kind: store.Bot, User: 901, Created: start}); err != nil {
				return err
			}
			ids, err := tx.Apply(1, &d, f.key)
			if err != nil {
				return err
			}
			_, err = tx.MarkTrying(ids[0], 0)
			then()
			return err
		})
	}
	state := dialog.State{ID: 1, Connection: bot1, Chat: privateChat, Group: group, Status: dialog.UserAnswered}
	first := dialog.Decision{State: &state, Jobs: []dialog.Job{answer(1, "committed")}}
	if err := apply(first, func() {}); err != nil {
		panic(err)
	}
	state.Status = dialog.Closed
	second := answer(2, "never committed")
	second.Lane.Side = dialog.ToMark
	err := apply(dialog.Decision{State: &state, Jobs: []dialog.Job{second}}, func() { os.Exit(3) })
	panic(err)
}

func TestCrashInAWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "acme.db")
	child := exec.Command(must(os.Executable()))
	child.Env = append(os.Environ(), crashAt+"="+path)
	output, err := child.CombinedOutput()
	var died *exec.ExitError
	if !errors.As(err, &died) || died.ExitCode() != 3 {
		t.Fatalf("the process did not die as it should: %v\n%s", err, output)
	}
	f := &file{t: t, path: path}
	f.open()
	defer f.close()
	equal(t, "status", must(f.Dialog(1)).Status, dialog.UserAnswered)
	trying := must(f.Trying())
	if len(trying) != 1 {
		t.Fatalf("%d jobs under way, want the committed one", len(trying))
	}
	equal(t, "source", trying[0].Job.Source, inGroup(1))
	f.write(func(tx *store.Tx) error { return tx.Requeue(trying[0].ID, nil, time.Time{}) })
}
