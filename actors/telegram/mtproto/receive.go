//go:build mtproto

package mtproto

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	port "topicdesk/actors/telegram"
	"topicdesk/tenants"
)

const (
	// baseline is how far back a channel is asked that the state does not know.
	baseline = 100
	// channelLimit is how much one answer about a channel holds at most (bots may
	// ask for 100000, TDLib source).
	channelLimit = 1000
	// silence is after how long without a push Telegram is asked all the same
	// (core.telegram.org/api/updates).
	silence = 15 * time.Minute
)

// issued is what the last Receive gave out, until it is confirmed.
type issued struct {
	state string // as it was encoded
	asked asked  // what came for it
	when  time.Time
}

func (g *Gateway) latest() issued {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.last
}

// issue notes what is given out.
func (g *Gateway) issue(batch port.Batch, todo asked) port.Batch {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.last = issued{string(batch.State), todo, time.Now()}
	return batch
}

// Receive asks for the difference between the state and now, once something was
// pushed. Each box gives one answer; what it did not hold the next brings. From
// no state at all, the login's updates begin now.
func (g *Gateway) Receive(ctx context.Context, raw []byte) (port.Batch, error) {
	api, over := g.connected(ctx)
	if over != nil {
		return port.Batch{}, &port.ReceiveError{Outcome: *over}
	}
	if len(raw) == 0 {
		return g.begin(ctx, api)
	}
	s, err := decodeState(raw)
	if err != nil {
		return port.Batch{}, err
	}
	waiting, _ := g.marks.confirm(s, g.life)
	todo, err := g.await(ctx, string(raw), len(waiting) > 0)
	if err != nil {
		return port.Batch{}, err
	}
	single, upTo := g.marks.confirm(s, g.life)
	if todo.nothing() && len(single) == 0 {
		return port.Batch{State: raw}, nil
	}
	s.Life, s.Pushes = g.life, upTo
	batch, err := g.bring(ctx, api, s, todo, single)
	if err != nil {
		g.marks.put(todo)
		return port.Batch{}, err
	}
	return g.issue(batch, todo), nil
}

// Stirs is Receive for nobody: what it brings is brought again. A first state has
// to be taken too.
func (g *Gateway) Stirs(ctx context.Context, raw []byte) (bool, error) {
	batch, err := g.Receive(ctx, raw)
	return err == nil && !bytes.Equal(batch.State, raw), err
}

// begin is the state as it is now.
func (g *Gateway) begin(ctx context.Context, api *tg.Client) (port.Batch, error) {
	ctx, cancel := context.WithTimeout(ctx, g.options.CallTimeout)
	defer cancel()
	now, err := api.UpdatesGetState(ctx)
	if err != nil {
		return port.Batch{}, refusal("updates.getState", 0, err)
	}
	var s state
	s.common(*now)
	return g.issue(port.Batch{State: s.encode()}, asked{}), nil
}

// await waits until there is something to ask for, or the poll time is over.
// Who asks with an older state than the last is brought the same once more.
func (g *Gateway) await(ctx context.Context, state string, urgent bool) (asked, error) {
	todo, wake := g.marks.take()
	last := g.latest()
	switch {
	case last.state != state:
		todo.add(last.asked)
		todo.all = true
	case g.options.PollTimeout < 0, time.Since(last.when) > silence:
		todo.common = true
	}
	if urgent || !todo.nothing() {
		return todo, nil
	}
	timer := time.NewTimer(g.options.PollTimeout)
	defer timer.Stop()
	select {
	case <-wake:
		todo, _ = g.marks.take()
	case <-timer.C:
	case <-ctx.Done():
		return asked{}, &port.ReceiveError{Outcome: tenants.Outcome{Kind: tenants.NotSent, Why: ctx.Err().Error()}}
	}
	return todo, nil
}

// bring asks for the differences and makes the batch of them.
func (g *Gateway) bring(ctx context.Context, api *tg.Client, s state, todo asked, single []single) (port.Batch, error) {
	ctx, cancel := context.WithTimeout(ctx, g.options.CallTimeout)
	defer cancel()
	next := s.clone()
	boxes := asked{channels: maps.Clone(todo.channels)}
	if todo.all {
		for id := range s.Channels {
			boxes.channel(id, begin{})
		}
	}
	var items []item
	var rest asked
	for _, one := range single {
		items = append(items, g.read(one.answer())...)
	}
	if todo.all || todo.common {
		d, err := g.commonDifference(ctx, api, s)
		if err != nil {
			return port.Batch{}, refusal("updates.getDifference", 0, err)
		}
		next.common(d.state)
		rest.common = d.more
		boxes.add(asked{channels: d.channels})
		items = append(items, g.read(d.answer)...)
	}
	for _, id := range slices.Sorted(maps.Keys(boxes.channels)) {
		d, err := g.channelDifference(ctx, api, id, s, boxes.channels[id])
		if err != nil {
			return port.Batch{}, refusal("updates.getChannelDifference", channelChat(id), err)
		}
		delete(next.Channels, id)
		if d.pts > 0 {
			next.Channels[id] = d.pts
		}
		if d.more {
			rest.channel(id, begin{pts: d.pts})
		}
		items = append(items, g.read(d.answer)...)
	}
	if err := g.lookUp(ctx, api, items); err != nil {
		return port.Batch{}, err
	}
	g.marks.put(rest)
	return port.Batch{Updates: inOrder(items), State: next.encode()}, nil
}

// inOrder are the updates by date: Telegram tells no order between chats of
// different boxes, and inside a box each goes by the date before it at least.
// Of what was pushed and came in a difference too, the first counts.
func inOrder(items []item) []tenants.Update {
	slices.SortStableFunc(items, func(a, b item) int { return a.date - b.date })
	var updates []tenants.Update
	seen := map[tenants.UpdateID]bool{}
	for _, one := range items {
		if id := one.update.ID; !seen[id] {
			seen[id] = true
			updates = append(updates, one.update)
		}
	}
	return updates
}

// answer is what a difference holds.
type answer struct {
	messages []tg.MessageClass
	updates  []tg.UpdateClass
	cast     cast
	since    int    // older messages are left out; 0 = none
	lost     string // why some were left out by Telegram, "" = none were
}

// difference is the answer about the common box.
type difference struct {
	answer
	state    tg.UpdatesState
	channels map[int64]begin // in which something is new
	more     bool
}

// commonDifference asks about the common box.
func (g *Gateway) commonDifference(ctx context.Context, api *tg.Client, s state) (difference, error) {
	got, err := api.UpdatesGetDifference(ctx, &tg.UpdatesGetDifferenceRequest{Pts: s.Pts, Qts: s.Qts, Date: s.Date})
	if err != nil {
		return difference{}, err
	}
	out := difference{state: tg.UpdatesState{Pts: s.Pts, Qts: s.Qts, Date: s.Date, Seq: s.Seq}}
	switch d := got.(type) {
	case *tg.UpdatesDifferenceEmpty:
		out.state.Date, out.state.Seq = d.Date, d.Seq
	case *tg.UpdatesDifference:
		out.state = d.State
		out.answer = answer{messages: d.NewMessages, updates: d.OtherUpdates, cast: g.cast(d.Users, d.Chats)}
	case *tg.UpdatesDifferenceSlice:
		out.state, out.more = d.IntermediateState, true
		out.answer = answer{messages: d.NewMessages, updates: d.OtherUpdates, cast: g.cast(d.Users, d.Chats)}
	case *tg.UpdatesDifferenceTooLong:
		out.state.Pts, out.more = d.Pts, true
		out.lost = "updates.differenceTooLong"
	}
	boxes := asked{}
	for _, update := range out.updates {
		if u, is := update.(*tg.UpdateChannelTooLong); is && (u.Pts == 0 || u.Pts > s.Channels[u.ChannelID]) {
			boxes.channel(u.ChannelID, tooLong(u.Pts))
		}
	}
	out.channels = boxes.channels
	return out, nil
}

// channelBox is the answer about a channel's box.
type channelBox struct {
	answer
	pts  int // 0 = there is no such box any more
	more bool
}

// outside are refusals about a channel that the login is not in any more.
var outside = []string{"CHANNEL_PRIVATE", "CHANNEL_INVALID", "CHANNEL_PUBLIC_GROUP_NA", "USER_BANNED_IN_CHANNEL"}

// channelDifference asks about a channel's box.
func (g *Gateway) channelDifference(ctx context.Context, api *tg.Client, id int64, s state, from begin) (channelBox, error) {
	pts, known := s.Channels[id]
	if !known {
		pts = from.pts
	}
	got, err := api.UpdatesGetChannelDifference(ctx, &tg.UpdatesGetChannelDifferenceRequest{
		Channel: g.peers.channel(id), Filter: &tg.ChannelMessagesFilterEmpty{}, Pts: max(1, pts), Limit: channelLimit,
	})
	if tgerr.Is(err, outside...) {
		return channelBox{}, nil
	}
	if err != nil {
		return channelBox{}, err
	}
	out := channelBox{pts: pts}
	switch d := got.(type) {
	case *tg.UpdatesChannelDifferenceEmpty:
		out.pts = d.Pts
	case *tg.UpdatesChannelDifference:
		out.pts, out.more = d.Pts, !d.Final
		out.answer = answer{messages: d.NewMessages, updates: d.OtherUpdates, cast: g.cast(d.Users, d.Chats)}
	case *tg.UpdatesChannelDifferenceTooLong:
		if dialog, is := d.Dialog.(*tg.Dialog); is {
			out.pts = dialog.Pts
		}
		out.answer = answer{messages: d.Messages, cast: g.cast(d.Users, d.Chats), since: s.Date}
		out.lost = "updates.channelDifferenceTooLong"
	}
	if from.guessed && !known {
		out.since = s.Date
	}
	return out, nil
}
