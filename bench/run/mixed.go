package run

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"go.yaml.in/yaml/v3"

	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/faultplan"
)

// Mixed is what a scenario file of the kind mixed says: everything that people
// send, held against what the chats show in the end, while Telegram fails or the
// relay is killed.
type Mixed struct {
	Heading `yaml:",inline"`

	Seed    uint64    `yaml:"seed"`
	Tenants int       `yaml:"tenants"` // each with one bot and one operators' group
	Private int       `yaml:"private"` // clients of each tenant
	Groups  int       `yaml:"groups"`  // client groups of each tenant; the bot is no administrator there
	Load    MixedLoad `yaml:"load"`

	// Compare lets the same be said beside it in a Telegram without faults.
	Compare bool      `yaml:"compare"`
	Faults  yaml.Node `yaml:"faults"` // lines of a fault plan
	// Latency is how long after it is done a message's call is answered, with faults
	// and without.
	Latency time.Duration `yaml:"latency"`
	Kills   int           `yaml:"kills"`  // of the relay; the load lasts as long as they
	Gap     time.Duration `yaml:"gap"`    // from a start to the next kill at most
	Settle  time.Duration `yaml:"settle"` // how long everything may take to arrive after the load
	Rest    time.Duration `yaml:"rest"`   // from then to the last look: a doubt may still bring something twice

	Relay     map[string]any `yaml:"relay"`
	Simulator Simulator      `yaml:"simulator"`
}

// MixedLoad is how much is said in each tenant.
type MixedLoad struct {
	Clients float64       `yaml:"clients"` // sayings a minute of all clients together
	Team    float64       `yaml:"team"`    // and of the operators
	Foreign float64       `yaml:"foreign"` // and of strangers' bots in the group of each third tenant
	For     time.Duration `yaml:"for"`     // without kills
}

func (p *Mixed) check() error {
	var wrong faults
	wrong.demand(p.Tenants > 0 && p.Private+p.Groups > 0, "tenants and private or groups are at least 1")
	wrong.demand(p.Load.Clients > 0 && p.Load.Team >= 0 && p.Load.Foreign >= 0, "load needs sayings of clients a minute")
	wrong.demand((p.Load.For > 0) == (p.Kills == 0), "either load.for or kills says how long it lasts")
	wrong.demand((p.Gap > 0) == (p.Kills > 0), "kills need a gap, and nothing else does")
	wrong.demand(p.Settle > 0 && p.Rest >= 0 && p.Latency >= 0, "settle, rest and latency are times")
	if _, err := p.plan(); err != nil {
		wrong = append(wrong, err)
	}
	p.Heading.check(&wrong)
	return errors.Join(wrong...)
}

// plan reads the faults.
func (p *Mixed) plan() ([]faultplan.Line, error) {
	if p.Faults.IsZero() {
		return nil, nil
	}
	source, err := yaml.Marshal(map[string]*yaml.Node{"faults": &p.Faults})
	if err != nil {
		return nil, err
	}
	return faultplan.Parse(source)
}

// NeedsRelay: it is the relay that is judged.
func (p *Mixed) NeedsRelay() bool { return true }

func (p *Mixed) run(ctx context.Context, o Options, dir string, r *Report) error {
	worlds := []string{worldFaulty}
	if p.Compare {
		worlds = append(worlds, worldPlain)
	}
	all, err := sideBySide(ctx, worlds, func(ctx context.Context, world string) (chronicle, error) {
		m, err := p.open(world, o, filepath.Join(dir, world))
		if err != nil {
			return nil, err
		}
		return m.play(ctx)
	})
	if err != nil {
		return err
	}
	all.add(entry{At: all[0].At, Event: "scenario", Name: "mixed"})
	return all.tell(o, r)
}

// sideBySide plays several worlds at once and joins their histories.
func sideBySide(ctx context.Context, worlds []string, play func(context.Context, string) (chronicle, error)) (chronicle, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type outcome struct {
		all chronicle
		err error
	}
	ended := make(chan outcome, len(worlds))
	for _, world := range worlds {
		go func() {
			all, err := play(ctx, world)
			if err != nil {
				err = fmt.Errorf("world %s: %w", world, err)
			}
			ended <- outcome{all, err}
		}()
	}
	var all chronicle
	var failed error
	for range worlds {
		one := <-ended
		if one.err != nil {
			failed = errors.Join(failed, one.err)
			cancel()
		}
		all = append(all, one.all...)
	}
	return all, failed
}

// mixed is one world of a Mixed under way.
type mixed struct {
	*Mixed
	*town
	relay  *relay
	faulty bool
	dir    string
	out    Options
}

func (p *Mixed) open(world string, o Options, dir string) (m *mixed, err error) {
	m = &mixed{Mixed: p, town: openTown(world, p.Seed), faulty: world == worldFaulty, dir: dir, out: o}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	for i := range p.Tenants {
		params := map[string]string{}
		if i%2 == 1 {
			params = withoutMerging()
		}
		if i%5 == 4 {
			params["AUTHOR"] = "forward"
		}
		office, err := m.newOffice(fmt.Sprintf("office-%02d", i), p.Private, p.Groups, 0, params)
		if err != nil {
			return nil, err
		}
		if i%3 == 2 && p.Load.Foreign > 0 {
			if err := m.strangers(office); err != nil {
				return nil, err
			}
		}
	}
	if err := m.rule(p.Simulator.Profile); err != nil {
		return nil, err
	}
	if err := m.begin(); err != nil {
		return nil, err
	}
	m.relay, err = newRelay(o.Relay, dir, m.root, m.desks(), jsonLog(p.Relay))
	if err != nil {
		return nil, errors.Join(err, m.close())
	}
	return m, nil
}

// jsonLog lets the relay log as programs read it.
func jsonLog(settings map[string]any) map[string]any {
	all := map[string]any{"log": map[string]any{"format": "json"}}
	for key, value := range settings {
		all[key] = value
	}
	return all
}

// play lets everybody talk, and gives the world's history.
func (m *mixed) play(ctx context.Context) (all chronicle, err error) {
	defer func() { err = errors.Join(err, m.close()) }()
	if err := m.relay.start(ctx); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, m.relay.stop()) }()
	for _, part := range []struct {
		name string
		play func(context.Context) error
	}{{"meet", m.meet}, {"load", m.load}, {"settle", m.arrive}, {"end", func(context.Context) error { return nil }}} {
		fmt.Fprintln(m.out.Progress, m.town.name+":", part.name)
		phase := entry{Event: "phase", Phase: part.name}
		if part.name == "load" {
			phase.Lasts = m.Load.For
		}
		m.note(phase)
		if err := part.play(ctx); err != nil {
			return nil, fmt.Errorf("%s: %w", part.name, err)
		}
	}
	if err := m.logs(); err != nil {
		return nil, err
	}
	return m.everything(), nil
}

// meet lets every client say something, until all have a topic.
func (m *mixed) meet(ctx context.Context) error {
	for _, c := range m.guests {
		if err := m.say(saying{guest: c, side: sideClient, kind: kindText}); err != nil {
			return err
		}
	}
	return m.met(ctx)
}

// met waits until all clients who have said something have a topic.
func (t *town) met(ctx context.Context) error {
	return until(ctx, 3*time.Minute, "every client has a topic", func() (bool, error) {
		all := true
		t.door.With(func(w *sim.World) {
			for _, o := range t.offices {
				topics := map[int]bool{}
				for _, topic := range w.Topics(o.forum) {
					topics[dialogOf(topic.Name)] = true
				}
				for _, c := range o.guests {
					all = all && (topics[c.number] || c.waits)
				}
			}
		})
		return all, nil
	})
}

// load lets people talk while Telegram fails or the relay is killed.
func (m *mixed) load(ctx context.Context) error {
	if err := m.addFaults(); err != nil {
		return err
	}
	talking, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- m.talk(talking) }()
	err := m.trouble(ctx)
	stop()
	return errors.Join(err, <-ended)
}

func (m *mixed) addFaults() error {
	lines, err := m.plan()
	if err != nil {
		return err
	}
	if !m.faulty {
		lines = nil
	}
	for _, method := range []string{"send*", "copy*", "forward*"} {
		if m.Latency > 0 { // after the others, of which the first counts
			lines = append(lines, faultplan.Line{Do: sim.SlowAfter, Method: method, Delay: m.Latency.Seconds()})
		}
	}
	m.door.With(func(w *sim.World) { err = faultplan.Add(w, lines) })
	for _, l := range lines {
		m.note(entry{Event: "fault", Name: string(l.Do), Method: l.Method, Retry: l.Retry})
	}
	return err
}

// trouble lasts as long as the load.
func (m *mixed) trouble(ctx context.Context) error {
	if m.Kills == 0 || !m.faulty {
		return sleep(ctx, m.Load.For)
	}
	rnd := rand.New(rand.NewPCG(m.Seed, 2))
	for i := range m.Kills {
		if err := sleep(ctx, time.Duration(rnd.Float64()*float64(m.Gap))); err != nil {
			return err
		}
		m.note(entry{Event: "kill"})
		m.relay.kill()
		if err := m.relay.launch(); err != nil {
			return err
		}
		if i%20 == 19 {
			fmt.Fprintf(m.out.Progress, "%s: %d kills\n", m.town.name, i+1)
		}
	}
	return nil
}

// talk says things at random times until ctx ends.
func (m *mixed) talk(ctx context.Context) error {
	rnd := rand.New(rand.NewPCG(m.Seed, 1))
	total := float64(m.Tenants) * (m.Load.Clients + m.Load.Team + m.Load.Foreign)
	for next := time.Now(); ; next = next.Add(time.Duration(rnd.ExpFloat64() / total * float64(time.Minute))) {
		if sleep(ctx, time.Until(next)) != nil {
			return nil
		}
		o := m.offices[rnd.IntN(len(m.offices))]
		c := o.guests[rnd.IntN(len(o.guests))]
		who, what, parts := rnd.Float64()*total/float64(m.Tenants), rnd.Float64(), 2+rnd.IntN(2)
		var err error
		switch {
		case who < m.Load.Clients:
			err = m.say(sayingOf(c, sideClient, what, parts))
		case who < m.Load.Clients+m.Load.Team:
			err = m.say(sayingOf(c, sideTeam, what, parts))
		default:
			m.chatter(o, rnd.IntN(8) == 0)
		}
		if err != nil {
			return err
		}
	}
}

// sayingOf is what somebody says, by a number from 0 to 1.
func sayingOf(c *guest, side string, what float64, parts int) saying {
	s := saying{guest: c, side: side, kind: kindText}
	switch {
	case what < 0.12:
		s.kind = kindPhoto
	case what < 0.24:
		s.kind = kindSticker
	case what < 0.36:
		s.kind = kindForward
	case what < 0.44:
		s.kind, s.parts = kindAlbum, parts
	case what < 0.54 && side == sideTeam:
		s.kind = kindNote
	}
	return s
}

// burst is so many messages that those between which one's own may be are too many.
const burst = tooMany + 5

// chatter lets the strangers' bots of an office write, where there are any: now
// and then a lot at once.
func (m *mixed) chatter(o *office, much bool) {
	if len(o.foreign) == 0 {
		return
	}
	times := 1
	if much {
		times = burst
	}
	m.door.With(func(w *sim.World) {
		for i := range times {
			w.Call(o.foreign[i%len(o.foreign)], "sendMessage", sim.ArgsOf("chat_id", o.forum, "text", filler))
		}
	})
}

// arrive waits until everything that was said is where it belongs and the relay
// has nothing to do, or the time is over: what is missing then is lost.
func (m *mixed) arrive(ctx context.Context) error {
	for end := time.Now().Add(m.Settle); time.Now().Before(end); {
		if err := sleep(ctx, time.Second); err != nil {
			return err
		}
		worlds, err := truths(m.everything())
		if err != nil {
			return err
		}
		if worlds[m.town.name].lost() == 0 {
			break
		}
	}
	if err := sleep(ctx, m.Rest); err != nil {
		return err
	}
	_, err := m.relay.settled(ctx)
	return err
}

func (t *town) desks() (all []*desk) {
	for _, o := range t.offices {
		all = append(all, o.desk)
	}
	return all
}

// doubt is a line of the relay's log about a send of which it did not know the
// outcome.
type doubt struct {
	At      time.Time `json:"time"`
	Message string    `json:"msg"`
	Tenant  string    `json:"tenant"`
	Job     int       `json:"job"`
	Origin  string    `json:"origin"`
	Unsure  string    `json:"unsure"` // what it found out
	Reason  string    `json:"reason"` // why it could not
	Asked   int       `json:"asked"`  // calls that it made to find out
}

// entry is the line in the history, for those who look for the reasons.
func (d doubt) entry() entry {
	return entry{At: d.At, Event: "doubt", Office: d.Tenant, Job: d.Job, Kind: d.Origin, Name: d.Unsure, Reason: d.Reason, Asked: d.Asked}
}

// job names what the line is about.
func (d doubt) job() string { return fmt.Sprint(d.Tenant, d.Job) }

// begins tells that the line is about a send that was unsure, ends that the relay
// has found out what became of it.
func (d doubt) begins() bool {
	switch d.Message {
	case "send of which nobody knows whether it arrived", "unsure send settled", "repeated although it may have arrived: possible double":
		return true
	default:
		return false
	}
}

func (d doubt) ends() bool {
	return d.Message == "unsure send settled" && (d.Unsure == "delivered" || d.Unsure == "absent")
}

// logs takes from the relay's logs how often it was unsure: a send counts once,
// however often the relay was killed meanwhile.
func (m *mixed) logs() error {
	unsure, settled := map[string]bool{}, map[string]bool{}
	for i := range m.relay.starts {
		text, err := os.ReadFile(filepath.Join(m.dir, m.relay.logName(i)+".log"))
		if err != nil {
			return err
		}
		for line := range bytes.Lines(text) {
			var d doubt
			if json.Unmarshal(line, &d) != nil || !d.begins() {
				continue // a process that is killed may end in the middle of a line
			}
			m.note(d.entry())
			unsure[d.job()] = true
			if d.ends() {
				settled[d.job()] = true
			}
		}
	}
	m.note(entry{Event: "unsure", Unsure: len(unsure), Settled: len(settled)})
	return nil
}
