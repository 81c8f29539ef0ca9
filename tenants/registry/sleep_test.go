package registry_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

// TestLoginsOfSleepers: what a tenant leaves is there until it sleeps again, and goes
// with it; another's stays.
func TestLoginsOfSleepers(t *testing.T) {
	r, _ := two(t)
	first := []registry.Login{
		{Connection: 1, State: []byte("17"), Heard: start},
		{Connection: 2, Helps: true, Deaf: true},
	}
	ok(t, r.SetAsleep(acme, start, first), r.SetAsleep(bravo, time.Time{}, first[:1]))
	equal(t, "logins", must(r.Logins(acme)), first)
	ok(t, r.SetAwake(acme))
	equal(t, "logins of one that is awake", must(r.Logins(acme)), first)
	ok(t, r.SetAsleep(acme, start, first[1:]))
	equal(t, "all", must(r.AllLogins()), map[tenants.TenantID][]registry.Login{acme: first[1:], bravo: first[:1]})
	ok(t, r.Remove(acme))
	equal(t, "all", must(r.AllLogins()), map[tenants.TenantID][]registry.Login{bravo: first[:1]})
	if r.SetAsleep(bravo, time.Time{}, []registry.Login{{Connection: 1}, {Connection: 1}}) == nil {
		t.Error("two logins of one number")
	}
	equal(t, "after a change that failed", must(r.Logins(bravo)), first[:1])
	ok(t, r.SetStopped(bravo, true))
	equal(t, "all, when one is stopped", len(must(r.AllLogins())), 0)
}

// TestStopped: a stopped tenant is neither awake nor due, and goes on where it was.
func TestStopped(t *testing.T) {
	r, _ := two(t)
	ok(t, r.SetAwake(acme), r.SetAsleep(bravo, start, nil), r.SetStopped(acme, true), r.SetStopped(bravo, true))
	equal(t, "awake", len(must(r.Awake())), 0)
	equal(t, "due", len(must(r.Due(start, 10))), 0)
	equal(t, "next", must(r.NextDue()), time.Time{})
	equal(t, "row", must(r.Tenant(bravo)).Stopped, true)
	ok(t, r.SetStopped(acme, false), r.SetStopped(bravo, false))
	equal(t, "awake", must(r.Awake()), []tenants.TenantID{acme})
	equal(t, "due", must(r.Due(start, 10)), []tenants.TenantID{bravo})
}

// TestSilences: the latest are kept.
func TestSilences(t *testing.T) {
	r, _ := two(t)
	var want []registry.Silence
	for i := range 60 {
		since := start.Add(time.Duration(i) * time.Hour)
		want = append(want, registry.Silence{Since: since, Until: since.Add(time.Minute)})
		ok(t, r.AddSilence(want[i], false))
	}
	equal(t, "silences", must(r.Silences()), want[10:])
	equal(t, "nobody is due for it", must(r.NextDue()), time.Time{})
	ok(t, r.SetAwake(bravo), r.AddSilence(want[0], true))
	equal(t, "due to be told", must(r.Due(want[0].Until, 10)), []tenants.TenantID{acme})
}

// TestTogether: changes that come at the same time share a sync, and each has its own
// answer.
func TestTogether(t *testing.T) {
	r, _ := two(t)
	const many = 40
	for i := range many {
		ok(t, r.AddTenant(tenants.TenantID(fmt.Sprint("t", i)), "free", start))
	}
	var all sync.WaitGroup
	begin := time.Now()
	for i := range many {
		all.Go(func() {
			id := tenants.TenantID(fmt.Sprint("t", i))
			if err := r.SetAwake(id); err != nil {
				t.Error(err)
			}
			if err := r.SetAwake("nobody" + id); !errors.Is(err, registry.ErrUnknown) {
				t.Error("nobody:", err)
			}
			if i%2 == 0 {
				if err := r.SetAsleep(id, start, []registry.Login{{Connection: 1}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	t.Log(time.Since(begin))
	equal(t, "awake", len(must(r.Awake())), many/2)
	equal(t, "asleep", len(must(r.AllLogins())), many/2)
}
