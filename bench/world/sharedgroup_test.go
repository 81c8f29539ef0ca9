package world

import (
	"strings"
	"testing"
)

// TestTwoBotsInAGroup: two logins hear the first message of a client group at the same
// moment. Whichever serves the group then, it comes once; and when the group is banned,
// the other one does not step in. Who serves depends on the order, so this is no script.
func TestTwoBotsInAGroup(t *testing.T) {
	const source = `stage two-bots
group shop "Shop" alma ann bob bot bot2
param MONITOR_GROUPS TRUE
param WELCOME OFF
ann at shop: is it open?
bob at shop: nobody knows
wait 2m
ann at shop: hello?
wait 2m
alma in shop: /ban
alma in shop presses "Ban the chat"
wait 2m
ann at shop: not heard
alma at shop removes bot
ann at shop: not heard
alma at shop removes bot2
wait 2m
`
	for seed := range uint64(4) {
		printed := playScript(t, source, Options{Seed: seed + 3})
		for words, want := range map[string]int{"is it open?": 1, "nobody knows": 1, "hello?": 1, "not heard": 0} {
			n := 0
			for line := range strings.Lines(printed) {
				if strings.Contains(line, "Shop | ") && strings.Contains(line, words) {
					n++
				}
			}
			if n != want {
				t.Errorf("seed %d: %q came %d times into the topic, want %d", seed+3, words, n, want)
			}
		}
	}
}
