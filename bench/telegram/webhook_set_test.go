package telegram

import (
	"strings"
	"testing"
	"time"
)

// publicHooks are the rules of api.telegram.org for webhooks.
func publicHooks() *Knobs {
	k := Unlimited()
	k.PlainWebhooks, k.ServerLimits = false, true
	return &k
}

func TestWebhookAddresses(t *testing.T) {
	const cert = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
	for _, tt := range []struct {
		want  string // description of the failure; "" = taken
		pairs []any
	}{
		{"", []any{"url", "https://bot.example.com/hook"}},
		{"", []any{"url", "bot.example.com"}},
		{"", []any{"url", "HTTPS://Bot.Example.com:8443/"}},
		{"", []any{"url", "https://bücher.example:88/"}},
		{"", []any{"url", "https://8.8.8.8/"}},
		{"", []any{"url", "https://nowhere/", "ip_address", "8.8.8.8"}},
		{"", []any{"url", "https://a.bc/", "certificate", Upload{Data: []byte(cert)}}},
		{"", []any{"url", "https://a.bc/", "certificate", "attach://c", "c", Upload{Data: []byte(cert)}}},
		{"invalid webhook URL specified", []any{"url", "ftp://a.bc/"}},
		{"invalid webhook URL specified", []any{"url", "https:///x"}},
		{"invalid webhook URL specified", []any{"url", "https://a.bc:0/"}},
		{"invalid webhook URL specified", []any{"url", "https://a.bc:99999/"}},
		{"invalid webhook URL specified", []any{"url", "https://a\"bc/"}},
		{"secret token is too long", []any{"url", "https://a.bc/", "secret_token", strings.Repeat("a", 257)}},
		{"secret token contains unallowed characters", []any{"url", "https://a.bc/", "secret_token", "a b"}},
		{"secret token is too long", []any{"url", "http://a.bc/", "secret_token", strings.Repeat("a", 257)}},
		{"certificate size is too big (3145729 bytes)", []any{"url", "https://a.bc/", "certificate", Upload{Data: make([]byte, 3<<20+1)}}},
		{"bad webhook: An HTTPS URL must be provided for webhook", []any{"url", "http://a.bc/"}},
		{"bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443", []any{"url", "https://a.bc:444/"}},
		{"bad webhook: Failed to resolve host: Name or service not known", []any{"url", "nonsense"}},
		{"bad webhook: IPv6-only addresses are not allowed", []any{"url", "https://[2001:db8::1]/"}},
		{"bad webhook: IPv6-only addresses are not allowed", []any{"url", "https://a.bc/", "ip_address", "::1"}},
		{"bad webhook: Invalid IP address specified", []any{"url", "https://a.bc/", "ip_address", "here"}},
		{"bad webhook: IP address 127.0.0.1 is reserved", []any{"url", "https://localhost/"}},
		{"bad webhook: IP address 10.1.2.3 is reserved", []any{"url", "https://10.1.2.3/"}},
		{"bad webhook: IP address 192.168.1.1 is reserved", []any{"url", "https://a.bc/", "ip_address", "192.168.1.1"}},
		{"bad webhook: Failed to set custom certificate file", []any{"url", "https://a.bc/", "certificate", Upload{Data: []byte("x")}}},
	} {
		s := newScene(t, Options{Knobs: publicHooks()})
		a := s.call("setWebhook", tt.pairs...)
		if tt.want == "" && (!a.OK || a.Description != "Webhook was set") ||
			tt.want != "" && (a.Code != 400 || a.Description != "Bad Request: "+tt.want) {
			t.Errorf("%v: %v %d %q, want %q", tt.pairs[1], a.OK, a.Code, a.Description, tt.want)
		}
		if set := s.w.WebhookOf(s.bot).URL != ""; set != a.OK {
			t.Errorf("%v: set = %v", tt.pairs[1], set)
		}
	}
}

func TestWebhookDescriptions(t *testing.T) {
	s := newScene(t, Options{Knobs: publicHooks()})
	cert := Upload{Data: []byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")}
	for _, tt := range []struct {
		want   string
		method string
		pairs  []any
	}{
		{"Webhook is already deleted", "deleteWebhook", nil},
		{"Webhook was set", "setWebhook", []any{"url", "https://a.bc/"}},
		{"Webhook is already set", "setWebhook", []any{"url", "https://a.bc/", "allowed_updates", []string{"message"}}},
		{"Webhook was set", "setWebhook", []any{"url", "https://a.bc/", "drop_pending_updates", true}},
		{"Webhook was set", "setWebhook", []any{"url", "https://a.bc/", "max_connections", 1000}},
		{"Webhook was set", "setWebhook", []any{"url", "https://a.bc/", "certificate", cert}},
		{"Webhook was set", "setWebhook", []any{"url", "https://a.bc/", "certificate", cert}},
		{"Webhook was deleted", "setWebhook", []any{"url", ""}},
		{"Webhook is already deleted", "setWebhook", nil},
	} {
		s.w.SetTime(s.w.Now().Add(time.Second))
		if a := s.call(tt.method, tt.pairs...); !a.OK || string(a.Result) != "true" || a.Description != tt.want {
			t.Errorf("%s %v: %s %q, want %q", tt.method, tt.pairs, a.Result, a.Description, tt.want)
		}
	}
}

func TestWebhookInfo(t *testing.T) {
	s := newScene(t, Options{Knobs: publicHooks()})
	info := func(want string) {
		t.Helper()
		if a := s.call("getWebhookInfo"); string(a.Result) != want {
			t.Errorf("got  %s\nwant %s", a.Result, want)
		}
	}
	info(`{"url":"","has_custom_certificate":false,"pending_update_count":0}`)
	s.ok("setWebhook", "url", "a.bc/x", "allowed_updates", []string{"poll", "Message", "nonsense"})
	s.saidIn(s.bot)
	info(`{"url":"a.bc/x","has_custom_certificate":false,"pending_update_count":1,"max_connections":40,"ip_address":"<unknown>",` +
		`"allowed_updates":["message","poll"]}`)
	s.w.WebhookReached(s.bot, "8.8.4.4")
	s.w.WebhookFailed(s.bot, "Connection refused")
	info(`{"url":"a.bc/x","has_custom_certificate":false,"pending_update_count":1,"last_error_date":` + itoa(s.w.unix()) +
		`,"last_error_message":"Connection refused","max_connections":40,"ip_address":"8.8.4.4","allowed_updates":["message","poll"]}`)
	s.w.SetTime(s.w.Now().Add(time.Second))
	s.ok("setWebhook", "url", "https://a.bc/", "ip_address", "8.8.8.8", "allowed_updates", []string{}, "drop_pending_updates", true)
	s.w.WebhookReached(s.bot, "1.1.1.1")
	info(`{"url":"https://a.bc/","has_custom_certificate":false,"pending_update_count":0,"max_connections":40,"ip_address":"8.8.8.8"}`)
}

// A refused setWebhook has already closed the old webhook.
func TestRefusedWebhookClosesTheOld(t *testing.T) {
	s := newScene(t, Options{Knobs: publicHooks()})
	s.ok("setWebhook", "url", "https://a.bc/")
	if a := s.call("setWebhook", "url", "https://b.cd/"); a.Code != 429 || a.RetryAfter != 1 {
		t.Errorf("a second setWebhook within a second: %d, retry after %d", a.Code, a.RetryAfter)
	}
	s.w.SetTime(s.w.Now().Add(time.Second))
	s.refused(webhookPort, "setWebhook", "url", "https://b.cd:1/")
	if h := s.w.WebhookOf(s.bot); h.URL != "" {
		t.Errorf("the webhook is still %q", h.URL)
	}
}

// A setWebhook that is under way is ended by the next, and excludes polls.
func TestParallelSetWebhook(t *testing.T) {
	s := newScene(t, Options{Knobs: publicHooks()})
	first := s.w.Begin(s.token, "setWebhook", ArgsOf("url", "https://a.bc/"))
	s.refused(webhookActive, "getUpdates")
	s.w.SetTime(s.w.Now().Add(conflictPause))
	second := s.w.Begin(s.token, "deleteWebhook", Args{})
	if a, _ := s.w.Finish(second); !a.OK {
		t.Errorf("the second: %+v", a)
	}
	if a, _ := s.w.Finish(first); a.Code != 409 || a.Description != failures[otherSetWebhook].Text {
		t.Errorf("the first: %+v", a)
	}
}

func TestLogOut(t *testing.T) {
	s := newScene(t, Options{Knobs: publicHooks()})
	s.ok("setWebhook", "url", "https://a.bc/")
	s.saidIn(s.bot)
	s.ok("logOut")
	s.refused(loggedOut, "getMe")
	s.refused(loggedOut, "nonsense")
	s.saidIn(s.bot)
	s.w.SetTime(s.w.Now().Add(awayFor))
	if got := s.updates(); len(got) != 0 {
		t.Errorf("after coming back there is %v", got)
	}
}

func TestClose(t *testing.T) {
	s := newScene(t, Options{Knobs: publicHooks()})
	s.ok("setWebhook", "url", "https://a.bc/")
	s.w.SetTime(s.w.Now().Add(4 * time.Minute))
	if a := s.call("close"); a.Code != 429 || a.RetryAfter != 360 || a.Description != "Too Many Requests: retry after 360" {
		t.Errorf("close after four minutes: %+v", a)
	}
	s.w.SetTime(s.w.Now().Add(6 * time.Minute))
	s.ok("close")
	if h := s.w.WebhookOf(s.bot); h.URL != "" {
		t.Error("a closed bot has its webhook served")
	}
	s.refused(alreadyClosed, "close")
	s.ok("getMe")
	if h := s.w.WebhookOf(s.bot); h.URL == "" {
		t.Error("the webhook is gone after a restart")
	}
	if a := s.call("close"); a.RetryAfter != 600 {
		t.Errorf("close after a restart: %+v", a)
	}
}

func TestTokens(t *testing.T) {
	s := newScene(t, Options{})
	_, test := s.w.NewBot(Robot{Name: "T", Test: true})
	for _, tt := range []struct {
		token, method string
		want          Situation
	}{
		{"", "getMe", invalidToken},
		{"nocolon", "getMe", invalidToken},
		{"0" + s.token, "getMe", invalidToken},
		{s.token + strings.Repeat("x", 80), "getMe", invalidToken},
		{"12a:x", "getMe", misdirected},
		{":x", "getMe", misdirected},
		{"-5:x", "getMe", invalidToken},
		{"18014398509481984:x", "getMe", invalidToken},
		{"18014398509481983:x", "getMe", unauthorized},
		{"5:x", "CLOSE", alreadyClosed},
		{s.token + "/test", "getMe", unauthorized},
		{strings.TrimSuffix(test, "/test"), "getMe", unauthorized},
	} {
		a := s.w.Call(tt.token, tt.method, Args{})
		if want := failures[tt.want]; a.Code != want.Code || a.Description != want.Text {
			t.Errorf("%q: %d %q, want %d %q", tt.token, a.Code, a.Description, want.Code, want.Text)
		}
	}
	if a := s.w.Call(test, "getMe", Args{}); !a.OK {
		t.Errorf("a bot of the test environment: %s", a.Description)
	}
}

func TestSplitPath(t *testing.T) {
	for _, tt := range []struct {
		path, token, method string
		ok                  bool
	}{
		{"1:a/getMe", "1:a", "getMe", true},
		{"1:a/test/getMe", "1:a/test", "getMe", true},
		{"1:a/getMe/", "1:a", "getMe/", true},
		{"1:a/", "1:a", "", true},
		{"1:a/testing", "", "", false},
		{"1:a/test", "", "", false},
		{"1:a", "", "", false},
	} {
		token, method, ok := SplitPath(tt.path)
		if ok != tt.ok || ok && (token != tt.token || method != tt.method) {
			t.Errorf("%q: %q %q %v", tt.path, token, method, ok)
		}
	}
}
