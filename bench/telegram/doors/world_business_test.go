package doors_test

import (
	"fmt"
	"strings"
	"testing"

	sim "topicdesk/bench/telegram"
)

func TestWorldBusiness(t *testing.T) {
	p := open(t, sim.Unlimited())
	c := tool{t, p.url}
	owner := id(c.post("users", `{"first_name":"Olga","premium":true}`), "id")
	kim := id(c.post("users", `{"first_name":"Kim"}`), "id")
	made := c.post("bots", `{"name":"Clerk","business":true}`)
	bot, api := id(made, "id"), p.url+"/bot"+made["token"].(string)
	link := c.post("business", `{"as":%d,"bot":%d,"do":"connect","rights":{"can_reply":true}}`, owner, bot)["id"].(string)
	c.post("send", `{"as":%d,"chat":%d,"text":"hi"}`, kim, owner)
	if _, body := fetch(t, "GET", api+"/getUpdates", "", ""); !strings.Contains(body, `"business_message"`) || !strings.Contains(body, link) {
		t.Errorf("told %s", body)
	}
	fetch(t, "GET", fmt.Sprintf("%s/sendMessage?business_connection_id=%s&chat_id=%d&text=hello", api, link, kim), "", "")
	if got := seen(c.get("view?as=%d&chat=%d", kim, owner)); strings.Join(got, "|") != "hi|hello" {
		t.Errorf("Kim sees %q", got)
	}
	chats := c.get("chats?as=%d", kim)["chats"].([]any)
	if len(chats) != 1 || chats[0].(map[string]any)["title"] != "Olga" || id(chats[0].(map[string]any), "id") != owner {
		t.Errorf("Kim's chats %v", chats)
	}
	if b := c.get("business?as=%d", owner); b["id"] != link || b["rights"].(map[string]any)["can_reply"] != true {
		t.Errorf("in the account: %v", b)
	}
	c.post("business", `{"as":%d,"do":"disconnect"}`, owner)
	if _, body := fetch(t, "GET", api+"/getUpdates?offset=-1", "", ""); !strings.Contains(body, `"is_enabled":false`) {
		t.Errorf("told %s", body)
	}
}
