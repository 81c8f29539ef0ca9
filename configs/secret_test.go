package configs

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

const secret = "123456:AAF-SECRET"

// TestSecretHidden tries all ways by which a value gets onto a screen.
func TestSecretHidden(t *testing.T) {
	c := Default()
	c.BotToken = NewSecret(secret)
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%20s"} {
		fmt.Fprintf(&out, verb+"\n", c.BotToken)
		fmt.Fprintf(&out, verb+"\n", &c.BotToken)
		fmt.Fprintf(&out, verb+"\n", c)
		fmt.Fprintf(&out, verb+"\n", struct{ private Secret }{c.BotToken})
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("set", "token", c.BotToken, "config", c)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("set", "token", c.BotToken, "config", c)
	for _, marshal := range []func(any) ([]byte, error){json.Marshal, yaml.Marshal} {
		data, err := marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(data)
	}
	if err := c.Print(&out); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "SECRET") || strings.Contains(out.String(), fmt.Sprintf("%x", "SECRET")) {
		t.Errorf("shown:\n%s", &out)
	}
	if got := fmt.Sprintf("%s|%v|%q|%#v", c.BotToken, c.BotToken, c.BotToken, c.BotToken); got != "(hidden)|(hidden)|(hidden)|(hidden)" {
		t.Errorf("printed as %s", got)
	}
	if got := c.BotToken.Reveal(); got != secret {
		t.Errorf("revealed %q", got)
	}
}

func TestSecretEmpty(t *testing.T) {
	for _, s := range []Secret{{}, NewSecret("")} {
		if !s.Empty() || s.Reveal() != "" || s.String() != "" {
			t.Errorf("an empty secret shows %q and reveals %q", s, s.Reveal())
		}
	}
}

// TestSecretNotInFaults: a token in a wrong place or of a wrong form is refused
// without being told.
func TestSecretNotInFaults(t *testing.T) {
	tests := map[string]Sources{
		"bad form in a file":     {File: write(t, "bot_token: SECRET\n")},
		"bad form in a variable": {Environ: []string{"TOPICDESK_BOT_TOKEN=SECRET"}},
		"bad form in a flag":     {Flags: map[string]string{"bot_token": "SECRET"}},
		"bad form in its file":   {Environ: []string{"TOPICDESK_BOT_TOKEN_FILE=" + put(t, "token", "SECRET")}},
		"two lines in its file":  {Environ: []string{"TOPICDESK_BOT_TOKEN_FILE=" + put(t, "token", secret+"\n"+secret)}},
		"misspelt in a file":     {File: write(t, "bot_tokken: "+secret+"\n")},
		"misspelt in a variable": {Environ: []string{"TOPICDESK_BOTTOKEN=" + secret}},
		"misspelt in a flag":     {Flags: map[string]string{"bottoken": secret}},
		"said twice":             {File: write(t, "bot_token: 1:SECRET\nbot_token: 2:SECRET\n")},
		"as a list":              {File: write(t, "bot_token: [SECRET]\n")},
		"as the whole file":      {File: write(t, secret+"\n")},
		"in an address":          {Flags: map[string]string{"telegram.api_root": "https://me:SECRET@host"}},
		"in a bad address":       {Flags: map[string]string{"telegram.api_root": "https://me:SECRET@host:x"}},
	}
	for name, s := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Load(s)
			if err == nil {
				t.Fatal("not refused")
			}
			if strings.Contains(err.Error(), "SECRET") {
				t.Errorf("the fault tells it: %v", err)
			}
		})
	}
}

// TestToken: of token and token's file the later layer's counts.
func TestToken(t *testing.T) {
	held := put(t, "token", "\n 1:FILE \n")
	empty := put(t, "token", " \n")
	tests := map[string]struct {
		sources Sources
		want    string // the token
		origin  string // after the word for its layer
		refused string // part of the fault
	}{
		"none": {want: "", origin: "default"},
		"a token": {
			sources: Sources{Environ: []string{"TOPICDESK_BOT_TOKEN=2:TEXT"}},
			want:    "2:TEXT", origin: "variable TOPICDESK_BOT_TOKEN"},
		"a file": {
			sources: Sources{Environ: []string{"TOPICDESK_BOT_TOKEN_FILE=" + held}},
			want:    "1:FILE", origin: "variable TOPICDESK_BOT_TOKEN_FILE"},
		"a file beside an empty token": {
			sources: Sources{Environ: []string{"TOPICDESK_BOT_TOKEN=", "TOPICDESK_BOT_TOKEN_FILE=" + held}},
			want:    "1:FILE", origin: "variable TOPICDESK_BOT_TOKEN_FILE"},
		"a later token": {
			sources: Sources{Environ: []string{"TOPICDESK_BOT_TOKEN_FILE=" + held}, Flags: map[string]string{"bot_token": "2:TEXT"}},
			want:    "2:TEXT", origin: "flag bot_token"},
		"a later file": {
			sources: Sources{Environ: []string{"TOPICDESK_BOT_TOKEN=2:TEXT"}, Flags: map[string]string{"bot_token_file": held}},
			want:    "1:FILE", origin: "flag bot_token_file"},
		"both in one layer": {
			sources: Sources{Environ: []string{"TOPICDESK_BOT_TOKEN=2:TEXT", "TOPICDESK_BOT_TOKEN_FILE=" + held}},
			refused: "variable TOPICDESK_BOT_TOKEN_FILE: bot_token_file is set together with bot_token: choose one"},
		"an empty file": {
			sources: Sources{Flags: map[string]string{"bot_token_file": empty}},
			refused: "flag bot_token_file: bot_token_file names an empty file"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, err := Load(test.sources)
			if test.refused != "" {
				if err == nil || err.Error() != test.refused {
					t.Fatalf("error %v, want %s", err, test.refused)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := c.BotToken.Reveal(); got != test.want || c.Origin("bot_token").String() != test.origin {
				t.Errorf("%q from %s, want %q from %s", got, c.Origin("bot_token"), test.want, test.origin)
			}
		})
	}
}

func TestTokenFileMissing(t *testing.T) {
	_, err := Load(Sources{Flags: map[string]string{"bot_token_file": filepath.Join(t.TempDir(), "none")}})
	var fault *Fault
	if !errors.Is(err, fs.ErrNotExist) || !errors.As(err, &fault) || fault.Key != "bot_token_file" {
		t.Errorf("error %v, want a fault of bot_token_file with fs.ErrNotExist", err)
	}
}
