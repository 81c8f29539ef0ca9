package doors_test

import (
	"fmt"
	"strings"
	"testing"

	sim "topicdesk/bench/telegram"
)

// Members, links and settings without any Go of ours.
func TestWorldMembers(t *testing.T) {
	p := open(t, sim.Unlimited())
	c := tool{t, p.url}
	api := p.url + "/bot" + p.token
	call := func(method string, args ...any) string {
		t.Helper()
		_, body := fetch(t, "GET", api+"/"+fmt.Sprintf(method, args...), "", "")
		return body
	}
	tells := func(body string, wants ...string) {
		t.Helper()
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %s", body, want)
			}
		}
	}
	owner := id(c.post("users", `{"first_name":"Olga"}`), "id")
	eve := id(c.post("users", `{"first_name":"Eve"}`), "id")
	c.post("users/set", `{"user":%d,"bio":"I am Eve","photo":{}}`, eve)
	group := id(c.post("chats", `{"kind":"group","owner":%d,"title":"Desk","members":[%d]}`, owner, p.bot), "id")
	c.post("members", `{"as":%d,"chat":%d,"user":%d,"do":"promote"}`, owner, group, p.bot)
	call("getUpdates?offset=-1&allowed_updates=%%5B%%22message%%22%%2C%%22chat_join_request%%22%%2C%%22chat_member%%22%%5D")
	super := id(c.post("chats/set", `{"chat":%d,"forum":true}`, group), "id")
	if super == group {
		t.Error("topics in a basic group")
	}
	c.post("chats/set", `{"as":%d,"chat":%d,"title":"T","about":"about","photo":{"data":"aGk="},"slow_mode_s":10,"auto_delete_s":60}`, owner, super)
	tells(call("getChat?chat_id=%d", super), `"title":"T"`, `"description":"about"`, `"photo":{`, `"slow_mode_delay":10`, `"message_auto_delete_time":60`)
	c.post("chats/set", `{"as":%d,"chat":%d,"no_photo":true,"slow_mode_s":0,"auto_delete_s":0}`, owner, super)

	link := c.post("links", `{"as":%d,"chat":%d,"do":"create","name":"n","approval":true}`, owner, super)["link"].(string)
	if got := c.post("join", `{"as":%d,"link":%q}`, eve, link); got["pending"] != true {
		t.Errorf("joined %v", got)
	}
	listed := c.get("links?chat=%d", super)
	if r := listed["requests"].([]any); len(r) != 1 || int64(r[0].(float64)) != eve {
		t.Errorf("links %v", listed)
	}
	c.post("requests", `{"as":%d,"chat":%d,"user":%d,"approve":true}`, owner, super, eve)
	c.post("links", `{"as":%d,"chat":%d,"do":"revoke","link":%q}`, owner, super, link)
	if got := c.get("links?chat=%d", super)["links"].([]any)[1].(map[string]any); got["revoked"] != true || got["name"] != "n" {
		t.Errorf("link %v", got)
	}
	tells(call("getUpdates?offset=-1000"), `"migrate_to_chat_id"`, `"new_chat_photo"`, `"delete_chat_photo"`,
		`"message_auto_delete_timer_changed"`, `"chat_join_request"`, `"bio":"I am Eve"`, `"new_chat_members"`)

	c.post("members", `{"as":%d,"chat":%d,"user":%d,"do":"title","title":"vip"}`, owner, super, eve)
	tells(call("getChatMember?chat_id=%d&user_id=%d", super, eve), `"tag":"vip"`)
	c.post("members", `{"as":%d,"chat":%d,"user":%d,"do":"kick"}`, owner, super, eve)
	c.post("members", `{"as":%d,"chat":%d,"user":%d,"do":"unban"}`, owner, super, eve)
	tells(call("getChatMember?chat_id=%d&user_id=%d", super, eve), `"status":"left"`)
	c.post("members", `{"as":%d,"chat":%d,"user":%d,"do":"anonymous"}`, owner, super, owner)
	c.post("send", `{"as":%d,"chat":%d,"text":"hidden"}`, owner, super)
	tells(call("getUpdates?offset=-1"), "GroupAnonymousBot")
	c.post("members", `{"as":%d,"chat":%d,"user":%d,"do":"named"}`, owner, super, owner)

	c.post("chats/set", `{"chat":%d,"public_name":"desk_talk","join_by_request":true}`, super)
	if got := c.post("join", `{"as":%d,"link":"@desk_talk"}`, eve); got["pending"] != true || id(got, "chat") != super {
		t.Errorf("joined %v", got)
	}
	news := id(c.post("chats", `{"kind":"channel","owner":%d,"title":"News"}`, owner), "id")
	c.post("chats/set", `{"chat":%d,"discussion":%d}`, news, super)
	tells(call("getChat?chat_id=%d", super), fmt.Sprintf(`"linked_chat_id":%d`, news))

	call("setMyCommands?commands=%%5B%%7B%%22command%%22%%3A%%22help%%22%%2C%%22description%%22%%3A%%22Help%%22%%7D%%5D")
	menu := c.get("commands?as=%d&chat=%d", owner, super)["commands"].([]any)
	if len(menu) != 1 || menu[0].(map[string]any)["command"] != "help" {
		t.Errorf("menu %v", menu)
	}
	c.post("bots/privacy", `{"bot":%d,"on":false}`, p.bot)
	tells(call("getMe"), `"can_read_all_group_messages":true`)
	for path, body := range map[string]string{
		"links": `{"do":"x"}`, "join": fmt.Sprintf(`{"as":%d,"link":"https://t.me/+no"}`, eve),
		"requests": fmt.Sprintf(`{"as":%d,"chat":%d,"user":%d}`, eve, super, eve),
	} {
		if res, body := fetch(t, "POST", p.url+"/world/"+path, "application/json", body); res.StatusCode == 200 {
			t.Errorf("%s: %s", path, body)
		}
	}
}
