package actors_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"topicdesk/actors"
)

func engine(t *testing.T) *actors.Engine {
	t.Helper()
	e, err := actors.NewEngine()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// said is a message of one of many senders.
type said struct{ sender, n int }

func neverCrashes(t *testing.T) func(actors.Crash) {
	return func(c actors.Crash) { t.Errorf("crashed: %v\n%s", c.Reason, c.Stack) }
}

// TestOrderAndBatches: many senders at once; what each says arrives in order
// and once, one batch at a time, and what piles up comes in one batch.
func TestOrderAndBatches(t *testing.T) {
	const senders, each = 8, 2000
	synctest.Test(t, func(t *testing.T) {
		last, largest, count := map[int]int{}, 0, 0
		var inside atomic.Int32
		ref := actors.Spawn(engine(t), "counter", func(batch []said) {
			if inside.Add(1) != 1 {
				t.Error("two batches at a time")
			}
			defer inside.Add(-1)
			if count == 0 {
				time.Sleep(time.Second) // what is said meanwhile waits
			}
			largest = max(largest, len(batch))
			for _, m := range batch {
				if m.n != last[m.sender]+1 {
					t.Errorf("sender %d: %d after %d", m.sender, m.n, last[m.sender])
				}
				last[m.sender] = m.n
				count++
			}
		}, neverCrashes(t))
		var wait sync.WaitGroup
		for s := range senders {
			wait.Go(func() {
				for n := range each {
					ref.Tell(said{s, n + 1})
				}
			})
		}
		wait.Wait()
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if count != senders*each {
			t.Errorf("%d messages arrived, not %d", count, senders*each)
		}
		if largest < each/2 {
			t.Errorf("the largest batch had %d messages although all waited", largest)
		}
		ref.Close()
	})
}

// TestCrash: a panic is told once with the message under way, the rest of the
// batch and all that comes later is dropped, and nobody else notices.
func TestCrash(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := engine(t)
		var handled []int
		var crashes []actors.Crash
		ref := actors.Spawn(e, "fragile", actors.Each(func(n int) {
			if n == 3 {
				panic("three")
			}
			handled = append(handled, n)
		}), func(c actors.Crash) { crashes = append(crashes, c) })
		other := 0
		neighbour := actors.Spawn(e, "fragile", func(batch []int) { other += len(batch) }, neverCrashes(t))
		for n := range 10 {
			ref.Tell(n)
			neighbour.Tell(n)
		}
		synctest.Wait()
		ref.Tell(11)
		synctest.Wait()
		if fmt.Sprint(handled) != "[0 1 2]" {
			t.Errorf("handled %v", handled)
		}
		if len(crashes) != 1 {
			t.Fatalf("told of %d crashes", len(crashes))
		}
		c := crashes[0]
		if c.Reason != "three" || c.Message != 3 || c.ID != "fragile" || !strings.Contains(string(c.Stack), "TestCrash") {
			t.Errorf("the crash says %v of %v in %q with stack\n%s", c.Reason, c.Message, c.ID, c.Stack)
		}
		if other != 10 {
			t.Errorf("the neighbour of the same name got %d messages", other)
		}
		neighbour.Close()
	})
}

// TestCrashAway: a panic in what runs away from all actors is told once, and the process
// lives.
func TestCrashAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := engine(t)
		var crashes []actors.Crash
		done := false
		e.Go(func() { panic("three") }, func(c actors.Crash) { crashes = append(crashes, c) })
		e.Go(func() { done = true }, neverCrashes(t))
		synctest.Wait()
		if len(crashes) != 1 || crashes[0].Reason != "three" || !strings.Contains(string(crashes[0].Stack), "TestCrashAway") {
			t.Errorf("told of %v", crashes)
		}
		if !done {
			t.Error("its neighbour did not run")
		}
	})
}

// TestCrashOfABatch: an actor of whole batches has no message to blame.
func TestCrashOfABatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var crash actors.Crash
		ref := actors.Spawn(engine(t), "batches", func([]int) { panic("all") }, func(c actors.Crash) { crash = c })
		ref.Tell(1)
		synctest.Wait()
		if crash.Reason != "all" || crash.Message != nil || len(crash.Stack) == 0 {
			t.Errorf("the crash says %v of %v", crash.Reason, crash.Message)
		}
	})
}

// TestClosed: a closed mailbox drops what it is told, also what waits; a later
// actor of the same name gets nothing of it; closing twice does nothing.
func TestClosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := engine(t)
		spawn := func(got *[]int) actors.Ref[int] {
			return actors.Spawn(e, "same", actors.Each(func(n int) {
				time.Sleep(time.Second)
				*got = append(*got, n)
			}), neverCrashes(t))
		}
		var one, two []int
		first := spawn(&one)
		first.Tell(1)
		synctest.Wait() // it handles the first
		first.Tell(2)
		first.Close()
		first.Close()
		second := spawn(&two)
		first.Tell(3)
		second.Tell(4)
		time.Sleep(5 * time.Second)
		synctest.Wait()
		if fmt.Sprint(one, two) != "[1] [4]" {
			t.Errorf("handled %v and %v: want what was under way, and what the second was told", one, two)
		}
		second.Close()
	})
}

// TestClosesItself: an actor may close its own mailbox while it handles a batch.
func TestClosesItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var ref actors.Ref[int]
		handled := 0
		ref = actors.Spawn(engine(t), "suicidal", func(batch []int) {
			handled += len(batch)
			ref.Close()
			ref.Tell(1)
		}, neverCrashes(t))
		ref.Tell(1)
		synctest.Wait()
		ref.Tell(1)
		synctest.Wait()
		if handled != 1 {
			t.Errorf("handled %d messages", handled)
		}
	})
}

// TestIdleCostsNoGoroutine: ten thousand actors with nothing to do.
func TestIdleCostsNoGoroutine(t *testing.T) {
	defer goleak.VerifyNone(t)
	e := engine(t)
	var pending sync.WaitGroup
	var refs []actors.Ref[int]
	for i := range 10_000 {
		ref := actors.Spawn(e, fmt.Sprintf("idle/%d", i), func(batch []int) { pending.Add(-len(batch)) }, neverCrashes(t))
		pending.Add(1)
		ref.Tell(i)
		refs = append(refs, ref)
	}
	pending.Wait()
	goleak.VerifyNone(t) // they are all still there
	for _, ref := range refs {
		ref.Close()
	}
}

func TestZeroRef(t *testing.T) {
	var ref actors.Ref[int]
	ref.Tell(1)
	ref.Close()
	if !ref.IsZero() {
		t.Error("the zero Ref is not zero")
	}
}

func TestAfterAndKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := engine(t)
		begin := e.Now()
		var rang []time.Duration
		e.After(time.Hour, func() { rang = append(rang, e.Now().Sub(begin)) })
		stop := e.After(time.Minute, func() { t.Error("a stopped timer rang") })
		stop()
		stop()
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		if fmt.Sprint(rang) != "[1h0m0s]" {
			t.Errorf("rang at %v", rang)
		}
		keys := map[int64]bool{}
		for range 1000 {
			k := e.Key()
			if k <= 0 || keys[k] {
				t.Fatalf("key %d", k)
			}
			keys[k] = true
		}
	})
}

// TestReply: only the first answer counts, and nobody waits.
func TestReply(t *testing.T) {
	reply, answer := actors.NewReply[int]()
	reply.Send(1)
	reply.Send(2)
	if got := <-answer; got != 1 {
		t.Errorf("the answer is %d", got)
	}
	actors.Reply[int]{}.Send(3)
}

func BenchmarkTell(b *testing.B) {
	e, err := actors.NewEngine()
	if err != nil {
		b.Fatal(err)
	}
	var left sync.WaitGroup
	ref := actors.Spawn(e, "bench", func(batch []int) { left.Add(-len(batch)) }, func(c actors.Crash) { b.Error(c) })
	b.ReportAllocs()
	for b.Loop() {
		left.Add(1)
		ref.Tell(1)
	}
	left.Wait()
	ref.Close()
}
