package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"
)

// world measures what many bots with many chats take, while each bot waits in
// a long poll over a connection of its own; then somebody writes to each bot.
func (b *probing) world(ctx context.Context) (err error) {
	begin := time.Now()
	s, err := startSimulator(ctx, b.Simulator, b.dir, simulatorPlan{b.Seed, b.World.Bots, b.World.Chats})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	b.report.set("world_ready_s", time.Since(begin).Seconds())
	waiting := &waiting{arrivals: make(chan arrival, len(s.Bots)), asked: make(chan error, len(s.Bots))}
	defer waiting.end()
	if err := waiting.open(ctx, s); err != nil {
		return err
	}
	if err := sleep(ctx, b.World.Rest); err != nil {
		return err
	}
	rested, err := s.rss()
	if err != nil {
		return err
	}
	took, err := b.tellAll(ctx, s, waiting)
	if err != nil {
		return err
	}
	told, err := s.rss()
	if err != nil {
		return err
	}
	b.report.set("polls_waiting", float64(len(took)))
	b.report.set("delivery_p50_ms", quantile(took, 0.5))
	b.report.set("delivery_p99_ms", quantile(took, 0.99))
	b.report.set("rss_mib_10k_bots_1m_chats", max(rested, told))
	return nil
}

// deliveredWithin bounds the wait for one message.
const deliveredWithin = 10 * time.Second

// tellAll lets one person after the other write to each bot, in any order, and
// gives how long each message took to come out of that bot's poll.
func (b *probing) tellAll(ctx context.Context, s *simulator, polls *waiting) (took []time.Duration, err error) {
	l, err := dial(s.Address)
	if err != nil {
		return nil, err
	}
	defer l.close()
	for n, at := range rand.New(rand.NewPCG(b.Seed, 1)).Perm(len(s.Bots)) {
		r := s.Bots[at]
		text := textOf(n, answerBytes)
		begin := time.Now()
		if _, err := l.call("/world/send", sayArgs{r.Clients[0], r.ID, text}); err != nil {
			return nil, fmt.Errorf("write to bot %d: %w", at, err)
		}
		select {
		case a := <-polls.arrivals:
			if a.err != nil {
				return nil, a.err
			}
			if a.bot != at || a.text != text || a.from != r.Clients[0] {
				return nil, fmt.Errorf("message %d to bot %d came to bot %d as %q from %d", n, at, a.bot, a.text, a.from)
			}
			took = append(took, a.at.Sub(begin))
		case <-time.After(deliveredWithin):
			return nil, fmt.Errorf("message %d to bot %d has not come within %s", n, at, deliveredWithin)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return took, nil
}

// waiting is all bots in their long polls.
type waiting struct {
	arrivals chan arrival
	asked    chan error // one for each bot that has sent its first getUpdates

	mu      sync.Mutex
	ended   bool
	lines   []*socket
	running sync.WaitGroup
}

// arrival is one message out of a poll, or the poll's failure.
type arrival struct {
	bot  int
	at   time.Time
	text string
	from int64
	err  error
}

// dialAtOnce is how many bots connect at the same time.
const dialAtOnce = 32

// open sends every bot into its poll and returns when all have asked.
func (p *waiting) open(ctx context.Context, s *simulator) error {
	slots := make(chan struct{}, dialAtOnce)
	for i, r := range s.Bots {
		p.running.Go(func() {
			slots <- struct{}{}
			l, err := dial(s.Address)
			<-slots
			if err == nil && !p.keep(l) {
				err = context.Canceled
			}
			if err != nil {
				p.asked <- err
				return
			}
			p.poll(l, i, r)
		})
	}
	for range s.Bots {
		select {
		case err := <-p.asked:
			if err != nil {
				return fmt.Errorf("open a poll: %w", err)
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// keep notes a connection, so that end can close it; false = it has ended.
func (p *waiting) keep(l *socket) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended {
		l.close()
		return false
	}
	p.lines = append(p.lines, l)
	return true
}

// end breaks all polls off and waits until nobody polls.
func (p *waiting) end() {
	p.mu.Lock()
	p.ended = true
	for _, l := range p.lines {
		l.close()
	}
	p.mu.Unlock()
	p.running.Wait()
}

// pollSeconds is the timeout of a poll, the longest that Telegram keeps.
const pollSeconds = 50

// poll asks for updates until the connection is closed.
func (p *waiting) poll(l *socket, bot int, r robot) {
	offset := r.Offset
	for first := true; ; first = false {
		body := fmt.Sprintf(`{"offset":%d,"timeout":%d}`, offset, pollSeconds)
		err := l.send(r.path("getUpdates"), []byte(body))
		if first {
			p.asked <- err
		}
		var answer []byte
		if err == nil {
			answer, err = l.receive()
		}
		if err == nil {
			offset, err = p.arrived(bot, offset, answer)
		}
		if err != nil {
			p.fail(bot, err)
			return
		}
	}
}

// arrived tells of the messages of an answer and gives the next offset.
func (p *waiting) arrived(bot, offset int, body []byte) (int, error) {
	at := time.Now()
	var answer struct {
		Result []struct {
			ID      int `json:"update_id"`
			Message struct {
				Text string `json:"text"`
				From struct {
					ID int64 `json:"id"`
				} `json:"from"`
			} `json:"message"`
		} `json:"result"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return offset, err
	}
	for _, u := range answer.Result {
		offset = u.ID + 1
		p.arrivals <- arrival{bot: bot, at: at, text: u.Message.Text, from: u.Message.From.ID}
	}
	return offset, nil
}

// fail tells that a poll broke, unless all are being broken off.
func (p *waiting) fail(bot int, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ended {
		p.arrivals <- arrival{err: fmt.Errorf("the poll of bot %d: %w", bot, err)}
	}
}
