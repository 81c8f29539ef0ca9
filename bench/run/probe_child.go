package run

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/doors"
)

// simulatorPlan is what the simulator's process is told.
type simulatorPlan struct {
	Seed  uint64 `json:"seed"`
	Bots  int    `json:"bots"`
	Chats int    `json:"chats"`
}

// simulatorReady is what it tells when it serves.
type simulatorReady struct {
	Address string  `json:"address"`
	Bots    []robot `json:"bots"`
}

// Simulated is the simulated Telegram in a process of its own: it reads its
// plan from in, makes the people, tells its address on out and serves until in
// ends.
func Simulated(in io.Reader, out io.Writer) error {
	var plan simulatorPlan
	input := json.NewDecoder(in)
	if err := input.Decode(&plan); err != nil {
		return fmt.Errorf("read the plan: %w", err)
	}
	if err := enoughFiles(plan.Bots); err != nil {
		return err
	}
	doors.KeepLean()
	w, robots, err := newWorld(plan.Seed, plan.Bots, plan.Chats)
	if err != nil {
		return err
	}
	l, err := listenLoopback()
	if err != nil {
		return err
	}
	if err := json.NewEncoder(out).Encode(simulatorReady{l.Addr().String(), firstClients(robots)}); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		defer stop()
		io.Copy(io.Discard, in) // an end and a failure mean the same
	}()
	return doors.New(doors.Options{Door: sim.NewDoor(w, nil)}).Serve(ctx, l)
}

// firstClients leaves the load as many clients of each bot as it writes to.
func firstClients(robots []robot) []robot {
	out := make([]robot, len(robots))
	for i, r := range robots {
		r.Clients = append([]int64(nil), r.Clients[:min(len(r.Clients), chatsPerCaller)]...)
		out[i] = r
	}
	return out
}

// simulator is the running child.
type simulator struct {
	*process
	simulatorReady
	in io.Closer
}

// castWithin is how long the simulator may take to make its people.
const castWithin = 5 * time.Minute

// startSimulator starts the simulator and waits until it serves; it ends when
// close is called or this process ends.
func startSimulator(ctx context.Context, command []string, dir string, plan simulatorPlan) (*simulator, error) {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	ready, told, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer ready.Close()
	cmd.Stdout = told
	p, err := start(dir, "simulator", cmd)
	told.Close()
	if err != nil {
		return nil, err
	}
	s := &simulator{process: p, in: in}
	if err := s.await(ready, plan, in); err != nil {
		p.kill()
		return nil, errors.Join(err, p.lastWords())
	}
	return s, nil
}

// await tells the plan and waits for the answer.
func (s *simulator) await(ready *os.File, plan simulatorPlan, in io.Writer) error {
	if err := ready.SetReadDeadline(time.Now().Add(castWithin)); err != nil {
		return err
	}
	if err := json.NewEncoder(in).Encode(plan); err != nil {
		return fmt.Errorf("tell the simulator its plan: %w", err)
	}
	if err := json.NewDecoder(bufio.NewReader(ready)).Decode(&s.simulatorReady); err != nil {
		return fmt.Errorf("wait for the simulator: %w", err)
	}
	return nil
}

func (s *simulator) close() error {
	s.in.Close()
	select {
	case err := <-s.ended:
		if err != nil {
			return errors.Join(fmt.Errorf("the simulator: %w", err), s.lastWords())
		}
		return nil
	case <-time.After(stopWithin):
		s.kill()
		return errors.New("the simulator did not end")
	}
}
