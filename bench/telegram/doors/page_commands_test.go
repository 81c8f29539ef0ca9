//go:build foreign

package doors_test

import (
	"testing"

	"github.com/go-rod/rod/lib/input"

	sim "topicdesk/bench/telegram"
)

// Typing a slash shows what the bots offer in the person's language: a click
// sends a command, Tab writes it, Enter sends what stands there.
func TestPageCommands(t *testing.T) {
	s := look(t, 1360, 840)
	s.api("setMyCommands", `{"commands":[{"command":"say","description":"Quick replies"},{"command":"set","description":"Parameters"},{"command":"help","description":"What can be done"}]}`)
	s.api("setMyCommands", `{"commands":[{"command":"say","description":"Готовые ответы"}],"language_code":"ru"}`)
	s.general()
	s.types("#right .compose textarea", "/")
	s.sees("#right .commands .result", "/help")
	s.types("#right .compose textarea", "/s")
	s.misses("#right .commands", "/help")
	s.sees("#right .commands .result", "Quick replies")
	s.presses(input.Tab)
	s.holds("the command is written", `() => document.querySelector('#right .compose textarea').value === '/say ' && document.querySelector('#right .commands').hidden`)
	s.types("#right .compose textarea", "/say save price")
	s.presses(input.Enter)
	s.sees("#right .mine .text", "/say save price")
	s.types("#right .compose textarea", "/he")
	s.clicks("#right .commands .result", "/help")
	s.sees("#right .mine .text", "/help@desk_bot")
	s.types("#right .compose textarea", "/he")
	s.sees("#right .commands .result", "/help")
	s.presses(input.Escape)
	s.presses(input.Enter)
	s.sees("#right .mine .text", "/^/he$/")

	s.clicks("#right .person", "Olga")
	s.clicks("dialog button", "Language…")
	s.types("dialog [name=language]", "ru")
	s.presses(input.Enter)
	s.sees("#toast", "speaks ru")
	s.types("#right .compose textarea", "/")
	s.sees("#right .commands .result", "Готовые ответы")
	s.misses("#right .commands", "/help")
	s.with(func(w *sim.World) {
		for _, a := range w.Accounts() {
			if a.ID == s.olga && a.Language != "ru" {
				t.Errorf("Olga %+v", a)
			}
		}
	})
}

// A moment in a text is shown with what it is in the reader's own time.
func TestPageMoments(t *testing.T) {
	s := look(t, 1360, 840)
	s.api("sendMessage", `{"chat_id":%d,"text":"since noon","entities":[{"type":"date_time","offset":6,"length":4,"unix_time":1700000000,"date_time_format":"Dt"}]}`, s.ann)
	s.sees("#left .line time[datetime='2023-11-14T22:13:20.000Z']", "noon")
}
