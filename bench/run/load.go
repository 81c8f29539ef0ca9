package run

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"
)

// arriveWithin bounds the wait for the last messages of a load.
const arriveWithin = 30 * time.Second

// crowd writes messages as the scenario says.
type crowd struct {
	st       *stage
	scenario Scenario

	mu  sync.Mutex
	rnd *rand.Rand
	bad error // the first thing that nobody should have been refused
}

func newCrowd(st *stage, s Scenario) *crowd {
	return &crowd{st: st, scenario: s, rnd: rand.New(rand.NewPCG(s.Seed, 1))}
}

// someone lets one person of a desk write.
func (c *crowd) someone(d *desk) {
	c.mu.Lock()
	dialog := d.dialogs[c.rnd.IntN(len(d.dialogs))]
	client := c.rnd.Float64() < c.scenario.FromClients
	c.mu.Unlock()
	c.write(dialog, client)
}

func (c *crowd) write(d *dialog, client bool) {
	if err := c.st.say(d, client, c.scenario.TextBytes); err != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.bad == nil {
			c.bad = err
		}
	}
}

func (c *crowd) fault() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bad
}

// meet lets every client write once and the operator answer, so that all topics
// are there: few at a time, because each tells of the next.
func (c *crowd) meet(ctx context.Context, desks []*desk) error {
	for _, client := range []bool{true, false} {
		first := c.st.ledger.count()
		for i := range c.scenario.Topics {
			for _, d := range desks {
				c.write(d.dialogs[i], client)
			}
			if err := c.drained(ctx, first); err != nil {
				return err
			}
		}
	}
	return nil
}

// steady writes at random times, on average so many a second, whether the
// messages before have arrived or not. It gives the messages, all of them
// arrived.
func (c *crowd) steady(ctx context.Context, desks []*desk) ([]message, error) {
	first := c.st.ledger.count()
	next := time.Now()
	for end := next.Add(c.scenario.Steady.For); next.Before(end); next = next.Add(c.gap()) {
		if err := sleep(ctx, time.Until(next)); err != nil {
			return nil, err
		}
		c.mu.Lock()
		d := desks[c.rnd.IntN(len(desks))]
		c.mu.Unlock()
		c.someone(d)
	}
	if err := c.drained(ctx, first); err != nil {
		return nil, err
	}
	return c.st.ledger.since(first), nil
}

// gap is a time between two messages of people who don't know of each other.
func (c *crowd) gap() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Duration(c.rnd.ExpFloat64() / c.scenario.Steady.Rate * float64(time.Second))
}

// rampUp is the part of a saturated round that is not counted: until all that
// is to be in flight is.
const rampUp = 0.1

// saturated keeps the same number of messages in flight: with each that
// arrives, somebody of the same desk writes the next. It gives how many arrive
// a second.
func (c *crowd) saturated(ctx context.Context, desks []*desk) (float64, error) {
	first := c.st.ledger.count()
	begin := time.Now()
	end := begin.Add(c.scenario.Saturated.For)
	c.st.ledger.onArrival(func(m *message) {
		if time.Now().Before(end) && ctx.Err() == nil {
			c.someone(m.dialog.desk)
		}
	})
	defer c.st.ledger.onArrival(nil)
	for i := range c.scenario.Saturated.InFlight {
		c.someone(desks[i%len(desks)])
	}
	if err := sleep(ctx, time.Until(end)); err != nil {
		return 0, err
	}
	if err := c.drained(ctx, first); err != nil {
		return 0, err
	}
	from := begin.Add(time.Duration(rampUp * float64(end.Sub(begin))))
	return rate(c.st.ledger.since(first), from, end), nil
}

// rate is how many of the messages arrived a second between two moments.
func rate(all []message, from, to time.Time) float64 {
	arrived := 0
	for _, m := range all {
		if m.answered.After(from) && m.answered.Before(to) {
			arrived++
		}
	}
	return float64(arrived) / to.Sub(from).Seconds()
}

// drained waits until all messages after the first n have arrived.
func (c *crowd) drained(ctx context.Context, n int) error {
	for end := time.Now().Add(arriveWithin); ; {
		if err := c.fault(); err != nil {
			return err
		}
		missing := c.st.ledger.missing(n)
		if missing == 0 {
			return nil
		}
		if time.Now().After(end) {
			return fmt.Errorf("%d of %d messages have not arrived after %s", missing, c.st.ledger.count()-n, arriveWithin)
		}
		if err := sleep(ctx, 5*time.Millisecond); err != nil {
			return err
		}
	}
}

// sleep waits for d, or gives the context's error.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
