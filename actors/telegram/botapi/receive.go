package botapi

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"github.com/mymmrac/telego"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// batchLimit is how many updates one getUpdates brings at most (Bot API).
const batchLimit = 100

// Receive asks once for updates (Bot API getUpdates). Asking with the state of
// a batch confirms that batch; nothing else does.
func (g *Gateway) Receive(ctx context.Context, state []byte) (telegram.Batch, error) {
	raw, err := g.getUpdates(ctx, state, batchLimit)
	if err != nil {
		return telegram.Batch{}, err
	}
	batch := telegram.Batch{State: state}
	for _, one := range raw {
		update, err := decode(g.id, one)
		if err != nil {
			return telegram.Batch{}, unreadable("getUpdates")
		}
		batch.Updates = append(batch.Updates, update)
		batch.State = writeState(int64(update.ID) + 1)
	}
	return batch, nil
}

// Stirs asks for one update and leaves it where it is.
func (g *Gateway) Stirs(ctx context.Context, state []byte) (bool, error) {
	raw, err := g.getUpdates(ctx, state, 1)
	return len(raw) > 0, err
}

// getUpdates asks for updates from the offset of a state on.
func (g *Gateway) getUpdates(ctx context.Context, state []byte, limit int) (raw []json.RawMessage, err error) {
	offset, err := readState(state)
	if err != nil {
		return nil, err
	}
	result, err := g.invoke(ctx, g.pollTimeout+g.callTimeout, "getUpdates", telego.GetUpdatesParams{
		Offset:         int(offset),
		Limit:          limit,
		Timeout:        int(g.pollTimeout / time.Second),
		AllowedUpdates: g.allowed,
	})
	if ctx.Err() != nil {
		return nil, fmt.Errorf("getUpdates: %w", ctx.Err())
	}
	if err != nil {
		return nil, g.refusal("getUpdates", 0, err)
	}
	if err := json.Unmarshal(result, &raw); err != nil {
		return nil, unreadable("getUpdates")
	}
	return raw, nil
}

// readState is the offset that a state holds; no state asks from the oldest
// update that Telegram keeps.
func readState(state []byte) (offset int64, err error) {
	switch len(state) {
	case 0:
		return 0, nil
	case 8:
		return int64(binary.BigEndian.Uint64(state)), nil
	default:
		return 0, fmt.Errorf("receive state of a bot: %d bytes, want 8", len(state))
	}
}

func writeState(offset int64) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(offset))
}

// refusal is the error of a call that only reads. Such a call can be repeated,
// so nothing about it is Unsure.
func (g *Gateway) refusal(method string, chat tenants.ChatID, err error) *telegram.ReceiveError {
	outcome := g.verdict(method, chat, err)
	if outcome.Kind == tenants.Unsure {
		outcome.Kind = tenants.NotSent
	}
	return &telegram.ReceiveError{Outcome: outcome, Conflict: isConflict(err), Hooked: isHooked(err)}
}

// unreadable is the error for an answer that no Bot API would give.
func unreadable(method string) *telegram.ReceiveError {
	return &telegram.ReceiveError{Outcome: tenants.Outcome{
		Kind: tenants.NotSent, Why: method + ": the answer is not the Bot API's",
	}}
}

// Decode reads one update as Telegram sent it: one that was kept, to be tried
// again.
func (g *Gateway) Decode(raw []byte) (tenants.Update, error) { return decode(g.id, raw) }
