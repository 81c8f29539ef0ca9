package world

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	sim "topicdesk/bench/telegram"
	"topicdesk/tenants/store"
)

// Plan is what one run does to the relay, drawn from its seed.
type Plan struct {
	Seed    uint64
	Dir     string
	Length  time.Duration // of the busy part
	Actions int
	// Faults of Telegram, crashes of actors, messages lost between actors,
	// kills of the process.
	Faults, Crashes, Losses, Kills int
	HideInfo                       bool
	Bots                           int
	// Undo is UNDO_SECONDS.
	Undo     int
	Webhooks bool
	Topics   int // how many dialogs get a topic of their own in an hour; 0 = as in the product
	// WholeTrace keeps every step, not only the last ones.
	WholeTrace bool
	// Mutate changes the stage before it begins, for sabotages.
	Mutate func(*Stage)
}

// Draw makes a plan of a seed.
func Draw(seed uint64, dir string) Plan {
	pick := func(salt uint64, n int) int {
		return int((seed*0x9e3779b97f4a7c15 + salt*0xbf58476d1ce4e5b9) >> 33 % uint64(n))
	}
	// At most two crashes: three on one message set it aside, and it is not lost.
	return Plan{
		Seed: seed, Dir: dir, Length: 4 * time.Minute, Actions: 10 + pick(1, 25),
		Faults: pick(2, 6), Crashes: pick(3, 3), Losses: pick(4, 3), Kills: pick(5, 3),
		HideInfo: pick(6, 3) == 0, Bots: 1 + pick(7, 2), Webhooks: pick(8, 3) == 0, Undo: 12 * (pick(9, 3) / 2),
		Topics: []int{0, 0, 0, 1, 2}[pick(10, 5)],
	}
}

// Result is what a run saw.
type Result struct {
	Messages, Crashes, Losses, Kills, Doubles int
	Trace                                     []string // the last steps, of a failure
}

// run is the state of a run.
type run struct {
	*Stage
	plan    Plan
	result  Result
	clients []*client
	group   int64 // a client group with two of the clients
	// Of the client group: it is a supergroup, the bot is out of it, the third
	// client is in it.
	upgraded, thrown, guest bool
	ops                     []int64
	said                    []said
	serial                  int
	albums                  []album
	mishaps                 map[int]Mishap // by the number of the message between actors
	told                    int
	trace                   []string
	floods                  bool // Telegram refuses calls although there is no reason
	hides                   bool // HIDE_INFO hides something
	// troubles are when the process was killed, an actor crashed or a message was
	// lost; slowPolls: a fault may have kept updates back.
	troubles  []time.Time
	slowPolls bool
	reacted   map[string]bool // reactions that somebody set or took off, with what the message is known by
	cuts      bool            // Telegram sends albums in part only
	late      bool            // Telegram itself changes the order: updates come late
}

// client is a person who writes to a bot.
type client struct {
	id      int64
	bot     int64
	name    string
	blocked bool
}

// said is one message of which the fate is checked at the end.
type said struct {
	token  string
	by     *client // nil = in the client group
	answer bool    // an operator's, for the client
	edited bool    // its text may be the old or the new one
	inside bool    // must not reach the client
	album  int     // > 0: parts of one album are sent, and doubled, together
	pulled bool    // of an album of which a part was deleted at once: the others may come twice, and before it
	taken  int     // > 0: the topic in which /del asked to take it back
	undone int     // > 0: the /undo that asked to take it back
	risky  bool    // the client had blocked the bot: delivered or refused
	room   bool    // said in the waiting room
}

const traceKept = 400

// Run does a plan and checks the invariants. The error names the first that
// does not hold; the result has the trace.
func Run(p Plan) (Result, error) {
	params := map[string]string{"MONITOR_GROUPS": "TRUE", "AUTOCLOSE": "1"}
	if p.Undo > 0 {
		params["UNDO_SECONDS"] = strconv.Itoa(p.Undo)
	}
	if p.HideInfo {
		params["HIDE_INFO"] = "name,title,link"
	}
	stage, err := NewStage(Options{Seed: p.Seed, Dir: p.Dir, Bots: p.Bots, Params: params, IdleClose: 20 * time.Second, Webhooks: p.Webhooks, Topics: p.Topics})
	if err != nil {
		return Result{}, err
	}
	r := &run{Stage: stage, plan: p, hides: p.HideInfo, mishaps: map[int]Mishap{}, reacted: map[string]bool{}}
	stage.Sched.Verbose = p.WholeTrace
	stage.Lossy = p.Losses > 0
	stage.Sched.Trace = r.note
	stage.Sched.Intercept = r.intercept
	if p.Mutate != nil {
		p.Mutate(stage)
	}
	r.people()
	r.drawMishaps()
	err = r.play()
	if err == nil {
		err = r.finish()
	}
	r.result.Doubles = r.Doubles
	if err != nil {
		r.result.Trace = r.trace
		if p.WholeTrace {
			for _, e := range r.World.Log() {
				if e.Event == sim.EventCall && e.Method != "getUpdates" {
					r.result.Trace = append(r.result.Trace, fmt.Sprintf("call %s %s chat %d: %d", e.At.Format("15:04:05.000"), e.Method, e.Chat, e.Code))
				}
			}
		}
	}
	return r.result, err
}

func (r *run) note(line string) {
	r.trace = append(r.trace, line)
	if len(r.trace) > 2*traceKept && !r.plan.WholeTrace {
		r.trace = slices.Clone(r.trace[traceKept:])
	}
}

func (r *run) pick(n int) int { return r.Sched.rand.IntN(n) }

// people makes the clients, the operators and the client group.
func (r *run) people() {
	w := r.World
	for i, name := range []string{"Zarathustra Quill", "Yuki Marblehead", "Xaver Obermoser"} {
		first, last, _ := strings.Cut(name, " ")
		id := w.NewUser(sim.Person{FirstName: first, LastName: last, Username: strings.ToLower(last)})
		r.clients = append(r.clients, &client{id: id, bot: r.Bots[i%len(r.Bots)], name: name})
	}
	for _, name := range []string{"Olga", "Pavel"} {
		op := w.NewUser(sim.Person{FirstName: name})
		must(w.AddMember(r.Admin, r.Forum, op))
		r.ops = append(r.ops, op)
	}
	r.group = w.NewGroup(r.clients[0].id, "Parquet Club", r.clients[1].id)
	must(w.AddMember(r.clients[0].id, r.group, r.Bots[0]))
}

// drawMishaps chooses which messages between actors are lost or fatal.
func (r *run) drawMishaps() {
	const span = 600 // messages between actors in a run of this length
	for range r.plan.Crashes {
		r.mishaps[20+r.pick(span)] = Fatal
	}
	for range r.plan.Losses {
		r.mishaps[20+r.pick(span)] = Lost
	}
}

// betweenActors tells that a message is one: timers and what the host tells a
// tenant are not.
func betweenActors(m any) bool {
	kind := fmt.Sprintf("%T", m)
	switch kind[strings.LastIndex(kind, ".")+1:] {
	case "Tick", "tick", "Look", "Open", "Stop":
		return false
	default:
		return true
	}
}

// intercept strikes the messages that were drawn.
func (r *run) intercept(_ string, m any) Mishap {
	if !betweenActors(m) {
		return Delivered
	}
	r.told++
	h := r.mishaps[r.told]
	if h == Fatal && strings.HasSuffix(fmt.Sprintf("%T", m), ".Failed") {
		return Delivered // it is fatal anyway
	}
	if h != Delivered {
		r.troubles = append(r.troubles, r.Sched.now)
	}
	switch h {
	case Lost:
		r.result.Losses++
	case Fatal:
		r.result.Crashes++
	case Delivered:
	}
	return h
}

// play lets people act, Telegram fail and the process die, at random moments.
func (r *run) play() error {
	var at []time.Duration
	for range r.plan.Actions {
		at = append(at, time.Duration(r.pick(int(r.plan.Length))))
	}
	slices.Sort(at)
	kills := map[int]bool{}
	for range r.plan.Kills {
		kills[r.pick(r.plan.Actions)] = true
	}
	r.addFaults()
	begin := r.Sched.now
	for i, d := range at {
		r.RunFor(begin.Add(d).Sub(r.Sched.now))
		for range r.pick(40) { // in the middle of things
			r.Sched.Step(r.Sched.now)
		}
		if kills[i] {
			r.result.Kills++
			r.note("--- the process is killed")
			r.troubles = append(r.troubles, r.Sched.now)
			if err := r.Kill(20 * time.Second); err != nil {
				return err
			}
		}
		r.act()
	}
	return nil
}

func (r *run) addFaults() {
	kinds := []sim.Fault{
		{Do: sim.Flood, Retry: 4}, {Do: sim.Flood, Retry: 30}, {Do: sim.ServerError}, {Do: sim.Gateway}, {Do: sim.Reset},
		{Do: sim.LostAnswer}, {Do: sim.GatewayAfter}, {Do: sim.Slow, Delay: 7 * time.Second},
		{Do: sim.Hang, Delay: 8 * time.Second}, {Do: sim.DuplicateUpdate, Delay: 3 * time.Second, Method: "message"},
		{Do: sim.LateUpdate, Delay: 2 * time.Second, Method: "message"},
		{Do: sim.CutAlbum, Method: "sendMediaGroup"}, {Do: sim.StaleCopy, Method: "copy*"},
	}
	methods := []string{"*", "send*", "copyMessage", "createForumTopic", "editForumTopic", "sendMessage"}
	for range r.plan.Faults {
		f := kinds[r.pick(len(kinds))]
		if f.Method == "" {
			f.Method = methods[r.pick(len(methods))]
		}
		f.Skip, f.Count = r.pick(12), 1+r.pick(2)
		r.World.AddFault(f)
		r.late = r.late || f.Do == sim.LateUpdate
		r.slowPolls = r.slowPolls || f.Method == "*"
		r.floods = r.floods || f.Do == sim.Flood
		r.cuts = r.cuts || f.Do == sim.CutAlbum
		r.note(fmt.Sprintf("--- fault planned: %s %s skip %d count %d", f.Do, f.Method, f.Skip, f.Count))
	}
}

// finish lets everything settle and checks what is left.
func (r *run) finish() error {
	for _, c := range r.clients {
		if c.blocked {
			r.Door.With(func(w *sim.World) { w.Unblock(c.id, c.bot) })
		}
	}
	r.Door.With(func(w *sim.World) { w.ClearFaults() })
	if !r.Settle(3 * time.Hour) {
		return fmt.Errorf("the outbox did not become empty")
	}
	r.RunFor(time.Minute)
	r.result.Messages = len(r.said)
	if err := r.check(); err != nil {
		return err
	}
	if len(r.Problems) > 0 {
		return fmt.Errorf("the relay logged: %s", r.Problems[0])
	}
	return r.Close(func(*store.Store) error { return nil })
}
