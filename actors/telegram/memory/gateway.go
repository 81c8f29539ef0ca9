package memory

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// batchLimit is how many updates one Receive brings at most.
const batchLimit = 100

// Gateway is a login in a World. Make it with World.NewLogin.
type Gateway struct {
	world *World
	me    tenants.Person
	poll  time.Duration

	// Guarded by the World's lock.
	updates   []tenants.Update // not confirmed yet
	confirmed int64            // the last update that is
	wake      chan struct{}    // closed when something came
	answers   map[tenants.SendKey]tenants.Outcome
	spoils    []spoilt
	sending   bool // a message is being made by this gateway
	ended     bool
}

var _ telegram.Gateway = (*Gateway)(nil)

// Spoiling is what goes wrong with a try.
type Spoiling int

const (
	Flooded     Spoiling = iota // not done: too many requests
	AnswerLost                  // done, but the answer never comes
	RequestLost                 // not done, and no answer comes
)

type spoilt struct {
	how   Spoiling
	after time.Duration
}

// Spoil decides what happens to the next Try, after those spoilt before. after
// is of Flooded.
func (g *Gateway) Spoil(how Spoiling, after time.Duration) {
	g.world.mu.Lock()
	defer g.world.mu.Unlock()
	g.spoils = append(g.spoils, spoilt{how, after})
}

// Abilities are all there are.
func (g *Gateway) Abilities() telegram.Abilities {
	return telegram.Abilities{Idempotent: true, SeesOwnSends: true, SeesDeletes: true, FetchesHistory: true, StreamsFiles: true}
}

// tell queues an event. The World is locked.
func (g *Gateway) tell(event tenants.Event) {
	raw, err := json.Marshal(event)
	if err != nil {
		panic(fmt.Sprintf("memory: encode %T: %v", event, err))
	}
	id := tenants.UpdateID(g.confirmed) + tenants.UpdateID(len(g.updates)) + 1
	g.updates = append(g.updates, tenants.Update{ID: id, Event: event, Raw: raw})
	g.rouse()
}

// rouse ends the waiting of Receive. The World is locked.
func (g *Gateway) rouse() {
	close(g.wake)
	g.wake = make(chan struct{})
}

// Receive brings what came after state, and forgets what came before it.
func (g *Gateway) Receive(ctx context.Context, state []byte) (telegram.Batch, error) {
	if len(state) != 0 && len(state) != 8 {
		return telegram.Batch{}, fmt.Errorf("receive state: %d bytes, want 8", len(state))
	}
	batch, wake, err := g.take(state)
	if err != nil || len(batch.Updates) > 0 || g.poll == 0 {
		return batch, err
	}
	timer := time.NewTimer(g.poll)
	defer timer.Stop()
	select {
	case <-wake:
		batch, _, err = g.take(state)
		return batch, err
	case <-timer.C:
		return batch, nil
	case <-ctx.Done():
		return telegram.Batch{}, fmt.Errorf("receive: %w", ctx.Err())
	}
}

// Stirs is Receive for nobody.
func (g *Gateway) Stirs(ctx context.Context, state []byte) (bool, error) {
	batch, err := g.Receive(ctx, state)
	return len(batch.Updates) > 0, err
}

func (g *Gateway) take(state []byte) (batch telegram.Batch, wake <-chan struct{}, err error) {
	g.world.mu.Lock()
	defer g.world.mu.Unlock()
	if g.ended {
		return telegram.Batch{}, nil, ended()
	}
	if len(state) == 8 {
		for seen := int64(binary.BigEndian.Uint64(state)); g.confirmed < seen && len(g.updates) > 0; g.confirmed++ {
			g.updates = g.updates[1:]
		}
	}
	batch.Updates = append(batch.Updates, g.updates[:min(len(g.updates), batchLimit)]...)
	batch.State = binary.BigEndian.AppendUint64(nil, uint64(g.confirmed+int64(len(batch.Updates))))
	return batch, g.wake, nil
}

func ended() *telegram.ReceiveError {
	return &telegram.ReceiveError{Outcome: goneOf(tenants.GoneLogin, "the session is over")}
}

// Try does one call. A key that was used for a send that was done makes
// nothing new.
func (g *Gateway) Try(ctx context.Context, key tenants.SendKey, call telegram.Call) tenants.Outcome {
	if key == 0 {
		panic("memory: a try without a send key")
	}
	if err := ctx.Err(); err != nil {
		return tenants.Outcome{Kind: tenants.NotSent, Why: err.Error()}
	}
	g.world.mu.Lock()
	defer g.world.mu.Unlock()
	if g.ended {
		return ended().Outcome
	}
	spoil, spoiled := g.nextSpoil()
	switch {
	case spoiled && spoil.how == Flooded:
		return tenants.Outcome{Kind: tenants.Flood, After: spoil.after, Why: "flood"}
	case spoiled && spoil.how == RequestLost:
		return tenants.Outcome{Kind: tenants.Unsure, Why: "the connection broke"}
	}
	out, repeated := g.answers[key]
	if !repeated {
		out = g.do(call)
		if out.Kind == tenants.Done {
			g.answers[key] = out
		}
	}
	if spoiled && spoil.how == AnswerLost {
		return tenants.Outcome{Kind: tenants.Unsure, Why: "the connection broke"}
	}
	return out
}

func (g *Gateway) nextSpoil() (spoilt, bool) {
	if len(g.spoils) == 0 {
		return spoilt{}, false
	}
	next := g.spoils[0]
	g.spoils = g.spoils[1:]
	return next, true
}

// Self is the login's person.
func (g *Gateway) Self(context.Context) (telegram.Self, error) {
	g.world.mu.Lock()
	defer g.world.mu.Unlock()
	if g.ended {
		return telegram.Self{}, ended()
	}
	return telegram.Self{Person: g.me, ReadsGroups: true}, nil
}

// Standing is what the login may do in a chat; of a chat that it is not in,
// that it is no member.
func (g *Gateway) Standing(_ context.Context, id tenants.ChatID) (telegram.Standing, error) {
	g.world.mu.Lock()
	defer g.world.mu.Unlock()
	if g.ended {
		return telegram.Standing{}, ended()
	}
	c := g.chat(id)
	if c == nil {
		return telegram.Standing{}, &telegram.ReceiveError{Outcome: *away(id)}
	}
	rights, member := c.members[g.me.ID]
	return telegram.Standing{Chat: c.Chat, Member: member, Rights: rights}, nil
}

// Members counts who is in a chat.
func (g *Gateway) Members(_ context.Context, id tenants.ChatID) (int, error) {
	g.world.mu.Lock()
	defer g.world.mu.Unlock()
	if g.ended {
		return 0, ended()
	}
	c := g.chat(id)
	if c == nil {
		return 0, &telegram.ReceiveError{Outcome: *away(id)}
	}
	return len(c.members), nil
}

// Rights are what somebody may do in a chat.
func (g *Gateway) Rights(_ context.Context, id tenants.ChatID, user tenants.UserID) (tenants.Rights, error) {
	g.world.mu.Lock()
	defer g.world.mu.Unlock()
	if g.ended {
		return tenants.Rights{}, ended()
	}
	c := g.chat(id)
	if c == nil {
		return tenants.Rights{}, &telegram.ReceiveError{Outcome: *away(id)}
	}
	return c.members[user], nil
}

// SetMenu keeps a list of commands.
func (g *Gateway) SetMenu(_ context.Context, m telegram.Menu) error {
	g.world.mu.Lock()
	defer g.world.mu.Unlock()
	if g.ended {
		return ended()
	}
	c := g.chat(m.Chat)
	if c == nil {
		return &telegram.ReceiveError{Outcome: *away(m.Chat)}
	}
	if _, member := c.members[m.User]; m.User != 0 && !member {
		return &telegram.ReceiveError{Outcome: tenants.Outcome{Kind: tenants.Refused, Why: "no member"}}
	}
	return nil
}

// chat is a chat as the login names it, nil if it knows none.
func (g *Gateway) chat(id tenants.ChatID) *chat {
	if id < 0 {
		return g.world.chats[Place{Chat: id}]
	}
	return g.world.chats[Place{Login: g.me.ID, Chat: id}]
}
