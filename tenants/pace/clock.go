package pace

import (
	"encoding/json"
	"fmt"
	"time"
)

// ClockBack is a stored budget after the clock has gone back by so much to now: what
// is held back waits no longer than it would have.
func ClockBack(data []byte, now time.Time, by time.Duration) ([]byte, error) {
	var s stored
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, fmt.Errorf("decode a budget: %w", err)
	}
	moved := func(ms int64) int64 {
		if ms <= now.UnixMilli() {
			return ms
		}
		return max(ms-by.Milliseconds(), 1)
	}
	for i := range s.Back {
		s.Back[i] = moved(s.Back[i])
	}
	s.Spread, s.Paused, s.Changed = moved(s.Spread), moved(s.Paused), moved(s.Changed)
	data, err := json.Marshal(s)
	if err != nil {
		panic("pace: encode a budget: " + err.Error())
	}
	return data, nil
}
