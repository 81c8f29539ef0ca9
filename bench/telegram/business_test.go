package telegram

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// office is a business account with a bot in it, and a customer who wrote.
type office struct {
	*scene
	owner, customer int64
	link            string // the connection's id
	first           int    // the customer's message, with the owner's number
}

func newOffice(t *testing.T, how Business) *office {
	t.Helper()
	s := newScene(t, Options{Seed: 3, Knobs: unlimitedKnobs()})
	o := &office{scene: s}
	o.owner = s.w.NewUser(Person{FirstName: "Olga", Premium: true})
	o.customer = s.w.NewUser(Person{FirstName: "Kim", Username: "kim"})
	s.bot, s.token = s.w.NewBot(Robot{Name: "Clerk", Username: "clerk_bot", CanConnectToBusiness: true})
	_, err := s.w.Say(o.owner, s.ann, 0, "so that the two sides number differently")
	s.check(err)
	o.link, err = s.w.ConnectBusiness(o.owner, s.bot, how)
	s.check(err)
	s.updates()
	o.write("hello")
	return o
}

// write is a message of the customer; first is its number for the owner.
func (o *office) write(text string) {
	o.t.Helper()
	_, err := o.w.Say(o.customer, o.owner, 0, text)
	o.check(err)
	shown := o.w.View(o.owner, o.customer, 0)
	o.first = shown[len(shown)-1].ID
}

// on calls a method on behalf of the owner in the customer's chat.
func (o *office) on(method string, pairs ...any) Answer {
	return o.call(method, append([]any{"business_connection_id", o.link, "chat_id", o.customer}, pairs...)...)
}

// sole is the only waiting update, by its kind.
func (o *office) sole(kind string) map[string]any {
	o.t.Helper()
	ups := o.updates()
	if len(ups) != 1 || ups[0][kind] == nil {
		o.t.Fatalf("want one %s, have %v", kind, ups)
	}
	return ups[0][kind].(map[string]any)
}

func (o *office) none() {
	o.t.Helper()
	if ups := o.updates(); len(ups) != 0 {
		o.t.Errorf("told %v", ups)
	}
}

var allBusiness = Business{Rights: BusinessRights{Reply: true, ReadMessages: true, DeleteSentMessages: true, DeleteAllMessages: true}}

func TestBusinessConnection(t *testing.T) {
	o := newOffice(t, allBusiness)
	o.updates()
	k := o.ok("getBusinessConnection", "business_connection_id", o.link)
	if k["id"] != o.link || k["is_enabled"] != true || k["can_reply"] != true ||
		number64(k["user_chat_id"]) != o.owner || k["rights"].(map[string]any)["can_delete_all_messages"] != true {
		t.Errorf("connection %v", k)
	}
	again, err := o.w.ConnectBusiness(o.owner, o.bot, Business{})
	o.check(err)
	if k := o.sole(updConnection); again != o.link || k["can_reply"] != false || len(k["rights"].(map[string]any)) != 0 {
		t.Errorf("changed: %s %v", again, k)
	}
	o.check(o.w.DisconnectBusiness(o.owner))
	if k := o.sole(updConnection); k["is_enabled"] != false || k["rights"] != nil {
		t.Errorf("ended: %v", k)
	}
	o.write("into the void")
	o.none()
	other, token := o.w.NewBot(Robot{Name: "Second", CanConnectToBusiness: true})
	first, err := o.w.ConnectBusiness(o.owner, o.bot, allBusiness)
	o.check(err)
	o.updates()
	second, err := o.w.ConnectBusiness(o.owner, other, allBusiness)
	o.check(err)
	if k := o.sole(updConnection); first == o.link || second == first || k["id"] != first || k["is_enabled"] != false {
		t.Errorf("another bot came: %v", k)
	}
	o.token = token
	expectAnswer(t, o.call("getBusinessConnection", "business_connection_id", first), connectionNotFound)
	if _, err := o.w.ConnectBusiness(o.customer, other, allBusiness); err == nil {
		t.Error("an account without Premium took a bot")
	}
	deaf, _ := o.w.NewBot(Robot{Name: "Deaf"})
	if _, err := o.w.ConnectBusiness(o.owner, deaf, allBusiness); err == nil {
		t.Error("a bot without business mode was connected")
	}
}

// A bot is told of both sides' messages with the owner's numbers.
func TestBusinessMessages(t *testing.T) {
	o := newOffice(t, allBusiness)
	m := o.sole(updBusinessMessage)
	chat, from := m["chat"].(map[string]any), m["from"].(map[string]any)
	if m["business_connection_id"] != o.link || number(m["message_id"]) != o.first || m["text"] != "hello" ||
		number64(chat["id"]) != o.customer || chat["type"] != "private" || number64(from["id"]) != o.customer {
		t.Errorf("told %v", m)
	}
	if mine := o.w.View(o.customer, o.owner, 0)[0].ID; mine == o.first {
		t.Errorf("both sides number alike: %d", mine)
	}
	id, err := o.w.Send(o.owner, o.customer, Post{Content: TextOf("hi"), ReplyTo: o.first})
	o.check(err)
	m = o.sole(updBusinessMessage)
	reply := m["reply_to_message"].(map[string]any)
	if number(m["message_id"]) != id || number64(m["from"].(map[string]any)["id"]) != o.owner ||
		number(reply["message_id"]) != o.first || reply["business_connection_id"] != o.link || m["sender_business_bot"] != nil {
		t.Errorf("the owner wrote: %v", m)
	}
	o.check(o.w.Edit(o.owner, o.customer, id, TextOf("hi!")))
	if m := o.sole(updBusinessEdited); m["text"] != "hi!" || m["edit_date"] == nil {
		t.Errorf("the owner edited: %v", m)
	}
	o.check(o.w.Pin(o.owner, o.customer, id))
	if m := o.sole(updBusinessMessage); number(m["pinned_message"].(map[string]any)["message_id"]) != id {
		t.Errorf("pinned: %v", m)
	}
	o.check(o.w.Delete(o.owner, o.customer, o.first, id))
	gone := o.sole(updBusinessDeleted)
	if fmt.Sprint(gone["message_ids"]) != fmt.Sprint([]any{float64(o.first), float64(id)}) ||
		number64(gone["chat"].(map[string]any)["id"]) != o.customer {
		t.Errorf("deleted: %v", gone)
	}
	o.w.React(o.owner, o.customer, id+1, "👍")
	o.none()
}

// Each webhook queue is one person's.
func TestBusinessLanes(t *testing.T) {
	o := newOffice(t, allBusiness)
	_, err := o.w.ConnectBusiness(o.owner, o.bot, allBusiness)
	o.check(err)
	want := []int64{o.customer + 11<<33, o.owner + 10<<33}
	var got []int64
	for _, u := range o.w.Peek(o.bot, 0, 9) {
		got = append(got, u.Lane)
	}
	if !slices.Equal(got, want) {
		t.Errorf("lanes %v, want %v", got, want)
	}
}

// Both sides may have a bot; the chats of others are nobody's business.
func TestBusinessOfBothSidesAndOfSome(t *testing.T) {
	o := newOffice(t, Business{Rights: BusinessRights{Reply: true}, Except: []int64{5}, Only: []int64{0}})
	o.none()
	expectAnswer(t, o.on("sendMessage", "text", "x"), businessPeer)
	_, err := o.w.ConnectBusiness(o.owner, o.bot, Business{Rights: BusinessRights{Reply: true}, Except: []int64{o.customer}})
	o.check(err)
	o.updates()
	o.write("x")
	o.none()
	_, err = o.w.ConnectBusiness(o.owner, o.bot, allBusiness)
	o.check(err)
	peer := o.w.NewUser(Person{FirstName: "Pia", Premium: true})
	link, err := o.w.ConnectBusiness(peer, o.bot, allBusiness)
	o.check(err)
	o.updates()
	_, err = o.w.Say(peer, o.owner, 0, "to a colleague")
	o.check(err)
	ups := o.updates()
	if len(ups) != 2 {
		t.Fatalf("told %v", ups)
	}
	links := map[any]bool{}
	for _, u := range ups {
		links[u[updBusinessMessage].(map[string]any)["business_connection_id"]] = true
	}
	if !links[o.link] || !links[link] {
		t.Errorf("told through %v", links)
	}
}

func TestBusinessSends(t *testing.T) {
	for _, echo := range []bool{false, true} {
		t.Run(fmt.Sprint(echo), func(t *testing.T) {
			o := newOffice(t, allBusiness)
			k := o.w.Knobs()
			k.BusinessEcho = echo
			o.w.SetKnobs(k)
			o.updates()
			conn := []any{"business_connection_id", o.link, "chat_id", o.customer}
			m := o.ok("sendMessage", append(conn, "text", "dear Kim", "reply_parameters", map[string]any{"message_id": o.first})...)
			if m["business_connection_id"] != o.link || number64(m["from"].(map[string]any)["id"]) != o.owner ||
				number64(m["sender_business_bot"].(map[string]any)["id"]) != o.bot ||
				number(m["reply_to_message"].(map[string]any)["message_id"]) != o.first {
				t.Errorf("sent %v", m)
			}
			if echo {
				o.sole(updBusinessMessage)
			} else {
				o.none()
			}
			shown := o.w.View(o.customer, o.owner, 0)
			if last := shown[len(shown)-1]; last.AuthorID != o.owner || last.Text != "dear Kim" || last.BusinessBot != o.bot {
				t.Errorf("the customer sees %+v", last)
			}
			id := m["message_id"]
			m = o.ok("editMessageText", append(conn, "message_id", id, "text", "dear Kim!")...)
			if m["text"] != "dear Kim!" || number(m["message_id"]) != number(id) || m["reply_to_message"] == nil {
				t.Errorf("edited %v", m)
			}
			o.ok("pinChatMessage", append(conn, "message_id", id)...)
			o.ok("unpinChatMessage", append(conn, "message_id", id)...)
			o.ok("sendChatAction", append(conn, "action", "typing")...)
			o.ok("readBusinessMessage", append(conn, "message_id", o.first)...)
			if !o.w.ReadBy(o.owner, o.customer, o.first) {
				t.Error("it isn't read")
			}
			o.ok("deleteBusinessMessages", "business_connection_id", o.link, "message_ids", []int{o.first, number(id), 999})
			if told := len(o.updates()) > 0; told != echo {
				t.Errorf("told of its own doings: %v", told)
			}
			if len(o.w.View(o.customer, o.owner, 0)) != 1 { // the pin's service message
				t.Errorf("left %v", o.w.View(o.customer, o.owner, 0))
			}
		})
	}
}

// Media, an album and a button of the bot in a business chat.
func TestBusinessMedia(t *testing.T) {
	o := newOffice(t, allBusiness)
	o.updates()
	m := o.ok("sendPhoto", "business_connection_id", o.link, "chat_id", o.customer, "photo", upload("p"), "caption", "c",
		"reply_markup", map[string]any{"inline_keyboard": [][]map[string]string{{{"text": "a", "callback_data": "A"}}}})
	id := number(m["message_id"])
	if m := o.ok("editMessageText", "business_connection_id", o.link, "chat_id", o.customer, "message_id", id, "text", "d",
		"reply_markup", map[string]any{"inline_keyboard": [][]map[string]string{{{"text": "a", "callback_data": "A"}}}}); m["caption"] != "d" {
		t.Errorf("a text is the caption of a photo: %v", m)
	}
	album := o.on("sendMediaGroup", "media", []map[string]string{{"type": "photo", "media": "attach://a"}, {"type": "photo", "media": "attach://b"}},
		"a", upload("a"), "b", upload("b"))
	if !album.OK || strings.Count(string(album.Result), `"media_group_id"`) != 2 {
		t.Errorf("album %s %s", album.Description, album.Result)
	}
	theirs := o.w.View(o.customer, o.owner, 0)
	var button Shown
	for _, s := range theirs {
		if len(s.Buttons) > 0 {
			button = s
		}
	}
	_, err := o.w.Press(o.customer, o.owner, button.ID, "A")
	o.check(err)
	q := o.sole(updCallback)
	if pressed := q["message"].(map[string]any); number(pressed["message_id"]) != id || pressed["business_connection_id"] != o.link {
		t.Errorf("pressed %v", q)
	}
}

func TestBusinessFailures(t *testing.T) {
	tests := []struct {
		name string
		how  Business
		want Situation
		do   func(o *office) Answer
	}{
		{"no connection of that id", allBusiness, connectionNotFound, func(o *office) Answer {
			return o.call("sendMessage", "business_connection_id", "x", "chat_id", o.customer, "text", "x")
		}},
		{"empty id", allBusiness, connectionNotFound, func(o *office) Answer { return o.call("getBusinessConnection") }},
		{"no chat, before the connection", allBusiness, businessNoChat, func(o *office) Answer {
			return o.call("sendMessage", "business_connection_id", "x", "text", "x")
		}},
		{"a name, before the connection", allBusiness, businessBadChat, func(o *office) Answer {
			return o.call("sendMessage", "business_connection_id", "x", "chat_id", "@kim", "text", "x")
		}},
		{"text before the chat", allBusiness, textEmpty, func(o *office) Answer {
			return o.call("sendMessage", "business_connection_id", "x")
		}},
		{"a group", allBusiness, businessPrivateOnly, func(o *office) Answer {
			return o.call("sendMessage", "business_connection_id", o.link, "chat_id", o.forum, "text", "x")
		}},
		{"the owner", allBusiness, businessSelf, func(o *office) Answer {
			return o.call("sendMessage", "business_connection_id", o.link, "chat_id", o.owner, "text", "x")
		}},
		{"a person who never wrote", allBusiness, businessPeer, func(o *office) Answer {
			return o.call("sendMessage", "business_connection_id", o.link, "chat_id", o.cli, "text", "x")
		}},
		{"nobody", allBusiness, businessPeer, func(o *office) Answer {
			return o.call("sendMessage", "business_connection_id", o.link, "chat_id", 5, "text", "x")
		}},
		{"only the owner wrote", allBusiness, businessIdle, func(o *office) Answer {
			_, err := o.w.Say(o.owner, o.cli, 0, "x")
			o.check(err)
			return o.call("sendMessage", "business_connection_id", o.link, "chat_id", o.cli, "text", "x")
		}},
		{"nearly a day later", allBusiness, "", func(o *office) Answer {
			o.after(24*time.Hour - time.Second)
			return o.on("sendMessage", "text", "x")
		}},
		{"a day later", allBusiness, businessIdle, func(o *office) Answer {
			o.after(24 * time.Hour)
			return o.on("sendMessage", "text", "x")
		}},
		{"ended", allBusiness, connectionInvalid, func(o *office) Answer {
			o.check(o.w.DisconnectBusiness(o.owner))
			return o.on("sendMessage", "text", "x")
		}},
		{"an ended one is still shown", allBusiness, "", func(o *office) Answer {
			o.check(o.w.DisconnectBusiness(o.owner))
			return o.call("getBusinessConnection", "business_connection_id", o.link)
		}},
		{"no right to reply", Business{}, businessRight, func(o *office) Answer { return o.on("sendMessage", "text", "x") }},
		{"no right to type", Business{}, businessRight, func(o *office) Answer { return o.on("sendChatAction", "action", "typing") }},
		{"bad action first", Business{}, badAction, func(o *office) Answer { return o.on("sendChatAction", "action", "fly") }},
		{"no right to read", Business{Rights: BusinessRights{Reply: true}}, businessRight, func(o *office) Answer {
			return o.on("readBusinessMessage", "message_id", o.first)
		}},
		{"read what isn't there", allBusiness, messageIDInvalid, func(o *office) Answer {
			return o.on("readBusinessMessage", "message_id", 999)
		}},
		{"no message id", allBusiness, invalidMessageID, func(o *office) Answer { return o.on("readBusinessMessage") }},
		{"text too long", allBusiness, textTooLong, func(o *office) Answer {
			return o.on("sendMessage", "text", strings.Repeat("x", maxText+1))
		}},
		{"a lost reply is left out", allBusiness, "", func(o *office) Answer {
			return o.on("sendMessage", "text", "x", "reply_parameters", map[string]any{"message_id": 999})
		}},
		{"a deleted customer", allBusiness, userDeactivated, func(o *office) Answer {
			o.w.DeleteAccount(o.customer)
			return o.on("sendMessage", "text", "x")
		}},
		{"edit of the customer's message", allBusiness, messageAuthor, func(o *office) Answer {
			return o.on("editMessageText", "message_id", o.first, "text", "x")
		}},
		{"edit of nothing", allBusiness, messageIDInvalid, func(o *office) Answer {
			return o.on("editMessageText", "message_id", 999, "text", "x")
		}},
		{"edit without id", allBusiness, invalidMessageID, func(o *office) Answer { return o.on("editMessageText", "text", "x") }},
		{"edit to the same", allBusiness, notModified, func(o *office) Answer {
			return o.on("editMessageText", "message_id", o.ofOwner("x"), "text", "x")
		}},
		{"edit of the owner's message", allBusiness, "", func(o *office) Answer {
			return o.on("editMessageText", "message_id", o.ofOwner("x"), "text", "y")
		}},
		{"edit of the owner's message after two days", allBusiness, editExpired, func(o *office) Answer {
			id := o.ofOwner("x")
			o.after(48 * time.Hour)
			o.write("still there?")
			return o.on("editMessageText", "message_id", id, "text", "y")
		}},
		{"edit of its own message after two days", allBusiness, "", func(o *office) Answer {
			id := number(o.ok("sendMessage", "business_connection_id", o.link, "chat_id", o.customer, "text", "x")["message_id"])
			o.after(48 * time.Hour)
			o.write("still there?")
			return o.on("editMessageText", "message_id", id, "text", "y")
		}},
		{"delete the customer's message", Business{Rights: BusinessRights{Reply: true, DeleteSentMessages: true}}, cantDelete, func(o *office) Answer {
			return o.call("deleteBusinessMessages", "business_connection_id", o.link, "message_ids", []int{o.first})
		}},
		{"delete its own message", Business{Rights: BusinessRights{Reply: true, DeleteSentMessages: true}}, "", func(o *office) Answer {
			id := number(o.ok("sendMessage", "business_connection_id", o.link, "chat_id", o.customer, "text", "x")["message_id"])
			return o.call("deleteBusinessMessages", "business_connection_id", o.link, "message_ids", []int{id})
		}},
		{"delete without ids, before the connection", allBusiness, noMessageIDs, func(o *office) Answer {
			return o.call("deleteBusinessMessages", "business_connection_id", "x")
		}},
		{"the bot itself isn't in the chat", allBusiness, chatNotFound, func(o *office) Answer {
			return o.call("sendMessage", "chat_id", o.customer, "text", "x")
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := newOffice(t, tt.how)
			expectAnswer(t, tt.do(o), tt.want)
		})
	}
}

// ofOwner is a message that the owner wrote.
func (o *office) ofOwner(text string) int {
	id, err := o.w.Say(o.owner, o.customer, 0, text)
	o.check(err)
	return id
}
