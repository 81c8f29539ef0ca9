package run

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/doors"
)

// desk is a bot with its operators' group and its clients.
type desk struct {
	tenant   string
	params   map[string]string // of the tenant
	bot      int64
	token    string
	username string
	operator int64
	forum    int64
	dialogs  []*dialog
	known    int     // chats that the tenant's file knows from before, those of dialogs first
	helpers  []*desk // extra bots in the same group; of them only the login counts
}

// logins are the desk's bot and its helpers.
func (d *desk) logins() []*desk { return append([]*desk{d}, d.helpers...) }

// dialog is one client of a desk.
type dialog struct {
	desk   *desk
	client int64
	thread atomic.Int64 // of its topic; 0 = not known yet
}

// learn takes the thread from a call that goes there.
func (d *dialog) learn(thread int) {
	if thread != 0 && d.thread.Load() == 0 {
		d.thread.Store(int64(thread))
	}
}

// stage is the simulated Telegram with its people and its door. The relay's
// desks and the floor's are apart: both may ask for updates all the time.
type stage struct {
	door   *sim.Door
	ledger *ledger
	roll   *roll  // of the bots that can be reached; nil = nobody calls it
	root   string // http://host:port

	relay []*desk
	floor []*desk

	stop  context.CancelFunc
	ended chan error
}

// openStage opens the simulated Telegram of a scenario on a port of loopback.
func openStage(s Scenario, history bool) (*stage, error) {
	knobs, err := sim.Profile(s.Simulator.Profile)
	if err != nil {
		return nil, err
	}
	l, err := listenLoopback()
	if err != nil {
		return nil, err
	}
	door := sim.NewDoor(sim.New(sim.Options{Seed: s.Seed, Knobs: &knobs, NoLog: !history}), nil)
	st := &stage{door: door, ledger: newLedger(), root: "http://" + l.Addr().String()}
	door.With(func(w *sim.World) {
		st.relay, err = furnish(w, s, "relay")
		if err == nil {
			st.floor, err = furnish(w, s, "floor")
		}
		if err == nil {
			err = openTopics(w, st.floor)
		}
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("furnish the simulated Telegram: %w", err), l.Close())
	}
	st.serve(l)
	return st, nil
}

// listenLoopback takes any free port.
func listenLoopback() (net.Listener, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen on loopback: %w", err)
	}
	return l, nil
}

// serve answers behind the wire until close.
func (st *stage) serve(l net.Listener) {
	st.stop, st.ended = serveDoor(l, doors.Options{Door: st.door, Posting: st.posting}, func(door http.Handler) http.Handler {
		return &wire{door: door, ledger: st.ledger, roll: st.roll}
	})
}

// posting notes that an update goes to a webhook now: as with polls, before its
// bytes do.
func (st *stage) posting(body []byte) {
	if marks := marksIn(body); len(marks) > 0 {
		st.ledger.written(marks, time.Now())
	}
}

// serveDoor answers calls of a simulated Telegram until stop, and then tells how
// that ended. before gets the Telegram's own handler.
func serveDoor(l net.Listener, o doors.Options, before func(http.Handler) http.Handler) (stop context.CancelFunc, ended chan error) {
	server := doors.New(o)
	ctx, cancel := context.WithCancel(context.Background())
	server.Start(ctx)
	web := &http.Server{Handler: before(server.Handler()), ReadHeaderTimeout: 30 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx }}
	ended = make(chan error, 1)
	go func() {
		err := web.Serve(l)
		server.Wait()
		if errors.Is(err, http.ErrServerClosed) {
			err = nil
		}
		ended <- err
	}()
	context.AfterFunc(ctx, func() { web.Close() })
	return cancel, ended
}

func (st *stage) close() error {
	st.stop()
	return <-st.ended
}

// furnish makes the desks of one side.
func furnish(w *sim.World, s Scenario, side string) ([]*desk, error) {
	var desks []*desk
	for i := range s.Tenants {
		d := &desk{tenant: fmt.Sprintf("desk-%04d", i), username: fmt.Sprintf("%s_%04d_bot", side, i)}
		d.operator = w.NewUser(sim.Person{FirstName: fmt.Sprintf("Operator %d", i), Language: "en"})
		d.bot, d.token = w.NewBot(sim.Robot{Name: fmt.Sprintf("Desk %d", i), Username: d.username})
		d.forum = w.NewForum(d.operator, fmt.Sprintf("Desk %d", i))
		if err := w.AddMember(d.operator, d.forum, d.bot); err != nil {
			return nil, err
		}
		if err := w.Promote(d.operator, d.forum, d.bot, sim.AllRights(), ""); err != nil {
			return nil, err
		}
		for k := range s.Topics {
			client := w.NewUser(sim.Person{FirstName: fmt.Sprintf("Client %d of %d", k, i), Language: "en"})
			if _, err := w.Start(client, d.bot, ""); err != nil {
				return nil, err
			}
			d.dialogs = append(d.dialogs, &dialog{desk: d, client: client})
		}
		desks = append(desks, d)
	}
	return desks, nil
}

// openTopics makes the topics that the floor doesn't make by itself.
func openTopics(w *sim.World, desks []*desk) error {
	for _, d := range desks {
		for i, dialog := range d.dialogs {
			thread, err := w.CreateTopic(d.operator, d.forum, fmt.Sprintf("Client %d", i), 0)
			if err != nil {
				return err
			}
			dialog.learn(thread)
		}
	}
	return nil
}

// say lets the client or the operator of a dialog write one message.
func (st *stage) say(d *dialog, client bool, size int) error {
	m := st.ledger.begin(d, client)
	var err error
	st.door.With(func(w *sim.World) {
		from, id := d.client, 0
		if client {
			id, err = w.Say(d.client, d.desk.bot, 0, textOf(m.number, size))
		} else {
			from = d.desk.forum
			id, err = w.Say(d.desk.operator, from, int(d.thread.Load()), textOf(m.number, size))
		}
		st.ledger.place(m, source{from, id})
	})
	if err != nil {
		return fmt.Errorf("write message %d: %w", m.number, err)
	}
	return nil
}
