package run

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// The bodies of the calls that are made over HTTP.
type (
	sendArgs struct {
		Chat int64  `json:"chat_id"`
		Text string `json:"text"`
	}
	copyArgs struct {
		Chat    int64 `json:"chat_id"`
		From    int64 `json:"from_chat_id"`
		Message int   `json:"message_id"`
	}
	sayArgs struct {
		As   int64  `json:"as"`
		Chat int64  `json:"chat"`
		Text string `json:"text"`
	}
)

// overHTTP measures calls over sockets and webhooks; the simulator is a process
// of its own, and shares the machine with those who call it.
func (b *probing) overHTTP(ctx context.Context) (err error) {
	plan := simulatorPlan{b.Seed, b.Calls.Callers, b.Calls.Callers * chatsPerCaller}
	s, err := startSimulator(ctx, b.Simulator, b.dir, plan)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	var took []time.Duration
	value, err := b.rounds(func() (float64, error) {
		return b.callOverHTTP(ctx, s, "sendMessage", &took, func(r robot, n int) any {
			return sendArgs{r.Clients[n%len(r.Clients)], textOf(n, answerBytes)}
		})
	})
	if err != nil {
		return err
	}
	b.report.set("calls_per_s_http", value)
	b.report.set("send_http_p50_ms", quantile(took, 0.5))
	b.report.set("send_http_p99_ms", quantile(took, 0.99))
	value, err = b.rounds(func() (float64, error) {
		return b.callOverHTTP(ctx, s, "copyMessage", new([]time.Duration), func(r robot, n int) any {
			return copyArgs{r.Clients[n%len(r.Clients)], r.Clients[0], r.First}
		})
	})
	if err != nil {
		return err
	}
	b.report.set("copies_per_s_http", value)
	value, err = b.webhooks(ctx, s)
	b.report.set("webhooks_per_s", value)
	return err
}

// callOverHTTP lets every bot call over a connection of its own; took gets how
// long each call took for its caller.
func (b *probing) callOverHTTP(ctx context.Context, s *simulator, method string, took *[]time.Duration, args func(robot, int) any) (float64, error) {
	var callers []caller
	var mu sync.Mutex
	for _, r := range s.Bots {
		l, err := dial(s.Address)
		if err != nil {
			return 0, err
		}
		defer l.close()
		path := r.path(method)
		callers = append(callers, func(_ context.Context, n int) error {
			begin := time.Now()
			if _, err := l.call(path, args(r, n)); err != nil {
				return err
			}
			mu.Lock()
			*took = append(*took, time.Since(begin))
			mu.Unlock()
			return nil
		})
	}
	return callAll(ctx, callers, b.Calls.For)
}

// webhooks lets people write, then gives all bots a webhook and takes the time
// from the first update that comes to the last.
func (b *probing) webhooks(ctx context.Context, s *simulator) (float64, error) {
	if err := b.writeAll(s); err != nil {
		return 0, err
	}
	hook, err := openHook(b.Webhooks)
	if err != nil {
		return 0, err
	}
	defer hook.close()
	l, err := dial(s.Address)
	if err != nil {
		return 0, err
	}
	defer l.close()
	for _, r := range s.Bots {
		if _, err := l.call(r.path("setWebhook"), map[string]string{"url": hook.url}); err != nil {
			return 0, err
		}
	}
	if err := hook.wait(ctx); err != nil {
		return 0, err
	}
	return float64(b.Webhooks-1) / hook.last.Sub(hook.first).Seconds(), nil
}

// writeAll lets people write the updates that webhooks will carry.
func (b *probing) writeAll(s *simulator) error {
	l, err := dial(s.Address)
	if err != nil {
		return err
	}
	defer l.close()
	for n := range b.Webhooks {
		r := s.Bots[n%len(s.Bots)]
		from := r.Clients[n/len(s.Bots)%len(r.Clients)]
		if _, err := l.call("/world/send", sayArgs{from, r.ID, textOf(n, answerBytes)}); err != nil {
			return fmt.Errorf("write to a bot: %w", err)
		}
	}
	return nil
}

// hook is a server that takes updates and answers nothing.
type hook struct {
	url  string
	web  *http.Server
	want int
	done chan struct{} // closed when all have come

	mu          sync.Mutex
	count       int
	first, last time.Time
}

func openHook(want int) (*hook, error) {
	l, err := listenLoopback()
	if err != nil {
		return nil, err
	}
	h := &hook{url: "http://" + l.Addr().String(), want: want, done: make(chan struct{})}
	h.web = &http.Server{Handler: h, ReadHeaderTimeout: 30 * time.Second}
	go h.web.Serve(l) // ends with close
	return h, nil
}

func (h *hook) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	io.Copy(io.Discard, r.Body)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.count++
	if h.count == 1 {
		h.first = time.Now()
	}
	if h.count == h.want {
		h.last = time.Now()
		close(h.done)
	}
}

func (h *hook) wait(ctx context.Context) error {
	select {
	case <-h.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(2 * time.Minute):
		h.mu.Lock()
		defer h.mu.Unlock()
		return fmt.Errorf("%d of %d updates have come to the webhooks", h.count, h.want)
	}
}

func (h *hook) close() { h.web.Close() }
