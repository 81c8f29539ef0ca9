package doors

import (
	"container/heap"
	"slices"
	"testing"
	"time"
)

func TestAgenda(t *testing.T) {
	start := time.Unix(1_000_000, 0)
	var a agenda
	hooks := map[int64]*hook{}
	for _, bot := range []int64{5, 2, 9, 1, 7, 3} {
		hooks[bot] = &hook{bot: bot, due: start.Add(time.Duration(bot) * time.Second)}
		heap.Push(&a, hooks[bot])
	}
	taken := func(now time.Time) (bots []int64) {
		for _, h := range a.take(now) {
			bots = append(bots, h.bot)
		}
		return bots
	}
	a.now(hooks[7])
	if got := taken(start.Add(2 * time.Second)); !slices.Equal(got, []int64{7, 1, 2}) {
		t.Errorf("took %v", got)
	}
	if got := taken(start.Add(2 * time.Second)); got != nil {
		t.Errorf("took %v twice", got)
	}
	heap.Push(&a, hooks[7]) // due at once, as before
	a.now(hooks[9])
	if got := taken(start); len(got) != 2 || !slices.Contains(got, 7) || !slices.Contains(got, 9) {
		t.Errorf("took %v", got)
	}
	a.allNow()
	if got := taken(start); len(got) != 2 || !slices.Contains(got, 3) || !slices.Contains(got, 5) {
		t.Errorf("took %v", got)
	}
}
