package house

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"topicdesk/actors/tenant"
	"topicdesk/configs"
	"topicdesk/tenants"
)

// settings are those of the file that nobody has written, with some set.
func settings(t *testing.T, flags map[string]string) configs.Config {
	t.Helper()
	cfg, err := configs.Load(configs.Sources{Flags: flags})
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// newHouse is a house without tenants in a folder of its own.
func newHouse(t *testing.T) *House {
	t.Helper()
	dir := t.TempDir()
	cfg := settings(t, map[string]string{"data_dir": dir, "key_file": filepath.Join(dir, "node.key")})
	h, err := Open(cfg, slog.New(slog.DiscardHandler), func(tenants.TenantID, tenant.Notice) {})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// TestRules: settings become the limits of the tenants; 0 lifts them.
func TestRules(t *testing.T) {
	cfg := settings(t, map[string]string{"limits.group_tokens": "0", "limits.private_per_second": "0", "limits.login_per_second": "0"})
	if r := rules(cfg.Limits); r.Group.Tokens != 0 || r.Private.Tokens != 0 || r.PerSecond != 0 {
		t.Errorf("0 makes %+v", r)
	}
	cfg = settings(t, map[string]string{"limits.private_per_second": "0.5", "limits.login_per_second": "0.5"})
	r := rules(cfg.Limits)
	if r.Private.Tokens != 2 || r.Private.Window != 4*time.Second || r.PerSecond != 1 || r.Group.Tokens != 20 || r.Group.Window != time.Minute {
		t.Errorf("rules %+v", r)
	}
}
