package main

import (
	"testing"
)

// TestDemo is what a first-time user does, over sockets.
func TestDemo(t *testing.T) {
	r := start(t, []string{"simulator.listen=127.0.0.1:0"}, "demo")
	w := world{t, r.find(t, `Open (http://[0-9.]+:[0-9]+)`)}
	s := w.stage()
	olga, pavel := s.Operators[0], s.Operators[1]

	w.say(s.Client, s.Bot, 0, "is my parquet ready?")
	w.said(s.Client, s.Bot, -1, "we will answer as soon as we can")
	w.until("Anna has a topic", func() bool { return w.topicOf(olga, s.Forum, "🟪 Anna Berg") != 0 })
	topic := w.topicOf(olga, s.Forum, "Anna Berg")
	w.said(olga, s.Forum, topic, "is my parquet ready?")

	w.say(pavel, s.Forum, topic, "/ she means the oak one")
	w.say(olga, s.Forum, topic, "tomorrow at ten")
	w.said(s.Client, s.Bot, -1, "tomorrow at ten")
	for _, text := range w.texts(s.Client, s.Bot, -1) {
		if text == "/ she means the oak one" {
			t.Error("the client reads a comment")
		}
	}
	w.until("the square says that it was answered", func() bool { return w.topicOf(olga, s.Forum, "🟨 Anna Berg") == topic })

	w.say(s.Client, s.Group, 0, "hello from the club")
	w.until("the club has a topic", func() bool { return w.topicOf(olga, s.Forum, "Parquet club") != 0 })
	club := w.topicOf(olga, s.Forum, "Parquet club")
	w.said(olga, s.Forum, club, "hello from the club")
	w.say(pavel, s.Forum, club, "hello club")
	w.said(s.Client, s.Group, -1, "hello club")

	if code := r.stop(); code != exitDone {
		t.Errorf("exit code %d", code)
	}
}
