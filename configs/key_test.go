package configs

import (
	"encoding/base64"
	"strings"
	"testing"
)

// TestKey: exactly one of key and key_file is left, the later word.
func TestKey(t *testing.T) {
	good := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("k", keySize)))
	variable := "TOPICDESK_KEY=" + good
	for name, c := range map[string]struct {
		sources   Sources
		key, file string
		refused   string
	}{
		"none":                 {sources: Sources{}, file: "data/node.key"},
		"key":                  {sources: Sources{Environ: []string{variable}}, key: good},
		"file":                 {sources: Sources{Environ: []string{"TOPICDESK_KEY_FILE=/k"}}, file: "/k"},
		"key over a file":      {sources: Sources{Environ: []string{variable}, File: write(t, "key_file: /k\n")}, key: good},
		"file over a key":      {sources: Sources{Environ: []string{variable}, Flags: map[string]string{"key_file": "/k"}}, file: "/k"},
		"both in one place":    {sources: Sources{Environ: []string{variable, "TOPICDESK_KEY_FILE=/k"}}, refused: "variable TOPICDESK_KEY_FILE: key_file is set together with key: choose one"},
		"a key that is none":   {sources: Sources{Environ: []string{"TOPICDESK_KEY=swordfish"}}, refused: "variable TOPICDESK_KEY: key is no key: one is 32 bytes in base64"},
		"a key that is longer": {sources: Sources{Environ: []string{variable[:len(variable)-1] + "AAAA="}}, refused: "key is no key"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Load(c.sources)
			if c.refused != "" {
				if err == nil || !strings.Contains(err.Error(), c.refused) || strings.Contains(err.Error(), "swordfish") {
					t.Errorf("error %v, want %q", err, c.refused)
				}
				return
			}
			if err != nil || got.Key.Reveal() != c.key || got.KeyFile != c.file {
				t.Errorf("key %q, file %q, error %v", got.Key.Reveal(), got.KeyFile, err)
			}
		})
	}
}
