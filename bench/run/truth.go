package run

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	sim "topicdesk/bench/telegram"
)

// figure is one value of a report.
type figure struct {
	name  string
	value float64
}

// place is a message where it stands.
type place struct {
	chat    int64
	message int
}

// copyAt is where a part of something said stands: the message, and its place
// among what is joined there.
type copyAt struct{ message, index int }

// truth is what a history tells of one world, sorted out.
type truth struct {
	said    []entry                // by number
	chats   map[int64]entry        // by chat, as the bot names it
	forums  map[string]entry       // by office
	dialogs map[int]int64          // the chats of clients, by dialog
	stood   []entry                // at the end
	copies  map[mark][]copyAt      // where it belongs, in order
	astray  int                    // copies where nobody should see them
	made    map[place]entry        // by which call
	calls   map[int64][]entry      // of the relay's bots that were done, by chat
	others  map[int64]map[int]bool // messages of foreign bots, by chat
	known   map[int64]map[int]bool // messages of which the relay was told: people's, by chat
	phases  map[string]entry       // the last of each name
	limit   entry                  // zero = none is told
	floods  int                    // calls of the relay's bots that were answered with 429
	bots    map[int64]string       // whose office
	kills   []time.Time
	unsure  struct{ all, settled int }
}

// truths sorts a history out, by world.
func truths(c chronicle) (map[string]*truth, error) {
	c.sort()
	worlds := map[string]*truth{}
	of := func(world string) *truth {
		if worlds[world] == nil {
			worlds[world] = &truth{
				chats: map[int64]entry{}, forums: map[string]entry{}, copies: map[mark][]copyAt{}, made: map[place]entry{},
				calls: map[int64][]entry{}, others: map[int64]map[int]bool{}, known: map[int64]map[int]bool{}, phases: map[string]entry{},
				bots: map[int64]string{}, dialogs: map[int]int64{},
			}
		}
		return worlds[world]
	}
	for _, e := range c {
		if e.Event == "chat" {
			t := of(e.World)
			t.chats[e.Chat], t.bots[e.Bot] = e, e.Office
			if e.Role == "forum" {
				t.forums[e.Office] = e
			} else {
				t.dialogs[e.Dialog] = e.Chat
			}
		}
	}
	for _, e := range c {
		if e.World == "" {
			continue
		}
		if err := of(e.World).take(e); err != nil {
			return nil, err
		}
	}
	for _, t := range worlds {
		t.settle()
	}
	return worlds, nil
}

func (t *truth) take(e entry) error {
	switch e.Event {
	case "chat", "fault", "doubt", "update", "sent", "taken":
	case "stood":
		t.stood = append(t.stood, e)
	case "phase":
		t.phases[e.Phase] = e
	case "limit":
		t.limit = e
	case "kill":
		t.kills = append(t.kills, e.At)
	case "unsure":
		t.unsure.all += e.Unsure
		t.unsure.settled += e.Settled
	case "said":
		t.said = append(t.said, e)
	case "posted":
		t.remember(t.known, e)
	case "call":
		t.call(e)
	default:
		return fmt.Errorf("nobody knows the event %q", e.Event)
	}
	return nil
}

func (t *truth) remember(in map[int64]map[int]bool, e entry) {
	if in[e.Chat] == nil {
		in[e.Chat] = map[int]bool{}
	}
	for _, id := range e.Messages {
		in[e.Chat][id] = true
	}
}

func (t *truth) call(e entry) {
	_, ours := t.bots[e.Bot]
	switch {
	case ours && e.Code == 429 && e.Method != "setWebhook":
		t.floods++
		return
	case e.Code != 200 || e.Chat == 0:
		return
	case !ours:
		t.remember(t.others, e)
		return
	}
	t.calls[e.Chat] = append(t.calls[e.Chat], e)
	for _, id := range e.Messages {
		if at := (place{e.Chat, id}); t.made[at].At.IsZero() {
			t.made[at] = e
		}
	}
}

// settle sorts what stands by whether it is where it belongs.
func (t *truth) settle() {
	slices.SortFunc(t.said, func(a, b entry) int { return cmp.Compare(a.N, b.N) })
	byNumber := map[int]entry{}
	for _, s := range t.said {
		byNumber[s.N] = s
	}
	index := map[place]int{}
	for _, e := range t.stood {
		s, at := byNumber[e.N], place{e.Chat, e.Messages[0]}
		index[at]++
		if t.destination(s) != e.Chat || s.Dialog != e.Dialog {
			t.astray++
			continue
		}
		k := mark{e.N, e.Part}
		t.copies[k] = append(t.copies[k], copyAt{at.message, index[at]})
	}
	for _, list := range t.copies {
		slices.SortFunc(list, func(a, b copyAt) int {
			return cmp.Or(cmp.Compare(a.message, b.message), cmp.Compare(a.index, b.index))
		})
	}
}

// destination is the chat in which what was said has to be.
func (t *truth) destination(s entry) int64 {
	if s.Side == sideClient || s.Kind == kindNote {
		return t.forums[s.Office].Chat
	}
	return t.dialogs[s.Dialog]
}

// first is where something stands for the first time; false if a part of it is
// nowhere.
func (t *truth) first(s entry) (copyAt, bool) {
	var found copyAt
	for part := 1; part <= s.Parts; part++ {
		list := t.copies[mark{s.N, part}]
		if len(list) == 0 {
			return copyAt{}, false
		}
		if part == 1 || list[0].message < found.message {
			found = list[0]
		}
	}
	return found, true
}

// delivered is when all parts had come; zero = never.
func (t *truth) delivered(s entry) (at time.Time) {
	chat := t.destination(s)
	for part := 1; part <= s.Parts; part++ {
		list := t.copies[mark{s.N, part}]
		if len(list) == 0 {
			return time.Time{}
		}
		if made := t.made[place{chat, list[0].message}].At; made.After(at) {
			at = made
		}
	}
	return at
}

// lost counts what is not where it belongs.
func (t *truth) lost() (n int) {
	for _, s := range t.said {
		if _, ok := t.first(s); !ok {
			n++
		}
	}
	return n
}

// outOfOrder counts what came before something that was said earlier in the same
// dialog by the same side. The relay's own notes have no order.
func (t *truth) outOfOrder() (n int) {
	last := map[string]copyAt{}
	for _, s := range t.said {
		at, ok := t.first(s)
		if !ok || s.Kind == kindNote {
			continue
		}
		lane := fmt.Sprint(s.Side, s.Dialog)
		before := last[lane]
		if at.message < before.message || at.message == before.message && at.index < before.index {
			n++
			continue
		}
		last[lane] = at
	}
	return n
}

// doubled counts what stands once more than it was said, an album as one, by
// whether the relay could have told that the first had arrived.
func (t *truth) doubled() (tellable, untellable int, reasons map[string]int) {
	reasons = map[string]int{}
	for _, s := range t.said {
		var most []copyAt
		for part := 1; part <= s.Parts; part++ {
			if list := t.copies[mark{s.N, part}]; len(list) > len(most) {
				most = list
			}
		}
		for _, first := range most[:max(len(most)-1, 0)] {
			reason := t.untellable(place{t.destination(s), first.message})
			if reason == "" {
				tellable++
				continue
			}
			untellable++
			reasons[reason]++
		}
	}
	return tellable, untellable, reasons
}

// tooMany is how many candidates are more than a relay has to ask for.
const tooMany = 20

// untellable says why nobody can know whether a message is the one of which the
// answer was lost; "" = it can be known.
func (t *truth) untellable(at place) string {
	made := t.made[at]
	switch chat := t.chats[at.chat]; {
	case strings.HasPrefix(made.Method, "forward"):
		return "forward" // an own forward answers as a stranger's message does
	case chat.Role == "group" && !chat.Admin:
		return "group" // there a bot may not see who wrote
	case t.candidates(at) > tooMany:
		return "candidates"
	default:
		return ""
	}
}

// candidates is how many messages of a chat may be that of which the answer was
// lost: those of which the relay doesn't know, around it.
func (t *truth) candidates(at place) int {
	made := t.made[at]
	began := made.At.Add(-made.Took)
	low, high := 0, 0
	for _, c := range t.calls[at.chat] {
		if c.Loss != sim.LossNone {
			continue
		}
		for _, id := range c.Messages {
			if c.At.Before(began) && id < at.message {
				low = max(low, id)
			}
			if id > at.message && (high == 0 || id < high) {
				high = id
			}
		}
	}
	for id := range t.known[at.chat] {
		if id < at.message {
			low = max(low, id)
		} else if high == 0 || id < high {
			high = id
		}
	}
	n := 1
	for id := range t.others[at.chat] {
		if id > low && (high == 0 || id < high) {
			n++
		}
	}
	return n
}

// judgement is the figures of loads that are held against what was said.
func judgement(c chronicle) ([]figure, error) {
	worlds, err := truths(c)
	if err != nil {
		return nil, err
	}
	counts := map[string]float64{}
	for _, t := range worlds {
		tellable, untellable, reasons := t.doubled()
		counts["messages"] += float64(len(t.said))
		counts["kills"] += float64(len(t.kills))
		counts["lost"] += float64(t.lost())
		counts["astray"] += float64(t.astray)
		counts["out_of_order"] += float64(t.outOfOrder())
		counts["unsure"] += float64(t.unsure.all)
		counts["unsure_settled"] += float64(t.unsure.settled)
		counts["doubled_tellable"] += float64(tellable)
		counts["doubled_untellable"] += float64(untellable)
		for reason, n := range reasons {
			counts["doubled_"+reason] += float64(n)
		}
	}
	kinds := []string{
		"kills", "messages", "lost", "astray", "out_of_order", "unsure", "unsure_settled", "doubled_tellable", "doubled_untellable",
	}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if !slices.Contains(kinds, name) {
			kinds = append(kinds, name)
		}
	}
	var all []figure
	if ratio, ok := goodput(worlds[worldFaulty], worlds[worldPlain]); ok {
		all = append(all, figure{"goodput_ratio", ratio})
	}
	for _, name := range kinds {
		all = append(all, figure{name, counts[name]})
	}
	return all, nil
}

// The worlds in which the same is said.
const (
	worldFaulty = "faulty"
	worldPlain  = "plain"
)

// goodput is how much arrived with faults by how much without while the load
// lasted: the worse of the offices that join texts and of those that don't.
func goodput(faulty, plain *truth) (ratio float64, ok bool) {
	if faulty == nil || plain == nil {
		return 0, false
	}
	with, without := faulty.arrived(), plain.arrived()
	for kind, n := range without {
		if one := float64(with[kind]) / float64(n); !ok || one < ratio {
			ratio, ok = one, true
		}
	}
	return ratio, ok
}

// arrived counts what was said and arrived while the load lasted, by the kind of
// office.
func (t *truth) arrived() map[string]int {
	load := t.phases["load"]
	found := map[string]int{}
	for _, s := range t.said {
		at := t.delivered(s)
		if !s.At.Before(load.At) && !at.IsZero() && at.Before(load.At.Add(load.Lasts)) {
			found[t.forums[s.Office].Kind]++
		}
	}
	return found
}
