package doors_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mymmrac/telego"
	"github.com/mymmrac/telego/telegoapi"
	tu "github.com/mymmrac/telego/telegoutil"

	sim "topicdesk/bench/telegram"
)

// fetch does one request and returns the answer with its body.
func fetch(t *testing.T, method, url, contentType, body string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return do(t, req, contentType)
}

func do(t *testing.T, req *http.Request, contentType string) (*http.Response, string) {
	t.Helper()
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(raw)
}

// pixels is the smallest picture that Telegram takes for one.
const pixels = "GIF89a\x01\x00\x01\x00\x00\x00\x00"

func TestTelego(t *testing.T) {
	p := open(t, sim.Strict())
	b, ctx := p.client(), t.Context()
	me, err := b.GetMe(ctx)
	if err != nil || me.ID != p.bot || me.Username != "desk_bot" {
		t.Fatalf("getMe = %+v, %v", me, err)
	}
	sent, err := b.SendMessage(ctx, tu.Message(tu.ID(p.ann), "Grüße 🟢"))
	if err != nil {
		t.Fatal(err)
	}
	photo, err := b.SendPhoto(ctx, tu.Photo(tu.ID(p.ann), tu.FileFromReader(strings.NewReader(pixels), "a.jpg")).WithCaption("look"))
	if err != nil {
		t.Fatal(err)
	}
	if photo.MessageID != sent.MessageID+1 {
		t.Errorf("photo is number %d after %d", photo.MessageID, sent.MessageID)
	}
	if got, want := p.texts(p.ann, p.bot, 0), []string{"/start", "Grüße 🟢", "look"}; !slices.Equal(got, want) {
		t.Errorf("Ann sees %q, want %q", got, want)
	}
	file, err := b.GetFile(ctx, &telego.GetFileParams{FileID: photo.Photo[len(photo.Photo)-1].FileID})
	if err != nil {
		t.Fatal(err)
	}
	res, body := fetch(t, http.MethodGet, b.FileDownloadURL(file.FilePath), "", "")
	if res.StatusCode != 200 || body != pixels {
		t.Errorf("download: %d %q", res.StatusCode, body)
	}
	if res, _ = fetch(t, http.MethodGet, b.FileDownloadURL("photos/file_99.jpg"), "", ""); res.StatusCode != 404 {
		t.Errorf("download of nothing: %d", res.StatusCode)
	}
}

func TestLongPoll(t *testing.T) {
	p := open(t, sim.Strict())
	b, ctx := p.client(), t.Context()
	first, err := b.GetUpdates(ctx, &telego.GetUpdatesParams{})
	if err != nil || len(first) != 1 || first[0].Message.Text != "/start" {
		t.Fatalf("first updates = %+v, %v", first, err)
	}
	type result struct {
		updates []telego.Update
		err     error
	}
	came := make(chan result, 1)
	go func() {
		u, err := b.GetUpdates(ctx, &telego.GetUpdatesParams{Offset: first[0].UpdateID + 1, Timeout: 50})
		came <- result{u, err}
	}()
	p.with(func(w *sim.World) { w.Say(p.ann, p.bot, 0, "are you there?") })
	got := <-came
	if got.err != nil || len(got.updates) != 1 || got.updates[0].Message.Text != "are you there?" {
		t.Errorf("poll = %+v, %v", got.updates, got.err)
	}
}

// A caller that goes away ends its poll, so that the next is not refused.
func TestPollEndsWithItsCaller(t *testing.T) {
	p := open(t, sim.Unlimited())
	b := p.client()
	u, err := b.GetUpdates(t.Context(), &telego.GetUpdatesParams{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err = b.GetUpdates(ctx, &telego.GetUpdatesParams{Offset: u[0].UpdateID + 1, Timeout: 50})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("poll of a caller who left: %v", err)
	}
	if _, err = b.GetUpdates(t.Context(), &telego.GetUpdatesParams{Offset: u[0].UpdateID + 1}); err != nil {
		t.Errorf("next poll: %v", err)
	}
}

func TestFaults(t *testing.T) {
	for _, tc := range []struct {
		do   sim.FaultKind
		want func(error) bool
		done bool
	}{
		{sim.Flood, isFlood, false},
		{sim.Gateway, says("502"), false},
		{sim.GatewayAfter, says("502"), true},
		{sim.ServerError, says("500"), false},
		{sim.ServerAfter, says("500"), true},
		{sim.Reset, isReset, false},
		{sim.LostAnswer, isReset, true},
	} {
		t.Run(string(tc.do), func(t *testing.T) {
			p := open(t, sim.Strict())
			p.with(func(w *sim.World) { w.AddFault(sim.Fault{Method: "sendMessage", Count: 1, Do: tc.do, Retry: 7}) })
			_, err := p.client().SendMessage(t.Context(), tu.Message(tu.ID(p.ann), "once"))
			if err == nil || !tc.want(err) {
				t.Errorf("error %v", err)
			}
			if done := slices.Contains(p.texts(p.ann, p.bot, 0), "once"); done != tc.done {
				t.Errorf("done = %v, want %v", done, tc.done)
			}
		})
	}
}

func isFlood(err error) bool {
	var e *telegoapi.Error
	return errors.As(err, &e) && e.ErrorCode == 429 && e.Parameters.RetryAfter == 7 &&
		e.Description == "Too Many Requests: retry after 7"
}

func says(part string) func(error) bool {
	return func(err error) bool { return strings.Contains(err.Error(), part) }
}

func isReset(err error) bool {
	var e *telegoapi.Error
	return !errors.As(err, &e) && (strings.Contains(err.Error(), "reset") || errors.Is(err, io.EOF))
}

// A call whose answer nobody waits for is done all the same.
func TestHang(t *testing.T) {
	p := open(t, sim.Strict())
	p.with(func(w *sim.World) {
		w.AddFault(sim.Fault{Method: "sendMessage", Count: 1, Do: sim.Hang, Delay: time.Minute})
	})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := p.client().SendMessage(ctx, tu.Message(tu.ID(p.ann), "late"))
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("error %v", err)
	}
	for deadline := time.Now().Add(5 * time.Second); p.door.Due().IsZero(); {
		if time.Now().After(deadline) {
			t.Fatal("the call was forgotten")
		}
	}
	if slices.Contains(p.texts(p.ann, p.bot, 0), "late") {
		t.Error("the call was done before its time")
	}
	p.door.Advance(time.Minute)
	if !slices.Contains(p.texts(p.ann, p.bot, 0), "late") {
		t.Error("the call was never done")
	}
}

func form(t *testing.T, fill func(*multipart.Writer)) (contentType, body string) {
	t.Helper()
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	fill(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), out.String()
}

func TestEncodings(t *testing.T) {
	p := open(t, sim.Unlimited())
	base := p.url + "/bot" + p.token
	parts, body := form(t, func(w *multipart.Writer) {
		w.WriteField("chat_id", "400000001")
		w.WriteField("text", "multi & part")
	})
	nothing, empty := form(t, func(*multipart.Writer) {})
	for _, tc := range []struct {
		name, method, path, contentType, body string
		want                                  string
	}{
		{"query", "GET", "/sendMessage?chat_id=400000001&text=a+b%20%D0%B9%zz", "", "", "a b й%zz"},
		{"urlencoded", "POST", "/sendmessage", "application/x-www-form-urlencoded", "chat_id=400000001&text=c%26d", "c&d"},
		{"json", "POST", "/SENDMESSAGE", "application/json", `{"chat_id":400000001,"text":"e \u0439"}`, "e й"},
		{"multipart", "POST", "/sendMessage", parts, body, "multi & part"},
		{"query before body", "POST", "/sendMessage?text=query", "application/json", `{"chat_id":400000001,"text":"body"}`, "query"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res, got := fetch(t, tc.method, base+tc.path, tc.contentType, tc.body)
			if res.StatusCode != 200 || res.Header.Get("Content-Type") != "application/json" {
				t.Fatalf("%d %s", res.StatusCode, got)
			}
			seen := p.texts(p.ann, p.bot, 0)
			if last := seen[len(seen)-1]; last != tc.want {
				t.Errorf("sent %q, want %q", last, tc.want)
			}
		})
	}
	for _, tc := range []struct{ name, contentType, body string }{
		{"null", "application/json", "null"},
		{"no body", "application/json", ""},
		{"empty multipart", nothing, empty},
		{"nothing of multipart", nothing, ""},
		{"broken json", "application/json", `{"a":`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			req, err := http.NewRequest("POST", base+"/getMe", struct{ io.Reader }{strings.NewReader(tc.body)})
			if err != nil {
				t.Fatal(err)
			}
			req.ContentLength = -1 // chunked
			if res, got := do(t, req, tc.contentType); res.StatusCode != 200 {
				t.Errorf("%d %s", res.StatusCode, got)
			}
		})
	}
	t.Run("gzip", func(t *testing.T) {
		var out bytes.Buffer
		z := gzip.NewWriter(&out)
		io.WriteString(z, `{"chat_id":400000001,"text":"packed"}`)
		z.Close()
		req, err := http.NewRequest("POST", base+"/sendMessage", &out)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Encoding", "gzip")
		if res, got := do(t, req, "application/json"); res.StatusCode != 200 {
			t.Errorf("%d %s", res.StatusCode, got)
		}
	})
}

func TestRefusals(t *testing.T) {
	p := open(t, sim.Strict())
	bot := "/bot" + p.token
	many, files := form(t, func(w *multipart.Writer) {
		for i := range 51 {
			part, _ := w.CreateFormFile("f"+string(rune('A'+i)), "x")
			part.Write([]byte("x"))
		}
	})
	for _, tc := range []struct {
		name, method, path, contentType, body string
		code                                  int
		want                                  string
	}{
		{"no method", "GET", bot, "", "", 404, `{"ok":false,"error_code":404,"description":"Not Found"}`},
		{"empty method", "GET", bot + "/", "", "", 404, `{"ok":false,"error_code":404,"description":"Not Found: method not found"}`},
		{"unknown method", "GET", bot + "/sendNothing", "", "", 404, `{"ok":false,"error_code":404,"description":"Not Found: method not found"}`},
		{"unknown path", "GET", "/bo", "", "", 404, `{"ok":false,"error_code":404,"description":"Not Found"}`},
		{"method that begins with test", "GET", bot + "/testing", "", "", 404, `{"ok":false,"error_code":404,"description":"Not Found"}`},
		{"test environment", "GET", bot + "/test/getMe", "", "", 401, `{"ok":false,"error_code":401,"description":"Unauthorized"}`},
		{"id is no number", "GET", "/bot1x:y/getMe", "", "", 421, `{"ok":false,"error_code":421,"description":"Misdirected Request: unallowed token specified"}`},
		{"close of a bot that isn't there", "GET", "/bot5:y/close", "", "", 400, `{"ok":false,"error_code":400,"description":"Bad Request: the bot has already been closed"}`},
		{"HEAD", "HEAD", bot + "/getMe", "", "", 501, ""},
		{"wrong secret", "GET", bot[:len(bot)-1] + "!/getMe", "", "", 401, `{"ok":false,"error_code":401,"description":"Unauthorized"}`},
		{"no token", "GET", "/botx/getMe", "", "", 401, `{"ok":false,"error_code":401,"description":"Unauthorized: invalid token specified"}`},
		{"malformed JSON counts as nothing", "POST", bot + "/sendMessage", "application/json", `{"chat_id":1,`, 400,
			`{"ok":false,"error_code":400,"description":"Bad Request: message text is empty"}`},
		{"too many parameters", "POST", bot + "/getMe", "application/json", `{"a":"` + strings.Repeat("x", 1<<20) + `"}`, 413, ""},
		{"too many files", "POST", bot + "/getMe", many, files, 413, ""},
		{"no boundary", "POST", bot + "/getMe", "multipart/form-data", "x", 400, ""},
		{"other verbs", "PUT", bot + "/getMe", "", "", 501, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res, body := fetch(t, tc.method, p.url+tc.path, tc.contentType, tc.body)
			if res.StatusCode != tc.code || body != tc.want {
				t.Errorf("%d %q, want %d %q", res.StatusCode, body, tc.code, tc.want)
			}
		})
	}
	t.Run("a whole URL in the request line", func(t *testing.T) {
		res, body := through(t, p.url, "http://elsewhere.test"+bot+"/getMe")
		if want := `{"ok":false,"error_code":404,"description":"Not Found: absolute URI is specified in the Request-Line"}`; res.StatusCode != 404 || body != want {
			t.Errorf("%d %q, want 404 %q", res.StatusCode, body, want)
		}
	})
	t.Run("over 50 MB", func(t *testing.T) {
		res, body := fetch(t, "POST", p.url+bot+"/sendDocument", "application/octet-stream", strings.Repeat("x", 50<<20+1))
		if res.StatusCode != 413 || !strings.HasPrefix(body, "<html>") {
			t.Errorf("%d %.40q", res.StatusCode, body)
		}
	})
}

// through asks the server for a URL as if it were a proxy.
func through(t *testing.T, server, target string) (*http.Response, string) {
	t.Helper()
	proxy, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(proxy), DisableKeepAlives: true}}
	res, err := client.Get(target)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func TestFrontHeaders(t *testing.T) {
	p := open(t, sim.Strict())
	for path, code := range map[string]int{"/getMe": 200, "/?method=getMe": 200, "/nothing": 404} {
		res, body := fetch(t, "GET", p.url+"/bot"+p.token+path, "", "")
		if res.StatusCode != code {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		}
		for name, want := range map[string]string{
			"Server": "nginx/1.18.0", "Connection": "keep-alive", "Content-Type": "application/json",
			"Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload", "Access-Control-Allow-Origin": "*",
			"Access-Control-Expose-Headers": "Content-Length,Content-Type,Date,Server,Connection",
		} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
	}
}

func TestTestEnvironment(t *testing.T) {
	p := open(t, sim.Strict())
	var token string
	p.with(func(w *sim.World) { _, token = w.NewBot(sim.Robot{Name: "T", Test: true}) })
	if !strings.HasSuffix(token, "/test") {
		t.Fatalf("token %q", token)
	}
	if res, body := fetch(t, "GET", p.url+"/bot"+token+"/getMe", "", ""); res.StatusCode != 200 {
		t.Errorf("%d %s", res.StatusCode, body)
	}
}

func TestFloodHeaders(t *testing.T) {
	p := open(t, sim.Strict())
	for range 30 {
		res, body := fetch(t, "GET", p.url+"/bot"+p.token+"/sendMessage?text=x&chat_id=400000001", "", "")
		if res.StatusCode == 429 {
			want := `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1","parameters":{"retry_after":1}}`
			if res.Header.Get("Retry-After") != "1" || body != want {
				t.Errorf("Retry-After %q, %s", res.Header.Get("Retry-After"), body)
			}
			return
		}
	}
	t.Error("never flooded")
}
