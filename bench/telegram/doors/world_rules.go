package doors

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	sim "topicdesk/bench/telegram"
)

// ruleRoutes change limits, faults and time, and show the log.
var ruleRoutes = []route{
	look("/world/rules", func(w *sim.World, _ *query) (any, error) { return showRules(w), nil }),
	act("/world/rules", setRules),
	look("/world/meters", meters),
	look("/world/faults", func(w *sim.World, _ *query) (any, error) { return showFaults(w), nil }),
	act("/world/faults", addFaults),
	act("/world/faults/remove", func(w *sim.World, in struct{ At int }) (any, error) {
		if !w.RemoveFault(in.At) {
			return nil, fmt.Errorf("the plan has no fault %d", in.At)
		}
		return showFaults(w), nil
	}),
	act("/world/faults/clear", func(w *sim.World, _ struct{}) (any, error) {
		w.ClearFaults()
		return showFaults(w), nil
	}),
	{"GET /world/time", (*Server).serveTime, nil},
	{"POST /world/time", (*Server).turnTime, reflect.TypeFor[turn]()},
	look("/world/log", showLog),
}

type rules struct {
	Profiles []string  `json:"profiles"`
	Knobs    sim.Knobs `json:"knobs"`
}

func showRules(w *sim.World) rules { return rules{sim.Profiles(), w.Knobs()} }

// newRules chooses a profile and then changes single limits; 0 leaves one as
// it is.
type newRules struct {
	Profile          string          `json:"profile"`
	GroupPerMinute   int             `json:"group_per_minute"`
	PrivatePerSecond int             `json:"private_per_second"`
	LoginPerSecond   int             `json:"login_per_second"`
	Knobs            json.RawMessage `json:"knobs"` // fields of Knobs; durations in ns
}

func setRules(w *sim.World, in newRules) (any, error) {
	k := w.Knobs()
	if in.Profile != "" {
		var err error
		if k, err = sim.Profile(in.Profile); err != nil {
			return nil, err
		}
	}
	if in.Knobs != nil {
		if err := readStrictly(bytes.NewReader(in.Knobs), &k); err != nil {
			return nil, fmt.Errorf("knobs: %w", err)
		}
	}
	raise(&k.Group, in.GroupPerMinute, time.Minute)
	raise(&k.Channel, in.GroupPerMinute, time.Minute)
	raise(&k.Private, in.PrivatePerSecond, time.Second)
	raise(&k.Overall, in.LoginPerSecond, time.Second)
	w.SetKnobs(k)
	return showRules(w), nil
}

// raise gives a limit another size and leaves its form.
func raise(l *sim.Limit, count int, per time.Duration) {
	if count <= 0 {
		return
	}
	if l.Kind == sim.NoLimit {
		l.Kind = sim.Window
	}
	l.Count, l.Per, l.Burst = count, per, max(l.Burst, count)
}

type meter struct {
	Bot    int64     `json:"bot"`
	Chat   int64     `json:"chat"`
	Family string    `json:"family"`
	Used   int       `json:"used"`
	Of     int       `json:"of"`
	Wait   float64   `json:"wait_s"`
	Free   time.Time `json:"free"`
}

// held is one call that waits inside Telegram.
type held struct {
	Bot     int64     `json:"bot"`
	Chat    int64     `json:"chat"`
	Method  string    `json:"method"`
	Since   time.Time `json:"since"`
	Due     time.Time `json:"due"`
	Refused bool      `json:"refused"`
}

func meters(w *sim.World, _ *query) (any, error) {
	out := struct {
		Meters []meter `json:"meters"`
		Held   []held  `json:"held"`
	}{[]meter{}, []held{}}
	for _, m := range w.Meters() {
		out.Meters = append(out.Meters, meter{m.Bot, m.Chat, m.Family, m.Used, m.Of, m.Wait.Seconds(), m.Free})
	}
	for _, h := range w.Held() {
		out.Held = append(out.Held, held(h))
	}
	return out, nil
}

// maxLogLines is the most lines of one answer of /world/log.
const maxLogLines = 10_000

// showLog answers with the history from line after on, or from the first line
// that is remembered; -n is the last n lines.
func showLog(w *sim.World, q *query) (any, error) {
	all, count := w.Log(), int64(w.Logged())
	first := count - int64(len(all))
	from := q.number("after", 0)
	if from < 0 {
		from += count
	}
	from = min(max(from, first), count)
	end := min(from+maxLogLines, count)
	return struct {
		Entries []sim.LogEntry `json:"entries"`
		Next    int64          `json:"next"`
	}{append([]sim.LogEntry{}, all[from-first:end-first]...), end}, nil
}
