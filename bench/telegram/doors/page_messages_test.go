//go:build foreign

package doors_test

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"

	sim "topicdesk/bench/telegram"
)

// general opens General of the forum for Olga, with a message of Ann's there.
func (s *screen) general() {
	s.t.Helper()
	s.with(func(w *sim.World) {
		w.AddMember(s.olga, s.forum, s.ann)
		w.Say(s.ann, s.forum, 0, "Is the oak floor dry yet?")
	})
	s.sees("#right .log .line", "Is the oak floor dry yet?")
}

// last is the newest message that the person sees in a chat.
func (s *screen) last(person, chat int64) (m sim.Shown) {
	s.with(func(w *sim.World) {
		all := w.View(person, chat, sim.AllTopics)
		m = all[len(all)-1]
	})
	return m
}

func TestPageReplies(t *testing.T) {
	s := look(t, 1360, 840)
	s.general()
	// A selected part becomes a quote; r replies.
	s.page.MustEval(`() => {
		const text = [...document.querySelectorAll('#right .log .text')].at(-1).firstChild;
		document.getSelection().setBaseAndExtent(text, 7, text, 16);
		text.parentElement.closest('.line').focus({preventScroll: true});
	}`)
	s.presses('r')
	s.sees("#right .reply .what", "Quote of Ann: oak floor")
	s.writes("#right", "Since Monday")
	s.sees("#right .quote.exact", "oak floor")
	if m := s.last(s.ann, s.forum); m.Quote != "oak floor" || m.Text != "Since Monday" {
		t.Errorf("Ann sees %+v", m)
	}
	// Esc takes a reply back.
	s.does("#right", "Since Monday", "Reply")
	s.sees("#right .reply .what", "Reply to Olga")
	s.presses(input.Escape)
	s.writes("#right", "Anything else?")
	s.sees("#right .mine", "Anything else?")
	if m := s.last(s.ann, s.forum); m.ReplyTo != 0 || m.Text != "Anything else?" {
		t.Errorf("Ann sees %+v", m)
	}
	// What was replied to may be deleted.
	s.with(func(w *sim.World) {
		id, _ := w.Say(s.ann, s.forum, 0, "never mind")
		w.Send(s.olga, s.forum, sim.Post{Content: sim.TextOf("Sure"), ReplyTo: id})
		w.Delete(s.ann, s.forum, id)
	})
	s.sees("#right .quote.gone", "Deleted message")
	s.misses("#right .log", "never mind")
}

func TestPageEditsAndDeletes(t *testing.T) {
	s := look(t, 1360, 840)
	s.writes("#left", "one **two** three")
	s.sees("#left .mine b", "two")
	// The arrow up edits the last message, marks and all.
	s.presses(input.ArrowUp)
	s.sees("#left .reply .what", "Edit: one two three")
	s.holds("the marks are there", `() => document.querySelector('#left .compose textarea').value === 'one **two** three'`)
	s.types("#left .compose textarea", "one two ||four||")
	s.presses(input.Enter)
	s.sees("#left .mine .spoiler", "four")
	if m := s.last(s.ann, s.bot); m.Text != "one two four" || m.Edited == 0 {
		t.Errorf("the message %+v", m)
	}
	s.attaches("#left", "photo")
	s.finds("#left .frame img")
	s.sees("#left .frame .open", "").MustFocus()
	s.page.MustElement("#left .line:has(.frame)").MustFocus()
	s.presses('e')
	s.writes("#left", "the kitchen")
	s.sees("#left .line:has(.frame) .text", "the kitchen")
	s.page.MustElement("#left .line:has(.frame)").MustFocus()
	s.presses(input.Delete)
	s.misses("#left .log", "the kitchen")
	if m := s.last(s.ann, s.bot); m.Text != "one two four" {
		t.Errorf("last is %+v", m)
	}
}

func TestPageForwards(t *testing.T) {
	s := look(t, 1360, 840)
	var topic int
	s.with(func(w *sim.World) { topic, _ = w.CreateTopic(s.olga, s.forum, "Orders", 0) })
	s.general()
	s.does("#right", "oak floor", "Forward")
	s.clicks(".picker .option", "Support")
	s.types("dialog[open] input[type=search]", "ord")
	s.clicks(".picker .option", "Orders")
	s.clicks("#right .list .entry", "Orders")
	s.sees("#right .from", "Forwarded from Ann")
	s.with(func(w *sim.World) {
		all := w.View(s.olga, s.forum, topic)
		if m := all[len(all)-1]; m.Text != "Is the oak floor dry yet?" || m.Forwarded != "Ann" {
			t.Errorf("in the topic: %+v", m)
		}
	})
}

func TestPageReactionsAndPins(t *testing.T) {
	s := look(t, 1360, 840)
	s.general()
	line := s.sees("#right .line", "oak floor")
	line.MustFocus()
	s.presses('1')
	s.sees("#right .reactions button[aria-pressed=true]", "👍")
	s.sees("#right .line", "oak floor").MustFocus()
	s.presses('3')
	s.sees("#right .reactions button[aria-pressed=true]", "🔥")
	s.with(func(w *sim.World) { w.React(s.ann, s.forum, s.lastID(w), "👍") })
	s.sees("#right .reactions", "👍 2")
	s.clicks("#right .reactions button", "🔥")
	s.misses("#right .reactions", "🔥")
	if m := s.last(s.olga, s.forum); strings.Join(m.Reactions, "") != "👍👍" {
		t.Errorf("reactions %v", m.Reactions)
	}
	s.does("#right", "oak floor", "Pin")
	s.sees("#right .pins", "Is the oak floor dry yet?")
	s.sees("#right .service", "pinned")
	for i := range 40 {
		s.with(func(w *sim.World) { w.Say(s.ann, s.forum, 0, fmt.Sprint("line ", i)) })
	}
	s.sees("#right .line", "line 39")
	s.clicks("#right .pins", "oak")
	s.holds("the pinned message is in sight", `() => {
		const line = [...document.querySelectorAll('#right .line')].find((l) => l.textContent.includes('oak floor'));
		const box = line.getBoundingClientRect(), log = line.parentElement.getBoundingClientRect();
		return box.top >= log.top && box.bottom <= log.bottom && document.activeElement === line;
	}`)
	s.presses('p')
	s.holds("nothing is pinned", `() => document.querySelector('#right .pins').hidden`)
}

// lastID is the newest message of the forum.
func (s *screen) lastID(w *sim.World) int {
	all := w.View(s.olga, s.forum, sim.AllTopics)
	return all[len(all)-1].ID
}

// picture writes a small picture to upload.
func picture(t *testing.T, name string, tone color.Color) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 60, 40))
	for x := range 60 {
		for y := range 40 {
			img.Set(x, y, tone)
		}
	}
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPageAlbums(t *testing.T) {
	s := look(t, 1360, 840)
	s.attaches("#left", "album")
	s.holds("three pictures are drawn", `() => document.querySelectorAll('#left .album .frame img').length === 3`)
	files := s.finds("#left input[type=file]")
	files.MustSetFiles(picture(t, "a.png", color.RGBA{200, 30, 30, 255}), picture(t, "b.png", color.RGBA{30, 200, 30, 255}))
	s.holds("the uploaded pictures are an album of two that the browser could read", `() => {
		const albums = document.querySelectorAll('#left .album');
		const images = albums.length === 2 ? [...albums[1].querySelectorAll('img')] : [];
		return images.length === 2 && images.every((i) => i.complete && i.naturalWidth === 60 && i.naturalHeight === 40);
	}`)
	s.with(func(w *sim.World) {
		all := w.View(s.ann, s.bot, sim.AllTopics)
		last := all[len(all)-2:]
		if last[0].Album == "" || last[0].Album != last[1].Album || last[1].Content.File.Width != 60 {
			t.Errorf("the album %+v", last)
		}
	})
	// A picture opens large; Esc closes it.
	s.clicks("#left .album:last-of-type .open", "")
	s.finds("dialog.light img")
	s.presses(input.Escape)
	s.misses("dialog", "Photo")
	// Deleting an album deletes all of it.
	s.page.MustElement("#left .line:last-child").MustFocus()
	s.presses(input.Delete)
	s.holds("one album is left", `() => document.querySelectorAll('#left .album').length === 1`)
	if m := s.last(s.ann, s.bot); m.Content.File.Width == 60 {
		t.Error("a part of the album is left")
	}
}

func TestPageKinds(t *testing.T) {
	s := look(t, 1360, 840)
	for _, k := range []struct{ kind, selector, text string }{
		{"video", ".frame.video .badge-in", "0:05"},
		{"animation", ".frame.animation .badge-in", "GIF"},
		{"video_note", ".frame.video_note .play", "▶"},
		{"voice", ".card.voice small", "0:04"},
		{"audio", ".card.audio small", "3:00"},
		{"document", ".card.file", "invoice.pdf"},
		{"sticker", ".bubble.bare", "😺"},
		{"location", ".card.place", "52.5200, 13.4050"},
		{"venue", ".card.place", "Parquet hall"},
		{"contact", ".card", "Sam Carter"},
		{"dice", ".bubble.bare", "🎲"},
		{"hidden", ".frame.veiled .veil", "Spoiler"},
	} {
		s.attaches("#left", k.kind)
		s.sees("#left .line:last-child "+k.selector, k.text)
	}
	s.clicks("#left .voice .round", "▶")
	s.sees("#left .voice .round[aria-label=Pause]", "⏸")
	s.clicks("#left .voice .round", "⏸")
	s.sees("#left .voice .round[aria-label=Play]", "▶")
	s.clicks("#left .veil", "Spoiler")
	s.misses("#left .log", "Spoiler")
}

// What bots send: entities, a poll, buttons that call, link and copy.
func TestPageOfBots(t *testing.T) {
	s := look(t, 1360, 840)
	(tool{t, s.url}).post("rules", `{"knobs":{"BotCustomEmoji":true}}`)
	s.api("sendMessage", `{"chat_id":%d,"parse_mode":"HTML","text":"<b>Bold</b> <tg-spoiler>secret</tg-spoiler> <code>x=1</code> <pre><code class=\"language-go\">func</code></pre> <a href=\"https://example.org/\">link</a> <tg-emoji emoji-id=\"5368324170671202286\">👍</tg-emoji> /help"}`, s.ann)
	s.sees("#left .bubble b", "Bold")
	s.sees("#left .bubble pre", "func")
	s.sees("#left .bubble .custom", "👍")
	s.clicks("#left .spoiler[aria-expanded=false]", "secret")
	s.sees("#left .spoiler[aria-expanded=true]", "secret")
	s.clicks("#left .bubble .link", "/help")
	s.sees("#left .mine", "/help")

	s.api("sendPoll", `{"chat_id":%d,"question":"Oiled or varnished?","options":["Oiled","Varnished"],"is_anonymous":false}`, s.ann)
	s.clicks("#left .choice", "Varnished")
	s.sees("#left .choice[aria-pressed=true]", "100 %")
	s.sees("#left .poll small", "1 vote")

	s.api("sendMessage", `{"chat_id":%d,"text":"Choose","reply_markup":{"inline_keyboard":[[{"text":"Call","callback_data":"call"},{"text":"Copy","copy_text":{"text":"A-17"}},{"text":"Start","url":"https://t.me/desk_bot?start=from-ad"}]]}}`, s.ann)
	press := func(text string, alert bool) {
		s.clicks("#left .keys button", "Call")
		query := s.pressed()
		s.api("answerCallbackQuery", `{"callback_query_id":"%s","text":"%s","show_alert":%v}`, query, text, alert)
	}
	press("Thank you", false)
	s.sees("#toast", "Thank you")
	press("Read this", true)
	s.sees("dialog p", "Read this")
	s.presses(input.Escape)
	s.clicks("#left .keys button", "Copy")
	s.sees("#toast", "A-17")
	s.clicks("#left .keys button", "Start")
	s.sees("#left .mine", "/start from-ad")
}

// The keyboard below the field, the menu of commands, and people's own polls.
func TestPageKeys(t *testing.T) {
	s := look(t, 1360, 840)
	s.api("setMyCommands", `{"commands":[{"command":"prices","description":"What it costs"}]}`)
	s.api("sendMessage", `{"chat_id":%d,"text":"How can we help?","reply_markup":{"keyboard":[["Repair","Advice"],[{"text":"My number","request_contact":true}]],"input_field_placeholder":"Choose below"}}`, s.ann)
	s.clicks("#left .reply-keys button", "Repair")
	s.sees("#left .mine", "Repair")
	s.finds("#left textarea[placeholder='Choose below']")
	s.clicks("#left .reply-keys button", "My number")
	s.sees("#left .mine .card", "Ann")
	if m := s.last(s.ann, s.bot); m.Kind != sim.KindContact || m.Content.Contact.UserID != s.ann {
		t.Errorf("the contact %+v", m.Content.Contact)
	}
	s.clicks("#left .slash", "/")
	s.clicks(".popup [role=menuitem]", "prices – What it costs")
	s.sees("#left .mine", "/prices")
	s.api("sendMessage", `{"chat_id":%d,"text":"Done","reply_markup":{"remove_keyboard":true}}`, s.ann)
	s.holds("the keyboard is gone", `() => document.querySelector('#left .reply-keys').hidden`)

	s.general()
	s.attaches("#right", "poll")
	s.types("dialog [name=question]", "Which oil?")
	s.types("dialog [name=options]", "Hard\nSoft")
	s.clicks("dialog .primary", "Send")
	s.clicks("#right .choice", "Soft")
	s.sees("#right .choice[aria-pressed=true]", "100 %")
	s.does("#right", "Which oil?", "Stop the poll")
	s.sees("#right .poll small", "closed")
	if m := s.last(s.ann, s.forum); m.Content.Poll.Options[1].Votes != 1 || !m.Content.Poll.Closed {
		t.Errorf("the poll %+v", m.Content.Poll)
	}
}

// pressed waits for the update about a pressed button and returns its query.
func (s *screen) pressed() string {
	s.t.Helper()
	offset := 0
	for {
		for _, u := range s.api("getUpdates", `{"offset":%d,"timeout":20}`, offset)["result"].([]any) {
			u := u.(map[string]any)
			offset = int(u["update_id"].(float64)) + 1
			if q, ok := u["callback_query"].(map[string]any); ok {
				s.api("getUpdates", `{"offset":%d}`, offset)
				return q["id"].(string)
			}
		}
	}
}

// The close look tells what the bot has of a message and whether it has it.
func TestPageDetails(t *testing.T) {
	s := look(t, 1360, 840)
	s.writes("#left", "look closely")
	s.sees("#left .mine", "look closely").MustFocus()
	s.presses('i')
	s.sees(".look pre", `"text": "look closely"`)
	s.sees(".look .delivery", "waits to be fetched")
	s.presses(input.Escape)
	offset := 0
	for _, u := range s.api("getUpdates", `{}`)["result"].([]any) {
		offset = int(u.(map[string]any)["update_id"].(float64)) + 1
	}
	s.api("getUpdates", `{"offset":%d}`, offset)
	s.does("#left", "look closely", "Details")
	s.sees(".look .delivery", "Delivered")
}
