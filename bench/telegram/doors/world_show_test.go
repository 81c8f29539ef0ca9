package doors_test

import (
	"fmt"
	"strings"
	"testing"

	sim "topicdesk/bench/telegram"
)

// What the page asks for, page by page.
func TestShow(t *testing.T) {
	p := open(t, sim.Strict())
	c := tool{t, p.url}
	var last int64
	for _, text := range []string{"one", "two", "three"} {
		ids := c.post("send", `{"as":%d,"chat":%d,"text":"%s"}`, p.ann, p.bot, text)["ids"].([]any)
		last = int64(ids[0].(float64))
	}
	view := c.get("view?as=%d&chat=%d&before=%d&limit=1", p.ann, p.bot, last)
	if got := seen(view); len(got) != 1 || got[0] != "two" || view["older"] != true || view["newer"] != true {
		t.Errorf("view %v", view)
	}
	if got := seen(c.get("view?as=%d&chat=%d&after=%d&first=1", p.ann, p.bot, last-2)); strings.Join(got, " ") != "two" {
		t.Errorf("first %v", got)
	}
	c.post("pin", `{"as":%d,"chat":%d,"message":%d}`, p.ann, p.bot, last)
	if got := seen(c.get("pins?as=%d&chat=%d", p.ann, p.bot)); len(got) != 1 || got[0] != "three" {
		t.Errorf("pins %v", got)
	}
	c.post("pin", `{"as":%d,"chat":%d,"message":%d,"off":true}`, p.ann, p.bot, last)
	if got := seen(c.get("pins?as=%d&chat=%d", p.ann, p.bot)); len(got) != 0 {
		t.Errorf("unpinned %v", got)
	}
	bots := c.get("message?as=%d&chat=%d&message=%d", p.ann, p.bot, last)["bots"].([]any)
	if b := bots[0].(map[string]any); b["told"] != true || b["waiting"] == 0.0 || b["object"].(map[string]any)["text"] != "three" {
		t.Errorf("message %v", b)
	}
	queue := c.get("pending?bot=%d", p.bot)["bots"].([]any)[0].(map[string]any)
	if n := len(queue["updates"].([]any)); queue["waiting"].(float64) < 4 || n < 4 {
		t.Errorf("pending %v", queue)
	}
	if got := c.get("permissions?chat=%d", p.forum)["permissions"].(map[string]any); got["can_send_messages"] != true {
		t.Errorf("permissions %v", got)
	}
}

func TestShowLists(t *testing.T) {
	p := open(t, sim.Strict())
	c := tool{t, p.url}
	p.with(func(w *sim.World) {
		for i := range 5 {
			w.CreateTopic(p.olga, p.forum, fmt.Sprint("Topic ", i), 0)
		}
	})
	first := func(list map[string]any, of, name string) string {
		return list[of].([]any)[0].(map[string]any)[name].(string)
	}
	topics := c.get("topics?as=%d&chat=%d&query=topic+3&limit=1", p.olga, p.forum)
	if id(topics, "total") != 1 || first(topics, "topics", "name") != "Topic 3" {
		t.Errorf("topics %v", topics)
	}
	people := c.get("accounts?query=@DESK")
	if id(people, "total") != 1 || first(people, "accounts", "name") != "Desk" {
		t.Errorf("accounts %v", people)
	}
	c.post("time", `{"advance_s":60}`)
	c.post("send", `{"as":%d,"chat":%d,"text":"now"}`, p.ann, p.group)
	chats := c.get("chats?as=%d&sort=recent&limit=1", p.ann)
	if id(chats, "total") != 2 || first(chats, "chats", "title") != "Ann & friends" {
		t.Errorf("chats %v", chats)
	}
	if one := c.get("chats?as=%d&chat=%d", p.ann, p.bot); id(one, "total") != 1 || first(one, "chats", "title") != "Desk" {
		t.Errorf("one chat %v", one)
	}
	if none := c.get("chats?as=%d&chat=%d", p.ann, p.forum); id(none, "total") != 0 {
		t.Errorf("a chat that Ann isn't in: %v", none)
	}
}

func TestFaultsOneByOne(t *testing.T) {
	p := open(t, sim.Strict())
	c := tool{t, p.url}
	c.post("faults", `{"do":"block-bot","method":"send*","count":1}`)
	c.post("faults", `{"do":"gateway","method":"getMe"}`)
	if _, body := fetch(t, "GET", fmt.Sprintf("%s/bot%s/sendMessage?text=x&chat_id=%d", p.url, p.token, p.ann), "", ""); !strings.Contains(body, "bot was blocked by the user") {
		t.Errorf("with block-bot: %s", body)
	}
	if f := c.get("faults")["faults"].([]any)[0].(map[string]any); f["struck"] != 1.0 {
		t.Errorf("fault %v", f)
	}
	if left := c.post("faults/remove", `{"at":0}`)["faults"].([]any); len(left) != 1 || left[0].(map[string]any)["do"] != "gateway" {
		t.Errorf("left %v", left)
	}
	if res, _ := fetch(t, "POST", p.url+"/world/faults/remove", "application/json", `{"at":1}`); res.StatusCode != 400 {
		t.Errorf("removing what isn't there: %d", res.StatusCode)
	}
	all := c.get("log")["entries"].([]any)
	if tail := c.get("log?after=-1")["entries"].([]any); len(tail) != 1 || len(all) < 2 || fmt.Sprint(tail[0]) != fmt.Sprint(all[len(all)-1]) {
		t.Errorf("the log's last line %v", tail)
	}
}
