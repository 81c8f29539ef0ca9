package web_test

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"topicdesk/actors/web"
	"topicdesk/tenants/registry"
)

func desk(t *testing.T, dir string) *web.Desk {
	t.Helper()
	key, err := registry.LoadOrCreateKey(filepath.Join(dir, "node.key"))
	if err != nil {
		t.Fatal(err)
	}
	file, err := registry.Open(dir, key)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	})
	return &web.Desk{Registry: file}
}

// TestSocket: it is the owner's alone, takes the place of what a killed node
// left, and is gone with the node.
func TestSocket(t *testing.T) {
	dir := t.TempDir()
	if _, err := web.Dial(t.Context(), dir); !errors.Is(err, web.ErrNobody) {
		t.Fatalf("without a socket: %v", err)
	}
	path := filepath.Join(dir, web.SocketName)
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d := desk(t, dir)
	closing, err := web.Serve(dir, d, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 || info.Mode().Type() != os.ModeSocket {
		t.Errorf("socket %v %v", info.Mode(), err)
	}
	client, err := web.Dial(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Registry.AddTenant("acme", "free", time.Now()); err != nil {
		t.Fatal(err)
	}
	all, err := client.List(t.Context())
	if err != nil || len(all) != 1 || all[0].Name != "acme" || all[0].Plan != "free" {
		t.Errorf("list: %+v %v", all, err)
	}
	if _, err := client.Show(t.Context(), "bravo"); err == nil || !strings.Contains(err.Error(), "bravo") {
		t.Errorf("an unknown tenant: %v", err)
	}
	closing()
	if _, err := web.Dial(t.Context(), dir); !errors.Is(err, web.ErrNobody) {
		t.Errorf("after the end: %v", err)
	}
}
