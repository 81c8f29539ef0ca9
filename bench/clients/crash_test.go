//go:build foreign

package clients

import (
	"fmt"
	"testing"
)

// TestCrash kills bots in the middle of their work. What they were told comes
// again, but nothing is lost; by webhook only what was under way is doubled.
func TestCrash(t *testing.T) {
	for name, lib := range libraries {
		if lib.within {
			continue
		}
		for way, webhook := range map[string]bool{"polling": false, "webhook": true} {
			t.Run(name+"/"+way, func(t *testing.T) {
				t.Parallel()
				crash(t, lib.run, webhook)
			})
		}
	}
}

// crashing is how many messages come, and after how many the bot is killed.
const (
	crashing = 8
	killedAt = 3
)

func crash(t *testing.T, run runner, webhook bool) {
	s := &scene{stage: newStage(t, false), t: t}
	s.config = config{Root: s.root, Token: s.token, Me: s.bot, Forum: s.forum, Webhook: webhook, Secret: secret}
	s.playing = play(t, run, s.config)
	s.starts()
	s.meets()
	for i := range crashing {
		s.writes(object{"text": fmt.Sprint("m", i)})
	}
	before := s.seen(killedAt)
	s.kill()
	before = append(before, s.seen(0)...)
	s.config.Client, s.config.Thread = s.client, s.thread
	s.playing = play(t, run, s.config)
	s.starts()
	var after []int
	for len(after) == 0 || after[len(after)-1] != crashing-1 {
		after = append(after, s.seen(1)...)
	}
	s.settles()
	s.stop()
	again := len(before) - after[0]
	if !ascending(before) || !ascending(after) || before[0] != 0 || again < 0 || webhook && again > 1 {
		t.Errorf("before its death the bot saw %v, after it %v", before, after)
	}
	s.wire.judge(t)
}

// ascending says whether each number is the one before plus one.
func ascending(list []int) bool {
	for i, n := range list {
		if n != list[0]+i {
			return false
		}
	}
	return true
}

// seen waits until the bot has seen n of the messages; with n = 0 it takes
// those that it has told of already.
func (s *scene) seen(n int) (numbers []int) {
	s.t.Helper()
	for n == 0 && len(s.lines) > 0 || len(numbers) < n {
		var said struct{ Saw, Text string }
		decodeLine(s.t, s.next(1)[0], &said)
		var i int
		if _, err := fmt.Sscanf(said.Text, "m%d", &i); err == nil && said.Saw == "text" {
			numbers = append(numbers, i)
		}
	}
	return numbers
}
