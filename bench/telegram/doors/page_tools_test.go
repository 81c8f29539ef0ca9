//go:build foreign

package doors_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/input"
	tu "github.com/mymmrac/telego/telegoutil"

	"topicdesk/bench/browser"
	sim "topicdesk/bench/telegram"
)

// The next calls of the bot fail as asked, and the page tells so.
func TestPageTrouble(t *testing.T) {
	s := look(t, 1500, 900)
	s.clicks("#tools", "Trouble")
	s.clicks("[data-fault=flood]", "")
	s.sees("#toast", "429")
	s.sees(".plan li", "struck 0 of 1")
	s.sees("#chips .chip.bad", "1")
	_, err := s.client().SendMessage(t.Context(), tu.Message(tu.ID(s.ann), "hello"))
	if err == nil || !strings.Contains(err.Error(), "retry after 5") {
		t.Errorf("sendMessage: %v", err)
	}
	s.sees(".plan li.over", "struck 1 of 1")
	s.clicks(".plan button", "✕")
	s.sees(".plan li", "at its best")

	// Any fault, from the form.
	s.clicks("#drawer summary", "Any fault")
	s.finds(".fault [name=do]").MustSelect("gateway: 502 with HTML, not done")
	s.types(".fault [name=method]", "sendMessage")
	s.types(".fault [name=chat]", fmt.Sprint(s.ann))
	s.types(".fault [name=count]", "2")
	s.types(".fault [name=chance]", "100")
	s.clicks(".fault .primary", "Add")
	s.sees(".plan li", "gateway")
	var f sim.Fault
	s.with(func(w *sim.World) { f = w.Faults()[0] })
	if f.Do != sim.Gateway || f.Method != "sendMessage" || f.Chat != s.ann || f.Count != 2 || f.Chance != 1 {
		t.Errorf("fault %+v", f)
	}
	s.clicks("#calm", "Clear")
	s.sees(".plan li", "at its best")
	for _, preset := range []string{"flood-30", "outage", "lost", "topic", "block", "kick", "revoke"} {
		s.clicks("[data-fault="+preset+"]", "")
		s.sees("#toast", "In the plan")
	}
	s.holds("all are in the plan", `() => document.querySelectorAll('.plan li').length === 7`)
	browser.Keep(t, s.page, "-trouble")
	s.clicks("#calm", "Clear")
	s.sees(".plan li", "at its best")

	// A person blocks the bot just before it writes.
	s.clicks("[data-fault=block]", "")
	s.sees(".plan li", "Bot blocked")
	if _, err = s.client().SendMessage(t.Context(), tu.Message(tu.ID(s.ann), "hello")); err == nil || !strings.Contains(err.Error(), "bot was blocked by the user") {
		t.Errorf("sendMessage: %v", err)
	}
	s.sees("#left .head", "blocked")
}

func TestPageTime(t *testing.T) {
	s := look(t, 1300, 800)
	now := func() (at time.Time) {
		s.with(func(w *sim.World) { at = w.Now() })
		return at
	}
	s.clicks("#tools", "Trouble")
	s.clicks("#tab-time", "Time")
	before := now()
	s.clicks("[data-jump='172800']", "")
	s.sees("#toast", "48 h")
	if jump := now().Sub(before); jump < 48*time.Hour || jump > 49*time.Hour {
		t.Errorf("time jumped by %v", jump)
	}
	before = now()
	s.types("#panel-time input", "3")
	s.clicks("#panel-time form button", "Jump")
	s.sees("#toast", "3 days")
	if jump := now().Sub(before); jump < 72*time.Hour || jump > 73*time.Hour {
		t.Errorf("time jumped by %v", jump)
	}
	s.clicks("[data-speed='100']", "×100")
	s.finds("[data-speed='100'][aria-pressed=true]")
	if got := (tool{t, s.url}).get("time")["speed"]; got != 100.0 {
		t.Errorf("speed %v", got)
	}
	s.clicks("[data-speed='1']", "×1")
	s.finds("[data-speed='1'][aria-pressed=true]")
}

// Limits, queues and calls are seen as they are.
func TestPageMeters(t *testing.T) {
	s := look(t, 1500, 900)
	(tool{t, s.url}).post("rules", `{"profile":"strict","group_per_minute":3}`)
	send := fmt.Sprintf("%s/bot%s/sendMessage?text=x&chat_id=%d", s.url, s.token, s.forum)
	for range 4 {
		fetch(t, "GET", send, "", "")
	}
	s.clicks("#chips .chip.full", "3/3")
	s.sees("#panel-meters .meters li.full", "Desk → the forum")
	s.sees("#panel-meters .meters .count", "3 of 3 · wait")
	s.writes("#left", "one more")
	s.sees("#panel-meters .queues .count.some", "/[1-9]/")
	s.clicks("#tab-calls", "Calls")
	s.sees(".calls li.failed", "sendMessage")
	s.sees(".calls li.failed .code", "429")
	s.finds("#panel-calls select[aria-label='Which lines']").MustSelect("failed calls")
	s.holds("failed calls only are shown", `() => document.querySelectorAll('.calls li').length === 1`)
	s.finds("#panel-calls select[aria-label='Which lines']").MustSelect("updates")
	s.sees(".calls li", "message")
	// The keyboard reaches it all, and Esc closes it.
	s.page.MustElement("#tab-calls").MustFocus()
	s.presses(input.ArrowRight)
	s.finds("#tab-time[aria-selected=true]")
	s.presses(input.Escape)
	s.holds("the drawer is closed", `() => document.querySelector('#drawer').hidden`)
}
