package login

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/actors/telegram/botapi"
	"topicdesk/tenants"
)

// Bot is one login as tenants use it: it takes on no more updates than the node
// admits, and stops when the node does.
type Bot struct {
	*botapi.Gateway
	of     *Set
	tenant tenants.TenantID
	held   atomic.Pointer[func()] // lets go of the last batch, settled when the next one is asked for

	// turn is held by the one who asks for updates: of two polls Telegram refuses
	// the elder, which would look like another program.
	turn chan struct{}
	// heard: Telegram has answered this process. Until then a webhook that is set is
	// one of an earlier setting. Of the holder of turn.
	heard bool
	// cut: the last poll was given up, and may reach Telegram later than the next
	// one. Of the holder of turn.
	cut bool
}

func newBot(bot *botapi.Gateway, of *Set, id tenants.TenantID) *Bot {
	return &Bot{Gateway: bot, of: of, tenant: id, turn: make(chan struct{}, 1)}
}

// Receive asks for updates, as telegram.Gateway says.
func (l *Bot) Receive(ctx context.Context, state []byte) (batch telegram.Batch, err error) {
	if settled := l.held.Swap(nil); settled != nil {
		(*settled)()
	}
	err = l.poll(ctx, func(ctx context.Context) error {
		if wait := l.of.o.Admission.Wait(l.tenant); wait > 0 {
			batch = telegram.Batch{State: state}
			return pause(ctx, wait)
		}
		batch, err = l.Gateway.Receive(ctx, state)
		return err
	})
	if err != nil {
		return telegram.Batch{}, err
	}
	if len(batch.Updates) > 0 {
		leave := l.of.o.Admission.Take(l.tenant, len(batch.Updates))
		forget := context.AfterFunc(ctx, leave) // an opening that ends never asks for the next one
		settled := func() { forget(); leave() }
		l.held.Store(&settled)
	}
	return batch, nil
}

// Stirs asks whether there are updates, as telegram.Gateway says.
func (l *Bot) Stirs(ctx context.Context, state []byte) (stirs bool, err error) {
	err = l.poll(ctx, func(ctx context.Context) error {
		stirs, err = l.Gateway.Stirs(ctx, state)
		return err
	})
	return stirs, err
}

// poll asks for updates when nobody else does, until ctx or the node ends.
func (l *Bot) poll(ctx context.Context, ask func(context.Context) error) error {
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	within, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(l.of.stopping, cancel)()
	ended := l.of.o.Meter.Polling()
	err := l.ask(within, ask)
	ended()
	l.of.Heard(err, time.Now())
	if l.of.stopping.Err() != nil {
		// What came is not confirmed and comes again to the next process.
		<-ctx.Done()
		return ctx.Err()
	}
	return err
}

// ask asks, and asks again where a conflict is of our own making: a webhook that is
// left over, which is found out by asking, so that nobody else pays for it; or our
// own last poll. The holder of turn calls it.
func (l *Bot) ask(ctx context.Context, ask func(context.Context) error) error {
	for {
		err := ask(ctx)
		var refused *telegram.ReceiveError
		switch conflict := errors.As(err, &refused) && refused.Conflict; {
		case ctx.Err() != nil:
			l.cut = true
			return err
		case err == nil:
			l.heard, l.cut = true, false
			return nil
		case conflict && refused.Hooked:
			if failed := l.DeleteWebhook(ctx); failed != nil {
				return failed
			}
			if l.heard {
				return err // somebody has set it meanwhile
			}
			l.heard = true
		case conflict && l.cut:
			l.cut = false
		default:
			return err
		}
	}
}

// pause waits, and tells why it did not wait to the end.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Try does one call, unless the node is stopping.
func (l *Bot) Try(ctx context.Context, key tenants.SendKey, call telegram.Call) tenants.Outcome {
	if l.of.stopping.Err() != nil {
		return tenants.Outcome{Kind: tenants.NotSent, Why: "the node is stopping"}
	}
	return l.Gateway.Try(ctx, key, call)
}
