package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"

	"github.com/mymmrac/telego"
)

// FloorPlan is all that the floor knows: it learns and keeps nothing.
type FloorPlan struct {
	Root string     `json:"root"` // of the Bot API
	Bots []FloorBot `json:"bots"`
}

// FloorBot is one bot with its forum and where its clients' messages go.
type FloorBot struct {
	Token   string        `json:"token"`
	Forum   int64         `json:"forum"`
	Threads map[int64]int `json:"threads"` // by client
}

func planOf(st *stage) FloorPlan {
	plan := FloorPlan{Root: st.root}
	for _, d := range st.floor {
		b := FloorBot{Token: d.token, Forum: d.forum, Threads: map[int64]int{}}
		for _, dialog := range d.dialogs {
			b.Threads[dialog.client] = int(dialog.thread.Load())
		}
		plan.Bots = append(plan.Bots, b)
	}
	return plan
}

// startFloor starts the floor; it ends when stop is called or this process ends.
func startFloor(command []string, dir string, st *stage) (stop func() error, err error) {
	cmd := exec.Command(command[0], command[1:]...)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	p, err := start(dir, "floor", cmd)
	if err != nil {
		return nil, err
	}
	if err := json.NewEncoder(in).Encode(planOf(st)); err != nil {
		p.kill()
		return nil, errors.Join(fmt.Errorf("tell the floor its plan: %w", err), p.lastWords())
	}
	return func() error {
		in.Close()
		select {
		case err := <-p.ended:
			return err
		case <-time.After(stopWithin):
			p.kill()
			return errors.New("the floor did not end")
		}
	}, nil
}

// Floor is the least that a relay can be: for each bot a telego loop that asks
// for updates and copies them one by one, with nothing stored, nothing decided
// and nothing limited. It reads its plan from in and ends when in does.
func Floor(in io.Reader) error {
	var plan FloorPlan
	input := json.NewDecoder(in)
	if err := input.Decode(&plan); err != nil {
		return fmt.Errorf("read the plan: %w", err)
	}
	failed := make(chan error, len(plan.Bots)+1)
	for _, b := range plan.Bots {
		bot, err := telego.NewBot(b.Token, telego.WithAPIServer(plan.Root), telego.WithDiscardLogger())
		if err != nil {
			return err
		}
		go func() { failed <- b.loop(bot) }()
	}
	go func() {
		_, err := io.Copy(io.Discard, in)
		failed <- err
	}()
	return <-failed
}

func (b *FloorBot) loop(bot *telego.Bot) error {
	ctx, offset := context.Background(), 0
	for {
		updates, err := bot.GetUpdates(ctx, &telego.GetUpdatesParams{
			Offset: offset, Limit: 100, Timeout: 25, AllowedUpdates: []string{"message"},
		})
		if err != nil {
			return err
		}
		for _, u := range updates {
			offset = u.UpdateID + 1
			if err := b.copy(ctx, bot, u.Message); err != nil {
				return err
			}
		}
	}
}

// copy sends a message to the other side; service messages and commands have none.
func (b *FloorBot) copy(ctx context.Context, bot *telego.Bot, m *telego.Message) error {
	if m == nil || len(marksIn([]byte(m.Text))) == 0 {
		return nil
	}
	params := telego.CopyMessageParams{FromChatID: telego.ChatID{ID: m.Chat.ID}, MessageID: m.MessageID}
	if m.Chat.ID == b.Forum {
		for client, thread := range b.Threads {
			if thread == m.MessageThreadID {
				params.ChatID = telego.ChatID{ID: client}
			}
		}
	} else {
		params.ChatID, params.MessageThreadID = telego.ChatID{ID: b.Forum}, b.Threads[m.Chat.ID]
	}
	_, err := bot.CopyMessage(ctx, &params)
	return err
}
