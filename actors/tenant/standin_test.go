package tenant

import (
	"testing"

	"topicdesk/tenants"
)

// TestGives: of what the team wrote each message is given on by one login, however late
// another hears it, and by that one again if it has to be tried anew.
func TestGives(t *testing.T) {
	said := func(id tenants.MessageID) tenants.Message {
		m := tenants.Message{ID: id}
		m.Chat.ID = -100
		return m
	}
	two := &Tenant{order: []tenants.ConnectionID{1, 2}}
	for i, c := range []struct {
		by   tenants.ConnectionID
		m    tenants.MessageID
		want bool
	}{
		{1, 10, true}, {2, 10, false}, {1, 10, true},
		{2, 11, true}, {1, 12, true}, {1, 11, false}, {2, 12, false},
	} {
		if got := two.gives(c.by, said(c.m), false); got != c.want {
			t.Errorf("step %d: login %d gives message %d on: %t, not %t", i, c.by, c.m, got, c.want)
		}
	}
	own := said(10)
	if own.Own = true; !two.gives(2, own, false) {
		t.Error("a line of our own doings is held back")
	}
	if !two.gives(2, said(10), true) {
		t.Error("who hears an edit depends on who heard the message")
	}
	for id := range tenants.MessageID(3 * givenKept) {
		two.gives(1, said(1000+id), false)
	}
	if len(two.given) != givenKept || two.gives(2, said(1000+3*givenKept-1), false) {
		t.Errorf("%d are remembered, and the last one is not", len(two.given))
	}
	if one := (&Tenant{order: []tenants.ConnectionID{1}}); !one.gives(1, said(10), false) || one.given != nil {
		t.Error("a single login remembers for nobody")
	}
}
