package doors_test

import (
	"strings"
	"testing"

	sim "topicdesk/bench/telegram"
)

// Files on the simulated internet, keys of bots' keyboards, and drafts.
func TestKeysRoutes(t *testing.T) {
	p := open(t, sim.Unlimited())
	p.posts("/world/host", `{"url":"https://a.bc/p.jpg","media":{"kind":"photo"}}`, 200)
	p.calls("sendPhoto", "chat_id", p.ann, "photo", "https://a.bc/p.jpg")
	p.calls("sendMessage", "chat_id", p.ann, "text", "x", "reply_markup", `{"keyboard":[["yes",{"text":"here","request_location":true}]]}`)
	if got := p.shows("/world/keys"); !strings.Contains(got, `"asks":"location"`) {
		t.Errorf("keyboard: %s", got)
	}
	p.posts("/world/keys", `{"as":ANN,"chat":BOT,"text":"yes"}`, 200)
	p.posts("/world/keys", `{"as":ANN,"chat":BOT,"text":"here"}`, 403)
	p.posts("/world/keys", `{"as":ANN,"chat":BOT,"text":"no"}`, 404)
	p.calls("sendMessageDraft", "chat_id", p.ann, "draft_id", 1, "text", "wri")
	if got := p.shows("/world/writing"); !strings.Contains(got, `"text":"wri"`) {
		t.Errorf("writing: %s", got)
	}
}

// Places that move, polls and checklists.
func TestContentRoutes(t *testing.T) {
	p := open(t, sim.Unlimited())
	live := number(p.posts("/world/send", `{"as":ANN,"chat":BOT,"location":{"latitude":1,"longitude":2,"live_period":60}}`, 200))
	p.posts("/world/move", `{"as":ANN,"chat":BOT,"message":`+live+`,"location":{"latitude":2,"longitude":2}}`, 200)
	p.posts("/world/move", `{"as":ANN,"chat":BOT,"message":`+live+`}`, 200)
	p.posts("/world/move", `{"as":ANN,"chat":BOT,"message":`+live+`}`, 403)
	id := number(p.posts("/world/send", `{"as":ANN,"chat":BOT,"poll":{"question":"Q","options":["a","b"]}}`, 200))
	p.posts("/world/polls/stop", `{"as":ANN,"chat":BOT,"message":`+id+`}`, 200)
	p.posts("/world/send", `{"as":ANN,"chat":BOT,"poll":{"question":"Q"}}`, 400)
	id = number(p.posts("/world/send", `{"as":ANN,"chat":BOT,"poll":{"question":"Q","options":["a"],"growing":true}}`, 200))
	if got := p.posts("/world/polls/answers", `{"as":ANN,"chat":BOT,"message":`+id+`,"add":"b"}`, 200); !strings.Contains(got, `"option":"1"`) {
		t.Errorf("an answer: %s", got)
	}
	p.posts("/world/polls/answers", `{"as":ANN,"chat":BOT,"message":`+id+`,"remove":"1"}`, 200)
	id = number(p.posts("/world/send", `{"as":ANN,"chat":BOT,"checklist":{"title":"T","tasks":["a"]}}`, 200))
	p.posts("/world/checklists", `{"as":ANN,"chat":BOT,"message":`+id+`,"done":[1]}`, 200)
	p.posts("/world/checklists", `{"as":ANN,"chat":BOT,"message":`+id+`,"add":["b"]}`, 200)
	p.posts("/world/checklists", `{"as":ANN,"chat":BOT,"message":`+id+`,"done":[7]}`, 404)
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
