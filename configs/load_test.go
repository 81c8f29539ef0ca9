package configs

import (
	"bytes"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/knadh/koanf/v2"
)

// write makes a settings file named desk.yaml and returns its path.
func write(t *testing.T, text string) string {
	t.Helper()
	return put(t, "desk.yaml", text)
}

func put(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func load(t *testing.T, s Sources) Config {
	t.Helper()
	c, err := Load(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDefault(t *testing.T) {
	want := Config{
		DataDir: "./data",
		KeyFile: "data/node.key",
		Telegram: Telegram{
			APIRoot:     "https://api.telegram.org",
			CallTimeout: 15 * time.Second,
			PollTimeout: 25 * time.Second,
		},
		HTTP: HTTP{Listen: "127.0.0.1:8080", WebhookMaxConnections: 4},
		Limits: Limits{
			UncommittedUpdates:     4096,
			TenantUpdatesPerSecond: 200,
			TenantOutbox:           20000,
			TenantFileMiB:          1024,
			CommitsAtOnce:          16,
			GroupTokens:            20,
			GroupWindow:            time.Minute,
			PrivatePerSecond:       1,
			LoginPerSecond:         30,
			IdleClose:              5 * time.Minute,
		},
		Log: Log{Level: slog.LevelInfo, Format: FormatText},
		Simulator: Simulator{
			Listen:  "127.0.0.1:8081",
			Profile: "strict",
		},
	}
	if diff := cmp.Diff(want, Default(), cmpopts.IgnoreUnexported(Config{}, Secret{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if !Default().BotToken.Empty() {
		t.Error("the default has a token")
	}
}

// TestEveryKind sets one setting of each kind to something else than its
// default, in each layer: what a text means doesn't depend on where it stands.
func TestEveryKind(t *testing.T) {
	want := Default()
	want.DataDir, want.KeyFile = "/srv/desk", "/srv/desk/node.key"
	want.Telegram.PollTimeout = 40 * time.Second
	want.Telegram.APIRoot, want.Telegram.Local = "http://127.0.0.1:8081", true
	want.Limits.GroupTokens, want.Limits.PrivatePerSecond = 5000, 2.5
	want.Log.Level = slog.LevelDebug
	sources := map[string]Sources{
		"file": {File: write(t, `
data_dir: /srv/desk
telegram: {poll_timeout: 40s, api_root: "http://127.0.0.1:8081", local: true}
limits:
  group_tokens: 5000
  private_per_second: 2.5
log:
  level: debug
`)},
		"variables": {Environ: []string{
			"TOPICDESK_DATA_DIR=/srv/desk",
			"TOPICDESK_TELEGRAM__POLL_TIMEOUT=40s",
			"TOPICDESK_TELEGRAM__API_ROOT=http://127.0.0.1:8081",
			"TOPICDESK_TELEGRAM__LOCAL=true",
			"TOPICDESK_LIMITS__GROUP_TOKENS=5000",
			"TOPICDESK_LIMITS__PRIVATE_PER_SECOND=2.5",
			"TOPICDESK_LOG__LEVEL=debug",
		}},
		"flags": {Flags: map[string]string{
			"data_dir":                  "/srv/desk",
			"telegram.poll_timeout":     "40s",
			"telegram.api_root":         "http://127.0.0.1:8081",
			"telegram.local":            "true",
			"limits.group_tokens":       "5000",
			"limits.private_per_second": "2.5",
			"log.level":                 "debug",
		}},
	}
	for name, s := range sources {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, load(t, s), cmpopts.IgnoreUnexported(Config{}, Secret{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestLayers: of the layers that say a key the last one counts, and is named.
func TestLayers(t *testing.T) {
	file := write(t, "# mine\nhttp:\n  listen: :1\n")
	environ := []string{"PATH=/bin", "TOPICDESK_HTTP__LISTEN=:2"}
	flags := map[string]string{"http.listen": ":3"}
	tests := map[string]struct {
		sources Sources
		listen  string
		origin  string
	}{
		"default":  {Sources{}, "127.0.0.1:8080", "default"},
		"file":     {Sources{File: file}, ":1", file + ":3"},
		"variable": {Sources{File: file, Environ: environ}, ":2", "variable TOPICDESK_HTTP__LISTEN"},
		"flag":     {Sources{File: file, Environ: environ, Flags: flags}, ":3", "flag http.listen"},
		"the file named by a variable": {
			Sources{Environ: []string{"TOPICDESK_CONFIG=" + file}}, ":1", file + ":3"},
		"a file given wins over the one named by a variable": {
			Sources{File: file, Environ: []string{"TOPICDESK_CONFIG=/nowhere"}}, ":1", file + ":3"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := load(t, test.sources)
			if c.HTTP.Listen != test.listen || c.Origin("http.listen").String() != test.origin {
				t.Errorf("%s from %s, want %s from %s", c.HTTP.Listen, c.Origin("http.listen"), test.listen, test.origin)
			}
			if c.HTTP.WebhookMaxConnections != 4 || c.Origin("http.webhook_max_connections").Layer != LayerDefault {
				t.Error("a neighbour of the key lost its default")
			}
		})
	}
}

// TestHarmless is what must not be refused and changes nothing.
func TestHarmless(t *testing.T) {
	tests := map[string]Sources{
		"an empty file":                    {File: write(t, "")},
		"a file of comments":               {File: write(t, "# nothing\n# at all\n")},
		"a file with a mark of beginning":  {File: write(t, "---\n")},
		"a section all commented out":      {File: write(t, "http:\n  # listen: :1\nlog:\n")},
		"the default file itself":          {File: write(t, DefaultFile())},
		"an empty text":                    {File: write(t, "http: {public_url: \"\"}\n")},
		"an empty variable for a text":     {Environ: []string{"TOPICDESK_BOT_TOKEN="}},
		"variables of others":              {Environ: []string{"HOME=/root", "TOPICDESKTOP=1", "broken"}},
		"variables of the project's tests": {Environ: []string{"TOPICDESK_SHARED_DATA=/x", "TOPICDESK_WORLD_SEEDS=1"}},
		"what Kubernetes sets": {Environ: []string{
			"TOPICDESK_SERVICE_HOST=10.0.0.1", "TOPICDESK_SERVICE_PORT=80", "TOPICDESK_SERVICE_PORT_HTTP=80",
			"TOPICDESK_PORT=tcp://10.0.0.1:80", "TOPICDESK_PORT_80_TCP=tcp://10.0.0.1:80",
			"TOPICDESK_PORT_80_TCP_ADDR=10.0.0.1", "TOPICDESK_WEB_SERVICE_HOST=10.0.0.1"}},
	}
	for name, s := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(Default(), load(t, s), cmpopts.IgnoreUnexported(Config{}, Secret{})); diff != "" {
				t.Errorf("-default +got:\n%s", diff)
			}
		})
	}
}

// TestRefusedFile holds the whole text of a file's faults.
func TestRefusedFile(t *testing.T) {
	tests := map[string]struct {
		file string
		want string // without the folder, one fault a line
	}{
		"unknown key": {
			"http:\n  lisen: :80\n", `desk.yaml:2: http.lisen is no setting; did you mean http.listen?`},
		"unknown key, nothing near": {
			"tentacles: 8\n", `desk.yaml:1: tentacles is no setting`},
		"unknown key of unknown form": {
			"[a, b]: 8\n", `desk.yaml:1: a key is one word`},
		"key in the wrong section": {
			"poll_timeout: 9s\n", `desk.yaml:1: poll_timeout is no setting; did you mean telegram.poll_timeout?`},
		"key of two sections": {
			"listen: :80\n", `desk.yaml:1: listen is no setting; did you mean http.listen or debug.listen or simulator.listen?`},
		"key in another case": {
			"log:\n  Level: info\n", `desk.yaml:2: log.Level is no setting: keys are case-sensitive, write log.level`},
		"section in another case": {
			"\nHTTP:\n  listen: :80\n", `desk.yaml:2: HTTP is no setting: keys are case-sensitive, write http`},
		"section misspelt": {
			"limit:\n  group_tokens: 20\n", `desk.yaml:1: limit is no setting; did you mean limits?`},
		"key with a dash": {
			"data-dir: x\n", `desk.yaml:1: data-dir is no setting; did you mean data_dir?`},
		"key with a dot": {
			"http.listen: :80\n", `desk.yaml:1: http.listen has a dot: write the section and the key in lines of their own`},
		"said twice": {
			"data_dir: a\nkey_file: k\ndata_dir: b\n", `desk.yaml:3: data_dir is said twice, first in line 1`},
		"section said twice": {
			"log: {level: info}\nlog: {format: json}\n", `desk.yaml:2: log is said twice, first in line 1`},
		"no value": {
			"telegram:\n  call_timeout:\n", `desk.yaml:2: telegram.call_timeout has no value: remove the line for the default, or write "" for an empty text`},
		"null": {
			"data_dir: ~\n", `desk.yaml:1: data_dir has no value: remove the line for the default, or write "" for an empty text`},
		"empty text for a duration": {
			"telegram: {call_timeout: \"\"}\n", `desk.yaml:1: telegram.call_timeout is "", which is not a duration: write a number with its unit, such as 15s or 5m`},
		"duration without a unit": {
			"limits:\n  idle_close: 300\n", `desk.yaml:2: limits.idle_close is "300", which is not a duration: write a number with its unit, such as 15s or 5m`},
		"a word for a number": {
			"limits: {group_tokens: twenty}\n", `desk.yaml:1: limits.group_tokens is "twenty", which is not a whole number`},
		"a fraction for a whole number": {
			"limits: {group_tokens: 2.5}\n", `desk.yaml:1: limits.group_tokens is "2.5", which is not a whole number`},
		"a number too large": {
			"limits: {group_tokens: 99999999999999999999}\n", `desk.yaml:1: limits.group_tokens is "99999999999999999999", which is not a whole number`},
		"not a number": {
			"limits: {private_per_second: NaN}\n", `desk.yaml:1: limits.private_per_second is "NaN", which is not a number`},
		"yes for true": {
			"telegram: {local: yes}\n", `desk.yaml:1: telegram.local is "yes", which is neither true nor false`},
		"unknown level": {
			"log: {level: INFO}\n", `desk.yaml:1: log.level is "INFO", which is none of debug, info, warn, error`},
		"a list for a value": {
			"data_dir: [a, b]\n", `desk.yaml:1: data_dir is one value, not a list, a section or an alias`},
		"a section for a value": {
			"data_dir:\n  path: x\n", `desk.yaml:1: data_dir is one value, not a list, a section or an alias`},
		"an alias for a value": {
			"data_dir: &d x\nkey_file: *d\n", `desk.yaml:2: key_file is one value, not a list, a section or an alias`},
		"a value for a section": {
			"http: :80\n", `desk.yaml:1: http is a section: its keys go below it, indented`},
		"a list for a file": {
			"- data_dir: x\n", `desk.yaml:1: a settings file is a list of "key: value" lines`},
		"two documents": {
			"data_dir: x\n---\ndata_dir: y\n", `desk.yaml:2: a second document begins here: a settings file is one`},
		"not YAML": {
			"data_dir: x\nhttp:\n\tlisten: :80\n", `desk.yaml:3: this is not YAML: found character that cannot start any token`},
		"several at once": {
			"data: x\nlog:\n  level: loud\n  colour: red\n", "desk.yaml:1: data is no setting\n" +
				"desk.yaml:3: log.level is \"loud\", which is none of debug, info, warn, error\n" +
				"desk.yaml:4: log.colour is no setting"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := write(t, test.file)
			_, err := Load(Sources{File: path})
			if err == nil {
				t.Fatal("not refused")
			}
			got := strings.ReplaceAll(err.Error(), filepath.Dir(path)+"/", "")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestRefusedElsewhere holds the faults of variables and flags, and of several
// layers together.
func TestRefusedElsewhere(t *testing.T) {
	tests := map[string]struct {
		environ []string
		flags   map[string]string
		want    string
	}{
		"unknown variable": {environ: []string{"TOPICDESK_TENTACLES=8"},
			want: `variable TOPICDESK_TENTACLES: no setting has this variable`},
		"variable with one underscore": {environ: []string{"TOPICDESK_HTTP_LISTEN=:80"},
			want: `variable TOPICDESK_HTTP_LISTEN: no setting has this variable; did you mean TOPICDESK_HTTP__LISTEN?`},
		"variable in lower case": {environ: []string{"TOPICDESK_data_dir=x"},
			want: `variable TOPICDESK_data_dir: no setting has this variable; did you mean TOPICDESK_DATA_DIR?`},
		"variable of a section": {environ: []string{"TOPICDESK_HTTP=:80"},
			want: `variable TOPICDESK_HTTP: no setting has this variable`},
		"variable like one of Kubernetes": {environ: []string{"TOPICDESK_PORT=8080"},
			want: `variable TOPICDESK_PORT: no setting has this variable`},
		"variable of another kind": {environ: []string{"TOPICDESK_LIMITS__GROUP_TOKENS=many"},
			want: `variable TOPICDESK_LIMITS__GROUP_TOKENS: limits.group_tokens is "many", which is not a whole number`},
		"empty variable": {environ: []string{"TOPICDESK_LIMITS__IDLE_CLOSE="},
			want: `variable TOPICDESK_LIMITS__IDLE_CLOSE: limits.idle_close is "", which is not a duration: write a number with its unit, such as 15s or 5m`},
		"unknown flag": {flags: map[string]string{"http.listn": ":80"},
			want: `flag http.listn: http.listn is no setting; did you mean http.listen?`},
		"flag of a section": {flags: map[string]string{"log": "x"},
			want: `flag log: log is no setting`},
		"a bad value that a later layer hides": {
			environ: []string{"TOPICDESK_LOG__LEVEL=loud"}, flags: map[string]string{"log.level": "info"},
			want: `variable TOPICDESK_LOG__LEVEL: log.level is "loud", which is none of debug, info, warn, error`},
		"a range across layers": {
			environ: []string{"TOPICDESK_LIMITS__GROUP_TOKENS=2"}, flags: map[string]string{"limits.idle_close": "0s"},
			want: "variable TOPICDESK_LIMITS__GROUP_TOKENS: limits.group_tokens is 2, outside of 4 to 1000000\n" +
				"flag limits.idle_close: limits.idle_close is 0s, outside of 1s to 24h0m0s"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Load(Sources{Environ: test.environ, Flags: test.flags})
			if err == nil {
				t.Fatal("not refused")
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestMissingFile(t *testing.T) {
	_, err := Load(Sources{File: filepath.Join(t.TempDir(), "none.yaml")})
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v, want one of fs.ErrNotExist", err)
	}
}

// TestFault is how the rest of the program refuses a setting.
func TestFault(t *testing.T) {
	c := load(t, Sources{Flags: map[string]string{"simulator.profile": "kind"}})
	err := c.Fault("simulator.profile", "is unknown to the simulator")
	if got, want := err.Error(), "flag simulator.profile: simulator.profile is unknown to the simulator"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPrint(t *testing.T) {
	file := write(t, "telegram:\n  poll_timeout: 90s\n  call_timeout: 1m\nlog: {level: warn}\n")
	c := load(t, Sources{
		File:    file,
		Environ: []string{"TOPICDESK_BOT_TOKEN=123:SECRET", "TOPICDESK_LIMITS__PRIVATE_PER_SECOND=0.5"},
		Flags:   map[string]string{"telegram.poll_timeout": "50s"},
	})
	var got bytes.Buffer
	if err := c.Print(&got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(printed, strings.ReplaceAll(got.String(), file, "desk.yaml")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// FuzzFile: whatever is in a file, what is loaded from it are settings, as text,
// or there is a fault.
func FuzzFile(f *testing.F) {
	f.Add(defaults)
	f.Add([]byte("http:\n  listen: [:80]\n---\n? {a: b}\n: *c\n"))
	f.Add([]byte("http:\n  0:\nlog: {}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l := &loader{merged: koanf.New("."), origins: map[string]Origin{}}
		if err := l.file(data, Origin{Layer: LayerFile, Name: "desk.yaml"}); err != nil {
			t.Fatalf("an error in place of a fault: %v", err)
		}
		for key, value := range l.merged.All() {
			if _, ok := lookup(key); !ok {
				t.Errorf("%q is no setting and passed", key)
			}
			if _, ok := value.(string); !ok {
				t.Errorf("%s became %T", key, value)
			}
			if _, ok := l.origins[key]; !ok {
				t.Errorf("%s comes from nowhere", key)
			}
		}
	})
}

// printed is what TestPrint expects.
const printed = `data_dir                          ./data                    default
key                               ""                        default
key_file                          data/node.key             default
bot_token                         (hidden)                  variable TOPICDESK_BOT_TOKEN
bot_token_file                    ""                        default
telegram.api_root                 https://api.telegram.org  default
telegram.local                    false                     default
telegram.call_timeout             1m0s                      desk.yaml:3
telegram.poll_timeout             50s                       flag telegram.poll_timeout
http.listen                       127.0.0.1:8080            default
http.public_url                   ""                        default
http.webhook_max_connections      4                         default
limits.uncommitted_updates        4096                      default
limits.tenant_updates_per_second  200                       default
limits.tenant_outbox              20000                     default
limits.tenant_file_mib            1024                      default
limits.commits_at_once            16                        default
limits.open_tenants               0                         default
limits.group_tokens               20                        default
limits.group_window               1m0s                      default
limits.private_per_second         0.5                       variable TOPICDESK_LIMITS__PRIVATE_PER_SECOND
limits.login_per_second           30                        default
limits.idle_close                 5m0s                      default
log.level                         warn                      desk.yaml:4
log.format                        text                      default
debug.listen                      ""                        default
debug.pprof                       false                     default
simulator.listen                  127.0.0.1:8081            default
simulator.profile                 strict                    default
simulator.group_per_minute        0                         default
simulator.private_per_second      0                         default
simulator.login_per_second        0                         default
`
