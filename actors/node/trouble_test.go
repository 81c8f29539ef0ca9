package node

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/tenant"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// diskFull is what SQLite says on a full disk, as an opening ends by it.
func diskFull(t *testing.T) *actors.Crash {
	s, err := store.Open(filepath.Join(t.TempDir(), "acme.db"), store.Options{Room: func() bool { return false }})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Write(time.Now(), func(tx *store.Tx) error { return tx.SetMeta("fact", []byte("x")) })
	return &actors.Crash{Reason: fmt.Errorf("tenant acme: %w", errors.Join(err, s.Close()))}
}

// TestDiskIsNobodysFault: an hour on a full disk sets nothing aside, is told once
// to the host, logged once a minute, and tried at least every half minute.
func TestDiskIsNobodysFault(t *testing.T) {
	crash := diskFull(t)
	synctest.Test(t, func(t *testing.T) {
		engine, err := actors.NewEngine()
		if err != nil {
			t.Fatal(err)
		}
		var log strings.Builder
		told := 0
		h := &host{
			node: New(Options{
				System: engine, Logins: nobody{}, Log: slog.New(slog.NewTextHandler(&log, nil)),
				Tell: func(tenants.TenantID, tenant.Notice) { told++ },
			}),
			id: "acme", tries: map[tryKey]*tenant.Try{}, crashes: map[string]int{},
		}
		begin := time.Now()
		for time.Since(begin) < time.Hour {
			h.opened = time.Now()
			wait, again := h.broken(crash, "update 1:1")
			if !again || wait < stallFirst || wait > stallMost {
				t.Fatalf("wait %s, again %t", wait, again)
			}
			time.Sleep(wait)
		}
		if len(h.crashes) != 0 {
			t.Errorf("blamed for a full disk: %v", h.crashes)
		}
		if h.state() != waitsForDisk {
			t.Errorf("state %q", h.state())
		}
		if n := strings.Count(log.String(), "the disk takes nothing"); n < 50 || n > 61 || told != 1 {
			t.Errorf("%d lines and %d notices in an hour", n, told)
		}
		time.Sleep(calm + time.Second)
		if h.state() != "" {
			t.Errorf("after a calm minute: %q", h.state())
		}
	})
}
