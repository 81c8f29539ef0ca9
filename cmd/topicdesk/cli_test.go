package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"topicdesk/configs"
	"topicdesk/tenants/registry"
)

func mustConfig(t *testing.T, settings ...string) configs.Config {
	t.Helper()
	flags := map[string]string{}
	for _, s := range settings {
		key, value, _ := strings.Cut(s, "=")
		flags[key] = value
	}
	cfg, err := configs.Load(configs.Sources{Flags: flags})
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// command runs a command with the scene's settings.
func (s *scene) command(in string, args ...string) (int, string) {
	s.t.Helper()
	var all []string
	for _, setting := range s.settings {
		all = append(all, "--set", setting)
	}
	return once(s.t, nil, in, append(all, args...)...)
}

// expect runs a command and looks for parts of what it prints.
func (s *scene) expect(code int, in string, args []string, parts ...string) {
	s.t.Helper()
	got, printed := s.command(in, args...)
	if got != code {
		s.t.Errorf("%q: exit code %d, want %d:\n%s", args, got, code, printed)
	}
	for _, part := range parts {
		if !strings.Contains(printed, part) {
			s.t.Errorf("%q: %q is not in what was printed:\n%s", args, part, printed)
		}
	}
	if strings.Contains(printed, s.token) {
		s.t.Errorf("%q: the token was printed", args)
	}
}

// TestTenantCommands: the same commands say the same without a node and beside
// one.
func TestTenantCommands(t *testing.T) {
	for _, mode := range []string{"alone", "beside a node"} {
		t.Run(mode, func(t *testing.T) {
			s := newScene(t)
			s.settings = s.settings[:2:2] // data_dir and api_root; no bot_token
			words := strings.Fields
			s.expect(exitDone, "", words("tenant list"), "no tenant yet")
			if mode == "beside a node" {
				r := start(t, s.settings, "serve")
				r.find(t, `(There is no tenant yet)`)
				r.find(t, `(node started)`)
			}
			s.expect(exitDone, s.token+"\n", words("tenant add acme --token-file -"), "@desk_bot has no group yet", "/bind@desk_bot ")
			s.expect(exitRefused, s.token+"\n", words("tenant add acme --token-file -"), "is taken")
			s.expect(exitUsage, s.token+"\n", words("tenant add ACME --token-file -"), "use 1 to 40 of a-z")
			s.expect(exitUsage, "nonsense", words("tenant add bravo --token-file -"), "want the form 123456:AA")
			s.expect(exitDone, "", words("tenant list"), "acme", "unlimited")
			s.expect(exitUnknown, "", words("tenant show bravo"), `no tenant "bravo"`, "tenant list")
			s.expect(exitUnknown, "", words("tenant show acmee"), "Did you mean acme?")
			s.expect(exitUnknown, "", words("tenant show ACME"), "Did you mean acme?")

			s.expect(exitDone, "", words("tenant set acme autoclose 12"), "AUTOCLOSE 12")
			s.expect(exitDone, "", words("tenant set acme group.AUTOCLOSE OFF"), "group.AUTOCLOSE 1000000")
			s.expect(exitDone, "", words("tenant set acme --connection 1 IGNORE_CHATS -1001234567890"), "--connection 1 IGNORE_CHATS -1001234567890")
			s.expect(exitDone, "", words("tenant set acme MONITOR_GROUPS TRUE"), "will greet each group")
			s.expect(exitDone, "", []string{"tenant", "set", "acme", "GROUPS_KEYWORDS", `"help", ["oak","~pine"]`}, "GROUPS_KEYWORDS")
			s.expect(exitDone, "", words("tenant set acme private.AUTOCLOSE 3"), "private.AUTOCLOSE 3")
			s.expect(exitDone, "", words("tenant set acme private.AUTOCLOSE default"), "this counts there: AUTOCLOSE 12")
			s.expect(exitDone, "", words("tenant show acme"), "AUTOCLOSE 12", "group.AUTOCLOSE 1000000", "bind code")
			s.expect(exitDone, "", words("tenant set acme AUTOCLOSE default"), "back at its default: 48")
			s.expect(exitUsage, "", words("tenant set acme AUTOCLOSE never"), "For example: AUTOCLOSE=48")
			s.expect(exitUsage, "", words("tenant set acme AUTOCLOSED 1"), "Did you mean AUTOCLOSE?")
			s.expect(exitUsage, "", words("tenant set acme group.TEAM 1"), "can't differ by kind")
			s.expect(exitUnknown, "", words("tenant set acme --connection 7 AUTOCLOSE 1"), "no connection 7")
			s.expect(exitUnknown, "", words("tenant set acme --dialog 7 AUTOCLOSE 1"), "no dialog 7")
			s.expect(exitUsage, "", []string{"tenant", "set", "acme", "GROUPS_KEYWORDS", `["oak"`}, "GROUPS_KEYWORDS")
			if _, printed := s.command("", "tenant", "show", "acme"); strings.Contains(printed, "  AUTOCLOSE 12") {
				t.Errorf("AUTOCLOSE is still set:\n%s", printed)
			}
			s.expect(exitDone, "", words("tenant set-aside list acme"), "Nothing is set aside")
			s.expect(exitDone, "", words("tenant acts acme"), "WHEN (UTC)", "the host  set   -       AUTOCLOSE default")
			s.expect(exitDone, "", words("tenant acts acme --most 1 --json"), `"act":"set"`, `"detail":"AUTOCLOSE default"`)
			s.expect(exitUsage, "", words("tenant acts acme --most 0"), "1 to 10000")
		})
	}
}

// TestSetIsInForce: a parameter that is set beside a running node counts at once.
func TestSetIsInForce(t *testing.T) {
	s := newScene(t)
	r := start(t, s.settings, "serve")
	s.bind(r.output)
	s.expect(exitDone, "", strings.Fields("tenant set default WELCOME Good day"), "WELCOME Good day")
	ann := s.person("Ann")
	s.say(ann, s.bot, 0, "hello")
	s.said(ann, s.bot, -1, "Good day")
}

func TestSecondProcessIsRefused(t *testing.T) {
	s := newScene(t)
	r := start(t, s.settings, "serve")
	r.find(t, `(has no group yet)`)
	s.expect(exitRefused, "", []string{"serve"}, "another process is using this data directory", "topicdesk tenant")
}

// TestCheck: the settings in force, without secrets; those that can't be are refused.
func TestCheck(t *testing.T) {
	s := newScene(t)
	s.expect(exitDone, "", []string{"check"}, "(hidden)", "flag data_dir")
	if _, err := os.Stat(filepath.Join(s.dataDir(), registry.FileName)); err == nil {
		t.Error("check made a registry")
	}
	s.settings = append(s.settings, "simulator.profile=kind")
	s.expect(exitFailed, "", []string{"check"}, "simulator.profile")
}

// TestTokenChanges: a new token of the same bot is taken over, one of another
// bot refused.
func TestTokenChanges(t *testing.T) {
	s := newScene(t)
	r := start(t, s.settings, "serve")
	r.find(t, `(has no group yet)`)
	r.stop()
	var revoked struct{ Token string }
	s.do("/world/bots/revoke", dict{"bot": s.bot}, &revoked)
	settings := append(append([]string{}, s.settings...), "bot_token="+revoked.Token)
	again := start(t, settings, "serve")
	again.find(t, `(has no group yet)`)
	again.stop()
	_, other := s.world.bot("other_bot")
	s.settings, s.token = append(s.settings, "bot_token="+other), other
	s.expect(exitFailed, "", []string{"serve"}, "is of another bot")
}

// TestNewestTokenCounts: a bot_token that is as it was does not take the place of a
// token that was set after it; one that is new does.
func TestNewestTokenCounts(t *testing.T) {
	s := newScene(t)
	r := start(t, s.settings, "serve")
	s.bind(r.output)
	r.stop()
	revoke := func() string {
		var made struct{ Token string }
		s.do("/world/bots/revoke", dict{"bot": s.bot}, &made)
		return made.Token
	}
	s.expect(exitDone, revoke(), strings.Fields("tenant token default --token-file -"), "@desk_bot")
	ann := s.person("Ann")
	for i := range 2 {
		again := start(t, s.settings, "serve")
		again.find(t, `(bot_token is not used: topicdesk tenant token set a newer one)`)
		text := fmt.Sprint("message ", i)
		s.say(ann, s.bot, 0, text)
		s.said(s.alma, s.forum, -1, text)
		again.stop()
	}
	s.settings = append(s.settings, "bot_token="+revoke())
	start(t, s.settings, "serve")
	s.say(ann, s.bot, 0, "with the newest")
	s.said(s.alma, s.forum, -1, "with the newest")
}

func TestUsage(t *testing.T) {
	for _, test := range []struct {
		args string
		code int
		part string
	}{
		{"", exitUsage, "expected one of"},
		{"sevre", exitUsage, `did you mean "serve"?`},
		{"tenant lst", exitUsage, `did you mean one of "list", "set"?`},
		{"tenant list --jsn", exitUsage, `did you mean "--json"?`},
		{"--help", exitDone, "simulator"},
		{"--help", exitDone, "4 not as things stand"},
		{"tenant list --help", exitDone, "{tenants [{name, created,"},
		{"simulator --speed 0", exitUsage, "--speed: speed must be a number from 0.01 to 10000"},
		{"simulator --faults /nowhere/bad.yaml", exitFailed, "no such file"},
		{"tenant set acme", exitUsage, "expected"},
		{"tenant set --help", exitDone, "RESTRICTED_KEYWORDS_BACKEND"},
		{"check --set data_dri=x", exitUsage, "did you mean data_dir?"},
		{"check --set log.level=loud", exitUsage, "none of debug, info, warn, error"},
		{"check --config /nowhere/desk.yaml", exitUsage, "no such file"},
	} {
		code, printed := once(t, nil, "", strings.Fields(test.args)...)
		if code != test.code || !strings.Contains(printed, test.part) {
			t.Errorf("%q: exit code %d, want %d with %q:\n%s", test.args, code, test.code, test.part, printed)
		}
	}
}

func TestVariables(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	code, printed := once(t, []string{"TOPICDESK_DATA_DIR=" + dir, "TOPICDESK_TELEGRAM__API_ROOT=http://127.0.0.1:1"}, "", "doctor", "--offline")
	if code != exitDone || !strings.Contains(printed, dir+" does not exist yet") {
		t.Errorf("exit code %d:\n%s", code, printed)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the doctor made the data directory")
	}
}

// TestLogHidesTokens: whatever is logged, however it is wrapped.
func TestLogHidesTokens(t *testing.T) {
	const token = "7000000001:AAF0123456789abcdefghijklmnopqrstuv"
	for _, format := range []string{configs.FormatText, configs.FormatJSON} {
		out := newOutput()
		log := newLog(configs.Log{Format: format}, redacted{out})
		log.Warn("call failed", "url", "http://host/bot"+token+"/getMe", "nested", struct{ Deep *struct{ T string } }{&struct{ T string }{token}})
		if got := out.String(); strings.Contains(got, token[12:]) || !strings.Contains(got, "<token>") {
			t.Errorf("%s: %s", format, got)
		}
	}
}
