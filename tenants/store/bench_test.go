package store_test

import (
	"errors"
	"fmt"
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// BenchmarkMessage is a message's way through the file in two commits: its
// decision with the try marked, then the link with the job retired. Compare
// with a plain fdatasync: two of them are the floor.
func BenchmarkMessage(b *testing.B) {
	for name, sync := range map[string]store.Sync{"full": store.SyncFull, "unsynced": store.SyncOff} {
		b.Run(name, func(b *testing.B) {
			f := open(b)
			if err := f.Close(); err != nil {
				b.Fatal(err)
			}
			f.Store = must(store.Open(f.path, store.Options{Sync: sync}))
			state := f.client()
			b.ReportAllocs()
			b.ResetTimer()
			for i := range b.N {
				relay(f, &state, tenants.MessageID(i+1))
			}
		})
	}
}

func relay(f *file, state *dialog.State, id tenants.MessageID) {
	var try *store.Try
	state.SaidAt = start.Add(1000 * 1000 * 1000)
	decision := dialog.Decision{
		State: state, Jobs: []dialog.Job{incoming(id, "a message of some forty characters of text")},
		Events: []dialog.Event{{At: start, Kind: dialog.MessageReceived, Dialog: 1}},
	}
	f.write(func(tx *store.Tx) error {
		return tx.Save(func() error {
			if err := tx.MarkSeen(bot1, tenants.UpdateID(id)); err != nil {
				return err
			}
			numbers, err := tx.Apply(1, &decision, f.key)
			if err != nil {
				return err
			}
			if err := tx.PutBudget(store.BudgetOf{Connection: bot1, Chat: group}, make([]byte, 160)); err != nil {
				return err
			}
			try, err = tx.MarkTrying(numbers[0], 0)
			return err
		})
	})
	f.write(func(tx *store.Tx) error {
		return errors.Join(tx.LinkMade(try.Row, []tenants.MessageID{id + 1_000_000}), tx.Retire(try.Row.ID))
	})
}

// BenchmarkOpen is a cold tenant: open, look, close.
func BenchmarkOpen(b *testing.B) {
	f := open(b)
	f.client()
	for b.Loop() {
		f.close()
		f.Store = must(store.Open(f.path, store.Options{}))
	}
}

// BenchmarkOpenBacklog is what an opening reads of an outbox: 20,000 jobs are as many as
// wait by default (limits.tenant_outbox).
func BenchmarkOpenBacklog(b *testing.B) {
	for _, jobs := range []int{1000, 20_000} {
		b.Run(fmt.Sprint(jobs), func(b *testing.B) {
			f := open(b)
			f.backlog(jobs)
			for b.Loop() {
				if err := f.Close(); err != nil {
					b.Fatal(err)
				}
				f.Store = must(store.Open(f.path, store.Options{}))
				if n := len(must(f.JobsInto(group))); n != jobs {
					b.Fatal(n)
				}
				must(f.Heads())
			}
		})
	}
}

// backlog queues so many jobs in two hundred lanes.
func (f *file) backlog(jobs int) {
	const lanes = 200
	for id := range tenants.DialogID(lanes) {
		f.apply(id+1, dialog.Decision{State: &dialog.State{
			ID: id + 1, Connection: bot1, Chat: tenants.Chat{ID: tenants.ChatID(id) + 1, Kind: tenants.Private},
			Group: group, Status: dialog.UserAnswered, FirstSeen: start,
		}})
	}
	f.write(func(tx *store.Tx) error {
		for i := range jobs {
			id := tenants.DialogID(i%lanes) + 1
			job := incoming(tenants.MessageID(i+1), "a message of some forty characters of text")
			job.Lane.Dialog, job.Source.Chat = id, tenants.ChatID(id)
			if _, err := tx.Apply(id, &dialog.Decision{Jobs: []dialog.Job{job}}, f.key); err != nil {
				return err
			}
		}
		return nil
	})
}
