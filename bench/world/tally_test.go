package world

import (
	"strings"
	"testing"

	sim "topicdesk/bench/telegram"
)

// TestTally: what runs saw is added up by what it was.
func TestTally(t *testing.T) {
	one := tally{Seeds: 1, Doubles: 2, Whys: map[string]int{}, Found: map[string]int{}, Faults: map[sim.FaultKind]int{sim.Flood: 1}}
	countReasons(one.Whys, []string{"client forward", "operator forward"})
	countReasons(one.Found, []string{"client delivered linked", "operator resent forward"})
	var all tally
	all.add(one)
	all.add(one)
	for _, want := range []string{"2 worlds", "possible doubles: 4: 4 forward", "found out: 2 delivered linked, 2 resent forward", "faults: 2 flood"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("no %q in\n%s", want, all.String())
		}
	}
}
