package run

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"time"

	sim "topicdesk/bench/telegram"
)

// fleet is a crew with its simulated Telegram and its relay. What happens goes
// into its notes, from which all figures are computed.
type fleet struct {
	Crew
	out   Options
	name  string // in the history
	dir   string
	stage *stage
	relay *relay
	notes chronicle
	rests time.Duration // how long the relay lets a tenant have nothing to do before it sleeps
}

// openFleet makes the people and the data in a folder of its own, and starts the
// relay; it returns when each bot can be reached.
func (c Crew) openFleet(ctx context.Context, o Options, dir, name string) (f *fleet, err error) {
	f = &fleet{Crew: c, out: o, name: name, dir: filepath.Join(dir, name)}
	if f.rests, err = idleClose(c.Relay); err != nil {
		return nil, err
	}
	if err := errors.Join(os.Mkdir(f.dir, 0o755), f.furnish()); err != nil {
		return nil, err
	}
	if err := f.begin(ctx); err != nil {
		return nil, errors.Join(err, f.close())
	}
	return f, nil
}

// furnish makes Telegram, the tenants' files and the relay's settings.
func (f *fleet) furnish() error {
	f.tell("furnish")
	if err := enoughFiles(f.Tenants); err != nil {
		return err
	}
	knobs, err := sim.Profile(f.Simulator.Profile)
	if err != nil {
		return err
	}
	l, err := f.listen()
	if err != nil {
		return err
	}
	w := sim.New(sim.Options{Seed: f.Seed, Knobs: &knobs, NoLog: f.out.History == nil})
	f.stage = &stage{door: sim.NewDoor(w, nil), ledger: newLedger(), root: "http://" + l.Addr().String()}
	f.stage.door.With(func(w *sim.World) { f.stage.relay, err = f.engage(w) })
	if err != nil {
		return errors.Join(fmt.Errorf("furnish the simulated Telegram: %w", err), l.Close())
	}
	f.stage.roll = newRoll(f.stage.relay, f.Receive == byWebhook)
	if err := f.newRelay(); err != nil {
		return errors.Join(err, l.Close())
	}
	f.stage.serve(l)
	return nil
}

// listen is where the relay finds Telegram.
func (f *fleet) listen() (net.Listener, error) {
	if f.out.Node == nil {
		return listenLoopback()
	}
	l, err := net.Listen("tcp", net.JoinHostPort(f.out.Node.Here, "0"))
	if err != nil {
		return nil, fmt.Errorf("listen for the relay: %w", err)
	}
	return l, nil
}

// newRelay makes the tenants and the settings, here or for a Node.
func (f *fleet) newRelay() error {
	settings, err := f.settings()
	if err != nil {
		return err
	}
	if f.out.Node == nil {
		f.relay, err = newRelay(f.out.Relay, f.dir, f.stage.root, f.stage.relay, settings)
		return err
	}
	dir := f.out.Node.Dir
	if err := errors.Join(f.out.Node.claim(), enlist(dataIn(dir), f.stage.relay)); err != nil {
		return err
	}
	debug := net.JoinHostPort(f.out.Node.Host, nodeDebugPort)
	f.relay = &relay{dir: dir, file: filepath.Join(dir, "relay.yaml"), debug: "http://" + debug}
	return writeSettings(f.relay.file, settings, filepath.Base(dataIn(dir)), f.stage.root, debug)
}

// settings are those of the scenario, with an address for webhooks where it wants
// them.
func (f *fleet) settings() (map[string]any, error) {
	all := maps.Clone(f.Crew.Relay)
	if f.Receive != byWebhook {
		return all, nil
	}
	address, err := f.hooksAddress()
	if err != nil {
		return nil, err
	}
	if all == nil {
		all = map[string]any{}
	}
	all["http"] = map[string]any{"listen": address, "public_url": "http://" + address}
	return all, nil
}

// hooksAddress is where the relay takes webhooks.
func (f *fleet) hooksAddress() (string, error) {
	if f.out.Node != nil {
		return net.JoinHostPort(f.out.Node.Host, nodeHooksPort), nil
	}
	return freeAddress()
}

// idleClose is what the relay's settings say of limits.idle_close.
func idleClose(relay map[string]any) (time.Duration, error) {
	limits, _ := relay["limits"].(map[string]any)
	text, ok := limits["idle_close"].(string)
	if !ok {
		return 0, errors.New("relay.limits.idle_close is a time: the run waits until tenants sleep")
	}
	return time.ParseDuration(text)
}

// reachedWithin bounds the start of a fleet.
const reachedWithin = 10 * time.Minute

// begin starts the relay and waits until each bot can be reached.
func (f *fleet) begin(ctx context.Context) error {
	f.phase("start", 0)
	start := f.relay.start
	if f.out.Node != nil {
		start = func(ctx context.Context) error { return f.relay.await(ctx, f.tell) }
	}
	if err := start(ctx); err != nil {
		return err
	}
	f.note(entry{At: f.relay.launched, Event: "exec"})
	late := time.NewTimer(reachedWithin)
	defer late.Stop()
	select {
	case <-f.stage.roll.full:
	case <-late.C:
		return fmt.Errorf("%d of %d bots can't be reached within %s", f.stage.roll.count(), f.Tenants, reachedWithin)
	case err := <-f.relay.died():
		f.relay.ended <- err
		return errors.Join(errors.New("the relay has ended"), f.relay.lastWords())
	case <-ctx.Done():
		return ctx.Err()
	}
	for bot, at := range f.stage.roll.times() {
		f.note(entry{At: at, Event: "reached", Bot: bot})
	}
	return nil
}

// close stops the relay and the simulated Telegram.
func (f *fleet) close() error {
	var stopped error
	if f.relay.process != nil {
		stopped = f.relay.stop()
	}
	return errors.Join(stopped, f.stage.close())
}

// history is all that was noted, with the messages and the simulated Telegram's log.
func (f *fleet) history() chronicle {
	all := f.notes
	for _, m := range f.stage.ledger.since(0) {
		all = append(all, f.message(m)...)
	}
	f.stage.door.With(func(w *sim.World) {
		for _, e := range w.Log() {
			all = append(all, logged(f.name, e))
		}
	})
	return all
}

// message is the way of a message, as far as it got.
func (f *fleet) message(m message) (all chronicle) {
	side := "topic"
	if m.client {
		side = "client"
	}
	for _, e := range []entry{
		{At: m.said, Event: "said", Office: m.dialog.desk.tenant, Side: side},
		{At: m.written, Event: "written"},
		{At: m.read, Event: "read", Method: m.method},
		{At: m.answered, Event: "answered"},
	} {
		if !e.At.IsZero() {
			e.World, e.N = f.name, m.number
			all.add(e)
		}
	}
	return all
}

func (f *fleet) note(e entry) {
	if e.At.IsZero() {
		e.At = time.Now()
	}
	e.World = f.name
	f.notes.add(e)
}

// phase notes that a part begins.
func (f *fleet) phase(name string, round int) {
	f.note(entry{Event: "phase", Phase: name, Round: round})
	if round > 0 {
		name = fmt.Sprintf("%s, round %d", name, round)
	}
	f.tell(name)
}

func (f *fleet) tell(what string) { fmt.Fprintf(f.out.Progress, "%s: %s\n", f.name, what) }

// look notes what the relay has used.
func (f *fleet) look() (databases int, err error) {
	e := entry{Event: "spent"}
	var faults [3]error
	e.RSS, faults[0] = f.relay.rss()
	e.CPU, faults[1] = f.relay.cpu()
	e.Files, e.Databases, faults[2] = f.relay.openFiles()
	if err := errors.Join(faults[:]...); err != nil {
		return 0, err
	}
	f.note(e)
	return e.Databases, nil
}

// asleepWithin is how much longer than a tenant has nothing to do it may take until
// its file is closed.
const asleepWithin = 2 * time.Minute

// asleep waits until no tenant's file is open, but not for ever: what is then still
// open is in the notes.
func (f *fleet) asleep(ctx context.Context) error {
	for end := time.Now().Add(f.rests + asleepWithin); ; {
		open, err := f.look()
		if err != nil || open == 0 || time.Now().After(end) {
			return err
		}
		if err := sleep(ctx, time.Second); err != nil {
			return err
		}
	}
}

// rest waits until the tenants sleep, and then for so long; at its end it looks.
func (f *fleet) rest(ctx context.Context, phase string, lasts time.Duration) error {
	f.phase("settle", 0)
	if err := f.asleep(ctx); err != nil {
		return err
	}
	f.phase(phase, 0)
	if _, err := f.look(); err != nil {
		return err
	}
	if err := sleep(ctx, lasts); err != nil {
		return err
	}
	_, err := f.look()
	return err
}

// measured does a part while the disk's own syncs are timed.
func (f *fleet) measured(do func() error) error {
	meter := startSyncMeter(f.dir)
	err := do()
	syncs, syncErr := meter.end()
	for _, s := range syncs {
		f.note(entry{At: s.at, Event: "sync", Took: s.took})
	}
	return errors.Join(err, syncErr)
}
