package doors_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	sim "topicdesk/bench/telegram"
)

// What people can do with contents, done over HTTP.
func TestContentRoutes(t *testing.T) {
	p := open(t, sim.Unlimited())
	post := func(path, body string, want int) string {
		t.Helper()
		body = strings.NewReplacer("ANN", strconv.FormatInt(p.ann, 10), "BOT", strconv.FormatInt(p.bot, 10)).Replace(body)
		res, out := fetch(t, http.MethodPost, p.url+path, "application/json", body)
		if res.StatusCode != want {
			t.Fatalf("%s %s: %d %s", path, body, res.StatusCode, out)
		}
		return out
	}
	get := func(path string) string {
		t.Helper()
		_, out := fetch(t, http.MethodGet, p.url+path+"?as="+strconv.FormatInt(p.ann, 10)+"&chat="+strconv.FormatInt(p.bot, 10), "", "")
		return out
	}
	call := func(method string, pairs ...any) {
		t.Helper()
		args := sim.ArgsOf(append([]any{"chat_id", p.ann}, pairs...)...)
		if ans, err := p.door.Call(t.Context(), p.token, method, args, time.Minute); err != nil || !ans.OK {
			t.Fatalf("%s: %v %s", method, err, ans.Description)
		}
	}
	post("/world/host", `{"url":"https://a.bc/p.jpg","media":{"kind":"photo"}}`, 200)
	call("sendPhoto", "photo", "https://a.bc/p.jpg")
	call("sendMessage", "text", "x", "reply_markup", `{"keyboard":[["yes",{"text":"here","request_location":true}]]}`)
	if got := get("/world/keys"); !strings.Contains(got, `"asks":"location"`) {
		t.Errorf("keyboard: %s", got)
	}
	post("/world/keys", `{"as":ANN,"chat":BOT,"text":"yes"}`, 200)
	post("/world/keys", `{"as":ANN,"chat":BOT,"text":"here"}`, 403)
	post("/world/keys", `{"as":ANN,"chat":BOT,"text":"no"}`, 404)
	call("sendMessageDraft", "draft_id", 1, "text", "wri")
	if got := get("/world/writing"); !strings.Contains(got, `"text":"wri"`) {
		t.Errorf("writing: %s", got)
	}
	live := number(post("/world/send", `{"as":ANN,"chat":BOT,"location":{"latitude":1,"longitude":2,"live_period":60}}`, 200))
	post("/world/move", `{"as":ANN,"chat":BOT,"message":`+live+`,"location":{"latitude":2,"longitude":2}}`, 200)
	post("/world/move", `{"as":ANN,"chat":BOT,"message":`+live+`}`, 200)
	post("/world/move", `{"as":ANN,"chat":BOT,"message":`+live+`}`, 403)
	id := number(post("/world/send", `{"as":ANN,"chat":BOT,"poll":{"question":"Q","options":["a","b"]}}`, 200))
	post("/world/polls/stop", `{"as":ANN,"chat":BOT,"message":`+id+`}`, 200)
	post("/world/send", `{"as":ANN,"chat":BOT,"poll":{"question":"Q"}}`, 400)
	id = number(post("/world/send", `{"as":ANN,"chat":BOT,"poll":{"question":"Q","options":["a"],"growing":true}}`, 200))
	if got := post("/world/polls/answers", `{"as":ANN,"chat":BOT,"message":`+id+`,"add":"b"}`, 200); !strings.Contains(got, `"option":"1"`) {
		t.Errorf("an answer: %s", got)
	}
	post("/world/polls/answers", `{"as":ANN,"chat":BOT,"message":`+id+`,"remove":"1"}`, 200)
	id = number(post("/world/send", `{"as":ANN,"chat":BOT,"checklist":{"title":"T","tasks":["a"]}}`, 200))
	post("/world/checklists", `{"as":ANN,"chat":BOT,"message":`+id+`,"done":[1]}`, 200)
	post("/world/checklists", `{"as":ANN,"chat":BOT,"message":`+id+`,"add":["b"]}`, 200)
	post("/world/checklists", `{"as":ANN,"chat":BOT,"message":`+id+`,"done":[7]}`, 404)
}

// number is the first number in an answer.
func number(answer string) string {
	at := strings.IndexAny(answer, "0123456789")
	end := at
	for end < len(answer) && answer[end] >= '0' && answer[end] <= '9' {
		end++
	}
	return answer[at:end]
}
