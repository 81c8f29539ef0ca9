// Package crew does something with each of a list, some of them at the same time. It
// knows nothing of what is done; it ends its goroutines before it returns.
package crew

import (
	"context"
	"sync"
)

// Each calls do with each of a list, atOnce of them at the same time, until one fails
// or ctx ends; told is called after each with how many are done, one call at a time. The
// error is the first one, or why ctx ended.
func Each[T any](ctx context.Context, atOnce int, list []T, told func(done, of int), do func(context.Context, T) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var mu sync.Mutex
	done, next, workers := 0, make(chan T), sync.WaitGroup{}
	for range atOnce {
		workers.Go(func() {
			for one := range next {
				if err := do(ctx, one); err != nil {
					cancel(err)
				}
				mu.Lock()
				done++
				told(done, len(list))
				mu.Unlock()
			}
		})
	}
	for i := 0; i < len(list) && ctx.Err() == nil; i++ {
		select {
		case next <- list[i]:
		case <-ctx.Done():
		}
	}
	close(next)
	workers.Wait()
	return context.Cause(ctx)
}
