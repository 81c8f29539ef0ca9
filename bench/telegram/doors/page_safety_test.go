//go:build foreign

package doors_test

import (
	"fmt"
	"net"
	"net/http"
	"testing"

	"github.com/go-rod/rod/lib/input"

	"topicdesk/bench/browser"
	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/doors"
)

// evil is a text that does something where it isn't shown as one.
const evil = `<img src=x onerror="document.title='hacked'">`

// Whatever people and bots are called, write and send is shown as text, and
// links lead nowhere but to sites and to Telegram.
func TestPageHostileTexts(t *testing.T) {
	s := look(t, 1360, 840)
	var topic int
	s.with(func(w *sim.World) {
		mallory := w.NewUser(sim.Person{FirstName: evil, LastName: evil, Username: "mallory"})
		w.AddMember(s.olga, s.forum, mallory)
		w.AddMember(s.olga, s.forum, s.ann)
		topic, _ = w.CreateTopic(s.olga, s.forum, evil, 0)
		w.Promote(s.olga, s.forum, mallory, sim.AllRights(), "<b>boss</b>")
		posts := []sim.Content{
			{Kind: sim.KindText, Text: evil, Entities: []sim.Entity{{Type: "bold", Length: 4}, {Type: "text_link", Offset: 4, Length: 4, URL: "javascript:document.title='hacked'"}}},
			{Kind: sim.KindText, Text: "javascript:alert(1)", Entities: []sim.Entity{{Type: "url", Length: 19}}},
			sim.MediaOf(&sim.File{Kind: sim.KindDocument, Name: evil, Data: []byte("<script>document.title='hacked'</script>")}, evil),
			sim.MediaOf(&sim.File{Kind: sim.KindPhoto, Data: []byte(evil)}, evil),
			{Kind: sim.KindContact, Contact: &sim.Contact{FirstName: evil, Phone: "1"}},
			{Kind: sim.KindVenue, Venue: &sim.Venue{Title: evil, Address: evil}},
			{Kind: sim.KindPoll, Poll: &sim.Poll{Question: evil, Options: []sim.PollOption{{Text: evil}, {Text: "b"}}}},
		}
		for _, c := range posts {
			if _, err := w.Send(mallory, s.forum, sim.Post{Content: c, Topic: topic}); err != nil {
				t.Errorf("%s: %v", c.Kind, err)
			}
		}
	})
	s.api("setMyCommands", `{"commands":[{"command":"x","description":%q}]}`, evil)
	s.api("sendMessage", `{"chat_id":%d,"text":%q,"reply_markup":{"inline_keyboard":[[{"text":%q,"callback_data":"a"}]]}}`, s.ann, evil, evil)
	s.api("sendMessage", `{"chat_id":%d,"text":"keys","reply_markup":{"keyboard":[[%q]],"input_field_placeholder":"<b>"}}`, s.ann, evil)
	s.sees("#left .keys button", "onerror")
	s.sees("#left .reply-keys button", "onerror")
	s.clicks("#left .slash", "")
	s.sees(".popup [role=menuitem]", "onerror")
	s.presses(input.Escape)
	s.clicks("#right .list .entry", "onerror")
	s.sees("#right .poll", "onerror")
	s.sees("#right .author", "onerror")
	s.clicks("#right .about", "onerror")
	s.sees(".members li", "<b>boss</b>")
	s.presses(input.Escape)
	s.clicks("#left .person", "Ann")
	s.sees(".picker .option", "onerror")
	s.presses(input.Escape)
	s.does("#right", "onerror", "Details")
	s.sees(".look pre", "onerror")
	s.holds("nothing was taken for more than text", `() => document.title !== 'hacked' && !document.querySelector('img[src="x"], script:not([type=module]), b b') &&
		[...document.querySelectorAll('a[href]')].every((a) => /^(https?:|tg:|\/world\/)/.test(a.getAttribute('href')))`)
	// What is uploaded isn't a page of the simulator's.
	var file int
	s.with(func(w *sim.World) {
		for _, m := range w.View(s.olga, s.forum, topic) {
			if m.Kind == sim.KindDocument {
				file = m.ID
			}
		}
	})
	res, _ := fetch(t, "GET", fmt.Sprintf("%s/world/file?as=%d&chat=%d&message=%d", s.url, s.olga, s.forum, file), "", "")
	if kind := res.Header.Get("Content-Type"); kind != "application/octet-stream" || res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("the file comes as %s", kind)
	}
}

// A page whose Telegram goes away says so, and shows the one that comes.
func TestPageRestart(t *testing.T) {
	serve := func(address, name string) (string, func()) {
		l, err := net.Listen("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		w := sim.New(sim.Options{Seed: 1})
		person := w.NewUser(sim.Person{FirstName: name})
		bot, _ := w.NewBot(sim.Robot{Name: "Bot of " + name})
		w.Start(person, bot, "")
		web := &http.Server{Handler: doors.New(doors.Options{Door: sim.NewDoor(w, nil)}).Handler()}
		ended := make(chan struct{})
		go func() { web.Serve(l); close(ended) }()
		return l.Addr().String(), func() { web.Close(); <-ended }
	}
	address, stop := serve("127.0.0.1:0", "Ann")
	page := browser.Open(t, "http://"+address, 1200, 800)
	browser.Sees(t, page, "#left .person", "Ann")
	stop()
	browser.Sees(t, page, "#state", "not connected")
	browser.Writes(t, page, "#left", "does anybody hear me?")
	browser.Sees(t, page, "#toast", "answer")
	_, stop = serve(address, "Zoe")
	defer stop()
	browser.Sees(t, page, "#left .person", "Zoe")
	browser.Sees(t, page, "#left .head", "Bot of Zoe")
	browser.Holds(t, page, "it is connected", `() => document.querySelector('#state').textContent === ''`)
}
