package dialog

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"topicdesk/tenants"
)

// TestScripts runs testdata/*.txt: each line says what happens, and is followed
// by the whole decision, indented. See testdata/README for the words.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name, playScript(t, string(source)))
		})
	}
}

// playScript keeps the lines that say what happens and writes anew what follows.
func playScript(t *testing.T, source string) string {
	var out strings.Builder
	w := newWorld(t)
	for said := range strings.Lines(source) {
		said = strings.TrimRight(said, "\n")
		if strings.HasPrefix(said, "\t") {
			continue
		}
		out.WriteString(said + "\n")
		if said == "" || strings.HasPrefix(said, "#") {
			continue
		}
		w.out = nil
		w.play(said)
		for _, l := range w.out {
			out.WriteString("\t" + l + "\n")
		}
	}
	return out.String()
}

const (
	clientGroup tenants.ChatID = -1001
	backend     tenants.ChatID = -1009
	firstThread                = 77
)

var people = map[string]tenants.Person{
	"Anna":  {ID: 11, First: "Anna", Last: "Berg", Username: "annaberg", Language: "en"},
	"Bob":   {ID: 12, First: "Bob"},
	"Anna2": {ID: 13, First: "Anna", Last: "Berg"},
	"Olga":  {ID: 21, First: "Olga", Username: "olga_op"},
	"Max":   {ID: 22, First: "Max"},
	"Zoe":   {ID: 23, First: "Zoe", Last: "Ames"},
	"Zoe2":  {ID: 24, First: "zoe", Last: "Bell"},
	"Robot": {ID: 31, First: "Robot", Bot: true, Username: "robot_bot"},
	"Group": {ID: tenants.AnonymousAdmin, First: "Group", Bot: true},
}

// world is one dialog as its actors would hold it, with a lane of jobs.
type world struct {
	t      *testing.T
	now    time.Time
	values []tenants.Value
	state  State
	topic  Topic
	next   tenants.MessageID
	texts  map[tenants.MessageID]tenants.Message
	fates  map[tenants.MessageID]Fate
	ours   map[tenants.MessageID]bool
	queued []Job // all jobs that were ever decided
	sent   map[tenants.MessageID]time.Time
	queue  []queued
	held   map[tenants.MessageID]Held
	known  int64 // fingerprint of the version before that of the last message
	out    []string

	labels    []Label
	lastLabel tenants.LabelID // the last label made
	replies   []Saved         // of the group
	noSigns   bool
	members   int
	spoke     time.Time // when somebody last wrote in the topic
}

type queued struct {
	Job
	attempt int
}

func newWorld(t *testing.T) *world {
	return &world{
		t: t, now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), next: 1,
		texts: map[tenants.MessageID]tenants.Message{}, fates: map[tenants.MessageID]Fate{}, ours: map[tenants.MessageID]bool{},
		sent:  map[tenants.MessageID]time.Time{},
		held:  map[tenants.MessageID]Held{},
		state: State{ID: 1, Connection: 5, Group: backend, Chat: tenants.Chat{ID: 11, Kind: tenants.Private}},
		topic: Topic{Dialog: 1, Group: backend},
	}
}

// play does one line.
func (w *world) play(said string) {
	words := strings.Fields(said)
	rest := strings.TrimSpace(strings.TrimPrefix(said, words[0]))
	name, isClient := strings.CutSuffix(words[0], ":")
	general, inGeneral := strings.CutSuffix(words[0], ">>")
	operator, inTopic := strings.CutSuffix(words[0], ">")
	switch {
	case isClient:
		w.client(name, rest)
	case inGeneral:
		w.general(general, rest)
	case inTopic:
		w.inTopic(operator, rest)
	case len(words) > 1 && words[1] == "presses":
		w.press(words[0], words[2:])
	default:
		w.order(words[0], words[1:], rest)
	}
}

// order does a line that nobody says.
func (w *world) order(word string, args []string, rest string) {
	switch word {
	case "set":
		w.set(args[0], strings.TrimSpace(strings.TrimPrefix(rest, args[0])))
	case "group", "forum":
		w.state.Chat = tenants.Chat{ID: clientGroup, Kind: tenants.Group, Title: rest, Forum: word == "forum"}
	case "channel":
		w.state.Chat = tenants.Chat{ID: clientGroup, Kind: tenants.Channel, Title: rest}
	case "deleted":
		f := w.facts("", nil)
		for _, arg := range args {
			id := tenants.MessageID(w.number(arg))
			if w.fates[id] == FateSent || w.fates[id] == FateWaiting {
				f.Gone = append(f.Gone, tenants.MessageRef{Chat: w.state.Chat.ID, ID: id})
			}
		}
		w.decide(Deleted(w.state, f))
	case "crowd": // so many messages, unprinted
		n, _ := strconv.Atoi(args[0])
		for range n {
			out := w.out
			w.client("Anna", "and so on")
			w.out = out
		}
	case "members":
		w.members, _ = strconv.Atoi(args[0])
	case "unbound":
		w.state.Group = 0
	case "wait":
		w.pass(args[0], true)
	case "asleep":
		w.asleep(args[0])
	case "settle":
		w.settle(Side(args[0]), args[1], args[2:])
	case "deliver":
		for len(w.queue) > 0 {
			w.settleFirst(0, w.made(w.queue[0].Job), false)
		}
	case "votes":
		w.votes(args)
	case "open":
		w.apply(OpenTopic(w.topic, 5, w.facts("Olga", nil)), true)
	case "made":
		w.topicMade(args)
	case "typed-title":
		w.service(true, tenants.Content{Service: tenants.ServiceTopicEdited, TopicName: rest})
	case "own-line":
		w.own(tenants.Service(args[0]))
	case "service":
		w.clientService(args)
	case "blocked", "back":
		w.decide(Membership(w.state, tenants.Membership{Chat: w.state.Chat, Member: word == "back"}, w.facts("Anna", nil)))
	case "reactions":
		w.noSigns = args[0] == "off"
	default:
		w.t.Fatalf("script: %q is no order", word)
	}
}

func (w *world) set(name, value string) {
	param, _, ok := tenants.ParamNamed(name)
	if !ok {
		w.t.Fatalf("script: no parameter %s", name)
	}
	canonical, err := param.Parse(value)
	if err != nil {
		w.t.Fatalf("script: %s: %v", name, err)
	}
	w.values = slices.DeleteFunc(w.values, func(v tenants.Value) bool { return v.Name == param.Name && v.Level.Dialog == 0 })
	w.values = append(w.values, tenants.Value{Name: param.Name, Value: canonical})
}

// facts are what the tenant would tell.
func (w *world) facts(who string, m *tenants.Message) Facts {
	set := tenants.Resolve(w.values, 5, w.state.Chat.Kind, 1, 22)
	f := Facts{
		Now: w.now, Settings: set, Key: []byte("a key of thirty-two bytes, or so"), Bot: "shopbot", Connection: 5,
		Writer: Standing{
			Team:      slices.Contains([]string{"Olga", "Max", "Zoe", "Zoe2"}, who) || slices.Contains(set.Team, people[who].ID),
			Manager:   who == "Max",
			Anonymous: who == "Group",
			CanBan:    who == "Olga" || who == "Max",
		},
		NoSigns: w.noSigns,
		Values:  w.values,
		Labels:  w.labels, NewLabel: w.lastLabel + 1, Marked: w.marked(m),
		TopicKnown: w.topic.Thread != 0, TopicSpoke: w.spoke, Members: w.members, Counted: w.now,
		Colleagues: []tenants.Person{people["Olga"], people["Max"], people["Zoe"], people["Zoe2"]},
	}
	f.Replies = w.replies
	if m == nil {
		return f
	}
	if strings.HasPrefix(words(m), "/undo") {
		f.Target = w.target(w.last(who))
	}
	if m.ReplyTo.ID != 0 {
		f.ReplyTo = w.replyKind(m.ReplyTo.ID)
		f.Target = w.target(m.ReplyTo.ID)
		if f.ReplyTo == ReplyClient || f.ReplyTo == ReplyOurs {
			f.ReplyLink = Link{Dialog: 1, Client: tenants.MessageRef{Chat: w.state.Chat.ID, ID: m.ReplyTo.ID}}
			if of := w.texts[m.ReplyTo.ID]; f.ReplyTo == ReplyClient && of.Chat.Kind == tenants.Group {
				f.ReplyLink.By = tenants.UserID(writerOf(&of))
			}
		}
	}
	if m.Album != "" {
		f.AlbumFate = w.albumFate(m)
		for _, h := range w.held {
			if h.Message.Album == m.Album {
				f.Held = append(f.Held, h)
			}
		}
	}
	return f
}

func (w *world) replyKind(id tenants.MessageID) ReplyKind {
	switch fate, known := w.fates[id]; {
	case !known:
		return ReplyUnknown
	case fate == FateInternal:
		return ReplyInternal
	case w.ours[id]:
		return ReplyOurs
	default:
		return ReplyClient
	}
}

func (w *world) albumFate(m *tenants.Message) Fate {
	for id, other := range w.texts {
		if id != m.ID && other.Album == m.Album {
			return w.fates[id]
		}
	}
	return FateUnknown
}

// decide prints a decision and does what it says to the world.
func (w *world) decide(d Decision) {
	w.out = append(w.out, printDecision(d, w.state)...)
	w.apply(d, false)
}

func (w *world) apply(d Decision, print bool) {
	if print {
		w.out = append(w.out, printDecision(d, w.state)...)
	}
	if d.State != nil {
		w.state = *d.State
	}
	if i := d.Ignore; i != nil {
		if v, ok := tenants.WithListed(w.values, 5, tenants.IgnoreChats, i.Chat, i.On); ok {
			w.values = slices.DeleteFunc(w.values, func(o tenants.Value) bool { return o.Level == v.Level && o.Name == v.Name })
			if !tenants.IsDefault(v.Value) {
				w.values = append(w.values, v)
			}
		}
	}
	w.relabel(d.Labels)
	if c := d.Topic; c != nil {
		w.change(*c)
	}
	for _, v := range d.Set {
		w.values = slices.DeleteFunc(w.values, func(old tenants.Value) bool { return old.Name == v.Name && old.Level == v.Level })
		if !tenants.IsDefault(v.Value) {
			w.values = append(w.values, v)
		}
	}
	if c := d.Reply; c != nil {
		w.replies = slices.DeleteFunc(w.replies, func(s Saved) bool { return s.Key == c.Key })
		if c.Saved != nil {
			w.replies = append(w.replies, *c.Saved)
		}
	}
	for _, r := range d.Inside {
		w.fates[r.ID] = FateInternal
	}
	for _, r := range d.Outside {
		w.fates[r.ID] = FateUnknown
	}
	for _, h := range d.Hold {
		w.held[h.Message.ID] = h
	}
	for _, r := range d.Unhold {
		delete(w.held, r.ID)
	}
	for _, r := range d.Cancel {
		w.queue = slices.DeleteFunc(w.queue, func(q queued) bool {
			return q.Lane.Side == ToClient && q.Source == r && q.attempt == 0
		})
	}
	for _, album := range d.Withdraw {
		w.queue = slices.DeleteFunc(w.queue, func(q queued) bool {
			s, ok := q.Effect.(*Send)
			return ok && s.Album == album
		})
		for id, m := range w.texts {
			if m.Album == album {
				w.fates[id] = FateInternal
			}
		}
	}
	w.queued = append(w.queued, d.Jobs...)
	for _, j := range d.Jobs {
		if j.Origin != OfRelay && w.fates[j.Source.ID] == FateUnknown {
			w.fates[j.Source.ID] = FateWaiting
			w.ours[j.Source.ID] = j.Origin == OfOperator
		}
		if j = w.back(j); !w.joined(j) {
			w.queue = append(w.queue, queued{Job: j})
		}
	}
}

// joined lays an album's part to those that wait, as the outbox does.
func (w *world) joined(j Job) bool {
	s, ok := j.Effect.(*Send)
	if !ok || s.Album == "" {
		return false
	}
	for i, q := range w.queue {
		if a, ok := q.Effect.(*Send); ok && a.Album == s.Album && q.Lane == j.Lane {
			both := *a
			both.Parts = append(slices.Clip(a.Parts), s.Parts...)
			w.queue[i].Effect = &both
			return true
		}
	}
	return false
}

func (w *world) change(c TopicChange) {
	if c.Title != nil {
		w.topic.Title = *c.Title
	}
	if c.Thread != nil {
		w.topic.Thread = *c.Thread
	}
	if c.Closed != nil {
		w.topic.Closed = *c.Closed
	}
	if c.Set != nil {
		w.topic.Set = *c.Set
	}
	if c.Anew != nil {
		w.topic.Anew = *c.Anew
	}
}

// pass lets time pass; rings tells that the process runs.
func (w *world) pass(span string, rings bool) {
	d, err := time.ParseDuration(span)
	if err != nil {
		w.t.Fatal(err)
	}
	w.now = w.now.Add(d)
	if rings && !w.state.Wake.IsZero() && !w.now.Before(w.state.Wake) {
		w.out = append(w.out, "rings")
		f := w.facts("", nil)
		f.Waits = w.waits()
		w.decide(Ring(w.state, f))
	}
}

// waits are the operators' messages in the lane to the client.
func (w *world) waits() []Waits {
	var all []Waits
	for _, q := range w.queue {
		if s, ok := q.Effect.(*Send); ok && q.Lane.Side == ToClient && q.Origin == OfOperator && s.Piece == 0 &&
			q.Decided.After(w.state.Rare.Watch.Since()) {
			all = append(all, Waits{Message: q.Source, Since: q.Decided})
		}
	}
	return all
}

// settle ends a try of the first job of a lane.
func (w *world) settle(side Side, kind string, args []string) {
	at := slices.IndexFunc(w.queue, func(q queued) bool { return q.Lane.Side == side })
	if at < 0 {
		w.t.Fatalf("script: nothing waits in lane %s", side)
	}
	o := readOutcome(w.t, kind, args)
	if kind == "done" {
		o.Poll = w.made(w.queue[at].Job).Poll
	}
	w.settleFirst(at, o, true)
}

func (w *world) settleFirst(at int, o tenants.Outcome, print bool) {
	q := w.queue[at]
	q.attempt++
	if o.Kind == tenants.Done && len(o.Made) == 1 && q.Lane.Side == ToClient && !q.Source.IsZero() {
		o.Made[0] = q.Source.ID // one sequence numbers all messages of a script
	}
	st := w.ask(q, o)
	if print {
		w.out = append(w.out, fmt.Sprintf("try %d of %s", q.attempt, jobWords(q.Job)))
		w.out = append(w.out, printSettlement(st, w.state)...)
	}
	rest := slices.Delete(slices.Clone(w.queue), at, at+1)
	if st.Verdict == Retry {
		if st.Effect != nil {
			q.Effect = st.Effect
		}
		back := []queued{}
		for _, j := range st.Before {
			back = append(back, queued{Job: j})
		}
		rest = slices.Insert(rest, at, append(back, q)...)
	} else if _, sends := q.Effect.(*Send); sends && o.Kind == tenants.Done && q.Origin != OfRelay &&
		w.fates[q.Source.ID] == FateWaiting {
		w.fates[q.Source.ID], w.sent[q.Source.ID] = FateSent, w.now
	}
	w.queue = rest
	w.apply(st.Decision, false)
}

// made is the outcome of a try that is done: a poll that went out is named after
// its message.
func (w *world) made(j Job) tenants.Outcome {
	o := tenants.Outcome{Kind: tenants.Done, Made: []tenants.MessageID{900}}
	if s, ok := j.Effect.(*Send); ok && s.Parts[0].Content.Kind == tenants.KindPoll && s.Way == Write {
		o.Poll = fmt.Sprint("poll", j.Source.ID)
	}
	return o
}

// votes tells how a poll stands: MESSAGE OF THE TOPIC, votes for yes, for no.
func (w *world) votes(args []string) {
	yes, no := w.number(args[1]), w.number(args[2])
	e := tenants.Voted{Poll: tenants.Poll{
		ID: "poll" + args[0], Question: "Tea?", Options: []string{"yes", "no"}, Votes: []int{yes, no}, Voters: yes + no,
		Closed: len(args) > 3,
	}}
	at := tenants.MessageRef{Chat: backend, ID: tenants.MessageID(w.number(args[0]))}
	w.decide(Voted(w.state, e, at, w.facts("Anna", nil)))
}

func (w *world) ask(q queued, o tenants.Outcome) Settlement {
	f := w.facts("", nil)
	switch {
	case q.Lane.Dialog == 0:
		return SettleGeneral(q.Job, q.attempt, o, f)
	case q.Lane.Side == ToClient:
		return SettleClient(w.state, q.Job, q.attempt, o, f)
	default:
		return SettleTopic(w.topic, q.Job, q.attempt, o, f)
	}
}
