package privacy_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"topicdesk/tenants"
	"topicdesk/tenants/privacy"
)

func TestAudit(t *testing.T) {
	k := known(tenants.Hide{Name: true, Title: true, Link: true}, tenants.Person{ID: 100200300, First: "Will", Last: "Petrov", Username: "wsmith_77"})
	k.Titles = []string{"The Acme Support"}
	k.Phones = []string{"+79991234567"}
	set := privacy.NewSet(k)
	bad := []string{
		"Will Petrov", "will petrov", "Petrov will", "🟪 Will Petrov", "Petrov", "P\u200betrov", "П\u0435trov Petrov",
		"the acme support", "@wsmith_77", "WSMITH_77", "id 100200300", "999 123-45-67", "-1001234567890", "\u202evorteP",
	}
	for _, text := range bad {
		if !privacy.Audit(set, "fine", text) {
			t.Errorf("%q passes", text)
		}
	}
	good := []string{"", "[hidden]", "Will be sent again.", "petrov", "Petrova", "Support is here", "The client", "@anna", "https://t.me/c/1/2", "1002003001"}
	for _, text := range good {
		if privacy.Audit(set, text) {
			t.Errorf("%q is refused", text)
		}
	}
	if privacy.Audit(nil, "Will Petrov") || privacy.Audit(privacy.NewSet(privacy.Known{People: k.People}), "Will Petrov") {
		t.Error("refused though nothing is hidden")
	}
}

func TestAuditLetsMentionsBe(t *testing.T) {
	k := known(names, tenants.Person{ID: 5, First: "Petrov", Username: "petrov"})
	if privacy.Audit(privacy.NewSet(k), "from @petrov") {
		t.Error("a mention is refused though links are shown")
	}
}

func TestHidden(t *testing.T) {
	k := known(tenants.Hide{Name: true, Title: true, Link: true}, will, tenants.Person{ID: 7, First: "Bo"})
	k.Titles = []string{"Acme"}
	want := []string{"wsmith_77", "100200300", "1001234567890", "1234567890", "Will Smith", "Smith Will", "Smith", "Bo", "Acme"}
	got := privacy.Hidden(k)
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	set := privacy.NewSet(k)
	for _, s := range got {
		if !privacy.Audit(set, "a "+s+" b") {
			t.Errorf("%q passes the audit", s)
		}
	}
}

func crowd() privacy.Known {
	k := known(tenants.Hide{Name: true, Link: true})
	for i := range 500 {
		first := privacy.Pseudonym([]byte("first"), privacy.OfPerson, int64(i))
		last := privacy.Pseudonym([]byte("last"), privacy.OfPerson, int64(i))
		k.People = append(k.People, tenants.Person{ID: tenants.UserID(1000000 + i), First: first, Last: last, Username: first + "_1"})
	}
	return k
}

var long = strings.Repeat("Hello, my order 4711 has not arrived yet, can you help? https://example.com/order ", 50)

func BenchmarkNew(b *testing.B) {
	k := crowd()
	for b.Loop() {
		privacy.New(k)
	}
}

func BenchmarkText(b *testing.B) {
	r := privacy.New(crowd())
	for b.Loop() {
		r.Text(tenants.Plain(long))
	}
}

func BenchmarkAudit(b *testing.B) {
	set := privacy.NewSet(crowd())
	for b.Loop() {
		privacy.Audit(set, long[:100])
	}
}

// BenchmarkCall is what a call into a topic costs in a chat of as many people as are
// remembered: the set is made for each, and it is read and redacted once more.
func BenchmarkCall(b *testing.B) {
	k := known(tenants.Hide{Name: true, Title: true, Link: true})
	for i := range 500 {
		name := privacy.Pseudonym([]byte("names"), privacy.OfPerson, int64(i))
		k.People = append(k.People, tenants.Person{ID: tenants.UserID(100200300 + i), First: name, Last: "Petrov", Username: name + "_77"})
	}
	text := strings.Repeat("words of somebody, who says more than others do. ", 40)
	b.Run("set", func(b *testing.B) {
		for b.Loop() {
			privacy.NewSet(k)
		}
	})
	set, red := privacy.NewSet(k), privacy.New(k)
	b.Run("audit", func(b *testing.B) {
		for b.Loop() {
			privacy.Audit(set, text)
		}
	})
	b.Run("redactor", func(b *testing.B) {
		for b.Loop() {
			privacy.New(k)
		}
	})
	b.Run("redact", func(b *testing.B) {
		for b.Loop() {
			red.Text(tenants.Plain(text))
		}
	})
}
