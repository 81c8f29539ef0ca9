package telegram

import (
	"context"
	"time"
)

// Waiter lets time pass for calls that wait inside Telegram: long polls,
// hidden floods, slowness. A Door never holds its lock while it waits.
type Waiter interface {
	// Now is the present; a Door moves its World to it at every call.
	Now() time.Time
	// Sleep returns nil after d, or the context's error when that ends first.
	Sleep(ctx context.Context, d time.Duration) error
	// Wait returns nil as soon as ready is true, or after d, whichever is
	// first, or the context's error. ready may be called at any time from
	// the goroutine that runs Wait or from a scheduler; it doesn't wait.
	Wait(ctx context.Context, d time.Duration, ready func() bool) error
}

// realTime is the Waiter on package time. It works in real time and inside
// testing/synctest bubbles, and needs no polling: a Door wakes it by bot.
type realTime struct{}

func (realTime) now() time.Time { return time.Now() }

// waitOn returns when woken, after d, or when the context ends.
func (realTime) waitOn(ctx context.Context, d time.Duration, woken <-chan struct{}) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-woken:
		return nil
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
