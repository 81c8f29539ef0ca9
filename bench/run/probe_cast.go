package run

import (
	"fmt"

	sim "topicdesk/bench/telegram"
)

// robot is a bot of a Probe with the people who have written to it.
type robot struct {
	ID      int64   `json:"id"`
	Token   string  `json:"token"`
	Clients []int64 `json:"clients"`
	Offset  int     `json:"offset"`          // of its next getUpdates
	First   int     `json:"first,omitempty"` // the bot's number of the first client's message
}

// path is where its calls go.
func (r *robot) path(method string) string { return "/bot" + r.Token + "/" + method }

// cast makes bots and people: each person presses Start, and the bot takes the
// update and answers, so that every chat holds two messages.
func cast(w *sim.World, bots, chats int) ([]robot, error) {
	out := make([]robot, bots)
	for i := range out {
		r := &out[i]
		r.ID, r.Token = w.NewBot(sim.Robot{Name: fmt.Sprintf("Bot %d", i)})
		for k := i; k < chats; k += bots {
			client := w.NewUser(sim.Person{FirstName: fmt.Sprintf("Client %d", k), Language: "en"})
			id, err := w.Start(client, r.ID, "")
			if err != nil {
				return nil, fmt.Errorf("start bot %d: %w", i, err)
			}
			if r.First == 0 {
				r.First = id
			}
			if err := r.answer(w, client); err != nil {
				return nil, err
			}
			r.Clients = append(r.Clients, client)
		}
	}
	return out, nil
}

// answer takes the update that waits and answers it.
func (r *robot) answer(w *sim.World, client int64) error {
	for _, u := range w.Peek(r.ID, 0, 1) {
		r.Offset = u.ID + 1
	}
	for method, args := range map[string]sim.Args{
		"getUpdates":  sim.ArgsOf("offset", r.Offset),
		"sendMessage": sim.ArgsOf("chat_id", client, "text", textOf(int(client%1e8), answerBytes)),
	} {
		if a := w.Call(r.Token, method, args); !a.OK {
			return fmt.Errorf("%s: %s", method, a.Description)
		}
	}
	return nil
}

// answerBytes is the length of the texts in a Probe.
const answerBytes = 40

// newWorld is a World without limits, with bots and people.
func newWorld(seed uint64, bots, chats int) (*sim.World, []robot, error) {
	knobs := sim.Unlimited()
	w := sim.New(sim.Options{Seed: seed, Knobs: &knobs, NoLog: true})
	robots, err := cast(w, bots, chats)
	return w, robots, err
}
