package world

import (
	"flag"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	sim "topicdesk/bench/telegram"
	"topicdesk/tenants/store"
)

var (
	rewrite = flag.Bool("rewrite", false, "write testdata/*.txt anew instead of comparing with it")
	order   = flag.Uint64("script-seed", 1, "seed of the order in which scripts run: what people see must not depend on it")
)

// Orders of TestScriptsInOtherOrders: those before are of the other two.
const (
	firstOther  = 3
	otherOrders = 8
)

// TestScripts plays testdata/*.txt: each line is what somebody does; below it,
// indented, all that is new in all chats as people see them. See testdata/README.
func TestScripts(t *testing.T) {
	eachScript(t, func(t *testing.T, file, source string) {
		compare(t, file, source, playScript(t, source, Options{}))
	})
}

// TestScriptsThroughWebhooks plays the same scripts with updates that Telegram
// delivers, and in another order: what people see must not depend on it. Scripts
// about what comes in one batch are "polled": there Telegram chooses the order
// between chats.
func TestScriptsThroughWebhooks(t *testing.T) {
	eachScript(t, func(t *testing.T, file, source string) {
		if strings.HasPrefix(source, "stage polled") {
			return
		}
		seen(t, file, source, playScript(t, source, Options{Webhooks: true, Seed: *order + 1}))
	})
}

// TestScriptsInOtherOrders plays the scripts in further orders, each in one: who is
// next where several have something to do is nobody's promise. With -script-seed all
// are played in that order, also those in which days pass: their polls take long.
func TestScriptsInOtherOrders(t *testing.T) {
	eachScript(t, func(t *testing.T, file, source string) {
		draw := fnv.New64()
		_, _ = draw.Write([]byte(file))
		n := draw.Sum64()
		if lastsLong(source) || n/otherOrders%stride != 0 {
			return
		}
		seen(t, file, source, playScript(t, source, Options{Seed: firstOther + n%otherOrders}))
	})
}

// lastsLong tells that more than half a day passes in a script.
func lastsLong(source string) bool {
	total := time.Duration(0)
	for line := range strings.Lines(source) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if d, err := time.ParseDuration(rest); word == "wait" && err == nil {
			total += d
		}
	}
	return total > 12*time.Hour
}

// seen holds what people see against a script, whichever topic was first.
func seen(t *testing.T, file, source, got string) {
	t.Helper()
	if line, want, got := firstDifference(byTopic(source), byTopic(got)); line > 0 {
		t.Fatalf("%s:%d\nwant %s\n got %s", file, line, want, got)
	}
}

// eachScript plays every script in a test of its own.
func eachScript(t *testing.T, play func(t *testing.T, file, source string)) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			play(t, file, string(source))
		})
	}
}

// compare holds a script against what it gives now, or writes it anew.
func compare(t *testing.T, file, want, got string) {
	if want == got {
		return
	}
	if *rewrite {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	line, a, b := firstDifference(byTopic(want), byTopic(got))
	if line == 0 && *order != 1 {
		return // the golden was made in the first order
	}
	t.Fatalf("%s:%d (run with -rewrite and review the diff)\nwant %s\n got %s", file, line, a, b)
}

// byTopic puts what a step shows in order of chats and topics, and leaves it as it
// is in each of them: which of two topics was first is nobody's promise.
func byTopic(script string) string {
	lines := strings.Split(script, "\n")
	for from := 0; from < len(lines); from++ {
		to := from
		for to < len(lines) && strings.HasPrefix(lines[to], "\t") {
			to++
		}
		slices.SortStableFunc(lines[from:to], func(a, b string) int {
			a, _, _ = strings.Cut(a, " | ")
			b, _, _ = strings.Cut(b, " | ")
			return strings.Compare(a, b)
		})
		from = max(from, to-1)
	}
	return strings.Join(lines, "\n")
}

// firstDifference is the first line, from 1, in which two texts differ; 0 = none.
func firstDifference(a, b string) (line int, inA, inB string) {
	was, is := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range max(len(was), len(is)) {
		if at(was, i) != at(is, i) {
			return i + 1, at(was, i), at(is, i)
		}
	}
	return 0, "", ""
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(end)"
}

// minute is how long a step takes if the script does not say otherwise: longer
// than the pause between two renames of a topic, so that each step shows its
// title.
const minute = 70 * time.Second

// scene is a script being played.
type scene struct {
	t      *testing.T
	stage  *Stage
	step   time.Duration
	people map[string]int64
	chats  map[string]int64 // client groups
	views  []*view
	titles map[int]string // topics as they were last shown
	closed map[int]bool
	topics map[string]int   // of dialogs, after the last step
	homes  map[string]int64 // the groups of these topics
	out    []string
	// pressed are buttons whose answer has not been shown.
	pressed []string
	token   string // the bot's new one
	// fail tells that a line can't be done.
	fail func(why string)
}

// playScript keeps the lines that say what happens and writes anew what people see.
func playScript(t *testing.T, source string, o Options) string {
	var out strings.Builder
	var s *scene
	number := 0
	for line := range strings.Lines(source) {
		number++
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "\t") {
			continue
		}
		out.WriteString(line + "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if s == nil {
			s = newScene(t, line, o)
		}
		s.play(line, fmt.Sprintf("line %d: %s", number, line))
		for _, l := range s.out {
			out.WriteString("\t" + l + "\n")
		}
		s.out = nil
	}
	if s != nil && len(s.stage.Problems) > 0 {
		t.FailNow() // the stage tells them; nothing is written anew
	}
	return out.String()
}

// newScene builds the stage; the first line may be "stage …".
func newScene(t *testing.T, first string, o Options) *scene {
	if o.Seed == 0 {
		o.Seed = *order
	}
	fromFirst := false
	if words := strings.Fields(first); words[0] == "stage" {
		for _, w := range words[1:] {
			switch w {
			case "unbound":
				o.Unbound = true
			case "two-bots":
				o.Bots = 2
			case "sleepy":
				o.IdleClose = time.Minute
			case "crowded":
				o.Topics = 2
			case "polled":
			case "delivered":
				o.Webhooks = true
			case "from-first":
				fromFirst = true
			default:
				t.Fatalf("stage %s", w)
			}
		}
	}
	s := &scene{
		t: t, step: minute, people: map[string]int64{}, chats: map[string]int64{},
		titles: map[int]string{}, closed: map[int]bool{}, fail: func(why string) { t.Fatal(why) },
	}
	s.stage = newQuietStage(t, o)
	if fromFirst {
		k := s.stage.World.Knobs()
		k.MigrationOrder = sim.MigrateFromFirst
		s.stage.World.SetKnobs(k)
	}
	s.cast()
	return s
}

// cast are the people of all scripts: clients, operators, and the administrator.
func (s *scene) cast() {
	w := s.stage.World
	s.people["alma"] = s.stage.Admin
	for _, p := range []struct {
		name     string
		person   sim.Person
		operator bool
	}{
		{"ann", sim.Person{FirstName: "Ann", LastName: "Lee", Username: "annlee", Language: "en"}, false},
		{"bob", sim.Person{FirstName: "Bob", Premium: true}, false},
		{"ann2", sim.Person{FirstName: "Ann", LastName: "Lee"}, false},
		{"olga", sim.Person{FirstName: "Olga", Username: "olga_op"}, true},
		{"max", sim.Person{FirstName: "Max", LastName: "Moll"}, true},
	} {
		id := w.NewUser(p.person)
		s.people[p.name] = id
		if p.operator {
			must(w.AddMember(s.stage.Admin, s.stage.Forum, id))
		}
	}
	for i := range s.stage.Bots {
		s.people[fmt.Sprintf("bot%d", i+1)] = s.stage.Bots[i]
	}
	s.people["bot"] = s.stage.Bots[0]
	s.stage.RunFor(time.Second)
	s.addView("", s.stage.Admin, s.stage.Forum)
	s.show()
	s.out = nil
}

// play does one line and shows what is new.
func (s *scene) play(line, where string) {
	defer func() {
		if r := recover(); r != nil {
			s.fail(fmt.Sprintf("%s: %v", where, r))
		}
	}()
	line, atOnce := strings.CutSuffix(line, " &")
	word, _, _ := strings.Cut(line, " ")
	if order, ok := orders[word]; ok {
		order(s, strings.TrimSpace(strings.TrimPrefix(line, word)))
	} else {
		s.act(line)
	}
	if atOnce {
		return
	}
	if !instant[word] {
		s.stage.RunFor(s.step)
	}
	s.topics = s.threads()
	s.show()
}

// newQuietStage is a stage that traces nothing unless a test fails; at the end
// its file is checked.
func newQuietStage(t *testing.T, o Options) *Stage {
	o.Dir = t.TempDir()
	s, err := NewStage(o)
	if err != nil {
		t.Fatal(err)
	}
	var trace []string
	s.Sched.Trace = func(line string) { trace = append(trace, line) }
	t.Cleanup(func() {
		if err := s.Close(func(*store.Store) error { return nil }); err != nil {
			t.Error(err)
		}
		for _, p := range s.Problems {
			t.Error(p)
		}
		if t.Failed() && testing.Verbose() {
			t.Log(strings.Join(trace[max(0, len(trace)-1500):], "\n"))
		}
	})
	return s
}
