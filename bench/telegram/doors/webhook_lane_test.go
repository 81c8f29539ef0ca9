package doors

import (
	"slices"
	"testing"
	"time"
)

func TestBackoff(t *testing.T) {
	now := time.Unix(0, 0)
	l := &lane{delay: time.Second}
	var waits []time.Duration
	for range 6 {
		l.fail(now, 0)
		waits = append(waits, l.due.Sub(now)/time.Second)
	}
	if want := []time.Duration{0, 2, 4, 8, 16, 32}; !slices.Equal(waits, want) {
		t.Errorf("waits %v, want %v", waits, want)
	}
	for range 5 {
		l.fail(now, 0)
		if wait := l.due.Sub(now); wait < time.Minute || wait > 2*time.Minute {
			t.Errorf("a late try waits %v", wait)
		}
	}
	l.fail(now, 2*time.Hour)
	if wait := l.due.Sub(now); wait != time.Hour {
		t.Errorf("Retry-After of two hours waits %v", wait)
	}
}

func TestLines(t *testing.T) {
	now := time.Unix(1000, 0)
	var l lines
	l.open(now, 40)
	if l.count != 1 {
		t.Fatalf("%d connections before any success", l.count)
	}
	l.count = 0
	l.open(now.Add(time.Second), 40)
	if l.count != 0 || !l.next.Equal(now.Add(2*time.Second)) {
		t.Errorf("after a failure: %d connections, next at %v", l.count, l.next)
	}
	now = now.Add(2 * time.Second)
	l.open(now, 40)
	l.success = now
	l.open(now, 40)
	if l.count != 11 || !l.next.Equal(now.Add(burstPer)) {
		t.Errorf("%d connections at once, next at %v", l.count, l.next)
	}
	l.open(now.Add(burstPer), 40)
	if l.count != 21 {
		t.Errorf("%d connections after half a second", l.count)
	}
}
