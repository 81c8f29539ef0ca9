package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"
	"time"

	"topicdesk/actors/web"
	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/doors"
	"topicdesk/bench/telegram/faultplan"
	"topicdesk/configs"
)

// simulatorCommand starts the simulated Telegram alone.
type simulatorCommand struct {
	NoLog  bool    `help:"Keep no history of calls; else its last hundred thousand lines are kept."`
	Faults string  `placeholder:"FILE" type:"path" help:"A plan of what goes wrong, in YAML."`
	Seed   uint64  `placeholder:"N" help:"What is random in it comes from this, tokens too; 0 draws another one at each start."`
	Speed  float64 `default:"1" placeholder:"N" help:"Let its time run N times as fast as the clock: limits, waits, polls and webhooks' retries too."`
}

// Run serves until ctx ends.
func (c simulatorCommand) Run(ctx context.Context, p *program) error {
	if err := doors.CheckSpeed(c.Speed); err != nil {
		return web.Errorf(web.Wrong, "--speed: %w", err)
	}
	doors.KeepLean()
	faults, err := c.readFaults()
	if err != nil {
		return err
	}
	t, err := openTelegram(p, sim.Options{Seed: c.Seed, NoLog: c.NoLog})
	if err != nil {
		return err
	}
	t.door.SetSpeed(c.Speed)
	if err := t.addFaults(faults); err != nil {
		return fmt.Errorf("%s: %w", c.Faults, err)
	}
	p.say("A simulated Telegram runs at %s: its page in a browser, its Bot API at the same address.", t.root)
	p.say("Make a bot:    curl %s/world/bots -d '{\"name\":\"Desk\",\"username\":\"desk_bot\"}'", t.root)
	p.say("Make a person: curl %s/world/users -d '{\"first_name\":\"Ann\"}'", t.root)
	p.say("Write to it:   curl %s/world/send -d '{\"as\":PERSON,\"chat\":BOT,\"text\":\"hello\"}'", t.root)
	p.say("Let a program of yours call %s/botTOKEN/METHOD, or serve it:", t.root)
	p.say("  TOPICDESK_BOT_TOKEN=TOKEN TOPICDESK_TELEGRAM__API_ROOT=%s topicdesk serve", t.root)
	return t.serve(ctx)
}

// Answer is that of a command.
func (simulatorCommand) Answer() any { return line{} }

// keepLog is how many lines of its history a simulated Telegram that may run
// for days keeps.
const keepLog = 100_000

// readFaults reads the plan before anything is opened.
func (c simulatorCommand) readFaults() ([]faultplan.Line, error) {
	if c.Faults == "" {
		return nil, nil
	}
	source, err := os.ReadFile(c.Faults)
	if err != nil {
		return nil, fmt.Errorf("--faults: %w", err)
	}
	lines, err := faultplan.Parse(source)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Faults, err)
	}
	return lines, nil
}

// simulated is a simulated Telegram with an open port.
type simulated struct {
	door     *sim.Door
	server   *doors.Server
	listener net.Listener
	root     string // http://host:port
}

// openTelegram makes the World of the settings and listens.
func openTelegram(p *program, o sim.Options) (*simulated, error) {
	knobs, err := knobs(p.cfg)
	if err != nil {
		return nil, err
	}
	l, err := listen(p.cfg)
	if err != nil {
		return nil, fmt.Errorf("listen for the simulated Telegram (simulator.listen): %w", err)
	}
	if o.Seed == 0 {
		o.Seed = uint64(time.Now().UnixNano())
	}
	o.Knobs, o.KeepLog = &knobs, keepLog
	w := sim.New(o)
	door := sim.NewDoor(w, nil)
	return &simulated{
		door: door, server: doors.New(doors.Options{Door: door, Log: p.log}), listener: l, root: "http://" + reachable(l.Addr()),
	}, nil
}

func (t *simulated) addFaults(lines []faultplan.Line) (err error) {
	t.door.With(func(w *sim.World) { err = faultplan.Add(w, lines) })
	return err
}

func (t *simulated) serve(ctx context.Context) error { return t.server.Serve(ctx, t.listener) }

// listen takes the simulator's address. Where nobody has chosen one and it is
// taken, any free port of this machine does.
func listen(c configs.Config) (net.Listener, error) {
	l, err := net.Listen("tcp", c.Simulator.Listen)
	if errors.Is(err, syscall.EADDRINUSE) && c.Origin("simulator.listen").Layer == configs.LayerDefault {
		return net.Listen("tcp", "127.0.0.1:0")
	}
	return l, err
}

// reachable is the address to type for somebody on this machine.
func reachable(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if err != nil {
		panic(err) // a listener's own address
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}

// knobs are the profile's rules with the limits that the settings replace.
func knobs(c configs.Config) (sim.Knobs, error) {
	s := c.Simulator
	k, err := sim.Profile(s.Profile)
	if err != nil {
		return sim.Knobs{}, c.Fault("simulator.profile", fmt.Sprintf("is %q, which is none of %v", s.Profile, sim.Profiles()))
	}
	replace(&k.Group, s.GroupPerMinute, time.Minute)
	replace(&k.Channel, s.GroupPerMinute, time.Minute)
	replace(&k.Private, s.PrivatePerSecond, time.Second)
	replace(&k.Overall, s.LoginPerSecond, time.Second)
	return k, nil
}

// replace gives a limit another size and leaves its form; 0 leaves it.
func replace(l *sim.Limit, count int, per time.Duration) {
	if count == 0 {
		return
	}
	if l.Kind == sim.NoLimit {
		l.Kind = sim.Window
	}
	l.Count, l.Per, l.Burst = count, per, max(l.Burst, count)
}
