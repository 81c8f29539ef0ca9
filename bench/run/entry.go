package run

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	sim "topicdesk/bench/telegram"
)

// entry is one line of the history of all kinds but relay: what people said and
// what became of it, what was done to the relay, what that used, and the simulated
// Telegrams' own logs. All figures are computed from it.
type entry struct {
	At    time.Time `json:"at"`
	Event string    `json:"event"`
	World string    `json:"world,omitempty"` // the simulated Telegram; several run side by side

	Phase string        `json:"phase,omitempty"` // begins
	Name  string        `json:"name,omitempty"`  // of the scenario's kind
	Lasts time.Duration `json:"lasts,omitempty"` // how long the phase is measured
	Tries int           `json:"tries,omitempty"` // of the limit: messages in Per
	Per   time.Duration `json:"per,omitempty"`

	Office  string `json:"office,omitempty"` // the tenant
	Role    string `json:"role,omitempty"`   // of a chat: forum, private, group; of a message: what it is for
	Admin   bool   `json:"admin,omitempty"`  // the bot is an administrator of that chat
	Helpers int    `json:"helpers,omitempty"`

	Dialog int    `json:"dialog,omitempty"` // its number in the world, from 1
	N      int    `json:"n,omitempty"`      // number of what was said, from 1; in a world
	Side   string `json:"side,omitempty"`   // who said it: client or team
	Kind   string `json:"kind,omitempty"`
	Parts  int    `json:"parts,omitempty"` // of an album
	Part   int    `json:"part,omitempty"`  // from 1

	Unsure  int `json:"unsure,omitempty"`  // sends of which the relay did not know the outcome
	Settled int `json:"settled,omitempty"` // and those of them that it found out

	Round     int           `json:"round,omitempty"` // of the phase, from 1
	RSS       float64       `json:"rss_mib,omitempty"`
	CPU       time.Duration `json:"cpu,omitempty"`
	Files     int           `json:"files,omitempty"`     // open descriptors of the relay
	Databases int           `json:"databases,omitempty"` // those of them that are tenants' files
	Opened    int           `json:"opened,omitempty"`    // how often a tenant's file was, since the relay's start

	Job    int    `json:"job,omitempty"`    // of the relay
	Reason string `json:"reason,omitempty"` // of its, for doing it again
	Asked  int    `json:"asked,omitempty"`

	// The simulated Telegram's log; see telegram.LogEntry.
	Bot      int64         `json:"bot,omitempty"`
	Method   string        `json:"method,omitempty"`
	Chat     int64         `json:"chat,omitempty"`
	Code     int           `json:"code,omitempty"`
	Messages []int         `json:"messages,omitempty"`
	UpdateID int           `json:"update_id,omitempty"`
	Retry    int           `json:"retry_after,omitempty"`
	Loss     sim.Loss      `json:"loss,omitempty"`
	Took     time.Duration `json:"took,omitempty"`
	Spent    int           `json:"spent,omitempty"`
}

// logged is a line of a simulated Telegram's log.
func logged(world string, e sim.LogEntry) entry {
	return entry{
		At: e.At, Event: string(e.Event), World: world, Bot: e.Bot, Method: e.Method, Chat: e.Chat, Code: e.Code, Messages: e.Messages,
		UpdateID: e.UpdateID, Retry: e.Retry, Loss: e.Loss, Took: e.Took, Spent: e.Spent,
	}
}

// chronicle is a history in the order of time. The zero value is an empty one.
type chronicle []entry

func (c *chronicle) add(e entry) { *c = append(*c, e) }

func (c chronicle) sort() {
	slices.SortStableFunc(c, func(a, b entry) int { return a.At.Compare(b.At) })
}

// write puts the times of all as far from the first as they were: what a machine does
// with its wall clock meanwhile is in none of them.
func (c chronicle) write(to io.Writer) error {
	buffer := bufio.NewWriter(to)
	lines := json.NewEncoder(buffer)
	for _, e := range c {
		e.At = c[0].At.Round(0).Add(e.At.Sub(c[0].At))
		if err := lines.Encode(e); err != nil {
			return fmt.Errorf("write the history: %w", err)
		}
	}
	return buffer.Flush()
}

func readChronicle(from io.Reader) (chronicle, error) {
	var c chronicle
	lines := json.NewDecoder(from)
	for {
		var e entry
		switch err := lines.Decode(&e); err {
		case nil:
			c.add(e)
		case io.EOF:
			return c, nil
		default:
			return nil, fmt.Errorf("read line %d of the history: %w", len(c)+1, err)
		}
	}
}
