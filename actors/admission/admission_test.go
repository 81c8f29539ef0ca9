package admission

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"topicdesk/tenants"
)

// TestAdmission: beyond what may be uncommitted nobody is asked for more; one tenant
// is asked for no more than its share, and no faster than its rate.
func TestAdmission(t *testing.T) {
	now := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	a := New(800, 200)
	a.now = func() time.Time { return now }
	waits := func(what string, id tenants.TenantID, want time.Duration) {
		t.Helper()
		if got := a.Wait(id); got != want {
			t.Errorf("%s: %s waits %s, not %s", what, id, got, want)
		}
	}
	waits("at first", "acme", 0)
	leave := a.Take("acme", 100)
	waits("with its share", "acme", behindPause)
	waits("beside it", "bravo", 0)
	leave()
	leave() // counts once
	waits("settled", "acme", 0)
	for range 9 {
		a.Take("acme", 100)()
	}
	waits("a burst", "acme", 0)
	a.Take("acme", 100)()
	a.Take("acme", 100)()
	waits("more than the burst", "acme", time.Second)
	waits("beside a flood", "bravo", 0)
	now = now.Add(time.Second)
	waits("after a while", "acme", 0)
	for _, id := range []tenants.TenantID{"c", "d", "e", "f", "g", "h", "i", "j"} {
		a.Take(id, 100)
	}
	waits("a full node", "bravo", behindPause)
}

// TestAdmissionIsFair: whatever the others bring and never settle, a tenant that has
// brought nothing waits only while the node as a whole is full, and what one brings
// over a while is not more than its rate.
func TestAdmissionIsFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		begin := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
		now := begin
		a := New(1000, 50)
		a.now = func() time.Time { return now }
		brought := 0
		var held []func()
		for range rapid.IntRange(1, 80).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 3000).Draw(t, "ms")) * time.Millisecond)
			if len(held) > 0 && rapid.Bool().Draw(t, "settles") {
				held[0]()
				held = held[1:]
			}
			if a.Wait("hostile") == 0 {
				n := rapid.IntRange(1, 100).Draw(t, "updates")
				held, brought = append(held, a.Take("hostile", n)), brought+n
			}
			if a.Wait("quiet") != 0 {
				t.Fatalf("the quiet one waits; the other holds %d", a.by["hostile"].taken)
			}
			if most := 50*(now.Sub(begin)+intakeBurst).Seconds() + 100; float64(brought) > most {
				t.Fatalf("%d updates after %s", brought, now.Sub(begin))
			}
		}
	})
}
