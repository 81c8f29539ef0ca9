package configs

import (
	"strings"
	"testing"
)

// TestCheck: values that are of the right kind, with the reason for those that
// can't be used. Each has only the flags that it names, over the defaults.
func TestCheck(t *testing.T) {
	tests := []struct {
		flags string // key=value, separated by blanks
		want  string // the only fault, after "flag KEY: "; empty = accepted
	}{
		{"data_dir=", "data_dir is empty: it is the folder for all data"},

		{"bot_token=123456:AAF-x_9", ""},
		{"bot_token=123456", "bot_token is no bot token: one looks like 123456789:AAF…, as @BotFather gives it"},
		{"bot_token=bot123:AAF", "bot_token is no bot token: one looks like 123456789:AAF…, as @BotFather gives it"},

		{"telegram.api_root=http://127.0.0.1:8081", ""},
		{"telegram.api_root=https://desk.example.org/bots", ""},
		{"telegram.api_root=", "telegram.api_root is no address: one looks like https://host"},
		{"telegram.api_root=api.telegram.org", "telegram.api_root is no address: one looks like https://host"},
		{"telegram.api_root=ftp://host", "telegram.api_root is no address: one looks like https://host"},
		{"telegram.api_root=http://host:port", "telegram.api_root is no address: one looks like https://host"},
		{"telegram.api_root=https://:443", "telegram.api_root is no address: one looks like https://host"},
		{"telegram.api_root=https://api.telegram.org/", "telegram.api_root has a slash at the end: leave it out"},
		{"telegram.api_root=https://me:pass@host", "telegram.api_root has a user or password, which is not supported"},
		{"telegram.api_root=https://host?a=b", "telegram.api_root has a ? or #: the address ends before it"},
		{"telegram.api_root=https://host#a", "telegram.api_root has a ? or #: the address ends before it"},
		{"telegram.local=true", "telegram.local is true, but telegram.api_root is Telegram's own server"},
		{"telegram.local=true telegram.api_root=http://127.0.0.1:8081", ""},
		{"telegram.call_timeout=10s", ""},
		{"telegram.call_timeout=9s", "telegram.call_timeout is 9s, outside of 10s to 10m0s"},
		{"telegram.call_timeout=11m", "telegram.call_timeout is 11m0s, outside of 10s to 10m0s"},
		{"telegram.poll_timeout=50s", ""},
		{"telegram.poll_timeout=51s", "telegram.poll_timeout is 51s, outside of 1s to 50s"},
		{"telegram.poll_timeout=-1s", "telegram.poll_timeout is -1s, outside of 1s to 50s"},

		{"http.listen=:0", ""},
		{"http.listen=[::1]:80", ""},
		{"http.listen=8080", `http.listen is "8080", which is no host:port`},
		{"http.listen=", `http.listen is "", which is no host:port`},
		{"http.listen=::1:80", `http.listen is "::1:80", which is no host:port`},
		{"http.listen=:http", `http.listen is ":http", whose port is no number from 0 to 65535`},
		{"http.listen=:65536", `http.listen is ":65536", whose port is no number from 0 to 65535`},
		{"http.listen=:080", `http.listen is ":080", whose port is no number from 0 to 65535`},
		{"http.public_url=https://desk.example.org", ""},
		{"http.public_url=https://desk.example.org:8443/hook", ""},
		{"http.public_url=http://desk.example.org", "http.public_url is not https, without which Telegram delivers nothing"},
		{"http.public_url=https://desk.example.org:8080",
			"http.public_url has port 8080: Telegram delivers to 443, 80, 88 and 8443 only"},
		{"http.public_url=http://127.0.0.1:8080 telegram.api_root=http://127.0.0.1:8081", ""},
		{"http.public_url=desk telegram.api_root=http://127.0.0.1:8081", "http.public_url is no address: one looks like https://host"},
		{"http.webhook_max_connections=100", ""},
		{"http.webhook_max_connections=0", "http.webhook_max_connections is 0, outside of 1 to 100"},
		{"http.webhook_max_connections=101", "http.webhook_max_connections is 101, outside of 1 to 100"},
		{"http.webhook_max_connections=101 telegram.local=true telegram.api_root=http://127.0.0.1:8081", ""},

		{"limits.uncommitted_updates=0", "limits.uncommitted_updates is 0, outside of 1 to 1000000"},
		{"limits.commits_at_once=0", "limits.commits_at_once is 0, outside of 1 to 1024"},
		{"limits.open_tenants=-1", "limits.open_tenants is -1, outside of 0 to 1000000"},
		{"limits.group_tokens=3", "limits.group_tokens is 3, outside of 4 to 1000000"},
		{"limits.group_tokens=1000000 limits.group_window=1s", ""},
		{"limits.group_window=0s", "limits.group_window is 0s, outside of 1s to 1h0m0s"},
		{"limits.group_tokens=0 limits.private_per_second=0 limits.login_per_second=0", ""},
		{"limits.group_tokens=-1", "limits.group_tokens is -1, outside of 4 to 1000000"},
		{"limits.private_per_second=0.001", "limits.private_per_second is 0.001, outside of 0.01 to 1000000"},
		{"limits.login_per_second=1000001", "limits.login_per_second is 1000001, outside of 0.01 to 1000000"},
		{"limits.idle_close=0s", "limits.idle_close is 0s, outside of 1s to 24h0m0s"},

		{"log.format=json", ""},
		{"log.format=xml", `log.format is "xml", which is neither text nor json`},

		{"debug.listen=", ""},
		{"debug.listen=:0", ""},
		{"debug.listen=:0 debug.pprof=true", ""},
		{"debug.pprof=true", "debug.pprof is true, but debug.listen is empty: profiles are served there"},
		{"debug.listen=6060", `debug.listen is "6060", which is no host:port`},

		{"simulator.listen=localhost", `simulator.listen is "localhost", which is no host:port`},
		{"simulator.profile=", "simulator.profile is no profile's name, such as strict"},
		{"simulator.profile=short-floods", ""},
		{"simulator.group_per_minute=5000 simulator.private_per_second=9 simulator.login_per_second=900", ""},
		{"simulator.group_per_minute=-1", "simulator.group_per_minute is -1, outside of 0 to 1000000"},
		{"simulator.private_per_second=-1", "simulator.private_per_second is -1, outside of 0 to 1000000"},
		{"simulator.login_per_second=-1", "simulator.login_per_second is -1, outside of 0 to 1000000"},
	}
	for _, test := range tests {
		t.Run(test.flags, func(t *testing.T) {
			flags := map[string]string{}
			for _, flag := range strings.Fields(test.flags) {
				key, value, _ := strings.Cut(flag, "=")
				flags[key] = value
			}
			_, err := Load(Sources{Flags: flags})
			switch {
			case test.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case test.want != "" && err == nil:
				t.Error("accepted")
			case test.want != "":
				key, _, _ := strings.Cut(test.want, " ")
				if want := "flag " + key + ": " + test.want; err.Error() != want {
					t.Errorf("refused by\n%v\nwant\n%s", err, want)
				}
			}
		})
	}
}
