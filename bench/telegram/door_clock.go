package telegram

import (
	"context"
	"fmt"
	"time"
)

// dial is how a Door's time runs beside the clock's.
type dial struct {
	world, real time.Time // both at the last jump or change of speed
	speed       float64
	turned      chan struct{} // closed at the next
}

func (d *Door) real() time.Time {
	if d.waiter != nil {
		return d.waiter.Now()
	}
	return realTime{}.now()
}

// clock is the World's time now.
func (d *Door) clock() time.Time { return d.dial.at(d.real()) }

func (t *dial) at(real time.Time) time.Time {
	gone := real.Sub(t.real)
	if t.speed != 1 {
		gone = time.Duration(float64(gone) * t.speed)
	}
	return t.world.Add(gone)
}

// lasts is how much of the clock's time d of the World's takes.
func (t *dial) lasts(d time.Duration) time.Duration {
	if t.speed == 1 {
		return d
	}
	return time.Duration(float64(d)/t.speed) + 1
}

// turn lets the World's time go on from world at that speed, and wakes
// whoever waits for a moment of it.
func (d *Door) turn(world time.Time, speed float64) {
	old := d.dial.turned
	d.dial = dial{world: world, real: d.real(), speed: speed, turned: make(chan struct{})}
	if old != nil {
		close(old)
	}
	d.tick()
	for bot := range d.wakes {
		d.wake(bot)
	}
}

// Advance lets the World's clock jump ahead. Whoever waits for a moment that
// is past now goes on at once.
func (d *Door) Advance(by time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.turn(d.clock().Add(by), d.dial.speed)
}

// SetSpeed makes the World's time run that many times as fast as the clock,
// from now on: all waits inside Telegram, limits, polls and faults. It panics
// if speed isn't above 0. What clients measure for themselves, like their own
// timeouts, stays the clock's.
func (d *Door) SetSpeed(speed float64) {
	if speed <= 0 {
		panic(fmt.Sprintf("telegram: speed %v", speed))
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.turn(d.clock(), speed)
}

// Speed is how many times as fast as the clock the World's time runs.
func (d *Door) Speed() float64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.dial.speed
}

// Lasts is how long, on the clock, that much of the World's time takes.
func (d *Door) Lasts(of time.Duration) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.dial.lasts(of)
}

// Turned is closed at the next time jump or change of speed.
func (d *Door) Turned() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.dial.turned
}

// until is how long, on the clock, the World's time needs to reach t.
func (d *Door) until(t time.Time) (time.Duration, <-chan struct{}) {
	d.mu.Lock()
	defer d.mu.Unlock()
	left := t.Sub(d.clock())
	if left <= 0 {
		return 0, nil
	}
	return d.dial.lasts(left), d.dial.turned
}

// rest lets that much of the clock's time pass, or less if the World's time
// is turned meanwhile.
func (d *Door) rest(ctx context.Context, wait time.Duration, turned <-chan struct{}) error {
	if d.waiter != nil {
		return d.waiter.Sleep(ctx, wait)
	}
	return realTime{}.waitOn(ctx, wait, turned)
}
