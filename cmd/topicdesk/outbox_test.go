package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"topicdesk/actors/web"
)

// outboxJSON is what `outbox list --json` prints.
func (s *scene) outboxJSON(flags ...string) (box web.Outbox) {
	s.t.Helper()
	code, printed := s.command("", append([]string{"outbox", "list", "default", "--json"}, flags...)...)
	if code != exitDone {
		s.t.Fatalf("exit code %d:\n%s", code, printed)
	}
	for line := range strings.Lines(printed) {
		if strings.HasPrefix(line, "{\"jobs\"") {
			if err := json.Unmarshal([]byte(line), &box); err != nil {
				s.t.Fatal(err)
			}
		}
	}
	return box
}

// TestOutbox: what waits is listed, hastened and dropped beside a node that runs;
// without one it is listed and hastened. What is dropped is told.
func TestOutbox(t *testing.T) {
	s := newScene(t, "debug.listen=127.0.0.1:0")
	r := start(t, s.settings, "serve")
	s.bind(r.output)
	ann := s.person("Ann")
	s.say(ann, s.bot, 0, "a first secret")
	s.until("a topic is there", func() bool { return s.topicOf(s.alma, s.forum, "Ann") != 0 })
	s.said(s.alma, s.forum, -1, "a first secret")
	topic := s.topicOf(s.alma, s.forum, "Ann")
	words := strings.Fields
	s.expect(exitUnknown, "", words("outbox list bravo"), `no tenant "bravo"`)
	s.expect(exitUsage, "", words("outbox list default --side left"), `there is no side "left"`)

	s.do("/world/faults", dict{"do": "flood", "retry_s": 3600, "method": "copyMessage", "chat": ann, "count": 1}, nil)
	s.say(s.alma, s.forum, topic, "a second secret")
	s.say(s.alma, s.forum, topic, "a third secret")
	s.until("they wait", func() bool {
		box := s.outboxJSON("--side", "client")
		return len(box.Jobs) == 2 && box.Jobs[0].Attempts == 1 && box.Jobs[0].State == "waiting"
	})
	box := s.outboxJSON("--dialog", "1", "--side", "client")
	first, second := box.Jobs[0], box.Jobs[1]
	if first.Why != "Telegram asks for a pause" || first.NotBefore.IsZero() || first.Class != "answer" || first.Effect != "send" {
		t.Errorf("the first is %+v", first)
	}
	if want := fmt.Sprintf("it is behind job %d", first.Job); second.Why != want || second.Attempts != 0 {
		t.Errorf("the second is %+v", second)
	}
	s.expect(exitDone, "", words("outbox list default --older 1h"), "Nothing waits.")
	s.expect(exitDone, "", words("outbox list default"), "JOB", "Telegram asks for a pause")
	if _, printed := s.command("", words("outbox list default")...); strings.Contains(printed, "secret") || strings.Contains(printed, "Ann") {
		t.Errorf("it shows what people write:\n%s", printed)
	}
	drop := func(n any) []string { return words(fmt.Sprintf("outbox drop default %v", n)) }
	retry := func(n any) []string { return words(fmt.Sprintf("outbox retry default %v", n)) }
	s.expect(exitFailed, "", drop(fmt.Sprint(second.Job, " 9999")), "there is no job 9999")
	s.expect(exitUsage, "", words("outbox drop default"), "expected \"<job> ...\"")
	s.expect(exitUsage, "", drop("all"), "expected a valid 64 bit int")
	s.expect(exitDone, "", drop(second.Job), "1 job is dropped")
	s.said(s.alma, s.forum, topic, "Not delivered: the host of this desk took it out of the queue.")
	s.expect(exitFailed, "", drop(second.Job), fmt.Sprintf("there is no job %d", second.Job))

	counted := fetch(t, r.find(t, `(http://[0-9.:]+/metrics)`))
	for _, line := range []string{
		`topicdesk_dropped_total{reason="host"} 1`, `topicdesk_tries_total{outcome="flood"} 1`, `topicdesk_pauses_total{cause="flood"} 1`,
		`topicdesk_delivery_seconds_count{side="topic"} 1`,
	} {
		if !strings.Contains(counted, "\n"+line+"\n") {
			t.Errorf("%s is not in the metrics:\n%s", line, counted)
		}
	}

	r.stop()
	s.expect(exitDone, "", words("outbox list default"), "Telegram asks for a pause")
	s.expect(exitRefused, "", drop(first.Job), "start the node first")
	s.expect(exitFailed, "", retry(9999), "there is no job 9999")
	s.expect(exitDone, "", retry(first.Job), "1 job is tried")
	if box := s.outboxJSON(); len(box.Jobs) == 0 || box.Jobs[0].Job != first.Job || !box.Jobs[0].NotBefore.IsZero() {
		t.Errorf("hastened at rest: %+v", box)
	}
	start(t, s.settings, "serve")
	s.said(ann, s.bot, 0, "a second secret")
	for _, text := range s.texts(ann, s.bot, 0) {
		if strings.Contains(text, "third") {
			t.Error("what was dropped came")
		}
	}
	s.do("/world/faults", dict{"do": "flood", "retry_s": 3600, "method": "copyMessage", "chat": ann, "count": 1}, nil)
	s.say(s.alma, s.forum, topic, "a fourth secret")
	s.until("it waits", func() bool {
		box = s.outboxJSON("--side", "client")
		return len(box.Jobs) == 1 && !box.Jobs[0].NotBefore.IsZero()
	})
	s.expect(exitDone, "", retry(box.Jobs[0].Job), "1 job is tried")
	s.said(ann, s.bot, 0, "a fourth secret")
}

func fetch(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
