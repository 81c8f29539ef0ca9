package pace

import (
	"testing"
	"time"
)

// spender spends one token each three seconds, as a backlog does, and is held back
// where limit says so: by the number of calls that were served within the window.
type spender struct {
	b      Budget
	now    time.Time
	served []time.Time
	floods int
}

var chanceRules = Rules{Tokens: 20, Window: time.Minute}

func (s *spender) spend(held func(served int) bool) {
	s.now = s.now.Add(3 * time.Second)
	if s.b.free(s.now, chanceRules) < 1 {
		return
	}
	s.b.take(1, s.now)
	s.b.dare(s.now, chanceRules)
	s.b.answered(1, s.now.Add(chanceRules.Window), chanceRules)
	recent := 0
	for _, at := range s.served {
		if s.now.Sub(at) < chanceRules.Window {
			recent++
		}
	}
	if held(recent) {
		s.floods++
		s.b.flooded(s.now, chanceRules)
		return
	}
	s.served = append(s.served, s.now)
	s.b.served(s.now)
}

// TestFloodsByChance: one call of twenty is held back whatever is sent, so sending
// less would only lose what the others bring.
func TestFloodsByChance(t *testing.T) {
	s, n := spender{now: epoch}, 0
	for range 1000 {
		s.spend(func(int) bool { n++; return n%20 == 7 })
	}
	if s.floods < 40 || s.b.tokens(chanceRules) != chanceRules.Tokens {
		t.Errorf("after %d floods %d tokens are left", s.floods, s.b.tokens(chanceRules))
	}
}

// TestFloodsOfALowerLimit: Telegram serves fifteen in a minute, and is asked for
// more only now and then.
func TestFloodsOfALowerLimit(t *testing.T) {
	s := spender{now: epoch}
	for range 1000 { // 50 minutes
		s.spend(func(served int) bool { return served >= 15 })
	}
	if s.floods > 2*50/3 || s.b.tokens(chanceRules) > 17 {
		t.Errorf("%d floods in 50 minutes, and %d tokens", s.floods, s.b.tokens(chanceRules))
	}
	if got := len(s.served); got < 650 {
		t.Errorf("%d were served, of 750 at most", got)
	}
}
