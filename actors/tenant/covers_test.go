package tenant

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/group"
	"topicdesk/actors/lane"
	"topicdesk/actors/meter"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/privacy"
	"topicdesk/tenants/store"
)

// crowd is a tenant whose dialog 1 is a client group in which so many were met.
func crowd(t testing.TB, people int) (*Tenant, dialog.State, dialog.Facts) {
	t.Helper()
	s, err := store.Open(filepath.Join(t.TempDir(), "acme.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	state := dialog.State{
		ID: 1, Connection: 1, Chat: tenants.Chat{ID: -1001234567890, Kind: tenants.Group, Title: "Parquet club"}, Group: -100, Status: dialog.UserAnswered,
	}
	for i := range people {
		id := tenants.UserID(7_000_000_000 + i)
		first := privacy.Pseudonym([]byte("first"), privacy.OfPerson, int64(id))
		state.People = append(state.People, tenants.Person{
			ID: id, First: first, Last: privacy.Pseudonym([]byte("last"), privacy.OfPerson, int64(id)), Username: fmt.Sprint(strings.ToLower(first), i),
		})
	}
	ten := &Tenant{store: s, opt: Options{Log: slog.New(slog.DiscardHandler)}}
	write(t, ten, func() error {
		if err := ten.tx.PutConnection(store.Connection{ID: 1, Kind: store.Bot, User: 901, Username: "one_bot", Active: true}); err != nil {
			return err
		}
		_, err := ten.tx.Apply(1, &dialog.Decision{State: &state}, nil)
		return err
	})
	f := dialog.Facts{Key: []byte("key")}
	f.Settings.Hide = tenants.Hide{Name: true, Title: true, Link: true}
	return ten, state, f
}

func write(t testing.TB, ten *Tenant, do func() error) {
	t.Helper()
	if err := ten.store.Write(time.Unix(1_700_000_000, 0), func(tx *store.Tx) error {
		ten.tx = tx
		return do()
	}); err != nil {
		t.Fatal(err)
	}
}

// TestCoverFollowsTheFile: a cover is kept until somebody or something new is met, or
// something else is hidden.
func TestCoverFollowsTheFile(t *testing.T) {
	ten, state, f := crowd(t, 3)
	now := func() *dialog.Cover {
		c, err := ten.cover(1, f)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	put := func(s dialog.State) {
		write(t, ten, func() error {
			_, err := ten.tx.Apply(1, &dialog.Decision{State: &s}, nil)
			return err
		})
	}
	for name, change := range map[string]func(s *dialog.State){
		"a message":      func(s *dialog.State) { s.SaidBy, s.Pending = "user:7", 1 },
		"Zorro":          func(s *dialog.State) { s.People = append(s.People, tenants.Person{ID: 7, First: "Zorro"}) },
		"Oak club":       func(s *dialog.State) { s.Chat.Title = "Oak club" },
		"Pine club":      func(s *dialog.State) { s.Titles = []string{"Pine club"} },
		"+49 170 123456": func(s *dialog.State) { s.Rare.Phones = []dialog.Phone{{ID: 7, Number: "+49170123456"}} },
		"id 1002003004":  func(s *dialog.State) { s.Rare.Born = -1002003004 },
		"Nemo":           func(s *dialog.State) { s.Client = tenants.Person{ID: 8, First: "Nemo"} },
	} {
		put(state)
		last, changed := now(), state
		change(&changed)
		put(changed)
		next := now()
		if fits := name == "a message"; fits != (next == last) {
			t.Errorf("%s: the same cover: %v", name, next == last)
		} else if !fits && !privacy.Audit(next.Hidden(), name) {
			t.Errorf("%s passes", name)
		}
	}
	last := now()
	f.Settings.Hide.Name = false
	if now() == last {
		t.Error("the same cover though names are shown now")
	}
	f.Settings.Hide = tenants.Hide{}
	if now() != nil {
		t.Error("a cover though nothing is hidden")
	}
}

// alike are two users whose first pseudonyms are the same with the key.
func alike(t *testing.T, key []byte) (one, other tenants.UserID) {
	t.Helper()
	seen := map[string]tenants.UserID{}
	for id := tenants.UserID(7_000_000_000); id < 7_000_100_000; id++ {
		name := privacy.Pseudonym(key, privacy.OfPerson, int64(id))
		if one := seen[name]; one != 0 {
			return one, id
		}
		seen[name] = id
	}
	t.Fatal("no two of them")
	return 0, 0
}

// TestNoTwoShareAPseudonym: of two people of a tenant in two chats the second one gets
// another pseudonym, wherever they are met and for ever, and nothing shows the first
// one's before.
func TestNoTwoShareAPseudonym(t *testing.T) {
	ten, _, f := crowd(t, 0)
	ten.pseudonyms, ten.slots = f.Key, map[tenants.DialogID]*slot{}
	ten.logins = map[tenants.ConnectionID]*login{1: {}}
	ten.settings = map[settingsKey]settings{}
	for _, kind := range []tenants.ChatKind{tenants.Private, tenants.Group} {
		ten.settings[settingsKey{connection: 1, kind: kind}] = settings{Settings: f.Settings}
	}
	one, other := alike(t, f.Key)
	says := func(id tenants.DialogID, who tenants.UserID, kind tenants.ChatKind) (shown string, written bool) {
		s := dialog.State{ID: id, Connection: 1, Chat: tenants.Chat{ID: tenants.ChatID(id) - 1000, Kind: kind}, Status: dialog.UserAnswered}
		s.Client = tenants.Person{ID: who, First: "Somebody"}
		if kind == tenants.Private {
			s.Chat.ID = tenants.ChatID(who)
		}
		s.Shown = privacy.New(privacy.Known{
			Hide: f.Settings.Hide, Key: f.Key, Later: ten.renamed, ChatID: s.Chat.ID, People: []tenants.Person{s.Client},
		}).ShownName(s.Client)
		write(t, ten, func() error {
			return ten.commit(lane.Commit{By: lane.Decider{Kind: lane.ByTenant}, Dialog: id, Decision: dialog.Decision{State: &s}})
		})
		written = !ten.rebind
		ten.rebind = false
		return s.Shown, written
	}
	first, written := says(2, one, tenants.Private)
	if short := privacy.Pseudonym(f.Key, privacy.OfPerson, int64(one)); !written || first != short {
		t.Errorf("the first is %q, written %v", first, written)
	}
	if shown, written := says(3, other, tenants.Private); written {
		t.Errorf("the second is %q too", shown)
	}
	if state, err := ten.store.Dialog(3); err != nil || state != nil {
		t.Errorf("what was decided is in the file: %+v %v", state, err)
	}
	for range 2 { // after a restart too
		long := privacy.PseudonymLong(f.Key, privacy.OfPerson, int64(other))
		for id, kind := range map[tenants.DialogID]tenants.ChatKind{3: tenants.Private, 4: tenants.Group} {
			if shown, written := says(id, other, kind); shown != long || !written {
				t.Errorf("the second is %q, written %v", shown, written)
			}
		}
		if shown, written := says(5, one, tenants.Group); shown != first || !written {
			t.Errorf("the first becomes %q, written %v", shown, written)
		}
		ten.covers = covers{}
		var err error
		if ten.renamed, err = ten.store.Later(); err != nil {
			t.Fatal(err)
		}
	}
}

// still is a world in which a moment stands.
type still struct {
	actors.System
	now  time.Time
	keys int64
}

func (s *still) Now() time.Time { return s.now }
func (s *still) Key() int64     { s.keys++; return s.keys }

func (s *still) Start(string, func([]any)) actors.Mailbox { return deaf{} }

// deaf takes messages and gives them to nobody.
type deaf struct{}

func (deaf) Put(any) {}
func (deaf) Close()  {}

// TestAuditIsTold: General hears once an hour that the audit refused calls, after a
// restart too, and each counts.
func TestAuditIsTold(t *testing.T) {
	ten, state, _ := crowd(t, 1)
	world := &still{now: time.Unix(1_700_000_000, 0)}
	ten.opt.System, ten.opt.Meter = world, meter.New(world.Now)
	ten.settings, ten.slots = map[settingsKey]settings{{connection: 1, kind: tenants.Group}: {}}, map[tenants.DialogID]*slot{}
	ten.logins = map[tenants.ConnectionID]*login{1: {row: store.Connection{ID: 1, Group: tenants.Chat{ID: state.Group}}}}
	ten.groups, ten.routes = map[tenants.ChatID]actors.Ref[group.Message]{}, map[lane.Route]*route{}
	row := &store.Row{Job: dialog.Job{Connection: 1, Chat: state.Group}}
	notes := func() int {
		ids, err := ten.store.Lane(dialog.Lane{Group: state.Group, Side: dialog.ToTopic})
		if err != nil {
			t.Fatal(err)
		}
		return len(ids)
	}
	for i, step := range []struct {
		pass time.Duration
		told int
	}{{0, 1}, {time.Minute, 1}, {58 * time.Minute, 1}, {time.Minute, 2}, {0, 2}} {
		world.now = world.now.Add(step.pass)
		if err := ten.store.Write(world.now, func(tx *store.Tx) error {
			ten.tx = tx
			return ten.audited(row)
		}); err != nil {
			t.Fatal(err)
		}
		if n := notes(); n != step.told {
			t.Errorf("after call %d there are %d notes, want %d", i+1, n, step.told)
		}
	}
	for _, tell := range ten.after {
		tell()
	}
	answer := httptest.NewRecorder()
	ten.opt.Meter.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if !strings.Contains(answer.Body.String(), `topicdesk_dropped_total{reason="audit"} 5`) {
		t.Error("they are not counted")
	}
}

// TestCoversAreBounded: of chats with many people only some are kept.
func TestCoversAreBounded(t *testing.T) {
	var c covers
	for id := range tenants.DialogID(10) {
		for range 3 { // again and again: counts once
			c.keep(id, covered{cover: &dialog.Cover{}, whom: dialog.MaxPeople})
		}
		if c.of(id) == nil || len(c.made) > mostCovered/dialog.MaxPeople {
			t.Fatalf("after %d: %d are kept", id, len(c.made))
		}
	}
	if len(c.made) != 2 {
		t.Errorf("%d are kept", len(c.made))
	}
}

// BenchmarkCover is what HIDE_INFO costs a client's message of 100 letters on its way
// into the topic of a chat of 500 people: reading whether they are still the same,
// writing the message anew, the audit of the connection. On 2 virtual cores of a Xeon,
// which others used too, the best of 12: `go test ./actors/tenant -run '^$' -bench Cover
// -count 12`: kept 36 µs, of which the audit is 5; anew 9 ms.
func BenchmarkCover(b *testing.B) {
	ten, _, f := crowd(b, dialog.MaxPeople)
	words := tenants.Plain(strings.Repeat("my order 4711 is late ", 5)[:100])
	send := &dialog.Send{Way: dialog.Write, Parts: []dialog.Part{{Content: tenants.Content{Kind: tenants.KindText, Text: words}}}}
	job := dialog.Job{Lane: dialog.Lane{Dialog: 1, Side: dialog.ToTopic}, Origin: dialog.OfClient, Effect: send}
	call := func(b *testing.B) {
		c, err := ten.cover(1, f)
		if err != nil {
			b.Fatal(err)
		}
		if e, ok := c.Veil(job, f); !ok || e != job.Effect {
			b.Fatal("not as it was")
		}
		if privacy.Audit(c.Hidden(), words.Text) {
			b.Fatal("refused")
		}
	}
	write(b, ten, func() error {
		b.Run("kept", func(b *testing.B) {
			for b.Loop() {
				call(b)
			}
		})
		b.Run("anew", func(b *testing.B) {
			for b.Loop() {
				ten.covers = covers{}
				call(b)
			}
		})
		return nil
	})
}
