package tenant

import (
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/privacy"
	"topicdesk/tenants/store"
)

const home = tenants.ChatID(-1002000000001)

// queued is a tenant in whose group so many clients wait, who hides their names.
func queued(t testing.TB, clients int) *Tenant {
	ten, _, f := crowd(t, 0)
	ten.opt.System = &still{now: time.Unix(1_700_000_000, 0)}
	ten.pseudonyms, ten.labels = f.Key, map[tenants.ChatID][]dialog.Label{}
	ten.settings = map[settingsKey]settings{{connection: 1, kind: tenants.Private}: {Settings: f.Settings}}
	ten.logins = map[tenants.ConnectionID]*login{1: {row: store.Connection{ID: 1, Group: tenants.Chat{ID: home}}}}
	write(t, ten, func() error {
		for i := range clients {
			who := tenants.Person{ID: tenants.UserID(7_000_000_000 + i)}
			who.First = privacy.Pseudonym([]byte("first"), privacy.OfPerson, int64(who.ID))
			who.Last = privacy.Pseudonym([]byte("last"), privacy.OfPerson, int64(who.ID))
			s := dialog.State{
				ID: tenants.DialogID(i + 10), Connection: 1, Group: home, Status: dialog.UserAnswered, Shown: who.Name(), Client: who, People: []tenants.Person{who},
				Chat: tenants.Chat{ID: tenants.ChatID(who.ID), Kind: tenants.Private},
				Rare: dialog.Rare{Waits: ten.now().Add(-time.Duration(i) * time.Minute)},
			}
			if _, err := ten.tx.Apply(s.ID, &dialog.Decision{State: &s, Topic: &dialog.TopicChange{Title: &s.Shown, Thread: new(tenants.ThreadID(i + 10))}}, nil); err != nil {
				return err
			}
		}
		return nil
	})
	return ten
}

// TestOpenHidesWhomItShows: of many who wait, a page has those whose turn it is, in the
// order in which they wait, under other names; what hiding costs grows with the page
// only.
func TestOpenHidesWhomItShows(t *testing.T) {
	const clients, page = 50, 20
	ten := queued(t, clients)
	write(t, ten, func() error {
		all, err := ten.tx.Unanswered(home)
		if err != nil {
			return err
		}
		for at, n := range []int{page, page, clients - 2*page} {
			f := pageOf(t, ten, at)
			if f.Waiting.All != clients || f.Waiting.Chosen != clients || len(f.Waiting.Rows) != n {
				t.Errorf("page %d: %d rows of %d of %d", at, len(f.Waiting.Rows), f.Waiting.Chosen, f.Waiting.All)
			}
			for i, w := range f.Waiting.Rows {
				if real := all[at*page+i]; w.Dialog != real.Dialog || w.Name == real.Name || w.Name == "" {
					t.Errorf("row %d of page %d is dialog %d as %q; it was %d as %q", i, at, w.Dialog, w.Name, real.Dialog, real.Name)
				}
			}
		}
		return nil
	})
	few, many := hidingCost(t, queued(t, page)), hidingCost(t, queued(t, 10*page))
	if many > 2*few {
		t.Errorf("hiding makes %.0f things for a page of %d who wait, %.0f for one of %d", few, page, many, 10*page)
	}
}

// pageOf gives the facts of a page of an /open.
func pageOf(tb testing.TB, ten *Tenant, page int) (f dialog.Facts) {
	tb.Helper()
	if err := ten.waitingFacts(&f, home, dialog.Selection{}, page); err != nil {
		tb.Fatal(err)
	}
	return f
}

// hidingCost is how many allocations more the first page takes with HIDE_INFO.
func hidingCost(t *testing.T, ten *Tenant) (more float64) {
	key := settingsKey{connection: 1, kind: tenants.Private}
	write(t, ten, func() error {
		more = testing.AllocsPerRun(5, func() { pageOf(t, ten, 0) })
		ten.settings[key] = settings{}
		more -= testing.AllocsPerRun(5, func() { pageOf(t, ten, 0) })
		return nil
	})
	return more
}

// BenchmarkOpen is what an /open costs the tenant with HIDE_INFO while 5,000 clients
// wait, all others of the tenant waiting meanwhile: reading who waits, and the names of
// the page. On 2 cores of an EPYC, which others used too, the best of 8: 43 ms, 319 when
// all names were looked through.
func BenchmarkOpen(b *testing.B) {
	ten := queued(b, 5000)
	write(b, ten, func() error {
		for b.Loop() {
			pageOf(b, ten, 0)
		}
		return nil
	})
}
