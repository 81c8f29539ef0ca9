package doors_test

import (
	"fmt"
	"strings"
	"testing"

	sim "topicdesk/bench/telegram"
)

func TestWorldTopics(t *testing.T) {
	p := open(t, sim.Unlimited())
	c := tool{t, p.url}
	ann := id(c.post("users", `{"first_name":"Ann"}`), "id")
	made := c.post("bots", `{"name":"T","topics":true,"user_topics":true}`)
	bot, api := id(made, "id"), p.url+"/bot"+made["token"].(string)
	topic := id(c.post("topics", `{"as":%d,"chat":%d,"do":"create"}`, ann, bot), "id")
	c.post("send", `{"as":%d,"chat":%d,"topic":%d,"text":"in it"}`, ann, bot, topic)
	lines := c.get("topics?as=%d&chat=%d", ann, bot)["topics"].([]any)
	if len(lines) != 1 || lines[0].(map[string]any)["messages"] != 1.0 {
		t.Errorf("topics %v", lines)
	}
	if _, body := fetch(t, "GET", api+"/getUpdates", "", ""); !strings.Contains(body, `"is_name_implicit":true`) {
		t.Errorf("told %s", body)
	}
	c.post("bots/topics", `{"bot":%d}`, bot)
	if _, body := fetch(t, "GET", api+"/getMe", "", ""); !strings.Contains(body, `"has_topics_enabled":false`) {
		t.Errorf("getMe %s", body)
	}

	var mine int
	p.with(func(w *sim.World) {
		var err error
		if mine, err = w.CreateTopic(p.olga, p.forum, "T", 0); err != nil {
			t.Fatal(err)
		}
	})
	send := fmt.Sprintf("%s/bot%s/sendMessage?text=x&chat_id=%d&message_thread_id=%d", p.url, p.token, p.forum, mine)
	c.post("topics/forget", `{"chat":%d,"before":%d}`, p.forum, mine+1)
	if _, body := fetch(t, "GET", send, "", ""); !strings.Contains(body, "message thread not found") {
		t.Errorf("forgotten topic: %s", body)
	}
	c.post("topics/forget", `{"chat":%d}`, p.forum)
	c.post("faults", `{"do":"forget-topic","count":1}`)
	for _, want := range []string{"message thread not found", `"ok":true`} {
		if _, body := fetch(t, "GET", send, "", ""); !strings.Contains(body, want) {
			t.Errorf("got %s, want %s", body, want)
		}
	}
}
