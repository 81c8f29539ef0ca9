package house

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"topicdesk/actors/login"
	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

const group tenants.ChatID = -1001234567890

// enlisted makes a tenant that works in a group, with files beside its own.
func enlisted(t *testing.T, h *House, id tenants.TenantID) {
	t.Helper()
	place := h.Registry.TenantPath(id)
	for _, err := range []error{
		h.Registry.AddTenant(id, "unlimited", time.Now()), found(place, store.Connection{ID: 1, Kind: store.Bot, User: 1, Username: "desk_bot", Active: true, Created: time.Now()}, nil),
		h.Registry.ClaimGroup(id, group), h.Registry.SetSecret(id, login.TokenName(1), []byte("1:AA")),
		os.WriteFile(place+"-wal", nil, 0o600), os.WriteFile(place+".before-20270115-080000.000", []byte("of before"), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestErasureIsCompleted: wherever a removal is cut, nobody opens the tenant or lets it
// go on with half of it, and the same again leaves nothing; others keep all.
func TestErasureIsCompleted(t *testing.T) {
	const acme, other tenants.TenantID = "acme", "acme-2"
	h := newHouse(t)
	if err := h.Registry.AddTenant(other, "unlimited", time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := found(h.Registry.TenantPath(other), store.Connection{ID: 1, Kind: store.Bot, User: 1, Username: "other_bot", Created: time.Now()}, nil); err != nil {
		t.Fatal(err)
	}
	desk := &web.Desk{Registry: h.Registry, State: h.Node.State}
	for after, more := 0, true; more; after++ {
		enlisted(t, h, acme)
		if err := h.Registry.SetStopped(acme, true); err != nil { // which a removal does first
			t.Fatal(err)
		}
		steps, err := h.erasure(acme)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range steps[:after] {
			if err := step(); err != nil {
				t.Fatal(err)
			}
		}
		if more = after < len(steps); more {
			stands(t, desk, acme, after > 0)
			if err := h.Erase(acme); err != nil {
				t.Fatalf("after %d steps: %v", after, err)
			}
		}
		nothingOf(t, h, acme)
	}
	if _, err := os.Stat(h.Registry.TenantPath(other)); err != nil {
		t.Error(err)
	}
}

// stands checks that a tenant of which a part is gone is stopped, and says so.
func stands(t *testing.T, desk *web.Desk, id tenants.TenantID, half bool) {
	t.Helper()
	all, err := desk.List(t.Context())
	if err != nil || len(all) != 2 {
		t.Fatalf("%v %v", all, err)
	}
	want := web.StateStopped
	if half {
		want = web.StateRemoved
	}
	if all[0].Name != id || all[0].State != want {
		t.Errorf("it is %q, want %q", all[0].State, want)
	}
	if awake, err := desk.Registry.Awake(); err != nil || len(awake) != 0 {
		t.Errorf("a start opens %v %v", awake, err)
	}
}

// nothingOf checks that no file, row, group or secret of a tenant is left.
func nothingOf(t *testing.T, h *House, id tenants.TenantID) {
	t.Helper()
	if left, _ := filepath.Glob(h.Registry.TenantPath(id) + "*"); len(left) != 0 {
		t.Errorf("left: %q", left)
	}
	if _, err := h.Registry.Tenant(id); !errors.Is(err, registry.ErrUnknown) {
		t.Errorf("its row: %v", err)
	}
	if _, err := h.Registry.Secret(id, login.TokenName(1)); !errors.Is(err, registry.ErrUnknown) {
		t.Errorf("its token: %v", err)
	}
	if groups, err := h.Registry.Groups(); err != nil || len(groups) != 0 {
		t.Errorf("its groups: %v %v", groups, err)
	}
}
