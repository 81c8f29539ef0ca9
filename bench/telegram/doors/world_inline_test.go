package doors_test

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	sim "topicdesk/bench/telegram"
)

// A person asks a bot inline and sends one of its answers, over HTTP.
func TestInlineRoutes(t *testing.T) {
	p := open(t, sim.Unlimited())
	p.posts("/world/inline", `{"as":ANN,"bot":BOT,"chat":BOT,"query":"x"}`, 403)
	p.posts("/world/bots/inline", `{"bot":BOT,"on":true,"placeholder":"Search…","feedback":true}`, 200)
	if _, out := fetch(t, http.MethodGet, p.url+"/world/accounts", "", ""); !strings.Contains(out, `"inline":true,"inline_placeholder":"Search…"`) {
		t.Errorf("accounts: %s", out)
	}
	var asked struct{ Query string }
	if err := json.Unmarshal([]byte(p.posts("/world/inline", `{"as":ANN,"bot":BOT,"chat":BOT,"query":"x"}`, 200)), &asked); err != nil {
		t.Fatal(err)
	}
	p.calls("answerInlineQuery", "inline_query_id", asked.Query, "results", `[{"type":"article","id":"a","title":"T","input_message_content":{"message_text":"said"}}]`)
	want := `{"answered":true,"results":[{"id":"a","type":"article","title":"T","description":"","kind":"text","text":"said"}],"next_offset":""}`
	if _, out := fetch(t, http.MethodGet, p.url+"/world/inline?query="+asked.Query, "", ""); out != want {
		t.Errorf("answer: %s\nwant %s", out, want)
	}
	p.posts("/world/inline/choose", `{"query":"`+asked.Query+`","result":"b"}`, 404)
	id := number(p.posts("/world/inline/choose", `{"query":"`+asked.Query+`","result":"a"}`, 200))
	_, out := fetch(t, http.MethodGet, p.url+"/world/message?as="+strconv.FormatInt(p.ann, 10)+"&chat="+strconv.FormatInt(p.bot, 10)+"&message="+id, "", "")
	if !strings.Contains(out, `"text":"said"`) || !strings.Contains(out, `"via":"`) {
		t.Errorf("message: %s", out)
	}
}
