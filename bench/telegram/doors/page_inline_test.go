//go:build foreign

package doors_test

import (
	"testing"

	"github.com/go-rod/rod/lib/input"

	sim "topicdesk/bench/telegram"
)

// answersInline waits until the bot is asked and answers.
func (s *screen) answersInline(results string) {
	s.t.Helper()
	id := *s.finds("#left .inline[data-query]").MustAttribute("data-query")
	s.api("answerInlineQuery", `{"inline_query_id":"%s","results":%s}`, id, results)
}

// Words behind the bot's name show its answers; one is sent by a click or Enter.
func TestPageInline(t *testing.T) {
	s := look(t, 1360, 840)
	var name string
	s.with(func(w *sim.World) {
		w.SetInline(s.bot, true, "Search…", true)
		for _, a := range w.Accounts() {
			if a.ID == s.bot {
				name = a.Username
			}
		}
	})
	s.page.MustReload()
	s.types("#left .compose textarea", "@"+name+" cat")
	s.answersInline(`[{"type":"article","id":"1","title":"Cats","description":"all of them","input_message_content":{"message_text":"a cat"}},
		{"type":"article","id":"2","title":"Catalogue","input_message_content":{"message_text":"a list"}}]`)
	s.sees("#left .result small", "all of them")
	s.clicks("#left .result", "Catalogue")
	s.sees("#left .mine .from", "via @"+name)
	if m := s.last(s.ann, s.bot); m.Text != "a list" || m.Via != name || m.AuthorID != s.ann {
		t.Errorf("sent %+v", m)
	}
	s.holds("the field is empty", `() => document.querySelector('#left .inline').hidden && document.querySelector('#left .compose textarea').value === ''`)
	// The same again is answered at once; Enter takes the first.
	s.types("#left .compose textarea", "@"+name+" cat")
	s.sees("#left .result", "Cats")
	s.presses(input.Enter)
	s.sees("#left .mine .text", "a cat")
	// Escape closes the list, and the text stays a text.
	s.types("#left .compose textarea", "@"+name+" cat")
	s.sees("#left .result", "Cats")
	s.presses(input.Escape)
	s.presses(input.Enter)
	s.sees("#left .mine .text", "@"+name+" cat")
}
