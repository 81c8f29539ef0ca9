package node

import (
	"errors"
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

// TestTaken: a group that was claimed by a process which did not live to bind it is
// taken for all tenants but the one for which it was claimed.
func TestTaken(t *testing.T) {
	const group tenants.ChatID = -1000000000001
	file, err := registry.Open(t.TempDir(), registry.Key{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	err = errors.Join(file.AddTenant("acme", "", time.Now()), file.AddTenant("bravo", "", time.Now()), file.ClaimGroup("acme", group))
	if err != nil {
		t.Fatal(err)
	}
	groups, err := NewRegistry(file)
	if err != nil {
		t.Fatal(err)
	}
	n := &Node{opt: Options{Registry: groups}}
	for id, want := range map[tenants.TenantID]bool{"acme": false, "bravo": true} {
		o := opening{host: &host{node: n, id: id}}
		if got := o.Taken(group); got != want {
			t.Errorf("taken for %s: %v", id, got)
		}
		if o.Taken(group - 1) {
			t.Errorf("a group of nobody's is taken for %s", id)
		}
	}
}
