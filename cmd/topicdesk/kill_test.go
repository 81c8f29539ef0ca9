package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// process is the built program in a process of its own.
type process struct {
	*output
	cmd *exec.Cmd
}

// build builds the program.
func build(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "topicdesk")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return binary
}

func launch(t *testing.T, binary string, settings []string) *process {
	t.Helper()
	args := []string{"serve"}
	for _, s := range settings {
		args = append(args, "--set", s)
	}
	p := &process{output: newOutput(), cmd: exec.Command(binary, args...)}
	p.cmd.Env = os.Environ()
	p.cmd.Stdout, p.cmd.Stderr = p.output, p.output
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if p.cmd.ProcessState == nil {
			p.kill(t)
		}
		if t.Failed() {
			t.Logf("the process printed:\n%s", p)
		}
	})
	return p
}

// kill ends the process as kill -9 does.
func (p *process) kill(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = p.cmd.Wait() // it was killed
}

// TestKill kills the process in the middle of a backlog, again and again, and
// finds every message delivered: clients' in their topics, operators' at the
// clients, in their order. Twice is only what was under way at a kill.
func TestKill(t *testing.T) {
	const (
		clients  = 6
		messages = 15 // of each client, and to each client
		kills    = 3
		slow     = 0.02 // seconds for each call, so that there is a backlog
	)
	binary := build(t)
	s := newScene(t)
	p := launch(t, binary, s.settings)
	s.bind(p.output)
	s.do("/world/faults", dict{"name": "slow", "do": "slow", "delay_s": slow}, nil)
	people := map[string]int64{}
	for i := range clients {
		name := fmt.Sprintf("Client%d", i)
		people[name] = s.person(name)
	}
	topic := func(name string) int { return s.topicOf(s.alma, s.forum, name) }
	inTopics := func() map[string][]string {
		found := map[string][]string{}
		for name := range people {
			if id := topic(name); id != 0 {
				found[name] = marked(s.texts(s.alma, s.forum, id), "question ")
			}
		}
		return found
	}
	atClients := func() map[string][]string {
		found := map[string][]string{}
		for name, id := range people {
			found[name] = marked(s.texts(id, s.bot, -1), "answer ")
		}
		return found
	}
	write := func(what string, say func(name, text string)) {
		for i := range messages {
			for name := range people {
				say(name, fmt.Sprintf("%s %02d", what, i))
			}
		}
	}
	for _, way := range []struct {
		what  string
		say   func(name, text string)
		found func() map[string][]string
	}{
		{"question", func(name, text string) { s.say(people[name], s.bot, 0, text) }, inTopics},
		{"answer", func(name, text string) { s.say(s.alma, s.forum, topic(name), text) }, atClients},
	} {
		write(way.what, way.say)
		for kill := range kills {
			goal := (kill + 1) * clients * messages / (kills + 1)
			s.until(fmt.Sprintf("%d of the %ss are delivered", goal, way.what), func() bool { return distinct(way.found()) >= goal })
			if n := distinct(way.found()); n == clients*messages {
				t.Fatal("all are delivered before the last kill: nothing is tested")
			}
			p.kill(t)
			p = launch(t, binary, s.settings)
		}
		s.until(fmt.Sprintf("all %ss are delivered", way.what), func() bool { return distinct(way.found()) == clients*messages })
		doubled := 0
		for name, got := range way.found() {
			doubled += inOrder(t, name, got)
		}
		t.Logf("%ss: %d doubled at %d kills", way.what, doubled, kills)
		// One call of each lane at most was under way at a kill.
		if doubled > kills*clients {
			t.Errorf("%d %ss are there twice", doubled, way.what)
		}
	}
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- p.cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("a graceful stop: %v", err)
		}
	case <-time.After(patience):
		t.Error("it does not stop")
	}
}

// marked are the texts that begin so.
func marked(texts []string, prefix string) (found []string) {
	for _, text := range texts {
		if strings.HasPrefix(text, prefix) {
			found = append(found, text)
		}
	}
	return found
}

// distinct counts the texts of all, each once.
func distinct(found map[string][]string) (n int) {
	for _, texts := range found {
		seen := map[string]bool{}
		for _, text := range texts {
			seen[text] = true
		}
		n += len(seen)
	}
	return n
}

// inOrder checks that a dialog's messages ascend, and counts those that are
// there twice: a second one follows the first at once.
func inOrder(t *testing.T, name string, texts []string) (doubled int) {
	t.Helper()
	for i := 1; i < len(texts); i++ {
		switch {
		case texts[i] == texts[i-1]:
			doubled++
		case texts[i] < texts[i-1]:
			t.Errorf("%s: %q comes after %q", name, texts[i], texts[i-1])
		}
	}
	return doubled
}
