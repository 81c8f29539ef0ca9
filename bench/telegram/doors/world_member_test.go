package doors_test

import (
	"fmt"
	"strings"
	"testing"

	sim "topicdesk/bench/telegram"
)

// house is a place with a supergroup of Olga's, in which the bot is an
// administrator, and Eve, who is no member.
type house struct {
	*place
	tool
	owner, eve, group int64
}

func openHouse(t *testing.T) *house {
	t.Helper()
	p := open(t, sim.Unlimited())
	h := &house{place: p, tool: tool{t, p.url}}
	h.owner = id(h.post("users", `{"first_name":"Olga"}`), "id")
	h.eve = id(h.post("users", `{"first_name":"Eve"}`), "id")
	basic := id(h.post("chats", `{"kind":"group","owner":%d,"title":"Desk","members":[%d]}`, h.owner, p.bot), "id")
	h.post("members", `{"as":%d,"chat":%d,"user":%d,"do":"promote"}`, h.owner, basic, p.bot)
	h.method("getUpdates?offset=-1&allowed_updates=%%5B%%22message%%22%%2C%%22chat_join_request%%22%%2C%%22chat_member%%22%%5D")
	h.group = id(h.post("chats/set", `{"chat":%d,"forum":true}`, basic), "id")
	if h.group == basic {
		t.Fatal("topics in a basic group")
	}
	return h
}

// method calls one as the bot and returns the answer.
func (h *house) method(call string, args ...any) string {
	h.place.t.Helper()
	_, body := fetch(h.place.t, "GET", h.place.url+"/bot"+h.token+"/"+fmt.Sprintf(call, args...), "", "")
	return body
}

// tells says that an answer has these parts.
func (h *house) tells(body string, parts ...string) {
	h.place.t.Helper()
	for _, part := range parts {
		if !strings.Contains(body, part) {
			h.place.t.Errorf("%s lacks %s", body, part)
		}
	}
}

// Settings of a chat, seen by the bot.
func TestWorldSettings(t *testing.T) {
	h := openHouse(t)
	h.post("chats/set", `{"as":%d,"chat":%d,"title":"T","about":"about","photo":{"data":"aGk="},"slow_mode_s":10,"auto_delete_s":60}`, h.owner, h.group)
	h.tells(h.method("getChat?chat_id=%d", h.group), `"title":"T"`, `"description":"about"`, `"photo":{`, `"slow_mode_delay":10`, `"message_auto_delete_time":60`)
	h.post("chats/set", `{"as":%d,"chat":%d,"no_photo":true,"slow_mode_s":0,"auto_delete_s":0}`, h.owner, h.group)
	h.tells(h.method("getUpdates?offset=-1000"), `"migrate_to_chat_id"`, `"new_chat_photo"`, `"delete_chat_photo"`, `"message_auto_delete_timer_changed"`)
	news := id(h.post("chats", `{"kind":"channel","owner":%d,"title":"News"}`, h.owner), "id")
	h.post("chats/set", `{"chat":%d,"discussion":%d}`, news, h.group)
	h.tells(h.method("getChat?chat_id=%d", h.group), fmt.Sprintf(`"linked_chat_id":%d`, news))
	h.method("setMyCommands?commands=%%5B%%7B%%22command%%22%%3A%%22help%%22%%2C%%22description%%22%%3A%%22Help%%22%%7D%%5D")
	menu := h.get("commands?as=%d&chat=%d", h.owner, h.group)["commands"].([]any)
	if len(menu) != 1 || menu[0].(map[string]any)["command"] != "help" {
		t.Errorf("menu %v", menu)
	}
	h.post("bots/privacy", `{"bot":%d,"on":false}`, h.bot)
	h.tells(h.method("getMe"), `"can_read_all_group_messages":true`)
}

// Invite links, requests to join, and public names.
func TestWorldLinks(t *testing.T) {
	h := openHouse(t)
	h.post("users/set", `{"user":%d,"bio":"I am Eve","photo":{}}`, h.eve)
	link := h.post("links", `{"as":%d,"chat":%d,"do":"create","name":"n","approval":true}`, h.owner, h.group)["link"].(string)
	if got := h.post("join", `{"as":%d,"link":%q}`, h.eve, link); got["pending"] != true {
		t.Errorf("joined %v", got)
	}
	listed := h.get("links?chat=%d", h.group)
	if r := listed["requests"].([]any); len(r) != 1 || int64(r[0].(float64)) != h.eve {
		t.Errorf("links %v", listed)
	}
	h.post("requests", `{"as":%d,"chat":%d,"user":%d,"approve":true}`, h.owner, h.group, h.eve)
	h.post("links", `{"as":%d,"chat":%d,"do":"revoke","link":%q}`, h.owner, h.group, link)
	if got := h.get("links?chat=%d", h.group)["links"].([]any)[0].(map[string]any); got["revoked"] != true || got["name"] != "n" {
		t.Errorf("link %v", got)
	}
	h.tells(h.method("getUpdates?offset=-1000"), `"chat_join_request"`, `"bio":"I am Eve"`, `"new_chat_members"`)
	h.post("members", `{"as":%d,"chat":%d,"user":%d,"do":"leave"}`, h.eve, h.group, h.eve)
	h.post("chats/set", `{"chat":%d,"public_name":"desk_talk","join_by_request":true}`, h.group)
	if got := h.post("join", `{"as":%d,"link":"@desk_talk"}`, h.eve); got["pending"] != true || id(got, "chat") != h.group {
		t.Errorf("joined %v", got)
	}
	for path, body := range map[string]string{
		"links": `{"do":"x"}`, "join": fmt.Sprintf(`{"as":%d,"link":"https://t.me/+no"}`, h.eve),
		"requests": fmt.Sprintf(`{"as":%d,"chat":%d,"user":%d}`, h.eve, h.group, h.eve),
	} {
		if res, body := fetch(t, "POST", h.place.url+"/world/"+path, "application/json", body); res.StatusCode == 200 {
			t.Errorf("%s: %s", path, body)
		}
	}
}

// What one does to a member's standing.
func TestWorldMembers(t *testing.T) {
	h := openHouse(t)
	h.post("members", `{"as":%d,"chat":%d,"user":%d,"do":"add"}`, h.owner, h.group, h.eve)
	h.post("members", `{"as":%d,"chat":%d,"user":%d,"do":"title","title":"vip"}`, h.owner, h.group, h.eve)
	h.tells(h.method("getChatMember?chat_id=%d&user_id=%d", h.group, h.eve), `"tag":"vip"`)
	h.post("members", `{"as":%d,"chat":%d,"user":%d,"do":"kick"}`, h.owner, h.group, h.eve)
	h.tells(h.method("getChatMember?chat_id=%d&user_id=%d", h.group, h.eve), `"status":"kicked"`)
	h.post("members", `{"as":%d,"chat":%d,"user":%d,"do":"unban"}`, h.owner, h.group, h.eve)
	h.tells(h.method("getChatMember?chat_id=%d&user_id=%d", h.group, h.eve), `"status":"left"`)
	h.post("members", `{"as":%d,"chat":%d,"user":%d,"do":"anonymous"}`, h.owner, h.group, h.owner)
	h.post("send", `{"as":%d,"chat":%d,"text":"hidden"}`, h.owner, h.group)
	h.tells(h.method("getUpdates?offset=-1"), "GroupAnonymousBot")
	h.post("members", `{"as":%d,"chat":%d,"user":%d,"do":"named"}`, h.owner, h.group, h.owner)
}
