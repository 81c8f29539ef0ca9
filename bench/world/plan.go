package world

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"topicdesk/tenants/store"
)

// Plan is what one run does to the relay, drawn from its seed.
type Plan struct {
	Seed   uint64
	Dir    string
	Length time.Duration // of the busy part
	// Events are what happens, in the order of time.
	Events   []Event
	HideInfo bool
	Houses   int // tenants on the node
	Bots     int // of each
	// Undo is UNDO_SECONDS.
	Undo     int
	Webhooks bool
	Topics   int // how many dialogs get a topic of their own in an hour; 0 = as in the product
	Helpers  int // bots that help the first connection of each tenant
	Open     int // how many tenants may have their files open; 0 = all
	// WholeTrace keeps every step, not only what people, Telegram and the process
	// did.
	WholeTrace bool
	// Sync and Hasty are sabotages: how far commits go, and whether Telegram is
	// told to forget before the commit.
	Sync  store.Sync
	Hasty bool
}

// Event is one thing that happens. Its draws are its own: without it the others
// do the same.
type Event struct {
	N     int // its number in the plan that was drawn
	Kind  EventKind
	At    time.Duration // since the beginning
	House int           // whose
	Steps int           // of the scheduler that pass before: in the middle of things
	Count int           // Crash, Loss: messages between actors until it strikes; End, Cut: writes to the disk
}

// EventKind is what happens.
type EventKind string

// Kinds of events.
const (
	Act   EventKind = "act"   // somebody does something
	Fault EventKind = "fault" // Telegram begins to fail in one way
	Crash EventKind = "crash" // an actor panics
	Loss  EventKind = "loss"  // a message between actors is lost
	End   EventKind = "end"   // the process ends
	Cut   EventKind = "cut"   // the power goes
	Help  EventKind = "help"  // something becomes of the helpers
	Jump  EventKind = "jump"  // the clock is set, in a process that goes on
	Token EventKind = "token" // a bot's token is revoked, or the relay gets the new one
	Group EventKind = "group" // the team gets one more group
	Gone  EventKind = "gone"  // a client deletes the account
	Rest  EventKind = "rest"  // the process ends as it should
	Hide  EventKind = "hide"  // HIDE_INFO is switched on, or off
)

// Draw makes a plan of a seed.
func Draw(seed uint64, dir string) Plan {
	draw := rand.New(rand.NewPCG(seed, 0x5eed))
	p := Plan{
		Seed: seed, Dir: dir, Length: []time.Duration{4 * time.Minute, 4 * time.Minute, 15 * time.Minute}[draw.IntN(3)],
		HideInfo: draw.IntN(3) == 0, Houses: []int{1, 1, 1, 2, 3}[draw.IntN(5)], Bots: 1 + draw.IntN(2),
		Undo: 12 * (draw.IntN(3) / 2), Webhooks: draw.IntN(3) == 0, Topics: []int{0, 0, 0, 1, 2}[draw.IntN(5)],
	}
	p.add(draw, Act, 15+draw.IntN(40)+8*(p.Houses-1))
	p.add(draw, Fault, draw.IntN(6))
	// At most two openings end: three on one message set it aside, and it is not lost.
	crashes := draw.IntN(3)
	p.add(draw, Crash, crashes)
	p.add(draw, Loss, draw.IntN(3-crashes))
	p.add(draw, End, draw.IntN(3))
	p.add(draw, Cut, draw.IntN(3))
	if p.Helpers = draw.IntN(3) / 2; p.Helpers > 0 {
		p.add(draw, Help, 1+draw.IntN(6))
	}
	p.add(draw, Jump, draw.IntN(5)/3)
	p.add(draw, Token, draw.IntN(6)/4*(1+draw.IntN(3)))
	p.add(draw, Gone, draw.IntN(6)/5)
	p.add(draw, Group, draw.IntN(6)/4*(1+draw.IntN(3)))
	p.add(draw, Rest, draw.IntN(4)/2)
	if p.Houses > 1 && p.Helpers == 0 && draw.IntN(2) == 0 {
		p.Open = p.Houses - 1
	}
	p.add(draw, Hide, draw.IntN(5)/3*(1+draw.IntN(2)))
	slices.SortStableFunc(p.Events, func(a, b Event) int { return int(a.At - b.At) })
	for i := range p.Events {
		p.Events[i].N = i
	}
	return p
}

// add draws some events of a kind.
func (p *Plan) add(draw *rand.Rand, kind EventKind, n int) {
	for range n {
		e := Event{
			Kind: kind, At: time.Duration(draw.Int64N(int64(p.Length))), House: draw.IntN(p.Houses),
			Steps: draw.IntN(40), Count: draw.IntN(60),
		}
		if kind == Fault && draw.IntN(2) == 0 {
			e.At = 0
		}
		p.Events = append(p.Events, e)
	}
}

// luck is where an event's own draws come from.
func (p *Plan) luck(e Event) *rand.Rand { return rand.New(rand.NewPCG(p.Seed, uint64(e.N)+1)) }

// Has tells that something of a kind happens.
func (p *Plan) Has(kind EventKind) bool {
	return slices.ContainsFunc(p.Events, func(e Event) bool { return e.Kind == kind })
}

// planForm is how a plan is written, without its events.
const planForm = "seed=%d hide=%t houses=%d bots=%d hooks=%t undo=%d topics=%d helpers=%d open=%d"

// String is a plan as ParsePlan reads it: the seed draws it, and what else is
// said is what became of it.
func (p Plan) String() string {
	var kept []string
	for _, e := range p.Events {
		kept = append(kept, strconv.Itoa(e.N))
	}
	return fmt.Sprintf(planForm+" events=%s", p.Seed, p.HideInfo, p.Houses, p.Bots, p.Webhooks, p.Undo, p.Topics, p.Helpers, p.Open, strings.Join(kept, ","))
}

// ParsePlan reads what String writes.
func ParsePlan(s, dir string) (Plan, error) {
	head, kept, _ := strings.Cut(s, " events=")
	var seed uint64
	if _, err := fmt.Sscanf(head, "seed=%d", &seed); err != nil {
		return Plan{}, fmt.Errorf("read plan %q: %w", s, err)
	}
	p := Draw(seed, dir)
	if head == fmt.Sprintf("seed=%d", seed) && kept == "" {
		return p, nil
	}
	if _, err := fmt.Sscanf(head, planForm, &p.Seed, &p.HideInfo, &p.Houses, &p.Bots, &p.Webhooks, &p.Undo, &p.Topics, &p.Helpers, &p.Open); err != nil {
		return Plan{}, fmt.Errorf("read plan %q: %w", s, err)
	}
	numbers := strings.Split(kept, ",")
	p.Events = slices.DeleteFunc(p.Events, func(e Event) bool { return !slices.Contains(numbers, strconv.Itoa(e.N)) })
	return p, nil
}
