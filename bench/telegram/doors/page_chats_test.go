//go:build foreign

package doors_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"

	"topicdesk/bench/browser"
	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/doors"
)

// One can be anybody, and make people, bots and chats.
func TestPagePeople(t *testing.T) {
	s := look(t, 1360, 840)
	s.clicks("#left .person", "Ann")
	s.sees(".picker .option", "administrator")
	s.clicks("dialog button", "New person")
	s.types("dialog [name=first_name]", "Nina")
	s.types("dialog [name=username]", "nina")
	s.presses(input.Enter)
	s.sees("#left .person", "Nina")
	s.clicks("#left .big", "/start/i")
	s.writes("#left", "Good morning")
	s.sees("#left .mine", "Good morning")

	s.clicks("#left .entry.new", "New chat")
	s.clicks(".popup [role=menuitem]", "New group")
	s.types("dialog [name=title]", "Nina & Ann")
	s.clicks("dialog .checks label", "Ann")
	s.clicks("dialog .primary", "Create")
	s.sees("#left .head", "Nina & Ann")
	s.sees("#left .head", "2 members")
	s.writes("#left", "Hello Ann")
	s.sees("#left .mine", "Hello Ann")
	s.clicks("#left .person", "Nina")
	s.types("dialog input[type=search]", "ann")
	s.clicks(".picker .option", "Ann")
	s.clicks("#left .list .entry", "Nina & Ann")
	s.sees("#left .log .line", "Hello Ann")

	s.clicks("#left .entry.new", "New chat")
	s.clicks(".popup [role=menuitem]", "New bot")
	s.types("dialog [name=name]", "Second")
	s.types("dialog [name=username]", "second_bot")
	s.presses(input.Enter)
	token := s.sees("dialog .token", "/^[0-9]+:/").MustText()
	if _, body := fetch(t, "GET", s.url+"/bot"+token+"/getMe", "", ""); !strings.Contains(body, `"username":"second_bot"`) {
		t.Errorf("getMe with the shown token: %s", body)
	}
	s.presses(input.Escape)
	s.clicks("#left .entry.new", "New chat")
	s.clicks(".popup [role=menuitem]", "Write to a bot")
	s.clicks(".picker .option", "Second")
	s.sees("#left .head", "Second")
	s.sees("#left .mine", "/start")
}

// A forum made on the page has topics with icons, which come and go.
func TestPageTopics(t *testing.T) {
	s := look(t, 1360, 840)
	s.clicks("#right .entry.new", "New topic")
	s.types("dialog [name=name]", "Orders")
	s.presses(input.Enter)
	s.sees("#right .head", "Orders")
	s.writes("#right", "First order")
	s.sees("#right .mine", "First order")
	s.clicks("#right .head .tools button", "⋯")
	s.clicks(".popup [role=menuitem]", "Rename")
	s.types("dialog [name=name]", "Old orders")
	s.presses(input.Enter)
	s.sees("#right .list .entry", "Old orders")
	s.clicks("#right .head .tools button", "⋯")
	s.clicks(".popup [role=menuitem]", "Change icon")
	s.clicks(".popup [role=menuitem][aria-label='Icon 💡']", "💡")
	s.sees("#right .list .entry .avatar.emoji", "💡")
	s.clicks("#right .head .tools button", "Close")
	s.sees("#right .list .entry .marks", "🔒")
	s.sees("#right .service", "closed the topic")
	s.clicks("#right .head .tools button", "Reopen")
	s.sees("#right .service", "reopened the topic")

	s.clicks("#right .list .entry", "General")
	s.sees("#right .head", "General")
	s.clicks("#right .head .tools button", "⋯")
	s.clicks(".popup [role=menuitem]", "Hide General")
	s.sees("#right .list .entry .marks", "hidden")
	var topic int
	s.with(func(w *sim.World) {
		for _, x := range w.Topics(s.forum) {
			if x.Name == "Old orders" && x.Emoji == "💡" && !x.Closed {
				topic = x.ID
			}
		}
	})
	// Somebody else deletes the topic that one looks at.
	s.clicks("#right .list .entry", "Old orders")
	s.sees("#right .mine", "First order")
	(tool{t, s.url}).post("topics", `{"as":%d,"chat":%d,"topic":%d,"do":"delete"}`, s.olga, s.forum, topic)
	s.sees("#right .empty", "The topic “Old orders” was deleted")
	s.sees("#right .head small", "deleted")
	s.clicks("#right .compose .big", "/go to general/i")
	s.sees("#right .head", "General")

	// All chats, and back.
	s.clicks("#right .entry.all", "Support")
	s.clicks("#right .list .entry:not(.all)", "Support")
	s.sees("#right .list .entry", "General")
}

// What an owner does with a group and its members.
func TestPageMembers(t *testing.T) {
	s := look(t, 1360, 840)
	s.with(func(w *sim.World) { w.AddMember(s.olga, s.forum, s.ann) })
	s.clicks("#right .entry.all", "Support")
	s.clicks("#right .list .entry:not(.all)", "Support")
	s.clicks("#right .about", "General")
	member := func(name, action string) {
		s.sees(".members li", name)
		s.clicks(fmt.Sprintf(".members button[aria-label='What to do with %s']", name), "")
		s.clicks(".popup [role=menuitem]", action)
	}
	s.sees(".members li", "may change info, delete messages")
	member("Ann", "Make administrator")
	s.clicks("dialog .checks label", "restrict members")
	s.types("dialog [name=title]", "helper")
	s.clicks("dialog .primary", "Save")
	s.sees(".members small", "administrator · helper")
	s.with(func(w *sim.World) {
		for _, m := range w.Members(s.forum) {
			if m.ID == s.ann && (m.Rights["can_restrict_members"] || !m.Rights["can_pin_messages"]) {
				t.Errorf("Ann: %+v", m)
			}
		}
	})
	member("Ann", "Make ordinary member")
	s.sees(".members small", "/^member/")
	member("Ann", "Restrict")
	s.clicks("dialog .checks label", "send messages")
	s.clicks("dialog .primary", "Restrict")
	s.sees(".members small", "/^restricted.* may send messages$/")
	member("Ann", "Kick and ban")
	s.misses(".members", "Ann")
	member("Desk", "Kick and ban")
	s.misses(".members", "Desk")
	s.clicks("dialog .link", "Add somebody")
	s.clicks(".picker .option", "Desk")
	s.sees(".members small", "bot · member")
	s.with(func(w *sim.World) {
		if got := w.Bots(s.forum); len(got) != 1 {
			t.Errorf("bots %v", got)
		}
	})
	s.clicks(".info button", "Permissions")
	s.clicks("dialog .checks label", "send polls")
	s.clicks("dialog .primary", "Save")
	s.misses("dialog h2", "What members may do")
	s.types(".info input[aria-label=Title]", "Help desk")
	s.presses(input.Enter)
	s.sees("#right .service", "Help desk")
	s.sees("dialog h2", "Help desk")
	s.clicks(".info label", "Protect content")
	s.holds("it is protected", `async (as, chat) => (await (await fetch('/world/chats?as=' + as + '&chat=' + chat)).json()).chats[0].protected`, s.olga, s.forum)
	s.with(func(w *sim.World) {
		c, _ := w.Chat(s.olga, s.forum)
		if !c.Protected || c.Title != "Help desk" || w.Permissions(s.forum)["can_send_polls"] {
			t.Errorf("chat %+v, %v", c, w.Permissions(s.forum))
		}
	})
}

// Somebody asks to join by a link and is let in.
func TestPageLinks(t *testing.T) {
	s := look(t, 1360, 840)
	s.clicks("#right .about", "General")
	s.clicks(".info button", "New link that asks")
	link := s.sees(".links li .grow", "joining is asked for").MustText()
	link, _, _ = strings.Cut(link, "\n")
	s.presses(input.Escape)
	s.clicks("#left .entry.new", "New chat")
	s.clicks(".popup [role=menuitem]", "Join by a link")
	s.types("dialog [name=link]", link)
	s.presses(input.Enter)
	s.sees("#toast", "must let you in")
	s.clicks("#right .about", "General")
	s.clicks(".request button", "Approve")
	s.sees(".members li", "Ann")
	s.presses(input.Escape)
	s.sees("#left .list .entry", "Support")
}

// A basic group becomes a supergroup, and that one a forum.
func TestPageUpgrade(t *testing.T) {
	s := look(t, 1360, 840)
	s.clicks("#left .list .entry", "Ann & friends")
	s.clicks("#left .about", "Ann & friends")
	s.clicks(".info button", "Upgrade")
	s.sees("#left .service", "upgraded to a supergroup")
	s.clicks("#left .about", "Ann & friends")
	s.clicks(".info label", "Topics")
	s.sees("#left .list .entry", "General")
	s.presses(input.Escape)
	s.clicks("#left .entry.new", "New topic")
	s.types("dialog [name=name]", "Party")
	s.presses(input.Enter)
	s.sees("#left .head", "Party")
}

// The bot's page: a link with a payload, blocking, tokens.
func TestPageOfBot(t *testing.T) {
	s := look(t, 1360, 840)
	s.clicks("#left .about", "Desk")
	s.types(".info input", "ref-42")
	s.presses(input.Enter)
	s.sees("#left .mine", "/start ref-42")
	s.clicks("#left .head .tools button", "Block")
	s.sees("#left .head", "blocked")
	_, body := fetch(t, "GET", fmt.Sprintf("%s/bot%s/sendMessage?text=x&chat_id=%d", s.url, s.token, s.ann), "", "")
	if !strings.Contains(body, "blocked") {
		t.Errorf("to one who blocks: %s", body)
	}
	s.clicks("#left .big", "/unblock/i")
	s.clicks("#left .about", "Desk")
	s.clicks(".info button", "Revoke")
	token := s.sees("dialog .token", "/^[0-9]+:/").MustText()
	if token == s.token {
		t.Error("the token is the old one")
	}
	if res, _ := fetch(t, "GET", s.url+"/bot"+s.token+"/getMe", "", ""); res.StatusCode != 401 {
		t.Errorf("the old token: %d", res.StatusCode)
	}
}

// Who begins with nothing is offered a small desk.
func TestPageOfNobody(t *testing.T) {
	door := sim.NewDoor(sim.New(sim.Options{Seed: 1}), nil)
	web := httptest.NewServer(doors.New(doors.Options{Door: door}).Handler())
	t.Cleanup(func() { web.CloseClientConnections(); web.Close() })
	p := &place{t: t, door: door, url: web.URL}
	s := &screen{p, browser.Open(t, p.url, 1200, 800)}
	s.sees("#welcome h2", "Nobody is here yet")
	s.clicks("#welcome button", "Make a small desk")
	token := s.sees("dialog .token", "/^[0-9]+:/").MustText()
	s.presses(input.Escape)
	s.sees("#left .person", "Ann")
	s.sees("#right .person", "Olga")
	s.sees("#right .entry.all", "Support")
	s.clicks("#left .big", "/start/i")
	s.sees("#left .mine", "/start")
	if _, body := fetch(t, "GET", p.url+"/bot"+token+"/getUpdates", "", ""); !strings.Contains(body, `"text":"/start"`) {
		t.Errorf("the new bot gets %s", body)
	}
}
