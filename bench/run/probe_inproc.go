package run

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mymmrac/telego"

	sim "topicdesk/bench/telegram"
)

// sampleChats is how many chats at most are made to see what one costs.
const sampleChats = 100_000

// caller does one call of a bot: the n-th of it.
type caller func(ctx context.Context, n int) error

// inProcess measures calls without any socket.
func (b *probing) inProcess(ctx context.Context) error {
	for _, kind := range []struct {
		figure string
		caller func(*sim.Door, robot) (caller, error)
	}{
		{"calls_per_s_inproc", sendsInProcess},
		{"copies_per_s_inproc", copiesInProcess},
		{"telego_calls_per_s_inproc", sendsByTelego},
	} {
		value, err := b.rounds(func() (float64, error) { return b.callInProcess(ctx, kind.caller) })
		if err != nil {
			return fmt.Errorf("%s: %w", kind.figure, err)
		}
		b.report.set(kind.figure, value)
	}
	bytes, err := b.bytesPerChat()
	b.report.set("bytes_per_chat", bytes)
	return err
}

// callInProcess lets every bot of a new World call until the time is over and
// gives the calls a second.
func (b *probing) callInProcess(ctx context.Context, kind func(*sim.Door, robot) (caller, error)) (float64, error) {
	w, robots, err := newWorld(b.Seed, b.Calls.Callers, b.Calls.Callers*chatsPerCaller)
	if err != nil {
		return 0, err
	}
	door := sim.NewDoor(w, nil)
	var callers []caller
	for _, r := range robots {
		c, err := kind(door, r)
		if err != nil {
			return 0, err
		}
		callers = append(callers, c)
	}
	runtime.GC() // what the round before left
	return callAll(ctx, callers, b.Calls.For)
}

// callAll lets all callers call at once for so long.
func callAll(ctx context.Context, callers []caller, within time.Duration) (perSecond float64, err error) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	var calls atomic.Int64
	var running sync.WaitGroup
	failed := make(chan error, len(callers))
	begin := time.Now()
	for _, call := range callers {
		running.Go(func() {
			n := 0
			for n == 0 || ctx.Err() == nil { // once at least, however late it begins
				if err := call(context.WithoutCancel(ctx), n); err != nil {
					failed <- err
					break
				}
				n++
			}
			calls.Add(int64(n))
		})
	}
	running.Wait()
	took := time.Since(begin)
	close(failed)
	for e := range failed {
		err = errors.Join(err, e)
	}
	return float64(calls.Load()) / took.Seconds(), err
}

func sendsInProcess(door *sim.Door, r robot) (caller, error) {
	return func(ctx context.Context, n int) error {
		return callDoor(ctx, door, r.Token, "sendMessage", map[string]string{
			"chat_id": strconv.FormatInt(r.Clients[n%len(r.Clients)], 10),
			"text":    textOf(n, answerBytes),
		})
	}, nil
}

func copiesInProcess(door *sim.Door, r robot) (caller, error) {
	return func(ctx context.Context, n int) error {
		return callDoor(ctx, door, r.Token, "copyMessage", map[string]string{
			"chat_id":      strconv.FormatInt(r.Clients[n%len(r.Clients)], 10),
			"from_chat_id": strconv.FormatInt(r.Clients[0], 10),
			"message_id":   strconv.Itoa(r.First),
		})
	}, nil
}

func callDoor(ctx context.Context, door *sim.Door, token, method string, values map[string]string) error {
	a, err := door.Call(ctx, token, method, sim.Args{Values: values}, 0)
	if err == nil && !a.OK {
		err = errors.New(a.Description)
	}
	return err
}

// sendsByTelego calls as a bot in Go does: telego writes and reads the JSON.
func sendsByTelego(door *sim.Door, r robot) (caller, error) {
	bot, err := telego.NewBot(r.Token, telego.WithAPICaller(door.Caller(sim.CallerOptions{})), telego.WithDiscardLogger())
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, n int) error {
		_, err := bot.SendMessage(ctx, &telego.SendMessageParams{
			ChatID: telego.ChatID{ID: r.Clients[n%len(r.Clients)]}, Text: textOf(n, answerBytes),
		})
		return err
	}, nil
}

// bytesPerChat is what a person with a chat of two messages takes, without
// what the garbage collector keeps in reserve.
func (b *probing) bytesPerChat() (float64, error) {
	sample := min(sampleChats, b.World.Chats)
	before := heap()
	w, robots, err := newWorld(b.Seed, 1, sample)
	if err != nil {
		return 0, err
	}
	used := heap() - before
	runtime.KeepAlive(w)
	return (used - 8*float64(len(robots[0].Clients))) / float64(sample), nil
}

// heap is how many bytes are in use once the garbage is gone.
func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
