package dialog

import (
	"testing"

	"pgregory.net/rapid"

	"topicdesk/tenants"
)

// TestThreadOf: what is remembered of a message's thread is right, or forgotten,
// in whatever order messages were noted.
func TestThreadOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var f Forum
		in := map[tenants.MessageID]tenants.ThreadID{}
		top := tenants.MessageID(0)
		for range rapid.IntRange(1, 300).Draw(t, "messages") {
			id := top + tenants.MessageID(rapid.IntRange(1, 3).Draw(t, "gap"))
			if back := tenants.MessageID(rapid.IntRange(0, 12).Draw(t, "late")); back > 9 && id > 6 {
				id -= 6 // one of ours, told late
			}
			if _, known := in[id]; known {
				continue
			}
			top = max(top, id)
			in[id] = tenants.ThreadID(rapid.IntRange(0, 3).Draw(t, "thread"))
			f = f.noting(id, in[id])
		}
		forgotten := 0
		for id, thread := range in {
			switch got, ok := f.threadOf(id); {
			case !ok:
				forgotten++
			case got != thread:
				t.Fatalf("message %d is in thread %d, not %d", id, thread, got)
			}
		}
		if len(f.Runs) > MaxRuns {
			t.Fatalf("%d runs", len(f.Runs))
		}
		if len(in) < MaxRuns/2 && forgotten > 0 {
			t.Fatalf("%d of %d messages are forgotten", forgotten, len(in))
		}
		if _, ok := f.threadOf(top + 1); ok {
			t.Fatal("a thread of a message to come")
		}
	})
}

// TestThreadsAreBounded: the threads written in last are kept.
func TestThreadsAreBounded(t *testing.T) {
	var f Forum
	for id := range tenants.ThreadID(MaxThreads + 10) {
		f = f.with(Thread{ID: id, Waits: true})
	}
	_, first := f.thread(9)
	last, ok := f.thread(MaxThreads + 9)
	if len(f.Threads) != MaxThreads || first || !ok || !last.Waits {
		t.Errorf("%d threads: %+v", len(f.Threads), f.Threads)
	}
}
