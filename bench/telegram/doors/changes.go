package doors

import (
	"context"
	"sync"
)

// changes counts what happens, so that a page can wait for something new.
type changes struct {
	mu      sync.Mutex
	version int64
	logged  int // length of the World's log when it was last looked at
	next    chan struct{}
}

func newChanges() *changes { return &changes{version: 1, next: make(chan struct{})} }

// bump tells that something changed. It never waits.
func (c *changes) bump() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.version++
	close(c.next)
	c.next = make(chan struct{})
}

// seen bumps if the World's log has grown since it was last told.
func (c *changes) seen(logged int) {
	c.mu.Lock()
	grown := logged != c.logged
	c.logged = logged
	c.mu.Unlock()
	if grown {
		c.bump()
	}
}

// wait returns the present version as soon as it isn't after, or when ctx ends.
func (c *changes) wait(ctx context.Context, after int64) int64 {
	for {
		c.mu.Lock()
		version, next := c.version, c.next
		c.mu.Unlock()
		if version != after {
			return version
		}
		select {
		case <-next:
		case <-ctx.Done():
			return version
		}
	}
}
