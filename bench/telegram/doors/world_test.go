package doors_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/doors"
)

// tool is another program that uses the /world/ door.
type tool struct {
	t   *testing.T
	url string
}

// post posts and returns the answer; a refusal fails the test.
func (c tool) post(path, body string, args ...any) map[string]any {
	c.t.Helper()
	res, answer := fetch(c.t, http.MethodPost, c.url+"/world/"+path, "application/json", fmt.Sprintf(body, args...))
	if res.StatusCode != 200 {
		c.t.Fatalf("POST %s: %d %s", path, res.StatusCode, answer)
	}
	return decode(c.t, answer)
}

func (c tool) get(path string, args ...any) map[string]any {
	c.t.Helper()
	res, answer := fetch(c.t, http.MethodGet, c.url+"/world/"+fmt.Sprintf(path, args...), "", "")
	if res.StatusCode != 200 {
		c.t.Fatalf("GET %s: %d %s", path, res.StatusCode, answer)
	}
	return decode(c.t, answer)
}

func decode(t *testing.T, body string) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal([]byte(body), &out); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return out
}

// id reads a number of the answer.
func id(answer map[string]any, key string) int64 { return int64(answer[key].(float64)) }

// seen are the texts of the messages in a view.
func seen(view map[string]any) []string {
	var out []string
	for _, m := range view["messages"].([]any) {
		m := m.(map[string]any)
		text := m["text"].(string)
		if text == "" {
			text = "[" + m["kind"].(string) + "]"
		}
		out = append(out, text)
	}
	return out
}

// Everything that a test of a foreign bot needs, without any Go of ours.
func TestWorldScenario(t *testing.T) {
	p := open(t, sim.Strict())
	c := tool{t, p.url}
	ann := id(c.post("users", `{"first_name":"Ann","username":"ann"}`), "id")
	owner := id(c.post("users", `{"first_name":"Olga"}`), "id")
	made := c.post("bots", `{"name":"Helper","username":"helper_bot","no_privacy":true}`)
	bot, api := id(made, "id"), p.url+"/bot"+made["token"].(string)
	forum := id(c.post("chats", `{"kind":"forum","owner":%d,"title":"Desk","members":[%d]}`, owner, bot), "id")
	c.post("members", `{"as":%d,"chat":%d,"user":%d,"do":"promote","rights":{"can_promote_members":false}}`, owner, forum, bot)
	c.post("start", `{"as":%d,"bot":%d}`, ann, bot)
	sent := c.post("send", `{"as":%d,"chat":%d,"text":"hi","reply_to":1}`, ann, bot)
	first := int64(sent["ids"].([]any)[0].(float64))
	c.post("edit", `{"as":%d,"chat":%d,"message":%d,"text":"hello"}`, ann, bot, first)
	c.post("send", `{"as":%d,"chat":%d,"text":"cap","media":{"kind":"document","name":"a.txt","data":"aGk="}}`, ann, bot)
	c.post("send", `{"as":%d,"chat":%d,"text":"two","album":[{"kind":"photo"},{"kind":"video"}]}`, ann, bot)
	c.post("react", `{"as":%d,"chat":%d,"message":%d,"emoji":["👍"]}`, ann, bot, first)
	if got, want := seen(c.get("view?as=%d&chat=%d", ann, bot)), []string{"/start", "hello", "cap", "two", "[video]"}; !slices.Equal(got, want) {
		t.Errorf("Ann sees %q, want %q", got, want)
	}
	if _, body := fetch(t, "GET", fmt.Sprintf("%s/world/file?as=%d&chat=%d&message=%d", p.url, ann, bot, first+1), "", ""); body != "hi" {
		t.Errorf("file holds %q", body)
	}
	topic := id(c.post("topics", `{"as":%d,"chat":%d,"do":"create","name":"Ann"}`, owner, forum), "id")
	c.post("topics", `{"as":%d,"chat":%d,"topic":%d,"do":"rename","name":"🟢 Ann"}`, owner, forum, topic)
	c.post("send", `{"as":%d,"chat":%d,"topic":%d,"text":"in the topic"}`, owner, forum, topic)
	c.post("topics", `{"as":%d,"chat":%d,"topic":%d,"do":"close"}`, owner, forum, topic)
	topics := c.get("topics?as=%d&chat=%d", owner, forum)["topics"].([]any)
	last := topics[len(topics)-1].(map[string]any)
	if last["name"] != "🟢 Ann" || last["closed"] != true || last["messages"] != 1.0 {
		t.Errorf("topic %v", last)
	}
	_, body := fetch(t, "GET", api+"/getUpdates", "", "")
	for _, want := range []string{`"text":"hi"`, `"edited_message"`, `"text":"in the topic"`, `"forum_topic_closed":{}`, `"media_group_id"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the bot wasn't told %s", want)
		}
	}
	fetch(t, "POST", api+"/sendMessage", "application/json", fmt.Sprintf(`{"chat_id":%d,"text":"pick","reply_markup":{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]}}`, ann))
	query := c.post("press", `{"as":%d,"chat":%d,"message":%d,"data":"a"}`, ann, bot, first+4)["query"].(string)
	fetch(t, "GET", api+"/answerCallbackQuery?text=done&callback_query_id="+query, "", "")
	if got := c.get("callback?query=%s", query); got["answered"] != true || got["text"] != "done" {
		t.Errorf("callback %v", got)
	}
	c.post("block", `{"as":%d,"bot":%d,"on":true}`, ann, bot)
	if _, body := fetch(t, "GET", fmt.Sprintf("%s/sendMessage?text=x&chat_id=%d", api, ann), "", ""); !strings.Contains(body, "bot was blocked by the user") {
		t.Errorf("blocked: %s", body)
	}
}

func TestWorldRules(t *testing.T) {
	p := open(t, sim.Strict())
	c := tool{t, p.url}
	send := p.url + "/bot" + p.token + fmt.Sprintf("/sendMessage?text=x&chat_id=%d", p.forum)
	c.post("rules", `{"profile":"buckets","group_per_minute":3,"knobs":{"Penalty":1000000000}}`)
	var k sim.Knobs
	p.with(func(w *sim.World) { k = w.Knobs() })
	if k.Group.Count != 3 || k.Penalty.Seconds() != 1 || k.Group.Kind != sim.Bucket {
		t.Errorf("knobs %+v", k)
	}
	c.post("rules", `{"profile":"strict","group_per_minute":3}`)
	for i, want := range []int{200, 200, 200, 429} {
		if res, _ := fetch(t, "GET", send, "", ""); res.StatusCode != want {
			t.Errorf("call %d: %d, want %d", i+1, res.StatusCode, want)
		}
	}
	if m := c.get("meters")["meters"].([]any); !strings.Contains(fmt.Sprint(m), "of:3 used:3") {
		t.Errorf("meters %v", m)
	}
	c.post("time", `{"advance_s":61}`)
	c.post("faults", `{"do":"gateway","method":"send*","count":1}`)
	for i, want := range []int{502, 200} {
		if res, _ := fetch(t, "GET", send, "", ""); res.StatusCode != want {
			t.Errorf("call %d after the minute: %d, want %d", i+1, res.StatusCode, want)
		}
	}
	if got := c.post("faults/clear", `{}`); len(got["faults"].([]any)) != 0 {
		t.Errorf("faults %v", got)
	}
	log := c.get("log?after=0")
	if n := len(log["entries"].([]any)); n < 6 || id(log, "next") != int64(n) {
		t.Errorf("log of %d, next %v", n, log["next"])
	}
}

func TestWorldRefusals(t *testing.T) {
	p := open(t, sim.Strict())
	for _, tc := range []struct {
		method, path, body string
		code               int
		want               string
	}{
		{"POST", "send", `{"as":1,"chat":2,"text":"x"}`, 400, "no account 1"},
		{"POST", "send", fmt.Sprintf(`{"as":%d,"chat":%d,"text":"x"}`, p.ann, p.forum), 403, "not allowed"},
		{"POST", "send", fmt.Sprintf(`{"as":%d,"chat":%d}`, p.ann, p.bot), 400, "empty"},
		{"POST", "send", `{"text":"x","colour":1}`, 400, "colour"},
		{"POST", "edit", fmt.Sprintf(`{"as":%d,"chat":%d,"message":99,"text":"x"}`, p.ann, p.bot), 404, "no such message"},
		{"POST", "faults", `{"do":"nothing"}`, 400, "nothing"},
		{"POST", "faults", `{"do":"reset","faults":[{"do":"reset"}]}`, 400, "one fault or a list"},
		{"POST", "faults", `{"faults":[{"do":"reset"},{"do":"slow"}]}`, 400, "fault 2: slow needs a delay"},
		{"POST", "rules", `{"knobs":{"Colour":1}}`, 400, "Colour"},
		{"POST", "time", `{"advance_s":-1}`, 400, "advance_s"},
		{"POST", "time", "", 400, "give advance_s or speed"},
		{"POST", "users", `{"first_name":"Ann"}{}`, 400, "more than one JSON value"},
		{"POST", "users", `{"first_name":"Ann"}]`, 400, "invalid character"},
		{"POST", "rules", `{"profile":"kind"}`, 400, "kind"},
		{"POST", "users", `{}`, 400, "first_name"},
		{"GET", "view?as=x", "", 400, "as is no number"},
		{"GET", "view", "", 400, "as is missing"},
		{"GET", "members?chat=5", "", 400, "no chat 5"},
		{"GET", "file?as=1", "", 400, "is missing"},
		{"GET", "nothing", "", 404, ""},
	} {
		t.Run(tc.path, func(t *testing.T) {
			res, body := fetch(t, tc.method, p.url+"/world/"+tc.path, "application/json", tc.body)
			if res.StatusCode != tc.code || !strings.Contains(body, tc.want) {
				t.Errorf("%d %s, want %d with %q", res.StatusCode, body, tc.code, tc.want)
			}
		})
	}
}

// A browser can't be used by other sites, by none of their names.
func TestForeignSites(t *testing.T) {
	p := open(t, sim.Strict())
	request := func(method, path string) *http.Request {
		req, err := http.NewRequest(method, p.url+"/world/"+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		return req
	}
	req := request("POST", "faults/clear")
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	if res, _ := do(t, req, "text/plain"); res.StatusCode != 403 {
		t.Errorf("a foreign site's request: %d", res.StatusCode)
	}
	for host, code := range map[string]int{
		"127.0.0.1:8081": 200, "[::1]:8081": 200, "10.1.2.3": 200, "localhost": 200, "Telegram:80": 200, "tg.localhost:1": 200,
		"host.docker.internal:8081": 200, "example.org:8081": 403, "127.0.0.1.example.org": 403, "xlocal.example": 403,
	} {
		for _, req := range []*http.Request{request("GET", "stage"), request("POST", "faults/clear")} {
			req.Host = host
			if res, body := do(t, req, "application/json"); res.StatusCode != code {
				t.Errorf("%s to %s: %d %s, want %d", req.Method, host, res.StatusCode, body, code)
			}
		}
	}
}

func TestChanges(t *testing.T) {
	p := open(t, sim.Strict())
	c := tool{t, p.url}
	now := id(c.get("changes"), "version")
	req, err := http.NewRequestWithContext(t.Context(), "GET", fmt.Sprintf("%s/world/changes?after=%d", p.url, now), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "text/event-stream")
	stream, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	polled := make(chan int64, 1)
	go func() {
		_, body := fetch(t, "GET", fmt.Sprintf("%s/world/changes?timeout=50&after=%d", p.url, now), "", "")
		polled <- id(decode(t, body), "version")
	}()
	c.post("send", `{"as":%d,"chat":%d,"text":"news"}`, p.ann, p.bot)
	if got := <-polled; got <= now {
		t.Errorf("version %d after %d", got, now)
	}
	line, err := bufio.NewReader(stream.Body).ReadString('\n')
	if err != nil || !regexp.MustCompile(`^data: \{"version":\d+\}`).MatchString(line) {
		t.Errorf("stream says %q, %v", line, err)
	}
}

// A call through another door of the same World is a change too.
func TestChangesOfOtherDoors(t *testing.T) {
	p := open(t, sim.Strict())
	c := tool{t, p.url}
	before := id(c.get("changes?timeout=1"), "version")
	p.with(func(w *sim.World) { w.Call(p.token, "sendMessage", sim.ArgsOf("chat_id", p.ann, "text", "x")) })
	if after := id(c.get("changes?timeout=50&after=%d", before), "version"); after == before {
		t.Error("nobody was told")
	}
}

func TestStage(t *testing.T) {
	p := open(t, sim.Strict())
	got := tool{t, p.url}.get("stage")
	if id(got, "client") != p.ann || id(got, "forum") != p.forum || got["bot_name"] != "Desk" || len(got["accounts"].([]any)) != 3 {
		t.Errorf("stage %v", got)
	}
	p.server.SetStage(doors.Stage{Title: "Other", Client: p.ann})
	if got := (tool{t, p.url}).get("stage"); got["title"] != "Other" || id(got, "bot") != 0 {
		t.Errorf("stage %v", got)
	}
	p.server.SetStage(doors.Stage{})
	got = tool{t, p.url}.get("stage")
	if id(got, "bot") != p.bot || id(got, "forum") != p.forum || id(got, "client") != p.ann || fmt.Sprint(got["operators"]) != fmt.Sprint([]any{float64(p.olga)}) {
		t.Errorf("guessed stage %v", got)
	}
	for path, want := range map[string]string{"/": "<!doctype html>", "/page.js": "// The page", "/base.css": ":root"} {
		if res, body := fetch(t, "GET", p.url+path, "", ""); res.StatusCode != 200 || !strings.HasPrefix(body, want) {
			t.Errorf("%s: %d %.30q", path, res.StatusCode, body)
		}
	}
}

// The tables of endpoints for Go's documentation and for people are complete,
// with all arguments.
func TestRoutesAreDocumented(t *testing.T) {
	routes := doors.Routes()
	for file, row := range map[string]string{
		"doc.go":       `(?m)^//\t((?:GET|POST) +/world/\S+)(.*(?:\n//\t .*)*)`,
		"../README.md": "(?m)^\\| `((?:GET|POST) /world/[^`]+)`(.*)",
	} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		documented := map[string]string{}
		for _, m := range regexp.MustCompile(row).FindAllStringSubmatch(string(text), -1) {
			documented[strings.Join(strings.Fields(m[1]), " ")] = m[2]
		}
		for pattern, names := range routes {
			words := regexp.MustCompile(`\w+`).FindAllString(documented[pattern], -1)
			for _, name := range names {
				if !slices.Contains(words, name) {
					t.Errorf("%s: %s has no %s: %s", file, pattern, name, documented[pattern])
				}
			}
		}
		_, below, _ := strings.Cut(string(text), "the items of")
		below, _, _ = strings.Cut(strings.ReplaceAll(below, "//", ""), "\n\n")
		for part, names := range doors.Parts() {
			_, of, _ := strings.Cut(below, part)
			for _, name := range names {
				if !regexp.MustCompile(`\b` + name + `\b`).MatchString(of) {
					t.Errorf("%s: %s has no %s", file, part, name)
				}
			}
		}
		if got, want := slices.Sorted(maps.Keys(documented)), slices.Sorted(maps.Keys(routes)); !slices.Equal(got, want) {
			t.Errorf("%s has\n%s\nreal are\n%s", file, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}
