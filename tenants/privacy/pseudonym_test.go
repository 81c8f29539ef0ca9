package privacy_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/privacy"
)

// TestPseudonymIsForEver: operators know their clients by these names, so no
// later version may change them.
func TestPseudonymIsForEver(t *testing.T) {
	tests := []struct {
		kind        byte
		id          int64
		short, long string
	}{
		{privacy.OfPerson, 1, "Sojivabi", "Sojivabihaku"},
		{privacy.OfChat, 1, "Locharato", "Locharatozudi"},
		{privacy.OfChat, -1001234567890, "Nuvatesu", "Nuvatesuyoko"},
	}
	for _, test := range tests {
		short := privacy.Pseudonym(key, test.kind, test.id)
		long := privacy.PseudonymLong(key, test.kind, test.id)
		if short != test.short || long != test.long {
			t.Errorf("%c %d: %q, %q; want %q, %q", test.kind, test.id, short, long, test.short, test.long)
		}
	}
}

func TestPseudonymLooksLikeAName(t *testing.T) {
	form := regexp.MustCompile(`^([BDHJKLMNRSTVYZ]|[CS]h)[aeiou](([bdhjklmnrstvyz]|[cs]h)[aeiou])+$`)
	for id := range int64(5000) {
		name := privacy.Pseudonym(key, privacy.OfPerson, id)
		if !form.MatchString(name) || len(name) < 8 {
			t.Fatalf("%d is called %q", id, name)
		}
		if long := privacy.PseudonymLong(key, privacy.OfPerson, id); !strings.HasPrefix(long, name) || long == name {
			t.Fatalf("%q has the long form %q", name, long)
		}
	}
}

func TestPseudonymsDiffer(t *testing.T) {
	seen := map[string]int64{}
	shared := 0
	for id := range int64(5000) {
		name := privacy.Pseudonym(key, privacy.OfPerson, id)
		if _, known := seen[name]; known {
			shared++
		}
		seen[name] = id
	}
	if shared > 3 { // of 41 million names, 0.3 are to be expected
		t.Errorf("%d of 5000 share a name", shared)
	}
	one := privacy.Pseudonym(key, privacy.OfPerson, 7)
	if one == privacy.Pseudonym([]byte("another key"), privacy.OfPerson, 7) || one == privacy.Pseudonym(key, privacy.OfChat, 7) {
		t.Error("another key or kind gives the same name")
	}
}

func TestPseudonymNeedsAKey(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	privacy.Pseudonym(nil, privacy.OfPerson, 7)
}

// TestTakenPseudonym: somebody calls himself what another one is called here.
func TestTakenPseudonym(t *testing.T) {
	thief := tenants.Person{ID: 100200302, First: personal(will)}
	r := privacy.New(known(names, will, thief))
	long := privacy.PseudonymLong(key, privacy.OfPerson, int64(will.ID))
	if got := r.ShownName(will); got != long {
		t.Errorf("shown %q, want %q", got, long)
	}
	want := fmt.Sprintf("%s and %s", long, personal(thief))
	got := r.Text(tenants.Plain("Will and " + thief.First)).Text
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if back := r.Out(tenants.Plain(got)).Text; back != "Will and "+thief.First {
		t.Errorf("turned back: %q", back)
	}
}

// TestToken: the same for the same key and id, above zero, and not the id.
func TestToken(t *testing.T) {
	key := []byte("a key of thirty-two bytes, or so")
	seen := map[int64]bool{}
	for id := int64(-1000); id < 1000; id++ {
		token := privacy.Token(key, id)
		if token <= 0 || token != privacy.Token(key, id) || token == privacy.Token([]byte("another"), id) || seen[token] {
			t.Fatalf("token of %d: %d", id, token)
		}
		seen[token] = true
	}
}
