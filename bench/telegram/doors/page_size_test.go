//go:build foreign

package doors_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"

	"topicdesk/bench/browser"
	sim "topicdesk/bench/telegram"
)

// fits says that nothing is wider than the screen.
func (s *screen) fits(what string) {
	s.t.Helper()
	s.holds(what+" is no wider than the screen", `() => {
		const wide = document.documentElement.clientWidth;
		return document.scrollingElement.scrollWidth <= wide &&
			[...document.querySelectorAll('main *, .bar *, #tabs *')].every((e) => {
				const box = e.getBoundingClientRect();
				return box.width === 0 || e.closest('.album, .frame, pre') || box.right <= wide + 1;
			});
	}`)
}

// On a phone one sees one thing at a time.
func TestPagePhone(t *testing.T) {
	s := lookAtList(t, 390, 844)
	s.sees("#left .list .entry", "Desk")
	s.fits("the list")
	s.clicks("#left .list .entry", "Desk")
	s.sees("#left .log .line", "/start")
	s.writes("#left", "Hello! This is how it looks:")
	s.attaches("#left", "album")
	s.attaches("#left", "voice")
	s.api("sendMessage", `{"chat_id":%d,"text":"Which floor is it?","reply_markup":{"inline_keyboard":[[{"text":"Oak","callback_data":"a"},{"text":"Beech","callback_data":"b"}],[{"text":"I don't know","callback_data":"c"}]]}}`, s.ann)
	s.sees("#left .keys button", "Beech")
	s.does("#left", "Which floor", "Reply")
	s.presses(input.Escape)
	s.sees("#left .voice small", "0:04")
	browser.Keep(t, s.page, "-phone")
	s.writes("#left", "It is "+strings.Repeat("very", 30)+" long")
	s.sees("#left .mine", "veryvery")
	s.fits("the chat")
	s.page.MustSetViewport(360, 740, 1, true)
	s.fits("the chat on a small phone")
	s.clicks("#left .back", "")
	s.sees("#left .list .entry", "Ann & friends")
	s.fits("the list on a small phone")
	s.clicks("#tabs button", "Operators")
	s.clicks("#right .list .entry", "General")
	s.writes("#right", "On my way")
	s.sees("#right .mine", "On my way")
	s.fits("a topic")
	s.clicks("#tabs button", "Trouble")
	s.clicks("[data-fault=outage]", "")
	s.sees(".plan li", "Outage")
	s.fits("the trouble")
	s.clicks("#tabs button", "Client")
	s.sees("#left .list .entry", "Desk")
	s.clicks("#left .list .entry", "Desk")
	s.clicks("#left .about", "Desk")
	s.holds("the dialog fits", `() => document.querySelector('dialog').getBoundingClientRect().right <= innerWidth`)
}

// lookAtList is look where a phone shows no messages first.
func lookAtList(t *testing.T, width, height int) *screen {
	t.Helper()
	p := open(t, sim.Strict())
	return &screen{p, browser.Open(t, p.url, width, height)}
}

// All of it goes without a mouse.
func TestPageKeyboard(t *testing.T) {
	s := look(t, 1360, 840)
	s.with(func(w *sim.World) { w.CreateTopic(s.olga, s.forum, "Orders", 0) })
	s.sees("#right .list .entry", "Orders")
	s.page.MustEval(`() => document.activeElement.blur()`)
	s.presses('2')
	s.holds("the operators' list has the focus", `() => document.activeElement.closest('#right .list') && document.activeElement.textContent.includes('General')`)
	s.presses(input.ArrowDown, input.Enter)
	s.sees("#right .head", "Orders")
	s.holds("one can write at once", `() => document.activeElement === document.querySelector('#right textarea')`)
	s.page.MustInsertText("By keys alone")
	s.presses(input.Enter)
	s.sees("#right .mine", "By keys alone")
	s.page.MustInsertText("A second one")
	s.presses(input.Enter)
	s.sees("#right .mine", "A second one")
	s.page.Keyboard.MustType()
	s.page.KeyActions().Press(input.ShiftLeft).Type(input.Tab).MustDo()
	s.page.KeyActions().Press(input.ShiftLeft).Type(input.Tab).MustDo()
	s.holds("Tab leads from the field to the newest message", `() => document.activeElement.matches('#right .line') && document.activeElement.textContent.includes('A second one')`)
	s.presses(input.ArrowUp, 'r')
	s.sees("#right .reply .what", "By keys alone")
	s.presses(input.Escape, input.Escape)
	s.holds("Esc leads back to the list", `() => document.activeElement.closest('#right .list') !== null`)
	s.presses('?')
	s.sees("dialog h2", "Shortcuts")
	s.presses(input.Escape, 't')
	s.holds("the drawer is open", `() => document.activeElement.matches('#drawer [role=tab]')`)
	s.presses(input.Escape, '1')
	s.holds("the client's list has the focus", `() => document.activeElement.closest('#left .list') !== null`)
}

// A thousand chats and five thousand messages cost no more than what is seen.
func TestPageLarge(t *testing.T) {
	s := look(t, 1360, 840)
	s.with(func(w *sim.World) {
		for i := range 1000 {
			id, err := w.CreateTopic(s.olga, s.forum, fmt.Sprint("Client ", i), 0)
			if err != nil {
				t.Error(err)
				return
			}
			w.Say(s.olga, s.forum, id, fmt.Sprint("about ", i))
		}
		for i := range 5000 {
			w.Say(s.ann, s.bot, 0, fmt.Sprint("line ", i))
		}
	})
	s.writes("#left", "the last line")
	s.sees("#left .mine", "the last line")
	s.holds("few messages and topics are in the page", `() => {
		const lines = document.querySelectorAll('#left .line').length, topics = document.querySelectorAll('#right .entry').length;
		return lines > 40 && lines <= 100 && topics > 20 && topics <= 60;
	}`)
	s.holds("scrolling up brings older messages", `() => {
		document.querySelector('#left .log').scrollTop = 0;
		return [...document.querySelectorAll('#left .line')].some((l) => l.textContent.includes('line 4700'));
	}`)
	s.holds("few messages are in the page", `() => document.querySelectorAll('#left .line').length <= 100`)
	s.clicks("#left .down", "")
	s.sees("#left .mine", "the last line")
	s.holds("the newest message is in sight", `() => { const log = document.querySelector('#left .log'); return log.scrollHeight - log.scrollTop - log.clientHeight < 60; }`)
	s.types("#right .search", "client 777")
	s.clicks("#right .list .entry", "Client 777")
	s.sees("#right .log .line", "about 777")
	s.types("#right .search", "")
	s.holds("scrolling down brings more topics", `() => {
		const list = document.querySelector('#right .list');
		list.scrollTop = list.scrollHeight;
		return list.querySelectorAll('.entry').length > 150;
	}`)
}
