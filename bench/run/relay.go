package run

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// relay is the process that is measured, `topicdesk serve`.
type relay struct {
	*process
	program, dir, file string
	starts             int
	launched           time.Time // the last time
	debug              string    // http://host:port of its counters and profiles
}

// startRelay makes the tenants of a stage in dir and starts the program.
func startRelay(ctx context.Context, program, dir string, st *stage, settings map[string]any) (*relay, error) {
	r, err := newRelay(program, dir, st.root, st.relay, settings)
	if err != nil {
		return nil, err
	}
	return r, r.start(ctx)
}

// newRelay makes the tenants of the desks and the settings in dir.
func newRelay(program, dir, root string, desks []*desk, settings map[string]any) (*relay, error) {
	if err := enlist(dataIn(dir), desks); err != nil {
		return nil, fmt.Errorf("make the tenants: %w", err)
	}
	return newRelayOn(program, dir, root, settings)
}

// dataIn is where a relay of this folder keeps its tenants.
func dataIn(dir string) string { return filepath.Join(dir, "data") }

// newRelayOn makes the settings in dir, where the tenants are already.
func newRelayOn(program, dir, root string, settings map[string]any) (*relay, error) {
	debug, err := freeAddress()
	if err != nil {
		return nil, err
	}
	r := &relay{program: program, dir: dir, file: filepath.Join(dir, "relay.yaml"), debug: "http://" + debug}
	return r, writeSettings(r.file, settings, dataIn(dir), root, debug)
}

// start starts the program and waits until it tells its counters.
func (r *relay) start(ctx context.Context) error {
	if err := r.launch(); err != nil {
		return err
	}
	err := until(ctx, 30*time.Second, "the relay tells its counters", func() (bool, error) {
		_, err := r.counters(ctx)
		return err == nil, err
	})
	if err != nil {
		r.kill()
		return errors.Join(err, r.lastWords())
	}
	return nil
}

// debugListen is where it tells its counters.
func (r *relay) debugListen() string { return strings.TrimPrefix(r.debug, "http://") }

// launch starts the program on what is in its folder. Each start has a log.
func (r *relay) launch() error {
	cmd := exec.Command(r.program, "--config", r.file, "serve")
	cmd.Env = withoutSettings(os.Environ())
	r.launched = time.Now()
	p, err := start(r.dir, r.logName(r.starts), cmd)
	if err != nil {
		return err
	}
	r.process = p
	r.starts++
	return nil
}

func (r *relay) logName(start int) string { return fmt.Sprintf("relay-%04d", start) }

// withoutSettings keeps the caller's own settings out of the measurement.
func withoutSettings(environ []string) (kept []string) {
	for _, e := range environ {
		if !strings.HasPrefix(e, "TOPICDESK_") {
			kept = append(kept, e)
		}
	}
	return kept
}

// freeAddress is an address of loopback that nobody listens at now.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func writeSettings(file string, settings map[string]any, data, root, debug string) error {
	all := maps.Clone(settings)
	if all == nil {
		all = map[string]any{}
	}
	all["data_dir"] = data
	for section, own := range map[string]map[string]any{"telegram": {"api_root": root}, "debug": {"listen": debug, "pprof": true}} {
		merged := map[string]any{}
		if given, ok := all[section].(map[string]any); ok {
			maps.Copy(merged, given)
		}
		maps.Copy(merged, own)
		all[section] = merged
	}
	text, err := yaml.Marshal(all)
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o600)
}

// counters reads what the relay tells of itself, by name.
func (r *relay) counters(ctx context.Context) (map[string]float64, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.debug+"/metrics", nil)
	if err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, fmt.Errorf("read the relay's counters: %w", err)
	}
	defer answer.Body.Close()
	found := map[string]float64{}
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), " ")
		if n, err := strconv.ParseFloat(value, 64); err == nil {
			found[name] = n
		}
	}
	return found, lines.Err()
}

// spent is what the relay has used up.
type spent struct {
	commits float64
	cpu     time.Duration
}

// settled waits until everything is on disk and gives what that took.
func (r *relay) settled(ctx context.Context) (s spent, err error) {
	last, still := -1.0, 0
	err = until(ctx, arriveWithin, "the relay has nothing to do", func() (bool, error) {
		counters, err := r.counters(ctx)
		if err != nil {
			return false, err
		}
		commits := counters["topicdesk_commits_total"]
		if counters["topicdesk_tries"] > 0 || commits != last {
			last, still = commits, 0
			return false, nil
		}
		still++
		return still >= stillLooks, nil
	})
	if err != nil {
		return s, err
	}
	s.commits = last
	s.cpu, err = r.cpu()
	return s, err
}

// stillLooks is at how many looks in a row nothing must have happened.
const stillLooks = 10
