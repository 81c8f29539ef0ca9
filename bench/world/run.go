package world

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	sim "topicdesk/bench/telegram"
	"topicdesk/tenants/store"
)

// game is what all tenants of a run share.
type game struct {
	plan   Plan
	desks  []*run
	luck   *rand.Rand // of the event that happens now; nil = the scheduler's
	serial int
	armed  []armed
	faults []sim.Fault // those of Telegram's that were added
	story
	seen tally

	floods bool // Telegram refuses calls although there is no reason
	hides  bool // HIDE_INFO hides something
	// troubles are when the process ended, an actor crashed or a message was
	// lost; slowPolls: a fault may have kept updates back.
	troubles  []time.Time
	slowPolls bool
	cuts      bool // Telegram sends albums in part only
	late      bool // Telegram itself changes the order: updates come late
}

// armed is a mishap that strikes one of the next messages between actors.
type armed struct {
	left int // messages
	what Mishap
}

// run is one tenant in a run.
type run struct {
	*Stage
	*game
	clients []*client
	group   int64 // a client group with two of the clients
	// Of the client group: it is a supergroup, the bot is out of it, the third
	// client is in it.
	upgraded, thrown, guest bool
	out                     bool // the bot is out of the team's group
	hidden                  hidden
	holds                   bool // UNDO_SECONDS is, or was, set
	helper                  helperState
	before                  []int64        // the team's older groups, the oldest first
	deleted                 map[int64]bool // those of them that are no more
	fresh                   map[int]string // tokens that the relay has not got yet, by the bots' places
	ops                     []int64
	said                    []said
	saved                   []string // tokens of quick replies
	quicks                  []quick
	banned                  map[*client]*bans
	versions                []version
	acts                    []decree
	labels                  []labelled
	albums                  []album
	reacted                 map[string]bool // reactions that somebody set or took off, with what the message is known by
}

// client is a person who writes to a bot.
type client struct {
	id   int64
	bot  int64
	name string
	// language is that of his app, "" = nobody knows.
	language string
	blocked  bool
	gone     bool // the account is deleted; it is blocked for good
}

// said is one message of which the fate is checked at the end.
type said struct {
	token  string
	by     *client // nil = in the client group
	from   *client // who wrote it, nil = an operator
	at     time.Time
	answer bool  // an operator's, for the client
	edited bool  // its text may be the old or the new one
	inside bool  // must not reach the client
	album  int   // > 0: parts of one album are sent, and doubled, together
	pulled bool  // of an album of which a part was deleted at once: the others may come twice, and before it
	taken  int   // > 0: the topic in which /del asked to take it back
	undone int   // > 0: the /undo that asked to take it back
	home   int64 // the group in which that was asked
	risky  bool  // the client had blocked the bot: delivered or refused
	room   bool  // said in the waiting room
	missed bool  // Telegram itself lost the update with it
	barring
	// replies is what the client's message to which an answer replies is known by, ""
	// = it replies to none, or to any.
	replies string
}

// Run does a plan and checks the invariants. The error names the first that
// does not hold; the result has the story.
func Run(p Plan) (Result, error) {
	params := map[string]string{"MONITOR_GROUPS": "TRUE", "AUTOCLOSE": "1"}
	if p.Undo > 0 {
		params["UNDO_SECONDS"] = strconv.Itoa(p.Undo)
	}
	if p.HideInfo {
		params["HIDE_INFO"] = hiddenAll
	}
	stage, err := NewStage(Options{
		Seed: p.Seed, Dir: p.Dir, Houses: p.Houses, Bots: p.Bots, Params: params, IdleClose: 20 * time.Second,
		Webhooks: p.Webhooks, Topics: p.Topics, Helpers: p.Helpers, Open: p.Open, Disk: true, Sync: p.Sync, Hasty: p.Hasty,
	})
	if err != nil {
		return Result{}, err
	}
	defer stage.Disk.Free()
	g := newGame(p, stage.site)
	if err = g.play(stage.site); err == nil {
		err = g.finish(stage.site)
	}
	result := g.result(stage.site)
	if err != nil {
		result.Story = g.told(stage.World)
	}
	return result, err
}

// newGame brings the people and listens.
func newGame(p Plan, s *site) *game {
	g := &game{plan: p, hides: p.HideInfo || p.Has(Hide)}
	s.Sched.Verbose = p.WholeTrace
	s.Lossy = p.Has(Loss)
	s.Sched.Trace = g.hear
	s.Sched.Intercept = g.intercept(s)
	s.Ended = func() {
		g.troubles = append(g.troubles, s.Sched.now)
		if g.seen.Ends++; s.cut {
			g.seen.Cuts++
		}
		if s.ahead != 0 {
			g.seen.Clocks++
		}
		g.note(s, "the process has ended; power: %t; the next one's clock is %s ahead", !s.cut, s.ahead)
	}
	for n := range s.houses {
		r := &run{Stage: s.stage(n), game: g, reacted: map[string]bool{}, fresh: map[int]string{}, deleted: map[int64]bool{}, holds: p.Undo > 0}
		r.people()
		if p.HideInfo {
			r.hidden.spans = []span{{from: start.Add(-underWay)}}
		}
		g.desks = append(g.desks, r)
	}
	return g
}

// pick draws a number below n.
func (r *run) pick(n int) int {
	if r.luck == nil {
		return r.Sched.rand.IntN(n)
	}
	return r.luck.IntN(n)
}

// note tells what happened.
func (r *run) note(line string) { r.game.note(r.site, "%s: %s", r.Tenant, line) }

// people makes the clients, the operators and the client group. Clients are the
// same persons with every tenant.
func (r *run) people() {
	w := r.World
	for i, name := range []string{"Zarathustra Quill", "Yuki Marblehead", "Xaver Obermoser"} {
		first, last, _ := strings.Cut(name, " ")
		c := &client{bot: r.Bots[i%len(r.Bots)], name: name, language: []string{"", "de", "it"}[i]}
		if len(r.desks) > 0 {
			c.id = r.desks[0].clients[i].id
		} else {
			c.id = w.NewUser(sim.Person{FirstName: first, LastName: last, Username: strings.ToLower(last), Language: c.language})
		}
		r.clients = append(r.clients, c)
	}
	for _, name := range []string{"Olga", "Pavel"} {
		op := w.NewUser(sim.Person{FirstName: name})
		must(w.AddMember(r.Admin, r.Forum, op))
		r.ops = append(r.ops, op)
	}
	r.group = w.NewGroup(r.clients[0].id, "Parquet Club", r.clients[1].id)
	must(w.AddMember(r.clients[0].id, r.group, r.Bots[0]))
}

// betweenActors tells that a message is one: timers and what the host tells a
// tenant are not.
func betweenActors(m any) bool {
	kind := fmt.Sprintf("%T", m)
	switch kind[strings.LastIndex(kind, ".")+1:] {
	case "Tick", "tick", "Look", "Open", "Stop", "Renew":
		return false
	default:
		return true
	}
}

// intercept strikes the messages at which something is armed.
func (g *game) intercept(s *site) func(string, any) Mishap {
	return func(to string, m any) Mishap {
		if len(g.armed) == 0 || !betweenActors(m) {
			return Delivered
		}
		h := Delivered
		for i := range g.armed {
			if g.armed[i].left--; g.armed[i].left < 0 && h == Delivered {
				h = g.armed[i].what
			}
		}
		g.armed = slices.DeleteFunc(g.armed, func(a armed) bool { return a.left < 0 })
		if h == Delivered || h == Fatal && strings.HasSuffix(fmt.Sprintf("%T", m), ".Failed") { // it is fatal anyway
			return Delivered
		}
		g.troubles = append(g.troubles, s.Sched.now)
		if h == Lost {
			g.seen.Losses++
			g.note(s, "lost: %T for %s", m, to)
		} else {
			g.seen.Crashes++
			g.note(s, "fatal: %T for %s", m, to)
		}
		return h
	}
}

// play lets everything happen at its moment.
func (g *game) play(s *site) error {
	begin := s.Sched.now
	for _, e := range g.plan.Events {
		s.RunFor(begin.Add(e.At).Sub(s.Sched.now))
		for range e.Steps { // in the middle of things
			s.step(s.Sched.now)
		}
		g.luck = g.plan.luck(e)
		for _, r := range g.desks {
			r.seesHiding()
		}
		if s.stage(e.House % len(g.desks)).asleep() {
			g.seen.Asleep++
		}
		if err := g.happen(s, e); err != nil {
			return err
		}
	}
	g.luck = nil
	return nil
}

func (g *game) happen(s *site, e Event) error {
	switch e.Kind {
	case Act:
		g.desks[e.House%len(g.desks)].act()
	case Fault:
		g.addFault(s)
	case Crash:
		g.armed = append(g.armed, armed{e.Count, Fatal})
	case Loss:
		g.armed = append(g.armed, armed{e.Count, Lost})
	case Help:
		g.desks[e.House%len(g.desks)].helperLives()
	case Jump:
		g.jump(s)
	case Token:
		g.desks[e.House%len(g.desks)].tokenChanges()
	case Group:
		g.desks[e.House%len(g.desks)].bindsAnother()
	case Hide:
		g.desks[e.House%len(g.desks)].switchesHiding()
	case Gone:
		g.clientGoes(s)
	case Rest:
		g.seen.Rests++
		g.note(s, "the process ends as it should")
		return s.Rest(0)
	case End, Cut:
		// Half of them between two steps, the others at a write.
		return s.EndAt(max(0, e.Count-30), e.Kind == Cut, g.clock())
	default:
		panic("world: unknown event " + string(e.Kind))
	}
	return nil
}

// clock draws by how much the clock of the next process is wrong. Mostly it is
// not. One that is before the last one's believes that tokens are back which are
// not.
func (g *game) clock() time.Duration {
	ahead := clocks[g.luck.IntN(len(clocks))]
	g.floods = g.floods || ahead != 0
	return ahead
}

var clocks = []time.Duration{0, 0, 0, 0, 0, -90 * time.Second, -2 * time.Second, 3 * time.Second, 2 * time.Hour}

// faultKinds are the ways in which Telegram fails. What people do to the bot
// just before a call, people do here at any moment.
var faultKinds = []sim.Fault{
	{Do: sim.Flood, Retry: 4}, {Do: sim.Flood, Retry: 30}, {Do: sim.ServerError}, {Do: sim.Gateway}, {Do: sim.Reset},
	{Do: sim.LostAnswer}, {Do: sim.GatewayAfter}, {Do: sim.ServerAfter}, {Do: sim.Slow, Delay: 7 * time.Second},
	{Do: sim.SlowAfter, Delay: 7 * time.Second}, {Do: sim.Hang, Delay: 8 * time.Second}, {Do: sim.Black},
	{Do: sim.Outage, Every: 5 * time.Minute, Lasting: 20 * time.Second},
	{Do: sim.DuplicateUpdate, Delay: 3 * time.Second, Method: "message"},
	{Do: sim.LateUpdate, Delay: 2 * time.Second, Method: "message"},
	{Do: sim.CutAlbum, Method: "sendMediaGroup"}, {Do: sim.StaleCopy, Method: "copy*"},
	{Do: sim.ForgetTopic, Method: "*"},
	{Do: sim.LoseUpdate, Method: "message"}, {Do: sim.LoseUpdate, Method: "edited_message"},
	{Do: sim.LoseUpdate, Method: "my_chat_member"}, {Do: sim.LoseUpdate, Method: "callback_query"},
}

func (g *game) addFault(s *site) {
	methods := []string{"*", "send*", "copyMessage", "createForumTopic", "editForumTopic", "sendMessage", "setMyCommands", "setMessageReaction"}
	f := faultKinds[g.luck.IntN(len(faultKinds))]
	if f.Method == "" && f.Do != sim.Outage {
		f.Method = methods[g.luck.IntN(len(methods))]
	}
	f.Skip, f.Count = g.luck.IntN(12), 1+g.luck.IntN(2)
	if f.Do == sim.Outage {
		f.Skip, f.Count = 0, 0
	}
	g.fail(s, f)
	g.note(s, "Telegram fails: %s %s skip %d count %d", f.Do, f.Method, f.Skip, f.Count)
}

// fail adds a fault of Telegram, and what follows from it for the checks.
func (g *game) fail(s *site, f sim.Fault) {
	s.Door.With(func(w *sim.World) { w.AddFault(f) })
	g.faults = append(g.faults, f)
	g.late = g.late || f.Do == sim.LateUpdate
	g.slowPolls = g.slowPolls || f.Method == "*" || f.Do == sim.Outage
	g.floods = g.floods || f.Do == sim.Flood
	g.cuts = g.cuts || f.Do == sim.CutAlbum
}

// finish lets everything settle and checks what is left.
func (g *game) finish(s *site) error {
	for _, r := range g.desks {
		r.Door.With(r.comesBack)
		r.renewTokens()
		for _, c := range r.clients {
			if c.blocked && !c.gone {
				r.Door.With(func(w *sim.World) { w.Unblock(c.id, c.bot) })
			}
		}
	}
	g.seen.countFaults(g.faults, s.World.Struck())
	s.Door.With(func(w *sim.World) {
		w.ClearFaults()
		for _, r := range g.desks {
			r.bindAgain(w)
		}
	})
	if !s.Settle(3 * time.Hour) {
		return fmt.Errorf("the outbox did not become empty")
	}
	s.RunFor(time.Minute)
	for _, r := range g.desks {
		r.seesHiding()
		r.markMissed()
		if err := r.check(); err != nil {
			return fmt.Errorf("%s: %w", r.Tenant, err)
		}
	}
	if err := g.checkApart(); err != nil {
		return err
	}
	if len(s.Problems) > 0 {
		return fmt.Errorf("the relay logged: %s", s.Problems[0])
	}
	quiet := s.Sched.now
	reminders, err := g.reminders()
	if err != nil {
		return err
	}
	if err := g.checkAsleep(s); err != nil {
		return err
	}
	if err := g.checkReminders(s, reminders); err != nil {
		return err
	}
	for _, r := range g.desks {
		if err := r.checkMenus(quiet); err != nil {
			return fmt.Errorf("%s: %w", r.Tenant, err)
		}
	}
	s.Disk.Begin() // an end that was not reached is none
	if err := s.close(); err != nil {
		return err
	}
	return g.checkFiles(s)
}

// checkFiles holds the closed files against their own rules.
func (g *game) checkFiles(s *site) error {
	for _, r := range g.desks {
		file, err := store.Open(s.registry.TenantPath(r.Tenant), store.Options{})
		if err != nil {
			return err
		}
		if err := file.Check(); err != nil {
			return fmt.Errorf("the file of %s: %w", r.Tenant, err)
		}
		if err := file.Close(); err != nil {
			return err
		}
		if err := r.checkFile(s.registry.TenantPath(r.Tenant)); err != nil {
			return fmt.Errorf("%s: %w", r.Tenant, err)
		}
	}
	return nil
}
