package world

import (
	"context"

	"topicdesk/actors/telegram"
	sim "topicdesk/bench/telegram"
)

// hasty is the sabotage of a login that tells Telegram to forget a batch before
// it is decided and committed.
type hasty struct {
	telegram.Gateway
	s   *site
	bot int64
}

// Receive confirms what it brings.
func (h hasty) Receive(ctx context.Context, state []byte) (telegram.Batch, error) {
	b, err := h.Gateway.Receive(ctx, state)
	h.s.Door.With(func(w *sim.World) {
		for _, u := range b.Updates {
			w.Ack(h.bot, int(u.ID), h.s.Sched.now)
		}
	})
	return b, err
}
