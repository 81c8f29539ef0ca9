package doctor

import (
	"strings"
	"testing"
	"time"

	"topicdesk/actors/telegram/botapi"
	"topicdesk/actors/web"
)

// TestHookFindings: how Telegram delivers, held against how the node receives.
func TestHookFindings(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	const ours = "https://desk.example/tg/abc"
	for name, tt := range map[string]struct {
		ours string
		info botapi.WebhookInfo
		want string // of the only finding; "" = none
	}{
		"polls":           {"", botapi.WebhookInfo{}, ""},
		"polls, a hook":   {"", botapi.WebhookInfo{URL: "https://a.example/secret"}, "warning Telegram delivers to https://a.example, and this node asks"},
		"ours":            {ours, botapi.WebhookInfo{URL: ours}, ""},
		"none":            {ours, botapi.WebhookInfo{}, "warning Telegram has no webhook"},
		"another":         {ours, botapi.WebhookInfo{URL: "https://a.example/tg/abc"}, "failed Telegram delivers to https://a.example, which is not http.public_url"},
		"an old secret":   {ours, botapi.WebhookInfo{URL: "https://desk.example/tg/old"}, "warning Telegram delivers to this node's address with an old secret"},
		"many wait":       {ours, botapi.WebhookInfo{URL: ours, Pending: 101}, "warning 101 updates wait"},
		"failed lately":   {ours, botapi.WebhookInfo{URL: ours, Failed: now.Add(-time.Minute), LastError: "Connection refused"}, "warning Telegram could not deliver at"},
		"failed long ago": {ours, botapi.WebhookInfo{URL: ours, Failed: now.Add(-2 * time.Hour), LastError: "Connection refused"}, ""},
	} {
		found := hookFindings("acme", tt.ours, tt.info, now)
		switch {
		case tt.want == "" && len(found) != 0, tt.want != "" && len(found) != 1:
			t.Errorf("%s: %+v", name, found)
		case tt.want != "" && (!strings.HasPrefix(string(found[0].Level)+" "+found[0].Says, tt.want) || found[0].Do == ""):
			t.Errorf("%s: %+v, want %s", name, found[0], tt.want)
		}
	}
}

// TestClockFinding: the header has whole seconds, which is no difference.
func TestClockFinding(t *testing.T) {
	asked := time.Unix(1_800_000_000, 900e6)
	answered := asked.Add(300 * time.Millisecond)
	for there, want := range map[time.Time]web.Level{
		time.Unix(1_800_000_000, 0): web.Well, time.Unix(1_800_000_001, 0): web.Well,
		time.Unix(1_799_999_994, 0): web.Warning, time.Unix(1_800_000_010, 0): web.Warning,
		time.Unix(1_799_999_000, 0): web.Bad, time.Unix(1_800_000_100, 0): web.Bad,
	} {
		f := clockFinding(there, asked, answered)
		if f.Level != want || want != web.Well && f.Do == "" {
			t.Errorf("%s: %+v, want %s", there, f, want)
		}
	}
	if f := clockFinding(asked.Add(-time.Hour), asked, answered); f.Says != "1h0m0s ahead of Telegram's" {
		t.Error(f.Says)
	}
}
