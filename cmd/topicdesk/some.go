package main

import (
	"context"
	"sync"
	"time"
)

// someAtOnce does something n times, some at a time, until one fails or ctx ends; told
// is called after each with how many are done, one call at a time.
func someAtOnce(ctx context.Context, atOnce, n int, told func(done, of int), do func(ctx context.Context, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var mu sync.Mutex
	done, next, workers := 0, make(chan int), sync.WaitGroup{}
	for range atOnce {
		workers.Go(func() {
			for i := range next {
				if err := do(ctx, i); err != nil {
					cancel(err)
				}
				mu.Lock()
				done++
				told(done, n)
				mu.Unlock()
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		select {
		case next <- i:
		case <-ctx.Done():
		}
	}
	close(next)
	workers.Wait()
	return context.Cause(ctx)
}

// every makes a teller of progress, for people and not too often; what is what is done
// with them.
func (p *program) every(what string) func(done, of int) {
	last := time.Now()
	return func(done, of int) {
		if p.json || done == of || time.Since(last) < progressPause {
			return
		}
		last = time.Now()
		p.say("%d of %d tenants %s …", done, of, what)
	}
}

// progressPause is how long nothing is told of how far it is.
const progressPause = 2 * time.Second
